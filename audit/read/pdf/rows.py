"""From the pieces of a page to its lines in reading order, column by column.

A gutter is a left edge shared by several pieces of prose that no line of the band crosses. Text beside it is another
column when there is much of it, or a heading in the margin when there is little: that one is read before the line
it stands beside.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit.read.marks import mark_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.read.pdf.page import Page, Piece

_SAME_LINE = 0.4
_EDGE = 2.0
_GUTTER = 0.5
_PROSE = 25
_LONG = 40
_MIN_LINES = 4
_SPARSE = 0.35
_MAX_DEPTH = 4


@dataclass(slots=True)
class Line:
    """The pieces on one line of one column, from left to right; `start` and `stop` are the edges of the column."""

    page: Page
    pieces: list[Piece]
    left: float
    bottom: float
    right: float
    top: float
    start: float = 0.0
    stop: float = 0.0

    @property
    def text(self) -> str:
        """Return the text of the line."""
        return self.pieces[0].text if len(self.pieces) == 1 else " ".join(p.text for p in self.pieces if p.text)

    @property
    def bold(self) -> bool:
        """Return whether all of the line is bold."""
        return all(p.bold for p in self.pieces if p.text)

    @property
    def size(self) -> float:
        """Return the height of the line."""
        return self.top - self.bottom


def lines_of(page: Page, pieces: Sequence[Piece]) -> list[Line]:
    """Return the pieces grouped to lines, from the top of the page down."""
    groups: list[list[Piece]] = []
    middle = reach = 0.0
    for piece in sorted(pieces, key=lambda p: (-p.middle, p.left)):
        if groups and middle - piece.middle <= reach:
            groups[-1].append(piece)
            reach = max(reach, _SAME_LINE * piece.size)
        else:
            groups.append([piece])
            middle, reach = piece.middle, _SAME_LINE * piece.size
    lines: list[Line] = []
    for group in groups:
        if len(group) == 1:
            p = group[0]
            lines.append(Line(page, group, p.left, p.bottom, p.right, p.top))
        else:
            group.sort(key=lambda p: p.left)
            tall = max(group, key=lambda p: len(p.text))
            lines.append(Line(page, group, group[0].left, tall.bottom, max(p.right for p in group), tall.top))
    return lines


def ordered(page: Page, pieces: Sequence[Piece], depth: int = 0) -> list[Line]:
    """Return the lines of some pieces in reading order."""
    lines = lines_of(page, pieces)
    edge = _gutter(lines) if depth < _MAX_DEPTH else None
    if edge is None:
        _set_edges(lines)
        return lines
    done: list[Line] = []
    band: list[Line] = []
    whole: list[Line] = []
    for line in lines:
        crossing = any(p.left < edge - _EDGE < p.right - _EDGE and p.right > edge for p in line.pieces)
        target, other = (whole, band) if crossing else (band, whole)
        if other:
            done.extend(_band(page, other, edge, depth) if other is band else _crossing(other, lines))
            other.clear()
        target.append(line)
    done.extend(_band(page, band, edge, depth) if band else _crossing(whole, lines))
    return done


def _crossing(some: Sequence[Line], lines: Sequence[Line]) -> list[Line]:
    """Return the lines that cross a gutter, with the edges of the whole page."""
    start, stop = min(x.left for x in lines), max(x.right for x in lines)
    for line in some:
        line.start, line.stop = start, stop
    return list(some)


def _set_edges(lines: Sequence[Line]) -> None:
    """Give the lines of a column its edges: where most of its longer lines begin and end."""
    if not lines:
        return
    long = [x for x in lines if sum(len(p.text) for p in x.pieces) >= _LONG] or lines
    lefts = Counter(round(x.left) for x in long)
    start = max(lefts, key=lambda left: (lefts[left], -left))
    rights = sorted(x.right for x in long)
    stop = rights[(len(rights) - 1) * 85 // 100]
    for line in lines:
        line.start, line.stop = start, stop


def _band(page: Page, band: Sequence[Line], edge: float, depth: int) -> list[Line]:
    """Return the lines of a band with a gutter: the left column, then the right one, or margin and text by turns."""
    pieces = [p for line in band for p in line.pieces]
    left = [p for p in pieces if p.left < edge - _EDGE]
    right = [p for p in pieces if p.left >= edge - _EDGE]
    if not left or not right:
        return ordered(page, left or right, depth + 1)
    first, second = ordered(page, left, depth + 1), ordered(page, right, depth + 1)
    if len(first) >= _SPARSE * len(second):
        return first + second
    merged: list[Line] = []
    number = 0
    for line in second:
        while number < len(first) and (
            first[number].top > line.bottom
            or (
                number
                and merged
                and merged[-1] is first[number - 1]
                and first[number - 1].bottom - first[number].top < first[number].size
            )
        ):
            merged.append(first[number])
            number += 1
        merged.append(line)
    return merged + first[number:]


def _gutter(lines: Sequence[Line]) -> float | None:
    """Return the left edge of a second column of prose, or None."""
    if sum(len(x.pieces) > 1 for x in lines) < 2:
        return None
    pieces = [p for x in lines for p in x.pieces if p.text]
    margin = min(p.left for p in pieces)
    edges = Counter(round(p.left / _EDGE) for p in pieces if p.left > margin + 40 and len(p.text) >= _PROSE)
    for rounded, count in sorted(edges.items(), key=lambda e: (-e[1], e[0])):
        if count < _MIN_LINES:
            return None
        edge = rounded * _EDGE
        left = [p for p in pieces if p.right < edge - _GUTTER * p.size]
        left = [p for p in left if len(p.text) > 5 and not _is_mark(p.text)]
        right = [p for p in pieces if p.left >= edge - _EDGE]
        crossing = len(pieces) - len([p for p in pieces if p.right < edge - _EDGE]) - len(right)
        if not left or crossing > 0.5 * len(right):
            continue
        top, foot = max(p.top for p in right), min(p.bottom for p in right)
        beside = [p for p in left if foot < p.middle < top]
        if beside and sum(len(p.text) for p in right) >= _PROSE * len(right):
            return edge
    return None


def _is_mark(text: str) -> bool:
    mark = mark_of(text + " ")
    return mark is not None and mark.width > len(text)
