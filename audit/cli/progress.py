"""How far a long run is, on one line of a terminal that vanishes when it is done; nothing anywhere else."""

from __future__ import annotations

import sys
import time
from pathlib import PurePath
from typing import Self

from audit.cli.output import printed

_AFTER = 1.0  # seconds: a run that is done by then needs no progress
_EVERY = 0.2
_WIDTH = 78


class Progress:
    """Hears of each document of a run and shows the share that is done and the time that is left."""

    def __init__(self) -> None:
        self.begun = self.shown = time.monotonic()
        self.is_seen = sys.stderr.isatty()
        self.is_open = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.is_open:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def __call__(self, done: int, total: int, path: str) -> None:
        """Show that a document is begun, at most a few times a second."""
        now = time.monotonic()
        if not self.is_seen or now - self.begun < _AFTER or now - self.shown < _EVERY:
            return
        self.shown, self.is_open = now, True
        sys.stderr.write(f"\r\x1b[K{self.line(done, total, path, now - self.begun)}")
        sys.stderr.flush()

    def line(self, done: int, total: int, path: str, taken: float) -> str:
        """Return the line: share done, time left, the document in hand."""
        left = f", about {_time(taken / done * (total - done))} left" if done else ""
        return f"{100 * done // max(total, 1)} %{left}: {printed(PurePath(path).name)}"[:_WIDTH]


def _time(seconds: float) -> str:
    if seconds < 60:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60)} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
