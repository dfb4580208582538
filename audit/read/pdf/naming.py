"""The title of a document, told by its place and print: the headings right above the text, or the largest ones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audit.read.flow import UnitKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.read.flow import Unit

_TEXT = 200
_REACH = 40
_SHORTEST = 8
_WORD = 16
_CELLS = 12  # of the names and dates side by side at the head of a first page
_PRINTED = re.compile(r"\s+\d{1,2}[/.]\d{1,2}[/.]\d{4}(?:\s+\d{1,2}:\d\d(?::\d\d)?)?$")  # when, beside the title


def title_of(units: Sequence[Unit]) -> str:
    """Return the title, or an empty string when no heading stands in the first part of the document."""
    head = list(units[:_REACH])
    end = next((n for n, u in enumerate(head) if _is_text(u)), len(head))
    while end and _is_of_the_text(head[end - 1]):
        end -= 1
    start = end
    while start and head[start - 1].kind is UnitKind.HEADING and len(head[start - 1].prose.text) >= _SHORTEST:
        start -= 1
    near = head[start:end]
    headings = near or [u for u in head if u.kind is UnitKind.HEADING and len(u.prose.text) >= _SHORTEST]
    return _PRINTED.sub("", min(headings, key=lambda u: u.level).prose.clean) if headings else ""


def _is_text(unit: Unit) -> bool:
    if unit.kind is UnitKind.TABLE:
        return len(unit.cells) > _CELLS
    return unit.kind is UnitKind.PROSE and len(unit.prose.text) > _TEXT


def _is_of_the_text(unit: Unit) -> bool:
    """Return whether a unit right above the text is its own heading ("I. Introduction", "Summary"), not the title."""
    text = unit.prose.text.strip()
    marked = unit.kind is UnitKind.HEADING and unit.mark is not None
    return marked or (len(text) <= _WORD and " " not in text)
