"""Repeats: the same measure of the same population, place and period, stated twice, is the same figure.

Equal figures are paired when their words agree enough; different ones only when label, names, dates and traits all
agree and next to all words too. A blocking index keeps it linear: figures meet when they share their value, or their
label and one of the rarest words around them, and never in crowds.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from math import log
from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind, Operand
from audit.quantity import Measure
from audit.relate.mentions import Mention, frequencies, mentions_of
from audit.relate.titles import repeated_titles

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from audit.facts import Facts
    from audit.relate.titles import CitedTitle

_CROWD = 12
_RARE = 3
_TELLING, _LABELLED, _SMALL = 0.3, 0.15, 0.55
_LONG, _SHORT, _PAIR = 4, 2, 2
_LEAST_SHARED = 4
_ALIKE = 0.75
_LEAST_DIFFERENT = 5


def find(bundles: Sequence[Facts]) -> Iterator[Claim]:
    """Yield the figures that are stated twice, and the citations whose title is printed twice."""
    mentions = [mention for bundle in bundles for mention in mentions_of(bundle)]
    weights = _weights(mentions)
    taken: set[tuple[int, int]] = set()
    for first, second, score in _equal(mentions, weights):
        taken.add((id(first), id(second)))
        yield _claim("figure", first, second, 90 if score > _SMALL else 75, (f"{score:.0%} of the words agree",))
    for first, second, reasons in _singled(list(_different(mentions, weights))):
        if (id(first), id(second)) not in taken:
            yield _claim("figure", first, second, 75, reasons)
    for bundle in bundles:
        for earlier, later in repeated_titles(bundle):
            yield _titles(earlier, later, bundle)


def _weights(mentions: list[Mention]) -> Mapping[str, float]:
    counts = frequencies(mentions)
    total = len(mentions) + 1
    return {word: log(total / count) for word, count in counts.items()}


def _equal(mentions: list[Mention], weights: Mapping[str, float]) -> Iterator[tuple[Mention, Mention, float]]:
    """Yield each figure with the earlier mention of the same value whose words agree best."""
    groups: dict[tuple[object, ...], list[Mention]] = {}
    for mention in mentions:
        key: tuple[object, ...] = (mention.sort, mention.value.value)
        if not mention.is_telling:
            label = mention.fact.head or "".join(mention.follows[:1])
            if not label and mention.sort[0] == Measure.COUNT:
                continue
            key = (*key, label)
        groups.setdefault(key, []).append(mention)
    for group in groups.values():
        for index, mention in enumerate(group):
            best: tuple[float, Mention] | None = None
            for other in group[max(0, index - _CROWD) : index]:
                if other.block == mention.block and other.bundle is mention.bundle:
                    continue
                score = _agreement(other, mention, weights)
                if _repeats(other, mention, score) and (best is None or score > best[0]):
                    best = (score, other)
            if best is not None:
                yield best[1], mention, best[0]


def _repeats(first: Mention, second: Mention, score: float) -> bool:
    """Say whether two mentions of one value state one fact.

    Four equal digits and one label are no accident; a small number needs its label and most words to agree.
    """
    if _clashes(first, second) or _clashes(second, first):
        return False
    alike = first.follows[:1] == second.follows[:1]
    shared = len(first.words & second.words)
    if first.is_telling:
        if alike and first.follows:
            return score >= (_LABELLED if first.digits < _LONG else 0)
        return score >= (_TELLING if first.digits < _LONG else _LABELLED)
    if first.sort[0] != Measure.COUNT:
        # "31%" and "$1.2 trillion" say less by their digits, but more by their unit, than a count
        return score >= _SMALL and shared >= _PAIR
    if score < _SMALL or shared < _LEAST_SHARED or (first.digits < _SHORT and shared < _LEAST_SHARED + _SHORT):
        return False
    told = bool(first.names & second.names) or (bool(first.dates) and first.dates == second.dates)
    return alike and (told or shared > _LEAST_SHARED)


def _agreement(first: Mention, second: Mention, weights: Mapping[str, float]) -> float:
    """Return the weight of the words two mentions share, as a share of the weight of the fewer words."""
    shared = sum(weights[w] for w in first.words & second.words)
    fewer = min(sum(weights[w] for w in first.words), sum(weights[w] for w in second.words))
    return shared / fewer if fewer else 0.0


def _clashes(first: Mention, second: Mention) -> bool:
    """Say whether the labels name different populations: a trait such as gender is given two values."""
    traits = {t.partition(".")[0]: t for t in first.fact.traits}
    return any(traits.get(t.partition(".")[0], t) != t for t in second.fact.traits)


def _different(
    mentions: list[Mention], weights: Mapping[str, float]
) -> Iterator[tuple[Mention, Mention, tuple[str, ...]]]:
    """Yield two statements of what must be one fact with different figures."""
    blocks: dict[tuple[object, ...], list[Mention]] = {}
    met: set[tuple[int, int]] = set()
    for mention in mentions:
        rare = sorted(mention.words, key=lambda w: (-weights[w], w))
        for word in rare[: _RARE + 2]:
            bucket = blocks.setdefault((mention.sort, mention.follows[:1], word), [])
            for other in bucket:
                pair = (id(other), id(mention))
                if pair in met:
                    continue
                met.add(pair)
                reasons = _same_fact(other, mention, weights)
                if reasons:
                    yield other, mention, reasons
            if len(bucket) < _CROWD:
                bucket.append(mention)


def _singled(
    pairs: list[tuple[Mention, Mention, tuple[str, ...]]],
) -> Iterator[tuple[Mention, Mention, tuple[str, ...]]]:
    """Yield the pairs whose wording is met only once more: three alike are a form that is filled in, not a repeat."""
    partners = Counter(id(mention) for first, second, _ in pairs for mention in (first, second))
    for first, second, reasons in pairs:
        if partners[id(first)] == 1 == partners[id(second)]:
            yield first, second, reasons


def _same_fact(first: Mention, second: Mention, weights: Mapping[str, float]) -> tuple[str, ...]:
    """Return why two mentions state one fact, or nothing when any sign speaks against it."""
    if first.value.value == second.value.value or first.block == second.block or first.bundle is not second.bundle:
        return ()
    if first.dates != second.dates or first.names != second.names or first.follows != second.follows:
        return ()
    if first.as_of != second.as_of or _clashes(first, second) or _clashes(second, first):
        return ()
    if not _is_definite(first, second):
        return ()
    shared = first.words & second.words
    if len(shared) < _LEAST_DIFFERENT or _agreement(first, second, weights) < _ALIKE:
        return ()
    if len(shared) < _ALIKE * max(len(first.words), len(second.words)):
        return ()
    reasons = [f"{len(shared)} words in common", "the same names and dates"]
    if first.follows:
        reasons.append("the same label")
    return tuple(reasons)


def _is_definite(first: Mention, second: Mention) -> bool:
    """Say whether the words name one fact and not one of many alike: a date, or names and figures close to each other.

    "15 women were assisted" may be said of every case in a report.
    """
    if not first.follows and first.sort[0] == Measure.COUNT:
        return False
    low, high = sorted((abs(first.value.value), abs(second.value.value)))
    digits = [sorted(c for c in m.fact.text if c.isdigit()) for m in (first, second)]
    if 2 * low <= high and digits[0] != digits[1]:
        return False
    return bool(first.dates) or (bool(first.names) and first.is_telling and second.is_telling)


def _claim(form: str, first: Mention, second: Mention, confidence: int, reasons: tuple[str, ...]) -> Claim:
    place = first.bundle.document.place(first.fact.start, first.fact.end)
    return Claim(
        kind=ClaimKind.REPEAT,
        form=form,
        document=second.bundle.document.path,
        start=second.start,
        end=second.end,
        operands=(_operand("stated", second), _operand("other", first)),
        basis=Basis(cue="repeat", confidence=confidence, reasons=reasons),
        detail={"where": place.paragraph or place.heading},
    )


def _operand(role: str, mention: Mention) -> Operand:
    fact = mention.fact
    return Operand(
        role=role,
        text=fact.text,
        document=mention.bundle.document.path,
        start=fact.start,
        end=fact.end,
        fact=fact,
        value=mention.value.value,
        interval=mention.value.interval,
    )


def _titles(earlier: CitedTitle, later: CitedTitle, bundle: Facts) -> Claim:
    document = bundle.document
    place = document.place(earlier.fact.start, earlier.fact.end)
    operands = tuple(
        Operand(
            role=role,
            text=document.text[title.tokens[0].start : title.end],
            document=document.path,
            start=title.tokens[0].start,
            end=title.end,
            fact=title.fact,
            value=Decimal(title.number) if title.number.isdigit() else None,
        )
        for role, title in (("stated", later), ("other", earlier))
    )
    return Claim(
        kind=ClaimKind.REPEAT,
        form="title",
        document=document.path,
        start=later.fact.start,
        end=later.end,
        operands=operands,
        basis=Basis(cue="title", confidence=75, reasons=("one number is cited twice with its title",)),
        detail={"where": place.paragraph or place.heading},
    )
