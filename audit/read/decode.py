"""From bytes to text: the encoding, the line ends and the refusals that every text format shares."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audit.errors import ReadError

if TYPE_CHECKING:
    from audit.read.limits import Limits

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# What browsers take these names for; their other half holds “, ” and – there, and control characters here.
_CALLED = dict.fromkeys(("iso-8859-1", "iso8859-1", "latin-1", "latin1", "ascii", "us-ascii", "windows-1252"), "cp1252")
_ESCAPED = re.compile(r"[\udc80-\udcff]")  # a byte that is not UTF-8
_HEAD, _FEW = 4096, 4  # bytes that are looked at for every other one being none, and how often it is at least
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 100_000


def decode(path: str, data: bytes, limits: Limits, charset: str = "", *, is_record: bool = False) -> tuple[str, str]:
    """Return the text of some bytes with line feeds as line ends, and what to say of its encoding, if anything.

    The encoding is the one of the byte order mark, else the declared one, else UTF-8. Bytes that are none are read as
    Windows-1252, as spreadsheets and browsers do: figures are the same in both, and the reader says what was guessed.
    A table of record may be longer than a text: it is bounded by its cells.
    """
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), "") or _declared(charset, data)
    if b"\0" in data and not encoding.startswith(("utf-16", "utf-32")):
        raise ReadError(f"{path}: holds NUL bytes: this is not text; give the file its right extension")
    note = ""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as fault:
        text, note = _guessed(data, encoding, fault)
    except LookupError:
        raise ReadError(f'{path}: unknown character set "{charset}"; save the file as UTF-8') from None
    if len(_CONTROL.findall(text, 0, _SAMPLE)) * 20 > min(len(text), _SAMPLE):
        raise ReadError(f"{path}: this is binary data, not text; give the file its right extension")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    _check_lines(path, text, limits)
    if not is_record:
        _check_length(path, text, limits)
    return text, note


def _declared(charset: str, data: bytes) -> str:
    """Return the encoding that a declared name stands for where the bytes can be in it, else what they look like."""
    if len(data) % 2 == 0 and b"\0" in data[:_HEAD]:
        even, odd = data[:_HEAD:2].count(0), data[1:_HEAD:2].count(0)
        if min(even, odd) * _FEW <= max(even, odd) >= min(len(data), _HEAD) / _FEW:
            return "utf-16-le" if odd > even else "utf-16-be"  # without a mark, as some programs write it
    name = charset.lower()
    if name.startswith(("utf-16", "utf-32")) and b"\0" not in data:
        return "utf-8"  # the name was read, so it is not in these bytes
    return _CALLED.get(name, charset or "utf-8")


def _guessed(data: bytes, encoding: str, fault: UnicodeDecodeError) -> tuple[str, str]:
    """Return the text of bytes that are not in their encoding, and what was taken for them."""
    line = data.count(b"\n", 0, fault.start) + 1
    if encoding not in ("utf-8", "utf-8-sig"):
        text = data.decode(encoding, "replace")
        return text, f"line {line}: the file is not all {encoding} text; what is not is shown as \ufffd"
    text = data.decode(encoding, "surrogateescape")
    strange = len(_ESCAPED.findall(text))
    if sum(c > "\x7f" for c in text) < 2 * strange:
        return data.decode("cp1252", "replace"), "the file is not UTF-8; it was read as Windows-1252"
    text = _ESCAPED.sub(lambda m: bytes([ord(m[0]) & 0xFF]).decode("cp1252", "replace"), text)
    return text, f"line {line}: bytes that are not UTF-8 ({strange}) were read as Windows-1252"


def _check_length(path: str, text: str, limits: Limits) -> None:
    if len(text) > limits.max_text:
        raise ReadError(
            f"{path}: {len(text):,} characters of text, more than the limit of {limits.max_text:,}; "
            "split it or raise max_text"
        )


def _check_lines(path: str, text: str, limits: Limits) -> None:
    if len(text) <= limits.max_line:
        return
    start, number = 0, 1
    while len(text) - start > limits.max_line:
        end = text.find("\n", start, start + limits.max_line + 1)
        if end < 0:
            raise ReadError(
                f"{path}: line {number} is longer than {limits.max_line:,} characters; "
                "break it into lines or raise max_line"
            )
        start, number = end + 1, number + 1
