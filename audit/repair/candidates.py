"""Candidates: the numbers one figure may have been before something went wrong, each with its explanation and weight.

Weights are chances of the printed figure given the meant one: typing errors with their published frequencies
(`edits`), everything else with a smaller one chosen so that a typing error leads where both explain a figure.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from audit.records import dataclass
from audit.repair.edits import Typing, distance, meant
from audit.repair.misprints import mended

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from audit.quantity import Interval
    from audit.repair.figures import Figure
    from audit.repair.relations import Key

# Chosen, not measured: rarer than any typing error of a short figure, likelier than two errors in one figure.
_SIGN = 0.004
_SCALE = 0.001
_OMITTED = 0.001
_COPIED = 0.0005
_TWO_EDITS = 1e-5
FREE = 1e-7  # no explanation, only arithmetic
_OFF_STEP = 0.02  # the others of its column are all multiples of ten and this would not be
_OFF_PLACES = 0.05  # the others of its column have as many decimals as it has, and it would have more or fewer
_AMONG_PLACES = 100.0  # the others of its column have all the decimals that this one has lost
_ONE_DIGIT = 0.6  # a single digit is one edit away from every other: likelier by itself, but weaker evidence
_TO_ONE_DIGIT = 0.6
_LONGER = 0.1  # figures of each length are as frequent, so that one of the longer ones is ten times rarer
# How often a part of a sum has as many digits as the middle one beside it, one more or less, or two: in public reports.
_APART = (0.56, 0.2, 0.024)
_IN_WORDS = 0.05  # nobody drops a digit of a word
_NO_NUMBER = 50.0  # no number begins with a nought: "0,221" is wrong by itself
_SHIFTED = "the decimal point or the scale shifted"
_POWERS = (1, -1, 2, -2, 3, -3, 6, -6)
_LONG = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Another number for one figure: the printed digits as a whole number, why, and its weight.

    `shift` is how many more of the digits stand behind the decimal point than do now.
    """

    key: Key
    units: int
    why: str
    weight: float
    shift: int = 0

    @property
    def name(self) -> tuple[Key, int, int]:
        """Return what tells one change from another."""
        return (self.key, self.units, self.shift)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a figure stands in its relation: the others beside it, and whether its length is theirs to tell.

    `gaps` are printed numbers that would be right if one of the others had been left out of it or counted twice;
    `located` says that more than one relation points at the figure, so that no error needs to explain its value.
    """

    others: Sequence[Figure]
    any_length: bool = False
    located: bool = False
    gaps: Collection[int] = ()


def changes(figure: Figure, target: Interval, place: Place) -> list[Change]:
    """Return what one figure may have been so that it stands for a value of the target, likeliest first."""
    if figure.quantity is None:
        return []
    signed = _has_negative((figure, *place.others))
    bounds = {shift: _bounds(figure, target, shift, signed=signed) for shift in (0, 1, -1)}
    found: dict[tuple[int, int], Change] = {}
    fits = _Fit(figure, place)

    def offer(units: int, why: str, weight: float, shift: int = 0) -> None:
        low, high = bounds[shift]
        if (not shift and units == figure.units and not figure.flaw) or (low is not None and units < low):
            return
        if high is not None and units > high:
            return
        known = found.get((units, shift))
        weight *= fits.weight(units, shift, typed=why != _SHIFTED)
        if known is None or known.weight < weight:
            found[units, shift] = Change(key=figure.key, units=units, why=why, weight=weight, shift=shift)

    sign = -1 if figure.quantity.value < 0 else 1
    typings = mended(figure.text, figure.flaw, figure.places) if figure.flaw else _meant(figure.digits, figure.places)
    for typing in typings:
        offer(sign * int(typing.digits), typing.edit.value, typing.chance * fits.typed, typing.shift)
    if figure.flaw:
        return _ordered(found)
    low, high = bounds[0]
    for units, why, weight in _otherwise(figure, place.others, low, high):
        offer(units, why, weight)
    for units in place.gaps:
        offer(units, "a part left out or counted twice", _OMITTED)
    if place.located and low is not None and low == high and not found:
        offer(low, "what the other figures give", FREE)
    return _ordered(found)


def _ordered(found: Mapping[tuple[int, int], Change]) -> list[Change]:
    return sorted(found.values(), key=lambda c: (-c.weight, c.units, c.shift))


def _bounds(figure: Figure, target: Interval, shift: int, *, signed: bool) -> tuple[int | None, int | None]:
    low, high = figure.reach(target, shift)
    if not signed:
        low = max(0, low) if low is not None else 0  # nothing is counted below zero
    return low, high


@lru_cache(maxsize=4096)
def _meant(printed: str, point: int) -> tuple[Typing, ...]:
    return tuple(meant(printed, point=point))


def _otherwise(
    figure: Figure, others: Sequence[Figure], low: int | None, high: int | None
) -> list[tuple[int, str, float]]:
    """Return what is no single typing error: sign, scale, a copied neighbour, two errors in a long figure."""
    units = figure.units
    found: list[tuple[int, str, float]] = []
    if units and _has_negative((figure, *others)):
        found.append((-units, "the sign turned round", _SIGN))
    for power in _POWERS:
        if power > 0:
            found.append((units * 10**power, _SHIFTED, _SCALE))
        elif units % 10**-power == 0:
            found.append((units // 10**-power, _SHIFTED, _SCALE))
    if low is not None and low == high:
        text = str(abs(low))
        copied = [o for o in others if o.quantity is not None and o.quantity.value == figure.quantity.value]  # type: ignore[union-attr]
        if copied and len(figure.digits) > 1:
            found.append((low, "the figure beside it copied", _COPIED))
        if len(text) >= _LONG and (low >= 0) == (units >= 0) and distance(figure.digits, text) == 2:
            found.append((low, "two typing errors", _TWO_EDITS))
    return found


def _has_negative(figures: Sequence[Figure]) -> bool:
    return any(f.quantity is not None and f.quantity.value < 0 for f in figures)


class _Fit:
    """How well another number fits the place of a figure: its length, and the steps and decimals of its neighbours.

    The length counts for what is not worked out from the others: of two figures that may have been mistyped, 7 for
    27 and 92 for 2, the longer one is one of ten times as many.
    """

    def __init__(self, figure: Figure, place: Place) -> None:
        self._figure = figure
        self._any_length = place.any_length
        own = figure.quantity
        alike = [
            o
            for o in place.others
            if o.quantity is not None
            and own is not None
            and o.quantity.value
            and (o.quantity.measure, o.quantity.unit) == (own.measure, own.unit)
        ]
        enough = len(alike) >= 2
        lengths = sorted(_whole(o.digits.lstrip("0"), o.places) for o in alike)
        self._length = lengths[(len(lengths) - 1) // 2] if lengths else 0
        self._step = min(o.quantity.round_step for o in alike if o.quantity is not None) if enough else None
        decimals = {o.places for o in alike} if enough else set()
        self._places = decimals.pop() if len(decimals) == 1 else None
        self.typed = _IN_WORDS if not any(c.isdecimal() for c in figure.text) else 1.0
        if figure.digits[:1] == "0" and len(figure.digits) > figure.places + 1:
            self.typed *= _NO_NUMBER

    def _beside(self, length: int) -> float:
        """Return how often a figure has so many digits where the others of its relation have theirs."""
        apart = abs(length - self._length) if self._length else 0
        return _APART[min(apart, len(_APART) - 1)]

    def weight(self, units: int, shift: int, *, typed: bool = True) -> float:
        """Return the factor for another number; one of another scale is no figure of another length."""
        figure, weight = self._figure, 1.0
        places = figure.places + shift
        length, printed = _whole(str(abs(units)), places), _whole(figure.digits.lstrip("0"), figure.places)
        if min(length + places, printed + figure.places) <= 1:
            weight *= _ONE_DIGIT if length == printed else _TO_ONE_DIGIT
        if typed and not self._any_length and length != printed and not shift:
            weight *= _LONGER ** (length - printed) * self._beside(length) / self._beside(printed)
        if self._places is not None and shift:
            weight *= _OFF_PLACES if figure.places == self._places else 1.0
            weight *= _AMONG_PLACES if figure.places + shift == self._places else 1.0
        if self._step is not None and figure.quantity is not None and self._step > figure.quantity.step:
            weight *= _OFF_STEP if figure.value_at(units, shift) % self._step else 1.0
        return weight


def _whole(digits: str, places: int) -> int:
    """Return how many digits a number has before its decimal point; 0.5 has one."""
    return max(1, len(digits) - places)
