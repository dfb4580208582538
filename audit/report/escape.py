"""Makes the words of a stranger's document safe to print: nothing in them may steer a terminal or reorder a line."""

from __future__ import annotations

import re

# Control codes, direction marks, invisible joiners and lone surrogates; a line break or a tab becomes a space.
_UNSAFE = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\\u061c\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb\\ud800-\\udfff]"
)
_BLANK = re.compile("[\\t\\n\\r\\x0b\\x0c\\u2028\\u2029]+")


def printable(text: str) -> str:
    r"""Return a text with every character that is not meant to be seen as its code (`\x1b`, `\u202e`)."""
    if text.isprintable():
        return text
    return _UNSAFE.sub(_code, _BLANK.sub(" ", text))


def _code(match: re.Match[str]) -> str:
    number = ord(match[0])
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"


def formula_safe(text: str) -> str:
    """Return a text that a spreadsheet shows as it is: one that begins like a formula gets an apostrophe in front."""
    return f"'{text}" if text[:1] in _FORMULA and not _NUMBER.fullmatch(text) else text


_FORMULA = frozenset("=+-@\t\r")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
