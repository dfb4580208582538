"""Judges a difference: what is stated to remain, or to have been gained, against one figure less the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.arithmetic import verify_difference
from audit.judge.decision import VERDICTS, Decision, span_of
from audit.judge.wording import number, quantity_of, style_of, value_of

if TYPE_CHECKING:
    from audit.claims import Claim


def decide(claim: Claim) -> Decision:
    """Return the verdict on stated = from - less."""
    (stated,) = claim.role("stated")
    (start,) = claim.role("from")
    (less,) = claim.role("less")
    said = verify_difference(quantity_of(stated), quantity_of(start), quantity_of(less))
    style = style_of(claim.operands)
    computed = number(said.nominal, style)
    line = f"{value_of(start, style)} - {value_of(less, style)} = {computed}"
    verdict = VERDICTS[said.grade]
    printed = value_of(stated, style)
    return Decision(
        verdict=verdict,
        at=span_of(stated),
        equation=f"{printed} {'=' if verdict.holds else '≠'} {line}",
        steps=(line,) if verdict.holds else (line, f"{printed} is printed"),
        fields={
            "stated": stated.text,
            "computed": computed,
            "from": start.text,
            "less": less.text,
            "gap": number(abs(said.gap), style),
            "label": stated.fact.label if stated.fact is not None else "",
        },
        gap=said.gap,
        allowance=said.allowance,
        grade=said.grade,
    )
