"""Plain text into a document: lines into paragraphs, and the tables, headings and rules drawn with characters."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from audit.errors import ReadError
from audit.read.builder import Builder
from audit.read.decode import decode
from audit.read.describe import describe
from audit.read.flow import lay
from audit.read.marks import mark_of
from audit.read.prose import Prose
from audit.read.text_lines import Line, lines_of
from audit.read.text_tables import Tables, is_rule
from audit.read.text_wrap import LONG, Wrap
from audit.read.units import Unit, UnitKind, head_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.model import Document
    from audit.read.limits import Limits

_ATX = re.compile(r"(#{1,6})[ \t]+(?=\S)")


def read(path: str, data: bytes, limits: Limits) -> Document:
    """Return the document in some bytes of plain text."""
    text, note = decode(path, data, limits)
    lines, notes = lines_of(text)
    units = _Units(lines).collect()
    if not units:
        raise ReadError(f"{path}: the file holds no text; name a file with text or data")
    builder = Builder(path, "text", hashlib.sha256(data).hexdigest())
    if note:
        builder.gap(note)
    lay(builder, units, notes)
    return builder.finish(description=describe(head_of(units), text))


class _Units:
    """The lines of a text on their way into units."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.units: list[Unit] = []
        self.wrap = Wrap(lines)
        self.tables = Tables(lines)

    def collect(self) -> list[Unit]:
        """Return the units of the text in order."""
        index = 0
        while index < len(self.lines):
            line = self.lines[index]
            if line.is_blank:
                index += 1
                continue
            cells, after = self.tables.at(index)
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
        self.wrap.see(mark)
        introduced = mark is None and not line.apart and bool(self.units) and self.units[-1].prose.ends_with(":")
        last = line
        while after < len(self.lines) and self._joins(last, self.lines[after], prose, introduced=introduced):
            last = self.lines[after]
            prose.join(last.prose.strip())
            after += 1
        self.units.append(Unit(UnitKind.PROSE, prose, indent=line.indent, plain=True, apart=line.apart))
        return after

    def _joins(self, last: Line, line: Line, prose: Prose, *, introduced: bool) -> bool:
        if line.is_blank or is_rule(line.text) or _ATX.match(line.text):
            return False
        return self.wrap.joins(last, line, prose, introduced=introduced)

    def _underline(self, line: Line) -> None:
        last = self.units[-1]
        if last.kind is UnitKind.PROSE and len(last.prose.text) <= LONG:
            last.kind, last.plain = UnitKind.HEADING, False
            last.level = 1 if line.text.strip()[0] == "=" else 2
