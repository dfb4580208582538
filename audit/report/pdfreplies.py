"""The highlights of a PDF that are notes on findings, each with the replies to it and its state of review."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING, Any

from audit.errors import AuditError
from audit.report.notes import named_in

if TYPE_CHECKING:
    from collections.abc import Iterator

Thread = tuple[str, list[tuple[str, str]], bool]

_SETTLED = frozenset({"Accepted", "Completed", "Rejected", "Cancelled", "Marked"})


def replies(data: bytes) -> Iterator[Thread]:
    """Yield the finding that each note names, the replies to it (author, text) in order, and whether it is settled."""
    from pypdf import PdfReader  # noqa: PLC0415 (heavy: only for this format)
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        notes = [note.get_object() for page in PdfReader(io.BytesIO(data)).pages for note in page.annotations or ()]
        named = {key: name for note in notes if (key := str(note.get("/NM", ""))) and (name := _name(note))}
        said: dict[str, list[tuple[str, str]]] = {key: [] for key in named}
        settled: set[str] = set()
        for note in notes:
            above = _above(note)
            if above not in named:
                continue
            if str(note.get("/State", "")) in _SETTLED:
                settled.add(above)
            elif "/State" not in note:
                said[above].append((str(note.get("/T", "")), str(note.get("/Contents", ""))))
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise AuditError("the notes of the PDF cannot be read; save it again and run again") from None
    for key, name in named.items():
        yield name, said[key], key in settled


def _name(note: Any) -> str:
    lines = str(note.get("/Contents", "")).replace("\r", "\n").split("\n")
    return "" if "/IRT" in note else next((name for line in lines if (name := named_in(line))), "")


def _above(note: Any) -> str:
    """Return the name of the note that a chain of replies began with."""
    seen = 0
    while "/IRT" in note and seen < 100:
        note = note["/IRT"].get_object()
        seen += 1
    return str(note.get("/NM", "")) if seen else ""
