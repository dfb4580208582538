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
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 100_000


def decode(path: str, data: bytes, limits: Limits, charset: str = "", *, is_record: bool = False) -> str:
    """Return the text of some bytes with line feeds as line ends.

    The encoding is the one of the byte order mark, else the declared one, else UTF-8; nothing is guessed, because
    a wrong guess changes the text that is quoted back to its author. A table of record may be longer than a text:
    it is bounded by its cells.
    """
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), charset or "utf-8")
    if b"\0" in data and not encoding.startswith("utf-16") and not encoding.startswith("utf-32"):
        raise ReadError(f"{path}: holds NUL bytes: this is not text; give the file its right extension")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise ReadError(
            f"{path}: line {line}: byte 0x{data[fault.start]:02X} is not {encoding} text; save the file as UTF-8"
        ) from None
    except LookupError:
        raise ReadError(f'{path}: unknown character set "{charset}"; save the file as UTF-8') from None
    if len(_CONTROL.findall(text, 0, _SAMPLE)) * 20 > min(len(text), _SAMPLE):
        raise ReadError(f"{path}: this is binary data, not text; give the file its right extension")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    _check_lines(path, text, limits)
    if not is_record:
        _check_length(path, text, limits)
    return text


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
