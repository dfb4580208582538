"""Rounding notes, symbols of empty cells and hedged phrases, as public pages word them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from vector_files import agreement, disagreements, records

from audit.extract import extract
from audit.extract.language import language
from audit.extract.rounding import effects_of
from audit.model import BlockKind
from audit.quantity import Interval, Quantity
from audit.read import read
from audit.read.builder import Builder
from audit.read.limits import Limits
from audit.relate.tables.figures import Figures
from audit.relate.tables.slots import Kind, Slot

if TYPE_CHECKING:
    from pathlib import Path

_UNKNOWN = (Kind.BLANK, Kind.TEXT)


def has_effects(row: dict[str, Any]) -> bool:
    effects = effects_of(row["input"]["text"], language("en").rounding)
    return row["expected"]["is_rounding_note"] and sorted(effects) == sorted(row["expected"]["effects"])


def cell(text: str, folder: Path) -> Slot:
    """Return what the program sees in a cell of a table whose figures are said to be rounded."""
    path = folder / "table.csv"
    path.write_text(f"Region,Cases\nNorth,12\nSouth,{text}\nTotals may not add due to rounding.,\n", encoding="utf-8")
    bundle = extract(read(str(path), Limits()))
    (table,) = bundle.document.tables
    (found,) = [c for c in table.cells if (c.row, c.column) == (2, 1)] or [None]
    return Slot(Kind.BLANK, 0, 0) if found is None else Figures(bundle).slot(found)


def stands_for(row: dict[str, Any], folder: Path) -> bool:
    """Say whether a cell may hold what its symbol means: nothing known, exactly nil, or less than half a unit."""
    slot, expected = cell(row["input"]["cell"], folder), row["expected"]
    if expected["lower"] is None:
        return slot.kind in _UNKNOWN
    if expected["upper"] == "0":
        return slot.kind is Kind.NIL
    less = Interval(low=Fraction(0), high=Fraction(1, 2), high_open=True)
    value = slot.fact.value if slot.fact is not None else None
    return isinstance(value, Quantity) and value.interval.holds(less) and value.interval.high == Fraction(1, 2)


def accepts(row: dict[str, Any]) -> bool:
    """Say whether a value lies in the zone outside which a phrase is false; "most of" holds no figure to be wrong."""
    builder = Builder("line.txt", "text", "")
    builder.block(BlockKind.PARAGRAPH, row["input"]["phrase"])
    found = [f.value for f in extract(builder.finish()).facts if isinstance(f.value, Quantity)]
    text = row["input"]["value"]
    value = Decimal(text.rstrip("%").replace(",", "")) / (100 if text.endswith("%") else 1)
    holds = all(q.interval.holds(Interval.point(value)) for q in found)
    return holds == row["expected"]["acceptable"] and (bool(found) or row["input"]["phrase"] == "most of")


def test_notes_symbols_and_hedges_are_read_as_their_authors_mean_them(tmp_path: Path) -> None:
    judges = {
        "rounding_note": has_effects,
        "cell_symbol": lambda row: stands_for(row, tmp_path),
        "hedge": accepts,
    }

    def judge(row: dict[str, Any]) -> bool:
        return judges[row["family"]](row)

    rows = records("notes_symbols_hedges")
    # What differs is meant: totals "independently rounded" are not randomly rounded by these words alone.
    assert agreement(rows, judge) >= 0.95, disagreements(rows, judge)


def test_every_wording_is_known_as_a_rounding_note() -> None:
    rows = records("notes_symbols_hedges", "rounding_note")
    assert [row["id"] for row in rows if not effects_of(row["input"]["text"], language("en").rounding)] == []
