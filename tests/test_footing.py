"""Tables checked from their text to the verdict: totals, differences, shares, rounding, and what is left alone."""

from __future__ import annotations

import time
from dataclasses import dataclass

from timing import timed

from audit.extract import extract
from audit.findings import Verdict
from audit.judge.footing import decide
from audit.read.delimited import read
from audit.read.limits import Limits
from audit.relate.footing import find


@dataclass(frozen=True)
class Seen:
    """One claim as a reader sees it: where a finding would stand, the arithmetic and how sure it is."""

    at: str
    equation: str
    verdict: Verdict
    confidence: int
    form: str


def seen(text: str) -> list[Seen]:
    document = read("table.csv", text.encode(), Limits())
    found: list[Seen] = []
    for claim in find([extract(document)]):
        decision = decide(claim)
        place = document.place(decision.at.start, decision.at.end)
        sure = claim.basis.confidence
        found.append(Seen(place.cell, decision.equation, decision.verdict, sure, claim.form))
    return found


def wrong(text: str, least: int = 90) -> list[tuple[str, str]]:
    return [(s.at, s.equation) for s in seen(text) if s.verdict is Verdict.CONTRADICTED and s.confidence >= least]


def right(text: str) -> set[str]:
    return {s.equation for s in seen(text) if s.verdict.holds}


YEARS = """Region,2019,2020,2021
North,"1,204","1,310","1,295"
South,987,"1,012","1,040"
East,640,655,661
Total,"2,831",{total},"2,996"
"""


def test_a_total_row_is_claimed_in_every_column() -> None:
    assert right(YEARS.format(total='"2,977"')) == {
        "2,831 = 1,204 + 987 + 640 = 2,831",
        "2,977 = 1,310 + 1,012 + 655 = 2,977",
        "2,996 = 1,295 + 1,040 + 661 = 2,996",
    }


def test_the_column_that_does_not_foot_is_contradicted_at_its_total() -> None:
    assert wrong(YEARS.format(total='"2,967"')) == [("C5", "2,967 ≠ 1,310 + 1,012 + 655 = 2,977")]


CROSSED = """Region,Women,Men,Children,Total
North,112,96,408,616
South,87,{cell},322,{south}
East,64,71,259,394
West,143,150,377,670
Total,406,391,"1,366","2,163"
"""


def test_a_cell_that_its_row_and_its_column_point_at_is_named() -> None:
    assert wrong(CROSSED.format(cell=74, south=483)) == []
    # 47 typed for 74: the row is 27 short of 483, the column 27 short of 391
    assert wrong(CROSSED.format(cell=47, south=483)) == [
        ("C3", "391 ≠ 96 + 47 + 71 + 150 = 364"),
        ("C3", "483 ≠ 87 + 47 + 322 = 456"),
    ]


def test_a_total_of_the_last_column_is_named_by_its_row_and_by_the_grand_total() -> None:
    assert wrong(CROSSED.format(cell=74, south=438)) == [
        ("E3", "2,163 ≠ 616 + 438 + 394 + 670 = 2,118"),
        ("E3", "438 ≠ 87 + 74 + 322 = 483"),
    ]


def test_rounded_figures_get_the_room_that_rounding_needs_and_no_more() -> None:
    table = "Fund,2020 ($ millions),2021 ($ millions)\nA,1.24,1.31\nB,0.98,1.02\nC,0.64,0.65\nTotal,{total},2.98\n"
    # four figures rounded to a hundredth leave 0.02
    assert wrong(table.format(total="2.88")) == []
    assert wrong(table.format(total="2.89"), 40) == [("B5", "2.89 ≠ 1.24 + 0.98 + 0.64 = 2.86")]
    # one other column is not enough to call three hundredths an error
    assert wrong(table.format(total="2.89")) == []


def test_counts_that_add_up_everywhere_else_are_exact_to_the_last_one() -> None:
    rows = [(412 + 37 * i, 387 + 71 * i % 200, 120 + 53 * i % 90) for i in range(30)]
    lines = [f"Ward {i},{a},{b},{c},{a + b + c}" for i, (a, b, c) in enumerate(rows, 1)]
    sums = [sum(row[k] for row in rows) for k in range(3)]
    foot = f"Total,{sums[0]},{sums[1]},{sums[2]},{sum(sums)}"
    assert wrong("\n".join(["Ward,Under 40,Under 60,Over 60,All", *lines, foot])) == []
    assert lines[2] == "Ward 3,486,529,136,1151"
    lines[2] = "Ward 3,486,529,136,1152"
    assert ("E4", "1152 ≠ 486 + 529 + 136 = 1151") in wrong(
        "\n".join(["Ward,Under 40,Under 60,Over 60,All", *lines, foot])
    )


def test_figures_rounded_to_the_hundred_may_be_a_hundred_off() -> None:
    table = """Prisoners,2000,2010,2015,2016
Total,"140,100","207,000","195,600","188,300"
Facilities,"133,900","198,300","186,500","179,100"
Centers,"6,100","8,600","9,200","9,200"
State,"1,177,200","1,310,800","1,243,500","1,228,800"
Jails,"621,100","748,700","727,400","740,700"
"""
    assert "140,100 = 133,900 + 6,100 = 140,000" in right(table)
    assert wrong(table, 40) == []


def test_totals_above_indented_lines_are_found_without_a_word() -> None:
    table = """Item,CPI-U,CPI-W
Apparel,2.480,2.751
  Men's apparel,0.654,0.821
    Suits,0.314,0.394
    Shirts,0.340,0.427
  Women's apparel,0.967,0.937
  Footwear,0.859,0.993
"""
    assert {
        "2.480 = 0.654 + 0.967 + 0.859 = 2.480",
        "0.654 = 0.314 + 0.340 = 0.654",
        "0.821 = 0.394 + 0.427 = 0.821",
    } <= right(table)


def test_gross_less_receipts_is_found_as_a_sum_in_each_group_of_columns() -> None:
    table = """,This Month,,,Year to Date,,
Bureau,Gross,Receipts,Net,Gross,Receipts,Net
Rural Service,"6,438","1,840","4,598","54,695","37,549","17,146"
Forest Service,"1,779",214,"1,565","15,523",998,"14,525"
Space Office,689,52,637,"5,481",113,"5,368"
Mint,"18,411","6,549","11,862","145,364","53,794",{net}
"""
    assert "145,364 = 53,794 + 91,570 = 145,364" in right(table.format(net='"91,570"'))
    assert wrong(table.format(net='"91,750"')) == [("E6", "145,364 ≠ 53,794 + 91,750 = 145,544")]


def test_parts_in_brackets_are_subtracted_and_balances_run_on() -> None:
    table = """,Stock,Earnings
"Balance, 2020","50,779","14,966"
Issued,"1,105",
Income,,"94,680"
Dividends,,"(14,431)"
Repurchased,"(2,627)","(85,502)"
"Balance, 2021","49,257","9,713"
"""
    assert right(table) == {
        "49,257 = 50,779 + 1,105 - 2,627 = 49,257",
        "9,713 = 14,966 + 94,680 - 14,431 - 85,502 = 9,713",
    }


SHARES = """Source,2018,2019,2020,2021,2022
Fees,40.1,42.0,41.3,{fees},37.2
Grants,35.4,30.5,34.2,36.1,35.9
Sales,24.5,27.6,24.5,25.3,26.9
"""


def test_shares_without_a_printed_total_make_100() -> None:
    assert "100 = 42.0 + 30.5 + 27.6 = 100.1" in right(SHARES.format(fees="38.6"))
    assert wrong(SHARES.format(fees="38.6"), 40) == []
    assert wrong(SHARES.format(fees="36.8"), 40) == [("E4", "100 ≠ 36.8 + 36.1 + 25.3 = 98.2")]


def test_averages_and_rates_are_not_added() -> None:
    assert seen("Region,Visits,Days\nNorth,40,12\nSouth,30,14\nEast,50,10\nAverage,40,12\n") == []
    table = "State,Votes,Turnout rate\nA,120431,61.2\nB,98112,58.0\nC,77009,63.3\nTotal,295552,60.8\n"
    assert wrong(table, 0) == []
    assert right(table) == {"295552 = 120431 + 98112 + 77009 = 295552"}


def test_years_and_ranks_take_no_part() -> None:
    table = "Rank,Nation,Gold,Silver,Total\n1,A,16,5,21\n2,B,7,10,17\n3,C,6,8,14\nTotal,Total,29,23,52\n"
    assert wrong(table, 0) == []
    assert all("1 + 2 + 3" not in s.equation for s in seen(table))


def test_a_missing_figure_leaves_the_sum_open() -> None:
    table = "Region,2019,2020,2021\nNorth,1204,1310,1295\nSouth,987,n/a,1040\nEast,640,655,661\nTotal,2831,2977,2996\n"
    assert wrong(table, 0) == []
    assert len(right(table)) == 2


def test_a_part_whose_sign_is_turned_is_not_called_wrong() -> None:
    table = """,2018,2017,2016
Total revenue,3298177,2214253,1787624
Costs,1558562,1230290,943200
Bitcoin costs,164827,,
Add: deferred revenue,12853,,
Adjusted revenue,1587641,983963,844424
"""
    assert wrong(table, 40) == []


def test_a_total_that_is_an_average_is_not_called_wrong() -> None:
    table = "Season,Games,Starts,Points\n2006,31,23,10.6\n2007,42,13,9.9\n2008,37,36,13.9\nTotal,110,72,11.4\n"
    assert wrong(table, 40) == []


def test_labels_that_set_a_part_aside_say_what_adds_up() -> None:
    table = """Item,City,Country
All items,100.000,100.000
Food,13.691,15.166
Medical care,8.273,6.946
All items less food,86.309,84.834
All items less medical care,91.727,{rest}
"""
    assert "100.000 = 13.691 + 86.309 = 100.000" in right(table.format(rest="93.054"))
    assert wrong(table.format(rest="93.504")) == [("C2", "100.000 ≠ 6.946 + 93.504 = 100.450")]


def test_a_note_mark_on_the_line_lowers_an_error_to_a_warning() -> None:
    rows = "".join(
        f"State {c},{n},{2 * n},{3 * n}\n" for c, n in zip("ABCDEF", (11, 243, 381, 407, 562, 618), strict=True)
    )
    table = "State,Men,Women,All\n" + rows + "{label},4970,1331,6320\n"
    assert wrong(table.format(label="State G")) == [("D8", "6320 ≠ 4970 + 1331 = 6301")]
    assert wrong(table.format(label="State G/d")) == []
    assert wrong(table.format(label="State G/d"), 70) == [("D8", "6320 ≠ 4970 + 1331 = 6301")]


def test_blocks_with_the_same_labels_are_summed_line_by_line() -> None:
    table = """Claims,2019,2020
North,,
  Filed,"1,517","1,367"
  Approved,"1,163","1,457"
South,,
  Filed,231,268
  Approved,99,181
West,,
  Filed,715,943
  Approved,539,845
TOTAL,,
  Filed,"2,463","2,578"
  Approved,"1,801",{approved}
"""
    assert right(table.format(approved='"2,483"')) == {
        "2,463 = 1,517 + 231 + 715 = 2,463",
        "2,578 = 1,367 + 268 + 943 = 2,578",
        "1,801 = 1,163 + 99 + 539 = 1,801",
        "2,483 = 1,457 + 181 + 845 = 2,483",
    }
    assert wrong(table.format(approved='"2,843"')) == [("C13", "2,843 ≠ 1,457 + 181 + 845 = 2,483")]


@timed
def test_the_cost_of_a_long_table_grows_with_its_cells() -> None:
    def seconds(rows: int) -> float:
        cells = [[(31 * i * k + 17 * k) % 9973 + 2200 for k in range(1, 12)] for i in range(rows)]
        lines = [f"row {i}," + ",".join(map(str, [*row, sum(row)])) for i, row in enumerate(cells)]
        head = "Name," + ",".join(f"c{k}" for k in range(11)) + ",Total"
        bundle = extract(read("long.csv", "\n".join([head, *lines]).encode(), Limits()))
        start = time.perf_counter()
        assert sum(len(claim.operands) + len(claim.covers) for claim in find([bundle])) == 12 * rows
        return time.perf_counter() - start

    seconds(500)
    assert seconds(4000) < 14 * seconds(1000)


def test_a_lone_labelled_total_is_held_against_its_column() -> None:
    """A table of one column has nothing but the label to say that its last line is the sum."""
    table = "Region,Cases\nAfrica,116\nAsia,103\nArab States,66\nEurope,60\nAmericas,33\nHeadquarters,{}\nTotal,434\n"
    assert wrong(table.format(56), 75) == []
    assert [at for at, _ in wrong(table.format(96), 75)] == ["B8"]
    assert wrong("Team,Wins\nNorth,12\nSouth,15\nEast,11\nTotal,38\n", 40) == []
    assert wrong("Team,Wins\nNorth,12\nSouth,15\nEast,11\nTotal,13\n", 40) == []  # may be their average


def test_a_total_of_two_rows_is_held_against_the_row_where_it_fails() -> None:
    table = "Beneficiaries,Women,Men,Total\nDirect,37,37,34\nIndirect,11,11,22\n"
    assert wrong(table, 75) == [("D2", "34 ≠ 37 + 37 = 74")]
