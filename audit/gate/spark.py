"""A table on Spark, for suites that run there; needs the extra `[spark]`. Spark has no order: rows are named by key.

Schemas and queries of such a table still read its file as everywhere else.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.gate.formats import delimiter_of
from audit.gate.sources import DataSource

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD = 65_536


class SparkSource(DataSource):
    """A CSV or Parquet file, a folder of such files (`name.parquet`) or an address that Spark itself can open."""

    is_spark = True

    @cached_property
    def suite_frame(self) -> Any:
        """Return the table as a frame of Spark, with the types that it infers."""
        try:
            from pyspark.sql import SparkSession  # noqa: PLC0415 (an extra; 30 s with its Java)
        except ImportError:
            raise self.fault("a table on Spark is read with pyspark; install addsup[spark]") from None
        if self.format not in ("csv", "parquet"):
            raise self.fault("a table on Spark is a CSV or Parquet file; for others leave out engine")
        settings = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR"}
        try:
            with _quiet():
                session = SparkSession.builder.appName("addsup").config(map=settings).getOrCreate()
        except Exception as fault:  # noqa: BLE001 (its own errors and those of its gateway)
            raise self.fault(f"Spark does not start ({_line(fault)}); it needs Java") from None
        try:
            if self.format == "parquet":
                return session.read.parquet(self._address)
            return session.read.csv(self._address, header=True, inferSchema=True, sep=self._mark(), multiLine=True)
        except Exception as fault:  # noqa: BLE001 (what the Java side raises)
            raise self.fault(f"cannot be read by Spark ({_line(fault)}); check the path") from None

    def _mark(self) -> str:
        if not Path(self._address).is_file():
            return "\t" if self._address.lower().endswith((".tsv", ".tab")) else ","
        with open(self._address, "rb") as file:
            return delimiter_of(file.read(_HEAD).decode("utf-8", "replace"))

    @cached_property
    def columns(self) -> list[str]:
        """Return the names of the columns."""
        return list(self.suite_frame.columns)

    @cached_property
    def length(self) -> int:
        """Return the number of rows, which is never nought."""
        return self._filled(self.suite_frame.count())

    @cached_property
    def digest(self) -> str:
        """Return a digest of the table's place and size: its bytes may be too many to be read here."""
        return hashlib.sha256(f"{self.shown}\0{self.length}".encode()).hexdigest()


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what Java says at its start from the terminal; errors come back as exceptions."""
    kept, nothing = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nothing)


def _line(fault: object) -> str:
    return " ".join(str(fault).split())[:160] or type(fault).__name__
