"""What a document numbers itself: paragraphs, captions, annexes and sections a citation may point to.

A target counts as printed when a caption, a heading or a numbered paragraph bears its number. A line that merely
begins with it ("Table 1 shows ...") is not enough to be a target, but enough not to call the target missing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import field
from typing import TYPE_CHECKING

from audit.facts import FactKind, Reference, TokenKind
from audit.late import late
from audit.model import BlockKind
from audit.records import dataclass

if TYPE_CHECKING:
    from audit.facts import Facts, Token
    from audit.model import Document

_LEADS = re.compile(r"\W*[^\W\d_]+\.?\s*\Z")
_TITLE_AFTER = late(r"\s*(?:[.:|–—\t\n-]|\Z)")
_NUMBER = re.compile(r"(\d+)[.)]?\Z")
_NUMBERED = late(r"(\d{1,2})[.)]\s+(?=[^\W\d_])")  # a heading whose number is left in its text
_TAIL = 4
OWNED = frozenset({"of", "from"})  # in some languages one word stands for both
_SHORT = 120


@dataclass(slots=True)
class Targets:
    """The numbered things of one document.

    `paragraphs` maps each number to its block; `printed` and `mentioned` hold, per sort, the numbers a caption or
    heading bears and those some line begins with; `questions` are the headings that name a paragraph of another
    text ("Reply to paragraph 8 of the list"), as (block, number, words behind the number).
    """

    document: Document
    paragraphs: dict[int, int] = field(default_factory=dict)
    labels: set[str] = field(default_factory=set)
    printed: dict[str, set[str]] = field(default_factory=dict)
    mentioned: dict[str, set[str]] = field(default_factory=dict)
    questions: list[tuple[int, str, str]] = field(default_factory=list)

    def has(self, target: str, number: str) -> bool:
        """Say whether a target is printed in the document."""
        if target == "paragraph":
            return number in self.labels or (number.isdecimal() and int(number) in self.paragraphs)
        return number in self.printed.get(target, ())

    def counted(self, target: str) -> int:
        """Return the last number when the document counts this sort from 1 without a gap, or 0."""
        if target == "paragraph":
            numbers = set(self.paragraphs)
        else:
            numbers = {int(n) for n in self.printed.get(target, ()) if n.isdecimal()}
        return max(numbers) if numbers and numbers == set(range(1, max(numbers) + 1)) else 0

    def question_of(self, paragraph: int) -> tuple[str, str]:
        """Return the number and the words of the question that governs a paragraph, or empty strings."""
        block = self.paragraphs[paragraph]
        index = bisect_right(self.questions, (block, "", "")) - 1
        return self.questions[index][1:] if index >= 0 else ("", "")


def targets_of(bundle: Facts) -> Targets:
    """Return what a document numbers."""
    document = bundle.document
    found = Targets(document)
    for index, block in enumerate(document.blocks):
        if block.kind is BlockKind.PARAGRAPH and (match := _NUMBER.match(block.mark)):
            found.paragraphs.setdefault(int(match[1]), index)
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM) and block.label:
            found.labels.add(block.label)
        if block.kind is BlockKind.HEADING and (
            match := _NUMBER.match(block.mark) or _NUMBERED.match(document.text, block.start, block.end)
        ):
            found.printed.setdefault("section", set()).add(match[1])
    for fact in bundle.written:
        if fact.kind is FactKind.REFERENCE and isinstance(fact.value, Reference):
            _line(found, fact.start, fact.end, fact.value)
    for sentence in bundle.sentences:
        if document.blocks[sentence.block].kind is BlockKind.HEADING:
            _question(found, sentence.block, sentence.tokens)
    return found


def _line(found: Targets, start: int, end: int, value: Reference) -> None:
    """Record a reference that opens its block: it is the title of what it names, or a mention of it."""
    document = found.document
    index = document.block_at(start)
    if index is None:
        return
    block = document.blocks[index]
    if not _LEADS.match(document.text[block.start : start]):
        return
    short = block.end - block.start <= _SHORT and document.text[end : block.end].rstrip()[-1:] not in (".", ";")
    titled = block.kind in (BlockKind.CAPTION, BlockKind.HEADING) or (
        block.kind in (BlockKind.PARAGRAPH, BlockKind.CELL)
        and (short or _TITLE_AFTER.match(document.text, end, block.end) is not None)
    )
    names = found.printed if titled else found.mentioned
    names.setdefault(value.target, set()).add(value.first)


def _question(found: Targets, block: int, tokens: tuple[Token, ...]) -> None:
    for position, token in enumerate(tokens):
        fact = token.fact
        if token.kind is TokenKind.REFERENCE and fact is not None and isinstance(fact.value, Reference):
            words = tail_of(tokens, position)
            if words and fact.value.target == "paragraph":
                found.questions.append((block, fact.value.first, words))
            return


def tail_of(tokens: tuple[Token, ...], position: int) -> str:
    """Return the words that say whose number it is ("of the list of issues"), or an empty string."""
    after = tokens[position + 1 : position + 1 + _TAIL]
    if not after or after[0].cue not in OWNED:
        return ""
    words = []
    for token in after[1:]:
        if token.kind not in (TokenKind.WORD, TokenKind.CUE):
            break
        words.append(token.key or token.text.lower())
    return " ".join(words)
