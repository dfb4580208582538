"""Breakdowns that end in "the remaining 18": the word says that what stands before it and the rest make up a whole.

The whole stands first in the sentence ("Of 49 bodies, 18 ... and the remaining 31 ..."), in "14 of the 25", or in the
sentence before; where several figures may be it, the one that adds up is, and otherwise the only one that one typing
error keeps from adding up.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from audit.facts import TokenKind
from audit.quantity import Measure
from audit.relate.clauses.chance import near_miss
from audit.relate.clauses.joints import is_compared
from audit.relate.clauses.odds import LIKELY, likelihood
from audit.relate.clauses.openings import is_of_all
from audit.relate.clauses.populations import Fit, fit, names_same
from audit.relate.clauses.reading import Reading
from audit.relate.clauses.structure import is_bare, is_drawn_from, named_sort, sort_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.relate.clauses.structure import Clause, Level, Mark, Paragraph

_MOST = 8
_SOME = 2
_REACH = 6
_FARTHEST = 5
_PLAIN = frozenset({"article", "and"})
_NESTING = ("including", "among")
_CALLS = ("of_whom", "among")
_RESTS = frozenset({"remain", "other", "leaving"})


def rest(clause: Clause, paragraph: Paragraph, position: int) -> Reading | None:
    """Return the breakdown that a named remainder closes, or None when no whole or several can be meant."""
    if _RESTS.isdisjoint(clause.sentence.cues):
        return None
    level = clause.outer
    last = next((m for m in reversed(level.marks) if _is_named_rest(level, m)), None)
    if last is None:
        return None
    found = [r for r in _wholes(clause, last, paragraph, position) if r.fit is not Fit.CLASH and _is_ample(r)]
    exact = [r for r in found if r.gap == 0]
    if exact:
        return exact[0]
    if any(_holds_with_some(r) for r in found):
        return None
    meant = [r for r in found if _is_near(r) or _is_pair(r) or not r.is_ample]
    return meant[0] if len(meant) == 1 else None


def _is_ample(reading: Reading) -> bool:
    """Say whether no part exceeds the whole, or one that the words tie to its whole does by a typing error alone."""
    near = near_miss(reading.total.value, [p.value for p in reading.parts])
    return reading.is_ample or (not reading.distance and near > 0)


def _holds_with_some(reading: Reading) -> bool:
    """Say whether some figures of a sentence make the whole: "of 30 works, 12 by 3 authors and the remaining 18"."""
    *others, last = reading.parts
    left = reading.total.value.value - last.value.value
    values = [m.value.value for m in others if m.level is reading.total.level]
    return any(sum(some) == left for size in range(1, len(values)) for some in combinations(values, size))


def _is_near(reading: Reading) -> bool:
    if reading.distance:
        return likelihood(reading) >= LIKELY
    return near_miss(reading.total.value, [p.value for p in reading.parts]) >= _SOME


def _is_pair(reading: Reading) -> bool:
    """Say whether a whole has two parts, one drawn from it and the rest: "six of the ten ...; the other three"."""
    first, level = reading.parts[0], reading.parts[0].level
    return len(reading.parts) == _SOME and level is not None and is_drawn_from(level, first, reading.total)


def _is_named_rest(level: Level, mark: Mark) -> bool:
    """Say whether a figure is called the rest: "the remaining 18", "las 18 restantes"; not "18 remain"."""
    if mark.bracketed:
        led = [t.cue for t in level.between(mark.index - 3, mark.index - 1)][-1:]
        return led == ["remain"] and mark.value.measure is Measure.COUNT  # "and the rest (140)"
    before = [t.cue for t in level.between(mark.index - 3, mark.index)]
    if not before:
        return False
    if before[-1] in ("remain", "leaving"):
        return True
    if before[-1] == "other":
        return before[0] == "article" or " " in level.between(mark.index - 2, mark.index)[0].text
    after = level.between(mark.index, mark.index + 3)
    if after and after[0].kind is TokenKind.WORD:
        after = after[1:]  # "les 21 sièges restants", "the 21 seats remaining"
    return before[-1] == "article" and bool(after) and after[0].cue == "remain"


def _wholes(clause: Clause, last: Mark, paragraph: Paragraph, position: int) -> Iterator[Reading]:
    """Yield each way to read the figures before a rest as a whole and its other parts, the nearest whole first."""
    level = clause.outer
    marks = _before(level, last)
    if len(marks) > _MOST:
        return
    for place, mark in enumerate(marks[:-1]):
        if is_drawn_from(level, mark, marks[place + 1]):
            parts = [*marks[:place], mark, *marks[place + 2 :], last]
            yield _reading(marks[place + 1], parts, clause)
            return
    if len(marks) >= _SOME:
        yield _reading(marks[0], [*marks[1:], last], clause)
    if not position:
        return
    yield from _earlier_wholes(clause, last, paragraph, position)


def _earlier_wholes(clause: Clause, last: Mark, paragraph: Paragraph, position: int) -> Iterator[Reading]:
    """Yield the wholes that stand in the sentence before, or in the one before that when it told parts only."""
    marks = _before(clause.outer, last)
    earlier = paragraph.clauses[position - 1]
    told = _before(earlier.outer, last)
    told = [m for m in told if named_sort(m) in ("", sort_of(told[0]))]
    if len(told) > _SOME and told[0].value.value == sum(m.value.value for m in told[1:]):
        return  # "Of the 227, 96 were A, 67 B and 64 C. Compared with the other two groups, A ...": nothing is left
    if _SOME <= len(told) <= _MOST:
        yield _reading(told[0], [*told[1:], *marks, last], clause)
    if marks:
        alone = [m for m in earlier.outer.marks if m.sort == last.sort and not m.bracketed]
        for mark in reversed(told):
            yield _reading(mark, [*marks, last], clause, distance=len(alone) > 1)
    if position >= _SOME and told:
        # "... 131 convictions. Among those were 52 soldiers and 40 officers. The remaining 39 were civilians."
        called = any(t.cue in _CALLS for t in earlier.sentence.tokens[:_SOME])
        for mark in reversed(_before(paragraph.clauses[position - 2].outer, last)[:_MOST]):
            found = _reading(mark, [*told, *marks, last], clause, distance=not called)
            yield replace(found, fit=Fit.OPEN) if called and found.fit is Fit.CLASH else found
    yield from _told_along(clause, last, paragraph, position)


def _told_along(clause: Clause, last: Mark, paragraph: Paragraph, position: int) -> Iterator[Reading]:
    """Yield a whole whose parts are told sentence by sentence: "91 raids. A claimed 53. B did 22. The other 16 raids".

    Every figure of that noun in between is a part, so that nothing is chosen to fit.
    """
    parts = [*_alike(clause.outer, last), last]
    for back in range(1, min(position, _FARTHEST) + 1):
        marks = _alike(paragraph.clauses[position - back].outer, last)
        for place, whole in enumerate(marks) if back >= _SOME else ():
            told = [*marks[place + 1 :], *parts]
            if _SOME < len(told) <= _MOST and names_same(whole, last):
                # what opens its sentence alone is the whole of what follows
                yield _reading(whole, told, clause, distance=int(bool(place)))
        parts = [*marks, *parts]


def _alike(level: Level, last: Mark) -> list[Mark]:
    """Return the figures of a level that may be parts beside a rest and count what it counts, named or not."""
    return [m for m in _before(level, last) if not m.fact.label or names_same(m, last)]


def drawn(clause: Clause) -> Reading | None:
    """Return the breakdown of "seven of the 11 proposals, deferred two and rejected three": bare figures go on."""
    level = clause.outer
    marks = [m for m in level.marks if not m.bracketed]
    for place, (first, whole) in enumerate(pairwise(marks)):
        if not is_drawn_from(level, first, whole) or first.sort != whole.sort:
            continue
        parts = [first]
        for mark in reversed(marks[:place]):
            if not is_bare(mark) or mark.sort != first.sort or not _is_told_before(level, mark, parts[0]):
                break
            parts.insert(0, mark)  # "Women held 112 and men 230 of the 342 posts"
        for before, mark in pairwise(marks[place + 1 :]):
            gap = level.between(before.index, mark.index)
            joined = any(t.kind is TokenKind.COMMA or t.cue in ("and", "also") for t in gap)
            if not joined or len(gap) > _REACH or mark.sort != whole.sort or not is_bare(mark):
                break
            parts.append(mark)
        if len(parts) > _SOME or parts[0] is not first:
            return Reading(whole, parts, "of_the", clause, fit(whole, parts, clause))
    return None


def shared_out(clause: Clause) -> Reading | None:
    """Return the breakdown of "Of the four cases, it closed one case and kept three cases open", the noun said again.

    What stands between the parts may be long; every figure of that noun is a part.
    """
    marks = [m for m in clause.outer.marks if not m.bracketed]
    if len(marks) <= _SOME or not is_of_all(clause.outer, marks[0]):
        return None
    whole = marks[0]
    parts = [m for m in marks[1:] if m.sort == whole.sort and (not m.fact.label or names_same(m, whole))]
    if len(parts) < _SOME or not any(m.fact.label for m in parts) or any(is_compared(clause.outer, m) for m in parts):
        return None
    reading = Reading(whole, parts, "of_the", clause, fit(whole, parts, clause))
    return reading if reading.gap == 0 or likelihood(reading) >= LIKELY else None


def _is_told_before(level: Level, mark: Mark, after: Mark) -> bool:
    gap = level.between(mark.index, after.index)
    joined = gap[0].kind is TokenKind.COMMA or gap[0].cue == "and"
    return joined and len(gap) < _REACH and all(t.kind is TokenKind.WORD or t.cue in _PLAIN for t in gap[1:])


def _reading(total: Mark, parts: Sequence[Mark], clause: Clause, distance: int = 0) -> Reading:
    return Reading(total, list(parts), "remain", clause, fit(total, parts, clause), distance)


def _before(level: Level, last: Mark) -> list[Mark]:
    """Return the figures of a level that may go with a rest: of its kind, and no part of the figure before them."""
    found: list[Mark] = []
    for mark in level.marks:
        if mark is last or (level is last.level and mark.index >= last.index):
            break
        if mark.bracketed or mark.sort != last.sort:
            continue
        gap = level.between(found[-1].index if found else -1, mark.index)
        if found and any(t.cue in _NESTING for t in gap[-3:]) and any(t.kind is TokenKind.COMMA for t in gap):
            continue
        found.append(mark)
    return found
