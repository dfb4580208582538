"""Judges stated conversions: a measure in one unit against the same in another, with what each may be rounded to."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

from audit.findings import Verdict
from audit.judge.decision import VERDICTS, Decision, span_of
from audit.judge.wording import number, quantity_of, style_of
from audit.late import late
from audit.quantity import Interval

if TYPE_CHECKING:
    from audit.claims import Claim, Operand
    from audit.quantity import Quantity

_DIGITS = late(r"^[-−–+]?[\d.,’'\u00a0\u202f\u2009 ]*")
# Best first: a figure that holds under one size of a word is not held against another.
_ORDER = ("exact", "within_rounding", "truncation_only", "within_rounding_if_rounded", "inconsistent")


def decide(claim: Claim) -> Decision:
    """Return the verdict on a conversion: false when no size of the units and no rounding makes it true."""
    (stated,) = claim.role("stated")
    (other,) = claim.role("other")
    shown, source = quantity_of(stated), quantity_of(other)
    found = []
    for pair in claim.detail["pairs"].split(";"):
        first, _, second = pair.partition(">")
        found.append((_grade(shown, source, first, second), _convert(Fraction(source.value), first, second)))
    grade, computed = min(found, key=lambda row: _ORDER.index(row[0]))
    line = f"{other.text} is {_printed(computed, stated, shown)}"
    return Decision(
        verdict=VERDICTS.get(grade, Verdict.UNDECIDED),
        at=span_of(stated),
        equation=line,
        steps=(line,),
        fields={"stated": stated.text, "other": other.text, "reason": _printed(computed, stated, shown)},
        gap=Fraction(shown.value) - computed,
        grade=grade,
        reason="it holds for rounder figures" if grade == "within_rounding_if_rounded" else "",
    )


def _grade(shown: Quantity, source: Quantity, first: str, second: str) -> str:
    value = _convert(Fraction(source.value), first, second)
    half = Fraction(shown.step) / 2
    if abs(value - Fraction(shown.value)) <= half:
        return "exact"
    strict = _converted(source, Fraction(source.step) / 2, first, second)
    if strict.meets(_around(shown, half)):
        return "within_rounding"
    if Fraction(shown.value) <= value < Fraction(shown.value) + Fraction(shown.step):
        return "truncation_only"
    coarse = _converted(source, Fraction(source.round_step) / 2, first, second)
    if coarse.meets(_around(shown, Fraction(shown.round_step) / 2)):
        return "within_rounding_if_rounded"
    return "inconsistent"


def _around(figure: Quantity, half: Fraction) -> Interval:
    value = Fraction(figure.value)
    return Interval(low=value - half, high=value + half)


def _converted(source: Quantity, half: Fraction, first: str, second: str) -> Interval:
    value = Fraction(source.value)
    return Interval(low=_convert(value - half, first, second), high=_convert(value + half, first, second))


def _printed(computed: Fraction, stated: Operand, shown: Quantity) -> str:
    """Return a computed measure as the stated one is printed: its decimals, its scale word, its unit."""
    places = max(0, -int((shown.step / shown.scale).normalize().as_tuple().exponent))
    words = _DIGITS.sub("", stated.text)
    text = number(computed / Fraction(shown.scale), style_of([stated]).with_places(places))
    return f"{text} {words}" if " " in stated.text or not words.isalpha() else f"{text}{words}"


@cache
def _registry() -> Any:
    import pint  # noqa: PLC0415 (a quarter of a second; only a document that converts units needs it)

    return pint.UnitRegistry(non_int_type=Fraction)


def _convert(value: Fraction, first: str, second: str) -> Fraction:
    """Return a number of one unit in another, exactly."""
    magnitude = _registry().Quantity(value, first).to(second).magnitude
    return magnitude if isinstance(magnitude, Fraction) else Fraction(Decimal(str(magnitude)))
