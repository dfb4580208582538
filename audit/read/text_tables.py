"""Tables in plain text: pipes, tabs, one cell per line, or columns aligned with spaces.

A table is only taken for one when its body holds figures in columns; two short lines side by side are not enough.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.read.marks import mark_of
from audit.read.prose import Prose
from audit.read.text_columns import aligned
from audit.read.text_figures import has_figures, header_rows, is_figure, is_rule
from audit.read.units import GridCell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.read.text_lines import Line

__all__ = ["Tables", "header_rows", "is_figure", "is_rule", "table_at"]

_CELL_LENGTH = 80
_MOST_CELLS = 5_000_000
_MOST_COLUMNS = 2_000
_TRIES = 4


class Tables:
    """The lines of a text and where the tables in them begin.

    A run of lines that is no table is not looked at again from each of its lines: a few tries are enough.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._tried: dict[str, tuple[int, int]] = {}  # kind of table -> end of the last run, tries in it

    def at(self, index: int) -> tuple[list[GridCell], int]:
        """Return the cells of the table that begins at a line and the index behind it, or no cells."""
        text = self._lines[index].text
        for kind, sign in _SIGNS:
            if sign not in text or (kind == "aligned" and sign not in text.strip()):
                continue
            last, tries = self._tried.get(kind, (0, 0))
            if index < last and tries >= _TRIES:
                continue
            cells, end = _KINDS[kind](self._lines, index)
            if cells:
                return cells, end
            self._tried[kind] = (end, tries + 1 if end == last else 1)
        return [], index


def table_at(lines: Sequence[Line], index: int) -> tuple[list[GridCell], int]:
    """Return the cells of the table that begins at a line and the index behind it, or no cells."""
    return Tables(lines).at(index)


def _grid(rows: Sequence[Sequence[Prose]], header: int) -> list[GridCell]:
    return [
        GridCell(prose=cell, row=r, column=c, header=r < header)
        for r, row in enumerate(rows)
        for c, cell in enumerate(row)
    ]


def _piped(lines: Sequence[Line], index: int) -> tuple[list[GridCell], int]:
    """Read rows with a pipe between cells; a rule under the header, or a pipe before every row, makes them a table."""
    rows: list[list[Prose]] = []
    header, end, opened = 0, index, True
    while end < len(lines) and (
        "|" in lines[end].text or (rows and is_rule(lines[end].text) and "+" in lines[end].text)
    ):
        text = lines[end].text
        if text.count("|") > _MOST_COLUMNS:
            return [], end + 1
        if is_rule(text) and ("-" in text or "=" in text):
            if rows and not header:
                header = len(rows)
        else:
            opened = opened and text.lstrip().startswith("|")
            rows.append(_split(lines[end].prose, "|"))
        end += 1
    width = max((len(r) for r in rows), default=0)
    even = all(len(r) == width for r in rows)
    if (
        width * len(rows) > _MOST_CELLS
        or width < 2
        or (not header and (len(rows) < 2 or not (even or (opened and _is_mostly(rows, width)))))
    ):
        return [], end
    texts = [[c.text for c in row] + [""] * (width - len(row)) for row in rows]
    return _spread(rows, header or header_rows(texts), width), end


def _is_mostly(rows: Sequence[Sequence[Prose]], width: int) -> bool:
    return sum(len(r) == width for r in rows) * 2 > len(rows)


def _spread(rows: Sequence[Sequence[Prose]], header: int, width: int) -> list[GridCell]:
    """Return the cells of rows of uneven length: a short header row spans columns, a short body row ends early."""
    cells: list[GridCell] = []
    for number, row in enumerate(rows):
        titles = sum(bool(c.text) for c in row)
        missing = width - len(row)
        extra = missing // titles if number < header and titles and missing % titles == 0 else 0
        column = 0
        for cell in row:
            span = 1 + (extra if cell.text else 0)
            cells.append(GridCell(prose=cell, row=number, column=column, column_span=span, header=number < header))
            column += span
        cells.extend(
            GridCell(prose=Prose(), row=number, column=c, header=number < header) for c in range(column, width)
        )
    return cells


def _split(prose: Prose, separator: str) -> list[Prose]:
    text = prose.text.rstrip()
    start = len(text) - len(text.lstrip(" \t" if separator == "|" else " "))
    if separator == "|" and text[start : start + 1] == "|":
        start += 1
    cells: list[Prose] = []
    while True:
        end = text.find(separator, start)
        while end > 0 and text[end - 1] == "\\":
            end = text.find(separator, end + 1)
        if end < 0:
            break
        cells.append(prose.cut(start, end).strip())
        start = end + 1
    if separator != "|" or text[start:].strip():
        cells.append(prose.cut(start, len(text)).strip())
    return cells


def _tabbed(lines: Sequence[Line], index: int) -> tuple[list[GridCell], int]:
    """Read rows whose cells stand side by side, a tab between them."""
    width = lines[index].text.count("\t")
    if mark_of(lines[index].text.lstrip()):
        return [], index
    end = index
    while end < len(lines) and lines[end].text.count("\t") == width and not lines[end].is_blank:
        end += 1
    rows = [_split(line.prose, "\t") for line in lines[index:end]] if width <= _MOST_COLUMNS else []
    if len(rows) < 2 or width < 1 or not any(r[0].text for r in rows[1:]):
        return [], end
    texts = [[c.text for c in row] for row in rows]
    return (_grid(rows, header_rows(texts)) if has_figures(texts) else []), end


def _one_per_line(lines: Sequence[Line], index: int) -> tuple[list[GridCell], int]:
    """Read a table whose cells stand one below the other, its rows parted by blank lines."""
    rows: list[list[Prose]] = []
    end = index
    while end < len(lines):
        stop = end
        while stop < len(lines) and _is_cell(lines[stop], lines[index].indent):
            stop += 1
        if stop - end > _MOST_COLUMNS:
            return [], stop
        if stop == end or (rows and stop - end != len(rows[0])):
            break
        rows.append([line.prose.strip() for line in lines[end:stop]])
        end = stop
        while stop < len(lines) and lines[stop].is_blank:
            stop += 1
        if stop == end or stop >= len(lines):
            break
        end = stop
    while end > index and lines[end - 1].is_blank:
        end -= 1
    texts = [[c.text for c in row] for row in rows]
    if len(rows) < 2 or len(rows[0]) < 2 or not has_figures(texts):
        return [], end
    return _grid(rows, header_rows(texts)), end


def _is_cell(line: Line, indent: int) -> bool:
    bare = line.text.strip()
    return (
        bool(bare)
        and line.text.startswith("\t")
        and line.indent == indent
        and len(bare) <= _CELL_LENGTH
        and not mark_of(bare)
    )


_SIGNS = (("piped", "|"), ("tabbed", "\t"), ("one_per_line", "\t"), ("aligned", "  "))
_KINDS = {"piped": _piped, "tabbed": _tabbed, "one_per_line": _one_per_line, "aligned": aligned}
