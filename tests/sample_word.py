"""The sample report as a Word file: automatic numbering, real footnotes, a table, and every trap of real files.

`PYTHONPATH=. python tests/sample_word.py OUT.docx` writes it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from word import (
    WordFile,
    abstract,
    cell,
    deleted,
    field_result,
    inserted,
    level,
    note,
    note_call,
    number_list,
    numbered,
    paragraph,
    row,
    run,
    style,
    table,
    text_box,
)

from audit.read import read

if TYPE_CHECKING:
    from audit.model import Block, Document

SAMPLE = Path(__file__).resolve().parents[1] / "reports" / "cmw-c-mex-qpr-4" / "input.txt"
MAIN, INNER = 1, 100


class _Writer:
    """Writes the blocks of the text as Word would hold them."""

    def __init__(self, source: Document) -> None:
        self.source = source
        self.calls = {n.call: number for number, n in enumerate(source.notes) if n.call is not None}
        self.file = WordFile()
        self.inner = 0
        self.lists: dict[int, int] = {}
        self.paragraphs = 0

    def write(self) -> WordFile:
        tables = {t.block: t for t in self.source.tables}
        for index, block in enumerate(self.source.blocks):
            if index in tables:
                cells = tables[index].cells
                rows = [[c for c in cells if c.row == r] for r in range(tables[index].rows)]
                self.file.body.append(
                    table(
                        *(row(*(cell(self.source.text[c.start : c.end]) for c in line)) for line in rows),
                        widths=[2000] * tables[index].columns,
                    )
                )
            elif block.kind == "heading":
                name = "Heading1" if block.level == 1 else "Subhead"
                self.file.body.append(paragraph(*self._runs(block), style=name))
            elif block.kind in ("paragraph", "item"):
                self._prose(index, block)
        for number, source_note in enumerate(self.source.notes):
            body = self.source.blocks[source_note.block]
            # ids are anything but the printed numbers
            self.file.footnotes.append(note(7 + 2 * number, self.source.text[body.start : body.end]))
        self._frame()
        return self.file

    def _prose(self, index: int, block: Block) -> None:
        runs = self._runs(block)
        if not block.mark:
            properties = ""
            if block.kind == "item":
                properties = f'<w:ind w:left="{1134 + 567 * block.level}"/>'
            self.file.body.append(paragraph(*runs, style="Single", properties=properties))
        elif block.kind == "paragraph":
            self.paragraphs += 1
            by_style = self.paragraphs % 2 == 0
            self.file.body.append(
                paragraph(
                    *runs, style="Counted" if by_style else "Single", properties="" if by_style else numbered(MAIN)
                )
            )
        elif block.level == 1 and block.mark.startswith("(") and block.mark[1:-1].isalpha():
            self.file.body.append(paragraph(*runs, style="Single", properties=numbered(MAIN, 1)))
        else:
            key = self.lists.get(block.parent or 0)
            if key is None:
                self.inner += 1
                key = self.lists[block.parent or 0] = INNER + self.inner
                format_ = "decimal" if block.mark.strip("().").isdigit() else "lowerRoman"
                shape = "(%1)" if block.mark.startswith("(") else "%1" + block.mark[-1]
                indent = f'<w:pPr><w:ind w:left="{1134 + 567 * block.level}"/></w:pPr>'
                self.file.numbering.insert(
                    0, abstract(key, level(0, format_, shape, "").replace("</w:lvl>", indent + "</w:lvl>"))
                )
                self.file.numbering.append(number_list(key, key))
            self.file.body.append(paragraph(*runs, style="Single", properties=numbered(key)))
        if index == 120:
            self.file.body.append(
                paragraph(text_box(paragraph("A box beside the text: 5 and 6 make 11.")), style="Single")
            )

    def _runs(self, block: Block) -> list[str]:
        """The text in runs: cut at note calls, inside numbers, in an insertion, a control and a field by turns."""
        text = self.source.text
        cuts = sorted({block.start, block.end, *(c for c in self.calls if block.start <= c <= block.end)})
        runs: list[str] = []
        for first, last in zip(cuts, [*cuts[1:], None], strict=True):
            if first in self.calls:
                runs.append(note_call(7 + 2 * self.calls[first]))
            if last is not None:
                runs += self._dressed(text[first:last], block.start)
        return runs

    def _dressed(self, text: str, seed: int) -> list[str]:
        middle = next((i for i in range(1, len(text)) if text[i - 1].isdigit() and text[i].isdigit()), len(text) // 2)
        left, right = run(text[:middle]), run(text[middle:], "<w:i/>")
        return [
            [left, right],
            [left, deleted("4,321 struck out"), inserted(right)],
            [f"<w:sdt><w:sdtPr/><w:sdtContent>{left}</w:sdtContent></w:sdt>", right],
            [field_result(' HYPERLINK \\l "figure99" ', left), right],
            [f'<w:hyperlink w:anchor="x">{left}</w:hyperlink><w:smartTag>{right}</w:smartTag>'],
        ][seed % 5]

    def _frame(self) -> None:
        self.file.numbering.insert(
            0,
            abstract(
                MAIN,
                level(0, "decimal", "%1."),
                level(1, "lowerLetter", "(%2)"),
                level(2, "lowerRoman", "(%3)"),
            ),
        )
        self.file.numbering.append(number_list(MAIN, MAIN))
        self.file.styles = [
            style("Single", "Single Text", paragraph='<w:ind w:left="1134" w:right="1134"/>'),
            style("Base", "Counted base", based_on="Single", paragraph=numbered(MAIN)),
            style("Counted", "Counted paragraph", based_on="Base"),
            style("Heading1", "heading 1", paragraph='<w:outlineLvl w:val="0"/>', run="<w:b/>"),
            style("Subhead", "Subhead", paragraph="<w:keepNext/>", run="<w:b/>"),
        ]
        self.file.section = '<w:footnotePr><w:numStart w:val="4"/></w:footnotePr>'
        self.file.core = (
            "<dc:title>CMW/C/MEX/QPR/4</dc:title><dc:language>en-GB</dc:language>"
            '<dcterms:modified xsi:type="dcterms:W3CDTF">2025-02-07T10:00:00Z</dcterms:modified>'
        )


def sample() -> tuple[Document, bytes]:
    """The text of the sample as the text reader gives it, and the Word file made of it."""
    source = read(SAMPLE)
    return source, _Writer(source).write().bytes()


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(sample()[1])
