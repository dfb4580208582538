"""Relations that structure does not show: a = b + c between any three lines, and runs of lines that make 100.

Pairs also find differences (net = gross - refunds) and flows (end = start + change). They rest on arithmetic alone, so
that the figures must be long or many.
"""

from __future__ import annotations

from bisect import bisect_left
from math import log2
from typing import TYPE_CHECKING

from audit.relate.tables.evidence import HOLDS, MARGIN, Relation, State, evaluate, near_miss, weigh
from audit.relate.tables.formulas import MADE
from audit.relate.tables.lines import values_of
from audit.relate.tables.slots import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from audit.relate.tables.sheet import Sheet

_SPAN = 60
_LONGEST = 80
_TRANSLATED = 3.0
_NETTED = 5.5
_MISPRINT = 3.5  # digits
_NEAR = 15  # lines
SAID = "the labels say what adds up"
SHARES = "the labels say shares"
TRANSLATED = "the lines beside it are built the same way"
_EQUAL = 0.5


def pairs(sheet: Sheet, usable: list[int], found: Iterable[Relation]) -> Iterator[Relation]:
    """Yield the relations a = b + c of any three lines that enough crossings support.

    Lines with the same figures give the same relation many times over: the one whose lines stand closest is kept.
    """
    classes = _classes(sheet)
    found = list(found)
    known = {_class_key(classes, r) for r in found}
    told = {figures for r in found if MADE in r.reasons for figures in _held(sheet, r)}
    nearest: dict[frozenset[int], tuple[int, Relation]] = {}
    accepted: set[frozenset[int]] = set()
    for total, first, second in _triples(sheet, usable):
        span = max(total, second) - min(total, first)
        relation = evaluate(sheet, total, [(first, 1), (second, 1)])
        key = _class_key(classes, relation)
        if key in known or (told and _held(sheet, relation) <= told) or (key in nearest and nearest[key][0] <= span):
            continue
        need = MARGIN + log2(len(usable)) + 2 * log2(span) - (2 if sheet.lines[total].is_total else 0)
        netted = span <= _NEAR and _is_netted(sheet, (total, first, second))
        if weigh(sheet, relation, _NETTED if netted else need):
            accepted.add(key)
            relation.reasons = (SAID,) if netted else ()
        relation.form = "pair"
        nearest[key] = (span, relation)
    yield from (relation for key, (_, relation) in nearest.items() if key in accepted)


def _held(sheet: Sheet, relation: Relation) -> set[tuple[int, tuple[int, ...]]]:
    """Return where a relation holds and by which figures: where the label said it, a row printed twice adds nothing."""
    return {
        (j, tuple(sorted(abs(sheet.slots[line][j].value) for line in relation.lines)))
        for j, state in enumerate(relation.states)
        if state in HOLDS
    }


def _is_netted(sheet: Sheet, lines: tuple[int, int, int]) -> bool:
    """Say whether two of three lines are the gross and the net of one thing ("Outlays, gross", "Outlays, net")."""
    heads = [(sheet.lines[i].cues & {"gross", "net"}, _head(sheet.lines[i].label)) for i in lines]
    gross = {head for cues, head in heads if "gross" in cues}
    return bool(gross & {head for cues, head in heads if "net" in cues})


def _head(label: str) -> str:
    return next((word for word in label.lower().replace(",", " ").split() if word.isalpha()), "")


def translated(sheet: Sheet, found: Iterable[Relation]) -> Iterator[Relation]:
    """Yield the relations of one group of columns in the others of the same shape ("This Month", "This Year")."""
    if not sheet.across:
        return
    groups: dict[int, list[int]] = {}
    for index, line in enumerate(sheet.lines):
        groups.setdefault(line.group, []).append(index)
    for relation in list(found):
        lines = [line for line, _ in relation.parts] + ([] if relation.total is None else [relation.total])
        own = groups[sheet.lines[lines[0]].group]
        if len(groups) == 1 or any(line not in own for line in lines):
            continue
        for other in groups.values():
            shift = other[0] - own[0]
            if not shift or len(other) != len(own):
                continue
            parts = [(line + shift, sign) for line, sign in relation.parts]
            moved = evaluate(sheet, None if relation.total is None else relation.total + shift, parts)
            fails = [j for j, state in enumerate(moved.states) if state is State.FAILS]
            steady = moved.is_steady or (len(fails) == 1 and near_miss(sheet, moved, fails[0]) >= _MISPRINT)
            if weigh(sheet, moved, _TRANSLATED, _EQUAL) or steady:
                moved.form = relation.form
                moved.reasons = (TRANSLATED,)
                yield moved


def contrasted(sheet: Sheet) -> Iterator[Relation]:
    """Yield what labels such as "All items less food" say: it and "Food" make "All items"."""
    places = {" ".join(line.label.lower().split()): index for index, line in enumerate(sheet.lines)}
    for index, line in enumerate(sheet.lines):
        if "less" not in line.cues:
            continue
        words = line.label.lower().split()
        for cut in range(1, len(words) - 1):
            whole, part = places.get(" ".join(words[:cut])), places.get(" ".join(words[cut + 1 :]))
            if whole is not None and part is not None and len({whole, part, index}) == 3:
                relation = evaluate(sheet, whole, sorted([(index, 1), (part, 1)]))
                if weigh(sheet, relation, _TRANSLATED):
                    relation.form = "pair"
                    relation.reasons = (SAID,)
                    yield relation


def _classes(sheet: Sheet) -> list[int]:
    numbers: dict[tuple[int, ...], int] = {}
    return [numbers.setdefault(tuple(values_of(row)), len(numbers)) for row in sheet.slots]


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
    """Yield the runs of neighbouring lines that make 100 at nearly every crossing.

    Inside a run only the outermost lines count: "Top 5 percent" stands indented under "Highest quintile".
    """
    for start in range(len(usable)):
        first = sheet.lines[usable[start]]
        run: list[int] = []
        opens = start == 0 or sheet.lines[usable[start - 1]].group != first.group
        for line in usable[start : start + _LONGEST]:
            if sheet.lines[line].depth > first.depth:
                continue
            run.append(line)
            if len(run) < 3 or not _may_close(sheet, run):
                continue
            relation = evaluate(sheet, None, [(i, 1) for i in run])
            shares = all("share" in sheet.lines[i].cues for i in run)
            need = MARGIN + log2(len(run)) + (-4 if opens else log2(len(usable))) - (6 if shares else 0)
            if weigh(sheet, relation, need):
                relation.form = "closure"
                relation.reasons = (SHARES,) if shares else ()
                yield relation
                break


def _may_close(sheet: Sheet, run: list[int]) -> bool:
    for j in range(min(4, len(sheet.crossings))):
        slots = [sheet.slots[i][j] for i in run]
        if all(0 <= s.value < sheet.hundred for s in slots) and (
            2 * abs(sum(s.value for s in slots) - sheet.hundred) <= sum(s.step for s in slots)
        ):
            return True
    return False
