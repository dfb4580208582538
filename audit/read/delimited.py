"""From a CSV or TSV file to a document: titles and notes as paragraphs, the rest as tables of printed strings.

Cells keep their characters, leading spaces included: an indent is often the only mark of a hierarchy. A cell is
named as a spreadsheet would name it when the file is opened there, so the first record of the file is row 1
even where titles stand above the table.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from typing import TYPE_CHECKING

from audit.cells import MANY, Source, column_name
from audit.errors import ReadError
from audit.model import Anchor, BlockKind, Cell, Document
from audit.read.builder import Builder
from audit.read.decode import decode

if TYPE_CHECKING:
    from audit.model import Rest
    from audit.read.limits import Limits

Record = tuple[int, int, list[str]]  # record number (from 0), line (from 1), fields

_DELIMITERS = (",", ";", "\t", "|")
SAMPLE = 200
CHUNK = 1 << 20  # characters
_PADDED = 1.5  # cells for each that is filled
TOLD = re.compile(r"sep=([^\w\s\"]|\t)\n", re.IGNORECASE)
_NUMBER = re.compile(r"[\s(\[$€£¥+\-−–]*\d[\d.,'’\u00a0\u202f ]*[\s)\]%*]*\Z")
_YEAR = re.compile(r"\s*(?:19|20)\d\d\s*\Z")


def read(path: str, data: bytes, limits: Limits) -> Document:
    """Return the document of a delimited text file."""
    text, note = decode(path, data, limits, is_record=True)
    told = TOLD.match(text)
    if told:  # "sep=;": for the spreadsheet program that opens the file, which does not show it
        delimiter, text = told[1], text[told.end() :]
    else:
        delimiter = sniff(text, preferred=usual(path))
    builder = Builder(path, "tsv" if delimiter == "\t" else "csv", hashlib.sha256(data).hexdigest())
    if note:
        builder.gap(note)
    records, size = _records(path, text, delimiter, limits, 2 if told else 1)
    if size:
        return only_titles(builder, records, *size)
    for table in tables(records):
        write(builder, *table)
    return builder.finish()


def only_titles(builder: Builder, records: list[Record], rows: int, columns: int) -> Document:
    """Return a document without the cells of its table: they are too many."""
    builder.gap(too_large(rows, columns), "table")
    write(builder, tables(records)[0][0], [], [])
    return builder.finish()


def usual(path: str) -> str:
    """Return the delimiter that the name of a file tells."""
    return "\t" if path.lower().endswith((".tsv", ".tab")) else ","


def too_large(rows: int, columns: int, held: int = 0, limit: str = "max_cells") -> str:
    """Return the gap of a table of record with more cells than are held in memory: there are other ways to check it."""
    checked = f"is checked in its first {held:,} rows only" if held else "is not checked cell by cell"
    return (
        f"a table of {rows:,} rows and {columns:,} columns {checked}; "
        f'name it under "tables" in a rule, or raise {limit}'
    )


def sniff(text: str, preferred: str = ",") -> str:
    """Return the delimiter under which most records have the same number of fields and most fields are clean.

    "a;1,5;2,5" has three fields under either mark; under the right one none of them holds the other between digits.
    """
    sample = [line for line in text[:CHUNK].splitlines()[:SAMPLE] if line.strip()]
    best, best_score = preferred, 0.0
    for delimiter in (preferred, *(d for d in _DELIMITERS if d != preferred)):
        rows = list(csv.reader(sample, delimiter=delimiter))
        widths = [len(row) for row in rows]
        if not widths or max(widths) == 1:
            continue
        usual = max(set(widths), key=lambda w: (widths.count(w), w))
        if usual == 1:
            continue
        fields = [f for row in rows for f in row if f.strip()]
        clean = sum(1 for f in fields if _NUMBER.match(f) or not any(c.isdecimal() for c in f))
        broken = sum(1 for f in fields if any(d in f for d in _DELIMITERS[1:] if d != delimiter))
        score = widths.count(usual) / len(widths) * (1 + clean - broken) / (1 + len(fields))
        if score > best_score * 1.000001:
            best, best_score = delimiter, score
    return best


def _records(
    path: str, text: str, delimiter: str, limits: Limits, line: int
) -> tuple[list[Record], tuple[int, int] | None]:
    """Return the records; of more cells than the limit only the first records, with all rows and columns counted."""
    before = csv.field_size_limit(limits.max_line)  # one limit for the whole process: put back when done
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    records: list[Record] = []
    first, cells = line, 0
    size: tuple[int, int] | None = None
    try:
        for number, row in enumerate(reader):
            cells += len(row)
            if cells > limits.max_cells:
                columns = max([len(row), *(len(fields) for _, _, fields in records)])
                del records[SAMPLE:]
                size = number + 1 + sum(1 for _ in reader), columns
                break
            records.append((number, line, row))
            line = reader.line_num + first
    except csv.Error as fault:
        raise ReadError(f"{path}: line {line}: {fault}; export it as CSV again") from None
    finally:
        csv.field_size_limit(before)
    return records, size


def _filled(row: list[str]) -> int:
    return sum(1 for field in row if field.strip())


def _is_title(row: list[str]) -> bool:
    """Say whether a record is a line of text: its first field only, and that is no number."""
    return bool(row) and bool(row[0].strip()) and _filled(row) == 1 and not _NUMBER.match(row[0])


def _is_header(row: list[str]) -> bool:
    """Say whether a record could head a table: two names or more, and no figures but years."""
    names = [field for field in row if field.strip()]
    return len(names) > 1 and all(_YEAR.match(name) or not _NUMBER.match(name) for name in names)


def tables(records: list[Record]) -> list[tuple[list[Record], list[Record], list[Record]]]:
    """Return (titles, rows, notes) of each table of the file, in order.

    A blank record ends a table only where titles and a header follow; inside a table it is a visual gap.
    """
    parts: list[list[Record]] = [[]]
    for position, record in enumerate(records):
        after_gap = position > 0 and not any(map(str.strip, records[position - 1][2]))
        if after_gap and _filled(record[2]) and _holds_figures(parts[-1]) and _opens_table(records, position):
            parts.append([])
        parts[-1].append(record)
    return [framed(part) for part in parts]


def _holds_figures(part: list[Record]) -> bool:
    return any(_filled(row) > 1 and any(_NUMBER.match(f) for f in row[1:]) for _, _, row in part)


def _opens_table(records: list[Record], position: int) -> bool:
    for _, _, row in records[position : position + 12]:
        if _filled(row) and not _is_title(row):
            return _is_header(row)
    return False


def framed(part: list[Record]) -> tuple[list[Record], list[Record], list[Record]]:
    """Return the titles above a table, its rows and the notes below it."""
    first, last = 0, len(part)
    wide = any(_filled(row) > 1 for _, _, row in part)
    while wide and first < last and (not _filled(part[first][2]) or _is_title(part[first][2])):
        first += 1
    while wide and last > first and (not _filled(part[last - 1][2]) or _is_title(part[last - 1][2])):
        last -= 1
    return part[:first], part[first:last], part[last:]


def write(
    builder: Builder, titles: list[Record], rows: list[Record], notes: list[Record], *, rest: Rest | None = None
) -> None:
    """Write a table with what stands above and below it; `rest` tells what is not held of it."""
    titles = [t for t in titles if _filled(t[2])]
    for position, record in enumerate(titles):
        is_last = position == len(titles) - 1
        _write_line(builder, record, BlockKind.CAPTION if is_last and rows else BlockKind.PARAGRAPH)
    caption = titles[-1][2][0].strip() if titles else ""
    if rest is not None or _is_large(rows):
        width = max(rest.columns if rest is not None else 0, *(len(fields) for _, _, fields in rows))
        lines = [fields if len(fields) == width else [*fields, *[""] * (width - len(fields))] for _, _, fields in rows]
        source = Source(rows=[number for number, _, _ in rows], lines=[line for _, line, _ in rows])
        builder.plain_table(lines, source, caption=caption, rest=rest)
    elif rows:
        names = [column_name(column) for column in range(max(len(fields) for _, _, fields in rows) or 1)]
        builder.begin_table()
        for row, (number, line, fields) in enumerate(rows):
            for column, field in enumerate(fields or [""]):
                name = f"{names[column]}{number + 1}"
                builder.cell(
                    field,
                    Cell(row=row, column=column, start=0, end=0, name=name),
                    Anchor(start=builder.offset, line=line, cell=name),
                    last=column >= len(fields) - 1,
                )
        builder.end_table(caption=caption)
    for record in notes:
        if _filled(record[2]):
            _write_line(builder, record, BlockKind.PARAGRAPH)


def _is_large(rows: list[Record]) -> bool:
    """Say whether a table is kept as text: it has many cells, and nearly all of its rows are of one width."""
    widths = [len(fields) for _, _, fields in rows]
    return sum(widths) >= MANY and max(widths) * len(widths) <= _PADDED * sum(widths)


def _write_line(builder: Builder, record: Record, kind: BlockKind) -> None:
    number, line, fields = record
    text = next(f for f in fields if f.strip())
    builder.block(kind, " ".join(text.split()), Anchor(start=0, line=line, cell=f"A{number + 1}"))
