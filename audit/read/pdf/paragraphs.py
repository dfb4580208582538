"""From lines in reading order to units: paragraphs joined over lines and pages, headings known by their print.

A line begins a paragraph when more space than usual stands above it, when it opens with the mark its list waits for,
when the line above ends short of the edge, or when its print changes.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from audit.read.flow import Unit, UnitKind, is_caption
from audit.read.marks import Mark, mark_of
from audit.read.pdf.cells import cells_of, extend, follows
from audit.read.pdf.runs import has_leaders
from audit.read.prose import Prose

if TYPE_CHECKING:
    from audit.read.pdf.cells import Write
    from audit.read.pdf.look import Look
    from audit.read.pdf.rows import Line
    from audit.read.pdf.tables import Grid

_FINISHED = re.compile(r"[.!?:;…][\"”’»)\]]*$")
_LISTED_END = re.compile(r"[;,]\s*(?:and|or|y|o|et|ou)?$", re.I)
_STOP = re.compile(r"[.;,!?…][\"”’»)\]]*$")
_LOWER = re.compile(r"[\"“(\[‘]?[a-zà-öø-ÿ]")
_RANGE_END = re.compile(r"\d[–-]$")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*[/?&=_.%-]$")
_OPEN_ENDS = tuple("-‐\u00ad–/&?=_.%")
_ENDING = 12
_SHORT = 0.88
_SHIFT = 6.0
_COLUMN = 4.0
_HEADING_LENGTH = 220
_HEADING_LINES = 4
_SMALLER = 0.95
_MARK_REACH = 8


class Joiner:
    """Lines on their way into units."""

    def __init__(self, look: Look, write: Write) -> None:
        self.look, self.write = look, write
        self.table_unit: Unit | None = None
        self.grid: Grid | None = None
        self.units: list[Unit] = []
        self.lines: list[Line] = []
        self.seen: dict[tuple[str, str], int] = {}
        self.margin = 0.0
        self.pending: Unit | None = None
        self.sizes: list[tuple[float, Unit]] = []
        self.has_headings = False

    def take(self, line: Line) -> None:
        """Take the next line."""
        text = line.text
        if not text.strip():
            if self.lines and line.pieces and line.pieces[0].calls:
                self.lines.append(line)
            return
        mark = _mark_at(text)
        if not self.lines:
            if self._resumes(line, mark):
                return
        elif not self._joins(self.lines[-1], line, mark):
            self.close()
        if not self.lines and mark is not None:
            for style, ordinal in mark.readings:
                self.seen[mark.form, style] = ordinal
        self.lines.append(line)

    def put(self, grid: Grid) -> None:
        """Take a table that stands between the lines; one that goes on from the page before is joined to it."""
        self.close()
        last = self.units[-1] if self.units else None
        cells = cells_of(grid, self.write)
        if last is not None and last is self.table_unit and self.grid is not None and follows(grid, self.grid):
            extend(last.cells, cells, grid, self.grid)
        else:
            last = Unit(UnitKind.TABLE, Prose(), cells=cells)
            self.units.append(last)
        self.table_unit, self.grid = last, grid

    def close(self) -> None:
        """End the open paragraph."""
        lines, self.lines = self.lines, []
        if not lines:
            return
        prose = self.joined(lines)
        first = lines[0]
        unit = Unit(UnitKind.PROSE, prose, indent=max(0, round((first.left - first.start) / _COLUMN)), plain=True)
        unit.apart = False
        if first.contents or has_leaders(prose.text) or (is_caption(prose.text) and self._stands_out(lines)):
            unit.kind = UnitKind.CAPTION
        elif self._is_heading(lines, prose.text):
            self._to_heading(unit, first)
        elif self.has_headings:
            mark = mark_of(prose.text)
            unit.listed = mark is None or not mark.is_weak  # no heading then: those are known by their print
        self.units.append(unit)
        self.pending = unit if unit.kind is UnitKind.PROSE else None

    def finish(self) -> list[Unit]:
        """Return all units, the larger the print of a heading the higher its level."""
        self.close()
        level, above = 0, 0.0
        for size, unit in sorted(self.sizes, key=lambda pair: -pair[0]):
            if size < _SMALLER * above or not level:
                level, above = level + 1, size
            unit.level = level
        return self.units

    def joined(self, lines: list[Line]) -> Prose:
        """Return the text of the lines of one paragraph."""
        first = lines[0]
        prose = Prose()
        self.write(prose, first.page, first.pieces)
        for above, line in pairwise(lines):
            prose = self._append(prose, above.text, line)
        return prose

    def _append(self, prose: Prose, above: str, line: Line) -> Prose:
        following = line.text
        if above[-1:] in _OPEN_ENDS and prose.length:
            if self.look.hyphen_ends(above[-40:], following[:40]):
                prose = prose.cut(0, prose.length - 1)
            elif not (
                (_RANGE_END.search(above[-3:]) and following[:1].isdecimal())
                or _ADDRESS.search(above.rsplit(" ", 1)[-1])
            ):
                prose.turn()
        elif following:
            prose.turn()
        self.write(prose, line.page, line.pieces)
        return prose

    def _joins(self, above: Line, line: Line, mark: Mark | None) -> bool:
        """Return whether a line goes on with the paragraph of the line above it."""
        if above.contents != line.contents or has_leaders(above.text) or (line.contents and len(above.pieces) > 1):
            return False
        end = above.text[-_ENDING:]
        finished = _FINISHED.search(end) is not None
        if mark is not None and self._begins(mark, line, listed=finished or _LISTED_END.search(end) is not None):
            return False
        if abs(line.size - above.size) > 0.08 * above.size + 0.3:
            return False
        full = above.right >= above.start + _SHORT * (above.stop - above.start)
        if line.bold != above.bold and (
            not full or finished or (not line.bold and len(self.lines) == 1 and self._stands_out(self.lines))
        ):
            return False
        if line.page is not above.page or line.top > above.top:
            return self._joins_over(above, line, finished=finished, full=full)
        if self.look.is_spaced(line, above):
            return False
        if len(self.lines) < _HEADING_LINES and self._stands_out([*self.lines, line]):
            return not (finished and not full)
        return self._continues(above, line, finished=finished, full=full)

    def _continues(self, above: Line, line: Line, *, finished: bool, full: bool) -> bool:
        """Return whether a line at the usual distance goes on, by its indent and by the room left above it."""
        if finished and not full:
            return False
        shift = line.left - line.start - above.left + above.start
        if abs(shift) > _SHIFT and len(self.lines) > 1 and (finished or shift < 0):
            return False
        if shift > _SHIFT and len(self.lines) == 1 and finished and mark_of(above.text) is None:
            return False
        if full:
            return True
        word = line.text.split(maxsplit=1)[0]
        width = (above.right - above.left) / max(1, len(above.text))
        return above.right + (len(word) + 2) * 1.2 * width > above.stop

    def _joins_over(self, above: Line, line: Line, *, finished: bool, full: bool) -> bool:
        """Return whether the first line of a page or column goes on with the last paragraph of the one before."""
        if self._stands_out(self.lines) or self._stands_out([line]):
            return False
        if not finished:
            return full or _LOWER.match(line.text) is not None
        indented = line.left - line.start > _SHIFT
        return above.text[-1] != ":" and full and not indented and above.right > above.stop - 12

    def _resumes(self, line: Line, mark: Mark | None) -> bool:
        """Join a line to the paragraph that a table interrupts, when it cannot begin one."""
        unit = self.pending
        self.pending = None
        if unit is None or mark is not None or unit is self.units[-1] or not _LOWER.match(line.text):
            return False
        if _FINISHED.search(unit.prose.text) or any(u.kind is UnitKind.HEADING for u in self.units[-6:]):
            return False
        unit.prose = self._append(unit.prose, unit.prose.text, line)
        self.pending = unit
        return True

    def _begins(self, mark: Mark, line: Line, *, listed: bool) -> bool:
        """Return whether a mark is one, and not a figure or an initial that a line happens to open with."""
        alone = len(line.pieces) > 1 and len(line.pieces[0].text) < mark.width
        if mark.form == "bullet":
            return alone or listed or mark.text not in "–—-+*"
        following = any(ordinal in (1, self.seen.get((mark.form, style), 0) + 1) for style, ordinal in mark.readings)
        return alone or (following and listed)

    def _stands_out(self, lines: list[Line]) -> bool:
        return len(lines) <= _HEADING_LINES and (all(x.bold for x in lines) or self.look.is_big(lines[0]))

    def _is_heading(self, lines: list[Line], text: str) -> bool:
        if not self._stands_out(lines) or len(text) > _HEADING_LENGTH:
            return False
        mark = mark_of(text)
        if mark is not None and (mark.form == "bullet" or (mark.form == "()" and not lines[0].bold)):
            return False
        letters = sum(c.isalpha() for c in text)
        return letters > sum(c.isdecimal() for c in text) and (self.look.is_big(lines[0]) or not _STOP.search(text))

    def _to_heading(self, unit: Unit, first: Line) -> None:
        unit.kind, unit.plain = UnitKind.HEADING, False
        mark = mark_of(unit.prose.text)
        if mark is not None:
            unit.mark, unit.prose = mark, unit.prose.cut(mark.width)
        self.sizes.append((first.size, unit))
        self.has_headings = True


def _mark_at(text: str) -> Mark | None:
    """Return the mark a line begins with; one that begins with a letter has a stop or a bracket soon behind it."""
    if text[0].isalpha() and "." not in text[1:_MARK_REACH] and ")" not in text[1:_MARK_REACH]:
        return None
    return mark_of(text)
