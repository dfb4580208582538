"""What a Word paragraph is (heading, caption, prose) and which rows of a table are its header."""

from __future__ import annotations

import re
from dataclasses import field
from typing import TYPE_CHECKING

from audit.read.marks import Mark, mark_of
from audit.read.text_tables import is_figure
from audit.read.units import GridCell, Unit, UnitKind, is_caption
from audit.records import dataclass

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from audit.read.docx.styles import Look
    from audit.read.prose import Prose

_CHARACTER = 120  # the width of a character in twentieths of a point
_TAB = 4
_HEADING_LENGTH = 130
_OUTLINED_LENGTH = 300
_HEADING_STYLE = re.compile(r"(?:heading|title|subtitle|_+ ?h_?)\b|_ h_")
_CAPTION_STYLE = re.compile(r"caption\b|table title|figure title")
_NO_HEADING = re.compile(r"[.,;:…][\"”’»)\]]*$")
_YEAR = re.compile(r"\s*(?:19|20)\d\d(?:[-/–]\d{2,4})?\s*$")
_BODY_LEVEL = 9
_DEEPEST = 60


@dataclass(slots=True)
class Paragraph:
    """A paragraph that has been read, before it is known what follows it."""

    prose: Prose
    look: Look
    mark: Mark | None = None
    emphatic: bool = False
    leader: bool = False
    boxes: list[Element] = field(default_factory=list)


def unit_of(paragraph: Paragraph) -> Unit:
    """Return a paragraph as a unit: a heading by its style or its looks, a caption, or prose."""
    text = paragraph.prose.text
    prose = paragraph.prose.strip()
    look = paragraph.look
    left, first = look.left or 0, look.first or 0
    typed = len(text) - len(text.lstrip("\t"))
    automatic = paragraph.mark
    mark = automatic or mark_of(prose.text)
    start = left + first if mark is not None else min(left, left + first)
    indent = max(0, start // _CHARACTER) + typed * _TAB
    level = _heading_level(prose.text, paragraph, mark)
    if level is not None:
        if mark is not None and mark.form != "bullet" and automatic is None:
            prose = prose.cut(mark.width)
        return Unit(UnitKind.HEADING, prose, indent=indent, level=level, mark=mark)
    if _CAPTION_STYLE.match(look.name) or (paragraph.emphatic and is_caption(prose.text)):
        return Unit(UnitKind.CAPTION, prose, indent=indent)
    if mark is None and "\t" in prose.text:
        prose = paragraph.prose  # a tab before the first words may be the empty corner of a table
    return Unit(UnitKind.PROSE, prose, indent=indent, mark=automatic, listed=automatic is not None)


def _heading_level(text: str, paragraph: Paragraph, mark: Mark | None) -> int | None:
    """Return the level of a heading (0 when only its looks make it one), or None."""
    look = paragraph.look
    if mark is not None and mark.form == "bullet":
        return None
    if look.outline is not None and look.outline < _BODY_LEVEL and len(text) <= _OUTLINED_LENGTH:
        return look.outline + 1
    if len(text) > _HEADING_LENGTH or not any(c.isalpha() for c in text):
        return None
    if _HEADING_STYLE.match(look.name):
        return 0
    if is_caption(text) or _NO_HEADING.search(text) or "\t" in text.strip():
        return None
    return 0 if paragraph.emphatic and not (mark is not None and mark.form == "()") else None


def depth_of(paragraph: Paragraph, text: str) -> int:
    """Return how many characters deep a row is indented, by its layout or with spaces and tabs."""
    opening = text[: len(text) - len(text.lstrip())].expandtabs(_TAB)
    laid = (paragraph.look.left or 0) + (paragraph.look.first or 0)
    return min(len(opening) + max(0, laid) // _CHARACTER, _DEEPEST)


def mark_headers(cells: list[GridCell]) -> None:
    """Mark the header rows of a table whose author marked none: rows of words over the first row with figures.

    A row of one cell is a title above the names of the columns, and a heading of the rows below them.
    """
    if any(cell.header for cell in cells):
        return
    rows: dict[int, list[GridCell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    body = next((row for row, shapes in rows.items() if _has_figure(shapes)), None)
    named = False
    for row, shapes in rows.items():
        if body is None or row >= body or (named and len(shapes) == 1):
            break
        named = named or len(shapes) > 1
        for cell in shapes:
            cell.header = True


def _has_figure(row: list[GridCell]) -> bool:
    return any(
        is_figure(cell.prose.clean) and any(c.isdecimal() for c in cell.prose.text) and not _YEAR.match(cell.prose.text)
        for cell in row[1:]
    )
