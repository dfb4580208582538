"""From the units a reader found (prose, headings, tables, notes) to the blocks of a document.

Text, Markdown and HTML share everything that is not syntax: which text is a numbered paragraph, which an item and
of which list, which short line is a heading, and where the notes stand.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audit.model import Anchor, BlockKind, Cell
from audit.read.bracket_notes import below_tables, take_out
from audit.read.furniture import joined_marks, without_pages
from audit.read.marks import Mark, mark_of
from audit.read.note_marks import printed
from audit.read.outline import Around, Outline, Slot
from audit.read.prose import ENDS, Prose, ends_in
from audit.read.units import (
    CAPTION,
    UNFIT,
    UNIT_LINE,
    GridCell,
    Unit,
    UnitKind,
    caption_tables,
    head_of,
    is_caption,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from audit.read.builder import Builder

__all__ = ["GridCell", "Unit", "UnitKind", "head_of", "is_caption", "lay"]

_HEADING_LENGTH = 130
_ITEM_LENGTH = 300
_LONG_PROSE = 160
_LOOKAHEAD = 40
_NUMBERED_RUN = 8
_NUMBERED_LENGTH = 90
_OPENS_TITLE = re.compile(r"[\"“‘«(\[¿¡]*[A-ZÀ-ÖØ-Þ0-9]")


def lay(builder: Builder, units: Sequence[Unit], notes: Mapping[str, Sequence[Prose]]) -> None:
    """Write units and notes as blocks; each note stands behind the block that calls it first."""
    tidy, texts = below_tables(joined_marks(without_pages(units)), notes)
    tidy, texts = take_out(tidy, texts)
    caption_tables(tidy)
    _Layer(builder, tidy, texts).run()


class _Layer:
    """The state of laying out one document."""

    def __init__(self, builder: Builder, units: Sequence[Unit], notes: Mapping[str, Sequence[Prose]]) -> None:
        self.builder, self.units, self.notes = builder, units, notes
        self.marks = [u.mark or (mark_of(u.prose.text) if u.kind is UnitKind.PROSE else None) for u in units]
        self.outline = Outline(numbered=_counts_paragraphs(units, self.marks))
        self.written: dict[str, int] = {}
        self.missing: list[str] = []
        self.introduced = False
        self.run_end, self.run_parent, self.run_level = -1, -1, 1
        self.headings, self.level, self.letter, self.lettered = 0, 0, 0, False

    def run(self) -> None:
        """Write every unit, then the notes that nothing calls."""
        for index, unit in enumerate(self.units):
            if unit.kind is UnitKind.TABLE:
                self._table(index)
            elif unit.kind is UnitKind.HEADING:
                self._heading(unit, unit.level, unit.mark)
            elif unit.kind is UnitKind.PROSE:
                self._prose(index)
            else:
                self._block(BlockKind(unit.kind.value), unit.prose, parent=self.outline.plain(unit.indent))
        for mark in self.notes:
            if mark not in self.written:
                self._note(mark, None, None)
        if self.missing:
            marks = ", ".join(dict.fromkeys(self.missing))
            self.builder.gap(f"notes that are called but have no text in the file: {marks[:UNIT_LINE]}")

    def _prose(self, index: int) -> None:
        unit, mark = self.units[index], self.marks[index]
        if index <= self.run_end:
            self._block(BlockKind.ITEM, unit.prose, level=self.run_level, parent=self.run_parent)
            return
        if mark is not None and not unit.listed and mark.is_weak and not self._is_sure(index, mark):
            mark = None
        if self._is_heading(index, mark):
            self._heading(unit, 0, mark)
            return
        level = 0
        text = unit.prose if mark is None or unit.mark is not None else unit.prose.cut(mark.width)
        if mark is None:
            block = self._block(BlockKind.PARAGRAPH, text, parent=self.outline.plain(unit.indent))
            self.outline.opened(block)
        else:
            around = Around(
                following=self._following(index, mark),
                indent=unit.indent,
                introduced=self.introduced,
                listed=unit.listed,
            )
            slot = self.outline.place(mark, around)
            block = self._block(
                slot.kind, text, level=slot.level, parent=slot.parent, mark=self._printed(mark, slot, unit)
            )
            self.outline.opened(block, slot)
            level = slot.level
        self.introduced = text.text.rstrip().endswith(":")
        if self.introduced:
            self.run_end, self.run_parent, self.run_level = self._run_after(index), block, level + 1

    def _printed(self, mark: Mark, slot: Slot, unit: Unit) -> str:
        """Return a mark as the page shows it: a counted list below a numbered paragraph is cited "12 (1)"."""
        below = slot.kind is BlockKind.ITEM and unit.listed and self.outline.numbered
        return f"({mark.number})" if below and mark.number else mark.text

    def _is_sure(self, index: int, mark: Mark) -> bool:
        """Return whether a weak mark continues a sequence, opens one that goes on, or stands before a heading."""
        if not self.outline.expects(mark):
            return False
        if not any(ordinal == 1 for _, ordinal in mark.readings):
            return True
        return any(_follows(mark, other) for other in self._near(index)) or self._is_heading(index, mark)

    def _following(self, index: int, mark: Mark) -> Mark | None:
        """Return the next mark of the same form within reach."""
        return next((other for other in self._near(index) if other.form == mark.form), None)

    def _near(self, index: int) -> Iterator[Mark]:
        return (mark for mark in self.marks[index + 1 : index + _LOOKAHEAD] if mark is not None)

    def _run_after(self, index: int) -> int:
        """Return the index of the last of the unmarked lines that a colon introduces, or -1."""
        last, units = index, self.units
        while last + 1 < len(units):
            unit = units[last + 1]
            if unit.kind is not UnitKind.PROSE or self.marks[last + 1] is not None:
                break
            if unit.apart and (unit.plain or not units[index + 1].apart):
                break
            if len(unit.prose.text) > _ITEM_LENGTH or unit.indent != units[index + 1].indent:
                break
            last += 1
            if ends_in(unit.prose.text, ENDS):
                break
        return last if last - index >= 2 else -1

    def _is_heading(self, index: int, mark: Mark | None) -> bool:
        unit = self.units[index]
        text = unit.prose.text if mark is None else unit.prose.text[mark.width :]
        after = self.units[index + 1] if index + 1 < len(self.units) else None
        if after is None or len(text) > _HEADING_LENGTH or ends_in(text, UNFIT) or not _OPENS_TITLE.match(text):
            return False
        if sum(c.isalpha() for c in text) <= sum(c.isdecimal() for c in text) or unit.listed:
            return False
        following = self.marks[index + 1]
        if mark is not None:
            if mark.form in ("()", "bullet") or self.introduced or mark.text.islower() or self.outline.continues(mark):
                return False
            return (unit.plain or unit.bold) and (following is None or not _follows(mark, following))
        if after.kind is UnitKind.TABLE:
            return False
        if unit.plain:
            return unit.apart or text.isupper() or following is not None
        # Where the syntax has headings, a short line is one only when it is bold or stands above a long paragraph;
        # right below a table it names its source.
        below_table = index > 0 and self.units[index - 1].kind is UnitKind.TABLE
        return unit.bold or (
            not below_table and len(text) <= UNIT_LINE and following is None and len(after.prose.text) >= _LONG_PROSE
        )

    def _heading(self, unit: Unit, level: int, mark: Mark | None) -> None:
        prose = unit.prose if mark is None or unit.mark is not None else unit.prose.cut(mark.width)
        if not level:
            level = self._level_of(mark) if mark is not None else 1 if self.headings == 0 else max(2, self.level)
        self.level = max(level, self.level) if unit.level else self.level
        self.outline.heading(mark)
        self.introduced = False
        self.headings += 1
        self._block(BlockKind.HEADING, prose, level=level, mark="" if mark is None else mark.text)

    def _level_of(self, mark: Mark) -> int:
        """Return the depth of a marked heading below the title: "I." above "A." above "1.", or "1." above "1.1"."""
        if mark.form == "decimal":
            return mark.text.rstrip(".").count(".") + 2
        if mark.number:
            return 4 if self.lettered else 2
        self.lettered = True
        letters = [ordinal for style, ordinal in mark.readings if "letter" in style]
        romans = [ordinal for style, ordinal in mark.readings if "roman" in style]
        if romans and self.letter + 1 not in letters:
            self.letter = 0
            return 2
        self.letter = letters[0] if letters else 0
        return 3

    def _table(self, index: int) -> None:
        unit, builder = self.units[index], self.builder
        caption = unit.prose.clean
        block = builder.begin_table(self.outline.plain(unit.indent))
        calls: list[tuple[int, str]] = []
        for number, cell in enumerate(unit.cells):
            last = number + 1 == len(unit.cells) or unit.cells[number + 1].row != cell.row
            places = cell.prose.places
            anchor = Anchor(start=0, line=places[0][1], column=places[0][2]) if places else None
            calls.extend((builder.offset + offset, mark) for offset, mark in cell.prose.calls)
            shape = Cell(
                row=cell.row,
                column=cell.column,
                start=0,
                end=0,
                row_span=cell.row_span,
                column_span=cell.column_span,
                header=cell.header,
            )
            builder.cell(cell.prose.clean, shape, anchor, last=last)
        label = CAPTION.match(caption)
        builder.end_table(caption=caption, label=label.group().rstrip(".") if label else "")
        for call, mark in calls:
            self._note(mark, block, call)
        self.introduced = False

    def _block(
        self, kind: BlockKind, prose: Prose, *, level: int = 0, parent: int | None = None, mark: str = ""
    ) -> int:
        index = self.builder.begin(kind, mark=mark, level=level, parent=parent)
        start = prose.write(self.builder)
        self.builder.end(index)
        for offset, called in prose.calls:
            self._note(called, index, start + offset)
        return index

    def _note(self, mark: str, parent: int | None, call: int | None) -> None:
        if mark in self.written:
            self.builder.note(printed(mark), self.written[mark], call)
            return
        if not self.notes.get(mark):
            self.missing.append(printed(mark))
        for number, prose in enumerate(self.notes.get(mark, ())):
            index = self.builder.begin(BlockKind.NOTE, mark="" if number else printed(mark), parent=parent)
            prose.write(self.builder)
            self.builder.end(index)
            if number == 0:
                self.written[mark] = index
                self.builder.note(printed(mark), index, call)


def _follows(mark: Mark, other: Mark) -> bool:
    """Return whether a mark is the one behind another in the same sequence."""
    return other.form == mark.form and any((style, ordinal + 1) in other.readings for style, ordinal in mark.readings)


def _counts_paragraphs(units: Sequence[Unit], marks: Sequence[Mark | None]) -> bool:
    """Return whether the bare numbers of a document count its paragraphs: a long sequence of long texts."""
    run, characters = 0, 0
    for unit, mark in zip(units, marks, strict=True):
        if mark is not None and mark.number == run + 1:
            run += 1
            characters += len(unit.prose.text)
    return run >= _NUMBERED_RUN and characters >= run * _NUMBERED_LENGTH
