"""Growth told beside both its ends, its trend behind them or before their bracket.

"From 4 to 9 cents, a 125 per cent increase"; "grew by 27 per cent (from 70 to 89 countries)". Where the ends are
percentages themselves, what is told may be their rate or, loosely, their difference in points.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind
from audit.facts import TokenKind
from audit.quantity import Measure
from audit.relate.bases.rebased import is_rebased
from audit.relate.clauses.chance import digits, is_one_edit
from audit.relate.clauses.nearby import figures
from audit.relate.clauses.operands import claim
from audit.relate.clauses.structure import named_sort
from audit.relate.comparisons import WAYS, goes_on
from audit.relate.moves import told_move

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.relate.clauses.structure import Clause, Level, Mark, Paragraph
    from audit.relate.moves import Told

_GAP, _BEHIND, _LEAD = 8, 12, 3
_PAIR = 2
_EXACT, _LOOSE, _SURE = 60, 45, 88
_LIKELY = 72


def claims(paragraph: Paragraph) -> Iterator[Claim]:
    """Yield the growths of a paragraph whose ends stand side by side and whose percentage tells the trend."""
    for clause in paragraph.clauses:
        cues = clause.sentence.cues
        if cues.isdisjoint(WAYS) or "from" not in cues or cues.isdisjoint(("to", "until")):
            continue
        scaled = {m.index: m for m in figures(clause)}
        for level in clause.levels:
            marks = [scaled.get(m.index, m) for m in level.marks if not m.bracketed]
            for first, last in itertools.pairwise(marks):
                told = _told(level, last, clause) if _are_ends(level, first, last) else None
                if told is not None and not is_rebased(clause.sentence.tokens, told.mark.index):
                    yield from _growth(told, first, last, paragraph)


def _are_ends(level: Level, first: Mark, last: Mark) -> bool:
    """Say whether two figures are told as "from 4 to 9"."""
    lead, gap = level.between(first.index - _PAIR - 1, first.index), level.between(first.index, last.index)
    led = bool(lead) and lead[-1].cue in ("from", "article") and any(t.cue == "from" for t in lead[-_PAIR:])
    joined = any(t.cue in ("to", "until") for t in gap[-_PAIR:]) and len(gap) <= _GAP
    aged = "time" in (named_sort(first), named_sort(last))  # "men from 15 to 24 years"
    scales = {first.value.scale, last.value.scale}
    mixed = len(scales) > 1 and min(scales) == 1  # "de 3.200 a 3.680 millones": the scale word serves both
    return (
        led and joined and not aged and not mixed and first.sort == last.sort and first.value.value != last.value.value
    )


def _told(level: Level, last: Mark, clause: Clause) -> Told | None:
    """Return the growth told right behind two ends, behind a comma, or right before the bracket they stand in."""
    tokens = clause.sentence.tokens
    if level.parent is not None:
        before = [m for m in level.parent.marks if m.index < level.opened]
        near = bool(before) and level.opened - before[-1].index <= _LEAD and len(level.marks) == _PAIR
        share = before[-1] if near else None
    else:
        share = next((m for m in level.marks if m.index > last.index), None)
        gap = level.between(last.index, share.index) if share is not None else []
        apart = any(t.cue in ("and", "but", "to", "until") or t.kind is TokenKind.SEMICOLON for t in gap)
        share = share if goes_on(gap) and not apart and len(gap) <= _BEHIND else None
    if share is None or share.bracketed or share.value.measure is not Measure.PERCENT:
        return None
    told = told_move(share, tokens)
    onward = tokens[share.index + 1 : share.index + 1 + _LEAD]
    # "from 4 to 9, a 5 per cent rise from 2019"
    own = level.parent is None and any(t.cue in ("compared", "than", "from", "over") for t in onward)
    return told if told is not None and told.tight and not own else None


def _growth(told: Told, first: Mark, last: Mark, paragraph: Paragraph) -> Iterator[Claim]:
    low, high = first.value.value, last.value.value
    if low <= 0:
        return
    share, sign = abs(told.mark.value.value), 1 if told.trend == "increase" else -1
    roles = [("stated", told.mark), ("from", first), ("to", last)]
    trend = {"trend": "increase" if told.mark.value.value < 0 else told.trend}
    reasons = ("a percentage of growth and both ends",)
    if first.value.measure is not Measure.PERCENT:
        basis = Basis(cue="told", confidence=_SURE, reasons=reasons)
        yield claim(ClaimKind.CHANGE, "growth", paragraph.document, roles, basis, trend)
        return
    step = told.mark.value.step
    rate, points = sign * 100 * (high - low) / low, sign * (high - low)
    if abs(rate - share) <= step / 2:
        basis = Basis(cue="told", confidence=_EXACT, reasons=reasons)
        yield claim(ClaimKind.CHANGE, "growth", paragraph.document, roles, basis, trend)
    elif points == share:
        basis = Basis(cue="told", confidence=_LOOSE, reasons=("percentages move by points",))
        yield claim(ClaimKind.CHANGE, "growth", paragraph.document, roles, basis, trend)
    elif points > 0 and is_one_edit(digits(share, step), digits(points, step)) and len(digits(points, step)) >= _PAIR:
        basis = Basis(cue="told", confidence=_LIKELY, reasons=("percentages move by points",))
        ends = (last, first) if sign > 0 else (first, last)
        roles = [("stated", told.mark), ("from", ends[0]), ("less", ends[1])]
        yield claim(ClaimKind.DIFFERENCE, "move", paragraph.document, roles, basis)
