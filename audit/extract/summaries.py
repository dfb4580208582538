"""The parts of a document that sum it up: what they state is stated again, and at length, in the rest of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.model import BlockKind

if TYPE_CHECKING:
    from audit.extract.language import Language
    from audit.model import Document

_EDGES = " .:0123456789IVX-–—#*"
_LONGEST = 60


def summaries(document: Document, words: Language) -> tuple[tuple[int, int], ...]:
    """Return where each summary of a document begins and ends: from its heading to the next one as high or higher."""
    found: list[tuple[int, int]] = []
    start, level = -1, 0
    for block in document.blocks:
        if block.kind is not BlockKind.HEADING:
            continue
        title = document.text[block.start : block.end]
        opens = len(title) <= _LONGEST and title.strip(_EDGES).lower() in words.summaries
        if start >= 0 and (opens or block.level <= level):
            found.append((start, block.start))
            start = -1
        if opens:  # "Highlights" may be the title of all, and "What we found" that of the summary in it
            start, level = block.start, block.level
    return (*found, (start, len(document.text))) if start >= 0 else tuple(found)
