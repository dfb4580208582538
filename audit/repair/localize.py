"""Which figures must be wrong: the smallest sets that have to change for a system of linear relations to hold.

The principle is that of Fellegi and Holt (1976): change as little weight as possible. Small systems are searched
exactly, in rationals (Fourier-Motzkin elimination decides whether the free figures can be chosen); larger ones by
an integer programme, whose solutions are verified in rationals. All smallest sets are returned: ties are
information.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from fractions import Fraction
from itertools import combinations
from math import inf
from time import monotonic
from typing import TYPE_CHECKING, Any

from audit.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

_EXACT_UP_TO = 40  # figures; beyond that there are too many sets to try
_AT_ONCE = 4  # figures; more that are wrong together are not told apart by sums
_FEW = 15
_ROWS = 400  # elimination that grows past this has left the small systems it is meant for
_SCALE = 1e6
_SECONDS = 5.0
_LIMITS = {"time_limit": _SECONDS, "node_limit": 20_000}  # the nodes stop first, so that a slow machine finds the same
_STOPPED = 1  # what the solver says when it has met a limit
_SOLUTIONS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """sum of coefficient x figure <= bound; strictly less when `strict`; equal when `equal`."""

    coefficients: Mapping[Any, Fraction]
    bound: Fraction
    strict: bool = False
    equal: bool = False

    def value(self, figures: Mapping[Any, Fraction]) -> Fraction:
        """Return the left side."""
        return sum((c * figures[k] for k, c in self.coefficients.items()), Fraction(0))

    def holds(self, figures: Mapping[Any, Fraction]) -> bool:
        """Say whether the row is true of some figures."""
        left = self.value(figures)
        return left == self.bound if self.equal else left < self.bound if self.strict else left <= self.bound


def smallest_changes(
    rows: Sequence[Row], figures: Mapping[Any, Fraction], weights: Mapping[Any, float] | None = None
) -> list[tuple[Hashable, ...]]:
    """Return every set of figures of least weight whose change makes all rows true; [()] when they are true already.

    A figure of infinite weight cannot change; without weights all count alike. Nothing is returned for a system
    that no change makes true.
    """
    names = [k for k in figures if any(k in r.coefficients for r in rows)]
    cost = {k: (weights or {}).get(k, 1.0) for k in names}
    if all(r.holds(figures) for r in rows):
        return [()]
    free = [k for k in names if cost[k] < inf]
    if len(free) > _EXACT_UP_TO:
        return _by_programme(rows, figures, free, cost)
    return _by_trial(rows, figures, free, cost)


def _by_trial(
    rows: Sequence[Row],
    figures: Mapping[Any, Fraction],
    free: Sequence[Hashable],
    cost: Mapping[Any, float],
) -> list[tuple[Hashable, ...]]:
    most = _AT_ONCE if len(free) <= _FEW else _AT_ONCE - 1
    sets: Iterable[tuple[Hashable, ...]] = (s for size in range(1, most + 1) for s in combinations(free, size))
    if len({cost[k] for k in free}) > 1:
        sets = sorted(sets, key=lambda s: sum(cost[k] for k in s))
    broken = [r for r in rows if not r.holds(figures)]
    best: float | None = None
    found: list[tuple[Hashable, ...]] = []
    for chosen in sets:
        weight = sum(cost[k] for k in chosen)
        if best is not None and weight > best:
            break
        if not all(any(k in r.coefficients for k in chosen) for r in broken):
            continue
        touched = [r for r in rows if any(k in r.coefficients for k in chosen)]
        if is_feasible(_freed(touched, figures, chosen)):
            best = weight
            found.append(chosen)
    return found


def _freed(rows: Sequence[Row], figures: Mapping[Any, Fraction], chosen: Sequence[Hashable]) -> Iterator[Row]:
    """Yield what the rows say of the chosen figures when all others stand."""
    for row in rows:
        fixed = sum((c * figures[k] for k, c in row.coefficients.items() if k not in chosen), Fraction(0))
        left = {k: c for k, c in row.coefficients.items() if k in chosen and c}
        yield Row(coefficients=left, bound=row.bound - fixed, strict=row.strict, equal=row.equal)


def is_feasible(rows: Iterator[Row] | Sequence[Row]) -> bool:
    """Say whether some values make all rows true, by eliminating one figure after the other."""
    left = list(rows)
    while True:
        empty = [r for r in left if not r.coefficients]
        if any(not r.holds({}) for r in empty):
            return False
        left = [r for r in left if r.coefficients]
        if not left:
            return True
        if len(left) > _ROWS:
            return True
        key = next(iter(left[0].coefficients))
        left = _without(left, key)


def _without(rows: Sequence[Row], key: Hashable) -> list[Row]:
    """Return rows that say the same of all figures but one."""
    same = [r for r in rows if key not in r.coefficients]
    touching = [r for r in rows if key in r.coefficients]
    fixed = next((r for r in touching if r.equal), None)
    if fixed is not None:
        return [*same, *(_combined(r, fixed, key) for r in touching if r is not fixed)]
    above = [r for r in touching if r.coefficients[key] > 0]
    below = [r for r in touching if r.coefficients[key] < 0]
    return [*same, *(_combined(a, b, key) for a in above for b in below)]


def _combined(row: Row, other: Row, key: Hashable) -> Row:
    """Return the first row with the second added so often that a figure drops out."""
    factor = -row.coefficients[key] / other.coefficients[key]
    keys = {**row.coefficients, **other.coefficients}
    added = {
        k: row.coefficients.get(k, Fraction(0)) + factor * other.coefficients.get(k, Fraction(0))
        for k in keys
        if k != key
    }
    return Row(
        coefficients={k: c for k, c in added.items() if c},
        bound=row.bound + factor * other.bound,
        strict=row.strict or (other.strict and not other.equal),
        equal=row.equal and other.equal,
    )


def _by_programme(
    rows: Sequence[Row],
    figures: Mapping[Any, Fraction],
    free: Sequence[Hashable],
    cost: Mapping[Any, float],
) -> list[tuple[Hashable, ...]]:
    """Return the sets by a mixed integer programme; each found set is cut off until the weight rises.

    The unknowns are the figures, scaled so that the largest is a million, and for each a 0 or 1 that says whether
    it changes. Strict rows are taken as weak ones and verified afterwards.
    """
    try:
        import numpy as np  # noqa: PLC0415  - half a second that only a large component pays
        from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415
    except ImportError:
        return []  # it comes with another dependency, and a large component is rare

    count, reach = len(free), 10 * _SCALE
    matrix, lows, highs = _programme(rows, figures, free, reach)
    weights = np.array([0.0] * count + [cost[k] for k in free])
    whole = np.array([0] * count + [1] * count)
    box = Bounds([-reach] * count + [0] * count, [reach] * count + [1] * count)
    found: list[tuple[Hashable, ...]] = []
    best, until = inf, monotonic() + _SECONDS
    while len(found) < _SOLUTIONS:
        limits = LinearConstraint(np.array(matrix), np.array(lows), np.array(highs))
        with _silenced():
            said = milp(weights, constraints=limits, integrality=whole, bounds=box, options=_LIMITS)
        if said.status == _STOPPED or monotonic() > until:
            return []  # some of the sets are no answer to the question which are the smallest
        if said.x is None or said.fun > best + 1e-6:
            break
        chosen = tuple(k for i, k in enumerate(free) if said.x[count + i] > 0.5)
        if is_feasible(_freed(rows, figures, chosen)):
            best = float(said.fun)
            found.append(chosen)
        matrix.append([0.0] * count + [float(k in chosen) for k in free])
        lows.append(-inf)
        highs.append(len(chosen) - 1.0)
    return found


@contextmanager
def _silenced() -> Iterator[None]:
    """Keep the solver's own remarks off standard output, where a report may be going."""
    kept = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def _programme(
    rows: Sequence[Row], figures: Mapping[Any, Fraction], free: Sequence[Hashable], reach: float
) -> tuple[list[list[float]], list[float], list[float]]:
    """Return (matrix, lows, highs): the rows, and that a figure keeps its value unless it is marked as changed."""
    largest = max((abs(float(v)) for v in figures.values()), default=1.0) or 1.0
    scale, count = _SCALE / largest, len(free)
    matrix, lows, highs = [], [], []
    for row in _freed(rows, figures, free):
        matrix.append([float(row.coefficients.get(k, 0)) for k in free] + [0.0] * count)
        highs.append(float(row.bound) * scale)
        lows.append(float(row.bound) * scale if row.equal else -inf)
    for index, key in enumerate(free):
        for sign in (1.0, -1.0):
            line = [0.0] * (2 * count)
            line[index], line[count + index] = sign, -reach
            matrix.append(line)
            lows.append(-inf)
            highs.append(sign * float(figures[key]) * scale)
    return matrix, lows, highs
