"""HTML table cells into a grid: spans placed, spacer columns dropped, "$" and ")" cells put back on their figures."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from audit.read.marks import Mark, mark_of
from audit.read.prose import Prose
from audit.read.stacked import unstacked
from audit.read.text_tables import header_rows, is_figure
from audit.read.units import GridCell, Unit, UnitKind

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_SPAN = 1000
_HEAD_ROWS = 30
_FIGURE_ENDS = frozenset("0123456789—–-")
_PREFIXES = frozenset({"$", "€", "£", "¥", "US$", "(", "$(", "($", "R$", "C$", "A$"})
_SUFFIXES = frozenset({")", "%", ")%", "%)", "‰"})


class Grid:
    """A table under construction."""

    def __init__(self) -> None:
        self.cells: list[GridCell] = []
        self.caption = Prose()
        self.is_layout = False
        self.row, self.column = -1, 0
        self.in_head = False
        self._below: dict[int, int] = {}  # column -> rows that a cell above still covers

    def begin_row(self) -> None:
        """Start the next row."""
        self.row, self.column = self.row + 1, 0
        self._below = {c: left - 1 for c, left in self._below.items() if left > 1}

    def begin_cell(self, *, column_span: int, row_span: int, header: bool) -> GridCell:
        """Add a cell at the next free column and return it; its text is filled in by the caller."""
        if self.row < 0:
            self.begin_row()
        while self.column in self._below:
            self.column += 1
        width = min(max(column_span, 1), _MOST_SPAN)
        cell = GridCell(
            prose=Prose(),
            row=self.row,
            column=self.column,
            row_span=max(row_span, 1),
            column_span=width,
            header=header or self.in_head,
        )
        if row_span > 1 and width <= 50:
            self._below.update({self.column + offset: row_span for offset in range(width)})
        self.column += width
        self.cells.append(cell)
        return cell


def units_of_table(grid: Grid, indent: int) -> list[Unit]:
    """Return a table as one unit, or as prose where the table only arranges text on the page."""
    for cell in grid.cells:
        cell.prose = cell.prose.strip()
        cell.row_span = min(cell.row_span, grid.row + 1 - cell.row)
    cells = _tidy(grid.cells)
    if not cells:
        return []
    width = max(c.column + c.column_span for c in cells)
    rows: dict[int, list[GridCell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    if width == 1 or (len(rows) == 1 and any(len(c.prose.text) > 100 for c in cells)):
        return [_prose(c.prose, indent) for c in cells if c.prose.text or c.prose.calls]
    if len(rows) == 1 and not any(any(x.isdecimal() for x in c.prose.text) and is_figure(c.prose.text) for c in cells):
        line = Prose()
        for cell in cells:
            line.join(cell.prose)
        return [_prose(line, indent)]
    if width == 2:
        marks = [mark_of(f"{row[0].prose.text} x") if row[0].prose.text else None for row in rows.values()]
        if all(mark or not row[0].prose.text for mark, row in zip(marks, rows.values(), strict=True)) and any(marks):
            return [_prose(row[-1].prose, indent, mark) for mark, row in zip(marks, rows.values(), strict=True)]
    cells = unstacked(cells)
    if not any(c.header for c in cells):
        _find_headers(cells, width)
    return [Unit(UnitKind.TABLE, grid.caption.strip(), indent=indent, cells=cells)]


def _prose(prose: Prose, indent: int, mark: Mark | None = None) -> Unit:
    prose.flatten()
    return Unit(UnitKind.PROSE, prose, indent=indent, mark=mark)


def _find_headers(cells: Sequence[GridCell], width: int) -> None:
    texts: dict[int, list[str]] = {}
    for cell in cells:
        if cell.row >= _HEAD_ROWS:
            break
        if cell.row not in texts:
            texts[cell.row] = [""] * width
        texts[cell.row][cell.column] = cell.prose.text
    count = header_rows(list(texts.values()))
    for cell in cells:
        cell.header = cell.row < count


def _tidy(cells: list[GridCell]) -> list[GridCell]:
    """Return the cells without spacers: each affix on its figure, empty columns and rows gone."""
    by_row: dict[int, list[GridCell]] = {}
    for cell in cells:
        by_row.setdefault(cell.row, []).append(cell)
    for row in by_row.values():
        _affix(row)
    kept = sorted({c.column for c in cells if c.column_span == 1 and c.prose.text})
    kept = kept or sorted({c.column for c in cells if c.prose.text})
    tidy: list[GridCell] = []
    number = 0
    for row in by_row.values():
        if not any(c.prose.text or c.prose.calls for c in row):
            continue
        last = -1
        for cell in row:
            at = bisect_left(kept, cell.column)
            span = bisect_left(kept, cell.column + cell.column_span) - at
            if span == 0 and not cell.prose.text:
                continue
            at = min(at, len(kept) - 1)
            if at <= last:
                if not cell.prose.text:
                    continue
                if tidy and tidy[-1].row == number:
                    tidy[-1].prose.join(cell.prose)
                    continue
            cell.row, cell.column, cell.column_span = number, at, max(span, 1)
            last = at + cell.column_span - 1
            tidy.append(cell)
        number += 1
    return tidy


def _affix(row: Sequence[GridCell]) -> None:
    """Put "$" on the figure behind it and ")" or "%" on the figure before it."""
    opened: GridCell | None = None
    before: GridCell | None = None
    for cell in row:
        text = cell.prose.text
        if not text:
            continue
        if text in _SUFFIXES and before is not None and before.prose.text[-1:] in _FIGURE_ENDS:
            before.prose.append(cell.prose)
            cell.prose = Prose()
            continue
        if opened is not None and text[0] in "0123456789.(—–-":
            joined = Prose()
            joined.append(opened.prose)
            joined.append(cell.prose)
            cell.prose, opened.prose = joined, Prose()
        opened = cell if text in _PREFIXES else None
        before = cell
