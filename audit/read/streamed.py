"""Delimited files with more cells than are held: their rows pass by, once to be counted and once to be held against.

The first rows are read like any table. What they keep along each row ("total = men + women") is then held against all
other rows, and those that break it are read too. Memory does not grow with the file.
"""

from __future__ import annotations

import csv
import hashlib
from collections import deque
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.model import Rest
from audit.read.builder import Builder
from audit.read.delimited import (
    CHUNK,
    SAMPLE,
    TOLD,
    Record,
    framed,
    only_titles,
    sniff,
    tables,
    too_large,
    usual,
    write,
)
from audit.read.passing import Passing, Reader

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.model import Balance, Document
    from audit.read.limits import Limits

_HEAD = 2000  # rows that show what all of them keep
_TAIL = 8  # rows that may be totals and notes
_BALANCES = 20


def counted(path: str, limits: Limits) -> Document | None:
    """Return the document of a file with more cells or rows than are held: its first rows, and how many there are.

    None is a file that has to be read as a whole: it has fewer cells, or something is odd about it (its encoding, a
    fault of its quotes).
    """
    digest = hashlib.sha256()
    with Path(path).open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            if b"\0" in chunk:
                return None
    records: list[Record] = []
    cells = columns = number = 0
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as stream:
            head = stream.read(CHUNK)
        if TOLD.match(head):
            return None
        delimiter = sniff(head, preferred=usual(path))
        with _rows(path, delimiter, limits) as rows:
            for number, line, row in rows:
                cells += len(row)
                columns = max(columns, len(row))
                if number < SAMPLE or (number < _HEAD and 2 * cells <= limits.max_cells):
                    records.append((number, line, row))
    except (UnicodeDecodeError, csv.Error):
        return None
    if cells <= limits.max_cells and number < limits.max_rows:
        return None
    builder = Builder(path, "tsv" if delimiter == "\t" else "csv", digest.hexdigest())
    (titles, held, _), *others = tables(records)
    if others or len(held) < SAMPLE // 2:
        return only_titles(builder, records, number + 1, columns)
    limit = "max_cells" if cells > limits.max_cells else "max_rows"
    builder.gap(too_large(number + 1, columns, len(records), limit), "table")
    rest = Rest(delimiter=delimiter, rows=number + 1, columns=columns, held=len(records))
    write(builder, titles, held, [], rest=rest)
    return builder.finish()


def completed(document: Document, balances: Sequence[Balance], point: str, limits: Limits) -> Document:
    """Return a document of first rows with those that break what these keep, and with the totals of all.

    `point` is the decimal mark of its figures. Where many rows break what the first ones keep nothing is held against
    them, and the document stays as it is.
    """
    (rest,) = (table.rest for table in document.tables if table.rest is not None)
    tail: deque[Record] = deque()
    with _rows(document.path, rest.delimiter, limits) as rows:
        head = list(islice(rows, rest.held))
        passing = Passing(head, balances[:_BALANCES], Reader(point))
        for record in rows:
            tail.append(record)
            if len(tail) > _TAIL:
                passing.take(tail.popleft())
    summed = passing.summed(head, tail, rest.columns)
    if passing.is_loose or not (balances or summed):
        return document
    titles, held, notes = framed([*head, *passing.broken, *summed, *tail])
    builder = Builder(document.path, document.format, document.digest)
    builder.gap(_told(rest, balances, passing, is_summed=bool(summed)), "rows")
    write(builder, titles, held, notes, rest=replace(rest, is_summed=bool(summed)))
    return replace(builder.finish(), language=document.language, origins=document.origins)


@contextmanager
def _rows(path: str, delimiter: str, limits: Limits) -> Iterator[Iterator[Record]]:
    """Open the records of a file: the number of each, its line and its fields."""
    before = csv.field_size_limit(limits.max_line)  # one limit for the whole process: put back when done
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, delimiter=delimiter)
            yield _numbered(reader)
    finally:
        csv.field_size_limit(before)


def _numbered(reader: Any) -> Iterator[Record]:
    line = 1
    for number, fields in enumerate(reader):
        yield number, line, fields
        line = reader.line_num + 1


def _told(rest: Rest, balances: Sequence[Balance], passing: Passing, *, is_summed: bool) -> str:
    """Return what is to be said of the rows that are not here."""
    kept = "what they keep along each row was held against all others" if balances else ""
    totals = "the totals below were held against the sums of all rows" if is_summed else ""
    text = f"a table of {rest.rows:,} rows and {rest.columns:,} columns is checked in its first {rest.held:,} rows; "
    text += "; ".join(part for part in (kept, totals) if part)
    if passing.unshown:
        text += f"; {passing.unshown:,} more rows break it than are shown"
    if passing.unread:
        text += f"; rows with no number where others have one: {passing.unread:,}"
    return text
