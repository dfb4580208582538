"""Figures, percentages and ranges in text: how far the reading agrees with two number recognizers."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from vector_files import agreement, disagreements, records

from audit.extract import extract
from audit.facts import FactKind
from audit.model import BlockKind
from audit.quantity import Hedge, Interval, Measure, Quantity
from audit.read.builder import Builder

# Conventions where the peers differ from official prose, or from one another.
_OPEN = (
    "convention-open-between",
    "convention-half-open-range",
    "about-ignored-by-peer",
    "range-as-midpoint",
)


def read(text: str) -> list[Quantity]:
    """Return the quantities of one line of text."""
    builder = Builder("line.txt", "text", "")
    builder.block(BlockKind.PARAGRAPH, text.strip())
    facts = extract(builder.finish()).facts
    return [f.value for f in facts if f.kind is FactKind.QUANTITY and isinstance(f.value, Quantity)]


def value_of(text: str) -> Fraction | None:
    number = text.removesuffix("%")
    return None if number == "null" else Fraction(Decimal(number))


def close(one: Fraction, other: Fraction) -> bool:
    """Say whether two values agree at the 15 digits a peer that computes in floats prints."""
    return abs(one - other) <= abs(other) / 10**9


def has_values(row: dict[str, Any]) -> bool:
    """Say whether all plain numbers are read; an amount with its unit ("180ml") is none for the peers."""
    found = [Fraction(q.value) for q in read(row["input"]["text"]) if not _has_unit(q)]
    expected = [v for t in row["expected"]["values"] if (v := value_of(str(t["value"]))) is not None]
    return len(found) == len(expected) and all(close(a, b) for a, b in zip(found, expected, strict=True))


def _has_unit(figure: Quantity) -> bool:
    return bool(figure.unit) and figure.measure in (Measure.AMOUNT, Measure.COUNT)


def has_percentages(row: dict[str, Any]) -> bool:
    found = [Fraction(q.value) for q in read(row["input"]["text"]) if q.measure is Measure.PERCENT]
    expected = [v for t in row["expected"]["values"] if (v := value_of(str(t["value"]))) is not None]
    return found == expected


def has_ranges(row: dict[str, Any]) -> bool:
    """Say whether every bound is read, on the side and with the closedness the words give it."""
    figures = read(row["input"]["text"])
    for told in row["expected"].get("ranges", ()):
        low, high = (value_of(str(told[k])) if told[k] is not None else None for k in ("lower", "upper"))
        wanted = Interval(
            low=low,
            high=high,
            low_open=low is not None and not told["lower_inclusive"],
            high_open=high is not None and not told["upper_inclusive"],
        )
        if not _is_said(wanted, figures):
            return False
    return bool(row["expected"].get("ranges")) or not any(q.hedge in _SIDED for q in figures)


_SIDED = (Hedge.OVER, Hedge.UNDER, Hedge.AT_LEAST, Hedge.AT_MOST)


def _is_said(wanted: Interval, figures: list[Quantity]) -> bool:
    if any(q.interval == wanted for q in figures if q.hedge in _SIDED):
        return True
    if wanted.low is None or wanted.high is None:
        return False
    sides = [Interval(low=wanted.low, high=None, low_open=wanted.low_open)]
    sides.append(Interval(low=None, high=wanted.high, high_open=wanted.high_open))
    if all(any(q.interval == side for q in figures) for side in sides):
        return True
    # "from 10 to 20": both ends are read, the range itself is closed
    return {wanted.low, wanted.high} <= {Fraction(q.value) for q in figures} and not (
        wanted.low_open or wanted.high_open
    )


def judge(row: dict[str, Any]) -> bool:
    return {"number_value": has_values, "percent_value": has_percentages, "number_range": has_ranges}[row["family"]](
        row
    )


def is_closed(row: dict[str, Any]) -> bool:
    """Say whether a range is none that one peer leaves open above: "1000 - 5000" is closed in official prose."""
    shown = [t for t in row["expected"].get("ranges", ()) if t["lower"] and t["upper"]]
    return not any(t["lower_inclusive"] and not t["upper_inclusive"] for t in shown)


def test_numbers_in_text_are_read_as_the_recognizers_read_them() -> None:
    rows = [row for row in records("number_surface", without=_OPEN) if is_closed(row)]
    share = agreement(rows, judge)
    # What differs is meant: an address of a machine, a date, a code, "percent of 10", "5,00" in English.
    assert share >= 0.95, disagreements(rows, judge)
