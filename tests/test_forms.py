"""Rules of form: what a pattern may hold, where it speaks, and that many places are one finding."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from timing import timed

from audit.cli import run as addsup
from audit.patterns import PatternError, pattern
from audit.pipeline import audit
from audit.rulefiles import load_rules
from audit.rules import Example
from audit.trial import document_of


def found(text: str, *, language: str = "en") -> list[tuple[str, str]]:
    run = audit([document_of(Example(name="x", text=text, language=language))], load_rules(("un",)))
    return [(f.rule.id, f.message) for f in run.findings]


def test_many_places_are_one_finding() -> None:
    ((rule, message),) = found("It rose by 5% in May. " * 40)
    assert rule == "percent-sign"
    assert "40 times" in message


def test_a_rule_of_form_leaves_the_ledger_of_figures_alone() -> None:
    text = "It rose by 5% in May."
    with_form, without = (audit([document_of(Example(name="x", text=text))], load_rules((p,))) for p in ("un", "core"))
    assert with_form.states() == without.states()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{nmber} percent", 'knows no {nmber}; did you mean "number"?'),
        ("{digit} of {spelled}", "names two figures, {digit} and {spelled}"),
        ("100 {", 'has a "{" that belongs to no placeholder'),
        ("{it} percent", "knows no {it}"),
        ("of {start}{figure}", "{start} stands at the beginning"),
        ("x" * 300, "has 300 characters"),
    ],
)
def test_a_wrong_pattern_says_what_may_be_written(text: str, fault: str) -> None:
    with pytest.raises(PatternError, match=fault.translate({ord(c): f"\\{c}" for c in "{}?.()"})):
        pattern(text)


@pytest.mark.parametrize(
    "text", ["{word} " * 20 + "end", "{number}{number}{number}{number}", "(a+)+$ {word}", "{a|a|aa} " * 15]
)
@timed
def test_a_hostile_pattern_takes_no_exponential_time(text: str) -> None:
    made = pattern(text.strip())
    begun = time.perf_counter()
    assert made.whole is not None
    list(made.whole.finditer("a 1 " * 5_000 + "a" * 20_000))
    assert time.perf_counter() - begun < 3


def test_the_schema_for_editors_knows_rules_of_form() -> None:
    schema = pytest.importorskip("jsonschema")
    yaml = pytest.importorskip("yaml")
    from audit.manual import schema as made  # noqa: PLC0415
    from audit.rulefiles import home  # noqa: PLC0415

    for path in sorted((home() / "un").glob("*-*.yaml")):
        schema.validate(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader), made())


def test_a_new_rule_of_form_holds_as_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    Path("house").mkdir()
    assert addsup(["rules", "new", "house/percent-joined", "--form"]) == 0
    assert addsup(["rules", "test", "house/percent-joined.yaml"]) == 0
    assert addsup(["rules", "new", "house/another", "--claim", "form"]) == 2
