"""Judges an average: a stated mean or rate against its total over its number."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audit.arithmetic import verify_average
from audit.judge.decision import VERDICTS, Decision, span_of
from audit.judge.wording import quantity_of, quotient, style_of, value_of
from audit.quantity import Hedge

if TYPE_CHECKING:
    from audit.claims import Claim
    from audit.quantity import Quantity


_ROUND = 5


def _span(number: Quantity) -> Quantity:
    """Return a number without a hedge that it cannot have: "over 14 matches" is in the course of 14, not above them."""
    during = number.hedge is Hedge.OVER and number.value % _ROUND != 0
    return replace(number, hedge=Hedge.NONE) if during else number


def decide(claim: Claim) -> Decision:
    """Return the verdict on stated = total / number."""
    (stated,) = claim.role("stated")
    (total,) = claim.role("total")
    (count,) = claim.role("number")
    said = verify_average(quantity_of(stated), quantity_of(total), _span(quantity_of(count)))
    verdict = VERDICTS[said.grade]
    style = style_of([total, count])
    computed = quotient(said.nominal, style_of([stated]))
    line = f"{value_of(total, style)} / {value_of(count, style)} = {computed}"
    return Decision(
        verdict=verdict,
        at=span_of(stated),
        equation=f"{stated.text} {'=' if verdict.holds else '≠'} {line}",
        steps=(line,) if verdict.holds else (line, f"{stated.text} is printed"),
        fields={"stated": stated.text, "computed": computed, "total": total.text, "number": count.text},
        gap=said.gap,
        allowance=said.allowance,
        grade=said.grade,
    )
