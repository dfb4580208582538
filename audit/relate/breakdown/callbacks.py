"""Breakdowns of a figure that stands in the sentence before: "Of these, 29 were accepted, 9 rejected and 6 ...".

What the sentence opens with says that it divides what was told before, and not always which figure; a gap is claimed
only where one figure can be meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.facts import TokenKind
from audit.relate.clauses.chance import near_miss
from audit.relate.clauses.openings import is_of_all, opening
from audit.relate.clauses.populations import Fit, fit
from audit.relate.clauses.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.facts import Token
    from audit.relate.clauses.runs import Run
    from audit.relate.clauses.structure import Mark, Paragraph

_LEAD = 12
_BACK = 2
_TELLING = 3


def callbacks(run: Run, paragraph: Paragraph, position: int) -> Iterator[Reading]:
    """Yield the ways to read a run as parts of a figure of a sentence before that its own sentence refers to."""
    first = run.marks[0]
    yield from _of_all(run)
    if not position or run.level.depth or first.index > _LEAD or _follows_figure(run):
        return
    lead = [t for _, t in run.level.tokens if t.start < first.token.start]
    how = _calls_back(lead, run)
    if not how:
        return
    for back in range(position - 1, max(-1, position - 1 - _BACK), -1):
        marks = paragraph.clauses[back].outer.marks
        found = [_reading(m, run) for m in marks if m.sort == first.sort and not m.bracketed]
        if found:
            yield from _meant(found, {t.key for t in lead if t.kind is TokenKind.WORD}, how)
            return


def _of_all(run: Run) -> Iterator[Reading]:
    """Read "Of the 64 convicted persons, 40 received sentences of ..., 16 ...": what is told is told of them."""
    level, total = run.level, run.level.marks[0]
    gap = level.between(total.index, run.marks[0].index)
    apart = len(run.marks) > _BACK and bool(gap) and gap[-1].kind is TokenKind.COMMA and total.sort == run.marks[0].sort
    if apart and total is not run.marks[0] and is_of_all(level, total):
        match = fit(total, run.marks, run.clause)
        yield Reading(total, run.marks, "of_the", run.clause, Fit.OPEN if match is Fit.CLASH else match)


def _follows_figure(run: Run) -> bool:
    """Say whether a figure of the kind of the parts stands before them in their own sentence."""
    first = run.marks[0]
    return any(m.index < first.index and m.sort == first.sort for m in run.level.marks)


def _calls_back(lead: Sequence[Token], run: Run) -> str:
    """Return how a sentence opens with what it divides: "Of these,", "Of this amount,", "They comprised", or ""."""
    if not lead or is_of_all(run.level, run.marks[0]):
        return ""  # "Of the remaining 57 cases, 54 ...": what it divides is told with it
    if lead[0].cue == "of_whom" or (len(lead) > 1 and lead[0].cue in ("of", "out_of") and lead[1].cue == "article"):
        return "of_these"
    form = opening(run.level, run.marks[0], run.clause)[0]
    if lead[0].cue == "that_figure" and form in ("comprising", "including"):
        return "of_these"  # "That figure includes 59,217 from A and 297,112 from B"
    if form == "comprising":
        return "comprising"
    # "By segment, Industrial contributed ..."
    divided = lead[0].cue == "by" and lead[-1].kind is TokenKind.WORD and any(t.kind is TokenKind.COMMA for t in lead)
    return "by" if divided else ""


def _reading(total: Mark, run: Run) -> Reading:
    return Reading(total, run.marks, "of_these", run.clause, fit(total, run.marks, run.clause))


def _meant(found: Sequence[Reading], words: set[str], how: str) -> Iterator[Reading]:
    """Yield the reading that holds, else the only one that can be meant: by its noun, by its digits, or by itself."""
    found = [r for r in found if r.fit is not Fit.CLASH]
    exact = [r for r in found if r.holds]
    if exact:
        yield exact[-1]
        return
    named = [r for r in found if words & set(r.total.fact.label.lower().split())]
    close = [r for r in found if near_miss(r.total.value, [p.value for p in r.parts]) >= _TELLING]
    if how == "of_these" and words and not named:
        found = close  # "512 fires. Of the dead, 14 were children": it divides something else
    ample = [r for r in found if r.is_ample]  # "43 texts: 21 ..., 17 ... and 5 .... Of these, 29 ...": of the 43
    for choice in (close,) if how == "by" else (named, found, ample, close):
        if len(choice) == 1:
            yield choice[0]
            return
