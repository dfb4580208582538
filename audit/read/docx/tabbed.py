"""Tables laid out with tab stops: lines of a Word file whose figures stand in columns without being a table."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from audit.read.marks import mark_of
from audit.read.prose import Prose
from audit.read.text_lines import Line
from audit.read.text_tables import is_figure, table_at
from audit.read.units import Unit, UnitKind

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_ROWS = 2_000
_PATIENCE = 4  # lines that begin no table, after which the rest of a group is not tried
_TABS = re.compile(r"\t+")


def table_tabs(units: Sequence[Unit]) -> list[Unit]:
    """Return the units with a table for each group of lines that tabs lay out as one."""
    found: list[Unit] = []
    index = 0
    while index < len(units):
        end = index
        while end < len(units) and _is_row(units[end]):
            end += 1
        failed = 0
        while index < end:
            table, count = _table(units[index : min(end, index + _MOST_ROWS)]) if failed < _PATIENCE else (None, 1)
            failed += table is None
            found.append(table if table is not None else units[index])
            index += count
        if index < len(units):
            found.append(units[index])
            index += 1
    for unit in found:
        if unit.kind is UnitKind.PROSE and "\t" in unit.prose.text:
            unit.prose = unit.prose.strip()
    return found


def _is_row(unit: Unit) -> bool:
    text = unit.prose.text
    return unit.kind is UnitKind.PROSE and unit.mark is None and "\t" in text and mark_of(text.strip()) is None


def _table(units: Sequence[Unit]) -> tuple[Unit | None, int]:
    """Return the table that begins with the first unit and how many units it takes, or none and one."""
    if len(units) < 2 or not _holds_figures(units):
        return None, 1
    doubled = any("\t\t" in unit.prose.text for unit in units)
    for once in (
        (False, True) if doubled else (False,)
    ):  # several tabs in a row are an empty cell, or the way to a far tab stop
        lines = [_line(unit, once=once) for unit in units]
        cells, count = table_at(lines, 0)
        if cells and count > 1:
            return Unit(UnitKind.TABLE, Prose(), indent=units[0].indent, cells=cells), count
    return None, 1


def _holds_figures(units: Sequence[Unit]) -> bool:
    """Return whether two cells behind the first hold a figure: what follows costs more than this look."""
    cells = (cell for unit in units for cell in unit.prose.text.split("\t")[1:] if any(c.isdecimal() for c in cell))
    return len(list(islice((cell for cell in cells if is_figure(cell)), 2))) == 2


def _line(unit: Unit, *, once: bool) -> Line:
    prose = unit.prose
    if once:
        prose, position = Prose(), 0
        for match in _TABS.finditer(unit.prose.text):
            prose.append(unit.prose.cut(position, match.start() + 1))
            position = match.end()
        prose.append(unit.prose.cut(position))
    return Line(prose, prose.text, unit.indent, len(prose.text))
