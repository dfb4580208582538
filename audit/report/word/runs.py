"""Cuts runs where comments begin and end, and puts the marks of the ranges around the pieces.

A run is cut at all its places at once, before any mark is set: the places of every comment count in the run as it
was read.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element as Element

    from audit.report.word.anchors import Target

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TEXTS = ("t", "delText")
_SINGLE = ("tab", "ptab", "br", "cr", "noBreakHyphen", "sym")  # each counts as one character, as it was read


def mark_ranges(ranges: Sequence[tuple[Target, int]], namespace: str) -> None:
    """Put the start, the end and the reference of each comment, by its id, around what it stands on."""
    w = f"{{{namespace}}}"
    cuts: dict[Element, set[int]] = {}
    for target, _ in ranges:
        cuts.setdefault(target.first, set()).add(target.start)
        cuts.setdefault(target.last, set()).update(() if target.end is None else (target.end,))
    pieces = {run: _cut(run, sorted(places), w) for run, places in cuts.items()}
    for target, key in ranges:
        first = next((piece for begin, piece in pieces[target.first] if begin >= target.start), None)
        begin = first if first is not None else pieces[target.first][-1][1]
        last = [p for at, p in pieces[target.last] if target.end is None or at < target.end]
        end = last[-1] if last else pieces[target.last][0][1]
        start_mark = end.makeelement(f"{w}commentRangeStart", {f"{w}id": str(key)})
        end_mark = end.makeelement(f"{w}commentRangeEnd", {f"{w}id": str(key)})
        begin.addprevious(start_mark)
        end.addnext(end_mark)
        reference = end.makeelement(f"{w}r", {})
        reference.append(reference.makeelement(f"{w}commentReference", {f"{w}id": str(key)}))
        end_mark.addnext(reference)


def _cut(run: Element, places: list[int], w: str) -> list[tuple[int, Element]]:
    """Cut a run at characters and return (first character, piece) of each piece in order."""
    pieces = [(0, run)]
    for place in places:
        begin, last = pieces[-1]
        rest = _split(last, place - begin, w)
        if rest is not None:
            pieces.append((place, rest))
    return pieces


def _split(run: Element, at: int, w: str) -> Element | None:
    """Move what follows the first characters of a run into a new run behind it; None when nothing is to be moved."""
    properties = f"{w}rPr"
    counted, moved = 0, []
    for child in run:
        tag = child.tag
        length = len(child.text or "") if tag in (w + _TEXTS[0], w + _TEXTS[1]) else 0
        if tag in [w + name for name in _SINGLE]:
            length = 1
        if counted >= at and tag != properties:
            moved.append(child)
        elif counted < at < counted + length:
            moved.append(_split_text(child, at - counted))
        counted += length
    if at <= 0 or at >= counted or not moved:
        return None
    rest = _twin(run)
    first = run.find(properties)
    if first is not None:
        rest.append(copy.deepcopy(first))
    run.addnext(rest)
    rest.extend(moved)
    rest.tail = None
    return rest


def _split_text(text: Element, at: int) -> Element:
    written = text.text or ""
    rest = _twin(text)
    text.text, rest.text = written[:at], written[at:]
    for piece in (text, rest):
        piece.set(_SPACE, "preserve")
    return rest


def _twin(element: Element) -> Element:
    """Return an empty element of the same name with the same attributes."""
    twin = copy.copy(element)
    for child in list(twin):
        twin.remove(child)
    twin.text = twin.tail = None
    return twin
