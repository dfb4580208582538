"""Where rows of data stand: in the document read of the same file, else in one made of the rows that are told."""

from __future__ import annotations

import os
from bisect import bisect_left
from dataclasses import field
from typing import TYPE_CHECKING

from audit.cells import column_name
from audit.gate.answers import Record
from audit.model import Anchor, Block, BlockKind, Cell, Document, Span, Table
from audit.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from audit.facts import Fact, Facts
    from audit.gate.answers import Answer, Opened

_SHORT = 80  # a longer cell is a text, whose first figure is not its value


@dataclass(slots=True, kw_only=True)
class Spots:
    """A table's rows in a document: `cells` by (record, column), `head` the names of its columns."""

    document: Document
    own: bool
    head: Span
    length: int
    columns: list[str]
    cells: dict[tuple[str, str], Span] = field(default_factory=dict)
    rows: dict[str, Span] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    names: dict[str, Span] = field(default_factory=dict)
    facts: Mapping[int, Fact] = field(default_factory=dict)
    starts: Sequence[int] = ()


def placed(opened: Mapping[str, Opened], answers: Sequence[Answer], facts: Sequence[Facts]) -> dict[str, Spots]:
    """Return where the rows of each opened table stand."""
    read = {os.path.abspath(bundle.document.path): bundle for bundle in facts}
    found: dict[str, Spots] = {}
    taken: set[str] = set()
    for key, table in opened.items():
        records = {**table.records, **_named(key, table, answers)}
        bundle = read.get(os.path.abspath(table.shown))
        spots = _inside(table, records, bundle) if bundle is not None else None
        if spots is None:
            path = (
                table.shown if table.shown not in taken and bundle is None else f"{table.shown}#{table.table or 'rows'}"
            )
            spots = _made(table, records, path)
        taken.add(spots.document.path)
        found[key] = spots
    return found


def _named(key: str, table: Opened, answers: Sequence[Answer]) -> dict[str, Record]:
    """Return the rows that a database names by their key only, with the values that were told of them."""
    found: dict[str, Record] = {}
    for answer in answers:
        for checked in answer.checked:
            if answer.sources.get(checked.table) != key:
                continue
            for record, faults in checked.rows.items():
                if record not in table.records:
                    values = {f.columns[0]: f.value or "" for f in faults if f.columns}
                    found[record] = Record(label=record, cells=[values.get(name, "") for name in table.columns])
    return found


def _inside(table: Opened, records: Mapping[str, Record], bundle: Facts) -> Spots | None:
    """Return the rows in a document of the same file, by the names of its cells; None when they are not there."""
    document = bundle.document
    wanted = {record.number: key for key, record in records.items()}
    columns = dict(enumerate(table.columns))
    spots = Spots(
        document=document, own=False, head=Span(document=document.path, start=0, end=0), length=table.length,
        columns=table.columns, labels={key: record.label for key, record in records.items()},
        facts={fact.start: fact for fact in bundle.facts}, starts=sorted(fact.start for fact in bundle.facts),
    )  # fmt: skip
    head: list[Span] = []
    for each in document.tables:
        if table.table and each.sheet and each.sheet != table.table:
            continue
        for cell in each.cells:
            number = int(cell.name.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") or 0)
            if cell.column not in columns or (number not in wanted and head and cell.row):
                continue
            span = Span(document=document.path, start=cell.start, end=cell.end)
            if cell.row == 0 and document.text[cell.start : cell.end].strip() == columns[cell.column]:
                head.append(span)
                spots.names[columns[cell.column]] = span
            elif number in wanted:
                spots.cells[wanted[number], columns[cell.column]] = span
    for (record, _), span in spots.cells.items():
        row = spots.rows.get(record, span)
        spots.rows[record] = Span(document=document.path, start=min(row.start, span.start), end=max(row.end, span.end))
    if not head or any(record not in spots.rows for record in records):
        return None
    spots.head = Span(document=document.path, start=head[0].start, end=head[-1].end)
    return spots


def _made(table: Opened, records: Mapping[str, Record], path: str) -> Spots:
    order = sorted(records, key=lambda record: (0, int(record), "") if record.isdecimal() else (1, 0, record))
    rows = [("", Record(label="", cells=table.columns, number=1, line=1)), *((key, records[key]) for key in order)]
    blocks = [Block(kind=BlockKind.TABLE, start=0, end=0)]
    cells: list[Cell] = []
    anchors: list[Anchor] = []
    parts: list[str] = []
    at = 0
    for row, (_, record) in enumerate(rows):
        for column, text in enumerate(record.cells):
            shown = " ".join(text.split())
            name = f"{column_name(column)}{record.number}" if record.number and table.format != "server" else ""
            blocks.append(Block(kind=BlockKind.CELL, start=at, end=at + len(shown), parent=0))
            cells.append(Cell(row=row, column=column, start=at, end=at + len(shown), header=row == 0, name=name))
            where = name or f"{table.columns[column]} of {record.label}"
            anchors.append(Anchor(start=at, line=record.line, cell=where, sheet=table.table))
            parts.append(shown)
            at += len(shown) + 1
        parts.append("")
    text = _joined(rows)
    blocks[0] = Block(kind=BlockKind.TABLE, start=0, end=len(text) - 1)
    document = Document(
        path=path, format=table.format, text=text, blocks=tuple(blocks), digest=table.digest,
        tables=(Table(block=0, cells=tuple(cells), rows=len(rows), columns=len(table.columns), sheet=table.table),),
        anchors=tuple(anchors),
    )  # fmt: skip
    return _spots(document, table, rows, cells)


def _joined(rows: Sequence[tuple[str, Record]]) -> str:
    return "".join("\t".join(" ".join(text.split()) for text in record.cells) + "\n" for _, record in rows)


def _spots(document: Document, table: Opened, rows: Sequence[tuple[str, Record]], cells: Sequence[Cell]) -> Spots:
    spots = Spots(
        document=document, own=True, head=Span(document=document.path, start=0, end=0), length=table.length,
        columns=table.columns,
    )  # fmt: skip
    for cell in cells:
        key, record = rows[cell.row]
        name = table.columns[cell.column]
        span = Span(document=document.path, start=cell.start, end=cell.end)
        if cell.row == 0:
            spots.names[name] = span
            spots.head = Span(document=document.path, start=0, end=cell.end)
            continue
        spots.labels[key] = record.label
        spots.cells[key, name] = span
        first = spots.rows.get(key, span)
        spots.rows[key] = Span(document=document.path, start=first.start, end=cell.end)
    return spots


def fact_at(spots: Spots, span: Span) -> Fact | None:
    """Return the figure that stands in a cell of a document that was read."""
    fact = spots.facts.get(span.start)
    if fact is not None and fact.end <= span.end:
        return fact
    at = bisect_left(spots.starts, span.start)
    if at < len(spots.starts) and spots.starts[at] < span.end <= span.start + _SHORT:
        return spots.facts[spots.starts[at]]
    return None
