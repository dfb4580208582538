"""Judges a subset: a part (or several parts that are not said to be all) must not exceed its whole."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from audit.findings import Verdict
from audit.judge.decision import Decision, span_of
from audit.judge.wording import joined, number, quantity_of, style_of, sum_line, value_of

if TYPE_CHECKING:
    from audit.claims import Claim
    from audit.quantity import Quantity


def decide(claim: Claim) -> Decision:
    """Return the verdict on part <= whole; the largest whole its rounding allows is what counts."""
    (whole,) = claim.role("whole")
    parts = claim.role("part")
    low = sum((Fraction(quantity_of(p).value - quantity_of(p).half_width) for p in parts), Fraction(0))
    high = _most(quantity_of(whole))
    total = sum((p.value or Decimal(0) for p in parts), Decimal(0))
    gap = Fraction(total) - Fraction(whole.value or 0)
    holds = low <= high
    style = style_of(claim.operands)
    left = (
        sum_line([value_of(p, style) for p in parts], number(total, style))
        if len(parts) > 1
        else value_of(parts[0], style)
    )
    line = f"{left} {'≤' if holds else '>'} {value_of(whole, style)}"
    return Decision(
        verdict=Verdict.EXACT if holds else Verdict.CONTRADICTED,
        at=span_of(parts[0]),
        equation=line,
        steps=(line,),
        fields={
            "part": joined([p.text for p in parts]),
            "whole": whole.text,
            "gap": number(abs(gap), style),
        },
        gap=gap if not holds else Fraction(0),
        allowance=Fraction(0),
        grade="exact" if holds else "inconsistent",
    )


def _most(whole: Quantity) -> Fraction:
    """Return the largest whole a figure may stand for: "at least 29" may be 30, but is not said of 152."""
    high = whole.interval.high
    return Fraction(whole.value + whole.round_step) if high is None else high
