"""What a printed figure stands for: an exact number, or the interval of values that would be printed the same.

Number policy: a value is a `Decimal` read from the printed characters; intervals are exact rationals
(`Fraction`); a binary float never enters. A count printed to the unit is exact, everything printed
shorter than its true value stands for half a unit of its last place to either side, closed at both ends
because the author's tie rule is unknown (the convention of the XBRL Calculations 1.1 specification).
"""

from __future__ import annotations

import re
from dataclasses import field, replace
from decimal import Decimal
from fractions import Fraction

from audit.records import StrEnum, dataclass


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
    """An interval of exact rationals; `None` as an end means unbounded on that side.

    Ends are closed unless said to be open: rounding to the nearest is closed (the tie rule is unknown),
    truncation and "more than" are open at one end.
    """

    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False

    @classmethod
    def point(cls, value: Decimal | Fraction | int) -> Interval:
        """Return the interval that holds one value."""
        exact = Fraction(value)
        return cls(low=exact, high=exact)

    def __add__(self, other: Interval) -> Interval:
        return Interval(
            low=_plus(self.low, other.low),
            high=_plus(self.high, other.high),
            low_open=self.low_open or other.low_open,
            high_open=self.high_open or other.high_open,
        )

    def __neg__(self) -> Interval:
        return self.times(Fraction(-1))

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def times(self, factor: Fraction) -> Interval:
        """Return the interval scaled by an exact factor; a negative one swaps the ends."""
        low = None if self.low is None else self.low * factor
        high = None if self.high is None else self.high * factor
        if factor >= 0:
            return Interval(low=low, high=high, low_open=self.low_open, high_open=self.high_open)
        return Interval(low=high, high=low, low_open=self.high_open, high_open=self.low_open)

    def over(self, other: Interval) -> Interval | None:
        """Return the quotient by a positive divisor, or None when none is defined.

        A divisor that may be as small as zero leaves the quotient of a non-negative interval without upper end.
        """
        below, above = other.low, other.high
        small = below is None or below <= 0
        if (above is not None and above <= 0) or (small and (self.low is None or self.low < 0)):
            return None
        low, low_open = self.low, self.low_open
        if low is not None and low < 0 and below is not None:
            low, low_open = low / below, low_open or other.low_open
        elif low is not None:
            low, low_open = (Fraction(0), True) if above is None else (low / above, low_open or other.high_open)
        high, high_open = self.high, self.high_open
        if high is not None and high < 0:
            high, high_open = (Fraction(0), True) if above is None else (high / above, high_open or other.high_open)
        elif high is not None:
            high, high_open = (None, False) if small or below is None else (high / below, high_open or other.low_open)
        return Interval(low=low, high=high, low_open=low_open, high_open=high_open)

    def meets(self, other: Interval) -> bool:
        """Say whether the two intervals share a value."""
        return _reaches(self, other) and _reaches(other, self)

    def holds(self, other: Interval) -> bool:
        """Say whether every value of the other interval lies in this one."""
        low = self.low is None or (
            other.low is not None
            and (other.low > self.low or (other.low == self.low and (other.low_open or not self.low_open)))
        )
        return low and (
            self.high is None
            or (
                other.high is not None
                and (other.high < self.high or (other.high == self.high and (other.high_open or not self.high_open)))
            )
        )


def _reaches(lower: Interval, upper: Interval) -> bool:
    if lower.low is None or upper.high is None or lower.low < upper.high:
        return True
    return lower.low == upper.high and not (lower.low_open or upper.high_open)


def _plus(left: Fraction | None, right: Fraction | None) -> Fraction | None:
    return None if left is None or right is None else left + right


_ONE = Decimal(1)
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number as printed.

    `value` and `step` (the unit of the last printed place) are in full units: "16.9 thousand" is 16900
    with step 100. Percentages stay as printed: "82.4 per cent" is 82.4 with step 0.1.
    `scale` is the factor of the scale word, `unit` a currency code or a unit name. `granule` is the unit the
    writer is known to have rounded to (a note says so); it takes the place of the printed one, even for counts.
    `point` is the decimal mark of its text, printed or not, so that results read like the text.
    """

    raw: str
    value: Decimal
    step: Decimal = _ONE
    scale: Decimal = _ONE
    unit: str = ""
    measure: Measure = Measure.COUNT
    hedge: Hedge = Hedge.NONE
    exact: bool = False
    granule: Decimal | None = None
    point: str = field(default="", compare=False, repr=False)

    def rounded_to(self, base: int) -> Quantity:
        """Return the figure as one that a note says is rounded: to its printed unit (0), or to a stated base."""
        if self.measure not in (Measure.COUNT, Measure.MONEY) or self.exact or self.granule is not None:
            return self
        return replace(self, granule=max(self.step, Decimal(base)) if base and self.value % base == 0 else self.step)

    @property
    def half_width(self) -> Decimal:
        """Return how far the true value may lie from the printed one, in full units."""
        if self.exact:
            return _ZERO
        if self.granule is not None:
            return self.granule / 2
        lattice = _LATTICE.get(self.measure)
        if lattice is not None and (self.step <= lattice or (not self.value and self.measure is Measure.COUNT)):
            return _ZERO
        return self.step / 2

    @property
    def interval(self) -> Interval:
        """Return the values this figure may stand for.

        A hedge gives its hard zone, outside which the words are false: "more than 92" is open at 92, "about 23
        per cent" reaches one unit to either side, and half the rounding step where the number is round.
        """
        value = Fraction(self.value)
        if self.hedge is Hedge.NONE:
            width = self.half_width
            if not width:
                return Interval(low=value, high=value)
            half = Fraction(width)
            return Interval(low=value - half, high=value + half)
        if self.hedge is Hedge.ABOUT:
            round_step = self.round_step
            half = Fraction(max(self.half_width, round_step / 2 if round_step > self.step else self.step))
            return Interval(low=value - half, high=value + half)
        if self.hedge in (Hedge.OVER, Hedge.AT_LEAST):
            return Interval(low=value, high=None, low_open=self.hedge is Hedge.OVER)
        return Interval(low=None, high=value, high_open=self.hedge is not Hedge.AT_MOST)

    @property
    def round_step(self) -> Decimal:
        """Return the coarsest step the trailing zeros allow: 27,800 may be rounded to 100, 47 to 1.

        Zeros behind the decimal point are significant: 2.50 million may be rounded to 10,000 and no more.
        """
        if self.step < self.scale or not self.value:
            return self.step
        _, digits, exponent = self.value.as_tuple()
        last = len(digits) - 1
        while digits[last] == 0:
            last -= 1
        return max(self.step, Decimal((0, (1,), int(exponent) + len(digits) - 1 - last)))


_PRINTED = re.compile(r"[0-9](?:[,. '’\u00a0\u202f]?[0-9])*")

# People and things are counted in ones and money in cents: printed to that step they are not rounded at all.
_LATTICE = {Measure.COUNT: Decimal(1), Measure.MONEY: Decimal("0.01")}


def decimal_text(value: Decimal | Fraction) -> str:
    """Return a plain decimal string in full units, without exponent or trailing zeros.

    A rational that has no finite decimal form is cut to 12 places.
    """
    if isinstance(value, Fraction):
        if value.denominator == 1:
            return str(value.numerator)
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
    number = _PRINTED.search(like)
    digits = number.group() if number is not None else ""  # "46.5 m²" has no space in its number
    marks = [c for c in digits if not c.isdecimal()]
    if not marks:
        return ",", "."
    last = marks[-1]
    tail = len(digits) - digits.rindex(last) - 1
    if len(marks) > 1 and marks[0] != last:
        return marks[0], last
    if last in ",." and tail != 3:
        return ("," if last == "." else "."), last
    return last, ("," if last == "." else ".")
