"""The walk through the tags of a page: what opens and closes a block, a list item, a cell, a note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.read.html_ink import Ink
from audit.read.html_lists import Lists
from audit.read.html_notes import BLOCKS, links_of
from audit.read.html_tables import Grid, units_of_table
from audit.read.html_tags import HEADINGS, INLINE, VOID, is_bold, is_furniture, metadata, span
from audit.read.html_tokens import Tag, Text
from audit.read.note_marks import Notes
from audit.read.prose import Prose, is_note_mark, parts_buttons
from audit.read.raised import raised_figure
from audit.read.units import GridCell, Unit, UnitKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.read.limits import Limits

_NOTE_LENGTH = 15
_MOST_EMPHASIS = 500
_EMPHASIS_REACH = 8
_IMPLIED_END = frozenset({"p", "td", "th", "tr"})


class Page:
    """The tags of a page on their way into units and notes."""

    def __init__(self, source: str, tokens: Sequence[Tag | Text], line: int, limits: Limits) -> None:
        self.tokens, self.limits = tokens, limits
        self.units: list[Unit] = []
        self.notes = Notes()
        self.declared: dict[str, str] = {}
        self._links = links_of(tokens)
        self._ink = Ink(source, line)
        self._lists = Lists()
        self._grids: list[Grid] = []
        self._cell: list[GridCell | None] = []
        self._open_names: dict[str, int] = {}
        self._heading = 0
        self._emphasis: list[tuple[str, bool]] = []
        self._skip, self._skip_depth = "", 0
        self._note: tuple[str, str] | None = None  # the note whose element is open, as name and mark
        self._note_tag, self._note_depth = "", 0
        self._inline_note: tuple[str, str] | None = None  # the note that the current block turned out to be
        self._raised: tuple[int, list[str]] | None = None
        self._raised_open = ""
        self._silent = self._in_link = self._after_link = False
        self.drawn = 0  # labels with figures in drawings and formulas

    def collect(self) -> None:
        """Read every token into units and notes."""
        for index, token in enumerate(self.tokens):
            if isinstance(token, Text):
                if not self._skip:
                    self._text(token)
                elif self._skip in ("svg", "math") and any(map(str.isdigit, token.text)):
                    self.drawn += 1
            elif self._skip:
                if token.name == self._skip and not token.rest.endswith("/"):
                    self._skip_depth += -1 if token.closes else 1
                    self._skip = self._skip if self._skip_depth else ""
            elif token.closes:
                self._close(token.name)
            else:
                self._open(index, token)
        self._flush()
        while self._grids:
            self._end_table()
        self.notes.resolve(self.units)

    def _is_in(self, *names: str) -> bool:
        return any(self._open_names.get(name) for name in names)

    def _text(self, token: Text) -> None:
        text = token.text
        if self._is_in("title") and not self._is_in("body"):
            self.declared["title"] = (self.declared.get("title", "") + text).strip()[:500]
        elif self._silent:
            return
        elif self._raised is not None:
            self._raised[1].append(text)
        elif self._is_in("pre"):
            self._ink.prose.add(text, *self._ink.place(token.offset))
        else:
            if not text.isspace() and self._ink.opens_block(text):
                self._flush()
            if self._after_link and self._in_link and parts_buttons(self._ink.prose.tail(1), text):
                self._ink.prose.add(" ")
            self._after_link = False
            self._ink.add(text, token.offset, bold=bool(self._emphasis) and self._emphasis[-1][1])

    def _is_left_out(self, tag: Tag) -> bool:
        revised = ("ins",) if self.limits.revisions == "original" else ("del", "s", "strike")
        return tag.name in revised or is_furniture(tag, inside=self._is_in("main", "article"))

    def _open(self, index: int, tag: Tag) -> None:
        name = tag.name
        if name not in VOID and not tag.rest.endswith("/") and self._is_left_out(tag):
            if name not in INLINE:
                self._flush()
            self._skip, self._skip_depth = name, 1
            return
        if name == "br":
            if self._cell and self._cell[-1] is not None:
                self._flush()
            self._ink.line_break()
            return
        if name in ("meta", "html"):
            self.declared.update(metadata(tag))
        inline = name in INLINE
        if not inline:
            self._flush()
            self._block(tag)
        if index in self._links.texts:
            self._begin_note(self._links.texts[index], tag)
        if name == "a":
            self._link(index)
        elif name == "sup":
            self._raised = (tag.offset, [])
        if name not in VOID and not tag.rest.endswith("/"):
            self._open_names[name] = self._open_names.get(name, 0) + 1
            if name in _IMPLIED_END:
                self._end_emphasis(name)
            above = bool(inline and self._emphasis and self._emphasis[-1][1])
            if len(self._emphasis) < _MOST_EMPHASIS:
                self._emphasis.append((name, above or is_bold(tag)))
            if name == self._note_tag:
                self._note_depth += 1

    def _block(self, tag: Tag) -> None:
        name = tag.name
        if name in ("ul", "ol"):
            self._lists.open(tag)
        elif name == "li":
            self._lists.item(tag)
        elif name == "table":
            if self._grids and not self._grids[-1].is_layout:
                self._make_layout(self._grids[-1])
            self._grids.append(Grid())
            self._cell.append(None)
        elif self._grids and name in ("tr", "td", "th", "thead"):
            self._table_part(tag)
        elif name in HEADINGS:
            self._heading = int(name[1])

    def _close(self, name: str) -> None:
        if name == "sup":
            self._end_raised()
        elif name == "a":
            self._silent, self._in_link, self._after_link = False, False, True
        elif name not in INLINE and name not in VOID:
            self._flush()
            self._close_block(name)
        if self._open_names.get(name):
            self._open_names[name] -= 1
        self._end_emphasis(name)
        if name == self._note_tag:
            self._note_depth -= 1
            if self._note_depth <= 0:
                self._note, self._note_tag = None, ""

    def _end_emphasis(self, name: str) -> None:
        if any(opened == name for opened, _ in self._emphasis[-_EMPHASIS_REACH:]):
            while self._emphasis.pop()[0] != name:
                pass

    def _close_block(self, name: str) -> None:
        if name in ("ul", "ol"):
            self._lists.close()
        elif name == "li":
            self._lists.end_item()
        elif name == "table":
            self._end_table()
        elif name in ("td", "th", "tr") and self._grids:
            self._end_cell()
        elif name == "thead" and self._grids:
            self._grids[-1].in_head = False
        elif name in HEADINGS:
            self._heading = 0

    # --- notes ----------------------------------------------------------------------------------------------

    def _begin_note(self, name: str, tag: Tag) -> None:
        note = (f"#{name}", self._links.marks.get(name, ""))
        if tag.name in BLOCKS and self._note is None:
            self._note, self._note_tag, self._note_depth = note, tag.name, 0
        else:
            self._inline_note = note

    def _link(self, index: int) -> None:
        self._in_link = True
        call = self._links.calls.get(index)
        if call is not None:
            self._ink.prose.call(f"#{call}")
        self._silent = call is not None or index in self._links.silent

    def _end_raised(self) -> None:
        if self._raised is None:
            return
        (offset, parts), self._raised = self._raised, None
        text, self._raised_open = self._raised_open + "".join(parts), ""
        if not text.strip():
            return
        if text.strip() in ("(", "["):
            self._raised_open = text.strip()  # a mark may be cut into several raised pieces
            return
        mark = text.strip().strip("[]()")
        if not is_note_mark(self._ink.prose.tail(6), text):
            self._ink.add(raised_figure(text, self._ink.prose.tail(6)), offset)
        elif self._ink.is_blank and not self._ink.prose.calls and self._note is None:
            self._inline_note = (mark, mark)
        else:
            self._ink.prose.call(mark)

    # --- blocks ---------------------------------------------------------------------------------------------

    def _flush(self) -> None:
        """End the block that is being read and put it where it belongs: a note, a cell or a unit."""
        if self._is_in("pre") and self._ink.prose.places:
            self.units.append(Unit(UnitKind.CODE, self._ink.take()[0], indent=self._lists.indent))
            return
        note, self._inline_note = self._inline_note or self._note, None
        prose, bold = self._ink.take()
        if not prose.text and not prose.calls:
            return
        cell = self._cell[-1] if self._cell and not self._grids[-1].is_layout else None
        if note is not None and (note[0].startswith("#") or len(prose.text) >= _NOTE_LENGTH):
            self._lists.take()
            self.notes.add(*note, len(self.units) + (1 if cell else 0), prose)
            return
        if note is not None:
            prose.calls.insert(0, (0, note[0]))
        if cell is not None:
            cell.prose.stack(prose)
        elif self._grids and self._is_in("caption"):
            self._grids[-1].caption.join(prose)
        else:
            self._emit(prose, bold=bold)

    def _emit(self, prose: Prose, *, bold: bool) -> None:
        mark, inside = self._lists.take(), self._lists.is_inside
        indent = self._lists.indent + (1 if inside and mark is None else 0)
        if self._heading:
            self.units.append(Unit(UnitKind.HEADING, prose, level=self._heading))
            return
        kind = UnitKind.PROSE
        if self._is_in("figcaption"):
            kind = UnitKind.CAPTION
        elif self._is_in("blockquote") and not inside:
            kind = UnitKind.QUOTE
        self.units.append(Unit(kind, prose, indent=indent, mark=mark, listed=mark is not None, bold=bold))

    # --- tables ---------------------------------------------------------------------------------------------

    def _table_part(self, tag: Tag) -> None:
        grid = self._grids[-1]
        if tag.name == "thead":
            grid.in_head = True
            return
        self._end_cell()
        if tag.name == "tr":
            grid.begin_row()
            return
        attributes = tag.attributes if "span" in tag.rest.lower() else {}
        columns, rows = span(attributes.get("colspan", "")), span(attributes.get("rowspan", ""))
        self._cell[-1] = grid.begin_cell(column_span=columns, row_span=rows, header=tag.name == "th")

    def _end_cell(self) -> None:
        self._cell[-1] = None

    def _end_table(self) -> None:
        if not self._grids:
            return
        grid = self._grids.pop()
        self._cell.pop()
        if not grid.is_layout:
            self.units.extend(units_of_table(grid, self._lists.indent))

    def _make_layout(self, grid: Grid) -> None:
        """Take a table that holds another one for what it is, a way to arrange the page, and let its text flow."""
        grid.is_layout = True
        for cell in grid.cells:
            prose = cell.prose.strip()
            if prose.text or prose.calls:
                self.units.append(Unit(UnitKind.PROSE, prose, indent=self._lists.indent))
        grid.cells.clear()
