"""Judges what a schema, a suite or a query says of data: the libraries have decided, this gives it the common shape."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audit.findings import Outcome, Verdict
from audit.judge.decision import Decision, span_of, span_of_claim

if TYPE_CHECKING:
    from collections.abc import Mapping

    from audit.claims import Claim
    from audit.rules import Rule


def outcome_of(claim: Claim, rules: Mapping[str, Rule]) -> Outcome:
    """Return the outcome of a claim about data under the rule that names the table."""
    rule = rules.get(claim.detail["statement"])
    decision = decide(claim)
    return Outcome(
        claim=claim,
        rule=replace(rule, message="{says}") if rule is not None else None,
        verdict=decision.verdict,
        at=decision.at,
        equation=decision.equation,
        steps=decision.steps,
        fields={"form": claim.form, **decision.fields},
        grade=decision.grade,
    )


def decide(claim: Claim) -> Decision:
    """Return the verdict on one check or one row."""
    holds = claim.form == "passed"
    says = claim.detail["says"]
    fields = {key: claim.detail[key] for key in ("table", "row", "column", "reason", "says")}
    return Decision(
        verdict=Verdict.EXACT if holds else Verdict.CONTRADICTED,
        at=span_of_claim(claim) if claim.form in ("passed", "more") else span_of(claim.operands[0]),
        equation=says,
        steps=tuple(line for line in claim.detail["steps"].split("\n") if line),
        fields=fields,
        grade="exact" if holds else "inconsistent",
    )
