"""Rows whose label fills its column, so that label and figures come as one piece: parted as the row beside them is."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from audit.read.pdf.grid import is_figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.read.pdf.page import Piece
    from audit.read.pdf.rows import Line

_PITCH = 2.2  # of the size, from a row to the next
_SAME = 1.5  # points, between the ends of figures of one column


def part_full(lines: Sequence[Line]) -> None:
    """Cut the figures off the end of a piece where those of the line above or below end at the same places."""
    for order in (lines, lines[::-1]):
        beside: Line | None = None
        for line in order:
            if beside is not None and abs(beside.middle - line.middle) < _PITCH * line.size and line.pieces[-1].figures:
                _part(line, [p.right for p in beside.pieces[1:] if is_figure(p.text)])
            beside = line


def _part(line: Line, ends: Sequence[float]) -> None:
    """Part the last piece of a line before each figure that ends where one of a column does."""
    last = line.pieces[-1]
    if not ends or is_figure(last.text):
        return
    cuts = _cuts(last, ends)
    if cuts and len(cuts) * 2 >= len(ends):  # the last figure of a justified line ends where all lines do
        bounds = [0, *cuts, len(last.text)]
        line.pieces[-1:] = [last.part(a, b) for a, b in pairwise(bounds)]


def _cuts(piece: Piece, ends: Sequence[float]) -> list[int]:
    cuts: list[int] = []
    stop = len(piece.text)
    for start, end, _, right in reversed(piece.figures):
        word = piece.text[start:stop].rstrip()
        if end < start + len(word) or not start or not is_figure(word):
            break
        if min(abs(right - e) for e in ends) > _SAME:
            break
        cuts.append(start)
        stop = start
    return cuts[::-1]
