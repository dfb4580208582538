"""Parts that leave the scale or the unit of their total unsaid: "62 million euros: 38 for roads, 15 for water ...".

The words are read as meant where a figure with a scale or a unit stands before bare ones that, read in it, do not
exceed it. Such a reading is one more way to read the figures and claims nothing by itself.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audit.quantity import Hedge, Measure
from audit.relate.clauses.joints import joint
from audit.relate.clauses.runs import Run
from audit.relate.clauses.structure import Mark, is_elliptic, sort_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.relate.clauses.structure import Clause, Level

_BARE = (Measure.COUNT, Measure.AMOUNT)
_SHORTEST = 2


def inherited(run: Run) -> Iterator[Run]:
    """Yield a run of bare figures as told in the scale and unit of the figure before them, itself a part or not."""
    if not all(_is_bare(m, run.clause) for m in run.marks):
        return
    giver = _giver(run)
    if giver is None:
        return
    marks = [_as_told(m, giver) for m in run.marks]
    if any(m.value.value > giver.value.value for m in marks):
        return
    if len(marks) >= _SHORTEST:
        yield Run(marks, run.level, run.clause, run.joint, lead=run.lead)
    if giver.level is run.level and joint(run.level, giver, run.marks[0]):
        yield Run([giver, *marks], run.level, run.clause, run.joint)


def _is_bare(mark: Mark, clause: Clause) -> bool:
    """Say whether a figure has no unit, and names nothing that is counted in ones."""
    value = mark.value
    plain = value.measure in _BARE and not value.unit and value.hedge is Hedge.NONE
    return plain and (is_elliptic(mark, clause) or mark.bracketed or not sort_of(mark))


def _giver(run: Run) -> Mark | None:
    """Return the figure right before a run, on its level or the one around it, if it has a scale or a unit.

    "12.6 million dollars over three years: 3.9 million in 2019, ...": what counts the parts, or time, is passed over.
    """
    here: Level | None = run.level
    limit = run.marks[0].index
    while here is not None:
        before = [m for m in here.marks if m.index < limit and not m.bracketed]
        while before and (sort_of(before[-1]) == "time" or before[-1].value.value == len(run.marks)):
            before.pop()
        if before:
            value = before[-1].value
            scaled = value.measure is not Measure.PERCENT and (value.unit or value.scale != 1)
            return before[-1] if scaled else None
        limit, here = here.opened, here.parent
    return None


def _as_told(mark: Mark, giver: Mark) -> Mark:
    """Return a bare figure with the scale, the unit and the measure of another."""
    told = giver.value
    scale = told.scale if mark.value.scale == 1 else 1  # "12.8 million dollars, of which 7.9 million ..."
    value = replace(
        mark.value,
        value=mark.value.value * scale,
        step=mark.value.step * scale,
        scale=told.scale,
        unit=told.unit,
        measure=told.measure,
    )
    return replace(mark, value=value, fact=replace(mark.fact, value=value))
