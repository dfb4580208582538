"""Names for findings that survive edits elsewhere in the document.

A fingerprint is made of the rule, the headings, the quoted words and the figures, never of positions: text added
above or below does not make an old finding new, and a changed figure does. Findings that are alike in all of these
are told apart by their order.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from audit.findings import Finding
    from audit.model import Document

_LENGTH = 16
_QUOTED = 400  # a longer quote is a table or a list, whose other lines may change; its figures stand for it


def named(findings: Sequence[Finding], documents: Mapping[str, Document]) -> tuple[Finding, ...]:
    """Return the findings, in the same order, each with its fingerprint."""
    seen: Counter[str] = Counter()
    done: list[Finding] = []
    for finding in findings:
        words = _identity(finding, documents[finding.at.document])
        seen[words] += 1
        digest = sha256(f"{words}\x1f{seen[words]}".encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]
        done.append(replace(finding, fingerprint=digest))
    return tuple(done)


def _identity(finding: Finding, document: Document) -> str:
    claim = finding.outcome.claim
    quote = document.text[claim.start : claim.end] if claim.document == document.path else ""
    if len(quote) > _QUOTED:
        quote = ""
    return "\x1f".join(
        (
            finding.rule.name,
            *_headings(document, finding.at.start),
            " ".join(quote.split()),
            " ".join(document.text[finding.at.start : finding.at.end].split()),
            *sorted(f"{operand.role} {' '.join(operand.text.split())}" for operand in claim.operands),
        )
    )


def _headings(document: Document, offset: int) -> tuple[str, ...]:
    """Return the texts of the headings over an offset, the outermost first."""
    index = document.block_at(offset)
    if index is None:
        return ()
    found: list[str] = []
    level: int | None = None
    above = document.heading_of(index)
    while above is not None:
        block = document.blocks[above]
        if level is None or block.level < level:
            found.append(" ".join(document.text[block.start : block.end].split()))
            level = block.level
        above = document.heading_of(above)
    return tuple(reversed(found))
