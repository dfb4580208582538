"""A table of one edition by row and column, and the columns whose texts tell its rows apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from audit.facts import FactKind
from audit.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from audit.facts import Fact, Facts
    from audit.model import Table

_MOST_ROWS = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A cell or a figure of one edition."""

    document: str
    start: int
    end: int
    text: str
    fact: Fact | None = None


class Grid:
    """A table by row and column; `head` names the columns, `body` holds the rows below."""

    def __init__(self, bundle: Facts, table: Table) -> None:
        self.bundle, self.table = bundle, table
        document = bundle.document
        self.rows: dict[int, dict[int, Spot]] = defaultdict(dict)
        self._facts = {fact.start: fact for fact in bundle.facts}
        for cell in table.cells:
            text = document.text[cell.start : cell.end].strip()
            fact = self._facts.get(cell.start)
            self.rows[cell.row][cell.column] = Spot(
                document=document.path, start=cell.start, end=cell.end, text=text, fact=fact
            )
        order = sorted(self.rows)
        self.head = {column: spot.text for column, spot in self.rows[order[0]].items()} if order else {}
        self.body = order[1:_MOST_ROWS]
        self.totals = {
            row for row in self.body if any("total" in bundle.cues.get(s.start, ()) for s in self.rows[row].values())
        }
        self.total_columns = {
            column for column, s in self.rows[order[0]].items() if "total" in bundle.cues.get(s.start, ())
        } if order else set()  # fmt: skip

    def cell(self, row: int, column: int) -> Spot | None:
        """Return a cell, or None where the row has none."""
        return self.rows[row].get(column)

    def numbers(self) -> Iterator[Decimal | None]:
        """Yield the value of every cell below the head."""
        for row in self.body:
            yield from (number_of(spot) for spot in self.rows[row].values())

    def named(self, columns: Sequence[int]) -> dict[tuple[str, ...], int]:
        """Return the rows by the texts of some columns; of rows that have the same, none."""
        found: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for row in self.body:
            texts = tuple(spot.text if (spot := self.cell(row, column)) else "" for column in columns)
            if any(texts):
                found[texts].append(row)
        return {texts: rows[0] for texts, rows in found.items() if len(rows) == 1}

    def is_key(self, columns: Sequence[int]) -> bool:
        """Say whether some columns tell most rows apart: a row that was entered twice is no reason to compare none."""
        distinct = len(self.named(columns)) + len(self.twice(columns))
        return bool(self.body) and 3 * distinct >= 2 * len(self.body)

    def twice(self, columns: Sequence[int]) -> set[tuple[str, ...]]:
        """Return the texts that some columns have in more than one row."""
        seen = Counter(tuple(s.text if (s := self.cell(row, c)) else "" for c in columns) for row in self.body)
        return {texts for texts, times in seen.items() if times > 1}


def number_of(spot: Spot | None) -> Decimal | None:
    """Return the value of a cell that is a figure."""
    if spot is None or spot.fact is None or spot.fact.kind is not FactKind.QUANTITY:
        return None
    return spot.fact.number
