"""From the arguments of a command to the files it reads: files as named, folders and patterns in sorted order."""

from __future__ import annotations

import os
from glob import glob, has_magic
from pathlib import Path
from typing import TYPE_CHECKING

from audit.errors import ReadError
from audit.read import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def files_of(arguments: Sequence[str]) -> tuple[str, ...]:
    """Return the paths that some arguments stand for, each once; an argument that stands for none is an error."""
    found: dict[str, None] = {}
    for argument in arguments:
        found.update(dict.fromkeys(_expanded(argument)))
    return tuple(found)


def _expanded(argument: str) -> list[str]:
    if Path(argument).is_dir():
        files = list(walk(argument))
        if not files:
            known = ", ".join(SUFFIXES)
            raise ReadError(f"{argument}: no readable file in this folder; readable are {known}")
        return files
    if has_magic(argument) and not Path(argument).exists():
        files = sorted(path for path in glob(argument, recursive=True) if Path(path).is_file())
        if not files:
            raise ReadError(f"{argument}: no file matches; check the pattern")
        return files
    return [argument]


def walk(folder: str) -> Iterator[str]:
    """Yield the readable files under a folder; hidden ones and linked folders are left out."""
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            # "~$report.docx" is what Word leaves beside a file that is open
            if not name.startswith((".", "~$")) and Path(name).suffix.lower() in SUFFIXES:
                yield os.path.join(base, name)  # the folder stays as the user wrote it
