"""From a table of a document to a grid: stub, headers and labels told apart from values, every value an integer.

All values of a grid are integers in its finest printed unit, so that sums need no decimals. A dash or a row of dots
is an exact nil, "(**)" is less than half a unit, a blank is unknown until the table shows that it means nil, and
any other text in a column of figures is a missing value.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING

from audit.quantity import Measure, Quantity
from audit.records import dataclass
from audit.relate.tables.labels import Labels, stub_width
from audit.relate.tables.ledger import PlainLine
from audit.relate.tables.lines import (
    columns_of,
    kinds_of,
    measures,
    picked,
    put_steps,
    steps_of,
    values_of,
    worded_of,
)
from audit.relate.tables.noughts import sharpen
from audit.relate.tables.slots import Kind, Line, Slot
from audit.relate.tables.steps import rounding_steps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.facts import Facts
    from audit.model import Table
    from audit.relate.tables.figures import Figures
    from audit.relate.tables.lines import Slots

_MAX_DECIMALS = 6
_ONE = Decimal(1)
_SPARSE = 50
_ENOUGH = 1000  # figures show what a column is rounded to
_GAPPY = 3  # one cell in as many blank


@dataclass(slots=True)
class Grid:
    """A table with its rows and columns of figures; `slots[row][column]` follows `rows` and `columns`.

    `cues` are those that hold for all of it: of its caption, its corner and the notes that speak of it. Of a partial
    one many rows are not here, so that its columns add up to nothing.
    """

    rows: list[Line]
    columns: list[Line]
    slots: Sequence[Slots]
    unit: Decimal
    cues: frozenset[str]
    is_partial: bool = False

    @property
    def parts(self) -> int:
        """Return how many units make one: 1000 for figures printed to three decimals."""
        return int(1 / self.unit)


def grid_of(bundle: Facts, table: Table, figures: Figures) -> Grid | None:
    """Return the grid of a table, or None when it holds too few figures to relate."""
    if table.rows * table.columns > _SPARSE * (len(table.cells) + _SPARSE):
        return None  # cells that span thousands of rows and columns hold no table
    matrix, lines = figures.rows(table)
    kinds = list(map(kinds_of, lines))
    if sum(1 for _ in islice((1 for row in kinds for kind in row if kind is Kind.FIGURE), 3)) < 3:
        return None
    stub = stub_width(bundle, matrix, lines, kinds)
    data = [c for c in range(stub, table.columns) if any(row[c] is Kind.FIGURE for row in kinds)]
    body = [r for r, row in enumerate(kinds) if any(row[c] is Kind.FIGURE for c in data)]
    if not data or not body:
        return None
    if len(body) < len(kinds) - body[0]:
        body = _with_nils(kinds, stub, data, body)
    headers = [r for r in range(body[0]) if any(kinds[r][c] is not Kind.BLANK for c in data)]
    reader = Labels(bundle, matrix, stub, headers[-1] + 1 if headers else 0)
    slots = [picked(lines[r], data) for r in body]
    blank = sum(kinds_of(row).count(Kind.BLANK) for row in slots)
    rows = reader.rows(body, gappy=_GAPPY * blank >= len(slots) * len(data))
    columns = [reader.column(c) for c in data]
    unit = _scale(slots)
    sharpen(slots)
    amounts = [slots[i] for i, line in enumerate(rows) if "rate" not in line.cues] or slots
    _round(amounts, int(100 / unit) if unit < 1 else 0)
    for line, column in zip(columns, columns_of(slots), strict=True):
        found = measures(column)
        if 2 * found.count(Measure.PERCENT) > len(found):
            # no share of a whole is negative: growth is
            line.cues |= {"share", "change"} if min(values_of(column)) < 0 else {"share"}
        elif Measure.MONEY in found:
            line.cues -= {"share"}  # the header "per cent" to its left goes no further
    cues = reader.cues() | set(bundle.captions.get(table.block, ()))
    cues |= {"rounding"} if figures.is_rounded(table) else set()
    partial = table.rest is not None and not table.rest.is_summed
    return Grid(rows=rows, columns=columns, slots=slots, unit=unit, cues=cues, is_partial=partial)


def _with_nils(kinds: list[list[Kind]], stub: int, data: list[int], body: list[int]) -> list[int]:
    """Return the rows of figures with those between and behind them that hold nils alone: "Thereafter", "—"."""
    known = set(body)
    found: list[int] = []
    for row in range(body[0], len(kinds)):
        over = {kinds[row][column] for column in data}
        if row in known or (Kind.TEXT in kinds[row][:stub] and Kind.NIL in over <= {Kind.NIL, Kind.BLANK}):
            found.append(row)
    return found


def _scale(slots: Sequence[Slots]) -> Decimal:
    """Turn the figures of the grid into integers of its finest printed unit and return that unit."""
    others = [slot for row in slots for slot in worded_of(row)]
    figures = [(slot, quantity) for slot in others if (quantity := _quantity(slot)) is not None]
    exponents = [step.as_tuple().exponent for step in {quantity.step for _, quantity in figures}]
    plain = [row for row in slots if isinstance(row, PlainLine)]
    exponents += [-places for places in plain[0].ledger.places(plain)] if plain else []
    finest = max((-e for e in exponents if isinstance(e, int) and -_MAX_DECIMALS <= e <= 0), default=0)
    factor = Decimal(1).scaleb(finest)
    if plain:
        plain[0].ledger.scale(finest)
    for slot, quantity in figures:
        if not finest and quantity.step == _ONE and not quantity.unit:
            slot.value, slot.step = int(quantity.value), 1  # as most cells of large tables
            continue
        value, step = quantity.value * factor, quantity.step * factor
        if value != value.to_integral_value() or (quantity.unit and quantity.measure is Measure.POINTS):
            slot.kind = Kind.TEXT
            continue
        slot.value, slot.step = int(value), max(1, int(step))
    for slot in others:
        if slot.kind is Kind.YEAR and slot.fact is not None:
            slot.value = int(slot.fact.text) * int(factor)
    return Decimal(1) / factor


def _quantity(slot: Slot) -> Quantity | None:
    value = slot.fact.value if slot.kind is Kind.FIGURE and slot.fact is not None else None
    return value if isinstance(value, Quantity) else None


def _round(slots: Sequence[Slots], hundred: int) -> None:
    """Widen the step of figures whose column shows that it was rounded to more than the printed unit.

    The 100 of a column of decimals is the whole itself, and exact.
    """
    for line in columns_of(slots):
        kinds, values, steps = kinds_of(line), values_of(line), steps_of(line)
        full = kinds.count(Kind.FIGURE) == len(kinds)
        cells = range(len(kinds)) if full else [i for i, kind in enumerate(kinds) if kind is Kind.FIGURE]
        some = cells[:: 1 + len(cells) // _ENOUGH]
        told: Sequence[int] | None = rounding_steps([(values[i], steps[i]) for i in some])
        if told is not None and len(some) < len(cells):
            told = rounding_steps([(values[i], steps[i]) for i in cells])
        if not (told or hundred or Kind.TINY in kinds):
            continue  # as most columns
        for i, step in zip(cells, told or (), strict=False):
            steps[i] = step
        for i in cells if hundred else ():
            steps[i] = 0 if values[i] == hundred else steps[i]
        least = min((steps[i] for i in cells), default=1) if Kind.TINY in kinds else 0
        put_steps(line, [least if kind is Kind.TINY else step for step, kind in zip(steps, kinds, strict=True)])
