"""Stocks that a table carries forward from one period to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.extract import extract
from audit.judge import judge
from audit.read import read
from audit.read.limits import Limits
from audit.relate import flows

if TYPE_CHECKING:
    from pathlib import Path

YEARS = "Cases,2004,2005,2006,2007,2008\n"


def steps(tmp_path: Path, rows: str) -> list[tuple[str, list[str]]]:
    path = tmp_path / "cases.csv"
    path.write_text(YEARS + rows, "utf-8")
    found = judge(flows.find([extract(read(str(path), Limits()))]), ())
    return [(o.verdict.value, [x.text for x in o.claim.operands]) for o in found]


def test_pending_cases_follow_from_filed_and_closed(tmp_path: Path) -> None:
    rows = "Pending,2813,2618,2030,2062,807\nFiled,2463,2578,2260,1845,1667\nClosed,2658,3166,2228,3100,1720\n"
    assert steps(tmp_path, rows) == [
        ("exact", ["2618", "2813", "2463", "2658"]),
        ("exact", ["2030", "2618", "2578", "3166"]),
        ("exact", ["2062", "2030", "2260", "2228"]),
        ("exact", ["807", "2062", "1845", "3100"]),
    ]


def test_one_step_that_does_not_follow_is_no_stock(tmp_path: Path) -> None:
    rows = "Pending,2813,2618,2031,2062,807\nFiled,2463,2578,2260,1845,1667\nClosed,2658,3166,2228,3100,1720\n"
    assert steps(tmp_path, rows) == []


def test_lines_that_never_move_are_no_stock(tmp_path: Path) -> None:
    rows = "Posts,1500,1500,1500,1500,1500\nIn,210,320,180,240,260\nOut,210,320,180,240,260\n"
    assert steps(tmp_path, rows) == []
