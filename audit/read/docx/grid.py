"""The grid of a Word table: where each cell stands and how far it reaches, merged cells once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit.read.docx.names import SDT, TC, TCPR, TR, TRPR, VAL, W, number, switch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

_MOST_COLUMNS = 10_000
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
    gone = (W + "ins", W + "cellIns") if original else (W + "del", W + "cellDel")
    for element in _within(table, TR):
        properties = element.find(TRPR)
        if properties is not None and properties.find(gone[0]) is not None:
            continue
        header = bool(switch(properties, "tblHeader"))
        column = min(number(properties, "gridBefore") or 0, _MOST_COLUMNS)
        row: list[Shape] = []
        merged: dict[int, Shape] = {}
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
            else:
                shape = Shape(cell, len(rows), column, 1, span, header)
                row.append(shape)
                if _merge(cell_properties, "vMerge") == "restart":
                    merged[column] = shape
            column = min(column + span, _MOST_COLUMNS)
        above = merged
        rows.append(row)
    return rows


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
