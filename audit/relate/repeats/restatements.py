"""Two statements of one fact whose figures differ: found by their words alone, and only when nothing speaks against it.

Reports are full of sentences that are alike and speak of different cases, places and years. Two are taken for one
fact when label, names, dates and traits agree and, besides, the other figures of the clause are the same, or the two
figures are one typing error apart and alike enough around it: the fewer digits they have, the more words must agree,
for a small figure is soon one error apart from any other. A wording met with three figures is a form that is filled in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.model import BlockKind
from audit.quantity import Measure
from audit.records import dataclass
from audit.relate.repeats.sameness import (
    agree,
    is_bound,
    is_of_record,
    is_same_state,
    is_summed,
    is_summed_up,
    opened_by,
    others_of,
)
from audit.relate.repeats.wording import flank, is_contrast, is_same_form, is_typing_error, same_start

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from audit.relate.repeats.mentions import Mention

    Grade = tuple[int, tuple[str, ...]]

_CROWD = 8
_RARE = 5
_LEAST_SHARED = 3
_ALIKE, _LOOSELY = 60, 25
_COMPANY_ALIKE, _COMPANY_TELLING = 60, 3
_MAJORITY = 2
_LONG, _MIDDLE, _SHORT = 4, 3, 2  # digits that tell something
_NEAR, _FAR = 700, 1000  # the weight of two or three rare words, of three or four
_PAIR = 2
_SURE, _DOUBT = 75, 55


@dataclass(frozen=True, slots=True, kw_only=True)
class Restated:
    """Two statements taken for one fact, the likelier figure as `other`, and why they are taken for one."""

    stated: Mention
    other: Mention
    confidence: int
    reasons: tuple[str, ...]


def agreement(first: Mention, second: Mention, weights: Mapping[str, int]) -> int:
    """Return the weight of the words two mentions share, in per cent of the weight of the fewer words."""
    both = first.words & second.words
    if not both:
        return 0
    fewer = min(sum(weights[w] for w in first.words), sum(weights[w] for w in second.words))
    return 100 * sum(weights[w] for w in both) // fewer if fewer else 0


def clashes(first: Mention, second: Mention) -> bool:
    """Say whether the labels name different populations: a trait such as gender is given two values."""
    if first.fact.traits == second.fact.traits or not (first.fact.traits and second.fact.traits):
        return False
    traits = {t.partition(".")[0]: t for t in first.fact.traits}
    return any(traits.get(t.partition(".")[0], t) != t for t in second.fact.traits)


def restated(mentions: list[Mention], weights: Mapping[str, int]) -> Iterator[Restated]:
    """Yield two statements of what must be one fact with different figures.

    A figure that stands against two others is one of a list of cases; one that stands against the same value twice
    or more is the odd one out, and is told once.
    """
    pairs = list(_pairs(mentions, weights))
    against: dict[int, set[Decimal]] = {}
    partners: dict[int, int] = {}
    for first, second, _ in pairs:
        for one, other in ((first, second), (second, first)):
            against.setdefault(id(one), set()).add(other.value.value)
            partners[id(one)] = partners.get(id(one), 0) + 1
    told: set[int] = set()
    for first, second, (confidence, reasons) in sorted(pairs, key=lambda p: -p[2][0]):
        if len(against[id(first)]) > 1 or len(against[id(second)]) > 1:
            continue
        odd, other = (first, second) if partners[id(first)] > partners[id(second)] else (second, first)
        if id(odd) in told or id(other) in told:
            continue
        told.update((id(odd), id(other)))
        majority = (f"printed otherwise {partners[id(odd)]} times",) if partners[id(odd)] >= _MAJORITY else ()
        yield Restated(stated=odd, other=other, confidence=confidence, reasons=(*reasons, *majority))


def _pairs(mentions: list[Mention], weights: Mapping[str, int]) -> Iterator[tuple[Mention, Mention, Grade]]:
    blocks: dict[tuple[object, ...], list[Mention]] = {}
    met: set[tuple[int, int]] = set()
    rank = {word: place for place, word in enumerate(sorted(weights, key=lambda w: (-weights[w], w)))}
    for mention in mentions:
        if mention.digits < _SHORT and not mention.company:
            continue  # nothing that could tell
        for word in sorted(mention.words, key=rank.__getitem__)[:_RARE]:
            bucket = blocks.setdefault((mention.sort, word), [])
            for other in bucket:
                pair = (id(other), id(mention))
                if other.block != mention.block and pair not in met:
                    met.add(pair)
                    grade = _grade(other, mention, weights)
                    if grade is not None:
                        yield other, mention, grade
            if len(bucket) < _CROWD:
                bucket.append(mention)


def _grade(first: Mention, second: Mention, weights: Mapping[str, int]) -> Grade | None:
    """Return how sure it is that two mentions state one fact, and why; None when any sign speaks against it."""
    if first.value.value == second.value.value or first.block == second.block or first.bundle is not second.bundle:
        return None
    if not (agree(first.dates, second.dates) and agree(first.names, second.names)):
        return None
    mistyped = is_typing_error(first, second)
    if not mistyped and not _is_accompanied(first, second):
        return None
    if clashes(first, second) or clashes(second, first) or _is_listed(first, second):
        return None
    if _are_siblings(first, second):
        return None
    if any(t.text == "=" for m in (first, second) for t in m.tokens):
        return None  # a formula is told for each case
    if mistyped and is_bound(first, second, weights):
        return _SURE, ("the same words on both sides", "one typing error apart")
    sums_up = mistyped and is_summed(first) != is_summed(second)
    shared, score = len(first.words & second.words), agreement(first, second, weights)
    if shared < (1 if sums_up else _PAIR) or score < _LOOSELY or opened_by(first) != opened_by(second):
        return None
    one, other = others_of(first), others_of(second)
    if min(len(one), len(other)) >= _PAIR and not one & other:
        return None  # a form that is filled in: all of its figures differ
    return _misprinted(first, second, weights, sums_up=sums_up) if mistyped else _accompanied(first, second, score)


def _misprinted(first: Mention, second: Mention, weights: Mapping[str, int], *, sums_up: bool) -> Grade | None:
    """Return the grade of two figures that are one typing error apart."""
    both = first.words & second.words
    found = f"{len(both)} words in common"
    if sums_up and is_summed_up(first, second, weights):
        return _SURE, (found, "one typing error apart", "one of them sums up the other")
    if not is_of_record(first, second):
        return None
    confidence = _apart(first, second, len(both), agreement(first, second, weights), sum(weights[w] for w in both))
    return (confidence, (found, "one typing error apart")) if confidence else None


def _is_accompanied(first: Mention, second: Mention) -> bool:
    """Say whether two figures that differ by more than a typing error could be one, by what stands beside them."""
    if not (first.company and second.company) or first.as_of != second.as_of:
        return False
    return first.follows[:1] == second.follows[:1] and len(first.words & second.words) >= _LEAST_SHARED


def _accompanied(first: Mention, second: Mention, score: int) -> Grade | None:
    """Return the grade of two figures that differ by more: the other figures of their clauses must be the same."""
    shared = len(first.words & second.words)
    if score < _ALIKE or (not first.follows and first.sort[0] == Measure.COUNT):
        return None
    if _is_near(first, second) and _keeps_company(first, second) and is_of_record(first, second):
        return _SURE, (f"{shared} words in common", "the same figures around it")
    return None


def _apart(first: Mention, second: Mention, shared: int, score: int, weight: int) -> int:
    """Return how sure it is that two figures one typing error apart are one figure, or 0.

    One error apart from a figure of four digits are 0.4 per cent of all, of three digits 3 per cent, of two 20.
    """
    digits, kept = max(first.digits, second.digits), first.digits == second.digits
    if digits >= _LONG and kept:
        return _SURE if weight >= _FAR // 2 else 0
    if first.company - second.company and second.company - first.company:
        return 0  # "leaving at 63 with 159 quarters", "leaving at 54 with 157 quarters": another case
    if is_same_form(first, second):
        return 0
    if shared < _LEAST_SHARED or is_contrast(first, second) or not is_same_state(first, second):
        return 0
    label = same_start(first.follows, second.follows)
    same = sum(flank(first, second))
    if digits >= _MIDDLE:
        if same >= _PAIR and (weight >= _FAR or (bool(label) and weight >= _NEAR and score >= _ALIKE)):
            return _SURE
        if kept and label >= _PAIR and weight >= _NEAR:
            return _SURE
        told = label and first.names == second.names and first.as_of == second.as_of
        return _SURE if told and score >= _ALIKE and first.is_telling and second.is_telling else 0
    # "53 per cent in 2015" and "35 per cent in 2015": two digits tell something only beside a date
    dated = bool(first.dates) and first.dates == second.dates
    if digits == _SHORT and kept and dated and same >= _LEAST_SHARED and weight >= _FAR:
        return _SURE if _keeps_company(first, second) else _DOUBT
    return 0


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


def _are_siblings(first: Mention, second: Mention) -> bool:
    """Say whether two figures stand in bullets of one list: each tells a case of its own."""
    blocks = first.bundle.document.blocks
    one, other = blocks[first.block], blocks[second.block]
    listed = one.kind is other.kind is BlockKind.ITEM and one.parent is not None and one.parent == other.parent
    return listed and not any(c.isalnum() for c in one.mark + other.mark)
