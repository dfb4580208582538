"""Which crossings of the accepted relations are claimed, how sure we are, and which cell a failure points at.

A failure is claimed only where the relation is well supported elsewhere and the crossing line is one that adds up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.records import dataclass
from audit.relate.tables.evidence import (
    HOLDS,
    Relation,
    Sheet,
    State,
    near_miss,
    sheets,
    sides,
)
from audit.relate.tables.exactness import exactness
from audit.relate.tables.misread import drops_out, is_interrupted
from audit.relate.tables.pairs import SAID, SHARES, TRANSLATED
from audit.relate.tables.search import again_of, relations
from audit.relate.tables.slots import Kind
from audit.relate.tables.stack import is_mistyped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.relate.tables.grid import Grid
    from audit.relate.tables.slots import Slot

_SURE, _LIKELY, _OPEN = 95, 75, 35
_MISPRINT = 3.5  # digits
_STRUCTURAL = 4.5
_AMPLE = 8.0  # bits
_MANY = 4
_TWICE = 2


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


def assertions(grid: Grid) -> list[Assertion]:
    """Return what the lines of a grid assert, holding or not."""
    pairs = _related(grid)
    said, unknown = exactness(grid, pairs), _unknown(pairs)
    if said.exact:
        said.apply(grid)
    for slot in unknown:
        slot.kind = Kind.TEXT
    if unknown or (said.exact and any(relation.count(State.ROUNDED) for _, relation in pairs)):
        pairs = _related(grid, pairs)
    found: list[Assertion] = []
    for sheet, relation in pairs:
        for crossing, state in enumerate(relation.states):
            if state in HOLDS or state is State.FAILS:
                confidence = _SURE if state is State.EXACT else _confidence(sheet, relation, crossing, pairs)
                if state is State.FAILS and not said.proven and 2 * abs(relation.gaps[crossing]) <= len(relation.parts):
                    confidence = min(confidence, _LIKELY)  # only the words of the table say that it is not rounded
                found.append(Assertion(sheet, relation, crossing, confidence))
    _locate(found)
    return found


def _related(grid: Grid, before: Sequence[tuple[Sheet, Relation]] = ()) -> list[tuple[Sheet, Relation]]:
    """Return the relations of a grid; of those seen `before`, with room for rounding, what mostly holds without too."""
    pairs: list[tuple[Sheet, Relation]] = []
    for sheet in sheets(grid):
        found = relations(sheet)
        known = {relation.key for relation in found}
        for _, old in (pair for pair in before if pair[0].across == sheet.across and pair[1].key not in known):
            again = again_of(sheet, old)
            if again.plain and again.count(State.EXACT) >= max(2, 2 * again.count(State.FAILS)):
                found.append(again)
        pairs += [(sheet, relation) for relation in found if not any(_outdoes(other, relation) for other in found)]
    return pairs


def _outdoes(other: Relation, relation: Relation) -> bool:
    """Say whether another relation of a total with some of the same parts holds exactly where this one does not."""
    return (
        other is not relation
        and other.total == relation.total
        and relation.count(State.ROUNDED, State.FAILS) > 0
        and not other.count(State.FAILS)
        and other.count(State.EXACT) > relation.count(State.EXACT)
        and other.bits >= relation.bits
        and other.need <= relation.need
        and bool({line for line, _ in other.parts} & {line for line, _ in relation.parts})
    )


def _unknown(pairs: list[tuple[Sheet, Relation]]) -> list[Slot]:
    """Return the blank totals whose parts are not nil: the figure exists, it is only not printed."""
    found: list[Slot] = []
    for sheet, relation in pairs:
        if relation.total is None or relation.count(*HOLDS) < 2:
            continue
        for crossing, slot in enumerate(sheet.slots[relation.total]):
            if slot.kind is Kind.BLANK and any(sheet.slots[line][crossing].value for line, _ in relation.parts):
                found.append(slot)
    return found


def _confidence(sheet: Sheet, relation: Relation, crossing: int, pairs: list[tuple[Sheet, Relation]]) -> int:
    """Return how sure a failure is one; a note mark at the line may be what explains it."""
    if relation.states[crossing] is State.ROUNDED:
        return _SURE
    others = [r for s, r in pairs if s is sheet and r is not relation]
    sure = _certainty(sheet, relation, crossing, others)
    if sure < _LIKELY and is_mistyped(sheet, relation) and not _is_explained(relation, crossing, others):
        sure = _LIKELY
    if _is_told(sheet, relation, crossing):
        return _OPEN
    noted = relation.total is not None and sheet.lines[relation.total].notes
    rare = 2 * sum(bool(line.notes) for line in sheet.crossings) <= len(sheet.crossings)
    return min(sure, _LIKELY) if noted or (rare and sheet.crossings[crossing].notes) else sure


def _is_told(sheet: Sheet, relation: Relation, crossing: int) -> bool:
    """Say whether one note stands at several crossings that fail and at none that holds: it will tell why."""
    for mark in sheet.crossings[crossing].notes:
        states = [s for s, line in zip(relation.states, sheet.crossings, strict=True) if mark in line.notes]
        if states.count(State.FAILS) > 1 and not any(state in HOLDS for state in states):
            return True
    return False


def _certainty(sheet: Sheet, relation: Relation, crossing: int, others: list[Relation]) -> int:
    """Return how sure a failure is one: the relation holds elsewhere, and the crossing line adds up elsewhere."""
    if _is_explained(relation, crossing, others):
        return _OPEN
    digits = near_miss(sheet, relation, crossing)
    held = sum(r.states[crossing] in HOLDS for r in others)
    failed = sum(
        r.states[crossing] is State.FAILS and r.count(*HOLDS) > 0 and not _lines(relation) & _lines(r) for r in others
    )
    if failed > held and digits < _MISPRINT:
        return _OPEN
    holds = relation.count(*HOLDS)
    if (TRANSLATED in relation.reasons and held) or (SHARES in relation.reasons and holds):
        return _SURE
    if drops_out(sheet, relation, crossing) or (holds and is_interrupted(sheet, relation, crossing)):
        return _OPEN
    if not holds:
        plain = relation.plain and relation.is_steady
        telling = plain or digits >= (_MISPRINT if held < _MANY else _MISPRINT - 1)
        return _SURE if telling and held > (0 if plain else 1) else _LIKELY
    if SAID in relation.reasons and holds > 1:
        return _SURE
    spare = relation.bits - relation.need
    if relation.form == "pair" and not relation.reasons:
        return _SURE if spare >= 6 and holds >= 3 else _LIKELY
    if not held:
        proven = spare >= _AMPLE and (holds > 1 or digits >= 2.5 or relation.plain)
        alike = any(s in HOLDS and _is_alike(sheet, j, crossing) for j, s in enumerate(relation.states))
        if not alike and not (proven and _is_amount(sheet, crossing)):
            return _LIKELY if digits >= 3 or _is_meant(sheet, relation, crossing) else _OPEN
        if digits < 2 and (_is_far(sheet, relation, crossing) or not _may_sum(sheet, relation, crossing)):
            return _OPEN
    nested = any(relation.total in dict(r.parts) for r in others)
    strong = spare >= 4 or digits >= (1.5 if nested else 2.5) or (relation.need <= _STRUCTURAL and relation.is_steady)
    return _SURE if strong else _LIKELY


def _is_meant(sheet: Sheet, relation: Relation, crossing: int) -> bool:
    """Say whether a labelled total is more than any of its parts and near what they make: an average is neither."""
    if relation.total is None or not relation.plain or not relation.is_steady or relation.count(*HOLDS) < _TWICE:
        return False
    stated = sheet.slots[relation.total][crossing].value
    largest = max(sheet.slots[line][crossing].value for line, _ in relation.parts)
    return stated > largest > 0 and _is_amount(sheet, crossing) and not _is_far(sheet, relation, crossing)


def _may_sum(sheet: Sheet, relation: Relation, crossing: int) -> bool:
    """Say whether percentages at a crossing could be shares of one whole: those of growth do not make 100."""
    if sheet.across or "share" not in sheet.crossings[crossing].cues:
        return True
    return relation.total is None or sheet.slots[relation.total][crossing].value == sheet.hundred


def _is_far(sheet: Sheet, relation: Relation, crossing: int) -> bool:
    """Say whether the gap is beyond half of what the parts hold: the total may be an average or another thing."""
    size = sum(abs(sheet.slots[line][crossing].value) for line, _ in relation.parts)
    return 2 * abs(relation.gaps[crossing]) > size


def _is_amount(sheet: Sheet, crossing: int) -> bool:
    return not {"share", "change", "rate"} & sheet.crossings[crossing].cues


def _is_alike(sheet: Sheet, first: int, second: int) -> bool:
    """Say whether two crossings hold the same sort of figures: rows do, columns whose headers differ in digits only."""
    if sheet.across:
        return True
    return _shape(sheet.crossings[first].label) == _shape(sheet.crossings[second].label)


def _shape(label: str) -> str:
    plain = "".join("0" if c.isdigit() else c.lower() for c in label)
    return "0000" if "0000" in plain else plain  # "2025 actual" and "2026 est." are both years


def _lines(relation: Relation) -> set[int]:
    return {line for line, _ in relation.parts} | (set() if relation.total is None else {relation.total})


def _is_explained(relation: Relation, crossing: int, others: list[Relation]) -> bool:
    """Say whether another relation fits better where this one fails.

    That is one of the same total with a part in common, or one of the same parts with another total.
    """
    parts = {line for line, _ in relation.parts}
    for other in others:
        mine = {line for line, _ in other.parts}
        if (
            other.bits >= relation.bits
            and other.states[crossing] in HOLDS
            and (parts & mine if other.total == relation.total else parts == mine)
        ):
            return True
    return False


def _locate(found: list[Assertion]) -> None:
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
    for assertion in failing:
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
            if _crosses(wanted[shared[0].start]):
                assertion.confidence = max(assertion.confidence, _LIKELY)
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


def _mends(changes: list[tuple[Assertion, int]]) -> bool:
    if len(changes) < 2:
        return False
    slack = max(sum(s.step for s, _ in a.slots()) for a, _ in changes)
    values = [change for _, change in changes]
    return max(values) - min(values) <= slack
