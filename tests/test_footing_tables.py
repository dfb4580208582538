"""The parts of table understanding: rounding units, misprints, stubs, headings and spanning headers."""

from __future__ import annotations

from audit.extract import extract
from audit.read.delimited import read
from audit.read.limits import Limits
from audit.relate.tables.figures import Figures
from audit.relate.tables.grid import Grid, grid_of
from audit.relate.tables.misprints import explained_digits
from audit.relate.tables.slots import Kind, Slot
from audit.relate.tables.steps import rounding_steps


def grid(text: str) -> Grid:
    document = read("table.csv", text.encode(), Limits())
    bundle = extract(document)
    found = grid_of(bundle, document.tables[0], Figures(bundle))
    assert found is not None
    return found


def test_the_rounding_unit_of_a_column_shows_in_its_zeros() -> None:
    # all end in two zeros
    assert rounding_steps([(v, 1) for v in (320_000, 131_700, 188_400, 6_100)]) == [100, 100, 100, 100]
    # three values are too few to tell
    assert rounding_steps([(v, 1) for v in (6_100, 1_700, 8_400)]) is None
    # four significant digits, whatever the size
    assert rounding_steps([(v, 1) for v in (131_400, 84_330, 62_180, 7_128)]) == [100, 10, 10, 1]
    # a printed step of a tenth stays one
    assert rounding_steps([(v, 1) for v in (63, 62, 68, 100)]) is None


def test_one_mistyped_figure_does_not_hide_the_rounding_of_its_column() -> None:
    values = [100, 2300, 4500, 5600, 7800, 8900, 9100, 1237]
    assert rounding_steps([(v, 1) for v in values]) == [100] * 7 + [1]


def slot(text: str, value: int, step: int) -> Slot:
    document = read("t.csv", f"a,b\nx,{text}\n".encode(), Limits())
    fact = next(f for f in extract(document).facts if f.text == text)
    return Slot(Kind.FIGURE, 0, 1, value, step, fact)


def test_the_digits_of_a_misprint_speak_for_it() -> None:
    # the total 1243 is 9 more than its parts, exact counts: two neighbours may have changed places in either
    cells = [(slot("1243", 1243, 0), -1), (slot("1200", 1200, 0), 1), (slot("34", 34, 0), 1)]
    assert explained_digits(cells, 9) == 4  # 34 -> 43 has two, 1243 -> 1234 has four
    # one digit of a five-digit figure, but three values would do: a little less than five digits
    cells = [(slot("76640", 76640, 1), 1), (slot("3", 3, 1), -1)]
    assert 4.4 < explained_digits(cells, 4) < 4.7
    # no single edit turns 84,822 into 59,333
    cells = [(slot("84822", 84822, 0), -1), (slot("59333", 59333, 0), 1)]
    assert explained_digits(cells, 25489) == 0


def test_codes_before_labels_belong_to_the_stub() -> None:
    found = grid(",Account,2025,2026\n0001,Staff,58,56\n0002,Law,18,17\n0900,Total,76,73\n")
    assert [(line.label, line.is_total) for line in found.rows] == [
        ("0001 Staff", False),
        ("0002 Law", False),
        ("0900 Total", True),
    ]
    assert [line.label for line in found.columns] == ["2025", "2026"]


def test_the_column_a_label_stands_in_is_its_depth() -> None:
    found = grid("Prisoners,,,2000\nFederal,,,140\n,Prisons,,134\n,,Federal facilities,125\n,,Private,9\nState,,,500\n")
    assert [(line.label, line.depth) for line in found.rows] == [
        ("Federal", 0),
        ("Prisons", 4),
        ("Federal facilities", 8),
        ("Private", 8),
        ("State", 0),
    ]


def test_headings_open_groups_and_are_no_header() -> None:
    found = grid("Item,2022,2023\nShares of income,,\nLow,3.0,3.1\nHigh,52.1,51.9\nIncome,,\nMedian,77540,80610\n")
    assert [(line.label, line.group) for line in found.rows] == [("Low", 1), ("High", 1), ("Median", 2)]
    assert "share" in found.rows[0].cues
    assert "rate" in found.rows[2].cues


def test_a_spanning_header_names_all_its_columns() -> None:
    found = grid(",This Month,,This Year,\nItem,Gross,Net,Gross,Net\nA,5,4,9,8\nB,7,6,11,10\n")
    assert [(line.label, line.group) for line in found.columns] == [
        ("This Month Gross", 1),
        ("This Month Net", 1),
        ("This Year Gross", 2),
        ("This Year Net", 2),
    ]


def test_cells_are_told_apart() -> None:
    found = grid("Item,a,b,c,d,e,f\nX,5,–,......,(**),..,\nY,²10,*–2,(3),$ 4,1.5 %,7/a\n")
    assert [s.kind for s in found.slots[0]] == [Kind.FIGURE, Kind.NIL, Kind.NIL, Kind.TINY, Kind.TEXT, Kind.BLANK]
    # in tenths, the finest printed unit
    assert [s.value for s in found.slots[1]] == [100, -20, -30, 40, 15, 70]


def test_noughts_that_a_spreadsheet_leaves_out_are_no_rounding() -> None:
    decimals = [[20.1 + 3.7 * i + j for j in range(3)] for i in range(12)]
    rows = [[f"{v:.1f}".removesuffix(".0") for v in row] for row in decimals]
    rows[4][1], rows[7][2] = "13", "9"
    table = grid("Land,2021,2022,2023\n" + "".join(f"L{i},{','.join(row)}\n" for i, row in enumerate(rows)))
    assert {slot.step for row in table.slots for slot in row} == {1}
    # where one of the decimals ends in a nought, noughts are printed, and "13" and "9" are whole
    rows[0][0] = "20.0"
    table = grid("Land,2021,2022,2023\n" + "".join(f"L{i},{','.join(row)}\n" for i, row in enumerate(rows)))
    assert (table.slots[4][1].step, table.slots[7][2].step) == (10, 10)
