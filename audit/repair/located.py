"""Figures that are located by their relations alone: what must change and to what, whatever error made them wrong.

Used where no typing error explains a component: the smallest set of figures whose change makes everything true, if
there is only one, and if each of its figures is then determined by the others.
"""

from __future__ import annotations

from fractions import Fraction
from math import inf
from typing import TYPE_CHECKING

from audit.repair.candidates import Change
from audit.repair.localize import Row, smallest_changes
from audit.repair.relations import Key, Linear
from audit.repair.search import LOCATED, Component, Explanation
from audit.repair.values import Values

if TYPE_CHECKING:
    from audit.quantity import Interval

_SURE = 0.9
_LARGEST = 120  # figures; what is larger is no component but a misread table


def located(component: Component) -> list[Explanation]:
    """Return the one explanation of a component by its smallest change, or nothing."""
    relations = [r for r in component.failed if isinstance(r, Linear)]
    if len(relations) < 2 or len(relations) < len(component.failed) or len(component.figures) > _LARGEST:
        return []
    relations += [r for r, trust in component.holding if isinstance(r, Linear) and trust >= _SURE]
    values = Values(component.figures)
    nominal = {key: _middle(interval) for key, interval in values.items()}
    if any(v is None for v in nominal.values()):
        return []
    rows = [row for relation in relations for row in _rows(relation, values)]
    weights = {key: 1.0 if figure.quantity is not None else inf for key, figure in component.figures.items()}
    sets = smallest_changes(rows, {k: v for k, v in nominal.items() if v is not None}, weights)
    if len(sets) != 1:
        return []
    return _determined(component, relations, values, [key for key in component.figures if key in sets[0]])


def _middle(interval: Interval) -> Fraction | None:
    if interval.low is None or interval.high is None:
        return None
    return (interval.low + interval.high) / 2


def _rows(relation: Linear, values: Values) -> list[Row]:
    """Return a relation as one or two inequalities that leave rounding its room."""
    weights: dict[Key, Fraction] = {}
    for key, weight in zip(relation.keys, relation.weights, strict=True):
        weights[key] = weights.get(key, Fraction(0)) + weight
    room = sum((abs(w) * (values[k].high - values[k].low) / 2 for k, w in weights.items()), Fraction(0))  # type: ignore[operator]
    rows = []
    if relation.bounds.high is not None:
        rows.append(Row(coefficients=dict(weights), bound=relation.bounds.high + room))
    if relation.bounds.low is not None:
        rows.append(Row(coefficients={k: -w for k, w in weights.items()}, bound=room - relation.bounds.low))
    return rows


def _determined(component: Component, relations: list[Linear], values: Values, chosen: list[Key]) -> list[Explanation]:
    """Return the chosen figures with the values the others give them, one after the other."""
    after = values
    changes: list[Change] = []
    left = list(chosen)
    while left:
        found = _next(component, relations, after, left)
        if found is None:
            return []
        left.remove(found.key)
        after = after.but({found.key: component.figures[found.key].interval_at(found.units)})
        changes.append(found)
    if not all(r.holds(after) for r in relations):
        return []
    return [Explanation(changes=tuple(changes), weight=LOCATED)]


def _next(component: Component, relations: list[Linear], values: Values, left: list[Key]) -> Change | None:
    for relation in relations:
        inside = [key for key in left if key in relation.keys]
        target = relation.target(inside[0], values) if len(inside) == 1 and not relation.loose else None
        if target is not None:
            low, high = component.figures[inside[0]].reach(target)
            if low is not None and low == high:
                return Change(key=inside[0], units=low, why="what the other figures give", weight=LOCATED)
    return None
