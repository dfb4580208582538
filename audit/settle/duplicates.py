"""One relation, one outcome: what two finders saw in different shapes is kept once, with the better evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.claims import ClaimKind

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from audit.claims import Claim, Operand
    from audit.findings import Outcome

# "67 = 27 + 40" and "40 = 67 - 27" are one relation, whether a sentence or a table row says it.
_FAMILY = {ClaimKind.DIFFERENCE: ClaimKind.SUM, ClaimKind.FOOTING: ClaimKind.SUM}
_ARITHMETIC = frozenset({ClaimKind.SUM, ClaimKind.SHARE, ClaimKind.SUBSET, ClaimKind.COUNT, ClaimKind.AVERAGE})


def family(claim: Claim) -> ClaimKind:
    """Return the kind that stands for all kinds that state the same relation."""
    return _FAMILY.get(claim.kind, claim.kind)


def distinct(outcomes: Iterable[Outcome]) -> tuple[Outcome, ...]:
    """Return each relation's best outcome, in the order of the text."""
    best: dict[Hashable, Outcome] = {}
    for outcome in outcomes:
        key = _relation(outcome.claim)
        known = best.get(key)
        if known is None or _strength(outcome) < _strength(known):
            best[key] = outcome
    return tuple(sorted(best.values(), key=lambda outcome: position(outcome.claim)))


def position(claim: Claim) -> tuple[object, ...]:
    """Return a sort key that follows the text and never ties for two different claims."""
    operands = tuple((o.document, o.start, o.end, o.role, o.text) for o in claim.operands)
    return (claim.document, claim.start, claim.end, claim.kind, claim.form, operands)


def _relation(claim: Claim) -> Hashable:
    kind = family(claim)
    operands = frozenset(_figure(operand) for operand in claim.operands)
    if kind in _ARITHMETIC and len(operands) > 1:
        return kind, operands
    # Two statements over the same figures are two relations: what they assert tells them apart.
    return kind, operands, claim.form, claim.document, claim.start, claim.end, claim.detail.get("relation", "")


def _figure(operand: Operand) -> Hashable:
    if operand.fact is not None:
        return operand.document, operand.fact.id
    return operand.document, operand.start, operand.end, operand.text


def _strength(outcome: Outcome) -> tuple[object, ...]:
    basis = outcome.claim.basis
    return (outcome.rule is None, -basis.confidence, not basis.exhaustive, position(outcome.claim))
