"""How likely figures are that would make a relation true: what reports say of parts, trends and rounded sums.

A factor for each candidate, relative to what is printed, so that of several typing errors that would explain a
relation the one leads that leaves usual figures behind.
"""

from __future__ import annotations

from itertools import pairwise
from math import exp
from typing import TYPE_CHECKING

from audit.quantity import Measure
from audit.repair.relations import Linear, Relation, Rising, middle

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from audit.repair.figures import Figure
    from audit.repair.relations import Key
    from audit.repair.values import Values

_STEEP = 2  # half of the trends that public reports tell are of a fifth or less, a tenth of a factor of three
_RARE = 0.1
_EVEN = (Measure.PERCENT, Measure.POINTS)
_NEVER = 0.01


def is_sized(relation: Relation) -> bool:
    """Say whether a relation itself says how large its figures are likely to be."""
    return isinstance(relation, Rising) or (isinstance(relation, Linear) and relation.loose)


def likelihood(relation: Relation, after: Values, figures: Mapping[Key, Figure]) -> float:
    """Return how much likelier than the printed figures those are that make a relation true.

    Wholes of every length are as frequent, and their parts any share of them: the density is that of 1 / whole². A
    part is rarely all of its whole, and a trend rarely a jump. Of a sum of rounded figures the gap that is left has
    nearly the normal law; figures printed in ones mostly are not rounded and leave none.
    """
    if isinstance(relation, Rising):
        return _growth(relation, after) * _sizes(relation.keys, after, figures)
    if not isinstance(relation, Linear):
        return 1.0
    if relation.loose:
        wholes = [k for k, w in zip(relation.keys, relation.weights, strict=True) if w < 0]
        return _sizes(wholes, after, figures) ** 2 * (1.0 if relation.is_strict(after) else _RARE)
    return _left(relation, after)


def _growth(relation: Rising, values: Values) -> float:
    weight = 1.0
    for one, other in pairwise(relation.keys):
        low, high = middle(values[one]), middle(values[other])
        if low is None or high is None:
            continue
        weight *= (float(low) / float(high)) ** _STEEP if 0 < low < high else _RARE if low else _NEVER
    return weight


def _sizes(keys: Iterable[Key], after: Values, figures: Mapping[Key, Figure]) -> float:
    """Return by how much some figures have become smaller; percentages are of all sizes alike."""
    weight = 1.0
    for key in keys:
        figure = figures[key]
        if figure.quantity is None or figure.quantity.measure in _EVEN:
            continue
        old, new = middle(figure.interval), middle(after[key])
        if old is not None and new is not None and old != new:
            weight *= float(old) / float(new) if old > 0 and new > 0 else _NEVER
    return weight


def _left(relation: Linear, values: Values) -> float:
    intervals = [values[key] for key in relation.keys]
    if any(i.low is None or i.high is None or i.low_open or i.high_open for i in intervals):
        return 1.0
    gap, spread = relation.gap(values)
    if not gap or not spread:
        return 1.0
    # the error of a rounded figure is uniform within its half unit h, with the variance h x h / 3
    in_ones = all(i.high - i.low in (0, 1) for i in intervals if i.low is not None and i.high is not None)
    return exp(-float(gap * gap / spread) * 3 / 2) * (_RARE if in_ones else 1.0)
