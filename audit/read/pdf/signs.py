"""Currency signs at the left edge of their column ("$   413,320"): each belongs to the figure behind it.

Where a column is full, its figure stands closer to the sign of the next one than to its own.
"""

from __future__ import annotations

import re

from audit.read.pdf.page import Piece

_SIGNS = "$€£¥"
_SIGN = re.compile(rf"[A-Z]{{0,3}}[{_SIGNS}]")
_DASH = re.compile(r"[-–—−]{1,2}")
_VALUE = re.compile(rf"(?:{_SIGN.pattern})?\(?[-–−]?\d[\d.,]*\)?%?|{_DASH.pattern}")
_WORD = re.compile(r"\S+")


def with_signs(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces of a line with each sign in front of its figure, if the line has signs that stand so."""
    text = "".join([p.text for p in pieces])
    if not ("$" in text or "€" in text or "£" in text or "¥" in text):
        return pieces
    parts = [part for piece in pieces for part in _words(piece)]
    alone = [_SIGN.fullmatch(p.text) is not None for p in parts]
    values = [n for n, p in enumerate(parts) if alone[n] or _VALUE.fullmatch(p.text)]
    if not any(alone) or alone[-1] or not _SIGN.match(parts[values[0]].text):
        return pieces  # "413,320 €": the sign stands behind its figure
    if any(one and not _VALUE.fullmatch(parts[n + 1].text) for n, one in enumerate(alone[:-1])):
        return pieces
    joined: list[Piece] = []
    for number, part in enumerate(parts):
        if not alone[number]:
            joined.append(_signed(parts[number - 1], part) if number and alone[number - 1] else part)
    return joined


def _words(piece: Piece) -> list[Piece]:
    """Return the words of a piece that holds figures and signs only; others are returned whole."""
    words = list(_WORD.finditer(piece.text))
    if len(words) < 2 or piece.calls or not all(_VALUE.fullmatch(w[0]) or _SIGN.fullmatch(w[0]) for w in words):
        return [piece]
    return [piece.part(*w.span()) for w in words]


def _signed(sign: Piece, value: Piece) -> Piece:
    """Return a value with its sign; a dash needs none."""
    text = value.text if _DASH.fullmatch(value.text) else sign.text + value.text
    figures = [(0, len(text), sign.left, value.right)] if any(map(str.isdigit, text)) else []
    calls = [(offset + len(text) - len(value.text), mark) for offset, mark in value.calls]
    return Piece(text, sign.left, value.bottom, value.right, value.top, value.bold, figures, calls)
