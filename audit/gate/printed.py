"""Rows of a delimited file as they are printed, looked up after the file was read by what reads it fastest."""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8
from typing import TYPE_CHECKING

from audit.gate.answers import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from audit.gate.sources import DataSource

_PIECE = 65_536
_LONGEST = 2**31 - 1  # a cell that pandas has read is one that can be shown


def printed(source: DataSource, rows: Sequence[int]) -> Iterable[Record]:
    """Yield the fields of some rows of a delimited file; the first record with a field in it is the header.

    A file with as many lines as records has each record on its line: only those asked for are looked up and split.
    """
    csv.field_size_limit(_LONGEST)
    data = source.data if source.encoding != "utf-16" else source.data.decode("utf-16", "replace").encode()
    if b"\r" in data and data.count(b"\r") != data.count(b"\r\n"):
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    data, encoding = data.removeprefix(BOM_UTF8).rstrip(b"\r\n "), source.encoding.replace("utf-16", "utf-8")
    if data.count(b"\n") == source.length:
        for row, line in zip(rows, _lines(data, [row + 1 for row in rows]), strict=True):
            fields = next(csv.reader([line.decode(encoding, "replace")], delimiter=source.delimiter))
            yield _record(fields, row + 2, row + 2, len(source.columns))
        return
    wanted, row, line_number = set(rows), -2, 1
    reader = csv.reader(io.StringIO(data.decode(encoding, "replace"), newline=""), delimiter=source.delimiter)
    for number, fields in enumerate(reader, 1):
        row += len(fields) > 1 or bool(fields and fields[0].strip(" \t"))  # a line of spaces is no row either
        if row in wanted:
            wanted.discard(row)
            yield _record(fields, number, line_number, len(source.columns))
        if not wanted:
            return
        line_number = reader.line_num + 1


def _lines(data: bytes, numbers: Sequence[int]) -> Iterable[bytes]:
    """Yield some lines by their numbers, from 0 and rising, without splitting what lies between them."""
    at, line = 0, 0  # the offset of the first line of a piece, and its number
    for number in numbers:
        while (end := data.find(b"\n", at + _PIECE) + 1) and line + (held := data.count(b"\n", at, end)) <= number:
            at, line = end, line + held
        yield data[at : end or len(data)].split(b"\n", number - line + 1)[number - line].rstrip(b"\r")


def _record(fields: Sequence[str], number: int, line: int, width: int) -> Record:
    cells = [*fields, *[""] * (width - len(fields))][:width]
    return Record(label=f"row {number}", cells=cells, number=number, line=line)
