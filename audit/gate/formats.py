"""What a table is, by its name: the format its ending says, and the mark between the fields of its first line."""

from __future__ import annotations

import re
from pathlib import Path

from audit.errors import did_you_mean
from audit.gate.answers import DataFaultError

FORMATS = {
    **dict.fromkeys((".csv", ".tsv", ".tab", ".txt"), "csv"),
    **dict.fromkeys((".xlsx", ".xlsm", ".xls", ".ods"), "xlsx"),
    ".parquet": "parquet",
    **dict.fromkeys((".sqlite", ".sqlite3", ".db"), "sqlite"),
    ".duckdb": "duckdb",
}
_SERVERS = ("postgresql", "postgres", "sqlite")


def format_of(path: str, shown: str) -> str:
    """Return how a table is read, by its ending or the scheme of its address; a fault names it as `shown`."""
    scheme, mark, _ = path.partition("://")
    if mark and scheme.split("+")[0] in _SERVERS:
        return "server"
    suffix = suffix_of(path)
    if suffix not in FORMATS:
        near = did_you_mean(suffix, FORMATS) or f"; known are {', '.join(FORMATS)}"
        if mark and not suffix:
            raise DataFaultError(shown, f'{shown}: no way to open "{scheme}://"; known are {_SERVERS[0]} and files')
        raise DataFaultError(shown, f'{shown}: no table is read from "{suffix}"{near}')
    return FORMATS[suffix]


def suffix_of(path: str) -> str:
    """Return the ending of a path or an address, in lower case."""
    return Path(path.partition("?")[0] if "://" in path else path).suffix.lower()


def delimiter_of(head: str) -> str:
    """Return the mark between the fields of a file's first line."""
    plain = re.sub(r'"[^"]*"', "", head.lstrip("\r\n").split("\n", 1)[0])
    return max(("\t", ";", "|", ",") if "\t" in plain else (",", ";", "|"), key=plain.count)
