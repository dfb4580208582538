"""Growth along a line: "400, 500, 450" beside "25.0, -10.0", each against the figure before it or a year before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.relate.tables.ratio import Cell, Ratio
from audit.relate.tables.slots import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.relate.tables.sheet import Sheet

_LAGS = (1, 4, 12)  # crossings: the one before, the same quarter and the same month of the year before
_FEWEST = 2


def along(sheet: Sheet, line: int, above: int) -> Iterator[Ratio]:
    """Yield a line of percentages as the growth of another from crossing to crossing, which may run either way."""
    shares, amounts = sheet.slots[line], sheet.slots[above]
    count = len(shares)
    for lag in _LAGS:
        for way in (lag, -lag):
            pairs = ((c, c - way) for c in range(count) if 0 <= c - way < count)
            cells = [Cell(shares[c], amounts[c], amounts[b], c) for c, b in pairs if shares[c].kind is Kind.FIGURE]
            if len(cells) >= _FEWEST and count > 2 * lag:
                yield Ratio("growth", line, above, above, None, cells, 0.0)
