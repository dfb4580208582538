"""From a document to its facts: every printed figure, what it is and what it counts, in the order of the text.

Only sentences that hold a figure are read into tokens; a report is mostly words. List marks and note marks,
which a document keeps outside its text, become facts of no width at the start of their block.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audit.cells import Cells
from audit.extract.amounts import name_amounts, name_ends
from audit.extract.cells import bare_numbers, caption_cues, cell_cues, read_cell, take_cells
from audit.extract.dates import month_of, read_day_first, read_month_first, read_numeric, read_year
from audit.extract.enumerations import enumerations
from audit.extract.events import mark_events
from audit.extract.language import Language, language
from audit.extract.misgrouped import Misgrouped
from audit.extract.numbers import read_digits, read_money
from audit.extract.reading import Reading
from audit.extract.references import read_code, read_half_mark, read_list_mark, read_reference
from audit.extract.rounding import make_rounded, rounding_notes
from audit.extract.scan import scan, sentences
from audit.extract.styles import in_style, with_wide_groups
from audit.extract.summaries import summaries
from audit.extract.testing import test_words
from audit.extract.units import share_unit
from audit.extract.words import read_fraction, read_slashed, read_unit_ratio, read_words
from audit.facts import Fact, FactKind, Facts, PlainFacts, Sentence, TokenKind
from audit.model import BlockKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from audit.facts import Growing
    from audit.model import Block, Document

_HAS_DIGIT = re.compile(r"\d")
_WORDS = re.compile(r"[^\W\d_]+")
_APART = {code: " " for code in range(128) if not chr(code).isalpha()}
_GROUPED = re.compile(r",(?<=\d,)\d{3}(?!\d)")  # looked for by its comma, which is fast
_RECORDS = ("csv", "tsv")
_PLAIN = frozenset({TokenKind.WORD, TokenKind.CUE})
_SKIPPED = frozenset({BlockKind.CODE, BlockKind.TABLE})

# What may begin with digits, in the order it is asked; less may begin with digits that nothing is joined to.
_GRAMMARS = (
    read_money,
    read_list_mark,
    read_half_mark,
    read_day_first,
    read_numeric,
    read_reference,
    read_slashed,
    read_unit_ratio,
    read_code,
    read_year,
)
_BARE = (read_day_first, read_reference, read_code, read_year)
_JOINTS = frozenset({")", "-", "–", "−", "/"})


def extract(document: Document) -> Facts:
    """Return every figure of a document and the sentences they stand in."""
    words = in_style(language(document.language), document.text, is_record=document.format in _RECORDS)
    grouped = words.code == "en" and _GROUPED.search(document.text) is not None
    if words.code == "en" and not grouped:
        words = with_wide_groups(words, document.text)
    plain = {table.block: table.cells for table in document.tables if isinstance(table.cells, Cells)}
    facts: Growing = PlainFacts() if plain else []
    found: list[Sentence] = []
    misgrouped = Misgrouped(document, words)

    def take(index: int, block: Block) -> None:
        _mark(block, facts)
        if block.kind is BlockKind.CELL:
            if read_cell(document, block, words, facts) or misgrouped.read(block, facts):
                return
        elif block.kind in _SKIPPED:
            return
        text = document.text[block.start : block.end]
        for start, end in sentences(text, words):
            if block.kind is not BlockKind.NOTE and not _is_telling(text[start:end], words):
                continue  # a note may list what a figure of the text counts, without a figure of its own
            raw = scan(document.text, block.start + start, block.start + end, words)
            reading = Reading(raw, words, document.text, facts, grouped)
            read_sentence(reading)
            found.append(Sentence(index, block.start + start, block.start + end, tuple(reading.out)))

    blocks, last = document.blocks, -1
    for index, block in enumerate(blocks):
        if index <= last:
            continue
        take(index, block)
        if index in plain and isinstance(facts, PlainFacts):
            facts.open(plain[index], bare_numbers(plain[index], words))
            last = take_cells(index, blocks, facts, take)
    notes = rounding_notes(document, words)
    if notes:
        make_rounded(document, notes, facts, found)
    return Facts(
        document=document,
        facts=facts if isinstance(facts, PlainFacts) else tuple(facts),
        sentences=tuple(found),
        language=words.code,
        cues=cell_cues(document, words) if document.tables else {},
        captions=caption_cues(document, words) if document.tables else {},
        rounding=notes,
        summaries=summaries(document, words),
        enumerations=enumerations(document, words),
        tests=test_words(document.text, words),
    )


def _is_telling(text: str, words: Language) -> bool:
    if _HAS_DIGIT.search(text) is not None:
        return True
    lowered = text.lower()
    parts = lowered.translate(_APART).split() if lowered.isascii() else _WORDS.findall(lowered)
    return not words.telling.isdisjoint(parts)


def _mark(block: Block, facts: Growing) -> None:
    if not block.mark or not any(c.isdecimal() for c in block.mark):
        return
    reason = "a note mark" if block.kind is BlockKind.NOTE else "a list mark"
    facts.append(
        Fact(
            id=f"f{len(facts) + 1}",
            start=block.start,
            end=block.start,
            text=block.mark,
            kind=FactKind.LIST,
            reason=reason,
        )
    )


def read_sentence(reading: Reading) -> None:
    """Read the raw tokens of a sentence into figures, dates, references and words."""
    raw, out, index, count = reading.raw, reading.out, 0, len(reading.raw)
    language = reading.language
    numbers, fractions, starts = language.numbers, language.loose_starts, language.starts
    while index < count:
        token = raw[index]
        key = token.key
        is_plain = token.kind in _PLAIN and key not in starts and len(token.text) > 1 and "-" not in key
        if is_plain and (not out or out[-1].text != "("):
            out.append(token)  # as most words of a report
            index += 1
            continue
        if token.kind is TokenKind.FIGURE:
            index = _read_figure(reading, index)
        elif token.key in fractions and (after := read_fraction(reading, index)):
            index = after
        elif token.key in numbers or token.key in reading.language.bare_scales or _is_compound(token.key, numbers):
            after = read_words(reading, index)
            index = after or _keep(reading, index)
        elif month_of(reading, index):
            index = read_month_first(reading, index) or _keep(reading, index)
        elif token.kind in (TokenKind.WORD, TokenKind.CUE) and reading.last().text == "(":
            index = read_list_mark(reading, index) or _keep(reading, index)
        elif len(token.text) == 1 and reading.at(index + 1).text == ")":
            index = read_half_mark(reading, index) or _keep(reading, index)
        else:
            index = _keep(reading, index)
    if language.amounts:
        name_amounts(out, language)
        name_ends(reading)
    if language.scale_joiners:
        share_unit(reading)
    if reading.dated:
        mark_events(reading)


def _is_compound(key: str, numbers: Mapping[str, int]) -> bool:
    return "-" in key and key.split("-", 1)[0] in numbers


def _keep(reading: Reading, index: int) -> int:
    reading.out.append(reading.raw[index])
    return index + 1


def _read_figure(reading: Reading, index: int) -> int:
    token = reading.raw[index]
    is_bare = token.key == "digits" and token.text != "1" and reading.at(index + 1).text not in _JOINTS
    for grammar in _BARE if is_bare else _GRAMMARS:
        after = grammar(reading, index)
        if after:
            return after
    if token.key == "money":
        return _keep(reading, index)
    return read_digits(reading, index)
