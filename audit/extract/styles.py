"""The separators a document really uses: "1.234,5" or "1,234.5", and spaces between groups of three in English."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from audit.extract.scan import THOUSANDS, WIDE
from audit.late import late

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audit.extract.language import Language

_POINT_GROUPS = late(r"(?<![\d.,])[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?(?![\d.,]*\d)")
_COMMA_GROUPS = late(r"(?<![\d.,])[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?(?![\d.,]*\d)")
_POINT_STYLE = late(r"(?<![\d.,])\d{1,3}(?:\.\d{3}){2,}+(?![\d.])|\d\.\d{3},\d")
_POINT_DECIMALS = late(r"(?<![\d.,])(?:0\.\d++|\d++\.(?:\d{1,2}|\d{4,}+))(?![\d.,]*\d)")
_COMMA_DECIMALS = late(r"(?<![\d.,])(?:0,\d++|\d++,(?:\d{1,2}|\d{4,}+))(?![\d.,]*\d)")
# What can be no decimal: two groups, or a share with its decimal behind the point
_COMMA_STYLE = late(r"(?<![\d.,])\d{1,3}(?:,\d{3}){2,}+(?![\d,])|(?<![\d.,])\d{1,3}\.\d{1,2} ?%")
_COMMA_COUNT = late(r"(?<![\d.,])[1-9]\d{0,2},\d{3} (?P<noun>[^\W\d_]+)(?: (?P<next>[^\W\d_]+))?")
_COUNTED = late(rf"(?P<lead>[^\s\d]+) {THOUSANDS} (?P<noun>[a-z]{{4,}})")
_COMMA_TAILS = late(r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})+,\d{3}(?![\d.,]*\d)")
_POINT_TAILS = late(r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})+\.\d{3}(?![\d.,]*\d)")
_SPACED = late(r" \d{3} \d{3}")
_WIDE_GROUPS = late(WIDE)
_TELLING = 3
_SOME = 2
_NEAR = 40  # characters before a figure that may say what it is: "un promedio diario de"
_WHOLE = frozenset(
    {"person", "matter", "event", "site", "group"}
)  # what is counted in whole numbers: no hours, no years


def with_wide_groups(words: Language, text: str) -> Language:
    """Return the language with spaces between groups of three where a text prints such figures.

    Millions tell it ("1 234 567"), and so do thousands between a word of grammar and a noun ("of 3 400 people"), or
    twice behind other words: "covered 1 250 homes", not "in grade 1 250 pupils" or "4 100 m races".
    """
    leads = {m["lead"].lower() for m in _COUNTED.finditer(text) if m["noun"] not in words.units}
    if len(leads) >= _SOME or not leads.isdisjoint(words.lone_cues):
        return replace(words, wide_groups=True, space_groups=True)
    found = _SPACED.search(text) and _WIDE_GROUPS.search(text)  # what begins with its space is looked for fast
    return replace(words, wide_groups=True) if found else words


def in_style(words: Language, text: str, *, is_record: bool = False) -> Language:
    """Return the language with the separators a document really uses: Spanish is printed "1.234,5" and "1,234.5".

    Three figures tell it, or a single one that counts things: "4,812 quejas".
    In a table of record, where next to every figure is a number, "2,50" alone tells it.
    """
    if is_record and _is_turned(words, text):
        return _turned(words)
    own, other = (_POINT_GROUPS, _COMMA_GROUPS) if words.decimal == "," else (_COMMA_GROUPS, _POINT_GROUPS)
    hits = len(re.findall(r"\.\d{3}" if words.decimal == "." else r",\d{3}", text))
    if not hits or (hits < _TELLING and words.decimal == "."):
        return words  # as nearly always, and found ten times as fast
    foreign = len(other.findall(text))
    if not foreign or (foreign < _TELLING and words.decimal == "."):
        return words
    if words.decimal == "." and not _POINT_STYLE.search(text) and not _is_comma_style(text):
        return words  # "2.480; 16.571" may be decimals; "1.234.567" and "1.234,5" cannot
    decimals, tails = (_COMMA_DECIMALS, _COMMA_TAILS) if words.decimal == "," else (_POINT_DECIMALS, _POINT_TAILS)
    against = sum(len(form.findall(text)) for form in (own, decimals, tails))
    if foreign < _TELLING and (against or not _counts_by_comma(words, text)):
        return words
    if foreign <= 3 * against:
        return words  # "0.465" and "3.5" can only be decimals, and "1.110" beside them is one too, as is "2 748,285"
    return _turned(words)


def _is_comma_style(text: str) -> bool:
    """Say whether a text prints decimals behind commas only, so that "2.560" beside "51,2" has groups of three."""
    printed = len(_COMMA_DECIMALS.findall(text)) >= _TELLING
    return printed and not _POINT_DECIMALS.search(text) and not _COMMA_GROUPS.search(text)


def _counts_by_comma(words: Language, text: str) -> bool:
    """Say whether a text of few figures parts thousands by a comma: "4,812 quejas", which no one counts in thousandths.

    "2,125 hijos por mujer" and "un promedio de 1,345 personas" are rates, and may have three decimals.
    """
    if _COMMA_STYLE.search(text):
        return True
    for match in _COMMA_COUNT.finditer(text):
        if words.classes.get(match["noun"].lower()) not in _WHOLE:
            continue
        before = text[max(0, match.start() - _NEAR) : match.start()].lower().split()
        behind = (match["next"] or "").split()
        if "rate" not in _names(words.tables, before) and not {"per", "by"} & _names(words.cues, behind):
            return True
    return False


def _names(phrases: dict[str, tuple[tuple[tuple[str, ...], str], ...]], found: Iterable[str]) -> set[str]:
    """Return the names of the phrases that begin with one of the words."""
    return {name for word in found for _, name in phrases.get(word, ())}


def _turned(words: Language) -> Language:
    group, decimal = (",", ".") if words.decimal == "," else (".", ",")
    return replace(words, decimal=decimal, groups=(group, *words.groups[1:]))


def _is_turned(words: Language, text: str) -> bool:
    """Say whether figures have decimals behind the other mark, and next to none behind the own one."""
    if len(re.findall(r",\d" if words.decimal == "." else r"\.\d", text)) < _TELLING:
        return False
    own, other = (_POINT_DECIMALS, _COMMA_DECIMALS)[:: -1 if words.decimal == "," else 1]
    foreign = len(other.findall(text))
    return foreign >= _TELLING and foreign > 3 * len(own.findall(text))
