"""Numbers by the digit places of a format: "#,##0.00", "0.0%", "0.00E+00", "# ?/?", and the format "General"."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Tokens = "Sequence[tuple[str, str]]"

_GENERAL_DIGITS = 11
_MOST_DECIMALS = 30


def general(value: Decimal) -> str:
    """Return a number in the format "General": as many digits as eleven characters hold."""
    if value == 0:
        return "0"
    size = value.adjusted()
    if size >= _GENERAL_DIGITS or size < -9:
        mantissa = _plain(_rounded(value.scaleb(-size), 5))
        return f"{mantissa}E{size:+03d}"
    return _plain(_rounded(value, max(0, _GENERAL_DIGITS - 2 - max(size, 0))))


def number(value: Decimal, tokens: Sequence[tuple[str, str]]) -> str:
    """Return a number, not negative, by the places of a section."""
    value *= Decimal(100) ** sum(kind == "percent" for kind, _ in tokens)
    whole, dot, decimals = _parts(tokens)
    grouped = _is_grouped(whole)
    value = value.scaleb(-3 * _thousands(tokens))
    places = [text for kind, text in decimals if kind == "digit"]
    digits = f"{_rounded(value, min(len(places), _MOST_DECIMALS)):f}"
    integer, _, rest = digits.partition(".")
    return _integer(integer, whole, grouped=grouped) + ("." if dot else "") + _decimals(rest, decimals)


def scientific(value: Decimal, tokens: Sequence[tuple[str, str]]) -> str:
    """Return a number as mantissa and exponent."""
    at = next(i for i, (kind, _) in enumerate(tokens) if kind == "exponent")
    before, sign, after = tokens[:at], tokens[at][1][1], tokens[at + 1 :]
    whole, _, decimals = _parts(before)
    width = max(1, sum(kind == "digit" for kind, _ in whole))
    places = sum(kind == "digit" for kind, _ in decimals)
    exponent = 0
    if value:
        exponent = value.adjusted() // width * width if width > 1 else value.adjusted()
        if _rounded(value.scaleb(-exponent), places) >= 10**width:
            exponent += width
    shown = number(value.scaleb(-exponent), before)
    mark = "-" if exponent < 0 else "+" if sign == "+" else ""
    digits = str(abs(exponent)).rjust(sum(kind == "digit" for kind, _ in after), "0")
    return f"{shown}E{mark}{digits}{''.join(text for kind, text in after if kind == 'literal')}"


def fraction(value: Decimal, tokens: Sequence[tuple[str, str]]) -> str:
    """Return a number as a whole and a fraction ("1 1/2"), its denominator as long as the section allows."""
    at = next(i for i, (kind, _) in enumerate(tokens) if kind == "slash")
    fixed = "".join(text for kind, text in tokens[at + 1 :] if kind == "literal" and text.isdecimal())
    below = sum(kind == "digit" for kind, _ in tokens[at + 1 :])
    mixed = any(kind == "digit" for kind, _ in tokens[:at]) and any(
        kind == "literal" and text == " " for kind, text in tokens[1:at]
    )
    exact = Fraction(value)
    if fixed and int(fixed):
        part = Fraction(round(exact * int(fixed)), int(fixed))
        denominator = int(fixed)
    else:
        part = exact.limit_denominator(10 ** min(max(below, 1), 5) - 1)
        denominator = part.denominator
    numerator = int(part * denominator)
    if not mixed:
        return f"{numerator}/{denominator}"
    units, numerator = divmod(numerator, denominator)
    if not numerator:
        return str(units)
    return f"{units} {numerator}/{denominator}" if units else f"{numerator}/{denominator}"


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) if value.adjusted() < 25 else value


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _parts(
    tokens: Sequence[tuple[str, str]],
) -> tuple[Sequence[tuple[str, str]], bool, Sequence[tuple[str, str]]]:
    """Return the tokens before the decimal point, whether there is one, and those after it."""
    for index, (kind, _) in enumerate(tokens):
        if kind == "dot":
            return tokens[:index], True, tokens[index + 1 :]
    last = max((i for i, (kind, _) in enumerate(tokens) if kind in ("digit", "comma")), default=-1)
    return tokens[: last + 1] if last >= 0 else tokens, False, tokens[last + 1 :] if last >= 0 else ()


def _thousands(tokens: Sequence[tuple[str, str]]) -> int:
    """Return how many thousands a section leaves out: the commas behind its last digit ("0.0,,": two)."""
    last = max((i for i, (kind, _) in enumerate(tokens) if kind == "digit"), default=len(tokens))
    return sum(kind == "comma" for kind, _ in tokens[last:])


def _is_grouped(whole: Sequence[tuple[str, str]]) -> bool:
    digits = [i for i, (kind, _) in enumerate(whole) if kind == "digit"]
    return bool(digits) and any(kind == "comma" for kind, _ in whole[digits[0] : digits[-1]])


def _integer(digits: str, whole: Sequence[tuple[str, str]], *, grouped: bool) -> str:
    """Lay digits on their places from the right; what is left goes before the first place."""
    digits = digits.lstrip("0")
    shown: list[str] = []
    count, first = 0, next((i for i, (kind, _) in enumerate(whole) if kind == "digit"), -1)
    for index in range(len(whole) - 1, -1, -1):
        kind, text = whole[index]
        if kind == "literal":
            shown.append(text)
        elif kind == "percent":
            shown.append("%")
        elif kind == "digit":
            taken = digits if index == first else digits[-1:]
            digits = digits[: len(digits) - len(taken)]
            for digit in reversed(taken or ("0" if text == "0" else "")):
                if grouped and count and count % 3 == 0:
                    shown.append(",")
                shown.append(digit)
                count += 1
    return "".join(reversed(shown))


def _decimals(digits: str, tokens: Sequence[tuple[str, str]]) -> str:
    places = [text for kind, text in tokens if kind == "digit"]
    kept = len(digits)
    while kept and kept <= len(places) and digits[kept - 1] == "0" and places[kept - 1] != "0":
        kept -= 1
    shown: list[str] = []
    position = 0
    for kind, text in tokens:
        if kind == "digit":
            shown.append(digits[position] if position < kept else "")
            position += 1
        elif kind in ("literal", "percent"):
            shown.append(text)
    return "".join(shown)
