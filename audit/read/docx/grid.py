"""The grid of a Word table: where each cell stands and how far it reaches, merged cells once.

The columns of the file are those of its layout: a border that was dragged by a hair in one row splits a column in
two. Only borders that stand between cells count, and those that nearly meet are one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from audit.read.docx.names import SDT, TC, TCPR, TR, TRPR, VAL, W, number, switch, twips
from audit.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

_MOST_COLUMNS = 10_000
_NEAR = 150  # twentieths of a point: less than a character and its margin
_WRAPPED = frozenset((SDT, W + "sdtContent", W + "customXml", W + "ins", W + "moveTo", W + "smartTag"))


@dataclass(slots=True)
class Shape:
    """A cell of the grid and the element that holds its text."""

    element: Element
    row: int
    column: int
    row_span: int
    column_span: int
    header: bool


def read_grid(table: Element, *, original: bool) -> list[list[Shape]]:
    """Return the rows of a table; rows deleted in a revision are not part of it, or those inserted when `original`."""
    rows: list[list[Shape]] = []
    above: dict[int, Shape] = {}
    starts: list[list[int]] = []
    gone = (W + "ins", W + "cellIns") if original else (W + "del", W + "cellDel")
    for element in _within(table, TR):
        properties = element.find(TRPR)
        if properties is not None and properties.find(gone[0]) is not None:
            continue
        header = bool(switch(properties, "tblHeader"))
        column = min(number(properties, "gridBefore") or 0, _MOST_COLUMNS)
        row: list[Shape] = []
        merged: dict[int, Shape] = {}
        begun: list[int] = []
        for cell in _within(element, TC):
            cell_properties = cell.find(TCPR)
            if cell_properties is not None and cell_properties.find(gone[1]) is not None:
                continue
            span = min(max(number(cell_properties, "gridSpan") or 1, 1), _MOST_COLUMNS)
            if _merge(cell_properties, "hMerge") == "continue" and row:
                row[-1].column_span += span
            elif _merge(cell_properties, "vMerge") == "continue" and column in above:
                above[column].row_span += 1
                merged[column] = above[column]
                begun.append(column)
            else:
                shape = Shape(cell, len(rows), column, 1, span, header)
                row.append(shape)
                begun.append(column)
                if _merge(cell_properties, "vMerge") == "restart":
                    merged[column] = shape
            column = min(column + span, _MOST_COLUMNS)
        above = merged
        rows.append(row)
        starts.append(begun)
    _settle(rows, _borders(starts, _positions(table)))
    return rows


def _positions(table: Element) -> list[int]:
    """Return where each column of the layout begins."""
    found = [0]
    layout = table.find(W + "tblGrid")
    for column in () if layout is None else layout.iterfind(W + "gridCol"):
        found.append(found[-1] + abs(twips(column.get(W + "w")) or 0))
    return found


def _borders(starts: list[list[int]], positions: list[int]) -> list[tuple[int, int]]:
    """Return (first, last) column of each border between cells, in order; borders that nearly meet are one."""
    rows_of: dict[int, set[int]] = {}
    for row, begun in enumerate(starts):
        for column in begun[1:]:
            rows_of.setdefault(column, set()).add(row)
    borders: list[tuple[int, int]] = []
    taken: set[int] = set()
    for column in sorted(rows_of):
        if borders and column < len(positions) and borders[-1][0] > 0:
            near = positions[column] - positions[borders[-1][0]] < _NEAR
            if near and not taken & rows_of[column]:
                borders[-1] = (borders[-1][0], column)
                taken |= rows_of[column]
                continue
        borders.append((column, column))
        taken = set(rows_of[column])
    return borders


def _settle(rows: list[list[Shape]], borders: list[tuple[int, int]]) -> None:
    """Give every cell the column it stands in on the page: as many as there are borders to the left of it."""
    firsts, lasts = [first for first, _ in borders], [last for _, last in borders]
    for row in rows:
        for shape in row:
            end = shape.column + shape.column_span
            shape.column = bisect_right(firsts, shape.column)
            shape.column_span = max(1, bisect_left(lasts, end) + 1 - shape.column)


def _merge(properties: Element | None, name: str) -> str:
    """Return how a cell is merged; an element without a value continues the cell before."""
    merge = None if properties is None else properties.find(W + name)
    return "" if merge is None else merge.get(VAL, "continue")


def _within(parent: Element, tag: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, through content controls around them."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPED:
            yield from _within(child, tag)
