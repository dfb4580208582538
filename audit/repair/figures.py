"""The figures of a relation as the repair may change them: what they stand for now and with another value."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from audit.quantity import Interval, Quantity
from audit.records import dataclass
from audit.repair.printing import digits, printed_like

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from audit.claims import Operand
    from audit.repair.relations import Key


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A printed figure: its key, its words, its quantity in full units and the values it stands for.

    A figure without a quantity (100 per cent, a dash) cannot be wrong.
    """

    key: Key
    text: str
    interval: Interval
    quantity: Quantity | None = None

    @property
    def units(self) -> int:
        """Return the printed number without its decimal point: 16.9 thousand is 169."""
        return int(self.quantity.value / self.quantity.step) if self.quantity is not None else 0

    @property
    def digits(self) -> str:
        """Return the digits as printed, without separators."""
        return digits(self.quantity) if self.quantity is not None else ""

    def value_at(self, units: int) -> Decimal:
        """Return the value in full units of another printed number."""
        return units * self.quantity.step if self.quantity is not None else units  # type: ignore[return-value]

    def interval_at(self, units: int) -> Interval:
        """Return what the figure would stand for with another printed number."""
        if self.quantity is None:
            return self.interval
        return self.interval + Interval.point(Fraction(self.value_at(units)) - Fraction(self.quantity.value))

    def printed(self, units: int) -> str:
        """Return the figure's words with another number in them."""
        return printed_like(self.text, self.quantity, self.value_at(units)) if self.quantity is not None else self.text

    def reach(self, target: Interval) -> tuple[int | None, int | None]:
        """Return the least and greatest printed number that can stand for a value of the target; None is no bound."""
        if self.quantity is None:
            return (1, 0)
        value, step = Fraction(self.quantity.value), Fraction(self.quantity.step)
        low = high = None
        if target.low is not None and self.interval.high is not None:
            low = ceil((target.low - (self.interval.high - value)) / step)
        if target.high is not None and self.interval.low is not None:
            high = floor((target.high - (self.interval.low - value)) / step)
        return low, high


def figure_of(operand: Operand, key: Key) -> Figure:
    """Return the figure of an operand, in the full units of its claim (a table may say that it is in thousands)."""
    value, fact = operand.value, operand.fact
    interval = operand.interval if operand.interval is not None else Interval.point(value or 0)
    quantity = fact.value if fact is not None and isinstance(fact.value, Quantity) else None
    if quantity is None or value is None or not _is_sound(quantity) or quantity.exact:
        return Figure(key=key, text=operand.text, interval=interval)
    if quantity.value and value != quantity.value:
        unit = value / quantity.value
        quantity = replace(quantity, value=value, step=abs(quantity.step * unit), scale=abs(quantity.scale * unit))
    return Figure(key=key, text=operand.text, interval=interval, quantity=quantity)


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
