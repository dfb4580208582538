"""Every rule against the examples in its own file; one rule runs with `-k rule-id`, and only its file is opened."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from audit.rulefiles import find_rule, load_rules, own_packs, rule_files
from audit.trial import bites, try_example

if TYPE_CHECKING:
    from audit.rules import Example, Rule


@cache
def rules_of_pack(pack: str) -> tuple[Rule, ...]:
    return load_rules((pack,))


def named(config: pytest.Config) -> list[str]:
    """Return the full names of the rules that a run asks for, all when it asks for none by name."""
    asked = " ".join([str(config.option.keyword), *map(str, config.args)])
    names = [name for name, _ in rule_files()]
    return [name for name in names if name.split("/")[1] in asked] or names


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "example" in metafunc.fixturenames:
        cases = [
            pytest.param(
                rule, kind, example, id=f"{rule.name}::{example.name} ({kind} {example.language})".replace(" )", ")")
            )
            for rule in map(find_rule, named(metafunc.config))
            for kind, example in rule.examples()
        ]
        metafunc.parametrize(("rule", "kind", "example"), cases)
    elif "rule_name" in metafunc.fixturenames:
        metafunc.parametrize("rule_name", named(metafunc.config))


def test_example(rule: Rule, kind: str, example: Example) -> None:
    assert try_example(rule, kind, example, rules_of_pack(rule.pack)).faults == ()


def test_bite(rule_name: str) -> None:
    """A digit changed in what a rule verified must be reported, for at least one of its passes."""
    rule = find_rule(rule_name)
    bitten = list(bites(rule, rules_of_pack(rule.pack)))
    assert not bitten or any(bite.spoke for bite in bitten), [bite.equation for bite in bitten]


def test_there_are_rules() -> None:
    assert "core" in own_packs()
    assert len(rule_files()) >= 20
