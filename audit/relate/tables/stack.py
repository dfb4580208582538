"""Totals of the lines before them, found like a parser: a line that sums the top of a stack takes its place there.

Read downwards this finds totals below their parts, upwards totals above them. A sum that begins where a group of lines
begins needs little arithmetic, a sum that begins anywhere needs much.
"""

from __future__ import annotations

from math import log2
from typing import TYPE_CHECKING

from audit.relate.tables.crossings import is_far
from audit.relate.tables.evidence import HOLDS, MARGIN, Relation, State, evaluate, near_miss, weigh
from audit.relate.tables.lines import kinds_of
from audit.relate.tables.misread import drops_out
from audit.relate.tables.slots import Kind
from audit.relate.tables.tops import candidates, sections

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from audit.relate.tables.sheet import Sheet
    from audit.relate.tables.tops import Sections

_NATURAL = 2.0
_LINES = 400  # of more lines only those labelled as totals are tried
_EQUAL = 0.5
_EASIEST = 5.0
_GUESS = -1.0
_MISPRINT = 3.5  # digits
_TYPED = 2  # digits
_REPEATED = 4  # crossings
_SAME = 5  # figures of more digits in all are not the same by chance


def by_total(found: Iterable[Relation]) -> dict[int, list[Relation]]:
    """Return the relations with plain sums by their total."""
    table: dict[int, list[Relation]] = {}
    for relation in found:
        if relation.total is not None and all(sign > 0 for _, sign in relation.parts):
            table.setdefault(relation.total, []).append(relation)
    return table


def reduce(
    sheet: Sheet,
    order: Sequence[int],
    known: dict[int, list[Relation]],
    *,
    bold: bool = False,
    spare: bool = False,
    ease: float = 0,
) -> Iterator[Relation]:
    """Yield the totals of a sheet whose lines are read in some order.

    A bold reading also puts a line in the place of lines it only nearly sums, and tells of it when a larger sum needs
    it there: a misprint inside a hierarchy is found that way. A sparing one leaves out the parts of known totals that
    stand on their other side. `ease` takes bits off what a sum needs.
    """
    stack: list[int] = []
    guesses: dict[int, Relation] = {}
    eased = max(ease, _ease(order, known))
    covered = _covered(order, known) if spare else set[int]()
    for total in order:
        if total in covered:
            continue
        best = next((r for r in known.get(total, ()) if _is_top(stack, r)), None)
        guess: Relation | None = None
        if best is None and (sheet.lines[total].is_total or len(order) <= _LINES):
            best, guess = _best(sheet, stack, total, eased)
        if best is not None:
            yield best
            yield from _confirmed(best, guesses)
        elif guess is not None and bold:
            best = guesses[total] = guess
        elif stack and len(order) <= _LINES and _is_same(sheet, stack[-1], total):
            stack[-1] = total
            continue
        if best is not None:
            first = (min if stack[0] < stack[-1] else max)(line for line, _ in best.parts)
            while stack.pop() != first:
                pass
        stack.append(total)


def _confirmed(relation: Relation, guesses: dict[int, Relation]) -> Iterator[Relation]:
    for line, _ in relation.parts:
        guess = guesses.pop(line, None)
        if guess is not None:
            yield guess
            yield from _confirmed(guess, guesses)


def _covered(order: Sequence[int], known: dict[int, list[Relation]]) -> set[int]:
    downwards = bool(order) and order[0] < order[-1]
    turned = [r for total, found in known.items() for r in found if (total < r.parts[0][0]) == downwards]
    return {line for relation in turned for line, _ in relation.parts}


def _ease(order: Sequence[int], known: dict[int, list[Relation]]) -> float:
    """Return how many bits less a sum needs in a table where others were found that are laid out the same way."""
    downwards = bool(order) and order[0] < order[-1]
    alike = sum((total > r.parts[0][0]) == downwards for total, found in known.items() for r in found)
    return min(_EASIEST, alike)


def _is_top(stack: list[int], relation: Relation) -> bool:
    parts = {line for line, _ in relation.parts}
    return len(parts) <= len(stack) and parts == set(stack[-len(parts) :])


def _is_same(sheet: Sheet, line: int, total: int) -> bool:
    """Say whether a line only repeats the one before it, as the total of a single part does, but for one misprint."""
    kinds = zip(kinds_of(sheet.slots[line]), kinds_of(sheet.slots[total]), strict=True)
    values = zip(sheet.figures(line).values, sheet.figures(total).values, strict=True)
    filled = [(a, b) for (a, b), both in zip(values, kinds, strict=True) if Kind.FIGURE in both and (a or b)]
    digits = sum(len(str(abs(a))) for a, _ in set(filled))
    differing = sum(a != b for a, b in filled)
    if differing and (differing > 1 or len(filled) < _REPEATED or not sheet.lines[total].is_total):
        return False
    return bool(filled) and (sheet.lines[total].is_total or digits > _SAME)


def _best(sheet: Sheet, stack: list[int], total: int, eased: float) -> tuple[Relation | None, Relation | None]:
    """Return the best supported relation of a line to the top lines of the stack, and failing that a good guess."""
    best: Relation | None = None
    guess: Relation | None = None
    found = sections(sheet, stack, total)
    for parts, size in candidates(sheet, stack, total, found):
        relation = evaluate(sheet, total, [(i, 1) for i in parts])
        need = _need(sheet, total, size, found)
        relation.plain = need <= _NATURAL
        holds = weigh(sheet, relation, max(need - eased, _NATURAL), _EQUAL)
        agrees = relation.plain and relation.count(*HOLDS) > 0 and not relation.count(State.FAILS, State.UNEVEN)
        if holds or agrees or _is_misprint(sheet, relation, stack) or is_mistyped(sheet, relation):
            best = relation if best is None or rank(sheet, relation) > rank(sheet, best) else best
        elif best is None and relation.bits >= _GUESS and relation.count(State.FAILS) <= relation.count(*HOLDS):
            guess = relation if guess is None or rank(sheet, relation) > rank(sheet, guess) else guess
    for chosen in (best, guess):
        if chosen is not None:
            chosen.form = "row" if sheet.across else "column"
            chosen.reasons = ("the label says total",) if sheet.lines[total].is_total else ()
    return best, guess


def _is_misprint(sheet: Sheet, relation: Relation, stack: list[int]) -> bool:
    """Say whether a relation of a whole group agrees everywhere but at one crossing, if only trivially."""
    fails = [j for j, state in enumerate(relation.states) if state is State.FAILS]
    if relation.total is None or relation.total < stack[-1] or len(fails) != 1 or not relation.is_steady:
        return False
    if relation.plain:
        return not drops_out(sheet, relation, fails[0])
    return relation.need <= _NATURAL + 5 and near_miss(sheet, relation, fails[0]) >= _MISPRINT


def is_mistyped(sheet: Sheet, relation: Relation) -> bool:
    """Say whether a labelled total over all lines of its section fails at one crossing by what one typing error makes.

    In a table of one column nothing else speaks for the sum: its label has to.
    """
    fails = [j for j, state in enumerate(relation.states) if state is State.FAILS]
    if relation.total is None or not relation.plain or len(fails) != 1 or relation.count(State.UNEVEN):
        return False
    parts = {abs(sheet.slots[line][fails[0]].value) for line, _ in relation.parts}
    stated = abs(sheet.slots[relation.total][fails[0]].value)
    if not sheet.lines[relation.total].is_total or {stated, abs(relation.gaps[fails[0]])} & parts:
        return False  # it is the sum of fewer lines, or repeats one
    counted = {"count", "counted"} & sheet.crossings[fails[0]].cues
    digits = near_miss(sheet, relation, fails[0])
    least = _TYPED if relation.count(*HOLDS) and not is_far(sheet, relation, fails[0]) else _TYPED + 1
    if not (sheet.across or counted) and min(parts) <= stated <= max(parts) and digits < least:
        return False  # it may be an average
    return digits >= (_TYPED if not relation.count(*HOLDS) else _TYPED - 1)


def rank(sheet: Sheet, relation: Relation) -> float:
    """Return how good a relation is beside others of the same total: what it explains, less what it fails, briefly."""
    over = sheet.figures(relation.total).values if relation.total is not None else []
    held = [(value, state) for value, state in zip(over, relation.states, strict=False) if state in HOLDS]
    explained = sum(log2(abs(value) + 1) - 2 * (state is State.ROUNDED) for value, state in held)
    equal = relation.count(State.TRIVIAL)
    return explained + equal - relation.lost - log2(len(relation.parts)) - relation.need / 2


def _need(sheet: Sheet, total: int, size: int, natural: Sections) -> float:
    """Return the bits a relation must bring for having been looked for: few where the structure points at it.

    A labelled total takes all lines of its section; one that takes fewer, or several sections, needs more.
    """
    line = sheet.lines[total]
    is_total = line.is_total and "memo" not in line.cues
    groups, own = natural.groups.get(size, 0), natural.own
    if is_total and size == own:
        return _NATURAL
    if is_total and groups:
        return _NATURAL + 2 + log2(groups + (own > 0)) + (4 if size < own else 0)
    need = MARGIN + log2(size + 1) + log2(len(sheet.lines)) / 2
    return need - (4 if is_total else 0) - (3 if groups else 0) + (4 if is_total and 1 < size < own else 0)
