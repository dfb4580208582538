"""Dates: ranges, impossible days, weekdays, states and beginnings, periods of cited titles."""

from __future__ import annotations

import pytest
from judged import judged, lines


@pytest.mark.parametrize(
    ("text", "verdict", "equation"),
    [
        ("Between 1 January 2020 and 4 July 2024, 97 people came.", "exact", "1 January 2020 ≤ 4 July 2024"),
        ("From 2017 to December 2024, it helped 27 people.", "exact", "2017 ≤ December 2024"),
        ("It ran from June 2022 until 3 March 2022.", "contradicted", "June 2022 > 3 March 2022"),
        ("Between March 2022 and 31 March 2022, it met twice.", "exact", "March 2022 ≤ 31 March 2022"),
        ("Visits by month, January 2020–January 2024.", "exact", "January 2020 ≤ January 2024"),
        ("The plan 2019–2024 was adopted.", "exact", "2019 ≤ 2024"),
        ("The plan 2024–2019 was adopted.", "contradicted", "2024 > 2019"),
    ],
)
def test_ranges(text: str, verdict: str, equation: str) -> None:
    assert lines("chronology", text) == [("range", verdict, equation)]


@pytest.mark.parametrize(
    ("text", "confidence"),
    [
        ("It ran from June 2022 until 3 March 2022.", 92),
        ("Between 3 May 2023 and 2 May 2023, it met twice.", 92),
        ("From May 2021 to January 2021, it met twice.", 92),
        ("The stock list was kept from December 2028 to June 2027.", 85),
        ("It ran from 2023 to 2019.", 80),
        ("Costs decreased from 2023 to 2022.", 55),
        ("The plan 2024–2019 was adopted.", 80),
    ],
)
def test_reversed_years_weigh_less_than_days_and_least_beside_a_trend(text: str, confidence: int) -> None:
    ((claim, decision),) = judged("chronology", text)
    assert decision.verdict == "contradicted"
    assert claim.basis.confidence == confidence


def test_a_date_that_is_brought_forward_is_no_period() -> None:
    ((_, decision),) = judged("chronology", "The closing date was moved from December 2028 to June 2027.")
    assert decision.verdict == "undecided"


@pytest.mark.parametrize(
    "text",
    [
        "In the fiscal year 2012-13, 40 ships came.",
        "The Act of 2019 and the Act of 2014 apply.",
        "Files rose to 40 in 2022 and 38 in 2021.",
        "On 5 January it met the 3 delegations.",
    ],
)
def test_no_range(text: str) -> None:
    assert lines("chronology", text) == []


def test_day_that_no_calendar_has() -> None:
    assert lines("chronology", "It began on 31 April 2023.") == [
        ("impossible", "contradicted", "no calendar has 31 April 2023")
    ]
    assert lines("chronology", "It began on 29 February 2024.") == []


@pytest.mark.parametrize(
    ("text", "verdict", "equation"),
    [
        ("It met on Friday, 14 May 2021.", "exact", "14 May 2021 was a Friday"),
        ("It met on Monday 14 May 2021.", "contradicted", "14 May 2021 was a Friday"),
        ("It met on 3 June 2020 (Wednesday).", "exact", "3 June 2020 was a Wednesday"),
    ],
)
def test_weekdays(text: str, verdict: str, equation: str) -> None:
    assert lines("chronology", text) == [("weekday", verdict, equation)]


def test_state_older_than_what_it_is_the_state_of() -> None:
    text = "The course has been run since 2023 for all officials. As of April 2014, four events had been held."
    ((claim, decision),) = judged("chronology", text)
    assert (claim.form, decision.verdict, decision.equation) == ("since", "contradicted", "2023 > April 2014")
    assert claim.basis.confidence == 90


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "It has run since 2013. As of April 2014, four events had been held.",
            [("since", "exact", "2013 ≤ April 2014")],
        ),
        # the year of a state may be the year from which something holds
        ("It has run since 2023. As of 2021, it is compulsory.", [("since", "contradicted", "2023 > 2021")]),
        # the state of another paragraph is the state of something else
        ("It has run since 2023.\n\nAs of April 2014, four events had been held.", []),
    ],
)
def test_states_and_beginnings(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert lines("chronology", text) == expected


def test_state_printed_as_a_year_is_only_a_warning() -> None:
    ((claim, _),) = judged("chronology", "It has run since 2023. As of 2021, it is compulsory.")
    assert claim.basis.confidence == 70


def test_cited_title_covers_less_than_the_text() -> None:
    text = "From January 2017 to March 2024, it opened 23 files (annex 1, section 31: Files by sort, 2017–2023)."
    found = [(c, d) for c, d in judged("chronology", text) if c.form == "title"]
    ((claim, decision),) = found
    assert decision.verdict == "contradicted"
    assert decision.fields == {
        "earlier": "January 2017 to March 2024",
        "later": "2017–2023",
        "reason": "the title says 2017–2023",
    }
    assert claim.basis.confidence == 72


def test_cited_title_that_covers_the_text() -> None:
    text = "From 1 January 2019 to 18 April 2024, it opened 23 files. See annex 1, section 3: Files, 2019–April 2024."
    assert [v for f, v, _ in lines("chronology", text) if f == "title"] == ["exact"]


@pytest.mark.parametrize(
    ("text", "confidence"),
    [
        ("The shelter is open since June 2022. As of 15 March 2022, it had received 310 people.", 80),
        ("Prices have risen since June 2022. As of 15 March 2012, bread cost 3 pesos.", 50),
        ("The shelter is open since June 2022. As of 15 March 2012, it had received 310 people.", 90),
    ],
)
def test_state_shortly_before_may_be_a_level_to_compare_with(text: str, confidence: int) -> None:
    ((claim, decision),) = judged("chronology", text)
    assert decision.verdict == "contradicted"
    assert claim.basis.confidence == confidence


def test_date_in_figures_that_reads_in_two_ways_has_no_weekday() -> None:
    assert lines("chronology", "It met on Monday, 05/06/2024.") == []
    assert lines("chronology", "It met on Monday, 25/06/2024.") == [
        ("weekday", "contradicted", "25/06/2024 was a Tuesday")
    ]
