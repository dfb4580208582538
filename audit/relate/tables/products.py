"""Which lines of a table are a number times a price: "48 chairs", "62.50 each", "3,000.00".

A line is believed to be the product of two others when it is so at nearly every crossing: that a product of two figures
ends in the digits of a third by accident is as likely as its rounding is coarse.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations
from math import log10
from typing import TYPE_CHECKING

from audit.quantity import Measure, Quantity
from audit.records import dataclass
from audit.relate.clauses.chance import is_repaired
from audit.relate.tables.slots import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.relate.tables.lines import Slots
    from audit.relate.tables.sheet import Sheet
    from audit.relate.tables.slots import Slot

_ENOUGH = 6.0  # orders of magnitude by which chance must be beaten
_FEWEST = 3
_NEAR = 5  # lines between an amount and what it is made of
_SCALES = (1, 1000, 1000000)  # "in thousands", "per 100,000" are printed in the unit of their own line
_BROKEN = 0.23  # share of the cells that may fail before the relation itself is doubted
_FAR = 20  # a gap of less than one part in so many may be what an adjustment makes
_TRIED = 3  # crossings at which one must hold before the others are looked at


@dataclass(slots=True)
class Times:
    """One crossing of a product: its number, its price and its amount, and whether they agree, to the last digit."""

    number: Slot
    price: Slot
    amount: Slot
    good: bool
    exact: bool


@dataclass(slots=True)
class Product:
    """A line that is the product of two others at its crossings, divided by `scale`.

    Where all that agree do so to the last digit, the amounts were multiplied from what is printed. Ratios of medians
    and rates were computed from unrounded or adjusted figures: what does not agree there is told only where it alone
    does not, by far, and one typing error explains it.
    """

    times: list[Times]
    scale: int
    weight: float

    @property
    def held(self) -> int:
        """Return at how many crossings the product agrees."""
        return sum(t.good for t in self.times)

    @property
    def told(self) -> list[Times]:
        """Return the crossings that can be claimed."""
        exact = all(t.exact for t in self.times if t.good)
        alone = len(self.times) - self.held == 1 and self.held > _FEWEST
        return [t for t in self.times if t.good or exact or (alone and _is_mistyped(t, self.scale))]


def _is_mistyped(times: Times, scale: int) -> bool:
    price, number, amount = figures = [_printed(times.price), _printed(times.number), _printed(times.amount)]
    if _FAR * abs(price.value * number.value - amount.value * scale) < abs(amount.value * scale):
        return False

    def holds(price: Decimal, number: Decimal, amount: Decimal, step: Decimal) -> bool:
        return abs(amount * scale - price * number) <= abs(number) * step / 2

    return is_repaired(figures, holds) >= _FEWEST


def products(sheet: Sheet, unit: float) -> Iterator[Product]:
    """Yield the products among the lines of a sheet, the best for each line; `unit` is that of the grid's figures."""
    usable = [i for i, line in enumerate(sheet.slots) if _is_plain(line)]
    chance = 2 * log10(max(1, min(len(usable), 2 * _NEAR)))
    for amount in usable:
        near = [i for i in usable if i != amount and abs(i - amount) <= _NEAR]
        found = [p for one, other in combinations(near, 2) for p in _made(sheet, one, other, amount, unit)]
        best = max(found, key=lambda p: p.weight, default=None)
        if best is not None and best.weight >= _ENOUGH + chance:
            yield best


def _is_plain(line: Slots) -> bool:
    """Say whether a line holds figures, and no percentages."""
    facts = [slot.fact for slot in line if slot.kind is Kind.FIGURE]
    values = [f.value for f in facts if f is not None and isinstance(f.value, Quantity)]
    return len(facts) >= _FEWEST and not any(v.measure is Measure.PERCENT for v in values)


def _made(sheet: Sheet, one: int, other: int, amount: int, unit: float) -> Iterator[Product]:
    crossings = [
        (a, b, c)
        for a, b, c in zip(sheet.slots[one], sheet.slots[other], sheet.slots[amount], strict=True)
        if Kind.FIGURE is a.kind is b.kind is c.kind and _tells(a, unit) and _tells(b, unit) and c.value
    ]
    if len(crossings) < _FEWEST:
        return
    for scale in _SCALES:
        if any(_agrees(*crossing, unit, scale) for crossing in crossings[:_TRIED]):
            yield from _weighed(crossings, unit, scale)


def _tells(slot: Slot, unit: float) -> bool:
    """Say whether a factor says anything: what is multiplied by 0 or 1 equals the amount in many tables."""
    return slot.value != 0 and abs(slot.value * unit) != 1


def _slack(a: Slot, b: Slot, c: Slot, unit: float, scale: int) -> float:
    """Return by how much an amount may differ from its product for the rounding of all three, in units of the grid."""
    factors = (abs(a.value) * _step(b) + abs(b.value) * _step(a)) / 2 / scale
    return float(_printed(c).step) / unit / 2 + factors


def _step(slot: Slot) -> float:
    """Return the step a factor is rounded to, in full units: what is printed in ones is counted."""
    value = _printed(slot)
    return 0.0 if value.step == value.scale == 1 else float(value.step)


def _printed(slot: Slot) -> Quantity:
    value = slot.fact.value if slot.fact is not None else None
    return value if isinstance(value, Quantity) else Quantity(raw="", value=Decimal(0))


def _agrees(a: Slot, b: Slot, c: Slot, unit: float, scale: int) -> bool:
    gap = a.value * b.value * unit / scale - c.value
    return abs(gap) <= _slack(a, b, c, unit, scale) * (1 + 1e-9)


def _weighed(crossings: list[tuple[Slot, Slot, Slot]], unit: float, scale: int) -> Iterator[Product]:
    """Yield a product with its weight, unless too many crossings fail or all are the same."""
    times: list[Times] = []
    weight = 0.0
    seen: set[tuple[int, int]] = set()
    for a, b, c in crossings:
        good = _agrees(a, b, c, unit, scale)
        # the price is what is printed finer; of two whole numbers the first is the number
        number, price = (b, a) if _places(a) > _places(b) else (a, b)
        gap = abs(a.value * b.value * unit / scale - c.value)
        times.append(Times(number, price, c, good, good and gap <= float(_printed(c).step) / unit / 2 * (1 + 1e-9)))
        if not good:
            weight -= 1
        elif (a.value, b.value) not in seen:
            weight -= log10(min(1.0, max(1.0, 2 * _slack(a, b, c, unit, scale)) / abs(c.value)))
        seen.add((a.value, b.value))
    held = sum(t.good for t in times)
    failed = len(times) - held
    if held >= _FEWEST + (failed > 0) and failed <= max(1, _BROKEN * len(times)) and len(seen) >= _FEWEST:
        yield Product(times, scale, weight)


def _places(slot: Slot) -> int:
    exponent = _printed(slot).step.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0
