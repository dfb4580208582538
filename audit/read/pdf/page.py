"""One page of a PDF and the pieces of text on it, each with its box, its weight and the notes it calls."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from audit.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

    from audit.read.pdf.drawn import Drawn
    from audit.read.pdf.glyphs import Box


@dataclass(slots=True)
class Piece:
    """A stretch of text on one line.

    `figures` holds (start, end, left, right) of each word with a digit; `calls` (offset, mark) of raised marks.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    bold: bool = False
    figures: list[tuple[int, int, float, float]] = field(default_factory=list)
    calls: list[tuple[int, str]] = field(default_factory=list)

    middle: float = 0.0
    size: float = 0.0

    def __post_init__(self) -> None:
        self.measure()

    def measure(self) -> None:
        """Set the height of the line, and of its middle over the foot of the page."""
        self.middle, self.size = (self.top + self.bottom) / 2, self.top - self.bottom

    def place(self, offset: int) -> float:
        """Return about where a character begins: between the ends of the figures around it, which are known."""
        at, x = 0, self.left
        for start, end, left, right in (*self.figures, (len(self.text), len(self.text), self.right, self.right)):
            if offset < start:
                return x + (left - x) * (offset - at) / (start - at)
            if offset < end:
                return left + (right - left) * (offset - start) / (end - start)
            at, x = end, right
        return self.right

    def part(self, start: int, end: int) -> Piece:
        """Return the words from one offset to another."""
        text = self.text[start:end]
        first, last = start + len(text) - len(text.lstrip()), start + len(text.rstrip())
        ends = {e: right for _, e, _, right in self.figures}
        return Piece(
            self.text[first:last],
            self.place(first),
            self.bottom,
            ends.get(last, self.place(last)),
            self.top,
            self.bold,
            [(a - first, b - first, left, right) for a, b, left, right in self.figures if first <= a < last],
            [(o - first, mark) for o, mark in self.calls if first < o <= last or o == first == 0],
        )


@dataclass(slots=True)
class Page:
    """A page: its number from 1, its pieces in stream order, what is drawn if it may hold a table.

    `printed` turns a box back into the file's coordinates; `aside` counts the texts that run in another direction;
    `unreadable` says that its fonts do not tell which letters they print.
    """

    number: int
    width: float
    height: float
    pieces: list[Piece]
    printed: Callable[[Box], Box]
    aside: int = 0
    drawn: Drawn | None = None
    unreadable: bool = False
