"""Text on its way into a block: its characters, where each stretch stands in the source, and the note calls in it.

Readers cut marks and notes out of the text and join broken lines; the source positions survive both.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING

from audit.late import late

if TYPE_CHECKING:
    from audit.read.builder import Builder
_NOTE_MARK = late(r"[\[(]?(?:\d{1,3}|[a-z]|[*†‡§¶]{1,3}|[ivx]{1,5})[\])]?(?:\s*[,;]\s*(?:\d{1,3}|[a-z]))*")
_POWER = late(r"(?:\b(?:[kcmd]?m|ft|in|yd|mi|x|R)|(?<![\d.,])10)$")
_TEN = re.compile(r"(?<![\d.,])10$")
_HYPHENS = ("-", "\u2010", "\u2011")
_HYPHEN = re.compile(r"\w[-\u2010\u2011]$")
_BREAK = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
_CLOSING = '"”’»)]'
ENDS = (".", "!", "?", "…")  # of a sentence
PAUSES = (*ENDS, ":", ";")


def ends_in(text: str, marks: tuple[str, ...]) -> bool:
    """Say whether the last character is one of some marks, but for quotes and brackets that close behind it."""
    return text.rstrip(_CLOSING).endswith(marks)


class Prose:
    """A run of text with source positions (offset, line, column) and note calls (offset, mark)."""

    __slots__ = ("_length", "_parts", "calls", "places")

    def __init__(self, text: str = "", line: int = 0, column: int = 0) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.places: list[tuple[int, int, int]] = []
        self.calls: list[tuple[int, str]] = []
        if text:
            self.add(text, line, column)

    @property
    def text(self) -> str:
        """Return the characters of the run."""
        if len(self._parts) > 1:
            self._parts = ["".join(self._parts)]
        return self._parts[0] if self._parts else ""

    @property
    def length(self) -> int:
        """Return the number of characters of the run."""
        return self._length

    @property
    def clean(self) -> str:
        """Return the characters with a space for every control character: tabs and breaks separate cells and blocks."""
        return _BREAK.sub(" ", self.text)

    def add(self, text: str, line: int = 0, column: int = 0) -> None:
        """Append a stretch of text that stands at a line and column of the source."""
        if not text:
            return
        if line:
            self.places.append((self._length, line, column))
        self._parts.append(text)
        self._length += len(text)

    def ends_with(self, text: str) -> bool:
        """Return whether the last stretch ends with a text."""
        return bool(self._parts) and self._parts[-1].endswith(text)

    def tail(self, count: int) -> str:
        """Return the last characters; asking for them costs the same however long the run is."""
        parts: list[str] = []
        left = count
        for part in reversed(self._parts):
            parts.append(part[-left:])
            left -= len(part)
            if left <= 0:
                break
        return "".join(reversed(parts))

    def call(self, mark: str) -> None:
        """Record a note call at the end of the text so far."""
        self.calls.append((self._length, mark))

    def flatten(self) -> None:
        """Put a space for every line break and tab."""
        self._parts = [self.clean]

    def stack(self, other: Prose) -> None:
        """Append another run on a line of its own, in a cell that may hold several figures."""
        if self._parts:
            self.add("\n")
        self.append(other)

    def join(self, other: Prose) -> None:
        """Append another run as the next line of the same paragraph: behind a space, or a hyphen."""
        if other.text:
            self.turn()
        self.append(other)

    def turn(self) -> None:
        """Put a space for the end of a line that the paragraph goes on behind; a hyphen needs none."""
        if self._parts:
            last = self._parts[-1]
            if last[-1:] != " " and not (last[-1:] in _HYPHENS and _HYPHEN.search(last[-2:])):
                self.add(" ")

    def append(self, other: Prose) -> None:
        """Append another run right behind this one."""
        base = self._length
        self.places.extend((base + offset, line, column) for offset, line, column in other.places)
        self.calls.extend((base + offset, mark) for offset, mark in other.calls)
        self.add(other.text)

    def cut(self, start: int, end: int | None = None) -> Prose:
        """Return the part from one offset to another, with its positions and calls."""
        stop = self._length if end is None else end
        part = Prose(self.text[start:stop])
        first = bisect_right(self.places, start, key=itemgetter(0))
        last = bisect_left(self.places, stop, lo=first, key=itemgetter(0))
        if first and start < stop:
            offset, line, column = self.places[first - 1]
            part.places.append((0, line, column + start - offset))
        part.places.extend((o - start, line, column) for o, line, column in self.places[first:last])
        if self.calls:
            low = bisect_left(self.calls, start, key=itemgetter(0))
            high = bisect_right(self.calls, stop, key=itemgetter(0))
            part.calls.extend((o - start, mark) for o, mark in self.calls[low:high])
        return part

    def strip(self) -> Prose:
        """Return the run without the white space around it; calls at the rim stay at the rim."""
        text = self.text
        start = len(text) - len(text.lstrip())
        end = max(start, len(text.rstrip()))
        if start == 0 and end == len(text):
            return self
        part = self.cut(start, end)
        part.calls = [(min(max(o - start, 0), end - start), mark) for o, mark in self.calls]
        return part

    def write(self, builder: Builder) -> int:
        """Write the run into the open block and return the offset of its first character."""
        start, text = builder.offset, self.clean
        if not self.places:
            builder.write(text)
            return start
        if self.places[0][0] > 0:
            builder.write(text[: self.places[0][0]])
        for number, (offset, line, column) in enumerate(self.places):
            end = self.places[number + 1][0] if number + 1 < len(self.places) else len(text)
            builder.write(text[offset:end], builder.anchor(line, column))
        return start


def is_note_mark(before: str, raised: str) -> bool:
    """Return whether raised text calls a note; a power of a unit ("km²") or of ten does not, nor does "21st".

    The power of ten stands behind "10" itself: in "9,310" a raised figure is a note.
    """
    return _NOTE_MARK.fullmatch(raised.strip()) is not None and not (
        (raised.strip() in ("2", "3") and _POWER.search(before[-4:])) or (raised.isdecimal() and _TEN.search(before))
    )


def parts_buttons(before: str, after: str) -> bool:
    """Return whether two links side by side are two buttons ("CitationShare"), not one word cut in two ("2|023")."""
    return before.isalnum() and after[:1].isupper() and not before.isupper()
