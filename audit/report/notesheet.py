"""The sheet that lists the findings of a workbook, behind its own sheets, with room for a decision on each."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from lxml import etree

from audit.report.notecells import escaped
from audit.report.notes import short_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element as Element

    from audit.findings import Finding
    from audit.model import Document
    from audit.report.word.parts import Parts

COLUMNS = ("sheet", "cell", "words", "severity", "message", "arithmetic", "suggestions", "rule", "finding",
           "decision", "owner", "until", "reason")  # fmt: skip
NAME = "addsup"
_WIDTHS = (18, 8, 16, 10, 60, 40, 40, 28, 14, 14, 14, 12, 40)
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_LONGEST = 32_000  # a cell holds 32,767 characters
_CHOICES = '"fix,waive,not-an-error"'


def add_sheet(parts: Parts, main: str, book: Element, document: Document, findings: Sequence[Finding]) -> None:
    """Add the sheet to a workbook and name it to the package."""
    space = etree.QName(book).namespace or ""
    w = f"{{{space}}}"
    number = 1
    while parts.has(part := posixpath.join(posixpath.dirname(main), f"worksheets/sheet{number}.xml")):
        number += 1
    parts.put(part, _sheet(space, [COLUMNS, *(_row(document, finding) for finding in findings)]))
    key = parts.relate(main, "worksheet", part, _TYPE)
    held = book.find(f"{w}sheets")
    if held is None:
        held = etree.SubElement(book, f"{w}sheets")
    names = {sheet.get("name", "").casefold() for sheet in held}
    ids = [int(sheet.get("sheetId", "0")) for sheet in held if sheet.get("sheetId", "").isdecimal()]
    title = next(t for t in (NAME, *(f"{NAME} {n}" for n in range(2, 1000))) if t.casefold() not in names)
    relation = next((str(n) for s in held for n in s.attrib if str(n).endswith("}id")), "")
    etree.SubElement(held, f"{w}sheet", {"name": title, "sheetId": str(max(ids, default=0) + 1), relation: key})
    parts.put(main, book)


def _row(document: Document, finding: Finding) -> tuple[str, ...]:
    place = document.place(finding.at.start, finding.at.end)
    return (
        place.sheet,
        place.cell,
        document.text[finding.at.start : finding.at.end],
        finding.severity.value,
        finding.message,
        "\n".join(finding.steps),
        "\n".join(f"{s.old} → {s.new}: {s.why}" for s in finding.suggestions),
        finding.rule.name,
        short_name(finding),
        *([""] * 4),
    )


def _sheet(space: str, rows: Sequence[Sequence[str]]) -> Element:
    w = f"{{{space}}}"
    root = etree.Element(f"{w}worksheet", nsmap={None: space})  # type: ignore[dict-item, unused-ignore]
    view = etree.SubElement(etree.SubElement(root, f"{w}sheetViews"), f"{w}sheetView", {"workbookViewId": "0"})
    etree.SubElement(
        view, f"{w}pane", {"ySplit": "1", "topLeftCell": "A2", "activePane": "bottomLeft", "state": "frozen"}
    )
    columns = etree.SubElement(root, f"{w}cols")
    for number, wide in enumerate(_WIDTHS, 1):
        names = {"min": str(number), "max": str(number), "width": str(wide), "customWidth": "1"}
        etree.SubElement(columns, f"{w}col", names)
    data = etree.SubElement(root, f"{w}sheetData")
    for number, values in enumerate(rows, 1):
        row = etree.SubElement(data, f"{w}row", {"r": str(number)})
        for column, value in enumerate(values):
            if value:  # a text of its own, so that nothing in it is ever a formula
                cell = etree.SubElement(row, f"{w}c", {"r": f"{chr(65 + column)}{number}", "t": "inlineStr"})
                text = etree.SubElement(etree.SubElement(cell, f"{w}is"), f"{w}t", {_SPACE: "preserve"})
                text.text = escaped(value)[:_LONGEST]
    last = chr(64 + len(COLUMNS))
    etree.SubElement(root, f"{w}autoFilter", {"ref": f"A1:{last}{len(rows)}"})
    letter = chr(65 + COLUMNS.index("decision"))
    choices = etree.SubElement(root, f"{w}dataValidations", {"count": "1"})
    names = {"type": "list", "allowBlank": "1", "sqref": f"{letter}2:{letter}{len(rows)}"}
    choice = etree.SubElement(choices, f"{w}dataValidation", names)
    etree.SubElement(choice, f"{w}formula1").text = _CHOICES
    return root
