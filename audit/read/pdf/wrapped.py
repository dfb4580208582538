"""A box of text at the side of a page, and the lines that are shorter beside it: two texts at the same height.

The lines of the text reach to the edge of the page's text, those of the box have room around them.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from audit.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.read.pdf.page import Piece
    from audit.read.pdf.rows import Line

_EDGE, _MARGIN = 2.0, 40
_LINES, _BEGUN = 4, 12  # lines of a box, characters of the pieces that begin them
_CHARACTERS = 15  # of a line, on both sides
_REACH, _MOSTLY = 3.0, 0.7  # of the size, from the end of a line to the box; of the lines
_CLEAR = 0.5


@dataclass(frozen=True, slots=True)
class Box:
    """Where the right one of a box and the lines beside it begins, from where to where, and whether that is the box."""

    edge: float
    foot: float
    top: float
    is_right: bool


def box_of(lines: Sequence[Line]) -> Box | None:
    """Return the box at the right that the text of a page runs around, or None."""
    if sum(len(x.pieces) > 1 for x in lines) < _LINES:
        return None
    margin = min(x.left for x in lines)
    begun = [p for x in lines for p in x.pieces[1:] if p.left > margin + _MARGIN and len(p.text) >= _BEGUN]
    for rounded, count in Counter(round(p.left / _EDGE) for p in begun).most_common(3):
        if count < _LINES:
            return None
        edge = rounded * _EDGE
        at = [p for p in begun if abs(p.left - edge) <= _EDGE]
        foot, top = min(p.bottom for p in at), max(p.top for p in at)
        beside = [x for x in lines if foot < x.middle < top]
        if _is_beside(beside, edge, margin):
            is_right = _is_at_the_right(lines, beside, edge)
            end = max(p.right for x in beside for p in sides_of(x, edge)[0])
            for line in reversed([x for x in lines if x.middle >= top]):
                if not _is_short(line, end if is_right else edge, is_right=is_right):
                    break
                top = line.top
            for line in [x for x in lines if x.middle <= foot]:
                if not _is_short(line, end if is_right else edge, is_right=is_right):
                    break
                foot = line.bottom
            return Box(edge, foot, top, is_right)
    return None


def _is_at_the_right(lines: Sequence[Line], beside: Sequence[Line], edge: float) -> bool:
    """Return whether the box is the right one of two sides: the outer end of the text is that of the page's lines."""
    pairs = [sides_of(x, edge) for x in beside]
    left = min(pieces[0].left for pieces, _ in pairs if pieces) - min(x.left for x in lines)
    right = max(x.right for x in lines) - max(pieces[-1].right for _, pieces in pairs if pieces)
    return left <= right


def _is_short(line: Line, end: float, *, is_right: bool) -> bool:
    """Return whether a line above or below a box is as short as those beside it: its frame is taller than its text."""
    return abs((line.right if is_right else line.left) - end) < (_REACH * line.size if is_right else _EDGE)


def sides_of(line: Line, edge: float) -> tuple[list[Piece], list[Piece]]:
    """Return the pieces of a line before an edge and behind it."""
    return [p for p in line.pieces if p.left < edge - _EDGE], [p for p in line.pieces if p.left >= edge - _EDGE]


def _is_beside(lines: Sequence[Line], edge: float, margin: float) -> bool:
    """Return whether running text ends all along an edge, and other text begins there."""
    pairs = [sides_of(x, edge) for x in lines]
    lefts, rights = [left for left, _ in pairs if left], [right for _, right in pairs if right]
    if len(lefts) < _LINES or len(rights) < _LINES:
        return False
    if any(left[-1].right > edge - _CLEAR * left[-1].size for left in lefts):
        return False
    end = max(left[-1].right for left in lefts)
    full = sum(left[-1].right >= end - _REACH * left[-1].size and left[0].left < margin + _MARGIN for left in lefts)
    near = edge - end < 2 * _REACH * lefts[0][0].size
    long = all(sum(len(p.text) for s in side for p in s) >= _CHARACTERS * len(side) for side in (lefts, rights))
    return near and long and full >= _MOSTLY * len(lefts)
