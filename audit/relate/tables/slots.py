"""The cells of a table as values: what sort of thing each holds, and what is known of its row and its column."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from enum import IntEnum
from itertools import count
from operator import attrgetter
from typing import TYPE_CHECKING

from audit.cells import Cells, Row
from audit.facts import Fact, FactKind, PlainFacts
from audit.model import Cell
from audit.quantity import Measure, Quantity
from audit.records import dataclass

if TYPE_CHECKING:
    from audit.claims import Operand
    from audit.facts import Facts
    from audit.model import Table

Matrix = Sequence[Sequence[Cell | None]]

_NIL = re.compile(r"[$€£]?\s*(?:[-–—−]+|_|\.{4,})\s*%?\Z")
_TINY = re.compile(r"\(\*+\)|\([zZ]\)|Z\Z")
_ADDED = frozenset({"sums", "differences", "random", "unit"})  # what a note may say that bears on sums
_MARK = 4  # characters
_YEAR = re.compile(r"\d{4}\Z")


class Kind(IntEnum):
    """What a cell holds, as far as sums go."""

    BLANK = 0
    TEXT = 1
    NIL = 2
    TINY = 3
    FIGURE = 4
    YEAR = 5


@dataclass(slots=True)
class Slot:
    """One cell of the grid; `value` and `step` are in its unit, a step of 0 is exact; `part` is its operand.

    `mark` is what stands for a missing value, where it is short: "~", "/", "n/a".
    """

    kind: Kind
    start: int
    end: int
    value: int = 0
    step: int = 0
    fact: Fact | None = None
    part: Operand | None = None
    mark: str = ""


kind_of = attrgetter("kind")  # of many slots at once, faster than a loop


class PlainSlot(Slot):
    """The cell of a bare number in a large table; its fact is made when it is asked for.

    Until the grid knows its finest unit, `value` holds the digits, of which `places` are decimals.
    """

    __slots__ = ("_code", "_facts", "places")

    def __init__(self, start: int, end: int, digits: int, places: int, facts: PlainFacts, code: int) -> None:
        self.kind = Kind.FIGURE
        self.start, self.end = start, end
        self.value, self.step, self.places = digits, 1, places
        self.part = None
        self._facts, self._code = facts, code

    def scale(self, places: int) -> None:
        """Turn the digits into a whole number of the unit with so many decimals; a finer number is none of it."""
        if self.places < places:
            self.step = 10 ** (places - self.places)
            self.value *= self.step
        elif self.places > places:
            self.value, rest = divmod(self.value, 10 ** (self.places - places))
            if rest:
                self.kind, self.value, self.step = Kind.TEXT, 0, 0

    @property
    def fact(self) -> Fact | None:  # type: ignore[override]
        """Return the fact of the cell."""
        return self._facts.of_cell(self._code)


def measures(slots: Sequence[Slot]) -> list[Measure]:
    """Return the measures of the figures among some cells; a bare number of a large table measures nothing said."""
    if set(map(type, slots)) == _BARE:
        return [Measure.COUNT] * len(slots)  # as nearly all lines of large tables
    facts = [None if type(slot) is PlainSlot else slot.fact for slot in slots if slot.kind is Kind.FIGURE]
    said = [fact.value.measure for fact in facts if fact is not None and isinstance(fact.value, Quantity)]
    return said + [Measure.COUNT] * facts.count(None)


_BARE = {PlainSlot}


@dataclass(slots=True)
class Line:
    """A row or a column of figures: its place in the table, its label, its depth and the cues of its label.

    `group` counts the headings before it, `section` those up to the last that is not deeper than it; `is_total` says
    that the label has a word for it or repeats its heading, `notes` are the note marks that the label carries, `mark`
    is what other labels call it: "III", "(1)", "a".
    """

    index: int
    label: str
    depth: int
    cues: frozenset[str]
    group: int = 0
    is_total: bool = False
    section: int = 0
    notes: frozenset[str] = frozenset()
    mark: str = ""


class Figures:
    """The facts of a document by cell: a cell is a figure when it holds one number and nothing else."""

    def __init__(self, bundle: Facts) -> None:
        self._text = bundle.document.text
        self._all = bundle.facts
        self._facts = bundle.written
        notes = [n for n in bundle.rounding if {e.partition(":")[0] for e in n.effects} & _ADDED]
        self._rounded = {bundle.document.tables[i].block for n in notes for i in n.tables}
        self._all_rounded = any(n.whole for n in notes)
        self._starts = [fact.start for fact in self._facts]
        self._sentences = sorted(s.start for s in bundle.sentences)
        self._next = 0

    def is_rounded(self, table: Table) -> bool:
        """Say whether a note of the document tells that the sums of a table may be off by rounding."""
        return self._all_rounded or table.block in self._rounded

    def rows(self, table: Table) -> tuple[Matrix, list[list[Slot]]]:
        """Return the cells of a table by row and column, and what they hold."""
        if isinstance(table.cells, Cells) and isinstance(self._all, PlainFacts):
            return [Row(table.cells, row) for row in range(table.rows)], self._plain(table.cells, self._all)
        matrix: list[list[Cell | None]] = [[None] * table.columns for _ in range(table.rows)]
        for cell in table.cells:
            matrix[cell.row][cell.column] = cell
        return matrix, [
            [self.slot(cell) if cell is not None else Slot(Kind.BLANK, -1, -1) for cell in row] for row in matrix
        ]

    def _plain(self, cells: Cells, facts: PlainFacts) -> list[list[Slot]]:
        first, known = facts.known(cells)
        rows = zip(count(first), cells.starts, cells.texts, map(known.get, cells.texts), strict=False)
        found: list[Slot] = [
            self._worded(cells, code - first)
            if number is None
            else PlainSlot(start, start + len(text), number[0], number[1].places, facts, code)
            for code, start, text, number in rows
        ]
        return [found[at : at + cells.width] for at in range(0, len(found), cells.width)]

    def _worded(self, cells: Cells, index: int) -> Slot:
        start = cells.starts[index]
        return self.slot(cells[index]) if cells.texts[index] else Slot(Kind.BLANK, start, start)

    def slot(self, cell: Cell) -> Slot:
        """Return what a cell holds."""
        text = self._text[cell.start : cell.end].strip()
        if not text:
            return Slot(Kind.BLANK, cell.start, cell.end)
        fact = self._first_in(cell)
        if fact is None:
            kind = Kind.NIL if _NIL.match(text) else Kind.TINY if _TINY.match(text) else Kind.TEXT
            return Slot(kind, cell.start, cell.end, mark=text if len(text) <= _MARK else "")
        if fact.kind is FactKind.QUANTITY and not self._is_prose(cell):
            return Slot(Kind.FIGURE, cell.start, cell.end, fact=fact)
        if _YEAR.match(text):
            return Slot(Kind.YEAR, cell.start, cell.end, fact=fact)
        return Slot(Kind.TEXT, cell.start, cell.end)

    def _first_in(self, cell: Cell) -> Fact | None:
        """Return the first fact in a cell; cells are mostly asked for in the order of the text."""
        starts, first = self._starts, self._next
        if not (first < len(starts) and starts[first] >= cell.start and (not first or starts[first - 1] < cell.start)):
            first = bisect_left(starts, cell.start)
        if first == len(starts) or starts[first] >= cell.end:
            self._next = first
            return None
        self._next = first + 1
        return self._facts[first]

    def _is_prose(self, cell: Cell) -> bool:
        position = bisect_left(self._sentences, cell.start)
        return position < len(self._sentences) and self._sentences[position] < cell.end
