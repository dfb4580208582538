"""How much speaks for two figures one typing error apart being one figure: points for each sign, added up.

The points are tenths of the natural logarithm of odds: what a logistic regression gave to each sign when it had to
tell figures that were mistyped on purpose from all other pairs of figures one typing error apart, in 4,000 reports,
articles, abstracts, speeches and guides. Few digits are soon one error apart from any other figure; a figure that is
printed once can be a slip, one that is printed four times is meant; what an article calls back was told before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.relate.repeats.sameness import is_of_record, is_summed, others_of
from audit.relate.repeats.wording import bond, is_called_back, is_typing_error

if TYPE_CHECKING:
    from collections.abc import Mapping

    from audit.relate.repeats.mentions import Mention

ENOUGH, WORTH = 10, -15
_BASE = -54
_DIGITS = (0, -28, -28, -8, 12, 24)  # by the digits of the longer figure that tell something
_LOST, _ROUNDED = 4, 15
_WORDS, _MOST_WORDS = 55, 2500  # the weight of shared words that is worth a point, and the most that counts
_BOND, _MOST_BOND = 137, 2000  # of what stands the same on both sides, token by token
_SHARE = 11  # per cent of the fewer words
_RECORD, _SUMMED, _HEAD, _CALLED, _DATED = 4, 25, 6, 22, 8
_AROUND, _MOST_AROUND = 9, 6  # for each digit of other figures that stand around both
_ALL_OTHER, _NO_LABEL = -8, -7
_ONCE, _OFTEN, _MEANT = 21, -25, 4


def points(first: Mention, second: Mention, weights: Mapping[str, int], score: int) -> int:
    """Return what speaks for one figure in tenths of a log-odd; `score` is the share of words that agree, in per cent.

    `ENOUGH` of them are odds of about four to one.
    """
    # one step beside a rounding to two digits stand three of a hundred figures, as one typing error from three digits
    digits = max(first.digits, second.digits)
    rounded = not is_typing_error(first, second)
    if rounded:
        digits = min(first.digits, second.digits) + 1
    found = (
        _BASE - _ROUNDED * rounded + _DIGITS[min(digits, len(_DIGITS) - 1)] + _LOST * (first.digits != second.digits)
    )
    found += min(sum(weights[w] for w in first.words & second.words), _MOST_WORDS) // _WORDS
    found += min(bond(first, second, weights), _MOST_BOND) // _BOND + score // _SHARE
    found += _RECORD * is_of_record(first, second) + _SUMMED * (is_summed(first) != is_summed(second))
    found += _DATED * (bool(first.dates) and first.dates == second.dates)
    found += _HEAD * (first.fact.head == second.fact.head != "")
    found += _CALLED * is_called_back(*sorted((first, second), key=lambda m: m.fact.start))
    often = min(first.often, second.often)
    found += _ONCE if often == 1 else _OFTEN if often >= _MEANT else 0
    return found + _company(first, second) + _label(first, second)


def _company(first: Mention, second: Mention) -> int:
    """Return the points for the other figures of both blocks and of both sentences."""
    one, other = others_of(first), others_of(second)
    found = _ALL_OTHER if one and other and not one & other else 0
    if first.bundle is second.bundle and first.block == second.block:
        return found
    around = sum(digits for figure, digits in first.around.items() if figure in second.around)
    return found + _AROUND * min(around, _MOST_AROUND)


def _label(first: Mention, second: Mention) -> int:
    """Return the points against figures that other words follow."""
    other = first.follows and second.follows and first.follows[0] != second.follows[0]
    return _NO_LABEL if other else 0
