"""The grammar of numbers in words, without emission: whole numbers, the denominators of fractions, fractions.

"one hundred and thirty fifths" is 130/5 while "one hundred and three quarters" is 100.75: what follows a joining
word is a part of its own where it is less than one. Ordinals are spelled like denominators ("one hundred and
fifth"), so a denominator in the singular needs the numerator one.
"""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from audit.facts import TokenKind
from audit.records import dataclass

if TYPE_CHECKING:
    from audit.extract.language import Language
    from audit.extract.reading import Reading
    from audit.facts import Token

VULGAR = frozenset("½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒")
LOOSE_SCALE = 5
"""The fewest letters of a scale word behind an article: "a hundred" and "a dozen", but not "a bn"."""
_DOZEN, _HUNDRED = 12, 100
_LONGEST = 4  # words of a compound: "quatre vingt dix sept"


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number in words: its value, the raw index after it, the scale word it ends with, and its shape."""

    value: int
    after: int
    scale: int = 1
    plain: bool = False
    """One word and a scale word: "two million" is not counted to the last one."""


@dataclass(frozen=True, slots=True)
class Part:
    """A fraction in words and the raw index after it."""

    value: Fraction
    after: int


def vulgar(character: str) -> Fraction:
    """Return the value of a character such as "⅔"."""
    return Fraction(unicodedata.numeric(character)).limit_denominator(10)


def decimal_of(value: Fraction) -> Decimal:
    """Return a rational as a decimal of as many digits as the arithmetic keeps."""
    return Decimal(value.numerator) / Decimal(value.denominator)


def mixed(reading: Reading, whole: Fraction, scale: int, part: Part) -> tuple[Fraction, int]:
    """Return a number with the fraction that follows it: half a million behind "one million and a half".

    A fraction with a scale word of its own is added as it stands ("one billion and a quarter million").
    """
    own = reading.language.scales.get(reading.at(part.after).key, 1) if scale > 1 else 1
    if own > 1:
        return whole + part.value * own, part.after + 1
    return whole + part.value * (scale if scale > _HUNDRED else 1), part.after


def read_whole(reading: Reading, index: int, *, joins: bool = True) -> Whole | None:
    """Return the whole number that begins at a raw token, or None; `joins` lets it go on behind "and"."""
    language = reading.language
    total, current, look, seen, last = 0, 0, index, False, 1
    while True:
        word = reading.at(look)
        small, width = _compound(reading, look)
        scale = language.scales.get(word.key, 0)
        if small is not None and not (seen and not _continues(current, small, word, width)):
            # "quatre-vingt" and the like are words of their own; "veinte mil trescientos" goes on after its scale
            current, seen, look, last = current + small, True, look + width, 1
        elif seen and scale == 100 and current < 100:
            current, look, last = max(current, 1) * 100, look + 1, 100
        elif seen and scale == _DOZEN and current:
            own = current % 100 or current  # "three hundred and two dozens"
            current, look = current + own * (_DOZEN - 1), look + 1
        elif scale and scale != _DOZEN and (seen or word.key in language.bare_scales):
            total, current, seen, look, last = total + max(current, 1) * scale, 0, True, look + 1, scale
        elif seen and (
            (joins and word.key == language.joiner and _joins(reading, look, current, total))
            or (word.text == "-" and _is_spaced_hyphen(reading, look, current))
        ):
            look += 1
        else:
            break
    if not seen:
        return None
    return Whole(total + current, look, last, look - index == 2 and bool(total) and not current)


def word_value(word: Token, language: Language) -> int | None:
    """Return the value of a number word, compounds with hyphens included, or None."""
    if word.kind not in (TokenKind.WORD, TokenKind.CUE) or not word.key:
        return None
    if word.key in language.numbers:
        return language.numbers[word.key]
    parts = word.key.split("-")
    if len(parts) > 1 and language.scales.get(parts[-1]) == _HUNDRED and parts[0] in language.numbers:
        rest = sum(language.numbers.get(p, _HUNDRED) for p in parts[:-1])
        return rest * _HUNDRED if rest < _HUNDRED else None  # "One-hundred and eighty-six"
    return sum(language.numbers[p] for p in parts) if all(p in language.numbers for p in parts) else None


def _compound(reading: Reading, index: int) -> tuple[int | None, int]:
    """Return the value of a number word and how many words make it: "quatre vingt dix sept" without its hyphens."""
    first = word_value(reading.at(index), reading.language)
    if first is not None:
        for width in range(_LONGEST, 1, -1):
            words = [reading.at(index + place) for place in range(width)]
            value = reading.language.numbers.get("-".join(w.key for w in words))
            if value is not None and all(w.kind in (TokenKind.WORD, TokenKind.CUE) for w in words):
                return value, width
    return first, 1


def _continues(current: int, small: int, word: Token, width: int) -> bool:
    """Say whether a number word goes on with the number before it: "ciento | cuarenta", "forty | two"."""
    if width > 1:
        return current % 100 == 0
    if current % 100 == 0:
        return small < 100 or current == 0
    unit = small < 10 or (small == 11 and current % 100 == 60)  # "soixante et onze"
    return current % 10 == 0 and current % 100 >= 20 and unit and "-" not in word.key


def _joins(reading: Reading, index: int, current: int, total: int) -> bool:
    """Say whether the joining word stands inside a number: "two hundred and five", "treinta y uno", "vingt et un"."""
    following = word_value(reading.at(index + 1), reading.language)
    if following is None:
        return False
    if current % 100 == 0:
        if not (current or total) or reading.language.code != "en":
            return False
        part = read_part(reading, index + 1)
        return part is None or part.value >= 1
    teen = following < 10 or (following == 11 and current % 100 == 60)
    return reading.language.code != "en" and current % 10 == 0 and current % 100 >= 20 and teen


def _is_spaced_hyphen(reading: Reading, index: int, current: int) -> bool:
    """Say whether a hyphen stands inside a number with spaces around it: "fifty - two"."""
    following = word_value(reading.at(index + 1), reading.language)
    return following is not None and 0 < following < 10 and current % 10 == 0 and current % 100 >= 20


def read_part(reading: Reading, index: int) -> Part | None:
    """Return the fraction that begins at a raw token ("a fourth", "three quarters", "one half", "⅔"), or None."""
    token, language = reading.at(index), reading.language
    if token.text in VULGAR:
        return Part(vulgar(token.text), index + 1)
    if token.key in language.single_articles:
        whole = Whole(1, index + 1)
    else:
        whole = read_whole(reading, index, joins=False) or Whole(0, index)
    return read_denominator(reading, whole)


def read_denominator(reading: Reading, whole: Whole) -> Part | None:
    """Return a numerator divided by the denominator that follows it, or None when none does."""
    language, token = reading.language, reading.at(whole.after)
    if not language.denominators:
        return None
    above, below, after = whole.value, 0, whole.after + 1
    key = token.key
    if not above and "-" in key:
        first, _, key = key.partition("-")  # "one-eighth"
        above = language.numbers.get(first, 0)
    if above and key in language.denominators:
        below = language.denominators[key]
        tens = language.numbers.get(reading.at(whole.after - 1).key, 0)
        if below < 10 and above > tens >= 20 and reading.at(whole.after - 2).key in language.scales:
            above, below = above - tens, below + tens  # "one hundred thirty fifths" are not those of "and thirty"
    elif above and "-" in key:
        first, _, key = key.rpartition("-")
        below = language.denominators.get(key, 0)
        if first in language.scales and below:
            above *= language.scales[first]  # "five hundred-fifths"
        elif below < 10 and language.numbers.get(first, 0) >= 20:
            below = language.numbers[first] + below if below else 0
        else:
            below = 0
    elif above and key in language.numbers and language.numbers[key] >= 1:
        below, after, key = _spelled_denominator(reading, whole.after)
    if below < 2 or (above != 1 and key not in language.plural_denominators):
        return None
    return Part(Fraction(above, below), after)


def _spelled_denominator(reading: Reading, index: int) -> tuple[int, int, str]:
    """Return a denominator of several words, the index after it and its last word: "twenty firsts"."""
    language = reading.language
    whole = read_whole(reading, index)
    if whole is None:
        return 0, index, ""
    look = whole.after + (reading.at(whole.after).key == language.joiner)
    key = reading.at(look).key
    last = language.denominators.get(key, 0)
    fits = last < 100 if whole.value % 100 == 0 else (last < 10 and whole.value % 10 == 0 and whole.value % 100 >= 20)
    return (whole.value + last, look + 1, key) if last and fits else (0, index, "")
