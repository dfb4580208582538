"""Words that mean both "of" and "from": which of the two they say between a trend and a figure.

In "una baja de 14" and "augmenté de 14 postes" the figure is how far something moved, in "bajó de 132 a 120" it is
where the move began. The word is told apart here, once, so that the finders read one cue in every language.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from audit.extract.reading import put
from audit.facts import TokenKind
from audit.quantity import Hedge, Measure, Quantity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.extract.language import Language
    from audit.extract.reading import Reading
    from audit.facts import Token

_TRENDS = frozenset({"increase", "decrease"})
_DESCRIBING = frozenset({"additional", "total", "annual", "average", "verb"})
_ENDS = frozenset({TokenKind.COMMA, TokenKind.SEMICOLON, TokenKind.STOP, TokenKind.COLON, TokenKind.OPEN})
_REACH = 7
_LEAD, _FAR = 2, 12


def name_amounts(tokens: Sequence[Token], language: Language) -> None:
    """Give the cue "by" to the words that lead from a trend to its amount, and "of" to those behind a part."""
    for index, (before, token) in enumerate(pairwise(tokens[:-1])):
        if token.cue == "from" and token.key in language.amounts and _measure(before) is Measure.PERCENT:
            after = tokens[index + 2]
            if after.kind is TokenKind.WORD or after.cue == "article":
                token.cue = "of"  # "el 64 % de la población"; not "un 14 % de 120 a 103"
            continue
        if token.cue == "from" and token.key in language.amounts and _is_drawn(before, tokens[index + 2 :]):
            token.cue = "of"
        if token.cue == "from" and token.key in language.amounts and _is_trend(tokens, index, before):
            behind = tokens[index + 2 : index + 2 + _REACH]
            if behind[0].kind is TokenKind.FIGURE and not _goes_on(behind):
                token.cue = "by"


def name_ends(reading: Reading) -> None:
    """Take the bound off a figure that a move ends at: "creció un 12 %, hasta 448 millones" is no "up to 448"."""
    moved = -1
    for index, token in enumerate(reading.out):
        if token.cue in _TRENDS:
            moved = index
        fact = token.fact
        if fact is None or not isinstance(fact.value, Quantity) or fact.value.hedge is not Hedge.AT_MOST:
            continue
        led = reading.out[max(0, index - _LEAD) : index]
        if 0 <= moved >= index - _FAR and any(t.cue == "until" for t in led):
            put(reading, token, replace(fact, value=replace(fact.value, hedge=Hedge.NONE)))


def _is_trend(tokens: Sequence[Token], index: int, before: Token) -> bool:
    """Say whether a trend stands at an index, or right before the word that stands there: "el alza fue"."""
    word = before.kind is TokenKind.WORD or before.cue in _DESCRIBING
    return before.cue in _TRENDS or (word and index > 0 and tokens[index - 1].cue in _TRENDS)


def _is_drawn(part: Token, behind: Sequence[Token]) -> bool:
    """Say whether a count is of the larger one behind it, whose share follows: "300 de 450 casos (67 %)".

    Without the share the count may be a name: "el puesto 3 de 45".
    """
    few = part.fact.value if part.fact is not None else None
    many = behind[0].fact.value if behind[0].fact is not None else None
    if not isinstance(few, Quantity) or not isinstance(many, Quantity):
        return False
    opened = next((p for p, t in enumerate(behind[:_REACH]) if t.kind is TokenKind.OPEN), len(behind))
    shared = opened + 1 < len(behind) and _measure(behind[opened + 1]) is Measure.PERCENT
    return shared and few.measure is many.measure is Measure.COUNT and few.value < many.value


def _goes_on(tokens: Sequence[Token]) -> bool:
    """Say whether a second end of the same kind follows: "... a 120 plazas"; not "de 4,7 % pour s'établir à 58,2"."""
    first = _measure(tokens[0])
    for token, after in pairwise(tokens[1:]):
        if token.kind in _ENDS:
            return False
        if token.cue == "to" and after.kind is TokenKind.FIGURE:
            return (first is Measure.PERCENT) == (_measure(after) is Measure.PERCENT)
    return False


def _measure(token: Token) -> Measure | None:
    value = token.fact.value if token.fact is not None else None
    return value.measure if isinstance(value, Quantity) else None
