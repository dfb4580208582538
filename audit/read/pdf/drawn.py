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
    found = Drawn()
    raw = page.raw
    objects = (pdfium.FPDFPage_GetObject(raw, i) for i in range(min(pdfium.FPDFPage_CountObjects(raw), _MOST)))
    for item in objects:
        _collect(item, _SAME, found, 0)
    return found


def _collect(item: Any, matrix: Matrix, found: Drawn, depth: int) -> None:
    kind = pdfium.FPDFPageObj_GetType(item)
    if kind == _PATH:
        _path(item, matrix, found)
    elif kind == _IMAGE:
        found.pictures.append(_bounds(item, matrix))
    elif kind == _FORM and depth < _MAX_DEPTH:
        inner = _times(_matrix_of(item), matrix)
        for i in range(min(pdfium.FPDFFormObj_CountObjects(item), _MOST)):
            _collect(pdfium.FPDFFormObj_GetObject(item, i), inner, found, depth + 1)


def _path(item: Any, matrix: Matrix, found: Drawn) -> None:
    box = _bounds(item, matrix)
    width, height = box[2] - box[0], box[3] - box[1]
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
    if not stroke.value and (not fill.value or _is_white(item)):
        found.areas.append(box)  # the ground of a page or chart
        return
    if min(width, height) <= _THIN:
        _ruling(box, found)
        return
    count = min(pdfium.FPDFPath_CountSegments(item), _MOST_SEGMENTS)
    parts = _parts(item, _times(_matrix_of(item), matrix), count)
    if parts is None:
        if min(width, height) >= _LARGE:
            found.shapes.append(box)
        return
    filled = 0
    for edges in parts:
        outer = _around(edges)
        if min(outer[2] - outer[0], outer[3] - outer[1]) <= _THIN:
            _ruling(outer, found)
        elif stroke.value:
            for edge in edges:
                _ruling(edge, found)
        else:
            found.areas.append(outer)
            filled += 1
    if filled > 1 and min(width, height) >= _LARGE:
        found.shapes.append(box)  # one path for all the bars of a series


def _around(boxes: Sequence[Box]) -> Box:
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def _is_white(item: Any) -> bool:
    """Return whether a filled path shows nothing: the ground of the page."""
    parts = [ctypes.c_uint() for _ in range(4)]
    pdfium.FPDFPageObj_GetFillColor(item, *(ctypes.byref(p) for p in parts))
    red, green, blue, opacity = (p.value for p in parts)
    return min(red, green, blue) >= _WHITE or opacity == 0


def _ruling(box: Box, found: Drawn) -> None:
    width, height = box[2] - box[0], box[3] - box[1]
    if width >= height and width >= _SHORTEST:
        found.across.append(box)
    elif height > width and height >= _SHORTEST:
        found.down.append(box)


def _parts(item: Any, matrix: Matrix, count: int) -> list[list[Box]] | None:
    """Return the edges of each part of a path, or None when not all of them are level or upright."""
    parts: list[list[Box]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    last = first = (0.0, 0.0)
    for number in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, number)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = _at(matrix, x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == _MOVE or not parts:
            first = last = point
            parts.append([])
        elif kind != _LINE:
            return None
        for start, end in (
            (last, point),
            (point, first) if pdfium.FPDFPathSegment_GetClose(segment) else (point, point),
        ):
            if abs(start[0] - end[0]) > _LEVEL and abs(start[1] - end[1]) > _LEVEL:
                return None
            if start != end:
                left, right = sorted((start[0], end[0]))
                bottom, top = sorted((start[1], end[1]))
                parts[-1].append((left, bottom, right, top))
        last = point
    return [edges for edges in parts if edges]


def _bounds(item: Any, matrix: Matrix) -> Box:
    parts = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(item, *(ctypes.byref(p) for p in parts))
    left, bottom, right, top = (p.value for p in parts)
    if matrix == _SAME:
        return left, bottom, right, top
    corners = [_at(matrix, a, b) for a in (left, right) for b in (bottom, top)]
    return (
        min(c[0] for c in corners),
        min(c[1] for c in corners),
        max(c[0] for c in corners),
        max(c[1] for c in corners),
    )


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
