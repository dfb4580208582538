"""Finds stocks that a table carries forward: pending at the start, plus filed, less decided, is pending a year later.

Nothing in the labels says so in a way that could be relied on; figures do. A line of stocks is believed to be carried
by two lines of flows when it is so, to the last digit, from every period to the next: with four digits a single step is
met by chance once in ten thousand times.
"""

from __future__ import annotations

import itertools
from math import log10
from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind
from audit.relate.clauses.operands import operand
from audit.relate.tables.figures import Figures
from audit.relate.tables.grid import grid_of
from audit.relate.tables.running import running
from audit.relate.tables.sheet import sheets
from audit.relate.tables.slots import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.facts import Fact, Facts
    from audit.relate.tables.lines import Slots
    from audit.relate.tables.running import Step
    from audit.relate.tables.sheet import Sheet
    from audit.relate.tables.slots import Slot

_MOST_LINES = 40
_MOST_PERIODS = 24
_FEWEST_STEPS = 3
_MOST_CELLS = 20_000  # a table of more has more lines and periods than are looked at
_ENOUGH = 8.0  # orders of magnitude by which chance must be beaten

Steps = list[tuple["Slot", "Slot", "Slot", "Slot"]]


def find(bundles: Sequence[Facts]) -> Iterator[Claim]:
    """Yield the steps of every stock that a table carries forward exactly."""
    for bundle in bundles:
        if not bundle.document.tables:
            continue
        figures = Figures(bundle)
        for table in bundle.document.tables:
            grid = grid_of(bundle, table, figures) if len(table.cells) <= _MOST_CELLS else None
            if grid is None:
                continue
            for sheet in sheets(grid):
                for steps in _carried(sheet):
                    yield from _claims(bundle, steps)
                for run in running(sheet):
                    yield from _running(bundle, run)


def _carried(sheet: Sheet) -> Iterator[Steps]:
    """Yield the steps of each line that two others carry from one crossing to the next, in either direction."""
    periods = len(sheet.crossings)
    if not _FEWEST_STEPS < periods <= _MOST_PERIODS or len(sheet.slots) > _MOST_LINES:
        return
    full = [line for line in sheet.slots if all(slot.kind is Kind.FIGURE for slot in line)]
    for order in (1, -1):
        lines = [line[::order] for line in full]
        for stock in lines:
            found = _flows(stock, lines)
            if found is not None:
                yield [(stock[i + 1], stock[i], found[0][i], found[1][i]) for i in range(periods - 1)]


def _flows(stock: Slots, lines: list[Slots]) -> tuple[Slots, Slots] | None:
    """Return the lines that flow into and out of a stock, or None when none or several do."""
    moves = [b.value - a.value for a, b in itertools.pairwise(stock)]
    weight = sum(log10(max(1, abs(slot.value))) for slot in stock[1:])
    if len(set(moves)) < _FEWEST_STEPS or weight - 2 * log10(len(lines)) < _ENOUGH:
        return None
    by_first: dict[int, list[Slots]] = {}
    for line in lines:
        by_first.setdefault(line[0].value, []).append(line)
    found = [
        (inward, outward)
        for inward in lines
        if inward is not stock
        for outward in by_first.get(inward[0].value - moves[0], ())
        if outward is not stock
        and outward is not inward
        and all(i.value - o.value == m for i, o, m in zip(inward, outward, moves, strict=False))
    ]
    return found[0] if len(found) == 1 else None


def _claims(bundle: Facts, steps: Steps) -> Iterator[Claim]:
    roles = ("stated", "from", "plus", "less")
    reason = f"it is carried forward at all {len(steps)} steps"
    for slots in steps:
        told = [(role, slot.fact) for role, slot in zip(roles, slots, strict=True)]
        yield from _claim(ClaimKind.DIFFERENCE, "carried", bundle, told, (60, reason))


def _running(bundle: Facts, steps: list[Step]) -> Iterator[Claim]:
    """Yield what a line that runs on states at each step, of which the one that fails is told as likely."""
    reason = f"it runs on at {sum(step.good for step in steps)} of {len(steps)} steps"
    for step in steps:
        told = [("total", step.total.fact), ("part", step.before.fact), ("part", step.added.fact)]
        yield from _claim(ClaimKind.FOOTING, "running", bundle, told, (75, reason))


def _claim(
    kind: ClaimKind, form: str, bundle: Facts, told: list[tuple[str, Fact | None]], basis: tuple[int, str]
) -> Iterator[Claim]:
    """Yield the claim of some cells with their roles, unless one of them holds no figure."""
    operands = tuple(operand(role, fact, bundle.document) for role, fact in told if fact is not None)
    if len(operands) < len(told):
        return
    confidence, reason = basis
    yield Claim(
        kind=kind,
        form=form,
        document=bundle.document.path,
        start=min(o.start for o in operands),
        end=max(o.end for o in operands),
        operands=operands,
        basis=Basis(cue="table", confidence=confidence, reasons=(reason,)),
        detail={"place": "table"},
    )
