"""Equal shares: "the grant of 240,000 was split equally between three partners, each receiving 80,000".

The word says that nothing is left over and that all get the same, so that total, number and share must agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind
from audit.quantity import Hedge, Measure
from audit.relate.clauses.operands import claim
from audit.relate.clauses.populations import names_same

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.relate.clauses.structure import Level, Mark, Paragraph

_ROW = 3
_BEHIND = 4
_EACH = frozenset({"per", "apiece"})


def claims(paragraph: Paragraph) -> Iterator[Claim]:
    """Yield the equal shares of a paragraph that are told with their total and their number."""
    for clause in paragraph.clauses:
        if "equally" not in clause.sentence.cues or clause.sentence.cues.isdisjoint(_EACH):
            continue
        marks = [m for m in clause.outer.marks if not m.bracketed and m.value.measure is not Measure.PERCENT]
        if len(marks) == _ROW and _is_shared(clause.outer, *marks):
            total, number, share = marks
            basis = Basis(cue="equally", confidence=80, reasons=("a total that is shared out equally",))
            roles = [("stated", share), ("total", total), ("number", number)]
            yield claim(ClaimKind.AVERAGE, "average", paragraph.document, roles, basis)


def _is_shared(level: Level, total: Mark, number: Mark, share: Mark) -> bool:
    """Say whether the third of three figures is what each of the second has of the first."""
    if total.value.value <= share.value.value or (share.fact.head and not names_same(share, total)):
        return False  # "shared evenly among 5 clubs and 12 schools, each with 300 pupils"
    counted = number.value.measure is Measure.COUNT and not number.value.unit and number.value.value > 1
    told = [*level.between(number.index, share.index), *level.between(share.index, share.index + _BEHIND)]
    plain = all(m.value.hedge is Hedge.NONE for m in (total, number, share))
    return counted and plain and total.sort == share.sort and any(t.cue in _EACH for t in told)
