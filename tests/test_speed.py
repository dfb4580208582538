"""A check must feel instant: measured as ratios of processor time in one run, so that a busy machine changes little.

The bounds are the aims times two, because machines differ; `python tests/test_speed.py` prints the figures.
"""

from __future__ import annotations

import gc
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from audit.extract import extract
from audit.read import read
from audit.read.limits import Limits
from audit.read.text import read as read_text
from audit.relate import relate

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = "reports/cmw-c-mex-qpr-4/input.txt"
BARE = [sys.executable, "-c", "import typer, rich.console"]
CHECK = [sys.executable, "-m", "audit", "check", SAMPLE]
AIM, NOISE = 4.0, 2.0
HEAVY = (
    "pandas",
    "pandera",
    "great_expectations",
    "scipy",
    "duckdb",
    "numpy",
    "pydantic",
    "jinja2",
    "pint",
    "openpyxl",
)

# What a script would do: one pass of one expression for money, shares, dates, numbers, number words and references.
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
COMBINED = re.compile(
    r"(?P<money>(?:US|Mex)?[$€£]\s?\d[\d.,]*)|(?P<share>\d[\d.,]*\s?(?:%|per cent))"
    rf"|(?P<date>\d{{1,2}}\s(?:{_MONTHS})\s\d{{4}})|(?P<number>\d+(?:[.,\u00a0]\d+)*)"
    r"|(?P<word>\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundred|thousand|million)\b)"
    r"|(?P<reference>\b(?:paragraph|section|annex|table|figure|article)s?\s\d+)",
    re.IGNORECASE,
)


def processor_time(command: list[str]) -> float:
    """Return the processor time of a process, in seconds."""
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, used = os.wait4(process.pid, 0)
    process.returncode = 0
    return used.ru_utime + used.ru_stime


def process_ratio(times: int = 5) -> tuple[float, float]:
    """Return the least processor time of a bare start and of a check, taken in turn."""
    processor_time(CHECK)  # compiled once
    pairs = [(processor_time(BARE), processor_time(CHECK)) for _ in range(times)]
    return min(bare for bare, _ in pairs), min(check for _, check in pairs)


def least(work: Callable[[], object], times: int = 5) -> float:
    """Return the least processor time of some runs of a function, in seconds."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


def stages() -> tuple[float, float, float]:
    """Return the time of one pass of the combined expression, of extraction, and of finding claims."""
    document = read(str(ROOT / SAMPLE))
    facts = extract(document)
    gc.collect()
    gc.disable()  # as nearly as in a run of the command
    try:
        return (
            least(lambda: [match.lastgroup for match in COMBINED.finditer(document.text)]),
            least(lambda: extract(document)),
            least(lambda: list(relate([facts]))),
        )
    finally:
        gc.enable()


def test_the_sample_is_checked_in_a_few_bare_starts() -> None:
    bare, check = process_ratio()
    assert check / bare <= AIM * NOISE


def test_figures_and_claims_cost_a_few_passes_over_the_text() -> None:
    single, extracted, related = stages()
    assert (extracted + related) / single <= AIM * NOISE


def test_the_cost_grows_with_the_length_of_the_text() -> None:
    text = (ROOT / SAMPLE).read_text(encoding="utf-8")
    half, whole = text[: len(text) // 2], text

    def cost(words: str) -> float:
        document = read_text("a.txt", words.encode(), Limits())
        return least(lambda: list(relate([extract(document)])), times=3)

    assert cost(whole) / cost(half) <= 2 * NOISE


def test_a_check_of_a_document_loads_nothing_heavy() -> None:
    program = (
        "import sys; from audit.cli import run; run(['check', '" + SAMPLE + "']);"
        f"sys.stderr.write(' '.join(sorted(set({HEAVY!r}) & set(sys.modules))))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.startswith(SAMPLE)
    assert done.stderr == ""


if __name__ == "__main__":
    bare_, check_ = process_ratio(15)
    single_, extracted_, related_ = (1000 * seconds for seconds in stages())
    sys.stdout.write(
        f"bare start {bare_ * 1000:.0f} ms, check {check_ * 1000:.0f} ms: {check_ / bare_:.2f} (aim {AIM:.0f})\n"
        f"one pass {single_:.0f} ms, figures {extracted_:.0f} ms, claims {related_:.0f} ms: "
        f"{(extracted_ + related_) / single_:.2f} (aim {AIM:.0f})\n"
    )
