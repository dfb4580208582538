"""Stated conversions: one measure printed in two units ("3,200 km (1,988 miles)", "37 °C (98.6 °F)").

Only a pair of units of one dimension and of two systems is taken for a conversion: "10 km (200 m)" may be two
measures. The figure in the bracket must be all it holds.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind
from audit.facts import TokenKind
from audit.quantity import Hedge, Measure, Quantity
from audit.relate.clauses.operands import claim
from audit.relate.clauses.structure import Mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.facts import Token
    from audit.relate.clauses.structure import Paragraph

# Unit code: dimension, system, and its names in the registry of units; where a word has several sizes, each of them.
_UNITS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "km": ("length", "metric", ("kilometer",)),
    "m": ("length", "metric", ("meter",)),
    "cm": ("length", "metric", ("centimeter",)),
    "mm": ("length", "metric", ("millimeter",)),
    "mi": ("length", "customary", ("mile",)),
    "ft": ("length", "customary", ("foot",)),
    "in": ("length", "customary", ("inch",)),
    "yd": ("length", "customary", ("yard",)),
    "nmi": ("length", "nautical", ("nautical_mile",)),
    "ha": ("area", "metric", ("hectare",)),
    "km²": ("area", "metric", ("kilometer**2",)),
    "m²": ("area", "metric", ("meter**2",)),
    "acre": ("area", "customary", ("acre",)),
    "mi²": ("area", "customary", ("mile**2",)),
    "ft²": ("area", "customary", ("foot**2",)),
    "kg": ("mass", "metric", ("kilogram",)),
    "g": ("mass", "metric", ("gram",)),
    "t": ("mass", "either", ("metric_ton", "short_ton", "long_ton")),
    "lb": ("mass", "customary", ("pound",)),
    "oz": ("mass", "customary", ("ounce",)),
    "l": ("volume", "metric", ("liter",)),
    "m³": ("volume", "metric", ("meter**3",)),
    "gal": ("volume", "customary", ("US_liquid_gallon", "imperial_gallon")),
    "bbl": ("volume", "barrel", ("oil_barrel",)),
    "ft³": ("volume", "customary", ("foot**3",)),
    "km/h": ("speed", "metric", ("kilometer/hour",)),
    "mph": ("speed", "customary", ("mile/hour",)),
    # a rise of 1.5 °C is one of 2.7 °F
    "°C": ("temperature", "metric", ("degC", "delta_degC")),
    "°F": ("temperature", "customary", ("degF", "delta_degF")),
}
_ENDS = (TokenKind.COMMA, TokenKind.SEMICOLON, TokenKind.STOP, TokenKind.CLOSE)
_LETTERS = frozenset({"m", "g", "l", "mi"})
_SURE, _LOOSER = 92, 80
_REACH = 4


def claims(paragraph: Paragraph) -> Iterator[Claim]:
    """Yield the conversions a paragraph states."""
    for clause in paragraph.clauses:
        tokens = clause.sentence.tokens
        measures = [(i, q) for i in clause.sentence.printed if (q := _measure(tokens, i)) is not None]
        for (first, source), (last, stated) in itertools.pairwise(measures):
            confidence, pairs = _stated(tokens, first, last), _pairs(source.unit, stated.unit)
            if confidence and pairs and not _is_compound(tokens, first):
                roles = [("stated", _mark(tokens, last, stated)), ("other", _mark(tokens, first, source))]
                basis = Basis(cue="bracket", confidence=confidence, reasons=("one measure in two units",))
                yield claim(ClaimKind.UNIT, "conversion", paragraph.document, roles, basis, {"pairs": pairs})


def _mark(tokens: Sequence[Token], index: int, value: Quantity) -> Mark:
    token, fact = tokens[index], tokens[index].fact
    assert fact is not None  # noqa: S101 (a measure was read from it)
    if value is not fact.value:
        letter = tokens[index + 1]
        fact = replace(fact, value=value, text=f"{fact.text} {letter.text}", end=letter.end)
    return Mark(index, token, fact, value)


def _measure(tokens: Sequence[Token], index: int) -> Quantity | None:
    """Return the quantity of a figure with a unit that can be converted.

    A bare letter may be no unit ("3,048 m" may be so many millions) and is taken for one beside another unit only.
    """
    token = tokens[index]
    fact = token.fact
    if token.kind is not TokenKind.FIGURE or fact is None or not isinstance(fact.value, Quantity):
        return None
    if fact.value.measure is Measure.AMOUNT and fact.value.unit in _UNITS:
        return fact.value
    letter = tokens[index + 1] if _has_letter(tokens, index) else None
    if letter is None or fact.value.unit or fact.value.measure not in (Measure.COUNT, Measure.AMOUNT):
        return None
    return replace(fact.value, measure=Measure.AMOUNT, unit=letter.text)


def _has_letter(tokens: Sequence[Token], index: int) -> bool:
    return (
        index + 1 < len(tokens)
        and tokens[index + 1].kind is TokenKind.WORD
        and tokens[index + 1].text in _LETTERS
        and tokens[index].end + 1 >= tokens[index + 1].start
    )


def _stated(tokens: Sequence[Token], first: int, last: int) -> int:
    """Return how sure the second figure is the first in another unit: alone in the bracket behind it, or after "or".

    "5 miles or 10 km" are two lengths; ", or 8 km," is the same one again.
    """
    after, start = last + 1 + _has_letter(tokens, last), first + 1 + _has_letter(tokens, first)
    between = tokens[start:last]
    if len(between) == 2 and between[0].kind is TokenKind.COMMA and between[1].cue == "or":
        return _LOOSER if after == len(tokens) or tokens[after].kind in _ENDS else 0
    closed = after < len(tokens) and tokens[after].kind is TokenKind.CLOSE
    opens = [i for i in range(start, last) if tokens[i].kind is TokenKind.OPEN]
    if len(opens) != 1 or not closed:
        return 0
    before, within = tokens[start : opens[0]], tokens[opens[0] + 1 : last]
    if len(before) > _REACH or any(t.kind not in (TokenKind.WORD, TokenKind.CUE) or t.fact for t in before):
        return 0
    if before and before[0].kind is TokenKind.CUE and before[0].cue != "of":
        return 0
    value = tokens[last].fact.value if tokens[last].fact is not None else None  # type: ignore[union-attr]
    hedged = isinstance(value, Quantity) and value.hedge in (Hedge.ABOUT, Hedge.NEARLY)
    if within and not (len(within) <= 2 and (hedged or within[0].cue == "or")):
        return 0
    return _LOOSER if before or within else _SURE


def _is_compound(tokens: Sequence[Token], first: int) -> bool:
    """Say whether a measure is the end of a longer one: "5 feet 10 inches (178 cm)"."""
    before = tokens[max(0, first - 2) : first]
    return any(t.kind is TokenKind.FIGURE for t in before)


def _pairs(source: str, stated: str) -> str:
    """Return the conversions between two units as "kilometer>mile", one for each size; nothing when there is none."""
    dimension, system, names = _UNITS[source]
    other, other_system, other_names = _UNITS[stated]
    if dimension != other or system == other_system:
        return ""
    if dimension == "temperature":
        return ";".join(f"{a}>{b}" for a, b in zip(names, other_names, strict=True))
    return ";".join(f"{a}>{b}" for a in names for b in other_names)
