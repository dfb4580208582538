"""Notes whose calls and texts are found at different places of a page, and which call belongs to which text.

Marks repeat: each table may have its own note "a". A call belongs to the next text with its mark.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audit.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.read.prose import Prose
    from audit.read.units import Unit

REPEAT = "\0"  # parts a repeated mark from its number in the keys of notes; no mark holds it


@dataclass(slots=True)
class _Text:
    """The text of a note: its name (an id, or its mark), how many units stand before it, its paragraphs."""

    name: str
    mark: str
    after: int
    paragraphs: list[Prose]
    key: str = ""


class Notes:
    """The notes of one page."""

    def __init__(self) -> None:
        self._texts: list[_Text] = []
        self.texts: dict[str, list[Prose]] = {}

    def add(self, name: str, mark: str, after: int, prose: Prose) -> None:
        """Add a paragraph to the note with a name; one that goes on is the last one added."""
        lead = re.match(rf"\s*[\[(]?{re.escape(mark)}[\])]?[.:]?(?=\s)\s*", prose.text) if mark else None
        if self._texts and self._texts[-1].name == name and self._texts[-1].after == after:
            self._texts[-1].paragraphs.append(prose)
            return
        self._texts.append(_Text(name, mark, after, [prose.cut(lead.end()) if lead else prose]))

    def resolve(self, units: Sequence[Unit]) -> None:
        """Name every note by its printed mark and rename the calls in the units accordingly."""
        by_name: dict[str, list[_Text]] = {}
        for text in self._texts:
            same = self.texts
            text.key, number = text.mark, 1
            while text.key in same:
                number += 1
                text.key = f"{text.mark}{REPEAT}{number}"
            self.texts[text.key] = text.paragraphs
            by_name.setdefault(text.name, []).append(text)
        for index, prose in _proses(units):
            prose.calls = [(offset, _key(by_name.get(name, ()), index, name)) for offset, name in prose.calls]


def printed(key: str) -> str:
    """Return the mark of a note key as printed."""
    return key.split(REPEAT, 1)[0]


def _key(texts: Sequence[_Text], index: int, name: str) -> str:
    following = next((t for t in texts if t.after > index), texts[-1] if texts else None)
    return following.key if following else name


def _proses(units: Sequence[Unit]) -> Iterator[tuple[int, Prose]]:
    for index, unit in enumerate(units):
        if unit.prose.calls:
            yield index, unit.prose
        for cell in unit.cells:
            if cell.prose.calls:
                yield index, cell.prose
