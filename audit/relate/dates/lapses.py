"""Lapses: the time that is said to lie between two days ("nine days after 22 December", "for six months, until ...").

Forms of words: "on D, N days after E", "N days later, on D" of a day in the sentence before, and "on E ... for N
months, until D" where both are the same day of the month (a mandate that is renewed runs from its old end, and not
from the day it was renewed on).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from audit.claims import Basis
from audit.facts import Period, TokenKind
from audit.quantity import Hedge, Quantity
from audit.relate.clauses.chance import is_one_edit
from audit.relate.dates.spans import date_claim

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.claims import Claim
    from audit.facts import Fact, Facts, Sentence, Token

_SPANS = {"span.day": 1, "span.week": 7, "span.month": 30, "span.year": 365}
_CUES = frozenset({"after", "before", "later", "until"})
_LASTING = "lasting"
_PLAIN_YEAR, _LEAP_YEAR = 2023, 2024  # for days without a year
_REACH, _PAIR, _NEAR = 14, 2, 4
_LONGEST = 400
_CONFIDENCE = 75


def lapses(bundle: Facts) -> Iterator[Claim]:
    """Yield each stated lapse of time with its two days."""
    before: Sentence | None = None
    for sentence in bundle.sentences:
        if before is not None and before.block != sentence.block:
            before = None
        if TokenKind.DATE not in sentence.kinds:
            continue
        if not sentence.cues.isdisjoint((*_CUES, _LASTING)) and TokenKind.FIGURE in sentence.kinds:
            for index in sentence.printed:
                span = _span(sentence.tokens[index])
                if span:
                    yield from _lapse(bundle, before, sentence, index, span)
        before = sentence


def _span(token: Token) -> int:
    """Return how many days the unit of a counted time has, or 0 for anything else and for what is told roughly."""
    value = token.fact.value if token.kind is TokenKind.FIGURE and token.fact is not None else None
    if token.fact is None or not isinstance(value, Quantity) or value.hedge is not Hedge.NONE or value.step != 1:
        return 0
    unit = next((days for trait, days in _SPANS.items() if trait in token.fact.traits), 0)
    return unit if 0 < unit * value.value <= _LONGEST else 0


def _lapse(bundle: Facts, before: Sentence | None, sentence: Sentence, index: int, span: int) -> Iterator[Claim]:
    tokens = sentence.tokens
    rest = tokens[index + 1 : index + 1 + _REACH]
    cue = next((t.cue for t in rest[:3] if t.cue in _CUES), "")
    following = [t.fact for t in rest if t.fact is not None and _day(t)]
    earlier = [t.fact for t in tokens[:index] if t.fact is not None and _day(t)]
    lasting = any(t.cue == _LASTING for t in tokens[max(0, index - _PAIR - 1) : index]) and _is_ranged(rest)
    if lasting and len(following) > 1 and _is_meant(following[0], following[1], tokens[index].fact, span):
        yield from _claim(bundle, sentence, index, (following[0], following[1]), span)
        return
    if not cue or not following:
        return
    if cue in ("after", "before"):
        if len(earlier) == 1 and tokens[index - 1].kind is TokenKind.COMMA and len(following) == 1:
            first, last = (following[0], earlier[0]) if cue == "after" else (earlier[0], following[0])
            yield from _claim(bundle, sentence, index, (first, last), span)
    elif cue == "later":
        known = earlier or [t.fact for t in (before.tokens if before else ()) if t.fact is not None and _day(t)]
        if known and _is_beside(rest):
            fitting = [f for f in known if _fits(f, following[0], tokens[index].fact, span)]
            yield from _claim(bundle, sentence, index, ((fitting or known)[-1], following[0]), span)
    elif len(earlier) == 1 and _is_same_day(earlier[0], following[0]) and span >= _SPANS["span.month"]:
        yield from _claim(bundle, sentence, index, (earlier[0], following[0]), span)


def _is_ranged(rest: Sequence[Token]) -> bool:
    """Say whether the days from one to another follow a length: "45 days, from 1 March to 14 April 2021"."""
    at = next((i for i, t in enumerate(rest[:_PAIR]) if t.kind in (TokenKind.COMMA, TokenKind.OPEN)), -1)
    kinds = [t.kind for t in rest[at + 1 :] if t.cue != "article"]
    cues = [t.cue for t in rest[at + 1 :] if t.cue != "article"]
    return (
        at >= 0
        and cues[:1] == ["from"]
        and len(cues) > _PAIR + 1
        and kinds[1] is kinds[3] is TokenKind.DATE
        and (cues[2] in ("to", "until") or kinds[2] is TokenKind.DASH)
    )


def _is_meant(first: Fact, last: Fact, stated: Fact | None, span: int) -> bool:
    """Say whether a length is that of its days, or would be but for one typing error."""
    days = _apart(first, last)
    if stated is None or days is None or span != 1:
        return False
    told = _stated(stated, span)
    # a trial of 20 days may have sat on 20 of 60
    near = [n for n in (days, days + 1) if abs(told - n) * _NEAR <= n and is_one_edit(str(told), str(n))]
    return bool(near) or told in (days, days + 1)


def _is_beside(rest: Sequence[Token]) -> bool:
    """Say whether a day stands right behind "later": "five days later, on 22 March"."""
    at = next(i for i, t in enumerate(rest) if t.cue == "later")
    near = rest[at + 1 : at + 5]
    return any(_day(t) for t in near) and not any(t.kind in (TokenKind.WORD, TokenKind.FIGURE) for t in near[:2])


def _claim(bundle: Facts, sentence: Sentence, index: int, days: tuple[Fact, Fact], span: int) -> Iterator[Claim]:
    stated, apart = sentence.tokens[index].fact, _apart(*days)
    if stated is None or apart is None:
        return
    roles = [("stated", stated), ("from", days[0]), ("to", days[1])]
    basis = Basis(cue="lapse", confidence=_CONFIDENCE, reasons=("a time between two days is stated",))
    detail = {
        "days": str(apart),
        "stated": str(_stated(stated, span)),
        "room": str(_room(span)),
        "words": f"{stated.text} {stated.label.split(' ')[0]}",
    }
    yield date_claim("lapse", roles, bundle.document, sentence, basis, detail)


def _stated(fact: Fact, span: int) -> int:
    value = fact.value
    return int(value.value) * span if isinstance(value, Quantity) else 0


def _room(span: int) -> int:
    """Return by how many days a lapse may miss: both ends may be counted, and "a year after" is told roughly."""
    return {1: 1, 7: 4, 30: 20}.get(span, 120)


def _fits(first: Fact, last: Fact, stated: Fact | None, span: int) -> bool:
    days = _apart(first, last)
    return stated is not None and days is not None and abs(days - _stated(stated, span)) <= _room(span)


def _day(token: Token) -> bool:
    """Say whether a token is a day, with its year or without."""
    return token.kind is TokenKind.DATE and token.fact is not None and bool(_parts(token.fact))


def _parts(fact: Fact) -> tuple[int, ...]:
    """Return year (0 where none is printed), month and day of a day, or nothing."""
    trait = next((t for t in fact.traits if t.startswith("day.")), "")
    if not trait:
        return ()
    month, day = (int(n) for n in trait.removeprefix("day.").split("-"))
    return (fact.value.first.year if isinstance(fact.value, Period) else 0), month, day


def _is_same_day(first: Fact, last: Fact) -> bool:
    return _parts(first)[2] == _parts(last)[2]


def _apart(first: Fact, last: Fact) -> int | None:
    """Return the days from one day to another; without both years, the other is the next day of its name."""
    one, other = _parts(first), _parts(last)
    full = bool(one[0] and other[0])
    some = _LEAP_YEAR if (2, 29) in (one[1:], other[1:]) else _PLAIN_YEAR
    try:
        start = date(one[0] if full else some, one[1], one[2])
        end = date(other[0] if full else some, other[1], other[2])
    except ValueError:
        return None  # "30 February" is told elsewhere
    days = (end - start).days
    return days if full or days >= 0 else days + 365
