"""A table in the making: columns as stretches of the page, rows of lines, and the cells where they meet."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.read.pdf.page import Piece
    from audit.read.pdf.rows import Line

Stretch = tuple[float, float]

_FIGURE = re.compile(
    r"[(\[]?(?:[A-Z]{0,3}[$€£¥]\s?)?[-–−+±<>~≈]?\s?(?:[A-Z]{0,3}[$€£¥]\s?)?"
    r"\d[\d.,'’\s]*\s?(?:%|‰|per cent)?[)\]]?(?:[*†‡]{1,3}|[a-z])?"
    r"|[-–—−.…]{1,4}|n\.?/?[ad]\.?",
    re.I,
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s?[-/–]\s?\d{2,4})?")
_WRAPS = re.compile(r"[,\-–/(&]$|\b(?:and|or|of|the|to|for|in|y|de|del|la|los|et|des|du)$", re.I)
_SLACK = 1.5


@dataclass(slots=True)
class Slot:
    """A cell on its way: the pieces printed in it, line by line."""

    pieces: list[Piece] = field(default_factory=list)
    span: int = 1


def is_figure(text: str) -> bool:
    """Return whether a piece holds one figure, or the sign for none."""
    return _FIGURE.fullmatch(text) is not None


def has_figure(text: str) -> bool:
    """Return whether a piece holds one figure that is a number and no year."""
    return any(map(str.isdigit, text)) and is_figure(text) and _YEAR.fullmatch(text) is None


def columns_of(lines: Sequence[Line]) -> list[Stretch]:
    """Return the columns of some lines: figures first, then the text that stands clear of them."""
    figures = _merged([(p.left, p.right) for x in lines for p in x.pieces[1:] if is_figure(p.text)])
    texts = [(p.left, p.right) for x in lines for p in x.pieces if not is_figure(p.text) or p is x.pieces[0]]
    clear = [t for t in texts if sum(_overlap(t, f) > 0 for f in figures) < 2]
    return _merged([*figures, *clear])


def widened(columns: list[Stretch], headers: Sequence[Line]) -> list[Stretch]:
    """Return the columns with those that only a header stands over: all their cells are empty."""
    extra = [(p.left, p.right) for x in headers for p in x.pieces if len(p.text) < 30]
    left, right = columns[0][0], columns[-1][1]
    free = [e for e in extra if e[0] > left and e[1] < right and all(_overlap(e, c) < -_SLACK for c in columns)]
    return _merged([*columns, *free])


def _merged(stretches: Sequence[Stretch]) -> list[Stretch]:
    columns: list[Stretch] = []
    for left, right in sorted(stretches):
        if columns and left < columns[-1][1] - _SLACK:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def _overlap(one: Stretch, two: Stretch) -> float:
    return min(one[1], two[1]) - max(one[0], two[0])


def place(piece: Piece, columns: Sequence[Stretch]) -> tuple[int, int]:
    """Return the first column a piece stands in and how many it spans."""
    own = (piece.left, piece.right)
    over = [n for n, c in enumerate(columns) if _overlap(own, c) > _SLACK]
    if not over:
        middle = (piece.left + piece.right) / 2
        return min(range(len(columns)), key=lambda n: max(columns[n][0] - middle, middle - columns[n][1])), 1
    return over[0], over[-1] - over[0] + 1


def row_of(line: Line, columns: Sequence[Stretch]) -> dict[int, Slot]:
    """Return the pieces of a line by column."""
    row: dict[int, Slot] = {}
    for piece in line.pieces:
        first, span = place(piece, columns)
        if first in row:
            row[first].pieces.append(piece)
        else:
            row[first] = Slot([piece], span)
    return row


def goes_on(above: str, below: str) -> bool:
    """Return whether a label is the rest of the one above it."""
    return bool(below[:1].islower() or below[:1] == "(" or _WRAPS.search(above) or above.count("(") > above.count(")"))


def join_rows(into: dict[int, Slot], row: dict[int, Slot]) -> None:
    """Add the pieces of a line to a row, each below the text of its column."""
    for column, slot in row.items():
        if column in into:
            into[column].pieces.extend(slot.pieces)
        else:
            into[column] = slot


def text_of(slot: Slot | None) -> str:
    """Return the text of a cell."""
    return "" if slot is None else " ".join(p.text for p in slot.pieces if p.text)
