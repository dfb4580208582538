"""The figures of a sentence as one row, whatever brackets they stand in, and which of them are of one kind."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from audit.facts import TokenKind
from audit.quantity import Measure

if TYPE_CHECKING:
    from audit.relate.clauses.structure import Clause, Level, Mark

_REACH = 4
_JOINTS = frozenset({"to", "and", "or", "between"})
_SMALL = 1000


def figures(clause: Clause) -> list[Mark]:
    """Return the figures of a sentence, inside brackets and outside, each once and in order.

    In "from 512 to 448 million" the scale word serves both, in "from 250 to 200 tons" the unit, in "de 60 a 80 pesos"
    the currency.
    """
    found = {m.index: m for level in reversed(clause.levels) for m in level.marks}
    row = [found[index] for index in sorted(found)]
    tokens = clause.sentence.tokens
    for place, (first, last) in enumerate(pairwise(row)):
        gap = tokens[first.index + 1 : last.index]
        bare = first.value.scale == 1 and not first.value.unit and 0 < len(gap) <= _REACH and gap[0].cue in _JOINTS
        mantissa = last.value.value / last.value.scale
        near = mantissa >= _SMALL and mantissa / 10 < first.value.value < mantissa * 10  # "de 3.200 a 3.680 millones"
        scaled = last.value.scale > 1 and (first.value.value < _SMALL or near)
        measured = last.value.measure in (Measure.AMOUNT, Measure.MONEY) and not first.fact.head and len(gap) == 1
        led = first.index > 0 and tokens[first.index - 1].cue == "from"
        # "from $5.2 to $4.1 billion": the currency is said twice, the scale once
        money = first.sort == last.sort and first.value.measure is Measure.MONEY and led and len(gap) == 1
        alike = money and first.value.scale == 1 < last.value.scale and gap[0].cue in _JOINTS
        if alike and mantissa / 10 < first.value.value < mantissa * 10:
            row[place] = _scaled(first, last)
        if bare and (scaled or (measured and led)):
            row[place] = _scaled(first, last)
    return row


def _scaled(mark: Mark, like: Mark) -> Mark:
    """Return a figure with the scale and the unit of the one behind it."""
    scale, value = like.value.scale, mark.value
    lent = replace(
        value,
        value=value.value * scale,
        step=value.step * scale,
        scale=scale,
        unit=like.value.unit,
        measure=like.value.measure,
    )
    return replace(mark, fact=replace(mark.fact, value=lent), value=lent)


def are_alike(first: Mark, last: Mark) -> bool:
    """Say whether two figures are of one kind; a currency may be named once: "58.2 billion francs, against 54.2"."""
    if first.sort == last.sort:
        return True
    measures = {first.value.measure, last.value.measure}
    bare = first if first.value.measure is not Measure.MONEY else last
    money = measures in ({Measure.MONEY, Measure.COUNT}, {Measure.MONEY, Measure.AMOUNT})
    return money and bare.value.scale > 1 and not bare.value.unit


def begins_range(mark: Mark, level: Level) -> bool:
    """Say whether a figure begins a range: "30 per cent of 10 to 49 workers" has no base."""
    behind = level.between(mark.index, mark.index + 3)
    ranged = len(behind) > 1 and (behind[0].cue == "to" or behind[0].kind is TokenKind.DASH)
    return ranged and behind[1].kind is TokenKind.FIGURE
