"""Tables in plain text whose columns are set apart by two or more spaces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audit.read.text_figures import has_figures, header_rows, is_figure, is_rule
from audit.read.units import GridCell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.read.text_lines import Line

_PIECE = re.compile(r"\S+(?:[ \u00a0]\S+)*")
_MOST_COLUMNS = 100


def aligned(lines: Sequence[Line], index: int) -> tuple[list[GridCell], int]:
    """Read rows whose columns are set apart by two or more spaces."""
    end = index
    while (
        end < len(lines) and not lines[end].is_blank and ("  " in lines[end].text.strip() or is_rule(lines[end].text))
    ):
        end += 1
    rows = [_pieces(line) for line in lines[index:end] if not is_rule(line.text)]
    telling = [r for r in rows if any(is_figure(t) and any(c.isdecimal() for c in t) for _, _, t in r[1:])]
    if len(telling) < 2 or len(telling) * 2 < len(rows):
        return [], end
    columns = _columns(telling)
    if not 2 <= len(columns) <= _MOST_COLUMNS or (len(telling) < 3 and len(columns) < 3):
        return [], end
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
    return (cells if has_figures(texts[max(header - 1, 0) :]) else []), end


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
