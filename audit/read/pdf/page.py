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

    def part(self, start: int, end: int) -> Piece:
        """Return the part from the start or a figure up to where another figure begins, or the piece ends."""
        own = [f for f in self.figures if start <= f[0] < end]
        behind = next((f[2] for f in self.figures if f[0] >= end), self.right)
        text = self.text[start:end].rstrip()
        closed = bool(own) and own[-1][1] - start == len(text)
        return Piece(
            text,
            self.left if not start else own[0][2],
            self.bottom,
            own[-1][3] if closed else behind,
            self.top,
            self.bold,
            [(a - start, b - start, left, right) for a, b, left, right in own],
            [(o - start, mark) for o, mark in self.calls if start < o <= end or o == start == 0],
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
