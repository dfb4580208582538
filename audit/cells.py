"""The cells of a large table as text: a record for each is made only when somebody asks for it.

Half a million cells would otherwise be two million records (cells, anchors, blocks, facts) before one figure is read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property
from itertools import accumulate, chain, compress, count
from operator import add
from typing import TYPE_CHECKING, TypeVar, overload

from audit.model import Anchor, Cell
from audit.quantity import Measure, Quantity
from audit.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

Item_co = TypeVar("Item_co", covariant=True)

MANY = 20_000
"""Cells from which on a table is kept as text."""

# The groups and decimals of either style, a minus or the brackets of an accountant.
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)"
_NUMBER = re.compile(rf"(?:-?{_DIGITS}|\({_DIGITS}\))\Z", re.ASCII)
_YEAR = re.compile(r"(?:1[89]|2[01])\d\d\Z", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a table stands in its file.

    The numbers of its rows (from 0; -1 for one that is only a gap) and their lines, its columns where they are not the
    first ones, its sheet, and how many of its rows are heads.
    """

    rows: Sequence[int]
    lines: Sequence[int] = ()
    columns: Sequence[int] = ()
    sheet: str = ""
    heads: int = 0


class Lazy(Sequence[Item_co]):
    """A sequence whose items are made when somebody asks for them: by `item`, from an index that is in range."""

    def item(self, index: int) -> Item_co:
        """Return one item."""
        raise NotImplementedError

    @overload
    def __getitem__(self, index: int) -> Item_co: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Item_co, ...]: ...
    def __getitem__(self, index: int | slice) -> Item_co | tuple[Item_co, ...]:
        places = range(len(self))[index]
        return self.item(places) if isinstance(places, int) else tuple(map(self.item, places))

    def __iter__(self) -> Iterator[Item_co]:
        return map(self.item, range(len(self)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How bare numbers of one shape ("00,000.0") are read: the decimals they have, and the decimal mark of the text.

    `base` is what a note says they are rounded to: 0 for the printed unit, -1 where there is none.
    """

    places: int
    point: str
    base: int = -1

    def quantity(self, text: str) -> Quantity:
        """Return the quantity that is printed as a bare number."""
        found = Quantity(
            raw=text,
            value=Decimal(whole_of(text)).scaleb(-self.places),
            step=Decimal(1).scaleb(-self.places),
            measure=Measure.AMOUNT if self.places else Measure.COUNT,
            point=self.point,
        )
        return found if self.base < 0 else found.rounded_to(self.base)


def whole_of(text: str) -> int:
    """Return the digits of a bare number as a whole number; brackets are a minus."""
    digits = text.replace(",", "").replace(".", "")
    return -int(digits[1:-1]) if digits[0] == "(" else int(digits)


class Cells(Lazy[Cell]):
    """The cells of a table whose rows all have one width, in reading order.

    `texts` are the printed cells, `starts` where each begins in the text of the document (cells stand one character
    apart; one start more than there are cells); `source` says where the rows and columns stand in the file.
    """

    def __init__(self, rows: Sequence[Sequence[str]], start: int, source: Source) -> None:
        self.width = len(rows[0])
        self.texts = list(chain.from_iterable(rows))
        sizes = accumulate(map(len, self.texts), initial=start)
        self.starts: list[int] = list(map(add, sizes, range(len(self.texts) + 1)))
        self.source = source
        self._names = [column_name(column) for column in source.columns or range(self.width)]

    @cached_property
    def distinct(self) -> frozenset[str]:
        """Return the printed cells, each once."""
        return frozenset(self.texts)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Return the printed cells that are a number whatever the language, and cannot be a year."""
        return frozenset(text for text in self.distinct if _NUMBER.match(text) and not _YEAR.match(text))

    @cached_property
    def worded(self) -> list[int]:
        """Return the indices of the cells that are neither blank nor such a number."""
        odd = self.distinct - self.numbers - {""}
        return list(compress(count(), map(odd.__contains__, self.texts)))

    @property
    def end(self) -> int:
        """Return where the last cell ends."""
        return self.starts[-1] - 1

    def name(self, index: int) -> str:
        """Return a cell's address in a spreadsheet."""
        row, column = divmod(index, self.width)
        number = self.source.rows[row]
        return f"{self._names[column]}{number + 1}" if number >= 0 else ""

    def index_at(self, offset: int) -> int:
        """Return the index of the cell that holds an offset of the text."""
        return min(max(bisect_right(self.starts, offset) - 1, 0), len(self.texts) - 1)

    def anchor(self, index: int) -> Anchor:
        """Return where a cell stands in the source."""
        source = self.source
        line = source.lines[index // self.width] if source.lines else 0
        return Anchor(start=self.starts[index], line=line, sheet=source.sheet, cell=self.name(index))

    def __len__(self) -> int:
        return len(self.texts)

    def item(self, index: int) -> Cell:
        """Return one cell."""
        row, column = divmod(index, self.width)
        start = self.starts[index]
        end, header = start + len(self.texts[index]), row < self.source.heads
        return Cell(row=row, column=column, start=start, end=end, header=header, name=self.name(index))


class Row(Lazy[Cell]):
    """One row of cells."""

    def __init__(self, cells: Cells, row: int) -> None:
        self._cells, self._first = cells, row * cells.width

    def __len__(self) -> int:
        return self._cells.width

    def item(self, index: int) -> Cell:
        """Return one cell."""
        return self._cells.item(self._first + index)


class Anchors(Lazy[Anchor]):
    """The anchors of a document some of whose tables are kept as text; `starts` are their offsets."""

    def __init__(self, parts: Sequence[Anchor | Cells]) -> None:
        self._runs: list[tuple[int, Anchor | Cells]] = []  # the index of the first anchor of each
        self.starts: list[int] = []
        for part in parts:
            self._runs.append((len(self.starts), part))
            self.starts += [part.start] if isinstance(part, Anchor) else part.starts[:-1]
        self._firsts = [first for first, _ in self._runs]

    def __len__(self) -> int:
        return len(self.starts)

    def item(self, index: int) -> Anchor:
        """Return one anchor."""
        first, part = self._runs[bisect_right(self._firsts, index) - 1]
        return part if isinstance(part, Anchor) else part.anchor(index - first)


def column_name(column: int) -> str:
    """Return a spreadsheet's name of a column that counts from 0.

    >>> column_name(27)
    'AB'
    """
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
