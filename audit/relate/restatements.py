"""Two statements of one fact whose figures differ: found by their words alone, and only when nothing speaks against it.

Reports are full of sentences that are alike and speak of different cases, places and years. Two are taken for one
fact when label, names, dates and traits agree and, besides, the other figures of the clause are the same, or the two
figures are telling ones and one typing error apart. A wording met three times is a form that is filled in.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from audit.quantity import Measure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from audit.relate.mentions import Mention

    Pair = tuple[Mention, Mention, tuple[str, ...]]

_CROWD = 12
_RARE = 5
_LEAST_SHARED = 3
_ALIKE = 60
_COMPANY_ALIKE, _COMPANY_TELLING = 60, 3


def agreement(first: Mention, second: Mention, weights: Mapping[str, int]) -> int:
    """Return the weight of the words two mentions share, in per cent of the weight of the fewer words."""
    both = first.words & second.words
    if not both:
        return 0
    fewer = min(sum(weights[w] for w in first.words), sum(weights[w] for w in second.words))
    return 100 * sum(weights[w] for w in both) // fewer if fewer else 0


def clashes(first: Mention, second: Mention) -> bool:
    """Say whether the labels name different populations: a trait such as gender is given two values."""
    traits = {t.partition(".")[0]: t for t in first.fact.traits}
    return any(traits.get(t.partition(".")[0], t) != t for t in second.fact.traits)


def restated(mentions: list[Mention], weights: Mapping[str, int]) -> Iterator[Pair]:
    """Yield two statements of what must be one fact with different figures, and why they are taken for one."""
    pairs = list(_pairs(mentions, weights))
    partners = Counter(id(mention) for first, second, _ in pairs for mention in (first, second))
    for first, second, reasons in pairs:
        if partners[id(first)] == 1 == partners[id(second)]:
            yield first, second, reasons


def _pairs(mentions: list[Mention], weights: Mapping[str, int]) -> Iterator[Pair]:
    blocks: dict[tuple[object, ...], list[Mention]] = {}
    met: set[tuple[int, int]] = set()
    for mention in mentions:
        rare = sorted(mention.words, key=lambda w: (-weights[w], w))
        for word in rare[:_RARE]:
            bucket = blocks.setdefault((mention.sort, mention.follows[:1], word), [])
            for other in bucket:
                pair = (id(other), id(mention))
                if pair not in met:
                    met.add(pair)
                    reasons = _reasons(other, mention, weights)
                    if reasons:
                        yield other, mention, reasons
            if len(bucket) < _CROWD:
                bucket.append(mention)


def _reasons(first: Mention, second: Mention, weights: Mapping[str, int]) -> tuple[str, ...]:
    """Return why two mentions state one fact, or nothing when any sign speaks against it."""
    if first.value.value == second.value.value or first.block == second.block or first.bundle is not second.bundle:
        return ()
    if first.as_of != second.as_of or clashes(first, second) or clashes(second, first):
        return ()
    if not (_agree(first.dates, second.dates) and _agree(first.names, second.names)) or _is_listed(first, second):
        return ()
    if not first.follows and first.sort[0] == Measure.COUNT:
        return ()
    shared, score = len(first.words & second.words), agreement(first, second, weights)
    if score < _ALIKE or shared < _LEAST_SHARED:
        return ()
    found = f"{shared} words in common"
    if _is_typing_error(first, second) and first.is_telling and second.is_telling and first.names == second.names:
        return found, "one typing error apart"
    if _is_near(first, second) and _keeps_company(first, second):
        return found, "the same figures around it"
    return ()


def _agree(first: frozenset[Any], second: frozenset[Any]) -> bool:
    """Say whether one set holds the other: a statement may leave out a name or a date, and not change it."""
    return first <= second or second <= first


def _is_listed(first: Mention, second: Mention) -> bool:
    """Say whether a figure stands in the other clause as well: there it is one of a list, and restates nothing."""
    return first.own in second.company or second.own in first.company


def _keeps_company(first: Mention, second: Mention) -> bool:
    """Say whether the clauses share most of their other figures, a telling one among them."""
    both = first.company & second.company
    fewer = min(len(first.company), len(second.company))
    telling = any(len(value.partition("E")[0].replace(".", "").strip("0")) >= _COMPANY_TELLING for _, value in both)
    return telling and 100 * len(both) >= _COMPANY_ALIKE * fewer


def _is_near(first: Mention, second: Mention) -> bool:
    low, high = sorted((abs(first.value.value), abs(second.value.value)))
    return 2 * low > high


def _is_typing_error(first: Mention, second: Mention) -> bool:
    """Say whether one digit replaced, dropped or added, or two exchanged, turn one printed figure into the other."""
    one, other = ("".join(c for c in m.fact.text if c.isdigit()) for m in (first, second))
    if first.value.scale != second.value.scale or abs(len(one) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    if len(one) != len(other):
        longer, shorter = (one, other) if len(one) > len(other) else (other, one)
        return longer[start + 1 :] == shorter[start:]
    rest = one[start + 1 :], other[start + 1 :]
    return rest[0] == rest[1] or (
        one[start : start + 2] == other[start : start + 2][::-1] and rest[0][1:] == rest[1][1:]
    )
