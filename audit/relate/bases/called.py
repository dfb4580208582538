"""Bases that a sentence before tells and this one goes back to: "Of that amount, $4 million", "the other 220"."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from audit.facts import TokenKind
from audit.quantity import Measure
from audit.relate.clauses.structure import OF

if TYPE_CHECKING:
    from audit.relate.clauses.structure import Clause, Mark, Paragraph

_OPENING = 6
_BACK = 2
_PAIR = 2
_HEDGED = 3
_LIKELY = 84


def amount_before(part: Mark, paragraph: Paragraph, position: int) -> tuple[Mark, int] | None:
    """Return the amount that "Of that amount, $4 million has been recovered, or 41.7 per cent" goes back to."""
    lead = paragraph.clauses[position].sentence.tokens[: part.index]
    comma = next((p for p, t in enumerate(lead[:_OPENING]) if t.kind is TokenKind.COMMA), 0)
    reach = _OPENING if lead and lead[0].cue != "of_whom" else 2 * _OPENING
    opens = comma > 0 and lead[0].cue in (*OF, "of_whom", "from") and len(lead) - comma <= reach
    told = any(t.kind is TokenKind.FIGURE for t in lead)
    among = bool(lead) and lead[0].cue in ("among", "of_whom")  # "Among them were 4,502 inmates, 62 per cent of"
    behind = paragraph.clauses[position].sentence.tokens[part.index + 1 : part.index + 1 + _PAIR]
    # "About $9 billion of this amount, 62 per cent of the total, has gone to ..."
    drawn = [t.cue for t in behind] == ["of", "article"]
    opens = opens or drawn
    if not position or not (opens or among) or told or part.level is None or part.level.parent is not None:
        return None
    said = paragraph.clauses[position - 1].sentence.tokens
    before = [m for m in paragraph.clauses[position - 1].outer.marks if m.sort == part.sort and not m.bracketed]
    before = [m for m in before if not any(t.text == "±" for t in said[m.index + 1 : m.index + 2])]
    if among and not opens and len({m.value.value for m in before}) > 1:
        return None  # "Of the 3,640 pupils, 3,094 passed. Among them, 1,547 did well": of one or the other
    nouns = {t.key for t in lead[:comma] if t.kind is TokenKind.WORD} if opens and comma > 0 else set[str]()
    if nouns and part.value.measure is Measure.COUNT and nouns.isdisjoint(t.key for t in said):
        return None  # "Of the dead, 439 (27 per cent) ...", where the sentence before ends with those in hospital
    words = {t.key for t in paragraph.clauses[position].sentence.tokens[part.index :] if t.kind is TokenKind.WORD}
    if drawn and before and before[-1].fact.head and before[-1].fact.head not in words:
        return None  # "All three techniques were used. Cultures were positive for two of the probes (5 per cent)"
    return (before[-1], _LIKELY) if before and before[-1].value.value >= part.value.value else None


def left_over(part: Mark, clause: Clause, paragraph: Paragraph, position: int) -> tuple[Mark, int] | None:
    """Return the whole of "It closed 391 files. Of these, 171 were sent on. The other 220 (56 per cent) were not"."""
    lead = clause.sentence.tokens[max(0, part.index - _HEDGED) : part.index]
    if not position or not any(t.cue == "remain" for t in lead):
        return None
    told = [
        m for c in paragraph.clauses[max(0, position - _BACK) : position] for m in c.outer.marks if m.sort == part.sort
    ]
    wholes = [w for w, other in combinations(told, 2) if w.value.value - other.value.value == part.value.value]
    return (wholes[0], _LIKELY) if len({w.value.value for w in wholes}) == 1 else None
