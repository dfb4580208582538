"""Which crossings of the accepted relations are claimed, how sure we are, and which cell a failure points at.

A failure is claimed only where the relation is well supported elsewhere and the crossing line is one that adds up.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log2
from typing import TYPE_CHECKING

from audit.relate.tables.evidence import HOLDS, Relation, Sheet, State, near_miss, sheets
from audit.relate.tables.grid import Kind
from audit.relate.tables.search import relations

if TYPE_CHECKING:
    from audit.relate.tables.grid import Grid, Slot

_SURE, _LIKELY, _OPEN = 95, 75, 35


@dataclass(slots=True)
class Assertion:
    """A relation at one crossing, as it will be claimed."""

    sheet: Sheet
    relation: Relation
    crossing: int
    confidence: int
    exact: bool = False
    suspect: Slot | None = None

    @property
    def state(self) -> State:
        """Return the state of the relation at the crossing."""
        return self.relation.states[self.crossing]

    def slots(self) -> list[tuple[Slot, int]]:
        """Return the cells with the sign by which a gap would be put right at each."""
        found = [] if self.relation.total is None else [(self.sheet.slots[self.relation.total][self.crossing], -1)]
        return [*found, *((self.sheet.slots[line][self.crossing], sign) for line, sign in self.relation.parts)]


def assertions(grid: Grid) -> list[Assertion]:
    """Return what the lines of a grid assert, holding or not."""
    pairs = [(sheet, relation) for sheet in sheets(grid) for relation in relations(sheet)]
    exact = _is_exact(grid, pairs)
    found: list[Assertion] = []
    for sheet, relation in pairs:
        for crossing, state in enumerate(relation.states):
            if state in HOLDS or state is State.FAILS:
                confidence = _SURE if state is State.EXACT else _confidence(sheet, relation, crossing, pairs)
                found.append(Assertion(sheet, relation, crossing, confidence, exact))
    _locate(found)
    return found


def _is_exact(grid: Grid, pairs: list[tuple[Sheet, Relation]]) -> bool:
    """Say whether whole figures are exact counts: rounded ones would seldom all add up."""
    if grid.unit != 1 or {"scale", "rounding"} & grid.cues:
        return False
    chance, off = 0.0, 0
    for sheet, relation in pairs:
        for crossing, state in enumerate(relation.states):
            if state not in HOLDS or relation.total is None:
                continue
            slots = [sheet.slots[line][crossing] for line in (relation.total, *(p for p, _ in relation.parts))]
            if any(s.step > 1 for s in slots):
                continue
            off += state is State.ROUNDED
            chance -= 0.4 + log2(max(1, sum(s.value != 0 for s in slots) - 2)) / 4
    return chance + 8 * off < -12


def _confidence(sheet: Sheet, relation: Relation, crossing: int, pairs: list[tuple[Sheet, Relation]]) -> int:
    """Return how sure a failure is one: the relation holds elsewhere, and the crossing line adds up elsewhere."""
    if relation.states[crossing] is State.ROUNDED:
        return _SURE
    if "rate" in sheet.crossings[crossing].cues:
        return _OPEN
    others = [r for s, r in pairs if s is sheet and r is not relation]
    if _is_explained(relation, crossing, others):
        return _OPEN
    digits = near_miss(sheet, relation, crossing)
    held = sum(r.states[crossing] in HOLDS for r in others)
    failed = sum(r.states[crossing] is State.FAILS for r in others)
    if failed > held and digits < 4:
        return _OPEN
    alike = any(
        state in HOLDS and sheet.crossings[j].cues == sheet.crossings[crossing].cues
        for j, state in enumerate(relation.states)
    )
    if not relation.count(*HOLDS):
        return _SURE if held > 1 and digits >= 4 else _LIKELY
    spare = relation.bits - relation.need
    if relation.form == "pair":
        return _SURE if spare >= 10 and relation.count(*HOLDS) >= 4 else _LIKELY
    if held or alike:
        return _SURE if spare >= 4 or digits >= 3 else _LIKELY
    return _LIKELY if digits >= 3 else _OPEN


def _is_explained(relation: Relation, crossing: int, others: list[Relation]) -> bool:
    """Say whether another relation of the same total, with a part in common, holds where this one fails."""
    parts = {line for line, _ in relation.parts}
    return any(
        r.total == relation.total and r.states[crossing] in HOLDS and parts & {line for line, _ in r.parts}
        for r in others
    )


def _locate(found: list[Assertion]) -> None:
    """Name the cell that failing relations share, when one change of it would mend them all."""
    failing = [a for a in found if a.state is State.FAILS]
    sound: dict[int, int] = {}
    for assertion in found:
        if assertion.state in HOLDS:
            slack = sum(s.step for s, _ in assertion.slots())
            for slot, _ in assertion.slots():
                sound[slot.start] = min(slack, sound.get(slot.start, slack))
    wanted: dict[int, list[tuple[Assertion, int]]] = {}
    for assertion in failing:
        gap = assertion.relation.gaps[assertion.crossing]
        for slot, sign in assertion.slots():
            if slot.kind is Kind.FIGURE:
                wanted.setdefault(slot.start, []).append((assertion, sign * gap))
    for assertion in failing:
        gap = abs(assertion.relation.gaps[assertion.crossing])
        slots = [slot for slot, _ in assertion.slots() if slot.kind is Kind.FIGURE]
        shared = [slot for slot in slots if _mends(wanted[slot.start])]
        if len(shared) == 1:
            assertion.suspect = shared[0]
            continue
        free = [slot for slot in slots if sound.get(slot.start, gap) >= gap]
        if len(free) == 1 and len(slots) > 1:
            assertion.suspect = free[0]


def _mends(changes: list[tuple[Assertion, int]]) -> bool:
    if len(changes) < 2:
        return False
    slack = max(sum(s.step for s, _ in a.slots()) for a, _ in changes)
    values = [change for _, change in changes]
    return max(values) - min(values) <= slack
