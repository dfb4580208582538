"""Breakdowns of a figure that stands some sentences before, with no word that calls it back.

"The office opened 856 files. ... They concerned rent (278), wages (269), ...": no words but the noun, if that, tie the
list to its total. What adds up exactly was meant. What is one typing error from adding up was meant where that can
hardly be an accident, the more so where the list says again what the total counts.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from audit.facts import TokenKind
from audit.quantity import Measure
from audit.relate.clauses.odds import LIKELY, likelihood
from audit.relate.clauses.openings import is_of_all, is_of_the, is_ranked, opening, tells_whole
from audit.relate.clauses.populations import Fit, fit
from audit.relate.clauses.reading import OPEN_LISTS, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.relate.clauses.runs import Run
    from audit.relate.clauses.structure import Mark, Paragraph

_SENTENCES_BACK = 3
_ADDED = (Measure.COUNT, Measure.MONEY, Measure.AMOUNT)
_FURTHER = ("remain", "other", "additional")
_NESTING = (*OPEN_LISTS, "of_whom", "comprising")
_SMALLEST = 30
_SMALL = 10
_PAIR = 2
_TELLING = 100


def recalls(run: Run, paragraph: Paragraph, position: int) -> Iterator[Reading]:
    """Yield the ways to read a run as the parts of a figure of the sentences before."""
    first = run.marks[0]
    if not position:
        return
    alone = not any(m.index < first.index for m in run.clause.outer.marks)
    form = opening(run.level, first, run.clause)[0]
    if form in OPEN_LISTS and alone:
        yield from _named_before(run, form, paragraph, position)
    if first.value.measure not in _ADDED:
        return
    found = list(_exact(run, paragraph, position)) if _reaches_back(run.marks) else []
    yield from found
    if alone and not found:
        if all(m.bracketed for m in run.marks) and not is_ranked(run.level, first):
            yield from _named_before(run, "before", paragraph, position)
        yield from _mistyped(run, paragraph, position)


def _reaches_back(parts: Sequence[Mark]) -> bool:
    total = sum((p.value.value for p in parts), Decimal(0))
    return total >= _SMALLEST or (len(parts) > _PAIR and total >= _SMALL) or is_of_the(parts[0])


def _figures(run: Run, paragraph: Paragraph, position: int) -> Iterator[tuple[int, Mark]]:
    """Yield the figures of the sentences before that count what a run may divide, the nearest first."""
    for back in range(position - 1, max(-1, position - 1 - _SENTENCES_BACK), -1):
        for mark in reversed(paragraph.clauses[back].outer.marks):
            if mark.sort == run.marks[0].sort:
                yield position - back, mark


def _exact(run: Run, paragraph: Paragraph, position: int) -> Iterator[Reading]:
    """Yield the nearest figure before whose value is exactly the sum of a run."""
    wanted = sum((p.value.value for p in run.marks), Decimal(0))
    for distance, mark in _figures(run, paragraph, position):
        if mark.value.value == wanted:
            match = fit(mark, run.marks, run.clause)
            if match is not Fit.CLASH or wanted >= _TELLING:
                yield Reading(mark, run.marks, "paragraph", run.clause, match, distance)
                return


def _mistyped(run: Run, paragraph: Paragraph, position: int) -> Iterator[Reading]:
    """Yield the figure before that a run misses by one typing error, where this is no accident."""
    lead = run.level.between(run.marks[0].index - _PAIR, run.marks[0].index)
    if any(_is_set_against(mark) for mark in run.marks):
        return  # "the number is down (117 against 134 in September, 110 in August and 38 in July)"
    if any(t.cue in _FURTHER for t in lead):
        return  # "The remaining 10 concerned four guards, two cooks and three drivers": more was told before
    if [t.cue for t in run.level.between(-1, run.marks[0].index)] == ["among"]:
        return  # "Among 3,107 deliveries, 74 were early" is of its own
    if _are_bare(run):
        return  # "at months 3, 12, 24 and 36": figures without a word of what they count
    of_whom = opening(run.level, run.marks[0], run.clause)[0] == "of_whom"
    if tells_whole(run.level, run.marks[0]) or is_of_all(run.level, run.marks[0]):
        return  # "Of the 4,697 complaints closed in the year, 12 were appealed": the run tells its own whole
    named: list[Reading] = []
    other: list[Reading] = []
    words = {t.key for t in run.clause.sentence.tokens[: run.marks[0].index] if t.kind is TokenKind.WORD}
    words.add(run.marks[0].fact.head)
    for _, mark in _figures(run, paragraph, position):
        match = fit(mark, run.marks, run.clause)
        if mark.bracketed or match is Fit.CLASH or mark.value.value == len(run.marks) or _is_part(mark):
            continue
        if _is_compared(mark):
            continue
        again = bool(mark.fact.head) and mark.fact.head in words
        form = "of_whom" if of_whom else "named" if again else "recalled"
        reading = Reading(mark, run.marks, form, run.clause, match)
        if (
            match is Fit.PARTITION or reading.is_ample
        ):  # "the balance was 139. With the reserve of 150, it would be 289"
            (named if again else other).append(reading)
    found = named or other
    likely = [r for r in found if likelihood(r, tried=len(found)) >= LIKELY]
    yield from likely if len(likely) == 1 else ()


def _are_bare(run: Run) -> bool:
    """Say whether nothing but commas and "and" stands between the figures of a run."""
    gaps = (run.level.between(first.index, last.index) for first, last in pairwise(run.marks))
    return not run.marks[-1].bracketed and all(t.kind is TokenKind.COMMA or t.cue == "and" for g in gaps for t in g)


def _is_compared(mark: Mark) -> bool:
    """Say whether a figure is that of another time: "402 casualties, compared with the 609 of the period before"."""
    lead = mark.level.between(mark.index - _PAIR - 1, mark.index) if mark.level is not None else []
    return any(t.cue in ("compared", "than") for t in lead)


def _is_set_against(mark: Mark) -> bool:
    """Say whether two figures of two times stand side by side: "117 against 134 in September"."""
    level = mark.level
    beside = [] if level is None else level.between(mark.index - _PAIR, mark.index + _PAIR)
    return any(t.cue in ("compared", "via") for t in beside)


def _is_part(mark: Mark) -> bool:
    """Say whether a figure is said to be of another before it: "374 applicants, including 160 women and 214 men"."""
    level = mark.level
    before = [m for m in level.marks if m.index < mark.index and m.sort == mark.sort] if level is not None else []
    return (
        level is not None
        and bool(before)
        and any(t.cue in _NESTING for t in level.between(before[0].index, mark.index))
    )


def _named_before(run: Run, form: str, paragraph: Paragraph, position: int) -> Iterator[Reading]:
    """Read "The services were provided mainly in A (9) and B (8)" with the services counted in the sentence before."""
    tokens = run.clause.sentence.tokens
    words = {t.key for t in tokens[: run.marks[0].index] if t.kind is TokenKind.WORD}
    for mark in reversed(paragraph.clauses[position - 1].outer.marks):
        if mark.fact.head in words and mark.sort == run.marks[0].sort:
            yield Reading(mark, run.marks, form, run.clause, fit(mark, run.marks, run.clause))
            return
