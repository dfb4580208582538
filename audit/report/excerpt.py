"""The table a finding stands in, cut to what matters: checked cells, the figures of the broken sum, the suspect."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from audit.cells import Cells
from audit.findings import State
from audit.model import Span
from audit.records import dataclass

if TYPE_CHECKING:
    from audit.findings import Finding
    from audit.model import Cell, Document, Table
    from audit.report.ledger import Ledger


_MANY, _ENDS = 60, 10  # rows of one sum: of more only those at both ends are shown


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell of an excerpt: `state` is "v" when its figures are verified, "x" when one is contradicted, or empty."""

    cell: Cell
    text: str
    state: str
    is_operand: bool
    is_suspect: bool


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The rows of a table that are shown, in order, and where the table stands."""

    rows: tuple[tuple[Shown, ...], ...]
    place: Span

    def holds(self, span: Span) -> bool:
        """Say whether a place is inside the table."""
        return span.document == self.place.document and self.place.start <= span.start <= self.place.end


def excerpt(ledger: Ledger, finding: Finding, most_rows: int, most_columns: int) -> Excerpt | None:
    """Return the table around a finding, or None when it stands in no table.

    Of a table with more rows or columns than asked for, only those that hold figures of the finding are kept, with
    the heads and the first column; of a sum of very many rows the first and the last, and the one that is wrong.
    """
    document = ledger.documents[finding.at.document]
    table = _table_at(document, finding.at)
    if table is None:
        return None
    operands = [o.start for o in finding.outcome.claim.operands if o.document == document.path]
    summed = [cell for cell in (_cell_at(table, start) for start in dict.fromkeys(operands)) if cell is not None]
    held = {cell.start for cell in summed}
    own = _cell_at(table, finding.at.start)
    rows: dict[int, list[Shown]] = {}
    for cell in _kept(table, summed, own.row if own is not None else 0, most_rows, most_columns):
        shown = Shown(
            cell,
            document.text[cell.start : cell.end],
            _state(ledger, document, cell),
            cell.start in held,
            _is_in(cell, finding.at.start),
        )
        rows.setdefault(cell.row, []).append(shown)
    block = document.blocks[table.block]
    place = Span(document=document.path, start=block.start, end=block.end)
    return Excerpt(tuple(tuple(rows[row]) for row in sorted(rows)), place)


def _is_in(cell: Cell, offset: int) -> bool:
    return cell.start <= offset < max(cell.end, cell.start + 1)


def _table_at(document: Document, at: Span) -> Table | None:
    for table in document.tables:
        block = document.blocks[table.block]
        if block.start <= at.start < max(block.end, block.start + 1):
            return table
    return None


def _cell_at(table: Table, offset: int) -> Cell | None:
    """Return the cell that holds an offset of the text; cells stand in its order."""
    cells = table.cells
    if isinstance(cells, Cells):
        found = cells.index_at(offset)
    else:
        found = bisect_right(cells, offset, key=lambda cell: cell.start) - 1
    return cells[found] if found >= 0 and _is_in(cells[found], offset) else None


def _kept(table: Table, summed: list[Cell], at: int, most_rows: int, most_columns: int) -> list[Cell]:
    cells = table.cells
    plain = isinstance(cells, Cells)
    heads = set(range(cells.source.heads)) if isinstance(cells, Cells) else {c.row for c in cells if c.header}
    rows = sorted({cell.row for cell in summed})
    if len(rows) > _MANY:
        rows = [*rows[:_ENDS], at, *rows[-_ENDS:]]
    shown, columns = heads | set(rows), {0} | {cell.column for cell in summed}
    if (table.rows if plain else len({c.row for c in cells})) <= most_rows:
        shown = set(range(table.rows))
    if (table.columns if plain else len({c.column for c in cells})) <= most_columns:
        columns = set(range(table.columns))
    if plain:
        return [cells[row * table.columns + column] for row in sorted(shown) for column in sorted(columns)]
    return [cell for cell in cells if cell.row in shown and cell.column in columns]


def _state(ledger: Ledger, document: Document, cell: Cell) -> str:
    facts = ledger.facts[document.path].facts
    found = ""
    for index in range(bisect_left(facts, cell.start, key=lambda fact: fact.start), len(facts)):
        if facts[index].end > cell.end:
            break
        state = ledger.states[document.path, facts[index].id][0]
        if state is State.CONTRADICTED:
            return "x"
        if state is State.VERIFIED:
            found = "v"
    return found
