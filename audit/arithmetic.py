"""The arithmetic of printed figures: a stated figure against what its operands allow, with the class of the verdict.

Everything is exact: values come in as `Decimal`, verdicts are decided in `Decimal` under a context that traps
inexact results, or in `Fraction`; a binary float never enters. All values are in full units, percentages as
printed. Rounding is to the nearest with unknown ties (closed ends, XBRL Calculations 1.1); a relation that fails
is tried with every figure truncated and with the coarser steps that trailing zeros allow. A document that says its
figures are rounded, or to which step, is heard before: its figures come with a `granule`.

No function raises for what is printed. A relation that is not defined (a share of nothing, a growth from a loss) is
`not_checkable`; only a wrong number of weights is a `ValueError`.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow
from fractions import Fraction
from typing import TYPE_CHECKING

from audit.quantity import Hedge, Interval, Measure, Quantity
from audit.rounding import Mode, unround
from audit.verification import (
    Grade,
    Verification,
    at_step,
    graded,
    overlap,
    result_of,
    rounding_steps,
    shared_step,
    truncated,
    undefined,
    weigh,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = [
    "Grade",
    "Verification",
    "Weight",
    "verify_average",
    "verify_change",
    "verify_difference",
    "verify_multiple",
    "verify_order",
    "verify_restatement",
    "verify_share",
    "verify_sum",
    "word_multiple",
]

Weight = int | Decimal
_ONE = Decimal(1)
_NOTHING = Fraction(0)
_EXACT = Context(prec=120, traps=[Inexact, InvalidOperation, DivisionByZero, Overflow])
_TWICE = Fraction(11, 10)  # rounded twice, a figure may lie a tenth beyond its half unit
_PLAIN = (Hedge.NONE, Hedge.ABOUT)  # of one step both are the figure itself, or both about it
_WIDE = 20  # percentage points: a growth rate known no better than this says nothing


def verify_sum(total: Quantity, parts: Sequence[Quantity], weights: Sequence[Weight] | None = None) -> Verification:
    """Judge total = sum of weight x part, all in one unit; without `weights` every part counts once.

    The gap must not exceed the half units of all figures together, each times its weight: for figures of one unit
    |D| <= (n+1)/2. Fails it, the figures are taken as all cut off (`truncation_only`), then as rounded to a coarser
    step that their trailing zeros allow (`within_rounding_if_rounded`, with its `granule`).
    Source: XBRL Calculations 1.1 (weighted sums of closed intervals, overlap; half-open ones for truncation).
    """
    signs = [_ONE] * len(parts) if weights is None else [Decimal(w) for w in weights]
    if total.hedge is not Hedge.NONE or any(p.hedge is not Hedge.NONE for p in parts):
        return _hedged_sum(total, parts, signs)
    try:
        nominal, reach, half = _added(total, parts, signs)
        gap = _EXACT.subtract(total.value, nominal)
        allowance = _EXACT.add(reach, half)
    except (Inexact, InvalidOperation, Overflow):
        return _hedged_sum(total, parts, signs)
    # most figures are counts that add up, of which one number says all: a fraction costs as much as ten additions
    middle = Fraction(nominal)
    spread = Fraction(reach) if reach else _NOTHING
    size = abs(gap)
    granule = None
    if not size:
        grade = Grade.EXACT
    elif size <= allowance:
        grade = Grade.BOUNDARY if size == allowance else Grade.WITHIN_ROUNDING
    else:
        grade, granule = _failed_sum(total, parts, signs)
    return Verification(
        grade=grade,
        stated=Fraction(total.value) if size else middle,
        computed=Interval(low=middle - spread, high=middle + spread) if reach else Interval(low=middle, high=middle),
        nominal=middle,
        gap=Fraction(gap) if size else _NOTHING,
        allowance=Fraction(allowance) if allowance else _NOTHING,
        granule=granule,
    )


def _added(total: Quantity, parts: Sequence[Quantity], signs: Sequence[Decimal]) -> tuple[Decimal, Decimal, Decimal]:
    """Return (sum of the values, sum of the half widths, half width of the total), exactly or not at all."""
    nominal = reach = Decimal(0)
    add = _EXACT.add
    for part, sign in zip(parts, signs, strict=True):
        half = part.half_width
        if sign is _ONE:
            nominal = add(nominal, part.value)
        else:
            nominal = _EXACT.fma(sign, part.value, nominal)
            half = _EXACT.multiply(half, abs(sign))
        if half:
            reach = add(reach, half)
    return nominal, reach, total.half_width


def _failed_sum(total: Quantity, parts: Sequence[Quantity], signs: Sequence[Decimal]) -> tuple[Grade, Fraction | None]:
    """Return how a sum that fails as printed could have come about: by truncation, or by rounding to a coarser step."""
    figures = (total, *parts)
    if any(f.half_width for f in figures):
        cut = _combined([truncated(p) for p in parts], signs)
        if truncated(total).meets(cut):
            return Grade.TRUNCATION_ONLY, None
    shared = shared_step(figures)
    if shared is not None and shared > total.step:
        coarse = [f if f.exact else replace(f, granule=shared) for f in figures]
        if coarse[0].interval.meets(_combined([c.interval for c in coarse[1:]], signs)):
            return Grade.WITHIN_ROUNDING, Fraction(shared)
        return Grade.INCONSISTENT, None
    for granule in rounding_steps(figures):
        coarse = [at_step(f, granule) for f in figures]
        if overlap(coarse[0].interval, _combined([c.interval for c in coarse[1:]], signs)):
            return Grade.IF_ROUNDED, Fraction(granule)
    return Grade.INCONSISTENT, None


def _combined(intervals: Sequence[Interval], signs: Sequence[Decimal]) -> Interval:
    together = Interval.point(0)
    for interval, sign in zip(intervals, signs, strict=True):
        together = together + (interval if sign is _ONE else interval.times(Fraction(sign)))
    return together


def _hedged_sum(total: Quantity, parts: Sequence[Quantity], signs: Sequence[Decimal]) -> Verification:
    values = [Fraction(p.value) * Fraction(s) for p, s in zip(parts, signs, strict=True)]
    nominal = sum(values, Fraction(0))
    reach = sum((Fraction(p.half_width) * Fraction(abs(s)) for p, s in zip(parts, signs, strict=True)), Fraction(0))
    computed = _combined([p.interval for p in parts], signs)
    return weigh(total, computed, nominal, Interval(low=nominal - reach, high=nominal + reach))


def verify_difference(stated: Quantity, start: Quantity, less: Quantity) -> Verification:
    """Judge stated = start - less, all in one unit; for figures of one unit a gap of one unit is rounding.

    Statistical offices print the rounded difference of unrounded values. Source: as for a sum, with weights 1 and -1.
    """
    return verify_sum(stated, (start, less), (1, -1))


def verify_share(share: Quantity, part: Quantity, whole: Quantity, factor: int = 100) -> Verification:
    """Judge share = factor x part / whole (factor 100: per cent); the whole must be positive.

    The share is in the unit of `factor`, the others are in one unit. With exact counts the quotient is a point and the
    test is that it prints as the share, under any tie rule. Cut off instead of rounded it is `truncation_only`; a tenth
    beyond its half unit, as figures rounded twice are, it is `forced_or_double_rounding`.
    Source: division of intervals (Moore 1966), the ends as in XBRL Calculations 1.1.
    """
    if whole.value <= 0:
        return undefined(share)
    scale = Fraction(factor)
    return _quotient(share, part, whole, lambda ratio: ratio.times(scale))


def verify_average(stated: Quantity, total: Quantity, number: Quantity) -> Verification:
    """Judge stated = total / number (positive), in units of the total for each of the number.

    An average is rounded to its last place even when what it averages is counted. Source: as for a share; what a mean
    of whole numbers may be at all is in `granularity` (Brown and Heathers 2017).
    """
    if number.value <= 0:
        return undefined(stated)
    return _quotient(stated, total, number, lambda ratio: ratio)


def verify_change(stated: Quantity, before: Quantity, after: Quantity, *, falls: bool = False) -> Verification:
    """Judge stated per cent = 100 x (after / before - 1), or its negative when the words say that it falls.

    Both ends are in one unit. Not checkable when the base is not positive. Where rounding leaves more than 20
    percentage points open a match says nothing (`uninformative`). Source: as for a share; reports compute growth from
    unrounded values, so that the ends are intervals even where they are printed to one unit.
    """
    if before.value <= 0:
        return undefined(stated)
    sign = Fraction(-100 if falls else 100)
    one = Interval.point(-1)
    said = _quotient(stated, after, before, lambda ratio: (ratio + one).times(sign))
    low, high = said.computed.low, said.computed.high
    if said.grade.holds and (low is None or high is None or high - low > _WIDE):
        return graded(said, Grade.UNINFORMATIVE)
    return said


def verify_multiple(stated: Quantity, before: Quantity, after: Quantity, *, more: bool = False) -> Verification:
    """Judge after = stated x before, both ends in one unit; "times more" (`more`) may mean one time more than it says.

    Not checkable when the base is not positive. Source: as for a share.
    """
    if before.value <= 0:
        return undefined(stated)
    said = _quotient(stated, after, before, lambda ratio: ratio)
    if not more or said.grade.holds:
        return said
    one = Interval.point(-1)
    other = _quotient(stated, after, before, lambda ratio: ratio + one)
    return other if other.grade.holds else said


def word_multiple(word: str, value: Decimal) -> Quantity:
    """Return the factor a bare word stands for: "doubled" is 2 give or take five per cent."""
    return Quantity(raw=word, value=value, step=value / 10, measure=Measure.AMOUNT)


def verify_restatement(stated: Quantity, other: Quantity) -> Verification:
    """Judge that two figures are the same quantity: equal at one step, overlapping at two.

    Both are in full units. Of two figures of one step a touching end does not make them equal; of two steps the coarser
    must be a rounding of the finer, or `truncation_only`. Source: the duplicate rules of XBRL OIM (complete, consistent
    and inconsistent duplicates).
    """
    coarse, fine = (stated, other) if stated.step >= other.step else (other, stated)
    computed, nominal = other.interval, Fraction(other.value)
    if stated.hedge is other.hedge in _PLAIN and stated.half_width == other.half_width != 0:
        computed = Interval.point(nominal)
        if stated.value != other.value:
            return result_of(Grade.INCONSISTENT, stated, computed, nominal, Fraction(0))
    said = weigh(stated, computed, nominal, computed if other.hedge is Hedge.NONE else Interval.point(nominal))
    if said.grade is not Grade.INCONSISTENT:
        return said
    if coarse.half_width and truncated(coarse).meets(truncated(fine)):
        return graded(said, Grade.TRUNCATION_ONLY)
    for granule in rounding_steps((stated, other)):
        if overlap(at_step(stated, granule).interval, at_step(other, granule).interval):
            return graded(said, Grade.IF_ROUNDED, Fraction(granule))
    return said


def verify_order(smaller: Quantity, larger: Quantity) -> Verification:
    """Judge smaller <= larger, both in one unit; only intervals disjoint the wrong way round contradict it.

    Source: order of intervals (Fishburn 1985): one lies before another only when they share no value.
    """
    low, high = smaller.interval.low, larger.interval.high
    nominal = Fraction(larger.value)
    if Fraction(smaller.value) <= nominal:
        grade = Grade.EXACT
    else:
        grade = Grade.INCONSISTENT if low is not None and high is not None and low > high else Grade.WITHIN_ROUNDING
    allowance = Fraction(smaller.half_width) + Fraction(larger.half_width)
    return result_of(grade, smaller, larger.interval, nominal, allowance)


def _quotient(stated: Quantity, above: Quantity, below: Quantity, then: Callable[[Interval], Interval]) -> Verification:
    """Judge a stated ratio; it is rounded to its own last place whatever it measures, for a quotient is no count."""
    ratio = above.interval.over(below.interval)
    nominal = then(Interval.point(Fraction(above.value) / Fraction(below.value))).low
    if ratio is None or nominal is None:
        return undefined(stated)
    plain = above.hedge is below.hedge is Hedge.NONE
    computed = then(ratio)
    step = Decimal(0) if stated.exact else stated.step
    said = weigh(stated, computed, nominal, computed if plain else Interval.point(nominal), Fraction(step) / 2)
    if said.grade is not Grade.INCONSISTENT or stated.hedge is not Hedge.NONE or not plain:
        return said
    cut = truncated(above).over(truncated(below))
    printed = unround(Fraction(stated.value), Fraction(step), Mode.TRUNCATE) if step else Interval.point(stated.value)
    if cut is not None and step and printed.meets(then(cut)):
        return graded(said, Grade.TRUNCATION_ONLY)
    rho = said.ratio
    return graded(said, Grade.TWICE_ROUNDED) if rho is not None and rho <= _TWICE else said
