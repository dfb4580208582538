"""Judges a share: a stated percentage against its part over its base, on the intervals of all three."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.arithmetic import verify_share
from audit.findings import Verdict
from audit.judge.decision import VERDICTS, Decision, span_of
from audit.judge.wording import joined, number, quantity_of, quotient, style_of, sum_line, value_of
from audit.quantity import Quantity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.claims import Claim, Operand


def decide(claim: Claim) -> Decision:
    """Return the verdict on stated per cent = 100 x part / whole; several parts are added first."""
    (stated,) = claim.role("stated")
    (whole,) = claim.role("whole")
    parts = claim.role("part")
    said = verify_share(quantity_of(stated), _together(parts), quantity_of(whole))
    style = style_of([*parts, whole])
    verdict = VERDICTS[said.grade]
    computed = quotient(said.nominal, style_of([stated]))
    steps = []
    added = value_of(parts[0], style)
    if len(parts) > 1:
        added = number(_together(parts).value, style)
        steps.append(sum_line([value_of(p, style) for p in parts], added))
    line = f"{added} / {value_of(whole, style)} = {computed} per cent"
    steps.append(line)
    if verdict is Verdict.TRUNCATION_ONLY:
        steps.append(f"{stated.text} is what remains when the digits behind are cut off instead of rounded")
    elif not verdict.holds:
        steps.append(f"{stated.text} is printed")
    at = stated
    if "suspect" in claim.detail and not verdict.holds:
        at = whole
        steps.append(f"the other shares of the table point at {whole.text}")
    return Decision(
        verdict=verdict,
        at=span_of(at),
        equation=f"{stated.text} {'=' if verdict.holds else '≠'} {line}",
        steps=tuple(steps),
        fields={
            "stated": stated.text,
            "computed": number(said.nominal, style_of([stated])),
            "part": joined([p.text for p in parts]),
            "whole": whole.text,
        },
        gap=said.gap,
        allowance=said.allowance,
        grade=said.grade,
    )


def _together(parts: Sequence[Operand]) -> Quantity:
    quantities = [quantity_of(p) for p in parts]
    if len(quantities) == 1:
        return quantities[0]
    first = quantities[0]
    return Quantity(
        raw="",
        value=sum((q.value for q in quantities[1:]), first.value),
        step=max(q.step for q in quantities),
        unit=first.unit,
        measure=first.measure,
    )
