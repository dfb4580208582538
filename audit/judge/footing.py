"""Judges a relation between the figures of a table: the total as printed against what its parts give.

The finder has set the interval each cell stands for (a table shows how it was rounded); here only the sums are made.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from audit.findings import Verdict
from audit.judge.decision import Decision, span_of
from audit.judge.wording import joined, number, style_of, sum_line, value_of

if TYPE_CHECKING:
    from audit.claims import Claim, Operand
    from audit.judge.wording import Style

_HUNDRED = Fraction(100)
_SHOWN = 12


def decide(claim: Claim) -> Decision:
    """Return the verdict on a footing; without a printed total the parts are held against 100."""
    totals, parts = claim.role("total"), claim.role("part", "less")
    style = style_of(claim.operands)
    stated = Fraction(totals[0].value or 0) if totals else _HUNDRED
    computed = sum((_sign(p) * Fraction(p.value or 0) for p in parts), Fraction(0))
    gap = stated - computed
    allowance = sum((_half(o) for o in (*totals, *parts)), Fraction(0))
    grade = "exact" if not gap else "within_rounding" if abs(gap) <= allowance else "inconsistent"
    verdict = {"exact": Verdict.EXACT, "within_rounding": Verdict.WITHIN_ROUNDING}.get(grade, Verdict.CONTRADICTED)
    shown = number(computed, style)
    line = _line(parts, style, shown) if len(parts) > 1 else shown  # one part: the text restates a cell
    printed = value_of(totals[0], style) if totals else "100"
    steps = [line]
    if gap:
        word = "more" if gap > 0 else "less"
        steps.append(f"{printed} {'is printed' if totals else 'is the whole'}: {number(abs(gap), style)} {word}")
        steps.append(f"rounding can explain {number(allowance, style)}" if allowance else "no figure is rounded")
    suspect = claim.detail.get("suspect", "")
    # Shares without a printed total stand on the last of them, where a reader who adds them up stops.
    at = span_of(claim.operands[int(suspect)] if suspect else (totals or parts[-1:])[0])
    if suspect and verdict is Verdict.CONTRADICTED:
        steps.append(f"the other sums of the table point at {claim.operands[int(suspect)].text}")
    return Decision(
        verdict=verdict,
        at=at,
        equation=f"{printed} {'=' if verdict.holds else '≠'} {line}",
        steps=tuple(steps),
        fields={
            "stated": totals[0].text if totals else "100",
            "computed": shown,
            "parts": joined([p.text for p in parts[:_SHOWN]]),
            "count": str(len(parts)),
            "gap": number(abs(gap), style),
            "label": claim.detail.get("label", ""),
        },
        gap=gap,
        allowance=allowance,
        grade=grade,
    )


def _sign(operand: Operand) -> int:
    return -1 if operand.role == "less" else 1


def _half(operand: Operand) -> Fraction:
    interval = operand.interval
    if interval is None or interval.low is None or interval.high is None:
        return Fraction(0)
    return (interval.high - interval.low) / 2


def _line(parts: tuple[Operand, ...], style: Style, computed: str) -> str:
    shown = [number(_sign(p) * (p.value or Decimal(0)), style) for p in parts]
    if len(shown) > _SHOWN:
        hidden = len(shown) - _SHOWN + 1
        return f"{sum_line(shown[: _SHOWN - 1], '')[:-3]} + {hidden} more = {computed}"
    return sum_line(shown, computed)
