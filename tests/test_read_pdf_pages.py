"""What pages of PDF files hold besides paragraphs and tables of figures: mastheads, acronyms, notes with signs."""

from __future__ import annotations

from itertools import pairwise

import pytest
from printed import Sheet, document, rows, texts, width

from audit.model import BlockKind, Document

LONG = "The members met in the spring and agreed on the form and the date of the next report of all"


def notes(made: Document) -> list[tuple[str, str, str]]:
    """Return the mark of each note, the words before its call, and its text."""
    return [
        (
            n.mark,
            made.text[: n.call].rsplit(None, 1)[-1],
            made.text[made.blocks[n.block].start : made.blocks[n.block].end],
        )
        for n in made.notes
        if n.call is not None
    ]


def test_large_print_is_read_before_the_small_print_beside_it() -> None:
    sheet = Sheet().lines(80, 780, "Board of the Fund for", "Rural Roads and the", "Fund for Ports", size=18, step=22)
    sheet.lines(420, 782, "Distr.: General", "24 March 2025", "", "Original: English")
    sheet.lines(80, 600, *([LONG] * 6))

    made = document(sheet)

    assert texts(made)[:4] == [
        "Board of the Fund for Rural Roads and the Fund for Ports",
        "Distr.: General",
        "24 March 2025",
        "Original: English",
    ]
    assert made.date == "2025-03-24"


def test_a_large_figure_stays_with_the_words_beside_it() -> None:
    sheet = Sheet().text(80, 700, "47", size=24).text(160, 700, "people were helped")

    assert texts(document(sheet.lines(80, 640, LONG, LONG)))[0] == "47 people were helped"


def test_acronyms_and_what_they_stand_for_are_rows() -> None:
    pairs = [
        ("FRR", "Fund for Rural Roads"),
        ("PAM", "Ports and Markets Agency"),
        ("OHR", "Office of the High Representative for the Least Developed of All the Countries of the World"),
        ("RC", "Resident Coordinator"),
        ("WAM", "Weapons and Ammunition Management"),
    ]
    sheet = Sheet().text(80, 720, "Acronyms", font="bold")
    for number, (one, two) in enumerate(pairs):
        sheet.text(80, 690 - 12 * number, one).text(150, 690 - 12 * number, two)

    assert rows(document(sheet)) == [list(pair) for pair in pairs]


def test_a_long_acronym_that_reaches_up_to_its_words_is_no_end_of_the_list() -> None:
    sheet = Sheet()
    pairs = [("FRR", "Fund for Rural Roads"), ("PAM", "Ports Agency"), ("CRESTAR", "Rural Stores")]
    for number, (one, two) in enumerate([*pairs, ("RC", "Coordinator"), ("WAM", "Ammunition")]):
        sheet.text(80, 690 - 12 * number, one).text(80 + width("CRESTAR") + 6, 690 - 12 * number, two)

    assert [row[0] for row in rows(document(sheet))] == ["FRR", "PAM", "CRESTAR Rural Stores", "RC", "WAM"]


def test_items_with_a_mark_are_no_list_of_acronyms() -> None:
    sheet = Sheet().text(80, 720, "The plan has four aims:")
    for number, text in enumerate(["Safe roads", "Open ports", "Fair markets", "Good schools"], 1):
        sheet.text(100, 720 - 14 * number, f"({number})").text(140, 720 - 14 * number, text)

    made = document(sheet)

    assert made.tables == ()
    assert texts(made, BlockKind.ITEM) == ["Safe roads", "Open ports", "Fair markets", "Good schools"]


def test_signs_at_the_height_of_the_text_call_the_notes_at_the_foot() -> None:
    sheet = Sheet().text(80, 760, "Progress of the Fund*", size=14).lines(80, 700, *([LONG] * 5))
    sheet.text(80, 600, "The 2,050* roads were paid for in the year before the last of them was built by the Fund.")
    sheet.text(80, 100, "* Sent in late.", size=8)

    made = document(sheet)

    assert notes(made) == [("*", "Fund", "Sent in late."), ("*", "2,050", "Sent in late.")]
    assert "2,050 roads" in made.text


def test_a_sign_calls_the_next_note_that_begins_with_it() -> None:
    sheet = Sheet().text(80, 760, "Number of reports", font="bold")
    for y, cells in zip(
        (730, 716, 702, 688),
        (("Type", "Sent", "Due"), ("Roads", "12", "14"), ("Ports", "8", "9"), ("Total", "20*", "23")),
        strict=True,
    ):
        sheet.text(80, y, cells[0]).right(250, y, cells[1].rstrip("*")).right(320, y, cells[2])
        if "*" in cells[1]:
            sheet.parts.pop(-2)
            sheet.text(250 - width("20"), y, "20*".replace("*", "")).parts.pop()
            sheet.parts.append(f"BT /plain 10 Tf 1 0 0 1 {250 - width('20')} {y} Tm (20*) Tj ET")
    sheet.text(80, 670, "* With two notes of advice.", size=8)
    sheet.lines(80, 600, *([LONG] * 5)).text(80, 520, "The average time* was given in days of the year that was told.")
    sheet.text(80, 100, "* From the first day.", size=8)

    made = document(sheet)

    assert notes(made) == [("*", "20", "With two notes of advice."), ("*", "time", "From the first day.")]


def test_an_asterisk_without_a_note_stays() -> None:
    sheet = Sheet().lines(80, 700, *([LONG] * 5)).text(80, 600, "The 2,050* roads were paid for.")

    assert "2,050* roads" in document(sheet).text


def test_a_gap_too_small_for_a_space_does_not_part_a_year() -> None:
    sheet = Sheet().lines(80, 700, *([LONG] * 3))
    start = 80 + width("The share rose between 2")
    sheet.text(80, 650, "The share rose between 2").text(start + 1.5, 650, "012 and 2024 in all of the States.")

    assert "between 2012 and 2024" in document(sheet).text


def test_a_space_between_two_figures_stays() -> None:
    sheet = Sheet().lines(80, 700, *([LONG] * 3))
    start = 80 + width("The law of 17 names 2")
    sheet.text(80, 650, "The law of 17 names 2").text(start + 3, 650, "012 and 2024 as codes of the States.")

    assert "names 2 012 and 2024" in document(sheet).text


def test_a_map_under_a_running_header_is_said() -> None:
    sheets = [Sheet().text(80, 800, "S/2025/7").lines(80, 700, *([f"{n} {LONG}"] * 5)) for n in range(3)]
    sheets.append(Sheet().text(80, 800, "S/2025/7").picture(80, 200, 500, 700))

    assert [g.reason for g in document(*sheets).gaps] == ["page 4: a picture without a text layer; run OCR on it"]


def test_headings_in_the_margin_stand_before_their_own_text() -> None:
    sheet = Sheet().lines(
        200, 740, *([LONG[:70]] * 9), "", "Ralph Dawn, Director", "Room 7125", "", "Ann Lee, Director"
    )
    sheet.lines(40, 620, "Relations with", "Congress", size=14, step=16).text(40, 578, "Public Affairs", size=14)

    made = document(sheet)

    assert texts(made, BlockKind.HEADING) == ["Relations with Congress", "Public Affairs"]
    assert made.text.index("Dawn") < made.text.index("Public") < made.text.index("Ann Lee")


def test_the_day_of_release_is_the_date() -> None:
    sheet = (
        Sheet()
        .text(80, 780, "Roads and Ports", size=20)
        .text(80, 740, "For Release on Thursday, March 13, 2008", size=8)
    )

    assert document(sheet.lines(80, 640, *([LONG] * 5))).date == "2008-03-13"


BOXED = ["“The Fund is to be paid", "to all of the persons who", "were harmed in the works", "and to their families.”"]
NARROW = [
    "the first of the works and of the roads that",
    "were built by the Fund in the year of 2019 and",
    "were paid for by 27 of the States, and by none",
    "of the others that the members had asked for",
    "their help in the spring before the last report",
]


def test_text_runs_around_a_box_at_its_right() -> None:
    sheet = Sheet().lines(80, 760, LONG, LONG).lines(80, 736, *NARROW).lines(330, 724, *BOXED)
    sheet.lines(80, 676, LONG, "as it was told.", "", LONG, LONG)

    assert texts(document(sheet)) == [
        " ".join([LONG, LONG, *NARROW, LONG, "as it was told."]),
        " ".join(BOXED),
        f"{LONG} {LONG}",
    ]


def test_text_runs_around_a_box_at_its_left() -> None:
    sheet = Sheet().lines(80, 760, LONG, LONG).lines(90, 724, *BOXED).lines(250, 736, *(f"{x} we see" for x in NARROW))
    sheet.lines(80, 676, LONG, "as it was told.", "", LONG, LONG)

    assert texts(document(sheet)) == [
        " ".join([LONG, LONG, *(f"{x} we see" for x in NARROW), LONG, "as it was told."]),
        " ".join(BOXED),
        f"{LONG} {LONG}",
    ]


def ruled(columns: tuple[float, ...], levels: tuple[float, ...]) -> Sheet:
    sheet = Sheet()
    for x in columns:
        sheet.rule(x, levels[-1], x, levels[0])
    for y in levels:
        sheet.rule(columns[0], y, columns[-1], y)
    return sheet


def test_a_figure_cut_by_a_narrow_column_is_one() -> None:
    sheet = ruled((80, 180, 215, 250), (740, 720, 705, 675))
    sheet.text(84, 725, "Fund").text(184, 725, "2004").text(219, 725, "2005")
    sheet.text(84, 709, "Claims").text(184, 709, "1,163").text(219, 709, "999")
    sheet.text(84, 694, "Value").text(183, 694, "$58,15").text(218, 694, "$119,")
    sheet.text(195, 681, "0").text(225, 681, "103")

    made = document(sheet)

    assert rows(made) == [["Fund", "2004", "2005"], ["Claims", "1,163", "999"], ["Value", "$58,150", "$119,103"]]


def test_figures_below_each_other_between_two_lines_stay_two() -> None:
    sheet = ruled((80, 180, 215, 250), (740, 720, 705, 675))
    sheet.text(84, 725, "Fund").text(184, 725, "2004").text(219, 725, "2005")
    sheet.text(84, 709, "Claims").text(184, 709, "1,163").text(219, 709, "999")
    sheet.text(84, 694, "Low and high").text(184, 694, "58,150").text(219, 694, "58,15")
    sheet.text(184, 681, "70").text(219, 681, "0")

    assert [row[1:] for row in rows(document(sheet))][-2:] == [["58,150", "58,15"], ["70", "0"]]


def striped(*rows: tuple[str, ...], at_once: bool) -> Sheet:
    """Return a table with every other row shaded, cell by cell, with narrow cells between the columns."""
    sheet = Sheet().lines(80, 780, LONG, LONG)
    edges = (80, 200, 204, 260, 264, 320)
    boxes = [
        (left, 692 - 14 * n - n % 3, right, 706 - 14 * n)
        for n in range(0, len(rows), 2 if at_once else 1)
        for left, right in pairwise(edges)
    ]
    for group in [boxes] if at_once else [[box] for box in boxes]:
        sheet.areas(*group)
    for n, (label, *cells) in enumerate(rows):
        sheet.text(84, 696 - 14 * n, label)
        for x, cell in zip((256, 316), cells, strict=True):
            sheet.right(x, 696 - 14 * n, cell)
    return sheet


@pytest.mark.parametrize("at_once", [True, False])
def test_a_table_with_shaded_rows_is_no_chart(at_once: bool) -> None:
    table = [("Roads", "413", "300"), ("Ports", "356", "368"), ("Markets", "20", "31"), ("Schools", "9", "12")]
    table += [("Wells", "7", "8"), ("Total", "805", "719")]

    made = document(striped(*table, at_once=at_once))

    assert made.gaps == ()
    assert rows(made) == [list(row) for row in table]


def test_a_sign_at_the_edge_of_its_column_belongs_to_the_figure_behind_it() -> None:
    sheet = Sheet().right(300, 700, "2021", font="bold").right(380, 700, "2020", font="bold")
    for y, label, one, two in (
        (686, "Raw materials", "413,320", "300,244"),
        (672, "Finished goods", "356,928", "-"),
        (658, "Less: paid", "(21)", "(16)"),
        (644, "Inventory", "770,227", "300,228"),
    ):
        sheet.text(80, y, label).right(300, y, one).right(380, y, two)
        if label != "Finished goods":
            sheet.text(245, y, "$").text(306, y, "$")

    assert rows(document(sheet)) == [
        ["", "2021", "2020"],
        ["Raw materials", "$413,320", "$300,244"],
        ["Finished goods", "356,928", "-"],
        ["Less: paid", "$(21)", "$(16)"],
        ["Inventory", "$770,227", "$300,228"],
    ]


def test_a_sign_behind_its_figure_stays_there() -> None:
    sheet = Sheet().right(300, 700, "2021", font="bold").right(380, 700, "2020", font="bold")
    for y, label, one, two in ((686, "Roads", "413,32", "300,24"), (672, "Ports", "356,92", "368,28")):
        sheet.text(80, y, label).text(264, y, f"{one} €").text(344, y, f"{two} €")

    assert rows(document(sheet))[1:] == [["Roads", "413,32 €", "300,24 €"], ["Ports", "356,92 €", "368,28 €"]]


def test_years_are_the_labels_of_their_rows() -> None:
    sheet = Sheet().lines(80, 760, LONG, LONG).text(80, 700, "Year").right(300, 700, "Cases").right(380, 700, "Closed")
    for number, (year, cases, closed) in enumerate((("2022", "1,163", "999"), ("2023", "1,457", "1,037"))):
        sheet.text(80, 686 - 14 * number, year).right(300, 686 - 14 * number, cases).right(
            380, 686 - 14 * number, closed
        )

    assert rows(document(sheet)) == [["Year", "Cases", "Closed"], ["2022", "1,163", "999"], ["2023", "1,457", "1,037"]]


def test_shaded_rows_tell_which_lines_are_one_row() -> None:
    sheet = Sheet().right(300, 720, "2021").right(380, 720, "2020")
    for bottom, top in ((704, 718), (654, 678), (626, 640)):
        sheet.areas((80, bottom, 384, top))
    sheet.text(84, 708, "First day").right(300, 708, "46").right(380, 708, "7")
    sheet.lines(84, 694, "Rise that comes of the year", "before", step=11).right(300, 688, "20").right(380, 688, "45")
    sheet.lines(84, 668, "Rise that comes of the", "same year", step=11).right(300, 662, "19").right(380, 662, "14")
    sheet.text(84, 644, "Others").right(300, 644, "3").right(380, 644, "2")
    sheet.text(84, 630, "Last day").right(300, 630, "88").right(380, 630, "68")

    assert rows(document(sheet)) == [
        ["", "2021", "2020"],
        ["First day", "46", "7"],
        ["Rise that comes of the year before", "20", "45"],
        ["Rise that comes of the same year", "19", "14"],
        ["Others", "3", "2"],
        ["Last day", "88", "68"],
    ]


def test_a_heading_at_the_left_of_a_table_ends_it() -> None:
    sheet = Sheet()
    for top, heading in ((700, "Inventory"), (640, "Expenses")):
        sheet.text(60, top, heading, font="bold").text(60, top - 13, "It was as follows:")
        for number, (label, figure) in enumerate((("Roads", "413"), ("Ports", "356"))):
            y = top - 26 - 12 * number
            sheet.text(120, y, label).right(330, y, figure).right(400, y, figure)

    made = document(sheet)

    assert [rows(made, n) for n in range(len(made.tables))] == [[["Roads", "413", "413"], ["Ports", "356", "356"]]] * 2
    assert texts(made, BlockKind.HEADING) == ["Inventory", "Expenses"]


def test_cells_are_parted_where_a_line_is_drawn_between_them() -> None:
    sheet = ruled((80, 200, 260, 320), (740, 720, 705, 690))
    sheet.text(84, 725, "Fund").text(204, 725, "2004").text(264, 725, "2005")
    sheet.text(84, 709, "Roads").right(258, 709, "50,246").text(262, 709, "none at all")
    sheet.text(84, 694, "Ports").right(258, 694, "1,019").text(262, 694, "–")

    assert rows(document(sheet)) == [
        ["Fund", "2004", "2005"],
        ["Roads", "50,246", "none at all"],
        ["Ports", "1,019", "–"],
    ]


def test_a_label_that_reaches_up_to_its_figure_is_parted_as_the_row_below() -> None:
    sheet = Sheet()
    for y, label, one, two in (
        (700, "Raw materials of roads", "$413,320", "$300,244"),
        (686, "Goods", "356,928", "8,281"),
    ):
        sheet.text(190 - width(label), y, label).right(240, y, one).right(290, y, two)

    assert rows(document(sheet)) == [["Raw materials of roads", "$413,320", "$300,244"], ["Goods", "356,928", "8,281"]]


def test_a_large_heading_parts_two_tables_of_one_width() -> None:
    sheet = Sheet()
    for top in (740, 690):
        for number, (label, one) in enumerate((("Roads", "1,163"), ("Ports", "1,457"))):
            sheet.text(80, top - 14 * number, label).right(300, top - 14 * number, one).right(
                380, top - 14 * number, one
            )
    sheet.text(80, 707, "Statement of the year", size=13, font="bold").lines(80, 600, *([LONG] * 5))

    assert [len(rows(document(sheet), n)) for n in range(2)] == [2, 2]


def test_full_rows_are_parted_where_the_figures_of_other_rows_end() -> None:
    sheet = Sheet()
    table = [
        ("Programme", "16", "$4,236", "17", "$4,900"),
        ("Engagement support", "3,540", "$760,649", "3,336", "$736,498"),
    ]
    table += [
        ("Audits", "3", "3,664", "2", "1,880"),
        ("All of the programmes", "3,559", "$768,549", "3,355", "$743,278"),
    ]
    for number, row in enumerate(table):
        sheet.text(80, 700 - 14 * number, row[0])
        for x, cell in zip((208, 258, 288, 338), row[1:], strict=True):
            sheet.right(x, 700 - 14 * number, cell)

    assert rows(document(sheet)) == [list(row) for row in table]


def test_lines_of_text_are_not_parted_at_the_figures_above_them() -> None:
    sheet = Sheet().lines(80, 760, "Roads", "Ports").right(80 + width("in the spring of 2019"), 760, "1,163")
    sheet.right(80 + width("in the spring of 2019"), 748, "1,457").lines(
        80, 724, "in the spring of 2019, the members met"
    )

    made = document(sheet.lines(80, 640, *([LONG] * 4)))

    assert rows(made) == [["Roads", "1,163"], ["Ports", "1,457"]]
    assert "in the spring of 2019, the members met" in made.text


def test_notes_as_large_as_the_text_are_known_by_their_calls() -> None:
    sheet = Sheet().lines(80, 760, *([LONG] * 4)).runs(80, 700, "It was paid for by the members of the Fund.", "^6")
    sheet.lines(80, 660, *([LONG] * 3)).runs(80, 600, "The rest of it was not.", "^7")
    for y, mark, text in ((120, "6", "Report of the year 2019, with its annexes and"), (94, "7", "As it was told.")):
        sheet.text(80, y, mark).text(115, y, text)
    sheet.text(80, 107, "all of its tables.")

    assert notes(document(sheet)) == [
        ("6", "Fund.", "Report of the year 2019, with its annexes and all of its tables."),
        ("7", "not.", "As it was told."),
    ]


def test_a_row_of_a_list_at_the_foot_is_no_note() -> None:
    sheet = Sheet().lines(80, 760, *([LONG] * 4)).lines(80, 600, "The lots were sold in this order:")
    for number, text in enumerate(("Roads of the north", "Ports of the south", "Markets of the west"), 6):
        sheet.text(80, 200 - 14 * number, str(number)).text(115, 200 - 14 * number, text)

    assert document(sheet).notes == ()


def test_a_line_of_text_beside_the_page_number_stays() -> None:
    sheets = [Sheet().lines(80, 700, *([f"{n} {LONG}"] * 5)).text(80, 40, f"{n + 1}/4") for n in range(4)]
    sheets[1].lines(
        120,
        62,
        "The office pays the claims of all who",
        "were harmed in the works of the Fund and of its roads",
        step=24,
    )

    made = document(*sheets)

    assert "were harmed in the works of the Fund and of its roads" in made.text
    assert "/4" not in made.text
