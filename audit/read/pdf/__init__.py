"""PDF into a document: pieces of text with their boxes, set to lines, columns, notes, tables and paragraphs.

pdfium gives the characters in the order they were drawn; everything a reader of the page sees (what stands beside
what, what is raised, small, bold or repeated on each page) is worked out from the boxes.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from audit.read.describe import describe
from audit.read.flow import head_of, lay
from audit.read.pdf.look import Look
from audit.read.pdf.margins import drop_margins
from audit.read.pdf.notes import Notes
from audit.read.pdf.opened import pages_of
from audit.read.pdf.paragraphs import Joiner
from audit.read.pdf.places import PdfBuilder, Places
from audit.read.pdf.rows import ordered

if TYPE_CHECKING:
    from audit.model import Document
    from audit.read.limits import Limits
    from audit.read.pdf.rows import Line
    from audit.read.prose import Prose


def read(path: str, data: bytes, limits: Limits) -> Document:
    """Return the document in the bytes of a PDF."""
    pages = pages_of(path, data, limits)
    drop_margins(pages)
    sides = [ordered(page, page.pieces) for page in pages]
    look = Look(sides)
    notes = Notes()
    sides = [notes.take(lines, look.body) for lines in sides]
    places = Places()

    def prose_of(line: Line) -> Prose:
        return places.prose(line.page, line.pieces, lambda mark: notes.key(mark, line.page.number))

    joiner = Joiner(look, prose_of)
    for lines in sides:
        for line in lines:
            joiner.take(line)
    units = joiner.finish()
    texts = {}
    for note in notes.notes:
        prose = joiner.joined(note.lines)
        texts[note.key] = [prose.cut(note.cut).strip()]
    builder = PdfBuilder(path, hashlib.sha256(data).hexdigest(), places)
    lay(builder, units, texts)
    for page in pages:
        if page.aside:
            builder.gap(f"page {page.number}: {page.aside} lines that run in another direction are left out")
        elif not page.pieces and page.pictures:
            builder.gap(f"page {page.number}: a picture without a text layer; run OCR on it")
    return builder.finish(description=describe(head_of(units), " ".join(u.prose.text for u in units)))
