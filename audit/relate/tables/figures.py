"""The facts of a document by the cells of its tables."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

from audit.cells import Cells, Row
from audit.facts import Fact, FactKind, PlainFacts
from audit.model import Cell
from audit.relate.tables.ledger import Ledger, PlainLine
from audit.relate.tables.slots import Kind, Slot

if TYPE_CHECKING:
    from audit.facts import Facts
    from audit.model import Table
    from audit.relate.tables.lines import Slots

Matrix = Sequence[Sequence[Cell | None]]

_NIL = re.compile(r"[$€£]?\s*(?:[-–—−]+|_|\.{4,})\s*%?\Z")
_TINY = re.compile(r"\(\*+\)|\([zZ]\)|Z\Z")
_ADDED = frozenset({"sums", "differences", "random", "unit"})  # what a note may say that bears on sums
_MARK = 4  # characters
_YEAR = re.compile(r"\d{4}\Z")


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

    def rows(self, table: Table) -> tuple[Matrix, Sequence[Slots]]:
        """Return the cells of a table by row and column, and what they hold."""
        if isinstance(table.cells, Cells) and isinstance(self._all, PlainFacts):
            return [Row(table.cells, row) for row in range(table.rows)], self._plain(table.cells, self._all)
        matrix: list[list[Cell | None]] = [[None] * table.columns for _ in range(table.rows)]
        for cell in table.cells:
            matrix[cell.row][cell.column] = cell
        return matrix, [
            [self.slot(cell) if cell is not None else Slot(Kind.BLANK, -1, -1) for cell in row] for row in matrix
        ]

    def _plain(self, cells: Cells, facts: PlainFacts) -> list[PlainLine]:
        ledger = Ledger(cells, facts)
        ledger.words((at, self.slot(cells[at])) for at in ledger.unread())
        return [PlainLine(ledger, range(at, at + cells.width)) for at in range(0, len(cells), cells.width)]

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
