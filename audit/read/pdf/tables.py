"""Tables of a page: a run of lines set into columns and rows, with the header lines above it.

Labels over several lines, headings between rows and headers of several lines are told by where they stand and what
they say; ruling lines, where there are any, decide what is one row.
"""

from __future__ import annotations

from dataclasses import field
from itertools import pairwise
from typing import TYPE_CHECKING

from audit.read.flow import is_caption
from audit.read.pdf.boxed import Frame, frames_of
from audit.read.pdf.full import part_full
from audit.read.pdf.grid import (
    Slot,
    Stretch,
    columns_of,
    goes_on,
    has_figure,
    join_rows,
    mends,
    place,
    row_of,
    text_of,
    widened,
)
from audit.read.pdf.rowed import figures, is_number, repeats, rows_of
from audit.read.pdf.runs import is_aligned, is_tabular, run_end
from audit.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.read.pdf.page import Page
    from audit.read.pdf.rows import Line

_CELL = 60
_EDGE = 4.0
_HEADER_LINES = 8
_LONG_CELL = 150
_HEADER_GAP, _HEADER_POINTS = 3.6, 30.0  # in line heights and in points, from the header to the rows
_STACKED_GAP = 0.8  # from one line of a header to the next
_PAGE_WORDS = ("page", "pages", "página", "páginas", "pág", "paragraphs", "párrafos", "paragraphes")


@dataclass(slots=True)
class Grid:
    """A table: its rows of slots by column, how many of them are headers, and the lines it was made of.

    `carried` says that the table of the page before goes on with its rows, `framed` that it is drawn on all sides.
    """

    page: Page
    columns: list[Stretch]
    rows: list[dict[int, Slot]]
    headers: int
    lines: list[Line] = field(default_factory=list)
    carried: bool = False
    framed: bool = False

    @property
    def top(self) -> float:
        """Return the height of the upper edge."""
        return max(x.top for x in self.lines)

    @property
    def bottom(self) -> float:
        """Return the height of the lower edge."""
        return min(x.bottom for x in self.lines)

    @property
    def left(self) -> float:
        """Return the left edge."""
        return min(x.left for x in self.lines)

    @property
    def right(self) -> float:
        """Return the right edge."""
        return max(x.right for x in self.lines)

    @property
    def size(self) -> float:
        """Return the height of a line of the table."""
        return self.lines[0].size

    @property
    def is_contents(self) -> bool:
        """Return whether this is a table of contents: its last column holds page numbers."""
        last = len(self.columns) - 1
        cells = [text_of(r.get(last)) for r in self.rows]
        numbers = [int(c) for c in cells if c.isdecimal()]
        named = bool(cells) and cells[0].lower().strip(".") in _PAGE_WORDS
        return named and len(numbers) > 1 and numbers == sorted(numbers)


def tables_of(page: Page, lines: Sequence[Line]) -> list[Grid]:
    """Return the tables among the lines of a page, from the top."""
    tables = _framed(page, lines)
    taken = {id(x) for table in tables for x in table.lines}
    lines = [x for x in lines if id(x) not in taken]
    part_full(lines)
    index = floor = 0
    while index < len(lines):
        end = run_end(lines, index)
        if end == index:
            index += 1
            continue
        table = _table(page, lines, index, end, floor)
        if table is not None:
            tables.append(table)
            floor = end
        index = end
    return sorted(tables, key=lambda t: -t.top)


def _framed(page: Page, lines: Sequence[Line]) -> list[Grid]:
    """Return the tables that are drawn with lines on all sides."""
    tables: list[Grid] = []
    for frame in frames_of(page.drawn) if page.drawn is not None else ():
        left, bottom, right, top = frame.box
        inside = [x for x in lines if bottom < x.middle < top and left - _EDGE < x.left and x.right < right + _EDGE]
        rows: list[dict[int, Slot]] = []
        for high, low in pairwise((top, *frame.levels, bottom)):
            band = [x for x in inside if low < x.middle <= high]
            rows.extend(_band_rows(page, band, frame, (low, high)))
        cells = [text_of(s) for row in rows for s in row.values()]
        sparse = len(cells) * 3 < len(rows) * len(frame.columns)
        if len(rows) > 1 and not sparse and sum(map(len, cells)) <= _LONG_CELL * len(cells):
            tables.append(Grid(page, frame.columns, rows, _headers(rows), inside, framed=True))
    return tables


def _band_rows(page: Page, band: Sequence[Line], frame: Frame, reach: tuple[float, float]) -> list[dict[int, Slot]]:
    """Return the rows between two ruling lines: one, unless figures stand below each other there."""
    if not band:
        return []
    for printed in band:
        printed.pieces = [part for piece in printed.pieces for part in frame.cut(piece)]
    lines = [row_of(x, frame.columns) for x in band]
    joined: dict[int, Slot] = {}
    for line in lines:
        if mends(joined, line, frame.columns):
            continue
        if repeats(joined, line):
            return rows_of(page, band, frame.columns)
        join_rows(joined, line)
    for column, slot in sorted(joined.items()):
        end = column
        while end + 2 < len(frame.uprights) and end + 1 not in joined and not frame.parts(end, *reach):
            end += 1
        slot.span = end - column + 1
    return [joined]


def _table(page: Page, lines: Sequence[Line], start: int, end: int, floor: int) -> Grid | None:
    """Return the table of a run of lines, or None; its header may reach up to the line with the index `floor`."""
    telling = [x for x in lines[start:end] if is_tabular(x)]
    figured = [n for n in range(start, end) if is_tabular(lines[n]) and figures(lines[n])]
    if len(figured) > 1:
        telling = [x for x in lines[figured[0] : end] if is_tabular(x)]
    columns = columns_of(telling)
    if len(columns) < 2 or not is_aligned(telling, columns):
        return None
    if len(figured) > 1:
        first = _header_start(lines, figured[0], columns, floor)
        columns = widened(columns, lines[first : figured[0]])
    else:
        first = start
    used = list(lines[first:end])
    _tail(lines, end, columns, used)
    rows = rows_of(page, used, columns)
    return Grid(page, columns, rows, _headers(rows), used)


def _header_start(lines: Sequence[Line], start: int, columns: Sequence[Stretch], floor: int) -> int:
    """Return the first line of a table: of its header, or of the headings above its first row of figures."""
    first, headed = start, False
    for index in range(start - 1, max(floor, start - _HEADER_LINES) - 1, -1):
        line, below = lines[index], lines[index + 1]
        places = [place(p, columns) for p in line.pieces if p.text]
        over = {c for c, _ in places}
        gap = line.bottom - below.top
        limit = _STACKED_GAP * line.size if headed else max(_HEADER_GAP * line.size, _HEADER_POINTS)
        if len(over) > 2 and len(over) * 2 >= len(columns) and not headed:
            limit *= 2  # pieces over most columns can be nothing else
        if gap > limit or is_caption(line.text) or not any(c.isalnum() for c in line.text):
            break
        if line.left < columns[0][0] - 40 or line.right > columns[-1][1] + 40:
            break
        if any(len(p.text) > _CELL for p in line.pieces) or not places or max(s for _, s in places) >= len(columns):
            break
        if len(over) > 1 or min(over) > 0:
            first, headed = index, True
        elif headed and (gap > 0 or not line.bold):
            break
    return first


def _tail(lines: Sequence[Line], end: int, columns: Sequence[Stretch], used: list[Line]) -> None:
    """Take the last lines of cells that run on below the last row."""
    while end < len(lines) and used[-1].bottom - lines[end].top < 0.4 * lines[end].size:
        line = lines[end]
        if (
            len(line.text) > _CELL
            or not all(place(p, columns)[1] == 1 for p in line.pieces)
            or line.size > used[-1].size + 1
        ):
            break
        row, last = row_of(line, columns), row_of(used[-1], columns)
        under = 0 not in row and all(abs(p.left - columns[place(p, columns)[0]][0]) < _EDGE for p in line.pieces)
        if not under and not all(c in last and goes_on(text_of(last[c]), text_of(s)) for c, s in row.items()):
            break
        used.append(line)
        end += 1


def _headers(rows: Sequence[dict[int, Slot]]) -> int:
    """Return how many rows stand above the first with a figure: years are none, unless all figures are years."""
    for telling in (has_figure, is_number):
        for number, row in enumerate(rows[:-1]):
            if any(telling(text_of(s)) for c, s in row.items() if c):
                headings = 0
                while number > headings and set(rows[number - headings - 1]) == {0}:
                    headings += 1  # a heading of the rows below it
                return number - headings
    first, second = rows[0], rows[1 if len(rows) > 1 else 0]
    return int(_look(first) != _look(second))


def _look(row: dict[int, Slot]) -> tuple[bool, int]:
    pieces = [p for slot in row.values() for p in slot.pieces]
    return all(p.bold for p in pieces), round(max(p.size for p in pieces))
