"""Figures in words: "twenty-one", "two hundred and five", "treinta y uno", "quatre-vingt-dix-sept", "two thirds".

A number in words is exact as a count; "two million" stands for a million to either side like its digits would.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from audit.extract.numbers import emit_figure
from audit.extract.scan import match_phrase
from audit.facts import FactKind, TokenKind
from audit.quantity import Measure, Quantity

if TYPE_CHECKING:
    from audit.extract.language import Language
    from audit.extract.reading import Reading
    from audit.facts import Token


def read_fraction(reading: Reading, index: int) -> int:
    """Read "half (179 cases)" and "two thirds of the 90" as a percentage of a whole point; return the index after it.

    Official prose calls 49 per cent and 51 per cent "half": the figure stands for a point to either side.
    """
    name, length = match_phrase(reading.raw, index, reading.language.fractions)
    if not length:
        return 0
    after = index + length
    restated = reading.at(after).text == "(" and reading.at(after + 1).kind is TokenKind.FIGURE
    whole = reading.at(after).cue == "of" and reading.at(after + 2).kind is TokenKind.FIGURE
    if not (restated or whole):
        return 0
    above, _, below = name.partition("/")
    value = (Decimal(100) * int(above) / int(below)).quantize(Decimal("0.1"))
    start, end = reading.at(index).start, reading.at(after - 1).end
    quantity = Quantity(raw=reading.text[start:end], value=value, step=Decimal(2), unit="%", measure=Measure.PERCENT)
    reading.emit(FactKind.QUANTITY, start, end, quantity).key = "number"
    return after


def read_words(reading: Reading, index: int) -> int:
    """Read a number in words ("twenty-one", "two hundred and five"); return the index after it, or 0."""
    language = reading.language
    token = reading.at(index)
    before, after = language.idioms.get(token.key, (frozenset(), frozenset()))
    if reading.last().key in before or reading.at(index + 1).key in after:
        return 0
    if token.key in language.weak_numbers and not _beside_figure(reading, index):
        return 0
    total, current, look, seen = 0, 0, index, False
    while True:
        word = reading.at(look)
        small = _word_value(word, language)
        scale = language.scales.get(word.key, 0)
        if small is not None and not (seen and not _continues(current, small, word)):
            # "quatre-vingt" and the like are words of their own; "veinte mil trescientos" goes on after its scale
            current, seen, look = current + small, True, look + 1
        elif seen and scale == 100 and current < 100:
            current, look = max(current, 1) * 100, look + 1
        elif scale and (seen or word.key in language.bare_scales):
            total, current, seen, look = total + max(current, 1) * scale, 0, True, look + 1
        elif seen and word.key == language.joiner and _joins(reading, look, current, total):
            look += 1
        else:
            break
    if not seen:
        return 0
    value = Decimal(total + current)
    step = Decimal(1)
    if look - index == 2 and total and not current:
        step = Decimal(language.scales.get(reading.at(look - 1).key, 1))  # "two million" is not counted to the last one
    return emit_figure(reading, (value, step, 1), look, token.start, (Measure.COUNT, ""))


def _word_value(word: Token, language: Language) -> int | None:
    """Return the value of a number word, compounds with hyphens included, or None."""
    if word.kind not in (TokenKind.WORD, TokenKind.CUE) or not word.key:
        return None
    if word.key in language.numbers:
        return language.numbers[word.key]
    parts = word.key.split("-")
    return sum(language.numbers[p] for p in parts) if all(p in language.numbers for p in parts) else None


def _continues(current: int, small: int, word: Token) -> bool:
    """Say whether a number word goes on with the number before it: "ciento | cuarenta", "forty | two"."""
    if current % 100 == 0:
        return small < 100 or current == 0
    unit = small < 10 or (small == 11 and current % 100 == 60)  # "soixante et onze"
    return current % 10 == 0 and current % 100 >= 20 and unit and "-" not in word.key


def _joins(reading: Reading, index: int, current: int, total: int) -> bool:
    """Say whether the joining word stands inside a number: "two hundred and five", "treinta y uno", "vingt et un"."""
    following = _word_value(reading.at(index + 1), reading.language)
    if following is None:
        return False
    if current % 100 == 0:
        return bool(current or total) and reading.language.code == "en"
    teen = following < 10 or (following == 11 and current % 100 == 60)
    return reading.language.code != "en" and current % 10 == 0 and current % 100 >= 20 and teen


def _beside_figure(reading: Reading, index: int) -> bool:
    """Say whether "un" or "une" is one of several figures: "tres mujeres y un hombre"."""
    before = reading.last()
    if before.cue == "and" or before.kind is TokenKind.COMMA:
        return any(t.kind is TokenKind.FIGURE for t in reading.out[-7:])
    if before.kind is TokenKind.OPEN:
        return any(
            _word_value(reading.at(i), reading.language) is not None or reading.at(i).kind is TokenKind.FIGURE
            for i in range(index + 1, index + 6)
        )
    return False
