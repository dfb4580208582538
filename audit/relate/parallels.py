"""Shares told in a row are shares of one base: "5,813 (46 per cent) ..., 4,298 (34 per cent) ...".

The base may stand in another sentence, and the figures find it: one that reproduces the other shares of the row. The
share that it does not reproduce is doubted, the more the more of the others it does.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind
from audit.quantity import Measure
from audit.relate.bases.restated import is_no_share, names_base, part_of
from audit.relate.clauses.chance import digits, is_mistyped_share, is_one_edit
from audit.relate.clauses.operands import claim
from audit.relate.clauses.runs import runs
from audit.relate.shares import bases, fits, share_claim

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.relate.clauses.structure import Clause, Mark, Paragraph

_HUNDRED = Decimal(100)
_PAIR = 2
_MOST = 30

Pair = tuple["Mark", "Mark"]


def claims(paragraph: Paragraph) -> Iterator[Claim]:
    """Yield the shares that the base of their neighbours does not reproduce."""
    for position, clause in enumerate(paragraph.clauses):
        pairs = _pairs(clause)
        if not pairs:
            continue
        known = bases(paragraph, position)
        if len(known) > _MOST:
            continue
        yield from _of_all(pairs, known, paragraph)
        for pair in pairs:
            if any(b is not pair[1] and b.sort == pair[1].sort and fits(*pair, b) for b in known):
                continue
            found = _base_of_row(pair, pairs, known, clause) or _namesake(pair, pairs, known, clause)
            if found is not None:
                base, confidence = found
                yield share_claim(paragraph, pair[0], [pair[1]], base, "parallel", confidence)


def _pairs(clause: Clause) -> list[Pair]:
    """Return each percentage of a sentence with the figure it restates."""
    found: list[Pair] = []
    seen: set[int] = set()
    for level in clause.levels:
        for mark in level.marks:
            if mark.value.measure is not Measure.PERCENT or mark.index in seen or is_no_share(level, mark, clause):
                continue
            seen.add(mark.index)
            part = part_of(mark, level, clause)
            behind = level.between(mark.index, mark.index + 2)
            own = names_base(mark, level) or bool(behind and behind[0].cue == "of_whom")
            first = min(mark.index, part.index) if part is not None else mark.index
            # "14 (36 per cent) of the 39 had one, compared with 10 (3 per cent) of all"
            own = own or any(t.cue == "compared" for t in clause.sentence.tokens[max(0, first - 2) : first])
            if part is not None and not own:  # "71 per cent of which were rural" is of what stands before it
                found.append((mark, part))
    return found


def _of_all(pairs: Sequence[Pair], known: Sequence[Mark], paragraph: Paragraph) -> Iterator[Claim]:
    """Yield "of 420 files, 78 (65 per cent) ..., 30 (25 per cent) ... and 12 (10 per cent)": the shares are of 120.

    Parts that are, as their shares say, all there is show the whole; the figure before them that misses it by one
    typing error is it.
    """
    parts = [part for _, part in pairs]
    whole = sum((p.value.value for p in parts), Decimal(0))
    if len(pairs) <= _PAIR or len({p.sort for p in parts}) > 1 or any(b.value.value == whole for b in known):
        return
    slack = sum((s.value.half_width for s, _ in pairs), Decimal(0))
    if abs(sum((s.value.value for s, _ in pairs), -_HUNDRED)) > slack:
        return
    if not all(abs(_HUNDRED * p.value.value / whole - s.value.value) <= s.value.step / 2 for s, p in pairs):
        return
    right, starts = digits(whole, parts[0].value.step), {p.token.start for p in parts}
    near = [b for b in known if b.sort == parts[0].sort and b.token.start < min(starts)]
    near = [b for b in near if is_one_edit(digits(b.value.value, b.value.step), right)]
    if len(near) == 1 and len(right) >= _PAIR:
        basis = Basis(cue="shares", confidence=80, reasons=("the shares of the parts say that they are all",))
        roles = [("total", near[0]), *(("part", p) for p in parts)]
        yield claim(ClaimKind.SUM, "shares", paragraph.document, roles, basis)


def _base_of_row(pair: Pair, pairs: Sequence[Pair], known: Sequence[Mark], clause: Clause) -> tuple[Mark, int] | None:
    """Return the one base of the other shares of a row, with how sure it is that this share is of it too."""
    share, part = pair
    row = next((list(r.marks) for r in runs(clause) if any(m.index == part.index for m in r.marks)), [])
    if not row and _is_aside(pair):
        row = [p[1] for p in pairs if _is_aside(p)]  # "in A (297, or 60 per cent), followed by B (70, or 14 per cent)"
        row = row if len(row) > _PAIR else []
    if not row:
        return None
    members = {m.token.start for m in row}
    others = [p for p in pairs if p is not pair and p[1].token.start in members]
    held = {b.token.start: b for b in known if b.token.start not in members and any(fits(*p, b) for p in others)}
    wholes = [
        b
        for b in held.values()
        if b.sort == part.sort and b.token.start < part.token.start and all(fits(*p, b) for p in others)
    ]
    if len({b.value.value for b in wholes}) != 1:
        return None
    whole = wholes[0]
    if whole.value.value < part.value.value:
        return (whole, 80) if others and _is_near(share, part, whole) else None
    if len(others) >= _PAIR:
        return whole, 88
    made_up = sum((m.value.value for m in row), Decimal(0)) == whole.value.value
    return (whole, 80) if made_up or _is_near(share, part, whole) else None


def _is_aside(pair: Pair) -> bool:
    """Say whether a number of things and its percentage share a bracket; not "(0.5 per cent; P=1.00)"."""
    level = pair[1].level
    beside = level is not None and level.depth > 0 and pair[0].level is level
    return beside and pair[1].index < pair[0].index and pair[1].value.step >= 1


def _namesake(pair: Pair, pairs: Sequence[Pair], known: Sequence[Mark], clause: Clause) -> tuple[Mark, int] | None:
    """Return the one figure before a part that counts the same: "tested 125 transactions and identified 38 (34 %)".

    A figure that is itself a part is not it: "13 per cent, or 2,213 cases, were ...; 8 per cent, 1,761 cases, ...".
    """
    share, part = pair
    parts = {p[1].index for p in pairs}
    alike = [
        m
        for m in clause.outer.marks
        if m.index < part.index and m.sort == part.sort and m.fact.head and m.fact.head == part.fact.head
    ]
    if (
        len(alike) != 1
        or alike[0].index in parts
        or alike[0].value.value <= part.value.value
        or not any(b is alike[0] for b in known)
    ):
        return None
    return (alike[0], 72) if is_mistyped_share(share.value, part.value, alike[0].value) else None


def _is_near(share: Mark, part: Mark, whole: Mark) -> bool:
    """Say whether one digit typed wrong, in the percentage or in the part, explains that they do not agree."""
    if is_mistyped_share(share.value, part.value, whole.value):
        return True
    half = share.value.step / 2
    low, high = ((share.value.value + d) * whole.value.value / _HUNDRED / part.value.step for d in (-half, half))
    printed = digits(part.value.value, part.value.step)
    return bool(printed) and any(low <= int(other) <= high for other in _edits(printed) if other)


def _edits(printed: str) -> Iterator[str]:
    """Yield the numbers that one digit replaced, or two neighbours exchanged, make of a number."""
    for place, digit in enumerate(printed):
        head, tail = printed[:place], printed[place + 1 :]
        yield from (f"{head}{other}{tail}" for other in "0123456789" if other != digit)
        if tail:
            yield f"{head}{tail[0]}{digit}{tail[1:]}"
