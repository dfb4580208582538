"""Judges the order of dates; a date printed to the year or month stands for all of its days.

An order is broken only when no choice of days can satisfy it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from audit.facts import Period
from audit.findings import Verdict
from audit.judge.decision import Decision, span_of
from audit.quantity import Quantity

if TYPE_CHECKING:
    from collections.abc import Callable

    from audit.claims import Claim, Operand

_LEAST = 40  # below this confidence a broken order is left undecided
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def decide(claim: Claim) -> Decision:
    """Return the verdict on one statement about dates."""
    decision = _JUDGES[claim.form](claim)
    if decision.verdict is Verdict.CONTRADICTED and claim.basis.confidence < _LEAST:
        reason = "too little says that this order was meant"
        return replace(decision, verdict=Verdict.UNDECIDED, grade="not_decidable", reason=reason)
    return decision


def _days(operand: Operand) -> Period:
    value = operand.fact.value if operand.fact is not None else None
    if not isinstance(value, Period):
        msg = f'"{operand.text}" is not a date'
        raise TypeError(msg)
    return value


def _decision(*, holds: bool, at: Operand, earlier: str, later: str, reason: str) -> Decision:
    return Decision(
        verdict=Verdict.EXACT if holds else Verdict.CONTRADICTED,
        at=span_of(at),
        equation=f"{earlier} {'≤' if holds else '>'} {later}",
        steps=(reason,),
        fields={"earlier": earlier, "later": later, "reason": reason},
        grade="exact" if holds else "inconsistent",
    )


def _range(claim: Claim) -> Decision:
    (first,) = claim.role("from")
    (last,) = claim.role("to")
    holds = _days(first).first <= _days(last).last
    opens, closes = first.text, last.text
    if first.fact is last.fact:
        opens, closes = str(_days(first).first.year), str(_days(last).last.year)
    reason = f"{opens} is {'not after' if holds else 'after'} {closes}"
    return _decision(holds=holds, at=first, earlier=opens, later=closes, reason=reason)


def _impossible(claim: Claim) -> Decision:
    (stated,) = claim.role("stated")
    reason = f"no calendar has {stated.text}"
    return Decision(
        verdict=Verdict.CONTRADICTED,
        at=span_of(stated),
        equation=reason,
        steps=(reason,),
        fields={"earlier": stated.text, "later": stated.text, "reason": reason},
        grade="inconsistent",
    )


def _weekday(claim: Claim) -> Decision:
    (stated,) = claim.role("stated")
    said = claim.detail["weekday"]
    right = _WEEKDAYS[_days(stated).first.weekday()]
    holds = said == right
    reason = f"{stated.text} was a {right.capitalize()}"
    return Decision(
        verdict=Verdict.EXACT if holds else Verdict.CONTRADICTED,
        at=span_of(claim.role("weekday")[0]),
        equation=reason,
        steps=(reason,) if holds else (reason, f"{claim.detail['word']} is printed"),
        fields={"earlier": claim.detail["word"], "later": stated.text, "reason": reason},
        grade="exact" if holds else "inconsistent",
    )


def _since(claim: Claim) -> Decision:
    (since,) = claim.role("since")
    (state,) = claim.role("as_of")
    holds = _days(state).last >= _days(since).first
    reason = f"{state.text} is {'not before' if holds else 'before'} {since.text}"
    return _decision(holds=holds, at=state, earlier=since.text, later=state.text, reason=reason)


def _title(claim: Claim) -> Decision:
    opens, closes = _days(claim.role("opens")[0]), _days(claim.role("closes")[0])
    (first,) = claim.role("from")
    (last,) = claim.role("to")
    early, late = _days(first).first < opens.first, _days(last).last > closes.last
    holds = not (early or late)
    period = _words(first, last)
    cover = _words(claim.role("opens")[0], claim.role("closes")[0])
    reason = f"the title says {cover}{f', which covers {period}' if holds else ''}"
    return Decision(
        verdict=Verdict.EXACT if holds else Verdict.CONTRADICTED,
        at=span_of(claim.role("opens")[0]),
        equation=reason,
        steps=(f"the text gives {period}", f"the title gives {cover}"),
        fields={"earlier": period, "later": cover, "reason": reason},
        grade="exact" if holds else "inconsistent",
    )


def _words(first: Operand, last: Operand) -> str:
    return first.text if first.start == last.start else f"{first.text} to {last.text}"


def _dated(claim: Claim) -> Decision:
    (stated,) = claim.role("stated")
    report = date.fromisoformat(claim.detail["report"])
    holds = _days(stated).first <= report
    printed = claim.detail["printed"]
    reason = f"{stated.text} is {'not after' if holds else 'after'} the date of the report ({printed})"
    return _decision(holds=holds, at=stated, earlier=stated.text, later=printed, reason=reason)


def _horizon(claim: Claim) -> Decision:
    (last,) = claim.role("to")
    latest = claim.detail["latest"]
    holds = _days(last).last <= date.fromisoformat(latest)
    reason = f"every other period of the report ends by {latest}"
    return _decision(holds=holds, at=last, earlier=last.text, later=latest, reason=reason)


def _lapse(claim: Claim) -> Decision:
    (first,), (last,) = claim.role("from"), claim.role("to")
    days, stated, room = (int(claim.detail[k]) for k in ("days", "stated", "room"))
    holds = abs(days - stated) <= room
    words = claim.detail["words"]
    reason = f"{first.text} and {last.text} are {days} days apart"
    return Decision(
        verdict=Verdict.EXACT if holds else Verdict.CONTRADICTED,
        at=span_of(claim.role("stated")[0]),
        equation=f"{words} {'≈' if holds else '≠'} {days} days",
        steps=(reason,) if holds else (reason, f"{words} is printed"),
        fields={"earlier": first.text, "later": last.text, "reason": f"{words} is printed, but {reason}"},
        grade="exact" if holds else "inconsistent",
    )


def _age(claim: Claim) -> Decision:
    (stated,), (born,), (died,) = claim.role("stated"), claim.role("from"), claim.role("to")
    least, most = int(claim.detail["least"]), int(claim.detail["most"])
    value = stated.fact.value if stated.fact is not None else None
    holds = isinstance(value, Quantity) and least <= value.value <= most
    ages = str(most) if least == most else f"{least} or {most}"
    reason = f"from {born.text} to {died.text} it is {ages} years"
    return Decision(
        verdict=Verdict.EXACT if holds else Verdict.CONTRADICTED,
        at=span_of(stated),
        equation=f"{stated.text} {'=' if holds else '≠'} {ages}",
        steps=(reason,) if holds else (reason, f"the age of {stated.text} is printed"),
        fields={
            "earlier": born.text,
            "later": died.text,
            "reason": f"The age of {stated.text} is printed, but {reason}",
        },
        grade="exact" if holds else "inconsistent",
    )


def _length(claim: Claim) -> Decision:
    (first,), (last,) = claim.role("from"), claim.role("to")
    length, least, most = (int(claim.detail[k]) for k in ("length", "least", "most"))
    unit = claim.detail["unit"]
    months = length * (12 if unit == "year" else 1)
    holds = least <= months <= most
    period = _words(first, last)
    bound = most if months > most else least
    limit = f"{bound // 12} years" if unit == "year" and bound % 12 == 0 else f"{bound} months"
    reason = f"{period} is {'at most' if months > most else 'at least'} {limit}"
    said = f"{length} {unit}s"
    return Decision(
        verdict=Verdict.EXACT if holds else Verdict.CONTRADICTED,
        at=span_of(first),
        equation=f"{period} {'=' if holds else '≠'} {said}",
        steps=(f"{period} can be {said}",) if holds else (reason, f"{said} is printed"),
        fields={"earlier": first.text, "later": last.text, "reason": f"{said} is printed, but {reason}"},
        grade="exact" if holds else "inconsistent",
    )


_JUDGES: dict[str, Callable[[Claim], Decision]] = {
    "range": _range,
    "impossible": _impossible,
    "weekday": _weekday,
    "since": _since,
    "title": _title,
    "dated": _dated,
    "horizon": _horizon,
    "lapse": _lapse,
    "events": _range,
    "age": _age,
    "length": _length,
}
