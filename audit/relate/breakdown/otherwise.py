"""What figures beside each other tell other than a total and its parts: ratios, multiples, bounds, running totals."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations, pairwise, product
from typing import TYPE_CHECKING

from audit.facts import TokenKind
from audit.quantity import Measure
from audit.relate.clauses.openings import is_of_all
from audit.relate.clauses.populations import Fit
from audit.relate.clauses.reading import STRONG
from audit.relate.clauses.structure import OF, named_sort

if TYPE_CHECKING:
    from audit.relate.clauses.reading import Reading
    from audit.relate.clauses.structure import Mark

_EACH = 4
_PAIR = 2
_HUNDRED = 100
_LEAST = 20  # a small figure is the difference of many
_MOST, _MOVED = 12, 4
_NEAR = 6
_BOUNDS = frozenset("<>≤≥+")
_DRAWN = ("from", "in", "by", "at", "on", "for", "across")
_ENDS = (TokenKind.SEMICOLON, TokenKind.STOP, TokenKind.COLON, TokenKind.DASH, TokenKind.COMMA)


def tells_otherwise(reading: Reading) -> bool:
    """Say whether the figures of a breakdown that does not add up are told of something else than a whole."""
    ratio = reading.form == "colon" and _is_ratio(reading)  # "ratios of 16:0:1 and 8 : 8"
    return (
        ratio
        or _is_equated(reading)
        or _is_running(reading)
        or _is_multiple(reading)
        or _are_groups(reading)
        or _is_drawn(reading)
        or _is_difference(reading)
        or _is_flow(reading)
        or _has_base(reading)
        or _is_stock(reading)
        or _has_skipped(reading)
        or _is_scaled(reading)
        # "21 points, seven of them new; of the 18 of 2018, five were met"
        or any(p.level is not None and is_of_all(p.level, p) for p in reading.parts[1:])
        or _make_hundred(reading)  # "15 (40%) had A, 5 (14%) had B and 17 (46%) had C"
    )


def _is_running(reading: Reading) -> bool:
    """Say whether parts run up to their total: "45 wells (15 in 2021, 30 by 2022 and 45 by 2023)"."""
    values = [p.value.value for p in reading.parts]
    return len(values) > _PAIR and values[-1] == reading.total.value.value and all(a < b for a, b in pairwise(values))


def _is_multiple(reading: Reading) -> bool:
    """Say whether a figure tells how many times as many: "three times as many women (36) as men (12)"."""
    tokens = reading.clause.sentence.tokens
    return any(t.cue == "times" for m in (reading.total, *reading.parts) for t in tokens[m.index + 1 : m.index + 2])


def _are_groups(reading: Reading) -> bool:
    """Say whether a part counts groups where the total counts heads: "the party of 14 (6 couples and 2 guides)"."""
    heads = named_sort(reading.total) in ("", "person") and reading.fit is not Fit.PARTITION
    return heads and reading.gap > 0 and any(named_sort(p) == "group" for p in reading.parts)


def _is_drawn(reading: Reading) -> bool:
    """Say whether a bracket tells where its total is from: "the 45 delegates (from 12 countries and 3 territories)"."""
    first = reading.parts[0]
    led = first.level.between(first.index - _PAIR, first.index) if first.level is not None else []
    return reading.form == "bracket" and reading.fit is Fit.OPEN and any(t.cue in _DRAWN for t in led)


def _is_difference(reading: Reading) -> bool:
    """Say whether a total is by how much two figures differ: "exports (1,200) were 200 above imports (1,000)"."""
    total = reading.total.value
    strong = (reading.form in STRONG and reading.form != "listed") or reading.fit is Fit.PARTITION
    if strong or total.value < _LEAST * total.step:
        return False
    told = [m for level in reading.clause.levels for m in level.marks if m.sort == reading.total.sort]
    return any(abs(a.value.value - b.value.value) == total.value for a, b in combinations(told[:_MOST], 2))


def _is_flow(reading: Reading) -> bool:
    """Say whether what remains is right when some parts came in: "3 of 14 retired, 2 came and 1 died, leaving 12"."""
    *moved, last = [p.value.value for p in reading.parts]
    if reading.form != "remain" or not 1 < len(moved) <= _MOVED:
        return False
    ways = product((1, -1), repeat=len(moved))
    left = reading.total.value.value - last
    return any(sum(s * m for s, m in zip(signs, moved, strict=True)) == left for signs in ways)


def _has_base(reading: Reading) -> bool:
    """Say whether a part is what another is told of: "attended by 23 of the 28 members, 6 observers and 4 experts"."""
    for part in reading.parts:
        level = part.level
        before = [m for m in level.marks if 0 < part.index - m.index < _NEAR] if level is not None else []
        gap = level.between(before[-1].index, part.index) if level is not None and before else []
        if gap and gap[0].cue in OF and all(t.cue in (*OF, "article", "total") for t in gap):
            return True
    return False


def _is_stock(reading: Reading) -> bool:
    """Say whether figures lead from a stock to another: "412, against 438 in 2022: 260 came in, 84 and 202 left"."""
    total, parts = reading.total, [p.value.value for p in reading.parts]
    lead = total.level.between(total.index - _MOVED, total.index) if total.level is not None else []
    then = any(t.cue in ("compared", "than", "from", "opening") for t in lead)
    if not then or reading.form not in ("colon", "dash", "apposition", "plain") or not 1 < len(parts) <= _MOVED:
        return False  # "killed 23 people - 14 men, six women and two children - and injured 41"
    used = {m.index for m in (total, *reading.parts)}
    ends = {m.value.value for m in reading.clause.outer.marks if m.index not in used and m.sort == total.sort}
    ways = (w for w in product((1, -1), repeat=len(parts)) if len(set(w)) > 1)
    return any(total.value.value + sum(s * p for s, p in zip(w, parts, strict=True)) in ends for w in ways)


def _has_skipped(reading: Reading) -> bool:
    """Say whether a figure beside the parts is the one that is wanting: "17 died: 5 on 800 IU, 6 on 2,000 IU and 6"."""
    first = reading.parts[0]
    if reading.gap <= 0 or first.level is None:
        return False
    known = {m.index for m in (reading.total, *reading.parts)}
    between = [m for m in first.level.marks if m.index not in known and m.bracketed == first.bracketed]
    start = min(reading.total.index, first.index) if reading.total.level is first.level else first.index
    told = [m.value.value for m in between if start < m.index and m.sort == first.sort][:_MOST]
    return any(sum(some) == reading.gap for size in (1, 2) for some in combinations(told, size))


def _is_scaled(reading: Reading) -> bool:
    """Say whether bare parts make up a figure in millions: "812 million of the 846 approved: 687, 94 and 31"."""
    added = sum((p.value.value for p in reading.parts), Decimal(0))
    return any(m.value.scale > 1 and m.value.value == added * m.value.scale for m in reading.clause.outer.marks)


def _is_ratio(reading: Reading) -> bool:
    """Say whether figures without a word are set against each other: "1 : 4"."""
    total, level = reading.total, reading.total.level
    gap = level.between(total.index, reading.parts[0].index) if level is not None else []
    after = [p.level.between(p.index, p.index + 2) for p in reading.parts if p.level is not None]
    unnamed = all(not tokens or tokens[0].kind in _ENDS for tokens in after)
    return unnamed and [t.kind for t in gap] == [TokenKind.COLON]


def _is_equated(reading: Reading) -> bool:
    """Say whether a total is a bound, has a margin, or is what a letter stands for: "≥ 60", "365 ± 5", "P = 0.042"."""
    at, tokens = reading.total.index, reading.clause.sentence.tokens
    if any(t.text == "±" for m in (reading.total, *reading.parts) for t in tokens[m.index + 1 : m.index + 2]):
        return True
    before = [t.text for t in tokens[max(0, at - _PAIR) : at]]
    if len(before) < _PAIR or before[1] != "=":
        return before[-1:] != [] and before[-1] in _BOUNDS
    return reading.total.value.step < 1 and len(before[0]) == 1


def _make_hundred(reading: Reading) -> bool:
    """Say whether the shares printed beside a total and its parts make 100 per cent together: all are parts."""
    beside = [_share_beside(reading, mark) for mark in (reading.total, *reading.parts)]
    return all(share > 0 for share in beside) and abs(sum(beside, Decimal(-_HUNDRED))) <= 1


def _share_beside(reading: Reading, mark: Mark) -> Decimal:
    near = (m for level in reading.clause.levels for m in level.marks if 0 < m.index - mark.index <= _EACH)
    return next((m.value.value for m in near if m.value.measure is Measure.PERCENT and m.bracketed), Decimal(0))
