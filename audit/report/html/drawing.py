"""The ledger as pictures: a bar of the four states, and a strip that shows where in a document they stand."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING, Any

from audit.findings import State
from audit.report.escape import printable
from audit.report.ledger import place_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from audit.model import Document
    from audit.report.ledger import Ledger

_BINS = 120
_HEIGHT = 40
_ORDER = (State.CONTRADICTED, State.UNCHECKED, State.VERIFIED, State.IGNORED)


def bar(counts: Mapping[str, int]) -> list[tuple[str, int, str]]:
    """Return (state, count, width in per cent) for the states that occur."""
    total = sum(counts.values()) or 1
    return [(name, number, f"{100 * number / total:.2f}") for name, number in counts.items() if number]


def strip(ledger: Ledger, document: Document) -> dict[str, Any]:
    """Return a document's strip: bars of its figures by state along the text, a tick for each finding."""
    from markupsafe import Markup  # noqa: PLC0415 (only for this format)

    length = max(len(document.text), 1)
    bins: list[Counter[State]] = [Counter() for _ in range(_BINS)]
    for fact in ledger.facts[document.path].facts:
        state, _ = ledger.states[document.path, fact.id]
        if state is not State.IGNORED:
            bins[min(fact.start * _BINS // length, _BINS - 1)][state] += 1
    highest = max((sum(counted.values()) for counted in bins), default=0) or 1
    rects = "".join(_column(number, counted, highest) for number, counted in enumerate(bins))
    ticks = [
        {
            "id": ledger.finding_id(finding),
            "severity": finding.severity.value,
            "left": f"{100 * finding.at.start / length:.2f}",
            "title": f"{place_words(ledger.place(finding.at), with_source=False)}: {finding.message}",
        }
        for finding in ledger.open()
        if finding.at.document == document.path
    ]
    svg = (
        f'<svg viewBox="0 0 {_BINS} {_HEIGHT}" preserveAspectRatio="none" role="img" '
        f'aria-label="Where the figures of {escape(printable(document.path))} stand">{rects}</svg>'
    )
    return {"path": document.path, "words": document.words, "svg": Markup(svg), "ticks": ticks}  # noqa: S704 - escaped


def _column(number: int, counted: Counter[State], highest: int) -> str:
    out: list[str] = []
    base = float(_HEIGHT)
    for state in _ORDER:
        if counted[state]:
            height = counted[state] / highest * _HEIGHT
            base -= height
            out.append(f'<rect class="{state.value}" x="{number}" y="{base:.1f}" width=".8" height="{height:.1f}"/>')
    return "".join(out)
