"""Rows that a page break parts from their table: a total alone at the top of the next page, headings at the foot.

Two rows make a table, one line does not. It is a row all the same where the table of the page before ends at its
foot and the figures of the line stand in its columns.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from audit.read.pdf.cells import follows
from audit.read.pdf.grid import has_figure, is_figure, row_of, text_of
from audit.read.pdf.rows import Line
from audit.read.pdf.tables import Grid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.read.pdf.order import Item

_END = 6.0  # figures of a column end at one place
_LEFT = 3.0
_MOST = 12  # headings without figures at the foot of a page, and the rows of the next page


def carry(sides: Sequence[list[Item]]) -> None:
    """Make the lines at the edges of pages that belong to a table rows of it."""
    for before, after in pairwise(sides):
        foot = len(before) - 1
        while foot > 0 and isinstance(before[foot], Line) and len(before) - foot < _MOST:
            foot -= 1
        grid = before[foot] if before else None
        if not isinstance(grid, Grid):
            continue
        labels = [x for x in before[foot + 1 :] if isinstance(x, Line) and _is_label(x, grid)]
        if len(labels) < len(before) - foot - 1:
            continue
        lead = _lead(after, grid)
        if lead:
            rows = [row_of(x, grid.columns) for x in lead if _is_row(x, grid) or _is_label(x, grid)]
            after[: len(lead)] = [Grid(lead[0].page, grid.columns, rows, 0, list(lead), carried=True)]
        elif not (after and isinstance(after[0], Grid) and follows(after[0], grid)):
            continue
        grid.rows.extend(row_of(x, grid.columns) for x in labels)
        grid.lines.extend(labels)
        del before[foot + 1 :]


def _lead(items: Sequence[Item], grid: Grid) -> list[Line]:
    """Return the lines at the top of a page that are its header again and rows of a table, the last with figures."""
    header = {x.text for x in grid.lines}
    lead: list[Line] = []
    last = 0
    for item in items[:_MOST]:
        if not isinstance(item, Line) or not (item.text in header or _is_row(item, grid) or _is_label(item, grid)):
            break
        lead.append(item)
        if _is_row(item, grid):
            last = len(lead)
    return lead[:last]


def _is_row(line: Line, grid: Grid) -> bool:
    """Return whether a line holds a label and figures that end where the columns of a table end."""
    pieces = [p for p in line.pieces if p.text]
    if len(pieces) < 2 or is_figure(pieces[0].text) or pieces[0].left > grid.columns[0][1]:
        return False
    cells = pieces[1:]
    ends = [right for _, right in grid.columns[1:]]
    inside = all(is_figure(p.text) and min(abs(p.right - end) for end in ends) < _END for p in cells)
    return inside and any(has_figure(p.text) for p in cells)


def _is_label(line: Line, grid: Grid) -> bool:
    """Return whether a line stands in the first column only, where such rows of the table begin."""
    if len(line.pieces) != 1 or line.right >= grid.columns[1][0]:
        return False
    lefts = [s.pieces[0].left for row in grid.rows if set(row) == {0} and text_of(s := row[0])]
    return any(abs(line.left - left) < _LEFT for left in lefts)
