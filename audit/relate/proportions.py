"""Proportions in small or round numbers: "one in five (248 of 1,240)", "25 per 100,000", "four times as many".

Both figures that make the proportion stand in its sentence; it is claimed where they give it, or would but for one
typing error.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind
from audit.facts import TokenKind
from audit.quantity import Measure, Quantity
from audit.relate.clauses.chance import is_repaired
from audit.relate.clauses.nearby import are_alike, figures
from audit.relate.clauses.operands import claim
from audit.relate.clauses.structure import OF

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from audit.facts import Token
    from audit.relate.clauses.structure import Clause, Mark, Paragraph

_HUNDRED = Decimal(100)
_ROUND = frozenset(Decimal(10) ** power for power in range(2, 7))
_OUT_OF = ("in", "out_of", "per")
_SAID = ("or", "that_is", "comprising")
_PLAIN = (Measure.COUNT, Measure.MONEY, Measure.AMOUNT)
_LARGEST = 12  # of what small numbers are "one in five" and "nine out of ten"
_LOOSE, _ROUGH = Decimal(2), Decimal(4)  # how wide such a proportion is, in points: "one in five" is 18 to 22 per cent
_TENTH = 10
_NOUN, _REACH, _FAR = 3, 8, 16
_PAIR = 2
_BELOW, _ABOVE = Decimal(5) / 6, Decimal(6) / 5


def claims(paragraph: Paragraph) -> Iterator[Claim]:
    """Yield the proportions of a paragraph whose two figures stand beside them."""
    for clause in paragraph.clauses:
        cues = clause.sentence.cues
        if cues.isdisjoint((*_OUT_OF, "times", "for")) or len(clause.sentence.printed) <= _PAIR:
            continue
        row = [m for m in figures(clause) if m.value.measure in _PLAIN]
        for place, mark in enumerate(row):
            if "times" in cues:
                yield from _multiple(mark, row, place, clause, paragraph)
            yield from _rate(mark, row, place, clause, paragraph)
            yield from _one_in(mark, row, place, clause, paragraph)
            yield from _in_per_cent(mark, row, place, clause, paragraph)


def _is_meant(values: Sequence[Quantity], holds: Callable[..., bool]) -> bool:
    """Say whether figures agree, or would but for one typing error in figures of two digits and more."""
    step = values[0].step
    return holds(*(v.value for v in values), step) or is_repaired(values, holds) >= _PAIR


def _rate(mark: Mark, row: Sequence[Mark], place: int, clause: Clause, paragraph: Paragraph) -> Iterator[Claim]:
    """Yield "35 deaths among 140,000 residents, or 25 per 100,000": the last figure is the base of the one before."""
    base = row[place + 1] if place + 1 < len(row) else None
    if base is None or base.value.value not in _ROUND:
        return
    tokens = clause.sentence.tokens
    gap, lead = tokens[mark.index + 1 : base.index], tokens[max(0, mark.index - _NOUN) : mark.index]
    if not gap or gap[-1].cue not in ("per", "for") or len(gap) > _NOUN:
        return
    told = row[:place] if any(t.cue in _SAID for t in lead) else row[place + _PAIR :]
    if told and told[0].index > base.index:  # "8 per 1,000, that is, 24 deaths for 3,000 births"
        again = any(t.cue in _SAID for t in tokens[base.index + 1 : told[0].index])
        told = told if again and told[0].index - base.index <= _REACH else []
    told = [m for m in told if m.sort == mark.sort and m.value.measure is Measure.COUNT]

    def holds(stated: Decimal, part: Decimal, whole: Decimal, step: Decimal) -> bool:
        return 0 < part < whole and abs(base.value.value * part / whole - stated) <= step / 2

    if len(told) != _PAIR:
        return
    part, whole = sorted(told, key=lambda m: m.value.value)
    if _is_meant((mark.value, part.value, whole.value), holds):
        basis = Basis(cue="per", confidence=74, reasons=("a rate with its part and its whole",))
        roles = [("stated", mark), ("total", part), ("number", whole)]
        detail = {"per": str(base.value.value)}
        yield claim(ClaimKind.AVERAGE, "rate", paragraph.document, roles, basis, detail)


def _one_in(mark: Mark, row: Sequence[Mark], place: int, clause: Clause, paragraph: Paragraph) -> Iterator[Claim]:
    """Yield "one in five of the 1,240 households (248)", "un ménage sur cinq, soit 248 des 1 240 ménages"."""
    tokens = clause.sentence.tokens
    first = row[place - 1] if place and mark.index - row[place - 1].index <= _NOUN else None
    if (
        first is None
        or tokens[mark.index - 1].cue not in _OUT_OF
        or not first.value.value < mark.value.value <= _LARGEST
    ):
        return
    behind = row[place + 1 : place + 1 + _PAIR]
    if len(behind) != _PAIR or behind[0].index - mark.index > _REACH or not are_alike(behind[0], behind[1]):
        return
    part, whole = sorted(behind, key=lambda m: m.value.value)
    if not (_is_whole_first(mark, behind, tokens) if whole is behind[0] else _is_part_first(mark, behind, tokens)):
        return
    share, start = _HUNDRED * first.value.value / mark.value.value, first.fact.start
    step = _LOOSE if mark.value.value >= _TENTH else _ROUGH

    def holds(stated: Decimal, part: Decimal, whole: Decimal, step: Decimal) -> bool:
        return 0 < part < whole and abs(_HUNDRED * part / whole - stated) <= step / 2

    text = paragraph.document.text[start : mark.fact.end]
    stated = Quantity(raw=text, value=share, step=step, unit="%", measure=Measure.PERCENT, hedge=first.value.hedge)
    if _is_meant((stated, part.value, whole.value), holds):
        fact = replace(mark.fact, start=start, text=text, value=stated)
        basis = Basis(cue="one_in", confidence=80, reasons=("a proportion with its part and its whole",))
        roles = [("stated", replace(mark, fact=fact, value=stated)), ("part", part), ("whole", whole)]
        yield claim(ClaimKind.SHARE, "one_in", paragraph.document, roles, basis)


def _in_per_cent(mark: Mark, row: Sequence[Mark], place: int, clause: Clause, paragraph: Paragraph) -> Iterator[Claim]:
    """Yield "three out of four households (75 per cent)": of all quarters, three must be the nearest."""
    tokens = clause.sentence.tokens
    first = row[place - 1] if place and mark.index - row[place - 1].index <= _NOUN else None
    if first is None or tokens[mark.index - 1].cue not in _OUT_OF:
        return
    if tokens[mark.index - 1].cue == "in" and mark.index - first.index > _PAIR:
        return  # "two patients in six hospitals (12 per cent)"
    if not 0 < first.value.value < mark.value.value <= _LARGEST or mark.bracketed:
        return
    inner = next((x for x in clause.levels if 0 < x.opened - mark.index <= _NOUN), None)
    if inner is None or len(inner.marks) != 1 or len(inner.tokens) != 1:
        return
    share, around = inner.marks[0], tokens[mark.index + 1 : inner.opened]
    if share.value.measure is not Measure.PERCENT or any(t.kind is not TokenKind.WORD for t in around):
        return
    step, exact = _HUNDRED / mark.value.value, _HUNDRED * first.value.value / mark.value.value
    if abs(share.value.value - exact) <= step / 2:
        wide = replace(share.value, step=max(share.value.step, step))
        share = replace(share, fact=replace(share.fact, value=wide), value=wide)
    basis = Basis(cue="one_in", confidence=78, reasons=("a proportion told again in per cent",))
    roles = [
        ("stated", share),
        ("part", first),
        ("whole", mark),
    ]
    yield claim(ClaimKind.SHARE, "one_in", paragraph.document, roles, basis)


def _is_whole_first(mark: Mark, behind: Sequence[Mark], tokens: Sequence[Token]) -> bool:
    """Say whether whole and part follow a proportion: "of the 1,240 households (248)", "of the 1,240, or 248"."""
    first, second = behind
    lead, gap = tokens[mark.index + 1 : first.index], tokens[first.index + 1 : second.index]
    drawn = bool(lead) and lead[0].cue in (*OF, "from") and len(lead) <= _NOUN
    return drawn and any(t.kind is TokenKind.OPEN or t.cue in _SAID for t in gap)


def _is_part_first(mark: Mark, behind: Sequence[Mark], tokens: Sequence[Token]) -> bool:
    """Say whether part and whole follow a proportion: "(132 of 440)", ", or 61 of 240"."""
    first, second = behind
    lead, gap = tokens[mark.index + 1 : first.index], tokens[first.index + 1 : second.index]
    opened = bool(lead) and (lead[-1].kind is TokenKind.OPEN or any(t.cue in _SAID for t in lead[-_PAIR:]))
    return opened and bool(gap) and len(gap) <= _NOUN and any(t.cue in (*OF, "from") for t in gap)


def _multiple(mark: Mark, row: Sequence[Mark], place: int, clause: Clause, paragraph: Paragraph) -> Iterator[Claim]:
    """Yield "four times as many cases as its neighbour (812 against 203)", "812 cases, four times the 203 of 2019"."""
    tokens = clause.sentence.tokens
    if mark.index + 1 >= len(tokens) or tokens[mark.index + 1].cue != "times" or mark.value.value <= 1:
        return
    ends = _ends(mark, row, place, tokens)
    if ends is None:
        return
    after, before = ends
    exact = mark.value.step < 1

    def holds(times: Decimal, last: Decimal, first: Decimal, step: Decimal) -> bool:
        room = (times - step / 2, times + step / 2) if exact else (times * _BELOW, times * _ABOVE)
        return first > 0 and room[0] <= last / first <= room[1]

    if _is_meant((mark.value, after.value, before.value), holds):
        basis = Basis(cue="times", confidence=78, reasons=("a multiple and both its ends",))
        detail = {"trend": "increase", "multiple": str(mark.value.value)}
        if exact:
            detail["step"] = str(mark.value.step)
        roles = [("times", mark), ("from", before), ("to", after)]
        yield claim(ClaimKind.CHANGE, "multiple", paragraph.document, roles, basis, detail)


def _ends(mark: Mark, row: Sequence[Mark], place: int, tokens: Sequence[Token]) -> tuple[Mark, Mark] | None:
    """Return (after, before) of a multiple: the two of the bracket behind it, or the figures to either side of it."""
    behind = [m for m in row[place + 1 : place + 1 + _PAIR] if m.index - mark.index <= _FAR]
    if len(behind) == _PAIR and tokens[behind[0].index - 1].kind is TokenKind.OPEN and are_alike(*behind):
        gap = tokens[behind[0].index + 1 : behind[1].index]
        set_against = any(t.cue in ("compared", "via", "from", "and") for t in gap) and len(gap) <= _REACH
        closed = not any(t.kind is TokenKind.CLOSE for t in gap)
        return (behind[0], behind[1]) if set_against and closed else None
    before = behind[0] if behind else None
    after = row[place - 1] if place and mark.index - row[place - 1].index <= _FAR else None
    if before is None or after is None or not are_alike(after, before) or before.index - mark.index > _REACH:
        return None
    gap = tokens[mark.index + 1 : before.index]
    led = gap[-1].cue in ("article", "times", "of") or gap[-1].kind is TokenKind.OPEN
    apart = any(t.kind is TokenKind.COMMA for t in tokens[after.index : mark.index])
    return (after, before) if led and apart and not any(t.kind is TokenKind.COMMA for t in gap) else None
