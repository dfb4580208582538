"""Excel files into documents: every sheet, each figure as displayed beside the number behind it.

The XML is read directly: what a reader has seen is the number format applied to the stored number, and no library
gives both without loading the whole workbook.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from audit.cells import column_name
from audit.errors import ReadError
from audit.model import Anchor, BlockKind
from audit.read.builder import Builder
from audit.read.describe import describe
from audit.read.package import Package, core_properties
from audit.read.spreadsheet.layout import Layout, frame
from audit.read.spreadsheet.sheet import SheetReader
from audit.read.spreadsheet.workbook import load

if TYPE_CHECKING:
    from audit.model import Document
    from audit.read.limits import Limits
    from audit.read.spreadsheet.sheet import Sheet

_SHOWN = 5
_HEAD = 20


def read(path: str, data: bytes, limits: Limits) -> Document:
    """Return the document in the bytes of an Excel file."""
    package = Package(path, data, limits, "Excel")
    book = load(package)
    if book is None or not book.sheets:
        raise ReadError(f"{path}: this Excel file has no sheets; open it in Excel, save it again and run again")
    reader = SheetReader(package, book, limits)
    builder = Builder(path, "xlsx", hashlib.sha256(data).hexdigest())
    head: list[str] = []
    for entry in book.sheets:
        if entry.is_chart:
            builder.gap(f"sheet {entry.name} is a chart: figures in it are not read")
            continue
        sheet = reader.read(entry.part)
        if not sheet.rows:
            _say(builder, entry.name, sheet, hidden=entry.hidden)
            continue
        heading = builder.begin(BlockKind.HEADING, level=1)
        builder.write(entry.name, Anchor(start=builder.offset, sheet=entry.name))
        builder.end(heading)
        layout = Layout(builder, entry.name, sheet, limits)
        for framed in frame(sheet.rows):
            layout.write(framed)
            head += [cells[0].text for _, cells in framed.titles[:_HEAD]]
        _say(builder, entry.name, sheet, hidden=entry.hidden)
        if any(kind == "drawing" for kind, _ in package.relations(entry.part)):
            builder.gap(f"charts and pictures of sheet {entry.name} are not read")
    core = core_properties(package)
    declared = {"title": core.get("title", ""), "language": core.get("language", "")}
    return builder.finish(description=describe(head or [book.sheets[0].name], "\n".join(head), declared))


def _say(builder: Builder, name: str, sheet: Sheet, *, hidden: bool) -> None:
    """Record what a reader of the printed sheet would not see, and what the file does not hold."""
    if hidden:
        builder.gap(f"sheet {name} is hidden; it was read")
    if sheet.hidden_rows:
        rows = _listed([str(row + 1) for row in sheet.hidden_rows])
        builder.gap(f"sheet {name} has {len(sheet.hidden_rows)} hidden row(s), which were read: {rows}")
    if sheet.hidden_columns:
        used = {cell.column for _, cells in sheet.rows for cell in cells}
        columns = [c for c in sorted(used) if any(first <= c <= last for first, last in sheet.hidden_columns)]
        if columns:
            names = _listed([column_name(c) for c in columns])
            builder.gap(f"sheet {name} has {len(columns)} hidden column(s), which were read: {names}")
    if sheet.uncalculated:
        builder.gap(
            f"sheet {name} has {len(sheet.uncalculated)} formula(s) without a stored result: "
            f"{_listed(sheet.uncalculated)}; open it in a spreadsheet program, save it and run again"
        )
    if sheet.faulty:
        builder.gap(f"sheet {name} shows {len(sheet.faulty)} error value(s): {_listed(sheet.faulty)}")


def _listed(names: list[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (", ..." if len(names) > _SHOWN else "")
