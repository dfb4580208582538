"""One cause, one finding; and the order and the names findings have in every report.

Relations that fail on the same printed figure (its row and its column, its sentence and its table) have one cause
as a rule: that figure. They become one finding, the surest, which carries the steps and places of the others.
What a statement declares of a figure takes in what else was found on it, and a figure that is no number is the cause
of the sums that fail with it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audit.claims import ClaimKind
from audit.model import Span
from audit.settle.fingerprints import named

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Mapping, Sequence

    from audit.findings import Finding
    from audit.model import Document

_ARITHMETIC = frozenset(
    {ClaimKind.SUM, ClaimKind.DIFFERENCE, ClaimKind.FOOTING, ClaimKind.SHARE, ClaimKind.SUBSET, ClaimKind.AVERAGE}
)


def one_per_cause(findings: Sequence[Finding], documents: Mapping[str, Document]) -> tuple[Finding, ...]:
    """Return the findings with one per cause, in the order of the text, each with its fingerprint."""
    groups: dict[Hashable, list[Finding]] = {}
    declared = {finding.at for finding in findings if "statement" in finding.outcome.claim.detail}
    malformed = {finding.at for finding in findings if finding.outcome.claim.form == "malformed"}
    certain = declared | malformed
    for finding in findings:
        cause = finding.at if finding.at in certain else _spoiled(finding, malformed) or _cause(finding)
        groups.setdefault(cause, []).append(finding)
    merged = [_merged(group) for group in groups.values()]
    return named(sorted(merged, key=_order), documents)


def _spoiled(finding: Finding, malformed: Collection[Span]) -> Span | None:
    """Return the figure that is no number among those of a relation that fails."""
    claim = finding.outcome.claim
    if not malformed or claim.kind not in _ARITHMETIC:
        return None
    spans = (Span(document=o.document, start=o.start, end=o.end) for o in claim.operands)
    return next((span for span in spans if span in malformed), None)


def _cause(finding: Finding) -> Hashable:
    claim = finding.outcome.claim
    if claim.kind in _ARITHMETIC and finding.at.end > finding.at.start:
        return finding.at
    return finding.at, finding.rule.name, finding.message


def _merged(group: Sequence[Finding]) -> Finding:
    first, *others = sorted(group, key=lambda f: (-f.severity.rank, -f.outcome.claim.basis.confidence, _order(f)))
    if not others:
        return first
    places = [*first.also]
    steps = [*first.steps]
    for other in others:
        claim = other.outcome.claim
        own = Span(document=claim.document, start=claim.start, end=claim.end)
        places += [own, *other.also]
        if other.outcome.equation and other.outcome.equation != first.outcome.equation:
            steps.append(f"also: {other.outcome.equation}")
    here = Span(document=first.outcome.claim.document, start=first.outcome.claim.start, end=first.outcome.claim.end)
    also = tuple(dict.fromkeys(span for span in places if span not in (here, first.at)))
    offers = (*first.suggestions, *(offer for other in others for offer in other.suggestions))
    return replace(first, also=also, steps=tuple(dict.fromkeys(steps)), suggestions=tuple(dict.fromkeys(offers)))


def _order(finding: Finding) -> tuple[object, ...]:
    claim = finding.outcome.claim
    at = finding.at
    return (at.document, at.start, at.end, -finding.severity.rank, finding.rule.name, finding.message, claim.start)
