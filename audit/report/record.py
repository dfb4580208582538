"""A run as plain data: the contract that tests, tools and other programs read (`--format json`).

Values are decimal strings in full units ("16900" for "16.9 thousand"); percentages stay as printed ("82.4").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import audit
from audit.claims import TAKEN_OFF
from audit.facts import Fact, Period, Reference
from audit.quantity import Measure, Quantity, decimal_text
from audit.report.ledger import Ledger, figures_at, one_line, span_of

if TYPE_CHECKING:
    from fractions import Fraction

    from audit.claims import Operand
    from audit.findings import Finding, Outcome, Run, Suggestion
    from audit.model import Document, Gap, Span

Record = dict[str, Any]

SCHEMA_VERSION = "1"
_UNITS = {Measure.PERCENT: "%", Measure.POINTS: "percentage points"}


def record(run: Run) -> Record:
    """Return a run as dictionaries, lists, strings, whole numbers and booleans."""
    writer = _Writer(run)
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "addsup", "version": audit.__version__},
        "sources": [writer.source(document) for document in run.documents],
        "figures": [writer.figure(bundle.document, fact) for bundle in run.facts for fact in bundle.facts],
        "claims": [writer.claim(outcome) for outcome in run.outcomes],
        "findings": [writer.finding(finding) for finding in run.findings],
        "gaps": [writer.gap(gap) for gap in run.gaps],
        "summary": writer.summary(),
    }


class _Writer:
    def __init__(self, run: Run) -> None:
        self.run = run
        self.ledger = Ledger(run)
        self.at = {bundle.document.path: figures_at(bundle) for bundle in run.facts}
        self.headings: dict[str, str] = {"": ""}
        self.places: dict[tuple[str, int | None, int], Record] = {}

    def source(self, document: Document) -> Record:
        return {
            "id": self.ledger.sources[document.path],
            "path": document.path,
            "sha256": document.digest,
            "format": document.format,
            "language": document.language,
            "title": document.title,
            "symbol": document.symbol,
            "date": document.date,
            "words": document.words,
        }

    def place(self, document: str, start: int, end: int) -> Record:
        found = self.ledger.documents[document]
        key = (document, found.block_at(start), id(found.anchor_at(start)))
        known = self.places.get(key)  # a block has many figures
        if known is None:
            known = self.places[key] = self._place(document, start, end)
        return {**known, "start": start, "end": end}

    def _place(self, document: str, start: int, end: int) -> Record:
        place = self.ledger.documents[document].place(start, end)
        heading = self.headings.get(place.heading)  # a section has one heading and many blocks
        if heading is None:
            heading = self.headings[place.heading] = one_line(place.heading)
        return {
            "source": self.ledger.sources[document],
            "paragraph": place.paragraph,
            "page": place.page,
            "heading": heading,
            "sheet": place.sheet,
            "cell": place.cell,
            "block": place.block,
        }

    def span(self, span: Span) -> Record:
        return self.place(span.document, span.start, span.end)

    def figure(self, document: Document, fact: Fact) -> Record:
        state, reason = self.ledger.states[document.path, fact.id]
        return {
            "id": self.ledger.figure_id(document.path, fact.id),
            "source": self.ledger.sources[document.path],
            "text": fact.text,
            "kind": str(fact.kind),
            **_value(fact),
            "label": fact.label,
            "place": self.place(document.path, fact.start, fact.end),
            "state": str(state),
            "reason": reason,
        }

    def operand(self, operand: Operand, *, taken_off: bool = False) -> Record:
        """Return an operand; of "Offsets (111,702)" the amount that is taken off, not a part below nought."""
        fact, value = operand.fact, operand.value
        if taken_off and value is not None:
            value = -value
        return {
            "role": "less" if taken_off else operand.role,
            "figure": self.ledger.figure_id(operand.document, fact.id) if fact is not None else None,
            "text": operand.text,
            "value": None if value is None else decimal_text(value),
            "place": self.place(operand.document, operand.start, operand.end),
        }

    def claim(self, outcome: Outcome) -> Record:
        claim = outcome.claim
        taken = claim.detail.get(TAKEN_OFF, "").split()
        return {
            "id": self.ledger.claim_id(outcome),
            "source": self.ledger.sources[claim.document],
            "kind": claim.kind.value,
            "form": claim.form,
            "place": self.span(outcome.at),
            "quote": str(self.ledger.quote(outcome.at, span_of(claim))),
            "operands": [self.operand(o, taken_off=str(i) in taken) for i, o in enumerate(claim.operands)],
            "equation": outcome.equation,
            "verdict": outcome.verdict.value,
            "class": outcome.grade,
            "gap": _exact(outcome.gap),
            "allowance": _exact(outcome.allowance),
            "basis": {
                "cue": claim.basis.cue,
                "exhaustive": claim.basis.exhaustive,
                "reasons": list(claim.basis.reasons),
            },
            "confidence": claim.basis.confidence,
            "rule": outcome.rule.name if outcome.rule is not None else None,
            "reason": outcome.reason,
        }

    def finding(self, finding: Finding) -> Record:
        claim = finding.outcome.claim
        return {
            "id": self.ledger.finding_id(finding),
            "fingerprint": finding.fingerprint,
            "rule": finding.rule.name,
            "severity": finding.severity.value,
            "title": finding.rule.title,
            "message": finding.message,
            "claim": self.ledger.claim_id(finding.outcome),
            "place": self.span(finding.at),
            "quote": str(self.ledger.quote(finding.at, span_of(claim))),
            "also": [self.span(span) for span in finding.also],
            "steps": list(finding.steps),
            "suggestions": [self.suggestion(finding, suggestion) for suggestion in finding.suggestions],
            "status": finding.status.value,
        }

    def suggestion(self, finding: Finding, suggestion: Suggestion) -> Record:
        document = self.ledger.document_of(finding.outcome.claim, suggestion)
        fact = self.at[document].get((suggestion.start, suggestion.end))
        return {
            "figure": self.ledger.figure_id(document, fact) if fact else None,
            "from": suggestion.old,
            "to": suggestion.new,
            "why": suggestion.why,
            "place": self.place(document, suggestion.start, suggestion.end),
        }

    def gap(self, gap: Gap) -> Record:
        return {
            "stage": gap.stage,
            "place": self.span(gap.span) if gap.span is not None else None,
            "source": gap.source or (gap.span.document if gap.span is not None else ""),
            "reason": gap.reason,
        }

    def summary(self) -> Record:
        counts = self.ledger.counts()
        held = [finding.status.value for finding in self.run.findings]
        return {
            "documents": len(self.run.documents),
            "figures": sum(counts.values()),
            **counts,
            "claims": len(self.run.outcomes),
            "findings": len(self.ledger.open()),
            "by_severity": self.ledger.severities(),
            "baselined": held.count("baselined"),
            "waived": held.count("waived"),
            "gaps": len(self.run.gaps),
        }


def _value(fact: Fact) -> Record:
    value = fact.value
    if isinstance(value, Quantity):
        interval = value.interval
        unit = value.unit or _UNITS.get(value.measure, "")
        return {
            "value": decimal_text(value.value),
            "low": _exact(interval.low),
            "high": _exact(interval.high),
            "unit": unit,
        }
    if isinstance(value, Period):
        first, last = value.first.isoformat(), None if value.open else value.last.isoformat()
        return {"value": _printed(value), "low": first, "high": last, "unit": ""}
    if isinstance(value, Reference):
        numbers = f"{value.first}-{value.last}" if value.last else value.first
        return {"value": f"{value.target} {numbers}".strip(), "low": None, "high": None, "unit": ""}
    return {"value": None, "low": None, "high": None, "unit": ""}


def _printed(period: Period) -> str:
    """Return a period as an ISO date cut to its printed precision, or as two joined by a slash."""
    width = {"year": 4, "month": 7}.get(period.precision, 10)
    first, last = period.first.isoformat()[:width], period.last.isoformat()[:width]
    if period.open:
        return f"{first}/.."
    return first if first == last else f"{first}/{last}"


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else decimal_text(value)
