"""Plain text: paragraphs and lists of every form, broken lines, drawn tables, notes, pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from blocks import document, notes, outline, rows

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def read_text(tmp_path: Path):
    return lambda source: document(tmp_path, "a.txt", source)


def test_numbered_paragraphs_and_nested_items(read_text) -> None:
    found = read_text(
        "11.\tThe plan has two parts:\n"
        "\t(a)\tSchemes abroad:\n"
        "(i)\tOne for farms;\n"
        "(ii)\tOne with:\n"
        "Canada, for industry\n"
        "Germany, for health\n"
        "\t(b)\tSchemes at home.\n"
        "12.\tNothing else.\n"
    )
    assert outline(found) == [
        "p 11 | The plan has two parts:",
        "i1 11 (a) | Schemes abroad:",
        "i2 11 (a) (i) | One for farms;",
        "i2 11 (a) (ii) | One with:",
        "i3 | Canada, for industry",
        "i3 | Germany, for health",
        "i1 11 (b) | Schemes at home.",
        "p 12 | Nothing else.",
    ]
    assert found.place(found.text.index("Canada"), found.text.index("Canada") + 6).paragraph == "11 (a) (ii)"


@pytest.mark.parametrize(
    ("marks", "labels"),
    [
        ("(g) (h) (i) (j)", ["1 (g)", "1 (h)", "1 (i)", "1 (j)"]),
        ("(g) (h) (i) (ii) (i)", ["1 (g)", "1 (h)", "1 (h) (i)", "1 (h) (ii)", "1 (i)"]),
        ("(i) (ii) (iii) (iv) (v)", ["1 (i)", "1 (ii)", "1 (iii)", "1 (iv)", "1 (v)"]),
        ("(a) (1) (2) (b)", ["1 (a)", "1 (a) (1)", "1 (a) (2)", "1 (b)"]),
        ("(u) (v) (w) (x) (y)", ["1 (u)", "1 (v)", "1 (w)", "1 (x)", "1 (y)"]),
        ("(a) (b) (d)", ["1 (a)", "1 (b)", "1 (d)"]),
        ("(a) (c) (i) (ii) (d)", ["1 (a)", "1 (c)", "1 (c) (i)", "1 (c) (ii)", "1 (d)"]),
        ("(1) (2) (a) (b) (3)", ["1 (1)", "1 (2)", "1 (2) (a)", "1 (2) (b)", "1 (3)"]),
    ],
)
def test_letters_that_are_numerals_too_are_told_by_their_sequence(read_text, marks: str, labels: list[str]) -> None:
    lines = "".join(f"\t{mark}\tItem that opens:\n" for mark in marks.split())
    found = read_text("1.\tThese follow:\n" + lines + "2.\tEnd of the text.\n")
    assert [b.label for b in found.blocks[1:-1]] == labels


def test_figures_and_initials_that_open_a_line_are_no_marks(read_text) -> None:
    found = read_text(
        "1.\tVisits are listed for\n"
        "2021–2023.\n"
        "2.\tCosts rose.\n"
        "3.5 million people were reached.\n"
        "A. Smith signed the report.\n"
        "3.\tMore follows here.\n"
    )
    assert outline(found) == [
        "p 1 | Visits are listed for 2021–2023.",
        "p 2 | Costs rose.",
        "p | 3.5 million people were reached.",
        "p | A. Smith signed the report.",
        "p 3 | More follows here.",
    ]


def test_lines_broken_at_a_width(read_text) -> None:
    found = read_text(
        "The Board met on 12 occasions during the year. In total, 1,204\n"
        "licences were issued. The number of inspections rose from 310 in\n"
        "2022. It was 355 in the year after that, which met the short-\n"
        "term target.\n"
        "\n"
        "  - 300 to small boats, including those that are used by the many\n"
        "    people who fish;\n"
        "  - 504 to others (a) with nets, (b) with lines and\n"
        "    (c) with traps.\n"
    )
    assert outline(found) == [
        (
            "p | The Board met on 12 occasions during the year. In total, 1,204 licences were issued. The number of "
            "inspections rose from 310 in 2022. It was 355 in the year after that, which met the short-term target."
        ),
        "i1 - | 300 to small boats, including those that are used by the many people who fish;",
        "i1 - | 504 to others (a) with nets, (b) with lines and (c) with traps.",
    ]
    place = found.place(found.text.index("355"), found.text.index("355") + 3)
    assert (place.line, place.column) == (3, 14)


def test_headings(read_text) -> None:
    found = read_text(
        "Report on fish\n==============\n\n"
        "I. Overview\n\nA. Catch\n\n1.\tThe catch was 12 tonnes.\n\nB. Boats\n\n2.\tThere were 3 boats.\n\n"
        "II. Outlook\n\nAll will be well, says the Board.\n"
    )
    assert outline(found) == [
        "#1 | Report on fish",
        "#2 I. | Overview",
        "#3 A. | Catch",
        "p 1 | The catch was 12 tonnes.",
        "#3 B. | Boats",
        "p 2 | There were 3 boats.",
        "#2 II. | Outlook",
        "p | All will be well, says the Board.",
    ]
    assert found.title == "Report on fish"


def test_inline_notes_leave_the_text(read_text) -> None:
    found = read_text(
        "[bookmark: _Toc1]1.\tThe Constitution,[footnoteRef:4] the Act (No. 189), [footnoteRef:5] and "
        "12[footnoteRef:6] laws. [4: \t\tArticles 1, 2 [sic] and 4.] [5: \t\tSee p. 3.]\n"
        "\n[image: ]\nimage1.png\n2.\tMore text here.\n"
    )
    assert outline(found) == [
        "p 1 | The Constitution, the Act (No. 189), and 12 laws.",
        "n 4 | Articles 1, 2 [sic] and 4.",
        "n 5 | See p. 3.",
        "p 2 | More text here.",
    ]
    assert notes(found) == [
        "The Constitution, [4] Articles 1, 2 [sic] and 4.",
        ", the Act (No. 189), [5] See p. 3.",
    ]
    assert [gap.reason for gap in found.gaps] == ["notes that are called but have no text in the file: 6"]


def test_bracketed_notes_leave_the_text(read_text) -> None:
    found = read_text(
        "The plan was met. [1] It cost $5 million, [2] or more\n\n"
        "1 The plan is that of 2019.\n\n"
        "[2] In prices of 2020.\n\n"
        "than twice as much as in 2018. [3]\n\n"
        "21 States took part.\n"
    )
    assert outline(found) == [
        "p | The plan was met. It cost $5 million, or more than twice as much as in 2018.",
        "n 1 | The plan is that of 2019.",
        "n 2 | In prices of 2020.",
        "p | 21 States took part.",
    ]


def test_a_bracketed_figure_that_counts_nothing_stays(read_text) -> None:
    assert outline(read_text("The range was [300] to [450] and [12] units.\n")) == [
        "p | The range was [300] to [450] and [12] units."
    ]


TABLES = {
    "one cell per line": "\tRegion\n\tWomen\n\tMen\n\n\tNorth\n\t37\n\t1,204\n\n\tSouth\n\t11\n\t–\n\n",
    "tabs": "Region\tWomen\tMen\nNorth\t37\t1,204\nSouth\t11\t–\n",
    "spaces": "Region   Women     Men\n----------------------\nNorth       37   1,204\nSouth       11       –\n",
    "pipes": "| Region | Women | Men |\n|---|---|---|\n| North | 37 | 1,204 |\n| South | 11 | – |\n",
    "frames": "+--------+-------+-------+\n| Region | Women | Men   |\n+--------+-------+-------+\n"
    "| North  | 37    | 1,204 |\n| South  | 11    | –     |\n+--------+-------+-------+\n",
}


@pytest.mark.parametrize("drawn", TABLES)
def test_tables(read_text, drawn: str) -> None:
    found = read_text("7.\tSee below (Table 1).\nTable 1. People\n" + TABLES[drawn] + "8.\tNo more.\n")
    (table,) = found.tables
    assert rows(found, table) == ["t ^Region | ^Women | ^Men", "t North | 37 | 1,204", "t South | 11 | –"]
    assert (table.caption, table.label) == ("Table 1. People", "Table 1")
    place = found.place(table.cells[5].start, table.cells[5].end)
    assert place.paragraph == "7"
    assert [b.label for b in found.blocks if b.label] == ["7", "8"]


@pytest.mark.parametrize(
    "source",
    ["2\tGE.24-23944\nGE.24-23944\t3\n", "Name:  Ann Lee\nTown:  Rome\n", "He said yes | she said no.\n"],
)
def test_text_side_by_side_is_no_table(read_text, source: str) -> None:
    assert read_text(source).tables == ()


def test_pages_leave_no_trace(read_text) -> None:
    page = "Annual report 2024\n\n{}\n\n                - {} -\n\f"
    found = read_text(
        page.format("1. The catch was 12 tonnes and the", 1)
        + page.format("boats were 3. That is all.", 2)
        + page.format("2. New text on 4\u00a0000 units.", 3)
    )
    assert outline(found) == [
        "p 1 | The catch was 12 tonnes and the boats were 3. That is all.",
        "p 2 | New text on 4\u00a0000 units.",
    ]


def test_lists_of_letters_and_numbers_without_brackets(read_text) -> None:
    found = read_text(
        "1) The ministry spent $5 million.\n\n2) It hired 40 people:\na. 20 teachers\nb. 15 clerks\n\n"
        "3) Nothing else.\nSpending in total was:\n1. Roads 3\n2. Schools 2\n\n4) The end is here.\n"
    )
    assert outline(found) == [
        "p 1 | The ministry spent $5 million.",
        "p 2 | It hired 40 people:",
        "i1 2 a | 20 teachers",
        "i1 2 b | 15 clerks",
        "p 3 | Nothing else.",
        "p | Spending in total was:",
        "i1 3 1 | Roads 3",
        "i1 3 2 | Schools 2",
        "p 4 | The end is here.",
    ]
