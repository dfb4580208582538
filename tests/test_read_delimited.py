"""The CSV and TSV reader: cells and their names, titles and notes, delimiters, encodings, refusals."""

from __future__ import annotations

import csv
import gc
import io
import time
import tracemalloc
from typing import TYPE_CHECKING

import pytest
from timing import timed

from audit.cells import column_name
from audit.errors import ReadError
from audit.model import BlockKind, Document
from audit.read import read as read_file
from audit.read.delimited import read
from audit.read.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def document(text: str, path: str = "data.csv", limits: Limits | None = None) -> Document:
    return read(path, text.encode(), limits or Limits())


def rows(source: Document, table: int = 0) -> list[list[str]]:
    found: list[list[str]] = []
    for cell in source.tables[table].cells:
        while len(found) <= cell.row:
            found.append([])
        found[cell.row].append(source.text[cell.start : cell.end])
    return found


def test_cells_keep_their_printed_characters_and_leading_spaces() -> None:
    source = document('Item,2023\nTotal,"1,234"\n  of which,(406)\n  other,......\n')
    assert rows(source) == [["Item", "2023"], ["Total", "1,234"], ["  of which", "(406)"], ["  other", "......"]]


def test_cells_are_named_by_the_lines_of_the_file_even_below_titles() -> None:
    source = document("Budget 2024,\n,\nItem,Amount\nRent,5\n")
    last = source.tables[0].cells[-1]
    assert (last.row, last.column, last.name) == (1, 1, "B4")
    place = source.place(last.start, last.end)
    assert (place.cell, place.line) == ("B4", 4)


def test_lines_count_the_breaks_inside_quotes_and_rows_do_not() -> None:
    source = document('Item,Amount\n"two\nlines",5\nRent,6\n')
    place = source.place(source.tables[0].cells[-1].start, source.tables[0].cells[-1].end)
    assert (place.cell, place.line) == ("B3", 4)
    assert rows(source)[1][0] == "two lines"


def test_titles_and_notes_around_a_table_are_paragraphs() -> None:
    source = document("Bureau,,\nTable 1. Cases,,\n,2022,2023\nNorth,1,2\nNote: may not add.,,\n")
    assert source.tables[0].caption == "Table 1. Cases"
    kinds = [(b.kind, source.text[b.start : b.end]) for b in source.blocks if b.kind is not BlockKind.CELL]
    assert kinds == [
        (BlockKind.PARAGRAPH, "Bureau"),
        (BlockKind.CAPTION, "Table 1. Cases"),
        (BlockKind.TABLE, "\t2022\t2023\nNorth\t1\t2"),
        (BlockKind.PARAGRAPH, "Note: may not add."),
    ]


def test_a_blank_line_splits_tables_only_where_a_header_follows() -> None:
    source = document("Item,2022\nA,1\n,\nB,2\n,\nSecond table,\nItem,2023\nC,3\n")
    assert [t.caption for t in source.tables] == ["", "Second table"]
    assert rows(source, 0)[-1] == ["B", "2"]
    assert rows(source, 1) == [["Item", "2023"], ["C", "3"]]


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("a;b;c\nx;1,5;2,5\ny;3,5;4,5\n", "d.csv", ["x", "1,5", "2,5"]),
        ("a\tb\nx\t1,234\n", "d.csv", ["x", "1,234"]),
        ("a|b\nx|1\n", "d.csv", ["x", "1"]),
        ('a,b\nx,"1;2"\n', "d.tsv", ["x", "1;2"]),
        ("only\n5\n", "d.csv", ["5"]),
    ],
)
def test_the_delimiter_is_the_one_that_leaves_clean_fields(text: str, path: str, expected: list[str]) -> None:
    assert rows(document(text, path))[1] == expected


def test_a_file_in_the_windows_code_page_is_read_and_noted() -> None:
    source = read("d.csv", "Región,2023\nMéxico,5\n".encode("cp1252"), Limits())
    assert rows(source)[1] == ["México", "5"]
    assert [g.reason for g in source.gaps] == ["the file is not UTF-8; it was read as Windows-1252"]


def test_byte_order_marks_are_no_text() -> None:
    assert rows(read("d.csv", "a,b\nx,1\n".encode("utf-8-sig"), Limits()))[0] == ["a", "b"]
    wide = read("d.csv", "a,b\nx,1\n".encode("utf-16"), Limits())
    assert rows(wide)[0] == ["a", "b"]
    assert wide.gaps == ()


def test_what_cannot_be_read_is_refused_with_the_reason() -> None:
    with pytest.raises(ReadError, match="NUL"):
        read("d.csv", b"a,b\x00\n", Limits())
    with pytest.raises(ReadError, match="field larger"):
        document('a,"' + "x" * 50 + "\n" + "y" * 50, limits=Limits(max_line=60))


def test_a_table_with_more_cells_than_are_held_is_a_gap() -> None:
    made = document("Cases of 2024\n,\na,b\n" + "c,1\n" * 300, limits=Limits(max_cells=9))
    assert made.text == "Cases of 2024\n"
    assert made.tables == ()
    (gap,) = made.gaps
    assert gap.reason == (
        'a table of 303 rows and 2 columns is not checked cell by cell; name it under "tables" in a rule, '
        "or raise max_cells"
    )


def test_a_line_that_tells_the_delimiter_is_no_text() -> None:
    made = document("sep=|\na|b;c\nd|1;2\n")
    assert rows(made) == [["a", "b;c"], ["d", "1;2"]]
    place = made.place(*next((c.start, c.end) for c in made.tables[0].cells if c.name == "B2"))
    assert (place.cell, place.line) == ("B2", 3)


def test_columns_are_named_as_in_a_spreadsheet() -> None:
    assert [column_name(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


@timed
def test_rows_beyond_what_is_held_cost_little_more_than_the_standard_reader() -> None:
    lines = [f"{i},Place {i % 97},{i % 9973 + 10_000},{i % 5003},{i % 9973 + i % 5003}" for i in range(400_000)]
    data = "\n".join(["id,name,a,b,total", *lines]).encode()

    def spent(work: Callable[[], object]) -> float:
        start = time.process_time()
        work()
        return time.process_time() - start

    def standard() -> int:
        return sum(1 for _ in csv.reader(io.TextIOWrapper(io.BytesIO(data), "utf-8", newline="")))

    gc.collect()
    gc.disable()  # as nearly as in a run of the command
    try:
        pairs = [(spent(standard), spent(lambda: read("many.csv", data, Limits()))) for _ in range(3)]
    finally:
        gc.enable()
    assert min(ours for _, ours in pairs) < 3 * min(theirs for theirs, _ in pairs)
    tracemalloc.start()
    try:
        assert len(read("many.csv", data, Limits(max_cells=5_000)).gaps) == 1
        assert tracemalloc.get_traced_memory()[1] < 6 * len(data)  # the text as read and as a stream, and no rows
    finally:
        tracemalloc.stop()


def _long(path: Path, rows: int, end: str = "\n") -> Path:
    lines = (f'{i},"Place {i % 97}",{i % 9973 + 10000},{i % 5003}{end}' for i in range(rows))
    path.write_bytes("".join([f"Cases by place{end}", f"id,name,a,b{end}", *lines]).encode())
    return path


def test_a_large_file_with_fewer_cells_or_an_odd_one_is_read_as_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audit.read._HELD", 1000)
    path = _long(tmp_path / "long.csv", 300)
    assert len(read_file(path, Limits()).tables[0].cells) == 4 * 301
    path.write_bytes("name,a\nPlace é,12\n".encode("cp1252") * 300)
    assert "Windows-1252" in read_file(path, Limits(max_cells=500)).gaps[0].reason
    path.write_bytes(b"sep=;\nname;a\n" + b"North;12\n" * 300)
    assert "301 rows and 2 columns" in read_file(path, Limits(max_cells=500)).gaps[0].reason
