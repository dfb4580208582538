"""P-values from statistics, and printed ones held against them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from audit.significance import Result, Test, lower_beta, p_value, upper_gamma, verify_p


def result(
    test: Test, value: str, p: str | None, degrees: str = "", *, relation: str = "=", p_relation: str = "="
) -> Result:
    """Return a result with its degrees of freedom as printed: "28", or "2, 28" for F."""
    numbers = [Decimal(d) for d in degrees.split(",") if d]
    first, second = (numbers[0] if numbers else None, None)
    if test in (Test.T, Test.R):
        first, second = None, first
    elif test is Test.F:
        second = numbers[1] if len(numbers) > 1 else None
    return Result(
        test=test,
        value=Decimal(value),
        p=None if p is None else Decimal(p),
        first=first,
        second=second,
        relation=relation,
        p_relation=p_relation,
    )


@pytest.mark.parametrize(
    ("given", "p"),
    [
        (result(Test.Z, "1.959963984540054", None), 0.05),
        (result(Test.T, "2.048407141795244", None, "28"), 0.05),
        (result(Test.T, "12.706204736174698", None, "1"), 0.05),
        (result(Test.CHI2, "3.841458820694124", None, "1"), 0.05),
        (result(Test.CHI2, "18.307038053275146", None, "10"), 0.05),
        (result(Test.F, "4.195971818557763", None, "1, 28"), 0.05),
        (result(Test.F, "3.340385558237759", None, "2, 28"), 0.05),
        (result(Test.T, "0", None, "19"), 1.0),
        (result(Test.R, "1", None, "19"), 0.0),
    ],
)
def test_tails_at_the_tabulated_points(given: Result, p: float) -> None:
    assert p_value(given, given.value) == pytest.approx(p, abs=1e-13)


def test_an_f_with_one_degree_is_the_square_of_a_t() -> None:
    t = result(Test.T, "2.2", None, "17")
    f = result(Test.F, "4.84", None, "1, 17")
    assert p_value(t, t.value) == pytest.approx(p_value(f, f.value), rel=1e-13)


def test_incomplete_functions_at_their_ends() -> None:
    assert (lower_beta(2, 3, 0), lower_beta(2, 3, 1), upper_gamma(2, 0)) == (0, 1, 1)
    assert lower_beta(1, 1, 0.3) == pytest.approx(0.3, rel=1e-14)
    assert upper_gamma(1, 700) == pytest.approx(9.8596765e-305, rel=1e-6)


@pytest.mark.parametrize(
    ("given", "wrong", "turns"),
    [
        (result(Test.T, "2.20", ".04", "28"), False, False),  # 0.0362
        (result(Test.T, "2.20", ".03", "28"), True, False),
        (result(Test.T, "2.20", ".06", "28"), True, True),
        (result(Test.T, "2.0", ".05", "28", p_relation="<"), False, False),  # 1.95 to 2.05
        (result(Test.T, "2.20", None, "28"), True, True),  # "n.s."
        (result(Test.T, "2.2", ".08", "28", relation="<"), False, False),
        (result(Test.T, "2.2", ".02", "28", relation="<"), True, False),
        (result(Test.T, "22.20", ".000", "28"), True, False),
    ],
)
def test_printed_p_values(given: Result, wrong: bool, turns: bool) -> None:
    tail = verify_p(given)
    assert tail is not None
    assert (tail.is_wrong, tail.turns) == (wrong, turns)


def test_one_tail_is_seen_and_accepted_only_when_it_is_said() -> None:
    silent = verify_p(result(Test.T, "2.20", ".018", "28"))
    said = verify_p(replace(result(Test.T, "2.20", ".018", "28"), one_tailed=True))
    assert silent is not None
    assert said is not None
    assert (silent.is_wrong, silent.needs_one_tail) == (True, True)
    assert (said.is_wrong, said.needs_one_tail) == (False, False)


def test_what_has_no_p_value() -> None:
    assert verify_p(result(Test.T, "2.20", ".04")) is None
    assert verify_p(result(Test.F, "2.20", ".04", "2")) is None
    assert verify_p(result(Test.R, "1.20", ".04", "28")) is None
