"""A check must feel instant: whole processes, measured as ratios to a bare start in the same run.

The factors are twice the aim, because machines are noisy; run `python tests/test_speed.py` for the figures.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = "reports/cmw-c-mex-qpr-4/input.txt"
BARE = [sys.executable, "-c", "import typer, rich.console"]
CHECK = [sys.executable, "-m", "audit", "check", SAMPLE]
AIM, NOISE = 4.0, 2.0
HEAVY = ("pandas", "pandera", "great_expectations", "scipy", "duckdb", "numpy", "pydantic", "jinja2", "pint")


def best(command: list[str], times: int = 5) -> float:
    """Return the shortest of some runs of a process, in seconds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        taken.append(time.perf_counter() - start)
    return min(taken)


def test_the_sample_is_checked_in_a_few_bare_starts() -> None:
    subprocess.run(CHECK, cwd=ROOT, capture_output=True, check=False)  # compiled once
    ratio = best(CHECK) / best(BARE)
    assert ratio <= AIM * NOISE


def test_a_check_of_a_document_loads_nothing_heavy() -> None:
    program = (
        "import sys; from audit.cli import run; run(['check', '" + SAMPLE + "']);"
        f"sys.stderr.write(' '.join(sorted(set({HEAVY!r}) & set(sys.modules))))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.startswith(SAMPLE)
    assert done.stderr == ""


if __name__ == "__main__":
    bare, checked = best(BARE, 15), best(CHECK, 15)
    sys.stdout.write(
        f"bare {bare * 1000:.0f} ms, check {checked * 1000:.0f} ms, ratio {checked / bare:.2f} (aim {AIM})\n"
    )
