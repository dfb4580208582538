"""The table a finding stands in as HTML: checked cells ticked, the broken sum and the suspect marked by the style."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from audit.report.escape import printable
from audit.report.excerpt import excerpt

if TYPE_CHECKING:
    from audit.findings import Finding
    from audit.report.excerpt import Excerpt, Shown
    from audit.report.html.body import Body
    from audit.report.ledger import Ledger

_ROWS, _COLUMNS = 30, 16  # of a table that is shown whole
_CELL = 200  # characters
_MOST = 20_000  # cells in all excerpts of a page: thousands of findings must not make it too heavy for a browser


def table_of(ledger: Ledger, body: Body, finding: Finding) -> tuple[str, Excerpt | None]:
    """Return the table around a finding as escaped HTML, and what it shows; nothing when there is none."""
    from markupsafe import Markup  # noqa: PLC0415 (only for this format)

    found = excerpt(ledger, finding, _ROWS, _COLUMNS) if body.excerpted <= _MOST else None
    if found is None:
        return "", None
    body.excerpted += sum(len(row) for row in found.rows)
    rows = "".join(f"<tr>{''.join(_cell(shown) for shown in row)}</tr>" for row in found.rows)
    return Markup(f'<div class="scroll"><table class="excerpt">{rows}</table></div>'), found  # noqa: S704 - escaped


def _cell(shown: Shown) -> str:
    cell = shown.cell
    tag = "th" if cell.header else "td"
    marks = (shown.state, "operand" if shown.is_operand else "", "suspect" if shown.is_suspect else "")
    text = shown.text if len(shown.text) <= _CELL else shown.text[:_CELL] + "…"
    spans = "".join(
        f' {name}="{number}"'
        for name, number in (("rowspan", cell.row_span), ("colspan", cell.column_span))
        if number > 1
    )
    return f'<{tag}{spans} class="{" ".join(m for m in marks if m)}">{escape(printable(text))}</{tag}>'
