"""Chronology: dates that exist, on their weekday, and in order; each date stands for all the days it may mean.

Forms: `range` (its end is not before its beginning), `impossible`, `weekday`, `since` (a state "as of" a day is not
older than what began "since" another), `title` (a cited title covers the period it is cited for), `dated` and
`horizon` (what is told as past lies before the report and near its other closing dates).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, Operand
from audit.facts import Period, TokenKind
from audit.model import BlockKind
from audit.relate.dates.horizon import horizon
from audit.relate.dates.lapses import lapses
from audit.relate.dates.lifetimes import lifetimes
from audit.relate.dates.spans import (
    DatedSentence,
    DateSpan,
    after_cue,
    date_claim,
    dated,
    dated_sentences,
    is_ambiguous,
    is_impossible,
    period_of,
)
from audit.relate.dates.titles import title_claims

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.facts import Fact, Facts, Sentence, Token
    from audit.model import Document

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_OPENING = 2
_NEIGHBOURS = 2
_SUBJECT, _CLOSE, _FOUNDED = 1, 6, 78
_LEAST_DATED = 5
_LONG_BEFORE = timedelta(days=730)
_MOVES = frozenset({"increase", "decrease"})
_TRENDS = _MOVES | {"compared"}
_PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.NOTE, BlockKind.QUOTE})


def find(bundles: Sequence[Facts]) -> Iterator[Claim]:
    """Yield what each document says about the order of its dates."""
    for bundle in bundles:
        document, dates = bundle.document, dated_sentences(bundle)
        for read in dates:
            yield from _sentence(read, document)
        last_day = _report_day(document)
        if last_day is not None:
            yield from _dated(dates, document, last_day)
        yield from _since(dates, document)
        yield from title_claims(bundle, dates)
        yield from horizon(bundle, dates)
        yield from lapses(bundle)
        yield from lifetimes(bundle, dates)


def _sentence(read: DatedSentence, document: Document) -> Iterator[Claim]:
    sentence, tokens = read.sentence, read.sentence.tokens
    is_prose = document.blocks[sentence.block].kind in _PROSE
    for span in read.spans:
        yield _range(span, sentence, document, is_prose=is_prose)
    for index in sentence.printed if sentence.cues.isdisjoint(WEEKDAYS) else range(len(tokens)):
        token = tokens[index]
        if token.kind is TokenKind.DATE:
            if is_impossible(token) and token.fact is not None:
                roles = [("stated", token.fact)]
                yield date_claim("impossible", roles, document, sentence, _basis(95, "a full date is printed"))
        elif token.cue in WEEKDAYS:
            fact = _date_beside(tokens, index)
            if fact is not None:
                yield _weekday(token, fact, document, sentence)


def _range(span: DateSpan, sentence: Sentence, document: Document, *, is_prose: bool) -> Claim:
    confidence = 80
    if span.lead and span.is_fine:
        confidence = 92 if span.is_period else 85
    if not is_prose or any(t.cue in _TRENDS for t in sentence.tokens):
        # "decreased from 2023 to 2022" and column heads compare a year with the one before it
        confidence = 55 if not span.is_fine else min(confidence, 80)
    if span.lead == "from" and any(t.cue in ("move", "reschedule") for t in sentence.tokens[: span.index]):
        confidence = 0  # "moved the vote from 2029 to 2027": no period
    if is_ambiguous(span.first) or is_ambiguous(span.last):
        confidence = 50
    reasons = ("two dates joined as a range",)
    roles = [("from", span.first), ("to", span.last)]
    basis = Basis(cue=span.lead or "dash", confidence=confidence, reasons=reasons)
    return date_claim("range", roles, document, sentence, basis)


def _date_beside(tokens: Sequence[Token], index: int) -> Fact | None:
    """Return the day printed beside a weekday: "Monday, 3 May 2021", "3 May 2021 (Monday)"."""
    after = index + 1
    if after < len(tokens) and tokens[after].kind is TokenKind.COMMA:
        after += 1
    fact = dated(tokens[after]) if after < len(tokens) else None
    if fact is None and index >= 2 and tokens[index - 1].kind is TokenKind.OPEN:
        fact = dated(tokens[index - 2])
    if fact is None or not isinstance(fact.value, Period) or fact.value.precision != "day" or is_ambiguous(fact):
        return None
    return fact


def _weekday(token: Token, fact: Fact, document: Document, sentence: Sentence) -> Claim:
    word = document.text[token.start : token.end]
    basis = _basis(92, "a weekday beside a full date")
    found = date_claim("weekday", [("stated", fact)], document, sentence, basis, {"weekday": token.cue, "word": word})
    said = Operand(role="weekday", text=word, document=document.path, start=token.start, end=token.end)
    start, end = min(found.start, token.start), max(found.end, token.end)
    return replace(found, start=start, end=end, operands=(said, *found.operands))


def _dated(dates: Sequence[DatedSentence], document: Document, last_day: date) -> Iterator[Claim]:
    """Yield the dates sentences open with ("In March 2023, ...") against the day of the report.

    One date of a later year than the report is odd; several mean that the report looks ahead, or that its own date
    was not read well.
    """
    found: list[tuple[Fact, Sentence]] = []
    for read in dates:
        sentence, tokens = read.sentence, read.sentence.tokens
        if len(tokens) < 3 or tokens[0].cue not in ("in", "on", "during"):
            continue
        fact = dated(tokens[1])
        if fact is not None and tokens[2].kind is TokenKind.COMMA and all(span.index != 1 for span in read.spans):
            found.append((fact, sentence))
    late = sum(period_of(fact).first > last_day for fact, _ in found)
    confidence = 45 if late == 1 and len(found) >= _LEAST_DATED else 30
    detail = {"report": last_day.isoformat(), "printed": document.date}
    for fact, sentence in found:
        basis = _basis(confidence, "a sentence that opens with a date, and the date of the report")
        yield date_claim("dated", [("stated", fact)], document, sentence, basis, dict(detail))


def _since(dates: Sequence[DatedSentence], document: Document) -> Iterator[Claim]:
    """Yield what began "since" one date against the state "as of" another that the same paragraph reports next."""
    began: tuple[Sentence, int, Fact] | None = None
    for position, read in enumerate(dates):
        sentence = read.sentence
        states = [f for i, f in after_cue(sentence, "as_of") if i < _OPENING]
        if not states and sentence.tokens[0].cue == "to" and all(span.index != 1 for span in read.spans):
            # "Al 30 de abril de 2014, ...", "Au 30 avril 2014, ...": the state on that day
            states = [f for i, f in after_cue(sentence, "to") if i == 0]
        here = [f for _, f in after_cue(sentence, "since")]
        if states:
            yield from _founded(dates[position - 1] if position else None, read, states, document)
        if began is not None and began[0].block != sentence.block:
            began = None
        from_here = (sentence, position, here[0]) if here else began
        if from_here is not None:
            for state in states:
                basis = _basis(
                    _confidence(from_here, (sentence, position, state)),
                    "a state as of a date, of something that runs since another",
                )
                roles = [("since", from_here[2]), ("as_of", state)]
                yield date_claim("since", roles, document, sentence, basis)
        if here:
            began = (sentence, position, here[-1])


def _founded(
    before: DatedSentence | None, read: DatedSentence, states: Sequence[Fact], document: Document
) -> Iterator[Claim]:
    """Yield the state of a thing "as of" a day against its beginning in the sentence before: "was created in 2019"."""
    if before is None or before.sentence.block != read.sentence.block:
        return
    begun = [f for t in before.sentence.tokens if (f := dated(t)) is not None and "event.begin" in f.traits]
    subjects = [t.key for t in before.sentence.tokens if t.kind is TokenKind.WORD][:_SUBJECT]
    if len(begun) == 1 and any(t.key in subjects for t in read.sentence.tokens[:_CLOSE]):
        for state in states:
            basis = _basis(_FOUNDED, "a state as of a date, of something that began on another")
            yield date_claim("since", [("since", begun[0]), ("as_of", state)], document, read.sentence, basis)


def _confidence(start: tuple[Sentence, int, Fact], state: tuple[Sentence, int, Fact]) -> int:
    """Return how sure it is that a state older than the beginning is wrong, and no earlier level to compare with."""
    if any(t.cue in _MOVES for sentence in (start[0], state[0]) for t in sentence.tokens):
        return 50
    if period_of(state[2]).precision == "year" or state[1] - start[1] > _NEIGHBOURS:
        return 70  # "as of 2021" may mean "from 2021 on"; a month or a day is a reporting date
    return 90 if period_of(start[2]).first - period_of(state[2]).last > _LONG_BEFORE else 80


def _basis(confidence: int, reason: str) -> Basis:
    return Basis(cue="date", confidence=confidence, reasons=(reason,))


def _report_day(document: Document) -> date | None:
    """Return the last day the printed date of a report may mean, or None when it has none."""
    parts = document.date[:10].split("-")
    try:
        numbers = [int(p) for p in parts if p]
        if len(numbers) == 3:
            return date(*numbers)
        if len(numbers) == 1:
            return date(numbers[0], 12, 31)
        if len(numbers) == 2:
            return date(numbers[0] + numbers[1] // 12, numbers[1] % 12 + 1, 1)
    except ValueError:
        return None
    return None
