"""Trends whose two ends are set against each other: "fell to 15.1 per cent, compared with 14.6 per cent in 2018".

The word of the trend has to lead to the first end ("rose to", "en hausse, à", "is down (1,628 against ..."), and the
second has to be of a time: "7.1 per cent against 6.5 per cent in Spain" sets two countries against each other.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind
from audit.facts import TokenKind
from audit.quantity import Measure
from audit.relate.clauses.nearby import are_alike, figures
from audit.relate.clauses.operands import claim

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.facts import Token
    from audit.relate.clauses.structure import Mark, Paragraph

_TRENDS = ("increase", "decrease")
_AGAINST = ("compared", "via")
_GAP = 6
_LEAD = 4
_PAIR = 2
_ENDS = (TokenKind.COMMA, TokenKind.CLOSE, TokenKind.SEMICOLON, TokenKind.STOP, TokenKind.OPEN)


def claims(paragraph: Paragraph) -> Iterator[Claim]:
    """Yield the trends of a paragraph that lead to a figure set against that of another time."""
    for clause in paragraph.clauses:
        cues = clause.sentence.cues
        if cues.isdisjoint(_TRENDS) or cues.isdisjoint(_AGAINST):
            continue
        tokens, row = clause.sentence.tokens, figures(clause)
        for after, before in pairwise(row):
            trend = _trend_to(after, tokens)
            if trend and _is_set_against(after, before, tokens) and _is_of_time(before, tokens):
                basis = Basis(cue=trend, confidence=80, reasons=("a trend word and both ends",))
                roles = [("from", before), ("to", after)]
                yield claim(ClaimKind.CHANGE, "trend", paragraph.document, roles, basis, {"trend": trend})


def _trend_to(mark: Mark, tokens: Sequence[Token]) -> str:
    """Return the trend that leads to a figure: "rose to 4", "en hausse, à 4", "is up (4", or an empty string."""
    place = mark.index - 1
    while place > 0 and tokens[place].cue == "article":
        place -= 1
    if tokens[place].kind is TokenKind.OPEN:
        if mark.value.measure in (Measure.PERCENT, Measure.POINTS):
            return ""  # "the rise was smaller (3 per cent against 5 per cent in 2020)" is of the rise
    elif tokens[place].cue != "to":
        return ""
    for back in range(place - 1, max(0, place - _LEAD), -1):
        token = tokens[back]
        if token.cue in _TRENDS:
            return token.cue if _is_told(tokens, back, opened=tokens[place].kind is TokenKind.OPEN) else ""
        if token.kind not in (TokenKind.WORD, TokenKind.COMMA):
            return ""
    return ""


def _is_told(tokens: Sequence[Token], place: int, *, opened: bool) -> bool:
    """Say whether a trend is a verb, or what something "is in": not "the growth of wages", "a slowdown in growth"."""
    lead = tokens[place - 1]
    if lead.cue == "in":
        before = tokens[place - _PAIR]
        return before.cue in ("verb", "remain") or before.kind is TokenKind.COMMA
    return lead.cue == "verb" or (not opened and lead.kind is TokenKind.WORD)


def _is_set_against(after: Mark, before: Mark, tokens: Sequence[Token]) -> bool:
    gap = [t for t in tokens[after.index + 1 : before.index] if t.cue != "article"]
    if not gap or len(gap) > _GAP or gap[-1].cue not in _AGAINST or any(t.cue in _TRENDS for t in gap):
        return False
    if any(t.kind in (TokenKind.OPEN, TokenKind.CLOSE, TokenKind.SEMICOLON) for t in gap):
        return False
    behind = tokens[before.index + 1 : before.index + 2]
    elided = all(t.kind is not TokenKind.WORD for t in behind) or after.fact.head == before.fact.head
    return elided and are_alike(after, before) and after.value.measure is before.value.measure


def _is_of_time(mark: Mark, tokens: Sequence[Token]) -> bool:
    """Say whether a figure is that of a date, or of a time ago: "1 883 au 1er avril 2017", "14,6 % un an plus tôt"."""
    led = False
    for token in tokens[mark.index + 1 : mark.index + 1 + _GAP]:
        if token.kind is TokenKind.DATE or token.cue == "past":
            return True
        if token.kind in (*_ENDS, TokenKind.FIGURE) or (led and token.kind is TokenKind.WORD):
            return False  # "contre 6,5 % en Espagne en 2019"
        led = led or token.kind is TokenKind.CUE
    return False
