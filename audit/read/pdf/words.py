"""From the characters of a page to pieces: words on one line with no wide gap between them.

Asking for a box costs as much as reading several words, so a line whose parts follow closely is taken whole, with
the boxes of its figures; others are read word by word, and only words that may hide a raised note mark or two cells
printed without a gap ("0,00340.314,59") character by character.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audit.read.pdf.page import Piece
from audit.read.prose import is_note_mark

if TYPE_CHECKING:
    from audit.read.pdf.glyphs import Box, Glyphs

_LINE = re.compile(r"\s*([^\s\ufffe](?:[^\r\n\ufffe]*[^\s\ufffe])?)[^\S\r\n]*(\ufffe?)")
_WORD = re.compile(r"\S+")
_UNEVEN = re.compile(r" [ \-\u2010\u2011,.]|\t")  # a gap to look at
_TELLING = re.compile(r"[\d*†‡§¶][^ ]*")
_DIGIT = re.compile(r"\d")
_WIDE = 1.1  # a gap of this many line heights parts two pieces; words of justified lines mostly stand closer
_TIGHT = 0.06  # pdfium gives a space here, but none is printed: "State -level"
_CLOSING = ".,;:)]”’»"
_SPACE = 0.17
_SHIFT = 0.6
_SUSPECT = re.compile(r"[^\W\d]\W{0,3}\d|\d[.,;:)\]”’\"»]\d{1,2}\W+$|[)\]”’\"»]\d|[.,]\d\d[^\W\d]")
_GLUED = re.compile(r"[-(]?\d[\d.,]*[.,]\d\d\d?[-(]?\d{1,3}[.,]\d")
_SMALL = 0.8
_YEAR = re.compile(r"(?:19|20)\d\d\W*")
_PARTED_YEAR = re.compile(r"(?<![\d.,])(?:1 9|2 0)\d\d(?!\d)")
_SHORT = 12
_LOOSE = 0.75
_WIDEST = 1.2  # a character: "0,00" of two cells far apart may come as one word
_LETTER = 0.52  # of the line height, what a letter and its share of the space may take
_MARK_LENGTH = 5
_RAISED = 0.12
_POWER = re.compile(r"(?:[^\W\d]|10)$")
_SUPERSCRIPT = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")


class Words:
    """The words of a page on their way into pieces."""

    def __init__(self, glyphs: Glyphs) -> None:
        self.glyphs = glyphs
        self.pieces: list[Piece] = []
        self.aside = 0
        self.parts: list[str] = []
        self.length = 0
        self.open: Piece | None = None
        self.first = self.last = 0

    def read(self) -> None:
        """Read every line of the page."""
        for match in _LINE.finditer(self.glyphs.text):
            line = match[1]
            start = match.start(1)
            line, start = self._marked(line, start)
            if not self._whole(line, start):  # what is taken whole runs along the page
                if self.glyphs.turn_at(start) != self.glyphs.turn:
                    self.aside += 1
                    continue
                self._words(line, start)
            if match[2] and self.open is not None:
                self.parts.append("-")
            self._flush()

    def _marked(self, line: str, start: int) -> tuple[str, int]:
        """Take the mark before a wide gap for a piece of its own, and return the rest of the line."""
        space = line.find(" ")
        if 0 < space <= _MARK_LENGTH and line[space - 1] in ".)" and self.glyphs.is_made_up(start + space):
            _, bottom, right, top = self.glyphs.box(start + space - 1)
            if self.glyphs.box(start + space + 1)[0] - right > _WIDE * (top - bottom):
                self._words(line[:space], start)
                self._flush()
                return line[space + 1 :], start + space + 1
        return line, start

    def _whole(self, line: str, start: int) -> bool:
        """Take a line for one piece where its parts follow closely and nothing in it is raised; else do nothing."""
        space = line.find(" ")
        if len(line) < _SHORT or space < 0 or _UNEVEN.search(line):
            return False
        year = _PARTED_YEAR.search(line) if "2 0" in line or "1 9" in line else None
        if year is not None and self.glyphs.is_made_up(start + year.start() + 1):
            return False
        box = self.glyphs.drawn
        left, bottom, _, top = self.glyphs.box(start)
        _, low, right, high = box(start + len(line) - 1)
        size = top - bottom
        least = _SMALL * size * (self.glyphs.flat if self.glyphs.by_font else 1)
        if not least < high - low < size / _SMALL or not 0 < right - left < _LOOSE * size * len(line):
            return False
        if self.glyphs.is_made_up(start + space):
            starts = [start + word.start() for word in _WORD.finditer(line)]
            if not self.glyphs.is_even(starts, _LETTER * size, _WIDE * size):
                return False
        elif not self.glyphs.is_close(start, len(line), _WIDE * size):
            return False
        figures: list[tuple[int, int, float, float]] = []
        last = 0
        for match in _TELLING.finditer(line):
            if match.start() < last:
                continue
            first, last = line.rfind(" ", 0, match.start()) + 1, match.end()
            word = line[first:last]
            one, foot, _, head = box(start + first)
            _, base, two, crown = box(start + last - 1)
            if min(head - foot, crown - base) < least or not 0 <= two - one < _WIDEST * size * len(word):
                return False
            if _is_suspect(word):
                return False
            if _DIGIT.search(word):
                figures.append((first, last, one, two))
        self.open = Piece("", left, bottom, right, top, figures=figures)
        self.parts, self.length = [line], len(line)
        self.first, self.last = start, start + len(line) - 1
        return True

    def _words(self, line: str, start: int) -> None:
        """Read a line word by word."""
        box = self.glyphs.box
        for token in _WORD.finditer(line):
            word = token.group()
            first, last = start + token.start(), start + token.end()
            left, bottom, right, top = box(first)
            low, high = bottom, top
            if last - first > 1:
                _, low, right, high = box(last - 1)
            figure = _DIGIT.search(word) is not None
            size = top - bottom
            parted = not 0 <= right - left < _WIDEST * size * len(word) or (figure and _is_suspect(word))
            if _SMALL * size < high - low < size / _SMALL and not parted:
                self._add(word, (left, bottom, right, top), first, figure)
            else:
                self._add_runs(word, first)

    def _add_runs(self, word: str, start: int) -> None:
        glued = False
        for number, run in enumerate(self.glyphs.runs(word, start)):
            if run.apart:
                self._flush()
                glued = False
            if run.raised and self.open is not None:
                self._raise(run.text, run.box)
                if number == 0 and self.parts and len(run.text) < len(word):
                    self.parts.append(" ")  # in "189), 17which" the space stands before the mark
                    self.length += 1
            elif run.raised and is_note_mark("", run.text):
                self._begin(run.box, start)
                self._raise(run.text, run.box)
            else:
                self._add(run.text, run.box, start, _DIGIT.search(run.text) is not None, glued)
            start += len(run.text)
            glued = True

    def _add(self, word: str, box: Box, start: int, figure: bool, glued: bool = False) -> None:  # noqa: FBT001, FBT002 called for each word
        """Append a word to the open piece, or begin the next one."""
        left, bottom, right, top = box
        piece, size = self.open, top - bottom
        if piece is not None:
            line = piece.top - piece.bottom
            gap = left - piece.right
            near = -line < gap < _WIDE * line
            if near and size < _SMALL * line and bottom > piece.bottom + _RAISED * line:
                self._raise(word, box)
                return
            if near and line < _SMALL * size and piece.bottom > bottom + _RAISED * size and self._lower():
                glued = True
            elif not near or abs(top + bottom - piece.top - piece.bottom) > 2 * _SHIFT * max(size, line):
                self._flush()
            elif self.parts and not glued and self._is_spaced(word, gap / line, figure=figure):
                self.parts.append(" ")
                self.length += 1
        piece = self.open or self._begin(box, start)
        if figure:
            piece.figures.append((self.length, self.length + len(word), left, right))
        self.parts.append(word)
        self.length += len(word)
        piece.right = right
        if size > piece.top - piece.bottom:
            piece.bottom, piece.top = bottom, top
        self.last = start + len(word) - 1

    def _is_spaced(self, word: str, gap: float, *, figure: bool) -> bool:
        """Return whether a space is printed before a word: pdfium gives one for smaller gaps, too."""
        if word[0] in _CLOSING:
            return gap > _SPACE
        if figure and self.parts[-1][-1:].isdecimal():  # cells of two columns, unless "2 012" is a year
            return gap > _SPACE or len(self.parts[-1]) > 1 or not _YEAR.fullmatch(self.parts[-1] + word)
        return gap > _TIGHT

    def _begin(self, box: Box, start: int) -> Piece:
        self.open = Piece("", *box)
        self.first = self.last = start
        return self.open

    def _raise(self, text: str, box: Box) -> None:
        """Take a raised text for a note call, or for a power or an ordinal's ending, which stay in the text."""
        piece = self.open
        if piece is None:
            return
        before = self.parts[-1] if self.parts else ""
        if is_note_mark(before, text):
            piece.calls.append((self.length, text.strip("()[]")))
        else:
            if text[0].isdecimal():  # a power, or a time printed small behind a date
                text = text.translate(_SUPERSCRIPT) if _POWER.search(before) else " " + text
            self.parts.append(text)
            self.length += len(text)
        piece.right = box[2]

    def _lower(self) -> bool:
        """Take the open piece for the mark of the note that its line is the text of."""
        piece, text = self.open, "".join(self.parts)
        if piece is None or (self.parts and not is_note_mark("", text)):
            return False
        if self.parts:
            piece.calls = [(0, text.strip("()[]"))]
        self.parts, self.length, piece.figures = [], 0, []
        return True

    def _flush(self) -> None:
        piece = self.open
        if piece is None:
            return
        piece.text = "".join(self.parts)
        piece.measure()
        if len(piece.text) < 200:
            piece.bold = self.glyphs.is_bold(self.first) and (self.first == self.last or self.glyphs.is_bold(self.last))
        self.pieces.append(piece)
        self.open, self.parts, self.length = None, [], 0


def _is_suspect(word: str) -> bool:
    return _SUSPECT.search(word) is not None or (len(word) > 11 and _GLUED.search(word) is not None)
