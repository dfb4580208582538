"""Figures: digits with the separators of the document, number words, scale words, per cent, money, hedges.

The value is read from the printed characters into a `Decimal`; the step is the unit of the last printed place,
so that "16.9 thousand" is 16900 give or take 50 and "4,679" is exact.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from audit.extract.continued import continued, read_scale
from audit.extract.digits import is_indian, parse_digits
from audit.extract.hedges import hedge_of, take_sign
from audit.extract.labels import label_of
from audit.extract.malformed import broken, foreign_decimals, label_flaw, over_lost_digits
from audit.extract.scan import match_phrase
from audit.extract.shortened import read_short
from audit.extract.spelled import VULGAR, decimal_of, vulgar
from audit.facts import FactKind, Token, TokenKind
from audit.quantity import Measure, Quantity

if TYPE_CHECKING:
    from audit.extract.reading import Reading

_ONE = Decimal(1)
_SUFFIX_SCALES = {"m": 1_000_000, "k": 1000, "bn": 10**9, "mn": 10**6, "tn": 10**12, "trn": 10**12}
_LOOSE = Decimal("0.02")
"""Half of 49 or 51 per cent is called "half": a fraction in words stands for a point to either side."""
_CODES = frozenset(
    {
        *("USD", "EUR", "GBP", "CHF", "JPY", "CAD", "AUD", "NZD", "MXN", "BRL", "INR", "CNY", "ZAR", "SEK", "NOK"),
        *("DKK", "PLN", "CZK", "HUF", "KES", "NGN", "XOF", "XAF"),
    }
)
_MONEY_SCALES = {"mm": 1_000_000, "b": 10**9}
_SIGNS = frozenset("=<>≤≥")
_PROBABILITY = ("p", "P")


def read_money(reading: Reading, index: int) -> int:
    """Read a currency sign and its amount ("Mex$ 1,065,403.21"); return the index after it, or 0."""
    token, digits = reading.at(index), reading.at(index + 1)
    if token.key != "money" or digits.key not in ("digits", "suffixed"):
        return 0
    unit = reading.language.symbols.get(token.text.lower(), token.text)
    return _finish(reading, index + 1, token.start, Measure.MONEY, unit)


def read_digits(reading: Reading, index: int) -> int:
    """Read digits as a figure; return the index after it (or after the plain token when they are no number)."""
    token = reading.at(index)
    if token.key == "suffixed" and not _scaled_suffix(reading, token):
        reading.emit(FactKind.IDENTIFIER, token.start, token.end, None, "part of a name or code")
        return index + 1
    before = reading.last()
    if before.text in _SIGNS and reading.last(2).text in _PROBABILITY:
        reading.emit(FactKind.IDENTIFIER, token.start, token.end, None, "a p-value")  # "(P = 0.015)"
        return index + 1
    if before.text == "±":
        reading.emit(FactKind.IDENTIFIER, token.start, token.end, None, "a margin")  # "12.7 ± 1.1"
        return index + 1
    if reading.at(index + 1).text == "%" and _names_interval(reading, index + 2):
        reading.emit(FactKind.IDENTIFIER, token.start, token.end, None, "a level of confidence")  # "95% CI"
        return index + 2
    if before.text.upper() in _CODES if before.kind is TokenKind.CUE else before.text in _CODES:
        return _finish(reading, index, token.start, Measure.MONEY, before.text.upper())
    return _finish(reading, index, token.start, Measure.COUNT, "")


def _names_interval(reading: Reading, index: int) -> bool:
    token = reading.at(index)
    return (reading.at(index + 1) if token.text == "-" else token).cue == "interval"


def _scaled_suffix(reading: Reading, token: Token) -> bool:
    tail = token.text.lstrip("0123456789.,").lower()
    return tail in _SUFFIX_SCALES or tail in reading.language.units or tail in VULGAR or _is_short(reading, token)


def _is_short(reading: Reading, token: Token) -> bool:
    """Say whether the letters behind digits are a scale: "0,85Md€"."""
    tail = token.text.lstrip("0123456789.,").lower()
    return tail in reading.language.short_scales and reading.at(reading.raw.index(token) + 1).key == "money"


def _finish(reading: Reading, index: int, start: int, measure: Measure, unit: str) -> int:
    """Take the scale word, the unit and the label that follow the digits at an index, and emit the figure."""
    token = reading.at(index)
    raw, scale, tail = token.text, 1, ""
    if token.key == "suffixed":
        raw = token.text[: len(token.text) - len(token.text.lstrip("0123456789.,"))]
        tail = token.text[len(raw) :].lower()
        scale = _SUFFIX_SCALES.get(tail) or reading.language.short_scales.get(tail, 1)
        unit = unit or reading.language.units.get(tail, "")
    if measure is Measure.MONEY and tail in _MONEY_SCALES:
        scale = _MONEY_SCALES[tail]
    parsed = parse_digits(raw, reading.language)
    if parsed is None and is_indian(raw, reading.text):
        parsed = parse_digits(raw.replace(",", ""), reading.language)
    flaw = ""
    if parsed is None:
        parsed = foreign_decimals(reading, raw, index + 1)
    if parsed is None:
        parsed, flaw = None if _is_list(raw) else broken(reading, raw, index + 1), "groups"
    if parsed is None:
        return _no_number(reading, index, start)
    value, step = parsed
    if tail in VULGAR:
        part = vulgar(tail)
        value, step = value + decimal_of(part), decimal_of(Fraction(1, part.denominator))
    after = over_lost_digits(reading, index + 1)
    end = emit_figure(reading, (value, step, scale), after, start, (measure, unit))
    label_flaw(reading, flaw or ("tail" if after > index + 1 else ""))
    return end


def _is_list(raw: str) -> bool:
    return "," in raw and _is_run_together(re.split(r"[,.]", raw))


def _is_run_together(parts: list[str]) -> bool:
    """Say whether digits with commas are a list without spaces ("1,2,4", "2019,2020") and no mistyped figure."""
    lengths = {len(p) for p in parts}
    short = max(lengths) <= 2 and (len(parts) > 2 or lengths == {1})
    return all(p.isdecimal() for p in parts) and (short or lengths == {4})


def _no_number(reading: Reading, index: int, start: int) -> int:
    token = reading.at(index)
    if _is_list(token.text):
        # "articles 1,2,4" set without spaces: each is a number of its own
        offset = token.start
        for part in re.split(r"([,.])", token.text):
            if part.isdecimal():
                reading.emit(FactKind.IDENTIFIER, offset, offset + len(part), None, "not a well-formed number")
            offset += len(part)
    else:
        reading.emit(FactKind.IDENTIFIER, start, token.end, None, "not a well-formed number")
    return index + 1


def emit_figure(
    reading: Reading, number: tuple[Decimal, Decimal, int], index: int, start: int, sort: tuple[Measure, str]
) -> int:
    """Emit a quantity whose number ends before `index`, with what follows it; return the index after it.

    `number` is (value, step, scale) as printed, `sort` the measure and the unit known so far.
    """
    language = reading.language
    value, step, scale = number
    measure, unit = sort
    own, index = read_scale(reading, index)
    scale *= own
    (value, step, scale), index = continued(reading, index, (value, step, scale))
    if measure is Measure.COUNT and scale == 1 and (short := read_short(reading, index)) is not None:
        measure, (scale, unit, index) = Measure.MONEY, short
    end = reading.at(index - 1).end
    if measure is Measure.COUNT:
        found = _unit_after(reading, index)
        if not found and scale * step > 1 and reading.at(index).key in language.scale_joiners:
            found = _unit_after(reading, index + 1)  # "4,6 millones de dólares"
        if not found and step < 1 and scale == 1 and reading.at(index).key in language.bare_points:
            found = Measure.POINTS, "points", index + 1
        if found:
            measure, unit, index = found
            end = reading.at(index - 1).end
    if reading.out:
        sign = take_sign(reading, index, start, measured=measure is Measure.PERCENT)
        if sign >= 0:
            value, start = -value, sign
    hedge, after = hedge_of(reading, index)
    quantity = Quantity(
        raw=reading.text[start:end],
        value=value * scale,
        step=step * scale,
        scale=Decimal(scale),
        unit=unit,
        measure=Measure.AMOUNT if measure is Measure.COUNT and step < 1 and scale == 1 else measure,
        hedge=hedge,
        point=language.decimal,
    )
    reason = _aside(reading, index)
    label = ("", "", ()) if reason else label_of(reading, index, after)
    token = reading.emit(FactKind.QUANTITY, start, end, quantity, reason, label=label)
    token.key = "number"
    return index


def emit_aside(reading: Reading, value: Fraction, index: int, start: int, reason: str) -> int:
    """Emit a figure in words that takes part in no arithmetic; return the index after it."""
    sign = take_sign(reading, index, start)
    hedge, _ = hedge_of(reading, index)
    if sign >= 0:
        value, start = -value, sign
    whole = value.denominator == 1
    end = reading.at(index - 1).end
    quantity = Quantity(
        raw=reading.text[start:end],
        value=decimal_of(value),
        measure=Measure.COUNT if whole else Measure.AMOUNT,
        step=_ONE if whole else _LOOSE,
        hedge=hedge,
    )
    reading.emit(FactKind.QUANTITY, start, end, quantity, reason)
    return index


def _unit_after(reading: Reading, index: int) -> tuple[Measure, str, int] | None:
    language = reading.language
    for phrases, measure in (
        (language.points, Measure.POINTS),
        (language.percents, Measure.PERCENT),
        (language.currencies, Measure.MONEY),
    ):
        name, length = match_phrase(reading.raw, index, phrases) if index < len(reading.raw) else ("", 0)
        if length:
            return measure, ("%" if measure is Measure.PERCENT else name), index + length
    token = reading.at(index)
    if token.key == "money" and reading.adjoins(index):
        return Measure.MONEY, language.symbols.get(token.text.lower(), token.text), index + 1
    if token.key in language.unit_phrases:
        name, length = match_phrase(reading.raw, index, language.unit_phrases)
        if length and all(reading.at(i).kind in (TokenKind.WORD, TokenKind.CUE) for i in range(index, index + length)):
            return Measure.AMOUNT, name, index + length
    return None


def _aside(reading: Reading, index: int) -> str:
    """Return why a figure can take part in no claim: it is inside a compound or one end of a range."""
    after = reading.at(index)
    if after.text in ("-", "\u2011", "\u2010") and reading.adjoins(index) and reading.adjoins(index + 1):
        if reading.at(index + 1).kind in (TokenKind.WORD, TokenKind.CUE):
            return "part of a compound"
        if reading.at(index + 1).key == "digits":
            return "an end of a range"
    if after.text == "–" and reading.adjoins(index) and reading.adjoins(index + 1):
        return "an end of a range"
    before = reading.last()
    if before.text in ("-", "–") and reading.last(2).end == before.start and reading.last(2).fact is not None:
        return "an end of a range"
    return ""
