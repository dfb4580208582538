"""Printed marks as ordinals: "(c)" is the third letter, "iv" the fourth roman numeral, "2.3" the third under 2.

A mark can be read in more than one way ("(i)" is the ninth letter and the first roman numeral); the sequence it
stands in decides, so every reading is kept until then.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from audit.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.facts import Fact

_CORE = re.compile(r"(?P<open>[(\[]?)(?P<core>\d{1,4}(?:\.\d{1,3})*|[a-zA-Z]{1,8})(?P<close>[.)\]]*)\Z")
_ORDER = (("l", 50), ("xl", 40), ("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1))
_ALPHABET = 26


@dataclass(frozen=True, slots=True)
class Place:
    """One printed mark of a sequence: where it stands, as printed, and every way to read it (style to ordinal)."""

    start: int
    end: int
    text: str
    readings: dict[str, int]
    fact: Fact | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Marks that count on in one style, from the first ordinal to the last that is not a fresh start."""

    style: str
    places: tuple[Place, ...]

    @property
    def ordinals(self) -> tuple[int, ...]:
        """Return what each mark stands for."""
        return tuple(place.readings[self.style] for place in self.places)


@cache
def read_mark(text: str) -> dict[str, int]:
    """Return the ways to read a printed mark; the style holds its brackets, so "(1)" and "1." are two sequences.

    >>> read_mark("(i)")
    {'(roman)': 1, '(letter)': 9}
    """
    match = _CORE.match(text.strip())
    if match is None:
        return {}
    core, close = match["core"], match["close"].replace(".", "")
    opened = match["open"]
    if core[0].isdecimal():
        *head, last = core.split(".")
        style = ".".join((*head, "arabic"))
        return {f"{opened}{style}{close}": int(last)}
    if core not in (core.lower(), core.upper()):
        return {}
    case = "" if core.islower() else "upper "
    low, found = core.lower(), {}
    roman = _roman(low)
    if roman:
        found[f"{opened}{case}roman{close}"] = roman
    if len(set(low)) == 1 and len(low) <= 2:
        found[f"{opened}{case}letter{close}"] = ord(low[0]) - 96 + _ALPHABET * (len(low) - 1)
    return found


def _roman(word: str) -> int:
    rest, total = word, 0
    for numeral, value in _ORDER:
        while rest.startswith(numeral):
            rest, total = rest[len(numeral) :], total + value
    return total if not rest and roman(total) == word else 0


def roman(number: int) -> str:
    """Return a number below 90 as a small roman numeral.

    >>> roman(14)
    'xiv'
    """
    text, rest = "", number
    for numeral, value in _ORDER:
        while rest >= value:
            text, rest = text + numeral, rest - value
    return text


def printed(ordinal: int, style: str, like: str) -> str:
    """Return an ordinal as it would be printed in a sequence, in the shape of one of its marks.

    >>> printed(3, "(letter)", "(b)")
    '(c)'
    """
    match = _CORE.match(like.strip())
    if match is None:
        return str(ordinal)
    if "roman" in style:
        core = roman(ordinal)
    elif "letter" in style:
        times, letter = divmod(ordinal - 1, _ALPHABET)
        core = chr(97 + letter) * (times + 1)
    else:
        core = ".".join((*match["core"].split(".")[:-1], str(ordinal)))
    if match["core"].isupper():
        core = core.upper()
    return f"{match['open']}{core}{match['close']}"


def runs_of(places: Sequence[Place]) -> list[Run]:
    """Return marks that stand in order as runs: a mark that reads as the first of its style opens a new one."""
    runs: list[Run] = []
    current: list[Place] = []
    styles: set[str] = set()
    for place in places:
        if not place.readings:
            continue  # a mark that no style counts
        shared = styles & place.readings.keys()
        if current and shared and not _starts_again(current, place, shared):
            current.append(place)
            styles = shared
            continue
        if current:
            runs.append(Run(_best(styles, current), tuple(current)))
        current, styles = [place], set(place.readings)
    if current:
        runs.append(Run(_best(styles, current), tuple(current)))
    return runs


def _starts_again(current: Sequence[Place], place: Place, styles: set[str]) -> bool:
    """Say whether a mark is a fresh "first" and not what the sequence waits for ("(i)" after "(h)")."""
    before = current[-1].readings
    if any(place.readings[style] == before[style] + 1 for style in styles):
        return False
    return any(place.readings[style] == 1 for style in styles)


def _best(styles: set[str], places: Sequence[Place]) -> str:
    """Return the style in which the marks count on with the fewest breaks and from the lowest first."""

    def cost(style: str) -> tuple[int, int, str]:
        ordinals = [place.readings[style] for place in places]
        breaks = sum(b != a + 1 for a, b in pairwise(ordinals))
        return breaks, ordinals[0], style

    return min(styles, key=cost)


def value_of(place: Place, style: str) -> Decimal:
    """Return the ordinal of a mark as the number a judge counts with."""
    return Decimal(place.readings[style])
