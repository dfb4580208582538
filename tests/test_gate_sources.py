"""One small table in every format that is read: the same rows are told, each at its own place."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audit.cli import run as addsup
from audit.gate.answers import DataFaultError
from audit.gate.sources import DataSource, cell_text

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS = [("Guidance", 10), ("Joined", -3), ("Agreement", 9)]


@pytest.fixture(autouse=True)
def _place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def _delimited(mark: str, path: str, encoding: str = "utf-8") -> Callable[[], str]:
    def make() -> str:
        lines = [("outcome", "closed"), *ROWS]
        Path(path).write_bytes("".join(f"{a}{mark}{b}\r\n" for a, b in lines).encode(encoding))
        return path

    return make


def _workbook() -> str:
    from openpyxl import Workbook  # noqa: PLC0415

    book = Workbook()
    book.active.title = "Notes"
    sheet = book.create_sheet("Data")
    for row in [("outcome", "closed"), *ROWS]:
        sheet.append(row)
    book.save("data.xlsx")
    return "data.xlsx"


def _parquet() -> str:
    import duckdb  # noqa: PLC0415

    rows = ", ".join(map(str, ROWS))
    duckdb.sql(f"SELECT outcome, closed::BIGINT AS closed FROM (VALUES {rows}) t(outcome, closed)").write_parquet(
        "data.parquet"
    )
    return "data.parquet"


def _sqlite() -> str:
    with sqlite3.connect("data.sqlite") as base:
        base.execute("CREATE TABLE data (outcome TEXT, closed INTEGER)")
        base.executemany("INSERT INTO data VALUES (?, ?)", ROWS)
    return "data.sqlite"


def _duckdb() -> str:
    import duckdb  # noqa: PLC0415

    with duckdb.connect("data.duckdb") as base:
        base.execute("CREATE TABLE data (outcome TEXT, closed BIGINT)")
        base.executemany("INSERT INTO data VALUES (?, ?)", ROWS)
    return "data.duckdb"


@pytest.mark.parametrize(
    ("make", "table", "cell", "label"),
    [
        (_delimited(",", "data.csv"), "", "B3", "row 3"),
        (_delimited(";", "data.csv"), "", "B3", "row 3"),
        (_delimited("\t", "data.tsv", "utf-16"), "", "B3", "row 3"),
        (_workbook, "Data", "B3", "row 3"),
        (_parquet, "", "B3", "row 3"),
        (_sqlite, "", "B3", "outcome Joined"),
        (_duckdb, "data", "B3", "outcome Joined"),
    ],
    ids=["csv", "semicolons", "tsv", "xlsx", "parquet", "sqlite", "duckdb"],
)
def test_the_same_row_is_told(make: Callable[[], str], table: str, cell: str, label: str) -> None:
    source = make()
    keys = {"source": source, "schema": "s.yaml", "key": ["outcome"], **({"table": table} if table else {})}
    text = "".join(f"{key} = {json.dumps(value)}\n" for key, value in keys.items())
    Path("addsup.toml").write_text(f"[tables.data]\n{text}", encoding="utf-8")
    Path("s.yaml").write_text(
        "columns:\n  closed: {dtype: int, checks: {greater_than: 0}}\n  outcome: {}\n", encoding="utf-8"
    )
    addsup(["check", "-o", "out.json"])
    data = json.loads(Path("out.json").read_text(encoding="utf-8"))
    assert [gap["reason"] for gap in data["gaps"]] == []
    assert [(f["place"]["cell"], f["message"]) for f in data["findings"]] == [
        (cell, f"data, {label}: closed is -3, must be more than 0")
    ]


def test_a_workbook_of_several_sheets_asks_which() -> None:
    with pytest.raises(DataFaultError, match=r"data\.xlsx: holds 2 sheets; say which with table: Notes, Data"):
        _ = DataSource(_workbook(), "data.xlsx").frame


def test_a_sheet_that_is_not_there_is_named() -> None:
    with pytest.raises(DataFaultError, match=r'data\.xlsx: has no sheet "Date"; did you mean "Data"'):
        _ = DataSource(_workbook(), "data.xlsx", "Date").frame


def test_a_format_nobody_reads() -> None:
    with pytest.raises(DataFaultError, match=r'data\.csvv: no table is read from "\.csvv"; did you mean "\.csv"'):
        DataSource("data.csvv", "data.csvv")


def test_a_table_that_is_a_document_too_fails_all_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    Path("data.csv").write_text("outcome,closed\n", encoding="utf-8")
    Path("addsup.toml").write_text('[tables.data]\nsource = "data.csv"\nquery = "SELECT 1"\n', encoding="utf-8")
    assert addsup(["check", "data.csv", "-o", "out.json"]) == 2
    assert "data.csv: the table has no rows; a table without rows passes nothing" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("value", "text"),
    [(3.0, "3"), (3.5, "3.5"), (None, ""), (float("nan"), ""), ("x", "x"), (-3, "-3"), (True, "True")],
)
def test_a_value_as_a_cell_shows_it(value: object, text: str) -> None:
    assert cell_text(value) == text
