"""Means and deviations of whole numbers: which printed values a sample of a given size can give at all.

Sources: GRIM (Brown and Heathers 2017), GRIMMER (Anaya 2016, Allard 2018), DEBIT (Heathers and Brown 2019).
All decisions are exact: a mean is tested by its integer totals, a deviation by the integer sums of squares between
its bounds. The unit of a printed number is its last decimal place, so `Decimal("5.20")` is not `Decimal("5.2")`.
`items` is the number of whole-number answers each person's score is the mean of.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from audit.rounding import Mode, unround

if TYPE_CHECKING:
    from decimal import Decimal

_HUNDRED = 100


def unit_of(printed: Decimal) -> Fraction:
    """Return the unit of the last printed place of a number: a hundredth for "5.20"."""
    exponent = printed.as_tuple().exponent
    return Fraction(10) ** int(exponent)


def totals(
    mean: Decimal, number: int, *, items: int = 1, percent: bool = False, mode: Mode = Mode.NEAREST, threshold: int = 5
) -> range:
    """Return the integer totals whose mean over `number` people prints as `mean`; an empty range when none does.

    With `percent` the mean is a percentage of `number` and the totals are how many it may be. `mode` is how the mean
    was rounded, to the nearest with unknown ties unless said otherwise; `threshold` (1 to 9) is for the modes that
    round from a digit on. A number of people that is not positive has no totals.
    Source: GRIM (Brown and Heathers 2017), for any rounding mode as in the R package scrutiny.
    """
    interval = unround(Fraction(mean), unit_of(mean), mode, threshold)
    scale = Fraction(number * items, _HUNDRED if percent else 1)
    if interval.low is None or interval.high is None or number <= 0:
        return range(0)
    low, high = interval.low * scale, interval.high * scale
    first = floor(low) + 1 if interval.low_open else ceil(low)
    last = ceil(high) - 1 if interval.high_open else floor(high)
    return range(first, last + 1)


def grim(mean: Decimal, number: int, *, items: int = 1, percent: bool = False) -> bool:
    """Say whether a mean (or a percentage) of `number` whole numbers can print as it does (Brown and Heathers 2017).

    >>> grim(Decimal("5.19"), 28), grim(Decimal("5.21"), 28)
    (False, True)
    """
    return len(totals(mean, number, items=items, percent=percent)) > 0


def grim_power(mean: Decimal, number: int, *, items: int = 1, percent: bool = False) -> Fraction:
    """Return the share (0 to 1) of all printable values that the test would refuse; zero when it can refuse nothing.

    Source: Brown and Heathers 2017: of the 10^d values between two whole numbers a mean of n can take n.
    """
    unit = unit_of(mean) / (_HUNDRED if percent else 1)
    return max(Fraction(0), 1 - number * items * unit)


def grimmer(mean: Decimal, deviation: Decimal, number: int, *, items: int = 1) -> bool:
    """Say whether a mean and a sample standard deviation (divisor n - 1) of whole numbers can print as they do.

    The sum of squares of whole numbers is whole and has the parity of their sum; both are rounded to the nearest with
    unknown ties. False for fewer than two people, who have no sample deviation.
    Source: GRIMMER (Anaya 2016), with the test of parity of Allard 2018.
    """
    if number < 2 or deviation < 0:
        return False
    bounds = unround(Fraction(deviation), unit_of(deviation))
    if bounds.low is None or bounds.high is None:
        return False
    low, high = max(Fraction(0), bounds.low) ** 2, bounds.high**2
    scale = (number - 1) * items**2
    for total in totals(mean, number, items=items):
        centre = Fraction(total**2, number)
        first, last = ceil(low * scale + centre), floor(high * scale + centre)
        if last > first or (last == first and (first - total) % 2 == 0):
            return True
    return False


def debit(mean: Decimal, deviation: Decimal, number: int) -> bool:
    """Say whether mean and sample standard deviation of `number` zeros and ones can print as they do.

    Source: DEBIT (Heathers and Brown 2019). False for fewer than two.
    """
    if number < 2:
        return False
    bounds = unround(Fraction(deviation), unit_of(deviation))
    if bounds.low is None or bounds.high is None:
        return False
    low, high = max(Fraction(0), bounds.low) ** 2, bounds.high**2
    return any(
        low <= Fraction(ones * (number - ones), number * (number - 1)) <= high
        for ones in totals(mean, number)
        if 0 <= ones <= number
    )


def variance_limits(
    mean: Decimal, number: int, least: int, most: int, *, items: int = 1
) -> tuple[Fraction, Fraction] | None:
    """Return the least and the greatest sample variance a mean of answers on a scale allows, or None when it has none.

    The least puts all answers on the two whole numbers beside the mean, the greatest as many as possible on the
    ends of the scale. Variances have the divisor n - 1 and the unit of the answers squared.
    Source: the limits of SPRITE (Heathers, Anaya, van der Zee and Brown 2018).
    """
    answers = number * items
    nearest = [t for t in totals(mean, number, items=items) if least * answers <= t <= most * answers]
    if number < 2 or not nearest:
        return None
    limits = [_limits(t, number, least * items, most * items) for t in nearest]
    scale = (number - 1) * items**2
    return min(low for low, _ in limits) / scale, max(high for _, high in limits) / scale


def _limits(total: int, number: int, least: int, most: int) -> tuple[Fraction, Fraction]:
    """Return the least and greatest sum of squared deviations of `number` whole numbers with a given total."""
    centre = Fraction(total**2, number)
    whole, above = divmod(total, number)
    narrow = above * (whole + 1) ** 2 + (number - above) * whole**2
    width = most - least
    at_most, rest = divmod(total - number * least, width) if width else (0, 0)
    wide = at_most * most**2
    if at_most < number:
        wide += (least + rest) ** 2 + (number - at_most - 1) * least**2
    return narrow - centre, wide - centre
