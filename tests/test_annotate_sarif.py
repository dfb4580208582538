"""SARIF says of each finding whether a baseline has it, when there is one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from audit.cli import run as addsup

SCHEMA = Path(__file__).resolve().parents[1] / ".." / "shared" / "schemas" / "sarif-schema-2.1.0.json"
OLD = "The office closed 47 cases (27 by women and 40 by men) in 2023.\n"
NEW = "It heard 31 people (12 women and 20 men) in 2024.\n"


def states(folder: Path, *arguments: str) -> dict[str, str | None]:
    target = folder / "report.sarif"
    addsup(["check", str(folder / "report.txt"), *arguments, "-o", str(target)])
    log = json.loads(target.read_text(encoding="utf-8"))
    if SCHEMA.is_file():
        validate = pytest.importorskip("jsonschema").Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
        assert list(validate.iter_errors(log)) == []
    return {r["message"]["text"].split(" ")[0]: r.get("baselineState") for r in log["runs"][0]["results"]}


def test_a_known_finding_is_unchanged_and_another_new(tmp_path: Path) -> None:
    report, known = tmp_path / "report.txt", tmp_path / "known.json"
    report.write_text(OLD)
    assert addsup(["baseline", str(report), "-o", str(known)]) == 0
    report.write_text(NEW + "\n" + OLD)
    assert states(tmp_path, "--baseline", str(known)) == {"47": "unchanged", "31": "new"}
    assert states(tmp_path) == {"47": None, "31": None}


def test_an_empty_baseline_makes_everything_new(tmp_path: Path) -> None:
    report, known = tmp_path / "report.txt", tmp_path / "known.json"
    report.write_text("Nothing is counted here.\n")
    assert addsup(["baseline", str(report), "-o", str(known)]) == 0
    report.write_text(OLD)
    assert states(tmp_path, "--baseline", str(known)) == {"47": "new"}
