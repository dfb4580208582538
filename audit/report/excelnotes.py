"""Findings as notes on the cells of the author's own workbook, and a sheet that lists them.

The parts of the package are edited in place: a library that loads and saves a workbook loses its charts, its pictures
and the stored results of its formulas. Everything but the sheets that get a note is copied bit by bit.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from audit.errors import AuditError
from audit.report.notecells import Notes
from audit.report.notes import note_lines
from audit.report.notesheet import add_sheet
from audit.report.word.parts import Parts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from audit.findings import Finding
    from audit.model import Document

_CODE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\ud800-\udfff]")
_ADDRESS = re.compile(r"[A-Z]{1,3}[0-9]{1,7}")


def annotate(data: bytes, document: Document, findings: Iterable[Finding]) -> bytes:
    """Return a workbook with a note on each cell that has a finding, and a sheet with all of them."""
    found = [finding for finding in findings if finding.at.document == document.path]
    if not found:
        return data
    parts = Parts(data, "Excel")
    try:
        main = parts.target("", "officeDocument") or "xl/workbook.xml"
        book = parts.xml(main)
        if book is None:
            raise AuditError("the Excel file cannot be annotated: it has no workbook; save it again in Excel")
        sheets = _sheets(parts, main, book)
        for name, cells in _cells(document, found).items():
            if name in sheets:
                _note(parts, sheets[name], cells)
        add_sheet(parts, main, book, document, found)
    except etree.XMLSyntaxError:
        raise AuditError(
            "the Excel file cannot be annotated: a part of it is not XML; save it again in Excel"
        ) from None
    return parts.bytes()


def _note(parts: Parts, part: str, cells: dict[str, list[str]]) -> None:
    try:
        notes = Notes(parts, part)
    except etree.XMLSyntaxError:
        return  # the drawing of older notes need not be XML; the list of findings stands all the same
    for cell, lines in cells.items():
        notes.add(cell, lines)
    notes.save()


def _sheets(parts: Parts, main: str, book: etree._Element) -> dict[str, str]:
    """Return the part of each sheet by its name, as a reader of the workbook sees it."""
    targets = parts.targets(main)
    found: dict[str, str] = {}
    for sheet in book.iter("{*}sheet"):
        key = next((value for name, value in sheet.attrib.items() if str(name).endswith("}id")), "")
        if key in targets:
            name = _CODE.sub(lambda match: chr(int(match[1], 16)), sheet.get("name", ""))
            found[_CONTROL.sub(" ", name)] = targets[str(key)][1]
    return found


def _cells(document: Document, findings: Iterable[Finding]) -> dict[str, dict[str, list[str]]]:
    """Return the lines of the note on each cell of each sheet; findings of one cell share its note."""
    found: dict[str, dict[str, list[str]]] = {}
    for finding in findings:
        place = document.place(finding.at.start, finding.at.end)
        if _ADDRESS.fullmatch(place.cell):
            lines = found.setdefault(place.sheet, {}).setdefault(place.cell, [])
            lines += [*([""] if lines else []), *note_lines(finding)]
    return found
