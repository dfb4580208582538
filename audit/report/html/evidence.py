"""What the page shows of one finding: the sentence with links, the sum as a sum, related places, repairs."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from audit.claims import ClaimKind
from audit.model import Span
from audit.records import dataclass
from audit.report.escape import printable
from audit.report.html.tables import table_of
from audit.report.ledger import place_words

if TYPE_CHECKING:
    from audit.claims import Operand
    from audit.findings import Finding, Suggestion
    from audit.report.html.body import Body
    from audit.report.ledger import Ledger

_SUMS = frozenset({ClaimKind.SUM, ClaimKind.FOOTING, ClaimKind.DIFFERENCE})
_SIGNS = {"part": "+", "from": "", "less": "\u2212"}
_RELATED = 6
_ROWS = 40
_SENTENCE = 3_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a drawn sum: sign, figure as printed, what it counts, and where it stands."""

    sign: str
    text: str
    label: str
    link: str
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Another place that belongs to a finding, in its own sentence."""

    place: str
    link: str
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A finding as the page shows it; `sentence` and `related` hold escaped HTML."""

    id: str
    fingerprint: str
    severity: str
    status: str
    kind: str
    rule: str
    title: str
    why: str
    repair: str
    message: str
    source: str
    place: str
    heading: str
    link: str
    sentence: str
    rows: tuple[Row, ...]
    steps: tuple[str, ...]
    confidence: int
    reasons: tuple[str, ...]
    suggestions: tuple[Suggestion, ...]
    related: tuple[Related, ...]
    quote: str
    table: str


def evidence(ledger: Ledger, body: Body, finding: Finding) -> Evidence:
    """Return what the page shows of a finding."""
    outcome, rule = finding.outcome, finding.rule
    place = ledger.place(finding.at)
    rows = _rows(body, finding)
    table, whole = table_of(ledger, body, finding)
    near = ledger.out_of_sight(finding)
    other = [span for span in ledger.elsewhere(finding) if whole is None or not whole.holds(span)]
    also = (*near, *other)
    return Evidence(
        id=ledger.finding_id(finding),
        fingerprint=finding.fingerprint,
        severity=finding.severity.value,
        status=finding.status.value,
        kind=outcome.claim.kind.value,
        rule=rule.name,
        title=rule.title,
        why=" ".join(rule.why.split()),
        repair=" ".join(rule.repair.split()),
        message=finding.message,
        source=finding.at.document,
        place=place_words(place, with_source=False) or "document",
        heading=" ".join(place.heading.split()),
        link=body.link(finding.at),
        sentence=_sentence(ledger, body, finding.at, outcome.claim.operands),
        rows=rows,
        steps=finding.steps[1:] if rows else finding.steps,
        confidence=outcome.claim.basis.confidence,
        reasons=outcome.claim.basis.reasons or ((outcome.claim.basis.cue,) if outcome.claim.basis.cue else ()),
        suggestions=finding.suggestions,
        related=tuple(_related(ledger, body, span) for span in also[:_RELATED]),
        quote=str(ledger.quote(finding.at)),
        table=table,
    )


def _rows(body: Body, finding: Finding) -> tuple[Row, ...]:
    """Return the sum as lines: the parts, what they give, what is printed; none for a claim that is no sum."""
    outcome = finding.outcome
    claim = outcome.claim
    parts = [operand for operand in claim.operands if operand.role in _SIGNS]
    if claim.kind not in _SUMS or not 1 < len(parts) <= _ROWS:
        return ()
    rows = [_row(body, operand, _SIGNS[operand.role] if number else "") for number, operand in enumerate(parts)]
    computed = outcome.fields.get("computed", "")
    rows.append(Row(sign="=", text=computed, label="computed", link="", kind="computed"))
    rows += [
        Row(sign="", text=total.text, label="printed", link=_link(body, total), kind="stated")
        for total in claim.role("total", "stated")
    ]
    return tuple(rows)


def _row(body: Body, operand: Operand, sign: str) -> Row:
    label = operand.fact.label if operand.fact is not None else ""
    return Row(sign=sign, text=operand.text, label=label, link=_link(body, operand))


def _link(body: Body, operand: Operand) -> str:
    return body.link(Span(document=operand.document, start=operand.start, end=operand.end))


def _sentence(ledger: Ledger, body: Body, at: Span, operands: tuple[Operand, ...]) -> str:
    """Return the sentence of a span with the span marked and the other figures of the claim linked to their places."""
    from markupsafe import Markup  # noqa: PLC0415 (only for this format)

    quote = ledger.quote(at, longest=_SENTENCE)
    words = f"<mark>{_safe(quote.words)}</mark>" if quote.words.strip() else ""
    start = ledger.sentence(at)[0]
    if quote.before.startswith("… ") or quote.after.endswith(" …"):
        return Markup(f"{_safe(quote.before)}{words}{_safe(quote.after)}")  # noqa: S704 - escaped
    document = ledger.documents[at.document]
    end = max(ledger.sentence(at)[1], at.end)
    marks = sorted(
        {
            (o.start, o.end): _link(body, o)
            for o in operands
            if o.document == at.document and start <= o.start < o.end <= end
        }.items()
    )
    out: list[str] = []
    position = min(start, at.start)
    for (first, last), link in [*marks, ((end, end), "")]:
        if first < position:
            continue
        out.append(_stretch(document.text, position, first, at))
        if link:
            shown = _safe(document.text[first:last])
            tag = "mark" if (first, last) == (at.start, at.end) else "span"
            out.append(f'<a class="op" href="{escape(link)}"><{tag}>{shown}</{tag}></a>')
        position = last
    return Markup("".join(out).strip())  # noqa: S704 - escaped


def _stretch(text: str, start: int, end: int, at: Span) -> str:
    if start <= at.start < at.end <= end:
        return (
            f"{_safe(text[start : at.start])}<mark>{_safe(text[at.start : at.end])}</mark>{_safe(text[at.end : end])}"
        )
    return _safe(text[start:end])


def _related(ledger: Ledger, body: Body, span: Span) -> Related:
    from markupsafe import Markup  # noqa: PLC0415 (only for this format)

    quote = ledger.quote(span)
    several = len(ledger.documents) > 1
    return Related(
        place=place_words(ledger.place(span), with_source=several) or "document",
        link=body.link(span),
        html=Markup(f"{_safe(quote.before)}<mark>{_safe(quote.words)}</mark>{_safe(quote.after)}"),  # noqa: S704
    )


def _safe(text: str) -> str:
    return escape(printable(text))
