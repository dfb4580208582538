"""What was compiled from our YAML files, kept as JSON in the user's cache folder and good for one content.

Reading a file of words or rules costs more than a check may take; a compiled one a millisecond. An entry holds the
digest of what it was made from; a stale, foreign, damaged or unwritable one is passed over in silence, because the
files themselves are always at hand.
"""

from __future__ import annotations

import json
import os
from pathlib import Path


def fetch(name: str, digest: str) -> object | None:
    """Return what was stored under a name, if it was made from the same content."""
    try:
        data = json.loads((folder() / f"{name}.json").read_bytes())
        return data["data"] if data["digest"] == digest else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def store(name: str, digest: str, data: object) -> None:
    """Keep something that JSON can hold; a folder that cannot be written is no fault."""
    import tempfile  # noqa: PLC0415 (only when something was compiled)

    target = folder() / f"{name}.json"
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, draft = tempfile.mkstemp(dir=target.parent, prefix=name, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump({"digest": digest, "data": data}, stream, ensure_ascii=False)
        Path(draft).replace(target)
    except OSError:
        return


def folder() -> Path:
    """Return the user's cache folder, as the platform names it."""
    named = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(named) if named else Path.home() / ".cache") / "addsup"
