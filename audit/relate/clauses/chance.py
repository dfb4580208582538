"""Arithmetic as evidence: how likely figures that have nothing to do with each other would look like a breakdown.

The chance that unrelated figures admit a repair by one typing error is about 20 % for figures of two digits,
3.5 % for three, 0.4 % for four and 0.03 % for five (simulated; `numeric` notes, section 6.3), so that with four
digits a near miss is better evidence for a breakdown than any word.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from audit.quantity import Quantity
    from audit.relate.clauses.structure import Mark

_SIGNIFICANT = 4
_ENDS = 2
_HUNDRED = Decimal(100)
_DIGITS = "0123456789"
_LONGEST = 15  # digits; a longer one is no figure of a report


def is_one_edit(printed: str, other: str) -> bool:
    """Say whether one digit typed wrong, dropped, added, or two neighbours exchanged, turn one string into the other.

    >>> is_one_edit("1327", "1323"), is_one_edit("47", "67"), is_one_edit("123", "132"), is_one_edit("12", "21")
    (True, True, True, True)
    """
    if printed == other:
        return False
    if len(printed) > _ENDS < len(other) and printed[0] != other[0] and printed[-1] != other[-1]:
        return False  # as most: one error leaves one end as it was
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
    if not whole.value:
        return False
    ratio = _HUNDRED * part.value / whole.value
    printed = digits(share.value, share.step)
    steps = (share.step, share.step * 10) if share.step < 1 else (share.step,)  # "18.98" has a digit too many
    return any(is_one_edit(printed, digits((ratio / at).to_integral_value() * at, at)) for at in steps)


def accident(total: Quantity, parts: Sequence[Quantity]) -> Fraction | None:
    """Return the chance that figures which have nothing to do with each other are one typing error from adding up.

    It is the share of the gaps no larger than this one that some single typing error would explain; None where no
    error explains the gap. Small gaps in large figures are rare and telling, gaps in small figures are neither.
    """
    step = min(f.round_step for f in (total, *parts))  # zeros that all end in are rounding, not evidence
    missing = (total.value - sum((p.value for p in parts), Decimal(0))) / step
    gap, explained = int(missing), set[int]()
    for sign, figure in ((1, total), *((-1, p) for p in parts)):
        printed = digits(figure.value, step)
        if printed and len(printed) <= _LONGEST:
            number = int(printed)
            explained.update([sign * (number - int(other)) for other in _edits(printed)])
    if gap != missing or gap not in explained:
        return None
    size = abs(gap)
    below = len([other for other in explained if -size <= other <= size])
    return Fraction(below) * Fraction(step) / (2 * Fraction(max(abs(total.value), step)))


def _edits(printed: str) -> Iterator[str]:
    """Yield what one typing error makes of a number: a digit replaced, dropped or added, or two exchanged."""
    for place, digit in enumerate(printed):
        head, tail = printed[:place], printed[place + 1 :]
        yield from (f"{head}{other}{tail}" for other in _DIGITS if other != digit)
        yield from (f"{head}{other}{digit}{tail}" for other in _DIGITS)
        if head or tail:
            yield head + tail
        if tail:
            yield f"{head}{tail[0]}{digit}{tail[1:]}"
    yield from (f"{printed}{other}" for other in _DIGITS)


def fewest_digits(*marks: Mark) -> int:
    """Return how many digits the shortest of some figures has, without the zeros it ends in."""
    return min(len(digits(m.value.value, m.value.step).rstrip("0")) for m in marks)


def is_repaired(figures: Sequence[Quantity], holds: Callable[..., bool]) -> int:
    """Return the digits of the longest figure of which one typing error explains that a relation fails, or 0.

    `holds` takes the values of the figures in their order, and the step that the first of them is printed at.
    """
    values, step = [q.value for q in figures], figures[0].step
    best = 0
    for place, figure in enumerate(figures):
        printed = digits(abs(figure.value), figure.step)
        for size, value, at in _retyped(figure, printed):
            if holds(*values[:place], value, *values[place + 1 :], step if place else at):
                best = max(best, min(len(printed.rstrip("0")), size))
                break
    return best


def _retyped(figure: Quantity, printed: str) -> Iterator[tuple[int, Decimal, Decimal]]:
    """Yield (digits, value, step) of what one typing error makes of a figure; 18.98 may stand for 18.8 and for 1.98."""
    step = figure.step
    for edited in _edits(printed):
        # a digit left out, or one too many, may stand behind the decimal point or in front of it
        moved = len(printed) - len(edited) if step < figure.scale else 0
        for at in (step, step.scaleb(moved)) if moved else (step,):
            if edited:
                yield len(edited), int(edited) * at, at
