"""Runs of lines that may be the rows of a table: their pieces are cells, and stand below each other in columns.

A run needs figures in a column behind labels, or texts that begin at the same places line after line. Justified lines
with wide gaps and columns of running text look alike and are told by how evenly they fill the width.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from audit.read.flow import is_caption
from audit.read.marks import mark_of
from audit.read.pdf.grid import Stretch, has_figure, is_figure, is_year, place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.read.pdf.page import Piece
    from audit.read.pdf.rows import Line

LEADERS = re.compile(
    r"\s*(?:\.{4,}|(?:\s\.){4,}|…{2,}|_{4,}|\.{3}(?=\s*\d{1,4}$))\s*"
)  # dots that lead to a page number
_NUMBER = re.compile(r"\d{1,4}\.")
_NEAR = 3.6
_PITCHES = 2.2
_CELL, _LAST = 60, 120  # characters of a cell, and of the last one of a row without figures
_ENTRIES, _TERM, _ALIKE, _ANEW = 4, 40, 0.9, 0.95  # of a list in two columns
_DENSE = 2.0
_LABELLED = 0.6
_EDGE = 4.0
_SAME = 0.7  # of the cells of a column of words
_LARGER = 1.1  # than rows, the print of a heading
_OUTSIDE = 2.5  # of the size, how far at the left of its table a label may begin
_FULL, _MOSTLY, _TIGHT_COLUMN = 0.85, 0.6, 18


def has_leaders(text: str) -> bool:
    """Return whether dots lead through a text to a page number."""
    may = ".." in text or ". ." in text or "…" in text or "__" in text or ".\u00a0." in text
    return may and LEADERS.search(text) is not None


def is_tabular(line: Line) -> bool:
    """Return whether the pieces of a line may be cells of a row."""
    pieces = [p for p in line.pieces if p.text]
    if len(pieces) > 1 and _is_mark(pieces[0]):
        pieces = pieces[1:]
    if len(pieces) < 2 or has_leaders(line.text):
        return False
    figures = sum(is_figure(p.text) for p in pieces[1:])
    if figures * 2 >= len(pieces) - 1:
        return True
    gaps = [b.left - a.right for a, b in pairwise(pieces)]
    if max(gaps) < _DENSE * line.size or len(pieces) > 3 * sum(len(p.text) > 12 for p in pieces) + 4:
        return False  # a justified line: its words stand wide apart, but not in columns
    return all(len(p.text) <= _CELL for p in pieces[:-1]) and len(pieces[-1].text) <= _LAST


def _is_mark(piece: Piece) -> bool:
    return _begins(piece) and not has_figure(piece.text)


def _begins(piece: Piece) -> bool:
    """Return whether a piece is the mark of an item and nothing else."""
    mark = mark_of(piece.text + " ")
    return mark is not None and mark.width > len(piece.text)


def run_end(lines: Sequence[Line], start: int) -> int:
    """Return the end of the run of tabular lines, with what stands between them, that begins at a line."""
    if not is_tabular(lines[start]):
        return start
    end, index, pitch = start + 1, start + 1, 0.0
    while index < len(lines):
        line, above = lines[index], lines[index - 1]
        if above.bottom - line.top > max(_NEAR * max(line.size, 8.0), _PITCHES * pitch):
            break
        if _opens_paragraph(line, lines[start:end]):
            break
        if is_tabular(line):
            end = index + 1
            pitch = max(pitch, min(above.top - line.top, 3 * line.size))
        elif not (_fits(line, lines[start:end]) or _is_entry(line, lines[end - 1], lines[index + 1 : index + 2])):
            break
        index += 1
    return end if end - start > 1 else start


def _opens_paragraph(line: Line, run: Sequence[Line]) -> bool:
    """Return whether a line is the number of a paragraph and its text, and not a row that a table counts."""
    pieces = [p for p in line.pieces if p.text]
    counted = len(pieces) == 2 and _NUMBER.fullmatch(pieces[0].text) is not None and not is_figure(pieces[1].text)
    return counted and not any(_NUMBER.fullmatch(x.pieces[0].text) for x in run if x.pieces)


def _fits(line: Line, run: Sequence[Line]) -> bool:
    """Return whether a line may stand between the rows of a table: a label, or the next line of some cells."""
    if (is_caption(line.text) and line.bold) or line.left < min(x.left for x in run) - _OUTSIDE * line.size:
        return False
    if len(line.pieces) == 1 and line.size > _LARGER * max(x.size for x in run) and line.bold:
        return False
    seconds = [next((p.left for p in x.pieces[1:] if has_figure(p.text)), None) for x in run]
    second = min((s for s in seconds if s is not None), default=min(x.pieces[1].left for x in run if len(x.pieces) > 1))
    right = max(x.right for x in run)
    if len(line.pieces) == 1:
        return line.right < right - _EDGE and (line.right < second + _EDGE or len(line.text) <= _CELL)
    return all(len(p.text) <= _CELL for p in line.pieces) and line.right <= right + _EDGE


def _is_entry(line: Line, above: Line, below: Sequence[Line]) -> bool:
    """Return whether a line between two of a list is an entry too, whose term reaches up to what it stands for."""
    if not below or not is_tabular(below[0]) or len(line.text) > _TERM + _LAST:
        return False
    near = all(len(x.pieces) == 2 and abs(x.pieces[0].left - line.left) < _EDGE for x in (above, below[0]))
    return near and abs(above.pieces[1].left - below[0].pieces[1].left) < _EDGE and not has_leaders(line.text)


def is_aligned(lines: Sequence[Line], columns: Sequence[Stretch]) -> bool:
    """Return whether the lines are rows: figures behind labels, or cells that begin or end at the same places."""
    with_figures = [x for x in lines if any(has_figure(p.text) for p in x.pieces[1:])]
    if len(with_figures) > 1:
        labelled = sum(_is_labelled(x) for x in with_figures)
        filled = sum(len(x.pieces) for x in lines)
        return labelled >= _LABELLED * len(with_figures) and filled * 3 >= len(lines) * len(columns)
    if len(lines) < 3 or len(columns) < 2 or _is_prose(lines, columns):
        return False
    if len(columns) == 2 and not _is_list(lines):
        return False
    same = 0
    for column in columns:
        cells = [p for x in lines for p in x.pieces if place(p, columns)[0] == columns.index(column)]
        same += len(cells) > 2 and (_agree([p.left for p in cells]) or _agree([p.right for p in cells]))
    return same == len(columns)


def _agree(ends: Sequence[float]) -> bool:
    """Return whether most cells of a column begin, or end, at one place; a header may not."""
    usual = sorted(ends)[len(ends) // 2]
    return sum(abs(x - usual) < _EDGE for x in ends) >= _SAME * len(ends)


def _is_labelled(line: Line) -> bool:
    """Return whether words, a year, or a number and words stand before the figures of a line."""
    first, second = line.pieces[:2]
    words = any(map(str.isalpha, first.text)) or (len(line.pieces) > 2 and any(map(str.isalpha, second.text)))
    return words or is_year(first.text)


def _is_list(lines: Sequence[Line]) -> bool:
    """Return whether lines of two cells are entries of a list, as of acronyms and what they stand for.

    Each begins anew, as the lines of two columns of text do not, and both are printed alike, unlike a heading in the
    margin and its text.
    """
    pairs = [x.pieces for x in lines]
    if len(lines) < _ENTRIES or any(len(pair) != 2 or _begins(pair[0]) for pair in pairs):
        return False
    anew = sum(not p.text[:1].islower() for pair in pairs for p in pair)
    alike = all(_ALIKE * two.size < one.size < two.size / _ALIKE for one, two in pairs)
    short = all(len(one.text) <= _TERM for one, _ in pairs)
    return alike and short and anew >= _ANEW * 2 * len(pairs)


def _is_prose(lines: Sequence[Line], columns: Sequence[Stretch]) -> bool:
    """Return whether most cells fill their columns: columns of running text that happen to share their lines."""
    pieces = [p for x in lines for p in x.pieces]
    full = 0
    for piece in pieces:
        left, right = columns[place(piece, columns)[0]]
        full += piece.right - piece.left > _FULL * (right - left) and len(piece.text) > _TIGHT_COLUMN
    return full > _MOSTLY * len(pieces)
