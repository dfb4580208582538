"""Judges figures set against each other: a small bare one beside thousands or millions has lost its scale word."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from audit.findings import Verdict
from audit.judge import conversions
from audit.judge.decision import Decision, span_of
from audit.judge.wording import quantity_of
from audit.quantity import decimal_text, grouped

if TYPE_CHECKING:
    from audit.claims import Claim, Operand

_FAR = 100
_FLAWS = {
    "groups": "its digits do not stand in groups of three",
    "zero": "it begins with a zero",
    "mark": "nothing stands before the comma in front of it",
    "tail": "nothing stands behind its decimal mark",
}


def decide(claim: Claim) -> Decision:
    """Return the verdict on two compared figures: a ratio past a hundred contradicts."""
    if claim.form == "conversion":
        return conversions.decide(claim)
    (stated,) = claim.role("stated")
    if claim.form == "malformed":
        reason = f"{stated.text} is no number: {_FLAWS[claim.detail['shape']]}"
        fields = {"stated": stated.text, "other": "", "reason": reason}
        return Decision(
            verdict=Verdict.CONTRADICTED, at=span_of(stated), equation=reason, steps=(reason,), fields=fields,
            grade="inconsistent",
        )  # fmt: skip
    if claim.form == "clash":
        return _clash(claim, stated)
    (other,) = claim.role("other")
    small, large = Fraction(stated.value or 0), Fraction(other.value or 0)
    apart = small == 0 or large / small >= _FAR
    line = f"{other.text} is {grouped(other.value or Decimal(0))}; {stated.text} has no scale word"
    return Decision(
        verdict=Verdict.CONTRADICTED if apart else Verdict.EXACT,
        at=span_of(stated),
        equation=line if apart else f"{stated.text} and {other.text} are of one scale",
        steps=(line,) if apart else (),
        fields={"stated": stated.text, "other": other.text, "reason": line},
        grade="inconsistent" if apart else "exact",
    )


def _clash(claim: Claim, odd: Operand) -> Decision:
    """Return the verdict on figures whose numbers add up and whose units do not: the odd one has the wrong unit."""
    total, *parts = sorted(claim.operands, key=lambda o: o.start)
    shown = [decimal_text(q.value / q.scale) for q in map(quantity_of, (*parts, total))]
    line = f"{' + '.join(shown[:-1])} = {shown[-1]}"
    return Decision(
        verdict=Verdict.CONTRADICTED,
        at=span_of(odd),
        equation=f"{line}, but {odd.text} is of another unit",
        steps=(line, f"{odd.text} is of another unit or scale than the others"),
        fields={"stated": odd.text, "other": total.text, "reason": line},
        grade="inconsistent",
    )
