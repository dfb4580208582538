"""Files that lie elsewhere: opened through fsspec, with one clear error where that cannot be."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from audit.cli import run as addsup
from audit.errors import ReadError
from audit.read import Limits, read
from audit.read.remote import shown

if TYPE_CHECKING:
    from pathlib import Path

TABLE = b"Region,Women,Men,Total\nNorth,112,96,208\nSouth,87,74,161\nTotal,199,170,369\n"


def test_a_file_in_memory_is_read_as_one_on_disk() -> None:
    fsspec = pytest.importorskip("fsspec")
    with fsspec.open("memory://box/data.csv", "wb") as file:
        file.write(TABLE)
    document = read("memory://box/data.csv")
    assert (document.path, document.format, document.tables[0].rows) == ("memory://box/data.csv", "csv", 4)
    assert addsup(["check", "memory://box/data.csv"]) == 0


def test_an_address_of_a_local_file_is_read(tmp_path: Path) -> None:
    pytest.importorskip("fsspec")
    place = tmp_path / "data.csv"
    place.write_bytes(TABLE.replace(b"199", b"191"))
    assert addsup(["check", f"file://{place}"]) == 1


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("memory://box/gone.csv", "memory://box/gone.csv: no such file; check the address"),
        ("file:///nowhere/data.csv", "file:///nowhere/data.csv: no such file; check the address"),
        ("nothing://box/data.csv", "nothing://box/data.csv: cannot be opened (Protocol not known: nothing); "),
    ],
)
def test_what_cannot_be_opened_is_one_clear_error(path: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("fsspec")
    assert addsup(["check", path]) == 2
    assert said in capsys.readouterr().err


def test_the_limit_holds_for_addresses_too() -> None:
    fsspec = pytest.importorskip("fsspec")
    with fsspec.open("memory://box/large.csv", "wb") as file:
        file.write(TABLE)
    with pytest.raises(ReadError, match="larger than the limit of 20 bytes"):
        read("memory://box/large.csv", Limits(max_bytes=20))


def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(ReadError, match=r'pip install "addsup\[remote\]"'):
        read("s3://box/data.csv")


def test_no_secret_of_an_address_is_shown() -> None:
    assert shown("ftp://ana:secret@host/data.csv?key=1") == "ftp://host/data.csv"
