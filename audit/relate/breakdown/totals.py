"""Totals that open a sentence behind their parts: "... 18 in May and 25 in June. In all, 43 orders were made".

The words say that the figure is a total; which of the figures before it are its parts, the sum says, or the sentence
that holds nothing else of the kind.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from audit.facts import TokenKind
from audit.relate.breakdown.otherwise import tells_otherwise
from audit.relate.clauses.chance import near_miss
from audit.relate.clauses.odds import LIKELY, likelihood
from audit.relate.clauses.populations import Fit, fit
from audit.relate.clauses.reading import Reading
from audit.relate.clauses.runs import runs
from audit.relate.clauses.structure import OF, sort_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.relate.clauses.structure import Clause, Level, Mark, Paragraph

_LEAD = 2
_PAIR = 2
_MOST = 8
_BACK = 2
_SPAN = 12
_FURTHER = 4  # figures that the next sentence adds
_TOLD_ON = frozenset({"of_whom", "of_the", "of_these", "of_total", "comprising", "colon", "remain"})


def in_all(clause: Clause, paragraph: Paragraph, position: int) -> Reading | None:
    """Return the breakdown whose total a sentence opens with, told in one of the two sentences before."""
    if not position or "total" not in clause.sentence.cues:
        return None
    found: list[Reading] = []
    for total in _totals(clause.outer):
        for back in range(position - 1, max(-1, position - 1 - _BACK), -1):
            found += [r for r in _told(total, paragraph.clauses[back]) if r.fit is not Fit.CLASH and r.is_ample]
    exact = [r for r in found if r.gap == 0]
    if exact:
        return exact[0]
    meant = [r for r in found if not _is_first_told(clause.outer, r.total)]
    return next((r for r in meant if likelihood(r, tried=len(meant)) >= LIKELY), None)


def _is_first_told(level: Level, total: Mark) -> bool:
    """Say whether "a total of" only leads in to a figure: "A total of 126 officers took part."."""
    lead = level.between(-1, total.index)
    return len(lead) == 1 and " " in lead[0].text


def _totals(level: Level) -> Iterator[Mark]:
    """Yield the first figures of a sentence that opens with a word for all: "In total, ...", "Total sales were ..."."""
    for mark in [m for m in level.marks if not m.bracketed][:_PAIR]:
        lead = level.between(-1, mark.index)
        if len(lead) <= _SPAN and any(t.cue == "total" for t in lead[:_LEAD]):
            yield mark


def _told(total: Mark, clause: Clause) -> Iterator[Reading]:
    """Yield the figures of a sentence that may make up a total: each run, and all figures of its kind."""
    # not "316 patients (aged 26 to 76 years; mean, 54 years)"
    ways = [r.marks for r in runs(clause) if r.marks[0].sort == total.sort and not r.level.depth]
    alike = [m for m in clause.outer.marks if m.sort == total.sort and not m.bracketed]
    plain = [m for m in alike if not _is_place(m)] if total.fact.head else alike
    # "Of 1,118 requests, 640 were ..., 391 ... and 53 .... In all, 1,084 ..."
    ways += [plain, plain[1:]]
    for marks in ways:
        if _PAIR <= len(marks) <= _MOST:
            yield Reading(total, marks, "in_all", clause, fit(total, marks, clause))


def told_on(reading: Reading, paragraph: Paragraph) -> list[Mark]:
    """Return what the next sentence adds to parts that fall short: "Of the 60, 20 were A and 18 B. 22 are unknown"."""
    if tells_otherwise(reading):
        return []
    place = next((p for p, c in enumerate(paragraph.clauses, 1) if c is reading.clause), len(paragraph.clauses))
    if reading.gap <= 0 or reading.form not in _TOLD_ON or place == len(paragraph.clauses):
        return []  # a bracket closes its list
    told = paragraph.clauses[place]
    if told.sentence.tokens[0].cue in ("of_whom", *OF):
        return []  # "Of the total, 12 were appealed"
    further = [m for m in told.outer.marks if m.sort == reading.total.sort and not m.bracketed]
    if any(t.cue in OF for m in further for t in told.outer.between(m.index, m.index + _LEAD)):
        return []  # "Four of the dead were children": a part of something else
    meant = sum((m.value.value for m in further), Decimal(0)) == reading.gap
    near = near_miss(reading.total.value, [m.value for m in (*reading.parts, *further)]) >= _PAIR
    few = 0 < len(further) <= _FURTHER
    return further if few and (meant or (near and likelihood(reading) < LIKELY)) else []


def _is_place(mark: Mark) -> bool:
    """Say whether a figure only says where another was counted: "68 projects in 50 cities"."""
    lead = mark.level.between(mark.index - _LEAD - 1, mark.index) if mark.level is not None else []
    return len(lead) == _LEAD and lead[-1].cue == "in" and lead[0].kind is TokenKind.WORD and sort_of(mark) == "site"
