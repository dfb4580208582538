"""Blocks of a document written as lines, so that a test reads like the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance import faults

from audit.model import BlockKind, Document, Table
from audit.read import Limits, read

if TYPE_CHECKING:
    from pathlib import Path

_SHORT = {BlockKind.HEADING: "#", BlockKind.PARAGRAPH: "p", BlockKind.ITEM: "i", BlockKind.NOTE: "n"}


def document(folder: Path, name: str, source: str, limits: Limits | None = None) -> Document:
    """Return a source read from a file; it must conform, line and column included."""
    path = folder / name
    path.write_text(source, encoding="utf-8")
    found = read(path, limits)
    assert faults(found, source) == []
    return found


def outline(found: Document) -> list[str]:
    """Return each block but cells as "kind level label | text"; tables as their rows."""
    lines: list[str] = []
    tables = {t.block: t for t in found.tables}
    for index, block in enumerate(found.blocks):
        if index in tables:
            lines.extend(rows(found, tables[index]))
        elif block.kind is not BlockKind.CELL:
            level = str(block.level or "")
            mark = block.mark if block.kind is BlockKind.NOTE else block.label or block.mark  # a label holds its mark
            head = " ".join(x for x in (_SHORT.get(block.kind, block.kind.value) + level, mark) if x)
            lines.append(f"{head} | {found.text[block.start : block.end]}")
    return lines


def rows(found: Document, table: Table) -> list[str]:
    """Return the rows of a table: header cells with "^", spans as "<columns>x<rows>"."""
    lines: list[str] = []
    for row in range(table.rows):
        cells = [c for c in table.cells if c.row == row]
        texts = []
        for cell in cells:
            span = f" {cell.column_span}x{cell.row_span}" if cell.column_span * cell.row_span > 1 else ""
            texts.append(("^" if cell.header else "") + found.text[cell.start : cell.end] + span)
        lines.append("t " + " | ".join(texts))
    return lines


def notes(found: Document) -> list[str]:
    """Return each note as "text before its call [mark] text of the note"."""
    lines: list[str] = []
    for note in found.notes:
        block = found.blocks[note.block]
        before = "" if note.call is None else found.text[: note.call].rsplit("\n", 1)[-1].rstrip()[-20:]
        lines.append(f"{before} [{note.mark}] {found.text[block.start : block.end]}")
    return lines
