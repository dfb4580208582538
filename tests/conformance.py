"""What every document must satisfy, whichever reader made it; `faults` says in words what does not hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audit.cells import Cells
from audit.model import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.model import Document, Table

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]")
_SEPARATORS = "\n\t "


def faults(document: Document, source: str | None = None) -> list[str]:
    """Return what is wrong with a document; `source` is its file as text, to compare every line and column with."""
    found = [*_text(document), *_blocks(document), *_notes(document), *_anchors(document)]
    for number, table in enumerate(document.tables):
        found.extend(_table(document, number, table))
    if not found:
        found.extend(_places(document))
    if source is not None:
        found.extend(_source(document, source.split("\n")))
    return found


def _text(document: Document) -> Iterator[str]:
    control = _CONTROL.search(document.text)
    if control:
        yield f"control character {control.group()!r} at {control.start()}"
    if not re.fullmatch(r"[0-9a-f]{64}", document.digest):
        yield "digest is not a SHA-256"
    if not document.path or not document.format:
        yield "path or format is empty"
    covered = 0
    for index, block in enumerate(document.blocks):
        if document.text[covered : block.start].strip(_SEPARATORS):
            yield f"text before block {index} belongs to no block"
        covered = max(covered, block.end)
    if document.text[covered:].strip(_SEPARATORS):
        yield "text behind the last block belongs to no block"
    for gap in document.gaps:
        if gap.stage != "read" or not gap.reason:
            yield f"gap without a reason or of another stage: {gap}"


def _blocks(document: Document) -> Iterator[str]:
    last_end, last_start, length = 0, 0, len(document.text)
    for index, block in enumerate(document.blocks):
        if not 0 <= block.start <= block.end <= length:
            yield f"block {index} lies outside the text"
        if block.start < last_start:
            yield f"block {index} begins before the block before it"
        if block.kind is not BlockKind.CELL and block.start < last_end:
            yield f"block {index} overlaps the block before it"
        if block.parent is not None and not 0 <= block.parent < index:
            yield f"block {index} has a parent that does not stand before it"
        elif block.kind is BlockKind.CELL:
            yield from _cell_block(document, index)
        if block.mark and document.text.startswith(f"{block.mark} ", block.start) and block.end > block.start:
            yield f"block {index} has its mark in the text"
        if block.kind in (BlockKind.HEADING, BlockKind.ITEM) and block.level < 1:
            yield f"block {index} is a {block.kind} without a level"
        last_start, last_end = block.start, max(last_end, block.end)


def _cell_block(document: Document, index: int) -> Iterator[str]:
    block = document.blocks[index]
    table = None if block.parent is None else document.blocks[block.parent]
    if table is None or table.kind is not BlockKind.TABLE:
        yield f"cell block {index} is in no table"
    elif not table.start <= block.start <= block.end <= table.end:
        yield f"cell block {index} lies outside its table"


def _table(document: Document, number: int, table: Table) -> Iterator[str]:
    if not 0 <= table.block < len(document.blocks) or document.blocks[table.block].kind is not BlockKind.TABLE:
        yield f"table {number} has no table block"
        return
    block = document.blocks[table.block]
    taken: set[tuple[int, int]] = set()
    last = (-1, -1)
    for cell in table.cells:
        if not block.start <= cell.start <= cell.end <= block.end:
            yield f"table {number}: cell {cell.row},{cell.column} lies outside the table"
        if cell.row + cell.row_span > table.rows or cell.column + cell.column_span > table.columns:
            yield f"table {number}: cell {cell.row},{cell.column} lies outside the grid"
        if cell.row_span < 1 or cell.column_span < 1 or (cell.row, cell.column) <= last:
            yield f"table {number}: cell {cell.row},{cell.column} is out of order"
        if (cell.row, cell.column) in taken:
            yield f"table {number}: cell {cell.row},{cell.column} is covered by another"
        for row in range(cell.row, cell.row + min(cell.row_span, 50)):
            taken.update((row, column) for column in range(cell.column, cell.column + min(cell.column_span, 50)))
        last = (cell.row, cell.column)
    starts = {b.start for b in document.blocks[table.block :] if b.parent == table.block}
    # of the cells of a large table only those with words are blocks
    bare = table.cells.numbers | {""} if isinstance(table.cells, Cells) else set()
    if any(c.start not in starts for c in table.cells if document.text[c.start : c.end] not in bare):
        yield f"table {number}: a cell has no block"


def _notes(document: Document) -> Iterator[str]:
    for number, note in enumerate(document.notes):
        if not 0 <= note.block < len(document.blocks) or document.blocks[note.block].kind is not BlockKind.NOTE:
            yield f"note {number} has no note block"
        if note.call is not None and not 0 <= note.call <= len(document.text):
            yield f"note {number} is called outside the text"
        if not note.mark:
            yield f"note {number} has no mark"


def _anchors(document: Document) -> Iterator[str]:
    last = 0
    for number, anchor in enumerate(document.anchors):
        if not last <= anchor.start <= len(document.text):
            yield f"anchor {number} is out of order"
        last = anchor.start


def _places(document: Document) -> Iterator[str]:
    for index, block in enumerate(document.blocks):
        if block.start == block.end or block.kind is BlockKind.TABLE:
            continue
        place = document.place(block.start, block.end)
        if place.block != index:
            yield f"block {index} is found as block {place.block}"
        if block.label and place.paragraph != block.label:
            yield f"block {index} is cited as {place.paragraph!r}, not {block.label!r}"
        if place.block is not None and document.block_at(block.end - 1) != index:
            yield f"the end of block {index} lies in another block"


def _source(document: Document, lines: list[str]) -> Iterator[str]:
    for number, anchor in enumerate(document.anchors):
        if not anchor.line or not anchor.column or anchor.start >= len(document.text):
            continue
        printed = document.text[anchor.start]
        if not 1 <= anchor.line <= len(lines):
            yield f"anchor {number} names line {anchor.line} of {len(lines)}"
            continue
        written = lines[anchor.line - 1][anchor.column - 1 : anchor.column]
        if printed not in "\n\t " and written != printed and written not in ("&", "\\", "<"):
            yield f"anchor {number} names {anchor.line}:{anchor.column} for {printed!r}, where {written!r} is written"
