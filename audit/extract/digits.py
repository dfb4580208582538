"""Printed digits to exact decimals: separators of every style, ".08", "1.3e6", Indian groups."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from audit.late import late

if TYPE_CHECKING:
    from audit.extract.language import Language

_ONE = Decimal(1)
_MAX_DIGITS = 30
_GROUPED = {mark: late(rf"\d{{1,3}}(?:[{mark}]\d{{3}})+\Z") for mark in (",", "\\.", "’'", " \u00a0\u202f\u2009")}
# "12,34,567": groups of two before the last one; only where no group of three stands before another
_INDIAN = late(r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?\Z")
_WESTERN = re.compile(r"\d{3},\d{3}(?!\d)")
# both marks of the other style, each once or in groups of three: "1.111,11" in English, "1,111.11" in Spanish
_OTHER_STYLE = {
    ".": re.compile(r"\d{1,3}(?:\.\d{3})+,\d+\Z"),
    ",": re.compile(r"\d{1,3}(?:,\d{3})+\.\d+\Z"),
}
_LARGEST_POWER = 40
_SWAPPED = str.maketrans(",.", ".,")


def parse_digits(raw: str, language: Language) -> tuple[Decimal, Decimal] | None:
    """Return (value, step) of printed digits, or None when the separators are those of no number.

    >>> parse_digits("1,065,403.21", language("en"))
    (Decimal('1065403.21'), Decimal('0.01'))
    """
    if len(raw) > 3 * _MAX_DIGITS:
        return None
    if "·" in raw or "⋅" in raw:
        raw = raw.replace("·", language.decimal).replace("⋅", language.decimal)  # "67·4%", as medical journals print it
    if raw.isdecimal() and raw.isascii():
        return (Decimal(raw), _ONE) if len(raw) <= _MAX_DIGITS else None
    if raw[0] == "." or "e" in raw or "^" in raw:
        return _short_form(raw, language)
    if _OTHER_STYLE[language.decimal].match(raw):
        raw = raw.translate(_SWAPPED)
    whole, point, fraction = raw.rpartition(language.decimal)
    if not point:
        whole, fraction = raw, ""
    if fraction and not (fraction.isdecimal() and fraction.isascii()):
        if point and any(p.match(raw) for p in _group_patterns(language)):
            whole, fraction = raw, ""
        else:
            return None
    if not (whole.isdecimal() or any(p.match(whole) for p in _group_patterns(language))):
        return None
    plain = "".join(c for c in whole if c.isdecimal())
    if not plain.isascii() or len(plain) + len(fraction) > _MAX_DIGITS:
        return None
    return Decimal(f"{plain}.{fraction}" if fraction else plain), Decimal(1).scaleb(-len(fraction))


def _short_form(raw: str, language: Language) -> tuple[Decimal, Decimal] | None:
    """Return (value, step) of ".08", "1.3e6" and "2.5^-1"."""
    if raw[0] == ".":
        raw = f"0{language.decimal}{raw[1:]}"
        if "e" not in raw and "^" not in raw:
            return parse_digits(raw, language)
    mark = "e" if "e" in raw else "^"
    base, _, power = raw.partition(mark)
    parsed = parse_digits(base, language)
    if parsed is None or abs(int(power)) > _LARGEST_POWER:
        return None
    value, step = parsed
    if mark == "e":
        return _plain(value.scaleb(int(power))), _plain(step.scaleb(int(power)))
    value = value ** int(power) if value else value
    return value, Decimal(1).scaleb(min(0, value.adjusted() - 14))


def _plain(value: Decimal) -> Decimal:
    """Return a decimal without exponent: 100000 for 1E+5."""
    return Decimal(format(value, "f"))


def _group_patterns(language: Language) -> list[re.Pattern[str]]:
    marks = [_GROUPED["’'"], _GROUPED[" \u00a0\u202f\u2009"]]
    if "," in language.groups:
        marks.append(_GROUPED[","])
    if "." in language.groups:
        marks.append(_GROUPED["\\."])
    return marks


def is_indian(raw: str, text: str) -> bool:
    """Say whether digits are grouped by twos as in "12,34,567", in a text that does not group them by threes."""
    return _INDIAN.match(raw) is not None and _WESTERN.search(text) is None
