"""Judges what differs from the edition before: that it differs is seen already, here it is put into words."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from audit.findings import Verdict
from audit.judge.decision import Decision, span_of

if TYPE_CHECKING:
    from audit.claims import Claim

_REASONS = {
    "revised": "{stated} now, {other} in the edition before",
    "total_moved": "{stated} now, {other} before, and no part of it has moved",
    "vanished": "the row {row} stood in the edition before: {other}",
    "unkeyed": "no column tells the rows of this table apart, so that it is not held against the edition before",
    "outdated": "{stated} is what {row} {column} was before; now it is {other}",
}


def decide(claim: Claim) -> Decision:
    """Return the words for one difference between two editions."""
    stated = next((o.text for o in claim.role("stated")), "")
    other = next((o for o in claim.role("before", "now")), None)
    fields = {
        "stated": stated or "nothing",
        "other": (other.text if other is not None else "") or "nothing",
        "row": claim.detail["row"],
        "column": claim.detail["column"],
    }
    reason = _REASONS[claim.form].format_map(fields)
    first = claim.operands[0]
    gap = None
    if other is not None and first.value is not None and other.value is not None:
        gap = Fraction(first.value) - Fraction(other.value)
    return Decision(
        verdict=Verdict.NOT_CHECKABLE if claim.form == "unkeyed" else Verdict.CONTRADICTED,
        at=span_of(first),
        equation=reason,
        steps=(reason,),
        fields={**fields, "reason": reason},
        gap=gap,
        grade="not_checkable" if claim.form == "unkeyed" else "inconsistent",
        reason=reason if claim.form == "unkeyed" else "",
    )
