"""Figures of real documents, which all agree, and the cases worked out for the numeric notes: all of them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from vector_files import chunks, printed, records

from audit.arithmetic import (
    Grade,
    Verification,
    verify_average,
    verify_change,
    verify_difference,
    verify_restatement,
    verify_share,
    verify_sum,
)
from audit.granularity import totals
from audit.quantity import Hedge, Interval, Measure, Quantity
from audit.rounding import gap_probability
from audit.verification import soft_zone, weigh

_HEDGES = {
    "more than": Hedge.OVER, "at least": Hedge.AT_LEAST, "nearly": Hedge.NEARLY, "up to": Hedge.AT_MOST,
    "just over": Hedge.OVER, "about": Hedge.ABOUT,
}  # fmt: skip


def judged(family: str, given: dict[str, Any]) -> Verification:
    if family == "difference":
        return verify_difference(*(printed(given[k]) for k in ("difference", "minuend", "subtrahend")))
    if family == "sum":
        parts = given["parts"]
        values = list(parts.values()) if isinstance(parts, dict) else parts
        return verify_sum(printed(given["total"]), [printed(p) for p in values], given.get("signs"))
    if family == "per_share":
        return verify_average(printed(given["value"]), printed(given["numerator"]), printed(given["denominator"]))
    if family == "percent":
        return verify_share(printed(given["value"]), printed(given["numerator"]), printed(given["denominator"]))
    if family == "growth":
        return verify_change(printed(given["percent"]), printed(given["old"]), printed(given["new"]))
    scale = {"USD million": 1000, "USD thousand": 1}
    coarse, fine = (
        Quantity(
            raw=given[k], value=printed(given[k]).value * scale[given[f"{k}_unit"]],
            step=printed(given[k]).step * scale[given[f"{k}_unit"]], measure=Measure.AMOUNT,
        )
        for k in ("coarse", "fine")
    )  # fmt: skip
    return verify_restatement(coarse, fine)


def test_no_figure_of_a_real_document_is_called_wrong_and_no_wrong_one_right() -> None:
    wrong = []
    for row in records("real_documents"):
        said = judged(row["family"], row["input"])
        expected = row["expected"]["verdict"]
        agrees = said.grade is Grade.INCONSISTENT if expected == "inconsistent" else said.grade.holds
        if not agrees or (expected == "exact" and said.grade is not Grade.EXACT):
            wrong.append((row["id"], said.grade))
    assert wrong == []


def _grade(said: Verification) -> str:
    return "within_rounding" if said.grade in (Grade.BOUNDARY, Grade.EXACT) and said.gap else said.grade.value


def _worked(family: str, given: dict[str, Any]) -> Verification:
    if family == "sum_verdict":
        unit, own = given["unit_parts"], given["unit_total"]
        lattice = Decimal(given["lattice"])
        total = printed(given["total"], unit="0" if lattice and Decimal(own) <= lattice else own)
        parts = [printed(p, unit="0" if lattice and Decimal(unit) <= lattice else unit) for p in given["parts"]]
        return verify_sum(total, parts)
    if family == "percent_verdict":
        whole = printed(given["denominator"], unit="0")
        return verify_share(printed(given["percent"], unit=given["unit"]), printed(given["numerator"], unit="0"), whole)
    if family == "growth_verdict":
        stated, new, old = (
            printed(given[k], unit=u) for k, u in zip(("percent", "new", "old"), given["units"], strict=True)
        )
        return verify_change(stated, old, new)
    return verify_difference(*(printed(given[k], unit=given["unit"]) for k in ("difference", "minuend", "subtrahend")))


def test_worked_verdicts() -> None:
    families = ("sum_verdict", "percent_verdict", "growth_verdict", "difference_verdict")
    wrong = []
    for row in records("worked_examples", *families):
        said, expected = _worked(row["family"], row["input"]), row["expected"]
        if _grade(said) != expected["verdict"]:
            wrong.append((row["id"], said.grade.value, expected["verdict"]))
        if "gap" in expected and said.gap != Fraction(expected["gap"]):
            wrong.append((row["id"], "gap", str(said.gap)))
        if "bound" in expected and said.allowance != Fraction(expected["bound"]):
            wrong.append((row["id"], "bound", str(said.allowance)))
    assert wrong == []


def test_percentages_of_a_small_number() -> None:
    rows = records("worked_examples", "percent_of_n")
    wrong = [
        n
        for n, g, said in chunks(rows)
        if list(totals(Decimal(g["percent"]), int(g["n"]), percent=True)) != said["numerators"]
    ]
    assert wrong == []


def test_chances_of_a_rounding_gap() -> None:
    wrong = []
    for name, given, said in chunks(records("worked_examples", "gap_probability")):
        exact = given["total"] == "exact 100 per cent"
        found = gap_probability(given["parts"], given["at_least"], total_is_exact=exact)
        if abs(found - Fraction(str(said["probability"]))) > Fraction(1, 10**6):
            wrong.append((name, float(found)))
    assert wrong == []


def _surface(text: str, lattice: str) -> Quantity:
    number, _, word = text.strip("$").replace(" per cent", "%").partition(" ")
    scale = {"": 1, "thousand": 1000, "million": 10**6}[word]
    bare = printed(number)
    measure = {"1": Measure.COUNT, "0.01": Measure.MONEY, "0": Measure.PERCENT}[lattice]
    return Quantity(raw=text, value=bare.value * scale, step=bare.step * scale, scale=Decimal(scale), measure=measure)


def test_surfaces_stand_for_the_intervals_of_the_notes() -> None:
    wrong = []
    for name, given, said in chunks(records("worked_examples", "surface_interval")):
        figure = _surface(given["text"], given["lattice"])
        strict = [figure.interval.low, figure.interval.high]
        found = (figure.value, figure.step, figure.round_step, strict)
        numbers = [Decimal(said[k]) for k in ("value", "unit_min", "unit_max")]
        expected = (*numbers, [Fraction(x) for x in said["strict"]])
        if found != expected:
            wrong.append((name, found))
    assert wrong == []


def _hedged(claim: str) -> Quantity | None:
    for words, hedge in _HEDGES.items():
        if claim.startswith(words):
            return Quantity(
                raw=claim,
                value=printed(claim.removeprefix(words + " ").split()[0]).value,
                measure=Measure.AMOUNT,
                hedge=hedge,
            )
    return None


def test_hard_and_soft_zones_of_hedges() -> None:
    wrong = []
    for name, given, said in chunks(records("worked_examples", "hedge_interval")):
        figure = _hedged(given["text"])
        if figure is None or "third" in given["text"] or given["text"].startswith("just"):
            continue
        zone = figure.interval
        low, high, low_closed, high_closed = said["hard"]
        ends = (low and Fraction(low), high and Fraction(high))
        closed = (zone.low is not None and not zone.low_open, zone.high is not None and not zone.high_open)
        soft = soft_zone(figure)
        if (zone.low, zone.high) != ends or closed != (low_closed, high_closed):
            wrong.append((name, zone))
        elif said["soft"] and [soft.low, soft.high] != [Fraction(x) for x in said["soft"]]:
            wrong.append((name, soft))
    assert wrong == []


def test_hedged_claims_against_a_known_value() -> None:
    alike = {Grade.EXACT: "consistent", Grade.WITHIN_ROUNDING: "consistent", Grade.WITHIN_HEDGE: "consistent"}
    wrong = []
    for name, given, said in chunks(records("worked_examples", "hedge_check")):
        figure = _hedged(given["claim"])
        if figure is None:
            continue
        actual = Interval.point(Decimal(given["actual"]))
        grade = weigh(figure, actual, Fraction(given["actual"]), actual).grade
        expected = said["verdict"].replace("within_rounding", "consistent")
        if alike.get(grade, grade.value) != expected:
            wrong.append((name, grade))
    assert wrong == []
