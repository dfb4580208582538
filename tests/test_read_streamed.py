"""Tables of more cells than are held: what the first rows keep is held against all, in memory that does not grow."""

from __future__ import annotations

import csv
import time
import tracemalloc
from typing import TYPE_CHECKING

import pytest
from timing import timed

from audit.cli import run as run_command
from audit.cli.work import unread_of
from audit.pipeline import check
from audit.read import read
from audit.read.limits import Limits
from audit.read.streamed import completed, counted
from audit.rulefiles import load_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from audit.findings import Run

LIMITS = Limits(max_cells=5000)
HELD = 500  # rows of five columns that are held then


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audit.read._HELD", 1000)


def made(
    path: Path, changes: Mapping[tuple[int, int], str], *, style: Callable[[int], str] = str, end: str = "\n"
) -> Path:
    """Write 3,000 rows of women, men and their total under a title, with a row of totals and a source.

    `changes` puts texts in the place of cells, by row (the totals are row 3000) and column; `style` prints figures.
    """
    rows = [[i * 31 % 977 + 20, i * 17 % 883 + 30] for i in range(3000)]
    rows = [[women, men, women + men] for women, men in rows]
    rows.append([sum(column) for column in zip(*rows, strict=True)])
    lines = ["Cases by place", "id;name;Women;Men;Total"]
    for i, row in enumerate(rows):
        fields = ["" if i == len(rows) - 1 else str(i), "Total" if i == len(rows) - 1 else f"Place {i}"]
        fields += map(style, row)
        lines.append(";".join(changes.get((i, column), field) for column, field in enumerate(fields)))
    path.write_bytes(end.join([*lines, "Source: register of cases", ""]).encode())
    return path


def run_of(path: Path) -> Run:
    return check([str(path)], load_rules(("core",)), LIMITS)


def places(run: Run) -> list[str]:
    (document,) = run.documents
    return [document.place(f.at.start, f.at.end).cell for f in run.findings]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_rows_that_break_what_the_first_ones_keep_are_found_wherever_they_stand(tmp_path: Path, end: str) -> None:
    changes = {(7, 4): "1", (1500, 2): "1077", (2999, 3): "8"}
    run = run_of(made(tmp_path / "long.csv", changes, end=end))
    assert places(run) == ["E10", "E1503", "E3002"]
    assert "they give 1883" in run.findings[1].message


@pytest.mark.parametrize(
    "style",
    [
        str,
        "{:,}".format,
        "$ {:,}".format,
        lambda n: f"{n * 1001:,}".replace(",", "."),
        lambda n: f"{n / 8:.2f}".replace(".", ","),
    ],
)
def test_all_rows_of_a_sound_table_are_passed_with_a_word_of_what_was_held_against_them(
    tmp_path: Path, style: Callable[[int], str]
) -> None:
    run = run_of(made(tmp_path / "long.csv", {}, style=style))
    assert run.findings == ()
    (gap,) = run.gaps
    assert gap.stage == "rows"
    held, totals = gap.reason.split("; ")[1:] if style(1) != "0,12" else (gap.reason.split("; ")[1], "")
    assert held == "what they keep along each row was held against all others"
    assert totals == "the totals below were held against the sums of all rows" or style(1) == "0,12"
    assert unread_of(run) == []
    changed = run_of(made(tmp_path / "long.csv", {(2000, 4): style(5)}, style=style))
    assert "E2003" in places(changed)


def test_a_total_below_is_held_against_all_rows(tmp_path: Path) -> None:
    right = run_of(made(tmp_path / "right.csv", {}))
    document = right.documents[0]
    total = document.text[document.tables[0].cells[-1].start : document.tables[0].cells[-1].end]
    run = run_of(made(tmp_path / "wrong.csv", {(3000, 4): str(int(total) + 300)}))
    assert places(run) == ["E3003"]
    assert "…" in document.text


def test_a_table_without_totals_has_no_row_of_sums(tmp_path: Path) -> None:
    path = made(tmp_path / "long.csv", {})
    path.write_text("\n".join(path.read_text().split("\n")[:-3]))
    run = run_of(path)
    assert "…" not in run.documents[0].text
    assert run.findings == ()
    assert "sums of all rows" not in run.gaps[0].reason


def test_blanks_and_words_are_no_errors_and_a_mistyped_number_is_seen(tmp_path: Path) -> None:
    run = run_of(made(tmp_path / "long.csv", {(1000, 2): "", (1100, 3): "n/a", (1200, 2): "1,,5"}))
    assert not {"C1003", "D1103", "E1003", "E1103"} & set(places(run))
    assert "rows with no number where others have one: 2" in run.gaps[0].reason
    assert "1,,5" in run.documents[0].text


def test_rows_with_a_blank_are_not_held_to_break_anything(tmp_path: Path) -> None:
    run = run_of(made(tmp_path / "long.csv", {(i, 3): "" for i in range(600, 3000, 9)}))
    assert run.gaps[0].stage == "rows"
    assert not {f"E{i + 3}" for i in range(600, 3000)} & set(places(run))


def test_figures_below_nought_are_read_in_brackets_and_behind_a_minus(tmp_path: Path) -> None:
    def style(number: int) -> str:
        return f"({-number:,})" if number < 0 else str(number)

    for minus in (style, str):
        rows = [(i * 31 % 977 - 400, i * 17 % 883 - 400) for i in range(3000)]
        lines = [f'Place {i};"{minus(a)}";"{minus(b)}";"{minus(a + b)}"' for i, (a, b) in enumerate(rows)]
        lines[2000] = f'Place 2000;"{minus(-77)}";"{minus(-300)}";"{minus(-977)}"'
        path = tmp_path / "long.csv"
        path.write_text("\n".join(["name;inflow;outflow;balance", *lines]))
        assert places(run_of(path)) == ["D2002"]


def test_rows_beyond_those_that_are_shown_are_counted_and_no_sum_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audit.read.passing._SHOWN", 2)
    path = made(tmp_path / "long.csv", {(600 + i, 4): "5" for i in range(5)})
    run = run_of(path)
    assert places(run) == ["E603", "E604"]
    assert "3 more rows break it than are shown" in run.gaps[0].reason
    assert "…" not in run.documents[0].text


def test_what_many_rows_break_is_not_held_against_them_and_said(tmp_path: Path) -> None:
    run = run_of(made(tmp_path / "long.csv", {(i, 4): "5" for i in range(600, 3000, 9)}))
    assert not [cell for cell in places(run) if cell != "E3003"]
    (reason,) = unread_of(run)
    assert reason == (
        'a table of 3,004 rows and 5 columns is checked in its first 500 rows only; name it under "tables" in a rule, '
        "or raise max_cells"
    )


def test_a_table_below_pages_of_text_is_not_held(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    rows = "".join(f"Place,{i % 97},{i % 89}\n" for i in range(3000))
    path.write_text("".join(f"A line of words {i}\n" for i in "abcdefgh" * 20) + "name,a,b\n" + rows)
    document = read(path, Limits(max_cells=400))
    assert document.tables == ()
    assert "is not checked cell by cell" in document.gaps[0].reason


def test_a_table_whose_rows_keep_nothing_is_told_to_be_unchecked(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text("name,a,b\n" + "".join(f"Place,{i * 37 % 991},{i * 91 % 677}\n" for i in range(3000)))
    run = run_of(path)
    assert run.findings == ()
    assert "its first 833 rows only" in unread_of(run)[0]


def test_totals_above_their_parts_are_not_held_against_the_first_rows(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    lines = ["name,a,b"]
    for block in range(62):  # of the last block that is held one row is not
        rows = [(i * 37 % 991 + block, i * 91 % 677 + 7) for i in range(48)]
        lines += [f"Total of block {block},{sum(a for a, _ in rows)},{sum(b for _, b in rows)}"]
        lines += [f"Place {i},{a},{b}" for i, (a, b) in enumerate(rows)]
    path.write_text("\n".join(lines))
    run = run_of(path)
    assert run.documents[0].tables[0].rows == 833
    assert run.findings == ()
    assert "column" not in {outcome.claim.form for outcome in run.outcomes}


def test_a_file_is_counted_and_its_first_rows_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made(tmp_path / "long.csv", {})
    monkeypatch.setattr("audit.read._load", None)  # it is never loaded
    document = read(path, LIMITS)
    (table,) = document.tables
    assert (table.rows, table.columns, table.rest and table.rest.rows) == (HELD - 1, 5, 3004)
    assert document.text.startswith("Cases by place\nid\tname\tWomen")
    assert document.place(*next((c.start, c.end) for c in table.cells if c.name == "E10")).line == 10


def test_editions_that_are_not_held_in_full_are_not_told_to_be_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path / "old.csv", {})
    made(tmp_path / "new.csv", {(3, 0): "x", (400, 2): "5"})
    (tmp_path / "addsup.toml").write_text("limits = {max_rows = 1000}\n")
    monkeypatch.chdir(tmp_path)
    assert run_command(["diff", "old.csv", "new.csv"]) == 2
    assert "no figure differs" in (told := capsys.readouterr()).out
    assert told.err.count("is checked in its first") == 2


def test_many_rows_of_few_cells_pass_by_too(tmp_path: Path) -> None:
    path = made(tmp_path / "long.csv", {})
    held = check([str(path)], load_rules(("core",)), Limits())
    assert held.documents[0].tables[0].rest is None
    run = check([str(path)], load_rules(("core",)), Limits(max_rows=3000))
    assert run.documents[0].tables[0].rest is not None
    assert run.gaps[0].stage == "rows"
    path.write_text("name,a,b\n" + "".join(f"Place,{i * 37 % 991},{i * 91 % 677}\n" for i in range(3000)))
    (reason,) = unread_of(check([str(path)], load_rules(("core",)), Limits(max_rows=3000)))
    assert reason.endswith("or raise max_rows")


def test_the_memory_to_count_and_to_hold_does_not_grow_with_the_file(tmp_path: Path) -> None:
    def peak(rows: int) -> int:
        path = tmp_path / f"{rows}.csv"
        path.write_text("name,a,b,total\n" + "".join(f"Place,{i % 997},7,{i % 997 + 7}\n" for i in range(rows)))
        tracemalloc.start()
        document = counted(str(path), Limits(max_cells=10_000))
        assert document is not None
        completed(document, [], ".", Limits())
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(100_000)
    assert peak(400_000) < 1.2 * peak(100_000)


@timed
def test_to_read_a_million_rows_costs_little_more_than_the_standard_reader(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    with path.open("w") as file:
        file.write("id,name,a,b,total\n")
        file.writelines(f"{i},Place {i % 97},{i % 9973},{i % 5003},{i % 9973 + i % 5003}\n" for i in range(1_000_000))

    def spent(work: Callable[[], object]) -> float:
        start = time.process_time()
        work()
        return time.process_time() - start

    def standard() -> int:
        with path.open(newline="") as stream:
            return sum(1 for _ in csv.reader(stream))

    pairs = [(spent(standard), spent(lambda: read(path, Limits()))) for _ in range(2)]
    assert min(ours for _, ours in pairs) < 3 * min(theirs for theirs, _ in pairs)
