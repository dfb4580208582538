"""Closures: lists of shares that make 100 per cent, or more than rounding lets them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind, Operand
from audit.facts import TokenKind
from audit.quantity import Interval, Measure
from audit.relate.bases.restated import is_called_rest
from audit.relate.clauses.chance import digits, is_one_edit
from audit.relate.clauses.joints import PREPOSITIONS, joint
from audit.relate.clauses.openings import opening
from audit.relate.clauses.operands import claim
from audit.relate.clauses.runs import runs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.relate.clauses.structure import Clause, Mark, Paragraph

_HUNDRED = Decimal(100)
_FEWEST = 3
_MOST = Decimal(110)
_SLIP = Decimal(1)  # percentage points that no second answer explains
_LEFT = Decimal(60)  # percentage points that may be amiss where the last share is of the rest
_ALIKE = Decimal(5)
_AROUND = 5
_NEAR = Decimal("1.03")
_PAIR = 2


def claims(paragraph: Paragraph) -> Iterator[Claim]:
    """Yield the lists of shares of a paragraph that are held against 100."""
    for clause in paragraph.clauses:
        yield from _of_clause(clause, paragraph)


def _have_bases(shares: list[Mark]) -> bool:
    """Say whether each share names a whole of its own: "50 per cent of its cases and 50 per cent of its audits"."""
    bases = [_base(m) for m in shares]
    return all(bases) and len(set(bases)) > 1


def _base(mark: Mark) -> str:
    """Return the words that name the whole of a share, its article left out, or "" when none do."""
    behind = mark.level.between(mark.index, mark.index + _AROUND) if mark.level is not None else []
    if not behind or behind[0].cue != "of":
        return ""
    return " ".join(t.key for t in behind[1:] if t.cue != "article" and t.kind is TokenKind.WORD)


def _beyond(clause: Clause) -> list[Mark]:
    """Return a list of named shares past 100 by more than rounding: "Ana (40 %), Ben (35 %) and Carla (30 %)".

    Far more than 100 is a question with several answers, and shares that each name their base do not add up.
    """
    if all(sum(m.value.measure is Measure.PERCENT for m in level.marks) < _FEWEST for level in clause.levels):
        return []
    for run in runs(clause):
        shares = run.marks
        if len(shares) < _FEWEST or shares[0].value.measure is not Measure.PERCENT or not shares[0].bracketed:
            continue
        total = sum((m.value.value for m in shares), Decimal(0))
        slack = sum((m.value.half_width for m in shares), Decimal(0))
        gap = _HUNDRED - total
        # "hearing loss (65%), effusion (16%), perforation (13%) and discharge (13%)": one may have two of them
        meant = -gap <= _SLIP or ("mainly" not in clause.sentence.cues and any(_explains(m, gap) for m in shares))
        meant = meant and not any(_is_signed(m, clause) for m in shares)
        if _HUNDRED + slack < total <= _MOST and meant:
            return shares
    return []


def _is_signed(mark: Mark, clause: Clause) -> bool:
    """Say whether a share is how far something moved: "higher pressure (+ 39 %), a lower index (- 23 %)"."""
    return mark.value.value < 0 or clause.sentence.tokens[mark.index - 1].text in ("+", "-", "–", "−")


def _mistyped(clause: Clause) -> list[Mark]:
    """Return a list of shares that one share typed wrong keeps from 100: "71 % in A, 22 % in B and 9 % in C".

    Shares that fall short may leave others untold, unless the last of them is of the rest or of what is not known.
    """
    for run in runs(clause):
        shares = run.marks
        if shares[0].value.measure is not Measure.PERCENT or shares[0].bracketed:
            continue
        gap = _HUNDRED - sum((m.value.value for m in shares), Decimal(0))
        slack = sum((m.value.half_width for m in shares), Decimal(0))
        rest, level = _is_rest(shares[-1]), shares[-1].level
        if gap > 0 and len(shares) < _told(clause):
            continue  # "(A 30 %, B 20 %, other C 10 %), D 25 % and E 8 %": a list inside a list, or one cut short
        if len(shares) < _FEWEST and not (rest and level is not None and is_called_rest(shares[-1], level)):
            continue
        whole = all(m.value.value <= _HUNDRED for m in shares)  # "162 per cent of them, while 30 ... and 8 per cent"
        nearest = (_LEFT if rest else _ALIKE if gap < 0 else 0) if whole else max(m.value.value for m in shares)
        if slack < abs(gap) <= nearest and any(_explains(m, gap) for m in shares) and not _are_counted(shares):
            return shares
    return _with_rest(clause)


def _are_counted(shares: list[Mark]) -> bool:
    """Say whether counts in brackets show each share to be right: "51.8 % (26,486) are men, 45.6 % (23,348) ..."."""
    level = shares[0].level
    behind = [next((m for m in level.marks if 0 < m.index - s.index <= _PAIR), None) for s in shares] if level else []
    told = [
        (m.value.value, s.value.value) for m, s in zip(behind, shares, strict=False) if m is not None and m.bracketed
    ]
    wholes = [_HUNDRED * count / share for count, share in told if share > 0 and count > 0]
    return len(wholes) == len(shares) and max(wholes) <= _NEAR * min(wholes)


def _with_rest(clause: Clause) -> list[Mark]:
    """Return two shares of which one typing error keeps the rest from 100: "40 % are women, men the remaining 50 %"."""
    level = clause.outer
    shares = [m for m in level.marks if m.value.measure is Measure.PERCENT]
    if len(shares) != _PAIR or _told(clause) != _PAIR or not is_called_rest(shares[-1], level):
        return []
    gap = _HUNDRED - sum((m.value.value for m in shares), Decimal(0))
    slack = sum((m.value.half_width for m in shares), Decimal(0))
    return shares if slack < abs(gap) <= _LEFT and any(_explains(m, gap) for m in shares) else []


def _shared_out(shares: list[Mark], clause: Clause) -> list[Mark]:
    """Return all shares of a sentence that divides a whole, where one is mistyped: "composed of 90 % x and 20 % y"."""
    level = shares[0].level
    if level is None or any(m.level is not level or m.bracketed for m in shares) or "then" in clause.sentence.cues:
        return []  # "comprised 82 % of all, followed by fragments at 15 %": others may follow
    gap = _HUNDRED - sum((m.value.value for m in shares), Decimal(0))
    slack = sum((m.value.half_width for m in shares), Decimal(0))
    meant = slack < abs(gap) <= _LEFT and any(_explains(m, gap) for m in shares)
    return shares if meant and opening(level, shares[0], clause)[0] == "comprising" else []


def _is_pair(shares: list[Mark], clause: Clause) -> bool:
    """Say whether two shares are told of one thing: one joined to the other, each in a bracket, or one of the rest.

    Two shares of a sentence make 100 by accident: "who is disabled at 50 % may have a reduction of 50 %".
    """
    around = {m.index: m for m in clause.outer.marks}
    first, last = (around.get(m.index, m) for m in shares)
    if first.level is None or first.level is not last.level:
        return False
    both = first.bracketed and last.bracketed
    return both or _is_rest(last) or bool(joint(first.level, first, last))


def _of_sexes(shares: list[Mark]) -> list[Mark]:
    """Return the shares of women and men that together make no 100: "95 % were men and 8 % women".

    "40 % of women and 55 % of men" are shares of each. What both leave untold may be of others, unless it is much.
    """
    if len(shares) != _PAIR or {_sex(m) for m in shares} != {"gender.female", "gender.male"}:
        return []
    level = shares[0].level
    if level is None or not joint(level, *shares) or all(_is_drawn(m) for m in shares):
        return []
    gap = level.between(shares[0].index, shares[1].index)
    joined = max(p for p, t in enumerate(gap) if t.kind is TokenKind.COMMA or t.cue in ("and", "also"))
    if any(t.cue in PREPOSITIONS for t in gap[joined:]):
        return []  # "in the south 60 per cent are women, in the north 58 per cent are men"
    missing = _HUNDRED - sum((m.value.value for m in shares), Decimal(0))
    slack = sum((m.value.half_width for m in shares), Decimal(0))
    meant = missing < 0 or (missing > _ALIKE and any(_explains(m, missing) for m in shares))
    return shares if abs(missing) > slack and meant else []


def _sex(mark: Mark) -> str:
    """Return the sex that a share names right behind it: "52 per cent women", "52 % sont des femmes"."""
    behind = mark.level.between(mark.index, mark.index + _AROUND) if mark.level is not None else []
    named = next((t for t in behind if t.cue not in ("verb", "article", "of")), None)
    if named is None or named.kind is not TokenKind.WORD:
        return ""
    return next((t for t in mark.fact.traits if t.startswith("gender.")), "")


def _is_drawn(mark: Mark) -> bool:
    """Say whether a share is drawn from what it names: "40 per cent of women"."""
    behind = mark.level.between(mark.index, mark.index + _PAIR) if mark.level is not None else []
    return bool(behind) and behind[0].cue == "of"


def _told(clause: Clause) -> int:
    """Return how many shares a sentence prints."""
    return len({m.index for level in clause.levels for m in level.marks if m.value.measure is Measure.PERCENT})


def _is_rest(mark: Mark) -> bool:
    """Say whether a share is of the rest, or of what is not known."""
    level = mark.level
    if level is None:
        return False
    behind = level.between(mark.index, mark.index + _AROUND)
    around = (*level.between(mark.index - _AROUND, mark.index), *behind)
    unknown = "rest.unknown" in mark.fact.traits or any(t.cue == "not" for t in behind)  # "15 % did not answer"
    return unknown or any(t.cue in ("other", "remain") for t in around)


def _explains(mark: Mark, gap: Decimal) -> bool:
    right = mark.value.value + gap
    return right > 0 and is_one_edit(digits(mark.value.value, mark.value.step), digits(right, mark.value.step))


def _of_clause(clause: Clause, paragraph: Paragraph) -> Iterator[Claim]:
    """Yield the lists of shares of a sentence that make exactly 100."""
    marks = [
        m
        for level in clause.levels
        for m in level.marks
        if m.value.measure is Measure.PERCENT and not (m.bracketed and m.level is not level)
    ]
    if len(marks) < _PAIR:
        return
    unique = list({m.index: m for m in marks}.values())
    total = sum((m.value.value for m in unique), Decimal(0))
    if total == _HUNDRED and (_have_bases(unique) or (len(unique) == _PAIR and not _is_pair(unique, clause))):
        return
    if total != _HUNDRED and any("overlapping" in c.sentence.cues for c in paragraph.clauses):
        return  # "(more than one answer was possible)"
    if total != _HUNDRED:
        unique = _beyond(clause) or _mistyped(clause) or _shared_out(unique, clause) or _of_sexes(unique)
    if len(unique) < 2:
        return
    sure = 60 if total == _HUNDRED else 72
    basis = Basis(cue="closure", confidence=sure, reasons=("shares of one list against 100",))
    made = claim(ClaimKind.SUM, "closure", paragraph.document, [("part", m) for m in unique], basis)
    whole = Operand(
        role="total",
        text="100",
        document=made.document,
        start=made.start,
        end=made.end,
        value=_HUNDRED,
        interval=Interval.point(100),
    )
    yield Claim(
        kind=made.kind, form=made.form, document=made.document, start=made.start, end=made.end,
        operands=(whole, *made.operands), basis=basis,
    )  # fmt: skip
