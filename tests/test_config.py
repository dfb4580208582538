"""Settings: where they are found, what they may hold, and how faults read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audit.config import KEYS, Config, chosen, find, load
from audit.errors import ConfigError
from audit.rulefiles import load_rules
from audit.rules import Severity

if TYPE_CHECKING:
    from pathlib import Path


def own(folder: Path, text: str, name: str = "addsup.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def faults(path: Path) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(str(path))
    return [line.removeprefix(f"{path}:") for line in str(caught.value).splitlines()]


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert load(start=tmp_path) == Config()
    assert Config().packs == ("core",)
    assert Config().fail_on == "error"


def test_every_setting_is_read(tmp_path: Path) -> None:
    path = own(
        tmp_path,
        """
        packs = ["core", "rules/house"]
        select = ["core"]
        ignore = ["core/share-truncated"]
        fail_on = "warning"
        language = "es"
        revisions = "original"
        baseline = "addsup.baseline.json"
        waivers = "addsup.waivers.yaml"
        [severity]
        "core/trend-reversed" = "note"
        restated-differently = "off"
        [limits]
        max_pages = 12
        """,
    )
    config = load(str(path))
    assert config.packs == ("core", "rules/house")
    assert (config.select, config.ignore) == (("core",), ("core/share-truncated",))
    assert (config.fail_on, config.language, config.revisions) == ("warning", "es", "original")
    assert (config.limits.max_pages, config.limits.revisions) == (12, "original")
    assert config.limits.max_depth == 100
    assert config.severity == {"core/trend-reversed": "note", "restated-differently": "off"}
    assert (config.baseline, config.waivers, config.path) == ("addsup.baseline.json", "addsup.waivers.yaml", str(path))


def test_the_table_of_a_project_file_is_read(tmp_path: Path) -> None:
    path = own(tmp_path, '[project]\nname = "x"\n[tool.addsup]\nfail_on = "never"\n', "pyproject.toml")
    assert load(str(path)).fail_on == "never"


def test_the_nearest_file_counts(tmp_path: Path) -> None:
    own(tmp_path, 'fail_on = "note"\n')
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    own(tmp_path / "a", "[project]\n", "pyproject.toml")
    assert load(start=inner).fail_on == "note"
    own(tmp_path / "a", '[tool.addsup]\nfail_on = "warning"\n', "pyproject.toml")
    assert load(start=inner).fail_on == "warning"
    own(tmp_path / "a", 'fail_on = "never"\n')
    assert load(start=inner).fail_on == "never"


def test_the_search_ends_at_the_top_of_a_repository(tmp_path: Path) -> None:
    own(tmp_path, 'fail_on = "note"\n')
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    assert find(tmp_path / "repo") is None


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('pakcs = ["core"]\n', '1: unknown setting "pakcs"; did you mean "packs"?'),
        ('\nfail-on = "error"\n', '2: unknown setting "fail-on"; did you mean "fail_on"?'),
        ('fail_on = "errors"\n', '1: unknown fail_on "errors"; did you mean "error"?'),
        ("packs = 3\n", '1: "packs" must be a list of texts, as packs = ["core"]'),
        ('packs = ["core", 3]\n', '1: "packs" must be a list of texts, as packs = ["core"]'),
        ("language = true\n", '1: "language" must be a text in quotes'),
        ("[limits]\nmax_page = 3\n", '2: unknown limit "max_page"; did you mean "max_pages"?'),
        ("[limits]\n\nmax_pages = -3\n", '3: "max_pages" must be a whole number above 0'),
        ("limits.max_pages = true\n", '1: "max_pages" must be a whole number above 0'),
        ("limits = {max_pages = 'x'}\n", '1: "max_pages" must be a whole number above 0'),
        ('[severity]\n"core/x" = "fatal"\n', '2: unknown severity "fatal"; known are error, warning, note, off'),
        ('a = "\n', r"1: not TOML: Illegal character '\n'; check quotes and brackets here"),
        ("packs = [", "1: not TOML: Invalid value"),
        ("a = " + "[" * 30_000, ""),
    ],
)
def test_faults_name_line_and_next_step(tmp_path: Path, text: str, fault: str) -> None:
    found = faults(own(tmp_path, text))
    assert any(line.startswith(fault) for line in found), found


def test_all_faults_are_reported_together_in_order(tmp_path: Path) -> None:
    path = own(tmp_path, 'colour = 1\nfail_on = "x"\n[limits]\nmax_bits = 1\n')
    assert [line.split(":")[0] for line in faults(path)] == ["1", "2", "4"]


def test_lines_are_those_of_the_own_table(tmp_path: Path) -> None:
    path = own(tmp_path, "[other]\npacks = 1\n[tool.addsup]\n\npacks = 1\n", "pyproject.toml")
    assert [line.split(":")[0] for line in faults(path)] == ["5"]


def test_a_missing_or_binary_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be opened"):
        load(str(tmp_path / "none.toml"))
    (tmp_path / "addsup.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="not UTF-8"):
        load(str(tmp_path / "addsup.toml"))


def test_rules_are_chosen_by_rule_and_by_pack() -> None:
    rules = load_rules()
    ids = {rule.id for rule in chosen(rules, Config(ignore=("share-truncated", "core/trend-reversed")))}
    assert {rule.id for rule in rules} - ids == {"share-truncated", "trend-reversed"}
    assert [rule.id for rule in chosen(rules, Config(select=("core/share-truncated",)))] == ["share-truncated"]
    assert chosen(rules, Config(ignore=("core",))) == ()


def test_severities_are_set_by_rule_before_pack() -> None:
    config = Config(severity={"core": "note", "core/share-misstated": "warning", "share-truncated": "off"})
    found = {rule.id: rule.severity for rule in chosen(load_rules(), config)}
    assert found["share-misstated"] is Severity.WARNING
    assert found["parts-unequal-total"] is Severity.NOTE
    assert "share-truncated" not in found


def test_a_name_that_fits_no_rule_is_a_fault() -> None:
    with pytest.raises(ConfigError, match=r'settings: ignore names no rule or pack "share-truncatd"; did you mean'):
        chosen(load_rules(), Config(ignore=("share-truncatd",)))


def test_the_keys_are_those_of_the_record() -> None:
    assert KEYS == (
        "packs",
        "select",
        "ignore",
        "severity",
        "fail_on",
        "language",
        "revisions",
        "limits",
        "baseline",
        "waivers",
        "against",
        "documents",
        "tables",
    )
