"""Figures of the text that restate a table beside them: its totals, the sum of its totals, or one of its cells.

"In total, 96 such persons" before a table whose totals are 74 and 22 says that they make 96. A figure that only equals
a cell is taken for that cell where the sentence also has a word of its row or column, or where it is long.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from audit.facts import FactKind, TokenKind
from audit.model import BlockKind
from audit.quantity import Measure, Quantity
from audit.records import dataclass
from audit.relate.clauses.chance import is_one_edit
from audit.relate.tables.cited import Cells, caption_of, cited_by, digits_of, is_plain, number_of
from audit.relate.tables.misprints import explained_digits
from audit.relate.tables.slots import Kind, Slot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.facts import Fact, Facts, Sentence
    from audit.model import Table
    from audit.relate.tables.grid import Grid
    from audit.relate.tables.slots import Line

_BEFORE, _AFTER = 3, 2  # blocks of text around a table that may speak of it
_NEAR = 4  # tokens between a figure and the word that makes it a total
_SHORT, _LONG = 3, 5  # digits of a figure that may restate a cell with, and without, a word in common
_TELLING = 100
_WALKED = 3  # cells of a column that a paragraph tells
_LEFT = 2  # cells left over, one of which a figure of three digits may misprint
_MISPRINT, _KNOWN = 3.5, 3  # digits of a misprinted total, and of one whose sentence cites the table
_WORD = 4  # letters


@dataclass(frozen=True, slots=True)
class Restated:
    """A figure of the text and the cells it restates; a wrong one is a near miss of the totals beside it."""

    fact: Fact
    cells: tuple[Slot, ...]
    wrong: bool = False


class Spoken:
    """The sentences of a document by their blocks and by the tables they cite, so that each table finds its own."""

    def __init__(self, bundle: Facts) -> None:
        self._bundle = bundle
        self._blocks: dict[int, list[int]] = {}
        self._tables: dict[str, list[int]] = {}
        for place, sentence in enumerate(bundle.sentences):
            self._blocks.setdefault(sentence.block, []).append(place)
            for number in cited_by(sentence):
                self._tables.setdefault(number, []).append(place)

    def of(self, table: Table, number: str) -> list[Sentence]:
        """Return the sentences around a table and those that cite its number, in order."""
        places = set(self._tables.get(number, ()))
        for block in _blocks_around(self._bundle, table.block):
            places.update(self._blocks.get(block, ()))
        return [self._bundle.sentences[place] for place in sorted(places)]


def restated(bundle: Facts, table: Table, grid: Grid, spoken: Spoken) -> Iterator[Restated]:
    """Yield the figures around a table that restate its cells or its totals."""
    number = number_of(bundle, table)
    sentences = spoken.of(table, number)
    if not sentences:
        return
    totals = {tuple(slot.start for slot in cells): cells for cells in _totals(grid)}
    sums, cells, printed = list(totals.values()), None, {s.value for row in grid.slots for s in row}
    telling: dict[int, _Paragraph] = {}
    for sentence in sentences:
        values = _amounts(sentence, grid)
        paragraph = telling.setdefault(sentence.block, _Paragraph())
        for position, value in values.items():
            fact = sentence.tokens[position].fact
            if fact is None:
                continue
            found = None
            if _is_total(sentence, position):
                known = number in cited_by(sentence) or any(v in printed and v >= _TELLING for v in values.values())
                found = _of_totals(fact, value, sums, _KNOWN if known else _MISPRINT)
            elif value in printed:
                found = _of_cells(fact, value, sentence, grid)
            if found is None and value not in printed:
                cells = cells or Cells(grid, caption_of(bundle, table))
                others = [other for at, other in values.items() if at != position]
                missed = cells.misprinted(sentence, position, value, others)
                found = None if missed is None else Restated(fact, (missed.slot,), wrong=True)
            (paragraph.told if value in printed else paragraph.odd).append((fact, value))
            if found is not None:
                paragraph.known.add(fact.start)
                yield found
    for paragraph in telling.values():
        yield from _walked(paragraph, grid)


@dataclass(slots=True)
class _Paragraph:
    """The amounts of a paragraph: those that are printed in the table, the others, and where those known stand."""

    told: list[tuple[Fact, int]] = field(default_factory=list)
    odd: list[tuple[Fact, int]] = field(default_factory=list)
    known: set[int] = field(default_factory=set)


def _walked(paragraph: _Paragraph, grid: Grid) -> Iterator[Restated]:
    """Yield the figures that misprint the cell left over where a paragraph tells a column, one cell after the other."""
    values, labels = {value for _, value in paragraph.told}, {fact.label for fact, _ in paragraph.told if fact.label}
    if len(values) < _WALKED:
        return
    columns = [[s for s in column if s.kind is Kind.FIGURE] for column in zip(*grid.slots, strict=True)]
    left = [
        slot
        for column in columns
        if len(values & {s.value for s in column}) >= _WALKED
        for slot in column
        if slot.value not in values
    ]
    for fact, _ in paragraph.odd:
        digits = digits_of(fact)
        if fact.start in paragraph.known or fact.label not in labels or not is_plain(fact):
            continue
        most = _LEFT * 10 ** (len(digits) - _SHORT)
        near = [slot for slot in left if is_one_edit(digits, digits_of(slot.fact))]
        if len(digits) >= _SHORT and len(left) <= most and len(near) == 1:
            yield Restated(fact, (near[0],), wrong=True)


def _amounts(sentence: Sentence, grid: Grid) -> dict[int, int]:
    """Return the amounts of a sentence by their place, in the units of a table."""
    found: dict[int, int] = {}
    for position in sentence.printed:
        fact = sentence.tokens[position].fact
        value = _in_units(fact, grid) if fact is not None and is_amount(fact) else None
        if value is not None:
            found[position] = value
    return found


def _blocks_around(bundle: Facts, block: int) -> set[int]:
    """Return the paragraphs around a table, no further than its heading and the next."""
    blocks = bundle.document.blocks
    found: set[int] = set()
    for step, most in ((-1, _BEFORE), (1, _AFTER)):
        index, seen = block + step, 0
        while 0 <= index < len(blocks) and seen < most:
            kind = blocks[index].kind
            if kind in (BlockKind.HEADING, BlockKind.TABLE):
                break
            if kind in (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.CAPTION):
                found.add(index)
                seen += 1
            index += step
    return found


def is_amount(fact: Fact) -> bool:
    """Say whether a figure counts, measures or pays something, and is not passed over."""
    quantity = fact.value
    return (
        fact.kind is FactKind.QUANTITY
        and not fact.reason
        and isinstance(quantity, Quantity)
        and quantity.measure in (Measure.COUNT, Measure.MONEY, Measure.AMOUNT)
    )


def _in_units(fact: Fact, grid: Grid) -> int | None:
    value = (fact.number or 0) / grid.unit
    return int(value) if value == int(value) else None


def _is_total(sentence: Sentence, position: int) -> bool:
    """Say whether a word beside a figure makes it a total ("In total, 96", "a total of 96", "96 in all")."""
    first = max(0, position - _NEAR)
    beside = sentence.tokens[first:position] + sentence.tokens[position + 1 : position + 3]
    return any(token.kind is TokenKind.CUE and token.cue == "total" for token in beside)


def _totals(grid: Grid) -> Iterator[tuple[Slot, ...]]:
    """Yield what a table may be said to come to: each printed total, and the totals of a line without a grand total."""
    row = next((i for i, line in enumerate(grid.rows) if line.is_total), None)
    column = next((j for j, line in enumerate(grid.columns) if line.is_total), None)
    if row is not None:
        yield from ((slot,) for slot in grid.slots[row] if slot.kind is Kind.FIGURE)
    if column is not None:
        yield from ((line[column],) for line in grid.slots if line[column].kind is Kind.FIGURE)
    if column is not None and row is None:
        yield tuple(line[column] for line in grid.slots if line[column].kind is Kind.FIGURE)
    if row is not None and column is None and not any("rate" in line.cues for line in grid.columns):
        yield tuple(slot for slot in grid.slots[row] if slot.kind is Kind.FIGURE)


def _of_totals(fact: Fact, value: int, sums: list[tuple[Slot, ...]], least: float) -> Restated | None:
    exact = next((cells for cells in sums if sum(s.value for s in cells) == value), None)
    if exact is not None:
        return Restated(fact, exact)
    stated = Slot(Kind.FIGURE, fact.start, fact.end, value, 0, fact)
    missed = [cells for cells in sums if explained_digits([(stated, -1)], value - sum(s.value for s in cells)) >= least]
    return Restated(fact, missed[0], wrong=True) if len(missed) == 1 else None


def _of_cells(fact: Fact, value: int, sentence: Sentence, grid: Grid) -> Restated | None:
    digits = sum(c.isdecimal() for c in fact.text)
    if digits < _SHORT:
        return None
    words = {t.key for t in sentence.tokens if t.kind is TokenKind.WORD and len(t.key) >= _WORD}
    for row, line in zip(grid.rows, grid.slots, strict=True):
        for column, slot in zip(grid.columns, line, strict=True):
            same = slot.kind is Kind.FIGURE and slot.value == value
            if same and (digits >= _LONG or words & (_words_of(row) | _words_of(column))):
                return Restated(fact, (slot,))
    return None


def _words_of(line: Line) -> set[str]:
    return {word for word in line.label.lower().replace(",", " ").split() if len(word) >= _WORD}
