"""Repeats: one fact stated twice, alike or not; sentences that are alike and state two facts."""

from __future__ import annotations

import pytest
from judged import judged, lines

from audit.extract import extract
from audit.read.limits import Limits
from audit.read.text import read
from audit.relate.repeat import find

INSPECTIONS = "In 2021, the labour inspectorate carried out 412 inspections of workplaces in all districts."


@pytest.mark.parametrize(
    ("second", "verdict", "equation"),
    [
        ("In 2021, the labour inspectorate carried out 412 inspections of workplaces.", "exact", "412 = 412"),
        ("In 2021, the labour inspectorate carried out 421 inspections of workplaces.", "contradicted", "421 ≠ 412"),
        ("In 2021, the labour inspectorate carried out 612 inspections of workplaces.", "contradicted", "612 ≠ 412"),
        (
            "In 2021, the labour inspectorate carried out 4,120 inspections of workplaces.",
            "contradicted",
            "4,120 ≠ 412",
        ),
    ],
)
def test_one_fact_in_two_paragraphs(second: str, verdict: str, equation: str) -> None:
    assert lines("repeat", f"{INSPECTIONS}\n\nThe programme grew. {second}") == [("figure", verdict, equation)]


def test_difference_is_a_warning_and_says_why_the_two_are_one_fact() -> None:
    text = f"{INSPECTIONS}\n\nIn 2021, the labour inspectorate carried out 421 inspections of workplaces."
    ((claim, _),) = judged("repeat", text)
    assert claim.basis.confidence == 75
    assert claim.basis.reasons[-1] == "one typing error apart"


@pytest.mark.parametrize(
    "second",
    [
        "In 2020, the labour inspectorate carried out 421 inspections of workplaces.",
        "In 2021, the labour inspectorate carried out 38 inspections of ships.",
        "In 2021, the Labour Court of Alba carried out 421 inspections of workplaces.",
        "As of 2021, the labour inspectorate carried out 421 inspections of workplaces.",
        "In 2021, the labour inspectorate carried out 905 inspections of workplaces.",
    ],
)
def test_another_period_thing_place_or_state_is_another_fact(second: str) -> None:
    assert lines("repeat", f"{INSPECTIONS}\n\n{second}") == []


def test_form_that_is_filled_in_three_times_is_no_repeat() -> None:
    text = "\n\n".join(
        f"In 2021, the labour inspectorate carried out {n} inspections of workplaces." for n in (412, 421, 422)
    )
    assert lines("repeat", text) == []


def test_women_and_men_are_two_populations() -> None:
    text = "In 2021, the office assisted 412 women in distress.\n\nIn 2021, the office assisted 412 men in distress."
    assert lines("repeat", text) == []


def test_hedged_restatement_of_one_value_holds() -> None:
    text = f"{INSPECTIONS}\n\nIn 2021, the labour inspectorate carried out over 412 inspections of workplaces."
    assert lines("repeat", text) == [("figure", "within_rounding", "412 = 412")]


@pytest.mark.parametrize(
    ("second", "verdict"),
    [
        ("Persons by district and sex", "exact"),
        ("Persons by district", "exact"),
        ("Persons by sex and by district", "undecided"),
        ("Visits to schools and clinics", "contradicted"),
        ("Persons by district and sex, 2021", "exact"),
    ],
)
def test_title_cited_twice(second: str, verdict: str) -> None:
    text = (
        "It made 27 visits (annex 1, section 9: Persons by district and sex).\n\n"
        f"It made 31 calls (annex 1, section 9: {second})."
    )
    assert [v for f, v, _ in lines("repeat", text) if f == "title"] == [verdict]


def test_same_number_of_another_annex_is_another_title() -> None:
    text = "See annex 1, section 9: Persons by district.\n\nSee annex 2, section 9: Visits to schools."
    assert [f for f, _, _ in lines("repeat", text)] == []


def test_sentence_copied_word_for_word_states_nothing_anew() -> None:
    assert lines("repeat", f"{INSPECTIONS}\n\n{INSPECTIONS}") == []


REPORT = "In 2023, the harbour authority registered 48,217 containers with refrigerated cargo, most of them with fruit."
RELEASE = "The harbour authority registered 48,271 containers with refrigerated cargo in 2023."


def _across(first: str, second: str) -> list[tuple[str, str]]:
    """Return the two figures of each fact that two documents state differently."""
    bundles = [
        extract(read(path, text.encode(), Limits())) for path, text in (("report.txt", first), ("release.txt", second))
    ]
    found = [[o.text for o in claim.operands] for claim in find(bundles)]
    return [(stated, other) for stated, other in found if stated != other]


def test_one_fact_in_two_documents() -> None:
    assert _across(REPORT, RELEASE) == [("48,271", "48,217")]


@pytest.mark.parametrize(
    "second",
    [
        RELEASE.replace("2023", "2024"),
        RELEASE.replace("48,271", "51,903"),
    ],
)
def test_another_year_or_figure_of_another_document_is_another_fact(second: str) -> None:
    assert _across(REPORT, second) == []


def test_two_documents_that_differ_in_many_figures_are_two_editions() -> None:
    things = ("fruit from the islands", "timber from the north", "coal from the mines", "salt from the lakes")
    counted = [(f"Ships carried {48_217 + 1_000 * i} crates", thing) for i, thing in enumerate(things)]
    first = "\n\n".join(f"{words} of {thing} in 2023." for words, thing in counted)
    second = "\n\n".join(f"{words.replace('17 ', '71 ')} of {thing} in 2023." for words, thing in counted)
    assert len(_across(*(text.partition("\n\n")[0] for text in (first, second)))) == 1
    assert _across(first, second) == []


@pytest.mark.parametrize(
    ("counted", "verdict"),
    [("1.2 million", "within_rounding"), ("1.3 million", "contradicted"), ("about 1.3 million", "within_rounding")],
)
def test_figure_that_is_rounded_elsewhere(counted: str, verdict: str) -> None:
    text = (
        f"The census office counted {counted} residents of the capital in the autumn of 2021.\n\n"
        "In the autumn of 2021, 1,203,456 residents of the capital were counted by the census office."
    )
    assert [v for _, v, _ in lines("repeat", text)] == [verdict]
