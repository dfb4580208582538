"""Lines that labels take off or add on: "Revenue", "Less: costs", "Less: fees", "Add: interest", "Adjusted revenue".

What stands before such a run is what it starts from, what stands behind it is what it comes to. A line between that is
nil where the others add up, and not elsewhere, is part of the run all the same: its label says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.relate.tables.evidence import HOLDS, Relation, State, evaluate, near_miss, weigh
from audit.relate.tables.formulas import MADE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.relate.tables.sheet import Sheet
    from audit.relate.tables.slots import Line

_NEED, _EQUAL = 3.0, 0.5
_LEAD = 12  # characters in which the label says so
_MARKS = (":", ",", " –", " -")


def walks(sheet: Sheet) -> Iterator[Relation]:
    """Yield the sums that labels lead from one line to another, where most crossings hold or one is mistyped."""
    if sheet.across:
        return
    signs = [_sign(line) for line in sheet.lines]
    first = 1
    while first < len(signs):
        last = first
        while last < len(signs) and signs[last]:
            last += 1
        if first < last < len(signs) and not signs[first - 1]:
            parts = [(first - 1, 1), *((i, signs[i]) for i in range(first, last))]
            yield from _told(sheet, last, parts)
        first = last + 1


def _told(sheet: Sheet, total: int, parts: list[tuple[int, int]]) -> Iterator[Relation]:
    """Yield a sum, its lines taken off as they are printed: "Less: refunds (120)" has its sign already."""
    printed = [
        (line, 1 if sign < 0 and any(value < 0 for value in sheet.figures(line).values) else sign)
        for line, sign in parts
    ]
    relation = evaluate(sheet, total, printed)
    relation.form, relation.reasons = "column", (MADE,)
    if weigh(sheet, relation, _NEED, _EQUAL) or _is_mistyped(sheet, relation):
        yield relation


def _is_mistyped(sheet: Sheet, relation: Relation) -> bool:
    fails = [j for j, state in enumerate(relation.states) if state is State.FAILS]
    return len(fails) == 1 and bool(relation.count(*HOLDS) or near_miss(sheet, relation, fails[0]) >= _EQUAL * _LEAD)


def _sign(line: Line) -> int:
    """Return -1 for a label that begins with "Less:", 1 for one with "Add:", 0 for any other."""
    word, _, rest = line.label.strip().partition(" ")
    led = word.endswith(_MARKS[:2]) or rest.lstrip().startswith(_MARKS)
    cues = line.cues & {"less", "add"}
    if not led or len(cues) != 1 or len(word) > _LEAD:
        return 0
    return -1 if "less" in cues else 1
