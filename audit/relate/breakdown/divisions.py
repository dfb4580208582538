"""Two divisions of one figure side by side: "30 women and 25 men, 29 Serbs, 20 Roma and 6 Gorani" are 55 both times.

The figure they divide may stand in the sentence before, with no word that calls it back. One division that makes it up
says that it is meant, and then the other divides it too; and where both make up the same, it is the figure before that
differs.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from audit.relate.clauses.chance import near_miss
from audit.relate.clauses.populations import Fit
from audit.relate.clauses.reading import Reading
from audit.relate.clauses.runs import runs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.relate.clauses.runs import Run
    from audit.relate.clauses.structure import Clause, Mark, Paragraph

_SMALLEST = 10
_FEWEST = 3
_PAIR = 2


def beside_division(clause: Clause, paragraph: Paragraph, position: int) -> Iterator[Reading]:
    """Yield the division that does not make up the figure before, or the one that both of two make up otherwise."""
    for run in runs(clause) if position else ():
        pair = _pair(run)
        if len(run.marks) < _FEWEST or pair is None:
            continue
        here = [m for m in clause.outer.marks if m.index < pair[0].index and m.sort == pair[0].sort]
        before = [m for m in paragraph.clauses[position - 1].outer.marks if m.sort == pair[0].sort and not m.bracketed]
        if here or len(before) != 1 or before[0].value.value < _SMALLEST:
            continue
        yield from _differing(before[0], pair, run)


def _pair(run: Run) -> list[Mark] | None:
    """Return the women and men that stand before a second division."""
    if run.lead is None:
        return None
    marks = [m for m in run.level.marks if run.lead.index <= m.index < run.marks[0].index]
    return marks if len(marks) == _PAIR else None


def _differing(total: Mark, pair: list[Mark], run: Run) -> Iterator[Reading]:
    wanted, first, second = total.value.value, _sum(pair), _sum(run.marks)
    short = second < wanted and not near_miss(total.value, [m.value for m in run.marks])
    if second == wanted != first:
        yield Reading(total, pair, "paragraph", run.clause, Fit.PARTITION)
    elif first == wanted != second and not short:
        yield Reading(total, run.marks, "paragraph", run.clause, Fit.OPEN)  # "29 Serbs and 20 Roma" may be a choice
    elif first == second != wanted and near_miss(total.value, [m.value for m in pair]):
        yield Reading(total, pair, "paragraph", run.clause, Fit.PARTITION)


def _sum(marks: Sequence[Mark]) -> Decimal:
    return sum((m.value.value for m in marks), Decimal(0))
