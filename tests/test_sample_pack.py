"""The statements on the sample: which hold, which fail and on what words, and that each bites."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest

from audit.pipeline import audit
from audit.read import Limits, read
from audit.rulefiles import load_packs, rules_of

PACK = "cmw-c-mex-qpr-4"
SAMPLE = Path(__file__).resolve().parents[1] / "reports" / PACK / "input.txt"
# (statement, severity, the words it stands on, the arithmetic), as reading the paragraphs shows them
FAILING = [
    ("defender-assistance-end", "warning", "December 2024", "December 2024 ≥ 2024"),  # paragraph 68
    ("defender-assistance-end", "warning", "December 2024", "December 2024 ≥ 2024"),  # paragraph 70
    ("san-fernando-food", "error", "27", "27 ≠ 12 + 17 = 29"),
    ("san-fernando-reparation", "error", "47", "47 ≠ 27 + 40 = 67"),
    (
        "cadereyta-expert-reports",
        "error",
        "Mex$ 1,065,403.21",
        "1,065,403.21 ≠ 840,267.00 + 225,136.81 = 1,065,403.81",
    ),
    ("venezuelan-entries", "error", "1.1", "1.1 ≤ 16,900 / 1,000 = 16.9"),
    ("training-dates", "error", "April 2014", "April 2014 < 2023"),
    ("defender-presence", "warning", "82.4 per cent", "82.4 ≠ 100 × 6,524 / 7,908 = 82.499"),
    ("fire-unlocated", "warning", "two", "2 ≠ 1"),
    ("working-groups", "error", "Six", "6 ≠ 7"),
    ("applications-trend", "warning", "119,225", "119,225 ≤ 129,768"),
]


@pytest.fixture(scope="module")
def document():
    return replace(read(str(SAMPLE), Limits()), path="input.txt")


@pytest.fixture(scope="module")
def statements():
    return tuple(rule for rule in rules_of(load_packs((PACK,))) if rule.pack == PACK)


def test_what_fails_fails_on_its_words(document, statements) -> None:
    run = audit([document], statements)
    found = [
        (f.rule.id, f.severity.value, document.text[f.at.start : f.at.end].replace("\xa0", " "), f.outcome.equation)
        for f in run.findings
    ]
    assert found == FAILING


def test_every_expectation_of_every_statement_is_judged(document, statements) -> None:
    run = audit([document], statements)
    judged: dict[str, list[str]] = defaultdict(list)
    for outcome in run.outcomes:
        if outcome.claim.detail.get("statement"):
            judged[outcome.claim.detail["statement"]].append(outcome.verdict.value)
    assert len(statements) >= 40
    assert {rule.name: len(rule.statement.expect) for rule in statements} == {n: len(v) for n, v in judged.items()}
    failing = {rule for rule, *_ in FAILING}
    clean = {name: set(v) for name, v in judged.items() if name.partition("/")[2] not in failing}
    # the share of three nationalities is 74.17, printed as 74; all others are exact
    assert {name for name, verdicts in clean.items() if verdicts != {"exact"}} == {
        f"{PACK}/applications-by-nationality"
    }
    assert clean[f"{PACK}/applications-by-nationality"] == {"within_rounding"}


def test_with_the_core_each_cause_is_reported_once(document) -> None:
    rules = rules_of(load_packs((PACK,)))
    run = audit([document], rules)
    spots = [(f.at.start, f.at.end) for f in run.findings]
    assert len(spots) == len(set(spots))
    assert {f.rule.id for f in run.findings if f.rule.pack == PACK} == {rule for rule, *_ in FAILING}


@pytest.mark.parametrize(
    ("old", "new", "statement"),
    [
        ("it closed 4,679 complaint", "it closed 4,678 complaint", "closed-complaints"),
        ("1,462 were direct victims", "1,463 were direct victims", "registered-victims"),
        ("issued 66 decisions", "issued 65 decisions", "fire-victims"),
        ("Sonora (2,283)", "Sonora (9,283)", "services-by-state"),
        ("seven sub-working groups", "eight sub-working groups", "sub-working-groups"),
        ("Eight states currently", "Nine states currently", "prosecutor-offices"),
        ("accounted for 74 per cent", "accounted for 76 per cent", "applications-by-nationality"),
        ("57 of the 67 direct", "77 of the 67 direct", "fire-representation"),
        ("based on four pillars", "based on five pillars", "migration-model-pillars"),
    ],
)
def test_a_changed_figure_is_reported(tmp_path: Path, old: str, new: str, statement: str) -> None:
    text = SAMPLE.read_text(encoding="utf-8").replace("\xa0", " ")
    assert text.count(old) == 1
    path = tmp_path / "input.txt"
    path.write_text(text.replace(old, new), encoding="utf-8")
    rules = tuple(rule for rule in rules_of(load_packs((PACK,))) if rule.id == statement)
    run = audit([read(str(path), Limits())], rules)
    assert {f.rule.id for f in run.findings} == {statement}
