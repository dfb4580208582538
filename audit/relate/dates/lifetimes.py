"""Lifetimes: what began and ended, how old it grew, and the stated length of a period that is printed with its dates.

Forms: `events` ("began in 2019 and ended in 2017": no noun between the two, so that both are told of one thing),
`age` ("born in 1956 and died in 2001 at the age of 54") and `length` ("the 18-month period from January 2021 to
December 2021").
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from audit.claims import Basis
from audit.facts import Period, TokenKind
from audit.quantity import Hedge, Quantity
from audit.relate.dates.spans import date_claim, dated, is_ambiguous, period_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from audit.claims import Claim
    from audit.facts import Fact, Facts, Token
    from audit.relate.dates.spans import DatedSentence, DateSpan

_JOINTS = frozenset(
    {"and", "but", "then", "later", "in", "on", "at", "verb", "before", "also", "until", "relative", "via"}
)
_LEADS = frozenset({"from", "between", "article", "of"})  # "de 2014 a 2021"
_WORDS = 3  # between two events of one thing: "and formally entered into force in"
_SURE = 80
_PARTS = 3  # tokens before the last part of a length of time
_MONTHS = 12
_REACH = 20
_LIFE = ("from", "to")
_WHEN = frozenset({"relative", "during"})


def lifetimes(bundle: Facts, dates: Sequence[DatedSentence]) -> Iterator[Claim]:
    """Yield the events, ages and lengths that the sentences of a document tell with both of their dates."""
    for read in dates:
        tokens = read.sentence.tokens
        for span in read.spans:
            yield from _length(bundle, read, span)
        yield from _age_then(bundle, read)
        told = [(i, t.fact) for i, t in enumerate(tokens) if t.fact is not None and _event(t.fact)]
        for (at, first), (then, last) in itertools.pairwise(told):
            between, lapse = _without_lapse(tokens[at + 1 : then])
            if (_event(first), _event(last)) == ("begin", "end") and _is_of_one(between):
                basis = Basis(cue="events", confidence=_SURE, reasons=("a beginning and an end of one thing",))
                yield date_claim("events", [("from", first), ("to", last)], bundle.document, read.sentence, basis)
                yield from _age(bundle, read, (first, last), tokens[then + 1 :])
                if lapse:
                    yield from _of_length(bundle, read, (first, last), lapse, _MONTHS)


def _event(fact: Fact) -> str:
    """Return "begin" or "end" where a date has a value and such a verb before it."""
    if not isinstance(fact.value, Period) or is_ambiguous(fact):
        return ""
    return next((t.removeprefix("event.") for t in fact.traits if t.startswith("event.")), "")


def _without_lapse(between: Sequence[Token]) -> tuple[Sequence[Token], str]:
    """Return the tokens between two events without "after eight years", and that length as `lasting.year.8`."""
    for place in range(1, len(between) - 1):
        fact = between[place].fact
        if between[place - 1].cue == "after" and fact is not None and (lapse := _counted(fact)):
            return [*between[: place - 1], *between[place + 2 :]], lapse
    return between, ""


def _is_of_one(between: Sequence[Token]) -> bool:
    """Say whether nothing between two events names another subject."""
    if between and between[-1].cue == "article":
        between = between[:-1]  # "el 1 de enero", "le 1er janvier"
    words = sum(t.kind is TokenKind.WORD for t in between)
    rest = [t for t in between if t.kind is not TokenKind.WORD]
    return words <= _WORDS and all(t.cue in _JOINTS or t.kind is TokenKind.COMMA for t in rest)


def _age(bundle: Facts, read: DatedSentence, life: tuple[Fact, Fact], behind: Sequence[Token]) -> Iterator[Claim]:
    stated = next((t.fact for t in behind if t.fact is not None and "age" in t.fact.traits), None)
    born, died = (f.value for f in life)
    if stated is None or not isinstance(born, Period) or not isinstance(died, Period):
        return
    least, most = _years(born.last, died.first), _years(born.first, died.last)
    if not isinstance(stated.value, Quantity) or least < 0:
        return
    roles = [("stated", stated), ("from", life[0]), ("to", life[1])]
    basis = Basis(cue="age", confidence=_SURE, reasons=("an age between a birth and a death",))
    yield date_claim("age", roles, bundle.document, read.sentence, basis, {"least": str(least), "most": str(most)})


def _age_then(bundle: Facts, read: DatedSentence) -> Iterator[Claim]:
    """Yield an age at the time of something: "was born in 1984 and was 37 years old when she was elected in 2021"."""
    tokens = read.sentence.tokens
    days = [i for i in read.sentence.printed if dated(tokens[i]) is not None]
    if len(days) != len(_LIFE) or days[1] - days[0] > _REACH:
        return
    born, then = (dated(tokens[i]) for i in days)
    ages = [i for i in range(days[0], days[1]) if (f := tokens[i].fact) is not None and "span.year" in f.traits]
    if born is None or then is None or _event(born) != "begin" or len(ages) != 1:
        return
    at = ages[0]
    stated, near = tokens[at].fact, tokens[at + 2 : at + 2 + len(_LIFE)]
    if stated is not None and any(t.cue in _WHEN for t in near) and isinstance(stated.value, Quantity):
        least = _years(period_of(born).last, period_of(then).first)
        detail = {"least": str(least), "most": str(_years(period_of(born).first, period_of(then).last))}
        basis = Basis(cue="age", confidence=_SURE, reasons=("an age between a birth and another day",))
        roles = [("stated", stated), ("from", born), ("to", then)]
        yield date_claim("age", roles, bundle.document, read.sentence, basis, detail)


def _years(first: date, last: date) -> int:
    """Return the full years between two days."""
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


def _told_before(read: DatedSentence, span: DateSpan) -> str:
    """Return the length of time told right before a period: "lasted three years, from 2014 to 2016"."""
    tokens = read.sentence.tokens
    index = span.index - 1
    while index > 0 and tokens[index].cue in _LEADS:
        index -= 1
    if index < 2 or index == span.index - 1 or tokens[index].kind not in (TokenKind.COMMA, TokenKind.OPEN):
        return ""
    fact = tokens[index - 2].fact
    if fact is None or not isinstance(fact.value, Quantity) or fact.value.hedge is not Hedge.NONE:
        return ""
    earlier = [t.fact for t in tokens[max(0, index - 2 - _PARTS) : index - 2] if t.fact is not None]
    if any(t.startswith("span.") for other in earlier for t in other.traits):
        return ""  # "two years and six months, from January 2019 to July 2021"
    return _counted(fact)


def _counted(fact: Fact) -> str:
    """Return a counted length of time as `lasting.year.8`, or nothing for what is told roughly or is none."""
    unit = next((t.removeprefix("span.") for t in fact.traits if t in ("span.month", "span.year")), "")
    value = fact.value
    plain = isinstance(value, Quantity) and value.step == 1 and value.hedge is Hedge.NONE
    return f"lasting.{unit}.{value.value}" if unit and plain and isinstance(value, Quantity) else ""


def _length(bundle: Facts, read: DatedSentence, span: DateSpan) -> Iterator[Claim]:
    """Yield a period whose length is printed beside it, in months or years."""
    trait = next((t for t in span.first.traits if t.startswith("lasting.")), "") or _told_before(read, span)
    if trait:
        yield from _of_length(bundle, read, (span.first, span.last), trait)


def _of_length(
    bundle: Facts, read: DatedSentence, ends: tuple[Fact, Fact], trait: str, room: int = 0
) -> Iterator[Claim]:
    """Yield the length of what lies between two dates, which may be told some months too short."""
    first, last = (fact.value for fact in ends)
    if not isinstance(first, Period) or not isinstance(last, Period):
        return
    _, unit, length = trait.split(".")
    least = (last.first.year - first.last.year) * _MONTHS + last.first.month - first.last.month - 1
    most = (last.last.year - first.first.year) * _MONTHS + last.last.month - first.first.month + 1
    if unit == "year" and first.precision == last.precision == "year":
        # both years counted or one of them; a season or a term may begin and end in the middle of one
        least, most = (last.last.year - first.first.year) * _MONTHS, (last.last.year - first.first.year + 1) * _MONTHS
    elif unit == "year":
        least, most = least - _MONTHS // 2, most + _MONTHS // 2  # years are told roughly
    basis = Basis(cue="length", confidence=_SURE - 5, reasons=("the length of a period beside its dates",))
    detail = {"length": length, "unit": unit, "least": str(least - room), "most": str(most)}
    yield date_claim("length", [("from", ends[0]), ("to", ends[1])], bundle.document, read.sentence, basis, detail)
