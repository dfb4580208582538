"""Excel files made in memory for tests: the least XML that Excel and LibreOffice both open."""

from __future__ import annotations

import io
import zipfile
from dataclasses import field
from xml.sax.saxutils import escape, quoteattr

from audit.records import dataclass

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def text(name: str, value: str) -> str:
    """A cell with a text of its own."""
    return f'<c r="{name}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


def shared(name: str, index: int, style: int = 0) -> str:
    return f'<c r="{name}" t="s" s="{style}"><v>{index}</v></c>'


def value(name: str, stored: str, style: int = 0, formula: str = "", kind: str = "n") -> str:
    """A cell with a stored number, behind a formula or not."""
    calculated = f"<f>{escape(formula)}</f>" if formula else ""
    shown = f"<v>{stored}</v>" if stored else ""
    return f'<c r="{name}" s="{style}" t="{kind}">{calculated}{shown}</c>'


def row(number: int, *cells: str, more: str = "") -> str:
    return f'<row r="{number}"{more}>{"".join(cells)}</row>'


def line(number: int, *values: str) -> str:
    """A row from column A on: what looks like a number is stored as one."""
    cells: list[str] = []
    for index, shown in enumerate(values):
        name = f"{chr(65 + index)}{number}"
        is_number = shown.replace(".", "").replace("-", "").isdigit()
        cells += [value(name, shown) if is_number else text(name, shown)] if shown else []
    return row(number, *cells)


@dataclass(slots=True)
class ExcelFile:
    """A workbook: sheets by name, format codes of the cell styles 1, 2, ..., shared string items as XML."""

    sheets: dict[str, str] = field(default_factory=dict)
    formats: list[str] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    strings: list[str] = field(default_factory=list)
    states: dict[str, str] = field(default_factory=dict)
    properties: str = ""
    after: dict[str, str] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)

    def bytes(self) -> bytes:
        """The file."""
        codes = "".join(
            f'<numFmt numFmtId="{164 + i}" formatCode={quoteattr(code)}/>' for i, code in enumerate(self.formats)
        )
        xfs = "".join(f'<xf numFmtId="{164 + i}"/>' for i in range(len(self.formats))) + "".join(self.styles)
        parts = {
            f"xl/worksheets/sheet{i}.xml": f'<worksheet xmlns="{MAIN}">{self.before.get(name, "")}<sheetData>{rows}'
            f"</sheetData>{self.after.get(name, '')}</worksheet>"
            for i, (name, rows) in enumerate(self.sheets.items(), 1)
        }
        styled = f'<numFmts>{codes}</numFmts><cellXfs><xf numFmtId="0"/>{xfs}</cellXfs>'
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{MAIN}">{styled}</styleSheet>'
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{"".join(self.strings)}</sst>'
        sheets = "".join(
            f'<sheet name={quoteattr(name)} sheetId="{i}" state="{self.states.get(name, "visible")}" r:id="rId{i}"/>'
            for i, name in enumerate(self.sheets, 1)
        )
        parts["xl/workbook.xml"] = (
            f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}">{self.properties}<sheets>{sheets}</sheets></workbook>'
        )
        return self._zip(parts)

    def _zip(self, parts: dict[str, str]) -> bytes:
        numbers = range(1, 1 + len(self.sheets))
        links = [f'Id="rId{i}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{i}.xml"' for i in numbers]
        links += [f'Id="rIdS" Type="{_OFFICE}/styles" Target="styles.xml"']
        links += [f'Id="rIdT" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"']
        kinds = {"workbook": "sheet.main", "styles": "styles", "sharedStrings": "sharedStrings"}
        types = "".join(
            f'<Override PartName="/{name}" ContentType="{_TYPE}.{kinds.get(name[3:-4], "worksheet")}+xml"/>'
            for name in parts
        )
        relations = f'<Relationships xmlns="{_PACKAGE}/relationships">'
        parts["xl/_rels/workbook.xml.rels"] = (
            relations + "".join(f"<Relationship {x}/>" for x in links) + "</Relationships>"
        )
        top = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        parts["_rels/.rels"] = f"{relations}{top}</Relationships>"
        parts["[Content_Types].xml"] = (
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
            f'"application/xml"/>{types}</Types>'
        )
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, xml in parts.items():
                archive.writestr(name, HEAD + xml)
        return stream.getvalue()
