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
    parts: list[str] = []
    dump = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
    for key, value in record(run).items():
        if isinstance(value, list) and value:
            lines = ",\n    ".join([dump(entry) for entry in value])
            parts.append(f"  {dump(key)}: [\n    {lines}\n  ]")
        else:
            parts.append(f"  {dump(key)}: {dump(value)}")
    # A lone surrogate of a broken file has no UTF-8; as an escape it is legal JSON.
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode("utf-8", "backslashreplace")
