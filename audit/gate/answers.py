"""What the worker of the gate answers, as plain records that go through JSON between two processes."""

from __future__ import annotations

from dataclasses import asdict, field
from typing import Any

from audit.records import dataclass

MOST_ROWS = 1_000  # offending rows that are told one by one, for each table and kind
MOST_CHECKS = 500


class DataFaultError(Exception):
    """The work on one table cannot be done; `source` is the file that must be mended."""

    def __init__(self, source: str, reason: str) -> None:
        self.source = source
        super().__init__(reason)


@dataclass(slots=True, kw_only=True)
class Fault:
    """One cell, row or table that breaks one check; `columns` are the cells it is about, the failing one first."""

    check: str
    reason: str
    columns: list[str] = field(default_factory=list)
    value: str | None = None
    severity: str = "error"


@dataclass(slots=True, kw_only=True)
class Checked:
    """What came of one schema, suite or query: `rows` holds the faults by record, `more` counts rows left out."""

    table: str
    kind: str
    origin: str
    passed: list[str] = field(default_factory=list)
    rows: dict[str, list[Fault]] = field(default_factory=dict)
    whole: list[Fault] = field(default_factory=list)
    open: list[Fault] = field(default_factory=list)
    more: int = 0

    def add(self, record: str | None, fault: Fault) -> None:
        """Note a fault of a record, or of the whole table for None."""
        if record is None:
            self.whole.append(fault)
        elif record in self.rows or len(self.rows) < MOST_ROWS:
            self.rows.setdefault(record, []).append(fault)


@dataclass(slots=True, kw_only=True)
class Record:
    """A row of data as printed; `number` is its row in a sheet (from 1), `line` its line in a file, 0 for none."""

    label: str
    cells: list[str]
    number: int = 0
    line: int = 0


@dataclass(slots=True, kw_only=True)
class Opened:
    """A table as far as a report needs it: its columns and the records that were asked for."""

    shown: str
    table: str
    format: str
    digest: str
    columns: list[str]
    length: int
    records: dict[str, Record] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Worth:
    """What an aggregate is worth: `value` a decimal, `step` the finest place printed, over `count` cells.

    `record` names the one row of a single value.
    """

    value: str
    step: str
    count: int
    record: str = ""


@dataclass(slots=True, kw_only=True)
class Answer:
    """What came of the tables and ties of one rule; `sources` maps a table's name to the key of its `Opened`."""

    rule: str
    sources: dict[str, str] = field(default_factory=dict)
    checked: list[Checked] = field(default_factory=list)
    terms: dict[str, Worth] = field(default_factory=dict)
    faults: list[tuple[str, str]] = field(default_factory=list)


def data_of(answers: list[Answer], opened: dict[str, Opened]) -> dict[str, Any]:
    """Return everything as dictionaries and lists."""
    return {"answers": [asdict(a) for a in answers], "opened": {key: asdict(o) for key, o in opened.items()}}


def read_back(data: dict[str, Any]) -> tuple[list[Answer], dict[str, Opened]]:
    """Return what `data_of` was given."""
    answers = [
        Answer(
            rule=each["rule"],
            sources=each["sources"],
            checked=[_checked(c) for c in each["checked"]],
            terms={text: Worth(**worth) for text, worth in each["terms"].items()},
            faults=[(source, reason) for source, reason in each["faults"]],
        )
        for each in data["answers"]
    ]
    opened = {
        key: Opened(**{**each, "records": {r: Record(**record) for r, record in each["records"].items()}})
        for key, each in data["opened"].items()
    }
    return answers, opened


def _checked(data: dict[str, Any]) -> Checked:
    lists = {key: [Fault(**fault) for fault in data[key]] for key in ("whole", "open")}
    rows = {record: [Fault(**fault) for fault in faults] for record, faults in data["rows"].items()}
    return Checked(**{**data, **lists, "rows": rows})
