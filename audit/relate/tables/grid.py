"""From a table of a document to a grid: stub, headers and labels told apart from values, every value an integer.

All values of a grid are integers in its finest printed unit, so that sums need no decimals. A dash or a row of dots
is an exact nil, "(**)" is less than half a unit, a blank is unknown until the table shows that it means nil, and
any other text in a column of figures is a missing value.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from typing import TYPE_CHECKING

from audit.facts import Fact, FactKind
from audit.quantity import Measure, Quantity
from audit.relate.tables.steps import rounding_steps

if TYPE_CHECKING:
    from audit.facts import Facts
    from audit.model import Cell, Table

_MAX_DECIMALS = 6
_NIL = re.compile(r"[$€£]?\s*(?:[-–—−]+|\.{4,})\s*%?\Z")
_TINY = re.compile(r"\(\*+\)|\([zZ]\)|Z\Z")
_YEAR = re.compile(r"\d{4}\Z")
_WORD = re.compile(r"[^\W\d_]+")


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
    """One cell of the grid; `value` and `step` are in the grid's unit, `step` 0 means exact."""

    kind: Kind
    start: int
    end: int
    value: int = 0
    step: int = 0
    fact: Fact | None = None


@dataclass(slots=True)
class Line:
    """A row or a column of figures: its place in the table, its label, its depth and the cues of its label.

    `group` counts the headings before it, `section` those up to the last that is not deeper than it; `is_total` says
    that the label has a word for it or repeats its heading.
    """

    index: int
    label: str
    depth: int
    cues: frozenset[str]
    group: int = 0
    is_total: bool = False
    section: int = 0


@dataclass(slots=True)
class Grid:
    """A table with its rows and columns of figures; `slots[row][column]` follows `rows` and `columns`."""

    rows: list[Line]
    columns: list[Line]
    slots: list[list[Slot]]
    unit: Decimal
    cues: frozenset[str]


_EMPTY = Slot(Kind.BLANK, -1, -1)


def grid_of(bundle: Facts, table: Table, figures: Figures) -> Grid | None:
    """Return the grid of a table, or None when it holds too few figures to relate."""
    matrix = _cells(table)
    kinds = [[figures.slot(cell) if cell is not None else _EMPTY for cell in row] for row in matrix]
    if sum(slot.kind is Kind.FIGURE for row in kinds for slot in row) < 3:
        return None
    stub = _stub_width(bundle, matrix, kinds)
    data = [c for c in range(stub, table.columns) if any(row[c].kind is Kind.FIGURE for row in kinds)]
    body = [r for r, row in enumerate(kinds) if any(row[c].kind is Kind.FIGURE for c in data)]
    if not data or not body:
        return None
    headers = [r for r in range(body[0]) if any(kinds[r][c].kind is not Kind.BLANK for c in data)]
    reader = _Labels(bundle, matrix, stub, headers[-1] + 1 if headers else 0)
    rows = reader.rows(body)
    columns = [reader.column(c) for c in data]
    slots = [[kinds[r][c] for c in data] for r in body]
    unit = _scale(slots)
    _round(slots, int(100 / unit) if unit < 1 else 0)
    return Grid(rows=rows, columns=columns, slots=slots, unit=unit, cues=reader.cues(data))


class Figures:
    """The facts of a document by cell: a cell is a figure when it holds one number and nothing else."""

    def __init__(self, bundle: Facts) -> None:
        self._text = bundle.document.text
        self._facts = bundle.facts
        self._starts = [fact.start for fact in bundle.facts]
        self._sentences = sorted(s.start for s in bundle.sentences)

    def slot(self, cell: Cell) -> Slot:
        """Return what a cell holds."""
        text = self._text[cell.start : cell.end].strip()
        if not text:
            return Slot(Kind.BLANK, cell.start, cell.end)
        first = bisect_left(self._starts, cell.start)
        fact = self._facts[first] if first < len(self._facts) and self._facts[first].start < cell.end else None
        if fact is None:
            kind = Kind.NIL if _NIL.match(text) else Kind.TINY if _TINY.match(text) else Kind.TEXT
            return Slot(kind, cell.start, cell.end)
        if fact.kind is FactKind.QUANTITY and not self._is_prose(cell):
            return Slot(Kind.FIGURE, cell.start, cell.end, fact=fact)
        if fact.kind is FactKind.PERIOD and _YEAR.match(text):
            return Slot(Kind.YEAR, cell.start, cell.end, fact=fact)
        return Slot(Kind.TEXT, cell.start, cell.end)

    def _is_prose(self, cell: Cell) -> bool:
        position = bisect_left(self._sentences, cell.start)
        return position < len(self._sentences) and self._sentences[position] < cell.end


def _cells(table: Table) -> list[list[Cell | None]]:
    matrix: list[list[Cell | None]] = [[None] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        matrix[cell.row][cell.column] = cell
    return matrix


def _stub_width(bundle: Facts, matrix: list[list[Cell | None]], kinds: list[list[Slot]]) -> int:
    """Return how many leading columns hold labels: through the last one that is mostly words, years or row numbers."""
    columns = len(matrix[0])
    width = 0
    for column in range(min(columns - 1, 5)):
        cells = [row[column] for row in kinds if any(s.kind is Kind.FIGURE for s in row[column + 1 :])]
        texts = sum(s.kind is Kind.TEXT for s in cells)
        figures = [s for s in cells if s.kind in (Kind.FIGURE, Kind.YEAR)]
        if texts > len(figures) or (column == width and not figures):
            width = column + 1
        elif column == 0 and _is_index(bundle, [row[0] for row in kinds], figures):
            width = 1
    while width and width < columns and not any(row[width].kind is not Kind.BLANK for row in kinds):
        width += 1
    return width


def _is_index(bundle: Facts, cells: list[Slot], figures: list[Slot]) -> bool:
    """Say whether a first column numbers the rows: years, or whole numbers that only rise, or a header that says so."""
    if all(s.kind is Kind.YEAR for s in figures):
        return True
    if cells and "order" in bundle.cues.get(cells[0].start, ()):
        return True
    values = [s.fact.number for s in figures if s.fact is not None and s.fact.number is not None]
    steps = {b - a for a, b in itertools.pairwise(values)}
    return len(values) > 2 and steps <= {Decimal(0), Decimal(1)}


class _Labels:
    """Reads labels, depths and cues of rows and columns from the cells around the figures."""

    def __init__(self, bundle: Facts, matrix: list[list[Cell | None]], stub: int, first: int) -> None:
        self._bundle, self._matrix, self._stub, self._first = bundle, matrix, stub, first
        filled = [sum(bool(self._text(row[c]).strip()) for c in range(stub)) for row in matrix[first:]]
        # "Federal | | ..." over "| Alabama | ...": the column a label stands in is its depth
        self._stairs = stub > 1 and sum(n > 1 for n in filled) <= len(filled) // 10

    def _text(self, cell: Cell | None) -> str:
        return "" if cell is None else self._bundle.document.text[cell.start : cell.end]

    def _cues(self, cells: list[Cell | None]) -> frozenset[str]:
        return frozenset(cue for cell in cells if cell is not None for cue in self._bundle.cues.get(cell.start, ()))

    def rows(self, body: list[int]) -> list[Line]:
        """Return the rows of figures; a row of words only, or a gap, opens the next group."""
        lines: list[Line] = []
        group, memo, seen = 0, frozenset[str](), set(body)
        headings: dict[int, tuple[str, int]] = {}
        for row in range(self._first, body[-1] + 1):
            cells = self._matrix[row][: self._stub]
            label, depth = self._label(cells)
            own = self._cues(cells)
            if row not in seen:
                group, memo = group + 1, own & {"memo", "share"}
                headings = {d: above for d, above in headings.items() if d < depth} | {depth: (_plain(label), group)}
                continue
            opens = not lines or lines[-1].group != group
            repeats = not opens and any(len(h) > 3 and _plain(label).startswith(h) for h, _ in headings.values())
            section = max((opened for d, (_, opened) in headings.items() if d <= depth), default=0)
            is_total = "total" in own or repeats
            lines.append(Line(row, label, depth, (own | memo) - {"order"}, group, is_total, section))
        return lines

    def _label(self, cells: list[Cell | None]) -> tuple[str, int]:
        texts = [self._text(cell) for cell in cells]
        named = [i for i, text in enumerate(texts) if text.strip()]
        if not named:
            return "", 0
        place = named[0] if self._stairs else named[-1]
        spaces = len(texts[place]) - len(texts[place].lstrip())
        return " ".join(texts[i].strip() for i in named), spaces + (4 * place if self._stairs else 0)

    def column(self, column: int) -> Line:
        """Return a column of figures with the words that stand above it, spanning headers included."""
        texts: list[str] = []
        cues: set[str] = set()
        for row in range(self._first):
            cell = self._over(row, column)
            if cell is not None and self._text(cell).strip():
                texts.append(self._text(cell).strip())
                cues |= self._cues([cell])
        return Line(column, " ".join(texts), 0, frozenset(cues), self._spanner(column), "total" in cues)

    def _spanner(self, column: int) -> int:
        """Return how many headers of the first header row begin at or before a column, when there are several rows."""
        if self._first < 2:
            return 0
        return sum(bool(self._text(cell).strip()) for cell in self._matrix[0][self._stub : column + 1])

    def _over(self, row: int, column: int) -> Cell | None:
        """Return the header cell above a column: its own, or the one to the left that spans it."""
        last = row == self._first - 1
        for left in range(column, self._stub - 1, -1):
            cell = self._matrix[row][left]
            if cell is not None and self._text(cell).strip():
                return cell
            if last and cell is not None:
                return None
        return None

    def cues(self, data: list[int]) -> frozenset[str]:
        """Return the cues that hold for the whole table: those of its corner and of its headers."""
        corner = [c for row in self._matrix[: self._first] for c in row[: self._stub]]
        return self._cues(corner) | frozenset(c for column in data for c in self.column(column).cues)


def _plain(label: str) -> str:
    return " ".join(_WORD.findall(label.lower()))


def _scale(slots: list[list[Slot]]) -> Decimal:
    """Turn the figures of the grid into integers of its finest printed unit and return that unit."""
    exponents: list[int] = []
    for row in slots:
        for slot in row:
            quantity = _quantity(slot)
            if quantity is not None:
                exponent = quantity.step.as_tuple().exponent
                exponents.append(max(0, -exponent) if isinstance(exponent, int) else 0)
    finest = max((e for e in exponents if e <= _MAX_DECIMALS), default=0)
    factor = Decimal(1).scaleb(finest)
    for row in slots:
        for slot in row:
            quantity = _quantity(slot)
            if quantity is None:
                if slot.kind is Kind.YEAR and slot.fact is not None:
                    slot.value = int(slot.fact.text) * int(factor)
                continue
            value, step = quantity.value * factor, quantity.step * factor
            if value != value.to_integral_value() or (quantity.unit and quantity.measure is Measure.POINTS):
                slot.kind = Kind.TEXT
                continue
            slot.value, slot.step = int(value), max(1, int(step))
    return Decimal(1) / factor


def _quantity(slot: Slot) -> Quantity | None:
    value = slot.fact.value if slot.kind is Kind.FIGURE and slot.fact is not None else None
    return value if isinstance(value, Quantity) else None


def _round(slots: list[list[Slot]], hundred: int) -> None:
    """Widen the step of figures whose column shows that it was rounded to more than the printed unit.

    The 100 of a column of decimals is the whole itself, and exact.
    """
    for column in range(len(slots[0])):
        cells = [row[column] for row in slots if row[column].kind is Kind.FIGURE]
        for slot, step in zip(cells, rounding_steps([(s.value, s.step) for s in cells]), strict=True):
            slot.step = step if slot.value != hundred else 0
        tiny = min((s.step for s in cells), default=1)
        for row in slots:
            if row[column].kind is Kind.TINY:
                row[column].step = tiny
