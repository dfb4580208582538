"""The figures of a relation as the repair may change them: what they stand for now and with another value."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from audit.quantity import Hedge, Interval, Quantity
from audit.records import dataclass
from audit.repair.printing import digits, places, printed_like

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audit.claims import Operand
    from audit.facts import Fact
    from audit.repair.relations import Key

_MALFORMED = "malformed."


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A printed figure: its key, its words, its quantity in full units and the values it stands for.

    A figure without a quantity (100 per cent, a dash) cannot be wrong; one with a `flaw` is no number as printed.
    """

    key: Key
    text: str
    interval: Interval
    quantity: Quantity | None = None
    flaw: str = ""

    @property
    def lead(self) -> str:
        """Return what stands before the figure and is part of what is wrong with it: the comma of ",208"."""
        return "," if self.flaw == "mark" and not self._has_lead else ""

    @property
    def _has_lead(self) -> bool:
        """Say whether the comma is among the figure's own characters, as it is in a cell."""
        return "," in re.split(r"\d", self.text, maxsplit=1)[0]

    @property
    def units(self) -> int:
        """Return the printed number without its decimal point: 16.9 thousand is 169."""
        return int(self.quantity.value / self.quantity.step) if self.quantity is not None else 0

    @property
    def digits(self) -> str:
        """Return the digits as printed, without separators."""
        return digits(self.quantity, self.text) if self.quantity is not None else ""

    @property
    def places(self) -> int:
        """Return how many digits stand behind the decimal point."""
        return places(self.quantity) if self.quantity is not None else 0

    def value_at(self, units: int, shift: int = 0) -> Decimal:
        """Return the value in full units of another printed number, `shift` more of whose digits are decimals."""
        if self.quantity is None:
            return Decimal(units)
        return units * self.quantity.step.scaleb(-shift)

    def interval_at(self, units: int, shift: int = 0) -> Interval:
        """Return what the figure would stand for with another printed number."""
        if self.quantity is None:
            return self.interval
        if self.interval.low is not None and self.interval.low == self.interval.high:
            return Interval.point(self.value_at(units, shift))  # as most figures
        moved = self.interval + Interval.point(-Fraction(self.quantity.value))
        return moved.times(Fraction(10) ** -shift) + Interval.point(Fraction(self.value_at(units, shift)))

    def printed(self, units: int, shift: int = 0) -> str:
        """Return the figure's words with another number in them."""
        if self.quantity is None:
            return self.text
        decimals = self.places + shift if shift else None
        text = self.text.replace(",", "", 1) if self.flaw == "mark" and self._has_lead else self.text
        return printed_like(text, self.quantity, self.value_at(units, shift), decimals=decimals)

    def reach(self, target: Interval, shift: int = 0) -> tuple[int | None, int | None]:
        """Return the least and greatest printed number that can stand for a value of the target; None is no bound."""
        if self.quantity is None:
            return (1, 0)
        value, finer = Fraction(self.quantity.value), Fraction(10) ** -shift
        step = Fraction(self.quantity.step) * finer
        low = high = None
        if target.low is not None and self.interval.high is not None:
            low = ceil((target.low - (self.interval.high - value) * finer) / step)
        if target.high is not None and self.interval.low is not None:
            high = floor((target.high - (self.interval.low - value) * finer) / step)
        return low, high


def figure_of(operand: Operand, key: Key, *, ratio: bool = False) -> Figure:
    """Return the figure of an operand, in the full units of its claim (a table may say that it is in thousands).

    A `ratio` is rounded to its last place whatever it counts: an average of 4 children.
    """
    value, fact = operand.value, operand.fact
    interval = operand.interval if operand.interval is not None else Interval.point(value or 0)
    quantity = fact.value if fact is not None and isinstance(fact.value, Quantity) else None
    if quantity is None or value is None or not _is_sound(quantity) or quantity.exact:
        return Figure(key=key, text=operand.text, interval=interval)
    if quantity.value and value != quantity.value:
        unit = value / quantity.value
        quantity = replace(quantity, value=value, step=abs(quantity.step * unit), scale=abs(quantity.scale * unit))
    if quantity.hedge is not Hedge.NONE:
        interval = _implied(quantity, interval)
    elif ratio and interval.low == interval.high:
        half = Fraction(quantity.step) / 2
        interval = Interval(low=Fraction(value) - half, high=Fraction(value) + half)
    return Figure(key=key, text=operand.text, interval=interval, quantity=quantity, flaw=_flaw(fact))


def _flaw(fact: Fact | None) -> str:
    """Return in which way a figure is malformed, as its label says."""
    traits = fact.traits if fact is not None else ()
    return next((t.removeprefix(_MALFORMED) for t in traits if t.startswith(_MALFORMED)), "")


def _implied(quantity: Quantity, interval: Interval) -> Interval:
    """Return what a bounded figure suggests: "at least 45" of 45 listed is 45, not any number beyond it.

    Whoever writes "more than 300,000" has less than 400,000 in mind, the next number that is as round.
    """
    value, room = Fraction(quantity.value), Fraction(quantity.round_step)
    if quantity.hedge in (Hedge.OVER, Hedge.AT_LEAST):
        return Interval(low=value, high=value + room, high_open=True)
    if quantity.hedge in (Hedge.UNDER, Hedge.AT_MOST, Hedge.NEARLY):
        return Interval(low=value - room, high=value, low_open=True)
    return interval


def _is_sound(quantity: Quantity) -> bool:
    units = quantity.value / quantity.step if quantity.step > 0 else None
    return units is not None and units == units.to_integral_value() and quantity.scale > 0


def narrowest(figures: Iterable[Figure]) -> dict[Key, Figure]:
    """Return one figure per key: of several readings of a printed figure the one that leaves least open."""
    kept: dict[Key, Figure] = {}
    for figure in figures:
        known = kept.get(figure.key)
        if known is None or (known.interval.holds(figure.interval) and known.interval != figure.interval):
            kept[figure.key] = figure
    return kept
