"""A suite on Spark: the same rows are told, by their key; skipped where there is no Spark, or no Java for it."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from audit.cli import run as addsup
from audit.gate.answers import DataFaultError
from audit.gate.spark import SparkSource

SUITE = {
    "name": "closed",
    "expectations": [
        {"type": "expect_column_values_to_be_between", "kwargs": {"column": "closed", "min_value": 0}},
        {"type": "expect_multicolumn_values_to_foot", "kwargs": {"column_list": ["closed", "north", "south"]}},
    ],
}


@pytest.fixture(autouse=True)
def _place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    Path("data.csv").write_text(
        'outcome;closed;north;south\n"Guidance;\nprovided";10;4;6\nJoined;-3;1;2\nAgreement;9;4;4\n', encoding="utf-8"
    )


def settings(**keys: str) -> None:
    lines = [f"{key} = {json.dumps(value)}" for key, value in {"source": "data.csv", "engine": "spark", **keys}.items()]
    Path("addsup.toml").write_text("[tables.complaints]\n" + "\n".join(lines) + "\n", encoding="utf-8")


def test_a_suite_runs_on_spark() -> None:
    pytest.importorskip("pyspark")
    if shutil.which("java") is None:
        pytest.skip("no Java is installed")
    Path("c.json").write_text(json.dumps(SUITE), encoding="utf-8")
    settings(suite="c.json", key="outcome")
    code = addsup(["check", "-o", "out.json"])
    data = json.loads(Path("out.json").read_text(encoding="utf-8"))
    assert (code, [finding["message"] for finding in data["findings"]]) == (
        1,
        [
            "complaints, outcome Agreement: closed is 9, north is 4, south is 4; expected: values to foot",
            (
                "complaints, outcome Joined: closed is -3; expected: values to be between (min_value 0); "
                "closed is -3, north is 1, south is 2; expected: values to foot"
            ),
        ],
    )


def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(
        DataFaultError, match=r"data\.csv: a table on Spark is read with pyspark; install addsup\[spark\]"
    ):
        _ = SparkSource("data.csv", "data.csv").length


def test_another_engine_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    settings(engine="dask")
    assert addsup(["check"]) == 2
    assert capsys.readouterr().err == 'addsup: addsup.toml:1: unknown engine "dask"; known is spark, or leave it out\n'
