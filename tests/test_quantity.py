"""What a printed figure stands for: exact counts, half units, hedges, trailing zeros; and interval arithmetic."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.quantity import Hedge, Interval, Measure, Quantity


def figure(
    value: str, step: str = "1", *, scale: str = "1", measure: Measure = Measure.COUNT, hedge: Hedge = Hedge.NONE
) -> Quantity:
    return Quantity(
        raw=value, value=Decimal(value), step=Decimal(step), scale=Decimal(scale), measure=measure, hedge=hedge
    )


def ends(interval: Interval) -> tuple[Fraction | None, Fraction | None]:
    return interval.low, interval.high


@pytest.mark.parametrize(
    ("quantity", "low", "high"),
    [
        (figure("47"), "47", "47"),
        (figure("47", measure=Measure.AMOUNT), "46.5", "47.5"),
        (figure("23", measure=Measure.PERCENT), "22.5", "23.5"),
        (figure("23.0", "0.1", measure=Measure.PERCENT), "22.95", "23.05"),
        (figure("16900", "100", scale="1000"), "16850", "16950"),
        (figure("4.25", "0.01", measure=Measure.MONEY), "4.25", "4.25"),
        (figure("1500", "1", measure=Measure.MONEY), "1499.5", "1500.5"),
        (figure("0"), "0", "0"),
    ],
)
def test_a_count_is_exact_and_everything_else_is_rounded_to_its_last_place(
    quantity: Quantity, low: str, high: str
) -> None:
    assert ends(quantity.interval) == (Fraction(low), Fraction(high))


def test_an_exact_figure_has_no_width() -> None:
    assert Quantity(raw="100", value=Decimal(100), measure=Measure.PERCENT, exact=True).half_width == 0


def test_a_known_rounding_unit_takes_the_place_of_the_printed_one() -> None:
    survey = Quantity(raw="47", value=Decimal(47), granule=Decimal(5))
    assert ends(survey.interval) == (Fraction(89, 2), Fraction(99, 2))


@pytest.mark.parametrize(
    ("hedge", "low", "high", "low_open", "high_open"),
    [
        (Hedge.OVER, 92, None, True, False),
        (Hedge.AT_LEAST, 92, None, False, False),
        (Hedge.UNDER, None, 92, False, True),
        (Hedge.AT_MOST, None, 92, False, False),
        (Hedge.NEARLY, None, 92, False, True),
        (Hedge.ABOUT, 91, 93, False, False),
    ],
)
def test_a_hedge_gives_its_hard_zone(
    hedge: Hedge, low: int | None, high: int | None, low_open: bool, high_open: bool
) -> None:
    assert figure("92", hedge=hedge).interval == Interval(
        low=None if low is None else Fraction(low),
        high=None if high is None else Fraction(high),
        low_open=low_open,
        high_open=high_open,
    )


def test_about_a_round_number_reaches_half_its_rounding_step() -> None:
    assert ends(figure("300", hedge=Hedge.ABOUT).interval) == (250, 350)


@pytest.mark.parametrize(
    ("quantity", "step"),
    [
        (figure("27800"), "100"),
        (figure("47"), "1"),
        (figure("2500000", "10000", scale="1000000"), "10000"),  # "2.50 million": the zero is significant
        (figure("20000", "1000", scale="1000"), "10000"),  # "20 thousand"
        (figure("0"), "1"),
        (figure("1" + "0" * 40), "1" + "0" * 40),
    ],
)
def test_trailing_zeros_allow_a_coarser_step(quantity: Quantity, step: str) -> None:
    assert quantity.round_step == Decimal(step)


def test_a_negative_factor_swaps_the_ends_and_their_openness() -> None:
    interval = Interval(low=Fraction(1), high=Fraction(3), high_open=True)
    assert interval.times(Fraction(-2)) == Interval(low=Fraction(-6), high=Fraction(-2), low_open=True)


def test_intervals_that_touch_meet_only_when_both_ends_are_closed() -> None:
    below, above = Interval(low=Fraction(0), high=Fraction(1)), Interval(low=Fraction(1), high=Fraction(2))
    assert below.meets(above)
    assert not Interval(low=Fraction(0), high=Fraction(1), high_open=True).meets(above)
    assert not below.meets(Interval(low=Fraction(1), high=None, low_open=True))


def test_a_quotient_takes_the_extreme_ends() -> None:
    part, whole = Interval(low=Fraction(1), high=Fraction(2)), Interval(low=Fraction(4), high=Fraction(8))
    assert part.over(whole) == Interval(low=Fraction(1, 8), high=Fraction(1, 2))
    assert (-part).over(whole) == Interval(low=Fraction(-1, 2), high=Fraction(-1, 8))


def test_a_quotient_needs_a_positive_divisor() -> None:
    part = Interval.point(3)
    assert part.over(Interval(low=Fraction(-2), high=Fraction(0))) is None
    assert (-part).over(Interval(low=Fraction(-2), high=Fraction(1))) is None
    assert part.over(Interval(low=Fraction(-2), high=Fraction(1))) == Interval(low=Fraction(3), high=None)


def test_a_quotient_by_something_without_upper_end_comes_as_near_to_zero_as_one_likes() -> None:
    over = Interval(low=Fraction(2), high=None, low_open=True)
    assert Interval.point(6).over(over) == Interval(low=Fraction(0), high=Fraction(3), low_open=True, high_open=True)


def test_an_interval_holds_another_only_with_its_ends() -> None:
    outer = Interval(low=Fraction(0), high=Fraction(1), low_open=True)
    assert outer.holds(Interval(low=Fraction(1, 2), high=Fraction(1)))
    assert not outer.holds(Interval(low=Fraction(0), high=Fraction(1)))
    assert outer.holds(Interval(low=Fraction(0), high=Fraction(1), low_open=True))
    assert not outer.holds(Interval(low=Fraction(1, 2), high=None))


fractions = st.fractions(min_value=-1000, max_value=1000, max_denominator=50)


@st.composite
def intervals(draw: st.DrawFn) -> tuple[Interval, Fraction]:
    """Draw an interval with a value inside it."""
    low, inside, high = sorted(draw(st.lists(fractions, min_size=3, max_size=3)))
    return Interval(low=low, high=high), inside


@given(intervals(), intervals(), fractions)
def test_interval_arithmetic_encloses_every_pair_of_values(
    one: tuple[Interval, Fraction], two: tuple[Interval, Fraction], factor: Fraction
) -> None:
    (a, x), (b, y) = one, two
    assert (a + b).holds(Interval.point(x + y))
    assert (a - b).holds(Interval.point(x - y))
    assert a.times(factor).holds(Interval.point(x * factor))
    quotient = a.over(b)
    if quotient is not None and y > 0:
        assert quotient.holds(Interval.point(x / y))
