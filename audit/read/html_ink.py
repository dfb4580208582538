"""The text of one HTML block as it is read: white space collapsed, every run with its place in the source."""

from __future__ import annotations

import re
from bisect import bisect_right

from audit.read.prose import Prose

_RUNS = re.compile(r"[^ \t\n\r\f]+(?: [^ \t\n\r\f]+)*")
_SPACE = " \t\n\r\f"
_BROKEN_ITEM = re.compile(r"\s*(?:[•·●▪◦‣]|\((?:[a-z]|[ivx]+|\d{1,2})\)\s|\d{1,3}[.)]\s)")


class Ink:
    """The block that is being read; `line` is the number of lines before the source begins."""

    def __init__(self, source: str, line: int) -> None:
        self._starts = [0, *(m.end() for m in re.finditer("\n", source))]
        self._line = line
        self.prose = Prose()
        self._space = False
        self._letters, self._bold_letters, self._breaks = 0, 0, 0

    def place(self, offset: int) -> tuple[int, int]:
        """Return the line and column, from 1, of an offset of the source."""
        row = bisect_right(self._starts, offset) - 1
        return self._line + row + 1, offset - self._starts[row] + 1

    @property
    def is_blank(self) -> bool:
        """Return whether nothing has been written yet."""
        return not self.prose.places

    @property
    def is_bold(self) -> bool:
        """Return whether all that was written is bold."""
        return 0 < self._letters == self._bold_letters

    def add(self, text: str, offset: int, *, bold: bool = False) -> None:
        """Write a stretch of text that stands at an offset of the source."""
        if text[:1] in _SPACE:
            self._space = True
        for match in _RUNS.finditer(text):
            if (self._space or match.start()) and not self.is_blank:
                self.prose.add(" ")
            self.prose.add(match.group(), *self.place(offset + match.start()))
            self._letters += len(match.group())
            self._bold_letters += len(match.group()) if bold else 0
            self._space, self._breaks = False, 0
        if text[-1:] in _SPACE:
            self._space = True

    def line_break(self) -> None:
        """Write a line break: a space, unless a new item or a second break follows."""
        self._breaks += 1
        self._space = True

    def opens_block(self, text: str) -> bool:
        """Return whether a text behind a line break stands on its own: an item, or below an empty line."""
        return self._breaks > 1 or (self._breaks == 1 and _BROKEN_ITEM.match(text) is not None)

    def take(self) -> tuple[Prose, bool]:
        """Return the block with whether it is bold, and start the next."""
        taken, bold = self.prose, self.is_bold
        self.prose, self._space = Prose(), False
        self._letters = self._bold_letters = self._breaks = 0
        return taken.strip(), bold
