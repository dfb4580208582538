"""Text made to break readers: twice as much of it takes about twice as long, and nothing crashes or vanishes."""

from __future__ import annotations

import gc
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from conformance import faults
from timing import timed

from audit.errors import ReadError
from audit.read import Limits, read, read_bytes

if TYPE_CHECKING:
    from pathlib import Path

# What is repeated; sizes are small so that the suite stays quick, and large enough for a square to show.
REPEATED = {
    "open.html": "<",
    "tags.html": "<a ",
    "quotes.html": '<a " > ',
    "comments.html": "<!--",
    "divisions.html": "<div>x",
    "paragraphs.html": "<p>x",
    "lists.html": "<ul><li>x",
    "tables.html": "<table><tr><td>x",
    "cells.html": "<td>$",
    "spans.html": "<tr><td colspan=1000 rowspan=1000>x",
    "raised.html": "x<sup>1</sup>",
    "links.html": '<a href="#a">1</a><p id="a">x',
    "breaks.html": "x<br>",
    "open.md": "<",
    "brackets.md": "[",
    "stars.md": "**a ",
    "quotes.md": "> ",
    "calls.md": "x[^1]",
    "ticks.md": "` ",
    "drawn.md": "| a | 1\n",
    "unfinished.txt": "a line that is not finished\nand goes on\n",
    "marks.txt": "(a) x\n",
    "inline.txt": "We (a) one [1] or\n(b) two [2] so\n",
    "pipes.txt": "|",
    "cells.txt": "\t1\n",
    "rows.txt": "a\t1\t2\n",
    "columns.txt": "a     1    2\n",
    "notes.txt": "[footnoteRef:1][1: ",
    "pages.txt": "\f12\nx\n",
    "colons.txt": "x:\n",
    "spaces.txt": "a          ",
    "rules.txt": "- - = ",
}
SMALL, FACTOR = {"md": 5_000, "txt": 12_000, "html": 12_000}, 4
TRIES = 3  # of a measurement that a busy machine may have spoiled


def _seconds(path: Path, source: str) -> float:
    path.write_text(source, encoding="utf-8")
    best = float("inf")
    gc.collect()
    gc.freeze()  # what the tests before this one left behind is not looked through again
    for _ in range(2):
        started = time.process_time()
        with suppress(ReadError):
            read(path)
        best = min(best, time.process_time() - started)
    gc.unfreeze()
    return best


@pytest.mark.parametrize("name", REPEATED)
def test_cost_grows_with_the_text_not_with_its_square(name: str, tmp_path: Path) -> None:
    unit, size = REPEATED[name], SMALL[name.rsplit(".", 1)[1]]
    ratios: list[float] = []
    while len(ratios) < TRIES and (not ratios or ratios[-1] >= FACTOR * 2.5):
        small = _seconds(tmp_path / name, unit * (size // len(unit)))
        large = _seconds(tmp_path / name, unit * (size * FACTOR // len(unit)))
        ratios.append(large / max(small, 0.02))
    assert min(ratios) < FACTOR * 2.5


@pytest.mark.parametrize("name", REPEATED)
def test_what_is_read_of_it_conforms(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(REPEATED[name] * 300, encoding="utf-8")
    try:
        wrong = faults(read(path))
    except ReadError as refused:
        wrong = [] if str(refused).startswith(f"{path}: ") and str(refused).isprintable() else [str(refused)]
    assert wrong == []


@timed
def test_a_line_of_fifty_megabytes_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 50_000_000)
    started = time.process_time()
    with pytest.raises(ReadError, match="line 1 is longer than 20,000,000 characters"):
        read(path, Limits())
    assert time.process_time() - started < 1


def test_a_text_beyond_the_limit_is_refused() -> None:
    with pytest.raises(ReadError, match="22 characters of text, more than the limit of 20; split it or raise max_text"):
        read_bytes("a.md", b"eleven chars\n" + b"and more\n", Limits(max_text=20))


def test_marks_that_turn_the_text_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("\u202eThe total is 12\u202c and \u200f34.\n", encoding="utf-8")
    assert read(path).text == "\u202eThe total is 12\u202c and \u200f34.\n"
