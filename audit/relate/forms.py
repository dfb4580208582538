"""How figures and dates are written: the places where a text has words that a rule's house does not use.

The words stand in the rules; what a figure is was decided when it was read. All places of one document that a rule
finds make one claim, so that a habit of the author is one finding and not a hundred.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind, Operand
from audit.facts import FactKind
from audit.model import BlockKind
from audit.patterns import IT, pattern
from audit.quantity import Measure, Quantity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from audit.facts import Fact, Facts
    from audit.model import Block, Document
    from audit.patterns import Pattern
    from audit.rules import Rule, Wording

_BLOCKS = {
    "prose": frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM}),
    "note": frozenset({BlockKind.NOTE}),
    "heading": frozenset({BlockKind.HEADING, BlockKind.CAPTION}),
    "label": frozenset({BlockKind.ITEM}),
}
_MOST = 500  # places of one claim
_TEN, _THOUSAND, _MILLION, _ROUND = 10, 1000, 1_000_000, 100_000
_YEARS = range(1500, 2101)
_GROUPS = re.compile(r"\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+")
_NOUGHTS = re.compile(r"[^\d]{0,5}\d{1,3}(?:,\d{3}){2,}")
_LOWER = re.compile(r"[a-z]+(?:[ -][a-z]+)*")
_MONTH_FIRST = re.compile(r"[^\W\d_]+\.? \d{1,2}(?:[^\W\d_]{2})?\b(?!\d)")
_ORDINAL_DAY = re.compile(r"\d{1,2}[^\W\d_]{2}\b|[^\W\d_]+\.? \d{1,2}[^\W\d_]{2}\b")
_SLASHED = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{2,4}")
_OPENING, _CLOSING = "“«", "”»"
_ENDS = ".?!:;”)"


def find(bundles: Sequence[Facts], rules: Sequence[Rule]) -> Iterator[Claim]:
    """Yield one claim for each document and rule of form that finds something in it."""
    for bundle in bundles:
        text = _Text(bundle)
        for rule in rules:
            wording = rule.wording
            if wording is None or not wording.document.matches(bundle.document):
                continue
            spans = sorted(set(text.spans(wording)))[:_MOST]
            if spans:
                yield _claim(rule, bundle.document, spans, label=wording.of == "label")


class _Text:
    """One document with its figures by block; what is looked up once is kept for the next rule."""

    def __init__(self, bundle: Facts) -> None:
        self.document = bundle.document
        self.starts = [sentence.start for sentence in bundle.sentences]
        self.begun = _begun(bundle)
        self.by_block: dict[int, list[Fact]] = {}
        self.counted: set[int] = set()
        for fact in bundle.facts:
            index = self.document.block_at(fact.start)
            if index is not None:
                self.by_block.setdefault(index, []).append(fact)
            value = fact.value
            if isinstance(value, Quantity) and value.value >= _TEN and fact.text[:1].isdecimal():
                self.counted.add(self.sentence(fact.start))

    def sentence(self, offset: int) -> int:
        """Return the number of the sentence that holds an offset."""
        return bisect_right(self.starts, offset)

    def spans(self, wording: Wording) -> Iterator[tuple[int, int]]:
        """Yield the places of one document that a rule speaks of."""
        wanted = [pattern(text) for text in wording.find]
        spared = [pattern(text, of_hit=True) for text in wording.unless]
        for index, block in enumerate(self.document.blocks):
            if block.kind not in _BLOCKS[wording.of]:
                continue
            if wording.of == "label":
                if any(p.whole is not None and p.whole.fullmatch(block.mark) for p in wanted):
                    yield block.start, min(block.end, block.start + 1)
                continue
            for one in wanted:
                for start, end in self._hits(one, index, block):
                    if not self._quoted(block, start) and not self._spared(spared, start, end, block):
                        yield start, end

    def _hits(self, one: Pattern, index: int, block: Block) -> Iterator[tuple[int, int]]:
        text, bounds = self.document.text, (block.start, block.end)
        if one.whole is not None:
            for found in one.whole.finditer(text, *bounds):
                yield found.start(), found.end()
            return
        shown = _FIGURES[one.figure]
        for fact in self.by_block.get(index, ()):
            if not shown(fact) or (one.figure == "digit" and self.sentence(fact.start) in self.counted):
                continue
            around = one.around(text, fact.start, fact.end, bounds)
            if around is not None and (not one.at_start or around[0] in self.begun):
                yield around

    def _spared(self, patterns: Sequence[Pattern], start: int, end: int, block: Block) -> bool:
        text = self.document.text
        for one in patterns:
            if one.figure == IT:
                if one.around(text, start, end, (block.start, block.end)) is not None and (
                    not one.at_start or start in self.begun
                ):
                    return True
            elif one.whole is not None:
                near = one.whole.finditer(text, max(block.start, start - 120), min(block.end, end + 120))
                if any(found.start() < end and start < found.end() for found in near):
                    return True
        return False

    def _quoted(self, block: Block, offset: int) -> bool:
        """Say whether words are another's: what is quoted is not rewritten."""
        before = self.document.text[block.start : offset]
        return max(before.rfind(c) for c in _OPENING) > max(before.rfind(c) for c in _CLOSING)


def _begun(bundle: Facts) -> frozenset[int]:
    """Return where sentences begin; the rest of a paragraph that a page has broken is no beginning."""
    document = bundle.document
    found = set()
    ended = _ended(document)
    for sentence in bundle.sentences:
        block = document.blocks[sentence.block]
        if block.kind is not BlockKind.PARAGRAPH:
            continue  # an item of a list is no sentence
        before = document.text[block.start : sentence.start].rstrip()
        if not before:
            if not ended[sentence.block] or document.text[block.end - 1] not in _ENDS:
                continue
        elif before[-1] not in ".?!”)":
            continue
        found.add(sentence.start)
    return frozenset(found)


def _ended(document: Document) -> list[bool]:
    """Say of each block whether what stands before it, but for notes, has come to its end."""
    found, ended = [], True
    for block in document.blocks:
        found.append(ended)
        if block.kind is not BlockKind.NOTE:
            ended = block.kind is BlockKind.HEADING or document.text[block.start : block.end].rstrip()[-1:] in _ENDS
    return found


def _claim(rule: Rule, document: Document, spans: Sequence[tuple[int, int]], *, label: bool) -> Claim:
    operands = []
    for start, end in spans:
        index = document.block_at(start)
        words = document.blocks[index].mark if label and index is not None else document.text[start:end]
        operands.append(Operand(role="stated", text=words, document=document.path, start=start, end=end))
    first, last = _quote(document, *spans[0])
    return Claim(
        kind=ClaimKind.FORM,
        form=rule.id,
        document=document.path,
        start=first,
        end=last,
        operands=tuple(operands),
        basis=Basis(cue=f"rule {rule.name}", confidence=100, reasons=("the words are printed",)),
        detail={"rule": rule.name, "label": "yes" if label else ""},
    )


def _quote(document: Document, start: int, end: int) -> tuple[int, int]:
    """Return some words around a place, inside its block."""
    index = document.block_at(start)
    block = document.blocks[index] if index is not None else None
    low, high = (block.start, block.end) if block is not None else (start, end)
    first, last = max(low, start - 60), min(high, end + 60)
    if first > low:
        first = min(document.text.find(" ", first, start) + 1 or start, start)
    if last < high:
        last = max(document.text.rfind(" ", end, last), end)
    return first, last


def _counts(fact: Fact) -> bool:
    return isinstance(fact.value, Quantity) and fact.value.measure is Measure.COUNT


def _digits(fact: Fact) -> bool:
    return fact.kind is FactKind.QUANTITY and fact.text[:1].isdecimal()


def _ungrouped(fact: Fact) -> bool:
    if not _counts(fact) or not fact.label or not fact.text.isdecimal():
        return False
    return int(fact.text) >= _THOUSAND and int(fact.text) not in _YEARS


def _long(fact: Fact) -> bool:
    value = fact.value
    if not isinstance(value, Quantity) or not _NOUGHTS.fullmatch(fact.text):
        return False
    return value.value >= _MILLION and value.value % _ROUND == 0


def _spelled(fact: Fact) -> bool:
    value = fact.value
    if not isinstance(value, Quantity) or not _counts(fact) or not fact.label or not _LOWER.fullmatch(fact.text):
        return False
    return _TEN <= value.value < _MILLION


def _spelled_share(fact: Fact) -> bool:
    return (
        isinstance(fact.value, Quantity)
        and fact.value.measure is Measure.PERCENT
        and fact.text[0].isalpha()
        and " " in fact.text
    )


def _dated(shape: re.Pattern[str]) -> Callable[[Fact], bool]:
    return lambda fact: fact.kind is FactKind.DATE and shape.match(fact.text) is not None


_FIGURES: dict[str, Callable[[Fact], bool]] = {
    "figure": _digits,
    "digit": lambda fact: _counts(fact) and bool(fact.label) and len(fact.text) == 1 and fact.text in "123456789",
    "spelled": _spelled,
    "ungrouped": _ungrouped,
    "spaced": lambda fact: _digits(fact) and _GROUPS.search(fact.text) is not None,
    "long": _long,
    "pointed": lambda fact: fact.kind is FactKind.QUANTITY and fact.text[:1] == ".",
    "spelled-share": _spelled_share,
    "month-first": _dated(_MONTH_FIRST),
    "ordinal-day": _dated(_ORDINAL_DAY),
    "slashed": _dated(_SLASHED),
}
