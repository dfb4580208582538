"""What a printed figure stands for: an exact number, or the interval of values that would be printed the same.

Number policy: a value is a `Decimal` read from the printed characters; intervals are exact rationals
(`Fraction`); a binary float never enters. A count printed to the unit is exact, everything printed
shorter than its true value stands for half a unit of its last place to either side, closed at both ends
because the author's tie rule is unknown (the convention of the XBRL Calculations 1.1 specification).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction


class Measure(StrEnum):
    """What sort of number a figure is; it decides how the figure may have been rounded."""

    COUNT = "count"
    MONEY = "money"
    PERCENT = "percent"
    POINTS = "points"
    AMOUNT = "amount"


class Hedge(StrEnum):
    """A word beside a figure that widens or bounds what it says."""

    NONE = ""
    ABOUT = "about"
    OVER = "over"
    UNDER = "under"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    NEARLY = "nearly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A closed interval of exact rationals; `None` as an end means unbounded on that side."""

    low: Fraction | None
    high: Fraction | None

    @classmethod
    def point(cls, value: Decimal | Fraction | int) -> Interval:
        """Return the interval that holds one value."""
        exact = Fraction(value)
        return cls(low=exact, high=exact)

    def __add__(self, other: Interval) -> Interval:
        return Interval(low=_plus(self.low, other.low), high=_plus(self.high, other.high))

    def __neg__(self) -> Interval:
        return Interval(low=None if self.high is None else -self.high, high=None if self.low is None else -self.low)

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def times(self, factor: Fraction) -> Interval:
        """Return the interval scaled by an exact factor."""
        ends = (
            None if self.low is None else self.low * factor,
            None if self.high is None else self.high * factor,
        )
        return Interval(low=ends[0], high=ends[1]) if factor >= 0 else Interval(low=ends[1], high=ends[0])

    def over(self, other: Interval) -> Interval | None:
        """Return the quotient, or None when the divisor may be zero or negative (no quotient is defined)."""
        if other.low is None or other.low <= 0 or self.low is None or self.high is None:
            return None
        low = self.low / (other.low if self.low < 0 else other.high) if other.high is not None else Fraction(0)
        high = self.high / (other.low if self.high >= 0 else other.high or other.low)
        return Interval(low=low, high=high)

    def meets(self, other: Interval) -> bool:
        """Say whether the two intervals share a value."""
        return not (
            (self.high is not None and other.low is not None and self.high < other.low)
            or (other.high is not None and self.low is not None and other.high < self.low)
        )


def _plus(left: Fraction | None, right: Fraction | None) -> Fraction | None:
    return None if left is None or right is None else left + right


_ONE = Decimal(1)
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number as printed.

    `value` and `step` (the unit of the last printed place) are in full units: "16.9 thousand" is 16900
    with step 100. Percentages stay as printed: "82.4 per cent" is 82.4 with step 0.1.
    `scale` is the factor of the scale word, `unit` a currency code or a unit name.
    """

    raw: str
    value: Decimal
    step: Decimal = _ONE
    scale: Decimal = _ONE
    unit: str = ""
    measure: Measure = Measure.COUNT
    hedge: Hedge = Hedge.NONE
    exact: bool = False

    @property
    def half_width(self) -> Decimal:
        """Return how far the true value may lie from the printed one, in full units."""
        if self.exact or (self.value == _ZERO and self.measure is Measure.COUNT):
            return _ZERO
        lattice = _LATTICE.get(self.measure, _ZERO)
        return _ZERO if lattice and self.step <= lattice else self.step / 2

    @property
    def interval(self) -> Interval:
        """Return the values this figure may stand for, hedge included."""
        value, half = Fraction(self.value), Fraction(self.half_width)
        if self.hedge in (Hedge.OVER, Hedge.AT_LEAST):
            return Interval(low=value - half, high=None)
        if self.hedge in (Hedge.UNDER, Hedge.AT_MOST, Hedge.NEARLY):
            return Interval(low=None, high=value + half)
        if self.hedge is Hedge.ABOUT:
            half = max(half, Fraction(self.round_step) / 2, Fraction(self.step))
        return Interval(low=value - half, high=value + half)

    @property
    def round_step(self) -> Decimal:
        """Return the coarsest step the trailing zeros allow: 27,800 may be rounded to 100, 47 to 1."""
        step, units = self.step, self.value / self.step if self.step else _ZERO
        while units and units % 10 == 0:
            units /= 10
            step *= 10
        return step


# People and things are counted in ones and money in cents: printed to that step they are not rounded at all.
_LATTICE = {Measure.COUNT: Decimal(1), Measure.MONEY: Decimal("0.01")}


def decimal_text(value: Decimal | Fraction) -> str:
    """Return a plain decimal string in full units, without exponent or trailing zeros.

    A rational that has no finite decimal form is cut to 12 places.
    """
    if isinstance(value, Fraction):
        value = Decimal(value.numerator) / Decimal(value.denominator)
        value = value.quantize(Decimal("1e-12")) if value != value.to_integral_value() else value
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def grouped(value: Decimal | Fraction, like: str = "") -> str:
    """Return a number in the format of a printed one: its group separator and its decimal mark.

    >>> grouped(Decimal(1065403), like="4,679")
    '1,065,403'
    """
    text = decimal_text(value)
    sign, text = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, _, fraction = text.partition(".")
    group, point = _separators(like)
    if len(whole) > (4 if group in ("\u00a0", "\u202f", " ", "") and len(whole) == 4 else 3):
        first = len(whole) % 3 or 3
        whole = group.join([whole[:first], *(whole[i : i + 3] for i in range(first, len(whole), 3))])
    return f"{sign}{whole}{point}{fraction}" if fraction else sign + whole


def _separators(like: str) -> tuple[str, str]:
    marks = [c for c in like if c in ",. '’\u00a0\u202f"]
    if not marks:
        return ",", "."
    last = marks[-1]
    tail = len(like) - like.rindex(last) - 1
    if len(marks) > 1 and marks[0] != last:
        return marks[0], last
    if last in ",." and tail != 3:
        return ("," if last == "." else "."), last
    return last, ("," if last == "." else ".")
