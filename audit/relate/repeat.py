"""Repeats: the same measure of the same population, place and period, stated twice, is the same figure.

Equal figures are paired when their words agree enough; different ones only when label, names, dates and traits all
agree and next to all words too. A blocking index keeps it linear: figures meet when they share their value, or their
label and one of the rarest words around them, and never in crowds.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind, Operand
from audit.quantity import Measure
from audit.relate.dates.titles import repeated_titles
from audit.relate.repeats.mentions import Mention, mentions_of, weights_of
from audit.relate.repeats.restatements import agreement, clashes, restated

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from audit.facts import Facts
    from audit.relate.dates.titles import CitedTitle

_LATEST = 3
_TELLING, _LABELLED, _SMALL = 20, 8, 55
_LONG, _SHORT, _PAIR = 4, 2, 2
_LEAST_SHARED = 4
_CROWD = 8
_DIFFERENT = 75


def find(bundles: Sequence[Facts]) -> Iterator[Claim]:
    """Yield the figures that are stated twice, and the citations whose title is printed twice."""
    seen: set[str] = set()
    mentions = [mention for bundle in bundles for mention in mentions_of(bundle, seen)]
    weights = weights_of(mentions)
    taken: set[tuple[int, int]] = set()
    for first, second, score in _equal(mentions, weights):
        taken.add((id(first), id(second)))
        yield _claim("figure", first, second, 90 if score > _SMALL else 75, (f"{score} per cent of the words agree",))
    for found in restated(mentions, weights):
        if (id(found.other), id(found.stated)) not in taken:
            yield _claim("figure", found.other, found.stated, _DIFFERENT, found.reasons)
    for bundle in bundles:
        for earlier, later in repeated_titles(bundle):
            yield _titles(earlier, later, bundle)


def _equal(mentions: list[Mention], weights: Mapping[str, int]) -> Iterator[tuple[Mention, Mention, int]]:
    """Yield each figure with the mention of the same value, of the last few, whose words agree best."""
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
        if len(group) > _CROWD and not group[0].is_telling:
            continue  # "the 95 per cent confidence interval" restates nothing
        for index, mention in enumerate(group):
            best: tuple[int, Mention] | None = None
            for other in group[max(0, index - _LATEST) : index]:
                if _stands_by(other, mention):
                    continue
                score = agreement(other, mention, weights)
                if _repeats(other, mention, score) and (best is None or score > best[0]):
                    best = (score, other)
            if best is not None:
                yield best[1], mention, best[0]


def _stands_by(first: Mention, second: Mention) -> bool:
    """Say whether two mentions stand too close to be two statements: in one sentence, or small ones in one block."""
    if first.bundle is not second.bundle or first.block != second.block:
        return False
    return first.sentence == second.sentence or not first.is_telling


def _repeats(first: Mention, second: Mention, score: int) -> bool:
    """Say whether two mentions of one value state one fact.

    Four equal digits and one label are no accident; a small number needs its label and most words to agree.
    """
    if clashes(first, second) or clashes(second, first):
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
            value=Decimal(title.number) if title.number.isdecimal() else None,
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
