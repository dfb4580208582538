"""Many documents on all cores: the same bytes as one after the other, and one bad document costs only itself."""

from __future__ import annotations

import ctypes
import json
import multiprocessing
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from audit import crew, pipeline
from audit.rulefiles import load_rules

ROOT = Path(__file__).resolve().parents[1]
TEXTS = [f"The office closed {n} cases (27 by women and 40 by men) in {2010 + n % 9}.\n" for n in range(61, 71)]


def double(task: int) -> int:
    if task == 3:
        ctypes.string_at(0)  # ends the process, as a fault in a library does
    if task == 5:
        time.sleep(60)
    if task == 7:
        raise RecursionError("too deep")
    if task == 8:
        os._exit(9)
    return 2 * task


def test_a_task_that_crashes_hangs_or_fails_costs_only_itself() -> None:
    begun = time.monotonic()
    found = dict(crew.each(double, range(12), hands=3, seconds=2.0))
    assert time.monotonic() - begun < 30
    assert {n: r for n, r in found.items() if not isinstance(r, crew.Lost)} == {
        n: 2 * n for n in (0, 1, 2, 4, 6, 9, 10, 11)
    }
    why = {n: r.why for n, r in found.items() if isinstance(r, crew.Lost)}
    assert why == {
        3: "it ended the program (signal 11)",
        5: "it took longer than 2 seconds",
        7: "RecursionError: too deep",
        8: "it ended the program (exit code 9)",
    }


def test_no_tasks_no_hands() -> None:
    assert list(crew.each(double, (), hands=2, seconds=1.0)) == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number, text in enumerate(TEXTS):
        (tmp_path / f"r{number}.txt").write_text(text)
    (tmp_path / "torn.pdf").write_bytes(b"%PDF-1.4 and nothing more")
    return tmp_path


def check(folder: Path, *more: str, one_core: bool = False) -> subprocess.CompletedProcess[bytes]:
    script = f"from audit import crew\ncrew.cores = lambda: {1 if one_core else 3}\n"
    script += f"import sys; from audit.cli import main; main(['check', {str(folder)!r}, *{list(more)!r}])"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "1" if one_core else "2"}
    return subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, check=False)


@pytest.mark.parametrize("format_", ["json", "sarif"])
def test_the_bytes_are_those_of_one_after_the_other(folder: Path, format_: str) -> None:
    many, one = check(folder, "-f", format_), check(folder, "-f", format_, one_core=True)
    assert many.returncode == one.returncode == 2  # torn.pdf
    assert many.stdout == one.stdout
    assert many.stderr == one.stderr
    if format_ == "json":
        data = json.loads(many.stdout)
        assert len(data["sources"]) == len(TEXTS)
        assert [g["reason"].split(": ")[0] for g in data["gaps"]] == [str(folder / "torn.pdf")]
        # 67 is right; nine others are not
        assert data["summary"]["by_severity"]["error"] == len(TEXTS) - 1


@pytest.mark.skipif(multiprocessing.get_start_method() != "fork", reason="other processes do not see what is patched")
def test_a_document_that_ends_its_process_is_a_gap_that_names_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = str(folder / "r4.txt")

    def fatal(path: str, limits: object) -> object:
        if path == bad:
            os._exit(7)
        return real(path, limits)

    real = pipeline.read
    monkeypatch.setattr(pipeline, "read", fatal)
    monkeypatch.setattr(crew, "cores", lambda: 2)
    run = pipeline.check([str(path) for path in sorted(folder.glob("*.txt"))], load_rules())
    assert [(gap.source, gap.reason) for gap in run.gaps] == [
        (bad, f"{bad}: it ended the program (exit code 7); check it alone to see more")
    ]
    assert len(run.documents) == len(TEXTS) - 1
