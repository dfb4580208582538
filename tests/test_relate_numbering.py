"""Sequences: paragraphs, items, marks in sentences, headings; their breaks, and what is no sequence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from judged import judged, lines, paragraphs

from audit.judge.numbering import decide
from audit.relate.cited.ordinals import Place, printed, read_mark, runs_of


def marks(*texts: str) -> list[Place]:
    return [Place(i, i + 1, text, read_mark(text)) for i, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("mark", "readings"),
    [
        ("(c)", {"(letter)": 3}),
        ("(iv)", {"(roman)": 4}),
        ("(i)", {"(roman)": 1, "(letter)": 9}),
        ("12.", {"arabic": 12}),
        ("B.", {"upper letter": 2}),
        ("2.3", {"2.arabic": 3}),
        ("(aa)", {"(letter)": 27}),
        ("(iix)", {}),
        ("(Ab)", {}),
    ],
)
def test_mark_is_read_in_every_way_it_can_be(mark: str, readings: dict[str, int]) -> None:
    assert read_mark(mark) == readings


def test_roman_and_letter_are_told_apart_by_what_stands_around() -> None:
    assert [(r.style, r.ordinals) for r in runs_of(marks("(h)", "(i)", "(j)"))] == [("(letter)", (8, 9, 10))]
    assert [(r.style, r.ordinals) for r in runs_of(marks("(i)", "(ii)", "(iii)"))] == [("(roman)", (1, 2, 3))]


def test_first_mark_opens_a_new_run() -> None:
    assert [r.ordinals for r in runs_of(marks("(a)", "(b)", "(a)", "(b)", "(c)"))] == [(1, 2), (1, 2, 3)]


def test_missing_mark_is_printed_in_the_shape_of_its_neighbour() -> None:
    assert printed(3, "(letter)", "(b)") == "(c)"
    assert printed(4, "upper roman", "III.") == "IV."
    assert printed(3, "2.arabic", "2.2") == "2.3"


def test_paragraphs_without_a_gap() -> None:
    assert lines("numbering", paragraphs(12)) == [("paragraphs", "exact", "1. to 12.: 12 marks of 12")]


def test_paragraph_left_out() -> None:
    assert lines("numbering", paragraphs(12, without=(7,))) == [
        ("paragraphs", "contradicted", "7. is missing between 6. and 8.")
    ]


def test_break_is_quoted_where_it_stands_and_is_a_warning_at_most() -> None:
    ((claim, decision),) = judged("numbering", paragraphs(12, without=(7,)))
    assert claim.basis.confidence == 85
    assert decision.fields["mark"] == "8."
    assert decision.fields["expected"] == "7."
    assert decision.at.start == claim.start


def test_paragraph_that_the_reader_overlooked_is_left_undecided() -> None:
    text = paragraphs(12, without=(7,)).replace("office F and gave thanks.", "office F. 7. It then adjourned.")
    ((_, decision),) = judged("numbering", text)
    assert decision.verdict == "undecided"
    assert decision.reason == "7. stands in the text before 8."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "It covers (a) clean water; (b) rural roads; and (c) schools.",
            [("inline", "exact", "(a) to (c): 3 marks of 3")],
        ),
        (
            "It covers (a) clean water; (b) rural roads; (d) schools; and (e) clinics.",
            [("inline", "contradicted", "(c) is missing between (b) and (d)")],
        ),
        (
            "It covers: (1) clean water; (2) rural roads; (2) schools; and (3) clinics.",
            [("inline", "contradicted", "(2) stands twice")],
        ),
        (
            "It rests on (a) access: (i) fair prices; and (ii) open hours; and (b) quality.",
            [("inline", "exact", "(i) to (ii): 2 marks of 2"), ("inline", "exact", "(a) to (b): 2 marks of 2")],
        ),
        ("Abre a) caminos rurales; b) escuelas; y c) clínicas.", [("inline", "exact", "a) to c): 3 marks of 3")]),
    ],
)
def test_marks_in_a_sentence(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert sorted(lines("numbering", text)) == sorted(expected)


@pytest.mark.parametrize(
    "text",
    [
        "It applies section 235 (b) (2) (c) of the Act and article V (a) of the treaty.",
        "Votes came from Bangladesh (1), India (2), Nepal (4) and Sri Lanka (1).",
        "Subparagraphs (a) and (b) and (d) were deleted.",
        "The reports (2019) and (2021) were noted.",
        "(3) Represents the shares held by the trust.",
    ],
)
def test_brackets_that_count_nothing_off(text: str) -> None:
    assert lines("numbering", text) == []


def test_marks_that_cite_break_no_list() -> None:
    text = "From equation (1) we obtain the rate and from (2) the level, so that by (2) the trend follows."
    assert lines("numbering", text) == [("inline", "exact", "(1) to (2): 2 marks of 2")]


def test_items_of_a_list_and_the_list_inside_one_of_them() -> None:
    text = "It covers:\n\n(a) Water;\n\n(b) Roads:\n\n(i) Rural roads;\n\n(ii) Bridges;\n\n(c) Schools."
    assert sorted(lines("numbering", text)) == [
        ("items", "exact", "(a) to (c): 3 marks of 3"),
        ("items", "exact", "(i) to (ii): 2 marks of 2"),
    ]


def test_question_headings_count_on() -> None:
    parts = [
        f"Reply to paragraph {n} of the list\n\n{n}. The office keeps a register of all its files." for n in (1, 2, 3)
    ]
    assert ("headings", "exact", "1 to 3: 3 marks of 3") in lines("numbering", "Report\n\n" + "\n\n".join(parts))


def test_points_of_a_question_taken_up_one_by_one() -> None:
    text = (
        "1. Regarding paragraph 31 (a), it keeps a register.\n\n2. Regarding paragraph 31 (b), it trains staff."
        "\n\n3. Regarding paragraph 31 (d), it publishes the figures."
    )
    ((claim, decision),) = [(c, d) for c, d in judged("numbering", text) if c.form == "points"]
    assert (decision.verdict, decision.equation) == ("contradicted", "(c) is missing between (b) and (d)")
    assert claim.basis.confidence == 70


def test_count_that_does_not_match_its_ends_is_not_verified() -> None:
    ((claim, _),) = judged("numbering", paragraphs(12))
    decision = decide(replace(claim, detail={"count": "11"}))
    assert (decision.verdict, decision.equation) == ("undecided", "1. to 12.: 11 marks of 12")
