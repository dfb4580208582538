"""Averages: a total, a number and what comes to each ("120 visits in 12 months, an average of 10 a month")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind
from audit.facts import TokenKind
from audit.quantity import Measure
from audit.relate.operands import claim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.relate.structure import Level, Mark, Paragraph

_REACH = 3
_PAIR = 2


def claims(paragraph: Paragraph) -> Iterator[Claim]:
    """Yield the averages of a paragraph whose total and number stand in the same sentence and reproduce it."""
    for clause in paragraph.clauses:
        if "average" not in clause.sentence.cues:
            continue
        for level in clause.levels:
            for mark in level.marks:
                if not mark.bracketed and _is_average(level, mark):
                    found = _pair(level, mark)
                    if found is not None:
                        basis = Basis(cue="average", confidence=70, reasons=("an average with its total and number",))
                        roles = [("stated", mark), ("total", found[0]), ("number", found[1])]
                        yield claim(ClaimKind.AVERAGE, "average", paragraph.document, roles, basis)


def _is_average(level: Level, mark: Mark) -> bool:
    before = level.between(mark.index - _REACH - 1, mark.index)
    if any(t.cue == "average" for t in before):
        return not any(t.cue == "than" for t in before)  # "7,400 more than the average of 54,300"
    after = level.between(mark.index, mark.index + _REACH)
    named = next((p for p, t in enumerate(after) if t.cue == "average"), -1)
    return named >= 0 and all(t.kind is TokenKind.WORD for t in after[:named])  # "36 élèves en moyenne"


def _pair(level: Level, mark: Mark) -> tuple[Mark, Mark] | None:
    """Return the one (total, number) of the sentence whose quotient is the average, rounded or cut."""
    others = [m for m in level.marks if m.index != mark.index and m.value.measure is not Measure.PERCENT]
    fitting = [
        (total, number)
        for total in others
        for number in others
        if total is not number
        and number.value.value > 1
        and number.value.measure is Measure.COUNT
        and total.sort == mark.sort
        and abs(total.value.value / number.value.value - mark.value.value) <= mark.value.step
    ]
    if not fitting and len(others) == _PAIR:
        number, total = sorted(others, key=lambda m: m.value.value)
        # "130 visits in 12 months, an average of 14 visits a month": nothing else in the sentence can be meant
        counted = mark.fact.head == total.fact.head or (not mark.fact.head and total.index < number.index)
        near = mark.value.value <= 2 * total.value.value / number.value.value <= 4 * mark.value.value
        if near and 1 < number.value.value < total.value.value and total.sort == number.sort == mark.sort and counted:
            return total, number
    if not fitting and len(others) == _PAIR and mark.value.measure is Measure.MONEY:
        number, total = sorted(others, key=lambda m: m.value.measure is Measure.MONEY)
        # "215 fines worth £3.4 million, an average of about £15,800 each"
        whole = 2 * total.value.value > mark.value.value * number.value.value > total.value.value / 2
        if whole and total.sort == mark.sort and number.value.measure is Measure.COUNT and number.value.value > 1:
            return total, number
    return fitting[0] if len(fitting) == 1 else None
