"""When the figures of a table are exact: by their sums, by what its words say, and what speaks against it."""

from __future__ import annotations

import pytest

from audit.extract import extract
from audit.read.delimited import read
from audit.read.limits import Limits
from audit.relate.tables.exactness import Exactness, Sorts, exactness
from audit.relate.tables.figures import Figures
from audit.relate.tables.grid import Grid, grid_of
from audit.relate.tables.search import relations
from audit.relate.tables.sheet import Sheet, sheets


def grid(text: str) -> Grid:
    document = read("table.csv", text.encode(), Limits())
    bundle = extract(document)
    found = grid_of(bundle, document.tables[0], Figures(bundle))
    assert found is not None
    return found


def said(text: str) -> Exactness:
    table = grid(text)
    both: tuple[Sheet, Sheet] = sheets(table)
    return exactness(table, [(sheet, relation) for sheet in both for relation in relations(sheet)])


_SUMS = "{},North,South,East,West,Total\n" + "".join(
    f"{year},{a},{b},{c},{d},{a + b + c + d}\n"
    for year, a, b, c, d in [
        (2016, 312, 208, 145, 77),
        (2017, 298, 231, 162, 81),
        (2018, 327, 244, 139, 92),
        (2019, 341, 219, 151, 88),
        (2020, 355, 263, 148, 97),
        (2021, 362, 247, 170, 103),
        (2022, 378, 255, 166, 109),
        (2023, 391, 272, 181, 112),
        (2024, 402, 268, 177, 118),
    ]
)


def test_sums_that_all_add_up_prove_it() -> None:
    found = said(_SUMS.format("Year"))
    assert (found.exact, found.proven) == ({("plain", 1)}, True)


@pytest.mark.parametrize("corner", ["In thousands", "Figures are rounded"])
def test_words_of_the_corner_speak_against_it(corner: str) -> None:
    assert said(_SUMS.format(corner)).exact == frozenset()


def test_few_sums_are_enough_where_the_header_names_what_is_counted() -> None:
    text = "Office,{},{}\nNorth,112,96\nSouth,87,74\nEast,65,71\nTotal,264,241\n"
    counted = said(text.format("Cases opened", "Cases closed"))
    assert (counted.exact, counted.proven) == ({("count", 1)}, False)
    assert said(text.format("Opened", "Closed")).exact == frozenset()
    assert said(text.format("Estimated cases 2023", "Estimated cases 2024")).exact == frozenset()


def test_counts_and_money_of_one_table_are_told_apart() -> None:
    sorts = Sorts(
        grid("Office,Number of cases,Paid,Share\nNorth,112,$96,47%\nSouth,126,$74,53%\nTotal,238,$170,100%\n")
    )
    assert sorts.exact_columns(0, frozenset({"count"})) == [True, False, False]
    assert sorts.exact_columns(0, frozenset({"money"})) == [False, True, False]


def test_the_scale_of_money_says_little_of_the_claims_beside_it() -> None:
    years = range(32)
    rows = {
        "Approved": [312 + 13 * y for y in years],
        "Denied": [118 + 7 * y for y in years],
        "Total": [430 + 20 * y for y in years],
    }
    lines = [f"{label},{','.join(map(str, row))}" for label, row in rows.items()]
    paid = "Value," + ",".join(f"$7{y:03}" for y in years)
    head = ",".join(["Dollars in thousands", *(f"Y{y}" for y in years)])
    assert ("plain", 1) in said("\n".join([head, *lines, paid]) + "\n").exact
    assert said("\n".join([head, *lines]) + "\n").exact == frozenset()
