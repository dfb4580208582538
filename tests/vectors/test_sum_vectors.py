"""Sums, restatements, excess and significant digits: agreement with XBRL processors, all of it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from vector_files import amount, chunks, records

from audit.arithmetic import Grade, verify_restatement, verify_sum
from audit.rounding import Mode, excess_digits, rounded, significant_digits

if TYPE_CHECKING:
    from audit.quantity import Quantity

_PLAIN = {Grade.BOUNDARY: "within_rounding", Grade.WITHIN_ROUNDING: "within_rounding"}


def finest(facts: list[dict[str, str]]) -> Quantity | None:
    """Return the finest of several statements of one figure, or None when they contradict each other."""
    figures = [amount(f["value"], f["decimals"]) for f in facts]
    if any(not verify_restatement(a, b).grade.holds for a in figures for b in figures):
        return None
    return min(figures, key=lambda f: f.half_width)


def class_of_sum(given: dict[str, Any]) -> str:
    every = [given["total"], *(p["facts"] for p in given["parts"])]
    if any(excess_digits(Decimal(f["value"]), int(f["decimals"])) for g in every for f in g if f["decimals"] != "INF"):
        return "excessDigits"
    total, *parts = [finest(facts) for facts in every]
    if total is None or None in parts:
        return "disallowedDuplicateFacts"
    weights = [Decimal(p["weight"]) for p in given["parts"]]
    grade = verify_sum(total, [p for p in parts if p is not None], weights).grade
    if any(len(facts) > 1 for facts in every) and grade is Grade.EXACT:
        return "within_rounding"  # the suite calls a sum exact only where each figure is stated once
    return _PLAIN.get(grade, grade.value)


def test_sums_under_calculations_1_1_fall_into_the_same_class() -> None:
    rows = records("calc11_observed")
    wrong = [
        (name, class_of_sum(given), said["class"])
        for name, given, said in chunks(rows)
        if class_of_sum(given) != said["class"]
    ]
    assert wrong == []


def grade_of_duplicates(facts: list[dict[str, str]]) -> str:
    figures = [amount(f["value"], f["decimals"]) for f in facts]
    pairs = [(a, b) for i, a in enumerate(figures) for b in figures[i + 1 :]]
    if any(not verify_restatement(a, b).grade.holds for a, b in pairs):
        return "inconsistent"
    return "complete" if all(a.value == b.value and a.half_width == b.half_width for a, b in pairs) else "consistent"


def test_restated_figures_agree_as_duplicate_facts_do() -> None:
    rows = records("duplicates_observed")
    assert [n for n, given, said in chunks(rows) if grade_of_duplicates(given["facts"]) != said["verdict"]] == []


def test_digits_beyond_the_stated_accuracy_are_seen() -> None:
    rows = records("arelle_excess_digits")
    wrong = [
        name
        for name, given, said in chunks(rows)
        if bool(excess_digits(Decimal(given["value"]), int(given["decimals"]))) != said["exact_excess"]
    ]
    assert wrong == []


def test_significant_digits_are_counted_as_in_the_conformance_suite() -> None:
    rows = records("xbrl21_significant_digits", without=("zero-value",))
    wrong = [
        name
        for name, given, said in chunks(rows)
        if significant_digits(Decimal(given["value"]), int(given["decimals"])) != said["significant_digits"]
    ]
    assert wrong == []


def unit_of(fact: dict[str, Any]) -> Fraction | None:
    """Return the unit a fact is rounded to under XBRL 2.1: 0 when exact, None when nothing is known of it."""
    if "decimals" in fact:
        return Fraction(0) if fact["decimals"] == "INF" else Fraction(10) ** -int(fact["decimals"])
    if fact["precision"] == "INF":
        return Fraction(0)
    if int(fact["precision"]) == 0:
        return None
    value = Decimal(fact["value"])
    return Fraction(10) ** (value.adjusted() + 1 - int(fact["precision"])) if value else Fraction(0)


def half_even(value: Fraction, unit: Fraction) -> Fraction:
    return rounded(value, unit, Mode.HALF_EVEN) if unit else value


def old_verdict(given: dict[str, Any]) -> str:
    """Return the verdict of XBRL 2.1: each part rounded, added, rounded to the total's unit, and equal or not."""
    for network in given["networks"]:
        for context, unit in sorted({(f["context"], f["unit"]) for f in given["facts"]}):
            here = [f for f in given["facts"] if (f["context"], f["unit"]) == (context, unit)]
            named = {p["item"]: Fraction(p["weight"]) for p in network["parts"]}
            totals = [f for f in here if f["item"] == network["total"]]
            parts = [f for f in here if f["item"] in named]
            if len(totals) != 1 or totals[0].get("nil") or len({f["item"] for f in parts}) != len(parts):
                continue  # duplicates and an empty total silence the check
            told = [f for f in parts if not f.get("nil")]
            if not told:
                continue
            units = [unit_of(f) for f in (totals[0], *told)]
            if any(u is None for u in units):
                return "inconsistent"
            values = [
                half_even(Fraction(f["value"]), u or Fraction(0))
                for f, u in zip((totals[0], *told), units, strict=True)
            ]
            added = sum((named[f["item"]] * v for f, v in zip(told, values[1:], strict=True)), Fraction(0))
            if half_even(added, units[0] or Fraction(0)) != values[0]:
                return "inconsistent"
    return "consistent"


def test_the_older_rule_of_xbrl_can_be_reproduced() -> None:
    rows = [r for r in records("xbrl21_calc", without=("tuple-scope",)) if r["expected"].get("calc21")]
    assert [n for n, given, said in chunks(rows) if old_verdict(given) != said["calc21"]] == []
