"""The whole text of a document as HTML: its blocks and tables, every figure marked by how it ended."""

from __future__ import annotations

from collections import defaultdict
from html import escape
from typing import TYPE_CHECKING

from audit.findings import State
from audit.model import BlockKind
from audit.report.escape import printable

if TYPE_CHECKING:
    from audit.facts import Fact
    from audit.model import Block, Cell, Document, Span, Table
    from audit.report.ledger import Ledger

_CLASSES = {State.VERIFIED: "v", State.CONTRADICTED: "x", State.UNCHECKED: "u", State.IGNORED: "i"}
_DEEPEST = 6
_LONGEST = 5_000_000  # characters: beyond this a browser is no place for the whole text


class Body:
    """Turns documents into HTML and places into links."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.excerpted = 0  # cells of tables that findings have shown so far
        self.claims: dict[tuple[str, str], list[str]] = defaultdict(list)
        for outcome in ledger.run.outcomes:
            for operand in outcome.claim.operands:
                if operand.fact is not None:
                    self.claims[operand.document, operand.fact.id].append(ledger.claim_id(outcome))
        self.shown = {
            path: [
                fact for fact in sorted(bundle.facts, key=lambda fact: (fact.start, -fact.end)) if fact.end > fact.start
            ]
            for path, bundle in ledger.facts.items()
        }
        self.by_span = {
            (path, fact.start, fact.end): ledger.figure_id(path, fact.id)
            for path, facts in self.shown.items()
            for fact in facts
        }
        self.whole = sum(len(document.text) for document in ledger.run.documents) <= _LONGEST

    def link(self, span: Span) -> str:
        """Return the fragment of a place: its figure's, or its block's."""
        figure = self.by_span.get((span.document, span.start, span.end))
        if figure is not None:
            return f"#{figure}"
        index = self.ledger.documents[span.document].block_at(span.start)
        return f"#{self.ledger.sources[span.document]}.b{index or 0}"

    def document(self, document: Document) -> str:
        """Return the marked text of one document as HTML, or a note when it is too long for a page."""
        from markupsafe import Markup  # noqa: PLC0415 (only for this format)

        if not self.whole:
            return Markup("<p>The text is too long for this page; see the document itself.</p>")
        return Markup("\n".join(_Text(self, document).parts()))  # noqa: S704 - every text in it was escaped


class _Text:
    def __init__(self, body: Body, document: Document) -> None:
        self.body, self.document = body, document
        self.source = body.ledger.sources[document.path]
        self.facts = body.shown.get(document.path, [])
        self.next = 0
        self.tables = {table.block: table for table in document.tables}

    def parts(self) -> list[str]:
        """Return the blocks in order; the cells of a table stand in their table."""
        out: list[str] = []
        skip_to = -1
        for index, block in enumerate(self.document.blocks):
            if block.start < skip_to and block.kind is BlockKind.CELL:
                continue
            table = self.tables.get(index)
            if table is not None:
                out.append(self.table(index, table))
                skip_to = block.end + 1
            elif block.kind is not BlockKind.TABLE:
                out.append(self.block(index, block))
        return out

    def block(self, index: int, block: Block) -> str:
        text = self.marked(block.start, block.end)
        mark = f'<span class="m">{_safe(block.mark)}</span> ' if block.mark else ""
        attributes = f'id="{self.source}.b{index}"'
        if block.kind is BlockKind.HEADING:
            level = min(max(block.level, 1) + 2, _DEEPEST)
            return f"<h{level} {attributes}>{mark}{text}</h{level}>"
        if block.kind is BlockKind.CODE:
            return f"<pre {attributes}>{text}</pre>"
        if block.kind is BlockKind.QUOTE:
            return f"<blockquote {attributes}>{mark}{text}</blockquote>"
        depth = min(max(block.level, 1), _DEEPEST) if block.kind is BlockKind.ITEM else 0
        return f'<p class="{block.kind.value} d{depth}" {attributes}>{mark}{text}</p>'

    def table(self, index: int, table: Table) -> str:
        rows: dict[int, list[Cell]] = defaultdict(list)
        for cell in table.cells:
            rows[cell.row].append(cell)
        lines = [f'<div class="scroll"><table id="{self.source}.b{index}">']
        if table.caption:
            lines.append(f"<caption>{_safe(table.caption)}</caption>")
        lines += [f"<tr>{''.join(self.cell(cell) for cell in rows[row])}</tr>" for row in sorted(rows)]
        return "".join([*lines, "</table></div>"])

    def cell(self, cell: Cell) -> str:
        spans = "".join(
            f' {name}="{number}"'
            for name, number in (("rowspan", cell.row_span), ("colspan", cell.column_span))
            if number > 1
        )
        tag = "th" if cell.header else "td"
        return f"<{tag}{spans}>{self.marked(cell.start, cell.end)}</{tag}>"

    def marked(self, start: int, end: int) -> str:
        """Return a stretch of text with its figures marked; stretches come in the order of the text."""
        while self.next and self.facts[self.next - 1].start >= start:
            self.next -= 1
        while self.next < len(self.facts) and self.facts[self.next].start < start:
            self.next += 1
        out: list[str] = []
        at = start
        while self.next < len(self.facts) and self.facts[self.next].start < end:
            fact = self.facts[self.next]
            self.next += 1
            if fact.start < at or fact.end > end:
                continue
            out.append(_safe(self.document.text[at : fact.start]))
            out.append(self.figure(fact))
            at = fact.end
        out.append(_safe(self.document.text[at:end]))
        return "".join(out)

    def figure(self, fact: Fact) -> str:
        state, reason = self.body.ledger.states[self.document.path, fact.id]
        claims = self.body.claims.get((self.document.path, fact.id))
        data = f' data-c="{" ".join(claims)}"' if claims else ""
        title = f"{state.value}: {reason}" if state is not State.VERIFIED else reason
        text = _safe(self.document.text[fact.start : fact.end])
        return f'<b id="{self.source}.{fact.id}" class="{_CLASSES[state]}" title="{_safe(title)}"{data}>{text}</b>'


def _safe(text: str) -> str:
    return escape(printable(text))
