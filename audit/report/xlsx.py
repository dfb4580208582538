"""The run as a workbook for people who keep an issue log: findings with room for a decision, the ledger, the summary.

A cell that begins like a formula is stored as text. The package is written twice: the library puts the clock into it,
so its parts are packed again with a fixed date.
"""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from audit.report.csv import COLUMNS, row
from audit.report.escape import printable
from audit.report.figures import COLUMNS as FIGURE_COLUMNS
from audit.report.figures import rows as figure_rows
from audit.report.ledger import Ledger, summary_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from audit.findings import Run
    from audit.report.view import View

_WIDTHS = {
    "message": 55,
    "quote": 70,
    "arithmetic": 45,
    "suggestions": 40,
    "also": 30,
    "place": 22,
    "document": 28,
    "rule": 26,
}
_ADDED = ("decision", "owner", "until", "reason")
_CLOCK = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")
_FORMULA = frozenset("=+-@")
_NUMERIC = frozenset({"value", "low", "high"})
_DECIMAL = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_DIGITS = 15  # a spreadsheet keeps no more of a number
_LONGEST = 32_000  # a cell holds 32,767 characters
_MOST = 1_048_000  # rows of a sheet


def render(run: Run, view: View) -> bytes:  # noqa: ARG001 - every format has one shape
    """Return a run as an Excel workbook."""
    from openpyxl import Workbook  # noqa: PLC0415 (heavy: only for this format)

    ledger = Ledger(run)
    book: Any = Workbook(write_only=True)
    findings = [(*row(ledger, finding), "", "", "", "") for finding in run.findings]
    sheet = _sheet(book, "Findings", (*COLUMNS, *_ADDED), findings, wrap=True)
    if findings:
        _choices(sheet, len(COLUMNS) + 1, len(findings))
    _sheet(book, "Figures", FIGURE_COLUMNS, (_figure(r) for r in figure_rows(run)[:_MOST]))
    _sheet(book, "Gaps", ("stage", "source", "reason"), ((g.stage, g.source, g.reason) for g in run.gaps))
    _sheet(book, "Summary", ("what", "number"), [*_numbers(ledger), ("summary", summary_words(ledger))])
    out = io.BytesIO()
    book.save(out)
    return _dateless(out.getvalue())


def _numbers(ledger: Ledger) -> list[tuple[str, int]]:
    run = ledger.run
    return [
        ("documents", len(run.documents)),
        *ledger.counts().items(),
        ("claims", len(run.outcomes)),
        *((f"{name}s", number) for name, number in ledger.severities().items()),
        ("gaps", len(run.gaps)),
    ]


def _figure(values: dict[str, str]) -> list[object]:
    return [_number(values[column]) if column in _NUMERIC else values[column] for column in FIGURE_COLUMNS]


def _number(text: str) -> object:
    return Decimal(text) if len(text) <= _DIGITS and _DECIMAL.fullmatch(text) else text


def _sheet(
    book: Any, name: str, columns: Sequence[str], lines: Iterable[Sequence[object]], *, wrap: bool = False
) -> Any:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(column, 14)
    bold, wrapped = Font(bold=True), Alignment(wrap_text=True, vertical="top")

    def cell(value: object) -> object:
        if isinstance(value, str):
            value = _text(value)
            if not wrap and value[:1] not in _FORMULA:
                return value  # a styled cell costs twenty times as much
        made = WriteOnlyCell(sheet, value=value)
        if isinstance(value, str) and value[:1] in _FORMULA:
            made.data_type = "s"  # never a formula, whatever it begins with
            made.quotePrefix = True
        if wrap:
            made.alignment = wrapped
        return made

    heads = [WriteOnlyCell(sheet, value=column) for column in columns]
    for head in heads:
        head.font = bold
    sheet.append(heads)
    count = 1
    for line in lines:
        sheet.append([cell(value) for value in line])
        count += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{count}"
    return sheet


def _choices(sheet: Any, column: int, rows: int) -> None:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    letter = get_column_letter(column)
    choice = DataValidation(type="list", formula1='"fix,waive,not-an-error"', allow_blank=True)
    choice.add(f"{letter}2:{letter}{rows + 1}")
    sheet.data_validations.append(choice)


def _text(value: str) -> str:
    return printable(value).replace("\ufffe", "").replace("\uffff", "")[:_LONGEST]


def _dateless(data: bytes) -> bytes:
    """Return a package with every date in it set to one that never changes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "docProps/core.xml":
                content = _CLOCK.sub(rb"\g<1>2000-01-01T00:00:00Z\g<3>", content)
            packed = zipfile.ZipInfo(entry.filename, date_time=(1980, 1, 1, 0, 0, 0))
            packed.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(packed, content)
    return out.getvalue()
