"""Whether one typing error in one figure would explain why a relation fails at a crossing.

Unrelated figures seldom allow that when they are long; every value that rounding leaves open makes it more likely.
"""

from __future__ import annotations

from math import log10
from typing import TYPE_CHECKING

from audit.relate.clauses.chance import is_one_edit
from audit.relate.tables.slots import Kind

if TYPE_CHECKING:
    from audit.relate.tables.slots import Slot

_MOST = 60
_FACTOR = 1000


def explained_digits(sides: list[tuple[Slot, int]], gap: int) -> float:
    """Return how many digits speak for a misprint: those of the longest figure that one edit would mend.

    `sides` are the cells with the sign by which a gap is put right at each; the digits are reduced by what the slack
    of rounding leaves open.
    """
    figures = [(slot, sign, slot.value, slot.step) for slot, sign in sides]
    slack = sum([step for _, _, _, step in figures]) // 2
    steps: dict[int, int] = {}
    best = 0.0
    for slot, sign, value, own in figures:
        wanted, size = abs(value + sign * gap), abs(value)
        if not size // _FACTOR - slack <= wanted <= size * _FACTOR + slack or slot.kind is not Kind.FIGURE:
            continue  # no typing error makes a thousand of one, and most parts of a long sum are seen so at once
        steps = steps or {len(str(abs(value))): step for _, _, value, step in figures if step}
        printed = "".join(c for c in slot.printed if c.isdecimal()).lstrip("0")
        if len(printed) <= best:
            continue
        zeros = len(printed) - len(printed.rstrip("0"))
        grain = size // int(printed) if printed else 0
        if value * (value + sign * gap) < 0:
            continue  # no digit turns a sign: beside 251, 248 and 256 the average 252 would want one part at -252
        if not grain:
            continue
        # rounded to its significant digits it has the step of a figure as long, rounded as its column its own
        for step in {steps.get(len(str(wanted)), own), own}:
            coarse = min(10**zeros, max(1, step // grain))
            tries = 2 * slack // (grain * coarse) + 1
            if tries <= _MOST and _is_mended(printed, wanted, (grain, coarse), slack):
                best = max(best, len(printed) - log10(tries))
    return best


def _is_mended(printed: str, wanted: int, grain: tuple[int, int], slack: int) -> bool:
    unit, coarse = grain
    first = -(-(wanted - slack) // (unit * coarse)) * coarse
    last = (wanted + slack) // (unit * coarse) * coarse
    if last < 0 or abs(len(str(last)) - len(printed)) > 1:
        return False
    return any(is_one_edit(printed, str(value)) for value in range(max(first, 0), last + 1, coarse))
