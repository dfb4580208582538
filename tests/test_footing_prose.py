"""Figures of the text held against the table beside them."""

from __future__ import annotations

from audit.extract import extract
from audit.findings import Verdict
from audit.judge.footing import decide
from audit.read.limits import Limits
from audit.read.markdown import read
from audit.relate.footing import find

TABLE = """
| Region | Women | Men | Total |
| ------ | ----- | --- | ----- |
| North  | 1,204 | 987 | 2,191 |
| South  | 640   | 655 | 1,295 |
"""


def prose(text: str) -> list[tuple[str, Verdict, int]]:
    bundle = extract(read("report.md", text.encode(), Limits()))
    found = []
    for claim in find([bundle]):
        if claim.form in ("prose", "cell"):
            decision = decide(claim)
            found.append((decision.equation, decision.verdict, claim.basis.confidence))
    return found


def test_a_total_in_the_text_is_the_sum_of_the_totals_of_the_table_below() -> None:
    assert prose(f"In total, 3,486 persons were counted.\n{TABLE}") == [
        ("3,486 = 2,191 + 1,295 = 3,486", Verdict.EXACT, 75)
    ]


def test_a_total_that_one_typing_error_parts_from_the_table_is_a_warning() -> None:
    assert prose(f"A total of 3,846 persons were counted.\n{TABLE}") == [
        ("3,846 ≠ 2,191 + 1,295 = 3,486", Verdict.CONTRADICTED, 75)
    ]


def test_a_total_of_something_else_is_left_alone() -> None:
    assert prose(f"A total of 9,120 visits were made.\n{TABLE}") == []


def test_a_figure_that_shares_a_word_with_its_row_restates_the_cell() -> None:
    assert prose(f"{TABLE}\nIn the north, 987 men took part.\n") == [("987 = 987", Verdict.EXACT, 75)]
    # no word in common, and too short to be told by itself
    assert prose(f"{TABLE}\nThe project has 987 volunteers.\n") == []


def test_the_text_behind_the_next_heading_speaks_of_other_things() -> None:
    assert prose(f"{TABLE}\n## Next\n\nIn the north, 987 men took part.\n") == []
