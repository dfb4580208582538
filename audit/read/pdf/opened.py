"""From the bytes of a PDF to its pages, or one plain refusal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from audit.errors import ReadError
from audit.read.flow import is_caption
from audit.read.pdf.drawn import drawn_on
from audit.read.pdf.glyphs import Glyphs
from audit.read.pdf.page import Page
from audit.read.pdf.words import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.read.limits import Limits
    from audit.read.pdf.page import Piece

_HEAD, _TAIL = 1024, 4096
_PASSWORD = 4
_MARK_LENGTH = 5
# What comes of fonts without a map to letters: control characters, private ones, none at all.
_UNREADABLE = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]")
_FEW, _GARBLED = 20, 0.2
_LITTLE = 200  # characters of a page that is a map or a chart under a running header
_FOOTERS = 1  # a page number beside the number of the report
_LEFT_OVER = re.compile(
    r"^(?:Microsoft |untitled|document\b|print|slide)|\.(?:docx?|pdf|indd|xlsx?|pptx?|rtf|rpt|html?|tmp)$", re.I
)


def pages_of(path: str, data: bytes, limits: Limits) -> tuple[list[Page], str]:
    """Return the pages of a PDF and the title it declares, or raise `ReadError` when they cannot be read."""
    import pypdfium2  # noqa: PLC0415 only documents in PDF pay for it

    if not data.strip():
        raise ReadError(f"{path}: the file is empty; name a file with text or data")
    if b"%PDF-" not in data[:_HEAD]:
        raise ReadError(f"{path}: not a PDF file, or a damaged one; export it again")
    if _is_cut(data):
        raise ReadError(f"{path}: the file is cut off, its end is missing; get the whole file again")
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        if getattr(fault, "err_code", 0) == _PASSWORD or "password" in str(fault).lower():
            raise ReadError(f"{path}: it is password-protected; save an unprotected copy") from None
        raise ReadError(f"{path}: not a PDF file, or a damaged one; export it again") from None
    try:
        count = len(document)
        if count > limits.max_pages:
            raise ReadError(
                f"{path}: {count:,} pages, more than the limit of {limits.max_pages:,}; split it or raise max_pages"
            )
        pages = [_page(document, number) for number in range(count)]
        title = _title(document.get_metadata_value("Title"))
    except pypdfium2.PdfiumError:
        raise ReadError(f"{path}: a page of it cannot be loaded, the file is damaged; export it again") from None
    finally:
        document.close()
    if not any(page.pieces or page.aside for page in pages):
        if any(page.unreadable for page in pages):
            raise ReadError(f"{path}: its fonts do not say which letters they print: run OCR first")
        raise ReadError(f"{path}: no text layer: run OCR first")
    return pages, title


def _title(declared: str) -> str:
    """Return a declared title, unless it is what a program left there: a file name, "untitled", one word."""
    title = " ".join(declared.split())
    return "" if " " not in title or _LEFT_OVER.search(title) else title


def _page(document: Any, number: int) -> Page:
    page = document[number]
    try:
        text_page = page.get_textpage()
        try:
            return page_of(number + 1, page, text_page)
        finally:
            text_page.close()
    finally:
        page.close()


def page_of(number: int, page: Any, text_page: Any) -> Page:
    """Return the text of one open page."""
    glyphs = Glyphs(text_page, page.get_mediabox())
    lines = Words(glyphs)
    unreadable = len(_UNREADABLE.findall(glyphs.text)) > max(_FEW, _GARBLED * len(glyphs.text))
    if not unreadable:
        lines.read()
    width, height = (glyphs.width, glyphs.height) if glyphs.turn in (0, 2) else (glyphs.height, glyphs.width)
    made = Page(number, width, height, lines.pieces, glyphs.printed, lines.aside, unreadable=unreadable)
    little = len(glyphs.text) < _LITTLE
    if little or _has_neighbours(lines.pieces) or any(is_caption(p.text) for p in lines.pieces):
        made.drawn = drawn_on(page).turned(glyphs.upright)
    return made


def _has_neighbours(pieces: Sequence[Piece]) -> bool:
    """Return whether pieces stand side by side, as cells do: what is drawn is only asked for on such pages."""
    heights = [round(p.middle) for p in pieces if len(p.text) > _MARK_LENGTH or p.text[-1:] not in ".)"]
    return len(heights) - len(set(heights)) > 1 + _FOOTERS


def _is_cut(data: bytes) -> bool:
    """Return whether the end of the file is missing; a file made for the web has an end mark near its start too."""
    if b"%%EOF" in data[-_TAIL:]:
        return False
    return b"%%EOF" not in data or b"/Linearized" in data[:_TAIL]
