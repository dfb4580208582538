"""Relations between printed figures as the repair sees them: what each leaves to one figure when the rest stands.

A relation is linear (weighted figures add up to something between two bounds) or a quotient (a share, an average).
Both work on the intervals the figures stand for, so that rounding never has to be repaired.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from audit.arithmetic import Grade
from audit.claims import ClaimKind
from audit.quantity import Interval
from audit.records import dataclass

if TYPE_CHECKING:
    from audit.claims import Operand
    from audit.findings import Outcome
    from audit.repair.values import Values

Key = tuple[str, int, int]
_HUNDRED = 100
_ZERO = Interval.point(0)
_WEIGHTS = {"total": -1, "stated": -1, "part": 1, "from": 1, "less": -1, "item": 1, "other": 1, "whole": -1}
_ENDS = {
    ClaimKind.SHARE: ("part", "whole"),
    ClaimKind.AVERAGE: ("total", "number"),
    ClaimKind.CHANGE: ("to", "from"),
}
QUOTIENTS = frozenset(_ENDS)
_LINEAR = (ClaimKind.SUM, ClaimKind.FOOTING, ClaimKind.DIFFERENCE, ClaimKind.REPEAT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Linear:
    """The weighted figures add up to something in `bounds`; `derived` is the one that follows from the others."""

    index: int
    keys: tuple[Key, ...]
    weights: tuple[int, ...]
    bounds: Interval = _ZERO
    loose: bool = False
    derived: Key | None = None

    def holds(self, values: Values) -> bool:
        """Say whether the relation can be true."""
        return values.rest(self, None).meets(self.bounds)

    def target(self, key: Key, values: Values) -> Interval | None:
        """Return the values of one figure that make the relation true while the others stand."""
        weight = values.weight(self, key)
        if not weight:
            return None
        return (self.bounds - values.rest(self, key)).times(Fraction(1, weight))

    def gap(self, values: Values) -> tuple[Fraction, Fraction]:
        """Return (what the printed values leave between both sides, the sum of the squares of their half units)."""
        left = middle(values.rest(self, None) - self.bounds)
        sizes = [(i.high - i.low) / 2 for k in self.keys if (i := values[k]).low is not None and i.high is not None]
        return left or Fraction(0), sum((size * size for size in sizes), Fraction(0))

    def is_strict(self, values: Values) -> bool:
        """Say whether the figures stay below their upper bound and do not just reach it."""
        rest = middle(values.rest(self, None))
        return rest is None or self.bounds.high is None or rest < self.bounds.high


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotient:
    """factor x (sum of the parts) / whole + base is what the first figure says: a share, an average, a growth."""

    index: int
    keys: tuple[Key, ...]
    factor: int
    base: int = 0
    loose: bool = False
    is_cut: bool = False  # it holds when digits are cut off instead of rounded

    @property
    def derived(self) -> Key | None:
        """Return the figure that follows from the others: the share itself."""
        return self.keys[0]

    def holds(self, values: Values) -> bool:
        """Say whether the relation can be true."""
        target = self.target(self.keys[0], values)
        return target is not None and target.meets(values[self.keys[0]])

    def target(self, key: Key, values: Values) -> Interval | None:
        """Return the values of one figure that make the relation true while the others stand."""
        stated, whole, *parts = self.keys
        if self.keys.count(key) != 1:
            return None
        together = _ZERO
        for part in parts:
            if part != key:
                together = together + values[part]
        if key == stated:
            ratio = together.over(values[whole])
            return None if ratio is None else ratio.times(Fraction(self.factor)) + Interval.point(self.base)
        # what the stated figure makes of the ratio; a fall of 30 per cent leaves 70 of 100
        said = (values[stated] - Interval.point(self.base)).times(Fraction(1, self.factor))
        if key == whole:
            return together.over(said)
        product = _product(said, values[whole])
        return None if product is None else product - together


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """The first figure is the growth in per cent that the third, an amount, has made to end at the second.

    Of "337 million, an increase of 108, or 47.2 per cent" the start, 229, is not printed; `sign` is -1 for a fall.
    """

    index: int
    keys: tuple[Key, Key, Key]
    sign: int
    loose: bool = False

    @property
    def derived(self) -> Key | None:
        """Return the figure that follows from the others: the percentage."""
        return self.keys[0]

    def holds(self, values: Values) -> bool:
        """Say whether the relation can be true."""
        target = self.target(self.keys[2], values)
        return target is not None and target.meets(values[self.keys[2]])

    def target(self, key: Key, values: Values) -> Interval | None:
        """Return the values of one figure that make the relation true while the others stand."""
        stated, end, amount = (values[k] for k in self.keys)
        if self.keys.count(key) != 1:
            return None
        if key == self.keys[0]:
            # a growth of s per cent is s / (100 + s) of what it ends at
            part = amount.over(end)
            base = None if part is None else Interval.point(1) - part.times(Fraction(self.sign))
            growth = part.over(base) if part is not None and base is not None else None
            return None if growth is None else growth.times(Fraction(_HUNDRED))
        if stated.low is None or stated.high is None or stated.low <= 0 or self.sign * stated.high <= -_HUNDRED:
            return None
        low, high = (s / (_HUNDRED + self.sign * s) for s in (stated.low, stated.high))
        ratio = Interval(low=low, high=high)
        return _product(ratio, end) if key == self.keys[2] else amount.over(ratio)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rising:
    """The figures grow from one to the next, as a trend word says: what falls is given in reverse."""

    index: int
    keys: tuple[Key, ...]
    loose: bool = True
    derived: Key | None = None

    def holds(self, values: Values, without: Key | None = None) -> bool:
        """Say whether no figure is less than the one before, one left out; a trend is judged by what is printed."""
        middles = [middle(values[key]) for key in self.keys if key != without]
        return all(a is None or b is None or a <= b for a, b in pairwise(middles))

    def target(self, key: Key, values: Values) -> Interval | None:
        """Return the values of one figure that lie between those beside it."""
        at = self.keys.index(key)
        low = middle(values[self.keys[at - 1]]) if at else None
        high = middle(values[self.keys[at + 1]]) if at + 1 < len(self.keys) else None
        if low is not None and high is not None and low > high:
            return None
        return Interval(low=low, high=high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Formed:
    """One figure is printed as a number is; a malformed one must change, whatever else holds."""

    index: int
    keys: tuple[Key, ...]
    loose: bool = True
    derived: Key | None = None

    def holds(self, values: Values) -> bool:
        """Say that every number it is changed to is well formed; only those are offered."""
        return self.keys[0] in values

    def target(self, key: Key, values: Values) -> Interval | None:
        """Return the values of the figure that make it well formed: any."""
        return Interval(low=None, high=None) if key in values else None


Relation = Linear | Quotient | Moved | Rising | Formed


def middle(interval: Interval) -> Fraction | None:
    """Return the middle of an interval, or the one end it has."""
    if interval.low is None or interval.high is None:
        return interval.low if interval.high is None else interval.high
    return interval.low if interval.low == interval.high else (interval.low + interval.high) / 2


def _product(left: Interval, right: Interval) -> Interval | None:
    """Return the product of two intervals of non-negative numbers."""
    if left.low is None or right.low is None or left.high is None or right.high is None or min(left.low, right.low) < 0:
        return None
    return Interval(low=left.low * right.low, high=left.high * right.high)


def relation_of(index: int, outcome: Outcome) -> Relation | None:
    """Return the relation an outcome judged, or None for kinds that are no equation of figures."""
    claim = outcome.claim
    if any(o.value is None and o.role != "listed" for o in claim.operands) or not claim.operands:
        return None
    kind = claim.kind
    if kind in _LINEAR:
        return _sum_of(index, outcome)
    if kind is ClaimKind.COUNT and "low" in claim.detail:
        bounds = Interval(
            low=Fraction(claim.detail["low"]), high=Fraction(claim.detail.get("high", claim.detail["low"]))
        )
        stated = claim.role("stated")
        return Linear(index=index, keys=(key_of(stated[0]),), weights=(1,), bounds=bounds) if len(stated) == 1 else None
    if kind is ClaimKind.SUBSET:
        whole, parts = claim.role("whole"), claim.role("part")
        if len(whole) != 1 or not parts:
            return None
        keys = tuple(key_of(o) for o in (*whole, *parts))
        below = Interval(low=None, high=Fraction(0))
        return Linear(index=index, keys=keys, weights=(-1, *[1] * len(parts)), bounds=below, loose=True)
    if kind is ClaimKind.UNIT and claim.form == "malformed":
        return Formed(index=index, keys=(key_of(claim.operands[0]),))
    if kind is ClaimKind.NUMBERING and claim.form == "ranked":
        return Rising(index=index, keys=tuple(key_of(o) for o in reversed(claim.operands)))
    if kind is ClaimKind.CHANGE and claim.form == "trend":
        ends = [key_of(o) for o in claim.operands]
        return Rising(index=index, keys=tuple(ends if claim.detail["trend"] == "increase" else reversed(ends)))
    return _quotient_of(index, outcome) if kind in QUOTIENTS else None


def _sum_of(index: int, outcome: Outcome) -> Linear | None:
    operands = outcome.claim.operands
    weights = tuple(_WEIGHTS.get(o.role, 0) for o in operands)
    named = sum(o.role in ("total", "stated") for o in operands)
    if 0 in weights or named > 1 or len(operands) < 2:
        return None
    # a column of shares needs no printed total to make 100
    bounds = _ZERO if named else Interval.point(_HUNDRED)
    return Linear(
        index=index,
        keys=tuple(key_of(o) for o in operands),
        weights=weights,
        bounds=bounds,
        # of two mentions of one figure neither is worked out from the other
        derived=None
        if outcome.claim.kind is ClaimKind.REPEAT
        else next((key_of(o) for o in operands if o.role in ("total", "stated")), None),
    )


def _quotient_of(index: int, outcome: Outcome) -> Quotient | Moved | None:
    claim = outcome.claim
    roles = tuple(o.role for o in claim.operands)
    if claim.kind is ClaimKind.CHANGE and sorted(roles) == ["by", "stated", "to"]:
        ends = (claim.role("stated")[0], claim.role("to")[0], claim.role("by")[0])
        sign = -1 if claim.detail.get("trend") == "decrease" else 1
        return Moved(index=index, keys=(key_of(ends[0]), key_of(ends[1]), key_of(ends[2])), sign=sign)
    above, below = _ENDS[claim.kind]
    stated, whole, parts = claim.role("stated"), claim.role(below), claim.role(above)
    if len(stated) != 1 or len(whole) != 1 or not parts or len(claim.operands) != 2 + len(parts):
        return None
    keys = tuple(key_of(o) for o in (*stated, *whole, *parts))
    if claim.kind is not ClaimKind.CHANGE:
        factor = _HUNDRED if claim.kind is ClaimKind.SHARE else int(claim.detail.get("per", "1"))
        return Quotient(index=index, keys=keys, factor=factor, is_cut=outcome.grade == Grade.TRUNCATION_ONLY)
    if len(parts) != 1:
        return None
    factor = -_HUNDRED if claim.detail.get("trend") == "decrease" else _HUNDRED
    return Quotient(index=index, keys=keys, factor=factor, base=-factor)


def key_of(operand: Operand) -> Key:
    """Return what identifies a figure: where it is printed."""
    return (operand.document, operand.start, operand.end)
