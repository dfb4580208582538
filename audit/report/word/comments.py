"""The comments part of a Word file: those it had, and the new ones behind them."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.report.word.parts import Parts

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Comments:
    """The comments of one file; `add` gives each new one a number of its own."""

    def __init__(self, parts: Parts, namespace: str) -> None:
        self._parts, self._w = parts, f"{{{namespace}}}"
        self._main = parts.target("", "officeDocument") or "word/document.xml"
        found = parts.target(self._main, "comments")
        root = None if found is None else parts.xml(found)
        self._is_new = root is None
        self._name = found or posixpath.join(posixpath.dirname(self._main), "comments.xml")
        self._root = root if root is not None else etree.Element(f"{self._w}comments", nsmap={"w": namespace})
        self._next = self._free()

    def _free(self) -> int:
        """Return a number above those of all comments, revisions, bookmarks and notes.

        They are counted apart, but LibreOffice loses the text of the notes when a comment shares a number with one.
        """
        notes = [self._parts.target(self._main, kind) for kind in ("footnotes", "endnotes")]
        roots = [self._root, *(self._parts.xml(name) for name in (self._main, *notes) if name)]
        name = f"{self._w}id"
        numbers = (e.get(name, "") for root in roots if root is not None for e in root.iter("*"))
        return max((int(n) for n in numbers if n.isdecimal() and len(n) < 10), default=-1) + 1

    def add(self, lines: Sequence[str], author: str, initials: str, date: str) -> int:
        """Add a comment of some paragraphs and return its number."""
        w, key = self._w, self._next
        self._next += 1
        names = {f"{w}id": str(key), f"{w}author": clean(author), f"{w}initials": clean(initials)}
        if date:
            names[f"{w}date"] = date
        comment = etree.SubElement(self._root, f"{w}comment", names)
        for number, line in enumerate(lines or ("",)):
            paragraph = etree.SubElement(comment, f"{w}p")
            if number == 0:
                etree.SubElement(etree.SubElement(paragraph, f"{w}r"), f"{w}annotationRef")
            text = etree.SubElement(etree.SubElement(paragraph, f"{w}r"), f"{w}t", {_SPACE: "preserve"})
            text.text = clean(line)
        return key

    def save(self) -> None:
        """Put the part back, and name it to the package when it is new."""
        self._parts.put(self._name, self._root)
        if self._is_new:
            self._parts.relate(self._main, "comments", self._name, _TYPE)


def clean(text: str) -> str:
    """Return a text without the characters XML cannot hold."""
    return _ILLEGAL.sub("\ufffd", text)
