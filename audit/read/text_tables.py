"""Tables in plain text: pipes, tabs, one cell per line, or columns aligned with spaces.

A table is only taken for one when its body holds figures in columns; two short lines side by side are not enough.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audit.read.marks import mark_of
from audit.read.prose import Prose
from audit.read.units import GridCell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.read.text_lines import Line

_FIGURE = re.compile(
    r"[(\[]?[-–−+±<>~≈]?\s?(?:[A-Z]{0,3}[$€£¥]\s?)?[-–−(]?\d[\d,.'’  ]*(?:\s?%|\s?‰)?[)\]]?(?:\s?[*†‡]|\s?\(?[a-z]\)?)?"
    r"|[-–—.…*]{1,4}|n\.?/?a\.?|nd|…",
    re.I,
)
_PIECE = re.compile(r"\S+(?:[ \u00a0]\S+)*")
_RULE = re.compile(r"\s*[-=_+|:–—\s]{3,}\s*")
_CELL_LENGTH = 80
_MOST_ROWS = 100_000


def table_at(lines: Sequence[Line], index: int) -> tuple[list[GridCell], int]:
    """Return the cells of the table that begins at a line and the index behind it, or no cells."""
    line = lines[index]
    if "|" in line.text:
        found = _piped(lines, index)
        if found[0]:
            return found
    if "\t" in line.text:
        found = _tabbed(lines, index)
        if not found[0]:
            found = _one_per_line(lines, index)
        if found[0]:
            return found
    if "  " in line.text.strip():
        return _aligned(lines, index)
    return [], index


def is_figure(text: str) -> bool:
    """Return whether a cell holds one figure, or the sign for none."""
    return _FIGURE.fullmatch(text.strip()) is not None


def is_rule(text: str) -> bool:
    """Return whether a line is drawn, not written."""
    return _RULE.fullmatch(text) is not None and not text.isspace()


def _has_figures(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether columns behind the first hold figures, and nothing else, below a header: two cells or more."""
    body = rows[1:]
    width = min(len(r) for r in rows)
    count = 0
    for column in range(1, width):
        cells = [r[column] for r in body]
        if all(is_figure(c) or not c.strip() for c in cells):
            count += sum(any(x.isdigit() for x in c) for c in cells)
    return count > 1


def header_rows(rows: Sequence[Sequence[str]]) -> int:
    """Return how many leading rows are headers: those without a figure, years allowed, above one with figures."""
    for number, row in enumerate(rows):
        if any(is_figure(c) and any(x.isdigit() for x in c) and not _is_year(c) for c in row[1:]):
            return number
        if number and row[0].strip() and not any(c.strip() for c in row[1:]):
            return number  # a line with nothing but a label heads the rows below it
        if all(_is_year(c) for c in row[1:] if c.strip()) and any(c.strip() for c in row[1:]):
            return number + 1
    return 1 if len(rows) > 1 else 0


def _is_year(text: str) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d(?:[-/–]\d{2,4})?", text.strip()) is not None


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
        if is_rule(text) and ("-" in text or "=" in text):
            if rows and not header:
                header = len(rows)
        else:
            opened = opened and text.lstrip().startswith("|")
            rows.append(_split(lines[end].prose, "|"))
        end += 1
    width = max((len(r) for r in rows), default=0)
    even = all(len(r) == width for r in rows)
    if width < 2 or (not header and (len(rows) < 2 or not (even or (opened and _is_mostly(rows, width))))):
        return [], index
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
    rows = [_split(line.prose, "\t") for line in lines[index:end]]
    if len(rows) < 2 or width < 1 or not any(r[0].text for r in rows[1:]):
        return [], index
    texts = [[c.text for c in row] for row in rows]
    return (_grid(rows, header_rows(texts)), end) if _has_figures(texts) else ([], index)


def _one_per_line(lines: Sequence[Line], index: int) -> tuple[list[GridCell], int]:
    """Read a table whose cells stand one below the other, its rows parted by blank lines."""
    rows: list[list[Prose]] = []
    end = index
    while end < len(lines):
        stop = end
        while stop < len(lines) and _is_cell(lines[stop], lines[index].indent):
            stop += 1
        if stop == end or (rows and stop - end != len(rows[0])) or len(rows) > _MOST_ROWS:
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
    if len(rows) < 2 or len(rows[0]) < 2 or not _has_figures(texts):
        return [], index
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


def _aligned(lines: Sequence[Line], index: int) -> tuple[list[GridCell], int]:
    """Read rows whose columns are set apart by two or more spaces."""
    end = index
    while (
        end < len(lines) and not lines[end].is_blank and ("  " in lines[end].text.strip() or is_rule(lines[end].text))
    ):
        end += 1
    rows = [_pieces(line) for line in lines[index:end] if not is_rule(line.text)]
    telling = [r for r in rows if len(r) > 1 and any(is_figure(t) and t[-1:].isalnum() for _, _, t in r[1:])]
    if len(telling) < 2 or len(telling) * 2 < len(rows):
        return [], index
    columns = _columns(telling)
    if len(columns) < 2 or (len(telling) < 3 and len(columns) < 3):
        return [], index
    cells: list[GridCell] = []
    texts: list[list[str]] = []
    proses = [line.prose for line in lines[index:end] if not is_rule(line.text)]
    for number, (row, prose) in enumerate(zip(rows, proses, strict=True)):
        filled: dict[int, tuple[int, int]] = {}
        for first, last, _ in row:
            column = _nearest(columns, first, last)
            filled[column] = (filled[column][0], last) if column in filled else (first, last)
        for column in range(len(columns)):
            first, last = filled.get(column, (0, 0))
            cells.append(GridCell(prose=prose.cut(first, last), row=number, column=column))
        texts.append([prose.text[slice(*filled.get(c, (0, 0)))] for c in range(len(columns))])
    header = header_rows(texts)
    for cell in cells:
        cell.header = cell.row < header
    return (cells, end) if _has_figures(texts[max(header - 1, 0) :]) else ([], index)


def _pieces(line: Line) -> list[tuple[int, int, str]]:
    return [(m.start(), m.end(), m.group()) for m in _PIECE.finditer(line.text)]


def _columns(rows: Sequence[Sequence[tuple[int, int, str]]]) -> list[tuple[int, int]]:
    """Return the columns as stretches that no row's gap runs through."""
    spans = sorted((first, last) for row in rows for first, last, _ in row)
    columns: list[tuple[int, int]] = []
    for first, last in spans:
        if columns and first < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], last))
        else:
            columns.append((first, last))
    return columns


def _nearest(columns: Sequence[tuple[int, int]], first: int, last: int) -> int:
    return min(range(len(columns)), key=lambda c: (max(columns[c][0] - last, first - columns[c][1]), c))
