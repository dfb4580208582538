"""Prints how far the program agrees with each file of vectors, at the end of a run that read them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1])]

from vector_files import DIFFERENT, READ  # noqa: E402 (found only beside this file)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print a line for each file; what a failed test names comes on top of the records that may differ."""
    if READ and terminalreporter.config.getoption("verbose") >= 0:
        terminalreporter.section("agreement with the vectors")
    for name, ids in sorted(READ.items()):
        alike = len(ids - DIFFERENT)
        terminalreporter.write_line(f"{name:28s} {alike:4d} of {len(ids):4d}  {alike / len(ids):6.1%}")
