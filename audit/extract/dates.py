"""Dates and periods at their printed precision.

A date is read in full before its digits can be taken for figures: "1 January 2021", "May 2023", "2021–2023",
"2012-13" (a fiscal year: the second number continues the first), "2024/25", "12/05/2024", "2024-05-12".
Impossible days ("31 April") stay dates without a value and are left to the judges.
"""

from __future__ import annotations

import calendar
from datetime import date
from typing import TYPE_CHECKING

from audit.extract.reading import Reading, is_day, is_year
from audit.extract.references import target_of
from audit.facts import FactKind, Period, TokenKind

if TYPE_CHECKING:
    from audit.facts import Token

_PAIR = 2
_A_DATE = "a date"
_TEXTS = ("-number", "-law")


def year_period(first: int, last: int | None = None) -> Period:
    """Return the days from 1 January of one year to 31 December of another."""
    return Period(first=date(first, 1, 1), last=date(last or first, 12, 31), precision="year")


def month_period(year: int, month: int) -> Period:
    """Return the days of a month."""
    return Period(
        first=date(year, month, 1), last=date(year, month, calendar.monthrange(year, month)[1]), precision="month"
    )


def day_period(year: int, month: int, day: int) -> Period | None:
    """Return one day, or None when the calendar does not have it."""
    try:
        only = date(year, month, day)
    except ValueError:
        return None
    return Period(first=only, last=only, precision="day")


def month_of(reading: Reading, index: int) -> int:
    """Return the month (1 to 12) a raw token names, or 0; "may" the verb is not a month."""
    token = reading.at(index)
    if token.kind not in (TokenKind.WORD, TokenKind.CUE):
        return 0
    month = reading.language.months.get(token.key, 0)
    if month and token.kind is TokenKind.CUE and not token.text[0].isupper():
        return 0
    return month


def read_day_first(reading: Reading, index: int) -> int:
    """Read "1 January 2021", "19th of May", "1 and 5 May 2023", "1er au 31 mars"; return the index after it, or 0."""
    token = reading.at(index)
    if not (is_day(token) or _is_ordinal_day(reading, token)):
        return 0
    after = index + 1
    if reading.at(after).cue == "of" or reading.at(after).key in reading.language.date_joiners:
        after += 1
    month = month_of(reading, after)
    if month:
        return _finish_day(reading, token, month, after)
    month, month_index = _month_of_days(reading, index)
    if not month:
        return 0
    year, _ = _year_after(reading, month_index + 1)
    value = day_period(year, month, _day_number(token)) if year else None
    reading.emit(FactKind.DATE, token.start, token.end, value, _A_DATE)
    return index + 1


def _month_of_days(reading: Reading, index: int) -> tuple[int, int]:
    """Return the month that serves a day before others, and its index: "1 and 5 May", "1–5 May", "2, 16 and 30 March".

    More than two days must rise, as those of one month do: figures before a date may be counts.
    """
    days = [_day_number(reading.at(index))]
    named = target_of(reading)[0]  # "bulletin No. 11 - 1 December"
    while True:
        joint = reading.at(index + 1)
        place = index + 2 + (reading.at(index + 2).cue == "article")  # "entre le 9 et le 15 octobre"
        other = reading.at(place)
        apart = joint.kind in (TokenKind.DASH, TokenKind.COMMA) and not named
        joined = apart or joint.cue in ("and", "to", "or")
        if not joined or not (is_day(other) or _is_ordinal_day(reading, other)):
            return 0, index
        days.append(_day_number(other))
        if len(days) > _PAIR and days != sorted(set(days)):
            return 0, index
        month_index = place + 1
        if reading.at(month_index).key in reading.language.date_joiners:
            month_index += 1
        month = month_of(reading, month_index)
        if month:
            return month, month_index
        index = place


def _is_ordinal_day(reading: Reading, token: Token) -> bool:
    if token.key != "suffixed":
        return False
    digits = token.text.rstrip("".join({c for s in reading.language.ordinal_suffixes for c in s}) + "ºª°")
    return digits.isdecimal() and 1 <= int(digits[:3]) <= 31  # "10⁴" is no tenth


def _day_number(token: Token) -> int:
    """Return the day a token prints, with or without a suffix: "19th", "1er"."""
    return int("".join(c for c in token.text if c.isdecimal()))


def _finish_day(reading: Reading, token: Token, month: int, index: int) -> int:
    day = _day_number(token)
    year, after = _year_after(reading, index + 1)
    end = reading.at(after - 1).end
    value = day_period(year, month, day) if year else None
    # "31 April 2023" and "29 February 2023" are printed dates that no calendar has
    reading.emit(FactKind.DATE, token.start, end, value, _A_DATE, label=_day_of(month, day))
    return after


def _day_of(month: int, day: int) -> tuple[str, str, tuple[str, ...]]:
    """Return what tells the day of a date that is printed without its year."""
    return "", "", (f"day.{month}-{day}",)


def _year_after(reading: Reading, index: int) -> tuple[int, int]:
    """Return the year printed at an index (with a comma or "de" before it) and the index after it."""
    look = index
    if reading.at(look).kind is TokenKind.COMMA or reading.at(look).key in reading.language.date_joiners:
        look += 1
    token = reading.at(look)
    if token.key == "digits" and is_year(token.text):
        return int(token.text), look + 1
    return 0, index


def read_month_first(reading: Reading, index: int) -> int:
    """Read "May 2023", "May 5, 2023", "May 5"; return the index after it, or 0."""
    month = month_of(reading, index)
    if not month:
        return 0
    token, after = reading.at(index), index + 1
    if reading.at(after).text == "." and reading.adjoins(after):
        after += 1
    day = reading.at(after)
    if is_day(day) or _is_ordinal_day(reading, day):
        number = _day_number(day)
        year, end = _year_after(reading, after + 1)
        if not year and reading.at(after + 1).kind is TokenKind.WORD:
            return 0  # "In March 27 people": the day would be a count
        reading.emit(
            FactKind.DATE,
            token.start,
            reading.at(end - 1).end,
            day_period(year, month, number) if year else None,
            _A_DATE,
            label=_day_of(month, number),
        )
        return end
    year, end = _year_after(reading, after)
    if not year:
        return 0
    reading.emit(FactKind.PERIOD, token.start, reading.at(end - 1).end, month_period(year, month), _A_DATE)
    return end


def read_numeric(reading: Reading, index: int) -> int:
    """Read "2024-05-12", "12/05/2024", "2021–2023", "2012-13", "2024/25", "1990s"; return the index after it, or 0."""
    token = reading.at(index)
    if token.key == "digits" and target_of(reading)[0] in _TEXTS:
        return 0  # "décret n° 2015-1892" is the number of a text
    if token.key == "suffixed":
        if is_year(token.text[:4]) and token.text[4:] in ("s", "'s", "’s"):
            first = int(token.text[:4])
            reading.emit(FactKind.PERIOD, token.start, token.end, year_period(first, first + 9), _A_DATE)
            return index + 1
        return 0
    parts = _joined(reading, index)
    if len(parts) == 3:
        return _three_parts(reading, index, parts)
    if len(parts) == 2 and is_year(parts[0].text):
        return _year_range(reading, index, parts[1])
    return 0


def _joined(reading: Reading, index: int) -> list[Token]:
    """Return the runs of digits joined to the one at an index by one sort of hyphen or slash without spaces."""
    parts, look, joint = [reading.at(index)], index + 1, ""
    while (
        reading.at(look).text in ("-", "–", "/", "−")
        and (not joint or reading.at(look).text == joint)
        and reading.adjoins(look)
        and reading.adjoins(look + 1)
        and reading.at(look + 1).key == "digits"
    ):
        joint = reading.at(look).text
        parts.append(reading.at(look + 1))
        look += 2
        if len(parts) > 3:
            break
    return parts


def _three_parts(reading: Reading, index: int, parts: list[Token]) -> int:
    texts = [p.text for p in parts]
    if not all(t.isdecimal() for t in texts):
        return 0
    numbers = [int(t) for t in texts]
    if is_year(texts[0]) and len(texts[1]) == 2 and len(texts[2]) == 2:
        value = day_period(*numbers)
    elif is_year(texts[2]) and len(texts[0]) <= 2 and len(texts[1]) <= 2:
        # Day first, unless only month first is possible: official prose outside one country writes the day first.
        value = day_period(numbers[2], numbers[1], numbers[0]) or day_period(numbers[2], numbers[0], numbers[1])
    else:
        return 0
    if value is None:
        return 0
    reading.emit(FactKind.DATE, parts[0].start, parts[2].end, value, _A_DATE)
    return index + 5


def _year_range(reading: Reading, index: int, second: Token) -> int:
    first = reading.at(index)
    year = int(first.text)
    if is_year(second.text):
        last = int(second.text)
    elif len(second.text) == 2 and second.text.isdecimal():
        last = year - year % 100 + int(second.text)
        if reading.at(index + 1).text == "-" and last < year and int(second.text) <= 12:
            return 0  # "2024-05" is a month
        if last < year:
            last += 100
        if last - year > 30:
            return 0
    else:
        return 0
    value = Period(first=date(year, 1, 1), last=date(last, 12, 31), precision="year")
    reading.emit(FactKind.PERIOD, first.start, second.end, value, _A_DATE)
    return index + 3


def read_year(reading: Reading, index: int) -> int:
    """Read a bare year where nothing else can be meant; return the index after it, or 0."""
    token = reading.at(index)
    if token.key != "digits" or not is_year(token.text):
        return 0
    before, after = reading.last(), reading.at(index + 1)
    plain = after.kind is TokenKind.WORD and not after.text[0].isupper()
    # "respecto a 2019", "a finales de 2021": a cue of several words ends in the one that leads to a year
    dated = before.key.rpartition(" ")[2] in reading.language.year_before or before.kind is TokenKind.DATE
    if plain and before.cue == "total" and after.key in reading.language.classes:
        return 0  # "attended by a total of 1842 participants"
    if plain and not (dated or reading.grouped) and after.key not in reading.language.months:
        return 0
    if not "1900" <= token.text <= "2100" and not dated:
        return 0
    reading.emit(FactKind.PERIOD, token.start, token.end, year_period(int(token.text)), _A_DATE)
    return index + 1
