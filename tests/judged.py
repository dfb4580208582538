"""Claims of one finder over a few words, with the verdict of their judge: for tests of both together."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from audit.extract import extract
from audit.read.limits import Limits
from audit.read.text import read

if TYPE_CHECKING:
    from audit.claims import Claim
    from audit.judge.decision import Decision


def judged(name: str, text: str, path: str = "report.txt") -> list[tuple[Claim, Decision]]:
    """Return the claims that `audit.relate.<name>` finds in a text and what `audit.judge.<name>` says of each."""
    document = read(path, text.encode(), Limits())
    decide = import_module(f"audit.judge.{name}").decide
    found = import_module(f"audit.relate.{name}").find([extract(document)])
    return [(claim, decide(claim)) for claim in found]


def lines(name: str, text: str) -> list[tuple[str, str, str]]:
    """Return (form, verdict, equation) of each claim."""
    return [(claim.form, decision.verdict.value, decision.equation) for claim, decision in judged(name, text)]


def paragraphs(count: int, without: tuple[int, ...] = ()) -> str:
    """Return numbered paragraphs of a sentence each."""
    kept = [n for n in range(1, count + 1) if n not in without]
    return "\n\n".join(
        f"{n}. The committee took note of the report of office {chr(64 + n % 26)} and gave thanks." for n in kept
    )
