"""From the lines of a page to what is read after what: columns, headings in the margin, tables between the lines.

A gutter is a left edge shared by several pieces of prose that no line of the band crosses. Text beside it is another
column when there is much of it, or a heading in the margin when there is little: that one is read before the line
it stands beside.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from audit.read.marks import mark_of
from audit.read.pdf.asides import unmixed
from audit.read.pdf.grid import has_figure, text_of
from audit.read.pdf.pillars import COLUMN_LINES as _COLUMN_LINES
from audit.read.pdf.pillars import columns_at
from audit.read.pdf.rows import Line, lines_of
from audit.read.pdf.runs import has_leaders
from audit.read.pdf.tables import Grid, tables_of
from audit.read.pdf.wrapped import Box, box_of, sides_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.read.pdf.page import Page, Piece

_EDGE = 2.0
_GUTTER = 0.5
_PROSE = 25
_LONG = 40
_MIN_LINES = 4
_SPARSE = 0.35
_MAX_DEPTH = 4
_MARGIN = 40
_BESIDE, _WRAPPED = 0.6, 0.5
_APART = 0.5  # of the size, between paragraphs
_LEADERS = 2
_FIGURED = 0.4

Item = Line | Grid


def ordered(page: Page, pieces: Sequence[Piece], depth: int = 0) -> list[Item]:
    """Return the lines and tables that some pieces make, in reading order."""
    lines = lines_of(page, pieces)
    grids = tables_of(page, lines)
    middle = None
    if depth <= 1 and len(lines) >= _COLUMN_LINES:
        sure = [g for g in grids if g.framed or _is_figured(g)]
        middle = columns_at(_without(lines, sure))
        grids = grids if middle is None else sure
    for grid in grids:
        if grid.is_contents:
            for line in grid.lines:
                line.contents = True
    grids = [g for g in grids if not g.lines[0].contents]
    lines = _without(lines, grids)
    edge = middle if middle is not None or depth >= _MAX_DEPTH else _gutter(lines)
    items: list[Item] = []
    box = box_of(lines) if edge is None and depth < _MAX_DEPTH else None
    if box is not None:
        items.extend(_around(page, lines, box, depth))
    elif edge is None:
        lines = unmixed(lines)
        _set_edges(lines)
        items.extend(lines)
    else:
        items.extend(_split(page, lines, edge, depth))
    for grid in reversed(grids):
        below = (n for n, x in enumerate(items) if x.top <= grid.bottom + _EDGE and _beside(x, grid))
        items.insert(next(below, len(items)), grid)
    return items


def _without(lines: Sequence[Line], grids: Sequence[Grid]) -> list[Line]:
    taken = {id(line) for grid in grids for line in grid.lines}
    return [x for x in lines if id(x) not in taken]


def _is_figured(grid: Grid) -> bool:
    """Return whether a table holds figures: lines of two columns of text may look like rows."""
    cells = [text_of(slot) for row in grid.rows[grid.headers :] for column, slot in row.items() if column]
    return sum(map(has_figure, cells)) >= _FIGURED * len(cells)


def _beside(one: Item, two: Item) -> bool:
    return one.left <= two.right and two.left <= one.right


def _split(page: Page, lines: Sequence[Line], edge: float, depth: int) -> list[Item]:
    """Return the items of lines with a gutter at an edge: by bands between the lines that cross it."""
    done: list[Item] = []
    band: list[Line] = []
    start, stop = min(x.left for x in lines), max(x.right for x in lines)
    for line in lines:
        if any(p.left < edge - _EDGE and p.right > edge + _EDGE for p in line.pieces):
            done.extend(_band(page, band, edge, depth))
            band.clear()
            line.start, line.stop = start, stop
            done.append(line)
        else:
            band.append(line)
    done.extend(_band(page, band, edge, depth))
    return done


def _band(page: Page, band: Sequence[Line], edge: float, depth: int) -> list[Item]:
    """Return the items of a band with a gutter: the left column, then the right one, or margin and text by turns."""
    pieces = [p for line in band for p in line.pieces]
    left = [p for p in pieces if p.left < edge - _EDGE]
    right = [p for p in pieces if p.left >= edge - _EDGE]
    if not left or not right:
        return ordered(page, left or right, depth + 1) if pieces else []
    first, second = ordered(page, left, depth + 1), ordered(page, right, depth + 1)
    if len(first) >= _SPARSE * len(second):
        return first + second
    merged: list[Item] = []
    number = 0
    for item in second:
        while number < len(first) and first[number].top > item.top - _BESIDE * item.size:
            merged.append(first[number])
            number += 1
            while number < len(first) and first[number - 1].bottom - first[number].top < _WRAPPED * first[number].size:
                merged.append(first[number])  # the next line of the same heading
                number += 1
        merged.append(item)
    return merged + first[number:]


def _around(page: Page, lines: Sequence[Line], box: Box, depth: int) -> list[Item]:
    """Return the items of lines that run around a box; its text stands behind the paragraph beside its end."""
    above = [p for x in lines if x.middle >= box.top for p in x.pieces]
    below = [p for x in lines if x.middle <= box.foot for p in x.pieces]
    sides = [sides_of(x, box.edge) for x in lines if box.foot < x.middle < box.top]
    left, right = [p for pieces, _ in sides for p in pieces], [p for _, pieces in sides for p in pieces]
    text, boxed = (left, right) if box.is_right else (right, left)
    items = [*ordered(page, above, depth + 1), *ordered(page, text, depth + 1)]
    for item in ordered(page, below, depth + 1):
        if boxed and items[-1].bottom - item.top > _APART * item.size:
            items += ordered(page, boxed, depth + 1)
            boxed = []
        items.append(item)
    return items + ordered(page, boxed, depth + 1)


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
        if not line.stop:
            line.start, line.stop = start, stop


def _gutter(lines: Sequence[Line]) -> float | None:
    """Return the left edge of a second column of prose, or None."""
    pieces = [p for x in lines for p in x.pieces if p.text]
    if not pieces:
        return None
    margin = min(p.left for p in pieces)
    edges = Counter(round(p.left / _EDGE) for p in pieces if p.left > margin + _MARGIN and len(p.text) >= _PROSE)
    for rounded, count in sorted(edges.items(), key=lambda e: (-e[1], e[0])):
        if count < _MIN_LINES:
            return None
        if sum(has_leaders(x.text) for x in lines) > _LEADERS:
            return None
        edge = rounded * _EDGE
        before = [p for p in pieces if p.right < edge - _GUTTER * p.size]
        right = [p for p in pieces if p.left >= edge - _EDGE]
        crossing = len(pieces) - len(before) - len(right)
        left = [p for p in before if len(p.text) > 5 and not _is_mark(p.text)]
        if not left or crossing > 0.5 * len(right):
            continue
        top, foot = max(p.top for p in right), min(p.bottom for p in right)
        if any(foot < p.middle < top for p in left) and sum(len(p.text) for p in right) >= _PROSE * len(right):
            return edge
    return None


def _is_mark(text: str) -> bool:
    mark = mark_of(text + " ")
    return mark is not None and mark.width > len(text)
