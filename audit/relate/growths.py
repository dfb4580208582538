"""Growth told by its amount and by its rate: "rose by 120,000, or 2.5 per cent, to 4.92 million".

What it was before is not printed; it is what is left when the amount is taken back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind
from audit.facts import TokenKind
from audit.quantity import Measure
from audit.relate.bases.rebased import amount_of_move, is_rebased
from audit.relate.clauses.chance import is_repaired
from audit.relate.clauses.nearby import are_alike
from audit.relate.clauses.operands import claim
from audit.relate.comparisons import WAYS
from audit.relate.moves import told_move

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from audit.facts import Token
    from audit.relate.clauses.structure import Clause, Level, Mark, Paragraph

_TRENDS = ("increase", "decrease")
_MINUS = ("-", "–", "−")
_BESIDE = (TokenKind.OPEN, TokenKind.CLOSE, TokenKind.COMMA)
_PAIR = 2
_WHOLE = 100
_LEAD = 4
_JOINED = 3
_TAIL = 4
_REACH = 14
_OTHERWISE = ("and", "but", "compared", "than")  # "a fall of 90 on May, and of 4 per cent on last year"


def claims(paragraph: Paragraph) -> Iterator[Claim]:
    """Yield the growths of a paragraph whose amount, rate and end stand in one sentence, without a beginning."""
    for clause in paragraph.clauses:
        for level in clause.levels[1:]:
            yield from _signed(level, clause, paragraph)
        if clause.sentence.cues.isdisjoint(WAYS):
            continue
        marks = {m.index: m for level in clause.levels for m in level.marks}
        for share in marks.values():
            if share.value.measure is Measure.PERCENT and not is_rebased(clause.sentence.tokens, share.index):
                yield from _growth(share, marks, clause, paragraph)


def _growth(share: Mark, marks: dict[int, Mark], clause: Clause, paragraph: Paragraph) -> Iterator[Claim]:
    tokens = clause.sentence.tokens
    amount = marks.get(amount_of_move(tokens, share.index, ("in",))) or _amount_behind(share, marks, tokens)
    more = _more_by(share, marks, tokens) if amount is None else None
    if more is not None:
        amount, trend = more
    if amount is None:
        yield from _apart(share, marks, tokens, paragraph)
        return
    first, last = sorted((share.index, amount.index))
    if more is None:
        trend = next((t.cue for t in reversed(tokens[max(0, first - _LEAD) : first]) if t.cue in _TRENDS), "")
    others = [m for m in marks.values() if m is not amount and are_alike(m, amount)]
    after = others[0] if len(others) == 1 and _is_end(others[0], first, last, tokens) else None
    if after is not None and share.value.value < _WHOLE and 2 * amount.value.value > after.value.value:
        return  # "20,610 files, a rise of 3.9 per cent (19,830 in 2021)": no amount
    if after is not None and after.index < first and _begins(share, after, amount):
        return  # "The year before had 1,190, so that the rise was of 94, or 7.9 per cent"
    if after is not None and trend and _is_meant(share, after, amount, 1 if trend == "increase" else -1):
        yield _claim(share, after, amount, trend, paragraph)


def _apart(share: Mark, marks: dict[int, Mark], tokens: Sequence[Token], paragraph: Paragraph) -> Iterator[Claim]:
    """Yield the growth whose amount and rate are both told as moves: "410 sites, a fall of 90, or a drop of 18 %".

    "Rose by 90 and stood at 590, 18 per cent more than" has its end between the two.
    """
    told = told_move(share, tokens)
    moved = [m for m in marks.values() if m.index < share.index and _is_moved(m, told.trend, tokens)] if told else []
    others = [m for m in marks.values() if len(moved) == 1 and m is not moved[0] and are_alike(m, moved[0])]
    if told is None or len(others) != 1 or others[0].index > share.index or others[0].bracketed:
        return
    amount, after = moved[0], others[0]
    gap = tokens[max(amount.index, after.index) + 1 : share.index]
    between = tokens[min(amount.index, after.index) + 1 : max(amount.index, after.index)]
    if after.index > amount.index:
        led = between[-1].cue if between and between[-1].cue != "article" else "".join(t.cue for t in between[-2:-1])
        tied = led in ("in", "to", "until", "at", "reaching") and tokens[amount.index - 1].cue != "from"
    else:
        tied = any(t.kind is TokenKind.COMMA for t in between) and len(between) <= _REACH
        tied = tied and not _is_amount(after, tokens)
    apart = any(t.cue in _OTHERWISE or t.kind is TokenKind.SEMICOLON for t in gap) or len(gap) > _LEAD + _TAIL
    sign = 1 if told.trend == "increase" else -1
    if tied and not apart and gap and gap[0].kind is TokenKind.COMMA and _is_meant(share, after, amount, sign):
        yield _claim(share, after, amount, told.trend, paragraph)


def _is_moved(mark: Mark, trend: str, tokens: Sequence[Token]) -> bool:
    """Say whether a figure is how far something moved: "rose by 90", "un descenso respecto a octubre de 90"."""
    lead = tokens[max(0, mark.index - _LEAD) : mark.index]
    led = bool(lead) and lead[-1].cue in ("of", "by", "in", "from") and any(t.cue == trend for t in lead)
    return led and mark.value.measure is not Measure.PERCENT and not mark.bracketed


def _is_amount(mark: Mark, tokens: Sequence[Token]) -> bool:
    """Say whether a figure is how far something else moved: "full-time work rose by 318,000, while part-time ..."."""
    lead = tokens[max(0, mark.index - _LEAD - _PAIR) : mark.index]
    return bool(lead) and lead[-1].cue in ("or", "by", "of", "from") and any(t.cue in _TRENDS for t in lead)


def _begins(share: Mark, first: Mark, amount: Mark) -> bool:
    """Say whether a rate is right when a figure is what a growth begins with, and not its end."""
    rate = 100 * abs(amount.value.value) / first.value.value if first.value.value else 0
    return 2 * abs(rate - abs(share.value.value)) <= share.value.step


def _signed(level: Level, clause: Clause, paragraph: Paragraph) -> Iterator[Claim]:
    """Yield "152,720 vehicles (+1,510, or +1 per cent)": a bracket of signed figures tells how its end was reached."""
    if len(level.marks) != _PAIR or level.parent is None:
        return
    amount, share = level.marks
    signs = {_sign(m, clause) for m in level.marks}
    before = [m for m in level.parent.marks if m.index < level.opened and not m.bracketed]
    near = bool(before) and level.opened - before[-1].index <= _LEAD and are_alike(before[-1], amount)
    if share.value.measure is not Measure.PERCENT or len(signs) != 1 or 0 in signs or not near:
        return
    if level.between(share.index, level.closed):
        return  # "3,120 points (+12, +2 per cent of the bonus)"
    if _is_meant(share, before[-1], amount, signs.pop()):
        trend = "decrease" if amount.value.value > 0 and _sign(amount, clause) < 0 else "increase"
        yield _claim(share, before[-1], amount, trend, paragraph)  # the sign may be part of the figure


def _sign(mark: Mark, clause: Clause) -> int:
    """Return 1 behind a plus, -1 behind a minus or for a negative figure, 0 without a sign."""
    led = clause.sentence.tokens[mark.index - 1].text if mark.index else ""
    return -1 if mark.value.value < 0 or led in _MINUS else 1 if led == "+" else 0


def _claim(share: Mark, after: Mark, amount: Mark, trend: str, paragraph: Paragraph) -> Claim:
    basis = Basis(cue="by", confidence=82, reasons=("the amount of a growth, its rate and where it ends",))
    roles = [("stated", share), ("to", after), ("by", amount)]
    return claim(ClaimKind.CHANGE, "growth", paragraph.document, roles, basis, {"trend": trend})


def _is_meant(share: Mark, after: Mark, amount: Mark, sign: int) -> bool:
    """Say whether a rate, its end and its amount agree, or would but for one typing error."""
    room = (after.value.half_width, amount.value.half_width)

    def holds(stated: Decimal, end: Decimal, by: Decimal, step: Decimal) -> bool:
        least, most = (abs(by) + d * room[1] for d in (-1, 1))
        low, high = end + room[0] - sign * least, end - room[0] - sign * most  # what they were before
        return min(low, high) > 0 and 100 * least / low - step <= abs(stated) <= 100 * most / high + step

    told, end, by = share.value, after.value, amount.value
    return holds(told.value, end.value, by.value, told.step) or bool(is_repaired((told, end, by), holds))


def _amount_behind(share: Mark, marks: dict[int, Mark], tokens: Sequence[Token]) -> Mark | None:
    """Return the amount of "an increase of 2.9 per cent, or $733 million"."""
    lead = tokens[max(0, share.index - _LEAD) : share.index]
    if not lead or lead[-1].cue not in ("of", "by", "from") or not any(t.cue in _TRENDS for t in lead):
        return None
    for place in range(share.index + 1, min(len(tokens), share.index + 2 + _JOINED)):
        if place in marks:
            gap = tokens[share.index + 1 : place]
            return marks[place] if gap and any(t.cue == "or" or t.kind is TokenKind.OPEN for t in gap) else None
    return None


def _more_by(share: Mark, marks: dict[int, Mark], tokens: Sequence[Token]) -> tuple[Mark, str] | None:
    """Return (amount, trend) of "3,100 or 4.4 per cent more than in 2021", "84 500 (+1,1 %) de plus qu'en 2010"."""
    place = share.index - 1
    while place > 0 and (tokens[place].kind in _BESIDE or tokens[place].cue == "or" or tokens[place].text == "+"):
        place -= 1
    amount = marks.get(place)
    behind = [t for t in tokens[share.index + 1 : share.index + 1 + _JOINED] if t.kind not in _BESIDE]
    if amount is None or place == share.index - 1 or not behind or behind[0].cue not in ("more", "fewer"):
        return None
    than = len(behind) > 1 and behind[1].cue == "than"
    return (amount, WAYS[behind[0].cue]) if than or " " in behind[0].text else None


def _is_end(end: Mark, first: int, last: int, tokens: Sequence[Token]) -> bool:
    """Say whether a figure is where a growth ends: "to 4.92 million" behind it, or "4.92 million, a rise of" before."""
    if end.index > last:
        gap = [t for t in tokens[last + 1 : end.index] if t.kind not in (TokenKind.COMMA, TokenKind.CLOSE)]
        reach = 2 * _TAIL + 1 if gap and gap[0].cue == "reaching" else _TAIL
        led = 0 < len(gap) <= reach and gap[0].cue in ("to", "until", "reaching")
        if not led and gap and gap[-1].cue in ("to", "reaching") and len(gap) <= 2 * _TAIL:
            # "diminue de 24 300 (– 0,8 %) au deuxième trimestre et s'établit à 3 012 900"
            led = gap[-1].cue == "reaching" or any(t.cue == "and" for t in gap)
        return led and not any(t.kind in (TokenKind.FIGURE, TokenKind.SEMICOLON) for t in gap)
    if _is_amount(end, tokens):
        return False
    gap = list(tokens[end.index + 1 : first])
    apart = any(t.kind is TokenKind.SEMICOLON or t.cue in ("but", "compared", "than") for t in gap)
    return len(gap) <= _REACH and any(t.kind is TokenKind.COMMA for t in gap) and not apart and not end.bracketed
