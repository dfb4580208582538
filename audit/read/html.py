"""HTML into a document: blocks, lists with their marks, tables with spans, notes; page furniture is left out."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from audit.errors import ReadError
from audit.read.builder import Builder
from audit.read.decode import decode
from audit.read.describe import describe
from audit.read.flow import lay
from audit.read.html_page import Page
from audit.read.html_tokens import tokens_of
from audit.read.units import UnitKind, head_of

if TYPE_CHECKING:
    from audit.model import Document
    from audit.read.limits import Limits
    from audit.read.prose import Prose
    from audit.read.units import Unit

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]{1,40})|<\?xml[^>]{0,100}encoding=[\"']([\w.-]{1,40})",
    re.I,
)
_FILE_NAME = re.compile(r"^\S+\.\w{2,5}$")
_CHARSET_REACH = 4096


def read(path: str, data: bytes, limits: Limits) -> Document:
    """Return the document in some bytes of HTML."""
    declared = _CHARSET.search(data, 0, _CHARSET_REACH)
    charset = (declared[1] or declared[2]).decode("ascii") if declared else ""
    text, note = decode(path, data, limits, charset)
    page = Page(text, list(tokens_of(text)), 0, limits)
    page.collect()
    if not page.units and not page.notes.texts:
        raise ReadError(f"{path}: the page holds no text; save it from the browser after it has loaded")
    builder = Builder(path, "html", hashlib.sha256(data).hexdigest())
    if note:
        builder.gap(note)
    lay(builder, page.units, page.notes.texts)
    if page.drawn:
        builder.gap(f"{page.drawn} labels with figures inside drawings or formulas are left out")
    head = head_of(page.units)
    if any(u.kind is UnitKind.HEADING for u in page.units) or _FILE_NAME.search(page.declared.get("title", "")):
        page.declared.pop("title", None)  # the name of the browser's tab: the heading is the report's own
    words = " ".join(u.prose.text for u in page.units[:400])
    return builder.finish(description=describe(head, words, page.declared))


def units_of(text: str, limits: Limits, line: int = 0) -> tuple[list[Unit], dict[str, list[Prose]]]:
    """Return the units and notes of a piece of HTML that begins at a line (from 0) of a larger file."""
    page = Page(text, list(tokens_of(text)), line, limits)
    page.collect()
    return page.units, page.notes.texts
