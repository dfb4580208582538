"""Plain text into a document: lines into paragraphs, and the tables, headings and rules drawn with characters.

Text comes in two fashions: one line per paragraph (a word processor's export) or lines broken at a width (mail, old
reports). Which one it is decides whether a line end inside a sentence means anything.
"""

from __future__ import annotations

import hashlib
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from audit.read.builder import Builder
from audit.read.decode import decode
from audit.read.describe import describe
from audit.read.flow import lay
from audit.read.marks import Mark, mark_of
from audit.read.prose import Prose
from audit.read.text_lines import Line, lines_of
from audit.read.text_tables import is_rule, table_at
from audit.read.units import Unit, UnitKind, head_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.model import Document
    from audit.read.limits import Limits

_LONG = 130
_MOST_LONG = 0.03
_NEEDED = 0.4
_FINISHED = re.compile(r"[.!?:;…][\"”’»)\]]*\s*$")
_HANGING = re.compile(
    r"(?:[,(\[/–—-]|\b(?:and|or|of|the|to|in|for|by|with|from|y|de|la|el|los|las|en|et|du|des|le|les))\s*$", re.I
)
_LISTED_END = re.compile(r"[;,]\s*(?:and|or|y|o|et|ou)?\s*$", re.I)
_ATX = re.compile(r"(#{1,6})[ \t]+(?=\S)")


def read(path: str, data: bytes, limits: Limits) -> Document:
    """Return the document in some bytes of plain text."""
    text = decode(path, data, limits)
    lines, notes = lines_of(text)
    units = _Units(lines).collect()
    builder = Builder(path, "text", hashlib.sha256(data).hexdigest())
    lay(builder, units, notes)
    return builder.finish(description=describe(head_of(units), text))


class _Units:
    """The lines of a text on their way into units."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.units: list[Unit] = []
        self.seen: dict[tuple[str, str], int] = {}
        self.width = _wrap_width(lines)

    def collect(self) -> list[Unit]:
        """Return the units of the text in order."""
        index = 0
        while index < len(self.lines):
            line = self.lines[index]
            if line.is_blank:
                index += 1
                continue
            cells, after = table_at(self.lines, index)
            if cells:
                self.units.append(Unit(UnitKind.TABLE, Prose(), indent=line.indent, cells=cells))
                index = after
            else:
                index = self._paragraph(index)
        return self.units

    def _paragraph(self, index: int) -> int:
        """Join the lines of the paragraph that begins at a line and return the index behind it."""
        line = self.lines[index]
        if is_rule(line.text) and not any(c.isalnum() for c in line.text):
            if self.units and len(set(line.text.split())) == 1 and line.text.strip()[0] in "=-" and not line.apart:
                self._underline(line)
            return index + 1
        prose, after = line.prose.strip(), index + 1
        atx = _ATX.match(prose.text)
        if atx:
            self.units.append(Unit(UnitKind.HEADING, prose.cut(atx.end()), level=len(atx[1])))
            return after
        mark = mark_of(prose.text)
        self._see(mark)
        last = line
        while after < len(self.lines) and self._joins(last, self.lines[after]):
            last = self.lines[after]
            prose.join(last.prose.strip())
            after += 1
        self.units.append(Unit(UnitKind.PROSE, prose, indent=line.indent, plain=True, apart=line.apart))
        return after

    def _underline(self, line: Line) -> None:
        last = self.units[-1]
        if last.kind is UnitKind.PROSE and len(last.prose.text) <= _LONG:
            last.kind, last.plain = UnitKind.HEADING, False
            last.level = 1 if line.text.strip()[0] == "=" else 2

    def _joins(self, last: Line, line: Line) -> bool:
        """Return whether a line continues the paragraph of the line before it."""
        if line.is_blank or is_rule(line.text) or _ATX.match(line.text):
            return False
        text, following = last.text.rstrip(), line.text.lstrip()
        finished = _FINISHED.search(text) is not None
        mark = mark_of(following)
        if mark is not None and (finished or _LISTED_END.search(text) or self._is_next(mark, last, line)):
            return False
        needed = bool(self.width) and last.width + 1 + len(following.split(maxsplit=1)[0]) > self.width
        if finished:
            return needed
        if not self.width and last.width <= _LONG and not _HANGING.search(text):
            return False  # a short line without an end is a heading or an item of its own
        opens_low = following[0].islower() or following[0].isdigit() or _HANGING.search(text) is not None
        return opens_low or needed

    def _is_next(self, mark: Mark, last: Line, line: Line) -> bool:
        """Return whether a mark in an unfinished paragraph is the one its list waits for, not a figure or a dash."""
        if not self.width and line.indent > 0:
            return True
        if mark.form == "bullet":
            return line.indent > last.indent or mark.text not in "–—-+*"
        return any(ordinal in (1, self.seen.get((mark.form, style), 0) + 1) for style, ordinal in mark.readings)

    def _see(self, mark: Mark | None) -> None:
        if mark is not None:
            for style, ordinal in mark.readings:
                self.seen[mark.form, style] = ordinal


def _wrap_width(lines: Sequence[Line]) -> int:
    """Return the width at which the lines of a text are broken, or 0 when each line is a paragraph."""
    written = [x for x in lines if not x.is_blank]
    if sum(x.width > _LONG for x in written) > len(written) * _MOST_LONG:
        return 0
    pairs = [(a, b) for a, b in pairwise(lines) if not a.is_blank and not b.is_blank]
    if not pairs:
        return 0
    widths = sorted(a.width for a, _ in pairs)
    width = widths[len(widths) * 9 // 10]
    needed = sum(a.width + 1 + len(b.text.split(maxsplit=1)[0]) > width for a, b in pairs)
    return width if width > 40 and needed >= len(pairs) * _NEEDED else 0
