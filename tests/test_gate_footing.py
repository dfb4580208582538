"""Footing inside pandera and Great Expectations: exact for counts, within half a step for what is printed rounded."""

from __future__ import annotations

import pytest

np = pytest.importorskip("numpy")

from audit.contrib.footing import footed, places_of  # noqa: E402 (numpy first)

NONE = float("nan")


def foots(total: list[float], *parts: list[float], step: str | float | None = None) -> list[bool]:
    return [bool(right) for right in footed(total, parts, step)[0]]


def test_counts_foot_to_the_unit() -> None:
    assert foots([67, 47, 68], [27, 27, 27], [40, 40, 40]) == [True, False, False]


def test_printed_decimals_leave_half_a_step_each() -> None:
    # the total and one part have a decimal, 0.05 each; the other part holds whole numbers only, which are exact
    assert foots([10.1, 10.2, 10.3, 10.0, 9.9], [5.0] * 5, [5.1] * 5) == [True, True, False, True, False]
    # only the total has one: 0.05 is less than the step
    assert foots([10.0, 10.1, 9.9], [5.0] * 3, [5.0] * 3) == [True, False, False]


def test_a_step_says_what_the_figures_were_rounded_to() -> None:
    # to thousands: 500 each, 1,500 together
    assert foots([8000, 9000, 10000], [3000] * 3, [5000] * 3, step=1000) == [True, True, False]


def test_tenths_are_no_binary_fractions() -> None:
    assert foots([0.3], [0.1], [0.2]) == [True]
    assert foots([1e9 + 0.3], [1e9], [0.3], step="0.0000001") == [True]


def test_an_empty_cell_leaves_the_row_undecided() -> None:
    assert foots([67, NONE, 67], [27, 27, NONE], [41, 41, 41]) == [False, True, True]


def test_what_the_total_should_be() -> None:
    assert [float(x) for x in footed([67, 1.5], ([27, 0.25], [41, 1.0]))[1]] == [68.0, 1.25]


@pytest.mark.parametrize(("values", "places"), [([1.0, 20.0], 0), ([1.5, 2.0], 1), ([0.25, NONE], 2), ([NONE], 0)])
def test_the_finest_place_printed(values: list[float], places: int) -> None:
    assert places_of(np.array(values)) == places
