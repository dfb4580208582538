"""Judges reported statistics: p-values against their test, means and percentages against what whole numbers allow."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from audit.findings import Verdict
from audit.granularity import grim_power, grimmer, totals
from audit.judge.decision import Decision, span_of
from audit.significance import Result, Tail, Test, verify_p

if TYPE_CHECKING:
    from audit.claims import Claim


def decide(claim: Claim) -> Decision:
    """Return the verdict on a reported statistic."""
    if claim.form in ("p_value", "p_zero"):
        return _p_value(claim)
    return _granular(claim)


def _p_value(claim: Claim) -> Decision:
    (stated,) = claim.role("stated")
    (statistic,) = claim.role("statistic")
    detail = claim.detail
    result = Result(
        test=Test(detail["test"]),
        value=statistic.value or Decimal(0),
        p=stated.value,
        first=Decimal(detail["first"]) if detail["first"] else None,
        second=Decimal(detail["second"]) if detail["second"] else None,
        relation=detail["relation"],
        p_relation=detail["p_relation"] or "=",
        one_tailed="one_tailed" in detail,
    )
    tail = verify_p(result, zero_is_wrong=False)
    degrees = ", ".join(d for d in (detail["first"], detail["second"]) if d)
    name = f"{detail['test']}({degrees})" if degrees else detail["test"]
    name = f"{name} {detail['relation']} {statistic.text}"
    if tail is None:
        return Decision(verdict=Verdict.NOT_CHECKABLE, at=span_of(stated), grade="not_checkable", reason="no p-value")
    grade, verdict, reason = _graded(result, tail, adjusted="adjusted" in detail)
    computed = _shown(tail.nominal, result.p)
    line = f"{name} gives p = {computed}"
    steps = [line]
    if tail.needs_one_tail:
        steps.append("half of it, for one tail, would agree with what is printed")
    elif tail.turns:
        steps.append("printed and computed lie on different sides of 0.05")
    printed = f"p {detail['p_relation']} {stated.text}" if stated.value is not None else stated.text
    return Decision(
        verdict=verdict,
        at=span_of(stated),
        equation=f"{printed}: {line}",
        steps=tuple(steps),
        fields={"stated": printed, "computed": computed, "test": name, "number": degrees},
        grade=grade,
        reason=reason,
    )


def _graded(result: Result, tail: Tail, *, adjusted: bool) -> tuple[str, Verdict, str]:
    """Return (grade, verdict, why it is left open).

    A p-value that is corrected for the number of tests is greater than that of its test, any number of times.
    """
    if not tail.is_wrong:
        if result.p == 0 and result.p_relation == "=":
            return "truncation_only", Verdict.TRUNCATION_ONLY, ""
        return "within_rounding", Verdict.WITHIN_ROUNDING, ""
    if tail.needs_one_tail:
        return "not_decidable", Verdict.UNDECIDED, "it would be right for one tail"
    if adjusted and result.p_relation != "<" and (result.p is None or result.p > Decimal(tail.nominal)):
        return "not_decidable", Verdict.UNDECIDED, "p-values of this text are corrected for several tests"
    if result.p is not None and result.p and result.p_relation == "=" and not tail.turns:
        unit = Decimal(1).scaleb(int(result.p.as_tuple().exponent))
        if Decimal(tail.low) < result.p + unit and Decimal(tail.high) >= result.p:
            return "truncation_only", Verdict.TRUNCATION_ONLY, ""
    return "inconsistent", Verdict.CONTRADICTED, ""


def _shown(p: float, printed: Decimal | None) -> str:
    places = max(3, -int(printed.as_tuple().exponent) + 1 if printed is not None else 3)
    return f"{p:.{places}f}" if p >= 10**-places else f"{p:.1e}"


def _granular(claim: Claim) -> Decision:
    (stated,) = claim.role("stated")
    (number,) = claim.role("number")
    mean, people = stated.value or Decimal(0), int(number.value or 0)
    percent = claim.form == "percentage"
    at = span_of(stated)
    if not grim_power(mean, people, percent=percent):
        return Decision(
            verdict=Verdict.NOT_CHECKABLE, at=at, grade="uninformative", reason="every value is possible for that many"
        )
    possible = len(totals(mean, people, percent=percent)) > 0
    deviations = claim.role("deviation")
    holds = possible and all(grimmer(mean, d.value or Decimal(0), people) for d in deviations)
    near = _neighbours(mean, people, percent=percent)
    if holds:
        line = f"{stated.text} is possible for {number.text}"
    elif possible:
        line = f"no whole numbers with a mean of {stated.text} have a standard deviation of {deviations[0].text}"
    else:
        line = f"{number.text} can give {near}, not {stated.text}"
    return Decision(
        verdict=Verdict.EXACT if holds else Verdict.CONTRADICTED,
        at=span_of(deviations[0]) if possible and not holds else at,
        equation=line,
        steps=(line,),
        fields={"stated": stated.text, "computed": near, "test": claim.form, "number": number.text},
        grade="exact" if holds else "inconsistent",
    )


def _neighbours(mean: Decimal, people: int, *, percent: bool) -> str:
    """Return the two attainable values around a stated one, at its printed digits."""
    scale = 100 if percent else 1
    below = Fraction(mean) * people // scale
    unit = Decimal(1).scaleb(int(mean.as_tuple().exponent))
    shown = [(Decimal(int(total)) * scale / people).quantize(unit) for total in (below, below + 1)]
    return f"{shown[0]} or {shown[1]}"
