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


def decide(claim: Claim) -> Decision:
    """Return the verdict on a figure or a title that is printed twice."""
    return _title(claim) if claim.form == "title" else _figure(claim)


def _figure(claim: Claim) -> Decision:
    (stated,) = claim.role("stated")
    (other,) = claim.role("other")
    said = verify_restatement(quantity_of(stated), quantity_of(other))
    verdict = VERDICTS[said.grade]
    line = f"{stated.text} {'=' if verdict.holds else '≠'} {other.text}"
    return Decision(
        verdict=verdict,
        at=span_of(stated),
        equation=line,
        steps=(line,),
        fields={"stated": stated.text, "other": other.text, "where": claim.detail["where"]},
        gap=said.gap,
        allowance=said.allowance,
        grade=said.grade,
    )


def _title(claim: Claim) -> Decision:
    (stated,) = claim.role("stated")
    (other,) = claim.role("other")
    words, others = (_WORD.findall(o.text.lower()) for o in (stated, other))
    shorter, longer = sorted((words, others), key=len)
    holds = longer[: len(shorter)] == shorter  # a short form of the title is the same title
    line = f"{stated.text} {'=' if holds else '≠'} {other.text}"
    return Decision(
        verdict=Verdict.EXACT if holds else Verdict.CONTRADICTED,
        at=span_of(stated),
        equation=line,
        steps=(line,),
        fields={"stated": stated.text, "other": other.text, "where": claim.detail["where"]},
        grade="exact" if holds else "inconsistent",
    )
