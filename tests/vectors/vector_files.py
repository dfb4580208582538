"""Reads the peers' test suites kept beside the project as plain data, and counts how far the program agrees."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from audit.quantity import Measure, Quantity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# For the report at the end of a run: the records that were read, by file, and those the program judges differently.
READ: dict[str, set[str]] = {}
DIFFERENT: set[str] = set()
FOLDER = Path(__file__).resolve().parents[2] / ".." / "shared" / "vectors"


def records(name: str, *families: str, without: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """Return the records of a file (of some families, without some flags); skip the test when the file is absent."""
    path = FOLDER / f"{name}.jsonl"
    if not path.is_file():
        pytest.skip(f"{path.name} is not here")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    read = [
        row
        for row in rows
        if (not families or row["family"] in families) and not set(without) & set(row.get("flags", ()))
    ]
    READ.setdefault(name, set()).update(row["id"] for row in read)
    return read


def disagreements(rows: list[dict[str, Any]], agrees: Callable[[dict[str, Any]], bool]) -> list[str]:
    """Return the names of the records the program judges differently."""
    return [row["id"] for row in rows if not agrees(row)]


def agreement(rows: list[dict[str, Any]], agrees: Callable[[dict[str, Any]], bool]) -> float:
    """Return the share of records the program judges alike."""
    wrong = [row["id"] for row in rows if not agrees(row)]
    DIFFERENT.update(wrong)
    return 1 - len(wrong) / len(rows)


def amount(value: str, decimals: str) -> Quantity:
    """Return a number rounded to a number of decimals ("INF" is exact) as a quantity without lattice."""
    exact = decimals == "INF"
    step = Decimal(1) if exact else Decimal(1).scaleb(-int(decimals))
    granule = None if exact else step
    return Quantity(raw=value, value=Decimal(value), step=step, measure=Measure.AMOUNT, exact=exact, granule=granule)


def printed(text: str, *, unit: str | None = None, measure: Measure = Measure.AMOUNT) -> Quantity:
    """Return a number as printed ("57,441"), with the unit of its last place or a stated one (0 is exact)."""
    value = Decimal(text.replace(",", "").replace("%", ""))
    exact = unit is not None and Decimal(unit) == 0
    step = Decimal(unit) if unit is not None and not exact else Decimal(1).scaleb(int(value.as_tuple().exponent))
    return Quantity(raw=text, value=value, step=step, measure=measure, exact=exact)


def chunks(rows: list[dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Yield (id, input, expected) of each record."""
    for row in rows:
        yield row["id"], row["input"], row["expected"]
