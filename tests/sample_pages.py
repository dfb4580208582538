"""The sample report as Markdown and as HTML, the way an author or a converter would write it.

`python tests/sample_pages.py OUT.md` (or `.html`) writes it.
"""

from __future__ import annotations

import re
import sys
from html import escape
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

from audit.model import BlockKind
from audit.read import read

if TYPE_CHECKING:
    from audit.model import Block, Document, Table

SAMPLE = Path(__file__).resolve().parents[1] / "reports" / "cmw-c-mex-qpr-4" / "input.txt"
_SPECIAL = re.compile(r"([\\`*_\[\]<>])")


def sample() -> Document:
    """Return the sample as the text reader sees it."""
    return read(SAMPLE)


def _pieces(document: Document, block: Block) -> list[tuple[str, str]]:
    """Return the text of a block as (text, mark of the note called behind it)."""
    calls = sorted(
        (n.call, n.mark) for n in document.notes if n.call is not None and block.start <= n.call <= block.end
    )
    pieces: list[tuple[str, str]] = []
    position = block.start
    for call, mark in calls:
        pieces.append((document.text[position:call], mark))
        position = call
    return [*pieces, (document.text[position : block.end], "")]


def _rows(document: Document, table: Table) -> list[list[str]]:
    return [[document.text[c.start : c.end] for c in table.cells if c.row == row] for row in range(table.rows)]


def markdown(document: Document) -> str:
    """Return a document as Markdown: counted lists, items as indented paragraphs, a pipe table, footnotes."""
    tables = {t.block: t for t in document.tables}
    lines: list[str] = []
    indent = ""
    for index, block in enumerate(document.blocks):
        text = "".join(
            _SPECIAL.sub(r"\\\1", t) + (f"[^{mark}]" if mark else "") for t, mark in _pieces(document, block)
        )
        if index in tables:
            rows = _rows(document, tables[index])
            rows.insert(1, ["---"] * len(rows[0]))
            lines.extend(indent + "| " + " | ".join(row) + " |" for row in rows)
            lines.append("")
        elif block.kind is BlockKind.HEADING:
            indent = ""
            lines.extend(("#" * block.level + " " + text, ""))
        elif block.kind is BlockKind.PARAGRAPH:
            mark = f"{block.mark}  " if block.mark else ""
            indent = " " * len(mark)
            lines.extend((mark + text, ""))
        elif block.kind is BlockKind.ITEM:
            lines.extend((indent + (f"{block.mark} " if block.mark else "- ") + text, ""))
    for note in document.notes:
        block = document.blocks[note.block]
        lines.extend((f"[^{note.mark}]: " + _SPECIAL.sub(r"\\\1", document.text[block.start : block.end]), ""))
    return "\n".join(lines)


def html(document: Document, *, lists: bool = False) -> str:
    """Return a document as HTML; `lists` leaves the marks of paragraphs and items to the browser."""
    tables = {t.block: t for t in document.tables}
    out = ["<!DOCTYPE html>", '<html lang="en"><head><meta charset="utf-8"><title>Browser tab</title>']
    out.append("<style>p { margin: 12px }</style></head><body><nav><a href='/'>Home 12</a></nav><main>")
    for index, block in enumerate(document.blocks):
        text = "".join(
            escape(t, quote=False) + (f'<sup><a href="#fn{mark}" id="ref{mark}">{mark}</a></sup>' if mark else "")
            for t, mark in _pieces(document, block)
        )
        if index in tables:
            rows = _rows(document, tables[index])
            out.append("<table>" + "".join(f"<tr><td>{'<td>'.join(row)}" for row in rows) + "</table>")
        elif block.kind is BlockKind.HEADING:
            out.append(f"<h{block.level}>{text}</h{block.level}>")
        elif block.kind is BlockKind.PARAGRAPH:
            out.append(_counted(block, text) if lists and block.mark else f"<p>{block.mark} {text}</p>")
        elif block.kind is BlockKind.ITEM:
            out.append(_counted(block, text) if lists or not block.mark else f"<p>{block.mark}&#160;&#160;{text}</p>")
    out.append("</main><section><ol>")
    for note in document.notes:
        block = document.blocks[note.block]
        text = escape(document.text[block.start : block.end], quote=False)
        out.append(f'<li id="fn{note.mark}" value="{note.mark}"><p>{text} <a href="#ref{note.mark}">↩</a></p></li>')
    out.append("</ol></section><footer>Page 3 of 40</footer></body></html>")
    return "\n".join(out)


def wrapped(document: Document, width: int = 78, *, blank: bool = True) -> str:
    """Return a document as text broken at a width, items indented, with or without blank lines between paragraphs."""
    lines: list[str] = []
    for block in document.blocks:
        if block.kind not in (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM):
            continue
        text = document.text[block.start : block.end].strip()
        indent = " " * 4 * block.level if block.kind is BlockKind.ITEM else ""
        mark = f"{block.mark or '-'} " if block.kind is BlockKind.ITEM else f"{block.mark}  " if block.mark else ""
        first, rest = indent + mark, indent + " " * len(mark) if block.kind is BlockKind.ITEM else ""
        lines.extend(wrap(text, width, initial_indent=first, subsequent_indent=rest, break_long_words=False))
        if blank or block.kind is BlockKind.HEADING:
            lines.append("")
    return "\n".join(lines)


def _counted(block: Block, text: str) -> str:
    """Return a list of one item whose mark the browser prints."""
    if not block.mark:
        return f"<ul><li>{text}</ul>"
    if not block.mark.startswith("("):
        return f'<ol start="{block.mark.rstrip(".")}"><li><p>{text}</p></li></ol>'
    bare = block.mark.strip("()")
    if bare.isdigit():
        return f"<p>{block.mark} {text}</p>"
    if block.level > 1:
        number = ("i", "ii", "iii", "iv", "v").index(bare) + 1
        return f'<ol style="list-style-type: lower-roman"><li value="{number}">{text}</ol>'
    return f'<ol type="a" start="{ord(bare) - 96}"><li>{text}</ol>'


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.write_text(markdown(sample()) if target.suffix == ".md" else html(sample()), encoding="utf-8")
