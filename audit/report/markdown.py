"""The run as a comment on a pull request: a summary, then each finding with its sentence and folded arithmetic."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audit.report.escape import printable
from audit.report.ledger import Ledger, place_words, plural, summary_words
from audit.rules import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.findings import Finding, Run
    from audit.report.view import View

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~!$^@&])")
_ICONS = {Severity.ERROR: "🔴", Severity.WARNING: "🟡", Severity.NOTE: "🔵"}
_LONGEST = 60_000  # a comment on a pull request holds 65,536 characters


def render(run: Run, view: View) -> bytes:  # noqa: ARG001 - every format has one shape
    """Return a run as Markdown."""
    ledger = Ledger(run)
    counts = ledger.counts()
    open_ = ledger.open()
    title = plural(len(open_), "finding") if open_ else "no findings"
    names, numbers = zip(*counts.items(), strict=True)
    parts = [
        f"### addsup: {title}\n",
        f"| figures | {' | '.join(names)} |",
        f"|{' ---: |' * (len(names) + 1)}",
        f"| {sum(numbers):,} | {' | '.join(f'{number:,}' for number in numbers)} |\n",
    ]
    length, left = sum(len(part) for part in parts), 0
    for finding in sorted(open_, key=lambda finding: -finding.severity.rank):
        block = "\n".join(_finding(ledger, finding, several=len(run.documents) > 1)) + "\n"
        if length + len(block) > _LONGEST:
            left += 1
            continue
        length += len(block)
        parts.append(block)
    if left:
        parts.append(f"and {plural(left, 'more finding')}: see the full report.\n")
    if run.gaps:
        gaps = "\n".join(f"- {escaped(gap.stage)}: {escaped(gap.reason)}" for gap in run.gaps[:50])
        parts.append(f"<details><summary>{plural(len(run.gaps), 'gap')}</summary>\n\n{gaps}\n\n</details>\n")
    parts.append(f"{escaped(summary_words(ledger))}\n")
    return "\n".join(parts).encode("utf-8", "backslashreplace")


def _finding(ledger: Ledger, finding: Finding, *, several: bool) -> Iterator[str]:
    where = place_words(ledger.place(finding.at), with_source=several) or "document"
    quote = ledger.quote(finding.at)
    yield f"{_ICONS[finding.severity]} **{escaped(where)}**: {escaped(finding.message)}\n"
    yield f"> {escaped(quote.before)}**{escaped(quote.words)}**{escaped(quote.after)}\n"
    yield f"<details><summary>{escaped(finding.rule.name)}, {ledger.finding_id(finding)}</summary>\n"
    for step in finding.steps:
        yield f"- {escaped(step)}"
    for suggestion in finding.suggestions:
        yield f"- may be {escaped(suggestion.old)} → **{escaped(suggestion.new)}**: {escaped(suggestion.why)}"
    also = dict.fromkeys(place_words(ledger.place(span), with_source=False) for span in finding.also)
    if any(also):
        yield f"- see also {escaped('; '.join(place for place in also if place))}"
    yield "\n</details>\n"


def escaped(text: str) -> str:
    """Return a text that Markdown shows as it is: no mark-up, no HTML, no mention of a person."""
    return _MARKS.sub(r"\\\1", printable(text)).replace("\\<", "&lt;").replace("\\>", "&gt;").replace("\\@", "@\u2060")
