"""DuckDB over the tables of a rule: queries that return offending rows, and the values that ties ask for.

A query sees the tables of its rule and nothing else: they are copied in first, then every way to a file, the network or
a setting is shut. Numbers are read from the printed text, so that `1,846` is a number and `1,5` is none.
"""

from __future__ import annotations

import re
from threading import Timer
from typing import TYPE_CHECKING, Any

from audit.gate.answers import MOST_ROWS, Checked, DataFaultError, Fault, Worth
from audit.gate.parquet import literal, path_of, view_of
from audit.gate.sources import cell_text, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from audit.gate.sources import DataSource

ROW = "_row"  # the printed row of a file, a column of every table
SECONDS = 60
_SHOWN = 8
_PLAIN = r"[-+]?\d+(\.\d+)?"
_GROUPED = r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?"
_COMMENT = re.compile(r"^\s*--\s*(.+?)\s*\n")


class Database:
    """The tables of one rule inside DuckDB."""

    def __init__(self, sources: Mapping[str, DataSource]) -> None:
        import duckdb  # noqa: PLC0415 (0.1 s, only in the worker)

        self.sources = sources
        self._loaded: set[str] = set()
        self._connection: Any = None
        self._duckdb = duckdb

    def query(self, name: str, text: str, origin: str) -> Checked:
        """Return the rows a query gives; a comment on its first line is the reason."""
        connection = self._shut()
        found = Checked(table=name, kind="query", origin=origin)
        said = _COMMENT.match(text)
        reason = said[1] if said else "returned by the query"
        try:
            statements = connection.extract_statements(text)
            if len(statements) != 1 or statements[0].type != self._duckdb.StatementType.SELECT:
                raise DataFaultError(origin, f"{origin}: a query is one SELECT that returns the offending rows")
            columns, rows = self._rows(connection, text, origin)
        except self._duckdb.Error as fault:
            raise DataFaultError(origin, f"{origin}: the query on {name} fails ({_line(fault)})") from None
        for values in rows[:MOST_ROWS]:
            pairs = [(c, cell_text(v)) for c, v in zip(columns, values, strict=True) if c != ROW]
            shown = ", ".join(f"{column} {value or 'empty'}" for column, value in pairs[:_SHOWN])
            place = values[columns.index(ROW)] if ROW in columns else None
            record = str(place - 2) if isinstance(place, int) and place >= 2 else None
            known = [column for column, _ in pairs if column in self.sources[name].columns]
            found.add(record, Fault(check=reason, reason=f"{reason}: {shown}", columns=known))
        found.more = max(0, len(rows) - MOST_ROWS)
        if not rows:
            found.passed = [reason]
        return found

    def _rows(self, connection: Any, text: str, origin: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        timer = Timer(SECONDS, connection.interrupt)
        timer.start()
        try:
            result = connection.execute(text)
            return [str(c[0]) for c in result.description], result.fetchmany(100 * MOST_ROWS)
        except self._duckdb.InterruptException:
            raise DataFaultError(
                origin, f"{origin}: the query takes longer than {SECONDS} s; make it cheaper"
            ) from None
        finally:
            timer.cancel()

    def _shut(self) -> Any:
        """Return a connection that holds every table of the rule and reaches nothing else."""
        if self._connection is None:
            connection = next(iter(self.sources.values())).database()
            for name, source in self.sources.items():
                _load(connection, name, source)
            files = [path_of(source) for source in self.sources.values() if source.format == "parquet"]
            for setting in (
                f"allowed_paths=[{', '.join(map(literal, files))}]",
                "python_enable_replacements=false",
                "enable_external_access=false",
                "memory_limit='2GB'",
                "lock_configuration=true",
            ):
                connection.execute(f"SET {setting}")
            self._connection = connection
        return self._connection

    def worth(self, term: Mapping[str, Any], origin: str) -> Worth:
        """Return what an aggregate of a tie is worth."""
        source = self.sources[term["table"]]
        column = source.column(term["column"], origin) if term["column"] else ""
        where = [(source.column(name, origin), text) for name, text in term["where"]]
        rows = _matching(source, column, where)
        said = f"{origin}: {term['text']}"
        if term["function"] == "count":
            count = sum(1 for _, text in rows if text) if column else len(rows)
            return Worth(value=str(count), step="1", count=count)
        if not rows:
            raise DataFaultError(origin, f"{said}: no row of {source.shown} fits")
        if term["function"] == "value" and len(rows) > 1:
            raise DataFaultError(origin, f"{said}: {len(rows):,} rows of {source.shown} fit; add a condition")
        return _aggregate(term["function"], rows, said)


def _load(connection: Any, name: str, source: DataSource) -> None:
    """Copy a table in; a Parquet file is read where it lies, and of it only the columns a query asks for."""
    if source.format == "parquet" and source.length:
        connection.execute(f"CREATE VIEW {quoted(name)} AS {view_of(source, ROW)}")
        return
    frame = source.frame
    connection.register("frame_of_a_table", frame)
    connection.execute(
        f"CREATE TABLE {quoted(name)} AS SELECT row_number() OVER () + 1 AS {ROW}, * FROM frame_of_a_table"  # noqa: S608
    )
    connection.unregister("frame_of_a_table")


def _matching(source: DataSource, column: str, where: Sequence[tuple[str, str]]) -> list[tuple[int, str]]:
    """Return (row, text of the cell) for the rows whose columns hold the texts asked for."""
    texts = source.texts([*dict.fromkeys([*(name for name, _ in where), *([column] if column else [])])])
    length = source.length
    kept: Any = range(length)
    for name, wanted in where:
        cells = texts[name]
        kept = [row for row in kept if cells[row].strip() == wanted]
    return [(row, texts[column][row].strip() if column else "") for row in kept]


def _aggregate(function: str, rows: Sequence[tuple[int, str]], said: str) -> Worth:
    from decimal import Decimal  # noqa: PLC0415

    numbers = []
    for row, text in rows:
        if not text:
            continue
        plain = re.fullmatch(_PLAIN, text) or re.fullmatch(_GROUPED, text)
        if plain is None:
            origin = said.partition(": ")[0]
            raise DataFaultError(origin, f'{said}: "{text[:40]}" in row {row + 2} is no number')
        numbers.append(Decimal(text.replace(",", "")))
    if not numbers:
        raise DataFaultError(said.partition(": ")[0], f"{said}: every cell is empty")
    step = min(Decimal(1).scaleb(min(0, int(n.as_tuple().exponent))) for n in numbers)
    value = {
        "value": lambda: numbers[0],
        "sum": lambda: sum(numbers, Decimal(0)),
        "min": lambda: min(numbers),
        "max": lambda: max(numbers),
        "mean": lambda: sum(numbers, Decimal(0)) / len(numbers),
    }[function]()
    record = str(rows[0][0]) if function == "value" else ""
    return Worth(value=str(value), step=str(step), count=len(numbers), record=record)


def _line(fault: object) -> str:
    return " ".join(str(fault).split())[:200] or type(fault).__name__
