"""The table a finding stands in, cut to what matters: checked cells, the figures of the broken sum, the suspect."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

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
    starts = sorted(o.start for o in finding.outcome.claim.operands if o.document == document.path)
    held = {id(c) for c in table.cells if _holds_one(c, starts)}
    at = next((c.row for c in table.cells if _is_in(c, finding.at.start)), 0)
    rows: dict[int, list[Shown]] = {}
    for cell in _kept(table, held, at, most_rows, most_columns):
        shown = Shown(
            cell,
            document.text[cell.start : cell.end],
            _state(ledger, document, cell),
            id(cell) in held,
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


def _holds_one(cell: Cell, starts: list[int]) -> bool:
    found = bisect_left(starts, cell.start)
    return found < len(starts) and _is_in(cell, starts[found])


def _kept(table: Table, held: set[int], at: int, most_rows: int, most_columns: int) -> list[Cell]:
    summed = sorted({c.row for c in table.cells if id(c) in held})
    if len(summed) > _MANY:
        summed = [*summed[:_ENDS], at, *summed[-_ENDS:]]
    rows = {c.row for c in table.cells if c.header} | set(summed)
    columns = {0} | {c.column for c in table.cells if id(c) in held}
    all_rows = len({c.row for c in table.cells}) <= most_rows
    all_columns = len({c.column for c in table.cells}) <= most_columns
    return [c for c in table.cells if (all_rows or c.row in rows) and (all_columns or c.column in columns)]


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
