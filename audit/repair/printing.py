"""How a corrected number is printed: like the one it replaces, words for words and separators as they were."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audit.quantity import grouped

if TYPE_CHECKING:
    from decimal import Decimal

    from audit.quantity import Quantity

_NUMBER = re.compile(r"\d(?:[\d.,'’\u00a0\u202f ]*\d)?")
_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES = {word: value for value, word in enumerate(_SMALL)} | {word: 20 + 10 * i for i, word in enumerate(_TENS)}


def places(figure: Quantity) -> int:
    """Return how many digits stand behind the decimal point of a figure as printed."""
    shown = figure.step / figure.scale
    exponent = shown.normalize().as_tuple().exponent
    return max(0, -int(exponent))


def digits(figure: Quantity) -> str:
    """Return the digits of a figure as printed, without separators and sign; "0.5" is "05"."""
    whole = abs(figure.value) / figure.step
    return str(int(whole)).zfill(places(figure) + 1)


def printed_like(text: str, figure: Quantity, value: Decimal) -> str:
    """Return the printed form of a figure with another value in its place.

    Digits keep their separators and decimals and everything around them ("US$ 16.9 thousand"); an English number
    word gives a word with the same capital; a word of another language gives digits.
    """
    shown = value / figure.scale
    found = _NUMBER.search(text)
    if found is None:
        return _in_words(text, value)
    old = found.group()
    number = grouped(abs(shown), like=_pattern(old, text))
    decimals = places(figure)
    if decimals:
        whole, mark, tail = number.rpartition(_mark(old))
        number = f"{whole}{mark}{tail.ljust(decimals, '0')}" if mark else f"{number}{_mark(old)}{'0' * decimals}"
    elif not re.search(r"[.,'’\u00a0\u202f ]", old) and abs(figure.value / figure.scale) >= 1000:
        number = re.sub(r"\D", "", number)
    head, tail = text[: found.start()], text[found.end() :]
    if (value < 0) != (figure.value < 0):
        head = head.replace("-", "").replace("−", "") if value > 0 else f"{head}-"
    return f"{head}{number}{tail}"


def _pattern(old: str, text: str) -> str:
    """Return the model for the separators; a number too short to show one takes the usual comma and point."""
    return old if re.search(r"[.,'’\u00a0\u202f ]", old) or not text else ""


def _mark(old: str) -> str:
    marks = re.findall(r"[.,]", old)
    return marks[-1] if marks else "."


def _in_words(text: str, value: Decimal) -> str:
    parts = re.split(r"[\s-]+", text.lower())
    if not all(part in _VALUES for part in parts) or value != int(value) or not 0 <= value < 100:
        return str(int(value)) if value == int(value) else str(value)
    number = int(value)
    if number < len(_SMALL):
        word = _SMALL[number]
    else:
        word = _TENS[number // 10 - 2] + (f"-{_SMALL[number % 10]}" if number % 10 else "")
    return word.capitalize() if text[:1].isupper() else word
