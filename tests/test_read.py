"""What is read by which reader, and what is refused: each refusal one line with path, reason and next step."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from audit.errors import ReadError
from audit.read import SUFFIXES, Limits, format_of, read

if TYPE_CHECKING:
    from pathlib import Path


def _zip(name: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        file.writestr(name, "<x/>")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.txt", b"words", "text"),
        ("README", b"words", "text"),
        ("A.MD", b"# words", "markdown"),
        ("a.htm", b"<p>words", "html"),
        ("a.tsv", b"a\tb", "delimited"),
        ("a.docx", _zip("word/document.xml"), "docx"),
        ("download", _zip("word/document.xml"), "docx"),
        ("a.xlsm", _zip("xl/workbook.xml"), "spreadsheet"),
        ("a.pdf", b"%PDF-1.7", "pdf"),
        ("a.pdf", b"\n\n%PDF-1.7", "pdf"),
        ("a.parquet", b"PAR1....", "parquet"),
    ],
)
def test_the_format_follows_extension_and_content(name: str, data: bytes, expected: str) -> None:
    assert format_of(name, data) == expected


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.txt", b"%PDF-1.7", "this is a PDF file, not .txt; rename it to .pdf"),
        ("a.docx", _zip("xl/workbook.xml"), "this is an Excel file, not .docx; rename it to .xlsx"),
        ("a.docx", _zip("content.xml"), "this is a zip archive of another kind; unpack it and name the files in it"),
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "this is an old Office file or one with a password; save it without a password as .docx or .xlsx",
        ),
        (
            "a.ods",
            b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
            "this is an OpenDocument file; save it as .docx or .xlsx",
        ),
        ("a.pptx", _zip("ppt/presentation.xml"), "this is a presentation; save it as .pdf"),
        ("a.doc", b"{\\rtf1 x}", "this is an RTF file; save it as .docx"),
        ("a.txt", b"\x89PNG", "this is a picture; run text recognition on it first"),
        (
            "a.pdf",
            b"<!DOCTYPE html>",
            "this is a web page, not a PDF file; download it again, or rename it to .html",
        ),
        (
            "a.csv",
            b"\xef\xbb\xbf\n<html lang='en'>",
            "this is a web page, not .csv; download it again, or rename it to .html",
        ),
        (
            "a.pdf",
            b"words",
            "this is not a PDF file: it is damaged or has the wrong extension; export it again",
        ),
        ("a.docz", b"<p>", f'no reader for ".docz"; did you mean ".docx"?; readable are {", ".join(SUFFIXES)}'),
    ],
)
def test_a_format_that_does_not_fit_is_refused(name: str, data: bytes, message: str) -> None:
    with pytest.raises(ReadError) as refused:
        format_of(name, data)
    assert str(refused.value) == f"{name}: {message}"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty; name a file with text or data"),
        (b" \n\t\n", "the file is empty; name a file with text or data"),
        (b"---\n", "the file holds no text; name a file with text or data"),
        (b"a\0b", "holds NUL bytes: this is not text; give the file its right extension"),
        (b"\x01\x02abc", "this is binary data, not text; give the file its right extension"),
        (b"abc\n" + b"x" * 200, "line 2 is longer than 100 characters; break it into lines or raise max_line"),
        (b"ab " * 400, "larger than the limit of 1,000 bytes; split it or raise max_bytes"),
    ],
)
def test_bytes_that_are_no_text_are_refused(data: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(ReadError) as refused:
        read(path, Limits(max_line=100, max_bytes=1000))
    assert str(refused.value) == f"{path}: {message}"


def test_a_missing_file_names_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text("words", encoding="utf-8")
    with pytest.raises(ReadError, match=r'reprot\.txt: no such file; did you mean "report\.txt"\?$'):
        read(tmp_path / "reprot.txt")
    with pytest.raises(ReadError, match=r"other: no such file; check the path$"):
        read(tmp_path / "other")
    with pytest.raises(ReadError, match=r"this is a folder; name a file in it$"):
        read(tmp_path)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.csv"])
def test_a_file_that_is_not_utf8_is_read_as_the_windows_code_page_and_that_is_said(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes("Año 2023–2024: 1\u00a0234 niños “47” familias".encode("cp1252"))
    made = read(path)
    assert "Año 2023–2024: 1\u00a0234 niños “47” familias" in made.text
    assert [g.reason for g in made.gaps] == ["the file is not UTF-8; it was read as Windows-1252"]


def test_a_stray_byte_leaves_the_rest_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("2023–2024: 27 niños\n".encode() + b"and 1\xa0234 others\n")
    made = read(path)
    assert made.text.split("\n")[0] == "2023–2024: 27 niños and 1\u00a0234 others"
    assert [g.reason for g in made.gaps] == ["line 2: bytes that are not UTF-8 (1) were read as Windows-1252"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_two_bytes_for_each_letter_need_no_mark(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("27 niños y 40 niñas".encode(encoding))
    made = read(path)
    assert made.text.strip() == "27 niños y 40 niñas"
    assert made.gaps == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_names_the_encoding(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Água, 12 niños.\r\n\r\nZwölf.".encode(encoding))
    assert read(tmp_path / "a.txt").text == "Água, 12 niños.\nZwölf.\n"
