"""Pages set in two or three columns: text on both sides of an edge that lines begin at and hardly any crosses.

Tables have such edges too; there the lines on a side are short, or figures. Lines of running text fill their column.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

from audit.read.pdf.grid import is_figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.read.pdf.rows import Line

COLUMN_LINES = 10
_EDGE = 2.0
_LEAST, _MOST = 0.25, 0.75  # of the width of the text, where the second column may begin
_CROSSING = 0.25
_FULL, _MOSTLY = 0.8, 0.5
_CHARACTERS = 22
_FIGURES = 0.1
_TRIES = 4


def columns_at(lines: Sequence[Line]) -> float | None:
    """Return where the second of two or three columns of text begins, or None."""
    pieces = [p for x in lines for p in x.pieces if p.text]
    if len(lines) < COLUMN_LINES or not pieces:
        return None
    start, stop = min(p.left for p in pieces), max(p.right for p in pieces)
    low, high = start + _LEAST * (stop - start), start + _MOST * (stop - start)
    begins = Counter(round(p.left / _EDGE) for p in pieces if low < p.left < high)
    edges = [rounded * _EDGE for rounded, count in begins.most_common(_TRIES) if count >= COLUMN_LINES // 2]
    edges = [e for e in edges if _crossing(lines, e) <= _CROSSING * len(lines)]
    pairs = [tuple(sorted(pair)) for pair in combinations(edges, 2)]  # of three columns the left one is parted first
    for bounds in [*((e,) for e in edges), *pairs]:
        sides = zip((start, *bounds), (*bounds, stop + 2 * _EDGE), strict=True)
        if all(_is_text(lines, left - _EDGE, right - _EDGE) for left, right in sides):
            return bounds[0]
    return None


def _crossing(lines: Sequence[Line], edge: float) -> int:
    return sum(any(p.left < edge - _EDGE and p.right > edge + _EDGE for p in x.pieces) for x in lines)


def _is_text(lines: Sequence[Line], left: float, right: float) -> bool:
    """Return whether the parts of lines in a column are running text: most fill the column, few are figures."""
    parts = [[p for p in x.pieces if p.text and p.left >= left and p.right <= right + _EDGE] for x in lines]
    sides = [part for part in parts if part]
    if len(sides) < COLUMN_LINES:
        return False
    width = max(s[-1].right for s in sides) - min(s[0].left for s in sides)
    full = sum(s[-1].right - s[0].left >= _FULL * width for s in sides)
    letters = sum(len(p.text) for s in sides for p in s)
    figures = sum(len(s) == 1 and is_figure(s[0].text) for s in sides)
    return full >= _MOSTLY * len(sides) and letters >= _CHARACTERS * len(sides) and figures <= _FIGURES * len(sides)
