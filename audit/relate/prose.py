"""Arithmetic in running text: reads each document into paragraphs once and asks every finder of prose claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.relate import (
    again,
    averages,
    balances,
    changes,
    clashes,
    closures,
    comparisons,
    conversions,
    counts,
    differences,
    growths,
    moves,
    nets,
    parallels,
    proportions,
    served,
    shares,
    spreads,
    stocks,
    subsets,
    sums,
    told,
    units,
)
from audit.relate.clauses.structure import paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.claims import Claim
    from audit.facts import Facts

_FINDERS = (
    sums,
    spreads,
    differences,
    balances,
    stocks,
    nets,
    counts,
    shares,
    parallels,
    proportions,
    closures,
    subsets,
    again,
    changes,
    comparisons,
    moves,
    growths,
    told,
    averages,
    units,
    conversions,
    clashes,
)


def find(bundles: Sequence[Facts]) -> Iterator[Claim]:
    """Yield the claims of arithmetic that all prose makes, kind by kind."""
    for bundle in bundles:
        read = paragraphs(bundle)
        for finder in _FINDERS:
            for paragraph in read:
                yield from finder.claims(paragraph)
        yield from served.claims(read)
