"""Footnotes taken out of the lines of a page: small lines at its foot that begin with a mark called on it.

A mark stands raised before the note, or plain ("1 See ...") when the note's print is smaller than the text's or the
page calls it. Numbering may begin again on each page, so a note is known by its mark and its page.
"""

from __future__ import annotations

import re
from dataclasses import field
from typing import TYPE_CHECKING

from audit.read.pdf.places import NOTE_KEY
from audit.read.pdf.rows import Line
from audit.read.pdf.stars import FOOT, PLAIN, Stars
from audit.read.pdf.tables import Grid
from audit.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from audit.read.pdf.order import Item

_SEPARATOR = re.compile(r"[_\-–—―]{5,}")
_SMALLER = 0.94
_LOOSE = 1.1
_SAME = 0.05


@dataclass(slots=True)
class Footnote:
    """A note on its way into the document: `cut` is the width of a mark printed in its first line."""

    mark: str
    page: int
    lines: list[Line] = field(default_factory=list)
    cut: int = 0
    key: str = ""


class Notes:
    """The notes of a document by page, and the key of the note that a call on a page means."""

    def __init__(self) -> None:
        self.notes: list[Footnote] = []
        self._by_mark: dict[str, list[Footnote]] = {}

    def take(self, items: Sequence[Item], body_of: Callable[[Line], float]) -> list[Item]:
        """Return the lines of a page without its notes, which are kept here."""
        lines = [x for x in items if isinstance(x, Line)]
        stars = Stars(lines)
        every = [*lines, *(x for g in items if isinstance(g, Grid) for x in g.lines)]
        every = [x for x in every if any(p.calls for p in x.pieces)]
        called = {mark for x in every for n, p in enumerate(x.pieces) for offset, mark in p.calls if offset or n}
        # A mark may open a line of the text, too: "... (No. 189)," / "17 which entered into force".
        opening = {mark for x in every for _, mark in x.pieces[0].calls[:1] if x.size >= _SMALLER * body_of(x)}
        kept: list[Item] = []
        note: Footnote | None = None
        last: Line | None = None
        for line in items:
            if isinstance(line, Grid):
                note = last = None
                kept.append(line)
                stars.pass_table(line)
                continue
            if _SEPARATOR.fullmatch(line.text):
                note, last = self._continued(line) if self._has_open(lines, line, body_of) else None, line
                continue
            opened = _opens(line, body_of(line), (called, called | opening), after_note=note is not None)
            starred = None if opened is not None else stars.opens(line, small=line.size < _SMALLER * body_of(line))
            if starred is not None:
                opened = Footnote(starred["mark"], line.page.number, cut=starred.end())
            if opened is not None:
                note = opened
                self._keep(note)
                stars.call(note.mark, note.key)
            elif note is None or last is None or not _goes_on(line, last, note):
                note = None
            if note is None:
                kept.append(line)
            else:
                note.lines.append(line)
            last = line
        return kept

    def _has_open(self, lines: Sequence[Line], separator: Line, body_of: Callable[[Line], float]) -> bool:
        """Return whether the line below the separator goes on with the last note of the page before."""
        below = next((x for x in lines if x is not separator and x.middle < separator.middle), None)
        return below is not None and below.size < _SMALLER * body_of(below) and bool(self.notes)

    def _continued(self, line: Line) -> Footnote | None:
        last = self.notes[-1] if self.notes else None
        return last if last is not None and last.page == line.page.number - 1 else None

    def _keep(self, note: Footnote) -> None:
        same = self._by_mark.setdefault(note.mark, [])
        note.key = note.mark if not same else f"{note.mark}{NOTE_KEY}{note.page}.{len(same)}"
        same.append(note)
        self.notes.append(note)

    def key(self, mark: str, page: int) -> str:
        """Return the key of the note that a mark on a page calls: of this page, of the next, or the nearest after."""
        same = self._by_mark.get(mark, [])
        for note in same:
            if note.page >= page:
                return note.key
        return same[-1].key if same else mark


def _opens(line: Line, body: float, calls: tuple[set[str], set[str]], *, after_note: bool) -> Footnote | None:
    """Return the note that begins with a line, or None; `calls` are the marks inside lines, and all of the page."""
    first = line.pieces[0]
    if not (first.text or first.calls):
        first = next((p for p in line.pieces if p.text or p.calls), first)
    small = line.size < _SMALLER * body
    if first.calls and first.calls[0][0] == 0:
        mark = first.calls[0][1]
        if small or mark in calls[0] or after_note:
            first.calls = first.calls[1:]
            return Footnote(mark, line.page.number)
        return None
    match = PLAIN.match(line.text)
    if match is None or match["mark"] not in calls[1] or line.bottom > FOOT * line.page.height:
        return None
    # Some word processors print notes as large as the text: "6", a wide gap and the note.
    alone = len(line.pieces) > 1 and first.text == match["mark"] and first.text.isdigit() and first.text in calls[0]
    if small or after_note or alone:
        return Footnote(match["mark"], line.page.number, cut=match.end())
    return None


def _goes_on(line: Line, last: Line, note: Footnote) -> bool:
    """Return whether a line continues the note of the line above it: same print, close below it."""
    size = note.lines[0].size if note.lines else line.size
    near = last.page is not line.page or -0.5 * size < last.bottom - line.top < _LOOSE * size
    return near and abs(line.size - size) <= _SAME * size + 0.2 and (not line.bold or note.lines[0].bold)
