"""From a claim and the rules to outcomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.claims import Claim
    from audit.findings import Outcome
    from audit.rules import Rule


def judge(claim: Claim, rules: Sequence[Rule]) -> Iterator[Outcome]:
    """Yield the outcome of a claim under each rule that covers it (one without a rule when none does)."""
    yield from ()
