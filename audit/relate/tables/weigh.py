"""Which crossings of the accepted relations are claimed, how sure we are, and which cell a failure points at.

A failure is claimed only where the relation is well supported elsewhere and the crossing line is one that adds up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.relate.tables.crossings import (
    are_shares,
    is_alike,
    is_amount,
    is_average,
    is_counted,
    is_far,
    is_larger,
    is_meant,
    is_rate,
    is_whole,
    may_sum,
)
from audit.relate.tables.evidence import HOLDS, Relation, State, near_miss
from audit.relate.tables.exactness import exactness
from audit.relate.tables.formulas import MADE
from audit.relate.tables.lines import kinds_of
from audit.relate.tables.misread import drops_out, is_interrupted
from audit.relate.tables.pairs import SAID, SHARES, TRANSLATED
from audit.relate.tables.rolls import ROLLED
from audit.relate.tables.search import again_of, relations
from audit.relate.tables.sheet import Sheet, sheets
from audit.relate.tables.slots import Kind
from audit.relate.tables.stack import is_mistyped
from audit.relate.tables.suspects import LIKELY, Assertion, locate, uneven

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.relate.tables.grid import Grid
    from audit.relate.tables.slots import Slot

_SURE, _OPEN = 95, 35
_MISPRINT = 3.5  # digits
_STRUCTURAL = 4.5
_AMPLE, _CERTAIN = 8.0, 20.0  # bits
_MANY = 4
_TYPED, _FOUND, _RARE, _TELLING = 2, 2.5, 3, 5  # digits
_SMALL = 2000  # cells


def assertions(grid: Grid) -> list[Assertion]:
    """Return what the lines of a grid assert, holding or not."""
    pairs = _related(grid)
    said, unknown = exactness(grid, pairs), _unknown(pairs)
    if said.exact:
        said.apply(grid)
    for slot in unknown:
        slot.kind = Kind.TEXT
    small = len(grid.rows) * len(grid.columns) <= _SMALL
    if unknown or (said.exact and ((said.sorts.are_counts and small) or _are_rounded(pairs))):
        pairs = _related(grid, pairs)
    found: list[Assertion] = []
    for sheet, relation in pairs:
        for crossing, state in enumerate(relation.states):
            if state in HOLDS or state is State.FAILS:
                counts = said.sorts.are_counts
                confidence = (
                    _SURE if state is State.EXACT else _confidence(sheet, relation, crossing, pairs, counts=counts)
                )
                if state is State.FAILS and not said.proven and said.is_slight(relation, crossing):
                    confidence = min(confidence, LIKELY)  # only the words of the table say that it is not rounded
                found.append(Assertion(sheet, relation, crossing, confidence))
    locate(found, uneven(pairs))
    return found


def _are_rounded(pairs: list[tuple[Sheet, Relation]]) -> bool:
    return any(relation.count(State.ROUNDED) for _, relation in pairs)


def _related(grid: Grid, before: Sequence[tuple[Sheet, Relation]] = ()) -> list[tuple[Sheet, Relation]]:
    """Return the relations of a grid; of those seen `before`, with room for rounding, what mostly holds without too."""
    pairs: list[tuple[Sheet, Relation]] = []
    for sheet in sheets(grid):
        if grid.is_partial and not sheet.across:
            continue
        found = relations(sheet)
        known = {relation.key for relation in found}
        for _, old in (pair for pair in before if pair[0].across == sheet.across and pair[1].key not in known):
            again = again_of(sheet, old)
            if again.plain and again.count(State.EXACT) >= max(2, 2 * again.count(State.FAILS)):
                found.append(again)
        rivals: dict[int | None, list[Relation]] = {}
        for relation in found:
            rivals.setdefault(relation.total, []).append(relation)
        # of lines whose label says how they are made nothing else is true: a nil in one may hide its sign
        made = {frozenset(r.lines) for r in found if MADE in r.reasons}
        found = [r for r in found if MADE in r.reasons or frozenset(r.lines) not in made]
        pairs += [(sheet, r) for r in found if not any(_outdoes(other, r) for other in rivals[r.total])]
    return pairs


def _outdoes(other: Relation, relation: Relation) -> bool:
    """Say whether another relation of a total with some of the same parts holds exactly where this one does not."""
    return (
        other is not relation
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
        over = sheet.slots[relation.total]
        blank = [j for j, kind in enumerate(kinds_of(over)) if kind is Kind.BLANK]
        found += [over[j] for j in blank if any(sheet.slots[line][j].value for line, _ in relation.parts)]
    return found


def _confidence(
    sheet: Sheet, relation: Relation, crossing: int, pairs: list[tuple[Sheet, Relation]], *, counts: bool
) -> int:
    """Return how sure a failure is one; a note mark at the line may be what explains it."""
    if relation.states[crossing] is State.ROUNDED:
        return _SURE
    others = [r for s, r in pairs if s is sheet and r is not relation]
    if ROLLED in relation.reasons:
        sure = _carried(sheet, relation, crossing, others)
    else:
        sure = _certainty(sheet, relation, crossing, others, counts=counts)
    mistyped = is_mistyped(sheet, relation) and not is_rate(sheet, relation, crossing)
    meant = mistyped or is_whole(sheet, relation, crossing)
    if sure < _SURE and meant and not _is_explained(relation, crossing, others):
        sure = _SURE if near_miss(sheet, relation, crossing) >= _TELLING else LIKELY
    if _is_told(sheet, relation, crossing):
        return _OPEN
    noted = relation.total is not None and sheet.lines[relation.total].notes
    rare = 2 * sum(bool(line.notes) for line in sheet.crossings) <= len(sheet.crossings)
    return min(sure, LIKELY) if noted or (rare and sheet.crossings[crossing].notes) else sure


def _is_told(sheet: Sheet, relation: Relation, crossing: int) -> bool:
    """Say whether one note stands at several crossings that fail and at none that holds: it will tell why."""
    for mark in sheet.crossings[crossing].notes:
        states = [s for s, line in zip(relation.states, sheet.crossings, strict=True) if mark in line.notes]
        if states.count(State.FAILS) > 1 and not any(state in HOLDS for state in states):
            return True
    return False


def _carried(sheet: Sheet, relation: Relation, crossing: int, others: list[Relation]) -> int:
    """Return how sure it is that a stock is not carried: more may have moved than is printed."""
    if _is_explained(relation, crossing, others):
        return _OPEN
    steady = relation.is_steady and not is_far(sheet, relation, crossing)
    return LIKELY if steady or near_miss(sheet, relation, crossing) >= _FOUND else _OPEN


def _certainty(sheet: Sheet, relation: Relation, crossing: int, others: list[Relation], *, counts: bool) -> int:
    """Return how sure a failure is one: the relation holds elsewhere, and the crossing line adds up elsewhere."""
    if _is_explained(relation, crossing, others):
        return _OPEN
    digits = near_miss(sheet, relation, crossing)
    held = sum(r.states[crossing] in HOLDS for r in others)
    if MADE in relation.reasons and (relation.count(*HOLDS) or digits >= _TYPED):
        return _SURE if relation.is_steady or digits >= _MISPRINT else LIKELY
    if are_shares(sheet, relation, crossing):
        return _SURE
    failed = sum(
        r.states[crossing] is State.FAILS and r.count(*HOLDS) > 0 and not _lines(relation) & _lines(r) for r in others
    )
    if failed > held and digits < _MISPRINT:
        return _OPEN
    holds = relation.count(*HOLDS)
    if (TRANSLATED in relation.reasons and held) or (SHARES in relation.reasons and holds):
        return _SURE
    if drops_out(sheet, relation, crossing) or (holds and is_interrupted(sheet, relation, crossing, others)):
        return _OPEN
    if not holds:
        plain = relation.plain and relation.is_steady
        telling = plain or digits >= (_MISPRINT if held < _MANY else _MISPRINT - 1)
        return _SURE if telling and held > (0 if plain else 1) else LIKELY
    if SAID in relation.reasons and holds > 1:
        return _SURE
    spare = relation.bits - relation.need
    if relation.form == "pair" and not relation.reasons:
        rare = relation.is_steady or digits >= _FOUND
        return _SURE if spare >= 6 and holds >= 3 else LIKELY if rare else _OPEN
    if not held:
        counted = counts and is_counted(sheet, relation, crossing, digits)
        proven = spare >= _AMPLE and (holds > 1 or digits >= _FOUND or relation.plain)
        alike = any(s in HOLDS and is_alike(sheet, j, crossing) for j, s in enumerate(relation.states))
        if not alike and not (proven and is_amount(sheet, crossing)):
            return LIKELY if counted or digits >= 3 or is_meant(sheet, relation, crossing) else _OPEN
        least = _RARE if not alike and is_average(sheet, relation, crossing) else _TYPED
        if digits < least and (is_far(sheet, relation, crossing) or not may_sum(sheet, relation, crossing)):
            certain = spare >= _CERTAIN and is_larger(sheet, relation, crossing)
            return LIKELY if counted or certain else _OPEN
    if digits < _TYPED and not relation.is_steady and is_far(sheet, relation, crossing):
        return _OPEN  # it fails as often as it holds, and here by far
    nested = any(relation.total in dict(r.parts) for r in others)
    strong = (
        spare >= 4 or digits >= (1.5 if nested else _FOUND) or (relation.need <= _STRUCTURAL and relation.is_steady)
    )
    return _SURE if strong else LIKELY


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
