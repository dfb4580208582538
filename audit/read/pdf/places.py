"""The places of a PDF: which box of which page each stretch of text was printed in.

The layout of blocks is shared with the readers of plain text and markup, which keep a line and a column for each
stretch; here the line is the number of an entry of this list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.model import Anchor, BlockKind
from audit.read.builder import Builder
from audit.read.pdf.rows import spaced

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from audit.model import Cell
    from audit.read.pdf.glyphs import Box
    from audit.read.pdf.page import Page, Piece
    from audit.read.prose import Prose

_LABEL = 6  # characters of "112.", "(iv)" and the like
NOTE_KEY = "\x00"  # parts a note's mark from what tells it from other notes with the same mark


class Places:
    """Every place that text was printed in, counted from 1."""

    def __init__(self) -> None:
        self.boxes: list[tuple[Page, Box]] = []

    def add(self, page: Page, box: Box) -> int:
        """Record a place and return its number."""
        self.boxes.append((page, box))
        return len(self.boxes)

    def write(self, prose: Prose, page: Page, pieces: Sequence[Piece], key: Callable[[str], str]) -> None:
        """Add the text of some pieces of one line with a place for each figure and for what stands between."""
        start = prose.length
        for space, piece in spaced(pieces) if len(pieces) > 1 else (("", pieces[0]),):
            if space and prose.length > start:
                prose.add(space)
            if piece.figures or piece.calls:
                self._pieced(prose, start, (page, piece), key)
            else:
                prose.add(piece.text, self.add(page, (piece.left, piece.bottom, piece.right, piece.top)))

    def _pieced(self, prose: Prose, begin: int, at: tuple[Page, Piece], key: Callable[[str], str]) -> None:
        piece = at[1]
        text, position, left = piece.text, 0, piece.left
        calls = list(piece.calls)
        for start, end, first, last in [*piece.figures, (len(text), len(text), piece.right, piece.right)]:
            while calls and calls[0][0] <= start:
                offset, mark = calls.pop(0)
                self._add(prose, at, (text[position:offset], left, first))
                prose.call(key(mark))
                position = max(position, offset)
            between = (text[position:start], left, first)
            if position and not text[0].isalpha() and prose.length - begin <= _LABEL:
                between = self._behind_label(prose, at, between)
            self._add(prose, at, between)
            self._add(prose, at, (text[start:end], first, last))
            position, left = end, last

    def _behind_label(
        self, prose: Prose, at: tuple[Page, Piece], part: tuple[str, float, float]
    ) -> tuple[str, float, float]:
        """Give the mark behind a label a place of its own: the label of "2. Six groups" is cut off, and "Six" stays."""
        text, left, right = part
        width = next((i for i, c in enumerate(text) if c.isalnum()), 0)
        if not width:
            return part
        begins = left + width * (right - left) / len(text)
        self._add(prose, at, (text[:width], left, begins))
        return text[width:], begins, right

    def _add(self, prose: Prose, at: tuple[Page, Piece], part: tuple[str, float, float]) -> None:
        text, left, right = part
        if text:
            page, piece = at
            prose.add(text, self.add(page, (left, piece.bottom, right, piece.top)))


class PdfBuilder(Builder):
    """A builder that turns the numbers of places into pages and boxes."""

    def __init__(self, path: str, digest: str, places: Places) -> None:
        super().__init__(path, "pdf", digest)
        self._places = places.boxes

    def begin(
        self, kind: BlockKind, *, mark: str = "", level: int = 0, parent: int | None = None, label: str = ""
    ) -> int:
        """Open a block; a note's mark is cut back to what is printed."""
        return super().begin(kind, mark=mark.partition(NOTE_KEY)[0], level=level, parent=parent, label=label)

    def note(self, mark: str, block: int, call: int | None = None) -> None:
        """Record a note under its printed mark."""
        super().note(mark.partition(NOTE_KEY)[0], block, call)

    def anchor(self, line: int, column: int) -> Anchor:  # noqa: ARG002 a place has no column
        """Return the page and box of the place with a number."""
        page, box = self._places[line - 1]
        return Anchor(start=self.offset, page=page.number, box=page.printed(box))

    def cell(self, text: str, cell: Cell, anchor: Anchor | None = None, *, last: bool = False) -> None:
        """Write a cell; an anchor's line is the number of its place."""
        super().cell(
            text, cell, anchor if anchor is None or not anchor.line else self.anchor(anchor.line, 0), last=last
        )
