"""The ways to read a run as a breakdown: which figure is the total, and what words say that the parts make it up."""

from __future__ import annotations

from decimal import Decimal
from itertools import zip_longest
from typing import TYPE_CHECKING

from audit.facts import TokenKind
from audit.relate.clauses.chance import near_miss
from audit.relate.clauses.openings import (
    are_siblings,
    follows_bracket,
    has_remainder,
    is_of_all,
    is_ranked,
    is_total_after,
    opening,
)
from audit.relate.clauses.populations import Fit, fit, is_divided
from audit.relate.clauses.reading import STRONG, Reading
from audit.relate.clauses.structure import is_bare, is_drawn_from, sort_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.relate.clauses.runs import Run
    from audit.relate.clauses.structure import Clause, Level, Mark, Paragraph

_CANDIDATES = 4
_SHORTEST = 2
_LEAD = 6
_NEAR = 4
_PAIR = 2
_LISTED = (TokenKind.WORD, TokenKind.COMMA)


def readings(run: Run, paragraph: Paragraph, position: int) -> Iterator[Reading]:
    """Yield every way to read a run of the sentence at a position as the parts of a stated total."""
    parts, level, clause = run.marks, run.level, run.clause
    first, rest = parts[0], parts[1:]
    form, bound = opening(level, first, clause)
    if run.lead is not None:
        form, bound = "including", min(opening(level, run.lead, clause)[1], run.lead.index)
    if run.joint == "semicolon" and form == "plain" and len(rest) >= 1:
        form = "semicolon"
    if form == "colon" and _has_more(level, parts[-1]):
        form = "plain"  # "5 stations: 1 commercial, 2 public; 1 digital and 1 by satellite": the list goes on
    if form == "plain" and all(p.bracketed for p in parts) and not (is_ranked(level, first) or _is_base(level, first)):
        form = "listed"
    if form == "bracket" and all(is_bare(m) for m in parts):
        form = "plain"  # "1.02 (1, 1.04)" and "an estimated 46 (37, 55) per cent": the ends of an interval
    yield from _told_before(run, form, bound)
    if len(rest) > 1 and _is_behind_colon(level, first, rest[0]):
        # "1,945 places from May to June: 812 inns, 640 shops and 493 stalls"
        yield Reading(first, rest, "colon", clause, fit(first, rest, clause))
    elif len(rest) > 1 and form != "bracket" and not are_siblings(parts):
        divided = _divides(level, first, rest[0])
        said = "apposition" if not divided else "remain" if has_remainder(run) else "of_the"
        yield Reading(first, rest, said, clause, fit(first, rest, clause))
    if position and has_remainder(run) and not any(m.index < first.index for m in clause.outer.marks):
        alike = [m for m in paragraph.clauses[position - 1].outer.marks if m.sort == first.sort and not m.bracketed]
        if len(alike) == 1:
            yield Reading(alike[0], parts, "remain", clause, fit(alike[0], parts, clause))
    last = parts[-1]
    if len(parts) > 2 and is_total_after(level, parts[-2], last):
        told = _since_total(level, parts[:-1])
        if len(told) > 1:
            yield Reading(last, told, "total_after", clause, fit(last, told, clause))
    elif len(parts) > 2 and any(t.cue == "out_of" for t in level.between(parts[-2].index, last.index)):
        # "Ana had 1,604 votes and Ben 1,417, out of a total of 3,021"
        yield Reading(last, parts[:-1], "in_all", clause, fit(last, parts[:-1], clause))
    yield from _or_in_all(run)
    yield from _partitive(run)


def _is_base(level: Level, mark: Mark) -> bool:
    """Say whether a bracket tells what another figure is compared with: "20 % more than the one before (2 million)"."""
    lead = level.between(mark.index - _LEAD, mark.index)
    return any(t.cue == "than" or (t.cue in ("more", "fewer") and " " in t.text) for t in lead)


def _divides(level: Level, first: Mark, part: Mark) -> bool:
    """Say whether a list begins with its total: "of the 212 received, it accepted 187, ..."; not "of 3, 4 and 5"."""
    told = any(t.cue == "verb" or t.kind is TokenKind.WORD for t in level.between(first.index, part.index))
    return is_of_all(level, first) and (told or not is_bare(part))


def _told_before(run: Run, form: str, bound: int) -> Iterator[Reading]:
    """Yield a run as the parts of the figures before it, the nearest first."""
    parts, clause = run.marks, run.clause
    distance = 0
    totals = list(_before(run.level, parts[0], bound, form))
    if form == "bracket" and totals and run.level.opened - totals[0].index <= _LEAD:
        # "9 in 2019 (4 women and 5 men) and 12 in 2021 (7 women and 5 men)": a figure has one bracket
        totals = totals[:1] + [t for t in totals[1:] if t.index not in run.settled]
    over: Mark | None = None
    for total, farther in zip_longest(totals, totals[1:]):
        named = form in ("bracket", "of_whom")
        match = _fit_of_people(total, parts, clause) if named else fit(total, parts, clause)
        joined = list(_more_brackets(total, run)) if distance == 0 else []
        yield from joined
        if run.lead is not None and not _is_divided_again(total, parts):
            continue
        remote = form == "bracket" and (joined or follows_bracket(run))
        said = form if (distance == 0 or form in STRONG) and not remote else "plain"
        yield Reading(total, parts, said, clause, match, distance)
        # "1,327 personnel from 31 countries, comprising ...": a figure that counts other things is passed over
        # ... and so is one that counts the parts: "120,000 trees in three regions: 54,000 in A, 38,000 in B and ..."
        # ... and one that the next is drawn from: "14 of the 342 reports (four ..., two ... and eight ...)"
        # ... and one with a breakdown of its own, or part of one: "5,618 – 2,099 to women and 3,519 to men (advice:"
        counts = total.value.value == len(parts) and match is not Fit.PARTITION
        passed = match is Fit.CLASH or counts or total.index in run.settled
        # ... "171 victims in three of the four cases: eight in ..., eight in ..., 154 in ... and 1 in ..."
        passed = passed or (over is not None and _is_drawn(total, over))
        over = total if passed else None
        distance += not (passed or (farther is not None and _is_drawn(farther, total)))


def _is_divided_again(total: Mark, parts: Sequence[Mark]) -> bool:
    """Say whether a second division makes up its total, or does but for a digit; it may name a few only."""
    gap = total.value.value - sum(p.value.value for p in parts)
    return gap == 0 or near_miss(total.value, [p.value for p in parts]) >= _SHORTEST


def _since_total(level: Level, parts: list[Mark]) -> list[Mark]:
    """Return the parts behind the last total among them: "lost, 23; sunk, 5; total, 28; mended, 40; sold, 2; total"."""
    for place in range(len(parts) - 1, 0, -1):
        if any(t.cue == "total" for t in level.between(parts[place - 1].index, parts[place].index)):
            return parts[place + 1 :]
    return parts


def _has_more(level: Level, last: Mark) -> bool:
    """Say whether a semicolon and then a figure of the same sort follow a list."""
    after = next((m for m in level.marks if m.index > last.index and not m.bracketed), None)
    if after is None or after.sort != last.sort:
        return False
    between = level.between(last.index, after.index)
    return bool(between) and between[-1].kind is TokenKind.SEMICOLON


def _is_behind_colon(level: Level, first: Mark, second: Mark) -> bool:
    gap = level.between(first.index, second.index)
    apart = any(t.kind is TokenKind.SEMICOLON for t in gap)  # "psychological support: 31; medical care: 23"
    return bool(gap) and gap[-1].kind is TokenKind.COLON and not first.bracketed and not apart


def _is_drawn(part: Mark, whole: Mark) -> bool:
    return part.level is whole.level and part.level is not None and is_drawn_from(part.level, part, whole)


def _fit_of_people(total: Mark, parts: Sequence[Mark], clause: Clause) -> Fit:
    """Return how parts right behind a matter fit: "340 applications (290 women and 50 men)" tells who applied."""
    match = fit(total, parts, clause)
    told = match is Fit.CLASH and sort_of(total) == "matter" and is_divided(parts)
    return Fit.OPEN if told else match


def _before(level: Level, first: Mark, bound: int, form: str) -> Iterator[Mark]:
    """Yield the figures that may be the total of a run, nearest first: on its level, then on the level around it."""
    given = 0
    here: Level | None = level
    limit = min(bound, first.index)
    if level.parent is not None and bound == level.opened:
        here = level.parent
    while here is not None and given < _CANDIDATES:
        # what stands before a semicolon is another statement, and so is what stands before that
        barrier = max((i for i, t in here.tokens if i < limit and t.kind is TokenKind.SEMICOLON), default=-1)
        barrier = -1 if form == "of_total" else barrier  # "; of the total number of victims, 1,079 are female and ..."
        for mark in reversed(here.marks):
            if barrier < mark.index < limit and mark.sort == first.sort and not mark.bracketed:
                if any(t.cue == "between" for t in here.between(mark.index - _NEAR, mark.index)):
                    continue  # "26 children aged between 2 and 17 years (14 killed and 12 maimed)"
                yield mark
                given += 1
                if given == _CANDIDATES:
                    return
        limit, here = here.opened, here.parent


def _more_brackets(total: Mark, run: Run) -> Iterator[Reading]:
    """Read brackets that follow one another as one breakdown: "killing (32 ...) and maiming (19 ...)"."""
    if run.level.parent is None:
        return
    parts = list(run.marks)
    for level in run.clause.levels:
        if level.parent is run.level.parent and level.opened > run.level.closed > 0:
            between = (m for m in level.parent.marks if run.level.closed < m.index < level.opened)
            if len(level.marks) < _SHORTEST or any(not m.bracketed for m in between):
                break
            parts = parts + [m for m in level.marks if m.sort == total.sort]
            yield Reading(total, list(parts), "brackets", run.clause, fit(total, parts, run.clause))


def _or_in_all(run: Run) -> Iterator[Reading]:
    """Read "5,300 in 2020, 5,900 in 2021 and 6,100 in 2022, or 17,300 patients" with the total behind the list."""
    last = run.marks[-1]
    for mark in run.level.marks:
        if mark.index > last.index:
            gap = run.level.between(last.index, mark.index)
            apart = [p for p, t in enumerate(gap) if t.kind in (TokenKind.COMMA, TokenKind.DASH)]
            if not apart and any(t.cue == "total" for t in gap):
                # "Women filed 312 complaints and men 287; the total was 599"
                apart = [p for p, t in enumerate(gap) if t.kind is TokenKind.SEMICOLON]
            if not apart and len(gap) <= _LEAD and gap and gap[-1].cue == "to" and any(t.cue == "total" for t in gap):
                apart = [0]  # "gifts of 12.4 million and fees of 2.6 million brought total income to 15.0 million"
            onward = [*gap[apart[0] :], *run.level.between(mark.index, mark.index + _LEAD - 1)] if apart else []
            told = any(t.cue in ("or", "making", "out_of") for t in gap[-2:]) if apart else False
            told = told or any(t.cue in ("total", "leaving") for t in onward)
            large = sum(m.value.value >= mark.value.value for m in run.marks)
            chosen = gap[-1:] and gap[-1].cue == "or" and len(gap) <= _PAIR and is_bare(last)
            if not any(t.cue in ("total", "making") for t in (*gap, *onward)) and (
                chosen or all(is_bare(m) for m in (*run.marks[1:], mark))
            ):
                return  # "one of 32, 64, 96, or 128", "doses of 20, 60, or 100 U": a choice
            made = sum((m.value.value for m in run.marks), Decimal(0)) == mark.value.value
            # "146 femmes et 27 hommes ont été tués par leur conjoint, soit 173 victimes"
            if not made and _may_begin_before(run) and not near_miss(mark.value, [m.value for m in run.marks]):
                return
            reach = 2 * _LEAD if made or near_miss(mark.value, [m.value for m in run.marks]) >= _PAIR else _LEAD
            if (
                told
                and mark.sort == last.sort
                and max(apart[0], len(gap) - apart[0]) <= reach
                and (large <= (gap[-1].cue != "or") or near_miss(mark.value, [m.value for m in run.marks]))
            ):
                loose = any(t.cue in ("out_of", "leaving") for t in gap)
                form = "in_all" if loose else "total_after"
                parts = [*_told_apart(run, mark), *run.marks]
                yield Reading(mark, parts, form, run.clause, fit(mark, parts, run.clause))
            return


def _may_begin_before(run: Run) -> bool:
    """Say whether a list goes on from a figure that is not read as one of it: "for Indians 4.2, for debt 24.7"."""
    before = [m for m in run.level.marks if m.index < run.marks[0].index and m.sort == run.marks[0].sort]
    gap = run.level.between(before[-1].index, run.marks[0].index) if before else []
    return any(t.kind is TokenKind.COMMA for t in gap) and all(t.kind in _LISTED or t.cue for t in gap)


def _told_apart(run: Run, total: Mark) -> list[Mark]:
    """Return the figures before a run that make its total: "25 points in July, after 50 in June and 25, or 100"."""
    before = [m for m in run.level.marks if m.index < run.marks[0].index and m.sort == total.sort and not m.bracketed]
    short = total.value.value - sum((m.value.value for m in run.marks), Decimal(0))
    for place in range(len(before) - 1, max(-1, len(before) - 1 - _PAIR), -1):
        if short > 0 and sum((m.value.value for m in before[place:]), Decimal(0)) == short:
            return before[place:]
    return []


def _partitive(run: Run) -> Iterator[Reading]:
    """Read "nine of the 11 cases ... and two ..." as a breakdown of the 11."""
    total = run.marks[0]
    for mark in run.level.marks:
        if mark.index < total.index and total.index - mark.index <= 4 and mark.sort == total.sort:
            gap = run.level.between(mark.index, total.index)
            if gap and gap[0].cue == "of" and all(t.cue in ("of", "article") or t.kind is TokenKind.WORD for t in gap):
                parts = [mark, *run.marks[1:]]
                yield Reading(total, parts, "partitive", run.clause, fit(total, parts, run.clause))
