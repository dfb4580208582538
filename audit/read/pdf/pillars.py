"""Pages set in two columns: text on both sides of an edge that lines begin at and hardly any crosses.

Tables have such edges too; there the lines on a side are short, or figures. Lines of running text fill their column.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from audit.read.pdf.grid import is_figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.read.pdf.page import Piece
    from audit.read.pdf.rows import Line

COLUMN_LINES = 10
_EDGE = 2.0
_LEAST, _MOST = 0.3, 0.7  # of the width of the text, where the second column may begin
_CROSSING = 0.25
_FULL, _MOSTLY = 0.8, 0.5
_CHARACTERS = 22
_FIGURES = 0.1
_TRIES = 4


def columns_at(lines: Sequence[Line]) -> float | None:
    """Return where the second of two columns of text begins, or None."""
    pieces = [p for x in lines for p in x.pieces if p.text]
    if len(lines) < COLUMN_LINES or not pieces:
        return None
    start, stop = min(p.left for p in pieces), max(p.right for p in pieces)
    low, high = start + _LEAST * (stop - start), start + _MOST * (stop - start)
    edges = Counter(round(p.left / _EDGE) for p in pieces if low < p.left < high)
    for rounded, count in edges.most_common(_TRIES):
        if count < COLUMN_LINES // 2:
            break
        edge = rounded * _EDGE - _EDGE
        crossing = sum(any(p.left < edge and p.right > edge + 2 * _EDGE for p in x.pieces) for x in lines)
        if crossing > _CROSSING * len(lines):
            continue
        left = [[p for p in x.pieces if p.text and p.right <= edge + _EDGE] for x in lines]
        right = [[p for p in x.pieces if p.text and p.left >= edge] for x in lines]
        if _is_text([side for side in left if side]) and _is_text([side for side in right if side]):
            return edge + _EDGE
    return None


def _is_text(sides: Sequence[Sequence[Piece]]) -> bool:
    """Return whether the parts of lines on one side are running text: most fill the column, few are figures."""
    if len(sides) < COLUMN_LINES:
        return False
    width = max(s[-1].right for s in sides) - min(s[0].left for s in sides)
    full = sum(s[-1].right - s[0].left >= _FULL * width for s in sides)
    letters = sum(len(p.text) for s in sides for p in s)
    figures = sum(len(s) == 1 and is_figure(s[0].text) for s in sides)
    return full >= _MOSTLY * len(sides) and letters >= _CHARACTERS * len(sides) and figures <= _FIGURES * len(sides)
