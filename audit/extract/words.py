"""Figures in words: "twenty-one", "two hundred and five", "treinta y uno", "quatre-vingt-dix-sept", "two thirds".

A number in words is exact as a count; "two million" stands for a million to either side like its digits would.
Fractions and round numbers with an article ("a thousand", "half a million") are read for what they say, but take
part in arithmetic only beside the figure they restate: prose uses them loosely.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from audit.extract.beside import is_moved, is_said_after, is_told
from audit.extract.continued import read_scale
from audit.extract.hedges import hedge_of, is_final
from audit.extract.numbers import emit_aside, emit_figure
from audit.extract.reading import is_year
from audit.extract.scan import match_phrase
from audit.extract.spelled import (
    LOOSE_SCALE,
    VULGAR,
    Part,
    Whole,
    decimal_of,
    mixed,
    read_denominator,
    read_part,
    read_whole,
    word_value,
)
from audit.facts import FactKind, TokenKind
from audit.quantity import Measure, Quantity

if TYPE_CHECKING:
    from audit.extract.reading import Reading

A_FRACTION = "a fraction in words"
_ROUND = "a round number in words"
_FINEST = 100
_LOOSE, _VAGUE, _MOVED = Decimal(2), Decimal(4), Decimal(8)
"""How wide a fraction in words is, in points: a writer adds "(a third)" to a figure for what is only about a third,
and more so to the move from one to another."""


_SHARED = ("out_of", "per")  # "un ménage sur cinq", "uno de cada cuatro"
_HUNDRED = 100
_ABSTRACT = frozenset({"increase", "decrease", "average", "total", "rate"})


def read_fraction(reading: Reading, index: int) -> int:
    """Read "half (179 cases)" and "two thirds of the 90" as a percentage of a whole point; return the index after it.

    Official prose calls 49 per cent and 51 per cent "half": the figure stands for a point to either side.
    """
    name, length = match_phrase(reading.raw, index, reading.language.fractions)
    after = index + length
    if not length or not is_told(reading, after):
        return _read_loose(reading, index)
    above, _, below = name.partition("/")
    step = _VAGUE if is_said_after(reading, after) else _MOVED if is_moved(reading, after) else _LOOSE
    return _emit_share(reading, index, Part(Fraction(int(above), int(below)), after), step)


def _emit_share(reading: Reading, index: int, part: Part, step: Decimal = _LOOSE) -> int:
    value = decimal_of(part.value * 100).quantize(Decimal("0.1"))
    start, end = reading.at(index).start, reading.at(part.after - 1).end
    hedge, _ = hedge_of(reading, len(reading.raw))  # "more than half of the 86 seats (47)"
    raw = reading.text[start:end]
    quantity = Quantity(raw=raw, value=value, step=step, unit="%", measure=Measure.PERCENT, hedge=hedge)
    reading.emit(FactKind.QUANTITY, start, end, quantity).key = "number"
    return part.after


def _read_loose(reading: Reading, index: int) -> int:
    """Read "a dozen", "half a million", "more than half", "a fifth of", "⅔"; return the index after it, or 0."""
    language, token = reading.language, reading.at(index)
    if token.text in VULGAR:
        part = read_part(reading, index)
        return _emit_part(reading, index, part) if part else 0
    following = reading.at(index + 1).key
    if token.key in language.single_articles:
        if following in language.scales and len(following) >= LOOSE_SCALE:
            whole = Whole(language.scales[following], index + 2)
            more = language.scales.get(reading.at(whole.after).key, 1)  # "a hundred thousand trillionths"
            part = read_denominator(reading, whole)  # "a hundred trillionths"
            part = part or (read_denominator(reading, Whole(whole.value * more, whole.after + 1)) if more > 1 else None)
            return _emit_part(reading, index, part or Part(Fraction(whole.value), whole.after), _ROUND)
        if following in language.denominators:
            part = read_part(reading, index)
            return _emit_part(reading, index, part) if part and _is_loose(reading, part.after) else 0
        return 0
    below = language.denominators.get(token.key, 0)
    if below not in (2, 4) or token.key in language.plural_denominators:
        return 0
    skipped = following in language.single_articles
    if reading.at(index + 1 + skipped).key in language.scales or _is_hedged(reading):
        return _emit_part(reading, index, Part(Fraction(1, below), index + 1))
    return 0


def _is_hedged(reading: Reading) -> bool:
    return reading.last().key in reading.language.hedge_ends


def _is_loose(reading: Reading, after: int) -> bool:
    """Say whether "a fifth" is a part and no ordinal ("a fifth session")."""
    following = reading.at(after)
    return (
        following.kind is not TokenKind.WORD or following.key in reading.language.scales or following.cue == "of"
    ) and following.kind is not TokenKind.FIGURE


def _emit_part(reading: Reading, index: int, part: Part, reason: str = A_FRACTION) -> int:
    """Emit a fraction with the scale word that follows it: "a quarter million", "two thirds of a million"."""
    look = part.after
    if part.value < 1 and is_told(reading, look):
        return _emit_share(reading, index, part, _MOVED if is_moved(reading, look) else _LOOSE)
    articles = reading.language.single_articles
    if reading.at(look).cue == "of" and reading.at(look + 1).key in articles:
        look += 1
    scale, after = read_scale(reading, look + (reading.at(look).key in articles))
    if scale == 1:
        after = part.after
    return emit_aside(reading, part.value * scale, after, reading.at(index).start, reason)


def read_words(reading: Reading, index: int) -> int:
    """Read a number in words ("twenty-one", "two hundred and five"); return the index after it, or 0."""
    language = reading.language
    token = reading.at(index)
    before, after = language.idioms.get(token.key, (frozenset(), frozenset()))
    if reading.last().key in before or reading.at(index + 1).key in after:
        return 0
    weak = token.key in language.weak_numbers and reading.at(index + 1).key not in language.scales  # "un millón"
    if not language.denominators and match_phrase(reading.raw, index, language.fractions)[1] > 1:
        return 0  # "dos terceras partes"
    if weak and not _beside_figure(reading, index):
        return 0
    whole = read_whole(reading, index)
    part = read_denominator(reading, whole or Whole(0, index))
    if part is not None:
        return _emit_part(reading, index, part)
    if whole is None:
        return 0
    return (
        _read_ordinal(reading, index, whole) or _read_odd(reading, index, whole) or _read_plain(reading, index, whole)
    )


def _read_plain(reading: Reading, index: int, whole: Whole) -> int:
    step = Decimal(whole.scale if whole.plain else 1)
    number = (Decimal(whole.value), step, 1)
    return emit_figure(reading, number, whole.after, reading.at(index).start, (Measure.COUNT, ""))


def _read_ordinal(reading: Reading, index: int, whole: Whole) -> int:
    """Read "one hundred and fifth", "twenty third"; return the index after it, or 0."""
    language = reading.language
    look = whole.after
    if reading.at(look).key == language.joiner and whole.value and whole.value % 100 == 0:
        look += 1
    key = reading.at(look).key
    if key not in language.denominators or key in language.plural_denominators or whole.value < 20:
        return 0
    reading.emit(FactKind.IDENTIFIER, reading.at(index).start, reading.at(look).end, None, "an ordinal")
    return look + 1


def _read_odd(reading: Reading, index: int, whole: Whole) -> int:
    """Read "two hundred point zero three", "two and a half", "one over 20"; return the index after it, or 0."""
    language, start, look = reading.language, reading.at(index).start, whole.after
    following = reading.at(look)
    if following.key in language.point_words:
        digits, after = _digits_after(reading, look + 1)
        if digits:
            value, step = Decimal(f"{whole.value}.{digits}"), Decimal(1).scaleb(-len(digits))
            return emit_figure(reading, (value, step, 1), after, start, (Measure.COUNT, ""))
    elif following.key == language.joiner:
        return _read_mixed(reading, index, whole)
    elif whole.value == 1 and following.key in language.ratio_words:
        return read_ratio(reading, start, look)
    return 0


def _digits_after(reading: Reading, index: int) -> tuple[str, int]:
    """Return the decimals spelled from a raw index on: "zero three", "eleven", "twenty-five"."""
    language, digits, look = reading.language, "", index
    while (value := word_value(reading.at(look), language)) is not None and value < 100 and len(digits) < 10:
        digits += str(value)
        look += 1
    return digits, look


def _read_mixed(reading: Reading, index: int, whole: Whole) -> int:
    part = read_part(reading, whole.after + 1)
    if part is None or part.value >= 1 or reading.at(part.after).cue == "of":
        return 0
    value, after = mixed(reading, Fraction(whole.value), whole.scale, part)
    scale, after = read_scale(reading, after) if after == part.after and whole.scale == 1 else (1, after)
    step = Decimal(max(whole.scale, 1)) / part.value.denominator
    start = reading.at(index).start
    return emit_figure(reading, (decimal_of(value), step, scale), after, start, (Measure.COUNT, ""))


def read_ratio(reading: Reading, start: int, index: int) -> int:
    """Read "one over twenty" and "1 in 21" where they end the sentence; return the index after it, or 0."""
    token = reading.at(index + 1)
    if token.key == "digits" and token.text.isdecimal() and not is_year(token.text):
        below, after = int(token.text), index + 2
    else:
        whole = read_whole(reading, index + 1)
        below, after = (whole.value, whole.after) if whole else (0, 0)
    if below < 2 or not is_final(reading, after):
        return 0
    return emit_aside(reading, Fraction(1, below), after, start, A_FRACTION)


def read_slashed(reading: Reading, index: int) -> int:
    """Read "3/4 of" and "2 1/2" as fractions; return the index after it, or 0. "24/7" and "3/4" alone name things.

    A line that holds nothing else is read too.
    """
    above, below, after = reading.at(index), reading.at(index + 2), index + 3
    if reading.at(index + 1).text != "/" or not reading.adjoins(index + 1) or not reading.adjoins(index + 2):
        return 0
    if not (above.text.isdecimal() and below.text.isdecimal() and 0 < int(above.text) < int(below.text) <= _FINEST):
        return 0
    unsigned = not reading.out or (len(reading.out) == 1 and reading.last().kind is TokenKind.DASH)
    telling = reading.at(after).cue == "of" and reading.last().cue not in ("to", "from", "see")
    named = reading.last().kind is TokenKind.WORD or reading.adjoins(after)
    if named or not (telling or (unsigned and is_final(reading, after))):
        return 0
    return emit_aside(reading, Fraction(int(above.text), int(below.text)), after, above.start, A_FRACTION)


def read_unit_ratio(reading: Reading, index: int) -> int:
    """Read "1 over 3" and "1 in 21" at the end of a sentence; return the index after it, or 0."""
    token = reading.at(index)
    if token.text != "1" or reading.at(index + 1).key not in reading.language.ratio_words:
        return 0
    return read_ratio(reading, token.start, index + 1)


def _is_small(reading: Reading, index: int) -> bool:
    """Say whether a number of which a part is told in small numbers stands at a raw index."""
    token = reading.at(index)
    value = int(token.text) if token.key == "digits" and token.text.isdecimal() else word_value(token, reading.language)
    return value is not None and 1 < value <= _HUNDRED


def _beside_figure(reading: Reading, index: int) -> bool:
    """Say whether "un" or "une" is one of several figures: "tres mujeres y un hombre"."""
    before, after = reading.last(), reading.at(index + 1)
    if any(reading.at(i).cue in _SHARED and _is_small(reading, i + 1) for i in (index + 1, index + 2)):
        return True  # "un ménage sur cinq", "uno de cada cuatro"
    if after.kind is TokenKind.FIGURE or after.cue in _ABSTRACT:
        return False  # "y un 40 %", "un aumento", "un promedio": an article
    if any(
        reading.at(i).cue in ("of", "from") and reading.at(i + 1).kind is TokenKind.FIGURE
        for i in (index + 2, index + 3)
    ):
        return False  # "es decir, una tasa del 48 %", "un importe total de 3 millones"
    if before.cue == "and" or before.kind is TokenKind.COMMA:
        return any(t.kind is TokenKind.FIGURE for t in reading.out[-7:])
    if before.kind is TokenKind.OPEN:
        return any(
            word_value(reading.at(i), reading.language) is not None or reading.at(i).kind is TokenKind.FIGURE
            for i in range(index + 1, index + 6)
        )
    return False
