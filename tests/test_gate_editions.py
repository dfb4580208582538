"""Two editions: tables by key, totals against their parts, figures of a text by the words around them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from audit.cli import run as addsup

OLD = "year,women,men,total\n2021,10,20,30\n2022,15,25,40\n2023,20,30,50\n"
NEW = "year,women,men,total\n2022,15,25,40\n2021,10,26,36\n2023,20,30,55\n2024,1,2,3\n"


@pytest.fixture(autouse=True)
def _place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    Path("old").mkdir()


def write(old: str, new: str, name: str = "data.csv") -> None:
    (Path("old") / name).write_text(old, encoding="utf-8")
    Path(name).write_text(new, encoding="utf-8")


def changed(old: str, new: str, *more: str) -> list[tuple[str, str, str, str | None, str | None]]:
    """Return (change, of, column, old, new) of a diff."""
    assert addsup(["diff", old, new, "-f", "json", "-o", "out.json", *more]) == 0
    rows = json.loads(Path("out.json").read_text(encoding="utf-8"))["changes"]
    return [(row["change"], row["of"], row["column"], row["old"], row["new"]) for row in rows]


def findings(*arguments: str) -> list[tuple[str, str, str]]:
    addsup(["check", *arguments, "-o", "out.json"])
    data = json.loads(Path("out.json").read_text(encoding="utf-8"))
    found = [(f["rule"], f["place"]["cell"] or f["place"]["paragraph"], f["message"]) for f in data["findings"]]
    return [each for each in found if each[0] != "core/table-total-unequal"]


def edition_gaps() -> list[tuple[str, str]]:
    gaps = json.loads(Path("out.json").read_text(encoding="utf-8"))["gaps"]
    return [(gap["source"], gap["reason"]) for gap in gaps if gap["stage"] == "edition"]


def test_rows_are_matched_by_key_and_totals_by_their_parts() -> None:
    write(OLD, NEW)
    assert changed("old/data.csv", "data.csv") == [
        ("revised", "2021", "men", "20", "26"),
        ("revised", "2021", "total", "30", "36"),
        ("total_moved", "2023", "total", "50", "55"),
        ("added", "2024", "", None, "2024, 1, 2, 3"),
    ]


def test_an_edition_in_a_folder_is_found_by_its_name() -> None:
    write(OLD, NEW)
    assert findings("data.csv", "--against", "old") == [
        ("core/history-revised", "C3", "2021, men: 26 now, 20 in the edition before"),
        ("core/history-revised", "D3", "2021, total: 36 now, 30 in the edition before"),
        ("core/total-moved", "D4", "2023, total: 55 now, 50 before, and no part of it has moved"),
    ]


def test_the_same_edition_says_nothing() -> None:
    write(OLD, OLD)
    assert changed("old/data.csv", "data.csv") == []
    assert findings("data.csv", "--against", "old/data.csv") == []


def test_a_row_that_stands_twice_does_not_hide_the_others() -> None:
    write(OLD, OLD.replace("25,40", "26,41") + "2023,20,30,50\n")
    assert changed("old/data.csv", "data.csv") == [
        ("revised", "2022", "men", "25", "26"),
        ("revised", "2022", "total", "40", "41"),
    ]


def test_a_row_that_stood_twice_before_is_not_new() -> None:
    write(OLD + "2023,20,30,50\n", OLD)
    assert changed("old/data.csv", "data.csv") == []


def test_a_key_can_be_named() -> None:
    write("a,b,n\nx,1,100\nx,2,200\ny,1,300\n", "a,b,n\ny,1,333\nx,1,100\nx,2,200\n")
    assert changed("old/data.csv", "data.csv", "--key", "a", "--key", "b") == [("revised", "y 1", "n", "300", "333")]


def test_figures_of_a_text_are_matched_by_their_words() -> None:
    write(
        "The office closed 4,679 complaints. It opened 512 in Sonora.\n",
        "A new sentence without a figure. It opened 540 in Sonora. The office closed 4,679 complaints, a record.\n",
        "report.txt",
    )
    assert changed("old/report.txt", "report.txt") == [("revised", "It opened 540 in Sonora.", "", "512", "540")]


def test_what_depends_on_a_changed_figure_is_told() -> None:
    text = "It helped {} people (27 women and 40 men).\n"
    write(text.format(67), text.format(76), "report.txt")
    addsup(["diff", "old/report.txt", "report.txt", "-f", "json", "-o", "out.json"])
    (row,) = json.loads(Path("out.json").read_text(encoding="utf-8"))["changes"]
    assert (row["old"], row["new"]) == ("67", "76")
    assert [line.partition(":")[0] for line in row["depends"]] == ["sum"]
    assert row["depends"][0].endswith("(contradicted)")


def git(*arguments: str) -> None:
    name = ("-c", "user.name=a", "-c", "user.email=a@b", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *name, *arguments], check=True, capture_output=True)


def test_an_edition_is_taken_from_a_commit() -> None:
    Path("sub").mkdir()
    Path("sub/data.csv").write_text(OLD, encoding="utf-8")
    git("init", "-q")
    git("add", "sub/data.csv")
    git("commit", "-q", "-m", "first")
    Path("sub/data.csv").write_text(NEW, encoding="utf-8")
    assert findings("sub/data.csv", "--against", "git:HEAD")[-1] == (
        "core/total-moved", "D4", "2023, total: 55 now, 50 before, and no part of it has moved",
    )  # fmt: skip
    sources = json.loads(Path("out.json").read_text(encoding="utf-8"))["sources"]
    assert [source["path"] for source in sources] == ["git:HEAD:sub/data.csv", "sub/data.csv"]


def test_what_is_new_or_gone_since_a_commit_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    Path("sub").mkdir()
    for name in ("kept.csv", "gone.csv", "gone.bin"):
        Path("sub", name).write_text(OLD, encoding="utf-8")
    git("init", "-q")
    git("add", "sub")
    git("commit", "-q", "-m", "first")
    Path("sub/gone.csv").unlink()
    Path("sub/gone.bin").unlink()
    Path("sub/new.csv").write_text(OLD, encoding="utf-8")
    for asked in ("sub", "sub/*.csv"):
        assert addsup(["check", asked, "--against", "git:HEAD", "-o", "out.json"]) == 0
        assert edition_gaps() == [
            ("sub/new.csv", "new since git:HEAD: nothing to compare it with"),
            ("sub/gone.csv", "gone since git:HEAD: nothing of it is compared"),
        ]
    capsys.readouterr()


def test_what_a_folder_of_the_edition_before_has_not_is_told() -> None:
    Path("now").mkdir()
    for folder, name in (("old", "a.csv"), ("now", "a.csv"), ("old", "b.csv"), ("now", "c.csv")):
        Path(folder, name).write_text(OLD, encoding="utf-8")
    assert addsup(["check", "now", "--against", "old", "-o", "out.json"]) == 0
    assert edition_gaps() == [
        ("now/c.csv", "new since old: nothing to compare it with"),
        ("old/b.csv", "gone since old: nothing of it is compared"),
    ]  # fmt: skip


def test_folders_inside_folders_are_compared_place_by_place() -> None:
    for name in ("now/north", "now/south", "old/north", "old/gone"):
        Path(name).mkdir(parents=True)
    Path("old/north/data.csv").write_text(OLD, encoding="utf-8")
    Path("old/gone/data.csv").write_text(OLD, encoding="utf-8")
    Path("now/north/data.csv").write_text(OLD.replace("25,40", "26,41"), encoding="utf-8")
    Path("now/south/data.csv").write_text(NEW, encoding="utf-8")
    for now, old in (("now", "old"), (str(Path("now").absolute()), "old"), ("now", str(Path("old").absolute()))):
        assert findings(now, "--against", old) == [
            ("core/history-revised", "C3", "2022, men: 26 now, 25 in the edition before"),
            ("core/history-revised", "D3", "2022, total: 41 now, 40 in the edition before"),
        ]
        assert edition_gaps() == [
            (f"{now}/south/data.csv", f"new since {old}: nothing to compare it with"),
            (f"{old}/gone/data.csv", f"gone since {old}: nothing of it is compared"),
        ]


def test_an_edition_before_inside_the_folder_that_is_checked_is_no_document_of_it() -> None:
    write(OLD, NEW)
    Path("old/report.txt").write_text("It helped 47 people (27 women and 40 men).\n", encoding="utf-8")
    assert [rule for rule, *_ in findings(".", "--against", "old")] == [
        "core/history-revised", "core/history-revised", "core/total-moved",
    ]  # fmt: skip
    assert edition_gaps() == [("old/report.txt", "gone since old: nothing of it is compared")]


def test_a_pattern_is_looked_for_in_the_edition_before() -> None:
    Path("now").mkdir()
    Path("old/now").mkdir()
    for name in ("now/a.csv", "old/now/a.csv", "old/now/b.csv", "old/now/c.txt"):
        Path(name).write_text(OLD, encoding="utf-8")
    assert findings("now/*.csv", "--against", "old") == []
    assert edition_gaps() == [("old/now/b.csv", "gone since old: nothing of it is compared")]


@pytest.mark.parametrize(
    ("against", "said"),
    [
        ("git:gone", 'git:gone: no commit "gone"; fetch it, or check the name'),
        ("git:--output=x", "git:--output=x: this is no name of a commit; write git:main, git:HEAD~1 or git:v1.0"),
        ("nowhere", "nowhere: no such file or folder; name the edition before, or git:REF"),
        ("empty", "empty: holds no earlier edition of data.csv; check the name"),
    ],
)
def test_an_edition_that_is_not_there_is_one_line(against: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    write(OLD, NEW)
    git("init", "-q")
    Path("empty").mkdir()
    assert addsup(["check", "data.csv", "--against", against]) == 2
    assert capsys.readouterr().err == f"addsup: {said}\n"
    assert not Path("x").exists()


def test_outside_a_repository_there_is_no_commit(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    write(OLD, NEW)
    assert addsup(["check", "data.csv", "--against", "git:HEAD"]) == 2
    assert capsys.readouterr().err == f"addsup: git:HEAD: {tmp_path} is in no git repository\n"


def test_a_table_without_a_key_is_said_to_be_left_out() -> None:
    write("n\n5\n5\n7\n5\n", "n\n5\n5\n8\n5\n")
    addsup(["check", "data.csv", "--against", "old", "-o", "out.json"])
    claims = json.loads(Path("out.json").read_text(encoding="utf-8"))["claims"]
    assert [(c["kind"], c["form"], c["verdict"]) for c in claims if c["kind"] == "edition"] == [
        ("edition", "unkeyed", "not_checkable")
    ]
