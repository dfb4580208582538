"""What a reader hands over: the units of a page, as its syntax shows them, before anything is decided about them."""

from __future__ import annotations

import re
from dataclasses import field
from typing import TYPE_CHECKING

from audit.read.prose import Prose, ends_in
from audit.records import StrEnum, dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.read.marks import Mark

_HEAD = 40
_CAPTION_LENGTH = 300
UNIT_LINE = 90
UNFIT = (".", ",", ";", ":", "!", "…")  # at the end of a heading
_NAMED = re.compile(
    r"((?:table|figure|box|chart|cuadro|tabla|gráfico|recuadro|tableau|graphique|encadré)\s+(?:[A-Z][.-])?\d+[a-z]?)"
    r"(?:\s*[:—–]|\.(?!\d))\s*(?=[^\W\d_])",
    re.IGNORECASE,
)
_LEADERS = re.compile(r"\.{3}|\s\d{1,3}$")
CAPTION = re.compile(
    r"(?:table|figure|box|chart|cuadro|tabla|gráfico|recuadro|tableau|graphique|encadré)\s+[\dA-Z][\w.-]*",
    re.IGNORECASE,
)


class UnitKind(StrEnum):
    """What a reader knows of a unit from its syntax alone."""

    PROSE = "prose"
    HEADING = "heading"
    TABLE = "table"
    CAPTION = "caption"
    QUOTE = "quote"
    CODE = "code"


@dataclass(slots=True)
class GridCell:
    """A table cell on its way into the document."""

    prose: Prose
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    header: bool = False


@dataclass(slots=True)
class Unit:
    """One thing on the page.

    `indent` is its depth on the page, `mark` a list mark given by the syntax, `listed` says that the syntax makes it
    a list item, `plain` that the syntax has no headings, so that a short line may be one; `bold` that all of it is
    bold; `apart` that a blank line stands before it.
    """

    kind: UnitKind
    prose: Prose
    indent: int = 0
    level: int = 0
    mark: Mark | None = None
    listed: bool = False
    plain: bool = False
    bold: bool = False
    apart: bool = True
    cells: list[GridCell] = field(default_factory=list)


def is_caption(text: str) -> bool:
    """Return whether a text opens like the caption of a table or figure."""
    return CAPTION.match(text.lstrip()) is not None and len(text) <= _CAPTION_LENGTH


def head_of(units: Sequence[Unit]) -> list[str]:
    """Return the texts a document opens with, its first heading before all."""
    first = next((u for u in units if u.kind is UnitKind.HEADING), None)
    rest = [u.prose.clean for u in units[:_HEAD] if u is not first]
    return rest if first is None else [first.prose.clean, *rest]


def caption_tables(units: Sequence[Unit]) -> None:
    """Make the prose right above a table its caption: "Table 2. ...", with a unit line between ("In $ millions").

    A line that only names a table or figure is a caption wherever it stands; of several with one label (a list of
    tables at the front), the last.
    """
    named: dict[str, Unit] = {}
    for unit in units:
        match = _NAMED.match(unit.prose.text) if unit.kind is UnitKind.PROSE and unit.mark is None else None
        if match and len(unit.prose.text) <= _CAPTION_LENGTH and not _LEADERS.search(unit.prose.text):
            named[match[1].lower()] = unit
    for unit in named.values():
        unit.kind = UnitKind.CAPTION
    for index, unit in enumerate(units):
        if unit.kind is not UnitKind.TABLE or unit.prose.text:
            continue
        for reach in range(1, 3):
            above = units[index - reach] if index >= reach else None
            if above is None or above.kind not in (UnitKind.PROSE, UnitKind.CAPTION):
                break
            if above.kind is UnitKind.CAPTION or is_caption(above.prose.text):
                caption = Prose()
                for part in units[index - reach : index]:
                    part.kind = UnitKind.CAPTION
                    caption.join(part.prose)
                unit.prose = caption
                break
            if len(above.prose.text) > UNIT_LINE or ends_in(above.prose.text, UNFIT):
                break
