"""Markdown into a document: CommonMark with tables and footnotes, every stretch of text traced to its line and column.

The parser gives the lines of a block but not the place of its words; they are found by walking through those lines.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from audit.errors import ReadError
from audit.read.builder import Builder
from audit.read.decode import decode
from audit.read.describe import describe
from audit.read.flow import lay
from audit.read.furniture import rejoined
from audit.read.html import units_of
from audit.read.markdown_inline import Source, lines_of_inline, note_mark, unstarred
from audit.read.marks import Mark, mark_of
from audit.read.packed import unpacked
from audit.read.prose import Prose
from audit.read.stacked import unstacked
from audit.read.text_lines import Line
from audit.read.text_tables import Tables, is_rule
from audit.read.units import GridCell, Unit, UnitKind, head_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

    from audit.model import Document
    from audit.read.limits import Limits

_INDENT = 4
_FRONT = re.compile(r"---[ \t]*\n((?:[^\n]*\n){1,60}?)(?:---|\.\.\.)[ \t]*(?:\n|$)")
_FIELD = re.compile(
    r"^(title|date|lang(?:uage)?|symbol)[ \t]*:[ \t]*[\"']?(.+?)[\"']?[ \t]*$", re.IGNORECASE | re.MULTILINE
)
_PIPE = re.compile(r"\s*\|\s*")
_KEY = re.compile(r"[^:.]{1,40}:")


def read(path: str, data: bytes, limits: Limits) -> Document:
    """Return the document in some bytes of Markdown."""
    text, note = decode(path, data, limits)
    declared, skipped = _front_matter(text)
    body = "\n" * skipped + text.split("\n", skipped)[skipped] if skipped else text
    parser = MarkdownIt("commonmark", {"maxNesting": limits.max_depth}).enable("table").use(footnote_plugin)
    environment: dict[str, dict[str, dict[str, int]]] = {}
    tokens = parser.parse(body, environment)
    reader = _Units(tokens, body.split("\n"), limits)
    reader.collect()
    if not reader.units:
        raise ReadError(f"{path}: the file holds no text; name a file with text or data")
    builder = Builder(path, "markdown", hashlib.sha256(data).hexdigest())
    if note:
        builder.gap(note)
    if any(token.level >= limits.max_depth - 1 for token in tokens):
        builder.gap(f"what is nested deeper than {limits.max_depth} levels was not read")
    for label, count in environment.get("footnotes", {}).get("refs", {}).items():
        if count < 0:
            builder.gap(f"note {label[1:]} has a text but nothing calls it")
    units = rejoined(reader.units)
    lay(builder, units, reader.notes)
    return builder.finish(description=describe(head_of(units), text, declared))


def _front_matter(text: str) -> tuple[dict[str, str], int]:
    """Return the fields of a leading YAML block and the number of lines it takes."""
    match = _FRONT.match(text)
    if match is None:
        return {}, 0
    fields = {key.lower(): value for key, value in _FIELD.findall(match[1])}
    if "lang" in fields:
        fields["language"] = fields.pop("lang")
    return fields, match.group().count("\n")


class _Units:
    """The tokens of a Markdown text on their way into units."""

    def __init__(self, tokens: Sequence[Token], lines: Sequence[str], limits: Limits) -> None:
        self.tokens, self.source = tokens, Source(lines)
        self.limits = limits
        self.units: list[Unit] = []
        self.notes: dict[str, list[Prose]] = {}
        self.depth = 0
        self.marks: list[Mark | None] = []  # the mark of each open list item, until its first paragraph takes it
        self.starts: list[int] = []  # the line each open list item begins on
        self.counters: list[int] = []
        self.note: str | None = None
        self.quotes = 0

    def collect(self) -> None:
        """Read every token into `units` and `notes`."""
        index = 0
        while index < len(self.tokens):
            token = self.tokens[index]
            if token.type == "table_open":
                index = self._table(index)
            elif token.type == "heading_open":
                self._heading(self.tokens[index + 1], int(token.tag[1]))
                index += 2
            elif token.type == "inline":
                self._paragraph(token)
            elif token.type in ("fence", "code_block"):
                self._code(token)
            elif token.type == "html_block":
                self._html(token)
            else:
                self._nest(token)
            index += 1

    def _nest(self, token: Token) -> None:
        kind = token.type
        if kind in ("bullet_list_open", "ordered_list_open"):
            self.depth += 1
            self.counters.append(0)
        elif kind in ("bullet_list_close", "ordered_list_close"):
            self.depth -= 1
            self.counters.pop()
        elif kind == "list_item_open":
            self.marks.append(self._item_mark(token))
            self.starts.append(token.map[0] if token.map else -1)
        elif kind == "list_item_close":
            self.marks.pop()
            self.starts.pop()
        elif kind in ("blockquote_open", "blockquote_close"):
            self.quotes += 1 if kind.endswith("open") else -1
        elif kind == "footnote_open":
            self.note = note_mark(token.meta)
            self.notes[self.note] = []
        elif kind == "footnote_close":
            self.note = None

    def _item_mark(self, token: Token) -> Mark | None:
        if not token.info:
            return mark_of("• x")
        printed = int(token.info)
        last = self.counters[-1]
        if last and printed in (1, last):
            printed = last + 1  # "1. 1. 1." is the lazy way to write a counted list
        self.counters[-1] = printed
        return mark_of(f"{printed}{token.markup} x")

    def _heading(self, token: Token, level: int) -> None:
        prose = Prose()
        for line, _ in lines_of_inline(token, self.source):
            prose.join(line)
        if prose.text.strip():
            self.units.append(Unit(UnitKind.HEADING, prose.strip(), level=level, mark=None))

    def _paragraph(self, token: Token) -> None:
        if token.map and self._drawn_table(token.map):
            return
        prose, bold = Prose(), True
        lines = lines_of_inline(token, self.source)
        for number, (whole, strong) in enumerate(lines):
            opened = _PIPE.match(whole.text)
            line = whole.cut(opened.end()) if opened else whole
            if number and (opened or _breaks(prose, line, strong=strong)):
                self._emit(prose.strip(), bold=False)
                prose = Prose()
            prose.join(line)
            bold = bold and strong == len(line.text.strip())
        self._emit(prose.strip(), bold=bold)

    def _emit(self, prose: Prose, *, bold: bool) -> None:
        if not prose.text and not prose.calls:
            return
        if self.note is not None:
            self.notes[self.note].append(prose)
            return
        indent = max(self.depth - 1, 0) * _INDENT
        mark = None
        if self.marks:
            mark, self.marks[-1] = self.marks[-1], None
            indent += 0 if mark else 1
            place = len(self.marks) - 1
            while mark and place and self.marks[place - 1] and self.starts[place - 1] == self.starts[place] >= 0:
                # "- + de 9 places": an item that begins with the mark of another is one item
                place, indent = place - 1, indent - _INDENT
                mark, self.marks[place] = self.marks[place], None
        kind = UnitKind.QUOTE if self.quotes and not self.marks else UnitKind.PROSE
        unit = Unit(kind, prose, indent=indent, mark=mark, listed=mark is not None, bold=bold)
        self.units.append(unit)

    def _drawn_table(self, lines: Sequence[int]) -> bool:
        """Read a table whose rows begin with a pipe but have no rule below the header; other pipes are dropped."""
        rows = [self._line(n) for n in range(lines[0], lines[1])]
        if len(rows) < 2 or not all(r.text.lstrip().startswith("|") for r in rows):
            return False
        index, tables = 0, Tables(rows)
        while index < len(rows):
            cells, after = tables.at(index)
            if cells and self._drawn_notes(cells):
                index = after
                continue
            if cells:
                for cell in cells:
                    cell.prose = unstarred(cell.prose)
                self.units.append(Unit(UnitKind.TABLE, Prose(), indent=self.depth * _INDENT, cells=cells))
                index = after
                continue
            bare = rows[index].text.strip("| \t")
            if bare and not is_rule(rows[index].text):
                start = rows[index].text.index(bare)
                self._emit(rows[index].prose.cut(start, start + len(bare)), bold=False)
            index += 1
        return True

    def _drawn_notes(self, cells: Sequence[GridCell]) -> bool:
        """Take the rows of a numbered two-column table below a heading as notes ("1. | Figures are rounded.")."""
        rows = [(cells[i].prose.text.rstrip("."), cells[i + 1].prose) for i in range(0, len(cells) - 1, 2)]
        under_heading = bool(self.units) and self.units[-1].kind is UnitKind.HEADING
        if not under_heading or len(rows) * 2 != len(cells) or any(m != str(n) for n, (m, _) in enumerate(rows, 1)):
            return False
        for mark, prose in rows:
            self.notes.setdefault(mark, []).append(prose)
        return True

    def _line(self, number: int) -> Line:
        prose = self.source.prose(number)
        return Line(prose, prose.text, 0, len(prose.text))

    def _table(self, index: int) -> int:
        cells: list[GridCell] = []
        row, column, position = -1, 0, index
        header = False
        while self.tokens[position].type != "table_close":
            token = self.tokens[position]
            if token.type == "tr_open":
                row, column = row + 1, 0
                self.source.rewind()
            elif token.type in ("th_open", "td_open"):
                header = token.type == "th_open"
            elif token.type == "inline":
                prose = Prose()
                for line, _ in lines_of_inline(token, self.source, in_row=True):
                    prose.stack(line)
                cells.append(GridCell(prose=prose.strip(), row=row, column=column, header=header))
                column += 1
            position += 1
        self.units.append(Unit(UnitKind.TABLE, Prose(), indent=self.depth * _INDENT, cells=unstacked(unpacked(cells))))
        return position

    def _code(self, token: Token) -> None:
        first = (token.map or [0])[0] + (1 if token.type == "fence" else 0)
        prose = Prose()
        for number, text in enumerate(token.content.rstrip("\n").split("\n"), first):
            bare = text.strip()
            written = self.source.lines[number] if number < len(self.source.lines) else ""
            prose.join(Prose(bare, number + 1, written.find(bare) + 1))
        self.units.append(Unit(UnitKind.CODE, prose))

    def _html(self, token: Token) -> None:
        units, notes = units_of(token.content, self.limits, line=(token.map or [0])[0])
        self.units.extend(units)
        for mark, proses in notes.items():
            self.notes.setdefault(mark, []).extend(proses)


def _breaks(prose: Prose, line: Prose, *, strong: int) -> bool:
    """Return whether a line inside a paragraph begins something of its own: an item, or a field in bold."""
    mark = mark_of(line.text)
    if mark is not None and mark.form == "()":
        return prose.tail(8).rstrip().endswith((":", ";", ".", ",", " and", " or"))
    return strong > 1 and _KEY.fullmatch(line.text[:strong].strip()) is not None
