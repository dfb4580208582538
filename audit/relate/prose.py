"""Arithmetic in running text: reads each document into paragraphs once and asks every finder of prose claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.model import BlockKind
from audit.relate import (
    again,
    averages,
    balances,
    bounds,
    changes,
    clashes,
    closures,
    comparisons,
    contrasts,
    conversions,
    counts,
    differences,
    growths,
    moves,
    nets,
    parallels,
    proportions,
    raised,
    served,
    shares,
    splits,
    spreads,
    stocks,
    subsets,
    sums,
    told,
    units,
)
from audit.relate.clauses.structure import paragraphs
from audit.relate.plausible import is_plausible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.claims import Claim
    from audit.facts import Facts
    from audit.relate.clauses.structure import Paragraph

_LABEL = 4  # tokens
_FINDERS = (
    sums,
    spreads,
    differences,
    balances,
    raised,
    stocks,
    nets,
    counts,
    shares,
    parallels,
    proportions,
    closures,
    subsets,
    again,
    bounds,
    changes,
    comparisons,
    contrasts,
    moves,
    growths,
    told,
    averages,
    splits,
    units,
    conversions,
    clashes,
)


def find(bundles: Sequence[Facts]) -> Iterator[Claim]:
    """Yield the claims of arithmetic that all prose makes, kind by kind."""
    for bundle in bundles:
        read = [paragraph for paragraph in paragraphs(bundle) if not _is_label(paragraph)]
        for finder in _FINDERS:
            for paragraph in read:
                yield from filter(is_plausible, finder.claims(paragraph))
        yield from served.claims(read)


def _is_label(paragraph: Paragraph) -> bool:
    """Say whether a paragraph is a cell with a name and a number: "Ward 17" of ten thousand states nothing."""
    if paragraph.document.blocks[paragraph.block].kind is not BlockKind.CELL or len(paragraph.clauses) > 1:
        return False
    sentence = paragraph.clauses[0].sentence
    return len(sentence.printed) < 2 and len(sentence.tokens) <= _LABEL
