"""Finds which lines of a table are sums of which others: by structure first, by arithmetic second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.relate.tables.evidence import HOLDS, Relation, evaluate, weigh
from audit.relate.tables.formulas import formulas
from audit.relate.tables.hierarchy import between, grouped, indented
from audit.relate.tables.lines import kinds_of, values_of
from audit.relate.tables.pairs import closures, contrasted, pairs, translated
from audit.relate.tables.rolls import rolls
from audit.relate.tables.sheet import Sheet, is_set_aside
from audit.relate.tables.slots import Kind
from audit.relate.tables.stack import by_total, reduce
from audit.relate.tables.walks import walks

if TYPE_CHECKING:
    from collections.abc import Iterable

_PAIR_LINES = 160
_ROUNDS = 3
_TOTALLED = 6.0  # bits for a heading that says total
_LINES = 400
_CROSSINGS = 400
_SAMPLE = 120

Found = dict[frozenset[tuple[int | None, int]], Relation]


def relations(sheet: Sheet) -> list[Relation]:
    """Return the relations that the lines of a sheet keep, the best supported first.

    Over very many crossings they are looked for in a sample and then held against all.
    """
    if len(sheet.crossings) <= _CROSSINGS:
        return _relations(sheet)
    every = -(-len(sheet.crossings) // _SAMPLE)
    sample = Sheet(
        sheet.lines, sheet.crossings[::every], [row[::every] for row in sheet.slots], sheet.across, sheet.hundred
    )
    found = {relation.key: relation for relation in _relations(sample)}
    _judge(sheet, found)
    _learn(sheet, found)
    return sorted(found.values(), key=lambda r: -r.bits)


def _relations(sheet: Sheet) -> list[Relation]:
    found: Found = {}
    everything = list(range(len(sheet.lines)))
    usable = [i for i in everything if not is_set_aside(sheet.lines[i])] or everything
    if len(everything) > _LINES:
        # In a table of data only what is labelled as a total is one.
        _keep(found, reduce(sheet, usable, {}))
        _learn(sheet, found)
        return list(found.values())
    _keep(found, (*formulas(sheet), *walks(sheet)))
    for _ in range(_ROUNDS):
        before = len(found)
        _keep(found, _summed(sheet, found, usable))
        if len(usable) < len(everything):
            _keep(found, (r for r in _summed(sheet, found, everything) if not _is_repeated(r, set(usable), found)))
        _keep(found, _namesakes(sheet, found, usable))
        _keep(found, indented(sheet))
        _keep(found, grouped(sheet))
        _learn(sheet, found)
        _keep(found, between(sheet, found.values(), usable))
        if len(found) == before:
            break
    if len(everything) <= _PAIR_LINES:
        _keep(found, contrasted(sheet))
        _keep(found, pairs(sheet, usable, found.values()))
    _keep(found, (r for r in rolls(sheet) if r.key not in found))
    _keep(found, translated(sheet, found.values()))
    for relation in [r for r in found.values() if _is_of_shares(sheet, r, found)]:
        del found[relation.key]
    hundreds = [set(r.parts) for r in found.values() if _is_hundred(sheet, r)]
    _keep(found, (r for r in closures(sheet, usable) if not any(set(r.parts) & parts for parts in hundreds)))
    _learn(sheet, found)
    return sorted(found.values(), key=lambda r: -r.bits)


def _is_of_shares(sheet: Sheet, relation: Relation, found: Found) -> bool:
    """Say whether shares make up a total of counts by accident: "45.0 %" and "55.0 %" of "45" and "55", total 100."""

    def shared(one: Relation) -> bool:
        return all("share" in sheet.lines[line].cues for line, _ in one.parts)

    total = relation.total
    if total is None or "share" in sheet.lines[total].cues or not shared(relation):
        return False
    return any(other.total == total and not shared(other) for other in found.values())


def _summed(sheet: Sheet, found: Found, lines: list[int]) -> list[Relation]:
    """Return the totals below and above their parts among some lines."""
    fresh: list[Relation] = []
    for order in (lines, lines[::-1]):
        for bold, spare in ((False, False), (True, False), (False, True)):
            fresh += reduce(sheet, order, by_total([*found.values(), *fresh]), bold=bold, spare=spare)
    return fresh


def _namesakes(sheet: Sheet, found: Found, lines: list[int]) -> list[Relation]:
    """Return the totals among lines with one label: "Claims filed" under each section and once more under "Total"."""
    named: dict[str, list[int]] = {}
    for line in lines:
        named.setdefault(" ".join(sheet.lines[line].label.lower().split()), []).append(line)
    known = by_total(found.values())
    return [
        relation
        for label, members in named.items()
        if label and not sheet.across and len(members) > 2
        for relation in reduce(sheet, members, known, ease=_TOTALLED * ("under_total" in sheet.lines[members[-1]].cues))
    ]


def _is_repeated(relation: Relation, usable: set[int], found: Found) -> bool:
    """Say whether a relation is known without the rates and averages that stand between its parts."""
    parts = tuple((line, sign) for line, sign in relation.parts if line in usable)
    return len(parts) < len(relation.parts) and Relation(relation.total, parts, [], []).key in found


def _is_hundred(sheet: Sheet, relation: Relation) -> bool:
    if relation.total is None:
        return False
    line = sheet.slots[relation.total]
    totals = [value for value, kind in zip(values_of(line), kinds_of(line), strict=True) if kind is Kind.FIGURE]
    return sum(value == sheet.hundred for value in totals) * 2 > len(totals)


def _keep(found: Found, candidates: Iterable[Relation]) -> None:
    for relation in candidates:
        known = found.setdefault(relation.key, relation)
        if relation.need < known.need:
            known.need, known.reasons = relation.need, relation.reasons


def _learn(sheet: Sheet, found: Found) -> None:
    """Note the crossings where a relation holds though a part is blank: there a blank means nil."""
    if sheet.full:
        return
    closed = list(sheet.closed)
    for relation in found.values():
        kinds = zip(*(kinds_of(sheet.slots[line]) for line, _ in relation.parts), strict=True)
        for j, (state, at) in enumerate(zip(relation.states, kinds, strict=True)):
            if state in HOLDS and Kind.BLANK in at:
                closed[j] = True
    if closed != sheet.closed:
        sheet.closed = closed
        _judge(sheet, found)


def _judge(sheet: Sheet, found: Found) -> None:
    """Evaluate relations again, over all crossings and with what is now known of blanks."""
    for key, relation in found.items():
        found[key] = again_of(sheet, relation)


def again_of(sheet: Sheet, relation: Relation) -> Relation:
    """Return a relation as it is over the crossings of a sheet, with what is now known of its cells."""
    again = evaluate(sheet, relation.total, relation.parts)
    again.form, again.reasons, again.plain = relation.form, relation.reasons, relation.plain
    weigh(sheet, again, relation.need, relation.equal)
    return again
