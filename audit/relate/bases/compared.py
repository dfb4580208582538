"""The figure that another is set against: "from 760", "compared with 760", "than in 2021, when it had 760"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.facts import TokenKind
from audit.quantity import Measure, Quantity
from audit.relate.clauses.nearby import are_alike
from audit.relate.comparisons import WAYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.facts import Token
    from audit.relate.clauses.structure import Mark

TRENDS = ("increase", "decrease", "double", "triple", "quadruple", "quintuple", "tenfold", "halve")
_APART = (TokenKind.DATE, TokenKind.COMMA, TokenKind.OPEN)
_RATES = (Measure.PERCENT, Measure.POINTS)
_MOVED = ("more", "fewer", "deduct")
_PARTING = ("of_whom", "including", "among", "comprising")
_LEAD = 6
_TAIL = 3
_PAIR = 2
_REACH = 12


def base_cue(other: Mark, tokens: Sequence[Token], mark: Mark) -> str:
    """Return the word that sets another figure against this one: "from 760", "against 760", "than in 2021 (760)"."""
    if abs(other.index - mark.index) > 2 * _REACH:
        return ""
    if _is_of_before(other, tokens, mark):
        return "compared"
    if other.index > mark.index and any(t.cue in _MOVED for t in tokens[other.index + 1 : other.index + _PAIR]):
        return ""  # "98 days, 12 more than in June and 20 fewer than in May": a move of its own
    opened = False
    for place in range(other.index - 1, max(-1, other.index - 1 - 3 * _LEAD), -1):
        token = tokens[place]
        back = other.index - place
        than = token.cue in ("compared", "than") or (token.cue in ("more", "fewer") and " " in token.text)
        if than and (tokens[place + 1].cue in TRENDS or _tells_rate(tokens[mark.index + 1 : place])):
            return (
                ""  # "more than doubled to 12", "16 per cent lower than in 2022 and 12 per cent higher than ... (116)"
            )
        # "un 6 % menos que en 2018, pues en ese año murieron 1.317", "than in the spring, when it had 1,317"
        apart = mark.index < place and any(t.kind in _APART for t in tokens[place : other.index])
        apart = apart and not any(t.kind is TokenKind.FIGURE for t in tokens[mark.index + 1 : place])
        if (than and (back <= _LEAD or apart)) or (token.cue in ("from", "since") and back <= _PAIR):
            return "" if _is_of_a_verb(tokens, place, other.index) else token.cue
        if token.cue in _PARTING and mark.index < place:
            return ""  # "4,500 posts, 1,500 more than last year, of which 2,700 are new"
        if token.cue == "on" and back <= _PAIR and 0 < place - mark.index <= _PAIR:
            # "a 17 per cent increase on the 3,130", "a decrease of 6 per cent on 4,226"
            return "compared" if place - mark.index == 1 or tokens[place - 1].cue in TRENDS else ""
        if token.cue == "to" and place - mark.index == _PAIR and tokens[place + 1].cue == "article":
            return "compared" if tokens[place - 1].cue in TRENDS else ""  # "un 2,9 % superior a los 20.135"
        if token.cue == "via" and back <= _PAIR and place and tokens[place - 1].kind is TokenKind.COMMA:
            return token.cue  # "48.7 million, against 46.2 million approved"
        if opened and token.fact is mark.fact:
            return "compared"  # "up 4 points on the year before (84 per cent)"
        opened = opened or token.kind is TokenKind.OPEN
        if opened and token.cue in WAYS and place > mark.index:
            return token.cue  # "11 per cent higher in the year before (2,456)"
        if token.kind in (TokenKind.FIGURE, TokenKind.SEMICOLON, TokenKind.STOP, TokenKind.CLOSE):
            ended = opened and tokens[place + 1].kind is TokenKind.OPEN and mark.index < place
            # "up 17.3 per cent to 149.1 million (127.1 million a year earlier)"
            return "compared" if ended and leads(tokens, mark.index, place) else ""
    return ""


def _is_of_a_verb(tokens: Sequence[Token], place: int, index: int) -> bool:
    """Say whether the word before a figure belongs to a verb: "fue de 315 millones"; not "fue de 315 a 335"."""
    told = tokens[place].cue == "from" and place > 0 and tokens[place - 1].cue == "verb"
    return told and not any(t.cue in ("to", "until") for t in tokens[index + 1 : index + _LEAD])


def _is_of_before(other: Mark, tokens: Sequence[Token], mark: Mark) -> bool:
    """Say whether a figure is that of the year before in a bracket: "12.5 million (2016: 10.0 million), up 25"."""
    led = [t.kind for t in tokens[max(0, other.index - _TAIL) : other.index]]
    told = led == [TokenKind.OPEN, TokenKind.DATE, TokenKind.COLON]
    behind = [t.kind for t in tokens[other.index + 1 : other.index + 1 + _TAIL]]
    return told and TokenKind.CLOSE in behind and 0 < mark.index - other.index <= _LEAD


def _tells_rate(tokens: Sequence[Token]) -> bool:
    """Say whether another percentage stands among some tokens: what follows it is compared with that one."""
    values = [t.fact.value for t in tokens if t.fact is not None]
    return any(isinstance(v, Quantity) and v.measure in _RATES for v in values)


def leads(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Say whether a word for where a move ends stands right before the last of two tokens."""
    return any(t.cue in ("to", "until") for t in tokens[max(first + 1, last - _TAIL) : last])


def goes_back(tokens: Sequence[Token], mark: Mark) -> bool:
    """Say whether a sentence tells a move of what was told before: "This is an increase of 23 per cent".

    "The figures show an increase of 3 per cent in robberies with firearms" tells of others.
    """
    after = tokens[mark.index + 1 : mark.index + _PAIR]
    own = bool(after) and after[0].cue in ("in", "of", "for")
    return tokens[0].cue in ("article", "there") and tokens[1].cue == "verb" and not own


def compared_ends(ends: Sequence[Mark], tokens: Sequence[Token]) -> tuple[Mark, Mark] | None:
    """Return (before, after) of "It had 390 cases, compared with 125 in 2014. This is an increase of 212 per cent"."""
    if len(ends) != _PAIR or not are_alike(*ends) or not base_cue(ends[1], tokens, ends[0]):
        return None
    return ends[1], ends[0]
