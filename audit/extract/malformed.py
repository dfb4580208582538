"""Figures that no convention of their text allows: a digit typed twice, left out or put in front.

"19,8808 women", "11,97 women", ",208 prisoners", "09 men", "7. million": what was printed is no number. It is read as
the number its digits give, so that the sums it stands in are seen, and its label says in which way it is malformed.
The text itself says what its convention is: a form that stands more than once or twice is how the writer prints
numbers.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from audit.extract.scan import match_phrase
from audit.extract.shortened import read_short
from audit.facts import TokenKind
from audit.late import late
from audit.quantity import Hedge, Measure, Quantity

if TYPE_CHECKING:
    from audit.extract.reading import Reading
    from audit.facts import Fact

# One group of three at least, beside one that is not, or one that is too short or too long.
_BROKEN = {
    ".": late(r"\d{1,3},(?:\d{3},)*(?:\d{1,2}|\d{4,6})(?:,\d{3})*(?:\.\d+)?|\d{4}(?:,\d{3})+"),
    ",": late(r"\d{1,3}\.(?:\d{3}\.)*(?:\d{1,2}|\d{4,6})(?:\.\d{3})*(?:,\d+)?|\d{4}(?:\.\d{3})+"),
}
# In "1,97" the mark may be that of decimals: what stands often in a text is meant.
_SHORT = {".": re.compile(r"\d{1,3},\d{1,2}"), ",": re.compile(r"\d{1,3}\.\d{1,2}")}
_SHORTS = {
    ".": late(r"(?<![\d.,])\d{1,3},\d{1,2}(?![\d,]|\.\d)"),
    ",": late(r"(?<![\d.,])\d{1,3}\.\d{1,2}(?![\d.]|,\d)"),
}
_GROUPS = {".": re.compile(r"\d,\d{3}(?![\d,])"), ",": re.compile(r"\d\.\d{3}(?![\d.])")}
# the month of a year, the address of a machine
_NAMING = late(r"\d{1,3}\.(?:19|20)\d\d|(?:\d{1,3}\.){3}\d{1,3}")
_CLOCK = late(r"(?:[01]?\d|2[0-4])\.[0-5]\d")
_BASE = late(r"10+(?:[.,\s]000)*|1(?:[.,\s]000)+")
_ZERO = re.compile(r"0[1-9]\d{0,2}|0\d?\d?[.,]\d{3}(?:[.,]\d{3})*")
_NAUGHT = late(r"00?[.,]000(?:[.,]\d{3})*|00\d?[.,]\d{3}(?:[.,]\d{3})*")
_ZEROS = late(r"(?<![\w.,:/+\-–—#])0\d{1,2}(?= [^\W\d_]{3})")
_LED_BY = re.compile(r"[^\d\s]{0,4} ?0[\d.,]")
_SHARE = late(r"\D{0,5}0\d{1,2}(?![\d.,/:])")
_ZERO_SHARES = late(r"(?<![\w.,:/+\-–—#])(?:[$€£] ?)?0\d{1,2} ?(?:%|[^\W\d_]{3})")
_HEADLESS = late(r"\d{3}(?:[,.]\d{3})*(?!\d)")
_MOST = 2
# four digits before groups of three: "1368,000"; "2019,205" may be a year and what follows it
_LED = late(r"(?!19|20)\d{4}[.,]\d{3}.*")
_LASTING = "class.time"  # "09 months": files and forms count time in two digits
_NUMBERED = "#/-–—:."


def broken(reading: Reading, raw: str, after: int) -> tuple[Decimal, Decimal] | None:
    """Return (value, step) of digits whose groups are broken, or None when they are no mistyped number.

    `after` is the raw index behind them. A list of numbers without spaces is no number, nor are the ends of an
    interval, "(5,16)", nor the parts of a date or a version.
    """
    language = reading.language
    point = language.decimal
    if not _BROKEN[point].fullmatch(raw):
        return None
    if raw[:4].isdecimal() and not (_LED.fullmatch(raw) and _GROUPS[point].search(reading.text)):
        return None
    paired = _SHORT[point].fullmatch(raw) or _count(_GROUPS[point], reading.text) <= _MOST
    if reading.last().kind is TokenKind.OPEN and paired and not _is_counted_next(reading, after):
        return None  # "(5,16)", "(0,1000)": the ends of an interval, in a text that prints no groups
    if point == "," and (_NAMING.fullmatch(raw) or (_CLOCK.fullmatch(raw) and _is_time(reading, after))):
        return None  # where points group, they also part numbers that name: "12.2019", "192.168.56.101", "15.30 horas"
    if raw.count(".") > 1 and point == "," and reading.at(after).kind is not TokenKind.WORD:
        return None
    if _SHORT[point].fullmatch(raw):
        if is_measured(reading, after) or _BASE.fullmatch(reading.at(after + 2).text):
            return None  # "16,88 cases per 100.000": a rate has decimals
        few = _count(_SHORTS[point], reading.text) <= _MOST
        if not few or (point == "," and not _is_counted_next(reading, after)):
            return None
        if not _GROUPS[point].search(reading.text) and not _is_counted_next(reading, after):
            return None
    whole, _, fraction = raw.partition(point)
    plain = "".join(c for c in whole if c.isdecimal())
    return Decimal(f"{plain}.{fraction}" if fraction else plain), Decimal(1).scaleb(-len(fraction))


def is_measured(reading: Reading, index: int) -> bool:
    """Say whether a scale word or per cent stands at a raw index: what is before it may have decimals."""
    if reading.at(index).key in reading.language.scales or reading.at(index).key in reading.language.short_money:
        return True
    if index >= len(reading.raw):
        return False  # the figure is the last of its block
    return bool(match_phrase(reading.raw, index, reading.language.percents)[1])


def foreign_decimals(reading: Reading, raw: str, after: int) -> tuple[Decimal, Decimal] | None:
    """Return (value, step) of "5.4 millones" and "4,6 per cent": decimals behind the mark of another language."""
    small = raw[:1] == "0" and raw[1:2] in ",." and raw[2:].isdecimal()  # "p = 0.0315" in a text of decimal commas
    if not small and not (_SHORT[reading.language.decimal].fullmatch(raw) and _is_sum(reading, after)):
        return None
    value = Decimal(raw.replace(",", "."))
    return value, Decimal(1).scaleb(value.as_tuple().exponent)  # type: ignore[arg-type]


def _is_sum(reading: Reading, index: int) -> bool:
    """Say whether what stands at a raw index makes what is before it a measure or money: "3.5 M€", "12.50 euros"."""
    if is_measured(reading, index) or read_short(reading, index) is not None or reading.at(index).key == "money":
        return True
    return index < len(reading.raw) and bool(match_phrase(reading.raw, index, reading.language.currencies)[1])


def over_lost_digits(reading: Reading, index: int) -> int:
    """Return the index behind a mark that has lost its digits: "7. million", "2. per cent"."""
    mark = reading.at(index)
    if mark.text != reading.language.decimal or not reading.adjoins(index):
        return index
    following = reading.at(index + 1)
    if not following.text or following.text[0].isupper():
        return index
    scaled = following.key in reading.language.scales and following.start == mark.end + 1
    return index + 1 if scaled or match_phrase(reading.raw, index + 1, reading.language.percents)[1] else index


def label_flaw(reading: Reading, flaw: str) -> None:
    """Say in the label of the figure read last in which way it is malformed; without a flaw known, look for one."""
    token = reading.last()
    fact = token.fact
    if fact is None or not isinstance(fact.value, Quantity) or fact.reason:
        return
    before = reading.last(2)
    if not flaw:
        led = before.kind is TokenKind.COMMA and before.end == fact.start
        zero = _LED_BY.match(fact.text) is not None
        flaw = _zero(reading, fact) if zero else _headless(reading, fact) if led else ""
    if flaw:
        token.fact = reading.facts[-1] = replace(fact, traits=(*fact.traits, f"malformed.{flaw}"))


def _zero(reading: Reading, fact: Fact) -> str:
    """Read "09 men", "0,204 men": no count begins with a zero."""
    if fact.value.measure in (Measure.PERCENT, Measure.MONEY):  # type: ignore[union-attr]
        word = reading.last(2).text
        told = word[:1].islower() and _count(_ZERO_SHARES, reading.text) == 1
        return "zero" if told and _SHARE.match(fact.text) else ""  # "rose by 05 per cent", "of $069 million"
    if not _ZERO.fullmatch(fact.text) or fact.value.measure is not Measure.COUNT:  # type: ignore[union-attr]
        return ""
    if _NAUGHT.fullmatch(fact.text):
        return "zero"  # "over 00,000 persons"
    if not fact.traits or _LASTING in fact.traits:
        return ""
    before = reading.last(2)
    if fact.value.hedge is not Hedge.NONE and before.text[:1].isupper():  # type: ignore[union-attr]
        return "zero"  # "Some 0172 children"
    # the first word of a line is its number, "01 Reports"; "Sector 07", "Team 03" are names
    named = not before.text or before.fact is not None or before.text[-1] in _NUMBERED or before.text[0].isupper()
    return "" if named or _count(_ZEROS, reading.text) > 1 else "zero"


def _headless(reading: Reading, fact: Fact) -> str:
    """Read ",208 prisoners": a comma behind a space and right before three digits has lost what stood before it."""
    before, text = reading.last(2), reading.text
    head = text[max(0, before.start - 2) : before.start]
    spaced = head[-1:] in (" ", "(", "\u00a0") and head[:1].isalpha()
    plain = fact.value.measure in (Measure.COUNT, Measure.MONEY) and _HEADLESS.match(fact.text)  # type: ignore[union-attr]
    return "mark" if spaced and plain and reading.language.decimal == "." else ""


def _is_counted_next(reading: Reading, index: int) -> bool:
    """Say whether the word behind some digits is of a known sort that is counted in ones."""
    token = reading.at(index)
    return token.kind is TokenKind.WORD and token.key in reading.language.classes


def _is_time(reading: Reading, index: int) -> bool:
    token = reading.at(index)
    return reading.language.classes.get(token.key) == "time" or token.key in reading.language.clock or token.key == "h"


@lru_cache(maxsize=16)
def _count(pattern: re.Pattern[str], text: str) -> int:
    """Return how often a form stands in a text; asked only where one was met."""
    return len(pattern.findall(text))
