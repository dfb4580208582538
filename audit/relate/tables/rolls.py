"""Lines that carry a stock from its opening to its closing: "At 1 January", "Filed", "Closed", "At 31 December".

The labels say which lines open and close it; those between are what came in and what went out. What is printed with a
minus is taken off already, and of the other lines the figures tell which are.
"""

from __future__ import annotations

import re
from itertools import product
from math import log10
from typing import TYPE_CHECKING

from audit.relate.tables.evidence import HOLDS, Relation, State, evaluate, near_miss, weigh
from audit.relate.tables.sheet import is_set_aside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.relate.tables.sheet import Sheet

ROLLED = "the labels open and close it"
_NEED, _EQUAL = 3.0, 0.5
_MOST = 8  # lines between
_UNSIGNED = 4  # of which the figures tell whether they are taken off
_TYPED, _LONG = 4, 6  # digits of a figure that is mistyped, where words say what opens and closes and where dates do
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"\b\d{4}\b")


def rolls(sheet: Sheet) -> Iterator[Relation]:
    """Yield the sums that lead from an opening line to the next closing one, where they hold or one is mistyped."""
    first: int | None = None
    shapes: dict[str, int] = {}
    for last, line in enumerate(sheet.lines):
        shape = _DIGIT.sub("0", line.label.lower()) if _YEAR.search(line.label) else ""
        opened = first if "closes" in line.cues else shapes.get(shape)
        if opened is not None:
            yield from _rolled(sheet, opened, last, said="closes" in line.cues)
        if shape:
            shapes[shape] = last
        if {"opens", "closes"} & line.cues:
            first = last


def _rolled(sheet: Sheet, first: int, last: int, *, said: bool) -> Iterator[Relation]:
    lines = [i for i in range(first + 1, last) if not (is_set_aside(sheet.lines[i]) or "memo" in sheet.lines[i].cues)]
    least = min((sheet.lines[i].depth for i in lines), default=0)
    moves = [i for i in lines if sheet.lines[i].depth == least and not sheet.lines[i].is_total]
    if not 2 <= len(moves) <= _MOST:
        return
    signs = [_signs(sheet, line) for line in moves]
    if sum(len(s) > 1 for s in signs) > _UNSIGNED:
        signs = [s[:1] for s in signs]
    tried = list(product(*signs))
    best: Relation | None = None
    for chosen in tried:
        relation = evaluate(sheet, last, [(first, 1), *zip(moves, chosen, strict=True)])
        relation.form, relation.reasons = ("row" if sheet.across else "column"), (ROLLED,)
        holds = weigh(sheet, relation, _NEED + len(tried).bit_length() - 1, _EQUAL)
        told = holds or _is_mistyped(sheet, relation, (_TYPED if said else _LONG) + log10(len(tried)))
        if told and (best is None or relation.bits > best.bits):
            best = relation
    if best is not None:
        yield best


def _signs(sheet: Sheet, line: int) -> tuple[int, ...]:
    if any(value < 0 for value in sheet.figures(line).values):
        return (1,)
    return (-1,) if "less" in sheet.lines[line].cues else (1, -1)


def _is_mistyped(sheet: Sheet, relation: Relation, least: float) -> bool:
    """Say whether one figure is mistyped at the only crossing there is."""
    fails = [j for j, state in enumerate(relation.states) if state is State.FAILS]
    return len(fails) == 1 and not relation.count(*HOLDS) and near_miss(sheet, relation, fails[0]) >= least
