"""Figures that no convention of their text prints so: "19,8808 women", ",208 prisoners", "1,26" in a table's column."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind
from audit.model import BlockKind
from audit.relate.clauses.operands import operand

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.facts import Fact, Facts
    from audit.model import Document

_QUOTE = 100
_TRAIT = "malformed."
# How sure each way of being malformed is: digits that do not stand in groups of three, a zero in front, nothing
# before the mark of a group, nothing behind that of decimals.
_SURE = {"groups": 80, "zero": 76, "mark": 76, "tail": 76}


def find(bundles: Sequence[Facts]) -> Iterator[Claim]:
    """Yield a claim for every figure that its text says is malformed."""
    for bundle in bundles:
        starts = [sentence.start for sentence in bundle.sentences]
        for fact in bundle.written:
            shape = next((t.removeprefix(_TRAIT) for t in fact.traits if t.startswith(_TRAIT)), "")
            if shape:
                yield from _claim(bundle, starts, fact, shape)


def _claim(bundle: Facts, starts: list[int], fact: Fact, shape: str) -> Iterator[Claim]:
    document = bundle.document
    block = document.block_at(fact.start)
    near = bisect_right(starts, fact.start) - 1
    sentence = bundle.sentences[near] if near >= 0 and fact.start < bundle.sentences[near].end else None
    if block is not None and document.blocks[block].kind is BlockKind.CELL and sentence is not None:
        return  # two figures of a printed table may touch: "0,000,00"
    if sentence is None:
        yield malformed(document, fact, shape)
    else:
        yield malformed(document, fact, shape, sentence.start, min(sentence.end, fact.end + _QUOTE))


def malformed(document: Document, fact: Fact, shape: str, start: int = -1, end: int = -1) -> Claim:
    """Return the claim that a figure is no number; `start` and `end` are those of the words around it, if any."""
    return Claim(
        kind=ClaimKind.UNIT,
        form="malformed",
        document=document.path,
        start=start if start >= 0 else fact.start,
        end=end if start >= 0 else fact.end,
        operands=(operand("stated", fact, document),),
        basis=Basis(cue="malformed", confidence=_SURE[shape], reasons=("no text prints a number so",)),
        detail={"shape": shape},
    )
