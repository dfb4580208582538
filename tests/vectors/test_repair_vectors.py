"""Repairs and localisation: agreement with deducorrect, errorlocate, editrules and validate."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Any

from vector_files import chunks, records

from audit.quantity import Interval, Quantity
from audit.repair.edits import Edit, distance, meant
from audit.repair.figures import Figure
from audit.repair.localize import Row, is_feasible, smallest_changes
from audit.repair.relations import Linear, Relation
from audit.repair.search import Component, Explanation, explanations
from audit.repair.values import Values

_TERM = re.compile(r"([+-]?)\s*(?:(\d+(?:\.\d+)?)\s*\*?\s*)?([A-Za-z_]\w*)?")
_SIGNS = re.compile(r"(<=|>=|==|<|>)")


def side(text: str) -> tuple[dict[str, Fraction], Fraction]:
    """Read "c - 0.6*t + 1" as coefficients and a constant."""
    coefficients: dict[str, Fraction] = {}
    constant = Fraction(0)
    for sign, number, name in _TERM.findall(text.replace(" ", "")):
        if not number and not name:
            continue
        value = Fraction(number or 1) * (-1 if sign == "-" else 1)
        if name:
            coefficients[name] = coefficients.get(name, Fraction(0)) + value
        else:
            constant += value
    return coefficients, constant


def row(text: str) -> Row:
    left, sign, right = _SIGNS.split(text)
    (a, c), (b, d) = side(left), side(right)
    names = {**a, **b}
    swap = -1 if sign in (">", ">=") else 1
    return Row(
        coefficients={n: swap * (a.get(n, Fraction(0)) - b.get(n, Fraction(0))) for n in names},
        bound=swap * (d - c),
        strict=sign in ("<", ">"),
        equal=sign == "==",
    )


def is_linear(constraints: list[str]) -> bool:
    return not any(re.search(r"if|/|\(| and ", c) for c in constraints)


def exact(value: Any) -> Fraction:
    return Fraction(str(value))


def test_the_smallest_changes_are_those_of_the_peers() -> None:
    wrong = []
    for name, given, said in chunks(records("localize_rules", "localize")):
        if not is_linear(given["constraints"]) or "all_minimal_solutions" not in said:
            continue
        weights = {k: float(v) for k, v in given.get("weights", {}).items()}
        figures = {k: exact(v) for k, v in given["record"].items()}
        found = smallest_changes([row(c) for c in given["constraints"]], figures, weights)
        if sorted(sorted(map(str, s)) for s in found) != sorted(sorted(s) for s in said["all_minimal_solutions"]):
            wrong.append((name, found))
    assert wrong == []


def test_violated_rules_are_seen() -> None:
    wrong = []
    for name, given, said in chunks(records("localize_rules", "violations", without=("growth-bound",))):
        figures = {k: None if v is None else exact(v) for k, v in given["record"].items()}
        found = []
        for text in given["constraints"]:
            rule = row(text)
            if any(figures[k] is None for k in rule.coefficients):
                found.append(None)
                continue
            left = rule.value(figures)  # type: ignore[arg-type]
            slack = (
                exact(given.get("tolerance", "0.00000001")) if rule.equal or "tolerance" not in given else Fraction(0)
            )
            over = left - rule.bound
            found.append(abs(over) > slack if rule.equal else over >= slack if rule.strict else over > slack)
        if found != said["violated"]:
            wrong.append((name, found))
    assert wrong == []


def test_systems_without_a_solution_are_known() -> None:
    wrong = []
    for name, given, said in chunks(records("localize_rules", "feasibility")):
        constraints = given["constraints"]
        texts = list(constraints.values()) if isinstance(constraints, dict) else constraints
        if is_linear(texts) and is_feasible([row(t) for t in texts]) != said["feasible"]:
            wrong.append(name)
    assert wrong == []


def test_edit_distances() -> None:
    rows = records("deducorrect", "edit_distance")
    assert [n for n, g, said in chunks(rows) if distance(g["a"], g["b"]) != said["distance"]] == []


def test_typing_errors_can_be_read_backwards() -> None:
    names = {"interchange": Edit.EXCHANGED, "omit": Edit.DROPPED, "add": Edit.ADDED, "replace": Edit.REPLACED}
    wrong = []
    for name, given, said in chunks(records("deducorrect", "typing_error")):
        readings = {t.digits: t.edit for t in meant(str(said["observed"]))}
        if readings.get(str(given["true"])) is not names[given["operation"]]:
            wrong.append(name)
    assert wrong == []


def component(given: dict[str, Any]) -> Component | None:
    """Return the failed and the holding equations of a record as the repair sees them."""
    figures = {}
    for number, (name, value) in enumerate(given["record"].items()):
        quantity = Quantity(raw=str(value), value=Decimal(str(value)), exact=name in given["options"].get("fixed", ()))
        key = (name, number, number)
        figures[name] = Figure(
            key=key, text=str(value), interval=quantity.interval, quantity=None if quantity.exact else quantity
        )
    relations = []
    for index, text in enumerate(given["constraints"]):
        rule = row(text)
        bounds = Interval(
            low=rule.bound if rule.equal else None, high=rule.bound, high_open=rule.strict and not rule.equal
        )
        keys = tuple(figures[name].key for name in rule.coefficients)
        weights = tuple(int(c) for c in rule.coefficients.values())
        relations.append(Linear(index=index, keys=keys, weights=weights, bounds=bounds, loose=not rule.equal))
    values = Values({f.key: f for f in figures.values()})
    failed = tuple(r for r in relations if not r.holds(values))
    if not failed:
        return None
    holding = tuple((r, 1.0) for r in relations if r not in failed)
    return Component(figures={f.key: f for f in figures.values()}, failed=failed, holding=holding)


def test_typing_errors_of_the_paper_are_among_the_explanations() -> None:
    wrong = []
    for name, given, said in chunks(records("deducorrect", "repair_typo")):
        whole = component(given)
        if whole is None:
            assert said["status"] == "valid"
            continue
        if said["status"] == "invalid":
            continue  # the peer gives up where an inequality fails too; ours may go on
        offered = {(c.key[0], c.units) for found in explained(whole) for e in found for c in e.changes}
        if not {(c["figure"], c["new"]) for c in said["changes"]} <= offered:
            wrong.append((name, offered))
    assert wrong == []


def explained(whole: Component) -> list[list[Explanation]]:
    """Return the explanations of each group of failed equations that share figures."""
    groups: list[list[Relation]] = []
    for relation in whole.failed:
        touching = [g for g in groups if any(set(relation.keys) & set(r.keys) for r in g)]
        groups = [*(g for g in groups if g not in touching), [relation, *(r for g in touching for r in g)]]
    found = []
    for group in groups:
        part = Component(figures=whole.figures, failed=tuple(group), holding=whole.holding)
        found.append(explanations(part))
    return found
