"""Finds the lines of a table that are shares of its other lines, or their growth: "amount held" against "percentage".

A line of percentages is believed to be 100 x a / b of two other lines, or of a line and one of its own cells (the
total, where the percentage is 100), when that reproduces nearly all of its cells: by chance a cell of whole
percentages is reproduced once in a hundred times. The few cells that are not reproduced then contradict it.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from math import log10
from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind, Operand
from audit.quantity import Measure, Quantity
from audit.records import dataclass
from audit.relate.tables.evidence import sheets
from audit.relate.tables.grid import grid_of
from audit.relate.tables.slots import Figures, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from audit.facts import Fact, Facts
    from audit.model import Table
    from audit.relate.tables.evidence import Sheet
    from audit.relate.tables.slots import Slot

_ENOUGH = 6.0  # orders of magnitude by which chance must be beaten
_FEWEST = 2
_MOST_LINES = 24  # beyond so many lines only neighbours are tried
_NEAR = 6
_SCREEN = 8
_BROKEN = 0.2  # share of the cells that may fail before the relation itself is doubted
_SURE = 5


@dataclass(slots=True)
class Relation:
    """How a line of percentages comes from others: `above` over `below`, at each crossing; `form` share or growth."""

    form: str
    cells: list[tuple[Slot, Slot, Slot, bool]]  # percentage, part or new value, base or old value, reproduced
    weight: float

    @property
    def held(self) -> int:
        """Return at how many crossings the percentage is reproduced."""
        return sum(cell[3] for cell in self.cells)


def find(bundles: Sequence[Facts]) -> Iterator[Claim]:
    """Yield the shares and growth rates that tables state of their own figures."""
    for bundle in bundles:
        if not bundle.document.tables:
            continue
        figures = Figures(bundle)
        percents = [fact.start for fact in bundle.facts if _is_percent(fact)]
        for table in bundle.document.tables:
            # The grid of a large table is costly, and most tables hold no percentage.
            grid = grid_of(bundle, table, figures) if _stand_in(percents, table) else None
            if grid is None or not any(_is_percent(slot.fact) for row in grid.slots for slot in row):
                continue
            unit = float(grid.unit)
            done: set[int] = set()
            rows = _row_starts(table)
            for sheet in reversed(sheets(grid)):
                for relation in _relations(sheet, unit):
                    yield from _claims(bundle, relation, rows, done)


def _row_starts(table: Table) -> dict[int, int]:
    """Return, for the start of each cell, where its row begins: a claim quotes the label of the row it stands in."""
    first: dict[int, int] = {}
    for cell in table.cells:
        if cell.end > cell.start:
            first.setdefault(cell.row, cell.start)
    return {cell.start: first.get(cell.row, cell.start) for cell in table.cells}


def _stand_in(starts: list[int], table: Table) -> bool:
    if not table.cells:
        return False
    at = bisect_left(starts, table.cells[0].start)
    return at < len(starts) and starts[at] < table.cells[-1].end


def _is_percent(fact: Fact | None) -> bool:
    value = fact.value if fact is not None else None
    return isinstance(value, Quantity) and value.measure is Measure.PERCENT


def _relations(sheet: Sheet, unit: float) -> Iterator[Relation]:
    """Yield the best explanation of each line of percentages, when one beats chance."""
    for p, line in enumerate(sheet.slots):
        shares = [c for c, slot in enumerate(line) if slot.kind is Kind.FIGURE]
        percents = sum(_is_percent(line[c].fact) for c in shares)
        if len(shares) < _FEWEST or 2 * percents < len(shares):
            continue
        amounts = [i for i in _near(p, len(sheet.slots)) if _holds_amounts(sheet.slots[i], shares)]
        best = max(_explanations(sheet.slots, p, amounts, unit), key=lambda r: r.weight, default=None)
        tries = max(1, len(amounts)) ** 2
        if best is not None and best.held >= _FEWEST and best.weight - log10(tries) >= _ENOUGH:
            yield best


def _near(line: int, count: int) -> range:
    return range(count) if count <= _MOST_LINES else range(max(0, line - _NEAR), min(count, line + _NEAR + 1))


def _holds_amounts(line: list[Slot], crossings: list[int]) -> bool:
    figures = [line[c] for c in crossings if line[c].kind is Kind.FIGURE]
    return 2 * len(figures) >= len(crossings) and not any(_is_percent(slot.fact) for slot in figures)


def _explanations(slots: list[list[Slot]], p: int, amounts: list[int], unit: float) -> Iterator[Relation]:
    line = slots[p]
    hundreds = [c for c, slot in enumerate(line) if slot.kind is Kind.FIGURE and slot.value * unit == 100]
    for a in amounts:
        for whole in hundreds[-1:]:
            base = slots[a][whole]
            others = [(line[c], slots[a][c], base) for c in range(len(line)) if c != whole]
            yield from _weighed("share", others, unit, _share)
        for b in amounts:
            if a != b:
                cells = list(zip(line, slots[a], slots[b], strict=True))
                yield from _weighed("share", cells, unit, _share)
                yield from _weighed("growth", cells, unit, _growth)


def _share(part: float, whole: float) -> float:
    return 100 * part / whole


def _growth(after: float, before: float) -> float:
    return 100 * (after - before) / before


def _weighed(
    form: str,
    cells: Sequence[tuple[Slot, Slot, Slot]],
    unit: float,
    ratio: Callable[[float, float], float],
) -> Iterator[Relation]:
    """Yield a relation over some cells with its weight, unless too many of them fail."""
    usable = [c for c in cells if all(s.kind is Kind.FIGURE for s in c) and c[2].value > 0]
    if len(usable) < _FEWEST:
        return
    judged: list[tuple[Slot, Slot, Slot, bool]] = []
    weight, failed = 0.0, 0
    for position, (share, above, below) in enumerate(usable):
        value = ratio(above.value, below.value)
        slack = share.step * unit / 2 + 50 * (above.step + abs(value) / 100 * below.step) / below.value
        good = abs(value - share.value * unit) <= slack * (1 + 1e-9)
        judged.append((share, above, below, good))
        failed += not good
        if failed > 1 and position < _SCREEN and failed > _BROKEN * _SCREEN:
            return
        weight += -log10(min(1.0, 2 * slack / 100)) if good else -1.0
    if failed <= _BROKEN * len(usable):
        yield Relation(form, judged, weight)


def _claims(bundle: Facts, relation: Relation, rows: dict[int, int], done: set[int]) -> Iterator[Claim]:
    held, failed = relation.held, len(relation.cells) - relation.held
    kind = ClaimKind.SHARE if relation.form == "share" else ClaimKind.CHANGE
    roles = ("stated", "part", "whole") if relation.form == "share" else ("stated", "to", "from")
    for share, above, below, good in relation.cells:
        if share.start in done or share.fact is None or above.fact is None or below.fact is None:
            continue
        done.add(share.start)
        operands = tuple(
            _operand(bundle, role, fact)
            for role, fact in zip(
                roles, (_as_percent(share.fact), _as_rounded(above.fact), _as_rounded(below.fact)), strict=True
            )
        )
        sure = 90 if held >= _SURE * max(1, failed) else 75
        yield Claim(
            kind=kind,
            form="table",
            document=bundle.document.path,
            start=rows.get(share.start, share.start),
            end=share.end,
            operands=operands,
            basis=Basis(
                cue="table",
                confidence=80 if good else sure,
                reasons=(f"the line is reproduced at {held} of {held + failed} places",),
            ),
            detail={"place": "table", "trend": "increase"},
        )


def _as_percent(fact: Fact) -> Fact:
    """Return the figure of a line of percentages as one, where only its header says so."""
    value = fact.value
    if not isinstance(value, Quantity) or value.measure is Measure.PERCENT:
        return fact
    return replace(fact, value=replace(value, measure=Measure.PERCENT, unit="%"))


def _as_rounded(fact: Fact) -> Fact:
    """Return an amount of a table as one that may be rounded: few tables say whether 131 is in millions."""
    value = fact.value
    if not isinstance(value, Quantity) or value.exact:
        return fact
    return replace(fact, value=replace(value, measure=Measure.AMOUNT))


def _operand(bundle: Facts, role: str, fact: Fact) -> Operand:
    value = fact.value
    return Operand(
        role=role,
        text=fact.text,
        document=bundle.document.path,
        start=fact.start,
        end=fact.end,
        fact=fact,
        value=fact.number,
        interval=value.interval if isinstance(value, Quantity) else None,
    )
