"""From an outcome to its finding: how bad the rule says it is, capped by how sure the evidence makes us."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audit.findings import MEANT, Finding, Verdict
from audit.model import Span
from audit.rules import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from audit.findings import Outcome, Suggestion
    from audit.model import Document

# The least confidence (0 to 100) for each severity: below the last there is no finding, only an outcome.
_LEAST = ((90, Severity.ERROR), (70, Severity.WARNING), (MEANT, Severity.NOTE))
_SPEAKS = frozenset({Verdict.CONTRADICTED, Verdict.TRUNCATION_ONLY})
_FIELD = re.compile(r"\{(\w+)\}")
_SPACE = re.compile(r"\s+")
_QUOTE = 80


def finding_of(
    outcome: Outcome, suggestions: tuple[Suggestion, ...], documents: Mapping[str, Document]
) -> Finding | None:
    """Return the finding of an outcome, or None when it holds, is undecided, unruled or too unsure to be raised."""
    severity = severity_of(outcome)
    if outcome.rule is None or severity is None:
        return None
    return Finding(
        fingerprint="",
        rule=outcome.rule,
        severity=severity,
        message=message_of(outcome, documents),
        at=outcome.at,
        outcome=outcome,
        also=_elsewhere(outcome),
        steps=outcome.steps,
        suggestions=suggestions,
    )


def severity_of(outcome: Outcome) -> Severity | None:
    """Return the rule's severity, lowered to what the confidence allows; None when nothing may be raised."""
    if outcome.rule is None or outcome.verdict not in _SPEAKS:
        return None
    confidence = outcome.claim.basis.confidence
    allowed = next((severity for least, severity in _LEAST if confidence >= least), None)
    if allowed is None:
        return None
    if outcome.verdict is Verdict.TRUNCATION_ONLY and allowed is Severity.ERROR:
        allowed = Severity.WARNING  # a cut figure is a habit of print, not a wrong number
    return min(outcome.rule.severity, allowed, key=lambda severity: severity.rank)


def message_of(outcome: Outcome, documents: Mapping[str, Document]) -> str:
    """Return the rule's message with the outcome's fields in it; a field is only ever replaced by its text."""
    fields = {"quote": words_of(outcome, documents)[:_QUOTE], **outcome.fields}
    template = outcome.rule.message if outcome.rule is not None else ""
    return _FIELD.sub(lambda match: fields.get(match[1], match[0]), template)


def words_of(outcome: Outcome, documents: Mapping[str, Document]) -> str:
    """Return the quoted words of a claim on one line."""
    claim = outcome.claim
    document = documents.get(claim.document)
    return _SPACE.sub(" ", document.text[claim.start : claim.end]).strip() if document is not None else ""


def _elsewhere(outcome: Outcome) -> tuple[Span, ...]:
    """Return the places of figures that stand outside the quoted words."""
    claim = outcome.claim
    spans = (
        Span(document=o.document, start=o.start, end=o.end)
        for o in claim.operands
        if o.document != claim.document or o.end <= claim.start or o.start >= claim.end
    )
    return tuple(dict.fromkeys(span for span in spans if span != outcome.at))
