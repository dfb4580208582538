"""From the facts of all documents to the claims they make: each kind of claim has one finder."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.claims import Claim
    from audit.facts import Facts

# In this order: a later finder may repeat what an earlier one saw with better evidence; settling keeps the best.
_FINDERS = ("prose",
            "chronology", "reference", "numbering", "repeat", "footing", "ratios", "flows", "statistics")  # fmt: skip


def relate(bundles: Sequence[Facts]) -> Iterator[Claim]:
    """Yield every claim the documents make about their own figures."""
    for name in _FINDERS:
        yield from import_module(f"audit.relate.{name}").find(bundles)
