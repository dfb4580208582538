"""From the facts of all documents to the claims they make: each kind of claim has one finder."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from audit.claims import Claim
    from audit.facts import Facts

# In this order: a later finder may repeat what an earlier one saw with better evidence; settling keeps the best.
_FINDERS = ("prose",
            "malformed", "chronology", "reference", "numbering", "repeat", "footing", "ratios", "rises", "flows",
            "statistics")  # fmt: skip


# What looks at all documents at once; every other finder looks at one after the other.
_TOGETHER = frozenset({"repeat"})


def relate(bundles: Sequence[Facts], found: Sequence[Mapping[str, Sequence[Claim]]] = ()) -> Iterator[Claim]:
    """Yield every claim the documents make about their own figures; `found` is what `alone` gave for each of them."""
    for name in _FINDERS:
        if found and name not in _TOGETHER:
            for claims in found:
                yield from claims[name]
        else:
            yield from import_module(f"audit.relate.{name}").find(bundles)


def alone(bundle: Facts) -> dict[str, tuple[Claim, ...]]:
    """Return what each finder sees in one document, of those that look at one at a time."""
    names = (name for name in _FINDERS if name not in _TOGETHER)
    return {name: tuple(import_module(f"audit.relate.{name}").find((bundle,))) for name in names}
