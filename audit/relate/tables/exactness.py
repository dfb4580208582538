"""Whether the figures of a table are exact or rounded, by what its words say and by how well its sums add up.

Under rounding a sum of n parts is off by what n rounding errors leave, near to normal with variance n / 12; that all of
many sums add up is then unlikely, and so is a gap of many units. Figures that are exact may still hold a misprint, and
the sums of the cell that is mistyped count once. Both explanations are weighed in bits, for amounts, counts and money
apart: "number" and "value, thousands" stand in one table.
"""

from __future__ import annotations

from collections import Counter
from math import erf, log2, sqrt
from typing import TYPE_CHECKING

from audit.quantity import Measure
from audit.records import dataclass
from audit.relate.tables.evidence import HOLDS, State, sides
from audit.relate.tables.lines import columns_of, kinds_of, measures, put_steps, steps_of, values_of
from audit.relate.tables.slots import Kind

if TYPE_CHECKING:
    from audit.relate.tables.evidence import Relation
    from audit.relate.tables.grid import Grid
    from audit.relate.tables.lines import Slots
    from audit.relate.tables.sheet import Sheet
    from audit.relate.tables.slots import Line

_PROVEN = 6.0  # bits: one rounded table in sixty adds up this well
_MISPRINT = 7.0  # what a cell that is mistyped by a few units costs
_MOST = 12.0  # bits of one gap
_COUNTED, _SCALED, _NOTED, _DECIMAL = 12.0, -12.0, -20.0, -6.0
_CENTS, _LEDGER, _KEPT = 100, 10**7, 4.0
_SPARE = 3  # bits beyond need that make a relation evidence
_COUNT, _COUNTS = frozenset({"count"}), frozenset({"count", "counted"})
_APART = frozenset({"share", "rate", "scale", "change"})
_SAMPLE = 50

Pairs = list[tuple["Sheet", "Relation"]]
Sort = tuple[str, int]  # and the units of the grid in the place they are rounded to: counts stand beside per cents


@dataclass(slots=True)
class Exactness:
    """The sorts of figures that are exact, and whether their sums alone prove it, without the words of the table."""

    sorts: Sorts
    exact: frozenset[Sort]
    proven: bool

    def apply(self, grid: Grid) -> None:
        """Take the room for rounding from the figures that are exact."""
        grains = {grain: frozenset(s for s, g in self.exact if g == grain) for _, grain in self.exact}
        for grain, sorts in grains.items():
            for row, line in enumerate(grid.slots):
                told = zip(steps_of(line), self.sorts.exact_columns(row, sorts), strict=True)
                put_steps(line, [0 if exact and step == grain else step for step, exact in told])

    def is_slight(self, relation: Relation, crossing: int) -> bool:
        """Say whether a gap is one that rounding would explain, had the figures been rounded."""
        grain = max((grain for _, grain in self.exact), default=1)
        return 2 * abs(relation.gaps[crossing]) <= len(relation.parts) * grain


def exactness(grid: Grid, pairs: Pairs) -> Exactness:
    """Return which figures of a grid are exact, from its words and from the relations between its lines."""
    sorts = Sorts(grid)
    found = {sort: _bits(sums) for sort, sums in _sums(sorts, pairs).items()}
    if sorts.are_counts:
        found.setdefault(("count", grid.parts), 0)  # "Women, Men, Total" of seven countries: too short to prove it
    words = {sort: _said(grid, sort, paid=sorts.are_paid) for sort in found}
    exact = frozenset(sort for sort, bits in found.items() if bits + words[sort] >= _PROVEN)
    return Exactness(sorts, exact, all(found[sort] + min(0, words[sort]) >= _PROVEN for sort in exact))


def _is_whole(grid: Grid) -> bool:
    """Say whether the totals of a table are mostly 100: its figures may be shares though nothing says so."""
    rows = [row for line, row in zip(grid.rows, grid.slots, strict=True) if line.is_total]
    found = [value for row in rows for value in values_of(row)]
    found += [row[j].value for j, line in enumerate(grid.columns) if line.is_total for row in grid.slots]
    return 2 * sum(value == 100 * grid.parts for value in found) > len(found)


def _said(grid: Grid, of: Sort, *, paid: bool) -> float:
    """Return the bits by which the words of a table speak for exact figures of a sort.

    "Dollars in thousands" over claims filed, claims approved and their value may be said of the value alone; `paid`
    tells that some lines of the table are money by themselves.
    """
    sort, grain = of
    if any(Kind.TINY in kinds_of(row) for row in grid.slots):
        return _NOTED  # "(*)", less than half a unit, is what rounding has left
    counted = _COUNTED if sort == "count" and grain <= grid.parts else 0.0  # of people in thousands it says nothing
    scaled = _SCALED if sort == "money" or not (paid and "money" in grid.cues) else _SCALED / 3
    said = scaled if "scale" in grid.cues else counted
    said += _NOTED if "rounding" in grid.cues else 0
    if grain == 1 and grid.parts == _CENTS and max(max(map(abs, values_of(row))) for row in grid.slots) >= _LEDGER:
        return said + _KEPT  # "196,796,576.58": who rounds keeps fewer digits
    return said + (_DECIMAL if grain < grid.parts else 0)


class Sorts:
    """The sort of each figure of a grid: count, money, plain, or "" for what is no amount or has a scale of its own."""

    def __init__(self, grid: Grid) -> None:
        self._rough = "rough" in grid.cues or _is_whole(grid)
        # "Women" may label a row of payments, at the head of a column or of a table it says what is counted
        tops = columns_of(grid.slots[:_SAMPLE])
        self._columns = [self._line(line, top, _COUNTS) for line, top in zip(grid.columns, tops, strict=True)]
        paid = "money" in self._columns or any("money" in line.cues for line in grid.rows)
        named = _COUNT if paid else _COUNTS
        self._rows = [self._line(line, grid.slots[i], named) for i, line in enumerate(grid.rows)]
        self.are_paid = "money" in (*self._rows, *self._columns)
        mostly = not paid and any(2 * sorts.count("count") >= len(sorts) for sorts in (self._rows, self._columns))
        counted = (mostly or _COUNTS & grid.cues) and not ("money" in grid.cues or self._rough)
        self._plain = "count" if counted else "plain"
        self._same: dict[str, str] = {}
        self._by_column: dict[tuple[str, frozenset[str]], list[bool]] = {}
        self.are_counts = bool(counted) and not _APART & grid.cues

    def _line(self, line: Line, slots: Slots, counts: frozenset[str]) -> str:
        if _APART & line.cues:
            return ""
        found = measures(slots[:_SAMPLE])
        if 2 * found.count(Measure.PERCENT) > len(found):
            return ""
        if 2 * found.count(Measure.MONEY) > len(found) or "money" in line.cues:
            return "money"
        return "count" if counts & line.cues and not self._rough and "rough" not in line.cues else "plain"

    def exact_columns(self, row: int, exact: frozenset[str]) -> list[bool]:
        """Say for each column of a row whether its figure is of one of some sorts."""
        asked = self._rows[row], exact
        if asked not in self._by_column:
            self._by_column[asked] = [self._together({asked[0], column}) in exact for column in self._columns]
        return self._by_column[asked]

    def of_sum(self, sheet: Sheet, relation: Relation) -> list[str]:
        """Return the sort of the figures of a relation at each crossing."""
        lines, crossings = (self._columns, self._rows) if sheet.across else (self._rows, self._columns)
        found = {lines[line] for line, _ in relation.parts} | {lines[relation.total or 0]}
        together = {sort: self._together(found | {sort}) for sort in set(crossings)}
        return [together[sort] for sort in crossings]

    def _together(self, found: set[str]) -> str:
        if "" in found:
            return ""
        sort = next((s for s in ("money", "count") if s in found), self._plain)
        return self._same.get(sort, sort)

    def join(self, relations: Pairs) -> None:
        """Take plain figures for what they are added up with: "$" stands before the first and the last of a column."""
        for sheet, relation in relations:
            lines = self._columns if sheet.across else self._rows
            found = {lines[line] for line, _ in relation.parts} | {lines[relation.total or 0]}
            if "plain" in found and found & {"money", "count"} and "" not in found:
                self._same[self._plain] = "money" if "money" in found else "count"


@dataclass(slots=True)
class _Sum:
    """A relation at one crossing: how many parts it adds, by how much it is off, and where its cells stand.

    `finer` is how many times finer some of its figures are than the coarsest: they would show what that one left out.
    """

    parts: int
    gap: int
    cells: tuple[int, ...]
    finer: int


def _sums(sorts: Sorts, pairs: Pairs) -> dict[Sort, list[_Sum]]:
    """Return the sums that hold, exactly or within rounding, by the sort of their figures and the coarsest step."""
    telling = [(s, r) for s, r in pairs if r.total is not None and r.bits >= r.need + _SPARE]
    sorts.join(telling)
    found: dict[Sort, list[_Sum]] = {}
    for sheet, relation in telling:
        lines = [sheet.figures(line) for line in relation.lines]
        steps = list(zip(*(line.steps for line in lines), strict=True))
        filled = [sum(at) for at in zip(*(line.filled for line in lines), strict=True)]
        for crossing, (state, sort) in enumerate(zip(relation.states, sorts.of_sum(sheet, relation), strict=True)):
            grain = max(steps[crossing])
            if state not in HOLDS or not sort or not grain:
                continue
            if state is State.EXACT or not _is_exact_elsewhere(sheet, relation, crossing, pairs):
                gap = -(-abs(relation.gaps[crossing]) // grain)
                cells = tuple(slot.start for slot, _ in sides(sheet, relation, crossing)) if gap else ()
                finer = grain // min(set(steps[crossing]) - {0})
                found.setdefault((sort, grain), []).append(_Sum(filled[crossing] - 1, gap, cells, finer))
    return found


def _bits(sums: list[_Sum]) -> float:
    """Return the bits by which sums speak for figures that are exact, one of which may be mistyped."""
    off = [s for s in sums if s.gap]
    shared = Counter(cell for s in off for cell in s.cells)
    causes = len(off) - max(shared.values(), default=1) + 1
    alike = Counter((s.parts, s.gap) for s in sums)
    shown = sum(log2(s.finer) for s in sums if not s.gap)
    return shown + sum(n * _surprise(*said) for said, n in sorted(alike.items())) - _MISPRINT * causes


def _surprise(parts: int, gap: int) -> float:
    """Return the bits that a gap of some units is worth as evidence that the figures were not rounded."""
    spread = sqrt(parts / 6)  # sqrt(2) times the deviation of that many rounding errors
    chance = (erf((gap + 0.5) / spread) - erf((gap - 0.5) / spread)) / 2
    return min(_MOST, -log2(chance)) if chance > 0 else _MOST


def _is_exact_elsewhere(sheet: Sheet, relation: Relation, crossing: int, pairs: Pairs) -> bool:
    parts = {line for line, _ in relation.parts}
    return any(
        s is sheet and r.total == relation.total and r.states[crossing] is State.EXACT and parts & set(dict(r.parts))
        for s, r in pairs
    )
