"""What is drawn on a page besides its text: ruling lines, filled areas, pictures."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

_PATH, _IMAGE, _FORM = 2, 3, 5
_MOST = 20_000
_MAX_DEPTH = 4


def has_pictures(page: Any) -> bool:
    """Return whether a page shows a picture."""
    raw = page.raw
    count = min(pdfium.FPDFPage_CountObjects(raw), _MOST)
    kinds = {pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(raw, i)) for i in range(count)}
    return bool(kinds & {_IMAGE, _FORM})
