"""The lines of a page: pieces that stand at one height, from left to right."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audit.read.pdf.signs import with_signs
from audit.read.prose import is_note_mark
from audit.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from audit.read.pdf.page import Page, Piece

_SAME_LINE = 0.4
_MARK, _MOST = 5, 100  # characters of a raised mark, marks of a page that are looked at
_BEHIND, _RAISED, _SMALL = 0.25, 0.12, 0.8
_CLOSING, _SPACE = ".,;:)]”’»", 0.17
_WORD, _DASH = re.compile(r"[^ ]+"), re.compile(r"[-–—−]{1,2}")
_FIGURE = re.compile(r"(?:[A-Z]{0,3}[$€£¥])?[-–−(]?\d[\d.,]*[.,]\d{1,3}\)?%?|(?:19|20)\d\d")


@dataclass(slots=True)
class Line:
    """The pieces on one line of one column, from left to right.

    `start` and `stop` are the edges of the column, `contents` marks a line of a table of contents; `text`, `bold`,
    `middle` and `size` follow from the rest.
    """

    page: Page
    pieces: list[Piece]
    left: float
    bottom: float
    right: float
    top: float
    start: float = 0.0
    stop: float = 0.0
    contents: bool = False
    text: str = ""
    bold: bool = False
    middle: float = 0.0
    size: float = 0.0

    def __post_init__(self) -> None:
        pieces = self.pieces
        if len(pieces) == 1:
            self.text, self.bold = pieces[0].text, pieces[0].bold
        else:
            self.text = "".join(space + piece.text for space, piece in spaced(pieces)).lstrip()
            self.bold = all(p.bold for p in pieces if p.text)
        self.middle, self.size = (self.top + self.bottom) / 2, self.top - self.bottom


def spaced(pieces: Iterable[Piece]) -> Iterator[tuple[str, Piece]]:
    """Return each piece with what stands before it: nothing where it closes up to the text before ("Act⁴:")."""
    right = None
    for piece in pieces:
        closes = right is not None and piece.text[:1] in _CLOSING and piece.left - right < _SPACE * piece.size
        yield "" if right is None or closes or not piece.text else " ", piece
        right = piece.right


def lines_of(page: Page, pieces: Sequence[Piece]) -> list[Line]:
    """Return the pieces grouped to lines, from the top of the page down."""
    groups: list[list[Piece]] = []
    middle = reach = 0.0
    for piece in sorted(_called(pieces), key=lambda p: (-p.middle, p.left)):
        raised = bool(groups) and len(groups[-1]) == 1 and _is_mark_of(groups[-1][0], piece)
        if groups and (middle - piece.middle <= reach or raised):
            groups[-1].append(piece)
            reach = max(reach, _SAME_LINE * piece.size)
        else:
            groups.append([piece])
            middle, reach = piece.middle, _SAME_LINE * piece.size
    lines: list[Line] = []
    for group in groups:
        if len(group) == 1:
            p = group[0]
            lines.append(Line(page, group, p.left, p.bottom, p.right, p.top))
        else:
            group.sort(key=_left)
            parts = [part for p in with_signs(group) for part in _parted(p)]
            tall = max(parts, key=lambda p: len(p.text))
            lines.append(Line(page, parts, parts[0].left, tall.bottom, max(p.right for p in parts), tall.top))
    return lines


def _left(piece: Piece) -> float:
    return piece.left


def _is_mark_of(piece: Piece, text: Piece) -> bool:
    """Return whether a small piece is the raised mark right before a text."""
    small = piece.size < _SMALL * text.size and text.bottom < piece.bottom < text.top
    return small and -1 < text.left - piece.right < text.size


def _called(pieces: Sequence[Piece]) -> list[Piece]:
    """Return pieces with the raised marks that were drawn apart made calls of the text they stand right behind."""
    usual = sorted(p.size for p in pieces)[len(pieces) // 2] if pieces else 0.0
    marks = [p for p in pieces if p.size < _SMALL * usual and 0 < len(p.text) <= _MARK][:_MOST]
    taken: set[int] = set()
    for mark in marks:
        text = next((p for p in pieces if _is_behind(mark, p) and is_note_mark(p.text, mark.text)), None)
        if text is not None:
            text.calls.append((len(text.text), mark.text.strip("()[]")))
            text.right = mark.right
            taken.add(id(mark))
    return [p for p in pieces if id(p) not in taken] if taken else list(pieces)


def _is_behind(mark: Piece, text: Piece) -> bool:
    raised = mark.size < _SMALL * text.size and text.bottom + _RAISED * text.size < mark.bottom < text.top
    return raised and -_BEHIND * text.size < mark.left - text.right < _BEHIND * text.size


def _parted(piece: Piece) -> list[Piece]:
    """Return the figures of a piece that holds nothing else as a piece each: cells of full columns stand close."""
    words = every = [m.span() for m in _WORD.finditer(piece.text)]
    while words and _DASH.fullmatch(piece.text[slice(*words[-1])]):
        words = words[:-1]  # an empty cell at the end; between two figures a dash makes a range
    figures = sum(_FIGURE.fullmatch(piece.text[start:end]) is not None for start, end in words)
    if len(every) < 2 or not words or figures < len(words) or len(words) != len(piece.figures):
        return [piece]
    return [piece.part(*span) for span in every]
