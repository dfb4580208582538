"""The rows of a table that pass by without being held: their sums, and which of them break what the first ones keep."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from operator import add, sub
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.model import Balance
    from audit.read.delimited import Record

_SHOWN = 150  # rows that break a balance
_OFTEN = 50  # one row in as many breaks what the others keep, and it is no error but another thing
_FEWEST = 2
_NEAR = 20  # a last row that is off by a twentieth of the sums of thousands of rows still is their total
_STYLES = {
    mark: re.compile(
        rf"(?P<minus>\(|[-−–])?\s*[$€£]?\s*(?P<digits>\d{{1,3}}(?:[{groups}’'\u00a0\u202f ]\d{{3}})+|\d+)"
        rf"(?:[{mark}](?P<decimals>\d+))?\s*%?\)?\Z",
        re.ASCII,
    )
    for mark, groups in ((".", ","), (",", "."))
}
_NO_DIGIT = re.compile(r"\D")
_REMEMBERED = 50_000  # printed numbers
_NIL = frozenset({"", "-", "–", "—", "−"})

Number = int | Decimal


class Reader:
    """Reads printed numbers, bare whole ones at once; what is no number is None, and a blank or a dash is 0."""

    def __init__(self, point: str) -> None:
        self._point, self._style = point, _STYLES[point]
        self.number = lru_cache(_REMEMBERED)(self._number)

    def printed(self, number: Number) -> str:
        """Return a number in the style of the file."""
        return str(number) if isinstance(number, int) else format(number, "f").replace(".", self._point)

    def _number(self, text: str) -> Number | None:
        """Return the number that a cell prints."""
        if text.isdecimal():
            return int(text)
        text = text.strip()
        if text in _NIL:
            return 0
        match = self._style.match(text)
        if match is None:
            return None
        value = Decimal(_NO_DIGIT.sub("", match["digits"]) + "." + (match["decimals"] or ""))
        return -value if match["minus"] else value


class Passing:
    """What is known of the rows that have passed: the sums of their columns, and those that break a balance."""

    def __init__(self, head: Sequence[Record], balances: Sequence[Balance], reader: Reader) -> None:
        self.reader = reader
        self.rows = self.unread = 0
        self.odd: list[Record] = []
        self.columns = _columns(head, reader)
        self.sums: list[Number] = [0] * len(self.columns)
        at = {column: index for index, column in enumerate(self.columns)}
        self._balances = [
            (None if b.total is None else at[b.total], [(at[column], sign) for column, sign in b.parts], b.slack)
            for b in balances
            if {column for column, _ in b.parts} | ({b.total} - {None}) <= at.keys()
        ]
        self._broken: list[list[Record]] = [[] for _ in self._balances]
        self._counts = [0] * len(self._balances)

    def take(self, record: Record) -> None:
        """Take one row."""
        self.rows += 1
        fields = record[2]
        try:
            values: Sequence[Number] = [int(fields[column]) for column in self.columns]  # as nearly all
            known: Sequence[Number | None] = values
        except (ValueError, IndexError):
            known = self.read(record)
            values = [value or 0 for value in known]
            if None in known:
                self._set_aside(record, known)
        self.sums = list(map(add, self.sums, values))
        for at, (total, parts, slack) in enumerate(self._balances):
            gap = 100 if total is None else values[total]
            for index, sign in parts:
                gap -= sign * values[index]
            if (gap > slack or -gap > slack) and self._is_full(record, total, parts):
                self._counts[at] += 1
                if self._counts[at] <= _SHOWN:
                    self._broken[at].append(record)

    def read(self, record: Record) -> list[Number | None]:
        """Return the numbers of a row: 0 for a blank, None for what is no number."""
        fields, number = record[2], self.reader.number
        return [number(fields[column]) if column < len(fields) else 0 for column in self.columns]

    def _is_full(self, record: Record, total: int | None, parts: Sequence[tuple[int, int]]) -> bool:
        """Say whether a number stands in each of the columns: what is blank may be unknown."""
        fields, places = record[2], [index for index, _ in parts] + ([] if total is None else [total])
        texts = [fields[self.columns[index]] if self.columns[index] < len(fields) else "" for index in places]
        return all(text.strip() and self.reader.number(text) is not None for text in texts)

    def _set_aside(self, record: Record, known: Sequence[Number | None]) -> None:
        self.unread += 1
        texts = [record[2][column] for column, value in zip(self.columns, known, strict=True) if value is None]
        if any(c.isdecimal() for text in texts for c in text) and len(self.odd) < _SHOWN:
            self.odd.append(record)  # a number that is none may be mistyped

    @property
    def is_loose(self) -> bool:
        """Say whether a balance is broken more often than by errors."""
        return any(count > _FEWEST and count * _OFTEN > self.rows for count in self._counts)

    @property
    def broken(self) -> list[Record]:
        """Return the rows to be shown, in order."""
        found = {record[0]: record for rows in [*self._broken, self.odd] for record in rows}
        return [found[number] for number in sorted(found)]

    @property
    def unshown(self) -> int:
        """Return how many rows break a balance beyond those that are shown."""
        return sum(max(0, count - _SHOWN) for count in self._counts)

    def summed(self, head: Sequence[Record], tail: Sequence[Record], columns: int) -> list[Record]:
        """Return the row that stands for all that are not here, where the last row of figures nearly sums them up."""
        above = self.sums
        for record in head:
            above = list(map(add, above, self._values(record)))
        last: list[Number] = []
        gaps: list[tuple[Number, Number]] = []
        for record in tail:
            values = self._values(record)
            if any(values):
                last = values
                gaps = [_off(value, made) for value, made in zip(values, above, strict=True) if value]
            above = list(map(add, above, values))
        near = sum(_NEAR * gap <= made for gap, made in gaps)
        if not near or 2 * near < len(gaps) or self.unshown or any(self._is_rounding(gap) for gap, _ in gaps):
            return []
        sums = self.sums
        for record in self.broken:
            sums = list(map(sub, sums, self._values(record)))
        names = [""] * columns
        for column, value, stated in zip(self.columns, sums, last, strict=True):
            names[column] = self.reader.printed(value) if stated else ""
        names[next((c for c in range(columns) if c not in self.columns), 0)] = "…"
        return [(-1, 0, names)]

    def _is_rounding(self, gap: Number) -> bool:
        """Say whether the rounding of so many rows explains a gap; where each row adds up exactly, none is rounded."""
        exact = bool(self._balances) and all(slack == 0 for _, _, slack in self._balances)
        exponent = gap.as_tuple().exponent if isinstance(gap, Decimal) else 0
        return not exact and isinstance(exponent, int) and 0 < gap <= self.rows * Decimal(1).scaleb(exponent)

    def _values(self, record: Record) -> list[Number]:
        found: list[Number] = []
        found += (value or 0 for value in self.read(record))
        return found


def _columns(head: Sequence[Record], reader: Reader) -> list[int]:
    """Return the columns that hold numbers."""
    found: list[int] = []
    for column in range(max(len(fields) for _, _, fields in head)):
        texts = [fields[column] for _, _, fields in head if column < len(fields) and fields[column].strip()]
        numbers = sum(reader.number(text) is not None for text in texts)
        if 10 * numbers >= 9 * len(texts) > 0:
            found.append(column)
    return found


def _off(value: Number, made: Number) -> tuple[Number, Number]:
    return abs(Decimal(made - value)), abs(Decimal(made))
