"""A line of percentages with the lines it comes from: shares of them, or their growth."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from audit.records import dataclass

if TYPE_CHECKING:
    from audit.relate.tables.slots import Slot


@dataclass(slots=True)
class Cell:
    """One percentage with its part (or new value) and its base (or old value), and whether they reproduce it."""

    share: Slot
    above: Slot
    below: Slot
    crossing: int
    good: bool = False


@dataclass(slots=True)
class Ratio:
    """How a line of percentages comes from others: line `above` over `below` at each crossing; `form` share or growth.

    `below` is None where the base is one cell of `above`, at crossing `whole`. `weight` is in orders of magnitude;
    `held` and `failed` count the cells of the line, with those of the lines that are built the same way.
    """

    form: str
    line: int
    above: int
    below: int | None
    whole: int | None
    cells: list[Cell]
    weight: float
    held: int = 0
    failed: int = 0
    is_misbased: bool = False
    common: set[int] = field(
        default_factory=set
    )  # crossings where every line built this way fails: their base is wrong

    @property
    def families(self) -> tuple[tuple[object, ...], ...]:
        """Return what other lines must have in common with this one to be built the same way."""
        apart = self.line - self.above
        if self.below is None:
            return (("own", apart, self.whole),)
        return ((self.form, "of", apart, self.below), (self.form, "moved", apart, self.line - self.below))
