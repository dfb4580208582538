"""The comments of a Word file that are notes on findings, each with the replies to it and whether it is resolved.

Replies and ticks stand in a part of their own, which names a comment by the id of its last paragraph.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from audit.errors import AuditError
from audit.report.notes import named_in
from audit.report.word.parts import Parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

Thread = tuple[str, list[tuple[str, str]], bool]

_ID = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
_EX = "{http://schemas.microsoft.com/office/word/2012/wordml}"


def replies(data: bytes) -> Iterator[Thread]:
    """Yield the finding that each note names, the replies to it (author, text) in their order, and its tick."""
    parts = Parts(data, "Word")
    main = parts.target("", "officeDocument") or "word/document.xml"
    try:
        comments = list(_part(parts, main, "comments"))
        extended = list(_part(parts, main, "commentsExtended"))
    except etree.XMLSyntaxError:
        raise AuditError("the Word file cannot be read: its comments are not XML; save it again in Word") from None
    keys = [_key(comment) for comment in comments]
    about = {each.get(f"{_EX}paraId", ""): each for each in extended}
    for comment, key in zip(comments, keys, strict=True):
        found = about.get(key)
        name = next((name for line in _lines(comment) if (name := named_in(line))), "")
        if name and (found is None or not found.get(f"{_EX}paraIdParent")):
            said = [
                (_attribute(other, "author"), "\n".join(_lines(other)))
                for other, own in zip(comments, keys, strict=True)
                if key and own in about and about[own].get(f"{_EX}paraIdParent") == key
            ]
            yield name, said, found is not None and found.get(f"{_EX}done") in ("1", "true", "on")


def _part(parts: Parts, main: str, kind: str) -> Iterator[Element]:
    name = parts.target(main, kind)
    root = None if name is None else parts.xml(name)
    yield from () if root is None else root


def _key(comment: Element) -> str:
    paragraphs = list(comment.iter("{*}p"))
    return paragraphs[-1].get(_ID, "") if paragraphs else ""


def _lines(comment: Element) -> list[str]:
    return ["".join(text.text or "" for text in paragraph.iter("{*}t")) for paragraph in comment.iter("{*}p")]


def _attribute(element: Element, name: str) -> str:
    return next((str(v) for key, v in element.attrib.items() if str(key).endswith(f"}}{name}")), "")
