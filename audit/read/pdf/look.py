"""What the print of a document is like: size of its text, distance of its lines, whether words are cut at line ends."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.read.pdf.rows import Line

_BROKEN = re.compile(r"([^\W\d_]+)[-\u2010\u00ad]$")
_HYPHENS = ("-", "\u2010", "\u00ad")
_OPENS = re.compile(r"[^\W\d_]+")
_SIGNS = ",.;:)"
_SPACED = 1.22
_UNKNOWN = 1.5
_CUT_SHARE, _CUTS = 0.03, 5
_BIGGER = 1.06
_RUNNING = 800  # characters of a page of running text


class Look:
    """The print of one document."""

    def __init__(self, pages: Sequence[Sequence[Line]]) -> None:
        self._pages = pages
        sizes: Counter[int] = Counter()
        usual: dict[int, int] = {}
        pitches: dict[int, Counter[int]] = {}
        lines = cut = 0
        for page in pages:
            last: Line | None = None
            own: Counter[int] = Counter()
            for line in page:
                text = line.text
                size = round(line.size * 2)
                own[size] += len(text)
                lines += 1
                cut += text.endswith(("-", "\u00ad"))
                if last is not None and len(text) > 20:
                    pitch = round((last.top - line.top) * 2)
                    if size < 2 * pitch and pitch < 6 * line.size:
                        pitches.setdefault(size, Counter())[pitch] += 1
                last = line
            sizes += own
            if own.total() > _RUNNING:
                usual[page[0].page.number] = max(own, key=lambda s: (own[s], s))
        running = Counter(usual.values())
        self._bodies = {number: size / 2 for number, size in usual.items() if running[size] > 1}
        self.body = max(sizes, key=lambda s: (sizes[s], s), default=20) / 2
        self._pitch = {s: _usual(c) for s, c in pitches.items() if c.total() > 4}
        self._cuts_words = cut >= _CUTS and cut > _CUT_SHARE * lines
        self._words: Counter[str] | None = None

    def is_spaced(self, line: Line, above: Line) -> bool:
        """Return whether more than the usual space stands between a line and the one above it."""
        pitch = self._pitch.get(round(line.size * 2))
        limit = _SPACED * pitch if pitch else _UNKNOWN * line.size
        return above.top - line.top > limit

    def body_of(self, line: Line) -> float:
        """Return the size of the text around a line: an annex of several pages may be printed larger or smaller."""
        return self._bodies.get(line.page.number, self.body)

    def is_big(self, line: Line) -> bool:
        """Return whether a line is printed larger than the text."""
        return line.size > _BIGGER * self.body_of(line) + 0.3

    def hyphen_ends(self, above: str, below: str) -> bool:
        """Return whether the hyphen at a line end only breaks a word: the rest of the text tells."""
        if above[-1:] not in _HYPHENS:
            return False
        first, second = _BROKEN.search(above), _OPENS.match(below)
        if first is None or second is None or not second.group()[0].islower():
            return False
        if above.endswith("\u00ad"):
            return True
        head, tail = first[1].lower(), second.group().lower()
        whole, linked = self._times(head + tail), self._times(f"{head}-{tail}")
        if whole or linked:
            return whole > linked
        return self._cuts_words

    def _times(self, word: str) -> int:
        """Return how often a word is printed, a sign before or behind it or none."""
        if self._words is None:
            self._words = Counter(" ".join([line.text for page in self._pages for line in page]).lower().split())
        words = self._words
        return words[word] + words[f"({word}"] + sum([words[word + sign] for sign in _SIGNS])


def _usual(pitches: Counter[int]) -> float:
    """Return the most frequent distance; the smaller of two that are about as frequent, which is inside paragraphs."""
    most = max(pitches.values())
    return min(p for p, count in pitches.items() if count * 3 >= most) / 2
