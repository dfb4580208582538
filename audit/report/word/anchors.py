"""From the anchors of a document ("footnotes/3/1") to the runs of the text a comment can stand on."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from lxml import etree

from audit.errors import AuditError
from audit.records import dataclass

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from audit.report.word.parts import Parts

_NOTES = ("footnote", "endnote")


@dataclass(frozen=True, slots=True)
class Target:
    """What a comment stands on: from a character of one run to a character of another (None: its end).

    `exact` says that these are the very words; otherwise they are a note call, a text box or a paragraph near them.
    """

    first: Element
    start: int
    last: Element
    end: int | None
    exact: bool


class Targets:
    """The runs of a Word file by the names the reader gave them."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self.main = parts.target("", "officeDocument") or "word/document.xml"
        root = parts.xml(self.main)
        if root is None:
            raise AuditError("the Word file cannot be annotated: it has no text part")
        self.root = root
        self.namespace = etree.QName(root).namespace or ""
        body = root.find(self._w("body"))
        if body is None:
            raise AuditError("the Word file cannot be annotated: it has no text part")
        self._body = body
        self._paragraphs = {_stem(self.main): list(body.iter(self._w("p")))}
        self._calls: dict[tuple[str, str], Element] = {}
        for kind in _NOTES:
            for call in body.iter(self._w(f"{kind}Reference")):
                run = call.getparent()
                if run is not None:
                    self._calls.setdefault((kind, call.get(self._w("id"), "")), run)

    def find(self, start: tuple[str, int], end: tuple[str, int]) -> Target:
        """Return where a comment on the words from one anchor to another stands."""
        first, last = self._run(start[0]), self._run(end[0])
        if first is not None and last is not None and self._is_text(start[0], end[0]):
            host, other = self._host(first), self._host(last)
            if host is first and other is last:
                return Target(first, start[1], last, end[1], exact=True)
            return _whole(host, other)
        near = self._near(start[0], first)
        return _whole(near, near)

    def _is_text(self, *names: str) -> bool:
        return all(name.split("/")[0] == _stem(self.main) for name in names)

    def _run(self, name: str) -> Element | None:
        part, _, place = name.partition("/")
        paragraph, _, run = place.partition("/")
        paragraphs = self._part(part)
        if not paragraph.isdecimal() or not run.isdecimal() or int(paragraph) >= len(paragraphs):
            return None
        runs = list(paragraphs[int(paragraph)].iter(self._w("r")))
        return runs[int(run)] if int(run) < len(runs) else None

    def _part(self, stem: str) -> list[Element]:
        if stem not in self._paragraphs:
            name = self._parts.target(self.main, stem)
            root = None if name is None else self._parts.xml(name)
            self._paragraphs[stem] = [] if root is None else list(root.iter(self._w("p")))
        return self._paragraphs[stem]

    def _box(self, run: Element) -> Element | None:
        """Return the run that holds the text box a run stands in, if it stands in one."""
        host: Element | None = None
        inside = False
        for above in run.iterancestors():
            if above.tag == self._w("txbxContent"):
                inside, host = True, None
            elif inside and host is None and above.tag == self._w("r"):
                host = above
        return host

    def _host(self, run: Element) -> Element:
        """Return the run itself, or the one that holds the text box it stands in."""
        box = self._box(run)
        return run if box is None else box

    def _near(self, name: str, run: Element | None) -> Element:
        """Return the nearest run that can bear a comment: the call of a note, a run of the paragraph, the first run."""
        above = run.iterancestors() if run is not None else iter(())
        for element in above:
            for kind in _NOTES:
                if element.tag == self._w(kind):
                    call = self._calls.get((kind, element.get(self._w("id"), "")))
                    if call is not None:
                        return self._host(call)
        _, _, place = name.partition("/")
        number = place.partition("/")[0]
        paragraphs = self._part(_stem(self.main))
        if self._is_text(name) and number.isdecimal() and int(number) < len(paragraphs):
            found = paragraphs[int(number)].find(f".//{self._w('r')}")
            if found is not None:
                return self._host(found)
        found = self._body.find(f".//{self._w('r')}")
        if found is None:
            raise AuditError("the Word file cannot be annotated: it holds no text")
        return found

    def _w(self, name: str) -> str:
        return f"{{{self.namespace}}}{name}"


def _whole(first: Element, last: Element) -> Target:
    return Target(first, 0, last, None, exact=False)


def _stem(part: str) -> str:
    return posixpath.splitext(posixpath.basename(part))[0]
