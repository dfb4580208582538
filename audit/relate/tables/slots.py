"""The cells of a table as values: what sort of thing each holds, and what is known of its row and its column."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from audit.records import dataclass

if TYPE_CHECKING:
    from audit.claims import Operand
    from audit.facts import Fact


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

    @property
    def printed(self) -> str:
        """Return the figure of the cell as printed."""
        return self.fact.text if self.fact is not None else ""


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
