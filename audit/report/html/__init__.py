"""The run as one page for a reviewer: findings with their evidence, decisions, the text with every figure marked.

The page holds its own style and script and loads nothing: a content policy with the hash of the script forbids any
other, so that not even a fault in the escaping could run a word of a document.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import audit
from audit.findings import State
from audit.report.escape import printable
from audit.report.html.body import Body
from audit.report.html.drawing import bar, strip
from audit.report.html.evidence import evidence
from audit.report.ledger import Ledger, place_words, summary_words

if TYPE_CHECKING:
    from audit.findings import Outcome, Run
    from audit.report.view import View

_FOLDER = Path(__file__).parent
_VERIFIED_SHOWN = 2_000


def render(run: Run, view: View) -> bytes:  # noqa: ARG001 - every format has one shape
    """Return a run as one self-contained HTML page."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 (only for this format)
    from markupsafe import Markup  # noqa: PLC0415

    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["safe_text"] = printable
    script = (_FOLDER / "script.js").read_text(encoding="utf-8")
    digest = b64encode(sha256(script.encode()).digest()).decode()
    page = environment.get_template("page.html.j2").render(
        **_content(run),
        style=Markup((_FOLDER / "style.css").read_text(encoding="utf-8")),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        policy=f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; img-src data:",
    )
    return page.encode("utf-8", "backslashreplace")


def _content(run: Run) -> dict[str, Any]:
    ledger = Ledger(run)
    body = Body(ledger)
    counts = ledger.counts()
    found = sorted(run.findings, key=lambda finding: -finding.severity.rank)
    held = [outcome for outcome in run.outcomes if outcome.verdict.holds]
    return {
        "version": audit.__version__,
        "title": _title(run),
        "summary": summary_words(ledger),
        "severities": ledger.severities(),
        "counts": counts,
        "total": sum(counts.values()),
        "bar": bar(counts),
        "strips": [strip(ledger, document) for document in run.documents],
        "documents": run.documents,
        "findings": [evidence(ledger, body, finding) for finding in found],
        "kinds": sorted({finding.outcome.claim.kind.value for finding in found}),
        "verified": [_verified(ledger, body, outcome) for outcome in held[:_VERIFIED_SHOWN]],
        "verified_left": max(0, len(held) - _VERIFIED_SHOWN),
        "reasons": _reasons(ledger),
        "gaps": [(gap.stage, _gap_place(ledger, gap), gap.reason) for gap in run.gaps],
        "texts": [body.document(document) for document in run.documents],
        "claims": _script_data(_claims(ledger)),
        "sources": _script_data([{"path": d.path, "sha256": d.digest} for d in run.documents]),
    }


def _title(run: Run) -> str:
    first = run.documents[0] if run.documents else None
    if first is None or len(run.documents) > 1:
        return f"{len(run.documents)} documents"
    return first.title or first.path


def _verified(ledger: Ledger, body: Body, outcome: Outcome) -> dict[str, str]:
    return {
        "kind": outcome.claim.kind.value,
        "place": place_words(ledger.place(outcome.at), with_source=len(ledger.documents) > 1) or "document",
        "link": body.link(outcome.at),
        "equation": outcome.equation or ledger.text(outcome.at),
        "note": outcome.grade.replace("_", " "),
    }


def _reasons(ledger: Ledger) -> list[tuple[str, str, int]]:
    counted = Counter((state, reason) for state, reason in ledger.states.values())
    rows = [(state.value, reason, number) for (state, reason), number in counted.items()]
    shown = (State.UNCHECKED.value, State.IGNORED.value)
    return sorted(
        (row for row in rows if row[0] in shown), key=lambda row: (-shown.index(row[0]), row[2]), reverse=True
    )


def _gap_place(ledger: Ledger, gap: Any) -> str:
    return place_words(ledger.place(gap.span)) if gap.span is not None else gap.source


def _claims(ledger: Ledger) -> dict[str, list[Any]]:
    """Return, for the panel that explains a figure: kind, verdict, equation and the figures of each claim."""
    return {
        ledger.claim_id(outcome): [
            outcome.claim.kind.value,
            outcome.verdict.value.replace("_", " "),
            printable(outcome.equation or outcome.reason),
            [ledger.figure_id(o.document, o.fact.id) for o in outcome.claim.operands if o.fact is not None],
        ]
        for outcome in ledger.run.outcomes
    }


def _script_data(value: object) -> Any:
    """Return data for a script element of type JSON; no character in it can end the element."""
    from markupsafe import Markup  # noqa: PLC0415

    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704 - escaped
