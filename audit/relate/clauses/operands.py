"""Claims are built here from the marks of a sentence: operands with their places, and the words they are quoted in."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind, Operand

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from audit.facts import Fact
    from audit.model import Document
    from audit.relate.clauses.structure import Mark

_LABEL = 60
_LEAD = 120
_SENTENCE = re.compile(r"[.;:!?][”\")]? ")
_LONGEST_QUOTE = 400
_WORDS_AFTER = re.compile(r"(?:[ \u00a0][^\W\d_][\w’'-]*+){1,4}")


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
    """Return a claim over marks; it quotes the words that lead to its first figure up to what its last one counts."""
    operands = tuple(operand(role, mark.fact, document) for role, mark in roles)
    return Claim(
        kind=kind,
        form=form,
        document=document.path,
        start=_first_word(document, min(o.start for o in operands)),
        end=_end_of_words(document, max(o.end for o in operands)),
        operands=operands,
        basis=basis,
        detail=dict(detail or {}),
    )


def quoting(made: Claim, start: int, end: int) -> Claim:
    """Return a claim that quotes the text between two offsets, cut where a reader has seen enough."""
    first = max(start, made.start - _LONGEST_QUOTE // 2)
    return replace(made, start=first, end=max(made.end, min(end, made.start + _LONGEST_QUOTE)))


def _first_word(document: Document, start: int) -> int:
    """Return where the sentence of an offset begins, or a word some way before it."""
    index = document.block_at(start)
    bound = max(start - _LEAD, 0 if index is None else document.blocks[index].start)
    stops = list(_SENTENCE.finditer(document.text, bound, start))
    if stops:
        return stops[-1].end()
    if index is not None and bound == document.blocks[index].start:
        return bound
    space = document.text.find(" ", bound, start)
    return start if space < 0 else space + 1


def _end_of_words(document: Document, end: int) -> int:
    """Return the end of the words that follow a figure: "40 men" and not "40"."""
    match = _WORDS_AFTER.match(document.text, end, end + _LABEL)
    return end if match is None else match.end()
