"""Arithmetic as evidence: how likely figures that have nothing to do with each other would look like a breakdown.

The chance that unrelated figures admit a repair by one typing error is about 20 % for figures of two digits,
3.5 % for three, 0.4 % for four and 0.03 % for five (simulated; `numeric` notes, section 6.3), so that with four
digits a near miss is better evidence for a breakdown than any word.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.quantity import Quantity

_SIGNIFICANT = 4
_HUNDRED = Decimal(100)


def is_one_edit(printed: str, other: str) -> bool:
    """Say whether one digit typed wrong, dropped, added, or two neighbours exchanged, turn one string into the other.

    >>> is_one_edit("1327", "1323"), is_one_edit("47", "67"), is_one_edit("123", "132"), is_one_edit("12", "21")
    (True, True, True, True)
    """
    if printed == other:
        return False
    short, long = sorted((printed, other), key=len)
    if len(long) - len(short) > 1:
        return False
    first = 0
    while first < len(short) and short[first] == long[first]:
        first += 1
    if len(short) != len(long):
        return short[first:] == long[first + 1 :]
    rest = short[first + 1 :] == long[first + 1 :]
    swapped = short[first : first + 2] == long[first : first + 2][::-1] and short[first + 2 :] == long[first + 2 :]
    return rest or swapped


def digits(value: Decimal, step: Decimal) -> str:
    """Return the digits of a number as printed at a step, without separators."""
    if step <= 0 or value < 0:
        return ""
    scaled = value / step
    return str(int(scaled)) if scaled == scaled.to_integral_value() else ""


def near_miss(total: Quantity, parts: Sequence[Quantity]) -> int:
    """Return the digits of the longest figure whose single typing error would explain the gap, or 0."""
    gap = total.value - sum((p.value for p in parts), Decimal(0))
    best = 0
    for figure, wanted in [(total, total.value - gap), *((p, p.value + gap) for p in parts)]:
        printed, right = digits(figure.value, figure.step), digits(wanted, figure.step)
        if printed and right and right != "0" and is_one_edit(printed, right):
            # zeros that both end in are rounding, not evidence
            zeros = min(len(printed) - len(printed.rstrip("0")), len(right) - len(right.rstrip("0")))
            best = max(best, min(len(printed), len(right)) - zeros)
    return best


def is_telling(total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Say whether a near miss is good evidence that a breakdown was meant: four digits and more."""
    return near_miss(total, parts) >= _SIGNIFICANT


def is_mistyped_share(share: Quantity, part: Quantity, whole: Quantity) -> bool:
    """Say whether one digit typed wrong in a percentage explains that it is not the share of a part."""
    ratio = _HUNDRED * part.value / whole.value
    right = (ratio / share.step).to_integral_value() * share.step
    return is_one_edit(digits(share.value, share.step), digits(right, share.step))
