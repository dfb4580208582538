"""Findings as highlights with notes, appended to the author's own PDF.

The save is incremental: every byte of the file stays where it was, so that a signature over it stays valid, and the
highlights follow behind. Words are found by the boxes they were read from; a figure has a box of its own.
"""

from __future__ import annotations

import io
import logging
from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from audit.errors import AuditError
from audit.report.escape import printable
from audit.report.increment import Increment
from audit.report.notes import AUTHOR, note_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from audit.findings import Finding
    from audit.model import Anchor, Document

Box = tuple[float, float, float, float]

_COLOURS = {"error": (1.0, 0.6, 0.55), "warning": (1.0, 0.87, 0.4), "note": (0.65, 0.82, 1.0)}
_PRINTED = 4  # the flag of an annotation that is printed with its page


def annotate(data: bytes, document: Document, findings: Iterable[Finding]) -> tuple[bytes, tuple[Finding, ...]]:
    """Return a PDF with a highlight for each finding of a document, and the findings that no page shows."""
    notes = [(finding, dict(_by_page(document, finding))) for finding in findings if _is_of(document, finding)]
    placed = [(finding, pages) for finding, pages in notes if pages]
    lost = tuple(finding for finding, pages in notes if not pages)
    return (_written(data, placed) if placed else data), lost


def _is_of(document: Document, finding: Finding) -> bool:
    return finding.at.document == document.path


def _by_page(document: Document, finding: Finding) -> Iterator[tuple[int, list[Box]]]:
    """Yield the pages that show the words of a finding, each with its boxes, one per line."""
    pages: dict[int, list[Box]] = {}
    for page, box in boxes(document, finding.at.start, finding.at.end):
        lines = pages.setdefault(page, [])
        if lines and _is_same_line(lines[-1], box):
            last = lines[-1]
            lines[-1] = (last[0], min(last[1], box[1]), box[2], max(last[3], box[3]))
        else:
            lines.append(box)
    yield from pages.items()


def _is_same_line(one: Box, other: Box) -> bool:
    shared = min(one[3], other[3]) - max(one[1], other[1])
    return other[0] >= one[0] and shared > min(one[3] - one[1], other[3] - other[1]) / 2


def boxes(document: Document, start: int, end: int) -> Iterator[tuple[int, Box]]:
    """Yield page and box of each piece of a stretch of text; a part of a piece gets its share of the width."""
    anchors = document.anchors
    number = max(bisect_right(anchors, start, key=_start) - 1, 0)
    while number < len(anchors) and anchors[number].start < max(end, start + 1):
        anchor = anchors[number]
        number += 1
        last = anchors[number].start if number < len(anchors) else len(document.text)
        length = len(document.text[anchor.start : last].rstrip())
        first, after = max(start - anchor.start, 0), min(max(end, start + 1) - anchor.start, length)
        if anchor.box is not None and anchor.page and first < after:
            yield anchor.page, _part(anchor.box, first / length, after / length)


def _start(anchor: Anchor) -> int:
    return anchor.start


def _part(box: Box, first: float, last: float) -> Box:
    left, bottom, right, top = box
    if top - bottom > right - left:  # the text runs upwards, or is one character
        return box
    return (left + first * (right - left), bottom, left + last * (right - left), top)


def _written(data: bytes, notes: Sequence[tuple[Finding, dict[int, list[Box]]]]) -> bytes:
    from pypdf import PdfReader  # noqa: PLC0415 (heavy: only for this format)
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns of every oddity of a file that is only copied
    try:
        reader: Any = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise AuditError("the PDF cannot be annotated: it is encrypted; save a copy without protection")
        by_page: dict[int, list[Any]] = {}
        for finding, pages in notes:
            text = "\n".join(printable(line) for line in note_lines(finding))
            for number, (page, lines) in enumerate(pages.items()):
                shown = text if not number else ""
                by_page.setdefault(page, []).append(_highlight(finding, lines, shown, number))
        made = Increment(data, reader)
        for page, highlights in sorted(by_page.items()):
            _attach(made, reader.pages[page - 1], highlights)
        return made.file()
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as fault:
        reason = printable(str(fault))[:120] or type(fault).__name__
        raise AuditError(f"the PDF cannot be annotated: {reason}; export it again") from None


def _attach(made: Increment, page: Any, highlights: Sequence[Any]) -> None:
    """Append highlights and the list of the page's notes, or the page itself where the list stands in it."""
    from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject  # noqa: PLC0415

    home = page.indirect_reference
    held = page.raw_get("/Annots") if "/Annots" in page else ArrayObject()
    before = held.get_object() if isinstance(held, IndirectObject) else held
    before = before if isinstance(before, ArrayObject) else ArrayObject()
    notes = ArrayObject(list.__iter__(before))
    for highlight in highlights:
        highlight[NameObject("/P")] = home
        drawn = IndirectObject(*made.add(_appearance(highlight)), home.pdf)
        highlight[NameObject("/AP")] = DictionaryObject({NameObject("/N"): drawn})
        notes.append(IndirectObject(*made.add(highlight), home.pdf))
    if isinstance(held, IndirectObject) and len(before):
        made.put((held.idnum, held.generation), notes)
    else:
        page[NameObject("/Annots")] = notes
        made.put((home.idnum, home.generation), page)


def _appearance(highlight: Any) -> Any:
    """Return a highlight as it is to be drawn: its colour multiplied with the page, so that the words stay dark.

    Without it each viewer draws its own, and LibreOffice paints over the words.
    """
    from pypdf.generic import DecodedStreamObject, DictionaryObject, FloatObject, NameObject  # noqa: PLC0415

    def names(**values: Any) -> Any:
        return DictionaryObject({NameObject(f"/{key}"): value for key, value in values.items()})

    corners = [float(v) for v in highlight["/QuadPoints"]]
    bars = [
        f"{le:.3f} {bo:.3f} {ri - le:.3f} {to - bo:.3f} re"
        for le, to, ri, bo in ((*corners[i : i + 3], corners[i + 5]) for i in range(0, len(corners), 8))
    ]
    colour = " ".join(f"{float(v):.3f}" for v in highlight["/C"])
    drawn = DecodedStreamObject()
    drawn.set_data(f"/G gs {colour} rg {' '.join(bars)} f".encode("ascii"))
    state = names(Type=NameObject("/ExtGState"), BM=NameObject("/Multiply"), ca=FloatObject("0.5"))
    drawn.update(
        names(
            Type=NameObject("/XObject"),
            Subtype=NameObject("/Form"),
            BBox=highlight["/Rect"],
            Group=names(S=NameObject("/Transparency")),
            Resources=names(ExtGState=names(G=state)),
        )
    )
    return drawn


def _highlight(finding: Finding, lines: Sequence[Box], text: str, number: int) -> Any:
    from pypdf.generic import (  # noqa: PLC0415
        ArrayObject,
        DictionaryObject,
        FloatObject,
        NameObject,
        NumberObject,
        TextStringObject,
    )

    def floats(values: Iterable[float]) -> Any:
        return ArrayObject(FloatObject(f"{value:.3f}") for value in values)

    left, bottom = min(box[0] for box in lines), min(box[1] for box in lines)
    right, top = max(box[2] for box in lines), max(box[3] for box in lines)
    # Not around the box: top left, top right, bottom left, bottom right, as every viewer reads them.
    corners = [v for le, bo, ri, to in lines for v in (le, to, ri, to, le, bo, ri, bo)]
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Highlight"),
            NameObject("/Rect"): floats((left, bottom, right, top)),
            NameObject("/QuadPoints"): floats(corners),
            NameObject("/C"): floats(_COLOURS[finding.severity.value]),
            NameObject("/F"): NumberObject(_PRINTED),
            NameObject("/NM"): TextStringObject(f"addsup-{finding.fingerprint}-{number}"),
            NameObject("/T"): TextStringObject(AUTHOR),
            NameObject("/Subj"): TextStringObject(finding.rule.title),
            NameObject("/Contents"): TextStringObject(text),
        }
    )
