"""Acts and those they were for: "16 assessments involving 14 male and 2 female victims" has one assessment for each.

Acts are no persons, and one person may be assessed twice, so that words alone claim nothing. A paragraph that tells
other acts so, and has one for each person there, means it: then what one typing error keeps from adding up is claimed.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind
from audit.relate.clauses.chance import near_miss
from audit.relate.clauses.joints import PREPOSITIONS
from audit.relate.clauses.operands import claim
from audit.relate.clauses.populations import Fit, is_divided, trait
from audit.relate.clauses.reading import Reading
from audit.relate.clauses.runs import runs
from audit.relate.clauses.structure import sort_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.relate.clauses.runs import Run
    from audit.relate.clauses.structure import Mark, Paragraph

_ACTS = frozenset({"event", "matter"})
_LEADS = frozenset({*PREPOSITIONS, "comprising", "focusing"})
_REACH = 14
_EXACT, _DOUBTED = 55, 74


def claims(read: Sequence[Paragraph]) -> Iterator[Claim]:
    """Yield the acts that the paragraphs of a document tell with those they were for."""
    found = [(p, r) for p in read for clause in p.clauses for run in runs(clause) if (r := _reading(run)) is not None]
    kept = Counter(p.block for p, r in found if not r.gap)
    for paragraph, reading in found:
        near = near_miss(reading.total.value, [p.value for p in reading.parts])
        # "11 transfers for four women and five men": some were moved twice; more persons than acts are rarer
        meant = kept[paragraph.block] > (reading.gap > 0)
        if not reading.gap or (near and meant):
            sure = _DOUBTED if reading.gap else _EXACT
            basis = Basis(cue="served", exhaustive=True, confidence=sure, reasons=("one act for each person",))
            roles = [("total", reading.total), *(("part", p) for p in reading.parts)]
            yield claim(ClaimKind.SUM, "served", paragraph.document, roles, basis)


def _reading(run: Run) -> Reading | None:
    parts, level = run.marks, run.level
    if not all(_is_person(p) for p in parts) or not is_divided(parts):
        return None
    before = [m for m in level.marks if m.index < parts[0].index]
    total = before[-1] if before else None
    if total is None or total.bracketed or total.sort != parts[0].sort or sort_of(total) not in _ACTS:
        return None
    gap = level.between(total.index, parts[0].index)
    if not gap or gap[-1].cue not in _LEADS or len(gap) > _REACH:
        return None
    return Reading(total, parts, "served", run.clause, Fit.SAME)


def _is_person(mark: Mark) -> bool:
    return sort_of(mark) == "person" or bool(trait(mark, "gender"))
