"""Where to look for the figures of a statement: blocks of a paragraph or heading, items, lists, the nearest words.

A table without a label belongs to the paragraph above it, as a reader would say.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from audit.facts import TokenKind
from audit.model import BlockKind
from audit.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.facts import Fact, Facts, Sentence, Token
    from audit.model import Document

_DASHES = str.maketrans(
    {"\u2010": "-", "\u2011": "-", "\u2013": "-", "\u2014": "-", "’": "'", "‘": "'", "“": '"', "”": '"'}
)
_SHARED = 2
_ENDS = frozenset({TokenKind.STOP, TokenKind.COLON})


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Words of the document, and the fact that stands on them when they are a figure."""

    start: int
    end: int
    text: str
    fact: Fact | None = None


def stem(word: str) -> str:
    """Return a word without case and plural ending: "Decisions" and "decision" are one, so are "family", "families"."""
    key = word.translate(_DASHES).casefold()
    if key.endswith("men"):
        return f"{key[:-3]}man"
    if len(key) > 3 and key.endswith("s") and not key.endswith("ss"):
        key = key[:-1]
    if len(key) > 3 and key.endswith("e"):
        key = key[:-1]
    return f"{key[:-1]}i" if len(key) > 2 and key.endswith("y") else key


class Region:
    """The blocks of a document by paragraph label and by heading."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._labels: list[str] = []
        self._headings: list[tuple[int, ...]] = []
        over: list[int] = []
        above = ""
        for index, block in enumerate(document.blocks):
            if block.kind is BlockKind.HEADING:
                over = [h for h in over if document.blocks[h].level < block.level]
                over.append(index)
                above = ""
            parent = block.parent
            label = block.label or (self._labels[parent] if parent is not None and parent < index else "")
            if not label and block.kind in (BlockKind.TABLE, BlockKind.CELL, BlockKind.CAPTION):
                label = above
            self._labels.append(_label(label))
            self._headings.append(tuple(over))
            above = self._labels[-1] or above

    def all(self) -> list[int]:
        """Return every block in which words stand: tables by their cells."""
        return [i for i, block in enumerate(self._document.blocks) if block.kind is not BlockKind.TABLE]

    def blocks(self, paragraph: str, heading: str) -> list[int]:
        """Return the blocks of a paragraph with all below it, or under a heading; all of them without either."""
        wanted, words = _label(paragraph), _plain(heading)
        return [
            index
            for index, label in enumerate(self._labels)
            if (not wanted or label == wanted or label.startswith(f"{wanted}("))
            and (not words or any(words in _plain(self._text(h)) for h in self._headings[index]))
        ]

    def items(self, paragraph: str) -> Iterator[Spot]:
        """Yield the items that stand directly under a paragraph."""
        wanted = _label(paragraph)
        for block in self._document.blocks:
            parent = block.parent
            if block.kind is BlockKind.ITEM and parent is not None and self._document.blocks[parent].kind in _PROSE:
                above = self._document.blocks[parent]
                if self._labels[parent] == wanted and above.label:
                    yield Spot(start=block.start, end=block.end, text=self._document.text[block.start : block.end])

    def place(self, offset: int) -> str:
        """Return where an offset stands, in words."""
        index = self._document.block_at(offset)
        label = self._document.place(offset, offset).paragraph if index is not None else ""
        if label:
            return f"paragraph {label}" if label[:1].isdecimal() else label
        heading = self._document.place(offset, offset).heading
        return f'heading "{_plain(heading)}"' if heading else "the text"

    def near(self, paragraph: str) -> str:
        """Return the label nearest to one that does not exist."""
        labels = dict.fromkeys(label for label in self._labels if label)
        found = get_close_matches(_label(paragraph), list(labels)[:5_000], n=1, cutoff=0.5)
        return found[0].replace("(", " (").strip() if found else ""

    def spot(self, index: int) -> Spot:
        """Return the text of a block."""
        block = self._document.blocks[index]
        return Spot(start=block.start, end=block.end, text=self._text(index))

    def _text(self, index: int) -> str:
        block = self._document.blocks[index]
        return self._document.text[block.start : block.end]


_PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.HEADING})


def list_spots(bundle: Facts, start: int) -> Iterator[Spot]:
    """Yield the things listed from an offset to the end of its sentence.

    Semicolons part them when there are any, commas and the last "and" otherwise; brackets are passed over.
    """
    sentence = next((s for s in bundle.sentences if s.start <= start < s.end), None)
    if sentence is None:
        return
    tokens = [t for t in _outside_brackets(sentence.tokens) if t.start >= start]
    while tokens and tokens[0].kind in (TokenKind.COLON, TokenKind.DASH, TokenKind.COMMA):
        tokens = tokens[1:]
    end = next((n for n, t in enumerate(tokens) if t.kind in _ENDS), len(tokens))
    tokens = tokens[:end]
    parts = _parted(tokens, TokenKind.SEMICOLON)
    if len(parts) == 1:
        parts = _parted(tokens, TokenKind.COMMA)
        joint = [n for n, t in enumerate(parts[-1]) if t.cue in ("and", "or")] if parts else []
        if joint and joint[-1] > 0:
            last = parts.pop()
            parts += [last[: joint[-1]], last[joint[-1] + 1 :]]
    for part in parts:
        if part:
            first, last_token = part[0], part[-1]
            yield Spot(start=first.start, end=last_token.end, text=bundle.document.text[first.start : last_token.end])


def nearest_sentence(bundle: Facts, words: str, blocks: frozenset[int]) -> Spot | None:
    """Return the sentence of some blocks that shares most words with others, at least two."""
    wanted = {stem(word) for word in words.split() if "{" not in word}
    best: tuple[int, Sentence] | None = None
    for sentence in bundle.sentences:
        if sentence.block not in blocks:
            continue
        shared = len(wanted & {stem(token.text) for token in sentence.tokens})
        if shared >= _SHARED and (best is None or shared > best[0]):
            best = (shared, sentence)
    if best is None:
        return None
    start, end = best[1].start, best[1].end
    return Spot(start=start, end=end, text=" ".join(bundle.document.text[start:end].split()))


def _outside_brackets(tokens: Sequence[Token]) -> Iterator[Token]:
    depth = 0
    for token in tokens:
        depth += token.kind is TokenKind.OPEN
        if not depth:
            yield token
        depth -= token.kind is TokenKind.CLOSE and depth > 0


def _parted(tokens: Sequence[Token], by: TokenKind) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.kind is by:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _label(label: str) -> str:
    return "".join(label.split()).rstrip(".").casefold()


def _plain(text: str) -> str:
    return " ".join(text.translate(_DASHES).casefold().split())
