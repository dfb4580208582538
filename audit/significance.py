"""Reported tests of significance: the p-value a statistic and its degrees of freedom give, against the printed one.

The one place where numbers are floats: tail areas are transcendental, so they are computed to about 14 digits and
then compared at the digits the report prints. The statistic stands for an interval of half a unit of its last place
to either side, the degrees of freedom are exact, and the p-value is wrong when it lies outside what that interval
gives, rounded to the printed digits (the procedure of statcheck, Nuijten et al. 2016).

Tails by the continued fractions of the incomplete beta and gamma functions (Abramowitz and Stegun 26.5.8, 6.5.31).
"""

from __future__ import annotations

from decimal import Decimal
from math import erfc, exp, inf, lgamma, log, log1p, sqrt

from audit.records import StrEnum, dataclass

_TINY = 1e-300
_CLOSE = 1e-16
_STEPS = 100_000
_ALPHA = Decimal("0.05")
_LARGEST = Decimal(10**7)  # of a statistic or its degrees of freedom; no study has more, and a hostile text may
_LEAST_DEGREES = Decimal("0.1")
_PLACES = 20


class Test(StrEnum):
    """The tests whose p-value follows from the statistic and its degrees of freedom."""

    __test__ = False  # a word of the field, not a test of ours

    T = "t"
    R = "r"
    Z = "z"
    F = "F"
    CHI2 = "chi2"
    Q = "Q"

    @property
    def has_two_tails(self) -> bool:
        """Say whether the p-value counts both tails."""
        return self in (Test.T, Test.R, Test.Z)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A reported result as printed: "t(28) = 2.20, p < .05".

    `relation` and `p_relation` are "=", "<" or ">"; a `p` of None stands for "n.s.". F has its two degrees of freedom
    in order, chi2 and Q their one in `first`, t and r in `second`.
    """

    test: Test
    value: Decimal
    p: Decimal | None
    first: Decimal | None = None
    second: Decimal | None = None
    relation: str = "="
    p_relation: str = "="
    one_tailed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tail:
    """The p-values a printed result allows: of the statistic as printed, and of the ends of its interval.

    `is_wrong` says that the printed p-value is none of them, `turns` that it is on the other side of the level of
    significance as well; `needs_one_tail` that it is right only for one tail, which the text does not say.
    """

    nominal: float
    low: float
    high: float
    is_wrong: bool
    turns: bool
    needs_one_tail: bool = False


def verify_p(
    result: Result, *, alpha: Decimal = _ALPHA, equal_is_significant: bool = True, zero_is_wrong: bool = True
) -> Tail | None:
    """Return what the printed p-value is worth, or None when the result has none.

    It has none without the degrees of freedom of its test, for |r| > 1, and for numbers beyond those of any study
    (more than ten million, more than 20 decimals). `alpha` is the level of significance; a p-value of zero is wrong as
    such, since no result is impossible.
    """
    if not _is_usual(result):
        return None
    ends = _ends(result)
    if ends is None:
        return None
    nominal, low, high = ends
    wrong = _is_wrong(result, low, high, alpha)
    single = False
    if wrong and result.test.has_two_tails:
        single = not _is_wrong(result, low / 2, high / 2, alpha)
        if single and result.one_tailed:
            nominal, low, high, wrong, single = nominal / 2, low / 2, high / 2, False, False
    if zero_is_wrong and result.p is not None and not result.p:
        wrong = True
    turns = wrong and _turns(result, nominal, alpha, equal_is_significant=equal_is_significant)
    return Tail(nominal=nominal, low=low, high=high, is_wrong=wrong, turns=turns, needs_one_tail=single)


def _is_usual(result: Result) -> bool:
    degrees = [d for d in (result.first, result.second) if d is not None]
    numbers = (result.value, *degrees, *(() if result.p is None else (result.p,)))
    return (
        all(n.is_finite() and abs(n) <= _LARGEST and int(n.as_tuple().exponent) >= -_PLACES for n in numbers)
        and all(d >= _LEAST_DEGREES for d in degrees)
        and (result.p is None or 0 <= result.p <= 1)
    )


def _ends(result: Result) -> tuple[float, float, float] | None:
    half = Decimal(1).scaleb(int(result.value.as_tuple().exponent)) / 2
    size = abs(result.value)
    found = [p_value(result, x) for x in (size, size + half, max(Decimal(0), size - half))]
    if result.test is Test.R and found[1] is None:
        found[1] = 0.0
    if any(p is None for p in found):
        return None
    nominal, low, high = (p for p in found if p is not None)
    return nominal, low, high


def _is_wrong(result: Result, low: float, high: float, alpha: Decimal) -> bool:
    """Say whether a printed p-value contradicts the p-values its statistic allows.

    A statistic that is only bounded ("t < 2.2") bounds its p-value on one side.
    """
    relation, stated = result.p_relation, result.p
    if stated is None:
        relation, stated = ">", alpha
    places = Decimal(1).scaleb(min(0, int(stated.as_tuple().exponent)))
    below, above = Decimal(low), Decimal(high)
    if relation == "=":
        too_low = stated < below.quantize(places)
        too_high = stated > above.quantize(places)
    else:
        too_low, too_high = relation == "<" and stated <= below, relation == ">" and stated >= above
    if result.relation == "<":
        return too_low
    if result.relation == ">":
        return too_high
    return too_low or too_high


def _turns(result: Result, nominal: float, alpha: Decimal, *, equal_is_significant: bool) -> bool:
    """Say whether the printed p-value and the computed one lie on different sides of the level."""
    stated = result.p if result.p is not None else alpha
    computed = Decimal(nominal)
    here = computed <= alpha if equal_is_significant else computed < alpha
    if result.p is None or (result.p_relation == ">" and stated >= alpha):
        return here
    if result.p_relation == "<":
        return stated <= alpha and not here
    if result.p_relation == ">":
        return False
    there = stated <= alpha if equal_is_significant else stated < alpha
    return here != there


def p_value(result: Result, statistic: Decimal) -> float | None:
    """Return the p-value (0 to 1) of a statistic under a result's test: two tails for t, r and z, the upper tail else.

    None where the degrees of freedom that the test needs are missing or not positive, and for |r| > 1. An r with n - 2
    degrees of freedom is a t of r x sqrt(df / (1 - r x r)).
    """
    size = float(abs(statistic))
    first = float(result.first) if result.first is not None else 0.0
    second = float(result.second) if result.second is not None else 0.0
    if result.test is Test.Z:
        return erfc(size / sqrt(2))
    if result.test in (Test.CHI2, Test.Q):
        return upper_gamma(first / 2, size / 2) if first > 0 else None
    if second <= 0 or (result.test is Test.F and first <= 0):
        return None
    if result.test is Test.F:
        return lower_beta(second / 2, first / 2, second / (second + first * size))
    if result.test is Test.R:
        if size > 1:
            return None
        size = size * sqrt(second / (1 - size * size)) if size < 1 else inf
    return lower_beta(second / 2, 0.5, second / (second + size * size)) if size < inf else 0.0


def lower_beta(a: float, b: float, x: float) -> float:
    """Return the regularized incomplete beta function I_x(a, b), 0 <= x <= 1 (Abramowitz and Stegun 26.5.8)."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _beta_fraction(a, b, x) / a
    return 1 - front * _beta_fraction(b, a, 1 - x) / b


def _beta_fraction(a: float, b: float, x: float) -> float:
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    total = d
    for m in range(1, _STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        step = 1.0
        for part in (even, odd):
            d = 1 / _away(1 + part * d)
            c = _away(1 + part / c)
            step = c * d
            total *= step
        if abs(step - 1) < _CLOSE:
            break
    return total


def upper_gamma(a: float, x: float) -> float:
    """Return the regularized upper incomplete gamma function Q(a, x) (Abramowitz and Stegun 6.5.29, 6.5.31)."""
    if x <= 0:
        return 1.0
    front = exp(a * log(x) - x - lgamma(a))
    if x < a + 1:
        term = total = 1 / a
        for n in range(1, _STEPS):
            term *= x / (a + n)
            total += term
            if term < total * _CLOSE:
                break
        return 1 - front * total
    b = x + 1 - a
    c, d = 1 / _TINY, 1 / _away(b)
    total = d
    for n in range(1, _STEPS):
        b += 2
        d = 1 / _away(-n * (n - a) * d + b)
        c = _away(b - n * (n - a) / c)
        total *= c * d
        if abs(c * d - 1) < _CLOSE:
            break
    return front * total


def _away(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
