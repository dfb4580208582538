"""Growth against a figure that is told apart from it: "an increase of 37.2, or 3.4 per cent, compared with 1,105.4".

Where the sentence ties percentage, amount and both ends together they are claimed as they stand; where the ends stand
in two sentences the figures must find each other, by their noun and by their arithmetic.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind
from audit.facts import TokenKind
from audit.quantity import Measure
from audit.relate.clauses.chance import digits, is_one_edit
from audit.relate.clauses.operands import claim

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from decimal import Decimal

    from audit.facts import Token
    from audit.relate.clauses.structure import Clause, Level, Mark, Paragraph

_TRENDS = ("increase", "decrease")
WAYS = {
    "increase": "increase",
    "decrease": "decrease",
    "more": "increase",
    "fewer": "decrease",
    "deduct": "decrease",  # "un 12,5 % menos"
}
_AGAINST = ("compared", "than", "via", "from")
_REACH = 10
_LEAD = 4
_PAIR = 2
_MOST = 12
_FEW = 3


def claims(paragraph: Paragraph) -> Iterator[Claim]:
    """Yield the moves of a paragraph whose amount, percentage and ends stand apart."""
    for position, clause in enumerate(paragraph.clauses):
        if clause.sentence.cues.isdisjoint(WAYS):
            continue
        tied = yield from _tied(clause.outer, paragraph)
        tied = (yield from _than(clause.outer, paragraph)) or tied
        for share in clause.outer.marks:
            if share.value.measure is Measure.PERCENT and not share.bracketed and not tied:
                yield from _apart(share, clause, paragraph, position)


def _tied(level: Level, paragraph: Paragraph) -> Generator[Claim, None, bool]:
    """Yield what "1,142.6, an increase of 37.2, or 3.4 per cent, compared with the budget of 1,105.4" says."""
    for place, (after, amount) in enumerate(itertools.pairwise(level.marks)):
        rest = level.marks[place + 2 : place + 4]
        share = rest[0] if len(rest) == _PAIR and rest[0].value.measure is Measure.PERCENT else None
        before = rest[1] if share is not None else rest[0] if rest else None
        if before is None or after.bracketed or before.bracketed or not after.sort == amount.sort == before.sort:
            continue
        trend = _trend_of(level.between(after.index, amount.index))
        tail = level.between((share or amount).index, before.index)
        if not trend or amount.value.measure is Measure.PERCENT or not _is_against(tail) or _is_amount(level, after):
            continue
        ends = (after, before) if trend == "increase" else (before, after)
        basis = Basis(cue="move", confidence=85, reasons=("the amount of a move and both its ends",))
        roles = [("stated", amount), ("from", ends[0]), ("less", ends[1])]
        yield claim(ClaimKind.DIFFERENCE, "move", paragraph.document, roles, basis)
        if share is not None:
            yield _growth(share, before, after, trend, paragraph, 88)
        return True
    return False


def _is_amount(level: Level, mark: Mark) -> bool:
    """Say whether a figure is itself how far something moved: "a rise of 40, a rise over 1898 of 52, over 1897 of"."""
    lead = level.between(mark.index - _LEAD - 1, mark.index)
    return bool(lead) and lead[-1].cue in ("of", "by") and any(t.cue in _TRENDS for t in lead)


def _than(level: Level, paragraph: Paragraph) -> Generator[Claim, None, bool]:
    """Yield "1,446 journeys, a 21 per cent increase on the 1,195" and "2.9 per cent fewer than in 2021 (39,358)"."""
    for after, share, before in zip(level.marks, level.marks[1:], level.marks[2:], strict=False):
        tail = level.between(share.index, before.index)
        if _is_denominator(level, after) or _is_denominator(level, before):
            continue
        if share.value.measure is not Measure.PERCENT or after.sort != before.sort or after.sort == share.sort:
            continue
        led = any(t.kind is TokenKind.COMMA for t in level.between(after.index, share.index))
        whole = bool(tail) and tail[0].cue in ("more", "fewer") and " " in tail[0].text  # "más que", "de plus que"
        told = len(tail) > 1 and tail[0].cue in WAYS and (whole or tail[1].cue in (*_AGAINST, "on"))
        told = told and len(tail) <= _REACH
        named = told and (
            any(t.kind is TokenKind.DATE for t in tail) if before.bracketed else tail[-1].cue == "article"
        )
        if led and named and not after.bracketed and not share.bracketed:
            yield _growth(share, before, after, WAYS[tail[0].cue], paragraph, 85)
            return True
    return False


def _is_denominator(level: Level, mark: Mark) -> bool:
    """Say whether a figure is what a rate is told by: "340 per 100,000"."""
    return any(t.cue == "per" for t in level.between(mark.index - 2, mark.index))


def _trend_of(gap: Sequence[Token]) -> str:
    """Return the trend of "..., an increase of": one word, behind a comma or a verb, right before its amount."""
    moved = [p for p, t in enumerate(gap) if t.cue in _TRENDS]
    plain = bool(moved) and len(gap) <= _REACH and len(gap) - moved[-1] <= _LEAD and gap[-1].cue in ("of", "by")
    apart = any(t.kind is TokenKind.COMMA for t in gap[: moved[-1]]) if plain else False
    return gap[moved[-1]].cue if len(moved) == 1 and apart else ""


def _is_against(gap: Sequence[Token]) -> bool:
    """Say whether words set a figure against the one before them: "compared with the approved budget of"."""
    words = [t for t in gap if t.kind is not TokenKind.COMMA and t.kind not in (TokenKind.OPEN, TokenKind.CLOSE)]
    led = bool(words) and words[0].cue in _AGAINST and len(words) <= _REACH
    return led and not any(t.cue in ("and", "also", "but") or t.kind is TokenKind.SEMICOLON for t in words)


def _apart(share: Mark, clause: Clause, paragraph: Paragraph, position: int) -> Iterator[Claim]:
    """Yield the growth between two figures of one noun, of this sentence or one of each, that a percentage tells."""
    level = clause.outer
    lead = level.between(share.index - _REACH, share.index)
    trend = next((t.cue for t in reversed(lead) if t.cue in _TRENDS), "")
    if not trend or lead[-1].cue not in ("of", "by") or _has_ends(level, share):
        return
    here = _alike(level)
    told = _alike(paragraph.clauses[position - 1].outer) if position else []
    # of "9,214 patrols, comprising 6,480 ... and 823 joint patrols" the whole
    there = list({m.fact.head: m for m in reversed(told)}.values())
    tried = itertools.chain(itertools.combinations(here or there, 2), itertools.product(there, here))
    pairs = [(a, b) for a, b in tried if _is_one_noun(a, b)][:_MOST]
    exact = [p for p in pairs if _rate(*p, trend, share) == share.value.value]
    if len(exact) == 1:
        yield _growth(share, *_in_order(*exact[0], trend), trend, paragraph, 60)
    elif not exact and len(pairs) == 1 and _is_named_after(level, here, share):
        yield _growth(share, *_in_order(*pairs[0], trend), trend, paragraph, 78)
    elif not exact and len(pairs) == 1 and "compared" in clause.sentence.cues:
        wanted = _rate(*pairs[0], trend, share)
        if is_one_edit(digits(share.value.value, share.value.step), digits(wanted, share.value.step)):
            yield _growth(share, *_in_order(*pairs[0], trend), trend, paragraph, 74)


def _is_named_after(level: Level, here: Sequence[Mark], share: Mark) -> bool:
    """Say whether a growth closes a sentence with two figures: "3.2 in 2021 and 3.6 in 2022, an increase of 12.5"."""
    behind = level.between(share.index, share.index + 2)
    last = not behind or behind[0].kind in (TokenKind.STOP, TokenKind.SEMICOLON)
    if not last or len(here) != _PAIR or here[-1].index > share.index:
        return False
    # "exports of 20,480, a fall of 11.4 per cent, and imports of 22,150, a fall of 16.2": each its own
    if any(m.value.measure is Measure.PERCENT for m in level.marks if m.index < here[-1].index):
        return False
    gap = level.between(here[-1].index, share.index)
    return len(gap) <= _REACH and goes_on(gap) and not any(t.cue == "and" for t in gap)


def goes_on(gap: Sequence[Token]) -> bool:
    """Say whether words between two ends and a growth go on with them: ", a 125 per cent increase", ", que supone un".

    "Of those from 15 to 24, the rate of unemployment rose by 1.3 per cent" tells of something else.
    """
    comma = next((p for p, t in enumerate(gap) if t.kind in (TokenKind.COMMA, TokenKind.DASH)), -1)
    tail = gap[comma + 1 :]
    said = any(t.cue in (*WAYS, "relative", "or", "that_is", "comprising") for t in tail[:_PAIR])
    return comma >= 0 and (len(tail) <= _FEW or said)


def _has_ends(level: Level, share: Mark) -> bool:
    """Say whether a percentage is followed by what it is set against: another finder reads that."""
    after = level.between(share.index, share.index + _LEAD)
    return any(t.cue in ("from", "than", "via") for t in after[:_PAIR])


def _alike(level: Level) -> list[Mark]:
    measures = (Measure.COUNT, Measure.MONEY, Measure.AMOUNT)
    return [m for m in level.marks if m.value.measure in measures and not m.bracketed][:_MOST]


def _is_one_noun(first: Mark, second: Mark) -> bool:
    heads = {first.fact.head, second.fact.head} - {""}
    return first.sort == second.sort and len(heads) <= 1 and first.value.value != second.value.value


def _in_order(first: Mark, second: Mark, trend: str) -> tuple[Mark, Mark]:
    """Return (before, after) as the trend says."""
    low, high = sorted((first, second), key=lambda m: m.value.value)
    return (low, high) if trend == "increase" else (high, low)


def _rate(first: Mark, second: Mark, trend: str, share: Mark) -> Decimal:
    """Return by how many per cent two figures differ, rounded as the percentage is printed."""
    before, after = _in_order(first, second, trend)
    if before.value.value <= 0 or share.value.step <= 0:
        return share.value.value - 1
    rate = 100 * abs(after.value.value - before.value.value) / before.value.value
    return (rate / share.value.step).to_integral_value() * share.value.step


def _growth(share: Mark, before: Mark, after: Mark, trend: str, paragraph: Paragraph, confidence: int) -> Claim:
    basis = Basis(cue="compared", confidence=confidence, reasons=("a percentage of growth and both ends",))
    roles = [("stated", share), ("from", before), ("to", after)]
    return claim(
        ClaimKind.CHANGE,
        "growth",
        paragraph.document,
        roles,
        basis,
        {"trend": "increase" if share.value.value < 0 else trend},
    )
