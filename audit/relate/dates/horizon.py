"""The horizon of a report: the day its reporting ends, seen from the closing dates of its own periods.

A period that is told as past ("From 2017 to December 2024, it assisted ...") and closes long after every other
closing date of the report may have a mistyped end. A plan may end there as well, so the sentence must report a
figure that was counted, and the report must have many closing dates.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from audit.claims import Basis
from audit.facts import TokenKind
from audit.model import BlockKind
from audit.quantity import Hedge, Measure, Quantity
from audit.relate.dates.spans import DatedSentence, DateSpan, after_cue, date_claim, period_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.claims import Claim
    from audit.facts import Facts, Sentence, Token

_LEAST_DATES = 8
_BEYOND = timedelta(days=75)
_PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM})
_CLAUSE = 24


def horizon(bundle: Facts, dates: Sequence[DatedSentence]) -> Iterator[Claim]:
    """Yield the opening periods of sentences that report a figure, against the latest other closing date."""
    document = bundle.document
    closing: set[date] = set()
    opening: list[tuple[DateSpan, Sentence]] = []
    for read in dates:
        sentence = read.sentence
        if document.blocks[sentence.block].kind not in _PROSE:
            continue
        for span in read.spans:
            if span.lead in ("from", "between") and period_of(span.last).precision != "year":
                closing.add(span.closes)
                if span.index <= 1 and _reports(sentence, span):
                    opening.append((span, sentence))
        states = (period_of(fact) for _, fact in after_cue(sentence, "as_of"))
        closing.update(state.last for state in states if state.precision != "year")
    if len(closing) < _LEAST_DATES:
        return
    ordered = sorted(closing)
    for span, sentence in opening:
        others = [d for d in ordered[-2:] if d != span.closes]
        latest = others[-1]
        if span.closes > latest + _BEYOND:
            basis = Basis(cue="horizon", confidence=70, reasons=("a past period that closes after all others",))
            detail = {"latest": latest.isoformat()}
            roles = [("from", span.first), ("to", span.last)]
            yield date_claim("horizon", roles, document, sentence, basis, detail)


def _reports(sentence: Sentence, span: DateSpan) -> bool:
    """Say whether a comma and, soon after it, a figure follow the period: something counted in it."""
    tokens = sentence.tokens
    if span.end >= len(tokens) or tokens[span.end].kind is not TokenKind.COMMA:
        return False
    return any(_is_counted(t) for t in tokens[span.end : span.end + _CLAUSE])


def _is_counted(token: Token) -> bool:
    """Say whether a figure was counted and not planned: plans are round and hedged, and budgets are money."""
    value = token.fact.value if token.kind is TokenKind.FIGURE and token.fact is not None else None
    if not isinstance(value, Quantity) or value.measure is not Measure.COUNT or value.hedge is not Hedge.NONE:
        return False
    return value.value % 10 != 0
