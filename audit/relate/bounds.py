"""Rough figures that a bracket tells exactly: "more than 500 cases (487) were opened", "over half (48 per cent) of".

A bracket with nothing but a figure may count something else ("firms with more than 250 employees (187)"), so that a
bound is held to be broken only by a figure near it that stands behind no preposition.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind
from audit.facts import TokenKind
from audit.quantity import Hedge, Measure
from audit.relate.clauses.joints import PREPOSITIONS
from audit.relate.clauses.operands import claim
from audit.relate.clauses.structure import sort_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.facts import Token
    from audit.relate.clauses.structure import Level, Mark, Paragraph

_GAP, _LEAD, _BESIDE = 3, 5, 2
_NEAR, _ROUGH = Decimal("0.1"), Decimal("0.2")  # of the bound: how far the figure of the bracket may be from it
_ENDS = (TokenKind.COMMA, TokenKind.SEMICOLON, TokenKind.COLON, TokenKind.STOP, TokenKind.OPEN)
_WORDS = {
    Hedge.OVER: "more than",
    Hedge.UNDER: "less than",
    Hedge.AT_LEAST: "at least",
    Hedge.AT_MOST: "at most",
    Hedge.NEARLY: "nearly",
    Hedge.ABOUT: "about",
}


def claims(paragraph: Paragraph) -> Iterator[Claim]:
    """Yield the rough figures of a paragraph with the exact ones in the brackets behind them."""
    for clause in paragraph.clauses:
        for inner in clause.levels[1:]:
            outer = inner.parent
            if outer is None or len(inner.marks) != 1 or len(inner.tokens) != 1:
                continue
            rough = next((m for m in reversed(outer.marks) if m.index < inner.opened and not m.bracketed), None)
            if rough is not None and _is_told_again(outer, rough, inner):
                basis = Basis(cue="bound", confidence=78, reasons=("a bracket tells a rough figure exactly",))
                roles = [("stated", rough), ("other", inner.marks[0])]
                detail = {"where": _WORDS[rough.value.hedge]}
                yield claim(ClaimKind.REPEAT, "bound", paragraph.document, roles, basis, detail)


def _is_told_again(level: Level, rough: Mark, inner: Level) -> bool:
    exact, hedge = inner.marks[0], rough.value.hedge
    if hedge not in _WORDS or exact.value.hedge is not Hedge.NONE or rough.sort != exact.sort:
        return False
    gap = level.between(rough.index, inner.opened)
    shared = rough.value.measure is Measure.PERCENT
    if len(gap) > _GAP or sort_of(rough) == "time" or not _is_label(gap, shared=shared):
        return False
    if shared and gap and not _opens(level, rough):
        return False
    if not gap and rough.value.measure is Measure.COUNT:
        return False  # "women over 40 (38)"
    bound, value = rough.value.value, exact.value.value
    if bound <= 0 or _is_led(level, rough):
        return False
    holds = rough.value.interval.meets(exact.value.interval)
    apart = abs(value - bound) / bound
    if hedge is Hedge.ABOUT:
        return holds
    worded = not any(c.isdecimal() for c in rough.fact.text)
    return apart <= (_ROUGH if holds or worded else _NEAR)


def _is_label(gap: list[Token], *, shared: bool) -> bool:
    """Say whether nothing but the name of what is counted stands before a bracket; of a share, what it is of."""
    if shared and gap:
        return gap[0].cue == "of" and all(t.kind is TokenKind.WORD or t.cue == "article" for t in gap[1:])
    return all(t.kind is TokenKind.WORD for t in gap)


def _is_led(level: Level, mark: Mark) -> bool:
    """Say whether a preposition leads to a figure: "firms with more than 250 employees (240)"."""
    before = level.between(mark.index - _LEAD - 1, mark.index)[::-1]
    hedge = 1 + bool(before and before[0].cue in ("of", "from", "than"))  # "more than", "près de", "nearly"
    if len(before) >= hedge and before[hedge - 1].cue == "more" and " " in before[hedge - 1].text:
        return True  # "les communes de plus de 5 000 habitants (4 900)"
    for place, token in enumerate(level.between(-1, mark.index)[::-1][hedge:]):
        if token.kind in _ENDS:
            return False
        if token.cue == "relative" or (token.cue in PREPOSITIONS and place < _BESIDE):
            return True
    return False


def _opens(level: Level, mark: Mark) -> bool:
    """Say whether a clause begins with a bound: "Less than a quarter of judges", not "who hold more than half of"."""
    before = level.between(mark.index - _GAP - 1, mark.index)
    return len(before) < _GAP or any(t.kind in _ENDS for t in before)
