"""Sums: a stated total and the parts that are said to make it up.

Structure comes first: the figures that are coordinated (a run) and what opens them (a bracket, a colon,
"comprising", "of whom"). Where the structure is weak, arithmetic decides: a weak reading is claimed only when the
figures add up exactly, so that it can verify but never accuse.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind
from audit.facts import TokenKind
from audit.quantity import Measure
from audit.relate.breakdown.beside import beside
from audit.relate.breakdown.breakdowns import readings
from audit.relate.breakdown.callbacks import callbacks
from audit.relate.breakdown.divisions import beside_division
from audit.relate.breakdown.doubts import is_accident, is_spurious, without_rest
from audit.relate.breakdown.grades import BASE, grade, is_close, is_shared_out
from audit.relate.breakdown.inherited import inherited
from audit.relate.breakdown.recalls import recalls
from audit.relate.breakdown.rests import drawn, rest, shared_out
from audit.relate.breakdown.totals import in_all, told_on
from audit.relate.breakdown.twins import twins
from audit.relate.clauses.chance import is_telling, near_miss
from audit.relate.clauses.odds import LIKELY, likelihood
from audit.relate.clauses.openings import opening
from audit.relate.clauses.operands import claim
from audit.relate.clauses.populations import Fit, fit, is_divided, names_same, trait
from audit.relate.clauses.reading import OPEN_LISTS, STRONG, Reading
from audit.relate.clauses.runs import runs
from audit.relate.clauses.structure import is_bare, is_elliptic, sort_of
from audit.verification import is_no_rounding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.relate.clauses.runs import Run
    from audit.relate.clauses.structure import Paragraph

_WAYS = (readings, callbacks, recalls)
_SHORTEST = 2
_SMALL = 100
_PLACE = 4
_LIGHT_REACH = 3
_DOUBTED = 85
_WHOLE = ("total_after", "comprising")  # ... of shares, that may have bases of their own


def claims(paragraph: Paragraph) -> Iterator[Claim]:
    """Yield the sums of a paragraph, each with its evidence."""
    for position, clause in enumerate(paragraph.clauses):
        if not any(level.marks for level in clause.levels):
            continue
        left = rest(clause, paragraph, position) or drawn(clause) or in_all(clause, paragraph, position)
        left = left or shared_out(clause) or twins(clause)
        closed = _claim(left, paragraph) if left is not None else None
        used = {m.index for m in left.parts} if left is not None and closed is not None else set[int]()
        if closed is not None:
            yield closed
        told = _distinct(list(runs(clause)))
        found = _found(told, paragraph, position, used)
        held = [r for r, _ in found if r.holds]
        settled = frozenset(m.index for r in held if r.form in STRONG for m in (r.total, *r.parts))
        if settled:
            used = used | {m.index for r in held for m in r.parts}
            again = [replace(run, settled=settled) for run in told if not _is_told(run, held)]
            found = [f for f in found if f[0].holds] + _found(again, paragraph, position, used)
        kept = [(r, made) for r, made in found if not _is_answered(r, [other for other, _ in found])]
        yield from (made for _, made in kept)
        yield from (made for r, _ in kept if (made := beside(r, paragraph.document)) is not None)
        yield from (_divided(r, paragraph) for r in beside_division(clause, paragraph, position))
    yield from _over_items(paragraph)


def _divided(reading: Reading, paragraph: Paragraph) -> Claim:
    basis = Basis(cue=reading.form, confidence=76, reasons=("another division stands beside it",))
    roles = [("total", reading.total), *(("part", p) for p in reading.parts)]
    return claim(ClaimKind.SUM, reading.form, paragraph.document, roles, basis)


def _is_told(run: Run, held: list[Reading]) -> bool:
    """Say whether one breakdown that holds has all figures of a run, its total among them or not."""
    return any({m.index for m in run.marks} <= {m.index for m in (r.total, *r.parts)} for r in held)


def _found(told: list[Run], paragraph: Paragraph, position: int, known: set[int]) -> list[tuple[Reading, Claim]]:
    """Return the best reading of each run with its claim; what is a part of one is not read again."""
    found: list[tuple[Reading, Claim]] = []
    used = set(known)
    for run in told:
        if all(m.index in used for m in run.marks):
            continue
        ways = (run, *inherited(run))
        reading = _best([way for one in ways for finder in _WAYS for way in finder(one, paragraph, position)])
        made = _claim(reading, paragraph) if reading is not None else None
        if made is not None and reading is not None:
            used |= {m.index for m in reading.parts}
            found.append((reading, made))
    return found


def _is_answered(reading: Reading, others: list[Reading]) -> bool:
    """Say whether a reading that does not hold is another's, widened: some of its parts already make up its total.

    "3,616 relations: 1,918 down, 1,632 across and 66 closures; 242 of the sums ...": the semicolons continue the
    sentence, not the breakdown. The parts of "310 of 500 voters, 160 men and 150 women" are of what they make up.
    """
    parts = _indices(reading)
    return not reading.holds and any(
        other.holds
        and (other.form in STRONG or other.total.index == reading.total.index or parts == _indices(other))
        and parts & _indices(other)
        for other in others
    )


def _indices(reading: Reading) -> set[int]:
    return {m.index for m in reading.parts}


def _over_items(paragraph: Paragraph) -> Iterator[Claim]:
    """Yield the sum of a paragraph whose items begin with a figure: "58 requests: (a) 20 from ...; (b) 38 ..."."""
    if paragraph.listed < _SHORTEST or len(paragraph.items) != paragraph.listed:
        return
    clause = paragraph.clauses[-1]
    tokens = clause.sentence.tokens
    totals = [m for m in clause.outer.marks if not m.bracketed]
    heads = [item.clauses[0].outer.marks[:1] for item in paragraph.items]
    if not totals or not all(heads) or not tokens or all(t.kind is not TokenKind.COLON for t in tokens[-_SHORTEST:]):
        return
    parts = [h[0] for h in heads]
    if any(p.index > _LIGHT_REACH or p.sort != totals[-1].sort for p in parts):
        return
    if totals[-1].value.value == len(parts):
        return  # "two limits: - 48 hours in a week, - 44 hours on average": how many there are
    match = fit(totals[-1], parts, clause)
    found = _claim(Reading(totals[-1], parts, "items", clause, match), paragraph)
    if found is not None:
        yield found


def _distinct(found: list[Run]) -> list[Run]:
    """Leave out a run by comma whose figures are those of a run by semicolon."""
    kept: list[Run] = []
    for run in found:
        indices = {m.index for m in run.marks}
        if not any(indices == {m.index for m in other.marks} for other in kept):
            kept.append(run)
    return kept


def _best(readings: list[Reading]) -> Reading | None:
    """Return the reading that holds and is best supported, else the strongest one that asserts its sum."""
    good = [r for r in readings if r.holds]
    meant = [r for r in readings if r.form in STRONG and not r.distance and r.fit is not Fit.CLASH]
    if good and not any(g.form in STRONG for g in good):
        # "1,500 kits: 700 ..., 500 ... and 200 ...": that 700 is 500 and 200 is an accident inside the breakdown
        likely = [r for r in readings if not r.distance and likelihood(r) >= LIKELY]
        good = [g for g in good if not any(g.total in m.parts for m in (*meant, *likely))]
    near = {r.form for r in readings if not r.distance and likelihood(r) >= LIKELY}
    if near:
        # "53 attacks on 49 children (39 boys and 14 girls)": that the bracket makes up 53 is an accident
        # ... and so is "40 in A. ... 38 unknown, including 29 by fire, 7 by water and 4 by wind"
        good = [g for g in good if not g.distance or not ("bracket" in near or g.total.value.value < _SMALL)]
    if good:
        return max(good, key=lambda r: (r.form in STRONG, r.fit is not Fit.CLASH, BASE[r.form], -r.distance))
    strong = [
        r
        for r in readings
        if r.fit is not Fit.CLASH
        and (
            r.form in STRONG
            or r.form in OPEN_LISTS
            or is_telling_reading(r)
            or _is_plain_to_see(r)
            or likelihood(r) >= LIKELY
        )
    ]
    if not strong:
        return None
    # the figure right before a bracket is meant, even where it is the mistyped one and another would be large enough
    best = max(strong, key=_support)
    return without_rest(best) or best


def _support(reading: Reading) -> tuple[bool, bool, int, bool, bool, int, int]:
    nearest = reading.form == "bracket" and not reading.distance
    sure = likelihood(reading)
    return (
        reading.form == "total_after",
        sure >= LIKELY,
        BASE[reading.form],
        nearest,
        reading.is_ample,
        sure,
        -reading.distance,
    )


def _is_plain_to_see(reading: Reading) -> bool:
    """Say whether a weak form asserts its sum by its labels, or by parts that are more than all."""
    if reading.form == "apposition":
        return _is_divided_beside(reading) or _is_placed_beside(reading)
    shared = len(reading.parts) > _SHORTEST or is_shared_out(reading)
    return reading.form == "partitive" and reading.gap < 0 and shared


def _is_divided_beside(reading: Reading) -> bool:
    """Say whether parts beside a figure divide it by what they are: "15 judges, 9 men and 5 women"."""
    whole = sort_of(reading.total) or (reading.total.fact.label if is_close(reading) else "")
    after = reading.clause.sentence.tokens[reading.total.index + 1 : reading.total.index + 2]
    if any(t.cue == "verb" for t in after):
        return False  # "Of the dead, 14 were children, 22 women and 31 men"
    return reading.fit is Fit.PARTITION and not trait(reading.total, "gender") and bool(whole)


def _is_placed_beside(reading: Reading) -> bool:
    """Say whether parts beside a figure divide it by place: "4,812 patients, 2,790 in Goma and 2,022 in Beni"."""
    level = reading.total.level
    if level is None or opening(level, reading.total, reading.clause)[0] != "plain":
        return False  # "7.8 million are displaced, including 2.8 in A, 1.7 in B and 1.4 in C"
    tokens, first = reading.clause.sentence.tokens, reading.parts[0].index
    if any(t.cue == tokens[first + 1].cue for t in level.between(reading.total.index, first)[-_PLACE:]):
        return False  # "five people died in Alba, three in Bruma and two in Corvo" is one list
    placed = reading.fit is Fit.SAME and all(is_elliptic(p, reading.clause) and not is_bare(p) for p in reading.parts)
    return placed and bool(reading.total.fact.label) and is_close(reading)


def is_telling_reading(reading: Reading) -> bool:
    """Say whether a weak reading that does not hold is one typing error in long figures away from holding."""
    return reading.fit in (Fit.PARTITION, Fit.SAME) and is_telling(
        reading.total.value, [p.value for p in reading.parts]
    )


def _claim(reading: Reading, paragraph: Paragraph) -> Claim | None:
    """Return the claim of a reading, as strong as its evidence; None when it asserts nothing that can be tested."""
    total, parts = reading.total, reading.parts
    roles = [("total", total), *(("part", p) for p in parts)]
    confidence, exhaustive = grade(reading)
    if abs(reading.gap) * _LIGHT_REACH < total.value.value and is_no_rounding(total.value, [p.value for p in parts]):
        confidence = min(confidence, _DOUBTED)  # it could have been meant as rounded
    reasons = (f"form {reading.form}", f"labels {reading.fit.value}")
    if reading.holds:
        if (not exhaustive and (reading.form == "plain" and reading.fit is Fit.CLASH)) or is_accident(reading):
            return None
        basis = Basis(cue=reading.form, exhaustive=True, confidence=max(confidence, 50), reasons=reasons)
        return claim(ClaimKind.SUM, reading.form, paragraph.document, roles, basis)
    onward = told_on(reading, paragraph)
    if onward:
        basis = Basis(cue=reading.form, exhaustive=True, confidence=76, reasons=(*reasons, "told in two sentences"))
        roles += [("part", p) for p in onward]
        return claim(ClaimKind.SUM, reading.form, paragraph.document, roles, basis)
    closed = reading.is_closed and likelihood(reading) < LIKELY
    if reading.fit is Fit.CLASH or closed or reading.is_distributed or is_spurious(reading):
        return None
    if total.value.measure is Measure.PERCENT and not is_divided(parts) and reading.form not in _WHOLE:
        return None
    if not exhaustive and reading.gap > 0:
        # parts that fall short of their total are all that an open list promises
        if reading.form in OPEN_LISTS or reading.form in STRONG:
            roles = [("whole", total), *(("part", p) for p in parts)]
            basis = Basis(cue=reading.form, exhaustive=False, confidence=60, reasons=reasons)
            return claim(ClaimKind.SUBSET, "parts", paragraph.document, roles, basis)
        return None
    beyond = _beyond(reading, paragraph)
    if beyond is not None or confidence < 40:
        return beyond
    basis = Basis(cue=reading.form, exhaustive=exhaustive, confidence=confidence, reasons=reasons)
    return claim(ClaimKind.SUM, reading.form, paragraph.document, roles, basis)


def _beyond(reading: Reading, paragraph: Paragraph) -> Claim | None:
    """Return the one part of an open list that is more than its total: "42 cases, including 2 raids, 72 thefts ...".

    The other parts of such a list fit in, and one typing error explains the one that does not, or it is of the very
    thing: "6,007 patrols, including 45 by night and 34,687 patrols with women".
    """
    whole, large = reading.total.value.value, [p for p in reading.parts if p.value.value > reading.total.value.value]
    rest = sum((p.value.value for p in reading.parts if p not in large), Decimal(0))
    if reading.form not in OPEN_LISTS or len(large) != 1 or rest > whole:
        return None
    listed = len(reading.parts) > _SHORTEST and not reading.is_mixed
    near = listed and near_miss(reading.total.value, [p.value for p in reading.parts])
    if not near and not names_same(large[0], reading.total):
        return None
    basis = Basis(cue=reading.form, exhaustive=False, confidence=74, reasons=("all other parts fit in the whole",))
    return claim(
        ClaimKind.SUBSET, reading.form, paragraph.document, [("whole", reading.total), ("part", large[0])], basis
    )
