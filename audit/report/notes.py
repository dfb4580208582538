"""What a note on a finding says inside the author's own file: one text for Word, PDF and Excel.

The last line names the rule and the finding, so that an answer to the note can be read back as a decision on it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from audit.findings import Finding

AUTHOR = "addsup"
_NAMED = re.compile(r"\(.*, finding ([0-9a-f]{12})\)")
_NAME = 12  # characters of a fingerprint that a person is shown


def note_lines(finding: Finding) -> tuple[str, ...]:
    """Return the lines of a note: message, arithmetic, what would repair it, rule and id."""
    return (
        f"{finding.severity.value}: {finding.message}",
        *finding.steps,
        *(f"{s.old} → {s.new}: {s.why}" for s in finding.suggestions),
        f"({finding.rule.name}, finding {short_name(finding)})",
    )


def short_name(finding: Finding) -> str:
    """Return the name of a finding that a person is shown: the head of its fingerprint."""
    return finding.fingerprint[:_NAME]


def named_in(line: str) -> str:
    """Return the id of the finding that the last line of a note names, or an empty string."""
    match = _NAMED.fullmatch(line.strip())
    return match[1] if match else ""
