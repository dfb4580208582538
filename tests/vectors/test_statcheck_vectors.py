"""Reported tests of significance: agreement with statcheck on its own tests and its hand-coded articles."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from vector_files import agreement, disagreements, records

from audit.significance import Result, Test, verify_p

_NAMES = {"t": Test.T, "r": Test.R, "z": Test.Z, "f": Test.F, "c": Test.CHI2, "q": Test.Q}
_TEXT = re.compile(r"\s*(\w+?2?)\s*(?:\(([\d.]+)(?:, (\d+))?\))?\s*([=<>])\s*(-?[\d.]+), (?:p ([=<>]) ([\d.]+)|ns)")


def number(text: Any) -> Decimal | None:
    return None if text is None else Decimal(str(text))


def parsed(given: dict[str, Any]) -> Result:
    if "parsed" in given:
        told = given["parsed"]
        return Result(
            test=_NAMES[told["test"][0].lower()], value=Decimal(told["statistic"]), p=number(told["p"]),
            first=number(told["df1"]), second=number(told["df2"]),
            relation=told["comparison"], p_relation=told["p_comparison"] or "=",
        )  # fmt: skip
    found = _TEXT.match(given["text"])
    assert found, given["text"]
    name, one, two, relation, value, p_relation, p = found.groups()
    test = _NAMES[name[0].lower()]
    lonely = test in (Test.T, Test.R)
    one_tailed = given["options"].get("OneTailedTxt", False) and re.search("one-|directional", given["text"])
    return Result(
        test=test, value=Decimal(value), p=number(p), first=None if lonely else number(one),
        second=number(one) if lonely else number(two), relation=relation, p_relation=p_relation or "=",
        one_tailed=bool(one_tailed),
    )  # fmt: skip


def agrees(row: dict[str, Any]) -> bool:
    given, said = row["input"], row["expected"]
    options = given.get("options", {})
    tail = verify_p(
        parsed(given),
        alpha=Decimal(str(options.get("alpha", "0.05"))),
        equal_is_significant=options.get("pEqualAlphaSig", True),
        zero_is_wrong=options.get("pZeroError", True),
    )
    if tail is None:
        return False
    if "computed_p" in said:
        return abs(tail.nominal - said["computed_p"]) < 1e-11
    wrong = said.get("error", said.get("recomputed_error", tail.is_wrong))
    near = "recomputed_p" not in said or abs(tail.nominal / said["recomputed_p"] - 1) < 1e-5
    return near and tail.is_wrong == wrong and tail.turns == said.get("decision_error", tail.turns)


def test_p_values_are_judged_as_statcheck_does() -> None:
    rows = [r for r in records("statcheck", "pvalue") if not r["input"].get("options", {}).get("OneTailedTests")]
    share = agreement(rows, agrees)
    # p-values printed to fifteen digits that lie on the bound itself come out either way
    assert share >= 0.98, disagreements(rows, agrees)
