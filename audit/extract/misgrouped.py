"""Cells whose digits no convention of their table allows: "1,7678", "2,43" and ",768" among figures in groups of three.

The table itself says what its convention is: the column or the row of the cell has figures in well-made groups, and
next to none in the whole table is made otherwise. Such a cell is read as the number its digits give, so that the sums
it stands in are seen, and its trait says in which way it is malformed.
"""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from audit.facts import Fact, FactKind
from audit.late import late
from audit.quantity import Measure, Quantity

if TYPE_CHECKING:
    from audit.extract.language import Language
    from audit.facts import Growing
    from audit.model import Block, Cell, Document, Table

_CELL = re.compile(
    r"\s*(?P<figure>(?P<open>\()?[-−–+]?\s*(?P<money>[A-Z]{0,3}[$€£¥])?\s*[-−–]?(?P<digits>[\d.,]+)\s*(?P<close>\))?)\s*\Z"
)
_LONGEST = 40
_NEGATIVE = "-−–("
# The digits as English prints them; in the other style comma and point have changed places before.
_SWAPPED = str.maketrans(",.", ".,")
_WELL = late(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_FLAWS = {
    "groups": late(r"(?!0,)\d{1,6}(?:,\d{1,6})+(?:\.\d+)?"),
    "mark": late(r",\d{3}(?:,\d{3})*(?:\.\d+)?"),
    "tail": re.compile(r"\d{1,3}(?:,\d{3})*\."),
}
_DECIMAL = re.compile(r"\d{1,3},\d{1,2}")  # "4,07" may be a decimal, "36,17,775.95" is not
_LISTED = re.compile(r"\d{1,2}(?:,\d{1,2})+")  # "4,12" may cite two notes
# "1,23456" may be "1,234" and the "56" of the next column, "1,2345" the figure 1,234 with note 5
_JOINED = late(r"\d{1,3}(?:,\d{3})+(?P<rest>\d{1,3}(?:,\d{3})*)")
_PRINTED = frozenset({"pdf", "text"})  # formats whose cells are cut from lines
_BESIDE, _AROUND = 2, 4  # well-made figures in the column or the row of the cell, and in its table
_SPARE = 20  # of them for each cell that is not, beyond the first


class Misgrouped:
    """The malformed cells of one document; its tables are looked through when one is met."""

    def __init__(self, document: Document, words: Language) -> None:
        self._document, self._words = document, words
        self._marks = {note.mark for note in document.notes if note.call is None}
        self._cells: dict[int, tuple[Table, Cell]] | None = None
        self._tallies: dict[int, Counter[tuple[str, str, int]]] = {}

    def read(self, block: Block, facts: Growing) -> bool:
        """Add the figure of a cell that is malformed in its table; return False when it is none."""
        match = self._match(block.start, block.end)
        flaw = self._flaw(match["digits"]) if match is not None else ""
        if match is None or not flaw or bool(match["open"]) != bool(match["close"]):
            return False
        if self._cells is None:
            self._cells = {c.start: (t, c) for t in self._document.tables for c in t.cells if c.end > c.start}
        table, cell = self._cells.get(block.start, (None, None))
        if table is None or cell is None or not self._is_alone(table, cell, self._plain(match["digits"]), flaw):
            return False
        facts.append(self._fact(match, f"f{len(facts) + 1}", flaw))
        return True

    def _match(self, start: int, end: int) -> re.Match[str] | None:
        return _CELL.fullmatch(self._document.text, start, end) if end - start < _LONGEST else None

    def _plain(self, digits: str) -> str:
        return digits if self._words.decimal == "." else digits.translate(_SWAPPED)

    def _flaw(self, digits: str) -> str:
        plain = self._plain(digits)
        if _WELL.fullmatch(plain):
            return ""
        return next((name for name, shape in _FLAWS.items() if shape.fullmatch(plain)), "")

    def _is_alone(self, table: Table, cell: Cell, plain: str, flaw: str) -> bool:
        """Say whether the figures around a cell are made as it is not, and next to none of the table as it is."""
        joined = _JOINED.fullmatch(plain) if "." not in plain else None
        if joined and (self._document.format in _PRINTED or joined["rest"] in self._marks):
            return False
        if table.block not in self._tallies:
            self._tallies[table.block] = self._tally(table)
        tally = self._tallies[table.block]
        form = "tail" if flaw == "tail" else "well"
        column, row, well = tally[form, "column", cell.column], tally[form, "row", cell.row], tally[form, "", 0]
        bare = flaw == "tail" or (_LISTED.fullmatch(plain) is not None and not column)
        beside = column if bare else max(column, row)
        if _DECIMAL.fullmatch(plain):
            return beside >= _BESIDE and well >= _AROUND and tally["decimal", "", 0] == 1
        return beside >= _BESIDE and well >= _AROUND and tally["odd", "", 0] <= 1 + well // _SPARE

    def _tally(self, table: Table) -> Counter[tuple[str, str, int]]:
        """Count the figures with groups of three and those with decimals, by column and row, and the malformed."""
        found: Counter[tuple[str, str, int]] = Counter()
        for cell in table.cells:
            match = self._match(cell.start, cell.end)
            if match is None:
                continue
            digits = self._plain(match["digits"])
            found["decimal" if _DECIMAL.fullmatch(digits) else "odd", "", 0] += bool(self._flaw(digits))
            for form, is_made in (("well", _WELL.fullmatch(digits)), ("tail", "." in digits[:-1])):
                if is_made:
                    found[form, "", 0] += 1
                    found[form, "column", cell.column] += 1
                    found[form, "row", cell.row] += 1
        return found

    def _fact(self, match: re.Match[str], name: str, flaw: str) -> Fact:
        whole, _, fraction = self._plain(match["digits"]).partition(".")
        value = Decimal(f"{whole.replace(',', '')}.{fraction}".rstrip("."))
        money, figure = match["money"] or "", match["figure"]
        negative = any(mark in figure for mark in _NEGATIVE)
        quantity = Quantity(
            raw=figure,
            value=-value if negative else value,
            step=Decimal(1).scaleb(-len(fraction)),
            scale=Decimal(1),
            unit=self._words.symbols.get(money.lower(), money),
            measure=Measure.MONEY if money else Measure.AMOUNT if fraction else Measure.COUNT,
            point=self._words.decimal,
        )
        return Fact(
            id=name,
            start=match.start("figure"),
            end=match.end("figure"),
            text=figure,
            kind=FactKind.QUANTITY,
            value=quantity,
            traits=(f"malformed.{flaw}",),
        )
