"""Whether a claim that does not hold can have been meant: its figure must be within sight of what they give.

"Full-time work rose by 318,000, while part-time work fell by 125,000, a decrease of 3.6 per cent": no one who meant
the 125,000 against the 318,000 prints 3.6 for 60.7. What one typing error explains may be as far off as it likes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.claims import ClaimKind
from audit.quantity import Quantity
from audit.relate.clauses.chance import is_repaired

if TYPE_CHECKING:
    from decimal import Decimal

    from audit.claims import Claim

_FAR = 3  # times: a rate so far off was told of something else
_WHOLE = 100


def is_plausible(claim: Claim) -> bool:
    """Say whether a growth may have been meant of its two ends; every other claim may."""
    if claim.kind is not ClaimKind.CHANGE or claim.form != "growth":
        return True
    told = [operand.fact.value for operand in claim.operands if operand.fact is not None]
    figures = [value for value in told if isinstance(value, Quantity)]
    if len(figures) != len(("stated", "from", "to")) or [o.role for o in claim.operands] != ["stated", "from", "to"]:
        return True
    stated, before, after = figures
    if before.value <= 0 or not stated.value:
        return True
    rate = abs(_WHOLE * (after.value - before.value) / before.value)
    share = abs(stated.value)
    return share <= _FAR * rate <= _FAR * _FAR * share or is_repaired(figures, _holds) > 0


def _holds(stated: Decimal, before: Decimal, after: Decimal, step: Decimal) -> bool:
    return before > 0 and abs(abs(_WHOLE * (after - before) / before) - abs(stated)) <= step / 2
