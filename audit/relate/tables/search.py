"""Finds which lines of a table are sums of which others: by structure first, by arithmetic second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.relate.tables.evidence import HOLDS, Relation, Sheet, evaluate, is_set_aside, weigh
from audit.relate.tables.grid import Kind
from audit.relate.tables.hierarchy import between, grouped, indented
from audit.relate.tables.pairs import closures, pairs
from audit.relate.tables.stack import by_total, reduce

if TYPE_CHECKING:
    from collections.abc import Iterable

_PAIR_LINES = 160
_ROUNDS = 3

Found = dict[frozenset[tuple[int | None, int]], Relation]


def relations(sheet: Sheet) -> list[Relation]:
    """Return the relations that the lines of a sheet keep, the best supported first."""
    found: Found = {}
    count = len(sheet.lines)
    everything = list(range(count))
    usable = [i for i in everything if not is_set_aside(sheet.lines[i])]
    orders = [usable, usable[::-1]]
    if len(usable) < count:
        orders += [everything, everything[::-1]]
    for _ in range(_ROUNDS):
        before = len(found)
        for order in orders:
            _keep(found, reduce(sheet, order, by_total(found.values())))
        _keep(found, indented(sheet))
        _keep(found, grouped(sheet))
        _learn(sheet, found)
        _keep(found, between(sheet, found.values(), usable))
        if len(found) == before:
            break
    if count <= _PAIR_LINES:
        _keep(found, pairs(sheet, usable, found.values()))
    _keep(found, closures(sheet, usable))
    _learn(sheet, found)
    return sorted(found.values(), key=lambda r: -r.bits)


def _keep(found: Found, candidates: Iterable[Relation]) -> None:
    for relation in candidates:
        known = found.setdefault(relation.key, relation)
        if relation.need < known.need:
            known.need, known.reasons = relation.need, relation.reasons


def _learn(sheet: Sheet, found: Found) -> None:
    """Note the crossings where a relation holds though a part is blank: there a blank means nil."""
    for relation in found.values():
        for j, state in enumerate(relation.states):
            if state in HOLDS and any(sheet.slots[line][j].kind is Kind.BLANK for line, _ in relation.parts):
                sheet.closed[j] = True
    for key, relation in found.items():
        again = evaluate(sheet, relation.total, relation.parts)
        again.form, again.reasons = relation.form, relation.reasons
        weigh(sheet, again, relation.need, relation.equal)
        found[key] = again
