"""One sheet of a workbook: its filled cells row by row, as displayed and as stored, and what is hidden or missing."""

from __future__ import annotations

import re
from dataclasses import field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from audit.cells import column_name
from audit.errors import ReadError
from audit.read.spreadsheet.formats import day_of, displayed, is_date
from audit.read.spreadsheet.workbook import S, text_of, unescape
from audit.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from audit.read.limits import Limits
    from audit.read.package import Package
    from audit.read.spreadsheet.workbook import CellStyle, Workbook

_ROW, _CELL, _VALUE, _INLINE, _FORMULA = (S + name for name in ("row", "c", "v", "is", "f"))
_MERGE, _COLUMN = S + "mergeCell", S + "col"
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_EXACT = 15  # a spreadsheet keeps fifteen digits; the rest of the stored text is noise of its binary form
_LARGEST = 310


@dataclass(slots=True)
class Filled:
    """A cell that shows something: its place counted from 0, its text, the number or day behind it."""

    column: int
    text: str
    stored: str | None = None
    is_number: bool = False
    is_year: bool = False


Row = tuple[int, list[Filled]]


@dataclass(slots=True)
class Sheet:
    """The filled rows of a sheet by their number from 0, its merged ranges, and what has to be said about it."""

    rows: list[Row] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    uncalculated: list[str] = field(default_factory=list)
    faulty: list[str] = field(default_factory=list)


class SheetReader:
    """Reads the sheets of one workbook; cells and characters are counted over all of them."""

    def __init__(self, package: Package, book: Workbook, limits: Limits) -> None:
        self._package, self._book, self._limits = package, book, limits
        self._cells = self._characters = 0
        self._columns: dict[str, int] = {}

    def read(self, part: str) -> Sheet:
        """Return a sheet."""
        sheet = Sheet()
        number = -1
        for element in self._package.stream(part, (_ROW, _MERGE, _COLUMN)):
            if element.tag == _ROW:
                number = _index(element.get("r"), _MOST_ROWS, number + 1)
                cells = list(self._row(element, number, sheet))
                if cells:
                    sheet.rows.append((number, cells))
                    if element.get("hidden") in ("1", "true"):
                        sheet.hidden_rows.append(number)
            elif element.tag == _MERGE:
                self._merge(element, sheet)
            elif element.get("hidden") in ("1", "true"):
                first = _index(element.get("min"), _MOST_COLUMNS, 0)
                sheet.hidden_columns.append((first, _index(element.get("max"), _MOST_COLUMNS, first)))
        sheet.rows.sort(key=lambda row: row[0])
        return sheet

    def _merge(self, element: Element, sheet: Sheet) -> None:
        first, _, last = element.get("ref", "").partition(":")
        begin, end = address(first), address(last)
        if begin and end and begin[0] <= end[0] and begin[1] <= end[1] and len(sheet.merges) < self._limits.max_cells:
            sheet.merges.append((*begin, *end))

    def _row(self, element: Element, number: int, sheet: Sheet) -> Iterator[Filled]:
        column = -1
        for cell in element:
            if cell.tag != _CELL:
                continue
            column = self._column(cell.get("r", ""), column + 1)
            self._cells += 1
            if self._cells > self._limits.max_cells:
                raise ReadError(
                    f"{self._package.path}: more than {self._limits.max_cells:,} cells; split it or raise max_cells"
                )
            if not len(cell) or column >= _MOST_COLUMNS:
                continue
            filled = self._filled(cell, column, number, sheet)
            if filled is not None and (filled.text.strip() or filled.stored is not None):
                self._characters += len(filled.text)
                if self._characters > self._limits.max_unpacked:
                    raise ReadError(
                        f"{self._package.path}: its cells show more than {self._limits.max_unpacked:,} characters; "
                        "raise max_unpacked if you trust its sender"
                    )
                yield filled

    def _column(self, name: str, default: int) -> int:
        """Return the column of a cell name; its letters are looked up, since a sheet has few columns and many cells."""
        letters = name.rstrip("0123456789")
        if letters not in self._columns:
            place = address(f"{letters}1")
            self._columns[letters] = place[1] if place else -1
        found = self._columns[letters]
        return found if found >= 0 else default

    def _filled(self, cell: Element, column: int, row: int, sheet: Sheet) -> Filled | None:
        kind, raw, formula = cell.get("t", "n"), "", False
        for child in cell:
            if child.tag == _VALUE:
                raw = child.text or ""
            elif child.tag == _INLINE:
                return Filled(column, text_of(child))
            elif child.tag == _FORMULA:
                formula = True
        if not raw:
            if formula and kind != "str":
                sheet.uncalculated.append(f"{column_name(column)}{row + 1}")
            return None
        style = self._book.style(_index(cell.get("s"), 1 << 20, 0, base=0))
        if kind == "s":
            strings, index = self._book.strings, _index(raw, 1 << 30, -1, base=0)
            text = strings[index] if 0 <= index < len(strings) else ""
            return Filled(column, " " * 2 * style.indent + text)
        if kind == "n":
            return self._number(raw, column, style)
        if kind == "e":
            sheet.faulty.append(f"{column_name(column)}{row + 1}")
        if kind == "b":
            raw = "TRUE" if raw == "1" else "FALSE"
        return Filled(column, unescape(raw), raw if kind == "d" else None)

    def _number(self, raw: str, column: int, style: CellStyle) -> Filled:
        if style.code == "General" and raw.isdecimal() and len(raw) < 12:
            return Filled(column, raw, raw, is_number=True, is_year=_is_year(raw))
        value = decimal_of(raw)
        if value is None:
            return Filled(column, raw[:_LARGEST])
        epoch = self._book.epoch_1904
        text = displayed(value, style.code, epoch_1904=epoch)
        if is_date(style.code) and not text.startswith("#"):
            return Filled(column, text, day_of(value, epoch_1904=epoch))
        return Filled(column, text, f"{value:f}", is_number=True, is_year=_is_year(text))


def decimal_of(raw: str) -> Decimal | None:
    """Return the number in a stored text, to the digits a spreadsheet keeps, or None when it is none."""
    try:
        value = Decimal(raw) if len(raw) <= _EXACT else Decimal(f"{float(raw):.{_EXACT}g}")
    except (InvalidOperation, ValueError, OverflowError):
        return None
    return value if value.is_finite() and abs(value.adjusted()) < _LARGEST else None


def address(text: str) -> tuple[int, int] | None:
    """Return row and column from 0 of an address such as "B7"."""
    match = _ADDRESS.fullmatch(text)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdecimal() and 1900 <= int(text) <= 2100


def _index(text: str | None, most: int, default: int, base: int = 1) -> int:
    """Return a number of the file as an index from 0, or the default for anything that is none."""
    if text is None or not text.isdecimal() or len(text) > 9:
        return default
    return min(max(int(text) - base, 0), most - 1)
