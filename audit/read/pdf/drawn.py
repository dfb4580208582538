"""What is drawn on a page besides its text: ruling lines, filled areas, slanted or curved shapes, pictures.

Rulings part the cells of tables; areas and shapes betray a chart, whose labels are not lines of text.
"""

from __future__ import annotations

from array import array
from dataclasses import field
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

from audit.read.pdf.asked import PLACE, WHOLE, address, asked
from audit.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from audit.read.pdf.glyphs import Box

_PATH, _IMAGE, _FORM = 2, 3, 5
_MOST = 20_000
_MAX_DEPTH = 4
_THIN = 2.6
_SHORTEST = 4.0
_LARGE = 24.0
_MOST_SEGMENTS = 2_000
_LINE, _MOVE = 0, 2
_LEVEL = 0.8
_GRID = 1.5  # cells of a table, for each that is shaded
_WHITE = 250

_OBJECTS = asked(pdfium.FPDFPage_CountObjects, WHOLE, PLACE)
_OBJECT = asked(pdfium.FPDFPage_GetObject, PLACE, PLACE, WHOLE)
_INNER_OBJECTS = asked(pdfium.FPDFFormObj_CountObjects, WHOLE, PLACE)
_INNER_OBJECT = asked(pdfium.FPDFFormObj_GetObject, PLACE, PLACE, WHOLE)
_TYPE = asked(pdfium.FPDFPageObj_GetType, WHOLE, PLACE)
_BOUNDS = asked(pdfium.FPDFPageObj_GetBounds, WHOLE, PLACE, PLACE, PLACE, PLACE, PLACE)
_MATRIX = asked(pdfium.FPDFPageObj_GetMatrix, WHOLE, PLACE, PLACE)
_MODE = asked(pdfium.FPDFPath_GetDrawMode, WHOLE, PLACE, PLACE, PLACE)
_COLOUR = asked(pdfium.FPDFPageObj_GetFillColor, WHOLE, PLACE, PLACE, PLACE, PLACE, PLACE)
_SEGMENTS = asked(pdfium.FPDFPath_CountSegments, WHOLE, PLACE)
_SEGMENT = asked(pdfium.FPDFPath_GetPathSegment, PLACE, PLACE, WHOLE)
_POINT = asked(pdfium.FPDFPathSegment_GetPoint, WHOLE, PLACE, PLACE, PLACE)
_KIND = asked(pdfium.FPDFPathSegment_GetType, WHOLE, PLACE)
_CLOSES = asked(pdfium.FPDFPathSegment_GetClose, WHOLE, PLACE)

Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Drawn:
    """The drawings of a page by kind, as boxes in the coordinates of the file."""

    across: list[Box] = field(default_factory=list)
    down: list[Box] = field(default_factory=list)
    areas: list[Box] = field(default_factory=list)
    shapes: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)

    def turned(self, upright: Callable[[Box], Box]) -> Drawn:
        """Return the drawings on the page turned so that its text is upright; what was level may be so no more."""
        lines = [upright(b) for b in (*self.across, *self.down)]
        return Drawn(
            across=[b for b in lines if b[2] - b[0] >= b[3] - b[1]],
            down=[b for b in lines if b[2] - b[0] < b[3] - b[1]],
            areas=[upright(b) for b in self.areas],
            shapes=[upright(b) for b in self.shapes],
            pictures=[upright(b) for b in self.pictures],
        )


def drawn_on(page: Any) -> Drawn:
    """Return what is drawn on an open page."""
    reader = _Reader()
    raw = address(page.raw)
    for i in range(min(_OBJECTS(raw), _MOST)):
        reader.collect(_OBJECT(raw, i), _SAME, 0)
    return reader.found


class _Reader:
    """The objects of a page on their way into kinds; pdfium writes each answer into the same few cells."""

    def __init__(self) -> None:
        self.found = Drawn()
        self._edges, self._edges_at = _cells("f", 4)
        self._colours, self._colours_at = _cells("I", 4)
        self._modes, self._modes_at = _cells("i", 2)  # how it is filled, whether it is stroked
        self._point, self._point_at = _cells("f", 2)
        self._matrix, self._matrix_at = _cells("f", 6)

    def collect(self, item: int, matrix: Matrix, depth: int) -> None:
        """Read one object, and those inside it."""
        kind = _TYPE(item)
        if kind == _PATH:
            self._path(item, matrix)
        elif kind == _IMAGE:
            self.found.pictures.append(self._bounds(item, matrix))
        elif kind == _FORM and depth < _MAX_DEPTH:
            inner = _times(self._matrix_of(item), matrix)
            for i in range(min(_INNER_OBJECTS(item), _MOST)):
                self.collect(_INNER_OBJECT(item, i), inner, depth + 1)

    def _path(self, item: int, matrix: Matrix) -> None:
        found = self.found
        box = self._bounds(item, matrix)
        width, height = box[2] - box[0], box[3] - box[1]
        _MODE(item, *self._modes_at)
        filled_how, stroked = self._modes
        if not stroked and (not filled_how or self._is_white(item)):
            found.areas.append(box)  # the ground of a page or chart
            return
        if min(width, height) <= _THIN:
            _ruling(box, found)
            return
        count = min(_SEGMENTS(item), _MOST_SEGMENTS)
        parts = self._parts(item, _times(self._matrix_of(item), matrix), count)
        if parts is None:
            if min(width, height) >= _LARGE:
                found.shapes.append(box)
            return
        filled: list[Box] = []
        for edges in parts:
            outer = _around(edges)
            if min(outer[2] - outer[0], outer[3] - outer[1]) <= _THIN:
                _ruling(outer, found)
            elif stroked:
                for edge in edges:
                    _ruling(edge, found)
            else:
                found.areas.append(outer)
                filled.append(outer)
        if len(filled) > 1 and min(width, height) >= _LARGE and not is_grid(filled):
            found.shapes.append(box)  # one path for all the bars of a series

    def _is_white(self, item: int) -> bool:
        """Return whether a filled path shows nothing: the ground of the page."""
        _COLOUR(item, *self._colours_at)
        red, green, blue, opacity = self._colours
        return bool(min(red, green, blue) >= _WHITE or opacity == 0)

    def _parts(self, item: int, matrix: Matrix, count: int) -> list[list[Box]] | None:
        """Return the edges of each part of a path, or None when not all of them are level or upright."""
        parts: list[list[Box]] = []
        last = first = (0.0, 0.0)
        for number in range(count):
            segment = _SEGMENT(item, number)
            _POINT(segment, *self._point_at)
            point = _at(matrix, *self._point)
            kind = _KIND(segment)
            if kind == _MOVE or not parts:
                first = last = point
                parts.append([])
            elif kind != _LINE:
                return None
            closes = _CLOSES(segment)
            for start, end in ((last, point), (point, first)) if closes else ((last, point),):
                if abs(start[0] - end[0]) > _LEVEL and abs(start[1] - end[1]) > _LEVEL:
                    return None
                if start != end:
                    left, right = sorted((start[0], end[0]))
                    bottom, top = sorted((start[1], end[1]))
                    parts[-1].append((left, bottom, right, top))
            last = point
        return [edges for edges in parts if edges]

    def _bounds(self, item: int, matrix: Matrix) -> Box:
        _BOUNDS(item, *self._edges_at)
        left, bottom, right, top = self._edges
        if matrix == _SAME:
            return left, bottom, right, top
        return _around([(x, y, x, y) for x, y in (_at(matrix, a, b) for a in (left, right) for b in (bottom, top))])

    def _matrix_of(self, item: int) -> Matrix:
        if not _MATRIX(item, self._matrix_at[0]):
            return _SAME
        a, b, c, d, e, f = self._matrix
        return a, b, c, d, e, f


def is_grid(boxes: Sequence[Box]) -> bool:
    """Return whether areas stand in rows and columns, as the shaded cells of every other row do, and bars do not."""
    across = {(round(b[0]), round(b[2])) for b in boxes}
    up = {(round(b[1]), round(b[3])) for b in boxes}
    return len(across) * len(up) <= _GRID * len(boxes)


def _cells(kind: str, count: int) -> tuple[Sequence[Any], list[int]]:
    """Return cells that pdfium writes numbers of a kind into, and where each of them is."""
    cells = array(kind, [0] * count)
    start = cells.buffer_info()[0]
    return cells, [start + i * cells.itemsize for i in range(count)]


def _around(boxes: Sequence[Box]) -> Box:
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def _ruling(box: Box, found: Drawn) -> None:
    width, height = box[2] - box[0], box[3] - box[1]
    if width >= height and width >= _SHORTEST:
        found.across.append(box)
    elif height > width and height >= _SHORTEST:
        found.down.append(box)


def _times(one: Matrix, two: Matrix) -> Matrix:
    """Return the matrix that applies one, then two."""
    if two == _SAME:
        return one
    a, b, c, d, e, f = one
    p, q, r, s, t, u = two
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
