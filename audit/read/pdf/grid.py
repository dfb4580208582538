"""A table in the making: columns as stretches of the page, rows of lines, and the cells where they meet."""

from __future__ import annotations

import re
from dataclasses import field
from typing import TYPE_CHECKING

from audit.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.read.pdf.page import Piece
    from audit.read.pdf.rows import Line

Stretch = tuple[float, float]

_FIGURE = re.compile(
    r"[(\[]?(?:[A-Z]{0,3}[$€£¥]\s?)?[(\[]?[-–−+±<>~≈]?\s?(?:[A-Z]{0,3}[$€£¥]\s?)?"
    r"\d[\d.,'’\s]*\s?(?:%|‰|per cent|[$€£¥])?[)\]]?(?:[*†‡]{1,3}|[a-z])?"
    r"|[-–—−.…]{1,4}|n\.?/?[ad]\.?",
    re.I,
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s?[-/–]\s?\d{2,4})?")
_WRAPS = re.compile(r"[,\-–/(&]$|\b(?:and|or|of|the|to|for|in|y|de|del|la|los|et|des|du)$", re.I)
_TORN = re.compile(r"\d,\d{0,2}$")
_GROUPED = re.compile(r"[^\d\s]{0,4}\d{1,3}(?:,\d{3})+\D{0,2}")
_FILLED = 0.6  # of its column, what the first part of a torn figure takes
_SLACK = 1.5
_SAME_END = 5.0


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
    return any(map(str.isdigit, text)) and is_figure(text) and not is_year(text)


def is_year(text: str) -> bool:
    """Return whether a piece is a year or a span of years."""
    return _YEAR.fullmatch(text) is not None


def columns_of(lines: Sequence[Line]) -> list[Stretch]:
    """Return the columns of some lines: figures first, then the text that stands clear of them."""
    figures = [[p for p in x.pieces[1:] if is_figure(p.text)] for x in lines]
    columns: list[Stretch] = []
    for stretch in _merged([(p.left, p.right) for row in figures for p in row]):
        inside = [[p for p in row if _overlap((p.left, p.right), stretch) > 0] for row in figures]
        columns.extend(_parted(stretch, inside))
    texts = [(p.left, p.right) for x in lines for p in x.pieces if not is_figure(p.text) or p is x.pieces[0]]
    clear = [t for t in texts if sum(_overlap(t, f) > 0 for f in columns) < 2]
    beside = [t for t in clear if all(_overlap(t, f) <= _SLACK for f in columns)]
    return sorted([*columns, *_merged(beside)], key=_end)


def _parted(stretch: Stretch, rows: Sequence[Sequence[Piece]]) -> list[Stretch]:
    """Return the columns of a stretch that wide figures of neighbouring columns fill without a gap: by their ends."""
    most = max((len(row) for row in rows), default=0)
    if most < 2:
        return [stretch]
    pieces = [p for row in rows for p in row]
    for end in (_right, _left):
        groups: list[list[Piece]] = []
        for piece in sorted(pieces, key=end):
            if groups and end(piece) - end(groups[-1][-1]) < _SAME_END:
                groups[-1].append(piece)
            else:
                groups.append([piece])
        if len(groups) == most:
            return [(min(p.left for p in g), max(p.right for p in g)) for g in groups]
    return [stretch]


def _right(piece: Piece) -> float:
    return piece.right


def _left(piece: Piece) -> float:
    return piece.left


def _end(column: Stretch) -> float:
    return column[1]


def widened(columns: list[Stretch], headers: Sequence[Line]) -> list[Stretch]:
    """Return the columns with those that only a header stands over: all their cells are empty."""
    extra = [(p.left, p.right) for x in headers for p in x.pieces if len(p.text) < 30]
    left, right = columns[0][0], columns[-1][1]
    free = [e for e in extra if e[0] > left and e[1] < right and all(_overlap(e, c) < -_SLACK for c in columns)]
    if any(all(_overlap(e, c) < -_SLACK for e in extra) for c in columns[1:]):
        return columns  # a column without a header: a free one stands for it, set to its side
    return sorted([*columns, *_merged(free)], key=_end)


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
    if len(over) > 1 and (is_figure(piece.text) or _crowded(over, columns)):
        key = (
            (lambda n: abs(piece.right - columns[n][1]))
            if is_figure(piece.text)
            else (lambda n: _distance(own, columns[n]))
        )
        return min(over, key=key), 1
    return over[0], over[-1] - over[0] + 1


def _crowded(over: Sequence[int], columns: Sequence[Stretch]) -> bool:
    """Return whether columns reach into each other, so that standing over two of them does not mean to span them."""
    return len(over) == 2 and _overlap(columns[over[0]], columns[over[1]]) > 0


def _distance(one: Stretch, two: Stretch) -> float:
    return min(abs(one[1] - two[1]), abs(sum(one) - sum(two)) / 2)


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


def mends(row: dict[int, Slot], line: dict[int, Slot], columns: Sequence[Stretch]) -> bool:
    """Join a line to a row whose figures a narrow column has cut ("$58,15" above "0"), and return whether it is one."""
    if not line or 0 in line:
        return False
    pairs = [(row[c].pieces[-1], text_of(slot), columns[c]) for c, slot in line.items() if c in row]
    torn = all(
        _TORN.search(above.text) and _GROUPED.fullmatch(above.text + rest) and _fills(above, column)
        for above, rest, column in pairs
    )
    if len(pairs) < len(line) or not torn:
        return False
    for above, rest, _ in pairs:
        above.figures = [(start, end + len(rest), left, right) for start, end, left, right in above.figures[-1:]]
        above.text += rest
    return True


def _fills(piece: Piece, column: Stretch) -> bool:
    return piece.right - piece.left > _FILLED * (column[1] - column[0])
