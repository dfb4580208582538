"""Where a command writes: findings to standard output or a file, everything else to standard error."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from audit.errors import ConfigError


def say(message: str) -> None:
    """Write lines to standard error, each with the name of the program."""
    for line in message.splitlines() or [""]:
        sys.stderr.write(f"addsup: {printed(line)}\n")


def emit(data: bytes) -> None:
    """Write a report to standard output."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def save(path: str, data: bytes) -> None:
    """Write a file whole or not at all: a reader never sees half of it, a fault leaves the old one."""
    import tempfile  # noqa: PLC0415 (with random numbers; not needed to write to a terminal)

    target = Path(path)
    try:
        if target.exists() and not target.is_file():  # /dev/null, a pipe
            target.write_bytes(data)
            return
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", dir=target.parent)
    except OSError as fault:
        raise ConfigError(f"{path}: cannot be written ({fault.strerror}); check the folder and its rights") from None
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        draft.chmod(_mode(target))
        draft.replace(target)
    except OSError as fault:
        draft.unlink(missing_ok=True)
        raise ConfigError(f"{path}: cannot be written ({fault.strerror}); check the disk and its rights") from None
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def is_styled() -> bool:
    """Say whether standard output is a terminal that wants colour."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width() -> int:
    """Return the width of the terminal, or 100 where there is none."""
    return shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() else 100


def _mode(target: Path) -> int:
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def printed(text: str) -> str:
    """Return a text with every character that is not meant to be seen as its code."""
    return text if text.isprintable() else "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)
