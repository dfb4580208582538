"""Whether two clauses state one event: a summary and its text, one sentence printed twice, a record and its copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from audit.facts import TokenKind
from audit.relate.repeats.mentions import stem
from audit.relate.repeats.wording import bond, is_contrast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from audit.relate.repeats.mentions import Mention

_TRENDS = frozenset({"increase", "decrease", "more", "fewer"})
_LONG, _MIDDLE = 4, 3  # digits that tell something
_NEAR = 700  # the weight of two or three rare words
# the weight of the words around two figures that makes them one, by the digits that tell something
_BONDS = (9999, 2500, 1100, 700, 400)


def is_bound(first: Mention, second: Mention, weights: Mapping[str, int]) -> bool:
    """Say whether two clauses are worded so alike around their figures that they are one statement.

    Forms that are filled in are worded alike too: their other figures differ. Where there are none, more words must
    be the same.
    """
    dated = bool(first.dates) and first.dates == second.dates and is_same_state(first, second)
    if is_summed(first) == is_summed(second) and not dated:
        return False  # cases of one regulation are worded alike, and differ: "11 days of leave", "18 days of leave"
    keys = {opened_by(first), opened_by(second)}
    if len(keys - {""}) > 1:
        return False
    least = _BONDS[min(max(first.digits, second.digits), _LONG)]
    one, other = others_of(first), others_of(second)
    if (one or other) and 2 * in_step(first, second) < max(1, min(len(one), len(other))):
        return False
    if trend_of(first) != trend_of(second):
        return False
    least *= 1 if one else 2
    near = bond(first, second, weights) + sum(weights[w] for w in first.words & second.words) // 2
    return near >= least and not is_contrast(first, second)


def is_of_record(first: Mention, second: Mention) -> bool:
    """Say whether two statements can be about one event: one has a date or a name, or both have a long figure.

    Regulations and guides tell their cases in the same words: "66 per cent of the gift", "75 per cent of the gift".
    """
    told = first.dates or second.dates or first.names or second.names
    return bool(told) or min(first.digits, second.digits) >= _LONG


def is_summed(mention: Mention) -> bool:
    """Say whether a figure stands in a summary of its document."""
    return any(start <= mention.start < end for start, end in mention.bundle.summaries)


def others_of(mention: Mention) -> set[str]:
    """Return the other figures of a mention's sentence as printed; "000" is the rest of one."""
    figures = {t.text for i, t in enumerate(mention.tokens) if t.kind is TokenKind.FIGURE and i != mention.index}
    return {text for text in figures if text.strip("0")}


def in_step(first: Mention, second: Mention) -> int:
    """Return how many other figures of two sentences are the same, counted from their own to either side."""
    sides = []
    for mention in (first, second):
        printed = [(i, t.text) for i, t in enumerate(mention.tokens) if t.kind is TokenKind.FIGURE]
        before = [text for i, text in reversed(printed) if i < mention.index]
        sides.append((before, [text for i, text in printed if i > mention.index]))
    (left, right), (other_left, other_right) = sides
    pairs = [*zip(left, other_left, strict=False), *zip(right, other_right, strict=False)]
    return sum(one == other for one, other in pairs)


def trend_of(mention: Mention) -> str:
    """Return the word of growth or fall a figure follows."""
    return next((t.cue for t in mention.tokens[: mention.index][::-1] if t.cue in _TRENDS), "")


def opened_by(mention: Mention) -> str:
    """Return the word before the colon that opens a clause: "imports: 2.09 million tons" restates no exports."""
    first = mention.index
    while first > 0 and mention.tokens[first - 1].kind is TokenKind.WORD:
        first -= 1
    opened = first > 1 and mention.tokens[first - 1].kind is TokenKind.COLON
    return stem(mention.tokens[first - 2].text.lower()) if opened else ""


def is_same_state(first: Mention, second: Mention) -> bool:
    """Say whether neither statement names a place or a day of its own, which the other leaves out."""
    if bool(first.names) != bool(second.names):
        return False
    return first.as_of == second.as_of or not (first.dates and second.dates)


def agree(first: frozenset[Any], second: frozenset[Any]) -> bool:
    """Say whether one set holds the other: a statement may leave out a name or a date, and not change it."""
    return first <= second or second <= first
