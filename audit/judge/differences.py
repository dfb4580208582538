"""Judges a difference: what is stated to remain, or to have been gained, against one figure less the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.arithmetic import verify_sum
from audit.judge.decision import VERDICTS, Decision, span_of
from audit.judge.wording import number, quantity_of, style_of, value_of

if TYPE_CHECKING:
    from audit.claims import Claim


def decide(claim: Claim) -> Decision:
    """Return the verdict on stated = from - less, with what flowed in between where a stock is carried forward."""
    (stated,) = claim.role("stated")
    (start,) = claim.role("from")
    (less,) = claim.role("less")
    added = claim.role("plus")
    figures = [quantity_of(o) for o in (start, *added, less)]
    said = verify_sum(quantity_of(stated), figures, [1, *(1 for _ in added), -1])
    style = style_of(claim.operands)
    computed = number(said.nominal, style)
    first = " + ".join(value_of(o, style) for o in (start, *added))
    line = f"{first} - {value_of(less, style)} = {computed}"
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
            "from": " + ".join(o.text for o in (start, *added)),
            "less": less.text,
            "gap": number(abs(said.gap), style),
            "label": stated.fact.label if stated.fact is not None else "",
        },
        gap=said.gap,
        allowance=said.allowance,
        grade=said.grade,
    )
