"""Judges a change: the percentage of growth against both ends, and a trend word against the figures that follow it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from audit.arithmetic import verify_change, verify_share
from audit.findings import Verdict
from audit.judge.decision import VERDICTS, Decision, span_of
from audit.judge.wording import number, quantity_of, quotient, style_of, value_of
from audit.quantity import Interval

if TYPE_CHECKING:
    from audit.arithmetic import Verification
    from audit.claims import Claim, Operand
    from audit.quantity import Quantity

_LOOSE_BELOW, _LOOSE_ABOVE = Fraction(5, 6), Fraction(6, 5)


def decide(claim: Claim) -> Decision:
    """Return the verdict on a growth rate or a trend word."""
    return _growth(claim) if claim.role("stated") else _trend(claim)


def _start(claim: Claim) -> Operand:
    """Return where a growth begins: the figure that is printed, or what its amount leaves of its end."""
    if claim.role("from"):
        return claim.role("from")[0]
    (after,), (amount,) = claim.role("to"), claim.role("by")
    end, by = quantity_of(after), quantity_of(amount)
    sign = -1 if claim.detail.get("trend") == "decrease" else 1
    value = end.value - sign * by.value
    slack = end.half_width + by.half_width
    interval = Interval(low=Fraction(value - slack), high=Fraction(value + slack)) if slack else None
    text = number(value, style_of([after, amount]))
    return replace(after, role="from", text=text, fact=None, value=value, interval=interval)


def _growth(claim: Claim) -> Decision:
    (stated,) = claim.role("stated")
    before = _start(claim)
    (after,) = claim.role("to")
    falls = claim.detail.get("trend") == "decrease"
    first, last = quantity_of(before), quantity_of(after)
    said = _of_amount(claim, first) or verify_change(quantity_of(stated), first, last, falls=falls)
    verdict = VERDICTS[said.grade]
    style = style_of([before, after])
    computed = quotient(said.nominal, style_of([stated]))
    if claim.role("by") and quantity_of(stated).value < 0:
        computed = f"-{computed}"  # the sign of "(-1,510, -1 per cent)" is printed
    sign = "" if computed.startswith("-") else "-" if falls else "+"
    line = f"{value_of(before, style)} to {value_of(after, style)} is {sign}{computed} per cent"
    return Decision(
        verdict=verdict,
        at=span_of(stated),
        equation=f"{stated.text} {'=' if verdict.holds else '≠'} {line}",
        steps=(line,) if verdict.holds else (line, f"{stated.text} is printed"),
        fields={
            "stated": stated.text,
            "computed": computed,
            "from": before.text,
            "to": after.text,
            "trend": claim.detail.get("trend", ""),
        },
        gap=said.gap,
        allowance=said.allowance,
        grade=said.grade,
    )


def _of_amount(claim: Claim, before: Quantity) -> Verification | None:
    """Return the verdict on a rate told by its amount, as its share in what was before; None where both ends are told.

    The end is no second source of doubt: of "435 million, or 39.8 per cent, to reach 1.7 billion" only 1.2 can be left.
    """
    if not claim.role("by"):
        return None
    stated, amount = (quantity_of(claim.role(role)[0]) for role in ("stated", "by"))
    return verify_share(replace(stated, value=abs(stated.value)), replace(amount, value=abs(amount.value)), before)


def _trend(claim: Claim) -> Decision:
    if "multiple" in claim.detail:
        return _multiple(claim)
    trend = claim.detail["trend"]
    figures = [*claim.role("from"), *claim.role("to"), *claim.role("then")]
    values = [Fraction(f.value or 0) for f in figures]
    sign = 1 if trend == "increase" else -1
    broken = next((i for i in range(1, len(values)) if sign * (values[i] - values[i - 1]) < 0), 0)
    style = style_of(figures)
    line = f" {'<' if sign > 0 else '>'} ".join(value_of(f, style) for f in figures)
    first, last = (figures[broken - 1], figures[broken]) if broken else (figures[0], figures[-1])
    return Decision(
        verdict=Verdict.CONTRADICTED if broken else Verdict.EXACT,
        at=span_of(last),
        equation=line if not broken else f"{value_of(first, style)} to {value_of(last, style)} is no {trend}",
        steps=(line if not broken else f"{value_of(first, style)} to {value_of(last, style)} is no {trend}",),
        fields={
            "stated": trend,
            "computed": "decrease" if trend == "increase" else "increase",
            "from": first.text,
            "to": last.text,
            "trend": trend,
        },
        gap=values[broken] - values[broken - 1] if broken else Fraction(0),
        allowance=Fraction(0),
        grade="inconsistent" if broken else "exact",
    )


def _multiple(claim: Claim) -> Decision:
    """Return the verdict on "doubled from a to b": prose rounds such words freely, a sixth either way is let pass."""
    (before,) = claim.role("from")
    (after,) = claim.role("to")
    said = Fraction(claim.detail["multiple"])
    first, last = Fraction(before.value or 0), Fraction(after.value or 0)
    ratio = last / first if first > 0 else None
    room = Fraction(claim.detail.get("step", "0")) / 2  # "2.5 times" is told to a tenth
    low, high = (said - room, said + room) if room else (said * _LOOSE_BELOW, said * _LOOSE_ABOVE)
    holds = ratio is not None and low <= ratio <= high
    style = style_of([before, after])
    times = quotient(ratio, style.with_places(1 if room else 0)) if ratio is not None else "no number of"
    line = f"{value_of(before, style)} to {value_of(after, style)} is {times} times"
    return Decision(
        verdict=Verdict.EXACT if holds else Verdict.NOT_CHECKABLE if ratio is None else Verdict.CONTRADICTED,
        at=span_of(after),
        equation=line,
        steps=(line,),
        fields={
            "stated": f"{claim.detail['multiple']} times",
            "computed": times,
            "from": before.text,
            "to": after.text,
            "trend": claim.detail["trend"],
        },
        gap=Fraction(0) if ratio is None else ratio - said,
        allowance=high - said,
        grade="exact" if holds else "inconsistent",
    )
