"""The marks that a browser prints before list items: counted, lettered or bullets, as the list's tag says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audit.read.marks import Mark, mark_of, roman
from audit.records import dataclass

if TYPE_CHECKING:
    from audit.read.html_tokens import Tag

_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)")
_STYLES = {
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "lower-roman": "i",
    "upper-roman": "I",
    "none": "",
}
_TYPES = frozenset({"1", "a", "A", "i", "I"})
_INDENT = 4


@dataclass(slots=True)
class _List:
    counter: int
    step: int
    style: str
    outside: int  # how many items were open around the list


class Lists:
    """The lists that are open at one point of a page."""

    def __init__(self) -> None:
        self._lists: list[_List] = []
        self._marks: list[Mark | None] = []

    @property
    def indent(self) -> int:
        """Return the depth of the text on the page; text below a mark is deeper than the mark."""
        return max(0, len(self._lists) - 1) * _INDENT

    @property
    def is_inside(self) -> bool:
        """Return whether an item is open."""
        return bool(self._marks)

    def open(self, tag: Tag) -> None:
        """Open the list of an `ol` or `ul` tag."""
        attributes = tag.attributes if tag.rest else {}
        found = _STYLE.search(attributes.get("style", ""))
        style = _STYLES.get(found[1], "") if found and found[1] in _STYLES else "1" if tag.name == "ol" else "•"
        if attributes.get("type") in _TYPES:
            style = attributes["type"]
        step = -1 if "reversed" in attributes else 1
        self._lists.append(_List(_number(attributes.get("start", ""), 1) - step, step, style, len(self._marks)))

    def close(self) -> None:
        """Close the innermost list."""
        if self._lists:
            del self._marks[self._lists.pop().outside :]

    def item(self, tag: Tag) -> None:
        """Open an item: its mark is taken by the first block in it."""
        if not self._lists:
            self._lists.append(_List(0, 1, "•", 0))
        current = self._lists[-1]
        current.counter += current.step
        if "value" in tag.rest:
            current.counter = _number(tag.attributes.get("value", ""), current.counter)
        del self._marks[current.outside :]  # the end tag of the item before may be left out
        self._marks.append(_mark(current))

    def end_item(self) -> None:
        """Close the innermost item."""
        if self._marks:
            self._marks.pop()

    def take(self) -> Mark | None:
        """Return the mark of the open item if no block has taken it yet."""
        if not self._marks:
            return None
        mark, self._marks[-1] = self._marks[-1], None
        return mark


def _number(text: str, default: int) -> int:
    return int(text) if re.fullmatch(r"-?\d{1,6}", text.strip()) else default


def _mark(current: _List) -> Mark | None:
    number, style = current.counter, current.style
    if style == "1":
        return mark_of(f"{number}. x")
    if style in ("a", "A") and 1 <= number <= 52:
        letter = chr(ord(style) + (number - 1) % 26) * (1 + (number - 1) // 26)
        return mark_of(f"({letter}) x")  # cited with brackets everywhere, whatever a browser prints
    if style in ("i", "I") and roman(number):
        return mark_of(f"({roman(number) if style == 'i' else roman(number).upper()}) x")
    return mark_of("• x") if style == "•" else None
