"""Long figures of the text that a table anywhere in the report has too, or has but for one typing error.

"We had total current assets of $23,890,122" thirty pages before the balance sheet restates its row "Total current
assets". Of figures with five digits and more, three in ten thousand are one typing error away from another; where the
words of the row stand beside such a figure, and its column is of a year the sentence speaks of, the cell is meant.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from audit.facts import TokenKind
from audit.quantity import Quantity
from audit.records import dataclass
from audit.relate.clauses.chance import is_one_edit
from audit.relate.tables.cited import digits_of, is_plain, words_among, words_of, years_in, years_of
from audit.relate.tables.prose import Restated, is_amount
from audit.relate.tables.slots import Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from audit.facts import Fact, Facts, Sentence
    from audit.relate.tables.grid import Grid
    from audit.relate.tables.slots import Slot

_LONG, _LONGER = 5, 6  # digits of a figure whose row has several words, and of one whose row has one
_CELLS = 50_000
_AROUND = 14  # tokens that may name the row: "cash provided by ... for the year ended ... was"
_ENDS = frozenset({TokenKind.FIGURE, TokenKind.COMMA, TokenKind.SEMICOLON, TokenKind.STOP})


@dataclass(frozen=True, slots=True)
class _Place:
    """A cell with the words of its row and the years of its column."""

    grid: Grid
    slot: Slot
    digits: str
    words: frozenset[str]
    years: frozenset[str]


class Quoted:
    """The long figures of all tables of a document, by their digits."""

    def __init__(self) -> None:
        self._exact: dict[str, list[_Place]] = {}
        self._near: dict[str, list[_Place]] = {}
        self._count = 0

    def add(self, grid: Grid, caption: str) -> None:
        """Take up the cells of one table."""
        self._count += len(grid.rows) * len(grid.columns)
        if self._count > _CELLS:
            return
        captioned = years_in(caption)
        columns = [frozenset(years_in(line.label) or captioned) for line in grid.columns]
        for line, slots in zip(grid.rows, grid.slots, strict=True):
            words = frozenset(words_of(line))
            for slot, years in zip(slots, columns, strict=True) if words else ():
                digits = digits_of(slot.fact) if slot.kind is Kind.FIGURE else ""
                if len(digits) >= _LONG:
                    place = _Place(grid, slot, digits, words, years)
                    self._exact.setdefault(digits, []).append(place)
                    for short in _shorter(digits):
                        self._near.setdefault(short, []).append(place)

    def told(self, bundle: Facts, taken: Collection[int]) -> Iterator[tuple[Grid, Restated]]:
        """Yield the figures of the text, but those at some offsets, with the cell each restates and its table."""
        if not self._exact:
            return
        long = [
            (sentence, position, fact)
            for sentence in bundle.sentences
            for position in sentence.printed
            if (fact := sentence.tokens[position].fact) is not None
            and is_amount(fact)
            and len(digits_of(fact)) >= _LONG
        ]
        times = Counter(digits_of(fact) for _, _, fact in long)
        for sentence, position, fact in long:
            if fact.start in taken:
                continue
            near = _beside(sentence, position)
            digits = digits_of(fact)
            same = self._exact.get(digits)
            if same:
                telling = len(digits.rstrip("0")) >= _LONG
                place = next(
                    (p for p in same if _is_same(p, fact) and (p.words & near if telling else p.words <= near)), None
                )
            else:
                place = self._missed(fact, near, sentence) if times[digits] == 1 else None
            if place is not None:
                yield place.grid, Restated(fact, (place.slot,), wrong=not same)

    def _missed(self, fact: Fact, near: set[str], sentence: Sentence) -> _Place | None:
        """Return the one cell that a figure misprints, whose row is named beside it."""
        digits, years = digits_of(fact), years_of(sentence)
        if not is_plain(fact):
            return None
        beside = {digits_of(sentence.tokens[i].fact) for i in sentence.printed}
        rows = {(id(p.grid), p.words) for other in beside for p in self._exact.get(other, ())}
        words = words_among(sentence.tokens)
        found: dict[int, _Place] = {}
        for short in (digits, *_shorter(digits)):
            for place in (*self._exact.get(short, ()), *self._near.get(short, ())):
                if (
                    (len(place.words) > 1 or len(digits) >= _LONGER)
                    and place.words <= (words if (id(place.grid), place.words) in rows else near)
                    and (not place.years or not years or place.years & years)
                    and is_one_edit(digits, place.digits)
                    and _is_alike(place, fact)
                ):
                    found[place.slot.value] = place
        return next(iter(found.values())) if len(found) == 1 else None


def _beside(sentence: Sentence, position: int) -> set[str]:
    """Return the words around a figure, back to the one before it and on to the next or the end of its clause."""
    first, last = max(0, position - _AROUND), position + 1
    kinds = [token.kind for token in sentence.tokens]
    first = next((i + 1 for i in range(position - 1, first - 1, -1) if kinds[i] is TokenKind.FIGURE), first)
    while last < min(len(kinds), position + _AROUND) and kinds[last] not in _ENDS:
        last += 1
    return words_among(sentence.tokens[first:last])


def _shorter(digits: str) -> set[str]:
    """Return some digits with each left out: two that one edit turns into each other have one of them in common."""
    return {digits[:i] + digits[i + 1 :] for i in range(len(digits))}


def _is_same(place: _Place, fact: Fact) -> bool:
    return fact.number == place.slot.value * place.grid.unit


def _is_alike(place: _Place, fact: Fact) -> bool:
    """Say whether a figure is printed to the place of a cell, and is not rounded to noughts that the cell has not."""
    cell = place.slot.fact
    if cell is None or not isinstance(cell.value, Quantity) or not isinstance(fact.value, Quantity):
        return False
    noughts, own = (len(d) - len(d.rstrip("0")) for d in (digits_of(fact), place.digits))
    return cell.value.step == fact.value.step and noughts <= own + 1
