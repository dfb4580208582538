"""A document as every stage sees it: one cleaned text, blocks and tables over it, and the way back to the source.

Offsets into `Document.text` are the only positions stored anywhere; pages, lines, cells and Word runs are
looked up from them. List marks and note marks are not in the text: a figure glued to a note mark would
otherwise be read as one number ("Constitution,1" is not a figure).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import field
from typing import TYPE_CHECKING

from audit.records import StrEnum, dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal


class BlockKind(StrEnum):
    """What a stretch of text is; a stage that needs running prose takes paragraphs, items and notes."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE = "table"
    CELL = "cell"
    NOTE = "note"
    CAPTION = "caption"
    QUOTE = "quote"
    CODE = "code"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Half-open character offsets into the text of one document, named by its path."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a span stands, as a reader of the printed report would say it; computed, never stored."""

    source: str
    paragraph: str = ""
    page: int | None = None
    heading: str = ""
    sheet: str = ""
    cell: str = ""
    block: int | None = None
    start: int = 0
    end: int = 0
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A stretch of text of one kind.

    `mark` is the printed list or note mark ("12.", "(a)", "4"), `label` the full paragraph label a reader
    would cite ("112 (f)"), `level` the depth (headings and items: 1 is outermost), `parent` the index of the
    enclosing or introducing block: an item's parent is the paragraph or item that introduces its list.
    Blocks stand in the order of their text and do not overlap, except that a table spans its cells.
    """

    kind: BlockKind
    start: int
    end: int
    mark: str = ""
    label: str = ""
    level: int = 0
    parent: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A table cell; rows and columns count from 0, `name` is its spreadsheet address where it has one.

    `stored` is the value behind the displayed one (a spreadsheet's full precision), as a decimal or ISO string.
    """

    row: int
    column: int
    start: int
    end: int
    row_span: int = 1
    column_span: int = 1
    header: bool = False
    name: str = ""
    stored: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """What is not held of a very large table: it has so many rows and columns, of which the first `held` rows are here.

    `delimiter` parts its fields. Rows that break what the others keep may stand here too; where the table closes with
    totals, one row of sums stands for all that are not here (`is_summed`).
    """

    delimiter: str
    rows: int
    columns: int
    held: int
    is_summed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What the rows of a table keep: one column is the sum of others, as (column, sign); no `total` stands for 100.

    `slack` is by how much rounding may leave it off.
    """

    total: int | None
    parts: tuple[tuple[int, int], ...]
    slack: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: `block` is the index of its block; cells in reading order, merged cells once.

    `rest` is set where only some of its rows are held.
    """

    block: int
    cells: Sequence[Cell]
    rows: int
    columns: int
    caption: str = ""
    label: str = ""
    sheet: str = ""
    rest: Rest | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A footnote or endnote: its printed mark, the index of its text block, and where it is called."""

    mark: str
    block: int
    call: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """The source position of the text from `start` on, up to the next anchor.

    `line` and `column` count from 1; `page` from 1; `box` is (left, bottom, right, top) in PDF points;
    `run` names the Word part, paragraph and run ("document/12/3"), `offset` the characters of that run before
    `start`; `sheet` and `cell` a spreadsheet address.
    """

    start: int
    line: int = 0
    column: int = 0
    page: int = 0
    box: tuple[float, float, float, float] | None = None
    run: str = ""
    offset: int = 0
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What could not be read or decided, where, and why: nothing is dropped without one."""

    stage: str
    reason: str
    span: Span | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One input: its text, the structure over it and the anchors back into the source.

    `origins` names where language, title, symbol and date were found: "declared", "first line", "its words".
    """

    path: str
    format: str
    text: str
    blocks: tuple[Block, ...]
    digest: str
    language: str = "en"
    title: str = ""
    symbol: str = ""
    date: str = ""
    tables: tuple[Table, ...] = ()
    notes: tuple[Note, ...] = ()
    anchors: Sequence[Anchor] = ()
    gaps: tuple[Gap, ...] = ()
    origins: tuple[tuple[str, str], ...] = ()
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False, default=())
    _headings: tuple[int | None, ...] = field(init=False, repr=False, compare=False, default=())
    _anchor_starts: Sequence[int] = field(init=False, repr=False, compare=False, default=())

    def __post_init__(self) -> None:
        headings: list[int | None] = []
        current: int | None = None
        for index, block in enumerate(self.blocks):
            headings.append(current)
            if block.kind is BlockKind.HEADING:
                current = index
        object.__setattr__(self, "_starts", tuple(b.start for b in self.blocks))
        object.__setattr__(self, "_headings", tuple(headings))
        # the anchors of a large table know their offsets without being made (`audit.cells`)
        starts = getattr(self.anchors, "starts", None) or tuple(a.start for a in self.anchors)
        object.__setattr__(self, "_anchor_starts", starts)

    @property
    def words(self) -> int:
        """Return the number of words of the text."""
        return len(self.text.split())

    def block_at(self, offset: int) -> int | None:
        """Return the index of the innermost block that holds an offset, or None between blocks."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return None
        if offset <= self.blocks[index].end:
            return index
        parent = self.blocks[index].parent
        return parent if parent is not None and offset <= self.blocks[parent].end else None

    def anchor_at(self, offset: int) -> Anchor | None:
        """Return the last anchor at or before an offset."""
        index = bisect_right(self._anchor_starts, offset) - 1
        return self.anchors[index] if index >= 0 else None

    def heading_of(self, index: int) -> int | None:
        """Return the index of the heading block that governs a block."""
        return self._headings[index]

    def place(self, start: int, end: int) -> Place:
        """Return where a stretch of text stands."""
        index = self.block_at(start)
        anchor = self.anchor_at(start)
        heading = None if index is None else self._headings[index]
        return Place(
            source=self.path,
            paragraph="" if index is None else self._label(index),
            page=anchor.page or None if anchor else None,
            heading="" if heading is None else self.text[self.blocks[heading].start : self.blocks[heading].end],
            sheet=anchor.sheet if anchor else "",
            cell=anchor.cell if anchor else "",
            block=index,
            start=start,
            end=end,
            line=anchor.line if anchor else 0,
            column=anchor.column + start - anchor.start if anchor and anchor.column else 0,
        )

    def _label(self, index: int) -> str:
        seen: int | None = index
        while seen is not None:
            block = self.blocks[seen]
            if block.label:
                return block.label
            seen = block.parent
        return ""
