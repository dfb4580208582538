"""Parquet files of record are asked where they lie: rows are named, other files stay shut, large ones cost a sum."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from timing import timed

from audit.gate.answers import DataFaultError
from audit.gate.query import Database
from audit.gate.sources import DataSource

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

duckdb = pytest.importorskip("duckdb")

FOOTS = "-- does not foot\nSELECT _row, total, a, b FROM t WHERE total <> a + b"


def made(folder: Path, rows: int, wrong: int) -> DataSource:
    """Return a table of some rows whose totals foot, but in one."""
    path = folder / "it's.parquet"
    number = "i, (i * 7919) % 9973 AS a, (i * 104729) % 7907 AS b"
    duckdb.sql(
        f"COPY (SELECT *, a + b + (i = {wrong})::BIGINT AS total FROM (SELECT {number} FROM range({rows}) r(i))) "
        f"TO '{str(path).replace(chr(39), chr(39) * 2)}' (FORMAT parquet)"
    )
    return DataSource(str(path), "t.parquet")


def test_the_row_that_does_not_foot_is_named_as_a_workbook_would(tmp_path: Path) -> None:
    source = made(tmp_path, 1000, wrong=500)
    found = Database({"t": source}).query("t", FOOTS, "rules.yaml")
    assert list(found.rows) == ["500"]
    opened = source.opened(["500", "3"])
    assert [(record.number, record.cells) for record in opened.records.values()] == [
        (5, ["3", "3811", "5814", "9625"]),
        (502, ["500", "219", "4346", "4566"]),
    ]
    assert (opened.columns, opened.length) == (["i", "a", "b", "total"], 1000)


def test_a_query_reads_the_files_of_its_rule_and_no_other(tmp_path: Path) -> None:
    source = made(tmp_path, 10, wrong=5)
    duckdb.sql(f"COPY (SELECT 1 AS secret) TO '{tmp_path / 'other.parquet'}' (FORMAT parquet)")
    database = Database({"t": source})
    assert database.query("t", "SELECT * FROM t WHERE i = 3", "rules.yaml").rows.keys() == {"3"}
    with pytest.raises(DataFaultError, match="fails"):
        database.query("t", f"SELECT * FROM read_parquet('{tmp_path / 'other.parquet'}')", "rules.yaml")


@timed
def test_a_declared_footing_costs_little_more_than_the_sum_of_its_columns(tmp_path: Path) -> None:
    source = made(tmp_path, 4_000_000, wrong=3_999_999)
    database, plain = Database({"t": source}), duckdb.connect()
    text = "SELECT sum(total), sum(a), sum(b) FROM read_parquet(?)"

    def spent(work: Callable[[], object]) -> float:
        start = time.process_time()
        work()
        return time.process_time() - start

    pairs = [
        (
            spent(lambda: plain.execute(text, [source.path]).fetchall()),
            spent(lambda: database.query("t", FOOTS, "rules.yaml")),
        )
        for _ in range(7)
    ]
    assert min(query for _, query in pairs) < 1.5 * min(total for total, _ in pairs)
