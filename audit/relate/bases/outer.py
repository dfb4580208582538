"""Shares of an outer whole: "48 patients (53%), of whom 22 (24%) ..." where 24 per cent are of all patients.

Takes a share with its part and the whole that stands nearest; says whether the share is of a whole farther out. Also
says which shares are right, because a part that has a share has no second one that is wrong, and which total a
percentage "of the total" is of.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from audit.facts import TokenKind
from audit.quantity import Interval, Measure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from audit.claims import Claim
    from audit.relate.clauses.structure import Clause, Level, Mark

    Fits = Callable[[Mark, Mark, Mark], bool]

_HUNDRED = Decimal(100)
_BESIDE = 4
_PAIR = 2
_NAMED = 6
_TELLING = 10


def is_of_outer(share: Mark, part: Mark, whole: Mark, known: Sequence[Mark], clause: Clause, fits: Fits) -> bool:
    """Say whether a share that is not of its whole is of what that whole is a share of, or of another figure."""
    if fits(share, part, whole) or part.value.value > whole.value.value:
        return False
    own = next((m for level in clause.levels for m in level.marks if _is_beside(m, whole)), None)
    if own is not None and own.index != share.index and whole.value.value:
        spread = part.value.value / whole.value.value
        room = own.value.step * spread / 2 + share.value.step  # rounded or cut off
        return abs(own.value.value * spread - share.value.value) <= room
    least = part.value.value
    others = {b.value.value for b in known if b.sort == part.sort and b is not part and b.value.value >= least > 0}
    telling = share.value.value >= _TELLING * share.value.step
    return telling and any(
        abs(_HUNDRED * part.value.value / b - share.value.value) <= share.value.step / 2 for b in others
    )


def _is_beside(mark: Mark, whole: Mark) -> bool:
    near = 0 < mark.index - whole.index <= _BESIDE
    return mark.bracketed and near and mark.value.measure is Measure.PERCENT


def is_right(made: Claim) -> bool:
    """Say whether a share of one part in one whole is right to its last printed place."""
    stated, *told = made.operands
    values = [o.value for o in told]
    if len(values) != _PAIR or not values[0] or not values[1] or stated.interval is None:
        return False
    return stated.interval.holds(Interval.point(_HUNDRED * values[0] / values[1]))


def is_of_the_total(mark: Mark, level: Level) -> bool:
    """Say whether a percentage is "of the total", "de l'effectif total", and of no other noun behind these words."""
    after = level.between(mark.index, mark.index + _NAMED)
    end = next((p for p, t in enumerate(after) if t.cue == "total"), 0)
    led = end > 0 and after[0].cue in ("of", "from")
    plain = all(t.kind is TokenKind.WORD or t.cue == "article" for t in after[1:end])
    return (
        led
        and plain
        and all(t.kind is not TokenKind.WORD and t.cue not in ("of", "from") for t in after[end + 1 :][:1])
    )


def divided_total(part: Mark, clause: Clause) -> Mark | None:
    """Return the total of "1,530 people: 918 men and 612 women, who are 42 per cent of the total": all add up to it."""
    alike = [m for m in clause.outer.marks if m.sort == part.sort and not m.bracketed]
    if len(alike) <= _PAIR or part not in alike:
        return None
    whole = max(alike, key=lambda m: m.value.value)
    rest = sum((m.value.value for m in alike if m is not whole), Decimal(0))
    return whole if rest == whole.value.value else None
