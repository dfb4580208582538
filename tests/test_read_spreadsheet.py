"""The Excel reader: displayed and stored values, layout, what is hidden or missing, and hostile files."""

from __future__ import annotations

import datetime
import io
import zipfile
from decimal import Decimal

import pytest
from conformance import faults
from excel import HEAD, MAIN, ExcelFile, line, row, shared, text, value

from audit.errors import ReadError
from audit.model import BlockKind, Document
from audit.read.limits import Limits
from audit.read.spreadsheet import read
from audit.read.spreadsheet.formats import displayed


def document(file: ExcelFile | bytes, **limits: object) -> Document:
    data = file if isinstance(file, bytes) else file.bytes()
    source = read("data.xlsx", data, Limits(**limits))  # type: ignore[arg-type]
    assert faults(source) == []
    return source


def cells(source: Document, number: int = 0) -> list[tuple[str, str, str | None]]:
    return [(c.name, source.text[c.start : c.end], c.stored) for c in source.tables[number].cells]


def lines(source: Document) -> list[tuple[str, str]]:
    skipped = (BlockKind.TABLE, BlockKind.CELL)
    return [(b.kind.value, source.text[b.start : b.end]) for b in source.blocks if b.kind not in skipped]


ADVICE = "open it in a spreadsheet program, save it and run again"
ACCOUNTING = '_(* #,##0_);_(* \\(#,##0\\);_(* "-"??_);_(@_)'
SCALED = '[>=1000000]0.0,,"M";[>=1000]0.0,"K";0'


@pytest.mark.parametrize(
    ("stored", "code", "expected"),
    [
        ("0.546", "0.0%", "54.6%"),
        ("0.5455", "0.0%", "54.6%"),  # half away from zero, as on the screen
        ("2.675", "0.00", "2.68"),
        ("1846", "#,##0", "1,846"),
        ("-1234", "#,##0;(#,##0)", "(1,234)"),
        ("-1234", ACCOUNTING, "(1,234)"),
        ("0", ACCOUNTING, "-"),
        ("1234567", SCALED, "1.2M"),
        ("2500", SCALED, "2.5K"),
        ("12", SCALED, "12"),
        ("16900", '0.0,"k"', "16.9k"),
        ("1234.5", "[$€-407] #,##0.00", "€ 1,234.50"),
        ("-0.5", "0%", "-50%"),
        ("7", '0"%"', "7%"),
        ("12", "00000", "00012"),
        ("5551234", "000-0000", "555-1234"),
        ("3", "0.0##", "3.0"),
        ("3.14159", "0.0##", "3.142"),
        ("0.5", ".00", ".50"),
        ("1.5", "# ?/?", "1 1/2"),
        ("123456789", "0.00E+00", "1.23E+08"),
        ("1846", "General", "1846"),
        ("0.333333333333333", "General", "0.333333333"),
        ("123456789012", "General", "1.23457E+11"),
        ("0", "0;-0;", ""),
        ("5", "0;-0;;@", "5"),
    ],
)
def test_numbers_are_shown_in_their_format(stored: str, code: str, expected: str) -> None:
    assert displayed(Decimal(stored), code) == expected


@pytest.mark.parametrize(
    ("stored", "code", "expected"),
    [
        ("45352", "yyyy-mm-dd", "2024-03-01"),
        ("45352.75", "d mmmm yyyy h:mm AM/PM", "1 March 2024 6:00 PM"),
        ("45352", "ddd d-mmm-yy", "Fri 1-Mar-24"),
        ("0.0625", "h:mm:ss", "1:30:00"),
        ("1.5", "[h]:mm", "36:00"),
        ("59", "yyyy-mm-dd", "1900-02-28"),
        ("61", "yyyy-mm-dd", "1900-03-01"),  # day 60 never was
        ("-1", "yyyy-mm-dd", "#####"),
    ],
)
def test_dates_are_shown_in_their_format(stored: str, code: str, expected: str) -> None:
    assert displayed(Decimal(stored), code) == expected


def test_a_day_counts_from_1904_where_the_workbook_says() -> None:
    file = ExcelFile(
        sheets={"A": row(1, value("A1", "0", 1), value("B1", "2"))},
        formats=["yyyy-mm-dd"],
        properties='<workbookPr date1904="1"/>',
    )
    assert cells(document(file)) == [("A1", "1904-01-01", "1904-01-01"), ("B1", "2", "2")]


def test_cells_show_the_format_and_keep_what_is_stored() -> None:
    file = ExcelFile(
        sheets={
            "Cases": line(1, "Region", "Share", "When")
            + row(2, shared("A2", 0, 3), value("B2", "0.54600000000000004", 1), value("C2", "45352.5", 2))
            + row(3, text("A3", "South"), value("B3", "0.30000000000000004", 1), value("C3", "45353", 2))
        },
        formats=["0.0%", "d mmm yyyy"],
        styles=['<xf numFmtId="49"><alignment indent="1"/></xf>'],
        strings=["<si><t>North</t></si>"],
    )
    assert cells(document(file)) == [
        ("A1", "Region", None),
        ("B1", "Share", None),
        ("C1", "When", None),
        ("A2", "  North", None),
        ("B2", "54.6%", "0.546"),
        ("C2", "1 Mar 2024", "2024-03-01T12:00:00"),
        ("A3", "South", None),
        ("B3", "30.0%", "0.3"),
        ("C3", "2 Mar 2024", "2024-03-02"),
    ]


def test_strings_with_raised_marks_readings_and_escapes() -> None:
    rich = (
        '<si><r><t>1,846</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>2</t></r><rPh><t>reading</t></rPh></si>'
    )
    file = ExcelFile(
        sheets={"A": row(1, shared("A1", 0), shared("B1", 1), value("C1", "1", kind="b"), value("D1", "7"))},
        strings=[rich, "<si><t>two_x000A_lines</t></si>"],
    )
    assert [shown for _, shown, _ in cells(document(file))] == ["1,846²", "two lines", "TRUE", "7"]


def test_titles_tables_and_notes() -> None:
    file = ExcelFile(
        sheets={
            "Data": line(1, "Table 1: Cases by region")
            + line(2, "In thousands")
            + line(4, "Region", "2022", "2023")
            + line(5, "North", "1", "2")
            + line(7, "South", "3", "4")
            + line(8, "Source: registry")
            + line(10, "Table 2: Staff")
            + line(11, "Office", "Staff")
            + line(12, "Lima", "7")
        }
    )
    source = document(file)
    assert lines(source) == [
        ("heading", "Data"),
        ("caption", "Table 1: Cases by region"),
        ("paragraph", "In thousands"),
        ("paragraph", "Source: registry"),
        ("caption", "Table 2: Staff"),
    ]
    first, second = source.tables
    assert (first.caption, first.rows, first.columns, first.sheet) == ("Table 1: Cases by region", 4, 3, "Data")
    assert (second.caption, second.rows, second.columns) == ("Table 2: Staff", 2, 2)
    assert [c.row for c in first.cells if c.name in ("A4", "A5", "A7")] == [0, 1, 3]  # the gap in the table is a row
    assert [c.name for c in first.cells if c.header] == ["A4", "B4", "C4"]


def test_places_name_sheet_and_cell() -> None:
    source = document(ExcelFile(sheets={"One": line(1, "a", "b"), "Two": line(1, "x", "y") + line(2, "z", "77")}))
    start = source.text.index("77")
    place = source.place(start, start + 2)
    assert (place.sheet, place.cell, place.heading) == ("Two", "B2", "Two")


def test_merged_cells_stand_once_and_empty_columns_are_left_out() -> None:
    file = ExcelFile(
        sheets={
            "A": row(1, text("A1", "Region"), text("C1", "Cases"))
            + row(2, text("C2", "2022"), text("D2", "2023"))
            + row(3, text("A3", "North"), value("C3", "1"), value("D3", "2"))
        },
        after={"A": '<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="C1:D1"/></mergeCells>'},
    )
    source = document(file)
    assert [(c.name, c.row, c.column, c.row_span, c.column_span) for c in source.tables[0].cells] == [
        ("A1", 0, 0, 2, 1),
        ("C1", 0, 1, 1, 2),
        ("C2", 1, 1, 1, 1),
        ("D2", 1, 2, 1, 1),
        ("A3", 2, 0, 1, 1),
        ("C3", 2, 1, 1, 1),
        ("D3", 2, 2, 1, 1),
    ]


def test_what_is_hidden_or_missing_is_said() -> None:
    file = ExcelFile(
        sheets={
            "Cases": line(1, "Item", "Number")
            + row(2, text("A2", "x"), value("B2", "", formula="SUM(B3:B9)"))
            + row(3, text("A3", "y"), value("B3", "5", formula="2+3"), more=' hidden="1"')
            + row(4, text("A4", "z"), value("B4", "#REF!", formula="B99", kind="e"))
            + row(5, text("A5", "w"), value("B5", "", formula='""', kind="str")),
            "Old": line(1, "a", "1"),
        },
        states={"Old": "veryHidden"},
        before={"Cases": '<cols><col min="2" max="3" hidden="1"/></cols>'},
    )
    source = document(file)
    assert [g.reason for g in source.gaps] == [
        "sheet Cases has 1 hidden row(s), which were read: 3",
        "sheet Cases has 1 hidden column(s), which were read: B",
        f"sheet Cases has 1 formula(s) without a stored result: B2; {ADVICE}",
        "sheet Cases shows 1 error value(s): B4",
        "sheet Old is hidden; it was read",
    ]
    assert ("B3", "5", "5") in cells(source)


def test_a_workbook_written_by_a_library() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Figures"
    for line_ in (["Item", "Amount", "Day"], ["A", 1234.5, datetime.date(2024, 3, 1)], ["B", 7, None]):
        sheet.append(line_)
    sheet["B2"].number_format = "#,##0.00"
    stream = io.BytesIO()
    book.save(stream)
    assert [shown for _, shown, _ in cells(document(stream.getvalue()))] == [
        *("Item", "Amount", "Day"),
        *("A", "1,234.50", "2024-03-01"),
        *("B", "7", ""),
    ]


# --- hostile files ----------------------------------------------------------------------------------------------


def refusal(data: bytes, **limits: object) -> str:
    with pytest.raises(ReadError) as caught:
        document(data, **limits)
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_protected_truncated_and_empty_workbooks_are_refused() -> None:
    data = ExcelFile(sheets={"A": line(1, "x")}).bytes()
    assert "password-protected. Save an unprotected copy and run again." in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    assert "is damaged or was cut off" in refusal(data[:-40])
    assert "has no sheets" in refusal(ExcelFile().bytes())


def test_many_columns_are_read_and_lone_corners_make_no_wide_table() -> None:
    names = [f"{chr(65 + a)}{chr(65 + b)}{chr(65 + c)}" for a in range(15) for b in range(26) for c in range(26)][
        :10_000
    ]
    wide = "".join(row(n, *(value(f"{name}{n}", "1") for name in names)) for n in (1, 2))
    source = document(ExcelFile(sheets={"A": wide}))
    assert source.tables[0].columns == 10_000
    corners = row(1, value("A1", "1"), value("B1", "2")) + row(2, value("XFD2", "3"), value("A2", "4"))
    assert document(ExcelFile(sheets={"A": corners})).tables[0].columns == 3


def test_too_many_cells_and_too_wide_tables_are_refused() -> None:
    data = ExcelFile(sheets={"A": "".join(line(n, "1", "2") for n in range(1, 60))}).bytes()
    assert "more than 100 cells" in refusal(data, max_cells=100)
    steps = "".join(row(n, value(f"{chr(64 + n)}{n}", "1"), value(f"{chr(65 + n)}{n}", "1")) for n in range(1, 25))
    assert "a table of 24 rows and 25 columns" in refusal(ExcelFile(sheets={"A": steps}).bytes(), max_cells=200)


def test_one_long_string_shown_many_times_is_refused() -> None:
    file = ExcelFile(
        sheets={"A": "".join(row(n, shared(f"A{n}", 0), value(f"B{n}", "1")) for n in range(1, 200))},
        strings=[f"<si><t>{'x' * 10_000}</t></si>"],
    )
    assert "show more than 1,000,000 characters" in refusal(file.bytes(), max_unpacked=1_000_000)


def test_bombs_and_entities_are_refused() -> None:
    data = ExcelFile(sheets={"A": " " * 2_000_000 + line(1, "x")}).bytes()
    assert "unpacks to more than 1,000,000 bytes" in refusal(data, max_unpacked=1_000_000)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr("xl/workbook.xml", f'{HEAD}<!DOCTYPE w [<!ENTITY a "b">]><workbook xmlns="{MAIN}">&a;</workbook>')
    assert "declares entities" in refusal(stream.getvalue())


def test_wild_numbers_do_no_harm() -> None:
    wild = ["1E+999999999", "1E400", "NaN", "-Infinity", "x", "9" * 5000, "1E-400"]
    file = ExcelFile(
        sheets={"A": "".join(row(n, text(f"A{n}", "x"), value(f"B{n}", w, 99)) for n, w in enumerate(wild, 1))},
        after={
            "A": '<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="B2:A1"/><mergeCell ref="?"/></mergeCells>'
        },
    )
    assert len(document(file).text) < 10_000
