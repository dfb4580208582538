"""How two values of a statement compare: equal within rounding, exactly equal, in order, apart; days by their order.

Equality goes to the arithmetic that is made for the shape of the other side: a sum, a share, a change, an average.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from audit.arithmetic import verify_average, verify_change, verify_restatement, verify_share, verify_sum
from audit.expressions import EXACTLY
from audit.judge.values import UnreadableError, Value
from audit.records import dataclass
from audit.verification import weigh

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from audit.quantity import Quantity
    from audit.verification import Verification


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """How two values compare: the class of the verdict, and for numbers the gap and what rounding explains of it."""

    grade: str
    gap: Fraction = Fraction(0)
    allowance: Fraction = Fraction(0)
    dated: bool = False


def compared(sign: str, left: Value, right: Value) -> Compared:
    """Return how two values compare under a sign of an expectation."""
    if (left.period is None) is not (right.period is None):
        raise UnreadableError(f"{left.shown} and {right.shown} are a day and a number")
    if left.period is not None and right.period is not None:
        return Compared(grade=_dated(sign, left.period, right.period), dated=True)
    if left.units and right.units and left.units != right.units:
        units = " and ".join(", ".join(sorted(side.units)) for side in (left, right))
        raise UnreadableError(f"figures in different units: {units}")
    gap = left.nominal - right.nominal
    if sign == "==":
        said = _equal(left, right)
        return Compared(grade=str(said.grade), gap=said.gap, allowance=said.allowance)
    if sign == EXACTLY:
        return Compared(grade="inconsistent" if gap else "exact", gap=gap)
    if sign in (">", ">="):
        left, right = right, left
    if sign == "!=":
        return Compared(grade=_unequal(left, right), gap=gap)
    return Compared(grade=_ordered(left, right, strict=sign in ("<", ">")), gap=gap)


def _equal(left: Value, right: Value) -> Verification:
    """Verify left = right; the side that is a printed figure is the stated one."""
    if right.is_figure and not left.is_figure:
        left, right = right, left
    stated = left.quantity()
    if right.ratio is not None:
        name, above, below = right.ratio
        return _RATIOS[name](stated, above, below)
    if right.terms is None or left.terms is None:
        return weigh(stated, right.interval, right.nominal, right.interval)
    if right.is_figure:
        return verify_restatement(stated, right.terms[0][1])
    return verify_sum(stated, [figure for _, figure in right.terms], [weight for weight, _ in right.terms])


_RATIOS: dict[str, Callable[[Quantity, Quantity, Quantity], Verification]] = {
    "share": verify_share,
    "change": verify_change,
    "average": verify_average,
}


def _ordered(left: Value, right: Value, *, strict: bool) -> str:
    """Grade left <= right (or left < right): false only when no values in the two intervals make it true."""
    low, high = left.interval.low, right.interval.high
    if low is not None and high is not None and (low > high or (strict and low == high)):
        return "inconsistent"
    holds = left.nominal < right.nominal if strict else left.nominal <= right.nominal
    return "exact" if holds else "within_rounding"


def _unequal(left: Value, right: Value) -> str:
    if not left.interval.meets(right.interval):
        return "exact"
    points = left.interval.low == left.interval.high and right.interval.low == right.interval.high
    return "inconsistent" if points else "not_decidable"


def _dated(sign: str, left: tuple[date, date], right: tuple[date, date]) -> str:
    if sign in (">", ">="):
        left, right = right, left
    if sign in ("==", "!=", EXACTLY):
        same = left == right if sign == EXACTLY else _holds(left, right) or _holds(right, left)
        return "exact" if same is (sign != "!=") else "inconsistent"
    if sign in ("<", ">"):
        if left[1] < right[0]:
            return "exact"
        return "inconsistent" if left[0] >= right[1] else "not_decidable"
    return "inconsistent" if left[0] > right[1] else "exact"


def _holds(outer: tuple[date, date], inner: tuple[date, date]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]
