"""The sample report as a word processor prints it: numbered paragraphs, footnotes, a running header, page numbers.

`python tests/sample_print.py OUT.fodt` writes the file that LibreOffice turns into a PDF.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from audit.model import BlockKind
from audit.read import read

if TYPE_CHECKING:
    from audit.model import Block, Document

SAMPLE = Path(__file__).resolve().parents[1] / "reports" / "cmw-c-mex-qpr-4" / "input.txt"

_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("fo", "xsl-fo-compatible"),
    )
)


def _style(name: str, paragraph: str, text: str = "") -> str:
    return (
        f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties {paragraph}/>'
        f"<style:text-properties {text}/></style:style>"
    )


_STYLES = (
    '<style:style style:name="Standard" style:family="paragraph">'
    '<style:text-properties fo:font-size="10.5pt" style:font-name="Liberation Serif"'
    ' fo:font-family="Liberation Serif" fo:language="en" fo:country="GB"/></style:style>'
    + _style("Body", 'fo:margin-bottom="0.2cm" fo:text-align="justify"')
    + _style("Item", 'fo:margin-bottom="0.2cm" fo:margin-left="0cm" fo:text-indent="1cm" fo:text-align="justify"')
    + _style(
        "Head",
        'fo:margin-top="0.3cm" fo:margin-bottom="0.2cm" fo:keep-with-next="always"',
        'fo:font-weight="bold" fo:font-size="12pt"',
    )
    + _style("Note", "", 'fo:font-size="8.5pt"')
    + _style("Small", 'fo:text-align="end"', 'fo:font-size="8pt"')
)
_PAGE = (
    '<style:page-layout style:name="P"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm"'
    ' fo:margin-top="1.5cm" fo:margin-bottom="1.5cm" fo:margin-left="3cm" fo:margin-right="3cm"/>'
    '<style:header-style><style:header-footer-properties fo:min-height="0.8cm" fo:margin-bottom="0.5cm"/>'
    '</style:header-style><style:footer-style><style:header-footer-properties fo:min-height="0.8cm"'
    ' fo:margin-top="0.5cm"/></style:footer-style>'
    "</style:page-layout>"
)
_MASTER = (
    '<style:master-page style:name="Standard" style:page-layout-name="P">'
    '<style:header><text:p text:style-name="Small">CMW/C/MEX/QPR/4</text:p></style:header>'
    '<style:footer><text:p text:style-name="Small"><text:page-number/></text:p></style:footer></style:master-page>'
)


class _Writer:
    def __init__(self, source: Document) -> None:
        self.source = source
        self.notes = {n.call: n for n in source.notes if n.call is not None}

    def body(self) -> str:
        parts: list[str] = []
        tables = {t.block: t for t in self.source.tables}
        for index, block in enumerate(self.source.blocks):
            if index in tables:
                table = tables[index]
                rows = ""
                for row in range(table.rows):
                    cells = [c for c in table.cells if c.row == row]
                    rows += (
                        "<table:table-row>"
                        + "".join(
                            f"<table:table-cell><text:p>{self.text(c.start, c.end)}</text:p></table:table-cell>"
                            for c in cells
                        )
                        + "</table:table-row>"
                    )
                parts.append(
                    f'<table:table><table:table-column table:number-columns-repeated="{table.columns}"/>{rows}'
                    "</table:table>"
                )
            elif block.kind not in (BlockKind.CELL, BlockKind.NOTE):
                parts.append(self.paragraph(block))
        return "".join(parts)

    def paragraph(self, block: Block) -> str:
        style = {BlockKind.HEADING: "Head", BlockKind.ITEM: "Item"}.get(block.kind, "Body")
        mark = f"{escape(block.mark)}<text:tab/>" if block.mark else ""
        return f'<text:p text:style-name="{style}">{mark}{self.text(block.start, block.end)}</text:p>'

    def text(self, start: int, end: int) -> str:
        calls = [c for c in sorted(self.notes) if start < c <= end]
        parts, position = [], start
        for call in calls:
            note = self.notes[call]
            body = self.source.blocks[note.block]
            text = escape(self.source.text[body.start : body.end])
            parts.append(escape(self.source.text[position:call]))
            parts.append(
                f'<text:note text:note-class="footnote"><text:note-citation text:label="{note.mark}">{note.mark}'
                f'</text:note-citation><text:note-body><text:p text:style-name="Note">{text}</text:p>'
                "</text:note-body></text:note>"
            )
            position = call
        return "".join([*parts, escape(self.source.text[position:end])])


def sample() -> tuple[Document, str]:
    """Return the sample and its text as a flat OpenDocument file."""
    source = read(SAMPLE)
    body = _Writer(source).body()
    return source, (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {_SPACES} office:version="1.3"'
        ' office:mimetype="application/vnd.oasis.opendocument.text">'
        f"<office:styles>{_STYLES}</office:styles><office:automatic-styles>{_PAGE}</office:automatic-styles>"
        f"<office:master-styles>{_MASTER}</office:master-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document>"
    )


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(sample()[1], encoding="utf-8")
