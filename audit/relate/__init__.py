"""From the facts of all documents to the claims they make."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.claims import Claim
    from audit.facts import Facts


def relate(bundles: Sequence[Facts]) -> Iterator[Claim]:
    """Yield every claim the documents make about their own figures."""
    yield from ()
