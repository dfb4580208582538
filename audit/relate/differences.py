"""Differences: what remains when a part is taken from a whole ("49 ..., 18 identified, 31 remain"), and net changes."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind
from audit.facts import TokenKind
from audit.relate.operands import claim
from audit.relate.structure import OF, Clause, Level, Mark, Paragraph, named_sort, sort_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_REACH = 4
_SENTENCES_BACK = 3
_PAIR = 2
_TRENDS = ("increase", "decrease")


def claims(paragraph: Paragraph) -> Iterator[Claim]:
    """Yield the remainders and stated differences of a paragraph."""
    for position, clause in enumerate(paragraph.clauses):
        for level in clause.levels:
            for mark in level.marks:
                if not mark.bracketed and _is_remainder(level, mark):
                    yield from _remainder(mark, clause, paragraph, position)
            yield from _moves(level, paragraph)


def _is_remainder(level: Level, mark: Mark) -> bool:
    before = [t for i, t in level.tokens if mark.index - 2 <= i < mark.index]
    after = [t for i, t in level.tokens if mark.index < i <= mark.index + _REACH]
    return any(t.cue == "remain" for t in before) or any(t.cue == "remain" for t in after)


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


def _is_whole(clause: Clause, mark: Mark) -> bool:
    """Say whether a sentence begins with the whole it divides: "Of the 49 bodies recovered, ..."."""
    lead = clause.outer.between(-1, mark.index)
    return bool(lead) and lead[0].cue in (*OF, "from") and len(lead) <= _REACH


def _alike(first: Mark, second: Mark) -> bool:
    sorts = sort_of(first), sort_of(second)
    return "" in sorts or sorts[0] == sorts[1]


def _moves(level: Level, paragraph: Paragraph) -> Iterator[Claim]:
    """Yield "increased by 1.5, from 7.7 to 9.2" and "up 20 from 100 to 120": the move is the difference of its ends."""
    tokens = level.tokens
    marks = [m for m in level.marks if not m.bracketed]
    for first, last in itertools.pairwise(marks):
        if first.sort != last.sort or not _joins(level, first, last, "to") or not _led_by(level, first, "from"):
            continue
        trend = next((t.cue for i, t in reversed(tokens) if i < first.index and t.cue in _TRENDS), "")
        moved = [m for m in marks if m.sort == first.sort and m.index < first.index and _is_amount_of_move(level, m)]
        if moved and not any(t.kind is TokenKind.COMMA for t in level.between(moved[-1].index, first.index)):
            continue
        if trend and moved:
            basis = Basis(cue="move", confidence=90, reasons=("the amount of a move and both its ends",))
            ends = (last, first) if trend == "increase" else (first, last)
            roles = [("stated", moved[-1]), ("from", ends[0]), ("less", ends[1])]
            yield claim(ClaimKind.DIFFERENCE, "move", paragraph.document, roles, basis)


def _is_amount_of_move(level: Level, mark: Mark) -> bool:
    before = [t for i, t in level.tokens if mark.index - 4 <= i < mark.index]
    if not any(t.cue in _TRENDS for t in before):
        return False
    if any(t.cue in ("by", "of") for t in before[-2:]):
        return True
    # "aumentó en 14, de 120 a 132", "augmenté de 14 postes, de 120 à 132"; not "aumentó en 14 municipios"
    led = len(before) > 1 and before[-2].cue in _TRENDS and before[-1].cue in ("in", "from")
    return led and named_sort(mark) not in ("site", "time")


def _joins(level: Level, first: Mark, last: Mark, cue: str) -> bool:
    gap = level.between(first.index, last.index)
    return any(t.cue == cue for t in gap[-3:]) and len(gap) <= 8


def _led_by(level: Level, mark: Mark, cue: str) -> bool:
    before = [t for i, t in level.tokens if mark.index - 3 <= i < mark.index]
    return any(t.cue == cue for t in before)
