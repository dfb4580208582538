"""Printed test results: the forms that are read, the decimal marks, and texts that are no results."""

from __future__ import annotations

import time

import pytest
from texts import facts
from timing import timed

from audit.judge.statistics import decide
from audit.relate.statistics import find


def results(text: str) -> list[tuple[str, str, str]]:
    """Return (test, degrees, p as printed) of each result."""
    return [
        (
            c.detail["test"],
            ",".join(d for d in (c.detail["first"], c.detail["second"]) if d),
            c.role("stated")[0].text,
        )
        for c in find([facts(text)])
        if c.form != "mean"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("t(28) = 2.20, p = .03", ("t", "28", ".03")),
        ("t ( 28.1 ) = -2.20 , p < .03", ("t", "28.1", ".03")),
        ("t[28]=2.20;p=.03", ("t", "28", ".03")),
        ("F{2, 28} = 2,000.20, MSE = 1.7, p > .03", ("F", "2,28", ".03")),
        ("F = 3.2, df = 2, 56, p = .04", ("F", "2,56", ".04")),
        ("χ²(1, N = 11,455) = 16.78, p <.001", ("chi2", "1", ".001")),
        ("chi-squared(1,455) = 16.78, p = 1", ("chi2", "1455", "1")),
        ("X^2(3) = 2.20, p = .5e-3", ("chi2", "3", ".5e-3")),
        ("Qwithin(3) = 12.1, ns", ("Q", "3", "ns")),
        ("z = 2.2, p (two-tailed) = .028", ("z", "", ".028")),
        ("r = .45, n = 30, p = .01", ("r", "28", ".01")),
        ("t(28) = 2,20; p = ,03", ("t", "28", ",03")),
        ("F(2; 56,5) = 3,2, p = 0,04", ("F", "2,56.5", "0,04")),
    ],
)
def test_forms_of_a_result(text: str, expected: tuple[str, str, str]) -> None:
    assert results(f"The groups differed ({text}).") == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "t(2, 28) = 2.20, p = .03",
        "F(28) = 2.20, p = .03",
        "z(28) = 2.20, p = .03",
        "t = 2.20, p = .03",
        "cost(28) = 2.20, p = .03",
        "t(28) = 2.20 of p = .03",
        "t(28) = 2.20, page 3",
    ],
)
def test_what_is_no_result(text: str) -> None:
    assert results(f"The text says {text}.") == []


def test_two_results_in_one_sentence() -> None:
    text = "Both effects held, t(28) = 2.20, p = .03, and F(1, 28) = 4.84, p = .03."
    assert [test for test, _, _ in results(text)] == ["t", "F"]


@pytest.mark.parametrize(
    "text",
    [
        f"t({'9' * 400}) = 2.20, p = .03",
        f"F(2, 28) = {'9' * 400}, p = .03",
        f"t(28) = 0.{'0' * 400}1, p = .03",
        f"t(28) = 2.20, p = .{'0' * 400}1",
        f"M = {'9' * 400}.19, SD = 0.01, n = {'9' * 400}",
    ],
)
def test_monstrous_numbers_have_no_verdict_and_do_no_harm(text: str) -> None:
    verdicts = [decide(c).grade for c in find([facts(f"It was ({text}).")])]
    assert set(verdicts) <= {"not_checkable", "uninformative"}


@timed
def test_unfinished_results_are_read_in_linear_time() -> None:
    def seconds(size: int) -> float:
        bundle = facts("x = 1, p = .5 " + "t (1 , " * size + "F(2, 2) = 1" + " , 1" * size + " [n = 1" * size)
        start = time.perf_counter()
        list(find([bundle]))
        return time.perf_counter() - start

    seconds(100)
    assert seconds(8000) < 16 * seconds(1000) + 0.05
