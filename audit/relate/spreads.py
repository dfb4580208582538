"""Sums whose parts are spread over several sentences of a paragraph.

"The 127 violations occurred in ... A total of 38 were attributed to unidentified perpetrators, including 27 in
crossfire ... Some 80 were attributed to the army, 7 to ... and 2 to ...": no words tie 38, 80, 7 and 2 to the 127.
Only arithmetic does, so that such a sum is claimed when it is exact. What follows a list that makes up the total
exactly is likely to divide it once more, as here, and is claimed where one typing error explains that it does not.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind
from audit.facts import TokenKind
from audit.quantity import Measure
from audit.relate.clauses.odds import LIKELY, likelihood
from audit.relate.clauses.openings import is_of_all
from audit.relate.clauses.operands import claim
from audit.relate.clauses.populations import Fit
from audit.relate.clauses.reading import Reading
from audit.relate.clauses.structure import is_elliptic, named_sort, sort_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.relate.clauses.structure import Clause, Level, Mark, Paragraph

_SMALLEST = 100
_FEWEST = 3
_LONGEST = 30
_DOUBTED = 85
_EXACT = 45
_ENDS = (TokenKind.COMMA, TokenKind.SEMICOLON, TokenKind.COLON, TokenKind.DASH)
_NESTING = ("including", "of_whom", "among")


def claims(paragraph: Paragraph) -> Iterator[Claim]:
    """Yield the totals of a paragraph that a window of the figures behind them makes up exactly."""
    yield from (_claim(r, paragraph, min(likelihood(r), _DOUBTED), "bare figures follow it") for r in _bare(paragraph))
    if len(paragraph.clauses) == 1 and len(paragraph.clauses[0].outer.marks) <= _FEWEST:
        return
    marks, starts, ends = _heads(paragraph)
    for position, total in enumerate(marks):
        if total.value.value < _SMALLEST or total.value.measure is not Measure.COUNT or total.bracketed:
            continue
        behind = marks[position + 1 : position + 1 + _LONGEST]
        exact = [w for w in _windows(total, behind, starts) if not _is_mixed(w)]
        for window in exact:
            if window[-1].token.start not in ends:
                continue
            told = Reading(total, window, "spread", paragraph.clauses[0], Fit.SAME)
            yield _claim(told, paragraph, _EXACT, "the figures behind it make it up exactly")
        after = _behind(exact[-1], behind) if exact else []
        again = None
        if after and (exact[-1][-1].token.start in ends or after[0].token.start in starts):
            again = _again(total, after, ends, paragraph)
        if again is not None:
            yield _claim(again, paragraph, min(likelihood(again), _DOUBTED), "it is told out before")


def _claim(reading: Reading, paragraph: Paragraph, confidence: int, reason: str) -> Claim:
    basis = Basis(cue="spread", confidence=confidence, reasons=(reason,))
    roles = [("total", reading.total), *(("part", p) for p in reading.parts)]
    return claim(ClaimKind.SUM, "spread", paragraph.document, roles, basis)


def _bare(paragraph: Paragraph) -> Iterator[Reading]:
    """Yield "listed 240 appeals. It decided 152, dismissed 30 and left 68 pending": figures that name nothing new.

    Only what one typing error keeps from adding up: what adds up exactly is found with the other windows.
    """
    for before, clause in pairwise(paragraph.clauses):
        told = [m for m in before.outer.marks if not m.bracketed]
        parts = clause.outer.marks
        if len(parts) < _FEWEST or len({m.sort for m in (*told, *parts)}) > 1 or len(told) != 1:
            continue
        if is_of_all(clause.outer, parts[0]) or "time" in {sort_of(m) for m in (*told, *parts)}:
            continue  # "Sur les 4 697 traitées, 12 ... et 30 ..." has a whole of its own; "in its first ten years, 890"
        if _goes_on(clause.outer, parts):
            continue
        bare = sum(is_elliptic(m, clause) and not m.bracketed for m in parts)
        # "We tested 120. Seventy-eight were sound, 31 ... and 11 ...": a sentence that opens with a part of them
        opens = not parts[0].index and bare == len(parts)
        reading = Reading(told[0], parts, "before" if opens else "recalled", clause, Fit.SAME)
        if bare >= len(parts) - 1 and told[0].fact.label and reading.gap and likelihood(reading) >= LIKELY:
            yield reading


def _goes_on(level: Level, parts: list[Mark]) -> bool:
    """Say whether more is told than one list: "sold 90 and 60, and bought 85", "90, 130 and 80; the rest were ..."."""
    inner = any(t.cue == "and" for a, b in pairwise(parts[:-1]) for t in level.between(a.index, b.index))
    behind = level.between(parts[-1].index, level.tokens[-1][0])
    apart = next((p for p, t in enumerate(behind) if t.kind in _ENDS or t.cue == "and"), len(behind))
    return inner or any(t.cue == "remain" for t in behind[apart:])


def _behind(window: list[Mark], marks: list[Mark]) -> list[Mark]:
    last = window[-1]
    return [m for m in marks if m.token.start > last.token.start and m.sort == last.sort]


def _again(total: Mark, after: list[Mark], ends: set[int], paragraph: Paragraph) -> Reading | None:
    """Return the second division of a total that one list makes up: what follows the list, one typing error off."""
    told = [after[:n] for n in range(_FEWEST, len(after) + 1) if after[n - 1].token.start in ends]
    told = [w for w in told if _alike(total, w) and not _is_mixed(w)]
    near = [Reading(total, w, "spread", _clause_of(w[-1], paragraph), Fit.SAME) for w in told]
    if any(r.gap == 0 for r in near):
        return None
    best = max(near, key=likelihood, default=None)
    return best if best is not None and likelihood(best, tried=len(near)) >= LIKELY else None


def _clause_of(mark: Mark, paragraph: Paragraph) -> Clause:
    return next(c for c in paragraph.clauses if any(level is mark.level for level in c.levels))


def _is_mixed(window: list[Mark]) -> bool:
    """Say whether figures in brackets and others take turns: "65 guests (19 women) ... 40 guests (32 women)"."""
    return sum(a.bracketed != b.bracketed for a, b in pairwise(window)) > 1


def _heads(paragraph: Paragraph) -> tuple[list[Mark], set[int], set[int]]:
    """Return the figures of a paragraph that are no parts of the one before, where a window may begin, and end."""
    heads: list[Mark] = []
    starts: set[int] = set()
    ends: set[int] = set()
    for clause in paragraph.clauses:
        level = clause.outer
        nested = False
        for before, mark in pairwise([None, *level.marks]):
            gap = level.between(before.index if before else -1, mark.index) if mark else []
            if any(t.cue in _NESTING for t in (gap if mark and mark.bracketed else gap[-4:])):
                nested = before is not None
            elif not nested or not gap or not any(t.cue == "and" or t.text == "," for t in gap):
                nested = False
            if mark is not None and not nested:
                verb = any(t.cue == "verb" for t in gap)  # "... and were attributed to A (266)": another breakdown
                if before is None or mark.bracketed != before.bracketed or verb:
                    starts.add(mark.token.start)
                heads.append(mark)
        if heads:
            ends.add(heads[-1].token.start)
    return heads, starts, ends


def _windows(total: Mark, marks: list[Mark], starts: set[int]) -> Iterator[list[Mark]]:
    wanted = total.value.value
    alike = [m for m in marks if m.sort == total.sort]
    for first, mark in enumerate(alike):
        if mark.token.start not in starts and first:
            continue
        added = Decimal(0)
        for last in range(first, len(alike)):
            added += alike[last].value.value
            if added > wanted:
                break
            found = alike[first : last + 1]
            if added == wanted and sum(bool(m.value.value) for m in found) >= _FEWEST and _alike(total, found):
                yield found


def _alike(total: Mark, parts: list[Mark]) -> bool:
    """Say whether no part plainly counts something else than the total."""
    whole = sort_of(total)
    return all(not whole or p.bracketed or named_sort(p) in ("", whole) for p in parts)
