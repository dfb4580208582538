"""The parts of a workbook that its sheets share: their names and order, the strings, and the formats of cells."""

from __future__ import annotations

import re
from dataclasses import field
from typing import TYPE_CHECKING

from audit.read.raised import raise_text
from audit.read.spreadsheet.formats import BUILT_IN
from audit.records import dataclass

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from audit.read.package import Package

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\ud800-\udfff]")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet of the workbook: its name, its part, whether a reader sees it."""

    name: str
    part: str
    hidden: bool
    is_chart: bool


@dataclass(frozen=True, slots=True)
class CellStyle:
    """How the cells of a style show their value: the format code and the depth of the indent."""

    code: str = "General"
    indent: int = 0


_PLAIN = CellStyle()


@dataclass(slots=True)
class Workbook:
    """What the sheets of a workbook share."""

    sheets: list[SheetEntry] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)
    styles: list[CellStyle] = field(default_factory=list)
    epoch_1904: bool = False

    def style(self, index: int) -> CellStyle:
        """Return a cell style; an unknown one is plain."""
        return self.styles[index] if 0 <= index < len(self.styles) else _PLAIN


def load(package: Package) -> Workbook | None:
    """Return the workbook of a package, or None when it has none."""
    main = package.main()
    root = package.xml(main)
    if root is None:
        return None
    links, kinds = package.linked(main), {target: kind for kind, target in package.relations(main)}
    book = Workbook()
    properties = root.find(S + "workbookPr")
    book.epoch_1904 = properties is not None and properties.get("date1904", "") in ("1", "true")
    for sheet in root.iterfind(f"{S}sheets/{S}sheet"):
        part = links.get(sheet.get(_LINK, ""), "")
        hidden = sheet.get("state", "visible") != "visible"
        book.sheets.append(SheetEntry(unescape(sheet.get("name", "")), part, hidden, kinds.get(part) == "chartsheet"))
    for kind, target in package.relations(main):
        if kind == "sharedStrings":
            book.strings = _strings(package, target)
        elif kind == "styles":
            book.styles = _styles(package.xml(target))
    return book


def _strings(package: Package, part: str) -> list[str]:
    return [text_of(item) for item in package.stream(part, (S + "si",))]


def text_of(item: Element) -> str:
    """Return the text of a string item; raised marks are kept apart from the figure they follow."""
    if len(item) == 1 and item[0].tag == S + "t":
        return unescape(item[0].text or "")
    text = ""
    for child in item:
        if child.tag == S + "t":
            text += child.text or ""
        elif child.tag == S + "r":
            piece = "".join(t.text or "" for t in child.iterfind(S + "t"))
            align = child.find(f"{S}rPr/{S}vertAlign")
            raised = align is not None and align.get("val") == "superscript"
            text += raise_text(piece, text) if raised else piece
    return unescape(text)


def unescape(text: str) -> str:
    """Return a text with characters for their escapes ("_x000D_"), and a space for every control character."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return _CONTROL.sub(" ", text) if _CONTROL.search(text) else text


def _styles(root: Element | None) -> list[CellStyle]:
    if root is None:
        return []
    codes = dict(BUILT_IN)
    for entry in root.iterfind(f"{S}numFmts/{S}numFmt"):
        key = entry.get("numFmtId", "")
        if key.isdecimal() and len(key) < 9:
            codes[int(key)] = entry.get("formatCode", "General")
    styles: list[CellStyle] = []
    for entry in root.iterfind(f"{S}cellXfs/{S}xf"):
        key = entry.get("numFmtId", "0")
        align = entry.find(S + "alignment")
        indent = "" if align is None else align.get("indent", "")
        styles.append(
            CellStyle(
                codes.get(int(key) if key.isdecimal() and len(key) < 9 else 0, "General"),
                min(int(indent), 20) if indent.isdecimal() and len(indent) < 4 else 0,
            )
        )
    return styles
