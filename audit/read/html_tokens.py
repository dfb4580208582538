"""HTML text into tags and stretches of text, each with its offset in the source.

Not the standard library's parser: that one takes quadratic time on text made to break it, and gives no position inside
a run of character references. Every step here moves forward by at least what it has read.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from audit.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

_MARKUP = re.compile(r"<(?=[a-zA-Z/!?])")
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]*+)(?P<rest>(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>")
_LOOSE = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]{0,60}+)")
_ATTRIBUTE = re.compile(r"([^\s=/\"'>]++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>]++)))?+")
# Control characters go too: a word processor leaves them where it could not write what stood there.
_REFERENCE = re.compile(
    r"[\x01-\x08\x0b\x0e-\x1f\x7f\u00ad\u200b]|&(?:#\d{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[a-zA-Z][a-zA-Z0-9]{1,31};?)"
)
_UNSEEN = ("\u00ad", "\u200b")  # where a word may be cut
_RAW = frozenset({"script", "style", "textarea", "noembed", "iframe", "xmp"})
_TAG_REACH = 20_000
_MOST_LOOSE = 2_000


@dataclass(slots=True)
class Tag:
    """A start or end tag: its name in lower case, its raw attributes and where it stands."""

    name: str
    closes: bool
    rest: str
    offset: int

    @property
    def attributes(self) -> dict[str, str]:
        """Return the attributes by name in lower case; the first of a repeated name wins."""
        found: dict[str, str] = {}
        for name, double, single, bare in _ATTRIBUTE.findall(self.rest):
            found.setdefault(name.lower(), unescape(double or single or bare))
        return found


@dataclass(slots=True)
class Text:
    """A stretch of text without references in it, or one reference resolved."""

    text: str
    offset: int


def tokens_of(source: str) -> Iterator[Tag | Text]:
    """Yield the tags and texts of an HTML source in order; comments and script are left out."""
    position, length, loose = 0, len(source), 0
    while position < length:
        markup = _MARKUP.search(source, position)
        start = markup.start() if markup else length
        if start > position:
            yield from _texts(source, position, start)
        if markup is None:
            return
        if source[start + 1] in "!?":
            position = yield from _declaration(source, start)
            continue
        match = _TAG.match(source, start, min(length, start + _TAG_REACH)) if loose < _MOST_LOOSE else None
        if match is None:
            loose += 1
            match = _LOOSE.match(source, start)
            end = source.find(">", start)
            if match is None or end < 0:
                yield Text(source[start : start + 1], start)
                position = start + 1
                if end < 0:
                    yield from _texts(source, position, length)
                    return
                continue
            rest, position = source[match.end() : end], end + 1
        else:
            rest, position = match["rest"], match.end()
        tag = Tag(match["name"].lower(), bool(match["close"]), rest, start)
        yield tag
        if tag.name in _RAW and not tag.closes and not rest.endswith("/"):
            close = re.compile(f"</{re.escape(tag.name)}(?![a-zA-Z])", re.IGNORECASE).search(source, position)
            if close is None:
                return
            position = close.start()


def _declaration(source: str, start: int) -> Generator[Tag | Text, None, int]:
    """Skip a comment, a declaration or an instruction; yield the text of a CDATA section."""
    if source.startswith("<!--", start):
        end, width = source.find("-->", start + 4), 3
    elif source.startswith("<![CDATA[", start):
        end, width = source.find("]]>", start), 3
        if end >= 0:
            yield Text(source[start + 9 : end], start + 9)
    else:
        end, width = source.find(">", start), 1
    return len(source) if end < 0 else end + width


def _texts(source: str, start: int, end: int) -> Iterator[Text]:
    position = start
    for match in _REFERENCE.finditer(source, start, end):
        if match.start() > position:
            yield Text(source[position : match.start()], position)
        text = unescape(match.group()) if match.group()[0] == "&" else ""
        if text and text not in _UNSEEN:
            yield Text(text, match.start())
        position = match.end()
    if position < end:
        yield Text(source[position:end], position)
