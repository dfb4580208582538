"""The pages of a plain text: form feeds, page numbers and running lines go, a sentence cut by them is whole again."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from audit.late import late
from audit.read.prose import PAUSES, ends_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.read.text_lines import Line

_NUMBER = late(
    r"\s*(?:[-–—]\s*)?(?:page\s+|página\s+)?\d{1,4}(?:\s*(?:/|of|de|sur)\s*\d{1,4})?(?:\s*[-–—])?\s*", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_EDGE = 2  # lines of a page that may be running lines, at its head and at its foot


def without_pages(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a text without what belongs to its pages."""
    pages: list[list[Line]] = [[]]
    for line in lines:
        if "\f" in line.text and pages[-1]:
            pages.append([])
        pages[-1].append(line)
    if len(pages) == 1:
        return list(lines)
    edges = [_edges(page) for page in pages]
    seen = Counter(key for page in edges for key in {_key(line) for line in page})
    kept: list[Line] = []
    for page, edge in zip(pages, edges, strict=True):
        gone = {
            id(line)
            for line in edge
            if _NUMBER.fullmatch(line.text) or (seen[_key(line)] > 1 and seen[_key(line)] * 3 >= len(pages))
        }
        rest = _trimmed([line for line in page if id(line) not in gone])
        if kept and rest and _is_cut(kept[-1], rest[0]):
            rest[0].apart = False
        elif rest:
            rest[0].apart = True
            if kept:
                kept.append(_blank(page[0]))
        kept.extend(rest)
    return kept


def _edges(page: Sequence[Line]) -> list[Line]:
    written = [line for line in page if not line.is_blank]
    return [*written[:_EDGE], *written[max(_EDGE, len(written) - _EDGE) :]]


def _key(line: Line) -> str:
    return _DIGITS.sub("0", " ".join(line.text.split()))


def _trimmed(lines: list[Line]) -> list[Line]:
    while lines and lines[-1].is_blank:
        lines.pop()
    first = next((number for number, line in enumerate(lines) if not line.is_blank), len(lines))
    return lines[first:]


def _is_cut(last: Line, line: Line) -> bool:
    return line.text.lstrip()[:1].islower() and not ends_in(last.text.rstrip(), PAUSES)


def _blank(line: Line) -> Line:
    return type(line)(line.prose.cut(0, 0), "", 0, 0)
