"""Figures: digits with the separators of the document, number words, scale words, per cent, money, hedges.

The value is read from the printed characters into a `Decimal`; the step is the unit of the last printed place,
so that "16.9 thousand" is 16900 give or take 50 and "4,679" is exact.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from audit.extract.labels import label_of
from audit.extract.scan import match_phrase
from audit.facts import FactKind, Token, TokenKind
from audit.quantity import Hedge, Measure, Quantity

if TYPE_CHECKING:
    from audit.extract.language import Language
    from audit.extract.reading import Reading

_ONE = Decimal(1)
_MAX_DIGITS = 30
_GROUPED = {mark: re.compile(rf"\d{{1,3}}(?:[{mark}]\d{{3}})+\Z") for mark in (",", "\\.", "’'", " \u00a0\u202f\u2009")}
_SUFFIX_SCALES = {"m": 1_000_000, "k": 1000, "bn": 10**9, "mn": 10**6, "tn": 10**12}


def parse_digits(raw: str, language: Language) -> tuple[Decimal, Decimal] | None:
    """Return (value, step) of printed digits, or None when the separators are those of no number.

    >>> parse_digits("1,065,403.21", language("en"))
    (Decimal('1065403.21'), Decimal('0.01'))
    """
    if len(raw) > 3 * _MAX_DIGITS:
        return None
    if raw.isdigit() and raw.isascii():
        return (Decimal(raw), _ONE) if len(raw) <= _MAX_DIGITS else None
    whole, point, fraction = raw.rpartition(language.decimal)
    if not point:
        whole, fraction = raw, ""
    if fraction and not (fraction.isdigit() and fraction.isascii()):
        if point and any(p.match(raw) for p in _group_patterns(language)):
            whole, fraction = raw, ""
        else:
            return None
    if not (whole.isdigit() or any(p.match(whole) for p in _group_patterns(language))):
        return None
    plain = "".join(c for c in whole if c.isdigit())
    if not plain.isascii() or len(plain) + len(fraction) > _MAX_DIGITS:
        return None
    return Decimal(f"{plain}.{fraction}" if fraction else plain), Decimal(1).scaleb(-len(fraction))


def _group_patterns(language: Language) -> list[re.Pattern[str]]:
    marks = [_GROUPED["’'"], _GROUPED[" \u00a0\u202f\u2009"]]
    if "," in language.groups:
        marks.append(_GROUPED[","])
    if "." in language.groups:
        marks.append(_GROUPED["\\."])
    return marks


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
    if before.kind is TokenKind.CUE and before.text.upper() in ("USD", "EUR"):
        return _finish(reading, index, token.start, Measure.MONEY, before.text.upper())
    return _finish(reading, index, token.start, Measure.COUNT, "")


def _scaled_suffix(reading: Reading, token: Token) -> bool:
    tail = token.text.lstrip("0123456789.,").lower()
    return tail in _SUFFIX_SCALES or tail in reading.language.units


def _finish(reading: Reading, index: int, start: int, measure: Measure, unit: str) -> int:
    """Take the scale word, the unit and the label that follow the digits at an index, and emit the figure."""
    token = reading.at(index)
    raw, scale = token.text, 1
    if token.key == "suffixed":
        raw = token.text[: len(token.text) - len(token.text.lstrip("0123456789.,"))]
        tail = token.text[len(raw) :].lower()
        scale = _SUFFIX_SCALES.get(tail, 1)
        unit = unit or reading.language.units.get(tail, "")
    parsed = parse_digits(raw, reading.language)
    if parsed is None:
        return _no_number(reading, index, start)
    value, step = parsed
    sign = reading.last()
    if sign.text in ("−", "-") and sign.end == token.start and reading.last(2).end < sign.start:
        value, start = -value, sign.start
        reading.out.pop()
    return emit_figure(reading, (value, step, scale), index + 1, start, (measure, unit))


def _is_run_together(parts: list[str]) -> bool:
    """Say whether digits with commas are a list without spaces ("1,2,4", "2019,2020") and no mistyped figure."""
    lengths = {len(p) for p in parts}
    short = max(lengths) <= 2 and (len(parts) > 2 or lengths == {1})
    return all(p.isdigit() for p in parts) and (short or lengths == {4})


def _no_number(reading: Reading, index: int, start: int) -> int:
    token = reading.at(index)
    parts = re.split(r"([,.])", token.text)
    if "," in token.text and _is_run_together(parts[::2]):
        # "articles 1,2,4" set without spaces: each is a number of its own
        offset = token.start
        for part in parts:
            if part.isdigit():
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
    while reading.at(index).key in language.scales and reading.at(index).kind in (TokenKind.WORD, TokenKind.CUE):
        scale *= language.scales[reading.at(index).key]
        index += 1
    end = reading.at(index - 1).end
    if measure is Measure.COUNT:
        found = _unit_after(reading, index)
        if not found and scale > 1 and reading.at(index).key in language.scale_joiners:
            found = _unit_after(reading, index + 1)  # "4,6 millones de dólares"
        if found:
            measure, unit, index = found
            end = reading.at(index - 1).end
    hedge, after = _hedge(reading, index)
    quantity = Quantity(
        raw=reading.text[start:end],
        value=value * scale,
        step=step * scale,
        scale=Decimal(scale),
        unit=unit,
        measure=Measure.AMOUNT if measure is Measure.COUNT and step < 1 and scale == 1 else measure,
        hedge=hedge,
    )
    reason = _aside(reading, index)
    label = ("", "", ()) if reason else label_of(reading, index, after)
    token = reading.emit(FactKind.QUANTITY, start, end, quantity, reason, label=label)
    token.key = "number"
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
    if token.kind is TokenKind.WORD and token.key in language.units:
        return Measure.AMOUNT, language.units[token.key], index + 1
    return None


def _hedge(reading: Reading, index: int) -> tuple[Hedge, int]:
    words: list[str] = []
    for back in range(1, 4):
        token = reading.last(back)
        if token.kind not in (TokenKind.WORD, TokenKind.CUE):
            break
        words.insert(0, token.key)
    for first in range(len(words)):
        hedge = reading.language.hedges.get(" ".join(words[first:]))
        if hedge:
            return hedge, index
    if index < len(reading.raw):
        name, length = match_phrase(reading.raw, index, reading.language.hedges_after)
        if length:
            return Hedge(name), index + length
    return Hedge.NONE, index


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
