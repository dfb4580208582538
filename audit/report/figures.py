"""The ledger as a table: one row per figure, as text, CSV or Parquet."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.report.escape import formula_safe, printable
from audit.report.ledger import Ledger, place_words, summary_words
from audit.report.record import record

if TYPE_CHECKING:
    from audit.findings import Run

FORMATS = ("text", "csv", "parquet")
COLUMNS = ("document", "place", "figure", "kind", "value", "low", "high", "unit", "label", "state", "reason")


def render(run: Run, name: str) -> bytes:
    """Return every figure of a run in one of the formats."""
    table = rows(run)
    if name == "csv":
        return _csv(table)
    if name == "parquet":
        return _parquet(table)
    lines = [
        f"{row['state']:<12} {row['place']:<24} {row['kind']:<11} {row['figure']:<24} {row['value']:<16} "
        f"{row['label'] or row['reason']}".rstrip()
        for row in table
    ]
    text = "\n".join([*(printable(line) for line in lines), summary_words(Ledger(run))])
    return f"{text}\n".encode("utf-8", "backslashreplace")


def rows(run: Run) -> list[dict[str, str]]:
    """Return one row of texts per figure, keyed by `COLUMNS`."""
    ledger = Ledger(run)
    paths = {ident: path for path, ident in ledger.sources.items()}
    found = []
    for figure in record(run)["figures"]:
        path = paths[figure["source"]]
        place: dict[str, Any] = figure["place"]
        where = ledger.documents[path].place(place["start"], place["end"])
        own = {"document": path, "place": place_words(where, with_source=False), "figure": figure["text"]}
        found.append({column: own.get(column) or str(figure.get(column) or "") for column in COLUMNS})
    return found


def _csv(table: list[dict[str, str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([formula_safe(row[column]) for column in COLUMNS] for row in table)
    return out.getvalue().encode("utf-8", "backslashreplace")


def _parquet(table: list[dict[str, str]]) -> bytes:
    import duckdb  # noqa: PLC0415 (heavy: only for Parquet)

    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "figures.csv", Path(folder) / "figures.parquet"
        out = io.StringIO()
        csv.writer(out).writerows([COLUMNS, *([row[column] for column in COLUMNS] for row in table)])
        source.write_text(out.getvalue(), encoding="utf-8", errors="backslashreplace")
        duckdb.sql(
            f"COPY (SELECT * FROM read_csv('{source}', header=true, all_varchar=true)) "  # noqa: S608 - our own path
            f"TO '{target}' (FORMAT parquet)"
        )
        return target.read_bytes()
