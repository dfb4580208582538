"""Table rows printed as one: cells that hold several figures one below the other, the same number in each column."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audit.read.text_tables import is_figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.read.prose import Prose
    from audit.read.units import GridCell

_MOST_LINES = 200


def unstacked(cells: Sequence[GridCell]) -> list[GridCell]:
    """Return the cells with each stacked row taken apart; a line break within any other cell becomes a space."""
    rows: dict[int, list[GridCell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    spanned = any(cell.row_span > 1 for cell in cells)
    out: list[GridCell] = []
    shift = 0
    for number, row in rows.items():
        parts = [_lines(cell.prose) for cell in row]
        count = 0 if spanned else _stack(row, parts)
        for cell in row:
            cell.row = number + shift
        if not count:
            out.extend(row)
            continue
        for line in range(count):
            for cell, lines in zip(row, parts, strict=True):
                if len(lines) == count:
                    out.append(replace(cell, prose=lines[line], row=cell.row + line))
                elif line == 0:
                    out.append(cell)
                else:
                    out.append(replace(cell, prose=cell.prose.cut(0, 0), row=cell.row + line))
        shift += count - 1
    for cell in out:
        cell.prose.flatten()
    return out


def _lines(prose: Prose) -> list[Prose]:
    if "\n" not in prose.text:
        return [prose]
    lines: list[Prose] = []
    start = 0
    for text in prose.text.split("\n"):
        if text.strip() or prose.cut(start, start + len(text)).calls:
            lines.append(prose.cut(start, start + len(text)).strip())
        start += len(text) + 1
    return lines[: _MOST_LINES + 1]


def _stack(row: Sequence[GridCell], parts: Sequence[Sequence[Prose]]) -> int:
    """Return how many rows a row really is, or 0: two columns or more must stack the same number of figures."""
    stacks = [len(lines) for lines in parts if len(lines) > 1 and all(is_figure(x.text) for x in lines)]
    others = [lines for lines in parts if not (len(lines) > 1 and all(is_figure(x.text) for x in lines))]
    mixed = any(is_figure(x.text) for lines in others for x in lines)
    if len(stacks) < 2 or len(set(stacks)) > 1 or mixed or stacks[0] > _MOST_LINES or row[0].header:
        return 0
    return stacks[0]
