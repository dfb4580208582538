"""How many headings, or sentences that ordinals number, follow what introduces them.

"Two areas of focus, including the following:" and two headings; "It made two proposals. First, ... Second, ...".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.facts import TokenKind
from audit.model import BlockKind
from audit.relate.breakdown.listings import Listing

if TYPE_CHECKING:
    from audit.relate.clauses.structure import Clause, Paragraph

_FEWEST = 2


def headed(clause: Clause, paragraph: Paragraph) -> Listing | None:
    """Return how many headings of one level follow a paragraph that ends in a colon, up to a higher one."""
    tokens = clause.sentence.tokens
    if not tokens or tokens[-1].kind is not TokenKind.COLON or paragraph.listed:
        return None
    blocks = paragraph.document.blocks
    first = paragraph.block + 1
    if first >= len(blocks) or blocks[first].kind is not BlockKind.HEADING:
        return None
    level, number = blocks[first].level, 0
    above = next((b for b in reversed(blocks[:first]) if b.kind is BlockKind.HEADING), None)
    if above is not None and above.level >= level:
        return None  # the section ends here, and what it introduced with it
    for block in blocks[first:]:
        if block.kind is BlockKind.HEADING:
            if block.level < level:
                break
            number += block.level == level
    return Listing(number, number, certain=True) if number >= _FEWEST else None


def numbered(clause: Clause, paragraph: Paragraph) -> Listing | None:
    """Return how many sentences that ordinals number stand right behind a sentence."""
    text, end = paragraph.document.text, clause.sentence.end
    for start, low, high in paragraph.enumerated:
        if end <= start and not text[end:start].strip():
            return Listing(low, high, certain=True)
    return None
