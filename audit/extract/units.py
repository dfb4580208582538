"""Money whose unit is printed once: "3,2 millions d'euros en 2022 et 4,1 millions en 2023" are both of euros.

Where the unit follows the scale word, as in Spanish and French, a sentence prints it once and every other amount of
millions that names nothing of its own is of the same money.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audit.extract.reading import put
from audit.quantity import Measure, Quantity

if TYPE_CHECKING:
    from audit.extract.reading import Reading
    from audit.facts import Token

_LEAST = 1_000_000


def share_unit(reading: Reading) -> None:
    """Give the one money of a sentence to its bare amounts of millions; with two sorts of money nothing is shared."""
    bare: list[tuple[int, Token]] = []
    money: set[str] = set()
    for index, token in enumerate(reading.out):
        value = token.fact.value if token.fact is not None and not token.fact.reason else None
        if isinstance(value, Quantity) and value.measure is Measure.MONEY:
            money.add(value.unit)
        elif isinstance(value, Quantity) and value.measure is Measure.COUNT and value.scale >= _LEAST:
            bare.append((index, token))
    if len(money) != 1:
        return
    unit = money.pop()
    for index, token in bare:
        fact = token.fact
        if fact is not None and isinstance(fact.value, Quantity) and not _counts(reading, index):
            money_fact = replace(fact, value=replace(fact.value, unit=unit, measure=Measure.MONEY), label="", head="")
            put(reading, token, money_fact)


def _counts(reading: Reading, index: int) -> bool:
    """Say whether an amount names what it counts: "2 millions de personnes", not "2 millions de l'exercice passé"."""
    behind = reading.out[index + 1 : index + 3]
    return len(behind) > 1 and behind[0].key in reading.language.scale_joiners and behind[1].cue != "article"
