"""Stocks carried through a period: "opened the year with 120, received 40, spent 35 and closed it with 130".

Words say which figure opens the period and which closes it; the two between them are what came in and what went out,
in either order. A stock that is not carried exactly is claimed only where one typing error explains it: more may have
moved than was told.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind
from audit.facts import TokenKind
from audit.quantity import Measure
from audit.relate.clauses.chance import is_repaired
from audit.relate.clauses.ends import are_ends, is_dated
from audit.relate.clauses.nearby import are_alike
from audit.relate.clauses.operands import claim
from audit.relate.clauses.structure import named_sort, sort_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.relate.clauses.structure import Clause, Mark, Paragraph

_ROW = 4
_SENTENCES = 3


def claims(paragraph: Paragraph) -> Iterator[Claim]:
    """Yield the stocks of a paragraph that are told with what opened, what closed and what moved in between."""
    for position, clause in enumerate(paragraph.clauses):
        if "opening" not in clause.sentence.cues and TokenKind.DATE not in clause.sentence.kinds:
            continue
        row: list[tuple[Mark, Clause]] = []
        for told in paragraph.clauses[position : position + _SENTENCES]:
            row += [(m, told) for m in told.outer.marks if not m.bracketed and m.value.measure is not Measure.PERCENT]
            made = next(_carried(row, paragraph), None)
            if made is not None:
                yield made
                break


def _carried(row: Sequence[tuple[Mark, Clause]], paragraph: Paragraph) -> Iterator[Claim]:
    """Yield the stock of four figures in a row that words open and close."""
    for place in range(len(row) - _ROW + 1):
        window = row[place : place + _ROW]
        start, first, second, end = (m for m, _ in window)
        if not are_ends(start, end, (window[0][1], window[-1][1])) or not _are_one(window):
            continue
        if all(is_dated(m, clause) for m, clause in window):
            continue  # "12 in 2016, 15 in 2017, 18 in 2018 and 11 in 2019" is a series
        if first.value.value + second.value.value == start.value.value or _is_listed(start, first, window[0][1]):
            continue  # "In 2019/20 it had 420 pupils: 210 boys and 210 girls; in 2020/21, 440"
        ways = ((first, second), (second, first))
        values = [m.value for m in (end, start, first, second)]
        alone = window[0][1].outer.marks[0] is start  # "Of 150 at the beginning of 2023, 60 were decided"
        exact = [w for w in ways if start.value.value + w[0].value.value - w[1].value.value == end.value.value]
        near = alone and is_repaired(values, lambda e, s, i, o, _: e == s + i - o)
        if exact or near:
            plus, less = exact[0] if exact else ways[0]
            basis = Basis(cue="stock", confidence=80, reasons=("a stock with what opens it, moves it and closes it",))
            roles = [("stated", end), ("from", start), ("plus", plus), ("less", less)]
            yield claim(ClaimKind.DIFFERENCE, "carried", paragraph.document, roles, basis)
            return


def _is_listed(start: Mark, first: Mark, clause: Clause) -> bool:
    """Say whether a colon leads from a stock to its parts."""
    return any(t.kind is TokenKind.COLON for t in clause.sentence.tokens[start.index : max(start.index, first.index)])


def _are_one(window: Sequence[tuple[Mark, Clause]]) -> bool:
    """Say whether figures may be of one thing: of one kind, none of them time; a unit may be named once."""
    marks = [m for m, _ in window]
    sorts = {named_sort(m) for m in marks} - {""}
    alike = all(are_alike(a, b) or _is_unnamed(b) for a, b in pairwise(marks))
    return alike and len(sorts) <= 1 and "time" not in sorts and all(sort_of(m) != "time" for m in marks)


def _is_unnamed(mark: Mark) -> bool:
    return mark.value.measure is Measure.COUNT and not mark.fact.head
