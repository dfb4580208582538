from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
import sample_print
from benchmark.pdf import times
from conformance import faults
from printed import Sheet, document, pdf, rows, texts, width
from pypdf import PdfReader, PdfWriter

from audit.errors import ReadError
from audit.model import BlockKind, Document
from audit.read import Limits, read
from audit.read.pdf import read as read_pdf

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("ADDSUP_SHARED", ROOT.parent / "shared"))
LONG = "The members met in the spring and agreed on the form and the date of the next report of all"


def test_lines_join_to_paragraphs_and_space_parts_them() -> None:
    made = document(
        Sheet().lines(80, 700, LONG, "seven States and paid for it", "").lines(80, 660, LONG, "five other States.")
    )

    assert texts(made) == [f"{LONG} seven States and paid for it", f"{LONG} five other States."]


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [f"left {n} is a line of the first column here" for n in "abcdefgh"]
    right = [f"right {n} is a line of the second column" for n in "abcdefgh"]
    sheet = Sheet()
    for number, (one, two) in enumerate(zip(left, right, strict=True)):
        sheet.text(60, 700 - 12 * number, one).text(320, 700 - 12 * number, two)

    assert document(sheet).text.replace("\n", " ").strip() == " ".join([*left, *right])


def test_columns_of_justified_lines_are_no_table() -> None:
    wide = ["set", "apart", "to", "fill", "the", "line", "of", "the"]
    sheet, said = Sheet(), {60: "", 320: ""}
    for left, pitch in ((60, 12), (320, 13)):
        for number in range(16):
            line = [f"line {'abcdefghijklmnop'[number]} of the long text of this column of words"]
            if number % 4 == 1:
                line = wide
            for place, word in enumerate(line):
                sheet.text(left + 30 * place, 700 - pitch * number, word)
            said[left] += " ".join(line) + " "
    sheet.text(60, 480, "Item").text(150, 480, "Sum").text(60, 465, "Land").text(150, 465, "17")
    sheet.text(60, 450, "Boats").text(150, 450, "12").text(320, 457, "7.").text(
        350, 457, "The members of the board met."
    )

    made = document(sheet)
    assert texts(made, BlockKind.PARAGRAPH) == [f"{said[60]}{said[320]}".strip(), "The members of the board met."]
    assert rows(made) == [["Item", "Sum"], ["Land", "17"], ["Boats", "12"]]


def test_three_columns_are_read_one_after_the_other() -> None:
    sheet, said = Sheet(), ""
    for left, pitch in ((40, 12), (220, 13), (400, 14)):
        for number in range(16):
            line = [f"{'abcdefghijklmnop'[number]} is of the text of column {left}"]
            if number % 4 == 1:
                line = ["set", "wide", "apart", "so", "as"]
            for place, word in enumerate(line):
                sheet.text(left + 33 * place, 700 - pitch * number, word)
            said += " ".join(line) + " "

    assert document(sheet).text.replace("\n", " ") == said


def test_the_first_paragraph_below_a_narrow_table_is_no_row() -> None:
    sheet = Sheet()
    for number, cells in enumerate(
        [("Item", "Sum"), ("Land", "17"), ("Boats", "12"), ("7.", "Six members of the board")]
    ):
        for left, text in zip((80, 130), cells, strict=True):
            sheet.text(left, 700 - 15 * number, text)
    sheet.text(80, 643, "met in the spring of the year.")

    made = document(sheet)
    assert rows(made) == [["Item", "Sum"], ["Land", "17"], ["Boats", "12"]]
    assert texts(made, BlockKind.PARAGRAPH) == ["Six members of the board met in the spring of the year."]


def test_a_heading_in_the_margin_stands_before_the_text_beside_it() -> None:
    body = [f"line {n} of the text that stands to the right of the margin" for n in "abcdefghij"]
    sheet = Sheet().lines(200, 700, *body).lines(40, 652, "Survey", "Background", size=14, step=16)

    made = document(sheet)

    assert texts(made, BlockKind.HEADING) == ["Survey Background"]
    assert made.text.index("line d") < made.text.index("Survey") < made.text.index("line e")


def test_running_headers_footers_and_page_numbers_are_dropped() -> None:
    sheets = [
        Sheet()
        .text(80, 800, "A/80/44")
        .lines(80, 700, *([f"word {n} {LONG}"] * 5))
        .text(80, 40, f"{n + 1}/4")
        .text(400, 40, "25-09438")
        for n in range(4)
    ]

    made = document(*sheets)

    assert made.text.count("A/80/44") == 1  # the first page keeps its head
    assert "25-09438" not in made.text
    assert not re.search(r"\d/4", made.text.replace("A/80/44", ""))


def test_a_sentence_goes_on_over_the_page() -> None:
    first = Sheet().text(80, 800, "S/1").lines(80, 200, LONG, f"{LONG}").text(300, 40, "1")
    second = Sheet().text(80, 800, "S/1").lines(80, 760, "and of the 27 others. " + LONG[:60], LONG).text(300, 40, "2")
    third = Sheet().text(80, 800, "S/1").lines(80, 760, LONG).text(300, 40, "3")

    made = document(first, second, third)

    assert f"{LONG} and of the 27 others." in made.text
    assert made.place(made.text.index("27"), made.text.index("27") + 2).page == 2


def test_a_hyphen_at_a_line_end_goes_when_the_word_is_known_whole() -> None:
    words = f"The information is here. {LONG[:50]} infor-"
    real = f"{LONG[:69]} pre-"

    made = document(Sheet().lines(80, 700, words, f"mation on the {real}", "election plans of a State"))

    assert "infor-" not in made.text
    assert made.text.count("information") == 2
    assert "pre-election plans" in made.text


def test_a_raised_mark_is_a_call_and_no_figure() -> None:
    sheet = Sheet().lines(80, 700, LONG)
    sheet.runs(
        80, 688, "is named in the Mexican Constitution,", "^1", " the Act of 2011 and all of the rules of the State"
    )
    sheet.runs(
        80,
        676,
        "and is about an area of 12 km",
        "^2",
        " of land in the north, or 10",
        "^6",
        " men, on the 21",
        "^st",
        " day of May",
    )
    sheet.lines(80, 664, "and so on.").lines(80, 640, LONG, "in all.")
    sheet.runs(80, 97, "^1", "See the law of 2011, article 33.", size=8)

    said = (
        "is named in the Mexican Constitution, the Act of 2011 and all of the rules of the State"
        " and is about an area of 12 km² of land in the north, or 10⁶ men, on the 21st day of May"
    )

    made = document(sheet)

    assert texts(made, BlockKind.PARAGRAPH) == [
        f"{LONG} {said} and so on.",
        f"{LONG} in all.",
    ]
    (note,) = made.notes
    assert (note.mark, texts(made, BlockKind.NOTE)) == ("1", ["See the law of 2011, article 33."])
    assert note.call == made.text.index("Constitution,") + len("Constitution,")


def test_a_mark_drawn_after_its_page_is_a_call_of_the_text_before_it() -> None:
    behind = 80 + width("The members of the board of seven States are listed in table 3.")
    made = document(
        Sheet()
        .text(80, 700, "The members of the board of seven States are listed in table 3.")
        .text(80, 688, LONG)
        .text(80, 120, "4 One State left the board in 2023.", size=8)
        .text(behind, 704, "4", size=6)
    )

    assert texts(made) == [
        f"The members of the board of seven States are listed in table 3. {LONG}",
        "One State left the board in 2023.",
    ]
    assert [made.text[n.call - 2 : n.call] for n in made.notes if n.call is not None] == ["3."]


def test_a_mark_at_the_start_of_a_line_of_text_calls_its_note() -> None:
    made = document(
        Sheet()
        .text(80, 700, f"{LONG} (No. 189),")
        .runs(80, 688, "^4", "which entered into force in the spring.")
        .text(80, 120, "4 One State left the board in 2023.", size=8)
    )

    assert texts(made) == [
        f"{LONG} (No. 189), which entered into force in the spring.",
        "One State left the board in 2023.",
    ]
    assert [n.mark for n in made.notes if n.call is not None] == ["4"]


def test_notes_may_be_numbered_anew_on_each_page() -> None:
    sheets = []
    for name in ("north", "south"):
        sheet = Sheet().lines(80, 600, LONG).runs(80, 588, f"and the sum of the {name}", "^1", ".")
        sheets.append(sheet.lines(80, 500, LONG, LONG).runs(80, 97, "^1", f"Note of the {name}.", size=8))

    made = document(*sheets)

    assert [n.mark for n in made.notes] == ["1", "1"]
    assert texts(made, BlockKind.NOTE) == ["Note of the north.", "Note of the south."]
    assert [made.text[n.call - 5 : n.call] for n in made.notes if n.call] == ["north", "south"]


def test_a_long_note_goes_on_over_its_lines_and_the_page() -> None:
    first = Sheet().lines(80, 600, LONG, LONG, LONG).runs(80, 564, "and the sum", "^1", ".")
    first.text(80, 90, "______________", 8).runs(80, 78, "^1", f"The note {LONG}", size=8).lines(
        80, 69, "and of", size=8
    )
    second = Sheet().lines(80, 500, LONG, "in all.").text(80, 90, "______________", 8)
    second.lines(80, 78, "the year 2011 and of the year 2012.", size=8)

    made = document(first, second)

    (note,) = made.notes
    assert texts(made, BlockKind.NOTE) == [f"The note {LONG} and of the year 2011 and of the year 2012."]
    assert note.call == made.text.index("and the sum") + len("and the sum")


def test_numbered_paragraphs_and_items_have_labels() -> None:
    sheet = Sheet()
    sheet.text(80, 700, "9.").lines(110, 700, f"{LONG[:80]} of").lines(80, 688, "the States met in 2023:")
    sheet.text(110, 664, "(a)").text(130, 664, "One of 5 States;")
    sheet.text(110, 646, "(b)").text(130, 646, "Two of 7 others:")
    sheet.text(130, 628, "(i)").text(150, 628, "of the north;")
    sheet.text(130, 610, "(ii)").text(150, 610, "of the south.")
    sheet.text(80, 586, "10.").lines(110, 586, f"{LONG[:80]} of").lines(80, 574, "2023. The others did not.")

    made = document(sheet)

    labelled = {b.label: made.text[b.start : b.end] for b in made.blocks if b.label}
    assert labelled == {
        "9": f"{LONG[:80]} of the States met in 2023:",
        "9 (a)": "One of 5 States;",
        "9 (b)": "Two of 7 others:",
        "9 (b) (i)": "of the north;",
        "9 (b) (ii)": "of the south.",
        "10": f"{LONG[:80]} of 2023. The others did not.",
    }


def test_headings_are_known_by_their_print() -> None:
    sheet = Sheet().text(80, 760, "Report on the year", 20, "bold").text(80, 720, "I. Introduction", 14, "bold")
    sheet.lines(80, 700, LONG, LONG, "in all.").text(80, 650, "Money", 10, "bold").lines(80, 630, LONG, "in all.")

    made = document(sheet)

    headings = [(b.level, b.mark, made.text[b.start : b.end]) for b in made.blocks if b.kind is BlockKind.HEADING]
    assert headings == [(1, "", "Report on the year"), (2, "I.", "Introduction"), (3, "", "Money")]
    assert made.title == "Report on the year"


def test_columns_of_figures_are_a_table() -> None:
    sheet = Sheet().lines(80, 760, LONG, LONG).text(80, 720, "Table 2. Cases by region", 10, "bold")
    sheet.text(80, 690, "Region", 9, "bold").text(250, 690, "Cases", 9, "bold").text(350, 690, "Closed", 9, "bold")
    for number, (name, cases, closed) in enumerate(
        [("North", "1,185", "90"), ("South of the river", "103", "–"), ("Total", "1,288", "90")]
    ):
        sheet.text(80, 670 - 15 * number, name).right(275, 670 - 15 * number, cases)
        if closed == "–":
            sheet.text(370, 670 - 15 * number, closed)
        else:
            sheet.right(380, 670 - 15 * number, closed)
    sheet.lines(80, 590, LONG, "in all.")

    made = document(sheet)

    assert rows(made) == [
        ["Region", "Cases", "Closed"],
        ["North", "1,185", "90"],
        ["South of the river", "103", "–"],
        ["Total", "1,288", "90"],
    ]
    assert made.tables[0].caption == "Table 2. Cases by region"
    assert [c.header for c in made.tables[0].cells] == [True] * 3 + [False] * 9


def test_ruling_lines_join_the_lines_of_one_row() -> None:
    sheet = Sheet()
    tops = (700, 680, 650, 630)
    for y in tops:
        sheet.rule(70, y, 450, y)
    for x in (70, 220, 330, 450):
        sheet.rule(x, 630, x, 700)
    sheet.text(80, 687, "State").text(230, 687, "Paid").text(340, 687, "Owed")
    sheet.lines(80, 668, "Republic of the", "United Islands", size=9).right(300, 663, "1,500").right(420, 663, "20")
    sheet.text(80, 637, "Chad").right(300, 637, "900").right(420, 637, "5")

    made = document(sheet)

    assert rows(made) == [
        ["State", "Paid", "Owed"],
        ["Republic of the United Islands", "1,500", "20"],
        ["Chad", "900", "5"],
    ]


def test_figures_that_touch_are_cells_of_their_own() -> None:
    sheet = Sheet()
    for number, y in enumerate((700, 685, 670)):
        sheet.text(80, y, "Total" if number == 2 else f"Line {number}")
        sheet.right(400, y, f"{number}.340.314.700,59").right(318, y, f"{number}.812.000,00")  # right to left

    made = document(sheet)

    assert [r[1:] for r in rows(made)] == [[f"{n}.812.000,00", f"{n}.340.314.700,59"] for n in range(3)]


def test_a_table_goes_on_over_the_page() -> None:
    def part(first: int) -> Sheet:
        sheet = Sheet().text(80, 700, "Item", 10, "bold").text(280, 700, "Sum", 10, "bold")
        for number in range(3):
            sheet.text(80, 680 - 15 * number, f"Item {'abcdef'[first + number]}")
            sheet.right(300, 680 - 15 * number, str(100 + first + number))
        return sheet

    made = document(part(0), part(3))

    assert len(made.tables) == 1
    assert rows(made) == [["Item", "Sum"], *([f"Item {c}", str(100 + n)] for n, c in enumerate("abcdef"))]


def test_rows_alone_at_the_edges_of_pages_belong_to_their_table() -> None:
    first = Sheet().text(80, 700, "Item", 10, "bold").right(300, 700, "Sum", 10, "bold")
    for number, (label, figure) in enumerate([("Assets", ""), ("Land", "12"), ("Boats", "30"), ("Debts", "")]):
        first.text(80, 685 - 15 * number, label).right(300, 685 - 15 * number, figure)
    second = Sheet().text(80, 700, "Item", 10, "bold").right(300, 700, "Sum", 10, "bold")
    second.text(80, 685, "Loans").right(300, 685, "2")
    after = Sheet().lines(80, 700, "The 25 States paid", LONG, "in all.").right(400, 700, "7")

    made = document(first, second)
    assert rows(made) == [
        ["Item", "Sum"],
        ["Assets", ""],
        ["Land", "12"],
        ["Boats", "30"],
        ["Debts", ""],
        ["Loans", "2"],
    ]
    assert len(made.tables) == 1
    assert rows(document(first, after)) == [["Item", "Sum"], ["Assets", ""], ["Land", "12"], ["Boats", "30"]]


def test_the_second_line_of_a_label_stands_closer_than_the_rows() -> None:
    sheet = Sheet().text(80, 705, "Item").right(300, 705, "Sum")
    for number, (label, figure) in enumerate([("Works of the State", "12"), ("Boats", "30"), ("Land", "")]):
        sheet.text(80, 685 - 24 * number, label).right(300, 685 - 24 * number, figure)
    sheet.text(80, 674, "Ministry").text(80, 613, "Loans").right(300, 613, "7")

    assert rows(document(sheet)) == [
        ["Item", "Sum"],
        ["Works of the State Ministry", "12"],
        ["Boats", "30"],
        ["Land", ""],
        ["Loans", "7"],
    ]


def test_cells_drawn_in_one_go_are_parted() -> None:
    sheet = Sheet()
    for number, (label, *cells) in enumerate([("Item", "2023", "Now", "2024"), ("Land", "1,185", "7", "1,030")]):
        sheet.text(80, 690 - 15 * number, label)
        for column, text in enumerate(cells):
            sheet.right(250 + 100 * column, 690 - 15 * number, text)
    sheet.text(80, 660, "Boats").right(350, 660, "61")
    back = 1000 * (200 + width("0,00")) / 10  # the second stands back at the left: pdfium sees no space between them
    sheet.parts.append(f"BT /plain 10 Tf 1 0 0 1 {450 - width('0,00')} 660 Tm [(0,00) {back} (0,00)] TJ ET")

    assert rows(document(sheet)) == [
        ["Item", "2023", "Now", "2024"],
        ["Land", "1,185", "7", "1,030"],
        ["Boats", "0,00", "61", "0,00"],
    ]


def test_the_labels_of_a_chart_are_left_out_and_said() -> None:
    sheet = Sheet().lines(80, 760, LONG, LONG)
    sheet.areas(*((100 + 60 * n, 400, 130 + 60 * n, 450 + 20 * n) for n in range(5)))
    for n in range(5):
        sheet.text(105 + 60 * n, 453 + 20 * n, str(300 + n), 8).text(105 + 60 * n, 388, str(2019 + n), 8)
    sheet.lines(80, 300, LONG, "in all.")

    made = document(sheet)

    assert made.tables == ()
    assert not re.search(r"30\d|20\d\d", made.text)
    assert [g.reason for g in made.gaps] == ["page 1: 10 labels inside a chart or drawing are left out"]


def test_bars_drawn_one_by_one_are_a_chart_and_shaded_cells_are_not() -> None:
    bars, cells = Sheet(), Sheet()
    for n in range(6):
        for sheet, top in ((bars, 450 + 20 * n), (cells, 450)):
            sheet.areas((100 + 60 * n, 400, 130 + 60 * n, top)).text(105 + 60 * n, 388, str(310 + n), 8)
    for sheet in (bars, cells):
        sheet.lines(80, 760, LONG, LONG)

    assert re.findall(r"31\d", document(bars).text) == []
    assert re.findall(r"31\d", document(cells).text) == ["310", "311", "312", "313", "314", "315"]


def test_a_caption_over_two_lines_is_no_label_of_its_chart() -> None:
    sheet = Sheet().text(80, 512, "Figure 1. Cases of the year by region and", font="bold")
    sheet.text(80, 500, "by age", font="bold").lines(80, 700, LONG, "in all.").text(90, 470, "North").text(
        90, 440, "South"
    )
    sheet.areas((130, 465, 300, 492), (130, 435, 260, 450)).text(140, 470, "17").text(140, 440, "13")

    assert texts(document(sheet), BlockKind.CAPTION) == ["Figure 1. Cases of the year by region and by age"]


def test_a_contents_page_gives_no_labels() -> None:
    sheet = Sheet().text(80, 760, "Contents", 14, "bold")
    for number, name in enumerate(("Introduction", "Total procurement", "Annex")):
        sheet.text(80, 730 - 15 * number, f"{number + 1}. {name} {'.' * 60} {number + 4}")
    sheet.lines(80, 600, f"1. {LONG[:80]} of", "the States.")

    made = document(sheet)

    assert [b.label for b in made.blocks if b.label] == ["1"]
    assert made.tables == ()


def test_a_figure_has_its_page_and_box() -> None:
    made = document(Sheet().text(80, 700, "The 25 States paid 1,300 dollars to the fund of the year."))

    place = made.text.index("1,300")
    anchor = made.anchor_at(place)
    assert anchor is not None
    assert (anchor.start, anchor.page) == (place, 1)
    left, bottom, right, top = anchor.box or (0, 0, 0, 0)
    # "The 25 States paid " is 86.7 points wide in Helvetica 10, "1,300" 25 points.
    assert (round(left), round(right)) == (167, 192)
    assert bottom < 700 < top < 712


@pytest.mark.parametrize(("left", "bottom"), [(-300, 500), (200, -700)])
def test_a_page_may_begin_anywhere_in_its_coordinates(left: int, bottom: int) -> None:
    sheet = Sheet(left=left, bottom=bottom).text(left + 80, bottom + 800, "Report on the year")
    sheet.lines(left + 80, bottom + 600, LONG).runs(left + 80, bottom + 588, "and paid 1,300 dollars.", "^1")
    made = document(sheet.runs(left + 80, bottom + 97, "^1", "See the law of the year.", size=8))

    assert texts(made) == ["Report on the year", f"{LONG} and paid 1,300 dollars.", "See the law of the year."]
    assert [(n.mark, n.call is not None) for n in made.notes] == [("1", True)]
    anchor = made.anchor_at(made.text.index("1,300"))
    assert anchor is not None
    place = left + 80 + width("and paid ")
    assert [round(x) for x in (anchor.box or ())][::2] == [round(place), round(place + width("1,300"))]


def test_a_figure_in_a_table_has_its_page_and_box() -> None:
    rows_of_two = Sheet()
    for number, (name, cases) in enumerate([("Region", "Cases"), ("North", "1,185"), ("South", "103")]):
        rows_of_two.text(80, 690 - 15 * number, name).right(275, 690 - 15 * number, cases)
    made = document(Sheet().lines(80, 700, LONG, "in all."), rows_of_two)

    place = made.text.index("1,185")
    anchor = made.anchor_at(place)
    assert anchor is not None
    assert (made.place(place, place + 5).page, anchor.line) == (2, 0)
    left, _, right, _ = anchor.box or (0, 0, 0, 0)
    assert (round(left), round(right)) == (250, 275)


def test_a_page_on_its_side_is_read_upright() -> None:
    sheet = (
        Sheet(rotate=90).upwards(100, 80, "The 25 States paid 1,300 dollars").upwards(112, 80, "to the fund of 2023.")
    )

    made = document(sheet)

    assert texts(made) == ["The 25 States paid 1,300 dollars to the fund of 2023."]
    anchor = made.anchor_at(made.text.index("25"))
    assert anchor is not None
    assert anchor.box is not None
    left, bottom, right, _ = anchor.box
    assert left < 100 < right + 3  # in the points of the file, where the text runs upwards
    assert 95 < bottom < 105


def test_text_across_the_others_is_said() -> None:
    made = document(Sheet().lines(80, 700, LONG, "in all.").upwards(40, 300, "in millions"))

    assert "millions" not in made.text
    assert [g.reason for g in made.gaps] == ["page 1: 1 lines that run in another direction are left out"]


def test_the_declared_title_is_taken_unless_a_program_left_it() -> None:
    sheet = Sheet().text(80, 760, "Report on the year", 20, "bold").lines(80, 700, LONG, LONG, LONG)

    assert document(sheet, title="The year in figures").title == "The year in figures"
    assert document(sheet, title="Microsoft Word - draft 3.docx").title == "Report on the year"


def test_a_page_without_text_among_others_is_said() -> None:
    made = document(Sheet().lines(80, 700, LONG, "in all."), Sheet().picture())

    assert [g.reason for g in made.gaps] == ["page 2: a picture without a text layer; run OCR on it"]


def test_a_page_whose_fonts_have_no_letters_is_said_or_refused() -> None:
    garbled = Sheet()
    for number in range(3):
        garbled.text(80, 700 - 12 * number, "\x01\x04\x05 \x06\x07\x08\x0e 12 \x0f\x10\x11\x12\x13")

    made = document(Sheet().lines(80, 700, LONG, "in all."), garbled)
    assert made.text == f"{LONG} in all.\n"
    assert [g.reason for g in made.gaps] == [
        "page 2: its fonts do not say which letters they print; run OCR on it",
    ]
    with pytest.raises(ReadError, match="its fonts do not say which letters they print: run OCR first"):
        document(garbled)


def test_a_table_that_is_a_picture_is_said_and_an_emblem_is_not() -> None:
    made = document(
        Sheet()
        .lines(80, 700, LONG, "in all.")
        .text(80, 600, "Table 1. Cases by region")
        .picture(80, 400, 500, 590)
        .picture(80, 740, 130, 790)
    )

    assert [g.reason for g in made.gaps] == ["page 1: 1 large picture(s) without text; figures in them are not read"]


def test_the_title_stands_above_the_summary() -> None:
    made = document(
        Sheet()
        .text(80, 780, "Board of the Fund", size=15, font="bold")
        .text(80, 740, "7 August 2025")
        .text(80, 700, "Report on the work of the year", size=13, font="bold")
        .text(80, 660, "Summary", font="bold")
        .lines(80, 640, LONG, LONG, LONG, "in all.")
    )

    assert made.title == "Report on the work of the year"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b"<html><body>not found</body></html>", "not a PDF file, or a damaged one"),
        (b"%PDF-1.4\nnonsense %%EOF", "not a PDF file, or a damaged one"),
        (pdf(Sheet().text(80, 700, "1 of 2"))[:-30], "the file is cut off"),
        (b"%PDF-1.4 /Linearized 1 %%EOF" + b" " * 9000, "the file is cut off"),
        (pdf(Sheet().picture(), Sheet().picture()), "no text layer: run OCR first"),
        (pdf(Sheet()), "no text layer: run OCR first"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError) as fault:
        read_pdf("report.pdf", data, Limits())

    assert str(fault.value).startswith("report.pdf: ")
    assert reason in str(fault.value)
    assert "\n" not in str(fault.value)


def test_a_password_is_asked_for() -> None:
    writer = PdfWriter(PdfReader(BytesIO(pdf(Sheet().text(80, 700, "secret")))))
    writer.encrypt("secret", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)

    with pytest.raises(ReadError, match=r"x\.pdf: it is password-protected; save an unprotected copy"):
        read_pdf("x.pdf", out.getvalue(), Limits())


def test_pages_are_limited() -> None:
    data = pdf(*(Sheet().text(80, 700, "one") for _ in range(4)))

    with pytest.raises(ReadError, match="4 pages, more than the limit of 3; split it or raise max_pages"):
        read_pdf("x.pdf", data, Limits(max_pages=3))


def test_a_file_cut_anywhere_ends_in_one_error_or_a_document() -> None:
    data = pdf(Sheet().lines(80, 700, LONG, LONG), Sheet().lines(80, 700, LONG))
    ends = [_end_of(data[:end]) for end in range(0, len(data), 97)]

    assert all("\n" not in end for end in ends)
    assert ends[0] == "x.pdf: the file is empty; name a file with text or data"
    assert set(ends[1:]) == {"x.pdf: the file is cut off, its end is missing; get the whole file again"}


def _end_of(data: bytes) -> str:
    try:
        return " ".join(faults(read_pdf("x.pdf", data, Limits())))
    except ReadError as fault:
        return str(fault)


def test_reading_loads_nothing_heavy() -> None:
    code = (
        "import sys; from pathlib import Path; from audit.read.pdf import read; from audit.read import Limits\n"
        "read('x.pdf', sys.stdin.buffer.read(), Limits())\n"
        "print([m for m in ('numpy', 'pdfplumber', 'pdfminer', 'pypdf', 'PIL', 'pandas') if m in sys.modules])"
    )
    data = pdf(Sheet().text(80, 700, "a 1").text(180, 700, "2").text(80, 680, "b 1").text(180, 680, "2"))
    done = subprocess.run([sys.executable, "-c", code], input=data, capture_output=True, check=True, cwd=ROOT)

    assert done.stdout.decode().strip() == "[]"


@pytest.fixture(scope="module")
def printed_sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Document, Path]:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("print")
    source, markup = sample_print.sample()
    (folder / "sample.fodt").write_text(markup, encoding="utf-8")
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "sample.fodt",
        ],
        cwd=folder,
        check=True,
        capture_output=True,
        timeout=120,
    )
    return source, folder / "sample.pdf"


def test_the_printed_sample_has_the_labels_and_notes_of_its_text(printed_sample: tuple[Document, Path]) -> None:
    source, path = printed_sample
    made = read(path)

    assert faults(made) == []
    assert [b.label for b in made.blocks if b.label] == [b.label for b in source.blocks if b.label]
    assert [n.mark for n in made.notes] == [n.mark for n in source.notes]
    assert all(n.call is not None for n in made.notes)
    assert rows(made) == rows(source)
    same = sum(_plain(made, b.label) == _plain(source, b.label) for b in source.blocks if b.label)
    assert same >= 390  # of 394: long addresses are broken without a sign
    assert " ile/" not in made.text  # "file" with a ligature, whose letters share a box


LIMIT = 3.4  # times pdfium's own plain text; we want 3, and no busy machine may show more than this


def _keeps_pace(data: bytes) -> bool:
    """Return whether a file is read about as fast as we want, in one of a few tries."""
    return any(whole <= LIMIT * base for base, whole in (times(data) for _ in range(4)))


def test_justified_lines_are_read_in_about_three_times_the_plain_text(printed_sample: tuple[Document, Path]) -> None:
    assert _keeps_pace(printed_sample[1].read_bytes())


def _plain(made: Document, label: str) -> str:
    block = next(b for b in made.blocks if b.label == label)
    return " ".join(made.text[block.start : block.end].replace("\u2011", "-").split())


CORPUS = sorted((SHARED / "corpus").rglob("*.pdf"))


@pytest.mark.skipif(not CORPUS, reason="the shared corpus is not here")
@pytest.mark.parametrize("path", CORPUS, ids=lambda p: p.stem[:40])
def test_real_files_give_sound_documents(path: Path) -> None:
    if not path.read_bytes().startswith(b"%PDF"):
        with pytest.raises(ReadError, match="web page"):
            read(path)
        return
    # One report prints "40. 40." before a paragraph: the second one is part of its text.
    assert [f for f in faults(read(path)) if not f.endswith("has its mark in the text")] == []


@pytest.mark.skipif(not CORPUS, reason="the shared corpus is not here")
@pytest.mark.parametrize("name", ["gao-08-587t", "un-dp-2025-10"])  # many parts in a line, many drawings
def test_real_files_are_read_in_about_three_times_the_plain_text(name: str) -> None:
    assert _keeps_pace((SHARED / "corpus" / "docs" / f"{name}.pdf").read_bytes())


@pytest.mark.skipif(not CORPUS, reason="the shared corpus is not here")
@pytest.mark.parametrize(("name", "count"), [("un-s-2025-504-south-sudan", 46), ("un-s-2025-176-drc", 28)])
def test_quotes_stand_in_the_paragraphs_they_are_cited_from(name: str, count: int) -> None:
    made = read(SHARED / "corpus" / "docs" / f"{name}.pdf")
    gold = [json.loads(line) for line in (SHARED / "gold" / f"{name}.claims.jsonl").read_text().splitlines()]
    found = 0
    for claim in gold:
        parts = re.split(r"\s*…\s*|\s*\.\.\.\s*", claim["quote"])
        places = [made.text.find(" ".join(part.split())) for part in parts]
        found += all(p >= 0 and made.place(p, p).paragraph in claim["paras"] for p in places)

    assert found == len(gold) == count


@pytest.mark.skipif(not CORPUS, reason="the shared corpus is not here")
@pytest.mark.parametrize("path", [p for p in CORPUS if p.name.startswith("un-")], ids=lambda p: p.stem)
def test_no_numbered_paragraph_of_a_real_report_is_lost(path: Path) -> None:
    numbers = [int(b.label) for b in read(path).blocks if b.label.isdigit() and b.kind is BlockKind.PARAGRAPH]

    assert len(numbers) > 60
    assert numbers == list(range(1, len(numbers) + 1))
