"""Judges a figure of a text against a value of data: the arithmetic of every statement, with the data named."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audit.findings import Verdict
from audit.judge import statements
from audit.rulefiles.statements import DEFAULT_MESSAGE as PLAIN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from audit.claims import Claim
    from audit.findings import Outcome
    from audit.rules import Rule

DEFAULT_MESSAGE = "{equation}, says {data}"


def outcome_of(claim: Claim, rules: Mapping[str, Rule]) -> Outcome:
    """Return the outcome of a tie under the rule that declares it."""
    outcome = statements.outcome_of(claim, rules)
    terms = tuple(f"{term} = {value}" for term, value in _terms(claim))
    rule = outcome.rule
    if rule is not None and rule.message == PLAIN:
        rule = replace(rule, message=DEFAULT_MESSAGE)
    before = claim.detail.get("before", "")
    old = (before,) if before and outcome.verdict is Verdict.CONTRADICTED else ()
    names = [term for term, _ in _terms(claim)]
    fields = {**outcome.fields, "data": " and ".join(names)}
    return replace(outcome, rule=rule, steps=(*outcome.steps, *terms, *old), fields=fields)


def _terms(claim: Claim) -> list[tuple[str, str]]:
    operands = claim.role("data")
    return list(zip(claim.detail["terms"].split("\n"), (operand.text for operand in operands), strict=True))
