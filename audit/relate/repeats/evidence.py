"""How much speaks for two figures one typing error apart being one figure: points for each sign, added up.

The points are tenths of the natural logarithm of odds: what a logistic regression gave to each sign when it had to
tell figures that were mistyped on purpose, in twenty clean reports, from all other pairs of figures one typing error
apart in 1.7 million words of reports, guides and manuals. Few digits are soon one error apart from any other figure;
a figure that is printed once can be a slip, one that is printed four times is meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.relate.repeats.sameness import is_of_record, is_summed, others_of
from audit.relate.repeats.wording import bond, is_typing_error, same_start

if TYPE_CHECKING:
    from collections.abc import Mapping

    from audit.relate.repeats.mentions import Mention

ENOUGH, WORTH = 5, -15
_BASE = -64
_DIGITS = (0, -18, 0, 26, 27, 34)  # by the digits of the longer figure that tell something
_LOST = 5  # "44" and "344": a digit is lost less often than one is typed wrong
_PAIR, _LEAST_WORDS = 2, 500
_WORDS, _MOST_WORDS = 130, 2500  # the weight of shared words that is worth a point, and the most that counts
_BOND, _MOST_BOND = 150, 2000  # of what stands the same on both sides, token by token
_SHARE = 12  # per cent of the fewer words
_RECORD, _SUMMED = 12, 25
_AROUND, _MOST_AROUND = 4, 6  # for each digit of other figures that stand around both
_ALL_ELSE, _ALL_OTHER = 7, -10
_LABEL, _NO_LABEL = 11, -12
_ONCE, _BOTH_ONCE = 12, 9
_MEANT = 4


def points(first: Mention, second: Mention, weights: Mapping[str, int], score: int) -> int:
    """Return what speaks for one figure in tenths of a log-odd; `score` is the share of words that agree, in per cent.

    `ENOUGH` of them are odds of about three to one.
    """
    often = sorted((first.often, second.often))
    shared = first.words & second.words
    weight = sum(weights[w] for w in shared)
    # one step beside a rounding to two digits stand three of a hundred figures, as one typing error from three digits
    digits = max(first.digits, second.digits)
    if not is_typing_error(first, second):
        digits = min(first.digits, second.digits) + 1
    if (often[0] >= _MEANT and digits > 1) or len(shared) < _PAIR or weight < _LEAST_WORDS:
        return _BASE
    found = _BASE + _DIGITS[min(digits, len(_DIGITS) - 1)] - _LOST * (first.digits != second.digits)
    found += min(weight, _MOST_WORDS) // _WORDS
    found += min(bond(first, second, weights), _MOST_BOND) // _BOND + score // _SHARE
    found += _RECORD * is_of_record(first, second) + _SUMMED * (is_summed(first) != is_summed(second))
    around = sum(digits for figure, digits in first.around.items() if figure in second.around)
    found += _AROUND * min(around, _MOST_AROUND) + _ONCE * (often[0] == 1) + _BOTH_ONCE * (often[1] == 1)
    return found + _company(first, second) + _label(first, second)


def _company(first: Mention, second: Mention) -> int:
    one, other = others_of(first), others_of(second)
    if not (one and other):
        return 0
    return _ALL_ELSE if one == other else _ALL_OTHER if not one & other else 0


def _label(first: Mention, second: Mention) -> int:
    """Return the points for what follows the figures: the same words, or others."""
    same = same_start(first.follows, second.follows)
    if same > 1:
        return _LABEL
    return _NO_LABEL if first.follows and second.follows and not same else 0
