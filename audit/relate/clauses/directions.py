"""Where a move begins and ends: "from 85 to 62", "9,200, up from 7,700", "rose to 41 from 38 the previous year"."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from audit.facts import TokenKind
from audit.quantity import Hedge, Measure
from audit.relate.clauses.structure import MARKS

if TYPE_CHECKING:
    from audit.facts import Token
    from audit.relate.clauses.structure import Level, Mark, Paragraph

TRENDS = ("increase", "decrease", "double", "triple", "quadruple", "quintuple", "tenfold", "halve", "ease", "quicken")
# What a word says of the ratio of the second figure to the first.
MULTIPLES = {"double": "2", "triple": "3", "quadruple": "4", "quintuple": "5", "tenfold": "10", "halve": "0.5"}
# A pace that slows is a rate that falls; the time that something takes then grows: "slowed from 11 to 12 minutes".
PACES = {"ease": "decrease", "quicken": "increase"}
WAYS = {word: "decrease" if word == "halve" else "increase" for word in MULTIPLES} | PACES
_HALF = "by_half"  # more by half is 1.5 times, less by half is half
MOVE = "move"
_REACH = 25
_LIGHT = 6
_PAIR = 2


def ends_of(level: Level, first: Mark, last: Mark, paragraph: Paragraph) -> tuple[str, Mark, Mark] | None:
    """Return (word of the trend, before, after) when two neighbouring figures are the ends of a move."""
    return _ends(level, first, last) or _back(level, first, last, paragraph)


def _ends(level: Level, first: Mark, last: Mark) -> tuple[str, Mark, Mark] | None:
    """Return (trend, before, after) when two neighbouring figures are the ends of a move."""
    gap = level.between(first.index, last.index)
    if len(gap) > 12 or any(t.cue == "relative" for t in gap):
        return None  # "à hauteur de 21, avec un parc qui s'élève à 10"
    if first.value.scale != last.value.scale and min(first.value.scale, last.value.scale) == 1:
        return None  # "from 10.3 to 11.6 billion": the scale word serves both
    lead = level.between(first.index - 4, first.index)
    led = lead and (
        lead[-1].cue == "from" or (any(t.cue == "from" for t in lead[-2:]) and lead[-1].kind is TokenKind.WORD)
    )
    # "rose to 34 from 29 per cent, and imports fell to 20": the second verb begins anew
    if led and any(t.cue == "to" for t in gap[-3:]) and not any(t.cue in TRENDS for t in gap):
        trend = _trend_word(level, first.index)
        return (trend, first, last) if trend else None
    # "9,200, up from 7,700" and "3,353, a reduction from 3,500"
    comma = max((p for p, t in enumerate(gap) if t.kind is TokenKind.COMMA), default=-1)
    tail = gap[comma + 1 :]
    moved = [t.cue for t in tail if t.cue in TRENDS]
    onward = level.between(last.index, last.index + 6)
    elided = is_elided(level, last) or first.fact.head == last.fact.head  # "205 files, up on the 244 files of 2021"
    against = any(t.cue == "from" for t in tail[-2:]) or (_is_against(tail, last) and elided)
    if comma >= 0 and len(tail) <= 5 and moved and against:
        goes_on = any(t.cue in ("and", "also") for t in tail) or any(t.cue == "to" for t in onward)
        return None if goes_on else (moved[-1], last, first)
    return None


def _back(level: Level, first: Mark, last: Mark, paragraph: Paragraph) -> tuple[str, Mark, Mark] | None:
    """Return the ends of a move told backwards: "rose to 41 from 38 the previous year"; only English does so.

    The word of the trend must reach the first figure ("aumentó a 41 de 58" is a part), and the second name nothing
    else: "arrivals rose to 410 from 12 countries".
    """
    if paragraph.document.language != "en":
        return None
    lead, gap = level.between(first.index - _LIGHT - 1, first.index), level.between(first.index, last.index)
    moved = any(t.cue in TRENDS for t in lead) and any(t.cue == "to" for t in lead[-_PAIR:])
    if not moved or not gap or gap[-1].cue != "from" or len(gap) > _LIGHT:
        return None
    onward = itertools.takewhile(lambda t: t.kind not in MARKS, level.between(last.index, last.index + _REACH))
    ranged = any(t.cue == "to" for t in onward)  # "fell to 214, from 187 in the north to 27 in the south"
    joined = any(t.cue in ("and", "also", "but", "relative") or t.kind is TokenKind.SEMICOLON for t in gap)
    one = is_elided(level, last) or (last.fact.head == first.fact.head and bool(last.fact.head))
    trend = _trend_word(level, first.index)
    return (trend, last, first) if trend and one and not ranged and not joined else None


def _is_against(tail: list[Token], last: Mark) -> bool:
    """Say whether a figure is set against one before: "an increase over the 60 of the year before"."""
    words = [t.cue for t in tail if t.cue != "article"]
    if last.value.hedge not in (Hedge.NONE, Hedge.OVER) or [t.cue for t in tail[-2:]] == ["more", "than"]:
        return False  # "reduced to 65 million, having lost more than 31", "..., a decrease of about 2 million"
    return bool(words) and words[-1] in ("compared", "than", "via", "out_of")


def is_elided(level: Level, mark: Mark) -> bool:
    """Say whether nothing is named right behind a figure, so that it counts what was counted before."""
    after = level.between(mark.index, mark.index + 2)
    return not after or after[0].kind is not TokenKind.WORD


def _trend_word(level: Level, index: int) -> str:
    """Return the word of a trend or of a plain move that governs two ends: the nearest before in the same clause."""
    for position, token in reversed([(i, t) for i, t in level.tokens if i < index]):
        if token.cue == _HALF:  # "fell by half, from 640 to 320", "rose fivefold, and by half since"
            fallen = any(t.cue == "decrease" for t in level.between(position - 3, position))
            return "halve" if fallen else "increase"
        if token.cue in TRENDS or token.cue == MOVE:
            before = level.between(position - 2, position)
            return before[0].cue if before and before[0].cue in MULTIPLES else token.cue  # "a fourfold rise"
        if token.cue == "moving" and _has_subject(level, position):
            return ""  # "l'écart s'est réduit, les premiers passant de 50 % à 53 %"
        ended = token.kind in (TokenKind.SEMICOLON, TokenKind.STOP) or token.cue == "ranging"
        if ended or index - position > _REACH:
            return ""
    return ""


def _has_subject(level: Level, position: int) -> bool:
    """Say whether a word of moving has a subject of its own: an article and a noun right before it."""
    lead = level.between(position - 4, position)
    return len(lead) > 1 and lead[-1].kind is TokenKind.WORD and any(t.cue == "article" for t in lead[-3:-1])


def is_rate(first: Mark, last: Mark) -> bool:
    """Say whether two figures are rates or money above nought: a fall slows from -3.4 to -1.2 per cent."""
    return all(m.value.measure in (Measure.PERCENT, Measure.MONEY) and m.value.value > 0 for m in (first, last))
