"""PDF into a document: pieces of text with their boxes, set to lines, columns, notes, tables and paragraphs.

pdfium gives the characters in the order they were drawn; everything a reader of the page sees (what stands beside
what, what is raised, small, bold or repeated on each page) is worked out from the boxes.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from audit.read.describe import describe
from audit.read.flow import head_of, lay
from audit.read.pdf.carried import carry
from audit.read.pdf.charts import pictures_on, take_charts
from audit.read.pdf.look import Look
from audit.read.pdf.margins import drop_margins
from audit.read.pdf.naming import title_of
from audit.read.pdf.notes import Notes
from audit.read.pdf.opened import pages_of
from audit.read.pdf.order import ordered
from audit.read.pdf.paragraphs import Joiner
from audit.read.pdf.places import PdfBuilder, Places
from audit.read.pdf.rows import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.model import Document
    from audit.read.limits import Limits
    from audit.read.pdf.page import Page, Piece
    from audit.read.prose import Prose


def read(path: str, data: bytes, limits: Limits) -> Document:
    """Return the document in the bytes of a PDF."""
    pages, title = pages_of(path, data, limits)
    drop_margins(pages)
    charts = {page.number: take_charts(page) for page in pages}
    sides = [ordered(page, page.pieces) for page in pages]
    look = Look([[x for x in items if isinstance(x, Line)] for items in sides])
    notes = Notes()
    sides = [notes.take(items, look.body_of) for items in sides]
    carry(sides)
    places = Places()

    def write(prose: Prose, page: Page, pieces: Sequence[Piece]) -> None:
        places.write(prose, page, pieces, lambda mark: notes.key(mark, page.number))

    joiner = Joiner(look, write)
    for items in sides:
        for item in items:
            if isinstance(item, Line):
                joiner.take(item)
            else:
                joiner.put(item)
    units = joiner.finish()
    texts = {}
    for note in notes.notes:
        prose = joiner.joined(note.lines)
        texts[note.key] = [prose.cut(note.cut).strip()]
    builder = PdfBuilder(path, hashlib.sha256(data).hexdigest(), places)
    lay(builder, units, texts)
    for page in pages:
        if charts[page.number]:
            builder.gap(f"page {page.number}: {charts[page.number]} labels inside a chart or drawing are left out")
        if page.aside:
            builder.gap(f"page {page.number}: {page.aside} lines that run in another direction are left out")
        elif page.unreadable:
            builder.gap(f"page {page.number}: its fonts do not say which letters they print; run OCR on it")
        elif not page.pieces and page.drawn is not None and (page.drawn.pictures or page.drawn.shapes):
            what = "picture" if page.drawn.pictures else "drawing"
            builder.gap(f"page {page.number}: a {what} without a text layer; run OCR on it")
        if page.pieces and pictures_on(page):
            builder.gap(
                f"page {page.number}: {pictures_on(page)} large picture(s) without text; figures in them are not read"
            )
    declared = {"title": title or title_of(units)}
    return builder.finish(description=describe(head_of(units), " ".join(u.prose.text for u in units), declared))
