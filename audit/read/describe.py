"""What a document says of itself: language, title, symbol and date, each with where it came from.

Readers pass what their format declares (Word properties, HTML meta tags); what is missing is looked for in the first
blocks of the text.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_STOP_WORDS = {
    "en": "the of and to in that for is was were with by on as are from which this at be has have had an or not it",
    "es": "de la el los las que en y del por con para una un se al es su como más fueron ha han sus entre lo",
    "fr": "le les des et du une un en que qui dans pour au aux par sur est sont avec ce cette ont été il elle"
    " de la et à se ses ou leur leurs dont d l qu soit plus moins aussi",
}
_EDGES = '()[].,;:«»“”"–—-'
_SAMPLE = 20_000
_FEW, _SHORT = 2, 24  # frequent words that tell the language of so short a text
_TELLING = {  # one of these is enough: no name holds them, as "Los Angeles" and "Rio de Janeiro" hold articles
    "en": "and with were was by from persons people women men girls boys",
    "es": "y por con para fue fueron han entre cuales según millón millones años personas mujeres hombres niñas niños",
    "fr": "et dans pour avec ont été dont personnes femmes hommes filles garçons",
}
_HEAD = 40
_LINE = 1_000  # of a paragraph; what a document says of itself stands at the start
_TITLE_LENGTH = 300
_DATE_LINE = 120  # of a line that tells the date of the document, and little else
_SYMBOL = re.compile(
    r"(?<![\w/.])(?:[A-Z]{1,10}(?:/[A-Z0-9][A-Z0-9.-]{0,11}){1,7}(?:\s?\([A-Z]+\))?"
    r"|GAO-\d{2}-\d{1,6}[A-Z]{0,3}|(?:RL|RS|R|IF|IN)\d{5})(?![\w/])"
)
_MONTHS = {
    "en": "january february march april may june july august september october november december",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}
_MONTH = {name: number for names in _MONTHS.values() for number, name in enumerate(names.split(), 1)} | {"setiembre": 9}
_NAMES = "|".join(_MONTH)
_YEAR = re.compile(r"\d{4}")  # every date has one, few lines do
_DATE = re.compile(
    rf"(?P<iso>\d{{4}}-\d\d-\d\d)(?!\d)"
    rf"|(?P<day>\d{{1,2}})(?:er|º|°)?\s+(?:de\s+)?(?P<month>{_NAMES})\s+(?:de\s+|del\s+)?(?P<year>\d{{4}})(?!\d)"
    rf"|(?P<slashed>\d\d?/\d\d?/\d{{4}})(?!\d)"
    rf"|(?<![^\W\d_])(?P<month2>{_NAMES})\s+(?P<day2>\d{{1,2}}),?\s+(?P<year2>\d{{4}})(?!\d)",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"(?:date[ds]?|fecha|published|publicado|releas(?:e|ed)|issued|updated|distr|original|publié)\b", re.IGNORECASE
)


def describe(head: Sequence[str], text: str, declared: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return language, title, symbol and date as far as they are known, and their origins.

    `declared` is what the file itself says.
    """
    found = {key: pair for key, pair in described(head, text, declared).items() if pair[0]}
    facts: dict[str, Any] = {key: value for key, (value, _) in found.items()}
    return facts | {"origins": tuple((key, origin) for key, (_, origin) in found.items())}


def described(head: Sequence[str], text: str, declared: Mapping[str, str] | None = None) -> dict[str, tuple[str, str]]:
    """Return each fact with where it came from."""
    given = declared or {}
    lines = [line.strip()[:_LINE] for line in head[:_HEAD] if line.strip()]
    found: dict[str, tuple[str, str]] = {}
    title = next((line for line in lines if _is_title(line)), "")
    found["title"] = (given["title"], "declared") if given.get("title") else (title, "first line")
    symbol = given.get("symbol") or symbol_of([found["title"][0], *lines[:15]])
    found["symbol"] = (symbol, "declared" if given.get("symbol") else "first lines")
    date = iso_date(given.get("date", ""))
    found["date"] = (date, "declared") if date else (date_of(lines), "first lines")
    spoken = given.get("language", "")[:2].lower()
    found["language"] = (
        (spoken, "declared") if spoken in _STOP_WORDS and not text else (language_of(text, spoken), "its words")
    )
    return found


def _is_title(line: str) -> bool:
    """Return whether a line can be a title: not a date, a symbol or a number alone."""
    if len(line) > _TITLE_LENGTH:
        return False
    rest = _SYMBOL.sub("", _DATE.sub("", line) if _YEAR.search(line) else line)
    return sum(c.isalpha() for c in rest) > 3


def language_of(text: str, declared: str = "") -> str:
    """Return the code of the language most of the frequent words belong to; the declared one when none stands out."""
    middle = max(0, len(text) // 2 - _SAMPLE // 2)
    sample = text[:_SAMPLE] + " " + text[max(_SAMPLE, middle) : max(_SAMPLE, middle) + _SAMPLE]
    # "l'indice": the article is a word of its own; figures are words of no language
    words = Counter(sample.lower().replace("'", " ").replace("’", " ").split())
    for figure in [word for word in words if word[0].isdecimal()]:
        del words[figure]
    stop = _stop_words()
    counts = {code: sum(words[word] for word in stop[code]) for code in stop}
    best = max(counts, key=lambda code: counts[code])
    if counts[best] < 3 or counts[best] * 50 < words.total():
        # a line or two: two words of one language and none so many of another
        short = counts[best] == _FEW and words.total() <= _SHORT and sorted(counts.values())[-_FEW] < _FEW
        return declared if declared in stop else best if short else _told(words) or "en"
    return best


def _told(words: Counter[str]) -> str:
    """Return the one language whose telling words stand in a text too short for anything else, or nothing."""
    plain = {word.strip(_EDGES) for word in words} if words.total() <= _SHORT else set()
    told = [code for code, telling in _TELLING.items() if not plain.isdisjoint(telling.split())]
    return told[0] if len(told) == 1 else ""


@lru_cache(maxsize=1)
def _stop_words() -> dict[str, frozenset[str]]:
    return {code: frozenset(words.split()) for code, words in _STOP_WORDS.items()}


def symbol_of(lines: Sequence[str]) -> str:
    """Return the first document symbol ("S/2025/504", "GAO-26-108485") of some lines."""
    for line in lines:
        for match in _SYMBOL.finditer(line):
            if any(c.isdecimal() for c in match.group()):
                return match.group()
    return ""


def date_of(lines: Sequence[str]) -> str:
    """Return the date of a document: one that fills its line, or follows a word such as "Distr." or "Published"."""
    for line in lines:
        match = _DATE.search(line) if len(line) <= _DATE_LINE and _YEAR.search(line) else None
        if match is None:
            continue
        rest = (line[: match.start()] + line[match.end() :]).strip(" .,;:()|–-")
        if len(rest) <= 12 or _DATED.search(line[: match.start()]):
            return iso_date(match.group())
    return ""


def iso_date(text: str) -> str:
    """Return the ISO form of the first full date of a text, or an empty string."""
    match = _DATE.search(text)
    if match is None:
        return ""
    if match["iso"]:
        return match["iso"]
    if match["slashed"]:
        return _slashed(*(int(part) for part in match["slashed"].split("/")))
    day, month, year = match["day"] or match["day2"], match["month"] or match["month2"], match["year"] or match["year2"]
    return f"{int(year):04}-{_MONTH[month.lower()]:02}-{int(day):02}" if 1 <= int(day) <= 31 else ""


def _slashed(first: int, second: int, year: int) -> str:
    """Return "04/22/2026" as ISO where only one order of day and month is possible, else nothing."""
    month, day = (first, second) if second > 12 else (second, first)
    return f"{year}-{month:02}-{day:02}" if 1 <= month <= 12 < day <= 31 else ""
