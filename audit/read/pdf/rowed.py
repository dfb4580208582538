"""From the lines of a table to its rows: lines joined where ruling lines, the words or their distance say so."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from audit.read.pdf.grid import Slot, Stretch, goes_on, has_figure, is_figure, join_rows, mends, row_of, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.read.pdf.page import Page, Piece
    from audit.read.pdf.rows import Line

_TIGHT = 1.45
_SAME = 2.0
_CLOSE, _WRAPPED = 0.7, 1.25  # of the least distance of rows, of the height of a line


def rows_of(page: Page, lines: Sequence[Line], columns: Sequence[Stretch]) -> list[dict[int, Slot]]:
    """Return the rows of a table: lines joined where ruling lines or the words show that they are one."""
    rules = _rules(page, columns)
    ruled = sum(lines[-1].bottom < y < lines[0].top for y in rules) * 2 >= len(lines) - 1 > 0
    rows: list[dict[int, Slot]] = []
    above: Line | None = None
    seen = False
    with_figures = sum(any(is_number(p.text) for p in x.pieces[1:]) for x in lines) > 1
    pitch = _least_pitch(lines)
    for line in lines:
        row = row_of(line, columns)
        if above is None or any(line.middle < y < above.middle for y in rules):
            rows.append(row)
        elif ruled and mends(rows[-1], row, columns):
            pass
        elif (
            (ruled and not repeats(rows[-1], row))
            or _belongs(rows[-1], row, above, line, is_head=with_figures and not seen)
            or (set(row) == {0} and _is_close(above, line, pitch))
        ):
            join_rows(rows[-1], row)
        else:
            rows.append(row)
        seen = seen or any(has_figure(p.text) for p in line.pieces[1:])
        above = line
    return rows


def _is_close(above: Line, line: Line, pitch: float) -> bool:
    step = above.top - line.top
    return step < _CLOSE * pitch and step < _WRAPPED * line.size and above.bold == line.bold


def _least_pitch(lines: Sequence[Line]) -> float:
    """Return the least distance of two rows of figures: a label line much closer than that goes on with a label."""
    figured = [x.top for x in lines if figures(x)]
    return min((a - b for a, b in pairwise(figured) if a > b), default=0.0)


def _rules(page: Page, columns: Sequence[Stretch]) -> list[float]:
    """Return the heights of the lines that run over half the width of a table: drawn ones, ends of shaded rows."""
    if page.drawn is None:
        return []
    left, right = columns[0][0], columns[-1][1]
    covered: dict[int, float] = {}
    heights: dict[int, float] = {}
    ends = [(a, y, c, y) for a, b, c, d in page.drawn.areas for y in (b, d)]
    begun: dict[int, list[Piece]] = {}
    for piece in page.pieces:
        begun.setdefault(round(piece.left), []).append(piece)
    for box in (*page.drawn.across, *ends):
        near = (p for x in (-1, 0, 1) for p in begun.get(round(box[0]) + x, ()))
        if any(abs(p.right - box[2]) < _SAME and p.bottom - _SAME < box[1] < p.middle for p in near):
            continue  # a link is underlined
        key = round((box[1] + box[3]) / 4)
        covered[key] = covered.get(key, 0.0) + max(0.0, min(box[2], right) - max(box[0], left))
        heights[key] = (box[1] + box[3]) / 2
    return sorted((heights[k] for k, width in covered.items() if width > (right - left) / 2), reverse=True)


def repeats(row: dict[int, Slot], more: dict[int, Slot]) -> bool:
    """Return whether a line has a figure in a column that holds one already: another row between the same rules."""
    return any(c in row and has_figure(text_of(s)) and is_figure(text_of(row[c])) for c, s in more.items() if c)


def _belongs(row: dict[int, Slot], more: dict[int, Slot], above: Line, line: Line, *, is_head: bool) -> bool:
    """Return whether a line goes on with the row above it where no ruling line says so."""
    if above.top - line.top > _TIGHT * max(line.size, above.size):
        return False
    figures = any(has_figure(text_of(s)) for c, s in more.items() if c)
    before = any(has_figure(text_of(s)) for c, s in row.items() if c)
    if is_head and not figures and not before and len(more) + len(row) > 2 and line.bold == above.bold:
        return True
    if 0 not in more:
        return not figures
    if figures and before:
        return False
    return goes_on(text_of(row.get(0)), text_of(more[0])) and (len(more) == 1 or not before)


def figures(line: Line) -> bool:
    """Return whether a line has a figure behind its first piece."""
    return any(has_figure(p.text) for p in line.pieces[1:])


def is_number(text: str) -> bool:
    """Return whether a text is one figure with digits, years included."""
    return any(map(str.isdigit, text)) and is_figure(text)
