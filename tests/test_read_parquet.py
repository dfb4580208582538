"""The Parquet reader: values of every type as text, refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conformance import faults

from audit.errors import ReadError
from audit.read.limits import Limits
from audit.read.parquet import read

if TYPE_CHECKING:
    from pathlib import Path

SELECT = """
    SELECT 'North' AS region, 1846.0::DOUBLE AS cases, 12.50::DECIMAL(9, 2) AS rate, DATE '2024-03-01' AS day,
           TIMESTAMP '2024-03-01 10:30:00' AS moment, TRUE AS open, [1, 2] AS list, 'NaN'::DOUBLE AS nothing
    UNION ALL SELECT NULL, -0.1, 0, NULL, NULL, FALSE, NULL, NULL
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    duckdb = pytest.importorskip("duckdb")
    path = tmp_path_factory.mktemp("parquet") / "made.parquet"
    duckdb.sql(f"COPY ({SELECT}) TO '{path}' (FORMAT parquet)")
    return bytes(path.read_bytes())


def test_every_type_is_read_as_text(data: bytes) -> None:
    source = read("made.parquet", data, Limits())
    assert faults(source) == []
    shown = [source.text[c.start : c.end] for c in source.tables[0].cells]
    assert shown == [
        *("region", "cases", "rate", "day", "moment", "open", "list", "nothing"),
        *("North", "1846", "12.50", "2024-03-01", "2024-03-01T10:30:00", "TRUE", "[1, 2]", ""),
        *("", "-0.1", "0.00", "", "", "FALSE", "", ""),
    ]
    assert [c.name for c in source.tables[0].cells if c.stored == "1846"] == ["B2"]
    assert [c.header for c in source.tables[0].cells] == [True] * 8 + [False] * 16


def test_a_name_with_a_star_reads_one_file(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a*.parquet"
    path.write_bytes(data)
    (tmp_path / "ab.parquet").write_bytes(data)
    assert read(str(path), data, Limits()).tables[0].rows == 3


def test_a_table_with_more_cells_than_are_held_is_a_gap(data: bytes) -> None:
    source = read("made.parquet", data, Limits(max_cells=20))
    assert source.tables == ()
    (gap,) = source.gaps
    assert gap.reason == (
        'a table of 2 rows and 8 columns is not checked cell by cell; name it under "tables" in a rule, '
        "or raise max_cells"
    )


def test_damage_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match="is damaged or was cut off"):
        read("made.parquet", data[:-9], Limits())
    with pytest.raises(ReadError, match="cannot be read"):
        read("made.parquet", data[:60] + b"PAR1", Limits())
