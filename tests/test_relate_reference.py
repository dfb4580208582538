"""Citations: what a document cites of itself, whose numbers it cites, and ranges that run down."""

from __future__ import annotations

import pytest
from judged import judged, lines, paragraphs

REPLIES = "\n\n".join(
    [
        "Report",
        "Reply to paragraph 1 of the list of questions",
        "1. The register holds all files of the office and is open to the public.",
        "2. It is brought up to date each month by the staff of the office.",
        "Reply to paragraph 2 of the list of questions",
        "3. The staff of the office is trained once a year in all districts.",
    ]
)


def test_own_paragraph_exists() -> None:
    text = paragraphs(12) + "\n\n13. For the figures, see paragraph 5."
    assert lines("reference", text) == [("target", "exact", "paragraph 5 is in the document")]


def test_own_paragraph_beyond_the_last() -> None:
    text = paragraphs(12) + "\n\n13. For the figures, see paragraphs 12 to 15."
    ((claim, decision),) = judged("reference", text)
    assert decision.verdict == "contradicted"
    assert decision.fields["target"] == "paragraph 14"
    assert decision.fields["reason"] == "the document counts paragraphs 1 to 13; 14 is not there"
    assert claim.basis.confidence == 90


@pytest.mark.parametrize(
    "sentence",
    [
        "For the figures, see paragraph 40 of resolution 70/1.",
        "For the figures, see A/79/797, paragraph 40.",
        "For the figures, see paragraph 40 of the list of issues.",
        "As asked in paragraph 40, the office was opened.",
        "For the figures, see his last report, paragraph 40.",
        "The request in paragraphs 40, 41 and 43 (b) of its report was met.",
    ],
)
def test_number_of_another_text_is_not_checkable(sentence: str) -> None:
    found = lines("reference", paragraphs(12) + "\n\n13. " + sentence)
    assert found
    assert {verdict for _, verdict, _ in found} == {"not_checkable"}


def test_own_number_said_with_of() -> None:
    text = paragraphs(12) + "\n\n13. The figures in paragraph 5 of the present report were confirmed."
    assert [(v, e) for _, v, e in lines("reference", text)] == [("exact", "paragraph 5 is in the document")]


@pytest.mark.parametrize(
    ("sentence", "verdict", "equation"),
    [
        ("see paragraphs 1 and 2 relating to other things", None, None),
        (
            "see paragraph 3 relating to paragraph 2 of the list of questions",
            "exact",
            "paragraph 3 stands under 2",
        ),
        (
            "see paragraphs 1 to 2, on the matter raised in paragraph 1 of the list of questions",
            "exact",
            "paragraph 1 to 2 stands under 1",
        ),
        (
            "see paragraph 2 relating to paragraph 2 of the list of questions",
            "contradicted",
            "paragraph 2 stands under 1, not under 2",
        ),
        (
            "see paragraphs 2 to 3 relating to paragraph 2 of the list of questions",
            "contradicted",
            "paragraph 2 to 3 stands under 1 and 2, not under 2",
        ),
    ],
)
def test_paragraph_stands_under_the_question_it_is_said_to_answer(
    sentence: str, verdict: str | None, equation: str | None
) -> None:
    found = [(v, e) for f, v, e in lines("reference", f"{REPLIES}\n\n4. For this, {sentence}.") if f == "governed"]
    assert found == ([(verdict, equation)] if verdict else [])


def test_range_that_runs_down() -> None:
    ((claim, decision),) = judged("reference", "See paragraphs 90 to 86 of this report.")
    assert (claim.form, decision.verdict, decision.equation) == ("range", "contradicted", "90 is after 86")
    assert claim.basis.confidence == 92


def test_hyphen_inside_one_number_is_no_range() -> None:
    assert [f for f, _, _ in lines("reference", "The costs are shown in table 3-1 and in Figure 7–2.")] != ["range"]


def test_annex_that_is_not_in_the_file() -> None:
    found = judged("reference", "It made 27 visits (annex 1, section 9: Visits by district).")
    assert [(d.verdict, d.reason) for _, d in found] == [("not_checkable", "annex 1 is not in the file")]


TABLES = "Report\n\nTable 1. Staff\n\nTable 2. Posts\n\nTable 3. Costs\n\n"


def test_tables() -> None:
    assert lines("reference", TABLES + "The costs are set out in Table 3 and discussed in what follows here.") == [
        ("target", "exact", "table 3 is in the document")
    ]
    ((claim, decision),) = judged(
        "reference", TABLES + "The costs are set out in Table 5 and discussed in what follows."
    )
    assert decision.equation == "the document counts tables 1 to 3; 5 is not there"
    assert claim.basis.confidence == 80


def test_an_item_is_no_paragraph_that_answers_a_question() -> None:
    text = (
        "Reply to the questions raised in paragraph 2 of the list of questions\n\nThree things were done:\n\n"
        "1. One\n\n2. Two\n\n3. Three\n\nFor this, see paragraph 3 relating to paragraph 2 of the list of questions."
    )
    assert [(f, v) for f, v, _ in lines("reference", text) if f == "governed"] == [("governed", "not_checkable")]
