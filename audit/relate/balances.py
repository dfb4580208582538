"""Differences that words name: a deficit or a balance of two amounts, "12 more than the 22 of 2021", moves in brackets.

Amounts may leave something out ("$4.2 million came in and $1.1 million went to pay"), so that a balance that is not
exact is claimed only where one typing error explains it.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind
from audit.facts import TokenKind
from audit.quantity import Measure
from audit.relate.clauses.chance import digits, is_one_edit, is_repaired, near_miss
from audit.relate.clauses.operands import claim
from audit.relate.clauses.structure import sort_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from audit.relate.clauses.structure import Clause, Level, Mark, Paragraph

_PAIR = 2
_SOME = 2
_TELLING = 3
_LEAD = 5
_BACK = 4
_WORDS = 4
_TRENDS = ("increase", "decrease")
_MORE = {"more": "increase", "fewer": "decrease", "deduct": "decrease"}
_RESULTS = ("balance", "leaving")


def claims(paragraph: Paragraph) -> Iterator[Claim]:
    """Yield the differences that a paragraph names."""
    for position, clause in enumerate(paragraph.clauses):
        cues = clause.sentence.cues
        if not cues.isdisjoint(_RESULTS):
            yield from _balances(clause, paragraph, position)
        if "remain" in cues:
            yield from _left_over(clause, paragraph, position)
        if "than" in cues:
            yield from _more_than_the(clause, paragraph)
        if not cues.isdisjoint((*_TRENDS, *_MORE)):
            yield from _moves_in_brackets(clause, paragraph)


def _balances(clause: Clause, paragraph: Paragraph, position: int) -> Iterator[Claim]:
    """Yield "exports of 9,834 and imports of 11,207, a deficit of 1,373" and what is left when flows are over."""
    level = clause.outer
    for mark in level.marks:
        lead = level.between(mark.index - _LEAD, mark.index)
        if mark.bracketed or mark.value.measure is Measure.PERCENT:
            continue
        last = max((p for p, t in enumerate(lead) if t.cue in _RESULTS), default=-1)
        if last < 0 or any(t.kind is TokenKind.FIGURE for t in lead[last:]):
            continue
        before = [m for m in level.marks if m.index < mark.index and m.sort == mark.sort and not m.bracketed]
        earlier = earlier_figures(paragraph, position, mark) + _compared(level, mark)
        if lead[last].cue == "balance":
            yield from _difference(mark, before, earlier, paragraph)
        elif len(before) == _PAIR and not earlier and any(t.cue == "total" for t in lead[last:]):
            continue  # "12 in 2020 and 15 in 2021, bringing the total to 27" adds
        elif len(before) == _PAIR:
            yield from _carried(mark, (before[0], before[1]), earlier, paragraph)
        elif before:
            yield from _difference(mark, before, earlier, paragraph)


def earlier_figures(paragraph: Paragraph, position: int, mark: Mark) -> list[Mark]:
    """Return the figures of the two sentences before that are of the kind of a figure."""
    return [
        m
        for clause in paragraph.clauses[max(0, position - _PAIR) : position]
        for m in clause.outer.marks
        if m.sort == mark.sort and not m.bracketed
    ]


def _compared(level: Level, mark: Mark) -> list[Mark]:
    """Return the figure that one is set against: "bringing the total to 1,267, compared with 1,252 a year before"."""
    then = next((m for m in level.marks if m.index > mark.index and m.sort == mark.sort and not m.bracketed), None)
    gap = level.between(mark.index, then.index) if then is not None else []
    return [then] if then is not None and any(t.cue in ("compared", "from") for t in gap) else []


def _difference(mark: Mark, before: Sequence[Mark], earlier: Sequence[Mark], paragraph: Paragraph) -> Iterator[Claim]:
    """Yield the two figures whose difference a balance is: of its sentence, or one of the sentences before."""
    known = [*earlier, *before][-_BACK:]
    pairs = [p for p in itertools.combinations(known, _PAIR) if p[1] in before or not before]
    exact = [p for p in pairs if abs(p[0].value.value - p[1].value.value) == mark.value.value]
    # "It bought 32 and sold 71 units. The balance of 39 is ...": both amounts, and nothing else, are told before
    told = before or earlier
    if len(before) == 1 and known[0].index > mark.index:
        told = [before[0], known[0]]  # "amounts to 62,310, reflecting a net increase of 1,294 compared with 61,016"
    near = len(told) == _PAIR and _is_near(mark, told[0], told[1], _SOME if before else _TELLING)
    plain = [(told[0], told[1])] if near else []
    if not exact and len(before) > _PAIR:
        # "logged 1,284 cases, 812 of them ... and 472 ...; by May it had closed 963, leaving 327": a whole told before
        last = [(m, before[-1]) for m in before[:-1] if _is_near(mark, m, before[-1], _TELLING)]
        plain = last if len(last) == 1 else []
    for pair in (exact or plain)[-1:]:
        whole, part = sorted(pair, key=lambda m: -m.value.value)
        basis = Basis(cue="balance", confidence=85, reasons=("a named balance and both its amounts",))
        roles = [("stated", mark), ("from", whole), ("less", part)]
        yield claim(ClaimKind.DIFFERENCE, "balance", paragraph.document, roles, basis)


def _is_near(mark: Mark, first: Mark, second: Mark, least: int = _SOME) -> bool:
    """Say whether one typing error explains that a figure is not the difference of two others."""
    # a digit too many may make the smaller of two the larger
    ways = ((first, second), (second, first))
    return any(near_miss(whole.value, [part.value, mark.value]) >= least for whole, part in ways)


def _carried(mark: Mark, flows: tuple[Mark, Mark], earlier: Sequence[Mark], paragraph: Paragraph) -> Iterator[Claim]:
    """Yield "had 84 ... issued 31 and closed 27, leaving 88": a stock told before, with what came in and went out."""
    near: list[tuple[Mark, Mark, Mark]] = []
    for stock in reversed(earlier):
        for plus, less in (flows, flows[::-1]):
            wanted = stock.value.value + plus.value.value - less.value.value
            if wanted == mark.value.value:
                yield _stock(mark, stock, plus, less, paragraph)
                return
            if plus is flows[0] and (_is_misprint(mark, wanted) or _is_one_off(mark, stock, plus, less)):
                near.append((stock, plus, less))
    if len(near) == 1 and len(earlier) <= _PAIR:
        yield _stock(mark, *near[0], paragraph)
    elif not near:
        yield from _difference(mark, flows, (), paragraph)


def _left_over(clause: Clause, paragraph: Paragraph, position: int) -> Iterator[Claim]:
    """Yield "1,730 were pending. A further 960 came in and 1,045 were decided, so that 1,645 remained"."""
    level = clause.outer
    mark = next((m for m in reversed(level.marks) if _remains(level, m)), None)
    if mark is None or mark.bracketed:
        return
    flows = [m for m in level.marks if m.index < mark.index and m.sort == mark.sort and not m.bracketed]
    stocks = earlier_figures(paragraph, position, mark)
    if len(flows) == _PAIR + 1:
        stocks, flows = (
            flows[:1],
            flows[1:],
        )  # "380 were pending; 120 came in and 98 were decided, so that 402 remained"
    if len(flows) != _PAIR:
        return
    found = [
        (stock, plus, less, stock.value.value + plus.value.value - less.value.value)
        for stock in reversed(stocks)
        for plus, less in (flows, flows[::-1])
    ]
    exact = [f for f in found if f[3] == mark.value.value]
    near = [f for f in found[:_PAIR] if len(stocks) == 1 and _is_misprint(mark, f[3], _TELLING)]
    for stock, plus, less, _ in exact[:1] or (near if len(near) == 1 else []):
        yield _stock(mark, stock, plus, less, paragraph)


def _remains(level: Level, mark: Mark) -> bool:
    before = level.between(mark.index - 3, mark.index)  # "quedan 1.645"; not "the remaining 1,645"
    told = bool(before) and before[-1].cue == "remain" and not any(t.cue == "article" for t in before)
    return told or any(t.cue == "remain" for t in level.between(mark.index, mark.index + 2))


def _is_misprint(mark: Mark, wanted: Decimal, least: int = _SOME) -> bool:
    printed, right = digits(mark.value.value, mark.value.step), digits(wanted, mark.value.step)
    return min(len(printed), len(right)) >= least and is_one_edit(printed, right)


def _is_one_off(mark: Mark, stock: Mark, plus: Mark, less: Mark) -> bool:
    """Say whether a typing error in any figure explains that a stock is not carried."""
    told = [m.value for m in (mark, stock, plus, less)]
    return is_repaired(told, lambda end, start, came, went, _: end == start + came - went) >= _SOME


def _stock(mark: Mark, stock: Mark, plus: Mark, less: Mark, paragraph: Paragraph) -> Claim:
    basis = Basis(cue="leaving", confidence=75, reasons=("a stock, what came in and what went out",))
    roles = [("stated", mark), ("from", stock), ("plus", plus), ("less", less)]
    return claim(ClaimKind.DIFFERENCE, "carried", paragraph.document, roles, basis)


def _more_than_the(clause: Clause, paragraph: Paragraph) -> Iterator[Claim]:
    """Yield "71 seats, seven more than the 64 they held": the comparison tells both figures."""
    level = clause.outer
    marks = [m for m in level.marks if not m.bracketed]
    for place, (moved, then) in enumerate(itertools.pairwise(marks)):
        gap = level.between(moved.index, then.index)
        at = next((p for p, t in enumerate(gap) if t.cue == "than"), 0)
        way = next((t.cue for t in gap[:at] if t.cue in ("more", "fewer", "deduct", *_TRENDS)), "")
        named = len(gap) > at + 1 and gap[at + 1].cue == "article"
        if any(t.cue == "times" for t in level.between(then.index, then.index + 2)):
            continue  # "4 more than the south and 3 times as many as the west"
        if not way or not named or at > _WORDS or len(gap) - at > _WORDS or moved.sort != then.sort:
            continue
        before = [m for m in marks[max(0, place - _BACK) : place] if m.sort == then.sort]
        up = way in ("more", "increase")
        wanted = then.value.value + (moved.value.value if up else -moved.value.value)
        now = next((m for m in reversed(before) if m.value.value == wanted), None)
        if now is None:
            near = [m for m in before if _is_near(moved, m, then, _least(level, before, then)) and _is_same(m, then)]
            now = near[0] if len(near) == 1 else None
        if now is None:
            continue
        basis = Basis(cue="more_than", confidence=85, reasons=("a comparison with both its figures",))
        ends = (now, then) if up else (then, now)
        roles = [("stated", moved), ("from", ends[0]), ("less", ends[1])]
        yield claim(ClaimKind.DIFFERENCE, "more_than", paragraph.document, roles, basis)


def _least(level: Level, before: Sequence[Mark], then: Mark) -> int:
    """Return how many digits a typing error must have: any where nothing but the two figures can be meant."""
    behind = level.between(then.index, then.index + 2)
    return 1 if len(before) == 1 and (not behind or behind[0].kind is not TokenKind.WORD) else _SOME


def _is_same(first: Mark, second: Mark) -> bool:
    sorts = sort_of(first), sort_of(second)
    return "" in sorts or sorts[0] == sorts[1]


def _moves_in_brackets(clause: Clause, paragraph: Paragraph) -> Iterator[Claim]:
    """Yield "the number of deaths fell by 9 (from 70 to 61)": the bracket tells both ends of a move."""
    for inner in clause.levels:
        level = inner.parent
        if level is None or len(inner.marks) != _PAIR:
            continue
        first, last = inner.marks
        moved = next((m for m in reversed(level.marks) if m.index < inner.opened), None)
        if moved is None or moved.bracketed or not _is_told(level, moved, inner, first, last):
            continue
        lead = level.between(moved.index - _LEAD - 1, moved.index)
        trend = next((t.cue for t in reversed(lead) if t.cue in _TRENDS), "")
        trend = trend if any(t.cue in ("by", "of", "in") for t in lead[-_PAIR:]) else ""
        trend = trend or _more_of(level, moved, inner)
        if not trend:
            continue
        ends = (last, first) if trend == "increase" else (first, last)
        basis = Basis(cue="move", confidence=90, reasons=("the amount of a move and both its ends",))
        roles = [("stated", moved), ("from", ends[0]), ("less", ends[1])]
        yield claim(ClaimKind.DIFFERENCE, "move", paragraph.document, roles, basis)


def _more_of(level: Level, moved: Mark, inner: Level) -> str:
    """Return the trend of "9 fewer deaths (from 70 to 61)"; "12 pupils more (from 6 to 12 years)" has other ends."""
    first, last = inner.marks
    behind = level.between(moved.index, inner.opened)[:_PAIR]
    trend = next((_MORE[t.cue] for t in behind if t.cue in _MORE), "")
    low, high = (first, last) if trend == "increase" else (last, first)
    given = high.value.value - low.value.value
    meant = given == moved.value.value or near_miss(high.value, [low.value, moved.value]) > 0
    return trend if given > 0 and meant and not inner.between(last.index, inner.closed) else ""


def _is_told(level: Level, moved: Mark, inner: Level, first: Mark, last: Mark) -> bool:
    """Say whether a bracket of two ends stands right behind an amount of their kind."""
    led = inner.tokens[0][1].cue == "from" and any(t.cue == "to" for t in inner.between(first.index, last.index))
    unit = moved.value.measure is Measure.POINTS if first.value.measure is Measure.PERCENT else moved.sort == first.sort
    return led and unit and first.sort == last.sort and len(level.between(moved.index, inner.opened)) <= _WORDS
