"""Tables of record, opened in the worker: a frame for schemas and suites, a relation for queries, rows as printed.

A file is read by what reads it fastest and its printed rows are looked up afterwards, only those that are asked for:
a million rows that obey their schema are never held as text.
"""

from __future__ import annotations

import hashlib
import io
import sqlite3
from contextlib import closing
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.errors import did_you_mean
from audit.gate import parquet
from audit.gate.answers import DataFaultError, Opened, Record
from audit.gate.formats import delimiter_of, format_of, suffix_of
from audit.gate.printed import printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SAMPLE = 65_536


class DataSource:
    """One table: `path` is a file or an address, `shown` how reports name it, `table` a sheet or a table in it."""

    is_spark = False

    def __init__(self, path: str, shown: str, table: str = "", key: Sequence[str] = ()) -> None:
        self._address, self.shown, self.table, self.key = path, shown, table, tuple(key)
        self.format = format_of(path, shown)

    @cached_property
    def path(self) -> str:
        """Return the path of a file, of a copy of one that lies elsewhere, or the address of a server."""
        if self.format == "server" or "://" not in self._address:
            return self._address
        from audit.gate.remote import Copy  # noqa: PLC0415 (needs an extra)

        self._copy = Copy(self, self._address, suffix_of(self._address))
        return self._copy.path

    @property
    def is_database(self) -> bool:
        """Say whether suites run inside a database."""
        return self.format in ("sqlite", "server")

    @cached_property
    def digest(self) -> str:
        """Return the digest of the file, of the address for a server."""
        if self.format == "server":
            return hashlib.sha256(f"{self.shown}\0{self.table}".encode()).hexdigest()
        if self.format == "parquet":
            return parquet.digest_of(self)
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
    def data(self) -> bytes:
        """Return the bytes of a file."""
        try:
            found = Path(self.path).read_bytes()
        except FileNotFoundError:
            raise self.fault("no such file; check the path of this table") from None
        except OSError as fault:
            raise self.fault(f"cannot be opened ({fault.strerror}); check the path and its permissions") from None
        if not found or found.isspace():
            raise self.fault("the file is empty; a table without rows passes nothing")
        return found

    @cached_property
    def encoding(self) -> str:
        """Return the encoding of a delimited file: spreadsheets still export in the Windows code page."""
        if self.data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return "utf-16"
        try:
            self.data.decode("utf-8")
        except UnicodeDecodeError:
            return "cp1252"
        return "utf-8"

    @cached_property
    def delimiter(self) -> str:
        """Return the mark that is most frequent in the first line."""
        return delimiter_of(self.data[:_SAMPLE].decode(self.encoding, "replace"))

    @cached_property
    def frame(self) -> Any:
        """Return the table as a pandas frame, with the types a user of pandas would see."""
        import pandas as pd  # noqa: PLC0415 (0.5 s, only in the worker)

        try:
            found = self._frame(pd)
        except DataFaultError:
            raise
        except Exception as fault:  # noqa: BLE001 (a dozen readers, each with errors of its own)
            raise self.fault(f"cannot be read as a table ({_line(fault)}); export it again") from None
        self._filled(len(found))
        return found

    def _frame(self, pd: Any) -> Any:
        if self.format == "csv":
            return pd.read_csv(
                io.BytesIO(self.data),
                sep=self.delimiter,
                encoding=self.encoding,
                low_memory=False,
            )
        if self.format == "xlsx":
            return pd.read_excel(io.BytesIO(self.data), engine="calamine", sheet_name=self.sheet(pd))
        if self.format == "parquet":
            return self.database().execute("SELECT * FROM read_parquet(?)", [parquet.path_of(self)]).df()
        if self.format == "duckdb":
            return self.database(self.path).execute(f"SELECT * FROM {quoted(self.table_name())}").df()  # noqa: S608
        from audit.gate.servers import connected  # noqa: PLC0415 (a server needs an extra)

        with connected(self) as connection:
            return pd.read_sql_query(f"SELECT * FROM {self.table_path()}", connection)  # noqa: S608

    def table_path(self) -> str:
        """Return the table of a database for SQL; in a server a point parts a schema from its table."""
        name = self.table_name()
        return ".".join(map(quoted, name.split(".", 1))) if self.format == "server" else quoted(name)

    def sheet(self, pd: Any) -> str:
        """Return the sheet of a workbook: the named one, or its only one."""
        names = pd.ExcelFile(io.BytesIO(self.data), engine="calamine").sheet_names
        return self._chosen([str(name) for name in names], "sheet")

    def table_name(self) -> str:
        """Return the table of a database: the named one, or its only one."""
        if self.format == "sqlite":
            _ = self.data
            with closing(sqlite3.connect(f"{Path(self.path).resolve().as_uri()}?mode=ro", uri=True)) as connection:
                try:
                    rows = connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
                    return self._chosen([row[0] for row in rows], "table")
                except sqlite3.DatabaseError as fault:
                    raise self.fault(f"is no SQLite database ({_line(fault)}); check the file") from None
        if self.format == "duckdb":
            _ = self.data
            rows = self.database(self.path).execute("SELECT table_name FROM information_schema.tables").fetchall()
            return self._chosen([row[0] for row in rows], "table")
        if not self.table:
            raise self.fault('which table? add table = "name"')
        return self.table

    def _chosen(self, names: Sequence[str], what: str) -> str:
        if self.table in names:
            return self.table
        if not self.table and len(names) == 1:
            return names[0]
        if not self.table:
            raise self.fault(f"holds {len(names)} {what}s; say which with table: {', '.join(names[:8])}")
        near = did_you_mean(self.table, names) or f"; there are {', '.join(names[:8]) or 'none'}"
        raise self.fault(f'has no {what} "{self.table}"{near}')

    def database(self, path: str = ":memory:") -> Any:
        """Return a DuckDB connection that fetches nothing from anywhere."""
        import duckdb  # noqa: PLC0415 (0.1 s, only in the worker)

        options = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
        try:
            return duckdb.connect(path, read_only=path != ":memory:", config=options)
        except duckdb.Error as fault:
            raise self.fault(f"cannot be opened by DuckDB ({_line(fault)}); check the file") from None

    @property
    def suite_frame(self) -> Any:
        """Return the frame that a suite runs on outside a database."""
        return self.frame

    @cached_property
    def columns(self) -> list[str]:
        """Return the names of the columns."""
        if self.is_database:
            return self._asked("SELECT * FROM {} LIMIT 0")[0]
        if self.format == "parquet":
            return parquet.columns_of(self)
        return [str(name) for name in self.frame.columns]

    @cached_property
    def length(self) -> int:
        """Return the number of rows, which is never nought; a database counts its own."""
        if self.is_database:
            return self._filled(self._asked("SELECT count(*) FROM {}")[1][0][0])
        if self.format == "parquet":
            return self._filled(parquet.length_of(self))
        return len(self.frame)

    def _asked(self, what: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        from audit.gate.servers import asked  # noqa: PLC0415 (a server needs an extra)

        return asked(self, what.format(self.table_path()))

    def _filled(self, rows: int) -> int:
        if not rows:
            raise self.fault("the table has no rows; a table without rows passes nothing")
        return rows

    def column(self, name: str, origin: str) -> str:
        """Return a column's name, or raise a fault in the file that asks for it."""
        if name in self.columns:
            return name
        near = did_you_mean(name, self.columns) or f"; there are {', '.join(self.columns[:12])}"
        raise DataFaultError(origin, f'{origin}: {self.shown} has no column "{name}"{near}')

    def texts(self, names: Sequence[str]) -> dict[str, list[str]]:
        """Return the cells of some columns as text: as printed for a delimited file."""
        if self.format != "csv":
            return {name: [cell_text(value) for value in self.frame[name].astype(object)] for name in names}
        import pandas as pd  # noqa: PLC0415

        frame = pd.read_csv(
            io.BytesIO(self.data),
            sep=self.delimiter,
            encoding=self.encoding,
            usecols=list(names),
            dtype=str,
            keep_default_na=False,
            low_memory=False,
        )
        return {name: frame[name].tolist() for name in names}

    def opened(self, records: Iterable[str]) -> Opened:
        """Return the table with some of its records as printed."""
        wanted = sorted({int(record) for record in records if record.isdecimal()})
        found = Opened(
            shown=self.shown,
            table=self.table,
            format=self.format,
            digest=self.digest,
            columns=self.columns,
            length=self.length,
        )
        found.records = {str(row): record for row, record in zip(wanted, self._records(wanted), strict=True)}
        return found

    def _records(self, rows: Sequence[int]) -> list[Record]:
        if not rows:
            return []
        if self.format == "csv":
            return list(printed(self, rows))
        picked = (
            parquet.records_of(self, rows)
            if self.format == "parquet"
            else self.frame.iloc[list(rows)].astype(object).itertuples(index=False, name=None)
        )
        cells = [[cell_text(value) for value in values] for values in picked]
        sheet = self.format in ("xlsx", "parquet")
        return [
            Record(label=f"row {row + 2}" if sheet else self._label(row, texts), cells=texts, number=row + 2)
            for row, texts in zip(rows, cells, strict=True)
        ]

    def _label(self, row: int, texts: Sequence[str]) -> str:
        named = [f"{name} {texts[self.columns.index(name)]}" for name in self.key if name in self.columns]
        return ", ".join(named) or f"record {row + 1}"

    def fault(self, reason: str) -> DataFaultError:
        """Return a fault of this source."""
        return DataFaultError(self.shown, f"{self.shown}: {reason}")


def cell_text(value: object) -> str:
    """Return a value as a cell would show it; nothing for a missing one."""
    if value is None or value != value:  # noqa: PLR0124 (a missing number is not equal to itself)
        return ""
    text = str(value)
    if text in ("<NA>", "NaT"):
        return ""
    return text[:-2] if isinstance(value, float) and text.endswith(".0") else text.removesuffix(" 00:00:00")


def quoted(name: str) -> str:
    """Return a name for SQL."""
    return '"' + name.replace('"', '""') + '"'


def _line(fault: BaseException) -> str:
    return " ".join(str(fault).split())[:160] or type(fault).__name__
