"""Which line of a plain text continues the line before it.

Text comes in two fashions: one line per paragraph (a word processor's export) or lines broken at a width (mail, old
reports). A break that the width made necessary means nothing; one that it did not ends a paragraph or an item.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from audit.read.marks import Mark, mark_of
from audit.read.prose import PAUSES, Prose, ends_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.read.text_lines import Line

LONG = 130
_MOST_LONG = 0.03
_NARROWEST = 40
_INLINE_REACH = 2_000
_HANGING = re.compile(
    r"(?:[,(\[/–—-]|\b(?:and|or|of|the|a|to|in|for|by|with|from|at|on|y|o|de|la|el|los|las|en|et|ou|du|des|le|les))$",
    re.IGNORECASE,
)
_LONGEST_HANGING = 4
_LISTED_END = re.compile(r"[;,]\s*(?:and|or|y|o|et|ou)?$", re.IGNORECASE)


_BRACKETED = re.compile(r"\((?:\d{1,2}|[a-z]|[ivx]{1,4})\)")


class Wrap:
    """How the lines of one text are broken, and the marks seen so far."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.width = _width(lines)
        self._seen: dict[tuple[str, str], int] = {}

    def see(self, mark: Mark | None) -> None:
        """Record the mark of a paragraph: the next of its sequence may follow inside an unfinished line."""
        if mark is not None:
            self._seen.update({(mark.form, style): ordinal for style, ordinal in mark.readings})

    def joins(self, last: Line, line: Line, paragraph: Prose, *, introduced: bool) -> bool:
        """Return whether a line continues the paragraph of the line before it, as read so far.

        `introduced` says that the paragraph stands unmarked right below a colon, so that each line may be an item.
        """
        text, following = last.text.rstrip(), line.text.lstrip()
        finished = ends_in(text, PAUSES)
        mark = mark_of(following)
        needed = bool(self.width) and last.width + 1 + len(following.split(maxsplit=1)[0]) > self.width
        inside = bool(self.width) and line.indent >= last.indent  # a hanging item ends where the indent does
        if mark is not None and not (inside and _is_inline(mark, paragraph, following)):
            if finished or _LISTED_END.search(text) or self._is_next(mark, last, line):
                return False
        elif mark is not None:
            return True
        if finished or introduced:
            return needed
        if _HANGING.search(text, len(text) - _LONGEST_HANGING):
            return True
        return needed or following[0].islower() or (following[0].isdecimal() and last.width > LONG)

    def _is_next(self, mark: Mark, last: Line, line: Line) -> bool:
        """Return whether a mark in an unfinished paragraph is the one its list waits for, not a figure or a dash."""
        if not self.width and line.indent > 0:
            return True
        if mark.form == "bullet":
            return line.indent > last.indent or mark.text not in "–—-+*"
        return any(ordinal in (1, self._seen.get((mark.form, style), 0) + 1) for style, ordinal in mark.readings)


def _is_inline(mark: Mark, paragraph: Prose, following: str) -> bool:
    """Return whether a mark at the start of a line belongs to a list inside the sentence: "(1) a; (2) b".

    The mark before it then stands in the paragraph, or the mark behind it in the same line.
    """
    if mark.form != "()":
        return False
    text, neighbours = paragraph.tail(_INLINE_REACH)[1:], set(_BRACKETED.findall(following[mark.width :]))
    neighbours.update(_BRACKETED.findall(text))
    numbers = {n for found in neighbours if (n := mark_of(f"{found} x")) is not None}
    for style, ordinal in mark.readings:
        near = {o for other in numbers for s, o in other.readings if s == style}
        if (ordinal - 1 in near and ordinal > 1) or (ordinal == 1 and 2 in near):
            return True
    return False


def _width(lines: Sequence[Line]) -> int:
    """Return the width at which the lines of a text are broken, or 0 when each line is a paragraph.

    A line without an end above one that opens in lower case was broken; their lengths tell the width.
    """
    written = [x for x in lines if not x.is_blank]
    if sum(x.width > LONG for x in written) > len(written) * _MOST_LONG:
        return 0
    broken = sorted(
        a.width
        for a, b in pairwise(lines)
        if not a.is_blank and b.text.lstrip()[:1].islower() and not ends_in(a.text.rstrip(), PAUSES)
    )
    width = broken[len(broken) * 9 // 10] if broken else 0
    return width if width >= _NARROWEST else 0
