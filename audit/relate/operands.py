"""Claims are built here from the marks of a sentence: operands with their places, and the words they are quoted in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind, Operand

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from audit.facts import Fact
    from audit.model import Document
    from audit.relate.structure import Mark


def operand(role: str, fact: Fact, document: Document) -> Operand:
    """Return a figure as an operand of a claim."""
    value = fact.value
    number = fact.number
    return Operand(
        role=role,
        text=fact.text,
        document=document.path,
        start=fact.start,
        end=fact.end,
        fact=fact,
        value=number,
        interval=value.interval if number is not None else None,  # type: ignore[union-attr]
    )


def claim(
    kind: ClaimKind,
    form: str,
    document: Document,
    roles: Iterable[tuple[str, Mark]],
    basis: Basis,
    detail: Mapping[str, str] | None = None,
) -> Claim:
    """Return a claim over marks; it quotes the words from its first figure to its last."""
    operands = tuple(operand(role, mark.fact, document) for role, mark in roles)
    return Claim(
        kind=kind,
        form=form,
        document=document.path,
        start=min(o.start for o in operands),
        end=max(o.end for o in operands),
        operands=operands,
        basis=basis,
        detail=dict(detail or {}),
    )
