"""Figures of the text that misprint a cell of the table they speak of.

"Most complaints came from Africa (116 cases), followed by Asia (104)" beside a table with 116 and 103 in those rows:
the row is named beside the figure, the column by its words, its year or the other figures of the sentence, and the
figure is one typing error from the cell. What equals a cell says nothing, nor does what differs by more, but in such a
list, where the others agree with their rows.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING

from audit.facts import Period, Reference, TokenKind
from audit.model import BlockKind
from audit.quantity import Hedge, Quantity
from audit.records import dataclass
from audit.relate.clauses.chance import is_one_edit
from audit.relate.repeats.mentions import stem
from audit.relate.tables.slots import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.facts import Fact, Facts, Sentence, Token
    from audit.model import Table
    from audit.relate.tables.grid import Grid
    from audit.relate.tables.slots import Line, Slot

_AROUND = 8  # tokens to either side that may name the row
_LETTERS = 3
_SHORT, _LONG = 2, 3  # digits of a figure that needs two witnesses, and of one that needs none
_TELLING = 5  # digits of a figure whose row is known by one word
_LEAD = 40  # characters in which a caption bears its number
_ABOVE = 3  # blocks between a caption and its table
_PAIR = 2
_WORDS = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Missed:
    """The cell that a figure misprints, and how many other figures of its sentence stand in one line with it."""

    slot: Slot
    witnesses: int


class Cells:
    """The cells of one table by the words of their rows and columns."""

    def __init__(self, grid: Grid, caption: str) -> None:
        self._grid = grid
        self._rows = [words_of(line) for line in grid.rows]
        common = {word for word, times in Counter(w for row in self._rows for w in row).items() if times > _PAIR}
        self._rows = [row - common if row - common else row for row in self._rows]
        self._columns = [words_of(line) for line in grid.columns]
        self._years = [years_in(line.label) for line in grid.columns]
        self._caption = years_in(caption)
        self._figures = [sum(s.kind is Kind.FIGURE for s in column) for column in zip(*grid.slots, strict=True)]

    def misprinted(self, sentence: Sentence, position: int, value: int, others: Sequence[int]) -> Missed | None:
        """Return the one cell that the figure at a position misprints; `others` are the sentence's other values."""
        fact = sentence.tokens[position].fact
        digits = digits_of(fact)
        if fact is None or len(digits) < _SHORT or not is_plain(fact):
            return None
        near = words_among(sentence.tokens[max(0, position - _AROUND) : position + _AROUND])
        all_words, years = words_among(sentence.tokens), years_of(sentence)
        found: list[Missed] = []
        for i, (line, words) in enumerate(zip(self._grid.rows, self._rows, strict=True)):
            # one typing error apart from a figure of five digits are 0.03 per cent of all others
            if not words & near or (len(digits) < _TELLING and not words <= near):
                continue
            listed = _is_listed(sentence.tokens, position, words)
            for j, slot in enumerate(self._grid.slots[i]):
                if slot.kind is not Kind.FIGURE or slot.value in (value, *others) or slot.value < 0 < value:
                    continue
                misprint = is_one_edit(digits, digits_of(slot.fact))
                if not (misprint or (listed and _is_near(slot.value, value))) or not self._is_year(j, years):
                    continue
                witnesses = self._witnesses((i, j), near | all_words, others)
                named = self._is_named(j, all_words, years) and not line.is_total
                if not misprint and (not witnesses or line.is_total):
                    continue
                if witnesses >= _PAIR or (len(digits) >= _LONG and (witnesses or named)):
                    found.append(Missed(slot, witnesses))
        return found[0] if len(found) == 1 else None

    def _is_year(self, column: int, years: set[str]) -> bool:
        """Say whether a column is of a year the sentence speaks of, as far as table and sentence tell any."""
        told = self._years[column] or self._caption
        return not told or not years or bool(told & years)

    def _is_named(self, column: int, words: set[str], years: set[str]) -> bool:
        """Say whether a sentence names a column, or the table has no other."""
        if self._years[column] & years or len(self._columns) == 1:
            return True
        rest = self._columns[column] - set().union(*(c for j, c in enumerate(self._columns) if j != column))
        return bool(rest) and rest <= words

    def _witnesses(self, place: tuple[int, int], words: set[str], others: Sequence[int]) -> int:
        """Return how many other figures of a sentence are cells of the same column whose rows it names as well."""
        row, column = place
        return sum(
            slots[column].value in others and bool(self._rows[i]) and self._rows[i] <= words
            for i, slots in enumerate(self._grid.slots)
            if i != row and slots[column].kind is Kind.FIGURE and len(digits_of(slots[column].fact)) >= _SHORT
        )


def caption_of(bundle: Facts, table: Table) -> str:
    """Return the words of the blocks right above a table that may be its caption."""
    blocks, text = bundle.document.blocks, bundle.document.text
    found: list[str] = []
    for index in range(table.block - 1, max(-1, table.block - 1 - _ABOVE), -1):
        block = blocks[index]
        if block.kind not in (BlockKind.CAPTION, BlockKind.HEADING):
            break
        found.append(text[block.start : block.end])
    return " ".join(reversed(found))


def number_of(bundle: Facts, table: Table) -> str:
    """Return the number in the caption of a table, or nothing."""
    blocks, facts = bundle.document.blocks, bundle.facts
    for index in range(table.block - 1, max(-1, table.block - 1 - _ABOVE), -1):
        start = blocks[index].start
        first = bisect_left(facts, start, key=lambda fact: fact.start)
        for fact in facts[first : first + _PAIR]:
            value = fact.value
            if fact.start < start + _LEAD and isinstance(value, Reference) and value.target == "table":
                return value.first
    return ""


def cited_by(sentence: Sentence) -> set[str]:
    """Return the numbers of the tables a sentence sends its reader to: "(see table 9)"."""
    values = (fact.value for i in sentence.printed if (fact := sentence.tokens[i].fact) is not None)
    return {v.first for v in values if isinstance(v, Reference) and v.target == "table" and v.first}


def _is_listed(tokens: Sequence[Token], position: int, words: set[str]) -> bool:
    """Say whether a figure stands in brackets right behind the label of a row: "Southern Ports (10,344 cases)"."""
    if position < _PAIR or tokens[position - 1].kind is not TokenKind.OPEN:
        return False
    label = words_among(tokens[max(0, position - 1 - _AROUND) : position - 1])
    return bool(words_among(tokens[position - 2 : position - 1]) & words) and words <= label


def _is_near(one: int, other: int) -> bool:
    return 0 < max(one, other) < 2 * min(one, other)


def is_plain(fact: Fact) -> bool:
    """Say whether a figure is not hedged: "some 4,100" misprints nothing."""
    return isinstance(fact.value, Quantity) and fact.value.hedge is Hedge.NONE


def digits_of(fact: Fact | None) -> str:
    """Return the digits of a figure as they are printed, without marks."""
    return "".join(c for c in fact.text if c.isdecimal()) if fact is not None else ""


def words_among(tokens: Sequence[Token]) -> set[str]:
    """Return the stems of the words among some tokens."""
    return {
        stem(word)
        for token in tokens
        if token.kind in (TokenKind.WORD, TokenKind.CUE)
        for word in _WORDS.findall(token.text.lower())
        if len(word) >= _LETTERS
    }


def words_of(line: Line) -> set[str]:
    """Return the stems of the words of a label; joining words are not asked for."""
    return {stem(w) for w in _WORDS.findall(line.label.lower()) if len(w) > _LETTERS and not w.isdecimal()}


def years_in(label: str) -> set[str]:
    """Return the years a label names."""
    return set(_YEAR.findall(label))


def years_of(sentence: Sentence) -> set[str]:
    """Return the years that the dates of a sentence begin and end in."""
    values = (fact.value for i in sentence.printed if (fact := sentence.tokens[i].fact) is not None)
    return {str(y) for v in values if isinstance(v, Period) for y in (v.first.year, v.last.year)}
