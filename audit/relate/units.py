"""Units: figures that are set against each other must be of one scale ("16.9 thousand ... compared to 1.1")."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind
from audit.quantity import Measure
from audit.relate.clauses.operands import claim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.relate.clauses.structure import Level, Mark, Paragraph

_SMALL = 1000


def claims(paragraph: Paragraph) -> Iterator[Claim]:
    """Yield compared pairs of which one has lost its scale word."""
    for clause in paragraph.clauses:
        for level in clause.levels:
            marks = [m for m in level.marks if m.value.measure in (Measure.COUNT, Measure.AMOUNT, Measure.MONEY)]
            for first, last in itertools.pairwise(marks):
                if _compared(level, first, last):
                    # "from 10.3 to 11.6 billion": a scale word behind the second figure serves both
                    scaled, bare = first, last
                    if scaled.value.scale > 1 and bare.value.scale == 1 and _lost_its_scale(bare, scaled):
                        broken = bare.value.step < 1
                        basis = Basis(
                            cue="compared", confidence=92 if broken else 72, reasons=("the two are compared",)
                        )
                        roles = [("stated", bare), ("other", scaled)]
                        yield _with_printed(claim(ClaimKind.UNIT, "scale", paragraph.document, roles, basis), scaled)


def _compared(level: Level, first: Mark, last: Mark) -> bool:
    gap = level.between(first.index, last.index)
    if any(t.cue == "compared" for t in gap):
        return True
    lead = level.between(first.index - 4, first.index)
    return any(t.cue == "from" for t in lead) and any(t.cue == "to" for t in gap[-3:]) and len(gap) <= 8


def _lost_its_scale(mark: Mark, scaled: Mark) -> bool:
    """Say whether a figure without scale word, unit and label cannot be a count beside one in thousands.

    A sum of money must be in the currency of the other: "$4.2 million, compared with $3.8".
    """
    if mark.value.value >= _SMALL or mark.value.unit != scaled.value.unit:
        return False
    return mark.value.step < 1 or not mark.fact.label


def _with_printed(made: Claim, scaled: Mark) -> Claim:
    """Return the claim with the scaled figure as it would read without its scale word: what the bare one is beside."""
    bare = scaled.value.value / scaled.value.scale
    other = made.operands[-1]
    return replace(made, operands=(*made.operands, replace(other, role="unscaled", value=bare, interval=None)))
