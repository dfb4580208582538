"""Rounding modes, digits, chances of gaps; means and deviations that whole numbers can and cannot give."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from statistics import stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.granularity import debit, grim, grim_power, grimmer, totals, variance_limits
from audit.quantity import Interval
from audit.rounding import Mode, excess_digits, gap_probability, rounded, significant_digits, unround

ONE, HALF = Fraction(1), Fraction(1, 2)


@pytest.mark.parametrize(
    ("mode", "interval"),
    [
        (Mode.NEAREST, Interval(low=5 - HALF, high=5 + HALF)),
        (Mode.HALF_UP, Interval(low=5 - HALF, high=5 + HALF, high_open=True)),
        (Mode.HALF_EVEN, Interval(low=5 - HALF, high=5 + HALF, low_open=True, high_open=True)),
        (Mode.TRUNCATE, Interval(low=Fraction(5), high=Fraction(6), high_open=True)),
        (Mode.AWAY, Interval(low=Fraction(4), high=Fraction(5), low_open=True)),
        (Mode.CEILING, Interval(low=Fraction(4), high=Fraction(5), low_open=True)),
    ],
)
def test_what_prints_as_five(mode: Mode, interval: Interval) -> None:
    assert unround(Fraction(5), ONE, mode) == interval


def test_truncation_goes_toward_zero_from_both_sides() -> None:
    assert unround(Fraction(-5), ONE, Mode.TRUNCATE) == Interval(low=Fraction(-6), high=Fraction(-5), low_open=True)
    assert unround(Fraction(0), ONE, Mode.TRUNCATE) == Interval(
        low=Fraction(-1), high=ONE, low_open=True, high_open=True
    )


@pytest.mark.parametrize(
    ("mode", "value", "result"),
    [
        (Mode.HALF_UP, "2.5", 3), (Mode.HALF_DOWN, "2.5", 2), (Mode.HALF_EVEN, "2.5", 2), (Mode.HALF_EVEN, "3.5", 4),
        (Mode.TRUNCATE, "-2.7", -2), (Mode.FLOOR, "-2.1", -3), (Mode.CEILING, "2.1", 3), (Mode.AWAY, "2.1", 3),
    ],
)  # fmt: skip
def test_rounding_to_the_unit(mode: Mode, value: str, result: int) -> None:
    assert rounded(Fraction(value), ONE, mode) == result


def test_a_mode_without_one_result_is_refused() -> None:
    with pytest.raises(ValueError, match="does not name one result"):
        rounded(HALF, ONE, Mode.NEAREST)


@given(
    st.fractions(-50, 50, max_denominator=40),
    st.sampled_from([m for m in Mode if m not in (Mode.NEAREST, Mode.EITHER_WAY)]),
)
def test_what_is_rounded_lies_in_what_prints_so(value: Fraction, mode: Mode) -> None:
    assert unround(rounded(value, ONE, mode), ONE, mode).holds(Interval.point(value))


def test_digits() -> None:
    assert excess_digits(Decimal("12123"), -3) == 123
    assert excess_digits(Decimal("12000"), -3) == 0
    assert significant_digits(Decimal("123400.0012"), 2) == 8
    assert significant_digits(Decimal("0.004"), 2) == 0


def test_chances_of_a_gap() -> None:
    assert gap_probability(2, 1) == Fraction(1, 4)
    assert gap_probability(3, 1) == Fraction(1, 3)
    assert gap_probability(3, 1, total_is_exact=True) == Fraction(1, 4)
    assert gap_probability(2, 2) == 0
    assert gap_probability(2, 0) == 1


def test_a_mean_of_28_whole_numbers() -> None:
    assert not grim(Decimal("5.19"), 28)  # 145/28 = 5.18, 146/28 = 5.21
    assert grim(Decimal("5.21"), 28)
    assert grim(Decimal("5.18"), 14, items=2)


def test_how_many_a_percentage_may_be_of() -> None:
    assert list(totals(Decimal(37), 8, percent=True)) == [3]
    assert list(totals(Decimal(33), 10, percent=True)) == []
    assert list(totals(Decimal(50), 0, percent=True)) == []


def test_the_power_of_the_test_ends_where_everything_is_possible() -> None:
    assert grim_power(Decimal("5.30"), 20) == Fraction(4, 5)
    assert grim_power(Decimal("5.30"), 200) == 0


samples = st.lists(st.integers(1, 7), min_size=2, max_size=30)


@given(samples)
def test_a_real_sample_passes_every_test(sample: list[int]) -> None:
    number = len(sample)
    mean = round(Decimal(sum(sample)) / number, 2)
    deviation = Decimal(f"{stdev(sample):.2f}")
    assert grim(mean, number)
    assert grimmer(mean, deviation, number)
    limits = variance_limits(mean, number, 1, 7)
    assert limits is not None
    assert limits[0] <= (Fraction(deviation) + Fraction(1, 100)) ** 2
    assert limits[1] >= max(Fraction(0), Fraction(deviation) - Fraction(1, 100)) ** 2


@given(st.lists(st.integers(0, 1), min_size=2, max_size=30))
def test_a_real_sample_of_zeros_and_ones_passes(sample: list[int]) -> None:
    assert debit(round(Decimal(sum(sample)) / len(sample), 2), Decimal(f"{stdev(sample):.2f}"), len(sample))


def test_impossible_deviations() -> None:
    assert not grimmer(Decimal("5.23"), Decimal("2.55"), 35)
    assert not debit(Decimal("0.50"), Decimal("0.40"), 100)  # a half of 100 gives 0.50
    assert not grimmer(Decimal("5.0"), Decimal("1.0"), 1)


def test_no_deviation_on_a_scale_of_one_answer() -> None:
    assert variance_limits(Decimal("5.0"), 10, 5, 5) == (0, 0)
    assert variance_limits(Decimal("8.0"), 10, 1, 7) is None
