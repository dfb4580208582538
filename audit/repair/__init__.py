"""From failed relations to suggestions: what would have to be printed for the figures of a text to agree.

Failed relations that share a figure are one component and are repaired together. A suggestion always makes its
relation true and breaks no relation that holds. One is offered alone only when it leads clearly; otherwise all
that come into question are, the likelier first.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

from audit.claims import ClaimKind
from audit.findings import Suggestion, Verdict
from audit.records import dataclass
from audit.repair.edits import Edit
from audit.repair.figures import Figure, figure_of, narrowest
from audit.repair.located import located
from audit.repair.relations import QUOTIENTS, Key, Quotient, Relation, key_of, relation_of
from audit.repair.search import Component, Explanation, exchanges, explanations, tried
from audit.repair.values import Values

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from audit.facts import Facts
    from audit.findings import Outcome
    from audit.repair.candidates import Change

_LEAD = 3  # candidates within this factor of the best are leaders
_SURE = 0.95  # what one leader must weigh of all candidates to stand alone
_FAINT = 500  # candidates this much lighter than the best are not worth reading
_SHOWN = 6
_LISTED = 12  # leaders; where more figures may be wrong, or one in more ways, a list says nothing
_GUESS = 1e-6  # what no error explains is never named alone
_PAIRED = 12
_TYPED = frozenset(edit.value for edit in Edit)
_FIRM = 70  # a holding relation read with this confidence is not given up for a repair
_MEANT = 40
_CERTAIN = 95  # a failed relation read with less may be misread
_BACKED = 20.0
_LONG = 100  # a smaller number printed elsewhere proves nothing


def repair(outcomes: Sequence[Outcome], bundles: Sequence[Facts] = ()) -> Mapping[int, tuple[Suggestion, ...]]:
    """Return the suggestions for each contradicted outcome, by its index; outcomes without one are not in it."""
    failed = {
        i: r
        for i, o in enumerate(outcomes)
        if not o.verdict.holds and (r := relation_of(i, o)) is not None and _fails(o, r)
    }
    if not failed:
        return {}
    around = list(_around(outcomes, failed))
    printed = _numbers(bundles)
    given: dict[int, tuple[Suggestion, ...]] = {}
    groups = [(group, _explained(group, around, outcomes, printed)) for group in _components(list(failed.values()))]
    for group, found in _exchanged(groups, around, outcomes):
        if not found and len(group) > 1:
            # nothing repairs them together: one of them was misread, or too much is wrong
            for relation in group:
                given |= _offers([relation], _explained([relation], around, outcomes, printed), outcomes)
        given |= _offers(group, found, outcomes)
    return given


def _around(outcomes: Sequence[Outcome], failed: Mapping[int, Relation]) -> Iterator[Relation]:
    """Yield the other relations of figures that may be wrong; most of a large table stands elsewhere."""
    keys = set(tried(list(failed.values()), list(failed.values())))
    for i, outcome in enumerate(outcomes):
        if i in failed or not _speaks(outcome):
            continue
        if not keys.isdisjoint([(a.document, a.start, a.end) for a in outcome.claim.operands]):
            relation = relation_of(i, outcome)
            if relation is not None:
                yield relation


def _exchanged(
    groups: Sequence[tuple[list[Relation], list[Explanation]]], around: Sequence[Relation], outcomes: Sequence[Outcome]
) -> list[tuple[list[Relation], list[Explanation]]]:
    """Return the groups with those that nothing explains alone tried in pairs.

    Two cells of a row that change places leave the row right and two columns wrong, which share no figure.
    """
    bare = [i for i, (_, found) in enumerate(groups) if not found][:_PAIRED]
    explained = {i: found for i, (_, found) in enumerate(groups)}
    for first, second in combinations(bare, 2):
        together = [*groups[first][0], *groups[second][0]]
        found = exchanges(_component(together, around, outcomes))
        if found:
            explained[first], explained[second] = found, found
    return [(group, explained[i]) for i, (group, _) in enumerate(groups)]


def _fails(outcome: Outcome, relation: Relation) -> bool:
    """Say whether a relation is to be repaired; of what only truncation explains, a quotient that was not rounded."""
    if outcome.claim.basis.confidence < _MEANT:
        return False
    cut = outcome.verdict is Verdict.TRUNCATION_ONLY and isinstance(relation, Quotient)
    return cut or outcome.verdict is Verdict.CONTRADICTED


def _speaks(outcome: Outcome) -> bool:
    """Say whether a relation that is not repaired counts for or against a repair."""
    return outcome.verdict.holds or outcome.verdict is Verdict.CONTRADICTED


def _numbers(bundles: Sequence[Facts]) -> Counter[tuple[str, object]]:
    """Return how often each number is printed for each thing counted."""
    return Counter(
        (fact.head, fact.number)
        for bundle in bundles
        for fact in bundle.written
        if fact.number is not None and fact.head
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
    around: Sequence[Relation],
    outcomes: Sequence[Outcome],
    printed: Counter[tuple[str, object]],
) -> list[Explanation]:
    component = _component(group, around, outcomes)
    found = explanations(component) or located(component)
    return _backed(found, component.figures, group, outcomes, printed) if printed else found


def _component(group: Sequence[Relation], around: Sequence[Relation], outcomes: Sequence[Outcome]) -> Component:
    inside = set(tried(group, group))
    near = [r for r in around if not inside.isdisjoint(r.keys)]
    figures = narrowest(figure for r in (*group, *near) for figure in _figures(outcomes[r.index]))
    distinct = {(r.keys, getattr(r, "weights", ())): r for r in reversed(group)}
    values = Values(figures)
    return Component(
        figures=figures,
        failed=tuple(sorted(distinct.values(), key=lambda r: r.index)),
        holding=tuple((r, _trust(outcomes[r.index])) for r in near if r.holds(values)),
        unsure=tuple(r for r in near if not r.holds(values) and not r.loose),
        doubtful={r.index: c / 100 for r in group if (c := outcomes[r.index].claim.basis.confidence) < _CERTAIN},
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
    printed: Counter[tuple[str, object]],
) -> list[Explanation]:
    """Return the explanations with more weight where a number stands elsewhere for the same thing."""
    own = {key_of(o): o.fact for r in group for o in outcomes[r.index].claim.operands if o.fact is not None}
    elsewhere = printed - Counter((fact.head, fact.number) for fact in own.values())
    weighed = []
    for explanation in found:
        weight = explanation.weight
        for change in explanation.changes:
            value = figures[change.key].value_at(change.units, change.shift)
            head = own[change.key].head if change.key in own else ""
            if abs(change.units) >= _LONG and (head, value) in elsewhere:
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
        offers = tuple(_suggestions(found, figures, outcome.at.document))
        if offers:
            given[relation.index] = offers
    return given


def _suggestions(found: Sequence[Explanation], figures: Mapping[Key, Figure], document: str) -> Iterator[Suggestion]:
    """Yield the changes of the figures of one relation, the likeliest first; one alone only when it leads clearly."""
    ranked = _ranked(found, {key for key in figures if key[0] == document})
    if not ranked:
        return
    best, every = ranked[0].weight, sum(r.weight for r in ranked)
    leaders = [r for r in ranked if r.weight * _LEAD >= best]
    if len(leaders) > _LISTED:
        return
    guessed = ranked[0].change.weight <= _GUESS
    alone = len(leaders) == 1 and best >= _SURE * every and not guessed
    shown = leaders if alone else [r for r in ranked if r.weight * _FAINT >= best]
    shown = shown[: max(_SHOWN, len(leaders))]
    if len(shown) == 1 and guessed:
        return
    for offer in shown:
        key, units, shift, why = offer.change.key, offer.change.units, offer.change.shift, offer.change.why
        if why in _TYPED and not any(c.isdecimal() for c in figures[key].text):
            why = "another number word"
        figure = figures[key]
        new, old = figure.printed(units, shift), figure.lead + figure.text
        if new != old:
            yield Suggestion(
                start=key[1] - len(figure.lead),
                end=key[2],
                old=old,
                new=new,
                why=why if offer.weight * _LEAD >= best else f"less likely: {why}",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Offer:
    change: Change
    weight: float


def _ranked(found: Iterable[Explanation], keys: Collection[Key]) -> list[_Offer]:
    """Return every change of some figures with what all explanations that hold it weigh, heaviest first."""
    offers: dict[tuple[Key, int, int], _Offer] = {}
    for explanation in found:
        for change in explanation.changes:
            if change.key in keys:
                known = offers.get(change.name)
                weight = explanation.weight + (known.weight if known is not None else 0.0)
                offers[change.name] = _Offer(change=known.change if known is not None else change, weight=weight)
    return sorted(offers.values(), key=lambda o: (-o.weight, o.change.name))
