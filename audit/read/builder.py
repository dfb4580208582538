"""Accumulates text, blocks, tables, notes and anchors in reading order and turns them into a `Document`.

Every reader writes through this, so that spans always lie inside the text and blocks stay in order. A block is
written with `begin`, `write` (as often as needed) and `end`; a line break separates blocks, a tab the cells of
a table row. Labels of paragraphs and items ("112 (f)") are derived from their marks and parents.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from audit.cells import Anchors, Cells, Source
from audit.model import Anchor, Block, BlockKind, Cell, Document, Gap, Note, Rest, Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Builder:
    """A document under construction."""

    def __init__(self, path: str, format_: str, digest: str) -> None:
        self.path, self.format, self.digest = path, format_, digest
        self._parts: list[str] = []
        self._blocks: list[Block] = []
        self._tables: list[Table] = []
        self._notes: list[Note] = []
        self._anchors: list[Anchor | Cells] = []
        self._gaps: list[Gap] = []
        self._cells: list[Cell] = []
        self._open_table: int | None = None
        self.offset = 0

    def begin(
        self, kind: BlockKind, *, mark: str = "", level: int = 0, parent: int | None = None, label: str = ""
    ) -> int:
        """Open a block at the current offset and return its index; its text follows through `write`."""
        block = Block(kind=kind, start=self.offset, end=self.offset, mark=mark, label=label, level=level, parent=parent)
        self._blocks.append(block)
        return len(self._blocks) - 1

    def anchor(self, line: int, column: int) -> Anchor:
        """Return the anchor of the text that is written next; a reader may number its places as it likes."""
        return Anchor(start=self.offset, line=line, column=column)

    def write(self, text: str, anchor: Anchor | None = None) -> None:
        """Append text to the open block; `anchor` says where its first character stands in the source."""
        if anchor is not None:
            self._anchors.append(anchor if anchor.start == self.offset else replace(anchor, start=self.offset))
        self._parts.append(text)
        self.offset += len(text)

    def end(self, index: int, separator: str = "\n") -> None:
        """Close a block at the current offset and write the separator that follows it."""
        block = self._blocks[index]
        self._blocks[index] = _with(block, self.offset, block.label)
        self._parts.append(separator)
        self.offset += len(separator)

    def block(
        self, kind: BlockKind, text: str, anchor: Anchor | None = None, *, mark: str = "", parent: int | None = None
    ) -> int:
        """Write a whole block at once and return its index."""
        index = self.begin(kind, mark=mark, parent=parent)
        self.write(text, anchor)
        self.end(index)
        return index

    def note(self, mark: str, block: int, call: int | None = None) -> None:
        """Record that a block is the text of the note with this mark, called at an offset of the text."""
        self._notes.append(Note(mark=mark, block=block, call=call))

    def gap(self, reason: str, stage: str = "read") -> None:
        """Record that something at this point of the source could not be read; "table" if that is all it holds."""
        self._gaps.append(Gap(stage=stage, reason=reason, source=self.path))

    def begin_table(self, parent: int | None = None) -> int:
        """Open a table block; cells follow through `cell`."""
        self._open_table = self.begin(BlockKind.TABLE, parent=parent)
        self._cells = []
        return self._open_table

    def cell(self, text: str, cell: Cell, anchor: Anchor | None = None, *, last: bool = False) -> None:
        """Write one cell (its start and end are set here); `last` ends the row."""
        text = _one_line(text)
        start, end = self.offset, self.offset + len(text)
        # Built outright: a table has as many cells as the rest of a document has characters.
        self._blocks.append(Block(kind=BlockKind.CELL, start=start, end=end, parent=self._open_table))
        self._cells.append(
            Cell(
                row=cell.row,
                column=cell.column,
                start=start,
                end=end,
                row_span=cell.row_span,
                column_span=cell.column_span,
                header=cell.header,
                name=cell.name,
                stored=cell.stored,
            )
        )
        if anchor is not None:
            self._anchors.append(anchor if anchor.start == start else replace(anchor, start=start))
        self._parts.append(text)
        self._parts.append("\n" if last else "\t")
        self.offset = end + 1

    def plain_table(
        self, rows: Sequence[Sequence[str]], source: Source, *, caption: str = "", rest: Rest | None = None
    ) -> None:
        """Write a large table of one width; of its cells only those with words become blocks."""
        block = self.begin(BlockKind.TABLE)
        plain = list(map(_plain_row, rows))
        cells = Cells(plain, self.offset, source)
        self._parts += ["\t".join(row) + "\n" for row in plain]
        for index in cells.worded:
            start, text = cells.starts[index], cells.texts[index]
            self._blocks.append(Block(kind=BlockKind.CELL, start=start, end=start + len(text), parent=block))
        self._anchors.append(cells)
        self.offset = cells.end + 1
        self._blocks[block] = replace(self._blocks[block], end=cells.end)
        self._tables.append(
            Table(
                block=block,
                cells=cells,
                rows=len(rows),
                columns=cells.width,
                caption=caption,
                sheet=source.sheet,
                rest=rest,
            )
        )

    def end_table(self, *, caption: str = "", label: str = "", sheet: str = "") -> Table:
        """Close the table and return it."""
        index = self._open_table
        if index is None:
            msg = "end_table without begin_table"
            raise RuntimeError(msg)
        self._blocks[index] = replace(self._blocks[index], end=max(self._blocks[index].start, self.offset - 1))
        table = Table(
            block=index,
            cells=tuple(self._cells),
            rows=max((c.row + c.row_span for c in self._cells), default=0),
            columns=max((c.column + c.column_span for c in self._cells), default=0),
            caption=caption,
            label=label,
            sheet=sheet,
        )
        self._tables.append(table)
        self._open_table = None
        return table

    def finish(self, *, description: Mapping[str, Any] | None = None) -> Document:
        """Return the document; `description` may hold language, title, symbol, date and their origins."""
        return Document(
            path=self.path,
            format=self.format,
            text="".join(self._parts),
            blocks=labelled(self._blocks),
            digest=self.digest,
            tables=tuple(self._tables),
            notes=tuple(self._notes),
            anchors=_joined(self._anchors),
            gaps=tuple(self._gaps),
            **(description or {}),
        )


def _one_line(text: str) -> str:
    return text.replace("\n", " ").replace("\t", " ") if "\n" in text or "\t" in text else text


def _plain_row(row: Sequence[str]) -> Sequence[str]:
    text = "\t".join(row)
    return row if "\n" not in text and text.count("\t") == len(row) - 1 else [_one_line(field) for field in row]


def _joined(anchors: list[Anchor | Cells]) -> Sequence[Anchor]:
    plain = tuple(a for a in anchors if isinstance(a, Anchor))
    return plain if len(plain) == len(anchors) else Anchors(anchors)


def _with(block: Block, end: int, label: str) -> Block:
    """Return a block with its end and label: each is built twice more, and `replace` takes five times as long."""
    return Block(
        kind=block.kind,
        start=block.start,
        end=end,
        mark=block.mark,
        label=label,
        level=block.level,
        parent=block.parent,
    )


def labelled(blocks: list[Block]) -> tuple[Block, ...]:
    """Return the blocks with the label a reader would cite: "12", "112 (f)", "91 (a) (ii)"."""
    done: list[Block] = []
    for block in blocks:
        label = block.label
        counted = any(c.isalnum() for c in block.mark)  # a bullet is a mark, but nobody cites it
        if not label and counted and block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM):
            own = block.mark if block.mark.startswith("(") else block.mark.rstrip(".)")
            above = _label_above(done, block.parent)
            numbered = own[:1].isdecimal() and not block.mark.startswith("(")
            label = own if numbered and (not above or "." in own) else f"{above} {own}".strip()
        done.append(_with(block, block.end, label) if label != block.label else block)
    return tuple(done)


def _label_above(done: list[Block], parent: int | None) -> str:
    while parent is not None:
        if done[parent].label:
            return done[parent].label
        parent = done[parent].parent
    return ""
