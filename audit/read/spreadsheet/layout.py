"""From the rows of a sheet to titles, tables and notes, as the CSV reader lays out a file.

A blank row ends a table only where titles and a header follow; inside a table it is a visual gap. Columns that hold
nothing are left out of the grid, so that a figure in column XFD does not make a table of 16,384 columns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.cells import MANY, Source, column_name
from audit.errors import ReadError
from audit.model import Anchor, BlockKind, Cell
from audit.read.units import is_caption
from audit.records import dataclass

if TYPE_CHECKING:
    from audit.read.builder import Builder
    from audit.read.limits import Limits
    from audit.read.spreadsheet.sheet import Filled, Row, Sheet

_REACH = 12
_DENSE = 8
_SMALL = 1_000


@dataclass(frozen=True, slots=True)
class Framed:
    """One table with the titles above it and the notes below it; any of the three may be empty."""

    titles: list[Row]
    rows: list[Row]
    notes: list[Row]


def frame(rows: list[Row]) -> list[Framed]:
    """Return the tables of a sheet in order."""
    parts: list[list[Row]] = [[]]
    holds = False
    for position, row in enumerate(rows):
        after_gap = position > 0 and row[0] > rows[position - 1][0] + 1
        if after_gap and holds and _opens_table(rows, position):
            parts.append([])
            holds = False
        parts[-1].append(row)
        holds = holds or (len(row[1]) > 1 and any(cell.is_number for cell in row[1]))
    return [_framed(part) for part in parts if part]


def _opens_table(rows: list[Row], position: int) -> bool:
    for _, cells in rows[position : position + _REACH]:
        if not _is_title(cells):
            return len(cells) > 1 and not any(cell.is_number and not cell.is_year for cell in cells)
    return False


def _is_title(cells: list[Filled]) -> bool:
    return len(cells) == 1 and not cells[0].is_number


def _framed(part: list[Row]) -> Framed:
    first, last = 0, len(part)
    while first < last and _is_title(part[first][1]):
        first += 1
    while last > first and _is_title(part[last - 1][1]):
        last -= 1
    return Framed(part[:first], part[first:last], part[last:])


class Layout:
    """Writes the tables of one sheet into the document."""

    def __init__(self, builder: Builder, name: str, sheet: Sheet, limits: Limits) -> None:
        self._builder, self._name, self._limits = builder, name, limits
        self._names: dict[int, str] = {}
        self._spans = {(top, left): (bottom, right) for top, left, bottom, right in sheet.merges}

    def write(self, framed: Framed) -> None:
        """Write a table with its titles and notes."""
        caption = next((i for i, (_, cells) in enumerate(framed.titles) if is_caption(cells[0].text)), -1)
        if caption < 0 and framed.rows:
            caption = len(framed.titles) - 1
        for number, row in enumerate(framed.titles):
            is_named = number == caption and bool(framed.rows)
            self._line(row, BlockKind.CAPTION if is_named else BlockKind.PARAGRAPH)
        if framed.rows:
            named = framed.titles[caption][1][0].text.strip() if framed.titles else ""
            self._table(framed.rows, named)
        for row in framed.notes:
            self._line(row, BlockKind.PARAGRAPH)

    def _line(self, row: Row, kind: BlockKind) -> None:
        number, cells = row
        for cell in cells:
            text = " ".join(cell.text.split())
            self._builder.block(kind, text, self._anchor(self._address(number, cell.column)))

    def _address(self, row: int, column: int) -> str:
        if column not in self._names:
            self._names[column] = column_name(column)
        return f"{self._names[column]}{row + 1}"

    def _anchor(self, name: str) -> Anchor:
        return Anchor(start=self._builder.offset, sheet=self._name, cell=name)

    def _table(self, rows: list[Row], caption: str) -> None:
        used = sorted({cell.column for _, cells in rows for cell in cells})
        columns = {column: index for index, column in enumerate(used)}
        lines = _with_gaps(rows)
        area = len(lines) * len(columns)
        if area > self._limits.max_cells:
            raise ReadError(
                f"{self._builder.path}: sheet {self._name} has a table of {len(lines):,} rows and {len(columns):,} "
                f"columns, more than {self._limits.max_cells:,} cells; split it or raise max_cells"
            )
        heads = _heads(rows)
        filled = sum(len(cells) for _, cells in rows)
        dense = area <= max(_SMALL, _DENSE * filled)
        merged = self._merged(lines, columns)
        if area >= MANY and dense and not merged:
            texts = [[shown.get(column, "") for column in used] for shown in map(_texts, lines)]
            numbers = [number for number, _ in lines]
            self._builder.plain_table(
                texts, Source(rows=numbers, columns=used, sheet=self._name, heads=heads), caption=caption
            )
            return
        covered = {place for place, (_, _, first) in merged.items() if not first}
        self._builder.begin_table()
        for index, (number, cells) in enumerate(lines):
            shown = {cell.column: cell for cell in cells}
            written = [c for c in used if c in shown or (dense and number >= 0 and (number, c) not in covered)]
            for column in written or used[:1]:
                cell = shown.get(column)
                row_span, column_span, _ = merged.get((number, column), (1, 1, True))
                name = self._address(number, column) if number >= 0 else ""
                shape = Cell(
                    row=index,
                    column=columns[column],
                    start=0,
                    end=0,
                    row_span=row_span,
                    column_span=column_span,
                    header=index < heads,
                    name=name,
                    stored=None if cell is None else cell.stored,
                )
                last = column == (written or used)[-1] or number < 0
                self._builder.cell("" if cell is None else cell.text, shape, self._anchor(name), last=last)
        self._builder.end_table(caption=caption, sheet=self._name)

    def _merged(self, lines: list[Row], columns: dict[int, int]) -> dict[tuple[int, int], tuple[int, int, bool]]:
        """Return (rows, columns, whether it is the first) for each place of the merged ranges in a table.

        A range that begins inside another, or holds figures besides its first, is none: programs that write files
        leave such ranges, and a figure under one is still a figure.
        """
        places: dict[tuple[int, int], tuple[int, int, bool]] = {}
        filled = {(row, cell.column) for row, cells in lines for cell in cells} if self._spans else set()
        spent = 0
        for index, (number, _) in enumerate(lines if self._spans else ()):
            for column in columns:
                end = self._spans.get((number, column))
                if end is None or (number, column) in places:
                    continue
                rows = [row for row, _ in lines[index : index + 1 + end[0] - number] if row <= end[0]]
                across = [c for c in columns if column <= c <= end[1]]
                inside = [(row, c) for row in rows for c in across]
                spent += len(inside)
                if spent > self._limits.max_cells:
                    return places
                if filled.isdisjoint(inside[1:]):
                    places.update((place, (len(rows), len(across), False)) for place in inside)
                    places[number, column] = (len(rows), len(across), True)
        return places


def _texts(row: Row) -> dict[int, str]:
    return {cell.column: cell.text for cell in row[1]}


def _with_gaps(rows: list[Row]) -> list[Row]:
    """Return the rows with one blank row, numbered -1, for each gap between them: a gap parts groups of rows."""
    lines: list[Row] = []
    for number, cells in rows:
        if lines and number > lines[-1][0] + 1:
            lines.append((-1, []))
        lines.append((number, cells))
    return lines


def _heads(rows: list[Row]) -> int:
    """Return how many rows are headers: those of words, years allowed, above the first row with figures."""
    for index, (_, cells) in enumerate(rows):
        if any(cell.is_number and not cell.is_year for cell in cells):
            return index
    return 1 if len(rows) > 1 else 0
