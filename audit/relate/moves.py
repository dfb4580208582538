"""Moves: by how much or how many per cent one figure differs from another, wherever the three of them stand.

"874 incidents, against 760 in the period before, a rise of 15 per cent"; "723,000 births, 19,000 fewer than in 2021
(742,000)". The figure that tells the move is known by the word of a trend beside it. Its ends are the two figures of
one kind, near it, that give it; where none do, a move is claimed only between the two that words name as its ends.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind
from audit.facts import TokenKind
from audit.quantity import Measure, Quantity
from audit.records import dataclass
from audit.relate.bases.compared import TRENDS, base_cue, compared_ends, goes_back, leads
from audit.relate.bases.rebased import amount_of_move, is_rebased
from audit.relate.clauses.chance import fewest_digits, is_repaired
from audit.relate.clauses.nearby import are_alike, figures
from audit.relate.clauses.operands import claim
from audit.relate.clauses.structure import MARKS, is_bare, named_sort
from audit.relate.comparisons import WAYS, goes_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from audit.facts import Token
    from audit.relate.clauses.structure import Clause, Mark, Paragraph

_RATES = (Measure.PERCENT, Measure.POINTS)
_PLAIN = (Measure.COUNT, Measure.AMOUNT, Measure.MONEY)
_LEAD, _BY = 6, ("by", "of", "article")
_TAIL = 3
_PAIR = 2
_POINTS = 50
_REACH = 12
_MOST = 10
_TELLING = 3


@dataclass(slots=True)
class Told:
    """A figure that tells a move: its trend and whether the words tie the two without doubt."""

    mark: Mark
    trend: str
    tight: bool


def claims(paragraph: Paragraph) -> Iterator[Claim]:
    """Yield the moves of a paragraph that a figure tells and two others make up."""
    for position, clause in enumerate(paragraph.clauses):
        if clause.sentence.cues.isdisjoint(WAYS):
            continue
        here = figures(clause)
        for mark in here:
            told = told_move(mark, clause.sentence.tokens)
            if told is not None and not is_rebased(clause.sentence.tokens, mark.index):
                yield from _move(told, here, paragraph, position)


def told_move(mark: Mark, tokens: Sequence[Token]) -> Told | None:
    """Return the trend that stands beside a figure: "a rise of 15", "up 15", "15 more than", "15 per cent lower"."""
    if _shares_unit(mark, tokens):
        return None
    if mark.value.measure is Measure.PERCENT and mark.index and tokens[mark.index - 1].text == "+":
        return Told(mark, "increase", tight=False)  # "(+12.5 per cent)"
    signed = mark.index > _PAIR and tokens[mark.index - 1].kind is TokenKind.DASH
    if signed and tokens[mark.index - 2].kind is TokenKind.OPEN and tokens[mark.index - 3].cue == "decrease":
        return Told(mark, "decrease", tight=True)  # "en baisse (– 6,1 %)"
    after = tokens[mark.index + 1 : mark.index + 1 + _TAIL]
    for place, token in enumerate(after):
        if token.cue in ("more", "fewer") or (token.cue in WAYS and mark.value.measure in _RATES):
            return Told(mark, WAYS[token.cue], place == 0)
        if not place and token.cue == "deduct" and all(t.kind in MARKS for t in after[1:2]):
            return Told(mark, "decrease", tight=True)  # "48 menos."; not "48 menos 12"
        if token.kind is not TokenKind.WORD:
            break
    start = mark.index
    if mark.value.measure is Measure.PERCENT:
        start = amount_of_move(tokens, mark.index) or start  # "an increase of $9.8 million, or 95.3 per cent"
    for place in range(start - 1, max(-1, start - 1 - _LEAD), -1):
        token = tokens[place]
        if token.cue in ("increase", "decrease"):
            led = tokens[start - 1]
            if led.cue == "from" or (led.cue not in _BY and named_sort(mark) == "time"):
                return None  # "up from 5": an end; "the first rise in five years"
            near = start - place <= (_LEAD - 2 if mark.value.measure is Measure.PERCENT else _PAIR)
            return Told(mark, token.cue, led.cue in ("by", "of", "article") or near)
        if token.kind in (TokenKind.FIGURE, TokenKind.SEMICOLON, TokenKind.STOP) or token.cue in ("to", "compared"):
            return None
        told = tokens[start - 1].cue in ("by", "of")
        if token.kind is TokenKind.OPEN and mark.value.measure is Measure.COUNT and not told:
            return None  # "increase the means of towns (33 countries, up from 26)"
    return None


def _shares_unit(mark: Mark, tokens: Sequence[Token]) -> bool:
    """Say whether a bare figure is a percentage as the next one is: "growth rates of 4.4 and 3.5 per cent"."""
    if mark.value.unit or mark.value.measure in _RATES or len(tokens) <= mark.index + _PAIR:
        return False
    joint, after = tokens[mark.index + 1 : mark.index + 1 + _PAIR]
    value = after.fact.value if after.fact is not None else None
    return joint.cue in ("and", "or", "to") and isinstance(value, Quantity) and value.measure is Measure.PERCENT


def _move(told: Told, here: Sequence[Mark], paragraph: Paragraph, position: int) -> Iterator[Claim]:
    """Yield the move a figure tells: between the two figures that give it, or else those the words name."""
    mark = told.mark
    tokens = paragraph.clauses[position].sentence.tokens
    amount = amount_of_move(tokens, mark.index)
    ends = [m for m in here if not _is_step(m, tokens) and not _has_own_move(m, tokens)]
    near = [m for m in ends if m.index not in (mark.index, amount) and _can_end(m, mark)]
    beside = [m for m in near if not _is_apart(tokens, *sorted((m.index, mark.index)))]
    near = beside if len(beside) >= _PAIR else near
    before = [m for m in figures(paragraph.clauses[position - 1]) if _can_end(m, mark)] if position else []
    # "It fell to 37 in 1,000, a decline of 52 per cent": not of what the sentence before counts
    earlier = [] if near else _pairs(before, before)
    tried = [p for p in (*_pairs(near, near), *_pairs(before, near), *earlier) if _is_alike(p, told)]
    exact = [p for p in tried if _gives(told, *_ordered(p, told.trend))]
    values = {frozenset((a.value.value, b.value.value)) for a, b in exact}
    if len(values) == 1 or (exact and told.tight):
        yield _claim(told, exact[0], paragraph, 60)
        return
    apart = _named_apart(told, near, paragraph, position)
    named = _named(told, near, paragraph.clauses[position]) or apart
    if exact or named is None or not told.tight:
        return
    low_to_high = named[1].value.value >= named[0].value.value
    digits = _repaired(told, named)
    if digits and low_to_high == (told.trend == "increase"):
        yield _claim(told, named, paragraph, 82)
    elif digits >= (_PAIR if named == apart else _TELLING):
        yield _claim(told, named, paragraph, 72)


def _is_step(mark: Mark, tokens: Sequence[Token]) -> bool:
    """Say whether a figure is no level: "2,000 more than in 2010 and 1,500 fewer than in 1990", "3 times as many"."""
    after = tokens[mark.index + 1 : mark.index + 3]
    if not after or after[0].cue not in ("more", "fewer"):
        return bool(after) and after[0].cue == "times"
    return after[-1].cue == "than" or " " in after[0].text  # "de plus qu'en 2022"


def _has_own_move(mark: Mark, tokens: Sequence[Token]) -> bool:
    """Say whether a bracketed figure has a rate of its own: "costs (1.9 m) rose by 12 %, rents (1.3 m) by 2 %"."""
    behind = tokens[mark.index + 1 : mark.index + 1 + _PAIR + 1]
    closed = len(behind) > _PAIR and behind[0].kind is TokenKind.CLOSE
    told = closed and behind[1].cue in ("by", "of", "from")
    fact = behind[-1].fact if told else None
    return fact is not None and isinstance(fact.value, Quantity) and fact.value.measure in _RATES


def _can_end(other: Mark, mark: Mark) -> bool:
    """Say whether a figure can be an end of the move another tells: of its kind, or of any kind for a rate."""
    if mark.value.measure is Measure.POINTS:
        return other.value.measure is Measure.PERCENT
    if mark.value.measure is Measure.PERCENT:
        # "136, a figure 16 per cent lower than ..." has an article that may be a number
        return other.value.measure in _PLAIN and (other.value.value != 1 or other.fact.text[0].isdecimal())
    # "up 7 on the year before (84 per cent)": points, whatever they are called; not "between these two dates"
    points = mark.value.value < _POINTS and mark.fact.text[:1].isdecimal()
    return are_alike(mark, other) or (other.value.measure is Measure.PERCENT and points)


def _pairs(first: Sequence[Mark], last: Sequence[Mark]) -> Iterator[tuple[Mark, Mark]]:
    """Yield the pairs of figures of two sentences, the earlier first, the nearest sentences first."""
    if first is last:
        yield from combinations(first[-_MOST:], 2)
        return
    for one in first[-_MOST:]:
        for other in last[:_MOST]:
            yield one, other


def _is_alike(pair: tuple[Mark, Mark], told: Told) -> bool:
    """Say whether two figures can be one thing at two times."""
    first, last = pair
    if not are_alike(first, last) or first.value.value == last.value.value or min(p.value.value for p in pair) <= 0:
        return False
    heads = {first.fact.head, last.fact.head} - {""}
    plain = first.value.measure is not Measure.COUNT or len(heads) <= 1 or last.bracketed
    return plain or (told.mark.value.measure is Measure.PERCENT and fewest_digits(first, last) >= _TELLING)


def _ordered(pair: tuple[Mark, Mark], trend: str) -> tuple[Mark, Mark]:
    """Return (before, after) as the trend says."""
    low, high = sorted(pair, key=lambda m: m.value.value)
    return (low, high) if trend == "increase" else (high, low)


def _gives(told: Told, before: Mark, after: Mark) -> bool:
    """Say whether a move between two figures is the one that is told, rounded as it is printed."""
    mark = told.mark.value
    return _holds(told, mark.value, before.value.value, after.value.value, mark.step)


def _holds(told: Told, stated: Decimal, before: Decimal, after: Decimal, step: Decimal) -> bool:
    if told.mark.value.measure is Measure.PERCENT:
        if before <= 0:
            return False
        rate = 100 * (after - before) / before
        signed = abs(stated) if told.trend == "increase" else -abs(stated)
        return abs(rate - signed) <= step / 2
    return abs(after - before) == abs(stated)


def _named(told: Told, near: Sequence[Mark], clause: Clause) -> tuple[Mark, Mark] | None:
    """Return (before, after) when the words name both: one is compared with, the other moves to where it stands."""
    tokens, mark = clause.sentence.tokens, told.mark
    led = [(m, cue) for m in near if (cue := base_cue(m, tokens, mark))]
    base = [m for m, cue in led if cue != "from"] or [m for m, _ in led]  # many languages have one word for "of" too
    if len(base) != 1:
        return None
    steps = [m for m in figures(clause) if 0 < base[0].index - m.index <= _LEAD and _is_step(m, tokens)]
    if base[0].index < mark.index and steps:
        return None  # "45 landed, 12 fewer than planned (57), and 44 took off, one fewer"
    rest = [m for m in near if m is not base[0] and are_alike(m, base[0])]
    to = [m for m in rest if 0 < m.index - mark.index <= _LEAD and leads(tokens, mark.index, m.index)]
    # "from 4 to 9 cents, a 125 per cent increase"
    ends = [m for m in rest if base[0].index < m.index < mark.index and leads(tokens, base[0].index, m.index)][-1:]
    if (
        ends
        and not to
        and "time" in map(named_sort, (base[0], *ends))
        and not goes_on(tokens[ends[0].index + 1 : mark.index])
    ):
        return None  # "for men from 15 to 24 years, the rate rose by 1.3 per cent"
    to = to or ends
    # "increased by 2 per cent, reaching 44,384 cases, compared with 43,290"
    to = to or [m for m in rest if mark.index < m.index < base[0].index][:1]
    last = [m for m in rest if m.index < min(mark.index, base[0].index)]
    after = to[0] if to else last[-1] if last else None
    again = after is not None and len(last) == 1 and after.fact.head != "" and after.fact.head == base[0].fact.head
    far = after is None or min(mark.index, base[0].index) - after.index > (3 if again else 1) * _REACH
    if after is None or (not to and far):
        return None
    if min(base[0].index, after.index) > mark.index and _is_of_another(tokens[mark.index + 1 : after.index]):
        return None  # "16 per cent up to 138 in the year, and profit doubled to 12 from 6"
    return None if _is_of_another(tokens[max(base[0].index, after.index) + 1 : mark.index]) else (base[0], after)


def _is_of_another(gap: Sequence[Token]) -> bool:
    """Say whether a move is told of something else than its ends: "fell from 14 to 13, and employment rose 1.2"."""
    joint = next((p for p, t in enumerate(gap) if t.cue in ("and", "but")), len(gap))
    return any(t.cue in TRENDS for t in gap[joint:])


def _named_apart(told: Told, near: Sequence[Mark], paragraph: Paragraph, position: int) -> tuple[Mark, Mark] | None:
    """Return (before, after) of "It opened 38 cases. This is 58 per cent more than in 2023, when it had 24 cases"."""
    mark, tokens = told.mark, paragraph.clauses[position].sentence.tokens
    outer = paragraph.clauses[position - 1].outer.marks if position else []
    if position and goes_back(tokens, mark) and all(told_move(m, tokens) is not None for m in near):
        ends = [m for m in outer if _can_end(m, mark) and not m.bracketed]
        return compared_ends(ends, paragraph.clauses[position - 1].sentence.tokens)
    if mark.index < _LEAD and len(near) == 1 and base_cue(near[0], tokens, mark):
        alone = [m for m in outer if are_alike(m, near[0]) and not m.bracketed]
        return (near[0], alone[0]) if len(alone) == 1 else None  # "A decrease of 6 per cent on the 4,226 of 2021"
    yearly = position > 0 and all(
        TokenKind.DATE in paragraph.clauses[p].sentence.kinds for p in (position - 1, position)
    )
    against = tokens[mark.index + 1 : mark.index + 1 + _LEAD]
    yearly = yearly and not any(t.cue in ("than", "compared", "from", "on", "via") for t in against)
    if yearly and len(near) == 1 and 0 < mark.index - near[0].index < _LEAD and is_bare(near[0]):
        # "It gave 2,340 judgments in 2021. In 2022, it gave 2,574, 10 per cent more"
        alone = [m for m in outer if are_alike(m, near[0]) and not m.bracketed]
        return (alone[0], near[0]) if len(alone) == 1 else None
    dated = next((p for p, t in enumerate(against) if t.kind is TokenKind.DATE), 0)
    if not position or len(near) != 1 or near[0].index < mark.index or not near[0].fact.head:
        return None
    if not any(t.cue in ("from", "than", "compared", "on", "via") for t in against[:dated]):
        return None
    alike = [m for m in outer if m.fact.head == near[0].fact.head and are_alike(m, near[0]) and not m.bracketed]
    return (near[0], alike[0]) if len(alike) == 1 else None


def _is_apart(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Say whether a semicolon parts two figures."""
    return any(t.kind is TokenKind.SEMICOLON for t in tokens[first:last])


def _repaired(told: Told, named: tuple[Mark, Mark]) -> int:
    before, after = named
    return is_repaired((told.mark.value, before.value, after.value), lambda s, b, a, step: _holds(told, s, b, a, step))


def _claim(told: Told, pair: tuple[Mark, Mark], paragraph: Paragraph, confidence: int) -> Claim:
    before, after = _ordered(pair, told.trend) if confidence == 60 else pair
    mark = told.mark
    if mark.value.measure is Measure.PERCENT:
        basis = Basis(cue="move", confidence=confidence, reasons=("a percentage of growth and both ends",))
        trend = "increase" if mark.value.value < 0 else told.trend
        roles = [("stated", mark), ("from", before), ("to", after)]
        return claim(ClaimKind.CHANGE, "growth", paragraph.document, roles, basis, {"trend": trend})
    high, low = (after, before) if told.trend == "increase" else (before, after)
    basis = Basis(cue="move", confidence=confidence, reasons=("the amount of a move and both its ends",))
    roles = [("stated", mark), ("from", high), ("less", low)]
    return claim(ClaimKind.DIFFERENCE, "move", paragraph.document, roles, basis)
