"""A figure that a sentence calls back: "305,000 people fled. Of those 305,000, about 132,000 went abroad".

What stands behind "of those" is a figure of the sentences before, printed again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind
from audit.facts import TokenKind
from audit.relate.clauses.chance import digits, is_one_edit
from audit.relate.clauses.operands import claim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.relate.clauses.structure import Clause, Mark, Paragraph

_BACK = 2
_NAMED = 5
_TELLING = 2


def claims(paragraph: Paragraph) -> Iterator[Claim]:
    """Yield the figures that sentences of a paragraph open with, against the ones they call back."""
    for position, clause in enumerate(paragraph.clauses):
        if position and "of_whom" in clause.sentence.cues:
            mark = _called(clause)
            if mark is not None:
                yield from _claims(mark, paragraph, position)


def _called(clause: Clause) -> Mark | None:
    """Return the figure of "Of those 305,000," and "Of these 55 audits,"; in "Of these 12 were closed" it is a part."""
    tokens, marks = clause.sentence.tokens, clause.outer.marks
    if tokens[0].cue != "of_whom" or not marks or marks[0].index != 1:
        return None
    named = next((t.kind for t in tokens[2 : 2 + _NAMED] if t.kind is not TokenKind.WORD), None)
    return marks[0] if named is TokenKind.COMMA else None


def _claims(mark: Mark, paragraph: Paragraph, position: int) -> Iterator[Claim]:
    told = [m for c in paragraph.clauses[max(0, position - _BACK) : position] for m in c.outer.marks]
    alike = [m for m in told if m.sort == mark.sort and mark.fact.head in ("", m.fact.head)]
    same = [m for m in told if m.sort == mark.sort and m.value.value == mark.value.value]
    printed = digits(mark.value.value, mark.value.step)
    near = [m for m in alike if is_one_edit(printed, digits(m.value.value, m.value.step))]
    if same:
        yield _claim(mark, same[-1], 60, paragraph)
    elif len({m.value.value for m in near}) == 1 and len(printed) >= _TELLING:
        yield _claim(mark, near[-1], 78, paragraph)


def _claim(mark: Mark, other: Mark, confidence: int, paragraph: Paragraph) -> Claim:
    basis = Basis(cue="again", confidence=confidence, reasons=("the words call the figure back",))
    roles = [("stated", mark), ("other", other)]
    return claim(ClaimKind.REPEAT, "again", paragraph.document, roles, basis, {"where": "just before"})
