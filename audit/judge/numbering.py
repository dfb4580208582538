"""Judges a sequence: its marks go on by one; a break names the mark that is missing, doubled or out of order."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from audit.findings import Verdict
from audit.judge.decision import Decision, span_of, span_of_claim

if TYPE_CHECKING:
    from audit.claims import Claim


def decide(claim: Claim) -> Decision:
    """Return the verdict on a whole sequence or on one broken step of it."""
    if claim.form == "ranked":
        return _ranked(claim)
    return _step(claim) if claim.role("before") else _whole(claim)


def _ranked(claim: Claim) -> Decision:
    """Return whether each figure is not larger than the one before it."""
    figures = claim.operands
    wrong = next(((a, b) for a, b in pairwise(figures) if (a.value or 0) < (b.value or 0)), None)
    line = " ≥ ".join(figure.text for figure in figures)
    first, last = wrong or (figures[0], figures[-1])
    reason = f"{last.text} is more than {first.text}"
    return Decision(
        verdict=Verdict.CONTRADICTED if wrong else Verdict.EXACT,
        at=span_of(last),
        equation=reason if wrong else line,
        steps=(reason,) if wrong else (line,),
        fields={"mark": last.text, "expected": first.text, "reason": reason},
        grade="inconsistent" if wrong else "exact",
    )


def _whole(claim: Claim) -> Decision:
    (first,) = claim.role("first")
    (last,) = claim.role("last")
    count = int(claim.detail["count"])
    expected = int(last.value or 0) - int(first.value or 0) + 1
    holds = count == expected
    line = f"{first.text} to {last.text}: {count} marks of {expected}"
    return Decision(
        verdict=Verdict.EXACT if holds else Verdict.UNDECIDED,
        at=span_of_claim(claim),
        equation=line,
        steps=(line,),
        fields={"mark": last.text, "expected": last.text, "reason": line},
        grade="exact" if holds else "not_decidable",
    )


def _step(claim: Claim) -> Decision:
    (before,) = claim.role("before")
    (after,) = claim.role("after")
    expected = claim.detail["expected"]
    step = int(after.value or 0) - int(before.value or 0)
    if step == 0:
        line = f"{after.text} stands twice"
    elif step < 0:
        line = f"{after.text} follows {before.text}"
    else:
        line = f"{expected} is missing between {before.text} and {after.text}"
    overlooked = bool(claim.detail.get("inside"))
    return Decision(
        verdict=Verdict.UNDECIDED if overlooked else Verdict.CONTRADICTED,
        at=span_of(after),
        equation=line,
        steps=(f"after {before.text} comes {expected}", f"{after.text} is printed"),
        fields={"mark": after.text, "expected": expected, "reason": line},
        grade="not_decidable" if overlooked else "inconsistent",
        reason=f"{expected} stands in the text before {after.text}" if overlooked else "",
    )
