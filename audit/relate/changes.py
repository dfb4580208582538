"""Changes: growth and fall between stated figures, by how much, and whether the trend word agrees with them."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind
from audit.facts import TokenKind
from audit.quantity import Measure
from audit.relate.bases.rebased import amount_of_move, is_rebased
from audit.relate.clauses.directions import MOVE, MULTIPLES, PACES, TRENDS, WAYS, ends_of, is_elided, is_rate
from audit.relate.clauses.joints import joint
from audit.relate.clauses.nearby import figures
from audit.relate.clauses.operands import claim
from audit.relate.clauses.structure import named_sort

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.facts import Token
    from audit.relate.clauses.structure import Clause, Level, Mark, Paragraph

_TELLING = frozenset({*TRENDS, MOVE, "compared"})
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
            yield from _in_bracket(level, paragraph)
            told = [m for m in level.marks if not m.bracketed and not _is_denominator(level, m)]
            marks = [scaled.get(m.index, m) for m in told]
            for position, (first, last) in enumerate(itertools.pairwise(marks)):
                if first.sort != last.sort or "time" in (named_sort(first), named_sort(last)):
                    continue  # "pupils aged from 11 to 14 years" is no move
                found = ends_of(level, first, last, paragraph)
                if found is None:
                    continue
                trend, before, after = found
                if trend in PACES and not is_rate(first, last):
                    continue
                if trend == MOVE:
                    # "pasó de 132 a 120" tells no direction: only its percentage can be wrong
                    trend = TRENDS[after.value.value < before.value.value]
                    yield from _growth(level, (before, after), trend, paragraph, clause.sentence.tokens)
                    continue
                yield from _growth(level, (before, after), trend, paragraph, clause.sentence.tokens)
                # "from 14 in 2012 to 34 and 32 in 2013 and 2014 respectively": each against the first
                alone = before is not first or "respectively" in clause.sentence.cues
                series = [after] if alone else _series(level, marks[position + 1 :])
                yield _trend([before, *series], trend, paragraph)


def _over(level: Level, paragraph: Paragraph) -> Iterator[Claim]:
    """Yield "1,200 incidents, an increase of 20 per cent over the 1,000 of the year before"."""
    marks = [m for m in level.marks if not m.bracketed and not _is_denominator(level, m)]
    for after, share, before in zip(marks, marks[1:], marks[2:], strict=False):
        if share.value.measure is not Measure.PERCENT or after.sort != before.sort or after.sort == share.sort:
            continue
        lead, tail = level.between(after.index, share.index), level.between(share.index, before.index)
        moved = [t.cue for t in lead if t.cue in TRENDS]
        comma = any(t.kind is TokenKind.COMMA for t in lead)
        against = any(t.cue in ("compared", "via", "than", "out_of") for t in tail) or _is_from(tail)
        # not "an increase of 3 per cent over six years", "107 days, so that it fell by 38 per cent, from 290 to 180"
        onward = level.between(before.index, before.index + 2)
        apart = "time" in (named_sort(before), named_sort(after)) or any(t.cue in ("to", "until") for t in onward)
        # not "a rise of 6 per cent on 2021 (7.92 million): fruit 3.71 million"
        apart = apart or any(t.kind in (TokenKind.COLON, TokenKind.SEMICOLON) for t in tail)
        meant = comma and against and not apart
        meant = meant and not is_rebased([t for _, t in level.tokens], bisect_left(level.tokens, (share.index,)))
        if meant and len(moved) == 1 and len(lead) <= _REACH // 2 and len(tail) <= _LIGHT:
            basis = Basis(cue="over", confidence=88, reasons=("a percentage of growth and both ends",))
            roles = [("stated", share), ("from", before), ("to", after)]
            yield claim(
                ClaimKind.CHANGE, "growth", paragraph.document, roles, basis, {"trend": WAYS.get(moved[0], moved[0])}
            )


def _in_bracket(level: Level, paragraph: Paragraph) -> Iterator[Claim]:
    """Yield "a 27 per cent decrease in incidents (from 257 to 188)": a bracket tells the ends of what stands before."""
    outer = level.parent
    told = [m for m in outer.marks if m.index < level.opened] if outer is not None else []
    if outer is None or not told or len(level.marks) != _PAIR or told[-1].value.measure is not Measure.PERCENT:
        return
    before, after = level.marks
    share, lead, gap = told[-1], level.between(level.opened, before.index), level.between(before.index, after.index)
    if [t.cue for t in lead] != ["from"] or not gap or gap[-1].cue != "to" or len(gap) > _LIGHT or share.bracketed:
        return
    words = outer.between(share.index, level.opened)
    moved = [t.cue for t in words if t.cue in ("increase", "decrease")]
    # not "12 per cent of the sites with a decrease in flow (from 400 to 300)"
    beside = any(t.cue in ("increase", "decrease") for t in words[:_PAIR])
    own = any(
        t.kind is TokenKind.WORD for t in level.between(after.index, after.index + _PAIR)
    )  # "(from 3 to 5 countries)"
    apart = any(t.cue in ("and", "also", "but", "by") or t.kind is TokenKind.SEMICOLON for t in words)
    plain = before.sort == after.sort and before.value.measure is not Measure.PERCENT and not own
    if plain and beside and len(moved) == 1 and not apart and len(words) <= _REACH // 2:
        basis = Basis(cue="bracket", confidence=85, reasons=("a percentage of growth and both ends",))
        roles = [("stated", share), ("from", before), ("to", after)]
        yield claim(ClaimKind.CHANGE, "growth", paragraph.document, roles, basis, {"trend": moved[0]})


def _is_from(tail: Sequence[Token]) -> bool:
    """Say whether a figure is led in by "from"; not "à hauteur de 21", where the same word ties it to a noun."""
    place = next((p for p, t in enumerate(tail) if t.cue == "from"), -1)
    return place == 0 or (place > 0 and tail[place - 1].kind is not TokenKind.WORD)


def _against(level: Level, clause: Clause, paragraph: Paragraph) -> Iterator[Claim]:
    """Yield "42,443 calls, compared with 39,130 in 2014 (+8.5 per cent)": only a sign or a word makes it a growth."""
    marks = [m for m in level.marks if not m.bracketed and not _is_denominator(level, m)]
    for after, before in itertools.pairwise(marks):
        gap = level.between(after.index, before.index)
        alike = after.sort == before.sort and (is_elided(level, before) or after.fact.head == before.fact.head)
        rate = any(t.cue == "per" for t in gap[:_PAIR])  # "12.5 per 1,000 live births in 2015, compared with 15.6"
        if not alike or before.value.measure is Measure.PERCENT or len(gap) > (_REACH // 2 if rate else _LIGHT):
            continue
        if not any(t.cue == "compared" for t in gap) or any(t.cue in TRENDS for t in gap):
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
        if led.cue in TRENDS or led.text in signs:
            return led.cue if led.cue in TRENDS else signs[led.text]  # "(up 15 per cent)", "(+15 per cent)"
    gap = level.between(before.index, share.index)
    words = [t.cue for t in gap if t.cue in TRENDS]
    plain = not any(t.cue in ("and", "also", "but") or t.kind is TokenKind.SEMICOLON for t in gap)
    return words[0] if len(words) == 1 and plain else ""


def _is_denominator(level: Level, mark: Mark) -> bool:
    """Say whether a figure is what a rate is told by: "197 per 100,000 live births"."""
    before = level.between(mark.index - 2, mark.index)
    return bool(before) and before[-1].cue == "per"


def _series(level: Level, marks: list[Mark]) -> list[Mark]:
    """Return the figures that continue the second end: "to 129,768 in 2021, 119,225 in 2022 and 140,948 in 2023"."""
    series = marks[:1]
    for mark in marks[1:]:
        gap = level.between(series[-1].index, mark.index)
        again = any(t.cue == "from" for t in gap)  # "and from 10 to 21"
        comma = next((p for p, t in enumerate(gap) if t.kind is TokenKind.COMMA), len(gap))
        again = again or any(t.kind is TokenKind.WORD for t in gap[comma:])  # ", y volvió a 18,5 en diciembre"
        moved = any(t.cue == "by" for t in level.between(mark.index - 2, mark.index))  # "..., and of nurses by 12"
        if mark.sort != series[-1].sort or again or moved or joint(level, series[-1], mark) != "comma":
            break
        # "from 45.6 at the start to 16.9, 14.0 and 15.5 after one, three and six months": all against the first
        dated = level.between(series[-1].index, mark.index) + level.between(mark.index, mark.index + _LIGHT)
        if all(t.kind is not TokenKind.DATE for t in dated):
            break
        series.append(mark)
    return series


def _trend(marks: list[Mark], word: str, paragraph: Paragraph) -> Claim:
    trend = WAYS.get(word, word)
    if word in MULTIPLES and len(marks) == 2:
        basis = Basis(cue=word, confidence=82, reasons=("a multiple and both its ends",))
        detail = {"trend": trend, "multiple": MULTIPLES[word]}
        return claim(
            ClaimKind.CHANGE, "multiple", paragraph.document, [("from", marks[0]), ("to", marks[1])], basis, detail
        )
    basis = Basis(cue=trend, confidence=90 if len(marks) == 2 else 70, reasons=("a trend word and both ends",))
    roles = [("from", marks[0]), ("to", marks[1]), *(("then", m) for m in marks[2:])]
    return claim(ClaimKind.CHANGE, "trend", paragraph.document, roles, basis, {"trend": trend})


def _is_of_another(level: Level, mark: Mark, ends: tuple[int, int], trend: str) -> bool:
    """Say whether a percentage tells another move ("while prices fell by 7 per cent") or a share."""
    told = [
        m for m in level.marks if m.bracketed and m.value.measure is Measure.PERCENT and ends[0] < m.index < ends[1]
    ]
    if mark.bracketed and (mark.index < ends[0] or (told and mark.index > ends[1])):
        return True  # "from 21,400 (127 per cent) in 2018 to 18,600 (110 per cent)": what each end is of
    gap = level.between(ends[1], mark.index) if mark.index > ends[1] else level.between(mark.index, ends[0])
    if mark.index < ends[0] and any(t.kind is TokenKind.SEMICOLON for t in gap):
        return True  # "The target is a cut of 40 per cent; they have fallen from 520 to 390 since 2005"
    moved = [t.cue for t in gap if t.cue in TRENDS]
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


def _is_share(level: Level, mark: Mark) -> bool:
    """Say whether a percentage is one of something: "from 9 to 11 million, with 4.5 per cent of the population"."""
    lead, onward = level.between(mark.index - 2, mark.index), level.between(mark.index, mark.index + 2)
    return bool(onward) and onward[0].cue == "of" and not any(t.cue in ("by", "of") for t in lead)


def _growth(
    level: Level, ends: tuple[Mark, Mark], trend: str, paragraph: Paragraph, tokens: Sequence[Token]
) -> Iterator[Claim]:
    """Yield the percentage by which a move is said to go, when it is printed beside it."""
    before, after = ends
    if before.value.measure is Measure.PERCENT:
        return
    inside = (min(before.index, after.index), max(before.index, after.index))
    for mark in level.marks:
        if mark.value.measure is not Measure.PERCENT or _is_end(level, mark) or _is_share(level, mark):
            continue
        near = 0 <= inside[0] - mark.index <= 10 or 0 <= mark.index - inside[1] <= 10
        words = level.between(mark.index - 5, mark.index + 3)
        said = any(t.cue in TRENDS or t.cue == "by" for t in words) or mark.bracketed or _is_that_is(level, after, mark)
        if near and said and not _is_of_another(level, mark, inside, trend) and not is_rebased(tokens, mark.index):
            basis = Basis(cue="growth", confidence=88, reasons=("a percentage of growth and both ends",))
            roles = [("stated", mark), ("from", before), ("to", after)]
            # the sign of "declined from 28,340 to 21,255 (-25 per cent)" is part of the figure
            way = "increase" if mark.value.value < 0 else WAYS.get(trend, trend)
            yield claim(ClaimKind.CHANGE, "growth", paragraph.document, roles, basis, {"trend": way})
            return
