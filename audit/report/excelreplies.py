"""The list of findings in a workbook, as people filled it in."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from audit.report.notesheet import COLUMNS, NAME

if TYPE_CHECKING:
    from collections.abc import Iterator


def rows(data: bytes) -> Iterator[dict[str, str]]:
    """Yield the rows of every list of findings, by the names of its columns."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 (only for this format)

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for name in book.sheet_names:
        if name.split(" ")[0] != NAME:
            continue
        lines = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        heads = [str(head) for head in lines[0]] if lines else []
        if set(COLUMNS) <= set(heads):
            for line in lines[1:]:
                yield {head: _shown(value) for head, value in zip(heads, line, strict=False)}


def _shown(value: object) -> str:
    return str(value) if value is not None else ""
