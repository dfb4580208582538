"""The lines of a grid over their crossings: its rows over its columns, or its columns over its rows."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from audit.records import dataclass
from audit.relate.tables.lines import columns_of, kinds_of, steps_of, values_of
from audit.relate.tables.slots import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.relate.tables.grid import Grid
    from audit.relate.tables.lines import Slots
    from audit.relate.tables.slots import Line

_SHORT = 12


def is_set_aside(line: Line) -> bool:
    """Say whether the label says that the line holds no amounts: rates, percentage changes, a rank, a year, a code."""
    return (
        "rate" in line.cues or line.cues >= {"share", "change"} or ("order" in line.cues and len(line.label) <= _SHORT)
    )


@dataclass(slots=True)
class Figures:
    """The figures of one line at every crossing: values, steps, and whether they are not nil."""

    values: list[int]
    steps: list[int]
    filled: list[bool]


@dataclass(slots=True)
class Sheet:
    """The figures of a grid as lines (rows or columns) over crossings; the same code serves both directions."""

    lines: list[Line]
    crossings: list[Line]
    slots: Sequence[Slots]
    across: bool
    hundred: int
    closed: list[bool] = field(default_factory=list)  # crossings where a blank was seen to mean nil
    apart: list[bool] = field(default_factory=list)  # crossings that hold no amounts: a failure there says nothing
    full: bool = False  # no cell is blank or missing
    kept: dict[int, Figures] = field(default_factory=dict)
    minus: list[bool] = field(default_factory=list)
    is_deep: bool = False  # some lines are indented
    shares: list[int] = field(default_factory=list)  # crossings that hold percentages

    def __post_init__(self) -> None:
        self.closed = [False] * len(self.crossings)
        self.full = all(min(kinds_of(row)) > Kind.TEXT for row in self.slots if row)
        self.is_deep = len({line.depth for line in self.lines}) > 1
        self.shares = [j for j, line in enumerate(self.crossings) if "share" in line.cues]
        apart = [is_set_aside(line) for line in self.crossings]
        self.apart = apart if not all(apart) else [False] * len(apart)

    def figures(self, line: int) -> Figures:
        """Return the figures of a line as numbers; a blank, a text and a nil are 0, and exact."""
        found = self.kept.get(line)
        if found is None:
            values = values_of(self.slots[line])
            found = Figures(values, steps_of(self.slots[line]), list(map(bool, values)))
            self.kept[line] = found
        return found

    @property
    def signed(self) -> list[bool]:
        """Say for each crossing whether a figure in it is negative."""
        if not self.minus:
            lines = (self.figures(line).values for line in range(len(self.lines)))
            self.minus = [min(values) < 0 for values in zip(*lines, strict=True)]
        return self.minus


def sheets(grid: Grid) -> tuple[Sheet, Sheet]:
    """Return the grid read down its columns (lines are rows) and along its rows (lines are columns)."""
    hundred = int(100 / grid.unit)
    return (
        Sheet(grid.rows, grid.columns, grid.slots, across=False, hundred=hundred),
        Sheet(grid.columns, grid.rows, columns_of(grid.slots), across=True, hundred=hundred),
    )
