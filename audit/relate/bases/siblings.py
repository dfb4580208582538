"""Shares told side by side: "6,300 girls (50.8 per cent) and 6,100 boys (49.2 per cent)" are of one base.

Where the base is known from one of them, the others are held against it too: those whose parts make it up, and those
that stand beside two that agree.
"""

from __future__ import annotations

import itertools
from decimal import Decimal
from typing import TYPE_CHECKING

from audit.quantity import Measure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from audit.relate.clauses.structure import Level, Mark

    Fits = Callable[[Mark, Mark, Mark], bool]

_PAIR = 2


def shared_base(share: Mark, part: Mark, level: Level, known: Sequence[Mark], fits: Fits) -> Mark | None:
    """Return the one base that the shares beside this one are of, when this one must be of it as well."""
    pairs = _pairs(level, part)
    others = [(p, s) for p, s in pairs if s is not share]
    if len(others) == len(pairs) or not others:
        return None  # this share does not stand behind its part as they do
    bases = [b for b in known if b.sort == part.sort and all(b.fact is not p.fact for p, _ in pairs)]
    held = {b.value.value: b for b in bases if all(fits(s, p, b) for p, s in others)}
    if len(held) != 1:
        return None
    base = next(iter(held.values()))
    whole = sum((p.value.value for p, _ in pairs), Decimal(0)) == base.value.value
    return base if part.value.value <= base.value.value and (whole or len(others) >= _PAIR) else None


def _pairs(level: Level, part: Mark) -> list[tuple[Mark, Mark]]:
    """Return (part, share) of each percentage of a level that stands in brackets right behind a figure of one sort."""
    marks = level.marks
    return [
        (first, last)
        for first, last in itertools.pairwise(marks)
        if last.value.measure is Measure.PERCENT and last.bracketed and first.sort == part.sort and not first.bracketed
    ]
