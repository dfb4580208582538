"""Finds which lines of a table are sums of which others, by structure and by arithmetic.

Lines are read like a sentence by a parser with a stack: a line that equals the sum of the lines on top of the stack is
their total and takes their place. Read downwards this finds totals below their parts, upwards totals above them. What
is left is tried in pairs (a = b + c, which also finds differences and flows) and against 100.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from math import log2
from typing import TYPE_CHECKING

from audit.relate.tables.evidence import HOLDS, MARGIN, Relation, Sheet, State, evaluate, weigh
from audit.relate.tables.grid import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from audit.relate.tables.grid import Line

_LONGEST = 80
_PAIR_LINES = 160
_PAIR_SPAN = 60
_SHORT = 12

Parts = list[tuple[int, int]]


def relations(sheet: Sheet) -> list[Relation]:
    """Return the relations that the lines of a sheet keep, the best supported first."""
    found: dict[frozenset[tuple[int | None, int]], Relation] = {}
    count = len(sheet.lines)
    everything = list(range(count))
    usable = [i for i in everything if not _is_set_aside(sheet.lines[i])]
    orders = [usable, usable[::-1]]
    if len(usable) < count:
        orders += [everything, everything[::-1]]
    for _ in range(3):
        before = len(found)
        for order in orders:
            _keep(found, _reduce(sheet, order, _by_total(found.values())))
        _learn(sheet, found)
        _keep(found, _between(sheet, found.values(), usable))
        if len(found) == before:
            break
    if count <= _PAIR_LINES:
        _keep(found, _pairs(sheet, usable, found.values()))
    _keep(found, _closures(sheet, usable))
    _learn(sheet, found)
    return sorted(found.values(), key=lambda r: -r.bits)


def _is_set_aside(line: Line) -> bool:
    """Say whether the label says that the line holds no amounts: rates and averages, or a rank, a year, a code."""
    return "rate" in line.cues or ("order" in line.cues and len(line.label) <= _SHORT)


def _keep(found: dict[frozenset[tuple[int | None, int]], Relation], candidates: Iterable[Relation]) -> None:
    for relation in candidates:
        known = found.get(relation.key)
        if known is None:
            found[relation.key] = relation
        elif relation.need < known.need:
            known.need = relation.need


def _learn(sheet: Sheet, found: dict[frozenset[tuple[int | None, int]], Relation]) -> None:
    """Note the crossings where a relation holds though a part is blank: there a blank means nil."""
    for relation in found.values():
        for j, state in enumerate(relation.states):
            if state in HOLDS and any(sheet.slots[line][j].kind is Kind.BLANK for line, _ in relation.parts):
                sheet.closed[j] = True
    for key, relation in found.items():
        again = evaluate(sheet, relation.total, relation.parts)
        again.form, again.reasons = relation.form, relation.reasons
        weigh(sheet, again, relation.need)
        found[key] = again


def _by_total(found: Iterable[Relation]) -> dict[int, list[Relation]]:
    table: dict[int, list[Relation]] = {}
    for relation in found:
        if relation.total is not None and all(sign > 0 for _, sign in relation.parts):
            table.setdefault(relation.total, []).append(relation)
    return table


def _reduce(sheet: Sheet, order: Sequence[int], known: dict[int, list[Relation]]) -> Iterator[Relation]:
    stack: list[int] = []
    for total in order:
        done = next((r for r in known.get(total, ()) if _is_top(stack, r)), None)
        best = done or _best_suffix(sheet, stack, total)
        if best is None and stack and _is_same(sheet, stack[-1], total):
            stack[-1] = total
            continue
        if best is not None:
            yield best
            gone = {line for line, _ in best.parts}
            lowest = min(stack.index(line) for line in gone)
            del stack[lowest:]
        stack.append(total)


def _is_top(stack: list[int], relation: Relation) -> bool:
    parts = {line for line, _ in relation.parts}
    return len(parts) <= len(stack) and parts == set(stack[-len(parts) :])


def _is_same(sheet: Sheet, line: int, total: int) -> bool:
    """Say whether a line only repeats the one before it, as the total of a single part does."""
    pairs = [
        (a, b) for a, b in zip(sheet.slots[line], sheet.slots[total], strict=True) if Kind.FIGURE in (a.kind, b.kind)
    ]
    filled = [(a.value, b.value) for a, b in pairs if a.value or b.value]
    return bool(filled) and all(a == b for a, b in filled) and ("total" in sheet.lines[total].cues or len(filled) > 1)


def _best_suffix(sheet: Sheet, stack: list[int], total: int) -> Relation | None:
    """Return the relation of a line to the top lines of the stack that is best supported, if any is."""
    over = sheet.slots[total]
    live = [j for j, slot in enumerate(over) if slot.kind is Kind.FIGURE]
    sums, slack, filled = dict.fromkeys(live, 0), {j: over[j].step for j in live}, dict.fromkeys(live, 0)
    best: Relation | None = None
    line = sheet.lines[total]
    for size, part in enumerate(stack[: -_LONGEST - 1 : -1], 1):
        row = sheet.slots[part]
        hits = False
        for j in live:
            slot = row[j]
            if slot.kind >= Kind.NIL:
                sums[j] += slot.value
                slack[j] += slot.step
                filled[j] += slot.value != 0
            hits = hits or (filled[j] > 1 and 2 * abs(over[j].value - sums[j]) <= slack[j])
        if not hits or size < 2:
            continue
        parts = sorted((p, 1) for p in stack[-size:])
        relation = evaluate(sheet, total, parts)
        if weigh(sheet, relation, MARGIN + _tries(sheet, line, size, parts)) and _beats(sheet, relation, best):
            best = relation
            best.form = "column" if not sheet.across else "row"
            best.reasons = ("the label says total",) if "total" in line.cues else ()
    return best


def _beats(sheet: Sheet, relation: Relation, best: Relation | None) -> bool:
    return best is None or _rank(sheet, relation) > _rank(sheet, best)


def _rank(sheet: Sheet, relation: Relation) -> float:
    """Return how good a relation is beside others of the same total: what it explains, less what it fails, briefly."""
    over = sheet.slots[relation.total] if relation.total is not None else []
    explained = sum(log2(abs(slot.value) + 1) for slot, s in zip(over, relation.states, strict=False) if s in HOLDS)
    return explained - 4 * relation.count(State.FAILS) - len(relation.parts) / 2


def _tries(sheet: Sheet, line: Line, size: int, parts: Parts) -> float:
    """Return the bits a relation must bring for having been looked for: few where the structure points at it."""
    bits = log2(size + 1)
    if "total" in line.cues:
        bits -= 4
    first, last = sheet.lines[parts[0][0]], sheet.lines[parts[-1][0]]
    if first.group == last.group != line.group or len({sheet.lines[p].depth for p, _ in parts}) == 1 != line.depth:
        bits -= 1
    return bits + log2(len(sheet.lines)) / 2


def _between(sheet: Sheet, found: Iterable[Relation], usable: list[int]) -> Iterator[Relation]:
    """Yield what a relation implies: lines that stand between two of its parts belong to one of them."""
    children = _by_total(found)
    for relation in list(found):
        if relation.total is None:
            continue
        lines = sorted(line for line, _ in relation.parts)
        above = relation.total < lines[0]
        bounds = [*lines, _end(sheet, relation, lines)] if above else [relation.total, *lines]
        for first, last in itertools.pairwise(bounds):
            inner = [i for i in usable if first < i < last]
            total = first if above else last
            if len(inner) < 2 or total in children:
                continue
            tops = _tops(inner, children)
            if len(tops) < 2 or len(tops) > _LONGEST:
                continue
            candidate = evaluate(sheet, total, [(i, 1) for i in tops])
            if weigh(sheet, candidate, 3.0):
                candidate.form = "column" if not sheet.across else "row"
                candidate.reasons = ("its parts stand between the parts of a larger sum",)
                yield candidate


def _end(sheet: Sheet, relation: Relation, lines: list[int]) -> int:
    group = sheet.lines[lines[-1]].group
    last = lines[-1] + 1
    while last < len(sheet.lines) and sheet.lines[last].group == group:
        last += 1
    return last


def _tops(lines: list[int], children: dict[int, list[Relation]]) -> list[int]:
    covered = {part for i in lines for relation in children.get(i, ()) for part, _ in relation.parts}
    return [i for i in lines if i not in covered]


def _pairs(sheet: Sheet, usable: list[int], found: Iterable[Relation]) -> Iterator[Relation]:
    """Yield the relations a = b + c of any three lines that enough crossings support.

    Lines with the same figures give the same relation many times over: the one whose lines stand closest is kept.
    """
    classes = _classes(sheet)
    known = {_class_key(classes, r) for r in found}
    best: dict[frozenset[int], tuple[int, Relation]] = {}
    for total, first, second in _triples(sheet, usable):
        span = max(total, second) - min(total, first)
        relation = evaluate(sheet, total, [(first, 1), (second, 1)])
        key = _class_key(classes, relation)
        if key in known or (key in best and best[key][0] <= span):
            continue
        need = MARGIN + log2(len(usable)) + 2 * log2(span) - (2 if "total" in sheet.lines[total].cues else 0)
        if weigh(sheet, relation, need):
            relation.form = "pair"
            best[key] = (span, relation)
    for _, relation in best.values():
        yield relation


def _classes(sheet: Sheet) -> list[int]:
    numbers: dict[tuple[int, ...], int] = {}
    return [numbers.setdefault(tuple(slot.value for slot in row), len(numbers)) for row in sheet.slots]


def _class_key(classes: list[int], relation: Relation) -> frozenset[int]:
    lines = [line for line, _ in relation.parts] + ([] if relation.total is None else [relation.total])
    return frozenset(classes[line] for line in lines)


def _triples(sheet: Sheet, usable: list[int]) -> Iterator[tuple[int, int, int]]:
    """Yield (total, first, second) for lines whose figures add up within rounding at one of two crossings."""
    for j in _pivots(sheet, usable):
        column = [
            (sheet.slots[i][j], i) for i in usable if sheet.slots[i][j].kind is Kind.FIGURE and sheet.slots[i][j].value
        ]
        ordered = sorted((slot.value, i) for slot, i in column)
        values = [v for v, _ in ordered]
        widest = max((slot.step for slot, _ in column), default=0) * 3 // 2
        for x, (left, first) in enumerate(column):
            for right, second in column[x + 1 :]:
                if second - first > _PAIR_SPAN:
                    break
                wanted = left.value + right.value
                at = bisect_left(values, wanted - widest)
                while at < len(values) and values[at] <= wanted + widest:
                    total = ordered[at][1]
                    at += 1
                    if total not in (first, second):
                        yield total, first, second


def _pivots(sheet: Sheet, usable: list[int]) -> list[int]:
    """Return the two crossings with the most figures, to look relations up in."""
    filled = [
        (sum(sheet.slots[i][j].kind is Kind.FIGURE and sheet.slots[i][j].value != 0 for i in usable), -j)
        for j in range(len(sheet.crossings))
    ]
    return [-j for count, j in sorted(filled, reverse=True)[:2] if count > 2]


def _closures(sheet: Sheet, usable: list[int]) -> Iterator[Relation]:
    """Yield the runs of neighbouring lines that make 100 at nearly every crossing."""
    for start in range(len(usable)):
        run = usable[start : start + _LONGEST]
        for size in range(3, len(run) + 1):
            parts = [(i, 1) for i in run[:size]]
            if not _may_close(sheet, parts):
                continue
            relation = evaluate(sheet, None, parts)
            need = MARGIN + log2(size) + log2(len(usable))
            if weigh(sheet, relation, need):
                relation.form = "closure"
                yield relation
                break


def _may_close(sheet: Sheet, parts: Parts) -> bool:
    for j in range(min(3, len(sheet.crossings))):
        slots = [sheet.slots[i][j] for i, _ in parts]
        if any(not 0 <= s.value < sheet.hundred for s in slots):
            continue
        if 2 * abs(sum(s.value for s in slots) - sheet.hundred) <= sum(s.step for s in slots):
            return True
    return False
