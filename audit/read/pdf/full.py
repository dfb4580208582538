"""Rows whose cells stand so close that they come as one piece: parted where the figures of the rows around them end."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from audit.read.pdf.grid import has_figure, is_figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.read.pdf.page import Piece
    from audit.read.pdf.rows import Line

_PITCH = 2.2  # of the size, from a row to the next
_SAME = 1.5  # points, between the ends of figures of one column
_AROUND = 8  # rows above and below


def part_full(lines: Sequence[Line]) -> None:
    """Cut the pieces of a line before figures that end where those of the rows next to it, or of several rows, end."""
    columns = [[p.right for p in x.pieces[1:] if p.figures and is_figure(p.text)] for x in lines]
    rows = [n for n, ends in enumerate(columns) if ends]
    beside = {n + step for n in rows for step in range(-_AROUND, _AROUND + 1)}
    for number in sorted(beside & set(range(len(lines)))):
        line = lines[number]
        if not any(p.figures and not is_figure(p.text) for p in line.pieces):
            continue
        near = [columns[n] for n in _near(lines, number)]
        next_to = max(near[:2], key=len, default=[])
        ends = [x for x in {round(e): e for row in near for e in row}.values() if _counts(x, near, next_to)]
        parts = [part for piece in line.pieces for part in _parts(piece, ends)]
        # The last figure of a justified line ends where all lines do.
        if len(parts) > len(line.pieces) and 2 * sum(has_figure(p.text) for p in parts) >= len(next_to):
            line.pieces = parts


def _near(lines: Sequence[Line], number: int) -> list[int]:
    """Return the rows around a line, the nearest first, as far as they stand close to each other."""
    found: list[int] = []
    for step in (-1, 1):
        here = number
        while 0 <= here + step < len(lines) and abs(here + step - number) <= _AROUND:
            if abs(lines[here].middle - lines[here + step].middle) > _PITCH * lines[here].size:
                break
            here += step
            found.append(here)
    return sorted(found, key=lambda n: abs(n - number))


def _counts(end: float, rows: Sequence[Sequence[float]], next_to: Sequence[float]) -> bool:
    rows_with = sum(any(abs(x - end) <= _SAME for x in row) for row in rows)
    return rows_with > 1 or any(abs(x - end) <= _SAME for x in next_to)


def _parts(piece: Piece, ends: Sequence[float]) -> list[Piece]:
    """Return a piece cut before, and behind, each figure that ends where one of a column does."""
    if len(piece.figures) < 2 and is_figure(piece.text):
        return [piece]
    cuts = {0, len(piece.text)}
    for start, end, _, right in piece.figures:
        if is_figure(piece.text[start:end]) and any(abs(right - x) <= _SAME for x in ends):
            cuts |= {start, end}
    return [part for a, b in pairwise(sorted(cuts)) if (part := piece.part(a, b)).text]
