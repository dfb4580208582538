"""Footnotes in HTML: which links call a note, and which elements hold its text.

A call is a link with a short mark to something later in the file; the way back is the same pair seen from below.
Every generator names its classes differently, so the pair itself is what is looked for.
"""

from __future__ import annotations

import re
from dataclasses import field
from typing import TYPE_CHECKING

from audit.read.html_tokens import Tag, Text
from audit.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARK = re.compile(r"\s*[\[(]?\s*(\d{1,4}|[a-z]|[*†‡§¶]{1,3}|[ivxl]{1,6})\s*[\])]?\s*")
_BACK = re.compile(r"[\s↩︎↑^⤴⏎←]*|back|return", re.IGNORECASE)
_NOTE_NAME = re.compile(r"(?:^|[#_\-\s])_?(?:fn|ftn|edn|foot|end|note|noteref|cite|sdfoot|sdend)", re.IGNORECASE)
_LINK_TOKENS = 12
BLOCKS = frozenset({"li", "p", "div", "aside", "section", "td", "tr", "dd", "dt", "blockquote"})


@dataclass(slots=True)
class Links:
    """What the links of a page say of its notes, by the index of a token.

    `calls` gives the name of the note a link calls, `marks` its printed mark; `texts` the name of the note that an
    element holds; `silent` the links whose text is not part of the page's text (the way back).
    """

    calls: dict[int, str] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    silent: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Link:
    index: int
    target: str
    names: tuple[str, ...]
    text: str
    raised: bool
    named: bool


def links_of(tokens: Sequence[Tag | Text]) -> Links:
    """Return the note calls and note texts that the links of a page reveal."""
    ids: dict[str, int] = {}
    links: list[_Link] = []
    raised = 0
    for index, token in enumerate(tokens):
        if not isinstance(token, Tag):
            continue
        if token.name == "sup":
            raised = max(0, raised + (-1 if token.closes else 1))
        if token.closes or "=" not in token.rest:
            continue
        attributes = token.attributes if "id" in token.rest or token.name == "a" else {}
        names = tuple(v for v in (attributes.get("id"), attributes.get("name")) if v)
        for name in names:
            ids.setdefault(name, index)
        target = attributes.get("href", "")
        if token.name == "a" and target.startswith("#") and len(target) > 1:
            text, has_sup = _text_of(tokens, index)
            about = " ".join((target, attributes.get("class", ""), attributes.get("role", ""), *names))
            links.append(_Link(index, target[1:], names, text, raised > 0 or has_sup, bool(_NOTE_NAME.search(about))))
    return _pair(links, ids)


def _text_of(tokens: Sequence[Tag | Text], index: int) -> tuple[str, bool]:
    parts: list[str] = []
    raised = False
    for token in tokens[index + 1 : index + _LINK_TOKENS]:
        if isinstance(token, Text):
            parts.append(token.text)
        elif token.name == "a":
            break
        elif token.name == "sup":
            raised = True
    return "".join(parts), raised


def _pair(links: Sequence[_Link], ids: dict[str, int]) -> Links:
    found = Links()
    targets = {link.target for link in links}
    callers: set[str] = set()
    for link in links:
        mark, place = _MARK.fullmatch(link.text), ids.get(link.target, -1)
        answered = any(name in targets for name in link.names)
        if mark and place > link.index and (link.raised or link.named or answered or "[" in link.text):
            found.calls[link.index] = link.target
            found.marks.setdefault(link.target, mark[1])
            found.texts[place] = link.target
            callers.update(link.names)
        elif place <= link.index and (link.target in callers or _BACK.fullmatch(link.text)):
            found.silent.add(link.index)
    return found
