"""Candidates: the numbers one figure may have been before something went wrong, each with its explanation and weight.

Weights are chances of the printed figure given the meant one: typing errors with their published frequencies
(`edits`), everything else with a smaller one chosen so that a typing error leads where both explain a figure.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from audit.records import dataclass
from audit.repair.edits import Typing, distance, meant
from audit.repair.printing import places

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

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
_ONE_DIGIT = 0.6  # a single digit is one edit away from every other: likelier by itself, but weaker evidence
_OFF_RANGE = 0.1  # an order of magnitude away from the others of its list
_POWERS = (1, -1, 2, -2, 3, -3, 6, -6)
_LONG = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Another number for one figure: the printed digits as a whole number, why, and its weight."""

    key: Key
    units: int
    why: str
    weight: float


def changes(figure: Figure, target: Interval, others: Sequence[Figure], gaps: Collection[int] = ()) -> list[Change]:
    """Return what one figure may have been so that it stands for a value of the target, likeliest first.

    `others` are the figures it stands among in its relation; `gaps` are printed numbers that would be right if
    one of them had been left out of it or counted twice.
    """
    low, high = figure.reach(target)
    if figure.quantity is None:
        return []
    if not _has_negative((figure, *others)):
        low = max(0, low) if low is not None else 0  # nothing is counted below zero
    if high is not None and low is not None and low > high:
        return []
    found: dict[int, Change] = {}

    def offer(units: int, why: str, weight: float) -> None:
        if units == figure.units or (low is not None and units < low) or (high is not None and units > high):
            return
        known = found.get(units)
        weight *= _fit(figure, units, others)
        if known is None or known.weight < weight:
            found[units] = Change(key=figure.key, units=units, why=why, weight=weight)

    sign = -1 if figure.quantity.value < 0 else 1
    for typing in _meant(figure.digits, places(figure.quantity)):
        offer(sign * int(typing.digits), typing.edit.value, typing.chance)
    for units, why, weight in _otherwise(figure, others, low, high):
        offer(units, why, weight)
    for units in gaps:
        offer(units, "a part left out or counted twice", _OMITTED)
    if low is not None and low == high and not found:
        offer(low, "what the other figures give", FREE)
    return sorted(found.values(), key=lambda c: (-c.weight, c.units))


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
            found.append((units * 10**power, "the decimal point or the scale shifted", _SCALE))
        elif units % 10**-power == 0:
            found.append((units // 10**-power, "the decimal point or the scale shifted", _SCALE))
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


def _fit(figure: Figure, units: int, others: Sequence[Figure]) -> float:
    """Return how well a number fits the place: the step and the size of its neighbours, and its length."""
    weight = 1.0
    text = str(abs(units))
    if max(len(text), len(figure.digits.lstrip("0"))) <= 1:
        weight *= _ONE_DIGIT
    if figure.quantity is None:
        return weight
    sort = (figure.quantity.measure, figure.quantity.unit)
    quantities = [
        o.quantity
        for o in others
        if o.quantity is not None and o.quantity.value and (o.quantity.measure, o.quantity.unit) == sort
    ]
    if len(quantities) < 2:
        return weight
    step = min(q.round_step for q in quantities)
    value = figure.value_at(units)
    if step > figure.quantity.step and value % step:
        weight *= _OFF_STEP
    sizes = [abs(q.value) for q in quantities]
    if not min(sizes) / 10 <= abs(value) <= max(sizes) * 10:
        weight *= _OFF_RANGE
    return weight
