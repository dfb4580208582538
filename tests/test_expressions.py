"""The language of expectations: what is read, what is refused and where, and that no text takes long."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from timing import timed

from audit.expressions import Binary, Call, Day, ExpressionError, Name, Number, names_of, parse


def test_signs_bind_as_in_arithmetic() -> None:
    (said,) = parse("total == a + b * 2")
    assert (said.sign, said.left) == ("==", Name(name="total", at=0))
    assert isinstance(said.right, Binary)
    assert (said.right.sign, said.right.left) == ("+", Name(name="a", at=9))
    assert isinstance(said.right.right, Binary)
    assert (said.right.right.sign, said.right.right.right) == ("*", Number(value=Decimal(2), at=17))


def test_a_row_of_minus_is_taken_from_the_left() -> None:
    (said,) = parse("a == b - c - d")
    assert isinstance(said.right, Binary)
    assert isinstance(said.right.left, Binary)
    assert [n.name for n in names_of(said.right.left)] == ["b", "c"]


def test_a_chain_is_one_relation_after_the_other() -> None:
    assert [relation.text for relation in parse("a <  b<= c")] == ["a < b", "b<= c"]


def test_exactly_and_functions() -> None:
    (said,) = parse("exactly(a, sum(b, c))")
    assert (said.sign, said.left) == ("exactly", Name(name="a", at=8))
    assert isinstance(said.right, Call)
    assert (said.right.function, [n.name for n in names_of(said.right)]) == ("sum", ["b", "c"])


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("'2024-02'", "2024-02-01", "2024-02-29"),
        ("'2023'", "2023-01-01", "2023-12-31"),
        ('"2024-12"', "2024-12-01", "2024-12-31"),
        ("'2024-08-31'", "2024-08-31", "2024-08-31"),
    ],
)
def test_days_stand_for_their_precision(text: str, first: str, last: str) -> None:
    (said,) = parse(f"a < {text}")
    assert isinstance(said.right, Day)
    assert (said.right.first.isoformat(), said.right.last.isoformat()) == (first, last)


def test_numbers_are_exact() -> None:
    (said,) = parse("a == 0.1")
    assert said.right == Number(value=Decimal("0.1"), at=5)


@pytest.mark.parametrize(
    ("text", "at", "fault"),
    [
        ("a.real == 1", 1, 'unexpected "."'),
        ("a ** 9 == 1", 2, 'unexpected "**"'),
        ("a[0] == 1", 1, 'unexpected "["'),
        ("__import__('os') == 1", 0, 'unknown function "__import__"'),
        ("eval('1') == a", 0, 'unknown function "eval"'),
        ("summ(a, b) == 1", 0, 'did you mean "sum"?'),
        ("a == lambda: 1", 11, 'unexpected ":"'),
        ("[a for a in b] == 1", 0, 'unexpected "["'),
        ("a = b", 2, "write == to compare"),
        ("a == ", 5, "a value is missing here"),
        ("a + b", 0, "says nothing that could be false"),
        ("a == (b + c", 5, "this bracket is not closed"),
        ("a == sum(b, c", 5, "the brackets of sum are not closed"),
        ("a == share(b)", 5, "share takes 2 arguments, not 1"),
        ("a == 1e9", 5, "is no plain number"),
        ("a == 1_000", 5, "is no plain number"),
        ("a == 0x10", 5, "is no plain number"),
        ("a == " + "9" * 31, 5, "more than 30 digits"),
        ("a < '2024-13'", 4, "is no day"),
        ("a < '2023-02-29'", 4, "is no day"),
        ("a + exactly(b, c) == 1", 4, "let it stand alone"),
        ("(" * 30 + "a" + ")" * 30 + " == 1", 20, "nested deeper than 20"),
        ("-" * 100 + "a == 1", 20, "nested deeper than 20"),
        ("a == " + " + ".join("b" * 30), 87, "more than 20 signs in a row"),
        ("a == " + "b" * 600, 500, "longer than 500 characters"),
        ("a == b; import os", 6, 'unexpected ";"'),
        ("a == b == ", 10, "a value is missing here"),
        ("", 0, "a value is missing here"),
    ],
)
def test_what_is_refused_has_its_place(text: str, at: int, fault: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert (caught.value.at, fault in str(caught.value)) == (at, True), (caught.value.at, str(caught.value))


@timed
def test_no_text_takes_long() -> None:
    texts = ["(" * 500, "-" * 500, "a" * 500, "sum(" * 120, "1" * 500, "a == " + "(a+" * 160, "<" * 500, "'" * 500]
    start = time.process_time()
    for text in texts * 20:
        with pytest.raises(ExpressionError):
            parse(text)
    assert time.process_time() - start < 1
