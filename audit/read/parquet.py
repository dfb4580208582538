"""Parquet files into documents: one table with the names of the columns as its header, every value as text.

duckdb reads the file; it is imported here only, because it costs more than a whole document check.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import tempfile
from contextlib import contextmanager
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.cells import MANY, Source, column_name
from audit.errors import ReadError
from audit.model import Anchor, Cell
from audit.read.builder import Builder
from audit.read.delimited import too_large

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.model import Document
    from audit.read.limits import Limits

_BATCH = 10_000
_GLOB = frozenset("*?[]{}")
_DAMAGED = "is damaged or was cut off; export it again"


def read(path: str, data: bytes, limits: Limits) -> Document:
    """Return the document in the bytes of a Parquet file."""
    if len(data) < 12 or data[-4:] not in (b"PAR1", b"PARE"):
        raise ReadError(f"{path}: this Parquet file {_DAMAGED}")
    if data[-4:] == b"PARE":
        raise ReadError(f"{path}: it is encrypted. Save an unprotected copy and run again.")
    builder = Builder(path, "parquet", hashlib.sha256(data).hexdigest())
    with _local(path, data) as file:
        _write(builder, path, file, limits)
    return builder.finish()


@contextmanager
def _local(path: str, data: bytes) -> Iterator[str]:
    """Yield the name of a file with these bytes: the path itself, unless duckdb would read more into it."""
    if Path(path).is_file() and not _GLOB & set(path):
        yield path
        return
    with tempfile.NamedTemporaryFile(suffix=".parquet") as copy:
        copy.write(data)
        copy.flush()
        yield copy.name


def _write(builder: Builder, path: str, file: str, limits: Limits) -> None:
    import duckdb  # noqa: PLC0415 - heavy: only where a Parquet file is read

    options = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    try:
        with duckdb.connect(":memory:", config=options) as database:
            counted = database.execute("SELECT count(*) FROM read_parquet(?)", [file]).fetchone()
            result = database.execute("SELECT * FROM read_parquet(?)", [file])
            names = [str(column[0]) for column in result.description]
            rows = int(counted[0]) if counted else 0
            if (rows + 1) * len(names) > limits.max_cells:
                builder.gap(too_large(rows, len(names)), "table")
                return
            if (rows + 1) * len(names) >= MANY:
                values = chain.from_iterable(iter(lambda: result.fetchmany(_BATCH), []))
                lines = [names, *([_text(value) for value in row] for row in values)]
                builder.plain_table(lines, Source(rows=range(len(lines)), lines=range(1, len(lines) + 1), heads=1))
                return
            builder.begin_table()
            _row(builder, 0, [(name, None) for name in names])
            number = 0
            while batch := result.fetchmany(_BATCH):
                for values in batch:
                    number += 1
                    _row(builder, number, [shown(value) for value in values])
            builder.end_table()
    except duckdb.Error as fault:
        reason = str(fault).splitlines()[0][:160]
        raise ReadError(f"{path}: this Parquet file cannot be read ({reason}); export it again") from None


def _text(value: Any) -> str:
    return value if type(value) is str else str(value) if type(value) is int else shown(value)[0]


def _row(builder: Builder, number: int, values: list[tuple[str, str | None]]) -> None:
    for column, (text, stored) in enumerate(values):
        name = f"{column_name(column)}{number + 1}"
        builder.cell(
            text,
            Cell(row=number, column=column, start=0, end=0, header=number == 0, name=name, stored=stored),
            Anchor(start=builder.offset, line=number + 1, cell=name),
            last=column == len(values) - 1,
        )


def shown(value: Any) -> tuple[str, str | None]:
    """Return a value as text, and as a decimal or ISO string where it is a number or a moment.

    >>> shown(1846.0), shown(datetime.date(2024, 3, 1)), shown(None)
    (('1846', '1846'), ('2024-03-01', '2024-03-01'), ('', None))
    """
    if value is None:
        return "", None
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), None
    if isinstance(value, str):
        return value, None
    if isinstance(value, int | float | Decimal):
        number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        if not number.is_finite():
            return "", None
        text = f"{number:f}"
        text = text[:-2] if isinstance(value, float) and text.endswith(".0") else text
        return text, text
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        text = value.isoformat()
        text = text.removesuffix("T00:00:00")
        return text, text
    if isinstance(value, bytes | bytearray):
        return value.hex(), None
    return json.dumps(value, default=str, ensure_ascii=False), None
