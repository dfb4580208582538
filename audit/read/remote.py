"""A file that lies elsewhere (`s3://`, `gs://`, `https://`, `memory://`), opened by fsspec where that is installed.

Only what a person names at the command line or in the settings is opened, and never more of it than the limit.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audit.errors import ReadError

if TYPE_CHECKING:
    from audit.read.limits import Limits

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*(?:::[a-z][a-z0-9+.-]*)*://", re.IGNORECASE)
_SECRET = re.compile(r"(?<=://)[^/@]*@")


def is_remote(path: str) -> bool:
    """Say whether a path is an address with a scheme."""
    return _ADDRESS.match(path) is not None


def shown(path: str) -> str:
    """Return an address as reports may print it, without a user, a password or a query."""
    return _SECRET.sub("", path).partition("?")[0]


def load(path: str, limits: Limits) -> bytes:
    """Return the bytes at an address, or raise `ReadError` with the next step."""
    name = shown(path)
    try:
        import fsspec  # type: ignore[import-not-found,import-untyped,unused-ignore]  # noqa: PLC0415 (an extra; most paths are files here)
    except ImportError:
        raise ReadError(f'{name}: to open addresses, pip install "addsup[remote]"') from None
    try:
        with fsspec.open(path, "rb") as file:
            data: bytes = file.read(limits.max_bytes + 1)
    except FileNotFoundError:
        raise ReadError(f"{name}: no such file; check the address") from None
    except ImportError as fault:
        raise ReadError(f"{name}: {str(fault).partition('.')[0]}; install it beside addsup") from None
    except (OSError, ValueError) as fault:
        reason = shown(str(fault).partition("\n")[0])[:200] or type(fault).__name__
        raise ReadError(f"{name}: cannot be opened ({reason}); check the address and your rights") from None
    if len(data) > limits.max_bytes:
        raise ReadError(f"{name}: larger than the limit of {limits.max_bytes:,} bytes; split it or raise max_bytes")
    if not data.strip():
        raise ReadError(f"{name}: the file is empty; name a file with text or data")
    return data
