"""The run as SARIF 2.1.0, for code scanning and editors.

A format with lines gets a region with lines and columns; one without (Word, PDF) gets character offsets into its text
and a logical location a reader can find (`paragraph 112 (f)`). Fingerprints hold no position.
"""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import audit
from audit.findings import Status
from audit.report.ledger import Ledger, place_words, summary_words

if TYPE_CHECKING:
    from audit.findings import Finding, Run, Suggestion
    from audit.model import Document, Gap, Span
    from audit.report.view import View
    from audit.rules import Rule

Node = dict[str, Any]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
# Formats whose text a SARIF reader can show by line.
_LINED = frozenset({"text", "markdown", "html", "csv", "tsv"})


def render(run: Run, view: View) -> bytes:
    """Return a run as a SARIF log."""
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_Log(run, is_compared=view.compared).node()]}
    return (json.dumps(log, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


class _Log:
    def __init__(self, run: Run, *, is_compared: bool = False) -> None:
        self.run, self.ledger, self.is_compared = run, Ledger(run), is_compared
        self.rules = {rule.name: rule for rule in sorted(run.rules, key=lambda rule: rule.name)}
        for finding in run.findings:
            self.rules.setdefault(finding.rule.name, finding.rule)
        self.index = {name: number for number, name in enumerate(self.rules)}
        self.artifacts = {document.path: number for number, document in enumerate(run.documents)}

    def node(self) -> Node:
        driver = {
            "name": "addsup",
            "version": audit.__version__,
            "rules": [_rule(rule) for rule in self.rules.values()],
        }
        unread = [gap for gap in self.run.gaps if gap.source and gap.source not in self.artifacts]
        return {
            "tool": {"driver": driver},
            "columnKind": "unicodeCodePoints",
            "artifacts": [_artifact(document) for document in self.run.documents],
            "results": [self.result(finding) for finding in self.run.findings],
            "invocations": [
                {
                    "executionSuccessful": not unread,
                    "toolExecutionNotifications": [self.notification(gap) for gap in self.run.gaps],
                }
            ],
            "properties": {"summary": summary_words(self.ledger), **self.ledger.counts()},
        }

    def result(self, finding: Finding) -> Node:
        steps = "".join(f"\n{step}" for step in finding.steps)
        node: Node = {
            "ruleId": finding.rule.name,
            "ruleIndex": self.index[finding.rule.name],
            "level": finding.severity.value,
            "message": {"text": _plain(finding.message + steps)},
            "locations": [self.location(finding.at, snippet=True)],
            "partialFingerprints": {"addsup/v1": finding.fingerprint},
            "properties": {
                "confidence": finding.outcome.claim.basis.confidence,
                "verdict": finding.outcome.verdict.value,
                "equation": finding.outcome.equation,
            },
        }
        if finding.also:
            node["relatedLocations"] = [
                {"id": number, "message": {"text": _plain(self.ledger.text(span)[:200])}, **self.location(span)}
                for number, span in enumerate(finding.also, 1)
            ]
        fixes = [fix for suggestion in finding.suggestions if (fix := self.fix(finding, suggestion)) is not None]
        if fixes:
            node["fixes"] = fixes
        if self.is_compared:  # what a team has accepted is not new to it
            node["baselineState"] = "new" if finding.status is Status.OPEN else "unchanged"
        if finding.status is not Status.OPEN:
            node["suppressions"] = [{"kind": "external", "status": "accepted", "justification": finding.status.value}]
        return node

    def location(self, span: Span, *, snippet: bool = False) -> Node:
        place = self.ledger.place(span)
        physical: Node = {"artifactLocation": {"uri": _uri(span.document), "index": self.artifacts[span.document]}}
        region = self.region(span)
        if snippet and region:
            region["snippet"] = {"text": self.ledger.documents[span.document].text[span.start : span.end]}
        if region:
            physical["region"] = region
        node: Node = {"physicalLocation": physical}
        name = place_words(place, with_source=False)
        if name and (place.paragraph or place.cell or place.page):
            kind = "cell" if place.cell else "paragraph" if place.paragraph else "page"
            full = f"{' '.join(place.heading.split())}/{name}" if place.heading else name
            node["logicalLocations"] = [{"name": name, "fullyQualifiedName": full, "kind": kind}]
        return node

    def region(self, span: Span) -> Node:
        document = self.ledger.documents[span.document]
        first = document.place(span.start, span.start)
        if document.format in _LINED and first.line:
            region = {"startLine": first.line, "startColumn": max(first.column, 1)}
            last = document.place(max(span.end - 1, span.start), span.end)
            if span.end > span.start and last.line >= first.line:
                region |= {"endLine": last.line, "endColumn": max(last.column, 0) + 1}
            return region
        return {"charOffset": span.start, "charLength": span.end - span.start}

    def fix(self, finding: Finding, suggestion: Suggestion) -> Node | None:
        path = self.ledger.document_of(finding.outcome.claim, suggestion)
        document = self.ledger.documents[path]
        first = document.place(suggestion.start, suggestion.end)
        if document.format not in _LINED or not first.line:
            return None
        column = max(first.column, 1)
        region = {"startLine": first.line, "startColumn": column, "endColumn": column + len(suggestion.old)}
        replacement = {"deletedRegion": region, "insertedContent": {"text": suggestion.new}}
        return {
            "description": {"text": _plain(f"{suggestion.old} to {suggestion.new}: {suggestion.why}")},
            "artifactChanges": [{"artifactLocation": {"uri": _uri(path)}, "replacements": [replacement]}],
        }

    def notification(self, gap: Gap) -> Node:
        node: Node = {
            "level": "warning",
            "message": {"text": _plain(f"{gap.stage}: {gap.reason}")},
        }
        if gap.span is not None and gap.span.document in self.artifacts:
            node["locations"] = [self.location(gap.span)]
        return node


def _rule(rule: Rule) -> Node:
    node: Node = {
        "id": rule.name,
        "shortDescription": {"text": rule.title},
        "defaultConfiguration": {"level": rule.severity.value},
        "properties": {"tags": [rule.pack, rule.claim.value], "since": rule.since},
    }
    if rule.why.strip():
        node["fullDescription"] = {"text": " ".join(rule.why.split())}
    help_ = "\n\n".join(" ".join(text.split()) for text in (rule.repair, rule.limits) if text.strip())
    if help_:
        node["help"] = {"text": help_}
    return node


def _artifact(document: Document) -> Node:
    return {
        "location": {"uri": _uri(document.path)},
        "hashes": {"sha-256": document.digest},
    }


def _uri(path: str) -> str:
    """Return a path as a relative reference, or as a file address when it is absolute."""
    plain = PurePath(path)
    address = quote(plain.as_posix(), safe="/", errors="surrogatepass")
    return f"file://{address}" if plain.is_absolute() else address


def _plain(text: str) -> str:
    """Return a message without the two marks SARIF gives a meaning: links and placeholders."""
    return text.replace("](", "] (").replace("{", "(").replace("}", ")") if "](" in text or "{" in text else text
