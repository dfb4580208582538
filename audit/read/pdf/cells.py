"""From a grid to the cells of a table, and a table that goes on over the page to one table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from audit.read.flow import GridCell
from audit.read.pdf.grid import text_of
from audit.read.prose import Prose

if TYPE_CHECKING:
    from audit.read.pdf.page import Page, Piece
    from audit.read.pdf.tables import Grid

Write = Callable[[Prose, "Page", "Sequence[Piece]"], None]

_SHIFT = 14.0


def cells_of(grid: Grid, write: Write) -> list[GridCell]:
    """Return every cell of a grid, the empty ones too, in reading order."""
    cells: list[GridCell] = []
    for number, row in enumerate(grid.rows):
        column = 0
        while column < len(grid.columns):
            slot = row.get(column)
            span = 1
            if slot is not None:
                taken = [c for c in row if column < c < column + slot.span]
                span = min([slot.span, *(c - column for c in taken)])
            prose = Prose()
            if slot is not None:
                write(prose, grid.page, slot.pieces)
            cells.append(
                GridCell(prose=prose, row=number, column=column, column_span=span, header=number < grid.headers)
            )
            column += span
    return cells


def follows(grid: Grid, before: Grid) -> bool:
    """Return whether a grid goes on with the one of the page before: the same columns, no other header."""
    step = grid.page.number - before.page.number
    if step not in ((0, 1) if before.carried else (1,)) or len(grid.columns) != len(before.columns):
        return False
    shift = grid.columns[-1][1] - before.columns[-1][1]
    ends = zip(grid.columns[1:], before.columns[1:], strict=True)
    if abs(shift) > 6 * _SHIFT or any(abs(a[1] - b[1] - shift) > _SHIFT for a, b in ends):
        return False
    return grid.headers == 0 or _titles(grid) == _titles(before)


def extend(cells: list[GridCell], more: Sequence[GridCell], grid: Grid, before: Grid) -> None:
    """Add the cells of a grid below those of the one it goes on with, its repeated header left out."""
    skipped = grid.headers if before.headers else 0
    shift = (cells[-1].row + 1 if cells else 0) - skipped
    for cell in more:
        if cell.row >= skipped:
            cell.row += shift
            cell.header = False
            cells.append(cell)
    grid.headers = before.headers
    if before.headers:
        grid.rows[:0] = before.rows[: before.headers]


def _titles(grid: Grid) -> list[str]:
    return [text_of(slot) for row in grid.rows[: grid.headers] for _, slot in sorted(row.items())]
