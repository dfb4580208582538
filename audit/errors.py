"""Faults that stop a run: each names the file, the place and the next step.

A fault in a document is a finding, never one of these; a fault of ours is a plain crash with its trace.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class AuditError(Exception):
    """The job could not be done; the command line prints the message and exits with 2."""


class ConfigError(AuditError):
    """A setting or an argument is wrong."""


class ReadError(AuditError):
    """An input cannot be read.

    The message must name the path, the reason and what to do next, in one line.
    """


class RuleError(AuditError):
    """One or more rule files are wrong; all faults found are listed, one per line."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean "total"?` for the nearest known word, or an empty string when none is near."""
    from difflib import get_close_matches  # noqa: PLC0415 (only where something is wrong)

    near = get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f'; did you mean "{near[0]}"?' if near else ""
