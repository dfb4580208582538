"""The cost of a check grows with the text and not with its square, for reports and for texts made to hurt."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from timing import timed

from audit.extract import extract
from audit.pipeline import audit
from audit.read import delimited, markdown
from audit.read.limits import Limits
from audit.read.text import read
from audit.relate.footing import find
from audit.rulefiles import load_rules

if TYPE_CHECKING:
    from audit.facts import Facts

RULES = load_rules(("core",))
FLOOR = 0.03  # seconds of processor time below which nothing can be measured


def spent(text: str) -> float:
    document = read("text.txt", text.encode(), Limits())
    start = time.process_time()
    audit([document], RULES)
    return time.process_time() - start


@pytest.mark.parametrize(
    "piece",
    [
        "one ",
        "12, ",
        "3 cats and 4 dogs, ",
        "It closed 12 cases and ",
        "(3 women ",
        "5 of the 6 ",
        "rose from 5 to 6, ",
        "5 per cent (3), ",
        "Of 5 men, 3 were old. ",
        ", ".join(["3 cats"] * 150) + ". ",
        "On 4 May 2023, see paragraph 7; ",
    ],
    ids=lambda piece: piece[:20],
)
@timed
def test_eight_times_the_text_is_about_eight_times_the_work(piece: str) -> None:
    size = 8_000 // len(piece)
    spent(piece * 50)
    small, large = spent(piece * size), spent(piece * size * 8)
    assert large < 20 * max(small, FLOOR)


def long_table(rows: int) -> str:
    """Return a table whose total row adds up but in one column, where one cell is wrong along its row too."""
    lines = [[(31 * i * k + 17 * k) % 9973 + 2200 for k in range(1, 8)] for i in range(rows)]
    lines = [[*line, sum(line)] for line in lines]
    foot = [sum(column) for column in zip(*lines, strict=True)]
    lines[rows // 2][3] += 3000
    table = [f"Place {i},{','.join(map(str, line))}" for i, line in enumerate(lines)]
    return "\n".join(["Name,a,b,c,d,e,f,g,Total", *table, f"Total,{','.join(map(str, foot))}"])


@timed
def test_a_wrong_cell_in_a_long_column_is_named_at_a_cost_that_grows_with_the_column() -> None:
    def cost(rows: int) -> float:
        document = delimited.read("long.csv", long_table(rows).encode(), Limits())
        start = time.process_time()
        found = audit([document], RULES).findings
        taken = time.process_time() - start
        assert [f.at.start for f in found] == [document.tables[0].cells[9 * (rows // 2 + 1) + 4].start]
        return taken

    cost(50)
    assert min(cost(1500) for _ in range(2)) < 16 * min(cost(150) for _ in range(3))


def tables_in_text(count: int) -> Facts:
    """Return the facts of a report of many small tables, each below a page of text that cites it."""
    pieces = []
    for number in range(1, count + 1):
        pieces += [f"In year {year} it had 12 cars, {number + year} bikes (see table {number})." for year in range(40)]
        pieces += [f"Table {number}: Cars", "| Town | Cars |\n| --- | --- |\n| A | 3 |\n| B | 4 |\n| Total | 7 |"]
    return extract(markdown.read("tables.md", "\n\n".join(pieces).encode(), Limits()))


@timed
def test_a_table_does_not_ask_every_sentence_of_a_long_report() -> None:
    def cost(facts: Facts) -> float:
        start = time.process_time()
        assert len(list(find([facts]))) == len(facts.document.tables)
        return time.process_time() - start

    few, many = tables_in_text(12), tables_in_text(96)
    cost(few)
    assert min(cost(many) for _ in range(3)) < 16 * min(cost(few) for _ in range(5))
