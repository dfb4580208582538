"""Judges an average: a stated mean or rate against its total over its number; a price is the mean of its amount."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from audit.arithmetic import verify_average
from audit.judge.decision import VERDICTS, Decision, span_of
from audit.judge.wording import number as printed
from audit.judge.wording import quantity_of, quotient, style_of, value_of
from audit.quantity import Hedge

if TYPE_CHECKING:
    from audit.claims import Claim
    from audit.quantity import Quantity
    from audit.verification import Verification


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
    number = _span(quantity_of(count))
    per = claim.detail.get("per", "")
    if per:  # "25 per 100,000"
        number = replace(number, value=number.value / int(per), step=number.step / int(per))
    said = verify_average(quantity_of(stated), quantity_of(total), number)
    verdict = VERDICTS[said.grade]
    style = style_of([total, count])
    if claim.form == "product":
        return _product(claim, said, number)
    computed = quotient(said.nominal, style_of([stated]))
    base = printed(Fraction(per), style) if per else ""
    times = f" × {base}" if per else ""
    line = f"{value_of(total, style)} / {value_of(count, style)}{times} = {computed}"
    return Decision(
        verdict=verdict,
        at=span_of(stated),
        equation=f"{stated.text} {'=' if verdict.holds else '≠'} {line}",
        steps=(line,) if verdict.holds else (line, f"{stated.text} is printed"),
        fields={
            "stated": stated.text,
            "computed": computed,
            "total": total.text,
            "number": f"{count.text} (per {base})" if per else count.text,
            "price": stated.text,
        },
        gap=said.gap,
        allowance=said.allowance,
        grade=said.grade,
    )


def _product(claim: Claim, said: Verification, number: Quantity) -> Decision:
    """Return the decision on total = number x price, told of the total: it is what people compute from the others."""
    (price,), (total,), (count,) = claim.role("stated"), claim.role("total"), claim.role("number")
    verdict = VERDICTS[said.grade]
    style = style_of([price, total, count])
    nominal = Fraction(number.value) * Fraction(quantity_of(price).value)
    computed = printed(nominal, style_of([total]))
    line = f"{count.text} × {price.text} = {computed}"
    if "per" in claim.detail:
        line = f"{count.text} × {price.text} / {printed(Fraction(claim.detail['per']), style)} = {computed}"
    return Decision(
        verdict=verdict,
        at=span_of(total),
        equation=f"{total.text} {'=' if verdict.holds else '≠'} {line}",
        steps=(line,) if verdict.holds else (line, f"{total.text} is printed"),
        fields={"stated": total.text, "computed": computed, "price": price.text, "number": count.text},
        gap=Fraction(quantity_of(total).value) - nominal,
        allowance=said.allowance,
        grade=said.grade,
    )
