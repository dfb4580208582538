"""The run as a GitLab code quality report: findings in the merge request, compared by fingerprint."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from audit.findings import Status
from audit.report.ledger import Ledger, place_words

if TYPE_CHECKING:
    from audit.findings import Finding, Run
    from audit.report.view import View

_SEVERITIES = {"error": "critical", "warning": "minor", "note": "info"}


def render(run: Run, view: View) -> bytes:  # noqa: ARG001 - every format has one shape
    """Return the open findings of a run as GitLab reads them."""
    ledger = Ledger(run)
    found = [_entry(ledger, finding) for finding in run.findings if finding.status is Status.OPEN]
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


def _entry(ledger: Ledger, finding: Finding) -> dict[str, object]:
    place = ledger.place(finding.at)
    words = place_words(place, with_source=False)
    return {
        "description": f"{finding.message} ({words})" if words else finding.message,
        "check_name": finding.rule.name,
        "fingerprint": finding.fingerprint,
        "severity": _SEVERITIES[finding.severity.value],
        "location": {"path": place.source.removeprefix("./"), "lines": {"begin": place.line or 1}},
    }
