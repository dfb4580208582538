"""A PostgreSQL server of its own, started for these tests; they skip where none is installed."""

from __future__ import annotations

import json
import os
import pwd
import shutil
import socket
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audit.cli import run as addsup

if TYPE_CHECKING:
    from collections.abc import Iterator

sqlalchemy = pytest.importorskip("sqlalchemy")
pytest.importorskip("psycopg2")

ROWS = [(1, "Guidance", 10, 4, 6), (2, "Joined", -3, 1, 2), (3, "Agreement", 9, 4, 4)]
SUITE = {
    "name": "closed",
    "expectations": [
        {"type": "expect_column_values_to_be_between", "kwargs": {"column": "closed", "min_value": 0}},
        {"type": "expect_multicolumn_values_to_foot", "kwargs": {"column_list": ["closed", "north", "south"]}},
    ],
}


def _programs() -> Path | None:
    found = shutil.which("initdb")
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    return Path(found) if found else next(iter(places), None)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a database; the server runs as an ordinary user, since it refuses to run as root."""
    initdb = _programs()
    if initdb is None:
        pytest.skip("no PostgreSQL is installed")
    place = tmp_path_factory.mktemp("base")
    run: dict[str, object] = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    if os.getuid() == 0:
        names = {entry.pw_name for entry in pwd.getpwall()}
        user = "postgres" if "postgres" in names else "nobody"
        shutil.chown(place, user)
        for folder in place.parents:
            if folder.name.startswith("pytest-"):
                folder.chmod(0o755)
        run["user"] = user
    data, port = place / "data", _free_port()
    bin_ = initdb.parent
    made = subprocess.run([initdb, "-D", data, "-U", "addsup", "-A", "trust", "-N"], check=False, **run)  # type: ignore[call-overload]
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='{place}' -c fsync=off"
    start = [bin_ / "pg_ctl", "-D", data, "-w", "-o", options, "-l", place / "log", "start"]
    if made.returncode or subprocess.run(start, check=False, **run).returncode:  # type: ignore[call-overload]
        pytest.skip("PostgreSQL does not start here")
    try:
        yield f"postgresql://addsup@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([bin_ / "pg_ctl", "-D", data, "-m", "immediate", "stop"], check=False, **run)  # type: ignore[call-overload]


@pytest.fixture
def address(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    engine = sqlalchemy.create_engine(server.replace("postgresql:", "postgresql+psycopg2:"))
    with engine.begin() as base:
        base.execute(sqlalchemy.text("DROP TABLE IF EXISTS complaints"))
        base.execute(
            sqlalchemy.text("CREATE TABLE complaints (id int, outcome text, closed int, north int, south int)")
        )
        for row in ROWS:
            base.execute(sqlalchemy.text(f"INSERT INTO complaints VALUES {row}"))
    engine.dispose()
    return server


def settings(source: str, **keys: str | list[str]) -> None:
    lines = [f"{key} = {json.dumps(value)}" for key, value in {"source": source, "table": "complaints", **keys}.items()]
    Path("addsup.toml").write_text("[tables.complaints]\n" + "\n".join(lines) + "\n", encoding="utf-8")


def checked() -> tuple[int, list[str]]:
    code = addsup(["check", "-o", "out.json"])
    return code, [f["message"] for f in json.loads(Path("out.json").read_text(encoding="utf-8"))["findings"]]


def test_a_suite_runs_inside_the_server(address: str) -> None:
    Path("c.json").write_text(json.dumps(SUITE), encoding="utf-8")
    settings(address, suite="c.json", key=["id"])
    code, (second, third) = checked()
    assert code == 1
    assert second.startswith("complaints, id 2: closed is -3; expected: values to be between (min_value 0); ")
    assert second.endswith("closed is -3, north is 1, south is 2; expected: values to foot")
    assert third == "complaints, id 3: closed is 9, north is 4, south is 4; expected: values to foot"


def test_a_schema_and_a_query_read_the_table(address: str) -> None:
    Path("c.yaml").write_text("columns:\n  closed: {dtype: int64, checks: {greater_than: 0}}\n", encoding="utf-8")
    settings(
        address, schema="c.yaml", key=["id"], query="-- one in the north\nSELECT * FROM complaints WHERE north = 1"
    )
    code, found = checked()
    assert (code, sorted(found)) == (
        1,
        [
            "complaints, id 2: closed is -3, must be more than 0",
            "complaints, id 2: one in the north: id 2, outcome Joined, closed -3, north 1, south 2",
        ],
    )


@pytest.mark.parametrize("table", ["audited.complaints", "Complaints"])
def test_a_table_of_a_schema_or_with_capitals_is_found(address: str, table: str) -> None:
    engine = sqlalchemy.create_engine(address.replace("postgresql:", "postgresql+psycopg2:"))
    with engine.begin() as base:
        base.execute(sqlalchemy.text("CREATE SCHEMA IF NOT EXISTS audited"))
        made = ".".join(f'"{name}"' for name in table.split("."))
        base.execute(sqlalchemy.text(f"CREATE TABLE {made} AS SELECT * FROM public.complaints WHERE id = 3"))
    engine.dispose()
    Path("c.json").write_text(json.dumps(SUITE), encoding="utf-8")
    settings(address, suite="c.json", key=["id"], table=table)
    assert checked() == (1, ["complaints, id 3: closed is 9, north is 4, south is 4; expected: values to foot"])


def test_the_server_is_only_read(address: str) -> None:
    suite = {
        "name": "s",
        "expectations": [
            {
                "type": "unexpected_rows_expectation",
                "kwargs": {"unexpected_rows_query": "DELETE FROM {batch} RETURNING *"},
            }
        ],
    }
    Path("c.json").write_text(json.dumps(suite), encoding="utf-8")
    settings(address, suite="c.json")
    addsup(["check", "-o", "out.json"])
    engine = sqlalchemy.create_engine(address.replace("postgresql:", "postgresql+psycopg2:"))
    with engine.connect() as base:
        assert base.execute(sqlalchemy.text("SELECT count(*) FROM complaints")).scalar() == 3
    engine.dispose()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("/postgres", "/nothing"), "the database does not answer"),
        (("complaints", "complaint"), 'has no table "complaint"'),
    ],
)
def test_a_server_that_is_down_or_lacks_the_table_is_one_line(
    address: str, change: tuple[str, str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("c.json").write_text(json.dumps(SUITE), encoding="utf-8")
    settings(address, suite="c.json")
    text = Path("addsup.toml").read_text(encoding="utf-8").split("\n", 1)
    Path("addsup.toml").write_text(f"{text[0]}\n{text[1].replace(*change)}", encoding="utf-8")
    capsys.readouterr()
    assert addsup(["check", "-o", "out.json"]) == 2
    lines = [line for line in capsys.readouterr().err.splitlines() if " documents, " not in line]
    assert len(lines) == 1
    assert said in lines[0]


def test_an_address_nobody_listens_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("c.yaml").write_text("columns:\n  closed: {dtype: int64}\n", encoding="utf-8")
    settings(f"postgresql://addsup:hidden@127.0.0.1:{_free_port()}/postgres", schema="c.yaml")
    assert addsup(["check", "-o", "out.json"]) == 2
    said = capsys.readouterr().err
    assert "the database does not answer" in said
    assert "hidden" not in said
