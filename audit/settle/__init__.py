"""From outcomes to a run: duplicates merged, severities capped by the evidence, findings named and put in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.findings import Run
from audit.settle.causes import one_per_cause
from audit.settle.duplicates import distinct
from audit.settle.grade import finding_of
from audit.settle.holds import Waiver, hold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from audit.facts import Facts
    from audit.findings import Outcome, Suggestion
    from audit.model import Document, Gap
    from audit.rules import Rule

__all__ = ["Waiver", "distinct", "hold", "settle"]


def settle(
    *,
    documents: Sequence[Document],
    facts: Sequence[Facts],
    rules: Sequence[Rule],
    outcomes: Sequence[Outcome],
    gaps: Sequence[Gap] = (),
    suggestions: Mapping[int, tuple[Suggestion, ...]] | None = None,
) -> Run:
    """Return the run of outcomes that are distinct already; `suggestions` are keyed by the index of an outcome."""
    offered = suggestions or {}
    texts = {document.path: document for document in documents}
    found = [
        finding
        for index, outcome in enumerate(outcomes)
        if (finding := finding_of(outcome, offered.get(index, ()), texts)) is not None
    ]
    return Run(
        documents=tuple(documents),
        facts=tuple(facts),
        rules=tuple(rules),
        outcomes=tuple(outcomes),
        findings=one_per_cause(found, texts),
        gaps=(*gaps, *(gap for document in documents for gap in document.gaps)),
    )
