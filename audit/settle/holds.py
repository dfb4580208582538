"""What a team has already looked at: findings of a baseline or under a waiver are shown, but do not fail a run.

A waiver names a finding by its fingerprint, which holds the figures: when the figure changes, it lapses. One that
matches nothing, or whose day is past, is a fault to be mended, so that no list of exceptions outlives its reason.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audit.findings import Status
from audit.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date

    from audit.findings import Finding, Run

_LEAST = 6  # characters of a fingerprint that name a finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A finding somebody answers for: by fingerprint, or by rule and lines of a document (`lines` half-open).

    `origin` is where the waiver itself stands ("waivers.toml:12"); `until` its last day.
    """

    reason: str
    origin: str
    finding: str = ""
    rule: str = ""
    document: str = ""
    lines: tuple[int, int] | None = None
    owner: str = ""
    until: date | None = None


def hold(run: Run, baseline: Collection[str], waivers: Sequence[Waiver], today: date) -> tuple[Run, tuple[str, ...]]:
    """Return the run with its known findings marked, and what is wrong with the waivers."""
    if not baseline and not waivers:
        return run, ()
    live = [waiver for waiver in waivers if waiver.until is None or waiver.until >= today]
    used: set[int] = set()
    found: list[Finding] = []
    for finding in run.findings:
        place = run_line(run, finding)
        matching = [n for n, waiver in enumerate(live) if _covers(waiver, finding, place)]
        used.update(matching)
        if matching:
            found.append(replace(finding, status=Status.WAIVED))
        elif finding.fingerprint in baseline:
            found.append(replace(finding, status=Status.BASELINED))
        else:
            found.append(finding)
    dead = [waiver for n, waiver in enumerate(live) if n not in used]
    faults = (*_past(waivers, today), *_unmatched(dead, {document.path for document in run.documents}))
    return replace(run, findings=tuple(found)), faults


def run_line(run: Run, finding: Finding) -> int:
    """Return the line a finding stands on, 0 where its format has none."""
    document = next(d for d in run.documents if d.path == finding.at.document)
    return document.place(finding.at.start, finding.at.end).line


def _covers(waiver: Waiver, finding: Finding, line: int) -> bool:
    if waiver.rule and waiver.rule not in (finding.rule.name, finding.rule.id):
        return False
    if waiver.lines is not None:
        return waiver.document == finding.at.document and waiver.lines[0] <= line < waiver.lines[1]
    return len(waiver.finding) >= _LEAST and finding.fingerprint.startswith(waiver.finding)


def _past(waivers: Sequence[Waiver], today: date) -> Iterator[str]:
    for waiver in waivers:
        if waiver.until is not None and waiver.until < today:
            yield f"{waiver.origin}: the waiver ended on {waiver.until.isoformat()}; mend the finding or renew it"


def _unmatched(dead: Sequence[Waiver], read: Collection[str]) -> Iterator[str]:
    for waiver in dead:
        if waiver.document and waiver.document not in read:
            continue  # it belongs to a document that this run did not read
        what = waiver.finding or waiver.rule or "anything"
        yield f"{waiver.origin}: the waiver of {what} matches no finding; its figure changed or was mended: remove it"
