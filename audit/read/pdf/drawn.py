"""What is drawn on a page besides its text: ruling lines, filled areas, slanted or curved shapes, pictures.

Rulings part the cells of tables; areas and shapes betray a chart, whose labels are not lines of text.
"""

from __future__ import annotations

import ctypes
from dataclasses import field
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

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
_WHITE = 250

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
    raw = page.raw
    for i in range(min(pdfium.FPDFPage_CountObjects(raw), _MOST)):
        reader.collect(pdfium.FPDFPage_GetObject(raw, i), _SAME, 0)
    return reader.found


class _Reader:
    """The objects of a page on their way into kinds; pdfium writes each answer into the same few cells."""

    def __init__(self) -> None:
        self.found = Drawn()
        self._edges = [ctypes.c_float() for _ in range(4)]
        self._edge_refs = [ctypes.byref(e) for e in self._edges]
        self._colours = [ctypes.c_uint() for _ in range(4)]
        self._colour_refs = [ctypes.byref(c) for c in self._colours]
        self._fill, self._stroke = ctypes.c_int(), ctypes.c_int()
        self._mode_refs = ctypes.byref(self._fill), ctypes.byref(self._stroke)
        self._point = ctypes.c_float(), ctypes.c_float()
        self._point_refs = [ctypes.byref(x) for x in self._point]

    def collect(self, item: Any, matrix: Matrix, depth: int) -> None:
        """Read one object, and those inside it."""
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == _PATH:
            self._path(item, matrix)
        elif kind == _IMAGE:
            self.found.pictures.append(self._bounds(item, matrix))
        elif kind == _FORM and depth < _MAX_DEPTH:
            inner = _times(_matrix_of(item), matrix)
            for i in range(min(pdfium.FPDFFormObj_CountObjects(item), _MOST)):
                self.collect(pdfium.FPDFFormObj_GetObject(item, i), inner, depth + 1)

    def _path(self, item: Any, matrix: Matrix) -> None:
        found = self.found
        box = self._bounds(item, matrix)
        width, height = box[2] - box[0], box[3] - box[1]
        pdfium.FPDFPath_GetDrawMode(item, *self._mode_refs)
        stroked = self._stroke.value
        if not stroked and (not self._fill.value or self._is_white(item)):
            found.areas.append(box)  # the ground of a page or chart
            return
        if min(width, height) <= _THIN:
            _ruling(box, found)
            return
        count = min(pdfium.FPDFPath_CountSegments(item), _MOST_SEGMENTS)
        parts = self._parts(item, _times(_matrix_of(item), matrix), count)
        if parts is None:
            if min(width, height) >= _LARGE:
                found.shapes.append(box)
            return
        filled = 0
        for edges in parts:
            outer = _around(edges)
            if min(outer[2] - outer[0], outer[3] - outer[1]) <= _THIN:
                _ruling(outer, found)
            elif stroked:
                for edge in edges:
                    _ruling(edge, found)
            else:
                found.areas.append(outer)
                filled += 1
        if filled > 1 and min(width, height) >= _LARGE:
            found.shapes.append(box)  # one path for all the bars of a series

    def _is_white(self, item: Any) -> bool:
        """Return whether a filled path shows nothing: the ground of the page."""
        pdfium.FPDFPageObj_GetFillColor(item, *self._colour_refs)
        red, green, blue, opacity = (c.value for c in self._colours)
        return min(red, green, blue) >= _WHITE or opacity == 0

    def _parts(self, item: Any, matrix: Matrix, count: int) -> list[list[Box]] | None:
        """Return the edges of each part of a path, or None when not all of them are level or upright."""
        parts: list[list[Box]] = []
        x, y = self._point
        last = first = (0.0, 0.0)
        for number in range(count):
            segment = pdfium.FPDFPath_GetPathSegment(item, number)
            pdfium.FPDFPathSegment_GetPoint(segment, *self._point_refs)
            point = _at(matrix, x.value, y.value)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == _MOVE or not parts:
                first = last = point
                parts.append([])
            elif kind != _LINE:
                return None
            closes = pdfium.FPDFPathSegment_GetClose(segment)
            for start, end in ((last, point), (point, first)) if closes else ((last, point),):
                if abs(start[0] - end[0]) > _LEVEL and abs(start[1] - end[1]) > _LEVEL:
                    return None
                if start != end:
                    left, right = sorted((start[0], end[0]))
                    bottom, top = sorted((start[1], end[1]))
                    parts[-1].append((left, bottom, right, top))
            last = point
        return [edges for edges in parts if edges]

    def _bounds(self, item: Any, matrix: Matrix) -> Box:
        pdfium.FPDFPageObj_GetBounds(item, *self._edge_refs)
        one, two, three, four = self._edges
        left, bottom, right, top = one.value, two.value, three.value, four.value
        if matrix == _SAME:
            return left, bottom, right, top
        return _around([(x, y, x, y) for x, y in (_at(matrix, a, b) for a in (left, right) for b in (bottom, top))])


def _around(boxes: Sequence[Box]) -> Box:
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def _ruling(box: Box, found: Drawn) -> None:
    width, height = box[2] - box[0], box[3] - box[1]
    if width >= height and width >= _SHORTEST:
        found.across.append(box)
    elif height > width and height >= _SHORTEST:
        found.down.append(box)


def _matrix_of(item: Any) -> Matrix:
    held = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, ctypes.byref(held)):
        return _SAME
    return held.a, held.b, held.c, held.d, held.e, held.f


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
