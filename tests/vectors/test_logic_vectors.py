"""Rules about rules, trees of totals, wrong cells: agreement with validate, validatetools and deducorrect."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from repairs import summed, table
from test_repair_vectors import component, explained, is_linear, row
from vector_files import chunks, records

from audit.arithmetic import Verification, verify_sum
from audit.quantity import Quantity
from audit.repair import repair
from audit.repair.localize import Row, is_feasible

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

_NAMES = ("total", "part1", "part2", "part3")


def added(total: int, parts: Sequence[int]) -> Verification:
    figures = [Quantity(raw=str(v), value=Decimal(v)) for v in (total, *parts)]
    return verify_sum(figures[0], figures[1:])


def broken_totals(levels: list[str], values: list[int]) -> dict[str, Fraction]:
    """Return the gap of each total of a tree of codes ("1.3" is a part of "1") that its parts do not make."""
    gaps = {}
    for code, value in zip(levels, values, strict=True):
        below = [
            v
            for c, v in zip(levels, values, strict=True)
            if c.startswith(code) and c != code and is_next(c, code, levels)
        ]
        if below and not (said := added(value, below)).grade.holds:
            gaps[code] = said.gap
    return gaps


def is_next(code: str, above: str, levels: list[str]) -> bool:
    """Say whether no other code stands between two: "01.11" is a part of "01.1", which is one of "01"."""
    return not any(code.startswith(c) and c.startswith(above) and c not in (code, above) for c in levels)


def test_trees_of_totals() -> None:
    wrong = []
    for name, given, said in chunks(records("localize_rules", "hierarchy")):
        gaps = broken_totals(given["levels"], given["values"])
        if bool(gaps) == said["consistent"] or ("gap" in said and said["gap"] not in gaps.values()):
            wrong.append((name, gaps))
        if "violated_totals" in said and sorted(gaps) != said["violated_totals"]:
            wrong.append((name, gaps))
    assert wrong == []


def test_wholes_and_counts() -> None:
    wrong = []
    for name, given, said in chunks(records("localize_rules", "part_whole", "count_vs_list")):
        if "listed" in given:
            pairs = [(given["reported"], [given["listed"]])]
        else:
            values = dict(zip(given["labels"], (v or 0 for v in given["values"]), strict=True))
            pairs = [(values.pop(given["whole"]), list(values.values()))]
        total, parts = pairs[0]
        found = None if total is None else added(total, parts)
        verdict = found.grade.holds if found is not None else None
        if verdict != said["consistent"] or (found is not None and "gap" in said and found.gap != said["gap"]):
            wrong.append(name)
    assert wrong == []


def denied(rule: Row) -> Row:
    """Return the row that is true where another is not."""
    return replace(
        rule, coefficients={k: -c for k, c in rule.coefficients.items()}, bound=-rule.bound, strict=not rule.strict
    )


def test_rules_that_follow_from_others_or_contradict_them() -> None:
    wrong = []
    for name, given, said in chunks(records("localize_rules", "implied_by", "contradicted_by", "redundancy")):
        if not is_linear(list(given["constraints"].values())):
            continue
        rules: dict[str, Row] = {k: row(text) for k, text in given["constraints"].items()}
        if "redundant" in said:
            found = [k for k in rules if not is_feasible([denied(rules[k]), *(r for n, r in rules.items() if n != k)])]
            expected = said["redundant"]
        elif "implied_by" in said:
            others = {k: r for k, r in rules.items() if k != given["rule"]}
            follows = not is_feasible([denied(rules[given["rule"]]), *others.values()])
            found, expected = (list(others) if follows else []), said["implied_by"]
        else:
            others = {k: r for k, r in rules.items() if k != given["rule"]}
            found = [] if is_feasible(list(rules.values())) else list(others)
            expected = said["contradicted_by"]
        if found != expected:
            wrong.append((name, found))
    assert wrong == []


def test_a_wrong_cell_is_found_by_its_row_and_its_column() -> None:
    wrong = []
    for name, given, said in chunks(records("worked_examples", "crossfoot")):
        offers = {(s.start // 1000, s.new) for found in repair(table(given["table"])).values() for s in found}
        width = len(given["table"][0])
        if offers != {(c["row"] * width + c["col"], f"{c['new']:,}") for c in said["bad_cells"]}:
            wrong.append((name, offers))
    assert wrong == []


def test_leaders_of_single_sums() -> None:
    wrong = []
    for name, given, said in chunks(records("worked_examples", "repair_rank")):
        offers = repair([summed(int(given["total"]), [int(p) for p in given["parts"]])]).get(0, ())
        leading = [s for s in offers if not s.why.startswith("less likely")]
        found = {(_NAMES[s.start // 100], s.new.replace(",", "")) for s in leading}
        expected = {(c["figure"], str(c["new"])) for c in said["candidates"] if c["figure"] in said["leaders"]}
        if found != expected or (len(offers) == 1) != said["unique_best"]:
            wrong.append((name, found))
    assert wrong == []


def test_one_sign_that_was_turned_round_is_among_the_explanations() -> None:
    wrong: list[Any] = []
    for name, given, said in chunks(records("deducorrect", "repair_sign")):
        # where nothing is negative, a text counts things, and no figure is offered that is
        negative = any(v < 0 for v in given["record"].values())
        whole = component(given) if len(said["changes"]) == 1 and negative else None
        if whole is None:
            continue
        offered = {(c.key[0], c.units) for found in explained(whole) for e in found for c in e.changes}
        if not {(c["figure"], int(c["new"])) for c in said["changes"] if c["new"] == int(c["new"])} <= offered:
            wrong.append((name, offered))
    assert wrong == []
