"""To what unit the figures of a column were rounded: the printed one, a common power of ten, or significant digits.

"131,400; 84,330; 7,128" are rounded to four digits, "320,000; 131,700; 188,400" to the hundred: no column of as
many exact counts ends in so many zeros by chance.
"""

from __future__ import annotations

from itertools import islice

_FEWEST = 4
_SIGNIFICANT = (3, 4, 5)


def rounding_steps(figures: list[tuple[int, int]]) -> list[int] | None:
    """Return, for (value, printed step) of each figure of a column, the step it was rounded to; None if the printed."""
    values = [(abs(value) // step if step > 1 else abs(value), step) for value, step in figures]
    nonzero = [v for v, _ in values if v]
    common, digits = _common_zeros(nonzero), _significant(nonzero)
    if not common and not digits:
        return None
    found: list[int] = []
    for value, step in values:
        zeros = common if value % 10**common == 0 else 0
        if digits:
            zeros = max(zeros, len(str(value)) - digits)
        found.append(step * 10**zeros)
    return found


def _common_zeros(values: list[int]) -> int:
    """Return how many zeros all values end in; one in eight may differ, where it was mistyped."""
    odd = islice((v for v in values if v % 10), 2)
    if sum(1 for _ in odd) == 2 or len(set(values)) < _FEWEST:
        return 0
    zeros = sorted(_zeros(v) for v in values)
    return zeros[1] if len(zeros) >= 2 * _FEWEST else zeros[0]


def _significant(values: list[int]) -> int:
    """Return the number of digits all values were rounded to, or 0."""
    shown = [(len(str(v)), len(str(v)) - _zeros(v)) for v in values]
    for digits in _SIGNIFICANT:
        longer = [used for length, used in shown if length > digits]
        spare = sum(length - digits for length, _ in shown if length > digits)
        wrong = sum(used > digits for used in longer)
        full = any(used == digits for _, used in shown)
        if full and len(longer) >= 3 and spare - 2 * wrong >= _FEWEST and wrong <= len(longer) // 8:
            return digits
    return 0


def _zeros(value: int) -> int:
    if value % 10:
        return 0  # as most figures
    text = str(value)
    return len(text) - len(text.rstrip("0"))
