"""Changes: growth and fall between stated figures, by how much, and whether the trend word agrees with them."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind
from audit.facts import TokenKind
from audit.quantity import Hedge, Measure
from audit.relate.bases.restated import amount_of_move, is_rebased
from audit.relate.clauses.joints import joint
from audit.relate.clauses.nearby import figures
from audit.relate.clauses.operands import claim
from audit.relate.clauses.structure import MARKS, named_sort

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.facts import Token
    from audit.relate.clauses.structure import Clause, Level, Mark, Paragraph

_TRENDS = ("increase", "decrease", "double", "triple", "quadruple", "quintuple", "tenfold", "halve", "ease", "quicken")
# What a word says of the ratio of the second figure to the first.
_MULTIPLES = {"double": "2", "triple": "3", "quadruple": "4", "quintuple": "5", "tenfold": "10", "halve": "0.5"}
# A pace that slows is a rate that falls; the time that something takes then grows: "slowed from 11 to 12 minutes".
_PACES = {"ease": "decrease", "quicken": "increase"}
_WAYS = {word: "decrease" if word == "halve" else "increase" for word in _MULTIPLES} | _PACES
_HALF = "by_half"  # more by half is 1.5 times, less by half is half
_MOVE = "move"
_TELLING = frozenset({*_TRENDS, _MOVE, "compared"})
_REACH = 25
_LIGHT = 6
_PAIR = 2


def claims(paragraph: Paragraph) -> Iterator[Claim]:
    """Yield the changes of a paragraph: trend words with both ends, and percentages of growth."""
    for clause in paragraph.clauses:
        if _TELLING.isdisjoint(clause.sentence.cues) or "rank" in clause.sentence.cues:
            continue
        scaled = {m.index: m for m in figures(clause)}  # "from 390 to 448 million"
        for level in clause.levels:
            yield from _over(level, paragraph)
            yield from _against(level, clause, paragraph)
            told = [m for m in level.marks if not m.bracketed and not _is_denominator(level, m)]
            marks = [scaled.get(m.index, m) for m in told]
            for position, (first, last) in enumerate(itertools.pairwise(marks)):
                if first.sort != last.sort or "time" in (named_sort(first), named_sort(last)):
                    continue  # "pupils aged from 11 to 14 years" is no move
                found = _ends(level, first, last) or _back(level, first, last, paragraph)
                if found is None:
                    continue
                trend, before, after = found
                if trend in _PACES and not _is_rate(first, last):
                    continue
                if trend == _MOVE:
                    # "pasó de 132 a 120" tells no direction: only its percentage can be wrong
                    trend = _TRENDS[after.value.value < before.value.value]
                    yield from _growth(level, (before, after), trend, paragraph, clause.sentence.tokens)
                    continue
                yield from _growth(level, (before, after), trend, paragraph, clause.sentence.tokens)
                series = _series(level, marks[position + 1 :]) if before is first else [after]
                yield _trend([before, *series], trend, paragraph)


def _is_rate(first: Mark, last: Mark) -> bool:
    """Say whether two figures are rates or money above nought: a fall slows from -3.4 to -1.2 per cent."""
    return all(m.value.measure in (Measure.PERCENT, Measure.MONEY) and m.value.value > 0 for m in (first, last))


def _over(level: Level, paragraph: Paragraph) -> Iterator[Claim]:
    """Yield "1,200 incidents, an increase of 20 per cent over the 1,000 of the year before"."""
    marks = [m for m in level.marks if not m.bracketed and not _is_denominator(level, m)]
    for after, share, before in zip(marks, marks[1:], marks[2:], strict=False):
        if share.value.measure is not Measure.PERCENT or after.sort != before.sort or after.sort == share.sort:
            continue
        lead, tail = level.between(after.index, share.index), level.between(share.index, before.index)
        moved = [t.cue for t in lead if t.cue in _TRENDS]
        comma = any(t.kind is TokenKind.COMMA for t in lead)
        against = any(t.cue in ("compared", "via", "than", "out_of") for t in tail) or _is_from(tail)
        meant = comma and against and named_sort(before) != "time"  # "an increase of 3 per cent over six years"
        meant = meant and not is_rebased([t for _, t in level.tokens], bisect_left(level.tokens, (share.index,)))
        if meant and len(moved) == 1 and len(lead) <= _REACH // 2 and len(tail) <= _LIGHT:
            basis = Basis(cue="over", confidence=88, reasons=("a percentage of growth and both ends",))
            roles = [("stated", share), ("from", before), ("to", after)]
            yield claim(
                ClaimKind.CHANGE, "growth", paragraph.document, roles, basis, {"trend": _WAYS.get(moved[0], moved[0])}
            )


def _is_from(tail: Sequence[Token]) -> bool:
    """Say whether a figure is led in by "from"; not "à hauteur de 21", where the same word ties it to a noun."""
    place = next((p for p, t in enumerate(tail) if t.cue == "from"), -1)
    return place == 0 or (place > 0 and tail[place - 1].kind is not TokenKind.WORD)


def _against(level: Level, clause: Clause, paragraph: Paragraph) -> Iterator[Claim]:
    """Yield "42,443 calls, compared with 39,130 in 2014 (+8.5 per cent)": only a sign or a word makes it a growth."""
    marks = [m for m in level.marks if not m.bracketed and not _is_denominator(level, m)]
    for after, before in itertools.pairwise(marks):
        gap = level.between(after.index, before.index)
        alike = after.sort == before.sort and (_is_elided(level, before) or after.fact.head == before.fact.head)
        rate = any(t.cue == "per" for t in gap[:_PAIR])  # "12.5 per 1,000 live births in 2015, compared with 15.6"
        if not alike or before.value.measure is Measure.PERCENT or len(gap) > (_REACH // 2 if rate else _LIGHT):
            continue
        if not any(t.cue == "compared" for t in gap) or any(t.cue in _TRENDS for t in gap):
            continue
        behind = [m for m in level.marks if before.index < m.index <= before.index + 2 * _LIGHT]
        if len(behind) > 1 and behind[0].index == amount_of_move(clause.sentence.tokens, behind[1].index):
            behind = behind[1:]  # "compared to 31,206 in 2014, an increase of 1,926, or 6.2 per cent"
        share = behind[0] if behind else None
        trend = _told(level, clause, before, share) if share is not None else ""
        if trend and share is not None and not is_rebased(clause.sentence.tokens, share.index):
            basis = Basis(cue="against", confidence=88, reasons=("a percentage of growth and both ends",))
            roles = [("stated", share), ("from", before), ("to", after)]
            yield claim(ClaimKind.CHANGE, "growth", paragraph.document, roles, basis, {"trend": trend})


def _told(level: Level, clause: Clause, before: Mark, share: Mark) -> str:
    """Return which way a percentage behind two compared figures says they moved, or an empty string."""
    if share.value.measure is not Measure.PERCENT:
        return ""
    if share.bracketed:
        if share.value.value < 0:
            return "increase"  # the sign is part of the figure
        led = clause.sentence.tokens[share.index - 1]
        signs = {"+": "increase", "-": "decrease", "–": "decrease", "−": "decrease"}
        if led.cue in _TRENDS or led.text in signs:
            return led.cue if led.cue in _TRENDS else signs[led.text]  # "(up 15 per cent)", "(+15 per cent)"
    gap = level.between(before.index, share.index)
    words = [t.cue for t in gap if t.cue in _TRENDS]
    plain = not any(t.cue in ("and", "also", "but") or t.kind is TokenKind.SEMICOLON for t in gap)
    return words[0] if len(words) == 1 and plain else ""


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
    if led and any(t.cue == "to" for t in gap[-3:]) and not any(t.cue in _TRENDS for t in gap):
        trend = _trend_word(level, first.index)
        return (trend, first, last) if trend else None
    # "9,200, up from 7,700" and "3,353, a reduction from 3,500"
    comma = max((p for p, t in enumerate(gap) if t.kind is TokenKind.COMMA), default=-1)
    tail = gap[comma + 1 :]
    moved = [t.cue for t in tail if t.cue in _TRENDS]
    onward = level.between(last.index, last.index + 6)
    elided = _is_elided(level, last) or first.fact.head == last.fact.head  # "205 files, up on the 244 files of 2021"
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
    moved = any(t.cue in _TRENDS for t in lead) and any(t.cue == "to" for t in lead[-_PAIR:])
    if not moved or not gap or gap[-1].cue != "from" or len(gap) > _LIGHT:
        return None
    onward = itertools.takewhile(lambda t: t.kind not in MARKS, level.between(last.index, last.index + _REACH))
    ranged = any(t.cue == "to" for t in onward)  # "fell to 214, from 187 in the north to 27 in the south"
    joined = any(t.cue in ("and", "also", "but", "relative") or t.kind is TokenKind.SEMICOLON for t in gap)
    one = _is_elided(level, last) or (last.fact.head == first.fact.head and bool(last.fact.head))
    trend = _trend_word(level, first.index)
    return (trend, last, first) if trend and one and not ranged and not joined else None


def _is_against(tail: list[Token], last: Mark) -> bool:
    """Say whether a figure is set against one before: "an increase over the 60 of the year before"."""
    words = [t.cue for t in tail if t.cue != "article"]
    if last.value.hedge not in (Hedge.NONE, Hedge.OVER) or [t.cue for t in tail[-2:]] == ["more", "than"]:
        return False  # "reduced to 65 million, having lost more than 31", "..., a decrease of about 2 million"
    return bool(words) and words[-1] in ("compared", "than", "via", "out_of")


def _is_elided(level: Level, mark: Mark) -> bool:
    """Say whether nothing is named right behind a figure, so that it counts what was counted before."""
    after = level.between(mark.index, mark.index + 2)
    return not after or after[0].kind is not TokenKind.WORD


def _is_denominator(level: Level, mark: Mark) -> bool:
    """Say whether a figure is what a rate is told by: "197 per 100,000 live births"."""
    before = level.between(mark.index - 2, mark.index)
    return bool(before) and before[-1].cue == "per"


def _trend_word(level: Level, index: int) -> str:
    """Return the word of a trend or of a plain move that governs two ends: the nearest before in the same clause."""
    for position, token in reversed([(i, t) for i, t in level.tokens if i < index]):
        if token.cue == _HALF:  # "fell by half, from 640 to 320", "rose fivefold, and by half since"
            fallen = any(t.cue == "decrease" for t in level.between(position - 3, position))
            return "halve" if fallen else "increase"
        if token.cue in _TRENDS or token.cue == _MOVE:
            before = level.between(position - 2, position)
            return before[0].cue if before and before[0].cue in _MULTIPLES else token.cue  # "a fourfold rise"
        ended = token.kind in (TokenKind.SEMICOLON, TokenKind.STOP) or token.cue == "ranging"
        if ended or index - position > _REACH:
            return ""
    return ""


def _series(level: Level, marks: list[Mark]) -> list[Mark]:
    """Return the figures that continue the second end: "to 129,768 in 2021, 119,225 in 2022 and 140,948 in 2023"."""
    series = marks[:1]
    for mark in marks[1:]:
        again = any(t.cue == "from" for t in level.between(series[-1].index, mark.index))  # "and from 10 to 21"
        moved = any(t.cue == "by" for t in level.between(mark.index - 2, mark.index))  # "..., and of nurses by 12"
        if mark.sort != series[-1].sort or again or moved or joint(level, series[-1], mark) != "comma":
            break
        series.append(mark)
    return series


def _trend(marks: list[Mark], word: str, paragraph: Paragraph) -> Claim:
    trend = _WAYS.get(word, word)
    if word in _MULTIPLES and len(marks) == 2:
        basis = Basis(cue=word, confidence=82, reasons=("a multiple and both its ends",))
        detail = {"trend": trend, "multiple": _MULTIPLES[word]}
        return claim(
            ClaimKind.CHANGE, "multiple", paragraph.document, [("from", marks[0]), ("to", marks[1])], basis, detail
        )
    basis = Basis(cue=trend, confidence=90 if len(marks) == 2 else 70, reasons=("a trend word and both ends",))
    roles = [("from", marks[0]), ("to", marks[1]), *(("then", m) for m in marks[2:])]
    return claim(ClaimKind.CHANGE, "trend", paragraph.document, roles, basis, {"trend": trend})


def _is_of_another(level: Level, mark: Mark, ends: tuple[int, int], trend: str) -> bool:
    """Say whether a percentage tells another move ("while prices fell by 7 per cent") or a share."""
    if mark.bracketed and mark.index < ends[0]:
        return True
    gap = level.between(ends[1], mark.index) if mark.index > ends[1] else level.between(mark.index, ends[0])
    if mark.index < ends[0] and any(t.kind is TokenKind.SEMICOLON for t in gap):
        return True  # "The target is a cut of 40 per cent; they have fallen from 520 to 390 since 2005"
    moved = [t.cue for t in gap if t.cue in _TRENDS]
    ranged = next((p for p, t in enumerate(gap) if t.cue == "between"), len(gap))  # "between 2020 and 2021, from ..."
    apart = [t for p, t in enumerate(gap) if t.cue != "and" or p < ranged]
    return any(cue != trend for cue in moved) or any(t.cue in ("and", "also", "but") for t in apart)


def _is_that_is(level: Level, after: Mark, mark: Mark) -> bool:
    """Say whether a percentage only says a move again: "de 520 en 2020 a 364 en 2021, es decir, un 30 %"."""
    gap = level.between(after.index, mark.index)
    onward = level.between(mark.index, mark.index + 2)
    said = any(t.cue in ("or", "comprising") for t in gap[-3:]) and not any(t.cue == "verb" for t in gap)
    return said and not any(t.cue in ("of", "from") for t in onward)  # "soit 70 % du total" is a share


def _is_end(level: Level, mark: Mark) -> bool:
    """Say whether a percentage is where something else went to: "with their share rising from 49 to 54 per cent"."""
    lead, onward = level.between(mark.index - 2, mark.index), level.between(mark.index, mark.index + 3)
    second = any(t.cue == "to" for t in lead) and any(m.index == mark.index - 2 for m in level.marks)
    first = any(t.cue == "from" for t in lead) and [t.cue for t in onward[:1]] == ["to"]
    return second or (first and any(m.index == mark.index + 2 for m in level.marks))


def _growth(
    level: Level, ends: tuple[Mark, Mark], trend: str, paragraph: Paragraph, tokens: Sequence[Token]
) -> Iterator[Claim]:
    """Yield the percentage by which a move is said to go, when it is printed beside it."""
    before, after = ends
    if before.value.measure is Measure.PERCENT:
        return
    inside = (min(before.index, after.index), max(before.index, after.index))
    for mark in level.marks:
        if mark.value.measure is not Measure.PERCENT or _is_end(level, mark):
            continue
        near = 0 <= inside[0] - mark.index <= 10 or 0 <= mark.index - inside[1] <= 10
        words = level.between(mark.index - 5, mark.index + 3)
        said = (
            any(t.cue in _TRENDS or t.cue == "by" for t in words) or mark.bracketed or _is_that_is(level, after, mark)
        )
        if near and said and not _is_of_another(level, mark, inside, trend) and not is_rebased(tokens, mark.index):
            basis = Basis(cue="growth", confidence=88, reasons=("a percentage of growth and both ends",))
            roles = [("stated", mark), ("from", before), ("to", after)]
            # the sign of "declined from 28,340 to 21,255 (-25 per cent)" is part of the figure
            way = "increase" if mark.value.value < 0 else _WAYS.get(trend, trend)
            yield claim(ClaimKind.CHANGE, "growth", paragraph.document, roles, basis, {"trend": way})
            return
