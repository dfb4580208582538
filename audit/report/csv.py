"""The findings as one table, a row each, for a spreadsheet or another program."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from audit.report.escape import formula_safe
from audit.report.ledger import Ledger, place_words

if TYPE_CHECKING:
    from audit.findings import Finding, Run
    from audit.report.view import View

COLUMNS = (
    "id",
    "severity",
    "rule",
    "document",
    "place",
    "figure",
    "message",
    "quote",
    "arithmetic",
    "suggestions",
    "also",
    "confidence",
    "status",
)


def render(run: Run, view: View) -> bytes:  # noqa: ARG001 - every format has one shape
    """Return the findings of a run as CSV."""
    ledger = Ledger(run)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([formula_safe(value) for value in row(ledger, finding)] for finding in run.findings)
    return out.getvalue().encode("utf-8", "backslashreplace")


def row(ledger: Ledger, finding: Finding) -> tuple[str, ...]:
    """Return one finding as the values of `COLUMNS`."""
    also = dict.fromkeys(place_words(ledger.place(span), with_source=False) for span in finding.also)
    return (
        ledger.finding_id(finding),
        finding.severity.value,
        finding.rule.name,
        finding.at.document,
        place_words(ledger.place(finding.at), with_source=False),
        ledger.text(finding.at),
        finding.message,
        str(ledger.quote(finding.at)),
        "; ".join(finding.steps),
        "; ".join(f"{s.old} → {s.new} ({s.why})" for s in finding.suggestions),
        "; ".join(place for place in also if place),
        str(finding.outcome.claim.basis.confidence),
        finding.status.value,
    )
