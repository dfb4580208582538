"""Judges a sum: the stated total against the sum of its parts, on the intervals the printed figures stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.arithmetic import Grade, verify_sum
from audit.findings import Verdict
from audit.judge.decision import VERDICTS, Decision, span_of
from audit.judge.wording import joined, number, quantity_of, style_of, sum_line, value_of
from audit.verification import is_no_rounding

if TYPE_CHECKING:
    from fractions import Fraction

    from audit.claims import Claim
    from audit.judge.wording import Style


def decide(claim: Claim) -> Decision:
    """Return the verdict on a sum; a gap is one only when the parts were meant to be all of the total."""
    (total,) = claim.role("total")
    parts = claim.role("part")
    said = verify_sum(quantity_of(total), [quantity_of(p) for p in parts])
    style = style_of(claim.operands)
    computed = number(said.nominal, style)
    line = sum_line([value_of(p, style) for p in parts], computed)
    stated = value_of(total, style)
    # "more than 144 (57 women and 87 men)": the hedge is loose wording beside parts that make the figure exactly
    verdict = VERDICTS[said.grade] if said.gap else Verdict.EXACT
    if verdict is not Verdict.CONTRADICTED and is_no_rounding(quantity_of(total), [quantity_of(p) for p in parts]):
        verdict = Verdict.CONTRADICTED  # "some 77 children (42 boys and 34 girls)": 77 is no round figure
    if said.grade is Grade.ODD and said.gap < 0:
        verdict = Verdict.CONTRADICTED  # "at least 81 (37 men and 58 women)": nobody would say 81 of 95
    if said.grade is Grade.IF_ROUNDED and said.granule and said.stated % said.granule:
        verdict = Verdict.CONTRADICTED  # "4,814 (541 blank and 4,300 valid)": who prints 4,814 has not rounded 4,300
    steps = [line]
    if verdict is not Verdict.EXACT:
        steps.append(f"{stated} is printed: {_off(said.gap, style)}")
        steps.append(
            f"rounding can explain {number(said.allowance, style)}" if said.allowance else "no figure is rounded"
        )
    return Decision(
        verdict=verdict,
        at=span_of(total),
        equation=f"{stated} {'=' if verdict.holds else '≠'} {line}",
        steps=tuple(steps),
        fields={
            "stated": total.text,
            "computed": computed,
            "parts": joined([p.text for p in parts]),
            "count": str(len(parts)),
            "gap": number(abs(said.gap), style),
            "label": total.fact.label if total.fact is not None else "",
        },
        gap=said.gap,
        allowance=said.allowance,
        grade=said.grade,
    )


def _off(gap: Fraction, style: Style) -> str:
    return f"{number(abs(gap), style)} too {'many' if gap > 0 else 'few'}"
