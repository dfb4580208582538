"""Sequences that are not the marks of blocks: marks inside a sentence, numbers in headings, series of citations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audit.facts import FactKind, Reference
from audit.model import BlockKind
from audit.relate.cited.ordinals import Place, Run, read_mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from audit.facts import Fact, Facts
    from audit.model import Document

_MARK = re.compile(
    r"\((?:[a-z]{1,2}|[ivx]{1,5}|[A-Z]|[IVX]{1,4}|\d{1,2})\)(?=\s+[\w\"“‘«¿¡(])"
    r"|(?<![\w(.,/-])(?:[a-z]|[ivx]{2,5}|\d{1,2})\)(?=\s+[\w\"“‘«¿¡])"
)
# A mark that breaks its list must at least stand where an item begins: "by (2) and (3)" cites two equations.
_PARTED = re.compile(r"[,;:.–—-]\s*(?:[^\W\d_]{1,3}\s*)?\Z")
_JOINER = re.compile(r"(?:^|[\s,;:])[^\W\d_]{1,3}\Z")  # "and", "or", "y", "et": whatever the language joins with
_CONTENT = re.compile(r"[^\W\d_]{3,}|\d")
_PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.NOTE, BlockKind.QUOTE})
_REACH = 3
_NEAR = 40
_LETTERED = re.compile(r"(\d+) (\([a-z]\))\Z")
_LEADING = 60


def inline_marks(document: Document, facts: Mapping[int, Fact]) -> Iterator[Run]:
    """Yield the lists inside sentences: "(a) ...; (b) ...; and (c) ...", also one inside an item of another."""
    for block in document.blocks:
        if block.kind in _PROSE:
            text = document.text[block.start : block.end]
            if ")" in text:
                yield from _lists(text, block.start, facts)


def _lists(text: str, offset: int, facts: Mapping[int, Fact]) -> Iterator[Run]:
    found = [
        (match.start(), match.end(), read_mark(match.group()))
        for match in _MARK.finditer(text)
        if not _is_citation(text, match.start())
    ]
    stack: list[tuple[str, list[Place]]] = []
    for number, (start, end, readings) in enumerate(found):
        following = found[number + 1][2] if number + 1 < len(found) else {}
        fact = facts.get(offset + start + 1) or facts.get(offset + start)
        place = Place(offset + start, offset + end, text[start:end], readings, fact)
        depth, style = _slot(stack, place, following, text, offset)
        if depth < 0:
            continue
        yield from (Run(s, tuple(p)) for s, p in stack[depth + 1 :] if len(p) > 1)
        del stack[depth + 1 :]
        if depth == len(stack):
            stack.append((style, [place]))
        else:
            stack[depth][1].append(place)
    yield from (Run(s, tuple(p)) for s, p in stack if len(p) > 1)


def _slot(
    stack: list[tuple[str, list[Place]]], place: Place, following: Mapping[str, int], text: str, offset: int
) -> tuple[int, str]:
    """Return the depth at which a mark goes on and its style, or -1 when it belongs to no list."""
    first = next((s for s, ordinal in place.readings.items() if ordinal == 1), "")
    before = text[: place.start - offset].rstrip()
    parted = _PARTED.search(before[-8:]) is not None
    for depth in range(len(stack) - 1, -1, -1):
        style, places = stack[depth]
        if place.readings.get(style) == places[-1].readings[style] + 1 and _is_item(text, offset, places[-1], place):
            inner = first and first != style and following.get(first) == 2
            return (len(stack), first) if inner else (depth, style)
    if first:
        return len(stack), first
    for depth in range(len(stack) - 1, -1, -1):
        style, places = stack[depth]
        step = place.readings.get(style, -9) - places[-1].readings[style]
        # "... (c) check. Under (b), and (c) if needed, ...": what a sentence behind the list cites again
        recited = not step and ". " in text[places[-1].end - offset : place.start - offset]
        if parted and not recited and 0 <= step <= _REACH and _is_item(text, offset, places[-1], place):
            return depth, style
    return -1, ""


def _is_item(text: str, offset: int, before: Place, place: Place) -> bool:
    """Say whether words of an item stand between two marks: "subparagraphs (a) and (c)" is no list."""
    between = text[before.end - offset : place.start - offset].rstrip()
    return _CONTENT.search(_JOINER.sub("", between)) is not None


def _is_citation(text: str, start: int) -> bool:
    """Say whether a mark belongs to a number or a name before it: "235 (b) (2)", "article V (a)"."""
    before = text[max(0, start - 12) : start].rstrip()
    if not before:
        return False
    last = before[-1]
    return last.isdecimal() or last in ")]" or (last.isupper() and (len(before) == 1 or not before[-2].islower()))


def heading_series(bundle: Facts) -> Iterator[list[Place]]:
    """Yield the numbers that headings of the same wording count: "Reply to paragraph 1", "Reply to paragraph 2"."""
    document = bundle.document
    series: dict[str, list[Place]] = {}
    for fact in bundle.written:
        value = fact.value
        if not isinstance(value, Reference) or not value.first.isdecimal():
            continue
        index = document.block_at(fact.start)
        if index is None or document.blocks[index].kind is not BlockKind.HEADING:
            continue
        block = document.blocks[index]
        wording = document.text[block.start : fact.start].strip().lower()
        if wording and not any(c.isdecimal() for c in wording):
            place = Place(fact.start, fact.end, value.first, read_mark(value.first), fact)
            series.setdefault(wording, []).append(place)
    yield from series.values()


def cited_series(bundle: Facts) -> Iterator[list[Place]]:
    """Yield the sections of each annex in the order of their first citation, when they are cited in order."""
    annexes: dict[str, dict[str, Place]] = {}
    annex, end = "", -1
    for fact in bundle.written:
        value = fact.value
        if not isinstance(value, Reference):
            continue
        if value.target == "annex":
            annex, end = value.first, fact.end
        elif value.target == "section" and annex and value.first.isdecimal() and _is_under(bundle, end, fact):
            place = Place(fact.start, fact.end, value.first, read_mark(value.first), fact)
            annexes.setdefault(annex, {}).setdefault(value.first, place)
        else:
            annex = ""
    yield from (list(sections.values()) for sections in annexes.values())


def _is_under(bundle: Facts, annex_end: int, fact: Fact) -> bool:
    text = bundle.document.text[annex_end : fact.start]
    return len(text) < 10 * _NEAR and "\n" not in text and ". " not in text


def lettered_series(bundle: Facts) -> Iterator[list[Place]]:
    """Yield the lettered points of one question that paragraphs take up one by one: "Regarding paragraph 31 (a)"."""
    document = bundle.document
    points: dict[tuple[int | None, str], list[Place]] = {}
    seen: set[int] = set()
    for fact in bundle.written:
        if fact.kind is not FactKind.REFERENCE or not isinstance(fact.value, Reference):
            continue
        index = document.block_at(fact.start)
        if index is None or index in seen:
            continue
        seen.add(index)
        match = _LETTERED.match(fact.value.first)
        if match is None or fact.start - document.blocks[index].start > _LEADING:
            continue
        key = (document.heading_of(index), match[1])
        points.setdefault(key, []).append(Place(fact.start, fact.end, match[2], read_mark(match[2]), fact))
    yield from points.values()
