"""Noughts of figures: decimals that one figure lost or that none of them prints, and a nought in front of one.

A table that prints "0,00" and "150.000,00" keeps its noughts: the one "506.802,2" among them has lost a digit, it is
not rounded. A spreadsheet prints 13.0 as "13": where none of many decimals ends in a nought, each tenth has lost one.
Both leave sums less room than rounding to the printed place would.
"""

from __future__ import annotations

import re
from statistics import median
from typing import TYPE_CHECKING

from audit.relate.tables.slots import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from audit.relate.tables.slots import Slot
    from audit.relate.tables.suspects import Assertion

_LED = re.compile(r"\D*0\d")
_MANY = 20_000  # cells
_FEWEST = 5
_SAMPLE = 30  # decimals of which three would end in a nought
_RARE = 4


def sharpen(slots: Sequence[Sequence[Slot]]) -> None:
    """Give figures that lost decimals the step of their column."""
    if not slots or len(slots) * len(slots[0]) > _MANY:
        return
    finest: dict[int, int] = {}  # by the place of each coarse figure
    fine: list[Slot] = []
    coarse: list[Slot] = []
    for column in zip(*slots, strict=True):
        figures = [slot for slot in column if slot.kind is Kind.FIGURE and slot.value and slot.step]
        least = min((slot.step for slot in figures), default=0)
        odd = [slot for slot in figures if slot.step > least]
        if odd and len(figures) - len(odd) < _FEWEST:
            return  # too few to tell
        finest |= {slot.start: least for slot in odd}
        fine += [slot for slot in figures if slot.step == least]
        coarse += odd
    if coarse and (_is_lost(fine, coarse) or _is_left_out(fine, coarse)):
        for slot in coarse:
            slot.step = finest.get(slot.start, slot.step)


def led(slots: Sequence[Sequence[Slot]], found: Iterable[Assertion]) -> Slot | None:
    """Return the figure that alone in its table begins with a nought ("08"), where it is an amount that is added up."""
    if not slots or len(slots) * len(slots[0]) > _MANY:
        return None
    begun = [
        slot for row in slots for slot in row if slot.kind is Kind.FIGURE and slot.fact and _LED.match(slot.fact.text)
    ]
    if len(begun) != 1:
        return None
    added = any(slot is begun[0] for assertion in found for slot, _ in assertion.slots())
    return begun[0] if added else None


def _is_lost(fine: Sequence[Slot], coarse: Sequence[Slot]) -> bool:
    """Say whether one figure alone has fewer decimals, in a table that prints noughts."""
    return len(coarse) == 1 and any(_ends(slot) for slot in fine)


def _is_left_out(fine: Sequence[Slot], coarse: Sequence[Slot]) -> bool:
    """Say whether no decimals end in a nought, and as many figures as would have fewer, large and small ones."""
    decimals = [slot for slot in fine if slot.step * 10 == coarse[0].step]
    if len(decimals) < max(_SAMPLE, _RARE * len(coarse)) or any(_ends(slot) for slot in decimals):
        return False
    return median(abs(slot.value) for slot in coarse) < max(abs(slot.value) for slot in decimals)


def _ends(slot: Slot) -> bool:
    return slot.value // slot.step % 10 == 0
