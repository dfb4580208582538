"""The claims of a table's relations at its crossings, and the cell that those which fail point at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.records import dataclass
from audit.relate.tables.evidence import HOLDS, Relation, State, sides
from audit.relate.tables.slots import Kind

if TYPE_CHECKING:
    from audit.relate.tables.sheet import Sheet
    from audit.relate.tables.slots import Slot

LIKELY = 75
_TWICE, _OFTEN = 2, 4
_GIVEN = (Kind.NIL, Kind.FIGURE)


@dataclass(slots=True)
class Assertion:
    """A relation at one crossing, as it will be claimed."""

    sheet: Sheet
    relation: Relation
    crossing: int
    confidence: int
    suspect: Slot | None = None

    @property
    def state(self) -> State:
        """Return the state of the relation at the crossing."""
        return self.relation.states[self.crossing]

    def slots(self) -> list[tuple[Slot, int]]:
        """Return the cells with the sign by which a gap would be put right at each."""
        return sides(self.sheet, self.relation, self.crossing)


def uneven(pairs: list[tuple[Sheet, Relation]]) -> list[Assertion]:
    """Return where a labelled total is not its only part: no claim by itself, but support for one that crosses it."""
    return [
        Assertion(sheet, relation, crossing, 0)
        for sheet, relation in pairs
        if relation.plain and relation.is_steady and relation.count(State.UNEVEN)
        for crossing, state in enumerate(relation.states)
        if state is State.UNEVEN and all(sheet.slots[i][crossing].kind in _GIVEN for i in relation.lines)
    ]


def locate(found: list[Assertion], uneven: list[Assertion]) -> None:
    """Name the cell that is printed as no number, or that failing relations share when one change mends them all."""
    failing = [a for a in found if a.state is State.FAILS]
    if not failing:
        return
    sound: dict[int, int] = {}
    for assertion in found:
        if assertion.state in HOLDS:
            held = assertion.slots()
            slack = sum([s.step for s, _ in held])
            for slot, _ in held:
                sound[slot.start] = min(slack, sound.get(slot.start, slack))
    wanted: dict[int, list[tuple[Assertion, int]]] = {}
    for assertion in [*failing, *uneven]:
        gap = assertion.relation.gaps[assertion.crossing]
        for slot, sign in assertion.slots():
            if slot.kind is Kind.FIGURE:
                wanted.setdefault(slot.start, []).append((assertion, sign * gap))
    for assertion in failing:
        gap = abs(assertion.relation.gaps[assertion.crossing])
        slots = [slot for slot, _ in assertion.slots() if slot.kind is Kind.FIGURE]
        shared = [s for s in slots if _is_malformed(s)] or [s for s in slots if _mends(wanted[s.start])]
        if len(shared) == 1:
            assertion.suspect = shared[0]
            changes = wanted[shared[0].start]
            if _crosses(changes) or _is_between(changes, shared[0]):
                assertion.confidence = max(assertion.confidence, LIKELY)
            continue
        free = [slot for slot in slots if sound.get(slot.start, gap) >= gap]
        if len(free) == 1 and len(slots) > 1:
            assertion.suspect = free[0]


def _is_malformed(slot: Slot) -> bool:
    return slot.fact is not None and any(trait.startswith("malformed.") for trait in slot.fact.traits)


def _crosses(changes: list[tuple[Assertion, int]]) -> bool:
    """Say whether a row and a column with labelled totals that hold elsewhere miss the same at their crossing."""
    good = [a for a, _ in changes if a.relation.plain and a.relation.count(*HOLDS) >= _TWICE]
    return _mends(changes) and len({a.sheet.across for a in good}) == _TWICE


def _is_between(changes: list[tuple[Assertion, int]], slot: Slot) -> bool:
    """Say whether a figure misses both what its own parts make and what the total over it wants.

    Either alone may be read otherwise: the parts make the total without it too.
    """
    good = [a for a, _ in changes if a.relation.is_steady and a.relation.count(*HOLDS) >= _OFTEN]
    over = [a for a in good if a.relation.total is not None and a.slots()[0][0] is slot]
    return _mends(changes) and bool(over) and len(over) < len(good)


def _mends(changes: list[tuple[Assertion, int]]) -> bool:
    if len(changes) < 2:
        return False
    slack = max(sum(s.step for s, _ in a.slots()) for a, _ in changes)
    values = [change for _, change in changes]
    return max(values) - min(values) <= slack
