"""How a corrected number is printed: like the one it replaces, words for words and separators as they were."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from audit.quantity import Quantity

_NUMBER = re.compile(r"\d(?:[\d.,'’\u00a0\u202f ]*\d)?[.,]?")
_MARKS = re.compile(r"[.,'’\u00a0\u202f ]")
_GROUP = 3
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


def digits(figure: Quantity, text: str = "") -> str:
    """Return the digits of a figure as printed, without separators and sign; "0.5" is "05", "0,221" is "0221"."""
    whole = abs(figure.value) / figure.step
    number = str(int(whole)).zfill(places(figure) + 1)
    found = _NUMBER.search(text)
    printed = _MARKS.sub("", found.group()) if found is not None else ""
    return printed if printed.lstrip("0") == number.lstrip("0") and len(printed) > len(number) else number


def printed_like(text: str, figure: Quantity, value: Decimal, *, decimals: int | None = None) -> str:
    """Return the printed form of a figure with another value in its place.

    Digits keep their separators and decimals and everything around them ("US$ 16.9 thousand"); an English number
    word gives a word with the same capital; a word of another language gives digits. `decimals` is how many digits
    stand behind the decimal point, where they are not as many as now.
    """
    found = _NUMBER.search(text)
    if found is None:
        return _in_words(text, value)
    old = found.group()  # "7." has lost what stood behind its mark
    number = _written(abs(value / figure.scale), old, places(figure), decimals)
    head, tail = text[: found.start()], text[found.end() :]
    if head[-1:] in (".", ",") and len(_MARKS.sub("", old)) == places(figure):
        head, number = head[:-1], number.removeprefix("0")  # ".23" has nothing before its decimal mark
    if (value < 0) != (figure.value < 0):
        head = head.replace("-", "").replace("−", "") if value > 0 else f"{head}-"
    return f"{head}{number}{tail}"


def _written(shown: Decimal, old: str, had: int, decimals: int | None) -> str:
    """Return a number in the separators of the old one, of which `had` digits stand behind the decimal point.

    That count and not the look of the number tells a point from a separator: "271.427" may be either.
    """
    wanted = had if decimals is None else decimals
    whole, _, fraction = f"{shown:.{wanted}f}".partition(".")
    marks = _MARKS.findall(old)
    has_point = had or old[-1] in ".,"
    point = marks.pop() if has_point and marks else "." if not marks or marks[-1] != "." else ","
    bare = re.split(r"[.,]", old)[0] if had else old
    group = marks[-1] if marks else "" if len(bare) > _GROUP else "," if point == "." else "."
    if group and (len(whole) > _GROUP + 1 or (len(whole) > _GROUP and not group.isspace())):
        first = len(whole) % _GROUP or _GROUP
        whole = group.join([whole[:first], *(whole[i : i + _GROUP] for i in range(first, len(whole), _GROUP))])
    return f"{whole}{point}{fraction}" if fraction else whole


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
