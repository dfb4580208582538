"""Two totals told and divided together: "63 events in 61 persons, comprising 37 events in 36 persons and 26 in 25".

Each second figure counts what the first of the pair is counted in. The events of the parts make up all events; one
person may stand in two parts, so that only what is counted first is held against its total.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.facts import TokenKind
from audit.relate.clauses.joints import PREPOSITIONS
from audit.relate.clauses.openings import opening
from audit.relate.clauses.populations import Fit, names_same
from audit.relate.clauses.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.relate.clauses.structure import Clause, Mark

_PAIR = 2
_FEWEST = 6
_OPENERS = frozenset({"comprising", "colon", "dash"})


def twins(clause: Clause) -> Reading | None:
    """Return the breakdown of the first of two figures that are told in pairs, or None when they are not."""
    marks = [m for m in clause.outer.marks if not m.bracketed]
    if len(marks) < _FEWEST or len(marks) % _PAIR or len({m.sort for m in marks}) > 1:
        return None
    firsts, seconds = marks[::_PAIR], marks[1::_PAIR]
    if not _are_one(firsts) or not _are_one(seconds) or names_same(firsts[0], seconds[0]):
        return None
    form = opening(clause.outer, firsts[1], clause)[0]
    if form not in _OPENERS or not all(_is_in(a, b) for a, b in zip(firsts, seconds, strict=True)):
        return None
    return Reading(firsts[0], firsts[1:], form, clause, Fit.SAME)


def _are_one(marks: Sequence[Mark]) -> bool:
    """Say whether figures count one thing; what was named before need not be named again."""
    return bool(marks[0].fact.label) and all(not m.fact.label or names_same(m, marks[0]) for m in marks[1:])


def _is_in(first: Mark, second: Mark) -> bool:
    """Say whether nothing but a noun and a preposition stands between two figures: "37 events in 36 persons"."""
    gap = first.level.between(first.index, second.index) if first.level is not None else []
    words = all(t.kind in (TokenKind.WORD, TokenKind.CUE) for t in gap)
    return bool(gap) and words and gap[-1].cue in PREPOSITIONS
