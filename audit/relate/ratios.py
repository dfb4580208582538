"""Finds the lines of a table that are shares of its other lines, or their growth: "amount held" against "percentage".

A line that is the product of two others (number, price, amount) is claimed at each of its cells as well.

What a line of percentages is made of is found once (see `audit.relate.tables.percents`) and then claimed at each of its
cells: the few that are not reproduced are contradicted.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind, Operand
from audit.quantity import Measure, Quantity
from audit.relate.tables.figures import Figures
from audit.relate.tables.grid import grid_of
from audit.relate.tables.percents import is_percent, ratios
from audit.relate.tables.products import products
from audit.relate.tables.sheet import sheets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.facts import Fact, Facts
    from audit.model import Table
    from audit.relate.tables.products import Product
    from audit.relate.tables.ratio import Cell, Ratio

_SURE = 5
_SMALL = 4000  # cells
_FEWEST = 3


def find(bundles: Sequence[Facts]) -> Iterator[Claim]:
    """Yield the shares and growth rates that tables state of their own figures."""
    for bundle in bundles:
        if not bundle.document.tables:
            continue
        figures = Figures(bundle)
        percents = [fact.start for fact in bundle.written if is_percent(fact)]
        for table in bundle.document.tables:
            # The grid of a large table is costly, and most of those hold no percentage.
            small = table.rows * table.columns <= _SMALL and min(table.rows, table.columns) >= _FEWEST
            grid = grid_of(bundle, table, figures) if small or _stand_in(percents, table) else None
            if grid is None:
                continue
            unit = float(grid.unit)
            done: set[int] = set()
            rows = _row_starts(table)
            for sheet in reversed(sheets(grid)):
                for ratio in ratios(sheet, unit):
                    yield from _claims(bundle, ratio, rows, done)
                for product in products(sheet, unit) if small else ():
                    yield from _products(bundle, product, rows)


def _products(bundle: Facts, product: Product, rows: dict[int, int]) -> Iterator[Claim]:
    failed = len(product.times) - product.held
    sure = 90 if product.held >= _SURE * max(1, failed) else 75
    basis = Basis(
        cue="table",
        confidence=sure,
        reasons=(f"the line is a product at {product.held} of {len(product.times)} places",),
    )
    for times in product.told:
        price, amount, number, start = times.price.fact, times.amount.fact, times.number.fact, times.amount.start
        if price is not None and amount is not None and number is not None:
            told = (("stated", _as_rounded(price)), ("total", _as_rounded(amount)), ("number", number))
            yield Claim(
                kind=ClaimKind.AVERAGE,
                form="product",
                document=bundle.document.path,
                start=rows.get(start, start),
                end=times.amount.end,
                operands=tuple(_operand(bundle, role, fact) for role, fact in told),
                basis=basis,
                detail={"place": "table", **({"per": str(product.scale)} if product.scale > 1 else {})},
            )


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


def _claims(bundle: Facts, ratio: Ratio, rows: dict[int, int], done: set[int]) -> Iterator[Claim]:
    sure = 90 if ratio.held >= _SURE * max(1, ratio.failed) else 75
    reasons = (f"the line is reproduced at {ratio.held} of {ratio.held + ratio.failed} places",)
    if ratio.is_misbased:
        # the shares are right: one claim shows the base they are not of
        cell = max((c for c in ratio.cells if c.good), key=lambda c: c.share.value)
        made = _claim(bundle, ratio, cell, rows)
        if made is not None:
            reasons = (f"{ratio.held} of {len(ratio.cells)} shares are of another base",)
            yield replace(made, basis=Basis(cue="table", confidence=sure, reasons=reasons))
        return
    for cell in ratio.cells:
        made = _claim(bundle, ratio, cell, rows) if cell.share.start not in done else None
        if made is not None:
            done.add(cell.share.start)
            yield replace(made, basis=Basis(cue="table", confidence=80 if cell.good else sure, reasons=reasons))


def _claim(bundle: Facts, ratio: Ratio, cell: Cell, rows: dict[int, int]) -> Claim | None:
    share, above, below = cell.share.fact, cell.above.fact, cell.below.fact
    if share is None or above is None or below is None:
        return None
    kind = ClaimKind.SHARE if ratio.form == "share" else ClaimKind.CHANGE
    roles = ("stated", "part", "whole") if ratio.form == "share" else ("stated", "to", "from")
    facts = (_as_percent(share), _as_rounded(above), _as_rounded(below))
    is_of_base = ratio.is_misbased or (not cell.good and cell.crossing in ratio.common)
    return Claim(
        kind=kind,
        form="table",
        document=bundle.document.path,
        start=rows.get(share.start, share.start),
        end=share.end,
        operands=tuple(_operand(bundle, role, fact) for role, fact in zip(roles, facts, strict=True)),
        basis=Basis(cue="table"),
        detail={"place": "table", "trend": "increase", **({"suspect": "whole"} if is_of_base else {})},
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
