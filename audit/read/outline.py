"""Which list a mark continues, and which block introduces it.

The sequence decides what a mark means: the list that was waiting for its ordinal takes it, and where two were, the
mark that follows settles it.
"""

from __future__ import annotations

from audit.model import BlockKind
from audit.read.marks import BULLET, Mark
from audit.records import dataclass

_MAX_LISTS = 24


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What stands around a mark: the next of its form, its depth on the page, a colon before it, list syntax."""

    following: Mark | None = None
    indent: int = 0
    introduced: bool = False
    listed: bool = False


class Outline:
    """The numbered paragraph and the lists that are open at one point of the reading.

    `numbered` says that the document counts its paragraphs: a bare "12." is one of them even in a list's syntax.
    """

    def __init__(self, *, numbered: bool = True) -> None:
        self.numbered = numbered
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
        if mark.form == BULLET or self.continues(mark):
            return True
        return any(o == 1 or self._headings.get((mark.form, style)) == o - 1 for style, o in mark.readings)

    def place(self, mark: Mark, around: Around) -> Slot:
        """Return the slot of a marked text."""
        if mark.form == "decimal":
            style, ordinal = mark.readings[0]
            self._decimals[style] = ordinal
            self._lists.clear()
            return Slot(BlockKind.PARAGRAPH, 0, None)
        if mark.form == BULLET:
            return self._bullet(mark, around)
        if mark.number:
            return self._numbered(mark, around)
        return self._listed(mark, around)

    def _numbered(self, mark: Mark, around: Around) -> Slot:
        number = mark.number
        same = [d for d, x in enumerate(self._lists) if (x.form, x.style) == (mark.form, "arabic")]
        level = [d for d in same if self._lists[d].indent == around.indent]
        if number != self.number + 1 or not self.numbered or any(x.indent == around.indent for x in self._lists):
            # "3." behind a nested "1." and "2." goes on what it stands as deep as
            for depth in sorted(same, key=lambda d: (self._lists[d].indent != around.indent, -d)):
                if self._lists[depth].last + 1 == number:
                    return self._go_on(depth, number)
        if number == 1 and around.introduced and (self.number or not self.numbered):
            return self._begin(mark, "arabic", number, around.indent)
        inside = self._last_is_item and bool(same) and self._lists[same[-1]].indent < around.indent
        if number == 1 and inside:
            return self._begin(mark, "arabic", number, around.indent)  # "2. Education", and deeper "1. Primary"
        if around.listed and not self.numbered:
            if level and (number > self._lists[level[-1]].last or self._last_is_item):
                return self._go_on(level[-1], number)  # a number is missing, or they count down: the list is the same
            self._keep_outer(around.indent)
            return self._begin(mark, "arabic", number, around.indent)
        self.number = number
        self._lists.clear()
        return Slot(BlockKind.PARAGRAPH)

    def _bullet(self, mark: Mark, around: Around) -> Slot:
        style = mark.readings[0][0]
        if not self._last_is_item and self._intro is not None and not self._is_under(around.indent):
            self._lists = [x for x in self._lists if x.form != BULLET]
        for depth in range(len(self._lists) - 1, -1, -1):
            open_list = self._lists[depth]
            if open_list.form == BULLET and open_list.indent == around.indent and open_list.style == style:
                return self._go_on(depth, 0)
        while self._lists and self._lists[-1].form == BULLET and self._lists[-1].indent > around.indent:
            self._lists.pop()
        parent = self._intro
        if self._last_is_item and not around.introduced:
            while self._lists and self._lists[-1].indent >= around.indent:
                parent = self._lists.pop().parent  # as deep as the items before it, and no colon: beside them
        return self._begin(mark, style, 0, around.indent, parent)

    def _is_under(self, indent: int) -> bool:
        return any(x.indent <= indent and x.item == self._intro for x in self._lists)

    def _listed(self, mark: Mark, around: Around) -> Slot:
        for depth in range(len(self._lists) - 1, -1, -1):
            open_list = self._lists[depth]
            for style, ordinal in mark.readings:
                if (open_list.form, open_list.style, open_list.last + 1) != (mark.form, style, ordinal):
                    continue
                if not _opens_inner(mark, style, around.following):
                    return self._go_on(depth, ordinal)
        first = next((r for r in mark.readings if r[1] == 1), None)
        same = [d for d, x in enumerate(self._lists) if x.form == mark.form and x.style in dict(mark.readings)]
        if first is not None:
            if not self._last_is_item:
                self._keep_outer(around.indent)
            elif not around.introduced and same and self._lists[same[-1]].style == first[0]:
                return self._go_on(same[-1], 1)
            return self._begin(mark, first[0], 1, around.indent)
        if same:
            style = self._lists[same[-1]].style
            return self._go_on(same[-1], dict(mark.readings)[style])
        style, ordinal = mark.readings[0]
        return self._begin(mark, style, ordinal, around.indent)

    def _keep_outer(self, indent: int) -> None:
        self._lists = [x for x in self._lists if x.indent < indent]

    def _go_on(self, depth: int, ordinal: int) -> Slot:
        del self._lists[depth + 1 :]
        self._lists[depth].last = ordinal
        return Slot(BlockKind.ITEM, depth + 1, self._lists[depth].parent)

    def _begin(self, mark: Mark, style: str, ordinal: int, indent: int, parent: int | None = None) -> Slot:
        introduced_by = self._intro if parent is None else parent
        if len(self._lists) >= _MAX_LISTS:
            introduced_by = self._lists.pop().parent  # no one nests as deep: what goes on lies beside it
        self._lists.append(_List(mark.form, style, ordinal, introduced_by, indent))
        return Slot(BlockKind.ITEM, len(self._lists), introduced_by)


def _opens_inner(mark: Mark, style: str, following: Mark | None) -> bool:
    """Return whether "(i)" after "(h)" begins a roman list: only the "(ii)" that follows can tell."""
    inner = next((s for s, ordinal in mark.readings if ordinal == 1 and s != style), None)
    return (
        inner is not None and following is not None and following.form == mark.form and (inner, 2) in following.readings
    )
