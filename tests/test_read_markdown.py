"""Markdown: lists, tables, notes and emphasis, with every word at its line and column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from blocks import document, notes, outline, rows

from audit.read import Limits

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def read_markdown(tmp_path: Path):
    return lambda source: document(tmp_path, "a.md", source)


def test_emphasis_links_and_escapes_leave_the_words(read_markdown) -> None:
    found = read_markdown(
        "# The *2024* report\n\nOf **1,204** boats, _403_ are \\*new\\* &amp; [12 `per` cent](https://x.org/7) are\n"
        "lost ![a picture](b.png)in port.  \nMore.\n"
    )
    assert outline(found) == [
        "#1 | The 2024 report",
        "p | Of 1,204 boats, 403 are *new* & 12 per cent are lost in port. More.",
    ]
    for text, line, column in (("1,204", 3, 6), ("403", 3, 22), ("new", 3, 33), ("12", 3, 46), ("port", 4, 28)):
        start = found.text.index(text, found.blocks[1].start)
        place = found.place(start, start + len(text))
        assert (text, place.line, place.column) == (text, line, column)


def test_lists(read_markdown) -> None:
    found = read_markdown(
        "Three things:\n\n1. One\n1. Two\n   - inner\n\n     continued\n   - other\n1. Three\n\n"
        "The end:\n\n(a) first;\n(b) second.\n\n* * *\n\n+ plus\n"
    )
    assert outline(found) == [
        "p | Three things:",
        "i1 1 | One",
        "i1 2 | Two",
        "i2 • | inner",
        "p | continued",
        "i2 • | other",
        "i1 3 | Three",
        "p | The end:",
        "i1 (a) | first;",
        "i1 (b) | second.",
        "i1 • | plus",
    ]
    continued = found.blocks[4]
    assert found.text[continued.start : continued.end] == "continued"
    assert continued.parent == 3


def test_an_item_that_begins_with_the_mark_of_another_is_one_item(read_markdown) -> None:
    found = read_markdown(
        "Three things:\n\n- a bus\n- + de 9 seats\n- a trailer\n\nTwo:\n\n- first\n-\n  - inner\n- last\n"
    )
    assert outline(found) == [
        "p | Three things:",
        "i1 • | a bus",
        "i1 • | de 9 seats",
        "i1 • | a trailer",
        "p | Two:",
        "i1 • | first",
        "i2 • | inner",
        "i1 • | last",
    ]


def test_an_outer_number_goes_on_behind_a_nested_list_that_ends_one_before_it(read_markdown) -> None:
    found = read_markdown(
        "It covers four:\n\n1. Health\n2. Schools\n   1. Primary\n   2. Secondary\n3. Water\n4. Roads\n"
    )
    assert outline(found) == [
        "p | It covers four:",
        "i1 1 | Health",
        "i1 2 | Schools",
        "i2 2 1 | Primary",
        "i2 2 2 | Secondary",
        "i1 3 | Water",
        "i1 4 | Roads",
    ]


def test_numbers_that_skip_are_printed_as_written(read_markdown) -> None:
    found = read_markdown("Steps:\n\n1. One\n2. Two\n4. Four\n")
    assert [b.label for b in found.blocks[1:]] == ["1", "2", "4"]


def test_a_note_mark_behind_a_figure_that_ends_in_ten_is_no_power_of_ten(read_markdown) -> None:
    found = read_markdown("| Port | Ships |\n|---|---|\n| North | 9,310<sup>1</sup> |\n")
    (table,) = found.tables
    assert rows(found, table)[1] == "t North | 9,310"


def test_a_table_with_notes_and_a_caption(read_markdown) -> None:
    found = read_markdown(
        "Table 2: Boats\n\nIn thousands\n\n"
        "| Port | 2023 | 2024[^a] |\n|:--|--:|--:|\n| **North** | 1,204 | $5.1<sup>2</sup> |\n"
        "| km<sup>2</sup> | | 3 |\n\n[^a]: To March *only*.\n"
    )
    (table,) = found.tables
    assert rows(found, table) == ["t ^Port | ^2023 | ^2024", "t North | 1,204 | $5.1", "t km² |  | 3"]
    assert (table.caption, table.label) == ("Table 2: Boats In thousands", "Table 2")
    assert notes(found) == ["Port\t2023\t2024 [1] To March only."]
    assert [gap.reason for gap in found.gaps] == ["notes that are called but have no text in the file: 2"]


def test_notes_stand_behind_their_paragraph_in_full(read_markdown) -> None:
    found = read_markdown(
        "One[^3] and two[^x].\n\n"
        "[^3]: First *note*\n    goes on.\n\n    And on.\n[^x]: Second.\n[^lost]: Third.\n\nLast.\n"
    )
    assert outline(found) == [
        "p | One and two.",
        "n 3 | First note goes on.",
        "n | And on.",
        "n 2 | Second.",
        "p | Last.",
    ]
    assert notes(found) == ["One [3] First note goes on.", "One and two [2] Second."]
    assert [gap.reason for gap in found.gaps] == ["note lost has a text but nothing calls it"]


def test_drawn_rows_without_a_rule(read_markdown) -> None:
    found = read_markdown(
        "|  | 2023 |  | 2024 \n| Port | Ships | Catch | Ships \n| North | 12 | 3.5% | 14 \n| South | 7 | 2.5% | 9 \n\n"
        "**Source:****Board.\n\n| Figure 1. Catch \n\n# Footnotes\n\n| 1. | First note. \n| 2. | Second note. \n"
    )
    assert rows(found, found.tables[0]) == [
        "t ^ | ^2023 | ^ | ^2024",
        "t ^Port | ^Ships | ^Catch | ^Ships",
        "t North | 12 | 3.5% | 14",
        "t South | 7 | 2.5% | 9",
    ]
    assert outline(found)[4:] == [
        "p | Source: Board.",
        "caption | Figure 1. Catch",
        "#1 | Footnotes",
        "n 1 | First note.",
        "n 2 | Second note.",
    ]


def test_short_header_rows_span_the_columns_they_lack(read_markdown) -> None:
    found = read_markdown(
        "|  | 2023 | 2024 \n| Port | A | B | A | B \n| North | 1 | 2 | 3 | 4 \n| South | 5 | 6 | 7 | 8 \n"
    )
    assert rows(found, found.tables[0])[0] == "t ^ | ^2023 2x1 | ^2024 2x1"


def test_stacked_rows_are_taken_apart(read_markdown) -> None:
    found = read_markdown(
        "| Port<br>name | 2023 | 2024 |\n|---|---|---|\n| North<br>South | 12<br>7 | 14<br>9 |\n| All | 19 | 23 |\n"
    )
    assert rows(found, found.tables[0]) == [
        "t ^Port  name | ^2023 | ^2024",
        "t North | 12 | 14",
        "t South | 7 | 9",
        "t All | 19 | 23",
    ]


PACKED = (
    "|In thousands<br>Year 2023 Year 2024<br>Spent Planned|Change|\n|---|---|\n"
    "|Port<br>Staff<br>Cost<br>Staff<br>Cost|Staff<br>Cost|\n"
    "|North<br>12<br>$40<br>14<br>$41<br>Piers and<br>quays<br> <br>9<br>{}8<br>South<br> <br>3<br> <br>4|"
    "2<br>$1<br>(1)<br>1|\n"
    "|**Total**<br>**12**<br>**$52**<br>**14**<br>**$53**|**2**<br>**$1**|\n"
)


def test_rows_packed_into_cells_are_taken_apart(read_markdown) -> None:
    found = read_markdown(PACKED.format(""))
    assert rows(found, found.tables[0]) == [
        "t ^In thousands | ^Year 2023 Spent 2x1 | ^Year 2024 Planned 2x1 | ^Change 2x1",
        "t ^Port | ^Staff | ^Cost | ^Staff | ^Cost | ^Staff | ^Cost",
        "t North | 12 | $40 | 14 | $41 | 2 | $1",
        "t Piers and quays |  | 9 |  | 8 |  | (1)",
        "t South |  | 3 |  | 4 |  | 1",
        "t Total | 12 | $52 | 14 | $53 | 2 | $1",
    ]
    start = found.text.index("53")
    place = found.place(start, start + 2)
    assert (place.line, place.column) == (5, PACKED.split("\n")[4].index("53") + 1)


def test_packed_rows_without_a_sure_column_stay_packed(read_markdown) -> None:
    found = read_markdown(PACKED.format("8<br>"))  # three figures for four columns
    assert len(rows(found, found.tables[0])) == 4


def test_front_matter_describes_the_document(read_markdown) -> None:
    found = read_markdown(
        "---\ntitle: 'Fish 2024'\ndate: 2024-05-12\nlang: fr\n---\n\nLe rapport est bref et le poisson est bon.\n"
    )
    assert (found.title, found.date, found.language) == ("Fish 2024", "2024-05-12", "fr")
    assert outline(found) == ["p | Le rapport est bref et le poisson est bon."]


def test_code_and_raw_html(read_markdown) -> None:
    found = read_markdown("```\nx = 12\n```\n\n<table><tr><th>A<th>B<tr><td>1<td>2<tr><td>3<td>4</table>\n\nText 5.\n")
    assert outline(found) == ["code | x = 12", "t ^A | ^B", "t 1 | 2", "t 3 | 4", "p | Text 5."]


def test_what_is_nested_too_deep_is_a_gap(tmp_path: Path) -> None:
    source = "".join(f"{'  ' * depth}- level {depth}\n" for depth in range(40))
    found = document(tmp_path, "a.md", source, Limits(max_depth=20))
    assert [gap.reason for gap in found.gaps] == ["what is nested deeper than 20 levels was not read"]
    assert "level 8" in found.text


PAGES = "{}\n\nAnnual Report of the Fund {}\n\n"
LOST = "The office has estimated in earlier years that the programme could lose between $233 million and"


def test_a_sentence_goes_on_behind_a_page_header_with_a_figure(read_markdown) -> None:
    pages = [LOST, "$521 million in all of its regions together.", "2024 Budget", "The end of the report."]
    source = "# Annual Report of the Fund\n\n" + "".join(PAGES.format(t, n) for n, t in enumerate(pages, 1))

    assert outline(read_markdown(source)) == [
        "#1 | Annual Report of the Fund",
        f"p | {LOST} $521 million in all of its regions together.",
        "p | 2024 Budget",
        "p | The end of the report.",
    ]


def test_a_line_of_text_taken_for_a_heading_is_text_again(read_markdown) -> None:
    line = "The fleet is to report each year on costs for its 12 ships and use"
    assert outline(read_markdown(f"# Ships\n\n##### {line}\n\ncommon practices to lower them.\n")) == [
        "#1 | Ships",
        f"p | {line} common practices to lower them.",
    ]
    kept = read_markdown("# Ships\n\n##### Use of ships\n\nnpm install ships.\n")
    assert outline(kept) == ["#1 | Ships", "#5 | Use of ships", "p | npm install ships."]


def test_marks_glued_to_labels_call_the_notes_below_the_table(read_markdown) -> None:
    table = (
        "| Item | 2024 |\n|---|---|\n| Offsets1 | 12 |\n| Fund 21 | 14 |\n| Total2 | 26 |\n\nSource: the office.\n\n"
    )
    found = read_markdown(f"Money:\n\n{table}1 Rent and fees.\n\n2 Without $5 of 2023.\n")
    assert rows(found, found.tables[0]) == ["t ^Item | ^2024", "t Offsets | 12", "t Fund 21 | 14", "t Total | 26"]
    assert notes(found) == ["Offsets [1] Rent and fees.", "Total [2] Without $5 of 2023."]

    kept = read_markdown(f"Money:\n\n{table}2 Without $5 of 2023.\n")
    assert rows(kept, kept.tables[0])[1] == "t Offsets1 | 12"
    assert notes(kept) == []
