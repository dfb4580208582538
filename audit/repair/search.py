"""The search for what went wrong: the fewest changes that make every failed relation of a component true.

A change that breaks a relation which holds is no repair. First one figure (or two exchanged ones) for all failed
relations, then two, then three; the search is exhaustive within a budget of steps, so that it is deterministic.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import field, replace
from typing import TYPE_CHECKING

from audit.quantity import Interval
from audit.records import dataclass
from audit.repair.candidates import FREE, Change, Place, changes
from audit.repair.likelihood import is_sized, likelihood
from audit.repair.relations import Formed, Linear, Quotient, Rising
from audit.repair.values import Values

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from audit.repair.figures import Figure
    from audit.repair.relations import Key, Relation

_SWAPPED = 0.005
_CROSSED = 0.001  # of a bound or a trend the exchange of its ends is always one explanation
LOCATED = 1e-3  # two relations or more that agree on one number need no explanation how it went wrong
_SUPPORT = 20.0
_FURTHER = 0.01  # the chance that one more figure is wrong
_CUT = 4.0  # a share that fits when digits are cut off was cut off, and is less likely typed wrong
_MOST = 3
_LONGEST = 120  # figures of one relation that are all tried
_MOST_LIKELY = 12  # candidates per figure that are followed further


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """Failed relations that share figures, the relations around them that hold, and the figures of all of them.

    Each holding relation comes with how sure it is (0 to 1); `doubtful` are the failed ones that may be misread, by
    their index, with how sure they are; `unsure` are failed ones that may not be meant and need no repair, but speak
    for a change that makes them true.
    """

    figures: Mapping[Key, Figure]
    failed: tuple[Relation, ...]
    holding: tuple[tuple[Relation, float], ...] = ()
    doubtful: Mapping[int, float] = field(default_factory=dict)
    unsure: tuple[Relation, ...] = ()
    intervals: dict[tuple[Key, int, int], Interval] = field(default_factory=dict)
    candidates: dict[tuple[Key, Interval, int, bool], list[Change]] = field(default_factory=dict)

    def interval_at(self, change: Change) -> Interval:
        """Return what a changed figure stands for; the same change is tried with many others."""
        known = self.intervals.get(change.name)
        if known is None:
            known = self.figures[change.key].interval_at(change.units, change.shift)
            self.intervals[change.name] = known
        return known


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Changes that together repair a component, with the weight of all of them."""

    changes: tuple[Change, ...]
    weight: float


@dataclass(slots=True)
class _Budget:
    steps: int

    def spend(self) -> bool:
        self.steps -= 1
        return self.steps >= 0


def explanations(component: Component, *, budget: int = 400) -> list[Explanation]:
    """Return the explanations with the fewest changed figures, heaviest first; none when nothing repairs."""
    values = Values(component.figures)
    purse = _Budget(budget)
    found: dict[tuple[tuple[Key, int, int], ...], Explanation] = {}
    # a trend word is likelier wrong than two of its figures
    most = 1 if all(isinstance(r, Rising) for r in component.failed) else _MOST
    for depth in range(1, most + 1):
        found |= {_name(e): e for e in _explain(component, component.failed, values, depth, purse)}
        sound = [e for e in found.values() if _mends(e, component)]
        if not any(e.weight > LOCATED for e in sound):
            # a number that only fits is no better than a typing error that one misread relation hides
            found = {_name(e): e for e in _misread(component, values)} | found
            sound = [e for e in found.values() if _mends(e, component)]
        if sound:
            return sorted(sound, key=lambda e: (-e.weight, _name(e)))
    return []


def _mends(explanation: Explanation, component: Component) -> bool:
    """Say whether an explanation changes every malformed figure: what is printed there is wrong for certain."""
    changed = {change.key for change in explanation.changes}
    return all(r.keys[0] in changed for r in component.failed if isinstance(r, Formed))


def _misread(component: Component, values: Values) -> Iterator[Explanation]:
    """Yield the changes of one figure that repair all failed relations but one, which may say something else.

    402 casualties "(179 dead and 223 injured), a 34 per cent increase over 609" do not grow, whatever is printed.
    """
    for relation in component.failed:
        trust = component.doubtful.get(relation.index)
        rest = [r for r in component.failed if r is not relation]
        if trust is None or not rest:
            continue
        for found in _single(component, rest, values):
            yield replace(found, weight=found.weight * (1 - trust))


def exchanges(component: Component) -> list[Explanation]:
    """Return the pairs of figures that repair all failed relations by changing places."""
    values = Values(component.figures)
    return list(_swaps(component, component.failed, values))


def tried(failed: Sequence[Relation], some: Sequence[Relation]) -> list[Key]:
    """Return the figures of some of the failed relations that may be wrong, in the order of the text.

    In a very long sum any part could be off by the gap, and some will look mistyped by chance: there only the total is
    tried, and what stands in another failed relation.
    """
    counted = Counter(key for relation in failed for key in set(relation.keys))
    return list(
        dict.fromkeys(
            key
            for relation in some
            for key in relation.keys
            if len(relation.keys) <= _LONGEST or key == relation.derived or counted[key] > 1
        )
    )


def _name(explanation: Explanation) -> tuple[tuple[Key, int, int], ...]:
    return tuple(sorted(c.name for c in explanation.changes))


def _explain(
    component: Component,
    failed: Sequence[Relation],
    values: Values,
    depth: int,
    purse: _Budget,
) -> Iterator[Explanation]:
    if depth == 1:
        yield from _single(component, failed, values)
        yield from _swaps(component, failed, values)
        return
    first = failed[0]
    for key in tried(component.failed, (first,)):
        target = first.target(key, values)
        if target is None:
            continue
        for change in _changes(component, key, target, first)[:_MOST_LIKELY]:
            if not purse.spend() or change.weight <= FREE:
                break
            after = values.but({key: component.interval_at(change)})
            weight = change.weight * _doubt(component, (key,), after)
            left = [r for r in failed if not r.holds(after)]
            if not weight or not left:
                continue
            for rest in _explain(component, left, after, depth - 1, purse):
                if all(c.key != key for c in rest.changes):
                    yield Explanation(changes=(change, *rest.changes), weight=weight * _FURTHER * rest.weight)


def _single(component: Component, failed: Sequence[Relation], values: Values) -> Iterator[Explanation]:
    """Yield the changes of one figure that repair all failed relations at once."""
    shared = set(failed[0].keys).intersection(*(r.keys for r in failed[1:]))
    for key in (k for k in tried(component.failed, failed[:1]) if k in shared):
        target: Interval | None = None
        for relation in failed:
            lost = isinstance(relation, Rising) and not relation.holds(values, without=key)
            own = None if lost else relation.target(key, values)
            target = own if target is None else None if own is None else _both(target, own)
            if target is None:
                break
        if target is None:
            continue
        for change in _changes(component, key, target, failed[0], located=len(failed) > 1):
            after = values.but({key: component.interval_at(change)})
            if not all(r.holds(after) for r in failed):
                continue
            weight = change.weight * _doubt(component, (key,), after) * _support(component, after)
            for relation in failed:
                weight *= likelihood(relation, after, component.figures)
            if len(failed) > 1:
                weight = max(weight, LOCATED * (weight > 0))
            if weight:
                yield Explanation(changes=(replace(change, weight=weight),), weight=weight)


def _changes(
    component: Component, key: Key, target: Interval, relation: Relation, *, located: bool = False
) -> list[Change]:
    asked = (key, target, id(relation), located)
    known = component.candidates.get(asked)
    if known is None:
        known = component.candidates[asked] = _candidates(component, key, target, relation, located=located)
    return known


def _candidates(component: Component, key: Key, target: Interval, relation: Relation, *, located: bool) -> list[Change]:
    figure = component.figures[key]
    others = [component.figures[k] for k in relation.keys if k != key]
    gaps = _omissions(figure, others, relation)
    any_length = relation.derived == key or is_sized(relation)
    found = changes(figure, target, Place(others=others, any_length=any_length, gaps=gaps, located=located))
    if isinstance(relation, Quotient) and relation.is_cut and key == relation.keys[0]:
        return [replace(c, weight=c.weight * _CUT, why="rounded instead of cut off") for c in found]
    return found


def _omissions(figure: Figure, others: Sequence[Figure], relation: Relation) -> list[int]:
    """Return the totals that would be right if one part had been left out of the printed one or counted twice."""
    if not isinstance(relation, Linear) or relation.loose or figure.quantity is None or len(others) < 2:
        return []
    if relation.weights[relation.keys.index(figure.key)] != -1:
        return []
    step = figure.quantity.step
    sizes = [int(o.quantity.value / step) for o in others if o.quantity is not None and not o.quantity.value % step]
    return [figure.units + sign * size for size in sizes for sign in (1, -1)]


def _swaps(component: Component, failed: Sequence[Relation], values: Values) -> Iterator[Explanation]:
    """Yield the pairs of figures that repair everything when they change places."""
    keys = tried(component.failed, failed)
    for index, one in enumerate(keys):
        for other in keys[index + 1 :]:
            pair = _swapped(component.figures[one], component.figures[other])
            if pair is None or not all(_may_mend(r, one, other, values) for r in failed):
                continue
            figures = component.figures
            after = values.but({one: figures[one].interval_at(pair[0]), other: figures[other].interval_at(pair[1])})
            if not all(r.holds(after) for r in failed):
                continue
            chance = _CROSSED if any(is_sized(r) for r in failed) else _SWAPPED
            weight = chance * _doubt(component, (one, other), after)
            if weight:
                made = tuple(
                    Change(key=key, units=units, why="two figures exchanged", weight=weight)
                    for key, units in zip((one, other), pair, strict=True)
                )
                yield Explanation(changes=made, weight=weight)


def _may_mend(relation: Relation, one: Key, other: Key, values: Values) -> bool:
    """Say whether an exchange changes a relation at all: two parts of one sum leave it as it is."""
    return not isinstance(relation, Linear) or values.weight(relation, one) != values.weight(relation, other)


def _swapped(one: Figure, other: Figure) -> tuple[int, int] | None:
    if one.quantity is None or other.quantity is None or one.quantity.value == other.quantity.value:
        return None
    if one.quantity.step != other.quantity.step or one.quantity.unit != other.quantity.unit:
        return None
    return other.units, one.units


def _doubt(component: Component, changed: tuple[Key, ...], after: Values) -> float:
    """Return how much is left of a change once the relations that held are asked again; 0 if a sure one breaks."""
    weight = 1.0
    for relation, trust in component.holding:
        if any(k in relation.keys for k in changed) and not relation.holds(after):
            weight *= 1 - trust
    return weight


def _support(component: Component, after: Values) -> float:
    """Return by how much a change gains that makes relations true which were not sure enough to fail for themselves."""
    return _SUPPORT ** sum(relation.holds(after) for relation in component.unsure)


def _both(one: Interval, other: Interval) -> Interval | None:
    """Return what two targets share."""
    low, low_open = one.low, one.low_open
    if other.low is not None and (low is None or (other.low, other.low_open) > (low, low_open)):
        low, low_open = other.low, other.low_open
    high, high_open = one.high, one.high_open
    if other.high is not None and (high is None or (other.high, not other.high_open) < (high, not high_open)):
        high, high_open = other.high, other.high_open
    return Interval(low=low, high=high, low_open=low_open, high_open=high_open)
