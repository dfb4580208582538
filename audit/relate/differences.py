"""Differences: what remains when a part is taken from a whole ("49 ..., 18 identified, 31 remain"), and net changes."""

from __future__ import annotations

import itertools
from decimal import Decimal
from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind
from audit.facts import TokenKind
from audit.quantity import Measure
from audit.relate.breakdown.rests import rest
from audit.relate.clauses.chance import near_miss
from audit.relate.clauses.nearby import are_alike, figures
from audit.relate.clauses.operands import claim
from audit.relate.clauses.populations import names_same
from audit.relate.clauses.structure import MARKS, OF, Clause, Level, Mark, Paragraph, sort_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_REACH = 4
_SENTENCES_BACK = 3
_PAIR = 2
_NAMED = 8
_SMALLEST = Decimal(9)
_WAYS = {"more": "increase", "fewer": "decrease"}
_TRENDS = ("increase", "decrease")
_SIGNS = {"+": "increase", "-": "decrease", "–": "decrease", "−": "decrease"}
_APART = frozenset({"outcome", "and", "but"})


def claims(paragraph: Paragraph) -> Iterator[Claim]:
    """Yield the remainders and stated differences of a paragraph."""
    for position, clause in enumerate(paragraph.clauses):
        remains = "remain" in clause.sentence.cues
        whole = rest(clause, paragraph, position) if remains else None
        told = {m.index for m in whole.parts} if whole is not None and len(whole.parts) > _PAIR else set[int]()
        scaled = {m.index: m for m in figures(clause)}
        for level in clause.levels:
            for mark in level.marks:
                if mark.index in told:
                    continue
                if remains and not mark.bracketed and _is_remainder(level, mark):
                    yield from _remainder(mark, clause, paragraph, position)
            # in "from 120 to 180 million" the scale word serves both
            marks = [scaled.get(m.index, m) for m in level.marks if not m.bracketed]
            yield from _moves(level, marks, paragraph)
            yield from _named_moves(level, marks, paragraph)
            yield from _more_than(level, paragraph)
            yield from _said_more(level, marks, paragraph)


def _is_remainder(level: Level, mark: Mark) -> bool:
    before = level.between(mark.index - 3, mark.index)
    after = level.between(mark.index, mark.index + _REACH + 1)
    # "3 million to schools, and the rest to other posts" says nothing of the 3 million
    ends = next((p for p, t in enumerate(after) if t.kind is TokenKind.COMMA or t.cue in ("and", "also")), len(after))
    apart = max((p for p, t in enumerate(before) if t.kind is TokenKind.COMMA), default=-1)
    # "sur les 57 affaires restantes, 54": of the 57
    return any(t.cue == "remain" for t in (*before[apart + 1 :], *after[:ends]))


def _remainder(mark: Mark, clause: Clause, paragraph: Paragraph, position: int) -> Iterator[Claim]:
    """Yield the difference that a remainder states: the nearest whole and part before it that give it exactly."""
    before = [m for m in clause.outer.marks if m.index < mark.index and m.sort == mark.sort]
    earlier = [
        m
        for back in range(max(0, position - _SENTENCES_BACK), position)
        for m in paragraph.clauses[back].outer.marks
        if m.sort == mark.sort
    ]
    known = [*earlier, *before]
    if (
        len(before) == _PAIR
        and _is_whole(clause, before[0])
        and _alike(before[0], before[1])
        and _alike(before[0], mark)
    ):
        # "Of 49 bodies, 18 were identified and 31 remain": whole, part and rest in one sentence
        basis = Basis(cue="remain", confidence=85, reasons=("whole, part and remainder stand in one sentence",))
        roles = [("stated", mark), ("from", before[0]), ("less", before[1])]
        yield claim(ClaimKind.DIFFERENCE, "remainder", paragraph.document, roles, basis)
        return
    for p in range(len(known) - 1, -1, -1):
        part = known[p]
        for whole in reversed(known[:p]):
            if whole.value.value - part.value.value == mark.value.value and _alike(whole, part):
                basis = Basis(cue="remain", confidence=75, reasons=("the words name a remainder",))
                roles = [("stated", mark), ("from", whole), ("less", part)]
                yield claim(ClaimKind.DIFFERENCE, "remainder", paragraph.document, roles, basis)
                return
    yield from _mistyped(mark, [m for m in before if not m.bracketed], paragraph, position)


def _mistyped(mark: Mark, before: list[Mark], paragraph: Paragraph, position: int) -> Iterator[Claim]:
    """Yield "It closed 184 cases. In 109 of these cases ... Of the remaining 57 cases": whole and part stand alone.

    The part names its whole again, or says that it is of it, and one typing error explains what is amiss.
    """
    if not before and position:
        position -= 1
        before = _alone(paragraph.clauses[position], mark)
    if len(before) != 1 or not position:
        return
    (part,) = before
    wholes = [m for m in _alone(paragraph.clauses[position - 1], mark) if _is_of(part, m)]
    wholes = [m for m in wholes if m.value.value > max(part.value.value, _SMALLEST)]
    named = mark.fact.label.split()  # "of the remaining 50 open reports": there may be others
    plain = len(named) <= 1 or (bool(wholes) and set(named) <= set(wholes[0].fact.label.split()))
    if len(wholes) == 1 and plain and near_miss(wholes[0].value, [part.value, mark.value]) > 1:
        basis = Basis(cue="remain", confidence=74, reasons=("whole, part and remainder are told in turn",))
        roles = [("stated", mark), ("from", wholes[0]), ("less", part)]
        yield claim(ClaimKind.DIFFERENCE, "remainder", paragraph.document, roles, basis)


def _alone(clause: Clause, mark: Mark) -> list[Mark]:
    return [m for m in clause.outer.marks if m.sort == mark.sort and not m.bracketed]


def _is_of(part: Mark, whole: Mark) -> bool:
    """Say whether a part counts the things of a whole: "184 cases. 109 of these cases", "49 victims. 18 victims"."""
    behind = part.level.between(part.index, part.index + _REACH + 1) if part.level is not None else []
    return names_same(part, whole) or any(t.cue == "of_whom" for t in behind)


def _is_whole(clause: Clause, mark: Mark) -> bool:
    """Say whether a sentence begins with the whole it divides: "Of the 49 bodies, ..."; not "Of these, 49"."""
    lead = clause.outer.between(-1, mark.index)
    apart = any(t.kind is TokenKind.COMMA or t.cue == "total" for t in lead)
    return bool(lead) and lead[0].cue in (*OF, "from") and len(lead) <= _REACH and not apart


def _alike(first: Mark, second: Mark) -> bool:
    sorts = sort_of(first), sort_of(second)
    return "" in sorts or sorts[0] == sorts[1]


def _moves(level: Level, marks: list[Mark], paragraph: Paragraph) -> Iterator[Claim]:
    """Yield "increased by 1.5, from 7.7 to 9.2" and "up 20 from 100 to 120": the move is the difference of its ends."""
    tokens = level.tokens
    for first, last in itertools.pairwise(marks):
        if not _is_pair_of_ends(level, first, last):
            continue
        trend = next((t.cue for i, t in reversed(tokens) if i < first.index and t.cue in _TRENDS), "")
        before = [m for m in marks if _is_unit_of(m, first) and m.index < first.index]
        moved = [m for m in before if _is_amount_of_move(level, m, last) and _is_told_by(level, m, first)]
        if trend and moved:
            basis = Basis(cue="move", confidence=90, reasons=("the amount of a move and both its ends",))
            ends = (last, first) if trend == "increase" else (first, last)
            roles = [("stated", moved[-1]), ("from", ends[0]), ("less", ends[1])]
            yield claim(ClaimKind.DIFFERENCE, "move", paragraph.document, roles, basis)


def _is_told_by(level: Level, amount: Mark, first: Mark) -> bool:
    """Say whether the ends of a move explain its amount: "by 14, from 120"; not "by 31, and prices fell from 43"."""
    gap = level.between(amount.index, first.index)
    ranged = next((p for p, t in enumerate(gap) if t.cue == "between"), len(gap))  # "between 2019 and 2022, from ..."
    gap = [t for p, t in enumerate(gap) if t.cue != "and" or p < ranged]
    other = any(t.cue in (*_TRENDS, "and", "but") or t.kind is TokenKind.SEMICOLON for t in gap)
    moved = next((p for p, t in enumerate(gap) if t.cue == "moving"), -1)
    if any(t.cue == "article" for t in gap[: max(moved, 0)]):
        return False  # "augmentent de 12 millions, les effectifs passant de 120 à 150"
    # "augmenter de 49,4 milliards passant de 190,2 à 239,6"
    return not other and (moved >= 0 or any(t.kind is TokenKind.COMMA for t in gap))


def _is_pair_of_ends(level: Level, first: Mark, last: Mark) -> bool:
    led = _joins(level, first, last, "to") and _led_by(level, first, "from")
    # "desde los 640 hasta los 555"
    return first.sort == last.sort and (led or (_joins(level, first, last, "until") and _led_by(level, first, "since")))


def _is_unit_of(moved: Mark, end: Mark) -> bool:
    """Say whether a move can be of its ends: percentages move by percentage points."""
    if end.value.measure is Measure.PERCENT:
        return moved.value.measure is Measure.POINTS
    return are_alike(moved, end)


def _named_moves(level: Level, marks: list[Mark], paragraph: Paragraph) -> Iterator[Claim]:
    """Yield "from $5.2 billion to $4.1 billion, a reduction of $1.1 billion": the move is named after its ends."""
    for first, last, moved in zip(marks, marks[1:], marks[2:], strict=False):
        gap = level.between(last.index, moved.index)
        if any(t.cue in _APART for t in gap):
            continue  # "imports rose from 4.1 to 4.4 billion, so that the deficit shrank by 0.4 billion"
        trends = [t.cue for t in gap if t.cue in _TRENDS]
        said = "or" if any(t.cue in ("or", "that_is", "comprising") for t in gap) else ""
        if not trends and said and moved.value.measure is Measure.POINTS:
            # "rose from 61.5 to 68 per cent, or by 6.5 percentage points"
            trends = [t.cue for i, t in level.tokens if i < first.index and t.cue in _TRENDS][-1:]
        told = bool(gap) and (gap[-1].cue in ("of", "by") or (bool(said) and moved.value.measure is Measure.POINTS))
        if not trends and said and gap[-1].text in _SIGNS:
            trends, told = [_SIGNS[gap[-1].text]], True  # "est passée de 15,9 % à 19,1 %, soit + 3,2 points"
        if not trends and said:
            # "est passé de 28 à 49 jours, soit 21 jours de plus"
            after = level.between(moved.index, moved.index + _REACH)
            trends = [_WAYS[t.cue] for t in after if t.cue in _WAYS]
            told = bool(trends)
        named = len(trends) == 1 and told and any(t.kind is TokenKind.COMMA for t in gap)
        if named and len(gap) <= _NAMED and _is_unit_of(moved, first) and _is_pair_of_ends(level, first, last):
            basis = Basis(cue="move", confidence=90, reasons=("the amount of a move and both its ends",))
            ends = (last, first) if trends[0] == "increase" else (first, last)
            roles = [("stated", moved), ("from", ends[0]), ("less", ends[1])]
            yield claim(ClaimKind.DIFFERENCE, "move", paragraph.document, roles, basis)


def _more_than(level: Level, paragraph: Paragraph) -> Iterator[Claim]:
    """Yield "34 attacks, 12 more than in 2021 (22)": the comparison tells the figure of the other year."""
    for now, moved, then in zip(level.marks, level.marks[1:], level.marks[2:], strict=False):
        after = level.between(moved.index, then.index)
        cues = [t.cue for t in after[:_PAIR]]
        if not (then.bracketed and not now.bracketed and now.sort == moved.sort == then.sort and len(after) <= _NAMED):
            continue
        if len(cues) == _PAIR and cues[1] == "than" and cues[0] in ("more", "fewer"):
            ends = (now, then) if cues[0] == "more" else (then, now)
            basis = Basis(cue="more_than", confidence=85, reasons=("a comparison with both its figures",))
            roles = [("stated", moved), ("from", ends[0]), ("less", ends[1])]
            yield claim(ClaimKind.DIFFERENCE, "more_than", paragraph.document, roles, basis)


def _said_more(level: Level, marks: list[Mark], paragraph: Paragraph) -> Iterator[Claim]:
    """Yield "96 in 2020 and 121 in 2021, that is, 25 more": what is exact, or would be but for a typing error."""
    for first, last, moved in zip(marks, marks[1:], marks[2:], strict=False):
        gap, after = level.between(last.index, moved.index), level.between(moved.index, moved.index + _PAIR + 1)
        said = any(t.cue in ("or", "that_is", "comprising") for t in gap) and any(
            t.kind is TokenKind.COMMA for t in gap
        )
        way = _WAYS.get(after[0].cue, "") if after else ""
        ends = len(after) < _PAIR or after[1].kind in MARKS  # not "or 5 more a week"
        if not (said and way and ends) or not first.sort == last.sort == moved.sort:
            continue
        whole, part = (last, first) if way == "increase" else (first, last)
        difference = whole.value.value - part.value.value
        if difference == moved.value.value or near_miss(whole.value, [part.value, moved.value]) >= _PAIR:
            basis = Basis(cue="more_than", confidence=80, reasons=("a difference told behind both its figures",))
            roles = [("stated", moved), ("from", whole), ("less", part)]
            yield claim(ClaimKind.DIFFERENCE, "more_than", paragraph.document, roles, basis)


def _is_amount_of_move(level: Level, mark: Mark, last: Mark) -> bool:
    before = level.between(mark.index - 5, mark.index)
    if not any(t.cue in _TRENDS for t in before):
        return False
    if any(t.cue in ("by", "of") for t in before[-2:]):
        return True
    # "aumentó en 14, de 120 a 132"; not "aumentó en 14 municipios"
    led = len(before) > 1 and before[-2].cue in _TRENDS and before[-1].cue == "in"
    plain = not mark.fact.head or bool(mark.value.unit) or sort_of(mark) == "person"
    return led and (plain or mark.fact.head == last.fact.head)


def _joins(level: Level, first: Mark, last: Mark, cue: str) -> bool:
    gap = level.between(first.index, last.index)
    if gap and gap[-1].kind is TokenKind.DASH:
        return False  # "se dégrade de 2,1 milliards, à - 7,8 milliards": a figure below nought
    return any(t.cue == cue for t in gap[-3:]) and len(gap) <= 8


def _led_by(level: Level, mark: Mark, cue: str) -> bool:
    before = level.between(mark.index - 4, mark.index)
    return any(t.cue == cue for t in before)
