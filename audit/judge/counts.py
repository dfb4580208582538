"""Judges a count: a stated number against the number of things listed for it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from audit.findings import Verdict
from audit.judge.decision import Decision, span_of

if TYPE_CHECKING:
    from audit.claims import Claim


def decide(claim: Claim) -> Decision:
    """Return the verdict on a count; a list without marks may hold a range of counts."""
    (stated,) = claim.role("stated")
    low, high = int(claim.detail["low"]), int(claim.detail["high"])
    value = int(stated.value or 0)
    holds = low <= value <= high
    nearest = low if value < low else min(value, high)
    listed = str(low) if low == high else f"{low} to {high}"
    return Decision(
        verdict=Verdict.EXACT if holds else Verdict.CONTRADICTED,
        at=span_of(stated),
        equation=f"{value} {'=' if holds else '≠'} {value if holds else listed} listed",
        steps=(f"{listed} items are listed",) if holds else (f"{listed} items are listed", f"{stated.text} is printed"),
        fields={
            "stated": stated.text,
            "computed": listed,
            "label": stated.fact.label if stated.fact is not None else "",
        },
        gap=Fraction(value - nearest),
        allowance=Fraction(0),
        grade="exact" if holds else "inconsistent",
    )
