"""How many headings follow what introduces them: "two areas of focus, including the following:" and two headings."""

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
