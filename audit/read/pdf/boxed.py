"""Tables drawn with lines on all sides: the lines, not the text, say where a column or a row ends."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from audit.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.read.pdf.drawn import Drawn
    from audit.read.pdf.glyphs import Box
    from audit.read.pdf.grid import Stretch
    from audit.read.pdf.page import Piece

_TOUCH = 3.0
_INSIDE = 1.0  # how far a text may reach over the line of its cell
_NEAR = 1.5  # of the size, from a line to the space it parts
_SPACE = re.compile(" ")
_SHORTEST = 7.0
_UPRIGHT, _LEVEL = 0.3, 0.5  # of the height and the width of a table, that a line must run to part it
_MOST = 4_000


@dataclass(frozen=True, slots=True)
class Frame:
    """The lines of a drawn table: `uprights` and `levels` are the places of its lines, `down` the drawn pieces."""

    box: Box
    uprights: tuple[float, ...]
    levels: tuple[float, ...]
    down: tuple[Box, ...]

    def cut(self, piece: Piece) -> list[Piece]:
        """Return the parts of a piece between the upright lines that are drawn through it, cut at the nearest space."""
        spaces = [m.start() for m in _SPACE.finditer(piece.text)]
        cuts = {0, len(piece.text)}
        for x in self.uprights:
            if spaces and piece.left + _INSIDE < x < piece.right - _INSIDE and self._is_drawn(x, piece.middle):
                at = min(spaces, key=lambda s: max(piece.place(s) - x, x - piece.place(s + 1), 0.0))
                if piece.place(at) - _NEAR * piece.size < x < piece.place(at + 1) + _NEAR * piece.size:
                    cuts.add(at)
        return [piece] if len(cuts) == 2 else [piece.part(a, b) for a, b in pairwise(sorted(cuts))]

    def _is_drawn(self, x: float, y: float) -> bool:
        return any(abs((b[0] + b[2]) / 2 - x) <= _TOUCH and b[1] <= y <= b[3] for b in self.down)

    @property
    def columns(self) -> list[Stretch]:
        """Return the columns between the upright lines."""
        return list(zip(self.uprights, self.uprights[1:], strict=False))

    def parts(self, column: int, low: float, high: float) -> bool:
        """Return whether a line is drawn at the right of a column in the middle of a stretch of height."""
        return self._is_drawn(self.uprights[column + 1], (low + high) / 2)


def frames_of(drawn: Drawn) -> list[Frame]:
    """Return the drawn tables of a page with two columns and two rows or more, from the top."""
    segments = [(b, 1) for b in drawn.down if b[3] - b[1] >= _SHORTEST]
    segments += [(b, 0) for b in drawn.across if b[2] - b[0] >= _SHORTEST]
    if len(segments) > _MOST:
        return []
    groups: list[list[tuple[Box, int]]] = []
    foot = 0.0
    for box, upright in sorted(segments, key=lambda s: -s[0][3]):
        if groups and box[3] >= foot - _TOUCH:
            groups[-1].append((box, upright))
            foot = min(foot, box[1])
        else:
            groups.append([(box, upright)])
            foot = box[1]
    frames = [_frame([b for b, up in g if up], [b for b, up in g if not up]) for g in groups]
    return [f for f in frames if f is not None]


def _frame(down: Sequence[Box], across: Sequence[Box]) -> Frame | None:
    if len(down) < 3 or len(across) < 2:
        return None
    left, right = min(b[0] for b in down), max(b[2] for b in down)
    across = [b for b in across if b[0] < right and b[2] > left and b[0] >= left - _TOUCH and b[2] <= right + _TOUCH]
    bottom, top = min(b[1] for b in down), max(b[3] for b in down)
    uprights = _places([((b[0] + b[2]) / 2, b[3] - b[1]) for b in down], _UPRIGHT * (top - bottom))
    levels = _places([((b[1] + b[3]) / 2, b[2] - b[0]) for b in across], _LEVEL * (right - left))
    if len(uprights) < 3 or len(levels) < 3:
        return None
    return Frame((left, bottom, right, top), tuple(uprights), tuple(reversed(levels)), tuple(down))


def _places(lines: Sequence[tuple[float, float]], needed: float) -> list[float]:
    """Return the places at which lines run far enough together; lines beside each other are one, drawn double."""
    places: list[tuple[float, float]] = []
    for place, length in sorted(lines):
        if places and place - places[-1][0] <= _TOUCH:
            places[-1] = (places[-1][0], places[-1][1] + length)
        else:
            places.append((place, length))
    return [place for place, length in places if length >= needed]
