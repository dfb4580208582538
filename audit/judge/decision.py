"""What one judge says of one claim, before any rule is asked; and the words every judge shares for its arithmetic."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from audit.findings import Verdict
from audit.model import Span
from audit.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from audit.claims import Claim, Operand


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The verdict on a claim with its arithmetic.

    `at` is where a finding would stand (the stated figure), `grade` the finer class of the verdict, `fields` the
    values a rule's message may use; `gap` is stated minus computed, `allowance` what rounding can explain, both
    in full units.
    """

    verdict: Verdict
    at: Span
    equation: str = ""
    steps: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    gap: Fraction | None = None
    allowance: Fraction | None = None
    grade: str = ""
    reason: str = ""


def span_of(operand: Operand) -> Span:
    """Return where an operand stands."""
    return Span(document=operand.document, start=operand.start, end=operand.end)


def span_of_claim(claim: Claim) -> Span:
    """Return the quoted words of a claim, for claims without a stated figure."""
    return Span(document=claim.document, start=claim.start, end=claim.end)


# From the finer class of the arithmetic to the verdict of the contract.
VERDICTS = {
    "exact": Verdict.EXACT,
    "within_rounding": Verdict.WITHIN_ROUNDING,
    "boundary": Verdict.WITHIN_ROUNDING,
    "within_rounding_if_rounded": Verdict.UNDECIDED,
    "forced_or_double_rounding": Verdict.TRUNCATION_ONLY,
    "truncation_only": Verdict.TRUNCATION_ONLY,
    "within_hedge": Verdict.WITHIN_ROUNDING,
    "consistent_but_odd": Verdict.WITHIN_ROUNDING,
    "hedge_violated": Verdict.CONTRADICTED,
    "inconsistent": Verdict.CONTRADICTED,
    "not_decidable": Verdict.UNDECIDED,
    "uninformative": Verdict.NOT_CHECKABLE,
    "not_checkable": Verdict.NOT_CHECKABLE,
}
