"""What the figures of a component stand for, a few of them changed: sums are kept, so that a trial costs no new one.

A column of a thousand figures is tried figure by figure; adding it up again for each would take minutes.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from audit.quantity import Interval

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.repair.figures import Figure
    from audit.repair.relations import Key, Linear

_ZERO = Fraction(0)


class Sum:
    """The weighted sum of some intervals; what was added can be taken out again, ends without bound included."""

    def __init__(self) -> None:
        self._low = self._high = _ZERO
        self._boundless = [0, 0]
        self._open = [0, 0]

    def add(self, interval: Interval, weight: int, times: int = 1) -> None:
        """Add an interval; with `times` of -1 take it out."""
        if weight != 1:
            interval = interval.times(Fraction(weight))
        if interval.low is None:
            self._boundless[0] += times
        else:
            self._low += interval.low if times == 1 else -interval.low
        if interval.high is None:
            self._boundless[1] += times
        else:
            self._high += interval.high if times == 1 else -interval.high
        self._open[0] += times * interval.low_open
        self._open[1] += times * interval.high_open

    def copy(self) -> Sum:
        """Return a sum that can be changed without this one."""
        other = Sum()
        other._low, other._high = self._low, self._high
        other._boundless, other._open = [*self._boundless], [*self._open]
        return other

    @property
    def interval(self) -> Interval:
        """Return what the sum may be."""
        return Interval(
            low=None if self._boundless[0] else self._low,
            high=None if self._boundless[1] else self._high,
            low_open=self._open[0] > 0,
            high_open=self._open[1] > 0,
        )


class Values(Mapping["Key", Interval]):
    """The interval of each figure; `but` gives the same with some of them changed."""

    def __init__(self, figures: Mapping[Key, Figure]) -> None:
        self._base: Mapping[Key, Interval] = {key: figure.interval for key, figure in figures.items()}
        self._changed: dict[Key, Interval] = {}
        self._sums: dict[int, tuple[Linear, Sum, dict[Key, int]]] = {}

    def but(self, changed: Mapping[Key, Interval]) -> Values:
        """Return the same values with some changed; what was added up before is shared."""
        other = Values({})
        other._base, other._sums = self._base, self._sums
        other._changed = {**self._changed, **changed}
        return other

    def __getitem__(self, key: Key) -> Interval:
        return self._changed.get(key) or self._base[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self._base)

    def __len__(self) -> int:
        return len(self._base)

    def weight(self, relation: Linear, key: Key) -> int:
        """Return how often a figure counts in a relation, 0 where it does not stand in it."""
        return self._added(relation)[2].get(key, 0)

    def rest(self, relation: Linear, without: Key | None) -> Interval:
        """Return what the figures of a relation add up to, one of them left out."""
        _, added, weights = self._added(relation)
        moved = [key for key in self._changed if key in weights and key != without]
        if without not in weights and not moved:
            return added.interval
        added = added.copy()
        for key in moved:
            added.add(self._base[key], weights[key], -1)
            added.add(self._changed[key], weights[key])
        if without in weights:
            added.add(self._base[without], weights[without], -1)
        return added.interval

    def _added(self, relation: Linear) -> tuple[Linear, Sum, dict[Key, int]]:
        known = self._sums.get(id(relation))
        if known is None:
            weights: dict[Key, int] = {}
            for key, weight in zip(relation.keys, relation.weights, strict=True):
                weights[key] = weights.get(key, 0) + weight
            added = Sum()
            for key, weight in weights.items():
                added.add(self._base[key], weight)
            known = self._sums[id(relation)] = (relation, added, weights)  # kept, so that its id stays its own
        return known
