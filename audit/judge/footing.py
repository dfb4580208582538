"""Judges a relation between the figures of a table: the total as printed against what its parts give.

The finder has set the interval each cell stands for (a table shows how it was rounded); here only the sums are made.
"""

from __future__ import annotations

from decimal import Context, Decimal, localcontext
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
_DIGITS = Context(prec=400)  # more than any column adds up to: the sums are exact
_SHAPE = {ord(digit): "0" for digit in "123456789"}


def decide(claim: Claim) -> Decision:
    """Return the verdict on a footing; without a printed total the parts are held against 100."""
    totals, parts = claim.role("total"), claim.role("part", "less")
    style = _style(claim.operands)
    stated = Fraction(totals[0].value or 0) if totals else _HUNDRED
    computed = _sum(parts)
    gap = stated - computed
    allowance = _slack(claim.operands)
    grade = "exact" if not gap else "within_rounding" if abs(gap) <= allowance else "inconsistent"
    verdict = {"exact": Verdict.EXACT, "within_rounding": Verdict.WITHIN_ROUNDING}.get(grade, Verdict.CONTRADICTED)
    shown = number(computed, style)
    line = _line(parts, style, shown) if len(parts) > 1 else shown  # one part: the text restates a cell
    printed = value_of(totals[0], style) if totals else "100"
    steps = [f"the table has {shown}" if claim.form == "cell" else line]
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


def _style(operands: tuple[Operand, ...]) -> Style:
    """Return the style of many figures, which is that of one of each shape ("0,000", "00.0")."""
    if len(operands) > _SHOWN:
        operands = tuple({operand.text.translate(_SHAPE): operand for operand in operands}.values())
    return style_of(operands)


def _sum(parts: tuple[Operand, ...]) -> Fraction:
    with localcontext(_DIGITS):
        total = sum([-p.value if p.role == "less" else p.value for p in parts if p.value], Decimal(0))
    return Fraction(total)


def _sign(operand: Operand) -> int:
    return -1 if operand.role == "less" else 1


def _slack(operands: tuple[Operand, ...]) -> Fraction:
    """Return half of what the intervals are wide together; those with one denominator are added as whole numbers."""
    widths: dict[int, int] = {}
    for operand in operands:
        interval = operand.interval
        if interval is None or interval.low is None or interval.high is None or interval.low is interval.high:
            continue
        low, high = interval.low.as_integer_ratio(), interval.high.as_integer_ratio()
        below = low[1] * high[1] if low[1] != high[1] else low[1]
        width = (high[0] - low[0]) if low[1] == high[1] else high[0] * low[1] - low[0] * high[1]
        widths[below] = widths.get(below, 0) + width
    return sum((Fraction(width, 2 * below) for below, width in widths.items()), Fraction(0))


def _line(parts: tuple[Operand, ...], style: Style, computed: str) -> str:
    few = parts if len(parts) <= _SHOWN else parts[: _SHOWN - 1]
    shown = [number(_sign(p) * (p.value or Decimal(0)), style) for p in few]
    if few is not parts:
        return f"{sum_line(shown, '')[:-3]} + {len(parts) - len(few)} more = {computed}"
    return sum_line(shown, computed)
