"""What the first rows of a very large table keep along each row, to be held against the rows that are not here."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from audit.model import Balance
from audit.quantity import Quantity
from audit.relate.tables.evidence import HOLDS, State
from audit.relate.tables.figures import Figures
from audit.relate.tables.grid import grid_of
from audit.relate.tables.weigh import assertions

if TYPE_CHECKING:
    from audit.facts import Facts
    from audit.relate.tables.evidence import Relation
    from audit.relate.tables.grid import Grid
    from audit.relate.tables.sheet import Sheet

_FEWEST = 50  # rows in which a sum holds
_RARE = 25  # for each in which it does not


def balances(bundle: Facts) -> tuple[list[Balance], str]:
    """Return what the rows of the table keep that is not held in full, the best supported first, and the decimal mark.

    Only what nearly all of the rows keep is told.
    """
    point = next((f.value.point for f in bundle.facts if isinstance(f.value, Quantity) and f.value.point), ".")
    for table in bundle.document.tables:
        grid = grid_of(bundle, table, Figures(bundle)) if table.rest is not None else None
        if grid is not None:
            pairs = {id(a.relation): (a.sheet, a.relation) for a in assertions(grid) if a.sheet.across}
            kept = [(sheet, relation) for sheet, relation in pairs.values() if _is_kept(relation)]
            return [_balance(grid, *pair) for pair in sorted(kept, key=lambda pair: -pair[1].bits)], point
    return [], point


def _is_kept(relation: Relation) -> bool:
    held = relation.count(*HOLDS)
    return held >= _FEWEST and held >= _RARE * relation.count(State.FAILS)


def _balance(grid: Grid, sheet: Sheet, relation: Relation) -> Balance:
    lines = [sheet.figures(line).steps for line in relation.lines]
    slack = max(map(sum, zip(*lines, strict=True))) if relation.count(State.ROUNDED) else 0
    return Balance(
        total=None if relation.total is None else grid.columns[relation.total].index,
        parts=tuple((grid.columns[line].index, sign) for line, sign in relation.parts),
        slack=Decimal(slack) / 2 * grid.unit,
    )
