"""Money whose unit is printed once: "3,2 millions d'euros en 2022 et 4,1 millions en 2023" are both of euros.

Where the unit follows the scale word, as in Spanish and French, a sentence prints it once and every other amount of
millions that names nothing of its own is of the same money.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audit.quantity import Measure, Quantity

if TYPE_CHECKING:
    from audit.extract.reading import Reading

_LEAST = 1_000_000


def share_unit(reading: Reading) -> None:
    """Give the one money of a sentence to its bare amounts of millions; with two sorts of money nothing is shared."""
    told = [t for t in reading.out if t.fact is not None and isinstance(t.fact.value, Quantity) and not t.fact.reason]
    money = {t.fact.value.unit for t in told if t.fact.value.measure is Measure.MONEY}  # type: ignore[union-attr]
    if len(money) != 1:
        return
    unit = money.pop()
    for token in told:
        fact = token.fact
        if fact is None or not isinstance(fact.value, Quantity) or fact.label:
            continue
        value = fact.value
        if value.measure is Measure.COUNT and not value.unit and value.scale >= _LEAST:
            token.fact = replace(fact, value=replace(value, unit=unit, measure=Measure.MONEY))
            reading.facts[reading.facts.index(fact)] = token.fact
