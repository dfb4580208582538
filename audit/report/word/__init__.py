"""Findings as Word comments on their exact words, in a copy of the author's own file.

Nothing of the file changes but the runs a comment begins or ends in, which are cut in two: text, formats, revisions
and comments stay as they are, and every part without a comment is copied bit by bit. Where Word knows no comments
(footnotes, text boxes) the comment stands on the call or the box and quotes the words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from audit.errors import AuditError
from audit.records import dataclass
from audit.report.notes import AUTHOR, note_lines
from audit.report.word.anchors import Target, Targets
from audit.report.word.comments import Comments
from audit.report.word.parts import Parts
from audit.report.word.runs import mark_ranges

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from audit.findings import Finding
    from audit.model import Document

_QUOTED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place in a Word file: the run as an anchor names it, and the characters of the run before the place."""

    run: str
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A comment to be written: its paragraphs, and the words it stands on from one spot to another."""

    start: Spot
    end: Spot
    text: tuple[str, ...]
    quote: str = ""
    author: str = AUTHOR
    initials: str = "as"
    date: str = ""


def remark(document: Document, start: int, end: int, text: Sequence[str]) -> Remark | None:
    """Return a comment on a stretch of a document that was read from Word, or None when it has no runs."""
    first, last = document.anchor_at(start), document.anchor_at(max(start, end - 1))
    if first is None or last is None or not first.run or not last.run:
        return None
    return Remark(
        start=Spot(run=first.run, offset=first.offset + start - first.start),
        end=Spot(run=last.run, offset=last.offset + max(start, end - 1) - last.start + 1),
        text=tuple(text),
        quote=document.text[start:end],
    )


def remarks(document: Document, findings: Iterable[Finding]) -> list[Remark]:
    """Return a comment for every finding that stands in a document: message, arithmetic, and what would repair it."""
    found: list[Remark] = []
    for finding in findings:
        if finding.at.document != document.path:
            continue
        made = remark(document, finding.at.start, finding.at.end, note_lines(finding))
        if made is not None:
            found.append(made)
    return found


def annotate(data: bytes, notes: Sequence[Remark]) -> bytes:
    """Return a Word file with comments added; the same file and the same comments give the same bytes."""
    if not notes:
        return data
    parts = Parts(data, "Word")
    try:
        targets = Targets(parts)
        comments = Comments(parts, targets.namespace)
        ranges = []
        for note in notes:
            target = targets.find((note.start.run, note.start.offset), (note.end.run, note.end.offset))
            ranges.append((target, comments.add(_lines(note, target), note.author, note.initials, note.date)))
    except etree.XMLSyntaxError:
        raise AuditError("the Word file cannot be annotated: a part of it is not XML; save it again in Word") from None
    mark_ranges(ranges, targets.namespace)
    parts.put(targets.main, targets.root)
    comments.save()
    return parts.bytes()


def _lines(note: Remark, target: Target) -> tuple[str, ...]:
    """Return the paragraphs of a comment, with the words it is about where it cannot stand on them."""
    if target.exact or not note.quote:
        return note.text
    quoted = note.quote if len(note.quote) <= _QUOTED else note.quote[: _QUOTED - 1] + "…"
    return (f"“{quoted}”", *note.text)


__all__ = ["Remark", "Spot", "annotate", "remark", "remarks"]
