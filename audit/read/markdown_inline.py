"""The inline part of a Markdown block: its text by source line, with note calls, without the marks of emphasis."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audit.read.prose import Prose, is_note_mark, parts_buttons
from audit.read.raised import raised_figure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

_REACH = 4000
_ESCAPE = 40
_PART = re.compile(r"[^!-/:-@\[-`{-~\u00a0-\u00ff]+|.", re.DOTALL)
_BREAK = re.compile(r"<br\b[^>]*>", re.IGNORECASE)
_APART = re.compile(r"[\d:.,;)%]$")
_STARS = re.compile(r"\*{2,}")
_SUP = re.compile(r"<(/?)sup\b[^>]*>", re.IGNORECASE)


class Source:
    """The lines of the file, and a cursor that walks through the lines of one block."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.line, self.column = 0, 0

    def begin(self, line: int) -> None:
        """Put the cursor at the start of a line (from 0)."""
        self.line, self.column = line, 0

    def rewind(self) -> None:
        """Forget the cursor, so that the next block begins at its own first line."""
        self.line = -1

    def find(self, text: str, reach: int = _REACH) -> tuple[int, int]:
        """Return line and column (from 1) of a text at or behind the cursor and move behind it; column 0: not found."""
        if self.line < len(self.lines):
            start = self.lines[self.line].find(text, self.column, self.column + len(text) + reach)
            if start >= 0:
                self.column = start + len(text)
                return self.line + 1, start + 1
        return self.line + 1, 0

    def pieces(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Yield a text with its line and column, in as many pieces as the escapes in it make necessary."""
        line, column = self.find(text)
        if column:
            yield text, line, column
            return
        for match in _PART.finditer(text):
            line, column = self.find(match.group(), len(match.group()) + _ESCAPE)
            yield match.group(), line, column or self.column + 1

    def next_line(self) -> None:
        """Move the cursor to the start of the next line."""
        self.line, self.column = self.line + 1, 0

    def prose(self, number: int) -> Prose:
        """Return a whole line (from 0) as text with its position."""
        return Prose(self.lines[number], number + 1, 1)


def lines_of_inline(token: Token, source: Source, *, in_row: bool = False) -> list[tuple[Prose, int]]:
    """Return each source line of an inline token with how many of its first characters are bold.

    A cell of a table row goes on where the cell before it ended, and a break in it begins a line.
    """
    first = token.map[0] if token.map else 0
    if not in_row or source.line != first:
        source.begin(first)
    return _Inline(source, in_row=in_row).read(token.children or [])


def note_mark(meta: dict[str, object]) -> str:
    """Return the mark that a footnote prints: its label where that is a number, else its place in the order."""
    label = str(meta.get("label", ""))
    return label if label.isdecimal() or (not label.isalnum() and label) else str(int(str(meta.get("id", 0))) + 1)


def unstarred(prose: Prose) -> Prose:
    """Return a text without the stars of emphasis that the grammar could not pair."""
    clean, position = Prose(), 0
    for match in _STARS.finditer(prose.text):
        clean.append(prose.cut(position, match.start()))
        if _APART.search(clean.tail(1)) and prose.text[match.end() : match.end() + 1].isalnum():
            clean.add(" ")  # "Table 1****vary": the stars stood for an empty bold space
        position = match.end()
    if not position:
        return prose
    clean.append(prose.cut(position))
    return clean.strip()


class _Inline:
    """The state of reading one inline token."""

    def __init__(self, source: Source, *, in_row: bool) -> None:
        self.source, self.in_row = source, in_row
        self.prose = Prose()
        self.lines: list[tuple[Prose, int]] = []
        self.bold, self.leading, self.written = 0, 0, 0
        self.linked = self.beside = False
        self.mark: list[str] | None = None

    def read(self, children: Sequence[Token]) -> list[tuple[Prose, int]]:
        """Return the lines of the children of an inline token."""
        for child in children:
            if child.type in ("softbreak", "hardbreak"):
                self._end_line()
                self.source.next_line()
            elif child.type == "footnote_ref":
                self._call(child)
            elif child.type == "html_inline":
                self._tag(child.content)
            elif child.type == "link_open":
                self.beside = self.linked
            elif child.type == "strong_open":
                self.bold += 1
            elif child.type == "strong_close":
                self.bold -= 1
            elif child.type in ("text", "code_inline") and child.content:
                self._text(child.content)
            self.linked = child.type == "link_close" or (self.linked and not child.content)
        self._end_line()
        return self.lines

    def _end_line(self) -> None:
        self.lines.append((unstarred(self.prose), self.leading))
        self.prose, self.leading, self.written = Prose(), 0, 0

    def _text(self, text: str) -> None:
        pieces = list(self.source.pieces(text))
        if self.mark is not None:
            self.mark.append(text)
            return
        if self.beside and parts_buttons(self.prose.tail(1), text):
            self.prose.add(" ")
        self.beside = False
        if self.bold and self.leading == self.written:
            self.leading += len(text)
        self.written += len(text)
        for piece, line, column in pieces:
            self.prose.add(piece, line, column)

    def _call(self, child: Token) -> None:
        self.source.find(f"[^{child.meta.get('label', '')}]")
        self.prose.call(note_mark(child.meta))

    def _tag(self, tag: str) -> None:
        self.source.find(tag)
        if _BREAK.fullmatch(tag):
            if self.in_row:
                self._end_line()
            self.prose.add(" ")
            return
        match = _SUP.fullmatch(tag)
        if match is None:
            return
        if not match[1]:
            self.mark = []
        elif self.mark is not None:
            raised, self.mark = "".join(self.mark), None
            if is_note_mark(self.prose.tail(6), raised):
                self.prose.call(raised.strip("[]() "))
            else:
                self.prose.add(raised_figure(raised, self.prose.tail(6)))
