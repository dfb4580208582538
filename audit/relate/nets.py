"""What one amount leaves of another: a balance told before its two amounts, and one amount less another.

"A deficit of 3.1 million: revenue was 40.4 million and expenditure 43.5 million"; "revenue of 87.4 million less costs
of 79.9 million left a profit of 7.5 million"; "5,912 came in and 5,430 went out, so that the backlog grew by 482".
Something may be left out, so that what is not exact is claimed only where one typing error explains it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind
from audit.facts import TokenKind
from audit.quantity import Hedge, Measure
from audit.relate.clauses.chance import near_miss
from audit.relate.clauses.nearby import are_alike
from audit.relate.clauses.operands import claim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.relate.clauses.structure import Level, Mark, Paragraph

_LEAD = 6
_NAME = 7
_ROW = 3
_DIGITS = 2
_LEAST = 2
_OUTCOMES = frozenset({"outcome", "leaving"})
_TRENDS = ("increase", "decrease")


def claims(paragraph: Paragraph) -> Iterator[Claim]:
    """Yield the balances of a paragraph that are told with both their amounts."""
    for clause in paragraph.clauses:
        cues = clause.sentence.cues
        level = clause.outer
        marks = [m for m in level.marks if not m.bracketed and m.value.measure is not Measure.PERCENT]
        if len(marks) != _ROW or not all(are_alike(a, b) for a, b in pairwise(marks)):
            continue
        if any(m.value.hedge is not Hedge.NONE or m.value.value < _LEAST for m in marks):
            continue  # "1 enfant de moins de 3 ans ou au moins 2 enfants"
        if "balance" in cues and _is_told_first(level, marks):
            yield from _of(marks[0], marks[1], marks[2], "balance", paragraph)
        elif "deduct" in cues and _is_deducted(level, marks[0], marks[1]):
            yield from _of(marks[2], marks[0], marks[1], "deduct", paragraph)
        elif "deduct" in cues and _is_deducted(level, marks[1], marks[2]):
            yield from _of(marks[0], marks[1], marks[2], "deduct", paragraph)
        elif not cues.isdisjoint(_OUTCOMES) and _is_outcome(level, marks):
            yield from _of(marks[2], marks[0], marks[1], "outcome", paragraph)


def _is_told_first(level: Level, marks: list[Mark]) -> bool:
    """Say whether a sentence opens with its balance, and a colon leads in to what it is of."""
    lead = level.between(marks[0].index - _LEAD, marks[0].index)
    gap = level.between(marks[0].index, marks[1].index)
    return any(t.cue == "balance" for t in lead) and any(t.kind is TokenKind.COLON for t in gap)


def _is_deducted(level: Level, whole: Mark, part: Mark) -> bool:
    """Say whether one amount is taken from the one right before it: "revenue of 87.4 million less costs of 79.9"."""
    gap = level.between(whole.index, part.index)
    apart = any(t.kind in (TokenKind.COMMA, TokenKind.SEMICOLON, TokenKind.COLON) or t.cue == "and" for t in gap)
    return 0 < len(gap) <= _NAME and not apart and any(t.cue == "deduct" for t in gap)


def _is_outcome(level: Level, marks: list[Mark]) -> bool:
    """Say whether a move is what two flows come to: "5,912 came in and 5,430 went, so that the backlog grew by 482"."""
    flows, gap = level.between(marks[0].index, marks[1].index), level.between(marks[1].index, marks[2].index)
    at = next((p for p, t in enumerate(gap) if t.cue in _OUTCOMES), -1)
    led = at > 0 and gap[at - 1].kind in (TokenKind.COMMA, TokenKind.SEMICOLON) and len(gap) - at <= _NAME
    moved = any(t.cue in _TRENDS for t in gap[at:]) and gap[-1].cue in ("by", "of", "in")
    return led and moved and any(t.cue == "and" for t in flows)


def _of(stated: Mark, first: Mark, second: Mark, cue: str, paragraph: Paragraph) -> Iterator[Claim]:
    whole, part = (first, second) if first.value.value >= second.value.value else (second, first)
    gap = whole.value.value - part.value.value - stated.value.value
    if gap and near_miss(whole.value, [part.value, stated.value]) < _DIGITS:
        return
    basis = Basis(cue=cue, confidence=82, reasons=("a balance with both its amounts",))
    roles = [("stated", stated), ("from", whole), ("less", part)]
    yield claim(ClaimKind.DIFFERENCE, "balance", paragraph.document, roles, basis)
