"""The run as JSON, one finding or figure a line: for programs, for the scorer, for comparing two runs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from audit.report.record import record

if TYPE_CHECKING:
    from audit.findings import Run
    from audit.report.view import View


def render(run: Run, view: View) -> bytes:  # noqa: ARG001 - every format has one shape
    """Return the record of a run as JSON."""
    dump = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
    pieces: list[bytes] = []  # as bytes at once: a text of a megabyte is as slow to copy as its record to make
    for key, value in record(run).items():
        pieces.append(b",\n  %b: " % dump(key).encode() if pieces else b"{\n  %b: " % dump(key).encode())
        if isinstance(value, list) and value:
            # A lone surrogate of a broken file has no UTF-8; as an escape it is legal JSON.
            lines = [dump(entry).encode("utf-8", "backslashreplace") for entry in value]
            pieces += [b"[\n    ", b",\n    ".join(lines), b"\n  ]"]
        else:
            pieces.append(dump(value).encode("utf-8", "backslashreplace"))
    return b"".join([*pieces, b"\n}\n"])
