"""The table a finding stands in: checked cells ticked, the figures of the broken relation and the suspect marked."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from html import escape
from typing import TYPE_CHECKING

from audit.findings import State
from audit.model import Span
from audit.report.escape import printable

if TYPE_CHECKING:
    from audit.findings import Finding
    from audit.model import Cell, Document, Table
    from audit.report.html.body import Body
    from audit.report.ledger import Ledger

_ROWS, _COLUMNS = 30, 16  # of a table that is shown whole
_CELL = 200  # characters
_MOST = 20_000  # cells in all excerpts of a page: thousands of findings must not make it too heavy for a browser


def excerpt(ledger: Ledger, body: Body, finding: Finding) -> tuple[str, Span | None]:
    """Return the table around a finding as escaped HTML, with its place, or nothing when it stands in no table.

    Of a large table only the rows and columns that hold figures of the finding are shown, with the heads.
    """
    from markupsafe import Markup  # noqa: PLC0415 (only for this format)

    document = ledger.documents[finding.at.document]
    table = _table_at(document, finding.at)
    if table is None or body.excerpted > _MOST:
        return "", None
    operands = [o for o in finding.outcome.claim.operands if o.document == document.path]
    held = {id(c) for c in table.cells if any(c.start <= o.start < max(c.end, c.start + 1) for o in operands)}
    kept = _kept(table, held)
    body.excerpted += len(kept)
    states = _states(ledger, body, document, kept)
    rows: dict[int, list[Cell]] = defaultdict(list)
    for cell in kept:
        rows[cell.row].append(cell)
    lines = []
    for row in sorted(rows):
        cells = (_cell(c, document, finding, states.get(id(c), ""), held) for c in rows[row])
        lines.append(f"<tr>{''.join(cells)}</tr>")
    block = document.blocks[table.block]
    shown = Markup(f'<div class="scroll"><table class="excerpt">{"".join(lines)}</table></div>')  # noqa: S704 - escaped
    return shown, Span(document=document.path, start=block.start, end=block.end)


def _table_at(document: Document, at: Span) -> Table | None:
    for table in document.tables:
        block = document.blocks[table.block]
        if block.start <= at.start < max(block.end, block.start + 1):
            return table
    return None


def _kept(table: Table, held: set[int]) -> list[Cell]:
    rows = {c.row for c in table.cells if c.header} | {c.row for c in table.cells if id(c) in held}
    columns = {0} | {c.column for c in table.cells if id(c) in held}
    all_rows = len({c.row for c in table.cells}) <= _ROWS
    all_columns = len({c.column for c in table.cells}) <= _COLUMNS
    return [c for c in table.cells if (all_rows or c.row in rows) and (all_columns or c.column in columns)]


def _states(ledger: Ledger, body: Body, document: Document, cells: list[Cell]) -> dict[int, str]:
    """Return the class of each cell: x when a figure of it is contradicted, v when its figures are verified."""
    found: dict[int, str] = {}
    facts = body.shown.get(document.path, [])
    for cell in cells:
        for index in range(bisect_left(facts, cell.start, key=lambda fact: fact.start), len(facts)):
            if facts[index].end > cell.end:
                break
            state = ledger.states[document.path, facts[index].id][0]
            if state is State.CONTRADICTED:
                found[id(cell)] = "x"
            elif state is State.VERIFIED:
                found.setdefault(id(cell), "v")
    return found


def _cell(cell: Cell, document: Document, finding: Finding, state: str, held: set[int]) -> str:
    tag = "th" if cell.header else "td"
    named = "suspect" if cell.start <= finding.at.start < max(cell.end, cell.start + 1) else ""
    classes = " ".join(c for c in (state, "operand" if id(cell) in held else "", named) if c)
    text = document.text[cell.start : cell.end]
    shown = text if len(text) <= _CELL else text[:_CELL] + "…"
    spans = "".join(
        f' {name}="{number}"'
        for name, number in (("rowspan", cell.row_span), ("colspan", cell.column_span))
        if number > 1
    )
    return f'<{tag}{spans} class="{classes}">{escape(printable(shown))}</{tag}>'
