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
PENDING = 'Pending,"2,813","2,618","2,030","2,062",807\n'
FLOWS = 'Filed,"2,463","2,578","2,260","1,845","1,667"\nClosed,"2,658","3,166","2,228","3,100","1,720"\n'


def steps(tmp_path: Path, rows: str) -> list[tuple[str, list[str]]]:
    path = tmp_path / "cases.csv"
    path.write_text(YEARS + rows, "utf-8")
    found = judge(flows.find([extract(read(str(path), Limits()))]), ())
    return [(o.verdict.value, [x.text for x in o.claim.operands]) for o in found]


def test_pending_cases_follow_from_filed_and_closed(tmp_path: Path) -> None:
    rows = PENDING + FLOWS
    assert steps(tmp_path, rows) == [
        ("exact", ["2,618", "2,813", "2,463", "2,658"]),
        ("exact", ["2,030", "2,618", "2,578", "3,166"]),
        ("exact", ["2,062", "2,030", "2,260", "2,228"]),
        ("exact", ["807", "2,062", "1,845", "3,100"]),
    ]


def test_one_step_that_does_not_follow_is_no_stock(tmp_path: Path) -> None:
    rows = PENDING.replace("2,030", "2,031") + FLOWS
    assert steps(tmp_path, rows) == []


def test_lines_that_never_move_are_no_stock(tmp_path: Path) -> None:
    rows = "Posts,1500,1500,1500,1500,1500\nIn,210,320,180,240,260\nOut,210,320,180,240,260\n"
    assert steps(tmp_path, rows) == []


def test_a_line_that_runs_on_is_followed_from_figure_to_figure(tmp_path: Path) -> None:
    rows = 'Parcels,"1,240","1,865","2,377","2,019","1,644"\nTo date,"1,240","3,105","5,482","7,501","9,145"\n'
    assert steps(tmp_path, rows) == [
        ("exact", ["3,105", "1,240", "1,865"]),
        ("exact", ["5,482", "3,105", "2,377"]),
        ("exact", ["7,501", "5,482", "2,019"]),
        ("exact", ["9,145", "7,501", "1,644"]),
    ]


def test_a_line_that_breaks_twice_does_not_run_on(tmp_path: Path) -> None:
    rows = 'Parcels,"1,240","1,865","2,377","2,019","1,644"\nTo date,"1,240","3,150","5,482","7,510","9,145"\n'
    assert steps(tmp_path, rows) == []
