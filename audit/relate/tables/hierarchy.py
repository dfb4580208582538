"""Sums that the shape of a table announces: deeper lines under a line, groups under headings, gaps between parts.

The shape says what ought to add up, the arithmetic only confirms it: one column of figures is enough.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from audit.relate.tables.evidence import HOLDS, Relation, State, evaluate, near_miss, weigh
from audit.relate.tables.stack import by_total
from audit.relate.tables.tops import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from audit.relate.tables.sheet import Sheet

_NEED = 3.0
_EQUAL = 0.5
_MISPRINT = 2.5  # digits


def between(sheet: Sheet, found: Iterable[Relation], usable: list[int]) -> Iterator[Relation]:
    """Yield what a relation implies: lines that stand between two of its parts belong to one of them."""
    children = by_total(found)
    for relation in list(found):
        if relation.total is None:
            continue
        lines = sorted(line for line, _ in relation.parts)
        above = relation.total < lines[0]
        bounds = [*lines, _end(sheet, lines)] if above else [relation.total, *lines]
        for first, last in pairwise(bounds):
            total = first if above else last
            tops = _tops([i for i in usable if first < i < last], children)
            if total in children or not 2 <= len(tops) <= LONGEST:
                continue
            yield from _confirmed(sheet, total, tops, "its parts stand between the parts of a larger sum")


def _end(sheet: Sheet, lines: list[int]) -> int:
    last = lines[-1] + 1
    while last < len(sheet.lines) and sheet.lines[last].group == sheet.lines[lines[-1]].group:
        last += 1
    return last


def _tops(lines: list[int], children: dict[int, list[Relation]]) -> list[int]:
    covered = {part for i in lines for relation in children.get(i, ()) for part, _ in relation.parts}
    return [i for i in lines if i not in covered]


def indented(sheet: Sheet) -> Iterator[Relation]:
    """Yield the lines that are the sum of the deeper lines under them, and of the groups under later headings."""
    lines = sheet.lines
    if sheet.across or len({line.depth for line in lines}) == 1:
        return
    for total, line in enumerate(lines):
        last = total + 1
        while last < len(lines) and lines[last].depth > line.depth and lines[last].group == line.group:
            last += 1
        yield from _confirmed(
            sheet, total, _outermost(sheet, range(total + 1, last)), "its parts are indented under it"
        )


def grouped(sheet: Sheet) -> Iterator[Relation]:
    """Yield the groups of lines under headings that break down the last total above them."""
    lines = sheet.lines
    if sheet.across:
        return
    groups: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        groups.setdefault(line.group, []).append(index)
    whole: int | None = None
    for members in groups.values():
        first, rest = members[0], members[1:]
        if lines[first].is_total and rest:
            parts = [i for i in _outermost(sheet, rest) if not lines[i].is_total]
            yield from _confirmed(sheet, first, parts, "the label says total")
        elif whole is not None:
            yield from _confirmed(sheet, whole, _outermost(sheet, members), "its parts stand under a heading")
        totals = [i for i in members if lines[i].is_total]
        if totals and len(members) == 1:
            whole = totals[0]


def _outermost(sheet: Sheet, indexes: Iterable[int]) -> list[int]:
    found = list(indexes)
    least = min((sheet.lines[i].depth for i in found), default=0)
    return [i for i in found if sheet.lines[i].depth == least]


def _confirmed(sheet: Sheet, total: int, parts: list[int], reason: str) -> Iterator[Relation]:
    if not 2 <= len(parts) <= LONGEST:
        return
    relation = evaluate(sheet, total, [(i, 1) for i in parts])
    holds = weigh(sheet, relation, _NEED, _EQUAL)
    relation.form = "row" if sheet.across else "column"
    relation.reasons = (reason,)
    if holds or _is_misprint(sheet, relation):
        yield relation


def _is_misprint(sheet: Sheet, relation: Relation) -> bool:
    """Say whether a relation fails at its only crossings by what one typing error in a long figure explains."""
    if relation.count(*HOLDS):
        return False
    fails = [j for j, state in enumerate(relation.states) if state is State.FAILS]
    return len(fails) == 1 and near_miss(sheet, relation, fails[0]) >= _MISPRINT
