"""Growth along a line: "400, 500, 450" beside "25.0, -10.0", each against the figure before it or a year before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.relate.tables.ratio import Cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.relate.tables.sheet import Sheet

_LAGS = (1, 4, 12)  # crossings: the one before, the same quarter and the same month of the year before


def along(sheet: Sheet, line: int, above: int) -> Iterator[Iterator[Cell]]:
    """Yield the cells of a line of percentages against the growth of another from crossing to crossing, either way."""
    shares, amounts = sheet.slots[line], sheet.slots[above]
    count = len(shares)
    for lag in _LAGS:
        for way in (lag, -lag) if count > 2 * lag else ():
            pairs = ((c, c - way) for c in range(max(way, 0), min(count, count + way)))
            yield (Cell(shares[c], amounts[c], amounts[before], c) for c, before in pairs)
