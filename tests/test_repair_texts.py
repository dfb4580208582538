"""Suggestions for sentences: what is offered for bounds, trends, malformed figures and figures of several relations."""

from __future__ import annotations

import pytest

from audit.pipeline import Limits, audit
from audit.read import read_bytes
from audit.rulefiles import load_rules


def offers(text: str, rule: str) -> list[tuple[str, str, str]]:
    """Return (old, new, why) of each suggestion of the one finding of a rule; "less likely" is kept in the reason."""
    run = audit([read_bytes("text.md", text.encode(), Limits())], tuple(load_rules(("core",))))
    (found,) = [f for f in run.findings if f.rule.id == rule]
    for offer in found.suggestions:
        assert run.documents[0].text[offer.start : offer.end] == offer.old
    return [(s.old, s.new, s.why) for s in found.suggestions]


def leaders(text: str, rule: str) -> set[tuple[str, str]]:
    return {(old, new) for old, new, why in offers(text, rule) if not why.startswith("less likely")}


def test_a_part_beyond_its_whole_is_mended_on_either_figure() -> None:
    found = leaders("The court received 693 cases, of which 936 were closed.", "part-exceeds-whole")
    assert {("936", "396"), ("693", "963"), ("936", "636")} <= found
    assert all(int(new) < 693 if old == "936" else int(new) > 936 for old, new in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sales were $337 million in 2024, an increase of $108 million, or 42.2 per cent.",
         {("42.2 per cent", "47.2 per cent"), ("$108 million", "$100 million")}),
        ("Sales were $595 million in 2024, a decrease of $20 million, or 7.8 per cent.",
         {("$20 million", "$50 million")}),
        ("Sales were $559 million that year, a decrease of $50 million, or 7.8 per cent.",
         {("$559 million", "$595 million")}),
    ],
)  # fmt: skip
def test_a_growth_told_by_its_amount_is_mended(text: str, expected: set[tuple[str, str]]) -> None:
    assert expected <= leaders(text, "change-misstated")


def test_a_ranking_is_mended_by_what_keeps_its_order() -> None:
    text = "Most cases were documented in Alba (65), followed by Bruma (91), Corvo (15) and Dorna (12)."
    assert offers(text, "ranking-reversed")[0] == ("91", "19", "two neighbouring digits exchanged")


def test_a_trend_is_mended_by_what_leaves_it_small() -> None:
    text = "The share of schools with water declined to 52.3 per cent, down from 22.9 per cent in 2015."
    found = offers(text, "trend-reversed")
    assert found[0] == ("22.9 per cent", "52.9 per cent", "one digit typed wrong")
    assert ("22.9 per cent", "92.9 per cent", "less likely: one digit typed wrong") in found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The number of girls rose from 3,820 in 2022 to 4,9713 in 2023.", {"4,971", "4,973", "4,913", "4,713"}),
        ("An estimated 305,0010 people fled to 1,204 camps.", {"305,000", "305,001", "305,010"}),
        ("The blast left 08 men and 4 women without shelter.", {"80", "8", *(f"{i}8" for i in range(1, 10))}),
        ("As of May, 7. million people had fled.", {f"7.{i} million" for i in range(10)}),
    ],
)  # fmt: skip
def test_a_malformed_figure_says_where_it_is_wrong(text: str, expected: set[str]) -> None:
    assert {new for _, new in leaders(text, "figure-malformed")} == expected


def test_a_lost_digit_before_a_comma_is_printed_with_it() -> None:
    text = "The region holds ,371 women and 1,204 men, 6,575 prisoners in all."
    assert leaders(text, "parts-unequal-total") == {(",371", "5,371")}


def test_a_lost_digit_before_the_comma_of_a_cell_is_printed_once() -> None:
    rows = "| North | 1,180 | 1,700 |\n| South | ,900 | 2,300 |\n| East | 1,300 | 1,000 |\n| Total | 7,380 | 5,000 |\n"
    text = "| Team | Cases | Files |\n| --- | --- | --- |\n" + rows
    assert leaders(text, "figure-malformed") == {(",900", "4,900")}


def test_a_malformed_figure_is_the_wrong_one_of_its_sum() -> None:
    text = "The office registered 2,440 people (1,092 women and 1,3458 men)."
    assert leaders(text, "parts-unequal-total") == {("1,3458", "1,348")}


def test_a_nought_is_a_figure_of_one_digit() -> None:
    text = "A total of 9 farmers were hurt (0 men, 2 girls and 3 boys)."
    assert leaders(text, "parts-unequal-total") == {("9", "5"), ("0", "4"), ("2", "6"), ("3", "7")}


def test_a_relation_that_may_be_misread_does_not_hide_the_error() -> None:
    text = (
        "The mission counted 702 casualties (179 dead and 223 injured), a 34 per cent increase compared with the "
        "609 casualties recorded before."
    )
    assert ("702", "402") in leaders(text, "parts-unequal-total")


def test_figures_printed_in_ones_are_mended_to_the_exact_sum() -> None:
    text = "| Kind | Cases |\n| --- | --- |\n| Fraud | 198 |\n| Conduct | 77 |\n| Other | 165 |\n| Total | 434 |\n"
    assert leaders(text, "table-total-unequal") == {("198", "192"), ("77", "71")}


def test_of_two_mentions_the_one_with_a_digit_too_many_leads() -> None:
    text = "The office closed 17 camps in 2021.\n\nIn 2021, the office closed 517 camps."
    assert offers(text, "restated-differently")[0] == ("517", "17", "a digit too many")


def test_a_share_that_was_cut_off_is_rounded_first() -> None:
    text = "Of 29,196 applications, 10,420 (35.6 per cent) were granted."
    assert offers(text, "share-truncated")[0] == ("35.6 per cent", "35.7 per cent", "rounded instead of cut off")


def test_what_nothing_explains_is_not_guessed() -> None:
    assert offers("The centre treated 403 patients (206 men and 281 women).", "parts-unequal-total") == []
