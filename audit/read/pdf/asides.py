"""Small print beside large: the place and date of a report at the side of who issues it are two texts, not one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.read.pdf.grid import is_figure
from audit.read.pdf.rows import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.read.pdf.page import Piece

_SMALLER, _APART = 0.85, 1.5  # of the larger print: how large the smaller one is at most, and the gap between them
_EDGE = 3.0
_SHORT = 30  # characters of a place, a date or a symbol
_NEAR = 1.6  # of the size, from a line of large print to the next


def unmixed(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a column, large print and what stands beside it set one after the other."""
    if not any(map(_cut, lines)):
        return list(lines)
    done: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    kept = 0  # lines of the left side that stand above the last one of the right side, or go on with it
    for line in lines:
        cut = _cut(line)
        if cut:
            one, two = _part(line, line.pieces[:cut]), _part(line, line.pieces[cut:])
            if right and two.left < right[0].left - _EDGE:
                done += [*left, *_listed(right)]
                left, right = [], []
            left.append(one)
            right.append(two)
            kept = len(left)
        elif right and line.left >= right[0].left - _EDGE:
            right.append(line)
            kept = len(left)
        elif right and line.right < right[0].left:
            left.append(line)
            if kept == len(left) - 1 and _goes_on(line, left[-2]):
                kept = len(left)
        elif right:
            done += [*left[:kept], *_listed(right), *left[kept:], line]
            left, right = [], []
        else:
            done.append(line)
    return [*done, *left[:kept], *_listed(right), *left[kept:]]


def _listed(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines of a side; short ones are given room behind them, for none goes on with the one above it."""
    if all(len(x.text) <= _SHORT for x in lines):
        for line in lines:
            line.start, line.stop = line.left, line.page.width
    return lines


def _cut(line: Line) -> int:
    """Return the number of pieces before a gap between large and small print, or 0."""
    pieces = line.pieces
    for number in range(1, len(pieces)):
        one, two = pieces[number - 1], pieces[number]
        large = max(one.size, two.size)
        if min(one.size, two.size) <= _SMALLER * large and two.left - one.right >= _APART * large:
            return 0 if is_figure(one.text) or is_figure(two.text) else number
    return 0


def _part(line: Line, pieces: Sequence[Piece]) -> Line:
    tall = max(pieces, key=lambda p: len(p.text))
    return Line(line.page, list(pieces), pieces[0].left, tall.bottom, max(p.right for p in pieces), tall.top)


def _goes_on(line: Line, above: Line) -> bool:
    return abs(line.size - above.size) < 1 and above.top - line.top < _NEAR * line.size
