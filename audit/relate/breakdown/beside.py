"""What brackets tell beside a total and beside its parts adds up too.

"2,709 participants (849 women), including 1,837 neighbours (669 women), 652 officers (136 women) and 41 guards (all
men)": the women of the parts are the women of the total.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind
from audit.facts import TokenKind
from audit.relate.clauses.chance import near_miss
from audit.relate.clauses.operands import claim
from audit.relate.clauses.populations import trait

if TYPE_CHECKING:
    from audit.model import Document
    from audit.relate.clauses.reading import Reading
    from audit.relate.clauses.structure import Mark

_FEWEST = 2
_HELD, _NEAR = 70, 80


def beside(reading: Reading, document: Document) -> Claim | None:
    """Return the claim that the people in the brackets of the parts make up those in the bracket of the total.

    A gap is told only where every part has its bracket, with a figure or without, and one digit would close it.
    """
    level = reading.total.level
    if level is None or not reading.holds:
        return None
    told: dict[int, Mark] = {
        mark.index: after
        for mark, after in pairwise(level.marks)
        if not mark.bracketed and after.bracketed and trait(after, "gender")
    }
    total = told.get(reading.total.index)
    parts = [told[p.index] for p in reading.parts if p.index in told]
    if total is None or len(parts) < _FEWEST or {trait(p, "gender") for p in parts} != {trait(total, "gender")}:
        return None
    gap = total.value.value - sum(p.value.value for p in parts)
    digits = near_miss(total.value, [p.value for p in parts])
    if gap and (digits < _FEWEST or not all(p.index in told or _has_bracket(p, reading) for p in reading.parts)):
        return None
    basis = Basis(
        cue="bracket", exhaustive=True, confidence=_NEAR if gap else _HELD, reasons=("the same in each bracket",)
    )
    return claim(ClaimKind.SUM, "beside", document, [("total", total), *(("part", p) for p in parts)], basis)


def _has_bracket(part: Mark, reading: Reading) -> bool:
    """Say whether words alone stand in the bracket of a part: "41 guards (all men)"."""
    for token in reading.clause.sentence.tokens[part.index + 1 :]:
        if token.kind in (TokenKind.COMMA, TokenKind.FIGURE, TokenKind.STOP) or token.cue == "and":
            return False
        if token.kind is TokenKind.OPEN:
            return True
    return False
