"""Judges a repeat: two figures of one fact are equal, or agree within what their printed places allow."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audit.arithmetic import verify_restatement
from audit.findings import Verdict
from audit.judge.decision import VERDICTS, Decision, span_of
from audit.judge.wording import quantity_of

if TYPE_CHECKING:
    from audit.claims import Claim

_WORD = re.compile(r"\w+")
_SHARED = 0.5


def decide(claim: Claim) -> Decision:
    """Return the verdict on a figure or a title that is printed twice."""
    return _title(claim) if claim.form == "title" else _figure(claim)


def _figure(claim: Claim) -> Decision:
    (stated,) = claim.role("stated")
    (other,) = claim.role("other")
    figures = quantity_of(stated), quantity_of(other)
    said = verify_restatement(*figures)
    grade, verdict = str(said.grade), VERDICTS[said.grade]
    if figures[0].value == figures[1].value and not verdict.holds:
        grade, verdict = "within_hedge", Verdict.WITHIN_ROUNDING  # "over 18 years" restates "18 years"
    line = f"{stated.text} {'=' if verdict.holds else '≠'} {other.text}"
    return Decision(
        verdict=verdict,
        at=span_of(stated),
        equation=line,
        steps=(line,),
        fields={"stated": stated.text, "other": other.text, "where": claim.detail["where"]},
        gap=said.gap,
        allowance=said.allowance,
        grade=grade,
    )


def _title(claim: Claim) -> Decision:
    (stated,) = claim.role("stated")
    (other,) = claim.role("other")
    words, others = (_WORD.findall(o.text.lower()) for o in (stated, other))
    shorter, longer = sorted((words, others), key=len)
    verdict, grade = Verdict.CONTRADICTED, "inconsistent"
    if longer[: len(shorter)] == shorter:  # a short form of the title is the same title
        verdict, grade = Verdict.EXACT, "exact"
    elif _is_reworded(words, others):
        verdict, grade = Verdict.UNDECIDED, "not_decidable"
    line = f"{stated.text} {'=' if verdict.holds else '≠'} {other.text}"
    return Decision(
        verdict=verdict,
        at=span_of(stated),
        equation=line,
        steps=(line,),
        fields={"stated": stated.text, "other": other.text, "where": claim.detail["where"]},
        grade=grade,
        reason="the title is worded in two ways" if verdict is Verdict.UNDECIDED else "",
    )


def _is_reworded(words: list[str], others: list[str]) -> bool:
    """Say whether two titles are one title shortened or reworded: a good part of the words and all numbers agree."""
    numbers, other_numbers = ({w for w in title if w.isdecimal()} for title in (words, others))
    if numbers and other_numbers and numbers != other_numbers:
        return False
    shared = set(words) & set(others)
    return len(shared) >= _SHARED * min(len(set(words)), len(set(others)))
