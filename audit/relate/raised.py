"""Totals of what was told before and what is new: "It asks for $860 million. With $50 million in fees, $910 million".

Words say that a figure closes its sentence as a total; what it is the total of stands in the same sentence or in the
ones before. What is not exact is claimed only where one typing error explains it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind
from audit.facts import TokenKind
from audit.quantity import Measure
from audit.relate.balances import earlier_figures
from audit.relate.clauses.chance import near_miss
from audit.relate.clauses.operands import claim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.relate.clauses.structure import Clause, Level, Mark, Paragraph

_PAIR = 2
_SOME = 2
_TELLING = 3
_LEAD = 5
_BACK = 4


def claims(paragraph: Paragraph) -> Iterator[Claim]:
    """Yield the totals that the sentences of a paragraph close with."""
    for position, clause in enumerate(paragraph.clauses):
        if "total" in clause.sentence.cues:
            yield from _raised(clause, paragraph, position)


def _raised(clause: Clause, paragraph: Paragraph, position: int) -> Iterator[Claim]:
    """Yield "It asks for $860 million. It also uses $50 million in fees, for $910 million in total"."""
    level = clause.outer
    marks = [m for m in level.marks if not m.bracketed and m.value.measure is not Measure.PERCENT]
    told = marks[:-_PAIR]
    if (
        len(marks) < _PAIR
        or len(told) > 1
        or len({m.sort for m in marks}) > 1
        or not _is_total_behind(level, marks[-1])
    ):
        return
    more, total = marks[-_PAIR:]
    wanted = total.value.value - more.value.value
    # "310 in the first half and 290 in the second, bringing the total for the year to 600"
    told = told or [m for m in earlier_figures(paragraph, position, total) if m.value.value > 0]
    exact = [m for m in told if m.value.value == wanted]
    least = _SOME if len(told) == 1 else _TELLING
    lead = level.between(more.index, total.index + _BACK)
    ever = any(t.cue == "since" for t in lead)  # "bringing the total since 2010 to 4,602": of more than the two
    # ... and so may be "12 joined in 2020 and 15 in 2021, the total rose to 127"
    beside = [
        m for m in told if not marks[:-_PAIR] or 2 * abs(total.value.value - m.value.value - more.value.value) < wanted
    ]
    near = [] if ever else [m for m in beside if near_miss(total.value, [m.value, more.value]) >= least]
    for first in exact[-1:] or (near if len(near) == 1 else []):
        basis = Basis(
            cue="total", confidence=60 if exact else 72, reasons=("a total of what was told and what is new",)
        )
        roles = [("total", total), ("part", first), ("part", more)]
        yield claim(ClaimKind.SUM, "raised", paragraph.document, roles, basis)


def _is_total_behind(level: Level, mark: Mark) -> bool:
    """Say whether a figure closes its sentence as a total: ", for $910 million in total", "pour un total de 910"."""
    before, after = level.between(mark.index - 2 * _LEAD, mark.index), level.between(mark.index, mark.index + _LEAD)
    comma = max((p for p, t in enumerate(before) if t.kind is TokenKind.COMMA), default=-1)
    led = comma >= 0 and any(t.cue in ("for", "making", "leaving", "total") for t in before[comma:])
    return led and any(t.cue == "total" for t in (*before[comma:], *after))
