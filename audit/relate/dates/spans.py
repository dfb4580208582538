"""Dates in a sentence: ranges with both ends, and the words ("from", "since", "as of") that say what a date is.

A range is two dates joined by a word or a dash ("from May 2019 to 2 June 2023", "January 2020–January 2024"), or one
printed span of years ("2019–2023"). Dates without a year have no value and take part in nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audit.claims import Claim, ClaimKind, Operand
from audit.facts import FactKind, Period, TokenKind
from audit.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from audit.claims import Basis
    from audit.facts import Fact, Facts, Sentence, Token
    from audit.model import Document

_DIGITS = re.compile(r"\d+")
_LEADS = frozenset({"from", "between", "since"})
_TO = frozenset({"to", "until"})
_BEFORE, _BEHIND = 12, 60
_APART = frozenset({TokenKind.COMMA, TokenKind.OPEN, TokenKind.COLON, TokenKind.SEMICOLON, TokenKind.DASH})


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A range of dates: its ends as printed (the same fact for "2019–2023") and how it was introduced."""

    first: Fact
    last: Fact
    index: int
    end: int
    lead: str = ""
    is_period: bool = True  # no deadline that is moved: "from December 2028 to June 2027" in the middle of a clause

    @property
    def opens(self) -> date:
        """Return the first day the range may begin."""
        return period_of(self.first).first

    @property
    def closes(self) -> date:
        """Return the last day the range may end."""
        return period_of(self.last).last

    @property
    def is_fine(self) -> bool:
        """Say whether both ends are printed to the month or the day."""
        return "year" not in (period_of(self.first).precision, period_of(self.last).precision)


@dataclass(frozen=True, slots=True)
class DatedSentence:
    """A sentence that holds a date, with its ranges."""

    sentence: Sentence
    spans: tuple[DateSpan, ...]


def dated_sentences(bundle: Facts) -> list[DatedSentence]:
    """Return the sentences of a document that hold a date, each read once for all who ask."""
    return [
        DatedSentence(sentence, tuple(spans_of(sentence.tokens)))
        for sentence in bundle.sentences
        if TokenKind.DATE in sentence.kinds
    ]


def period_of(fact: Fact) -> Period:
    """Return the days a date fact stands for; only call it on one that `dated` lets pass."""
    if not isinstance(fact.value, Period):
        msg = f"{fact.id} is not a date"
        raise TypeError(msg)
    return fact.value


def dated(token: Token) -> Fact | None:
    """Return the fact of a date token that has a value, or None."""
    fact = token.fact
    return fact if token.kind is TokenKind.DATE and fact is not None and isinstance(fact.value, Period) else None


def is_ambiguous(fact: Fact) -> bool:
    """Say whether a date in figures may be read in two ways: "05/06/2024" is a day of May or of June."""
    parts = [int(part) for part in _DIGITS.findall(fact.text)]
    return len(parts) == 3 and not any(c.isalpha() for c in fact.text) and parts[0] <= 12 and parts[1] <= 12


def is_impossible(token: Token) -> bool:
    """Say whether a token is a day that no calendar has: a full date was printed, and it has no value."""
    fact = token.fact
    if token.kind is not TokenKind.DATE or fact is None or fact.kind is not FactKind.DATE or fact.value is not None:
        return False
    return any(len(word) == 4 and word.isdecimal() for word in fact.text.replace(",", " ").split())


def spans_of(tokens: Sequence[Token]) -> Iterator[DateSpan]:
    """Yield the ranges of dates of a sentence in order."""
    taken = -1
    for index, token in enumerate(tokens):
        if index < taken or token.kind is not TokenKind.DATE:
            continue
        first = dated(token)
        if first is None:
            continue
        lead = _lead(tokens, index)
        after = index + 2
        while after < len(tokens) and after < index + 4 and tokens[after].cue == "article":
            after += 1
        last = dated(tokens[after]) if after < len(tokens) else None
        if last is not None and _joins(tokens, index + 1, lead):
            yield DateSpan(first, last, index, after + 1, lead, _is_period(tokens, index, lead))
            taken = after + 1
        elif _is_printed_span(first):
            yield DateSpan(first, first, index, index + 1, lead)


def _lead(tokens: Sequence[Token], index: int) -> str:
    for back in (1, 2):
        if index >= back and tokens[index - back].cue in _LEADS:
            return tokens[index - back].cue
        if index >= back and tokens[index - back].cue != "article":
            break
    return ""


def _is_period(tokens: Sequence[Token], index: int, lead: str) -> bool:
    """Say whether a range can only be a period: between two dates, until one, or set apart from the clause."""
    if lead != "from" or tokens[index + 1].cue == "until":
        return True
    start = index - 1 if tokens[index - 1].cue == "from" else index - 2
    return start <= 0 or tokens[start - 1].kind in _APART


def _joins(tokens: Sequence[Token], index: int, lead: str) -> bool:
    joint = tokens[index]
    if joint.kind is TokenKind.DASH:
        return True
    return joint.cue in _TO or (joint.cue == "and" and lead == "between")


def _is_printed_span(fact: Fact) -> bool:
    """Say whether one date prints two years: "2019–2023", not a season such as "2012-13"."""
    return sum(len(part) == 4 and part.isdecimal() for part in fact.text.replace("–", "-").split("-")) == 2


def after_cue(sentence: Sentence, cue: str) -> Iterator[tuple[int, Fact]]:
    """Yield the index of each cue word of one name that a date follows at once, with the date."""
    tokens = sentence.tokens
    for index, token in enumerate(tokens if cue in sentence.cues else ()):
        if token.cue != cue:
            continue
        look = index + 1
        while look < len(tokens) and look < index + 3 and tokens[look].cue in ("article", "in"):
            look += 1
        fact = dated(tokens[look]) if look < len(tokens) else None
        if fact is not None:
            yield index, fact


def date_claim(
    form: str,
    roles: Sequence[tuple[str, Fact]],
    document: Document,
    sentence: Sentence,
    basis: Basis,
    detail: dict[str, str] | None = None,
) -> Claim:
    """Return a claim over dates; it quotes its sentence from a few words before the first to some behind the last."""
    operands = tuple(
        Operand(role=role, text=fact.text, document=document.path, start=fact.start, end=fact.end, fact=fact)
        for role, fact in roles
    )
    first, last = min(o.start for o in operands), max(o.end for o in operands)
    start = max(sentence.start, first - _BEFORE) if first >= sentence.start else first
    if sentence.start < start:
        start = document.text.rfind(" ", sentence.start, start) + 1 or sentence.start
    end = min(sentence.end, last + _BEHIND)
    cut = document.text.rfind(" ", last, end) if end < sentence.end else end
    return Claim(
        kind=ClaimKind.CHRONOLOGY,
        form=form,
        document=document.path,
        start=start,
        end=max(cut, last),
        operands=operands,
        basis=basis,
        detail=detail or {},
    )
