"""The run as JUnit XML: one test case per claim, so that a CI server counts what was verified as well.

A claim with a finding that fails the run is a failure; a claim left undecided, or with a finding below that, is
skipped with its reason; a file that could not be read is an error. The format demands a time and a host: they are
constants, because the same input gives the same bytes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from audit.findings import Status
from audit.report.escape import printable
from audit.report.ledger import Ledger, place_words, summary_words

if TYPE_CHECKING:
    from audit.findings import Finding, Outcome, Run
    from audit.report.view import View

_TOKEN = re.compile(r"\s+")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def render(run: Run, view: View) -> bytes:
    """Return a run as a JUnit report with one suite per document."""
    ledger = Ledger(run)
    root = ET.Element("testsuites")
    found = {id(finding.outcome): finding for finding in run.findings}
    for document in run.documents:
        outcomes = [outcome for outcome in run.outcomes if outcome.at.document == document.path]
        suite = _suite(root, document.path)
        ET.SubElement(ET.SubElement(suite, "properties"), "property", name="sha256", value=document.digest)
        for outcome in outcomes:
            _case(suite, ledger, outcome, found.get(id(outcome)), view.fails)
        _close(suite, summary_words(ledger))
    unread = [gap for gap in run.gaps if gap.source and gap.source not in ledger.documents]
    for gap in unread:
        suite = _suite(root, gap.source)
        ET.SubElement(suite, "properties")
        case = ET.SubElement(suite, "testcase", name="can be read", classname=_token(gap.source), time="0")
        ET.SubElement(case, "error", message=_text(gap.reason), type="unreadable").text = _text(gap.reason)
        _close(suite, "")
    ET.indent(root, " ")
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _suite(root: ET.Element, name: str) -> ET.Element:
    return ET.SubElement(
        root,
        "testsuite",
        name=_token(name),
        package="addsup",
        id=str(len(root)),
        timestamp="1970-01-01T00:00:00",
        hostname="localhost",
        time="0",
    )


def _close(suite: ET.Element, words: str) -> None:
    suite.set("tests", str(len(suite.findall("testcase"))))
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(name, str(len(suite.findall(f"testcase/{tag}"))))
    ET.SubElement(suite, "system-out").text = _text(words)
    ET.SubElement(suite, "system-err")


def _case(suite: ET.Element, ledger: Ledger, outcome: Outcome, finding: Finding | None, fails: int) -> None:
    where = place_words(ledger.place(outcome.at), with_source=False)
    words = outcome.equation or ledger.text(outcome.at)[:80]
    name = f"{outcome.claim.kind.value}, {where or 'document'}: {words}"
    case = ET.SubElement(
        suite, "testcase", name=_token(name), classname=_token(f"{outcome.at.document}.{outcome.claim.kind}"), time="0"
    )
    if finding is not None:
        body = "\n".join([finding.message, str(ledger.quote(finding.at)), *finding.steps, finding.fingerprint])
        if finding.status is Status.OPEN and finding.severity.rank >= fails:
            ET.SubElement(case, "failure", message=_text(finding.message), type=finding.rule.name).text = _text(body)
        else:
            said = finding.severity.value if finding.status is Status.OPEN else finding.status.value
            ET.SubElement(case, "skipped", message=_text(f"{said}: {finding.message}")).text = _text(body)
    elif not outcome.verdict.holds:
        ET.SubElement(case, "skipped", message=_text(outcome.reason or outcome.verdict.value.replace("_", " ")))


def _text(text: str) -> str:
    return _NO_XML.sub("\ufffd", "\n".join(printable(line) for line in text.split("\n")))


def _token(text: str) -> str:
    return _TOKEN.sub(" ", _text(text)).strip() or "document"
