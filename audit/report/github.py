"""The run as workflow commands: GitHub shows each finding beside its line of the changed file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.findings import Status
from audit.report.escape import printable
from audit.report.ledger import Ledger, place_words, summary_words

if TYPE_CHECKING:
    from audit.findings import Finding, Run
    from audit.report.view import View

_LEVELS = {"error": "error", "warning": "warning", "note": "notice"}


def render(run: Run, view: View) -> bytes:  # noqa: ARG001 - every format has one shape
    """Return one workflow command per open finding and unread place, then the line that counts all."""
    ledger = Ledger(run)
    lines = [_command(ledger, finding) for finding in run.findings if finding.status is Status.OPEN]
    lines += [f"::warning title=addsup {_value(gap.stage)}::{_body(gap.reason)}" for gap in run.gaps]
    lines.append(printable(summary_words(ledger)))
    return ("\n".join(lines) + "\n").encode("utf-8", "backslashreplace")


def _command(ledger: Ledger, finding: Finding) -> str:
    place = ledger.place(finding.at)
    words = place_words(place, with_source=False)
    where = {"file": place.source, "line": str(place.line or 1), "title": f"{finding.rule.name}, {words}"}
    if place.line and place.column:
        where["col"] = str(place.column)
    fields = ",".join(f"{name}={_value(value)}" for name, value in where.items())
    steps = "".join(f"\n{step}" for step in finding.steps)
    return f"::{_LEVELS[finding.severity.value]} {fields}::{_body(finding.message + steps)}"


def _body(text: str) -> str:
    lines = "\n".join(printable(line) for line in text.split("\n"))
    return lines.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _value(text: str) -> str:
    return _body(text).replace(":", "%3A").replace(",", "%2C")
