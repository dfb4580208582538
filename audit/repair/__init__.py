"""From failed relations to suggestions: what would have to be printed for the figures of a text to agree.

Failed relations that share a figure are one component and are repaired together. A suggestion always makes its
relation true and breaks no relation that holds. One is offered alone only when it leads clearly; otherwise all
that come into question are, the likelier first.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from audit.claims import ClaimKind
from audit.findings import Suggestion, Verdict
from audit.records import dataclass
from audit.repair.edits import Edit
from audit.repair.figures import Figure, figure_of, narrowest
from audit.repair.located import located
from audit.repair.relations import QUOTIENTS, Key, Relation, key_of, relation_of
from audit.repair.search import Component, Explanation, exchanges, explanations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from audit.facts import Facts
    from audit.findings import Outcome
    from audit.repair.candidates import Change

_LEAD = 3  # candidates within this factor of the best are leaders
_SURE = 0.95  # what one leader must weigh of all candidates to stand alone
_FAINT = 500  # candidates this much lighter than the best are not worth reading
_SHOWN = 6
_LISTED = 12  # leaders of an equation; any of a long column of figures may be wrong
_GUESS = 1e-6  # what no error explains is never named alone
_PAIRED = 12
_TYPED = frozenset(edit.value for edit in Edit)
_FIRM = 70  # a holding relation read with this confidence is not given up for a repair
_MEANT = 40
_BACKED = 20.0
_LONG = 100  # a smaller number printed elsewhere proves nothing


def repair(outcomes: Sequence[Outcome], bundles: Sequence[Facts] = ()) -> Mapping[int, tuple[Suggestion, ...]]:
    """Return the suggestions for each contradicted outcome, by its index; outcomes without one are not in it."""
    relations = {i: r for i, o in enumerate(outcomes) if (r := relation_of(i, o)) is not None}
    failed = [
        relations[i]
        for i, o in enumerate(outcomes)
        if i in relations and o.verdict is Verdict.CONTRADICTED and o.claim.basis.confidence >= _MEANT
    ]
    if not failed:
        return {}
    holding = [relations[i] for i, o in enumerate(outcomes) if i in relations and o.verdict.holds]
    printed = _numbers(bundles)
    given: dict[int, tuple[Suggestion, ...]] = {}
    groups = [(group, _explained(group, holding, outcomes, printed)) for group in _components(failed)]
    for group, found in _exchanged(groups, holding, outcomes):
        if not found and len(group) > 1:
            # nothing repairs them together: one of them was misread, or too much is wrong
            for relation in group:
                given |= _offers([relation], _explained([relation], holding, outcomes, printed), outcomes)
        given |= _offers(group, found, outcomes)
    return given


def _exchanged(
    groups: Sequence[tuple[list[Relation], list[Explanation]]], holding: Sequence[Relation], outcomes: Sequence[Outcome]
) -> list[tuple[list[Relation], list[Explanation]]]:
    """Return the groups with those that nothing explains alone tried in pairs.

    Two cells of a row that change places leave the row right and two columns wrong, which share no figure.
    """
    bare = [i for i, (_, found) in enumerate(groups) if not found][:_PAIRED]
    explained = {i: found for i, (_, found) in enumerate(groups)}
    for first, second in combinations(bare, 2):
        together = [*groups[first][0], *groups[second][0]]
        found = exchanges(_component(together, holding, outcomes))
        if found:
            explained[first], explained[second] = found, found
    return [(group, explained[i]) for i, (group, _) in enumerate(groups)]


def _numbers(bundles: Sequence[Facts]) -> frozenset[tuple[str, object]]:
    return frozenset(
        (fact.head, fact.number) for bundle in bundles for fact in bundle.facts if fact.number is not None and fact.head
    )


def _components(failed: Sequence[Relation]) -> list[list[Relation]]:
    """Return the relations in groups that share figures, in the order of the outcomes."""
    groups: list[tuple[set[Key], list[Relation]]] = []
    for relation in failed:
        keys, members = set(relation.keys), [relation]
        rest = []
        for known, others in groups:
            if known & keys:
                keys |= known
                members = [*others, *members]
            else:
                rest.append((known, others))
        groups = [*rest, (keys, members)]
    return sorted((sorted(m, key=lambda r: r.index) for _, m in groups), key=lambda m: m[0].index)


def _explained(
    group: Sequence[Relation],
    holding: Sequence[Relation],
    outcomes: Sequence[Outcome],
    printed: frozenset[tuple[str, object]],
) -> list[Explanation]:
    component = _component(group, holding, outcomes)
    found = explanations(component) or located(component)
    return _backed(found, component.figures, group, outcomes, printed) if printed else found


def _component(group: Sequence[Relation], holding: Sequence[Relation], outcomes: Sequence[Outcome]) -> Component:
    inside = {key for relation in group for key in relation.keys}
    around = [r for r in holding if inside.intersection(r.keys)]
    figures = narrowest(figure for r in (*group, *around) for figure in _figures(outcomes[r.index]))
    distinct = {(r.keys, getattr(r, "weights", ())): r for r in reversed(group)}
    values = {key: figure.interval for key, figure in figures.items()}
    return Component(
        figures=figures,
        failed=tuple(sorted(distinct.values(), key=lambda r: r.index)),
        holding=tuple((r, _trust(outcomes[r.index])) for r in around if r.holds(values)),
    )


def _figures(outcome: Outcome) -> Iterator[Figure]:
    claim = outcome.claim
    for operand in claim.operands:
        ratio = operand.role == "stated" and claim.kind in QUOTIENTS
        yield figure_of(operand, key_of(operand), ratio=ratio)


def _trust(outcome: Outcome) -> float:
    """Return how sure a holding relation is: a repeat proves less than a sum, for an error can be copied."""
    confidence = outcome.claim.basis.confidence
    if outcome.claim.kind is ClaimKind.REPEAT:
        return min(confidence, 90) / 100
    return 1.0 if confidence >= _FIRM else confidence / 100


def _backed(
    found: Sequence[Explanation],
    figures: Mapping[Key, Figure],
    group: Sequence[Relation],
    outcomes: Sequence[Outcome],
    printed: frozenset[tuple[str, object]],
) -> list[Explanation]:
    """Return the explanations with more weight where a number stands elsewhere for the same thing."""
    heads = {key_of(o): o.fact.head for r in group for o in outcomes[r.index].claim.operands if o.fact is not None}
    weighed = []
    for explanation in found:
        weight = explanation.weight
        for change in explanation.changes:
            value = figures[change.key].value_at(change.units, change.shift)
            if abs(change.units) >= _LONG and (heads.get(change.key, ""), value) in printed:
                weight *= _BACKED
        weighed.append(Explanation(changes=explanation.changes, weight=weight))
    return sorted(weighed, key=lambda e: -e.weight)


def _offers(
    group: Sequence[Relation], found: Sequence[Explanation], outcomes: Sequence[Outcome]
) -> dict[int, tuple[Suggestion, ...]]:
    given = {}
    for relation in group:
        outcome = outcomes[relation.index]
        figures = narrowest(_figures(outcome))
        offers = tuple(_suggestions(found, figures, outcome.at.document, loose=relation.loose))
        if offers:
            given[relation.index] = offers
    return given


def _suggestions(
    found: Sequence[Explanation], figures: Mapping[Key, Figure], document: str, *, loose: bool
) -> Iterator[Suggestion]:
    """Yield the changes of the figures of one relation, the likeliest first; one alone only when it leads clearly."""
    ranked = _ranked(found, [key for key in figures if key[0] == document])
    if not ranked:
        return
    best, every = ranked[0].weight, sum(r.weight for r in ranked)
    leaders = [r for r in ranked if r.weight * _LEAD >= best]
    if len(leaders) > (_SHOWN if loose else _LISTED):
        return
    guessed = ranked[0].change.weight <= _GUESS
    alone = len(leaders) == 1 and best >= _SURE * every and not guessed
    shown = leaders if alone else [r for r in ranked if r.weight * _FAINT >= best]
    shown = shown[: max(_SHOWN, len(leaders))]
    if len(shown) == 1 and guessed:
        return
    for offer in shown:
        key, units, shift, why = offer.change.key, offer.change.units, offer.change.shift, offer.change.why
        if why in _TYPED and not any(c.isdigit() for c in figures[key].text):
            why = "another number word"
        figure = figures[key]
        new = figure.printed(units, shift)
        if new != figure.text:
            yield Suggestion(
                start=key[1],
                end=key[2],
                old=figure.text,
                new=new,
                why=why if offer.weight * _LEAD >= best else f"less likely: {why}",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Offer:
    change: Change
    weight: float


def _ranked(found: Iterable[Explanation], keys: Sequence[Key]) -> list[_Offer]:
    """Return every change of some figures with what all explanations that hold it weigh, heaviest first."""
    offers: dict[tuple[Key, int, int], _Offer] = {}
    for explanation in found:
        for change in explanation.changes:
            if change.key in keys:
                known = offers.get(change.name)
                weight = explanation.weight + (known.weight if known is not None else 0.0)
                offers[change.name] = _Offer(change=known.change if known is not None else change, weight=weight)
    return sorted(offers.values(), key=lambda o: (-o.weight, o.change.name))
