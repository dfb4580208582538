"""Verdicts on sums, differences, shares, averages, changes, multiples, restatements and orders."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from audit.arithmetic import (
    Grade,
    verify_average,
    verify_change,
    verify_difference,
    verify_multiple,
    verify_order,
    verify_restatement,
    verify_share,
    verify_sum,
    word_multiple,
)
from audit.quantity import Hedge, Interval, Measure, Quantity

AMOUNT, PERCENT = Measure.AMOUNT, Measure.PERCENT


def figure(text: str, measure: Measure = Measure.COUNT, hedge: Hedge = Hedge.NONE) -> Quantity:
    """Read "8.1" or "16.9k" as printed; k is thousand."""
    scale = Decimal(1000) if text.endswith("k") else Decimal(1)
    number = Decimal(text.removesuffix("k"))
    step = Decimal((0, (1,), int(number.as_tuple().exponent))) * scale
    return Quantity(raw=text, value=number * scale, step=step, scale=scale, measure=measure, hedge=hedge)


def figures(*texts: str, measure: Measure = Measure.COUNT) -> list[Quantity]:
    return [figure(text, measure) for text in texts]


def test_counts_that_add_up_are_exact() -> None:
    said = verify_sum(figure("67"), figures("27", "40"))
    assert (said.grade, said.gap, said.allowance, said.nominal) == (Grade.EXACT, 0, 0, 67)


def test_counts_that_do_not_add_up_leave_rounding_no_part() -> None:
    said = verify_sum(figure("47"), figures("27", "40"))
    assert (said.grade, said.gap, said.allowance, said.ratio) == (Grade.INCONSISTENT, -20, 0, None)


def test_counts_one_off_are_no_rounding_and_no_truncation() -> None:
    assert verify_sum(figure("29"), figures("15", "12")).grade is Grade.INCONSISTENT
    assert verify_sum(figure("29"), figures("15", "13")).grade is Grade.INCONSISTENT


def test_rounded_figures_may_miss_by_half_a_unit_each() -> None:
    said = verify_sum(figure("8.0", AMOUNT), figures("4.2", "3.7", measure=AMOUNT))
    assert (said.grade, said.gap, said.allowance) == (Grade.WITHIN_ROUNDING, Fraction(1, 10), Fraction(3, 20))
    assert said.computed == Interval(low=Fraction(39, 5), high=Fraction(8))


def test_a_gap_of_all_half_units_needs_ties_everywhere() -> None:
    assert verify_sum(figure("2", AMOUNT), figures("0", "0", "0", measure=AMOUNT)).grade is Grade.BOUNDARY


def test_five_amounts_may_have_been_truncated_where_rounding_fails() -> None:
    parts = figures("1", "1", "1", "1", "1", measure=AMOUNT)
    assert verify_sum(figure("9", AMOUNT), parts).grade is Grade.TRUNCATION_ONLY
    assert verify_sum(figure("10", AMOUNT), parts).grade is Grade.INCONSISTENT


def test_shares_of_an_exact_hundred() -> None:
    hundred = Quantity(raw="100", value=Decimal(100), exact=True)
    assert verify_sum(hundred, figures("33", "33", "33", measure=PERCENT)).grade is Grade.WITHIN_ROUNDING
    assert verify_sum(hundred, figures("26", "26", "26", "25", measure=PERCENT)).grade is Grade.INCONSISTENT


def test_weights_subtract() -> None:
    assert verify_sum(figure("50"), figures("60", "25", "15"), [1, -1, 1]).grade is Grade.EXACT
    said = verify_difference(figure("0.3", AMOUNT), figure("63.3", AMOUNT), figure("63.1", AMOUNT))
    assert (said.grade, said.gap, said.allowance) == (Grade.WITHIN_ROUNDING, Fraction(1, 10), Fraction(3, 20))


def test_numbers_too_long_for_the_fast_way_are_added_exactly() -> None:
    long = "1" * 150
    assert verify_sum(figure(long), figures(long, "0")).grade is Grade.EXACT
    assert verify_sum(figure(long), figures(long, "1")).grade is Grade.INCONSISTENT


def test_a_round_total_of_uneven_parts_holds_only_if_it_was_rounded() -> None:
    said = verify_sum(figure("27800"), figures("16912", "10900"))
    assert (said.grade, said.granule) == (Grade.IF_ROUNDED, 25)
    assert not said.grade.holds


def test_a_round_total_is_no_excuse_for_more_than_a_per_cent() -> None:
    assert verify_sum(figure("1000"), figures("600", "410")).grade is Grade.INCONSISTENT
    assert verify_sum(figure("100"), figures("60", "41")).grade is Grade.INCONSISTENT


def test_figures_that_all_end_in_zeros_were_rounded() -> None:
    said = verify_sum(figure("258000"), figures("231000", "28000"))
    assert (said.grade, said.granule) == (Grade.WITHIN_ROUNDING, 1000)
    assert verify_sum(figure("27800"), figures("16900", "10700")).grade is Grade.INCONSISTENT


def test_scale_words_fix_the_unit() -> None:
    assert verify_sum(figure("27.8k"), figures("16.9k", "10.8k")).grade is Grade.WITHIN_ROUNDING
    assert verify_sum(figure("27.8k"), figures("16.9k", "10.7k")).grade is Grade.INCONSISTENT


@pytest.mark.parametrize(
    ("share", "part", "whole", "grade"),
    [
        ("82.4", "6524", "7908", Grade.TRUNCATION_ONLY),  # 82.4987
        ("82.5", "6524", "7908", Grade.WITHIN_ROUNDING),
        ("82.6", "6524", "7908", Grade.INCONSISTENT),
        ("32", "72", "225", Grade.EXACT),
        ("34", "1", "3", Grade.INCONSISTENT),
        ("13", "1", "8", Grade.BOUNDARY),
        ("12", "1", "8", Grade.BOUNDARY),
        ("82.5", "82446", "100000", Grade.TWICE_ROUNDED),  # 82.446, by way of 82.45
        ("50", "5", "0", Grade.NOT_CHECKABLE),
    ],
)
def test_shares(share: str, part: str, whole: str, grade: Grade) -> None:
    assert verify_share(figure(share, PERCENT), figure(part), figure(whole)).grade is grade


def test_a_share_of_rounded_figures_has_their_leeway() -> None:
    said = verify_share(figure("51", PERCENT), figure("29.5k"), figure("57.4k"))
    assert (said.computed.low, said.computed.high) == (Fraction(2945000, 57450), Fraction(2955000, 57350))
    assert said.grade is Grade.WITHIN_ROUNDING


def test_an_average_of_counts_is_rounded() -> None:
    assert verify_average(figure("34"), figure("410"), figure("12")).grade is Grade.WITHIN_ROUNDING  # 34.17
    assert verify_average(figure("36"), figure("410"), figure("12")).grade is Grade.INCONSISTENT
    assert verify_average(figure("36"), figure("410"), figure("0")).grade is Grade.NOT_CHECKABLE


@pytest.mark.parametrize(
    ("stated", "before", "after", "falls", "grade"),
    [
        ("25", "20", "25", False, Grade.EXACT),
        ("20", "20", "25", False, Grade.INCONSISTENT),  # the wrong base
        ("20", "25", "20", True, Grade.EXACT),
        ("20", "25", "20", False, Grade.INCONSISTENT),
        ("25", "0", "25", False, Grade.NOT_CHECKABLE),
    ],
)
def test_changes(stated: str, before: str, after: str, falls: bool, grade: Grade) -> None:
    assert verify_change(figure(stated, PERCENT), figure(before), figure(after), falls=falls).grade is grade


def test_a_change_between_two_coarse_figures_says_nothing() -> None:
    said = verify_change(figure("50", PERCENT), figure("2", AMOUNT), figure("3", AMOUNT))
    assert said.grade is Grade.UNINFORMATIVE  # anything from 0 to 133 per cent


def test_multiples() -> None:
    assert verify_multiple(word_multiple("doubled", Decimal(2)), figure("50"), figure("104")).grade.holds
    assert (
        verify_multiple(word_multiple("doubled", Decimal(2)), figure("50"), figure("120")).grade is Grade.INCONSISTENT
    )
    assert verify_multiple(figure("3", AMOUNT), figure("10"), figure("40")).grade is Grade.INCONSISTENT
    assert verify_multiple(figure("3", AMOUNT), figure("10"), figure("40"), more=True).grade is Grade.EXACT


def test_restatements() -> None:
    thousands = figure("27.8k")
    assert verify_restatement(thousands, figure("27849")).grade is Grade.WITHIN_ROUNDING
    assert verify_restatement(figure("27851"), thousands).grade is Grade.TRUNCATION_ONLY
    assert verify_restatement(thousands, figure("27901")).grade is Grade.INCONSISTENT
    assert verify_restatement(figure("47"), figure("48")).grade is Grade.INCONSISTENT
    assert verify_restatement(figure("23", PERCENT), figure("24", PERCENT)).grade is Grade.INCONSISTENT
    assert verify_restatement(figure("23", PERCENT), figure("22.5", PERCENT)).grade is Grade.WITHIN_ROUNDING


def test_orders_are_broken_only_by_disjoint_intervals() -> None:
    assert verify_order(figure("57"), figure("67")).grade is Grade.EXACT
    assert verify_order(figure("68"), figure("67")).grade is Grade.INCONSISTENT
    assert verify_order(figure("16.9k"), figure("16851")).grade is Grade.WITHIN_ROUNDING


@pytest.mark.parametrize(
    ("hedge", "stated", "parts", "grade"),
    [
        (Hedge.OVER, "92", ("50", "43"), Grade.WITHIN_HEDGE),
        (Hedge.OVER, "92", ("50", "42"), Grade.HEDGE_VIOLATED),
        (Hedge.AT_LEAST, "92", ("50", "42"), Grade.EXACT),
        (Hedge.OVER, "92", ("90", "60"), Grade.ODD),
        (Hedge.UNDER, "50", ("20", "30"), Grade.HEDGE_VIOLATED),
        (Hedge.NEARLY, "50", ("19", "30"), Grade.WITHIN_HEDGE),
        (Hedge.NEARLY, "50", ("11", "30"), Grade.ODD),
        (Hedge.AT_MOST, "40", ("21", "20"), Grade.HEDGE_VIOLATED),
        (Hedge.ABOUT, "300", ("127", "165"), Grade.WITHIN_HEDGE),
        (Hedge.ABOUT, "300", ("127", "265"), Grade.HEDGE_VIOLATED),
    ],
)
def test_hedged_totals(hedge: Hedge, stated: str, parts: tuple[str, ...], grade: Grade) -> None:
    assert verify_sum(figure(stated, hedge=hedge), figures(*parts)).grade is grade


def test_a_true_number_with_a_false_direction() -> None:
    over = figure("92", PERCENT, Hedge.OVER)
    assert verify_share(over, figure("918"), figure("1000")).grade is Grade.HEDGE_VIOLATED  # 91.8 rounds to 92
    assert verify_share(over, figure("9.2k"), figure("10.0k")).grade is Grade.NOT_DECIDABLE


def test_a_hedged_part_leaves_the_total_open() -> None:
    parts = [figure("100", hedge=Hedge.OVER), figure("50")]
    assert verify_sum(figure("153"), parts).grade is Grade.WITHIN_HEDGE
    assert verify_sum(figure("149"), parts).grade is Grade.INCONSISTENT
