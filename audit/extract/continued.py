"""Numbers that go on behind their scale word: "45 mil 369", "3 hundred and 21", "43 millones y medio"."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from audit.extract.digits import parse_digits
from audit.extract.spelled import decimal_of, mixed, read_part, read_whole
from audit.facts import TokenKind

if TYPE_CHECKING:
    from audit.extract.reading import Reading

_ONE = Decimal(1)


def continued(
    reading: Reading, index: int, number: tuple[Decimal, Decimal, int]
) -> tuple[tuple[Decimal, Decimal, int], int]:
    """Return (value, step, scale) with all that goes on with it from a raw index on, and the index after that."""
    language, (value, step, scale) = reading.language, number
    following = reading.at(index).key
    if (following == language.joiner or (following == "digits" and scale > 1)) and language.denominators:
        return _added(reading, index, number)
    if following == "digits" and language.mixed_scales:
        return _with_rest(reading, index, number)
    if step >= 1 < scale * step and following == language.joiner and reading.at(index + 1).key in language.halves:
        return (value + step / 2, step / 2, scale), index + 2  # "43 millones | y medio"
    return number, index


def _with_rest(
    reading: Reading, index: int, number: tuple[Decimal, Decimal, int]
) -> tuple[tuple[Decimal, Decimal, int], int]:
    """Return a number with the digits that go on with it: "45 mil | 369", "2 millones | 345 mil 678", "| 345 678"."""
    value, step, scale = number
    total, scales, first = value * scale, reading.language.scales, index
    while reading.at(index).key == "digits" and (above := scales.get(reading.at(index - 1).key, 0)):
        text = reading.at(index).text
        own, after = read_scale(reading, index + 1)
        if own > above and text.isdecimal() and len(text) <= 3:
            return (total + int(text), _ONE, own), after  # "20 mil | 497 millones"
        rest = parse_digits(text, reading.language) if not text.isdecimal() or len(text) <= 3 else None
        if rest is None or rest[1] != _ONE or rest[0] * own >= above or total % above:
            break
        total, step, index = total + rest[0] * own, Decimal(own), after
    return ((total, step, 1), index) if index > first else (number, index)


def read_scale(reading: Reading, index: int) -> tuple[int, int]:
    """Return the product of the scale words at a raw index (1 without any) and the index after them."""
    scale, scales = 1, reading.language.scales
    while reading.at(index).key in scales and reading.at(index).kind in (TokenKind.WORD, TokenKind.CUE):
        scale *= scales[reading.at(index).key]
        index += 1
    return scale, index


def _added(
    reading: Reading, index: int, number: tuple[Decimal, Decimal, int]
) -> tuple[tuple[Decimal, Decimal, int], int]:
    """Return a number with what goes on with it: "3 hundred | and 21", "4 thousand | 3 hundred", "2 | and a half"."""
    value, _, scale = number
    language, following = reading.language, reading.at(index + 1)
    if reading.at(index).key == "digits":
        smaller = language.scales.get(following.key, 0)
        if not 1 < smaller < scale or not reading.at(index).text.isdecimal():
            return number, index
        return (value * (scale // smaller) + int(reading.at(index).text), _ONE, smaller), index + 2
    if scale in language.additive_scales:
        whole = read_whole(reading, index + 1, joins=False)
        plain = following.text.isdecimal() and reading.at(index + 2).key not in language.scales
        if following.key == "digits" and plain and 0 < int(following.text) < scale:
            return (value * scale + int(following.text), _ONE, 1), index + 2
        if whole is not None and 0 < whole.value < scale:
            return (value * scale + whole.value, _ONE, 1), whole.after
    part = read_part(reading, index + 1)
    if part is None or part.value >= 1 or reading.at(part.after).cue == "of":
        return number, index
    total, after = mixed(reading, Fraction(value * scale), scale, part)
    own, after = read_scale(reading, after) if scale == 1 else (1, after)
    shown = decimal_of(total / scale)
    return (shown, decimal_of(Fraction(1, part.value.denominator)), scale * own), after
