"""The command line as a person meets it: whole processes, their exit code, standard output and standard error."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from audit.cli.progress import Progress

ROOT = Path(__file__).resolve().parents[1]
WRONG = "The office closed 47 cases (27 by women and 40 by men) in 2023.\n"
RIGHT = "The office closed 67 cases (27 by women and 40 by men) in 2023.\n"


def run(*arguments: str, cwd: Path = ROOT, **more: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **more}
    command = [sys.executable, "-m", "audit", *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, timeout=120, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "wrong.txt").write_text(WRONG, encoding="utf-8")
    (tmp_path / "right.txt").write_text(RIGHT, encoding="utf-8")
    return tmp_path


def refused(done: subprocess.CompletedProcess[bytes]) -> str:
    """The job could not be done: exit 2, nothing on standard output, one line on standard error."""
    assert done.returncode == 2
    assert done.stdout == b""
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 1, lines
    return lines[0]


def test_a_wrong_total_exits_with_1_and_shows_the_arithmetic(folder: Path) -> None:
    done = run("check", "wrong.txt", cwd=folder)
    assert done.returncode == 1
    assert "»47«" in done.stdout.decode()
    assert "27 + 40 = 67" in done.stdout.decode()
    assert done.stderr == b""


@pytest.mark.parametrize("command", [(), ("rules",)])
def test_a_command_without_more_shows_its_help(command: tuple[str, ...]) -> None:
    done = run(*command)
    assert (done.returncode, done.stdout) == (2, b"")
    lines = done.stderr.decode().splitlines()
    assert lines[0].startswith("Usage: addsup ")
    assert "Commands:" in lines


def test_a_right_total_exits_with_0_and_the_last_line_counts_everything(folder: Path) -> None:
    done = run("check", "right.txt", cwd=folder)
    assert done.returncode == 0
    last = done.stdout.decode().splitlines()[-1]
    assert last == "1 document, 4 figures: 3 verified, 0 contradicted, 0 unchecked, 1 ignored; 0 findings"


@pytest.mark.parametrize(("least", "code"), [("error", 1), ("warning", 1), ("note", 1), ("never", 0)])
def test_fail_on_decides_the_exit_code(folder: Path, least: str, code: int) -> None:
    assert run("check", "wrong.txt", "--fail-on", least, cwd=folder).returncode == code


def test_quiet_is_one_line_per_finding(folder: Path) -> None:
    lines = run("check", "wrong.txt", "--quiet", cwd=folder).stdout.decode().splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("wrong.txt, line 1: error core/parts-unequal-total: 47 is given")


def test_verbose_shows_what_was_verified(folder: Path) -> None:
    assert "67 = 27 + 40" in run("check", "right.txt", "--verbose", cwd=folder).stdout.decode()


def test_json_goes_to_standard_output_and_the_count_to_standard_error(folder: Path) -> None:
    done = run("check", "wrong.txt", "--format", "json", cwd=folder)
    assert [finding["rule"] for finding in json.loads(done.stdout)["findings"]] == ["core/parts-unequal-total"]
    assert done.stderr.decode().startswith("addsup: 1 document, 4 figures: ")


def test_the_ending_of_an_output_file_sets_its_format(folder: Path) -> None:
    done = run("check", "wrong.txt", "-o", "a.json", "-o", "b.txt", cwd=folder)
    assert done.stdout == b""
    assert json.loads((folder / "a.json").read_bytes())["summary"]["findings"] == 1
    assert "27 + 40 = 67" in (folder / "b.txt").read_text(encoding="utf-8")
    assert sorted(path.name for path in folder.iterdir()) == ["a.json", "b.txt", "right.txt", "wrong.txt"]


def test_a_folder_is_walked_in_sorted_order(folder: Path) -> None:
    (folder / "deep").mkdir()
    (folder / "deep" / "more.txt").write_text(RIGHT, encoding="utf-8")
    (folder / ".hidden.txt").write_text(WRONG, encoding="utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n")
    sources = json.loads(run("check", ".", "-f", "json", cwd=folder).stdout)["sources"]
    assert [source["path"] for source in sources] == ["./deep/more.txt", "./right.txt", "./wrong.txt"]


def test_a_pattern_is_expanded(folder: Path) -> None:
    sources = json.loads(run("check", "w*.txt", "-f", "json", cwd=folder).stdout)["sources"]
    assert [source["path"] for source in sources] == ["wrong.txt"]


def test_the_order_of_arguments_and_the_hash_seed_do_not_change_a_byte(folder: Path) -> None:
    first = run("check", "wrong.txt", "right.txt", "-f", "json", cwd=folder, PYTHONHASHSEED="1").stdout
    second = run("check", "right.txt", "wrong.txt", "-f", "json", cwd=folder, PYTHONHASHSEED="2").stdout
    assert first == second


class TestRefused:
    def test_missing_file(self, folder: Path) -> None:
        line = refused(run("check", "wrnog.txt", cwd=folder))
        assert line == 'addsup: wrnog.txt: no such file; did you mean "wrong.txt"?'

    def test_empty_file(self, folder: Path) -> None:
        (folder / "empty.txt").write_bytes(b"")
        assert "empty.txt: the file is empty" in refused(run("check", "empty.txt", cwd=folder))

    def test_folder_without_readable_files(self, folder: Path) -> None:
        (folder / "none").mkdir()
        assert "none: no readable file in this folder" in refused(run("check", "none", cwd=folder))

    def test_binary_data(self, folder: Path) -> None:
        (folder / "noise.txt").write_bytes(bytes(range(256)) * 40)
        assert "noise.txt: " in refused(run("check", "noise.txt", cwd=folder))

    def test_broken_utf8(self, folder: Path) -> None:
        (folder / "torn.txt").write_bytes("Niñas: 12 de 30, «año»\n".encode()[:-4] + b"\xff\xfe\xfa 5 of 7\n")
        done = run("check", "torn.txt", cwd=folder)
        assert done.returncode in (0, 2)
        assert b"Traceback" not in done.stderr

    def test_a_line_of_fifty_megabytes(self, folder: Path) -> None:
        (folder / "long.txt").write_bytes(b"47 cases, " * 5_000_000)
        assert "long.txt: " in refused(run("check", "long.txt", cwd=folder))

    def test_unknown_option(self, folder: Path) -> None:
        line = refused(run("check", "--fromat", "json", "right.txt", cwd=folder))
        assert line == 'addsup: no option "--fromat"; did you mean "--format"?'

    def test_unknown_format(self, folder: Path) -> None:
        line = refused(run("check", "right.txt", "-f", "jsn", cwd=folder))
        assert line == 'addsup: no format "jsn"; did you mean "json"?'

    def test_unknown_command(self, folder: Path) -> None:
        assert "chekc" in refused(run("chekc", "right.txt", cwd=folder))

    def test_output_that_cannot_be_written(self, folder: Path) -> None:
        assert "gone/a.json: cannot be written" in refused(run("check", "right.txt", "-o", "gone/a.json", cwd=folder))


def test_one_unreadable_file_of_several_is_named_and_exits_with_2(folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    done = run("check", "right.txt", "empty.txt", cwd=folder)
    assert done.returncode == 2
    assert done.stdout.decode().splitlines()[-1].startswith("1 document, 4 figures: 3 verified")
    assert done.stderr.decode().splitlines() == ["addsup: empty.txt: the file is empty; name a file with text or data"]


def test_a_table_too_large_to_be_checked_is_no_pass_unless_it_is_asked_for(folder: Path) -> None:
    (folder / "cases.csv").write_text("place,cases\n" + "north,3\n" * 60, encoding="utf-8")
    (folder / "addsup.toml").write_text("limits = {max_cells = 100}\n", encoding="utf-8")
    line = (
        'addsup: a table of 61 rows and 2 columns is not checked cell by cell; name it under "tables" in a rule, '
        "or raise max_cells"
    )
    for command in ("check", "facts"):
        done = run(command, "cases.csv", "right.txt", cwd=folder)
        assert (done.returncode, done.stderr.decode().splitlines()) == (2, [line])
    asked = '[tables.cases]\nsource = "cases.csv"\nquery = "select * from cases where cases < 0"\n'
    (folder / "addsup.toml").write_text(f"{asked}[limits]\nmax_cells = 100\n", encoding="utf-8")
    done = run("check", "cases.csv", "right.txt", cwd=folder)
    assert (done.returncode, done.stderr.decode()) == (0, "")
    assert line[8:] in done.stdout.decode().replace("\n", " ")


def test_what_a_reader_leaves_out_and_says_ends_no_job(folder: Path) -> None:
    (folder / "old.txt").write_bytes("Niños: 67 (27 boys and 40 girls)\n".encode("cp1252"))
    for command in ("check", "facts"):
        assert run(command, "old.txt", cwd=folder).returncode == 0


def test_what_would_steer_a_terminal_is_printed_as_codes(folder: Path) -> None:
    hostile = "Of 47 cases \x1b[31m (27 by women \u202e[/b] and 40 by [bold]men) were closed.\n"
    (folder / "hostile.txt").write_text(hostile, encoding="utf-8")
    for arguments in ((), ("--verbose",), ("--quiet",), ("-f", "json")):
        out = run("check", "hostile.txt", *arguments, cwd=folder).stdout
        assert b"\x1b" not in out
    out = run("facts", "hostile.txt", cwd=folder).stdout
    assert b"\x1b" not in out


def test_facts_shows_every_figure_with_its_state(folder: Path) -> None:
    lines = run("facts", "right.txt", cwd=folder).stdout.decode().splitlines()
    assert [(line.split()[0], line.split()[4]) for line in lines[:4]] == [
        ("verified", "67"),
        ("verified", "27"),
        ("verified", "40"),
        ("ignored", "2023"),
    ]


def test_facts_as_csv_has_one_row_per_figure(folder: Path) -> None:
    lines = run("facts", "right.txt", "-f", "csv", cwd=folder).stdout.decode().splitlines()
    assert lines[0] == "document,place,figure,kind,value,low,high,unit,label,state,reason"
    assert len(lines) == 5


def test_version() -> None:
    assert run("--version").stdout.decode().startswith("addsup 0.")


class TestProgress:
    def test_it_says_how_much_is_done_and_left(self) -> None:
        line = Progress().line(30, 120, "reports/annual.pdf", taken=10.0)
        assert line == "25 %, about 30 s left: annual.pdf"

    def test_long_times_are_minutes(self) -> None:
        assert Progress().line(1, 61, "a.txt", taken=10.0) == "1 %, about 10 min left: a.txt"

    def test_a_name_cannot_steer_the_terminal(self) -> None:
        assert "\x1b" not in Progress().line(1, 2, "a\x1b[2J.txt", taken=1.0)

    def test_nothing_is_shown_off_a_terminal(self, folder: Path) -> None:
        assert run("check", "right.txt", cwd=folder).stderr == b""
