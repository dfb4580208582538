"""One small table in every format that is read: the same rows are told, each at its own place."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from timing import timed

from audit.cli import run as addsup
from audit.gate.answers import DataFaultError
from audit.gate.sources import DataSource, cell_text

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]
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


@pytest.mark.parametrize("make", [_delimited(",", "data.csv"), _parquet, _sqlite], ids=["csv", "parquet", "sqlite"])
def test_a_table_at_an_address_is_copied_once(make: Callable[[], str]) -> None:
    pytest.importorskip("fsspec")
    address = f"file://{Path(make()).resolve()}"
    source = DataSource(address, address)
    assert source.opened(["1"]).records["1"].cells == ["Joined", "-3"]
    folder = Path(source.path).parent
    assert folder.name.startswith("addsup-")
    del source
    assert not folder.exists()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("file:///nowhere/data.csv", "no such file; check the address of this table"),
        ("nothing://host/data.csv?key=hidden", r"cannot be opened \(Protocol not known: nothing\); check the address"),
        ("mysql://host/base", 'no way to open "mysql://"; known are postgresql and files'),
        ("s3://box/data.doc", 'no table is read from ".doc"; '),
    ],
)
def test_an_address_that_leads_nowhere_is_one_line(address: str, said: str) -> None:
    pytest.importorskip("fsspec")
    with pytest.raises(DataFaultError, match=said):
        _ = DataSource(address, address.partition("?")[0]).frame


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


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("extra", ["", "\n", '"two\nlines",7\n'], ids=["plain", "blank line", "quoted lines"])
def test_printed_rows_are_looked_up_where_they_stand(end: str, extra: str) -> None:
    rows = [f"{'x' * (row % 40)},{row}" for row in range(9_000)]  # longer than a piece that is searched at once
    text = "word,number\n" + "\n".join(rows[:10]) + "\n" + extra + "\n".join(rows[10:]) + "\n\n"
    Path("data.csv").write_bytes(text.replace("\n", end).encode())
    more = extra.count("7")
    wanted = [0, 9, 10 + more, 4_000 + more, 8_999 + more]
    found = DataSource("data.csv", "data.csv").opened(map(str, wanted)).records
    assert [found[str(row)].cells[1] for row in wanted] == ["0", "9", "10", "4000", "8999"]
    assert [found[str(row)].line for row in wanted] == [2, 11, *(row + extra.count("\n") for row in (12, 4_002, 9_001))]


COST = """
import json, time, pandas, pandera.pandas
from pandera.io.pandas_io import from_yaml
from audit.gate.worker import work

def alone():
    try:
        from_yaml("s.yaml").validate(pandas.read_csv("data.csv"), lazy=True)
    except pandera.pandas.errors.SchemaErrors as raised:
        return len(raised.failure_cases)

def gated():
    spec = {"path": "s.yaml", "shown": "s.yaml"}
    named = {"name": "data", "path": "data.csv", "shown": "data.csv", "table": "", "key": [], "engine": ""}
    table = named | {"queries": []}
    group = {"rule": "r", "origin": "o", "trusted": True, "folder": ".", "terms": []}
    done = work({"groups": [group | {"tables": [table | {"schema": spec, "suite": None}]}]})
    return len(done["answers"][0]["checked"][0]["rows"])

def spent(do):
    start = time.process_time()
    assert do() == 3
    return time.process_time() - start

alone(), gated()
pairs = [(spent(alone), spent(gated)) for _ in range(5)]
print(json.dumps([min(times) for times in zip(*pairs)]))
"""


@timed
def test_a_schema_costs_little_more_than_pandera_itself() -> None:
    lines = [
        f"{row},{'Joined' if row % 3 else 'Agreement'},{-1 if row % 90_000 == 5 else row % 977}"
        for row in range(250_000)
    ]
    Path("data.csv").write_text("id,outcome,closed\n" + "\n".join(lines) + "\n", encoding="utf-8")
    Path("s.yaml").write_text(
        "columns:\n  id: {dtype: int64, unique: true}\n  outcome: {dtype: str, checks: {isin: [Joined, Agreement]}}\n"
        "  closed: {dtype: int64, checks: {greater_than_or_equal_to: 0}}\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", COST],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    alone, gated = json.loads(done.stdout)
    assert gated < 1.3 * alone
