"""Judges how things are written: the words are there, so that the rule which found them speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.findings import Outcome, Verdict
from audit.judge.decision import span_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from audit.claims import Claim
    from audit.rules import Rule

_SHOWN = 8


def outcome_of(claim: Claim, rules: Mapping[str, Rule]) -> Outcome:
    """Return the outcome of all places of one document that one rule found."""
    words = [" ".join(operand.text.split()) for operand in claim.operands]
    different = list(dict.fromkeys(words))
    shown = ", ".join(different[:_SHOWN]) + (" ..." if len(different) > _SHOWN else "")
    times = "once" if len(words) == 1 else f"{len(words)} times"
    line = f"{times}: {shown}"
    return Outcome(
        claim=claim,
        rule=rules.get(claim.detail["rule"]),
        verdict=Verdict.CONTRADICTED,
        at=span_of(claim.operands[0]),
        equation=line,
        steps=(line,),
        fields={"form": claim.form, "found": words[0], "count": str(len(words)), "times": times},
        grade="inconsistent",
    )
