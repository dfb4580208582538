"""The gate as people run it: the sample project, the hooks, the way to and from Great Expectations, a large table."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from audit.cli import run as addsup

ROOT = Path(__file__).resolve().parents[1]
ROWS = 1_000_000 if os.environ.get("ADDSUP_SLOW") else 50_000


@pytest.fixture(autouse=True)
def _place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def findings(*arguments: str) -> tuple[int, list[tuple[str, str]]]:
    code = addsup(["check", *arguments, "-o", "out.json"])
    data = json.loads(Path("out.json").read_text(encoding="utf-8"))
    return code, [(f["rule"], f["place"]["cell"] or f["place"]["paragraph"]) for f in data["findings"]]


def test_the_published_data_pass_and_the_broken_update_fails() -> None:
    shutil.copytree(ROOT / "reports", "reports")
    assert findings("--config", "reports/data-gate/published.toml") == (0, [])
    assert findings("--config", "reports/data-gate/update.toml") == (
        1,
        [
            ("ties/complaints", "41"),  # the sum
            ("ties/complaints", "41"),  # guidance, two digits turned
            ("ties/services", "64"),  # women
            ("ties/applications", "282"),  # 2023
            ("ties/applications", "282"),  # 2024
            ("core/row-vanished", "A1"),  # 2022
            ("tables/applications", "A1"),  # four rows, not five
            ("tables/applications", "B4"),  # more than the suite allows
            ("core/history-revised", "C5"),  # the day of 2024
            ("tables/complaints", "A5"),  # twice
            ("tables/complaints", "A6"),
            ("tables/complaints", "B7"),  # below zero
            ("tables/services", "B2"),  # does not foot
            ("core/history-revised", "C2"),  # women
        ],
    )


def git(*arguments: str) -> None:
    name = ("-c", "user.name=a", "-c", "user.email=a@b", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *name, *arguments], check=True, capture_output=True)


@pytest.mark.parametrize("made_for", ["git:HEAD~1", "git:$CI_MERGE_REQUEST_DIFF_BASE_SHA"])
def test_the_commands_of_the_readme_hold_back_a_wrong_update(made_for: str) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = re.findall(r"^ +- (?:run: )?(addsup check .*--against .*)$", readme, re.MULTILINE)
    (command,) = (line for line in lines if made_for in line)
    right = "Region,Women,Men,Total\nNorth,112,96,208\nSouth,87,74,161\nTotal,199,170,369\n"
    Path("data.csv").write_text(right, encoding="utf-8")
    Path("addsup.toml").write_text('documents = ["data.csv"]\n[tables.data]\nsource = "data.csv"\n', encoding="utf-8")
    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "first")
    base = subprocess.run(["git", "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout.strip()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "CI_MERGE_REQUEST_DIFF_BASE_SHA": base}
    asked = command.replace("addsup", f"{sys.executable} -m audit", 1)
    for text, code in ((right + "\n", 0), (right.replace("199", "191"), 1)):
        Path("data.csv").write_text(text, encoding="utf-8")
        git("commit", "-q", "--allow-empty", "-a", "-m", "update")
        done = subprocess.run(["sh", "-c", asked], env=environment, check=False, capture_output=True, text=True)
        assert done.returncode == code, done.stdout + done.stderr


@pytest.mark.parametrize("hook", ["addsup", "addsup-gate"])
def test_the_hooks_hold_back_a_wrong_commit(hook: str) -> None:
    yaml = pytest.importorskip("yaml")
    hooks = {each["id"]: each for each in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
    right = "Region,Women,Men,Total\nNorth,112,96,208\nSouth,87,74,161\nEast,64,71,135\nTotal,263,241,504\n"
    Path("data.csv").write_text(right, encoding="utf-8")
    Path("addsup.toml").write_text('documents = ["data.csv"]\n[tables.data]\nsource = "data.csv"\n', encoding="utf-8")
    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "first")
    named = [] if hooks[hook].get("pass_filenames") is False else ["data.csv"]
    command = [sys.executable, "-m", *hooks[hook]["entry"].replace("addsup", "audit", 1).split(), *named]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    assert re.search(hooks[hook]["files"], "data.csv")
    assert subprocess.run(command, env=environment, capture_output=True, check=False).returncode == 0
    Path("data.csv").write_text(right.replace("161", "116"), encoding="utf-8")
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "data.csv, cell D3: error core/table-total-unequal" in done.stdout
    assert ("core/total-moved" in done.stdout or "core/history-revised" in done.stdout) is (hook == "addsup-gate")


def test_the_recipes_of_the_readme_are_commands_that_exist() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    section = text.split("## Gate your data")[1].split("\n## ")[0]
    options = set(re.findall(r"addsup check[^\n`]*?(--[a-z-]+)", section))
    shown = subprocess.run(
        [sys.executable, "-m", "audit", "check", "--help"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout
    assert options == {"--against"}
    assert all(option in shown for option in options)


def test_findings_are_a_validation_result_of_great_expectations() -> None:
    Path("report.txt").write_text("It helped 47 people (27 women and 40 men).\n", encoding="utf-8")
    assert addsup(["check", "report.txt", "-f", "gx", "-o", "gx.json"]) == 1
    program = (
        "import json; from great_expectations.core.expectation_validation_result import"
        " expectationSuiteValidationResultSchema as schema;"
        "r = schema.load(json.load(open('gx.json'))); one = r.results[0];"
        "print(json.dumps([r.success, r.statistics['evaluated_expectations'], one.success,"
        " one.expectation_config.type, one.result['unexpected_list']]))"
    )
    environment = {**os.environ, "GX_ANALYTICS_ENABLED": "false"}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert json.loads(done.stdout.splitlines()[-1]) == [False, 1, False, "addsup_core_parts_unequal_total", ["47"]]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[int]]:
    """Return a table with ten wrong rows, and these: five totals one too high, five shares below zero."""
    path = tmp_path_factory.mktemp("large") / "large.csv"
    draw = random.Random(20241213)
    wrong = sorted(draw.sample(range(ROWS), 10))
    with path.open("w", encoding="utf-8") as file:
        file.write("id,north,south,closed,share\n")
        for row in range(ROWS):
            north, south = draw.randrange(1000), draw.randrange(1000)
            total, share = north + south, f"{draw.randrange(1000) / 10}"
            if row in wrong[:5]:
                total += 1
            elif row in wrong[5:]:
                share = "-1.5"
            file.write(f"{row},{north},{south},{total},{share}\n")
    return path, [row + 2 for row in wrong]


SCHEMA = """\
columns:
  closed: {dtype: int64, checks: {greater_than_or_equal_to: 0}}
  share: {dtype: float64, checks: {greater_than_or_equal_to: 0}}
checks:
  foots: {total: closed, parts: [north, south]}
"""
SUITE = {
    "name": "large",
    "expectations": [
        {"type": "expect_column_values_to_be_between", "kwargs": {"column": "share", "min_value": 0}},
        {"type": "expect_multicolumn_values_to_foot", "kwargs": {"column_list": ["closed", "north", "south"]}},
    ],
}


@pytest.mark.parametrize(
    "way",
    [
        {"schema": "large.yaml"},
        {"suite": "large.json"},
        {"query": "SELECT * FROM large WHERE north + south <> closed OR share < 0"},
    ],
    ids=["pandera", "great_expectations", "query"],
)
def test_just_the_wrong_rows_of_a_large_table_are_told(way: dict[str, str], large: tuple[Path, list[int]]) -> None:
    path, wrong = large
    Path("large.yaml").write_text(SCHEMA, encoding="utf-8")
    Path("large.json").write_text(json.dumps(SUITE), encoding="utf-8")
    lines = [f"{key} = {json.dumps(value)}" for key, value in {"source": str(path), **way}.items()]
    Path("addsup.toml").write_text("[tables.large]\n" + "\n".join(lines) + "\n", encoding="utf-8")
    code, found = findings()
    assert code == 1
    assert [int(cell.lstrip("ABCDE")) for _, cell in found] == wrong
