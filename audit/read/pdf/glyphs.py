"""The characters of one PDF page as pdfium sees them: their boxes, turned upright, and the weight of their font.

A call costs as much as reading a character, so callers ask for the ends of lines and words and look inside only where
something may hide.
"""

from __future__ import annotations

import ctypes
import math
import re
from array import array
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

from audit.read.pdf.asked import PLACE, REAL, WHOLE, address, asked
from audit.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

Box = tuple[float, float, float, float]  # left, bottom, right, top

_BOLD = re.compile(rb"bold|black|heavy|semib|demi", re.I)
_BOLD_WEIGHT = 700
_LIGATURE = re.compile(r"ff?[il]|ff")
_SMALL = 0.8
_RAISED = 0.12
_JUMP = 0.5
_QUARTER = math.pi / 2
_SAMPLES = 7
_TALL_AND_LOW = "aegpylA(,;"
_UNSTEADY = 1.02

_BOX = asked(pdfium.FPDFText_GetLooseCharBox, WHOLE, PLACE, WHOLE, PLACE)
_MADE_UP = asked(pdfium.FPDFText_IsGenerated, WHOLE, PLACE, WHOLE)
_FONT = asked(pdfium.FPDFText_GetFontInfo, WHOLE, PLACE, WHOLE, PLACE, WHOLE, PLACE)
_RECTS = asked(pdfium.FPDFText_CountRects, WHOLE, PLACE, WHOLE, WHOLE)
_RECT = asked(pdfium.FPDFText_GetRect, WHOLE, PLACE, WHOLE, PLACE, PLACE, PLACE, PLACE)
_MATRIX = asked(pdfium.FPDFText_GetMatrix, WHOLE, PLACE, WHOLE, PLACE)
_SIZE = asked(pdfium.FPDFText_GetFontSize, ctypes.c_double, PLACE, WHOLE)
_ANGLE = asked(pdfium.FPDFText_GetCharAngle, REAL, PLACE, WHOLE)
_NAME = 128


@dataclass(frozen=True, slots=True)
class Run:
    """Part of a word: `raised` against the tallest part of it, `apart` when it does not follow the part before."""

    text: str
    box: Box
    raised: bool = False
    apart: bool = False


class Glyphs:
    """Boxes and fonts of the characters of one open text page."""

    def __init__(self, text_page: Any, media: Box) -> None:
        self._raw = text_page.raw
        self._page = address(text_page.raw)
        self._rect = array("f", (0.0,) * 4)  # left, top, right, bottom
        self._at = self._rect.buffer_info()[0]
        self._matrix = pdfium.FS_MATRIX()
        self._matrix_at = ctypes.addressof(self._matrix)
        self._name = ctypes.create_string_buffer(_NAME)
        self._flags = ctypes.c_int()
        self._font_at = ctypes.addressof(self._name), _NAME, ctypes.addressof(self._flags)
        self._fonts: dict[bytes, bool] = {}
        self._edges = array("d", (0.0,) * 4)
        start, size = self._edges.buffer_info()[0], self._edges.itemsize
        self._edges_at = tuple(start + i * size for i in range(4))
        self._index: list[int] | None = None
        self.text = text_page.get_text_range()
        if len(self.text) != text_page.count_chars():
            self._map(text_page.count_chars())
        self.origin = media[:2]
        self.width, self.height = media[2] - media[0], media[3] - media[1]
        self.turn = self._most_turned()
        self._is_plain = self.turn == 0 and self.origin == (0, 0)
        self.flat = 1.0  # the least height of a character's box, in heights of its line
        self._reach = 0.0, 0.0  # how far the boxes of a font go below and above the line, in sizes of the font
        self._lines: dict[tuple[float, float], tuple[float, float]] = {}
        self.by_font = self.turn == 0 and not self._is_steady()

    def _map(self, count: int) -> None:
        """Build the text character by character where pdfium leaves some out or needs two units for one."""
        characters: list[str] = []
        self._index = []
        high = 0
        for number in range(count):
            code = pdfium.FPDFText_GetUnicode(self._raw, number)
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if 0xDC00 <= code < 0xE000:
                code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD
            high = 0
            if code:
                characters.append(chr(code))
                self._index.append(number)
        self.text = "".join(characters)

    def turn_at(self, index: int) -> int:
        """Return the quarter turns of a character: 0 upright, 1 downwards, 3 upwards, -1 slanted."""
        angle = _ANGLE(self._page, index if self._index is None else self._index[index])
        turns = round(angle / _QUARTER)
        return turns % 4 if abs(angle - turns * _QUARTER) < 0.05 else -1

    def _most_turned(self) -> int:
        step = max(1, len(self.text) // _SAMPLES)
        seen = [self.turn_at(i) for i in range(0, len(self.text), step) if not self.text[i].isspace()]
        return max({0, *seen} - {-1}, key=lambda turn: (seen.count(turn), turn == 0))

    def _is_steady(self) -> bool:
        """Return whether boxes of one font size are of one height; some fonts give each character its own.

        Where they do, a line is as tall as its tallest and lowest characters together: a page on which none of them
        happens to be sampled, and is taken as drawn, then has lines of about the same height as its neighbours.
        """
        seen: dict[float, list[tuple[float, float]]] = {}
        for letter in _TALL_AND_LOW:
            index = max(self.text.find(letter, len(self.text) // 3), self.text.find(letter))
            if index >= 0:
                at = index if self._index is None else self._index[index]
                _BOX(self._page, at, self._at)
                size = self._size(at)
                if size:
                    _, top, _, bottom = self._rect
                    reach = (self._matrix.f - bottom) / size, (top - self._matrix.f) / size
                    seen.setdefault(round(size, 1), []).append(reach)
        if not seen:
            return True
        usual = max(seen.values(), key=len)
        self._reach = max(low for low, _ in usual), max(high for _, high in usual)
        heights = [[low + high for low, high in of_size] for of_size in seen.values()]
        self.flat = min(map(min, heights)) / sum(self._reach)
        return all(max(h) <= _UNSTEADY * min(h) for h in heights)

    def _size(self, at: int) -> float:
        _MATRIX(self._page, at, self._matrix_at)
        scale: float = math.hypot(self._matrix.b, self._matrix.d)
        return scale * float(_SIZE(self._page, at))

    def drawn(self, index: int) -> Box:
        """Return the box of a character as pdfium gives it, which may be lower for an "a" than for a "g"."""
        _BOX(self._page, index if self._index is None else self._index[index], self._at)
        left, top, right, bottom = self._rect
        return (left, bottom, right, top) if self._is_plain else self.upright((left, bottom, right, top))

    def box(self, index: int) -> Box:
        """Return the box of a character from descender to ascender, the page turned so that text is upright."""
        at = index if self._index is None else self._index[index]
        _BOX(self._page, at, self._at)
        left, top, right, bottom = self._rect
        if self.by_font:
            line = self._lines.get((bottom, top))
            if line is None:
                size = self._size(at)
                line = self._matrix.f - self._reach[0] * size, self._matrix.f + self._reach[1] * size
                self._lines[bottom, top] = line
            bottom, top = line
        return (left, bottom, right, top) if self._is_plain else self.upright((left, bottom, right, top))

    def upright(self, box: Box) -> Box:
        """Return a box of the file with the page turned as its text is, its lower left corner at zero."""
        across, up = self.origin
        left, bottom, right, top = box[0] - across, box[1] - up, box[2] - across, box[3] - up
        if self.turn == 3:
            return bottom, self.width - right, top, self.width - left
        if self.turn == 1:
            return self.height - top, left, self.height - bottom, right
        if self.turn == 2:
            return self.width - right, self.height - top, self.width - left, self.height - bottom
        return left, bottom, right, top

    def printed(self, box: Box) -> Box:
        """Return an upright box in the coordinates of the file."""
        if self._is_plain:
            return box
        left, bottom, right, top = box
        if self.turn == 3:
            left, bottom, right, top = self.width - top, left, self.width - bottom, right
        elif self.turn == 1:
            left, bottom, right, top = bottom, self.height - right, top, self.height - left
        elif self.turn == 2:
            left, bottom, right, top = self.width - right, self.height - top, self.width - left, self.height - bottom
        across, up = self.origin
        return left + across, bottom + up, right + across, top + up

    def is_made_up(self, index: int) -> bool:
        """Return whether pdfium put in a character that the file does not hold: a space for a gap of any width."""
        at = index if self._index is None else self._index[index]
        return bool(_MADE_UP(self._page, at) == 1)

    def is_close(self, start: int, count: int, widest: float) -> bool:
        """Return whether the drawn parts of some characters follow each other with no gap wider than that."""
        if self.turn or self._index is not None:
            return False
        end = None
        for number in range(_RECTS(self._page, start, count)):
            _RECT(self._page, number, *self._edges_at)
            left, _, right, _ = self._edges
            if end is not None and not -widest < left - end < widest:
                return False
            end = right
        return end is not None

    def is_even(self, starts: Sequence[int], letter: float, widest: float) -> bool:
        """Return whether no word of a line stands further than that from the one before it; one space parts them.

        Where a word begins tells how wide the one before it is at most, and only one wider than its letters and a
        space of half the height may take is asked where it ends.
        """
        first, last = -1, 0.0
        for start, left in zip(starts, self._lefts(starts), strict=True):
            if first >= 0 and not 0 < left - last < letter * (start - first + 1):
                gap = left - self.drawn(start - 2)[2]
                if not -widest < gap < widest:
                    return False
            first, last = start, left
        return True

    def _lefts(self, indexes: Sequence[int]) -> list[float]:
        """Return where some characters begin."""
        if not self._is_plain or self._index is not None:
            return [self.drawn(i)[0] for i in indexes]
        rect, page, at = self._rect, self._page, self._at
        return [rect[0] for i in indexes if _BOX(page, i, at)]

    def is_bold(self, index: int) -> bool:
        """Return whether a character is printed in a bold font."""
        at = index if self._index is None else self._index[index]
        _FONT(self._page, at, *self._font_at)
        name = self._name.value
        bold = self._fonts.get(name)
        if bold is None:
            heavy = pdfium.FPDFText_GetFontWeight(self._raw, at) >= _BOLD_WEIGHT
            bold = self._fonts[name] = bool(heavy or _BOLD.search(name))
        return bold

    def runs(self, word: str, start: int) -> list[Run]:
        """Return a word cut where a mark is raised or the next character does not follow the last one."""
        boxes = [self.box(start + i) for i in range(len(word))]
        tallest = max(boxes, key=lambda b: b[3] - b[1])
        size, floor = tallest[3] - tallest[1], tallest[1]
        for match in _LIGATURE.finditer(word):  # its letters have parts of the box that the sign itself fills
            for i in range(*match.span()):
                boxes[i] = (boxes[i][0], floor, boxes[i][2], tallest[3])
        raised = [b[3] - b[1] < _SMALL * size and b[1] > floor + _RAISED * size for b in boxes]
        runs: list[Run] = []
        first = 0
        for i in range(1, len(word) + 1):
            jump = i < len(word) and not -_JUMP * size < boxes[i][0] - boxes[i - 1][2] < _JUMP * size
            jump = jump and boxes[i] != boxes[i - 1]  # the letters of a ligature share a box
            if i == len(word) or jump or raised[i] != raised[i - 1]:
                box = (boxes[first][0], boxes[first][1], boxes[i - 1][2], boxes[first][3])
                before = boxes[first - 1][2] if first else box[0]
                apart = not -_JUMP * size < box[0] - before < _JUMP * size
                runs.append(Run(word[first:i], box, raised[first], apart))
                first = i
        return runs
