"""A run as a validation result of Great Expectations, with one result for each rule and document.

A rule that judged something is an expectation; its findings are the unexpected values. Great Expectations itself is
not loaded. What is undecided is neither a success nor a failure and stands in `meta`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import audit
from audit.findings import Status, Verdict
from audit.report.ledger import Ledger, place_words
from audit.report.record import SCHEMA_VERSION

if TYPE_CHECKING:
    from audit.findings import Finding, Outcome, Run
    from audit.report.view import View

_SEVERITY = {"error": "critical", "warning": "warning", "note": "info"}
_MOST = 20  # values of the partial list, as in their own results


def render(run: Run, view: View) -> bytes:
    """Return the run as JSON."""
    del view
    return (json.dumps(result(run), ensure_ascii=False, indent=2) + "\n").encode()


def result(run: Run) -> dict[str, Any]:
    """Return the run as the dictionary that Great Expectations reads."""
    ledger = Ledger(run)
    groups: dict[tuple[str, str], list[Outcome]] = {}
    for outcome in run.outcomes:
        if outcome.rule is not None:
            groups.setdefault((outcome.rule.name, outcome.claim.document), []).append(outcome)
    found: dict[tuple[str, str], list[Finding]] = {}
    for finding in run.findings:
        key = (finding.rule.name, finding.outcome.claim.document)
        found.setdefault(key, []).append(finding)
        groups.setdefault(key, [])
    results = [_result(key, groups[key], found.get(key, []), ledger) for key in sorted(groups)]
    passed = sum(each["success"] for each in results)
    return {
        "success": passed == len(results),
        "results": results,
        "suite_name": "addsup",
        "suite_parameters": {},
        "statistics": {
            "evaluated_expectations": len(results),
            "successful_expectations": passed,
            "unsuccessful_expectations": len(results) - passed,
            "success_percent": 100.0 * passed / len(results) if results else None,
        },
        "meta": {
            "addsup": {
                "version": audit.__version__,
                "schema_version": SCHEMA_VERSION,
                "sources": {document.path: document.digest for document in run.documents},
                "figures": ledger.counts(),
                "gaps": [gap.reason for gap in run.gaps],
            }
        },
        "id": None,
    }


def _result(key: tuple[str, str], outcomes: list[Outcome], findings: list[Finding], ledger: Ledger) -> dict[str, Any]:
    name, document = key
    held = [finding for finding in findings if finding.status is Status.OPEN]
    rule = findings[0].rule if findings else outcomes[0].rule
    severity = _SEVERITY[rule.severity.value] if rule is not None else "critical"
    # A relation that failed may be told by the finding of another rule on the same figure: it is no success either.
    places = {finding.at for finding in ledger.open()}
    merged = any(o.verdict is Verdict.CONTRADICTED and o.at in places for o in outcomes)
    undecided = sum(not o.verdict.holds for o in outcomes) - len(findings)
    return {
        "success": not held and not merged,
        "expectation_config": {
            "type": f"addsup_{name.replace('/', '_').replace('-', '_')}",
            "kwargs": {"document": document},
            "meta": {"rule": name, "title": rule.title if rule is not None else name},
            "severity": severity,
        },
        "result": {
            "element_count": max(len(outcomes), len(held)),
            "unexpected_count": len(held),
            "unexpected_percent": 100.0 * len(held) / max(len(outcomes), len(held), 1),
            "partial_unexpected_list": [ledger.text(finding.at) for finding in held[:_MOST]],
            "unexpected_list": [ledger.text(finding.at) for finding in held],
            "unexpected_index_list": [place_words(ledger.place(f.at), with_source=False) for f in held],
            "details": {
                "findings": [
                    {
                        "message": f.message,
                        "fingerprint": f.fingerprint,
                        "severity": f.severity.value,
                        "steps": [*f.steps],
                    }
                    for f in held
                ]
            },
        },
        "meta": {"undecided": max(0, undecided)},
        "exception_info": {"raised_exception": False, "exception_traceback": None, "exception_message": None},
    }
