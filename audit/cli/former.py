"""The edition before: a file, a folder of files with the same names, or a commit (`git:REF`).

Git is asked for one blob at a time, by a fixed list of arguments and without the filters a repository may name.
"""

from __future__ import annotations

import os
import subprocess
from glob import glob, has_magic
from pathlib import Path
from typing import TYPE_CHECKING

from audit.cli.paths import walk
from audit.errors import ConfigError, ReadError
from audit.model import Gap
from audit.read import SUFFIXES, read, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from audit.model import Document
    from audit.read import Limits

GIT = "git:"
_SECONDS = 60


def former(against: str, paths: Sequence[str], limits: Limits, asked: Sequence[str] = ()) -> dict[str, Document]:
    """Return the earlier edition of some files, by the path of the present one; a new file has none.

    A file of a folder that was `asked` for has its earlier edition at the same place inside the folder before.
    """
    if against.startswith(GIT):
        found = {path: _at_commit(against.removeprefix(GIT), path, limits) for path in paths}
        return {path: document for path, document in found.items() if document is not None}
    kept = {path: read(old, limits) for path, old in _beside(against, paths, asked)}
    if not kept:
        raise ConfigError(f"{against}: holds no earlier edition of {', '.join(paths[:3])}; check the name")
    return kept


def outside(against: str, paths: Sequence[str]) -> list[str]:
    """Return the files that are not themselves of the edition before, which may lie in the folder that is checked."""
    if against.startswith(GIT) or not Path(against).is_dir():
        return list(paths)
    place = Path(against).resolve()
    return [path for path in paths if not Path(path).resolve().is_relative_to(place)]


def unmatched(
    against: str, paths: Sequence[str], asked: Sequence[str], before: Mapping[str, Document]
) -> Iterator[Gap]:
    """Yield what was compared with nothing: files without an earlier edition, and earlier files that are gone.

    The gone ones are looked for in the folders and patterns that were `asked` for.
    """
    for path in paths:
        if path not in before:
            yield Gap(stage="edition", reason=f"new since {against}: nothing to compare it with", source=path)
    if against.startswith(GIT):
        gone = _deleted(against.removeprefix(GIT), asked)
    elif Path(against).is_dir():
        kept = {os.path.normpath(document.path) for document in before.values()}
        gone = [path for path in _once_asked(Path(against), asked) if os.path.normpath(path) not in kept]
    else:
        gone = []
    for name in gone:
        if Path(name).suffix.lower() in SUFFIXES:
            yield Gap(stage="edition", reason=f"gone since {against}: nothing of it is compared", source=name)


def _deleted(ref: str, asked: Sequence[str]) -> list[str]:
    """Return the files that a commit holds under some folders and patterns, and the folder of work no longer does."""
    if not asked:
        return []
    first = os.path.abspath(asked[0])
    folder = first if os.path.isdir(first) else os.path.dirname(first)
    if not os.path.isdir(folder):
        folder = os.getcwd()
    places = [f":(glob){name}" if has_magic(name) else name for name in map(os.path.abspath, asked)]
    told = _git(folder, "diff", "--name-only", "--no-renames", "--diff-filter=D", "-z", ref, "--", *places)
    return sorted(name for name in told.stdout.decode("utf-8", "replace").split("\0") if name)


def _once_asked(place: Path, asked: Sequence[str]) -> list[str]:
    """Return the files of the folder before that stand where some folders and patterns look now."""
    found: list[str] = []
    for name in asked:
        if Path(name).is_dir():
            found += walk(str(_mirrored(place, name)))
        elif has_magic(name):
            for pattern in (Path(name).name,) if Path(name).is_absolute() else (name, Path(name).name):
                found += sorted(glob(str(place / pattern), recursive=True))
    return list(dict.fromkeys(found))


def _mirrored(place: Path, folder: str) -> Path:
    """Return what a folder was in the edition before: the folder of the same path in it, else the whole of it."""
    inner = place / folder
    return inner if not Path(folder).is_absolute() and inner.is_dir() else place


def _beside(against: str, paths: Sequence[str], asked: Sequence[str]) -> list[tuple[str, str]]:
    place = Path(against)
    if place.is_dir():
        folders = [name for name in asked if Path(name).is_dir()]
        found = ((path, _counterpart(path, place, folders)) for path in paths)
        return [(path, str(old)) for path, old in found if old is not None]
    if not place.exists():
        raise ConfigError(f"{against}: no such file or folder; name the edition before, or git:REF")
    alike = [path for path in paths if Path(path).name == place.name and not _same(path, place)]
    alike = alike or [path for path in paths if Path(path).suffix == place.suffix and not _same(path, place)]
    if len(alike) != 1:
        raise ConfigError(f"{against}: is the edition before of which file? name one, or a folder with the same names")
    return [(alike[0], against)]


def _counterpart(path: str, place: Path, folders: Sequence[str]) -> Path | None:
    for folder in folders:
        if Path(path).is_relative_to(folder):
            # Two files of one name in two folders are two files, so that the name alone says nothing here.
            old = _mirrored(place, folder) / Path(path).relative_to(folder)
            return old if old.is_file() else None
    named = (place / path, place / Path(path).name)
    return next((old for old in named if old.is_file() and not _same(path, old)), None)


def _same(path: str, other: Path) -> bool:
    return Path(path).resolve() == other.resolve()


def _at_commit(ref: str, path: str, limits: Limits) -> Document | None:
    folder, name = os.path.split(os.path.abspath(path))
    shown = f"{GIT}{ref}"
    if not ref or ref.startswith("-") or ":" in ref or any(c.isspace() for c in ref):
        raise ConfigError(f"{shown}: this is no name of a commit; write git:main, git:HEAD~1 or git:v1.0")
    commit = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
    if commit.returncode:
        inside = _git(folder, "rev-parse", "--is-inside-work-tree").returncode == 0
        reason = f'no commit "{ref}"; fetch it, or check the name' if inside else f"{folder} is in no git repository"
        raise ConfigError(f"{shown}: {reason}")
    # A fetched name may move while we read; the commit does not.
    blob = f"{commit.stdout.decode().strip()}:./{name}"
    size = _git(folder, "cat-file", "-s", blob)
    if size.returncode:
        return None
    if int(size.stdout) > limits.max_bytes:
        raise ReadError(f"{shown}:{path}: larger than the limit of {limits.max_bytes:,} bytes; raise max_bytes")
    return read_bytes(f"{shown}:{path}", _git(folder, "cat-file", "blob", blob).stdout, limits)


def _git(folder: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603 (a fixed program; the one free argument cannot be an option)
            ["git", "-C", folder, *arguments],  # noqa: S607 (the git of the user)
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except FileNotFoundError:
        raise ConfigError("git is not installed; name a file or a folder as the edition before") from None
    except subprocess.TimeoutExpired:
        raise ConfigError(f"git does not answer within {_SECONDS} s; name a file as the edition before") from None
