"""Relations that structure does not show: a = b + c between any three lines, and runs of lines that make 100.

Pairs also find differences (net = gross - refunds) and flows (end = start + change). They rest on arithmetic alone, so
that the figures must be long or many.
"""

from __future__ import annotations

from bisect import bisect_left
from math import log2
from typing import TYPE_CHECKING

from audit.relate.tables.evidence import MARGIN, Relation, Sheet, evaluate, weigh
from audit.relate.tables.grid import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SPAN = 60
_LONGEST = 80


def pairs(sheet: Sheet, usable: list[int], found: Iterable[Relation]) -> Iterator[Relation]:
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
        need = MARGIN + log2(len(usable)) + 2 * log2(span) - (2 if sheet.lines[total].is_total else 0)
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
        column = [(sheet.slots[i][j], i) for i in usable]
        column = [(slot, i) for slot, i in column if slot.kind is Kind.FIGURE and slot.value]
        ordered = sorted((slot.value, i) for slot, i in column)
        values = [v for v, _ in ordered]
        widest = max((slot.step for slot, _ in column), default=0) * 3 // 2
        for x, (left, first) in enumerate(column):
            for right, second in column[x + 1 :]:
                if second - first > _SPAN:
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


def closures(sheet: Sheet, usable: list[int]) -> Iterator[Relation]:
    """Yield the runs of neighbouring lines that make 100 at nearly every crossing."""
    for start in range(len(usable)):
        run = usable[start : start + _LONGEST]
        for size in range(3, len(run) + 1):
            parts = [(i, 1) for i in run[:size]]
            if not _may_close(sheet, parts):
                continue
            relation = evaluate(sheet, None, parts)
            if weigh(sheet, relation, MARGIN + log2(size) + log2(len(usable))):
                relation.form = "closure"
                yield relation
                break


def _may_close(sheet: Sheet, parts: list[tuple[int, int]]) -> bool:
    for j in range(min(3, len(sheet.crossings))):
        slots = [sheet.slots[i][j] for i, _ in parts]
        if any(not 0 <= s.value < sheet.hundred for s in slots):
            continue
        if 2 * abs(sum(s.value for s in slots) - sheet.hundred) <= sum(s.step for s in slots):
            return True
    return False
