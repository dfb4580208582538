"""Two statements of one fact whose figures differ: found by their words alone, and only when nothing speaks against it.

Reports are full of sentences that are alike and speak of different cases, places and years. Two are taken for one
fact when their traits agree and, besides, the other figures of the clause are the same, or the two figures are one
typing error or one rounding apart and enough speaks for it (`evidence`). A wording met with three figures is a form
that is filled in.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from audit.quantity import Measure
from audit.records import dataclass
from audit.relate.repeats.apart import (
    are_siblings,
    calls_back,
    is_filled_in,
    is_lettered,
    is_listed,
    is_torn,
    keeps_others,
)
from audit.relate.repeats.evidence import ENOUGH, WORTH, points
from audit.relate.repeats.sameness import (
    agree,
    is_bound,
    is_of_record,
    opened_by,
    trend_of,
)
from audit.relate.repeats.wording import (
    are_led_apart,
    is_contrast,
    is_rounded,
    is_same_form,
    is_typing_error,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from audit.relate.repeats.mentions import Mention

    Grade = tuple[int, tuple[str, ...]]
    Pair = tuple[Mention, Mention, Grade]

_CROWD, _THRONG = 8, 16
_RARE = 5
_LEAST_SHARED = 3
_ALIKE = 60
_COMPANY_ALIKE, _COMPANY_TELLING = 60, 3
_MAJORITY = 2
_FEW = 3  # pairs between two documents
_SHORT, _MIDDLE = 2, 3  # digits that tell something
_NEARBY, _OTHER, _UNNAMED, _ELSEWHERE, _NEVER = 1, 8, 25, 10, 1000  # points, as of `evidence`
_PAIR = 2
_SIGNS = frozenset({"=", "×", "x"})  # of a formula
_SHORTER = 12  # points more for figures of few digits
_APART = 38  # points between documents
_FIRM, _MARGIN, _MORE = 50, 15, 10  # points, as of `evidence`


@dataclass(frozen=True, slots=True, kw_only=True)
class Restated:
    """Two statements taken for one fact, the likelier figure as `other`, and why they are taken for one."""

    stated: Mention
    other: Mention
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

    A figure that stands as well against another value is one of a list of cases; one that stands against the same
    value twice or more is the odd one out, and is told once.
    """
    pairs = sorted(_without_editions(list(_pairs(mentions, weights))), key=lambda p: -p[2][0])
    against: dict[int, dict[Decimal, int]] = {}
    partners: dict[tuple[int, Decimal], int] = {}
    for first, second, (strength, _) in pairs:
        for one, other in ((first, second), (second, first)):
            against.setdefault(id(one), {}).setdefault(other.value.value, strength)
            partners[id(one), other.value.value] = partners.get((id(one), other.value.value), 0) + 1
    told: set[int] = set()
    for first, second, (strength, reasons) in pairs:
        if id(first) in told or id(second) in told:
            continue
        if any(_is_rivalled(against[id(m)], o.value.value, strength) for m, o in ((first, second), (second, first))):
            continue
        times, others = partners[id(first), second.value.value], partners[id(second), first.value.value]
        odd, other = (first, second) if times > others else (second, first)
        often = max(times, others)
        if strength + _MORE * min(often - 1, _MAJORITY) < _bar(first, second):
            continue
        told.update((id(odd), id(other)))
        majority = (f"printed otherwise {often} times",) if often >= _MAJORITY else ()
        yield Restated(stated=odd, other=other, reasons=(*reasons, *majority))


def _bar(first: Mention, second: Mention) -> int:
    """Return what must speak for two figures being one: the more, the shorter they are and the farther apart.

    Laws and guides state alike what is not the same ("5 years and 375 000 €", "5 years and 75 000 €"), and so do
    reports of a kind about other places and months.
    """
    if first.bundle is not second.bundle:
        return _APART
    return ENOUGH + _SHORTER * (min(first.digits, second.digits) <= _SHORT)


def _without_editions(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """Yield the pairs but for those of two documents that differ in many: they are one report at two times."""
    between = Counter((id(a.bundle), id(b.bundle)) for a, b, _ in pairs if a.bundle is not b.bundle)
    yield from (p for p in pairs if between[id(p[0].bundle), id(p[1].bundle)] <= _FEW)


def _is_rivalled(against: Mapping[Decimal, int], value: Decimal, strength: int) -> bool:
    """Say whether a figure stands against another value nearly as well as against this one."""
    return any(found + _MARGIN > strength for other, found in against.items() if other != value)


def _pairs(mentions: list[Mention], weights: Mapping[str, int]) -> Iterator[Pair]:
    """Yield the pairs that are one figure; they meet by a rare word, or by their digits but one."""
    blocks: dict[tuple[object, ...], list[Mention]] = {}
    met: set[tuple[int, int]] = set()
    rank = {word: place for place, word in enumerate(sorted(weights, key=lambda w: (-weights[w], w)))}
    for mention in mentions:
        if mention.digits < _SHORT and not mention.company:
            continue  # nothing that could tell
        words = sorted(mention.words, key=rank.__getitem__)[:_RARE]
        for key, most in (*((w, _CROWD) for w in words), *((d, _THRONG) for d in _but_one(mention))):
            bucket = blocks.setdefault((mention.sort, key), [])
            for other in bucket:
                pair = (id(other), id(mention))
                if pair in met or (most == _THRONG and len(other.words & mention.words) < _PAIR):
                    continue
                met.add(pair)
                grade = _grade(other, mention, weights)
                if grade is not None:
                    yield other, mention, grade
            if len(bucket) < most:
                bucket.append(mention)


def _but_one(mention: Mention) -> Iterator[str]:
    """Yield the digits of a figure with one left out, those of a short one with what it counts."""
    printed = mention.printed
    label = "" if len(printed) > _SHORT else next(iter(mention.follows), "")
    if label or len(printed) > _SHORT:
        yield from (f"{printed[:i]}{printed[i + 1 :]} {label}" for i in range(len(printed)))
    yield f"{printed} "


def _grade(first: Mention, second: Mention, weights: Mapping[str, int]) -> Grade | None:
    """Return how much speaks for two mentions of one fact, and why; None when any sign speaks against it."""
    mistyped = is_typing_error(first, second)
    rounded = not mistyped and (first.is_round or second.is_round) and is_rounded(first, second)
    if not (mistyped or rounded or _is_accompanied(first, second)):
        return None
    if first.value.value == second.value.value or first.words.isdisjoint(second.words):
        return None
    if first.bundle is second.bundle and first.block == second.block and (rounded or are_led_apart(first, second)):
        return None  # "33,000 people fled in May ... 34,480 others could not be reached": one paragraph tells both
    against = _against(first, second)
    if against >= _NEVER or (against and not (mistyped or rounded)):
        return None
    likely = mistyped or rounded
    called = likely and calls_back(first, second)
    if likely and not called and len(first.words & second.words) < _PAIR:
        return None
    if clashes(first, second) or clashes(second, first) or is_torn(first) or is_torn(second):
        return None
    if is_listed(first, second) or are_siblings(first, second):
        return None
    if len({trend_of(first), trend_of(second)} - {""}) > 1:
        return None  # "raised the odds by 42 per cent", "reduced the odds by 12 per cent"
    if likely and not against and is_bound(first, second, weights):
        return _FIRM, ("the same words on both sides", "one rounded" if rounded else "one typing error apart")
    if len({opened_by(first), opened_by(second)} - {""}) > 1:
        return None
    if is_filled_in(first, second) or is_lettered(first, second):
        return None
    if any(t.text in _SIGNS or t.cue == "interval" for m in (first, second) for t in m.tokens):
        return None  # a formula is told for each case, an estimate with its interval for each outcome
    if likely:
        return _misprinted(first, second, weights, against, called=called)
    return _accompanied(first, second, weights)


def _against(first: Mention, second: Mention) -> int:
    """Return the points against two figures that stand in one block or two documents, or beside other names."""
    if not agree(first.dates, second.dates) or (first.as_of != second.as_of and first.dates and second.dates):
        return _NEVER
    found = 0 if agree(first.names, second.names) else _OTHER
    if first.bundle is not second.bundle:
        # the report of another month tells of its own, unless the day is told
        of_day = bool(first.dates) and first.dates == second.dates
        same = first.bundle.document.date == second.bundle.document.date
        return found + _ELSEWHERE if same or of_day else _NEVER
    if first.block == second.block:
        return _NEVER if first.sentence == second.sentence else found + _NEARBY
    return found


def _misprinted(
    first: Mention, second: Mention, weights: Mapping[str, int], against: int, *, called: bool
) -> Grade | None:
    """Return the grade of two figures that are one typing error or one rounding apart."""
    shared = len(first.words & second.words)
    if not called and not keeps_others(first, second) and is_contrast(first, second):
        return None
    if is_same_form(first, second):
        return None
    alike = agreement(first, second, weights)
    found = points(first, second, weights, alike) - against
    if not called and max(first.digits, second.digits) <= _MIDDLE and bool(first.names) != bool(second.names):
        found -= _UNNAMED
    why = "one of them rounded" if is_rounded(first, second) else "one typing error apart"
    return (found, (f"{shared} words in common", why)) if found >= WORTH else None


def _is_accompanied(first: Mention, second: Mention) -> bool:
    """Say whether two figures that differ by more than a typing error could be one, by what stands beside them."""
    if not (first.company and second.company) or first.as_of != second.as_of:
        return False
    return first.follows[:1] == second.follows[:1] and len(first.words & second.words) >= _LEAST_SHARED


def _accompanied(first: Mention, second: Mention, weights: Mapping[str, int]) -> Grade | None:
    """Return the grade of two figures that differ by more: the other figures of their clauses must be the same."""
    shared = len(first.words & second.words)
    if agreement(first, second, weights) < _ALIKE or (not first.follows and first.sort[0] == Measure.COUNT):
        return None
    if _is_near(first, second) and _keeps_company(first, second) and is_of_record(first, second):
        return _FIRM, (f"{shared} words in common", "the same figures around it")
    return None


def _keeps_company(first: Mention, second: Mention) -> bool:
    """Say whether the clauses share most of their other figures, a telling one among them."""
    both = first.company & second.company
    fewer = min(len(first.company), len(second.company))
    telling = any(len(value.partition("E")[0].replace(".", "").strip("0")) >= _COMPANY_TELLING for _, value in both)
    return telling and 100 * len(both) >= _COMPANY_ALIKE * fewer


def _is_near(first: Mention, second: Mention) -> bool:
    low, high = sorted((abs(first.value.value), abs(second.value.value)))
    return 2 * low > high
