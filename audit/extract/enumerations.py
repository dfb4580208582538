"""Things told one after the other in sentences that number them: "First, ... Second, ... Third, ... Finally, ...".

Only a word that opens a sentence and stands before a comma numbers it; a chain begins with the first and leaves none
out. It may go on from one block to the next.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING

from audit.model import BlockKind

if TYPE_CHECKING:
    from audit.extract.language import Language
    from audit.model import Document

_STOPS = ".:;!?"
_TOLD = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM})
_NEAR = 1  # blocks from one member of a chain to the next
_FEWEST = 2
_LAST = 0
_STEM = 5  # letters that an ordinal and its adverb share


def enumerations(document: Document, words: Language) -> tuple[tuple[int, int, int], ...]:
    """Return (offset of the first, how many at least, at most) of each chain of sentences that ordinals number.

    "Finally, ..." may be one more, or close the paragraph.
    """
    if not words.ordinals or not any(word in document.text for word, place in words.ordinals.items() if place == 1):
        return ()
    starts = [block.start for block in document.blocks]
    chains: list[list[tuple[int, int, int]]] = []
    for match in _pattern(tuple(words.ordinals)).finditer(document.text):
        if not _opens(document.text, match.start()):
            continue
        block, place = bisect_right(starts, match.start()) - 1, words.ordinals[match[1]]
        if document.blocks[block].kind not in _TOLD:
            continue
        if place == 1:
            chains.append([(match.start(), block, 1)])
        elif chains and _goes_on(chains[-1][-1], block, place):
            chains[-1].append((match.start(), block, place))
    told = (chain for chain in chains if len(chain) >= _FEWEST and not _is_told_on(chain, document, words))
    return tuple((chain[0][0], max(place for *_, place in chain), len(chain)) for chain in told)


def _opens(text: str, start: int) -> bool:
    """Say whether a sentence opens at an offset."""
    return not start or text[start - 1] == "\n" or (start > 1 and text[start - 1] == " " and text[start - 2] in _STOPS)


def _goes_on(last: tuple[int, int, int], block: int, place: int) -> bool:
    _, before, told = last
    return block - before <= _NEAR and told != _LAST and place in (told + 1, _LAST)


def _is_told_on(chain: list[tuple[int, int, int]], document: Document, words: Language) -> bool:
    """Say whether the next of a chain is named inside a sentence: "First, ... Second, ... The third reason is ..."."""
    start, block, place = chain[-1]
    end = document.blocks[min(block + _NEAR, len(document.blocks) - 1)].end
    behind = document.text[start:end].lower()
    return place != _LAST and any(
        word[:_STEM].lower() in behind for word, n in words.ordinals.items() if n == place + 1
    )


@lru_cache(maxsize=8)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    # no condition before the words: their first letters are looked for at once
    return re.compile(rf"({'|'.join(sorted(map(re.escape, words), key=len, reverse=True))}),")
