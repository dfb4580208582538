"""From a path to a document: one reader per format, chosen by extension and checked against the content.

Each format's module has `read(path, data, limits) -> Document` and is imported on first use. What cannot be read is
refused with a `ReadError` that names the file, the reason and the next step in one line.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from audit.errors import ReadError, did_you_mean
from audit.read.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Callable

    from audit.model import Document

__all__ = ["SUFFIXES", "Limits", "format_of", "read", "read_bytes"]

SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".docx": "docx",
    ".docm": "docx",
    ".pdf": "pdf",
    ".csv": "delimited",
    ".tsv": "delimited",
    ".xlsx": "spreadsheet",
    ".xlsm": "spreadsheet",
    ".parquet": "parquet",
}

_NAMES = {
    "docx": "a Word file",
    "pdf": "a PDF file",
    "spreadsheet": "an Excel file",
    "parquet": "a Parquet file",
    "zip": "a zip archive of another kind",
    "ole": "an old Office file or one with a password",
    "picture": "a picture",
    "rtf": "an RTF file",
    "opendocument": "an OpenDocument file",
    "slides": "a presentation",
}
_SIGNATURES = (
    (b"%PDF-", "pdf"),
    (b"PAR1", "parquet"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"{\\rtf", "rtf"),
)
_HELD = 1 << 22  # bytes; a smaller file is loaded at once
_HEAD = 200
_PDF_HEAD = 1024  # a PDF may open with some other bytes; readers look this far


def read(path: Path | str, limits: Limits | None = None) -> Document:
    """Return the document at a path, or raise `ReadError` when it cannot be read."""
    limits = limits or Limits()
    if "://" in str(path):
        from audit.read import remote  # noqa: PLC0415 (most files are here)

        if remote.is_remote(str(path)):
            return read_bytes(remote.shown(str(path)), remote.load(str(path), limits), limits)
    return _counted(Path(path), limits) or read_bytes(str(path), _load(Path(path), limits), limits)


def _counted(path: Path, limits: Limits) -> Document | None:
    """Return the document of a delimited file with more cells or rows than are held, which is not loaded for that."""
    if SUFFIXES.get(path.suffix.lower()) != "delimited" or not 0 < _size(path) <= limits.max_bytes:
        return None
    try:
        if _size(path) <= _HELD and path.read_bytes().count(b"\n") < limits.max_rows:
            return None
        from audit.read.streamed import counted  # noqa: PLC0415 (few files are as large)

        return counted(str(path), limits)
    except OSError:
        return None  # whoever loads the file says why it cannot be read


def _size(path: Path) -> int:
    try:
        return path.stat().st_size if path.is_file() else 0
    except OSError:
        return 0


def read_bytes(name: str, data: bytes, limits: Limits) -> Document:
    """Return the document in some bytes that a file of this name would hold."""
    format_ = format_of(name, data)
    module = import_module(f"audit.read.{format_}")
    reader = cast("Callable[[str, bytes, Limits], Document]", module.read)
    return reader(name, data, limits)


def format_of(path: str, data: bytes) -> str:
    """Return the format of some bytes: the one the extension names, unless the content is plainly another."""
    suffix = Path(path).suffix.lower()
    named, found = SUFFIXES.get(suffix), _signature(data)
    if found in _NEXT:
        raise ReadError(f"{path}: this is {_NAMES[found]}; {_NEXT[found]}")
    if named is None:
        if found:
            return found
        if not suffix:
            return "text"
        known = ", ".join(SUFFIXES)
        raise ReadError(f'{path}: no reader for "{suffix}"{did_you_mean(suffix, SUFFIXES)}; readable are {known}')
    if found and found != named:
        right = next(s for s, f in SUFFIXES.items() if f == found)
        raise ReadError(f"{path}: this is {_NAMES[found]}, not {suffix}; rename it to {right}")
    if not found and named != "html" and _is_page(data):
        wrong = f"{path}: this is a web page, not {_NAMES.get(named, suffix)}"
        raise ReadError(f"{wrong}; download it again, or rename it to .html")
    if not found and named in _NAMES:
        raise ReadError(
            f"{path}: this is not {_NAMES[named]}: it is damaged or has the wrong extension; export it again"
        )
    return named


_NEXT = {
    "zip": "unpack it and name the files in it",
    "ole": "save it without a password as .docx or .xlsx",
    "picture": "run text recognition on it first",
    "rtf": "save it as .docx",
    "opendocument": "save it as .docx or .xlsx",
    "slides": "save it as .pdf",
}


def _is_page(data: bytes) -> bool:
    """Return whether some bytes open like a web page: downloads that need a login often hold one."""
    return data[:_PDF_HEAD].lstrip(b"\xef\xbb\xbf\r\n\t ").lower().startswith((b"<!doctype html", b"<html"))


def _signature(data: bytes) -> str:
    if data.startswith(b"PK\x03\x04"):
        # The names of the parts stand uncompressed in the archive, even when its directory is cut off.
        if b"word/" in data:
            return "docx"
        if b"xl/" in data:
            return "spreadsheet"
        if b"application/vnd.oasis.opendocument" in data[:_HEAD]:
            return "opendocument"
        return "slides" if b"ppt/" in data else "zip"
    for head, format_ in _SIGNATURES:
        if data.startswith(head):
            return format_
    if b"%PDF-" in data[:_PDF_HEAD]:
        return "pdf"
    return ""


def _load(path: Path, limits: Limits) -> bytes:
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise ReadError(f"{path}: this is a folder; name a file in it")
        if size <= limits.max_bytes:
            with path.open("rb") as file:  # a device has no size: never read more than the limit
                data = file.read(limits.max_bytes + 1)
            size = len(data)
        if size > limits.max_bytes:
            limit = f"{limits.max_bytes:,}"
            raise ReadError(f"{path}: larger than the limit of {limit} bytes; split it or raise max_bytes")
    except FileNotFoundError:
        near = did_you_mean(path.name, _siblings(path))
        raise ReadError(f"{path}: no such file{near or '; check the path'}") from None
    except OSError as fault:
        raise ReadError(f"{path}: cannot be opened ({fault.strerror}); check the path and its permissions") from None
    if not data.strip():
        raise ReadError(f"{path}: the file is empty; name a file with text or data")
    return data


def _siblings(path: Path) -> list[str]:
    try:
        return [entry.name for entry in path.parent.iterdir()]
    except OSError:
        return []
