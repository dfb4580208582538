"""Shares: a percentage of stated figures ("6,524 of them, or 82.4 per cent").

A base is taken only from structure (the whole a part is said to be of) or, failing that, when exactly one stated
figure reproduces the percentage; a base is never invented.
"""

from __future__ import annotations

import itertools
from decimal import Decimal
from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind
from audit.facts import TokenKind
from audit.quantity import Measure
from audit.relate.bases.beside import loose_bases, whole_after_share
from audit.relate.bases.outer import divided_total, is_of_outer, is_of_the_total, is_right
from audit.relate.bases.rates import part_of_whole, rated, said_rate
from audit.relate.bases.restated import (
    COUNTS,
    is_by_verb,
    is_no_share,
    is_out_of,
    is_qualified,
    names_base,
    part_of,
    said_behind,
)
from audit.relate.bases.siblings import shared_base
from audit.relate.bases.wholes import SURE, WEAK, base_of
from audit.relate.clauses.chance import is_mistyped_share, is_repaired
from audit.relate.clauses.operands import claim
from audit.relate.clauses.populations import Fit, fit
from audit.relate.clauses.runs import runs
from audit.relate.clauses.structure import OF, is_drawn_from, is_light

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.relate.clauses.structure import Clause, Level, Mark, Paragraph

_HUNDRED = Decimal(100)
_BACK = 3
_LEAD = 3
_NAMED = 6
_PAIR = 2
_ROUND_BASES = (3, 4, 5, 10, 100)


def claims(paragraph: Paragraph) -> Iterator[Claim]:
    """Yield the shares of a paragraph whose part and base are both stated."""
    for position, clause in enumerate(paragraph.clauses):
        seen: set[int] = set()
        told: set[int] = set()
        for level in clause.levels:
            for mark in level.marks:
                known = mark.value.measure is not Measure.PERCENT or mark.index in seen
                if known or is_no_share(level, mark, clause):
                    continue
                seen.add(mark.index)
                doubted = is_qualified(mark, clause)
                for made in itertools.filterfalse(_lacks_scale, _share(mark, level, clause, paragraph, position)):
                    if is_right(made) or not (doubted or made.operands[1].start in told):
                        # "87 of 240 (36%; 95% CI: 30%, 43%)": a part that has its share has no second one
                        yield made
                    told.add(made.operands[1].start)


def _lacks_scale(made: Claim) -> bool:
    """Say whether a base leaves its scale word out: "812 million, 96 per cent of the 846 approved"."""
    part, whole = made.operands[1].value, made.operands[-1].value
    return part is not None and whole is not None and part > 10 * _HUNDRED * whole


def _share(mark: Mark, level: Level, clause: Clause, paragraph: Paragraph, position: int) -> Iterator[Claim]:
    told = _told_in_bracket(mark, level, clause)
    if told is not None:
        yield share_claim(paragraph, mark, [told[0]], told[1], "structure", 92)
        return
    rate = rated(mark, clause, paragraph, position)
    if rate is not None and _is_meant(mark, *rate):
        yield share_claim(paragraph, mark, [rate[0]], rate[1], "rate", 74)
        return
    part = part_of(mark, level, clause)
    part = None if part is not None and is_out_of(part, clause) else part
    whole_after = whole_after_share(mark, level)
    known = bases(paragraph, position)
    if part is not None:
        pair = _of_pair(part) if whole_after is None else None
        part, structural = pair if pair is not None else (part, whole_after or _whole(part, mark))
        if whole_after is None and (names_base(mark, level) or is_by_verb(part, mark, level)):
            structural = None
        if structural is not None and structural.sort != part.sort:
            return  # "22.9 million in need had received 3.5 per cent of the $2.42 billion"
        if structural is not None and fit(structural, [part], clause) is not Fit.CLASH:
            yield from _structural(mark, part, structural, clause, paragraph, known)
            return
        named = base_of(mark, part, clause, paragraph, position) if structural is None else None
        if named is not None and (made := _of_named(mark, part, named, clause, paragraph, known)):
            yield from made
            return
        loose = _loose(mark, level, paragraph, position)
        found = [loose] if loose is not None else list(_found(mark, part, level, clause, paragraph, known))
        yield from found
        beside = shared_base(mark, part, level, known, fits) if not found else None
        if beside is not None:
            yield share_claim(paragraph, mark, [part], beside, "sibling", 80)
        elif not found and part.bracketed:
            yield from _of_list(mark, clause, paragraph, known)
        elif not found and (rate := said_rate(mark, clause)) is not None and _is_meant(mark, *rate):
            yield share_claim(paragraph, mark, [rate[0]], rate[1], "rate", 74)
        return
    loose = _loose(mark, level, paragraph, position)
    if loose is not None:
        yield loose
    elif whole_after is not None:
        yield from _after(mark, whole_after, clause, paragraph, known)


def _structural(
    mark: Mark, part: Mark, whole: Mark, clause: Clause, paragraph: Paragraph, known: list[Mark]
) -> Iterator[Claim]:
    """Yield the share of the whole that stands nearest, or of the one that this is a share of."""
    if is_of_outer(mark, part, whole, known, clause, fits):
        yield from _found(mark, part, clause.outer, clause, paragraph, known)
    elif fits(mark, part, whole) or not (_is_loose_ratio(part, whole) or _has_its_share(part, whole, clause)):
        yield share_claim(paragraph, mark, [part], whole, "structure", 92)


def _of_named(
    mark: Mark, part: Mark, named: tuple[Mark, int], clause: Clause, paragraph: Paragraph, known: list[Mark]
) -> list[Claim]:
    """Return the share of a base that words name, the less sure they are the more the arithmetic has to say so."""
    base, sure = named
    # "Of 640 asked, 512 replied; 90 (18 per cent) were against": of those who replied
    other = [] if fits(mark, part, base) else list(_found(mark, part, clause.outer, clause, paragraph, known))
    meant = sure == SURE or _is_meant(mark, part, base, _PAIR + 1 if sure == WEAK else 1)
    return other or ([share_claim(paragraph, mark, [part], base, "structure", sure)] if meant else [])


def _loose(mark: Mark, level: Level, paragraph: Paragraph, position: int) -> Claim | None:
    """Return the share of a base that looser words name, where it is right or one typing error from it."""
    # "Coverage was 40 per cent: 12 of the 60 wards had no nurse": one digit of 40 is no evidence
    meant = (b for b in loose_bases(mark, level, paragraph, position) if fits(mark, *b) or _edited(mark, *b) >= _PAIR)
    return next((share_claim(paragraph, mark, [part], base, "beside", 80) for part, base in meant), None)


def _found(
    mark: Mark, part: Mark, level: Level, clause: Clause, paragraph: Paragraph, known: list[Mark]
) -> Iterator[Claim]:
    """Yield the share of the one known figure that reproduces it, or of the total that the sentence adds up to."""
    fitting = [b for b in known if b.sort == part.sort and b.fact is not part.fact and fits(mark, part, b)]
    divided = divided_total(part, clause) if not fitting and is_of_the_total(mark, level) else None
    if len({b.value.value for b in fitting}) == 1:
        yield share_claim(paragraph, mark, [part], fitting[0], "reproduced", 60)
    elif divided is not None:
        yield share_claim(paragraph, mark, [part], divided, "of_total", 80)


def _after(mark: Mark, whole: Mark, clause: Clause, paragraph: Paragraph, known: list[Mark]) -> Iterator[Claim]:
    """Yield the share of a whole that is named behind it, and whose part stands before or is said again behind it."""
    said = said_behind(whole, clause.outer) if not whole.bracketed else None
    if said is not None and said.sort == whole.sort and said.value.value <= whole.value.value:
        # "two thirds of the 96 districts, or 64"
        yield share_claim(paragraph, mark, [said], whole, "structure", 90)
        return
    fitting = [b for b in known if b.sort == whole.sort and b.fact is not whole.fact and fits(mark, b, whole)]
    if len({b.value.value for b in fitting}) == 1:
        yield share_claim(paragraph, mark, [fitting[0]], whole, "reproduced", 60)
        return
    part = part_of_whole(whole, mark, clause) if not fitting else None
    if part is not None and _is_meant(mark, part, whole, _PAIR):
        yield share_claim(paragraph, mark, [part], whole, "after", 76)


def _is_loose_ratio(part: Mark, whole: Mark) -> bool:
    """Say whether two figures are a rate in round words, which a percentage makes exact: "deux femmes sur dix"."""
    led = part.level.between(whole.index - 2, whole.index) if part.level is not None else []
    return whole.value.value in _ROUND_BASES and bool(led) and led[0].cue == "out_of"


def _has_its_share(part: Mark, whole: Mark, clause: Clause) -> bool:
    """Say whether another percentage tells a part rightly: "25 per cent, 1,500 of 6,000, had none; 75 per cent had"."""
    return any(
        fits(m, part, whole) for level in clause.levels for m in level.marks if m.value.measure is Measure.PERCENT
    )


def _is_meant(share: Mark, part: Mark, whole: Mark, least: int = 1) -> bool:
    """Say whether part, share and a base that words name agree, or would but for a typing error of so many digits."""
    return fits(share, part, whole) or _edited(share, part, whole) >= least


def _edited(share: Mark, part: Mark, whole: Mark) -> int:
    """Return the digits of the longest figure that one typing error keeps from making the share right, or 0."""
    return is_repaired((share.value, part.value, whole.value), _is_share)


def _told_in_bracket(mark: Mark, level: Level, clause: Clause) -> tuple[Mark, Mark] | None:
    """Return (part, whole) of "45 per cent (135 of 310)"."""
    for inner in clause.levels:
        # "34 per cent (1,160 of 3,412)" and "34 per cent of the workforce (1,160 of 3,412 employees)"
        near = 0 < inner.opened - mark.index <= (2 * _LEAD if names_base(mark, level) else _LEAD)
        beside = not any(mark.index < m.index < inner.opened for m in level.marks)
        if inner.parent is level and near and beside and len(inner.marks) == _PAIR:
            part, whole = inner.marks
            if not is_light(inner.between(inner.opened, part.index), part):
                continue  # "94 per cent (most of whom follow one of the four schools)"
            gap = inner.between(part.index, whole.index)
            of = bool(gap) and (gap[0].cue in OF or (gap[0].cue == "from" and part.value.value < whole.value.value))
            if of and part.value.measure in COUNTS and part.sort == whole.sort:
                # "41.63 per cent of votes (48 of the 120 seats)" is a share of something else
                alike = fits(mark, part, whole) or is_mistyped_share(mark.value, part.value, whole.value)
                if not alike and not inner.between(whole.index, inner.closed) and len(gap) == 1:
                    # "87 per cent of organizations (27 out of 31)"
                    alike = _edited(mark, part, whole) > 0
                return (part, whole) if alike or not names_base(mark, level) else None
    return None


def _whole(part: Mark, share: Mark) -> Mark | None:
    """Return the whole a part is said to be of by the words around it."""
    level = part.level
    if level is None:
        return None
    after = level.between(part.index, part.index + 3)
    if after and after[0].cue in OF:
        for other in level.marks:
            if other.index > part.index and other.sort == part.sort and other.index != share.index:
                return other if other.index - part.index <= 6 else None
    before = [m for m in level.marks if m.index < part.index and m.sort == part.sort and not m.bracketed]
    if not before:
        return None
    gap = level.between(before[-1].index, part.index)
    opened = [p for p, t in enumerate(gap) if t.cue in ("including", "of_whom", "among")]
    linked = bool(opened) and is_light(gap[opened[-1] + 1 :], part) and part.value.value <= before[-1].value.value
    if (linked and not any(t.kind in (TokenKind.SEMICOLON, TokenKind.STOP) for t in gap)) or (
        after and after[0].cue == "of_whom"
    ):
        # "a mean age of 71 years, 1,700 of whom": not what is fewer than its part
        return next((m for m in reversed(before) if m.value.value >= part.value.value), None)
    return None


def _of_pair(last: Mark) -> tuple[Mark, Mark] | None:
    """Return (part, whole) when the figure before a percentage is the whole: "57 of the 67 victims (85 per cent)"."""
    level = last.level
    marks = level.marks if level is not None else []
    before = [m for m in marks if m.index < last.index and m.sort == last.sort and not m.bracketed]
    return (before[-1], last) if level is not None and before and is_drawn_from(level, before[-1], last) else None


def bases(paragraph: Paragraph, position: int) -> list[Mark]:
    """Return the figures a share may be of: those of its sentence and of the sentences before it."""
    found: list[Mark] = []
    for index in range(max(0, position - _BACK), position + 1):
        for level in paragraph.clauses[index].levels:
            found += [m for m in level.marks if m.value.measure in COUNTS and not m.bracketed]
    return found


def fits(share: Mark, part: Mark, whole: Mark) -> bool:
    """Say whether part over whole, rounded, prints as the percentage."""
    return _is_share(share.value.value, part.value.value, whole.value.value, share.value.step)


def _is_share(share: Decimal, part: Decimal, whole: Decimal, step: Decimal) -> bool:
    return 0 < part <= whole and abs(_HUNDRED * part / whole - share) <= step / 2


def _of_list(mark: Mark, clause: Clause, paragraph: Paragraph, known: list[Mark]) -> Iterator[Claim]:
    """Read "A (44,185), B (41,936) and C (18,424) accounted for 74 per cent" with the one base that reproduces it."""
    for run in runs(clause):
        if run.level.depth or not run.marks[0].bracketed or run.marks[-1].index > mark.index:
            continue
        total = sum((m.value.value for m in run.marks), Decimal(0))
        fitting = [
            b
            for b in known
            if b.value.value > total and abs(_HUNDRED * total / b.value.value - mark.value.value) <= mark.value.step / 2
        ]
        if len({b.value.value for b in fitting}) == 1:
            yield share_claim(paragraph, mark, run.marks, fitting[0], "reproduced", 60)
        return


def share_claim(paragraph: Paragraph, share: Mark, parts: list[Mark], whole: Mark, form: str, confidence: int) -> Claim:
    """Return the claim that a percentage is the share of its parts in a whole."""
    basis = Basis(cue=form, confidence=confidence, reasons=(f"form {form}",))
    roles = [("stated", share), *(("part", p) for p in parts), ("whole", whole)]
    return claim(ClaimKind.SHARE, form, paragraph.document, roles, basis)
