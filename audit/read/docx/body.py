"""From the paragraphs and tables of a Word part to the units of a document: kinds, marks, depths and grids."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from audit.errors import ReadError
from audit.read.docx.grid import read_grid
from audit.read.docx.inline import Fields, Inline
from audit.read.docx.kinds import Paragraph, depth_of, mark_headers, unit_of
from audit.read.docx.names import (
    ALTERNATE,
    PPR,
    RPR,
    SDT,
    SECTPR,
    TBL,
    P,
    W,
    choice,
    switch,
    value,
)
from audit.read.docx.styles import Look, paragraph_look
from audit.read.prose import Prose
from audit.read.units import GridCell, Unit, UnitKind, is_caption

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from audit.read.docx.gather import Gather
    from audit.read.limits import Limits

_CONTENTS_STYLE = re.compile(r"toc \d|table of figures")
_CONTENTS_TITLE = re.compile(
    r"(?:table of )?contents|índice(?: general)?|contenidos?|tabla de contenido|sommaire|table des matières",
    re.IGNORECASE,
)
_CONTENTS_LINE = re.compile(r"(?:\t|[.…·_]{4,})\s*(?:\d{1,4}|[ivxlc]{1,6}|n/a)?\s*$", re.IGNORECASE)
_CONTENTS_REACH = 12


class Story:
    """One part of a Word file (the document, its footnotes, its endnotes) on its way into units."""

    def __init__(self, gather: Gather, name: str, root: Element, limits: Limits) -> None:
        self.gather, self.name, self.limits = gather, name, limits
        self.units: list[Unit] = []
        self.cells = 0
        self._paragraphs = {p: number for number, p in enumerate(root.iter(P))}
        self._fields = Fields(root)
        self._joined: Prose | None = None
        self._contents = 0
        self._gap = True

    def blocks(self, parent: Element) -> None:
        """Read the paragraphs and tables in an element, in order."""
        for child in parent:
            tag = child.tag
            if tag == P:
                self._paragraph(child)
            elif tag == TBL:
                self.table(child)
            elif tag == SDT:
                self._control(child)
            elif tag == ALTERNATE:
                branch = choice(child)
                if branch is not None:
                    self.blocks(branch)
            elif tag in (W + "customXml", W + "smartTag", W + "sdtContent"):
                self.blocks(child)
            elif tag in (W + "altChunk", W + "subDoc"):
                self.gather.leave_out("part")

    def paragraphs(self, parent: Element) -> list[Prose]:
        """Return the paragraphs of a note; its tables are read as their cells in order."""
        found: list[Prose] = []
        for element in parent.iter(P):
            paragraph = self.read(element)
            if paragraph is not None and paragraph.prose.text.strip():
                found.append(paragraph.prose.strip())
        rest = Prose()
        self._end_joined(rest)
        return [*found, rest] if rest.text else found

    def _end_joined(self, prose: Prose) -> None:
        """Add what would run on beyond the end of a cell or a note."""
        joined, self._joined = self._joined, None
        if joined is not None:
            _append(prose, joined.strip())

    def flush(self) -> None:
        """Write what runs on into a paragraph that never comes: the text before a table, or at the end of a part."""
        prose, self._joined = self._joined, None
        if prose is not None and prose.text.strip():
            self.units.append(unit_of(Paragraph(prose, Look())))

    def _control(self, control: Element) -> None:
        gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
        contents = gallery is not None and gallery.get(W + "val") == "Table of Contents"
        for content in control.iterfind(W + "sdtContent"):
            if contents:
                for _ in content.iter(P):
                    self.gather.leave_out("contents")
            else:
                self.blocks(content)

    def _paragraph(self, element: Element) -> None:
        paragraph = self.read(element)
        written = paragraph is not None and bool(paragraph.prose.text.strip())
        if paragraph is not None and written and not self._is_contents(paragraph):
            unit = unit_of(paragraph)
            unit.apart = self._gap
            self.units.append(unit)
        self._gap = not written
        for box in () if paragraph is None else paragraph.boxes:
            self.blocks(box)
        properties = element.find(PPR)
        if properties is not None and properties.find(SECTPR) is not None:
            self.gather.enter_section()

    def _is_contents(self, paragraph: Paragraph) -> bool:
        """Return whether a paragraph is a typed line of a table of contents: its page number is no figure."""
        text = paragraph.prose.text.strip(" ")
        if _CONTENTS_TITLE.fullmatch(text.strip()):
            self._contents = _CONTENTS_REACH
        elif self._contents and paragraph.leader and _CONTENTS_LINE.search(text):
            self._contents = _CONTENTS_REACH
            self.gather.leave_out("contents")
            return True
        elif self._contents:
            self._contents -= 1
        return False

    def read(self, element: Element) -> Paragraph | None:
        """Return a paragraph, or None when it runs on into the next one or is not part of the text."""
        properties = self._properties(element)
        style = value(properties, "pStyle")
        base = self.gather.styles.look(style)
        inline = Inline(self.gather, self._fields, f"{self.name}/{self._paragraphs[element]}", base)
        inline.read(element)
        prose = inline.prose
        if inline.in_contents or _CONTENTS_STYLE.match(base.name):
            if prose.text.strip():
                self.gather.leave_out("contents")
            return None
        look = paragraph_look(properties, base)
        if self._joined is not None:
            prose, self._joined = _run_on(self._joined, prose), None
        if self._runs_on(properties):
            self._joined = prose
            return Paragraph(Prose(), look, boxes=inline.boxes) if inline.boxes else None
        mark = None
        if look.num_id:
            numbered = self.gather.numbering.next(look.num_id, look.num_level, style or self.gather.styles.default)
            if numbered is not None:
                mark = numbered.mark
                look = _with_indents(look, numbered.look, paragraph_look(properties), base)
        emphatic = inline.bold or bool(look.keeps and (inline.italic or look.centred or prose.text.isupper()))
        leader = bool(look.leader) or "...." in prose.text
        return Paragraph(prose, look, mark, emphatic, leader, inline.boxes)

    def _properties(self, element: Element) -> Element | None:
        properties = element.find(PPR)
        if self.gather.original and properties is not None:
            before = properties.find(f"{W}pPrChange/{PPR}")
            return properties if before is None else before
        return properties

    def _runs_on(self, properties: Element | None) -> bool:
        """Return whether the mark at the end of a paragraph was deleted (or not yet inserted), or is hidden."""
        marks = None if properties is None else properties.find(RPR)
        if marks is None:
            return False
        gone = (W + "ins", W + "moveTo") if self.gather.original else (W + "del", W + "moveFrom")
        return any(marks.find(name) is not None for name in gone) or bool(switch(marks, "specVanish"))

    def table(self, element: Element) -> None:
        """Read a table; one that only frames a text is read as that text."""
        self.flush()
        rows = read_grid(element, original=self.gather.original)
        if len(rows) == 1 and len(rows[0]) == 1:
            self.blocks(rows[0][0].element)
            return
        self.cells += sum(len(row) for row in rows)
        if self.cells > self.limits.max_cells:
            raise ReadError(
                f"{self.gather.path}: more than {self.limits.max_cells:,} table cells; split it or raise max_cells"
            )
        cells: list[GridCell] = []
        nested: list[Element] = []
        for row in rows:
            for shape in row:
                prose = self._cell(shape.element, nested, indented=shape is row[0])
                cells.append(
                    GridCell(prose, shape.row, shape.column, shape.row_span, shape.column_span, header=shape.header)
                )
        if cells:
            mark_headers(cells)
            self.units.append(Unit(UnitKind.TABLE, self._caption(), cells=cells))
        for inner in nested:
            self.table(inner)

    def _cell(self, cell: Element, nested: list[Element], *, indented: bool = False) -> Prose:
        """Return the text of a cell; tables in it are read after the table it belongs to.

        The first cell of a row opens with as many spaces as it is indented, as in a text file: often the only sign
        of what a row is a part of.
        """
        prose = Prose()
        for child in cell:
            if child.tag == P:
                paragraph = self.read(child)
                if paragraph is not None:
                    text = paragraph.prose.text
                    if indented and text.strip() and not prose.text:
                        prose.add(" " * depth_of(paragraph, text))
                    _append(prose, paragraph.prose.strip())
                    for box in paragraph.boxes:
                        _append(prose, self._cell(box, nested))
            elif child.tag == TBL:
                nested.append(child)
            elif child.tag in (SDT, W + "sdtContent", W + "customXml"):
                _append(prose, self._cell(child, nested))
        self._end_joined(prose)
        return prose

    def _caption(self) -> Prose:
        """Return the caption of the table that comes next, from the one or two units above it."""
        units = self.units
        if not units:
            return Prose()
        last = units[-1]
        if last.kind is UnitKind.HEADING and last.level == 0 and last.mark is None:
            before = units[-2] if len(units) > 1 else None
            if before is not None and is_caption(before.prose.text) and len(before.prose.text) < 20:
                before.kind = last.kind = UnitKind.CAPTION
                return Prose(f"{before.prose.clean} {last.prose.clean}")
            last.kind = UnitKind.CAPTION
        elif last.kind is UnitKind.PROSE and is_caption(last.prose.text):
            last.kind = UnitKind.CAPTION
        return Prose()


def _append(prose: Prose, more: Prose) -> None:
    if more.text or more.calls:
        prose.join(more)


def _run_on(first: Prose, second: Prose) -> Prose:
    """Return two runs as one, with nothing between them."""
    base = len(first.text)
    first.add(second.text)
    first.places.extend((base + offset, line, column) for offset, line, column in second.places)
    first.calls.extend((base + offset, mark) for offset, mark in second.calls)
    return first


def _with_indents(look: Look, of_list: Look, own: Look, of_style: Look) -> Look:
    """Return a look with the indents of its list, which yield to its own and to those of a style that numbers."""
    if of_style.num_id and of_style.left is not None:
        return look
    left = own.left if own.left is not None else of_list.left
    first = own.first if own.first is not None else of_list.first
    return replace(look, left=left if left is not None else look.left, first=first if first is not None else look.first)
