"""A Parquet file of record, asked where it lies: a table of ten million rows is never read as a whole."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.gate.sources import DataSource

_SOME = (
    "SELECT * EXCLUDE (file_row_number) FROM read_parquet(?, file_row_number=true) "
    "WHERE list_contains(?, file_row_number) ORDER BY file_row_number"
)


def path_of(source: DataSource) -> str:
    """Return the absolute path of a file that is there, and that DuckDB takes for one file."""
    if set("*?[]{}") & set(source.path):
        raise source.fault("its path holds * or brackets; rename it")
    path = Path(source.path)
    if not path.is_file() or not path.stat().st_size:
        _ = source.data  # which says what is wrong; a large file is not read to find out that it is there
    return str(path.resolve())


def digest_of(source: DataSource) -> str:
    """Return the digest of the file, read piece by piece."""
    with Path(path_of(source)).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def columns_of(source: DataSource) -> list[str]:
    """Return the names of the columns."""
    return [str(row[0]) for row in _asked(source, "SELECT column_name FROM (DESCRIBE SELECT * FROM read_parquet(?))")]


def length_of(source: DataSource) -> int:
    """Return the number of rows."""
    return int(_asked(source, "SELECT count(*) FROM read_parquet(?)")[0][0])


def records_of(source: DataSource, rows: Sequence[int]) -> list[tuple[Any, ...]]:
    """Return some rows, counted from 0, in their order."""
    return _asked(source, _SOME, list(rows))


def view_of(source: DataSource, row: str) -> str:
    """Return the SELECT of all rows; the column `row` numbers them as a workbook would, below a head."""
    columns = f"file_row_number + 2 AS {row}, * EXCLUDE (file_row_number)"
    return f"SELECT {columns} FROM read_parquet({literal(path_of(source))}, file_row_number=true)"  # noqa: S608


def literal(text: str) -> str:
    """Return a text for SQL.

    >>> literal("it's")
    "'it''s'"
    """
    return "'" + text.replace("'", "''") + "'"


def _asked(source: DataSource, text: str, *values: object) -> list[tuple[Any, ...]]:
    try:
        found: list[tuple[Any, ...]] = source.database().execute(text, [path_of(source), *values]).fetchall()
    except Exception as fault:
        import duckdb  # noqa: PLC0415 (0.1 s, only in the worker)

        if not isinstance(fault, duckdb.Error):
            raise
        said = " ".join(str(fault).split())[:160]
        raise source.fault(f"cannot be read as a table ({said}); export it again") from None
    return found
