"""The printed marks of paragraphs and list items ("12.", "(a)", "•") and the list each of them continues.

A mark can read as more than one ordinal: "(i)" is the ninth letter and the first roman numeral. The sequence
decides: the list that was waiting for this ordinal takes it, and the mark that follows settles a tie.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from audit.model import BlockKind

_SPACE = r"(?:[\s\u00a0\u2003]+|$)"
_PATTERN = re.compile(
    rf"(?P<decimal>\d{{1,3}}(?:\.\d{{1,3}}){{1,5}}\.?){_SPACE}(?=[\"“‘«(\[]?[^\W\d_])"
    rf"|(?P<number>\d{{1,4}})(?P<stop>[.)]){_SPACE}"
    rf"|\((?P<bracketed>\d{{1,3}}|[a-zA-Z]{{1,2}}|[ivxlIVXL]{{1,6}})\){_SPACE}"
    rf"|(?P<letter>[a-zA-Z]|[ivxlIVXL]{{2,6}})(?P<end>[.)]){_SPACE}"
    r"|(?P<bullet>[•·●▪■◦○‣⁃\uf0b7\uf0a7–—*+-])(?:[\s\u00a0]+(?=\S))"
)
_BULLET = "bullet"
_MAX_LISTS = 24


def _romans() -> dict[str, int]:
    tens = ("", "x", "xx", "xxx", "xl")
    ones = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
    return {t + o: 10 * i + j for i, t in enumerate(tens) for j, o in enumerate(ones) if t or o} | {"l": 50}


_ROMANS = _romans()
_NUMERALS = {number: numeral for numeral, number in reversed(_ROMANS.items())}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A mark as printed: `width` is what it takes of its line, `readings` the ordinals it can stand for."""

    text: str
    width: int
    form: str
    readings: tuple[tuple[str, int], ...]

    @property
    def number(self) -> int:
        """Return the number of a plain arabic mark, or 0."""
        return self.readings[0][1] if self.form in (".", ")") and self.readings[0][0] == "arabic" else 0

    @property
    def is_weak(self) -> bool:
        """Return whether the mark could as well be an initial or a decimal figure that opens a sentence."""
        return self.form == "decimal" or (self.form == "." and not self.number)


def mark_of(text: str) -> Mark | None:
    """Return the mark at the start of a text (leading space already removed), or None."""
    match = _PATTERN.match(text)
    if match is None:
        return None
    if match["decimal"]:
        parts = match["decimal"].rstrip(".").split(".")
        readings: tuple[tuple[str, int], ...] = ((".".join(parts[:-1]), int(parts[-1])),)
        return Mark(text=match["decimal"], width=match.end(), form="decimal", readings=readings)
    if match["number"]:
        readings = (("arabic", int(match["number"])),)
        return Mark(text=match["number"] + match["stop"], width=match.end(), form=match["stop"], readings=readings)
    if match["bullet"]:
        return Mark(text=match["bullet"], width=match.end(), form=_BULLET, readings=((match["bullet"], 0),))
    raw = match["bracketed"] or match["letter"]
    readings = _ordinals(raw)
    if not readings:
        return None
    form = "()" if match["bracketed"] else match["end"]
    return Mark(text=match.group().strip(), width=match.end(), form=form, readings=readings)


def _ordinals(raw: str) -> tuple[tuple[str, int], ...]:
    if raw.isdigit():
        return (("arabic", int(raw)),)
    if raw not in (raw.lower(), raw.upper()):
        return ()
    case = "lower" if raw.islower() else "upper"
    low = raw.lower()
    letters = ord(low[0]) - 96 + 26 * (len(low) - 1) if len(set(low)) == 1 and len(low) < 3 else 0
    found = [(f"{case} letter", letters)] if letters else []
    if low in _ROMANS:
        found.insert(0 if len(low) > 1 else 1, (f"{case} roman", _ROMANS[low]))
    return tuple(found)


def roman(number: int) -> str:
    """Return a number as a small roman numeral, or nothing above fifty."""
    return _NUMERALS.get(number, "")


@dataclass(slots=True)
class _List:
    """An open list: what its next mark must look like and which block introduced it."""

    form: str
    style: str
    last: int
    parent: int | None
    indent: int
    item: int = -1


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a marked text belongs: its kind, its depth and the block that introduces it."""

    kind: BlockKind
    level: int = 0
    parent: int | None = None


class Outline:
    """The numbered paragraph and the lists that are open at one point of the reading."""

    def __init__(self, *, numbered: bool = True) -> None:
        self.numbered = numbered  # the document counts its paragraphs: a bare "12." is one of them
        self.number = 0
        self.paragraph: int | None = None
        self._lists: list[_List] = []
        self._decimals: dict[str, int] = {}
        self._headings: dict[tuple[str, str], int] = {}
        self._intro: int | None = None
        self._last_is_item = False

    def heading(self, mark: Mark | None = None) -> None:
        """Close every list: a heading ends them; its own mark has a sequence too ("A." ... "B.")."""
        if mark is not None:
            self._headings.update({(mark.form, style): ordinal for style, ordinal in mark.readings})
            if mark.form == "decimal":
                self._decimals.update(dict(mark.readings))
        self._lists.clear()
        self.paragraph = self._intro = None

    def plain(self, indent: int = 0) -> int | None:
        """Return the block that an unmarked paragraph continues: an open item, or the numbered paragraph."""
        for open_list in reversed(self._lists):
            if open_list.indent < indent and open_list.item >= 0:
                return open_list.item
        return self.paragraph

    def opened(self, index: int, slot: Slot | None = None) -> None:
        """Record the block that was begun for the last text; it introduces what follows."""
        self._intro = index
        self._last_is_item = slot is not None and slot.kind is BlockKind.ITEM
        if slot is None:
            return
        if self._last_is_item:
            self._lists[-1].item = index
        else:
            self.paragraph = index

    def continues(self, mark: Mark) -> bool:
        """Return whether a mark is the next of an open sequence of paragraphs or items."""
        if mark.number and self.number and mark.number == self.number + 1:
            return True
        waited = {(x.form, x.style, x.last + 1) for x in self._lists}
        return any((mark.form, style, ordinal) in waited for style, ordinal in mark.readings)

    def expects(self, mark: Mark) -> bool:
        """Return whether a mark is the next of an open sequence, or the first of a new one."""
        if mark.form == "decimal":
            style, ordinal = mark.readings[0]
            return ordinal == self._decimals.get(style, 0) + 1
        if mark.form == _BULLET or self.continues(mark):
            return True
        return any(o == 1 or self._headings.get((mark.form, style)) == o - 1 for style, o in mark.readings)

    def place(self, mark: Mark, following: Mark | None, indent: int, *, introduced: bool) -> Slot:
        """Return the slot of a marked text; `introduced` says that the text before it ended with a colon."""
        if mark.form == "decimal":
            style, ordinal = mark.readings[0]
            self._decimals[style] = ordinal
            self._lists.clear()
            return Slot(BlockKind.PARAGRAPH, 0, None)
        if mark.form == _BULLET:
            return self._bullet(mark, indent)
        if mark.number:
            return self._numbered(mark, indent, introduced=introduced)
        return self._listed(mark, following, indent, introduced=introduced)

    def _numbered(self, mark: Mark, indent: int, *, introduced: bool) -> Slot:
        number = mark.number
        if number != self.number + 1 or not self.numbered or any(x.indent == indent for x in self._lists):
            for depth in range(len(self._lists) - 1, -1, -1):
                open_list = self._lists[depth]
                if (open_list.form, open_list.style, open_list.last + 1) == (mark.form, "arabic", number):
                    return self._go_on(depth, number)
        if (number == 1 and introduced and self.number != 0) or not self.numbered:
            return self._begin(mark, "arabic", number, indent)
        self.number = number
        self._lists.clear()
        return Slot(BlockKind.PARAGRAPH)

    def _bullet(self, mark: Mark, indent: int) -> Slot:
        if not self._last_is_item and self._intro is not None and not self._under(indent):
            self._lists = [x for x in self._lists if x.form != _BULLET]
        style = mark.readings[0][0]
        for depth in range(len(self._lists) - 1, -1, -1):
            open_list = self._lists[depth]
            if open_list.form == _BULLET and open_list.indent == indent and open_list.style == style:
                return self._go_on(depth, 0)
        while self._lists and self._lists[-1].form == _BULLET and self._lists[-1].indent > indent:
            self._lists.pop()
        return self._begin(mark, style, 0, indent)

    def _under(self, indent: int) -> bool:
        return any(x.indent <= indent and x.item == self._intro for x in self._lists)

    def _listed(self, mark: Mark, following: Mark | None, indent: int, *, introduced: bool) -> Slot:
        for depth in range(len(self._lists) - 1, -1, -1):
            open_list = self._lists[depth]
            for style, ordinal in mark.readings:
                if (open_list.form, open_list.style, open_list.last + 1) != (mark.form, style, ordinal):
                    continue
                if not _opens_inner(mark, style, following):
                    return self._go_on(depth, ordinal)
        first = next((r for r in mark.readings if r[1] == 1), None)
        same = [d for d, x in enumerate(self._lists) if x.form == mark.form and x.style in dict(mark.readings)]
        if first is not None:
            if not self._last_is_item:
                self._lists.clear()
            elif not introduced and same and self._lists[same[-1]].style == first[0]:
                return self._go_on(same[-1], 1)
            return self._begin(mark, first[0], 1, indent)
        if same:
            style = self._lists[same[-1]].style
            return self._go_on(same[-1], dict(mark.readings)[style])
        return self._begin(mark, *mark.readings[0], indent)

    def _go_on(self, depth: int, ordinal: int) -> Slot:
        del self._lists[depth + 1 :]
        self._lists[depth].last = ordinal
        return Slot(BlockKind.ITEM, depth + 1, self._lists[depth].parent)

    def _begin(self, mark: Mark, style: str, ordinal: int, indent: int) -> Slot:
        del self._lists[_MAX_LISTS:]
        self._lists.append(_List(mark.form, style, ordinal, self._intro, indent))
        return Slot(BlockKind.ITEM, len(self._lists), self._intro)


def _opens_inner(mark: Mark, style: str, following: Mark | None) -> bool:
    """Return whether "(i)" after "(h)" begins a roman list: only the "(ii)" that follows can tell."""
    inner = next((s for s, ordinal in mark.readings if ordinal == 1 and s != style), None)
    return (
        inner is not None and following is not None and following.form == mark.form and (inner, 2) in following.readings
    )
