"""Rounding notes: "totals may not add due to rounding", "rounded to the nearest 5", and the figures they speak of.

A note says that whole figures are rounded too; it never makes a gap larger that rounding can explain. It speaks of
the table it stands in, under or over, and of the whole document only where it says so. What makes a note is a cause
(rounding) together with an effect: sums that may not fit, growth from unrounded figures, a base.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from audit.facts import PlainFacts, Rounding
from audit.model import BlockKind
from audit.quantity import Quantity
from audit.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from audit.extract.language import Language
    from audit.facts import Fact, Growing, Sentence
    from audit.model import Block, Document

_SENTENCE = re.compile(r"(?<=[.;!?])\s+")
_REACH = 6  # blocks between a table and its note: source lines, other notes
_LONGEST = 4000
_FIXED = "unit:"
_COUNTS = frozenset({"sums", "differences", "random", "unit"})
"""Effects that show counts to be rounded: percentages that may not make 100 show nothing of the counts beside them."""


@dataclass(frozen=True, slots=True)
class RoundingWords:
    """The words of rounding notes in one language, each list as one pattern."""

    stems: tuple[str, ...]
    patterns: Mapping[str, str]
    numbers: Mapping[str, int]

    def has(self, name: str, text: str) -> bool:
        """Say whether a text holds one of the words of a list."""
        pattern = self.patterns.get(name)
        return pattern is not None and re.search(pattern, text) is not None  # few texts need them compiled


def rounding_words(raw: Mapping[str, Sequence[str]], numbers: Mapping[str, int]) -> RoundingWords:
    """Return the words of a language file; "*" at an end of a phrase stands for any ending."""
    patterns = {
        name: "|".join(
            rf"(?<!\w){re.escape(phrase.rstrip('*'))}" + (r"" if phrase.endswith("*") else r"(?!\w)")
            for phrase in phrases
        )
        for name, phrases in raw.items()
        if name != "stems"
    }
    if "bases" in raw:
        words = "|".join(re.escape(phrase) for phrase in sorted(raw["bases"], key=len, reverse=True))
        patterns["bases"] = rf"(?<!\w)(?:{words})\s+[^\w\s]?(\d[\d,.\u00a0]*\d|\d|[^\W\d_]+)"
    return RoundingWords(tuple(raw.get("stems", ())), patterns, numbers)


def effects_of(text: str, words: RoundingWords) -> tuple[str, ...]:
    """Return what a text says of rounding: sums, percentages, growth, differences, random, unit:5, or nothing."""
    lowered = " ".join(text[:_LONGEST].lower().split())
    if not any(stem in lowered for stem in words.stems) or not words.has("causes", lowered):
        return ()
    found: dict[str, None] = {}
    for sentence in _SENTENCE.split(lowered):
        for effect in _effects(sentence, words):
            found[effect] = None
    if words.has("random", lowered) and (found or words.has("rounded", lowered)):
        found["random"] = None
    if found and words.has("multiple", lowered):
        found["multiple-response"] = None
    return tuple(found)


def _effects(sentence: str, words: RoundingWords) -> Iterator[str]:
    percent = words.has("percent", sentence)
    if words.has("misfits", sentence) and words.has("additions", sentence):
        yield "percentages" if percent and words.has("hundred", sentence) else "sums"
    if words.has("differences", sentence):
        yield "differences"
    if percent and words.has("computed", sentence) and words.has("unrounded", sentence):
        yield "growth"
    pattern = words.patterns.get("bases")
    if pattern is not None and words.has("rounded", sentence):
        for found in re.finditer(pattern, sentence):
            base = _base(found[1], words)
            if base:
                yield f"{_FIXED}{base}"


def _base(text: str, words: RoundingWords) -> int:
    digits = re.sub(r"[,.\u00a0]", "", text)
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else words.numbers.get(text, 0)


def rounding_notes(document: Document, language: Language) -> tuple[Rounding, ...]:
    """Return the rounding notes of a document with the tables they speak of."""
    words = language.rounding
    lowered = document.text.lower()
    blocks: dict[int, None] = {}
    for stem in words.stems:
        at = lowered.find(stem)
        while at >= 0:
            index = document.block_at(at)
            if index is not None:
                blocks[index] = None
            at = lowered.find(stem, at + len(stem))
    found = []
    tables = _Tables(document) if blocks else None
    for index in sorted(blocks):
        block = document.blocks[index]
        text = document.text[block.start : block.end]
        effects = effects_of(text, words) if block.kind is not BlockKind.TABLE else ()
        if effects and tables is not None:
            whole = words.has("whole", text[:_LONGEST].lower())
            told = () if whole else tables.of(index)
            found.append(Rounding(start=block.start, end=block.end, effects=effects, whole=whole, tables=told))
    return tuple(found)


class _Tables:
    """The tables of a document by place, to find those a note speaks of."""

    def __init__(self, document: Document) -> None:
        self._blocks = document.blocks
        self._at = [table.block for table in document.tables]
        self._starts = [document.blocks[index].start for index in self._at]
        self._calls: dict[int, list[int]] = {}
        for note in document.notes:
            if note.call is not None:
                self._calls.setdefault(note.block, []).append(note.call)

    def of(self, index: int) -> tuple[int, ...]:
        """Return the numbers of the tables a note speaks of: the one it stands in, is called from, or stands beside."""
        block = self._blocks[index]
        places = (block.start, *self._calls.get(index, ()))
        inside = sorted({table for at in places if (table := self._around(at)) is not None})
        if inside or block.kind is BlockKind.NOTE:
            return tuple(inside)
        following = bisect_right(self._at, index)
        if following and self._apart(following - 1, index) <= _REACH:
            return (following - 1,)
        return (following,) if following < len(self._at) and self._at[following] <= index + 2 else ()

    def _around(self, at: int) -> int | None:
        table = bisect_right(self._starts, at) - 1
        return table if table >= 0 and at <= self._blocks[self._at[table]].end else None

    def _apart(self, table: int, index: int) -> int:
        """Return how many blocks stand between a table and a later block; a heading parts them."""
        end, between = self._blocks[self._at[table]].end, 0
        for look in range(index - 1, self._at[table], -1):
            if between > _REACH or self._blocks[look].start < end:
                break
            between += _REACH + 1 if self._blocks[look].kind is BlockKind.HEADING else 1
        return between


def make_rounded(document: Document, notes: Sequence[Rounding], facts: Growing, sentences: Sequence[Sentence]) -> None:
    """Put in the place of facts that notes speak of the same as rounded to their printed unit or to the stated base."""
    bases: dict[int, int] = {}
    whole = -1
    for note in notes:
        if not any(effect.partition(":")[0] in _COUNTS for effect in note.effects):
            continue
        if note.whole:
            whole = max(whole, _unit(note))
        for table in note.tables:
            bases[table] = max(bases.get(table, 0), _unit(note))
    if whole < 0 and not bases:
        return
    spans = sorted((block.start, block.end, base) for block, base in _spans(document, bases))
    starts = [start for start, _, _ in spans]
    changed: dict[str, Fact] = {}

    def base_at(offset: int) -> int:
        near = bisect_right(starts, offset) - 1
        return max(whole, spans[near][2] if near >= 0 and offset <= spans[near][1] else -1)

    def revised(fact: Fact) -> Fact:
        base = base_at(fact.start)
        if base < 0 or not isinstance(fact.value, Quantity):
            return fact
        changed[fact.id] = replace(fact, value=fact.value.rounded_to(base))
        return changed[fact.id]

    if isinstance(facts, PlainFacts):
        facts.revise(revised, base_at)
    else:
        for position, fact in enumerate(facts):
            facts[position] = revised(fact)
    for sentence in sentences:
        for token in sentence.tokens:
            if token.fact is not None:
                token.fact = changed.get(token.fact.id, token.fact)


def _spans(document: Document, bases: Mapping[int, int]) -> Iterator[tuple[Block, int]]:
    for table, base in bases.items():
        yield document.blocks[document.tables[table].block], base


def _unit(note: Rounding) -> int:
    bases = [int(effect.removeprefix(_FIXED)) for effect in note.effects if effect.startswith(_FIXED)]
    return bases[0] if len(bases) == 1 else 0  # counts to 100 and rates to 10: which is which is not said here
