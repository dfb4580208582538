"""The class of a verdict: how a stated figure lies to what its operands allow, hedges and coarser steps included.

Sources: closed intervals and overlap from XBRL Calculations 1.1; the ladder of steps (1, 2.5 and 5 x 10^k) that
trailing zeros leave open and the zones of hedges from Cummins, Sauerland and Solt 2012 on round numbers.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from audit.quantity import Hedge, Interval, Measure, Quantity
from audit.records import StrEnum, dataclass
from audit.rounding import Mode, unround

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

_SIGNIFICANT = 50  # nobody rounds a figure by more than one per cent without saying so
_CHANCE = 1000
_EVIDENCE = 10  # more figures than this add nothing
_ALWAYS_AS_PRINTED = (Measure.PERCENT, Measure.POINTS)
_EXACT = (Hedge.ABOUT, Hedge.AT_LEAST)  # "more than 143" may be 144
_COUNTED = 20  # people say "some dozen" of less
_ROUND = 100  # two trailing zeros are the least that makes an exact figure look rounded


class Grade(StrEnum):
    """The class of a verdict, from an exact match to a contradiction."""

    EXACT = "exact"
    WITHIN_ROUNDING = "within_rounding"
    BOUNDARY = "boundary"
    IF_ROUNDED = "within_rounding_if_rounded"
    TRUNCATION_ONLY = "truncation_only"
    TWICE_ROUNDED = "forced_or_double_rounding"
    WITHIN_HEDGE = "within_hedge"
    ODD = "consistent_but_odd"
    HEDGE_VIOLATED = "hedge_violated"
    NOT_DECIDABLE = "not_decidable"
    INCONSISTENT = "inconsistent"
    UNINFORMATIVE = "uninformative"
    NOT_CHECKABLE = "not_checkable"

    @property
    def holds(self) -> bool:
        """Say whether the stated figure can be true as printed."""
        return self in _HOLDS


_HOLDS = frozenset({Grade.EXACT, Grade.WITHIN_ROUNDING, Grade.BOUNDARY, Grade.WITHIN_HEDGE, Grade.ODD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What the arithmetic says of a stated figure.

    `computed` are the values its operands allow and `nominal` the one their printed values give; `gap` is stated
    minus nominal and `allowance` (H) how much of it rounding can explain. `granule` is the step at which a
    relation would hold that fails as printed.
    """

    grade: Grade
    stated: Fraction
    computed: Interval
    nominal: Fraction
    gap: Fraction
    allowance: Fraction
    granule: Fraction | None = None

    @property
    def ratio(self) -> Fraction | None:
        """Return rho, the gap in units of what rounding can explain; None when it can explain nothing of a gap."""
        if self.allowance == 0:
            return Fraction(0) if self.gap == 0 else None
        return abs(self.gap) / self.allowance


def truncated(figure: Quantity) -> Interval:
    """Return the values that print as a figure when digits are cut off instead of rounded; exact figures stay exact."""
    unit = 2 * Fraction(figure.half_width)
    value = Fraction(figure.value)
    return unround(value, unit, Mode.TRUNCATE) if unit else Interval.point(value)


def shared_step(figures: Sequence[Quantity]) -> Decimal | None:
    """Return the step all figures of a relation are evidently rounded to, or None when chance explains it as well.

    Figures rounded to `step` only would all be multiples of a coarser one with the chance (step/coarser)^(n-1);
    a chance up to 1 in 1,000 is taken as evidence, as long as the largest figure keeps two digits.
    """
    rounded = [f for f in figures if f.value and not f.exact]
    if len(rounded) < 2 or any(f.measure in _ALWAYS_AS_PRINTED or f.granule is not None for f in rounded):
        return None
    step = min(f.round_step for f in rounded)
    printed = max(f.step for f in rounded)
    if (step / printed) ** min(len(rounded) - 1, _EVIDENCE) < _CHANCE or max(
        abs(f.value) for f in rounded
    ) < _SIGNIFICANT * step:
        return None
    return step


def is_no_rounding(total: Quantity, parts: Sequence[Quantity]) -> bool:
    """Say whether neither a hedge nor rounding explains that parts do not make up a total, by how all are printed.

    "Some 77 children", told by parts that are counted, are no 80; and where all figures but one end in zeros, the one
    digit that is no zero is the gap: "more than 65,600, comprising 24,508 ..., 14,500 ..., 14,200 ... and 12,400 ...".
    The others end in zeros by chance once in (step / printed step)^n times; 1 in 1,000 is taken as evidence.
    """
    figures = (total, *parts)
    gap = total.value - sum(p.value for p in parts)
    if not gap or any(f.measure is not Measure.COUNT or f.scale != 1 or f.step != 1 for f in figures):
        return False
    plain = all(p.hedge is Hedge.NONE for p in parts)
    if total.hedge in _EXACT and total.round_step == 1 and plain and total.value >= _COUNTED:
        return True
    one_digit = len(str(abs(gap)).rstrip("0")) == 1
    return one_digit and any(_is_odd(f, -gap if place else gap, figures) for place, f in enumerate(figures))


def _is_odd(figure: Quantity, excess: Decimal, figures: Sequence[Quantity]) -> bool:
    others = [f.round_step for f in figures if f is not figure]
    step = min(others)
    round_enough = step ** min(len(others), _EVIDENCE) >= _CHANCE and abs(excess) < step
    return round_enough and figure.round_step < step and (figure.value - excess) % step == 0


def rounding_steps(figures: Sequence[Quantity]) -> list[Decimal]:
    """Return the steps figures with trailing zeros may have been rounded to (1, 2.5, 5 x 10^k), finest first."""
    steps: set[Decimal] = set()
    for figure in figures:
        if figure.measure in _ALWAYS_AS_PRINTED or figure.exact or figure.granule is not None:
            continue
        top = figure.round_step
        if top < _ROUND * figure.step:
            continue
        step = figure.step * 10
        while step <= top and abs(figure.value) >= _SIGNIFICANT * step / 4:
            steps.update(s for s in (step / 4, step / 2, step) if _may_be_rounded(figure, s))
            step *= 10
    return sorted(steps)


def _may_be_rounded(figure: Quantity, granule: Decimal) -> bool:
    return abs(figure.value) >= _SIGNIFICANT * granule and Fraction(figure.value) % Fraction(granule) == 0


def overlap(left: Interval, right: Interval) -> bool:
    """Say whether two intervals share more than an end point: a coarser step is no excuse that also needs ties."""
    return replace(left, low_open=True, high_open=True).meets(right)


def at_step(figure: Quantity, granule: Decimal) -> Quantity:
    """Return a figure read as rounded to a step, when it is a multiple of it and large enough; else as it was."""
    if figure.exact or granule <= figure.step or not _may_be_rounded(figure, granule):
        return figure
    return replace(figure, granule=granule)


def weigh(
    stated: Quantity, computed: Interval, nominal: Fraction, rounded: Interval, half: Fraction | None = None
) -> Verification:
    """Grade a stated figure against what its operands allow; `rounded` is the same without their hedges."""
    value = Fraction(stated.value)
    gap = value - nominal
    if half is None:
        half = Fraction(stated.half_width)
    ends = (rounded.low if gap < 0 else rounded.high, nominal)
    allowance = half + (abs(ends[0] - nominal) if ends[0] is not None else Fraction(0))
    result = result_of(Grade.EXACT, stated, computed, nominal, allowance)
    if stated.hedge is not Hedge.NONE:
        return graded(result, _hedged(stated, computed, gap, allowance))
    if gap == 0:
        return result
    if abs(gap) <= allowance:
        return graded(result, Grade.BOUNDARY if abs(gap) == allowance else Grade.WITHIN_ROUNDING)
    printed = Interval(low=value - half, high=value + half)
    return graded(result, Grade.WITHIN_HEDGE if printed.meets(computed) else Grade.INCONSISTENT)


def _hedged(stated: Quantity, computed: Interval, gap: Fraction, allowance: Fraction) -> Grade:
    """Grade a hedged figure: outside its hard zone the words are false, outside its soft zone they are odd."""
    zone = stated.interval
    if not zone.meets(computed):
        near = stated.hedge is Hedge.NEARLY and stated.measure is Measure.PERCENT
        if near and abs(gap) <= Fraction(stated.half_width):
            return Grade.WITHIN_ROUNDING  # "nearly 60 per cent" of what is 60.1 reads as rounded
        return Grade.HEDGE_VIOLATED
    if stated.hedge is not Hedge.ABOUT and not zone.holds(computed):
        return Grade.NOT_DECIDABLE
    if gap == 0:
        return Grade.EXACT
    if abs(gap) <= allowance:
        return Grade.WITHIN_ROUNDING
    return Grade.WITHIN_HEDGE if soft_zone(stated).meets(computed) else Grade.ODD


def soft_zone(figure: Quantity) -> Interval:
    """Return the values a hedged figure suggests; outside it the wording is odd, never false.

    "More than 92" suggests less than 93 and "up to 40" more than 30: modified numerals imply a bound at the next
    point of their own granularity (Cummins, Sauerland and Solt 2012). "Nearly" reaches five per cent down.
    """
    value, step = Fraction(figure.value), Fraction(max(figure.round_step, figure.step))
    if figure.hedge in (Hedge.OVER, Hedge.AT_LEAST):
        return Interval(low=value, high=value + step)
    if figure.hedge in (Hedge.UNDER, Hedge.AT_MOST):
        return Interval(low=value - step, high=value)
    if figure.hedge is Hedge.NEARLY:
        return Interval(low=value - max(Fraction(figure.step) / 2, abs(value) / 20), high=value)
    zone = figure.interval
    if figure.hedge is Hedge.ABOUT and zone.low is not None and zone.high is not None:
        return Interval(low=(zone.low + value) / 2, high=(zone.high + value) / 2)
    return zone


def undefined(stated: Quantity) -> Verification:
    """Return the verification of a relation that is not defined, such as a share of nothing."""
    nothing = Interval(low=None, high=None)
    return Verification(
        grade=Grade.NOT_CHECKABLE, stated=Fraction(stated.value), computed=nothing,
        nominal=Fraction(0), gap=Fraction(0), allowance=Fraction(0),
    )  # fmt: skip


def result_of(
    grade: Grade, stated: Quantity, computed: Interval, nominal: Fraction, allowance: Fraction
) -> Verification:
    """Return a verification with its gap."""
    value = Fraction(stated.value)
    return Verification(
        grade=grade, stated=value, computed=computed, nominal=nominal, gap=value - nominal, allowance=allowance
    )


def graded(said: Verification, grade: Grade, granule: Fraction | None = None) -> Verification:
    """Return the same figures with another grade."""
    return replace(said, grade=grade, granule=granule)
