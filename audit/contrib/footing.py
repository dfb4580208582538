"""Whether a column of totals equals the sum of other columns, row by row, with what rounding leaves open.

Numbers become whole multiples of the finest printed place, so that no binary fraction takes part: a column printed in
ones is exact; one with decimals, or with a `step` given, stands for half a step to either side. A row with an empty
cell is not decided.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_PLACES = 6
_LARGEST = 2**52


def places_of(values: Any) -> int:
    """Return how many decimals the numbers of an array are printed with, at most six."""
    import numpy as np  # noqa: PLC0415 (there with pandas)

    known = values[~np.isnan(values)]
    for places in range(_MOST_PLACES):
        scaled = known * 10**places
        if not known.size or bool(np.all(np.abs(scaled - np.rint(scaled)) <= 1e-9 * np.maximum(1, np.abs(scaled)))):
            return places
    return _MOST_PLACES


def footed(total: Any, parts: Sequence[Any], step: str | float | None = None) -> tuple[Any, Any]:
    """Return whether each row foots, and what each total should be.

    `step` is the place the figures were rounded to (1000 for thousands, "0.1"), else the one they are printed to.
    """
    import numpy as np  # noqa: PLC0415

    columns = [np.asarray(values, dtype=float) for values in (total, *parts)]
    places = [places_of(values) for values in columns]
    finest = max(places)
    unit = Fraction(Decimal(1).scaleb(-finest))
    known = ~np.isnan(np.vstack(columns)).any(axis=0)
    scaled = [np.where(known, np.nan_to_num(values) * 10.0**finest, 0) for values in columns]
    known &= np.abs(np.vstack(scaled)).max(axis=0) < _LARGEST
    whole = [np.rint(np.where(known, values, 0)).astype(np.int64) for values in scaled]
    computed = np.sum(whole[1:], axis=0)
    halves = [_half(place, step) for place in places]
    allowance = int(sum(halves, Fraction(0)) / unit)
    return ~known | (np.abs(whole[0] - computed) <= allowance), np.where(known, computed, 0) / 10.0**finest


def _half(places: int, step: str | float | None) -> Fraction:
    if step is not None:
        return Fraction(Decimal(str(step))) / 2
    return Fraction(Decimal(1).scaleb(-places)) / 2 if places else Fraction(0)
