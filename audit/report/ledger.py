"""What every report needs of a run: ids, places, sentences and the ledger, computed once."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from audit.findings import State, Status
from audit.model import BlockKind, Span
from audit.records import dataclass
from audit.rules import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.claims import Claim
    from audit.facts import Facts, Sentence
    from audit.findings import Finding, Outcome, Run, States, Suggestion
    from audit.model import Document, Place

_GAPS = re.compile(r"[ \t\n\r\x0b\x0c\u2028\u2029]+")
_OTHERS = 2
_LONGEST = 600  # characters of a quote: a longer sentence is cut around the words it is quoted for


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of a document around a span: the text before it, the span's own text and the text after it."""

    before: str
    words: str
    after: str

    def __str__(self) -> str:
        return f"{self.before}{self.words}{self.after}"


class Ledger:
    """A run with its ids and look-ups."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.documents = {document.path: document for document in run.documents}
        self.sources = {document.path: f"s{n}" for n, document in enumerate(run.documents, 1)}
        self.facts = {bundle.document.path: bundle for bundle in run.facts}
        self.claims = {id(outcome): f"c{n}" for n, outcome in enumerate(run.outcomes, 1)}
        self._sentences = {path: [s.start for s in bundle.sentences] for path, bundle in self.facts.items()}

    @cached_property
    def states(self) -> States:
        """Return how each figure ended and why."""
        return self.run.states()

    def figure_id(self, document: str, fact: str) -> str:
        """Return the id of a figure, unique in the run."""
        return f"{self.sources[document]}.{fact}"

    def claim_id(self, outcome: Outcome) -> str:
        """Return the id of an outcome's claim."""
        return self.claims[id(outcome)]

    def finding_id(self, finding: Finding) -> str:
        """Return the name by which a finding is explained or waived: the head of its fingerprint."""
        return finding.fingerprint[:12]

    def place(self, span: Span) -> Place:
        """Return where a span stands."""
        return self.documents[span.document].place(span.start, span.end)

    def text(self, span: Span) -> str:
        """Return the words of a span on one line."""
        return one_line(self.documents[span.document].text[span.start : span.end])

    def quote(self, span: Span, within: Span | None = None, longest: int = _LONGEST) -> Quote:
        """Return a span in its sentence (or in given bounds), on one line and not too long."""
        document = self.documents[span.document]
        start, end = (within.start, within.end) if within is not None else self.sentence(span)
        start, end = min(start, span.start), max(end, span.end)
        room = max(0, longest - (span.end - span.start)) // 2
        cut_before, cut_after = start < span.start - room, end > span.end + room
        before = document.text[max(start, span.start - room) : span.start]
        after = document.text[span.end : min(end, span.end + room)]
        return Quote(
            before=("… " if cut_before else "") + one_line(before, strip="left"),
            words=one_line(document.text[span.start : span.end], strip=""),
            after=one_line(after, strip="right") + (" …" if cut_after else ""),
        )

    def sentence(self, span: Span) -> tuple[int, int]:
        """Return the bounds of the sentence that holds a span, or of its block, or the span itself."""
        document = self.documents[span.document]
        found = self._sentence_at(span)
        if found is not None:
            return found.start, found.end
        index = document.block_at(span.start)
        if index is None:
            return span.start, span.end
        block = document.blocks[index]
        return block.start, block.end

    def out_of_sight(self, finding: Finding) -> tuple[Span, ...]:
        """Return figures of a finding in other sentences of its paragraph, one for each sentence, at most two.

        A reader who is told that "As of April 2014" is too early must see the "since 2023" of the sentence before.
        """
        document, shown = self.documents[finding.at.document], self.sentence(finding.at)
        home = document.block_at(finding.at.start)
        found: dict[tuple[int, int], Span] = {}
        for operand in finding.outcome.claim.operands:
            span = Span(document=operand.document, start=operand.start, end=operand.end)
            if operand.document != document.path or shown[0] <= operand.start < shown[1] or home is None:
                continue
            if document.block_at(operand.start) == home and document.blocks[home].kind is not BlockKind.CELL:
                found.setdefault(self.sentence(span), span)
        return tuple(found.values())[:_OTHERS]

    def elsewhere(self, finding: Finding) -> list[Span]:
        """Return the other places of a finding that no quoted sentence shows."""
        quoted = {self.sentence(span) for span in self.out_of_sight(finding)}
        return [s for s in finding.also if s.document != finding.at.document or self.sentence(s) not in quoted]

    def _sentence_at(self, span: Span) -> Sentence | None:
        starts = self._sentences.get(span.document, [])
        index = bisect_right(starts, span.start) - 1
        if index < 0:
            return None
        sentence = self.facts[span.document].sentences[index]
        return sentence if span.start < sentence.end and span.end <= sentence.end else None

    def counts(self) -> dict[str, int]:
        """Return how many figures ended in each state."""
        counted = self.states.counts()
        return {state.value: counted[state] for state in State}

    def severities(self) -> dict[str, int]:
        """Return how many open findings there are of each severity."""
        counted = Counter(finding.severity for finding in self.open())
        return {severity.value: counted.get(severity, 0) for severity in Severity}

    def open(self) -> tuple[Finding, ...]:
        """Return the findings that count."""
        return tuple(finding for finding in self.run.findings if finding.status is Status.OPEN)

    def document_of(self, claim: Claim, suggestion: Suggestion) -> str:
        """Return the path of the document a suggestion edits."""
        for operand in claim.operands:
            if operand.start <= suggestion.start and suggestion.end <= operand.end:
                return operand.document
        return claim.document


def span_of(claim: Claim) -> Span:
    """Return the quoted words of a claim as a span."""
    return Span(document=claim.document, start=claim.start, end=claim.end)


def one_line(text: str, strip: str = "both") -> str:
    """Return a text with every run of white space as one space; no-break spaces inside figures stay."""
    folded = _GAPS.sub(" ", text)
    if strip == "both":
        return folded.strip()
    return folded.lstrip() if strip == "left" else folded.rstrip() if strip == "right" else folded


def figures_at(bundle: Facts) -> dict[tuple[int, int], str]:
    """Return the id of the fact that stands on each span."""
    return {(fact.start, fact.end): fact.id for fact in bundle.facts}


def place_words(place: Place, *, with_source: bool = True) -> str:
    """Return a place as a reader would cite it: `report.docx, paragraph 112 (f)`, `data.xlsx, Totals!B7`."""
    parts = [place.source] if with_source else []
    if place.cell:
        parts.append(f"{place.sheet}!{place.cell}" if place.sheet else f"cell {place.cell}")
    elif place.paragraph:
        parts.append(f"paragraph {place.paragraph}" if place.paragraph[:1].isdecimal() else place.paragraph)
    if place.page:
        parts.append(f"page {place.page}")
    elif place.line and not place.cell and not place.paragraph:
        parts.append(f"line {place.line}")
    return ", ".join(parts)


def summary_words(ledger: Ledger) -> str:
    """Return the line that ends every run: documents, figures by state, findings by severity."""
    counts, run = ledger.counts(), ledger.run
    states = ", ".join(f"{number:,} {name}" for name, number in counts.items())
    found = list(ledger.severities().items())
    words = _counted(found)
    parts = [
        f"{plural(len(run.documents), 'document')}, {plural(sum(counts.values()), 'figure')}: {states}",
        plural(sum(number for _, number in found), "finding") + (f" ({words})" if words else ""),
        _counted(_held(run.findings)),
        plural(len(run.gaps), "gap") if run.gaps else "",
    ]
    return "; ".join(part for part in parts if part)


def _held(findings: Sequence[Finding]) -> list[tuple[str, int]]:
    counted = Counter(finding.status for finding in findings)
    return [(status.value, counted.get(status, 0)) for status in (Status.BASELINED, Status.WAIVED)]


def _counted(numbers: Sequence[tuple[str, int]]) -> str:
    words = {"error": "errors", "warning": "warnings", "note": "notes"}
    return ", ".join(f"{n:,} {words.get(name, name) if n != 1 else name}" for name, n in numbers if n)


def plural(number: int, noun: str) -> str:
    """Return "1 figure" or "998 figures"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def line_of(document: Document, offset: int) -> tuple[int, int]:
    """Return the line and column of an offset: the anchor's, or those of the document's own text."""
    place = document.place(offset, offset)
    if place.line:
        return place.line, place.column or 1
    before = document.text.count("\n", 0, offset)
    return before + 1, offset - (document.text.rfind("\n", 0, offset) + 1) + 1
