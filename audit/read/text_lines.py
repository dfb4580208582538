"""From plain text to its lines: inline notes taken out, page breaks counted, every character's position kept.

Converters write a note call as "[footnoteRef:4]" and its text as "[4: ...]" in the middle of the paragraph; anything
between a number and its unit would otherwise be read as part of the sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from audit.read.prose import Prose
from audit.read.text_pages import without_pages
from audit.records import dataclass

_INLINE = re.compile(r"\[(?:footnoteRef:[ ]?(?P<call>[^\]\s]{1,8})|(?:bookmark|image):[^\]\n]{0,300})\]")
_BODY = re.compile(r"\[(\d{1,4}|[*†‡]{1,3}):[ \t]")
_BRACKET = re.compile(r"[\[\]]")
_BODY_REACH = 20_000
_MOST_UNCLOSED = 100
_TAB = 4
_PICTURE = re.compile(r"\s*image\d+\.(?:wmf|emf|png|jpe?g|gif|tiff?|svg)\s*", re.I)


@dataclass(slots=True)
class Line:
    """A line: its text with leading space, its depth in columns, and whether a blank line stands before it."""

    prose: Prose
    text: str
    indent: int
    width: int
    apart: bool = False

    @property
    def is_blank(self) -> bool:
        """Return whether nothing is printed on the line."""
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class _Hole:
    """A stretch that is not part of the flow; `call` is set where it is a note call."""

    start: int
    end: int
    call: str = ""


def lines_of(text: str) -> tuple[list[Line], dict[str, list[Prose]]]:
    """Return the lines of a text and its inline notes by mark."""
    starts = [0, *(m.end() for m in re.finditer("\n", text))]
    holes, bodies = _holes(text)
    firsts = [h.start for h in holes]
    notes: dict[str, list[Prose]] = {}
    for mark, first, last in bodies:
        inner = holes[bisect_left(firsts, first) : bisect_left(firsts, last)]
        notes.setdefault(mark, []).append(_prose(text, first, last, inner, starts).strip())
    outer = _outermost(holes)
    lines: list[Line] = []
    position, number, apart = 0, 0, True
    while position <= len(text):
        end = _end_of_line(text, position)
        while number < len(outer) and outer[number].end <= position:
            number += 1
        ahead = number
        while ahead < len(outer) and outer[ahead].start < end:
            if outer[ahead].end > end:  # a note that runs over the line end takes the line end with it
                end = _end_of_line(text, outer[ahead].end)
            ahead += 1
        line = _line(_prose(text, position, end, outer[number:ahead], starts), end - position)
        position = end + 1
        if _PICTURE.fullmatch(line.text):
            continue
        line.apart = apart
        apart = line.is_blank
        lines.append(line)
    return without_pages(lines), notes


def _end_of_line(text: str, position: int) -> int:
    end = text.find("\n", position)
    return len(text) if end < 0 else end


def _line(prose: Prose, width: int) -> Line:
    text = prose.text
    bare = text.lstrip()
    indent = 0
    for character in text[: len(text) - len(bare)]:
        indent += 1 if character != "\t" else _TAB - indent % _TAB
    return Line(prose, text, indent, width)


def _holes(text: str) -> tuple[list[_Hole], list[tuple[str, int, int]]]:
    """Return every stretch outside the flow, in order, and the notes as (mark, start, end) of their text."""
    if "[" not in text:
        return [], []
    holes = [_Hole(m.start(), m.end(), m["call"] or "") for m in _INLINE.finditer(text)]
    calls = {h.call for h in holes}
    bodies: list[tuple[str, int, int]] = []
    unclosed = 0
    for match in _BODY.finditer(text):
        if match[1] not in calls or (bodies and match.start() < bodies[-1][2]):
            continue
        close = _closing(text, match.end())
        if not close:
            unclosed += 1
            if unclosed > _MOST_UNCLOSED:
                break
        else:
            bodies.append((match[1], match.end(), close))
            holes.append(_Hole(match.start(), close + 1))
    holes.sort(key=lambda h: h.start)
    return holes, bodies


def _closing(text: str, start: int) -> int:
    depth = 1
    for match in _BRACKET.finditer(text, start, start + _BODY_REACH):
        depth += 1 if match.group() == "[" else -1
        if depth == 0:
            return match.start()
    return 0


def _outermost(holes: list[_Hole]) -> list[_Hole]:
    outer: list[_Hole] = []
    for hole in holes:
        if not outer or hole.start >= outer[-1].end:
            outer.append(hole)
    return outer


def _prose(text: str, start: int, end: int, holes: list[_Hole], starts: list[int]) -> Prose:
    prose = Prose()
    position = start
    for hole in holes:
        if hole.end <= start or hole.start < position:
            continue
        if hole.start >= end:
            break
        _add(prose, text, position, hole.start, starts)
        if hole.call:
            prose.call(hole.call)
        position = hole.end
        if text[position : position + 1] == " " and prose.ends_with(" "):
            position += 1
    _add(prose, text, position, end, starts)
    return prose


def _add(prose: Prose, text: str, start: int, end: int, starts: list[int]) -> None:
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        row = bisect_right(starts, start) - 1
        prose.add(text[start:stop], row + 1, start - starts[row] + 1)
        if stop < end:
            prose.add(" ")
        start = stop + 1
