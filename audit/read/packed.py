"""Table rows packed into single cells with line breaks ("Boats<br>12<br>$40<br>Nets<br>3<br>$7"), taken apart.

A converter that sees no ruling lines between the columns puts labels and figures of many rows into one cell, line by
line. The rows come back only when every line finds its column: each label is followed by as many figures as there are
names in the header, or by fewer that the blanks and the repeated names ("Staff, Cost, Staff, Cost") place without
doubt, and the cells beside it hold exactly what these rows need. Otherwise the table stays as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audit.read.prose import Prose
from audit.read.text_figures import is_figure
from audit.read.units import GridCell

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_ROWS = 400
_MOST_NAMES = 16
_GOES_ON = re.compile(r"^[a-z(&]")
_DIGITS = re.compile(r"\d+")

_Row = list[list[Prose]]  # the lines of each cell of a row


class _Part:
    """One row of a packed cell: its label, the lines behind it, and the names of the columns they fill."""

    __slots__ = ("label", "lines")

    def __init__(self, label: Prose) -> None:
        self.label = label
        self.lines: list[Prose] = []

    @property
    def figures(self) -> list[Prose]:
        """Return the lines that are not blank."""
        return [line for line in self.lines if line.text]


def unpacked(cells: Sequence[GridCell]) -> list[GridCell]:
    """Return the cells with packed rows taken apart into a row for each label, or the same cells."""
    same = list(cells)
    if any(c.row_span > 1 or c.column_span > 1 for c in cells) or not any("\n" in c.prose.text for c in cells):
        return same
    rows: list[_Row] = []
    for cell in cells:
        if cell.row >= len(rows):
            rows.append([])
        rows[-1].append(_lines(cell.prose))
    first = next((n for n, row in enumerate(rows) if _is_packed(row[0])), 0)
    if not first or len({len(row) for row in rows}) > 1:
        return same
    names = _names(rows[first - 1])
    body: list[list[Prose]] = []
    for row in rows[first:]:
        apart = _apart(row, names)
        if apart is None or len(body) > _MOST_ROWS:
            return same
        body.extend(apart)
    out: list[GridCell] = []
    for row in rows[: first - 1]:
        _head(out, row, names)
    _add(out, [line for cell in rows[first - 1] for line in cell], header=True)
    for line in body:
        _add(out, line, header=False)
    return out


def _lines(prose: Prose) -> list[Prose]:
    """Return every line of a cell, blank ones too: they hold the place of a figure that is not there."""
    lines, start = [], 0
    for text in prose.text.split("\n"):
        lines.append(prose.cut(start, start + len(text)).strip())
        start += len(text) + 1
    return lines


def _is_packed(lines: Sequence[Prose]) -> bool:
    """Return whether the first cell of a row holds a label and figures below it."""
    return len(lines) > 1 and not _is_figure(lines[0]) and sum(_is_figure(line) for line in lines) > 1


def _is_figure(line: Prose) -> bool:
    return bool(line.text) and is_figure(line.text)


def _names(row: _Row) -> list[list[str]]:
    """Return the names of the columns packed in each cell of the header row, the one over the labels left out."""
    packed = [[line.text for line in lines] for lines in row]
    return [packed[0][1:], *packed[1:]]


def _apart(row: _Row, names: Sequence[Sequence[str]]) -> list[list[Prose]] | None:
    """Return the rows packed in a row, one text for each column, or nothing when a line has no certain place."""
    parts = _parts(row[0])
    own = names[0]
    if parts is None or not 1 < len(own) <= _MOST_NAMES:
        return None
    filled: list[frozenset[str]] = []
    rows: list[list[Prose]] = []
    for part in parts:
        placed = _placed(part, own)
        if placed is None:
            return None
        filled.append(frozenset(name for name, line in zip(own, placed, strict=True) if line.text))
        rows.append([part.label, *placed])
    for lines, below in zip(row[1:], names[1:], strict=True):
        beside = _beside(lines, below, filled)
        if beside is None:
            return None
        for whole, more in zip(rows, beside, strict=True):
            whole.extend(more)
    return rows


def _parts(lines: Sequence[Prose]) -> list[_Part] | None:
    """Return the rows of the first cell; a label that breaks over two lines is one."""
    parts: list[_Part] = []
    for line in lines:
        if not line.text or is_figure(line.text):
            if not parts:
                return None
            parts[-1].lines.append(line)
        elif parts and not parts[-1].lines and _GOES_ON.match(line.text):
            parts[-1].label.join(line)
        else:
            parts.append(_Part(line))
    return parts


def _placed(part: _Part, names: Sequence[str]) -> list[Prose] | None:
    """Return the line for each name: in order when none is missing, else by the only names that fit."""
    if len(part.lines) == len(names):
        return part.lines
    figures = part.figures
    if len(figures) == len(names):
        return figures
    if not figures:
        return [Prose() for _ in names]
    opened = bool(part.lines[0].text)
    fitting = [
        name
        for name in dict.fromkeys(names)
        if list(names).count(name) == len(figures) and (names[0] == name) is opened and len(figures) > 1
    ]
    if len(fitting) != 1:
        return None
    left = iter(figures)
    return [next(left) if name == fitting[0] else Prose() for name in names]


def _beside(lines: Sequence[Prose], names: Sequence[str], filled: Sequence[frozenset[str]]) -> list[list[Prose]] | None:
    """Return the lines of another cell for each row: as many as the rows have columns, or as they have figures."""
    if len(lines) == len(names) * len(filled):
        return [list(lines[n : n + len(names)]) for n in range(0, len(lines), len(names))]
    figures = [line for line in lines if line.text]
    wanted = [[name in row for name in names] for row in filled]
    if sum(map(sum, wanted)) != len(figures):
        return None
    left = iter(figures)
    return [[next(left) if wants else Prose() for wants in row] for row in wanted]


def _head(out: list[GridCell], row: _Row, names: Sequence[Sequence[str]]) -> None:
    """Add a header row above the names: each cell spans its columns, the first is cut where its names repeat."""
    line = out[-1].row + 1 if out else 0
    corner, groups = _cut(row[0], names[0])
    out.append(GridCell(prose=corner, row=line, column=0, header=True))
    column = 1
    for prose, width in [*groups, *((_joined(c), len(n)) for c, n in zip(row[1:], names[1:], strict=True))]:
        out.append(GridCell(prose=prose, row=line, column=column, column_span=width, header=True))
        column += width


def _cut(lines: Sequence[Prose], names: Sequence[str]) -> tuple[Prose, list[tuple[Prose, int]]]:
    """Return what heads the labels and what heads each group of columns: "Year 2023 Year 2024" stands over two."""
    width = next(w for w in range(1, len(names) + 1) if list(names) == list(names[:w]) * (len(names) // w))
    count = len(names) // width
    corner, groups = Prose(), [Prose() for _ in range(count)]
    for line in lines:
        pieces = _pieces(line, count) if count > 1 else []
        if not pieces or not (groups[0].text or _are_alike(pieces)):  # "In thousands" stands over the labels
            corner.join(line)
            continue
        for group, piece in zip(groups, pieces, strict=False):
            group.join(piece)
    return corner, [(group, width) for group in groups]


def _pieces(line: Prose, count: int) -> list[Prose]:
    """Return a header line in equal pieces: one word each, or the same words with other numbers."""
    words = list(re.finditer(r"\S+", line.text))
    size, rest = divmod(len(words), count)
    if rest or not size:
        return []
    spans = [(words[n * size].start(), words[n * size + size - 1].end()) for n in range(count)]
    shapes = {_DIGITS.sub("0", line.text[start:end]) for start, end in spans}
    if len(shapes) > 1 and (size > 1 or any(word.group()[0].islower() for word in words)):
        return []  # "In thousands" over the labels
    return [line.cut(start, end) for start, end in spans]


def _are_alike(pieces: Sequence[Prose]) -> bool:
    return len({_DIGITS.sub("0", piece.text) for piece in pieces}) == 1


def _joined(lines: Sequence[Prose]) -> Prose:
    whole = Prose()
    for line in lines:
        whole.join(line)
    return whole


def _add(out: list[GridCell], row: Sequence[Prose], *, header: bool) -> None:
    line = out[-1].row + 1 if out else 0
    out.extend(GridCell(prose=prose, row=line, column=n, header=header) for n, prose in enumerate(row))
