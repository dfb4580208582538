"""Signs of notes at the height of the text: "the preliminary list*", and "* A/80/50." at the foot of the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.read.pdf.rows import Line
    from audit.read.pdf.tables import Grid

PLAIN = re.compile(r"(?P<mark>\d{1,3}|[*†‡§¶]{1,4}|[a-z])(?:[.)]\s*|\s+|(?<=[*†‡§¶])|(?<=\d)(?=[^\W\d_]|[“\"]))(?=\S)")
FOOT = 0.6  # of a page, the part below which its notes stand
_STARS = "*†‡§¶"
_STAR = re.compile(rf"(?<=[^\s{_STARS}])([{_STARS}]{{1,3}})(?=[\s.,;:)]|$)")
_BELOW = 3  # lines below a table, of its sources and notes


class Stars:
    """Signs of notes that stand behind a word at its height ("the preliminary list*"), until their note is found.

    A sign calls the next line that begins with it, where that is small and at the foot of the page or stands right
    below a table: several notes of a page may have the same sign.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self._any = any(x.text[:1] in _STARS for x in lines if x.text)
        self._behind: dict[str, list[Line]] = {}
        self._below = 0  # lines that may still belong to the table above

    def pass_table(self, grid: Grid) -> None:
        """Take note of the signs in a table."""
        if self._any:
            for line in grid.lines:
                self._find(line)
        self._below = _BELOW

    def opens(self, line: Line, *, small: bool) -> re.Match[str] | None:
        """Return the mark of the note that a line begins, or take note of the signs in the line."""
        if not self._any:
            return None
        self._below -= 1
        if line.text[:1] not in _STARS:
            self._find(line)
            return None
        match = PLAIN.match(line.text)
        foot = small and line.bottom < FOOT * line.page.height
        if match is None or match["mark"] not in self._behind or not (foot or self._below >= 0):
            return None
        return match

    def call(self, mark: str, key: str) -> None:
        """Make the signs before a note calls of it, by the key it is known by."""
        for line in self._behind.pop(mark, ()):
            _raise_star(line, mark, key)

    def _find(self, line: Line) -> None:
        for match in _STAR.finditer(line.text):
            self._behind.setdefault(match[1], []).append(line)


def _raise_star(line: Line, mark: str, key: str) -> None:
    width = len(mark)
    for piece in line.pieces:
        for match in reversed(list(_STAR.finditer(piece.text))):
            if match[1] == mark:
                start, end = match.span()
                piece.text = piece.text[:start] + piece.text[end:]
                piece.figures = [
                    (a - width * (a >= end), b - width * (b >= end), left, right) for a, b, left, right in piece.figures
                ]
                piece.calls = sorted([*((o - width * (o >= end), m) for o, m in piece.calls), (start, key)])
    line.__post_init__()
