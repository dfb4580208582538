"""Closures: lists of shares that make 100 per cent, or more than rounding lets them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind, Operand
from audit.quantity import Interval, Measure
from audit.relate.operands import claim
from audit.relate.runs import runs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.relate.structure import Clause, Mark, Paragraph

_HUNDRED = Decimal(100)
_FEWEST = 3
_MOST = Decimal(110)


def claims(paragraph: Paragraph) -> Iterator[Claim]:
    """Yield the lists of shares of a paragraph that are held against 100."""
    for clause in paragraph.clauses:
        yield from _of_clause(clause, paragraph)


def _beyond(clause: Clause) -> list[Mark]:
    """Return a list of named shares past 100 by more than rounding: "Ana (40 %), Ben (35 %) and Carla (30 %)".

    Far more than 100 is a question with several answers, and shares that each name their base do not add up.
    """
    if all(sum(m.value.measure is Measure.PERCENT for m in level.marks) < _FEWEST for level in clause.levels):
        return []
    for run in runs(clause):
        shares = run.marks
        if len(shares) < _FEWEST or shares[0].value.measure is not Measure.PERCENT or not shares[0].bracketed:
            continue
        total = sum((m.value.value for m in shares), Decimal(0))
        slack = sum((m.value.half_width for m in shares), Decimal(0))
        if _HUNDRED + slack < total <= _MOST:
            return shares
    return []


def _of_clause(clause: Clause, paragraph: Paragraph) -> Iterator[Claim]:
    """Yield the lists of shares of a sentence that make exactly 100."""
    marks = [
        m
        for level in clause.levels
        for m in level.marks
        if m.value.measure is Measure.PERCENT and not (m.bracketed and m.level is not level)
    ]
    unique = list({m.index: m for m in marks}.values())
    total = sum((m.value.value for m in unique), Decimal(0))
    if total != _HUNDRED:
        unique = _beyond(clause)
    if len(unique) < 2:
        return
    sure = 60 if total == _HUNDRED else 72
    basis = Basis(cue="closure", confidence=sure, reasons=("shares of one list against 100",))
    made = claim(ClaimKind.SUM, "closure", paragraph.document, [("part", m) for m in unique], basis)
    whole = Operand(
        role="total",
        text="100",
        document=made.document,
        start=made.start,
        end=made.end,
        value=_HUNDRED,
        interval=Interval.point(100),
    )
    yield Claim(
        kind=made.kind, form=made.form, document=made.document, start=made.start, end=made.end,
        operands=(whole, *made.operands), basis=basis,
    )  # fmt: skip
