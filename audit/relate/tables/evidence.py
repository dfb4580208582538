"""How well a relation between lines of a table holds where the lines cross the others, and what that is worth.

A relation says that one line is the sum of others (signs included), at every crossing. A crossing where it holds is
worth as many bits as figures of that size would seldom agree by chance; a crossing where it fails costs what a misprint
is rare. A relation is accepted when its bits outweigh the number of relations that were tried.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import field
from enum import IntEnum
from math import log2
from operator import add, sub
from typing import TYPE_CHECKING

from audit.records import dataclass
from audit.relate.tables.lines import kinds_of
from audit.relate.tables.misprints import explained_digits
from audit.relate.tables.slots import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.relate.tables.lines import Slots
    from audit.relate.tables.sheet import Sheet
    from audit.relate.tables.slots import Slot

_WEIGHED = 500  # crossings that are enough to weigh a relation by
MARGIN = 9.0  # one false relation in about five hundred tables
_FAIL = 5.6  # one figure in fifty may be wrong
_FEW, _FEWER = 3, 5  # crossings that hold for each that fails, where the structure shows the relation and elsewhere
_SHOWN = 4.5
_NEAR = {2: 5.0, 3: 3.5, 4: 1.0}  # a failure that one typing error explains speaks less against the relation


class State(IntEnum):
    """What a relation says at one crossing."""

    ABSENT = 0  # no total, or no parts
    TRIVIAL = 1  # fewer than two parts are not nil, and they agree
    UNEVEN = 2  # fewer than two parts are not nil, and they do not agree
    UNKNOWN = 3  # fails, but a part is blank or missing
    FAILS = 4
    ROUNDED = 5
    EXACT = 6


_GROWTH = frozenset({"share", "change"})
_MEANT, _PAIR = 3, 2  # crossings where a mark stands for nil, for each where it does not; parts


HOLDS = (State.ROUNDED, State.EXACT)


@dataclass(slots=True)
class Relation:
    """`total` is the sum of `parts`, pairs of (line, sign); a total of None means 100.

    `bits` speak for it, `lost` were taken off for failures, `need` is what it has to bring; a plain relation is that of
    a labelled total to the lines of its own group.
    """

    total: int | None
    parts: tuple[tuple[int, int], ...]
    states: list[State]
    gaps: list[int]
    bits: float = 0.0
    need: float = 0.0
    equal: float = 0.0
    lost: float = 0.0
    plain: bool = False
    tally: list[int] = field(default_factory=list)
    form: str = ""
    reasons: tuple[str, ...] = ()

    @property
    def key(self) -> frozenset[tuple[int | None, int]]:
        """Return what makes two relations the same, whichever of their lines is called the total."""
        side = {(line, sign) for line, sign in self.parts} | {(self.total, -1)}
        turned = {(line, -sign) for line, sign in side}
        return frozenset(min(side, turned, key=lambda s: sorted((-1 if a is None else a, b) for a, b in s)))

    @property
    def lines(self) -> list[int]:
        """Return the lines of the relation, the total first."""
        parts = [line for line, _ in self.parts]
        return parts if self.total is None else [self.total, *parts]

    @property
    def is_steady(self) -> bool:
        """Say whether the relation agrees at twice as many crossings as it fails, if only trivially."""
        return self.count(State.TRIVIAL, *HOLDS) >= 2 * self.count(State.FAILS)

    def count(self, *states: State) -> int:
        """Return at how many crossings the relation is in one of some states."""
        if not self.tally:
            self.tally = [0] * len(State)
            for state in self.states:
                self.tally[state] += 1
        return sum(self.tally[state] for state in states)


def evaluate(sheet: Sheet, total: int | None, parts: Sequence[tuple[int, int]]) -> Relation:
    """Return the relation with its state at every crossing."""
    own = [sheet.figures(line) for line, _ in parts]
    computed = list(map(sum, zip(*(line.values for line in own), strict=True)))
    if any(sign < 0 for _, sign in parts):
        less = [line.values for line, (_, sign) in zip(own, parts, strict=True) if sign < 0]
        computed = [value - 2 * sum(taken) for value, taken in zip(computed, zip(*less, strict=True), strict=True)]
    slack = list(map(sum, zip(*(line.steps for line in own), strict=True)))
    filled = list(map(sum, zip(*(line.filled for line in own), strict=True)))
    if total is None:
        gaps = [sheet.hundred - value for value in computed]
        states = list(map(_state, gaps, slack, filled))
        for j, values in enumerate(zip(*(line.values for line in own), strict=True)):
            if sum([value > sheet.hundred for value in values]) > 1:
                states[j], gaps[j] = State.ABSENT, 0  # "Registered 43,642,325, absent 23,422,367" beside percentages
    else:
        over = sheet.figures(total)
        gaps = list(map(sub, over.values, computed))
        states = list(map(_state, gaps, map(add, slack, over.steps), filled))
        for j, kind in enumerate(kinds_of(sheet.slots[total])):
            if kind not in _STATED:
                states[j], gaps[j] = State.ABSENT, 0
    if sheet.shares and total is not None:
        _set_other_bases_aside(sheet, sheet.figures(total).values, states)
    relation = Relation(total, tuple(parts), states, gaps)
    if sheet.full and not any(sheet.apart):
        return relation
    rows = [sheet.slots[line] for line, _ in parts]
    kinds = list(zip(*map(kinds_of, rows), strict=True))
    gappy, worded = [Kind.BLANK in at for at in kinds], [Kind.TEXT in at for at in kinds]
    meant = sum(state in HOLDS and gappy[j] for j, state in enumerate(states)) > 1
    nils, apart = _nils(states, rows, worded), _apart(sheet, states)
    for j, state in enumerate(states):
        texts = worded[j] and any(row[j].kind is Kind.TEXT and row[j].mark not in nils for row in rows)
        missing = texts or (gappy[j] and not meant and not sheet.closed[j])
        if sheet.apart[j] and sheet.crossings[j].cues >= _GROWTH and state in (State.FAILS, *HOLDS):
            states[j] = State.UNKNOWN  # growth of 0.4 and of 1 per cent is no growth of 1.4 per cent, nor of 1
        elif state is State.FAILS and (apart[j] or (missing and not (gaps[j] < 0 and _exceeds(relation, rows, j)))):
            states[j] = State.UNKNOWN
    return relation


def _set_other_bases_aside(sheet: Sheet, totals: Sequence[int], states: list[State]) -> None:
    """Set aside the percentages of a relation that only they break: those of its lines are of different bases.

    "Turnout 193,945 (64.25%), valid 192,811 (99.42%), void 1,134 (0.58%)": the votes add up, their shares do not.
    """
    shares = sheet.shares
    amounts = [state for j, state in enumerate(states) if j not in shares]
    held = len(amounts) > 1 and all(state in HOLDS for state in amounts)
    # ... unless the total is the whole of its parts
    if held and all(states[j] is State.FAILS and totals[j] != sheet.hundred for j in shares):
        for j in shares:
            states[j] = State.UNKNOWN


def _apart(sheet: Sheet, states: list[State]) -> list[bool]:
    """Return the crossings whose failures say nothing; a row of averages where another is a sum of averages does."""
    held = [state for state, apart in zip(states, sheet.apart, strict=True) if apart]
    good = HOLDS if sheet.across else (State.EXACT,)  # columns of rates may agree within rounding by chance
    linear = held.count(State.FAILS) == 1 and any(state in good for state in held)
    return [False] * len(states) if linear else sheet.apart


def _nils(states: list[State], rows: Sequence[Slots], worded: list[bool]) -> set[str]:
    """Return the marks that stand for nil: where a part is "~" the others nearly always make the total."""
    held, failed = Counter[str](), Counter[str]()
    for j, state in enumerate(states):
        if worded[j] and (state in HOLDS or state is State.FAILS):
            marks = {row[j].mark for row in rows if row[j].kind is Kind.TEXT}
            (held if state in HOLDS else failed).update(marks)
    return {mark for mark, times in held.items() if mark and times >= _MEANT * max(1, failed[mark])}


def _exceeds(relation: Relation, rows: Sequence[Slots], j: int) -> bool:
    """Say whether parts that are more than their total stay so with what is missing: it could only add to them."""
    return (
        relation.total is not None
        and len(rows) > _PAIR
        and all(sign > 0 for _, sign in relation.parts)
        and all(row[j].value >= 0 for row in rows)
        and any(row[j].kind is Kind.TEXT for row in rows)
    )


_STATED = (Kind.FIGURE, Kind.YEAR)


def _state(gap: int, slack: int, filled: int) -> State:
    if filled < 2:
        return State.ABSENT if not filled else State.TRIVIAL if 2 * abs(gap) <= slack else State.UNEVEN
    return State.EXACT if not gap else State.ROUNDED if 2 * abs(gap) <= slack else State.FAILS


def weigh(sheet: Sheet, relation: Relation, need: float, equal: float = 0.0) -> bool:
    """Set the bits of a relation and say whether they outweigh what is needed.

    `equal` is what a crossing counts, as a fraction, where the total equals the only part that is not nil.
    """
    bits = even = 0.0
    seen: set[tuple[int, ...]] = set()
    failing: list[int] = []
    every = -(-len(relation.states) // _WEIGHED)
    lines = [sheet.figures(line) for line, _ in relation.parts]
    over = None if relation.total is None else sheet.figures(relation.total)
    all_parts = list(zip(*(line.values[::every] for line in lines), strict=True))
    all_steps = list(zip(*(line.steps[::every] for line in lines), strict=True))
    for at, j in enumerate(range(0, len(relation.states), every)):
        state = relation.states[j]
        if state in (State.ABSENT, State.UNKNOWN):
            continue
        stated = sheet.hundred if over is None else over.values[j]
        parts = all_parts[at]
        vector = (stated, *parts)
        if vector in seen:
            continue
        seen.add(vector)
        if state is State.FAILS:
            failing.append(j)
        elif state is State.UNEVEN:
            bits -= 1
        else:
            steps = all_steps[at]
            slack = sum(steps) + (over.steps[j] if over is not None else 0)
            if state is State.TRIVIAL or _is_slight(parts, slack):
                even += equal * _worth(vector, steps, State.EXACT)
            else:
                bits += _worth(vector, steps, state)
    holds = -(-relation.count(*HOLDS) // every)
    hopeless = len(failing) > max(1, holds)  # no misprints will explain that many
    digits = [0 if hopeless else min(round(near_miss(sheet, relation, j)), 4) for j in failing]
    relation.lost = sum(_NEAR.get(d, _FAIL) for d in digits)
    relation.bits = bits + min(even, 8.0) - relation.lost
    relation.need, relation.equal = need, equal
    return (
        bool(holds) and len(failing) <= max(1, holds // (_FEW if need <= _SHOWN else _FEWER)) and relation.bits >= need
    )


def _is_slight(parts: Sequence[int], slack: int) -> bool:
    """Say whether all parts but one are within what rounding may hide: then the others are not shown to belong."""
    found = 0
    for part in parts:
        found += 2 * abs(part) > slack
        if found > 1:
            return False
    return True


def _worth(figures: Sequence[int], steps: Sequence[int], state: State) -> float:
    """Return the bits of one crossing; `figures` are the total and its parts, `steps` those of the parts."""
    size, step = max(map(abs, figures)), max(1, *steps)
    if state is State.EXACT:
        return max(0.0, log2(size / step + 1) - 0.7)
    return max(0.0, log2(size / step + 1) - log2(len(steps) + 2) - 0.7)


def near_miss(sheet: Sheet, relation: Relation, j: int) -> float:
    """Return the digits that speak for a misprint at a crossing where a relation fails."""
    return explained_digits(sides(sheet, relation, j), relation.gaps[j])


def sides(sheet: Sheet, relation: Relation, j: int) -> list[tuple[Slot, int]]:
    """Return the cells of a relation at a crossing with the sign by which a gap would be put right at each."""
    slots = sheet.slots
    found = [(slots[line][j], sign) for line, sign in relation.parts]
    return found if relation.total is None else [(slots[relation.total][j], -1), *found]
