"""The printed marks of paragraphs and list items: "12.", "(a)", "ii)", "2.1", "•".

A mark can read as more than one ordinal: "(i)" is the ninth letter and the first roman numeral.
"""

from __future__ import annotations

import re
from functools import lru_cache

from audit.records import dataclass

_SPACE = r"(?:[\s\u00a0\u2003]+|$)"
_PATTERN = re.compile(
    rf"(?P<decimal>\d{{1,3}}(?:\.\d{{1,3}}){{1,5}}\.?){_SPACE}(?=[\"“‘«(\[]?[^\W\d_])"
    rf"|(?P<number>\d{{1,4}})(?P<stop>[.)]){_SPACE}"
    rf"|\((?P<bracketed>\d{{1,3}}|[a-zA-Z]{{1,2}}|[ivxlIVXL]{{1,6}})\){_SPACE}"
    rf"|(?P<letter>[a-zA-Z]|[ivxlIVXL]{{2,6}})(?P<end>[.)]){_SPACE}"
    r"|(?P<bullet>[•·●▪■◦○‣⁃\uf0b7\uf0a7–—*+-])(?:[\s\u00a0]+(?=\S))"
)
BULLET = "bullet"


def _romans() -> dict[str, int]:
    tens = ("", "x", "xx", "xxx", "xl")
    ones = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
    return {t + o: 10 * i + j for i, t in enumerate(tens) for j, o in enumerate(ones) if t or o} | {"l": 50}


_ROMANS = _romans()
_NUMERALS = {number: numeral for numeral, number in reversed(_ROMANS.items())}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A mark as printed: `width` is what it takes of its line, `readings` the ordinals it can stand for."""

    text: str
    width: int
    form: str
    readings: tuple[tuple[str, int], ...]

    @property
    def number(self) -> int:
        """Return the number of a plain arabic mark, or 0."""
        return self.readings[0][1] if self.form in (".", ")") and self.readings[0][0] == "arabic" else 0

    @property
    def is_weak(self) -> bool:
        """Return whether the mark could as well be an initial or a decimal figure that opens a sentence."""
        return self.form == "decimal" or (self.form == "." and not self.number)


def mark_of(text: str) -> Mark | None:
    """Return the mark at the start of a text (leading space already removed), or None."""
    match = _PATTERN.match(text)
    if match is None:
        return None
    return _read(match.group().strip(), match.end(), *match.groups(""))


@lru_cache(maxsize=4096)  # a text is asked for its mark by all who want to know whether it is an item
def _read(text: str, width: int, *groups: str) -> Mark | None:
    decimal, number, stop, bracketed, letter, end, bullet = groups
    if decimal:
        parts = decimal.rstrip(".").split(".")
        readings: tuple[tuple[str, int], ...] = ((".".join(parts[:-1]), int(parts[-1])),)
        return Mark(text=decimal, width=width, form="decimal", readings=readings)
    if number:
        return Mark(text=number + stop, width=width, form=stop, readings=(("arabic", int(number)),))
    if bullet:
        return Mark(text=bullet, width=width, form=BULLET, readings=((bullet, 0),))
    readings = _ordinals(bracketed or letter)
    return Mark(text=text, width=width, form="()" if bracketed else end, readings=readings) if readings else None


def _ordinals(raw: str) -> tuple[tuple[str, int], ...]:
    if raw.isdecimal():
        return (("arabic", int(raw)),)
    if raw not in (raw.lower(), raw.upper()):
        return ()
    case = "lower" if raw.islower() else "upper"
    low = raw.lower()
    letters = ord(low[0]) - 96 + 26 * (len(low) - 1) if len(set(low)) == 1 and len(low) < 3 else 0
    found = [(f"{case} letter", letters)] if letters else []
    if low in _ROMANS:
        found.insert(0 if len(low) > 1 else 1, (f"{case} roman", _ROMANS[low]))
    return tuple(found)


def roman(number: int) -> str:
    """Return a number as a small roman numeral, or nothing above fifty."""
    return _NUMERALS.get(number, "")
