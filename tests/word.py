"""Word files made in memory for tests: the least XML that Word and LibreOffice both open."""

from __future__ import annotations

import io
import zipfile
from dataclasses import field
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from audit.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CORE = "relationships/metadata/core-properties"
_DEFAULTS = (
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
)
_KINDS = {
    "styles": "styles",
    "numbering": "numbering",
    "settings": "settings",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "header1": "header",
    "comments": "comments",
}


def run(text: str, properties: str = "") -> str:
    """A run; tabs and line feeds become their elements."""
    head = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{head}{content(text)}</w:r>"


def content(text: str, tag: str = "t") -> str:
    parts: list[str] = []
    for line_number, line in enumerate(text.split("\n")):
        parts += ["<w:br/>"] if line_number else []
        for number, piece in enumerate(line.split("\t")):
            parts += ["<w:tab/>"] if number else []
            parts += [f'<w:{tag} xml:space="preserve">{escape(piece)}</w:{tag}>'] if piece else []
    return "".join(parts)


def paragraph(*runs: str, style: str = "", properties: str = "") -> str:
    """A paragraph of runs; a string that is not XML is one run."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    head = f"<w:pPr>{named}{properties}</w:pPr>" if named or properties else ""
    return f"<w:p>{head}{''.join(r if r.startswith('<') else run(r) for r in runs)}</w:p>"


def numbered(num_id: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>'


def level(depth: int, format_: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{format_}"/>{more}'
        f'<w:lvlText w:val="{escape(text)}"/></w:lvl>'
    )


def abstract(key: int, *levels: str, more: str = "") -> str:
    head = f'<w:abstractNum w:abstractNumId="{key}"><w:multiLevelType w:val="multilevel"/>'
    return f"{head}{more}{''.join(levels)}</w:abstractNum>"


def number_list(num_id: int, abstract_id: int, more: str = "") -> str:
    return f'<w:num w:numId="{num_id}"><w:abstractNumId w:val="{abstract_id}"/>{more}</w:num>'


def style(
    key: str, name: str, *, based_on: str = "", paragraph: str = "", run: str = "", kind: str = "paragraph"
) -> str:
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    ppr = f"<w:pPr>{paragraph}</w:pPr>" if paragraph else ""
    rpr = f"<w:rPr>{run}</w:rPr>" if run else ""
    return f'<w:style w:type="{kind}" w:styleId="{key}"><w:name w:val="{name}"/>{base}{ppr}{rpr}</w:style>'


def note_call(note_id: int, kind: str = "footnote", more: str = "") -> str:
    return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{kind}Reference w:id="{note_id}"{more}/></w:r>'


def note(note_id: int, *paragraphs: str, kind: str = "footnote") -> str:
    body = "".join(p if p.startswith("<") else paragraph(f"<w:r><w:{kind}Ref/></w:r>", f"\t{p}") for p in paragraphs)
    return f'<w:{kind} w:id="{note_id}">{body}</w:{kind}>'


def cell(*paragraphs: str, properties: str = "") -> str:
    head = f"<w:tcPr>{properties}</w:tcPr>"
    return f"<w:tc>{head}{''.join(p if p.startswith('<') else paragraph(p) for p in paragraphs or ('',))}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    head = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{head}{''.join(c if c.startswith('<') else cell(c) for c in cells)}</w:tr>"


def table(*rows: str, widths: Iterable[int] = ()) -> str:
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def inserted(*runs: str) -> str:
    return f'<w:ins w:id="1" w:author="A" w:date="2025-01-01T00:00:00Z">{"".join(runs)}</w:ins>'


def deleted(text: str) -> str:
    return f'<w:del w:id="2" w:author="A" w:date="2025-01-01T00:00:00Z"><w:r>{content(text, "delText")}</w:r></w:del>'


def field_result(code: str, *results: str) -> str:
    """A complex field: its code, then its results."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve">{escape(code)}</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{"".join(results)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def text_box(*paragraphs: str) -> str:
    """A run with a text box, its text twice: for programs that know the shape and for those that do not."""
    inner = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline distT="0" distB="0" distL="0" '
        'distR="0"><wp:extent cx="3000000" cy="900000"/><wp:docPr id="7" name="Text Box 7"/><a:graphic><a:graphicData '
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>'
        '<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="3000000" cy="900000"/></a:xfrm><a:prstGeom prst="rect">'
        f"<a:avLst/></a:prstGeom></wps:spPr><wps:txbx>{inner}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>"
        '</wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape style="width:200pt;height:60pt">'
        f"<v:textbox>{inner}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


@dataclass(slots=True)
class WordFile:
    """The parts of a Word file; only those that hold something are written."""

    body: list[str] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    numbering: list[str] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)
    endnotes: list[str] = field(default_factory=list)
    settings: str = ""
    header: str = ""
    core: str = ""
    section: str = ""
    extra: dict[str, bytes] = field(default_factory=dict)

    def parts(self) -> dict[str, str]:
        """The XML of each part under `word/`."""
        end = f'<w:sectPr>{self.section}<w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
        made = {"document": f"<w:document {SPACES}><w:body>{''.join(self.body)}{end}</w:body></w:document>"}
        for name, tag, content_ in (
            ("styles", "styles", "".join(self.styles)),
            ("numbering", "numbering", "".join(self.numbering)),
            ("settings", "settings", self.settings),
            ("header1", "hdr", self.header),
            ("footnotes", "footnotes", self._notes("footnote", self.footnotes)),
            ("endnotes", "endnotes", self._notes("endnote", self.endnotes)),
        ):
            if content_:
                made[name] = f"<w:{tag} {SPACES}>{content_}</w:{tag}>"
        return made

    def _notes(self, kind: str, notes: list[str]) -> str:
        if not notes:
            return ""
        lines = (("-1", "separator"), ("0", "continuationSeparator"))
        return "".join(
            f'<w:{kind} w:type="{t}" w:id="{i}"><w:p><w:r><w:{t}/></w:r></w:p></w:{kind}>' for i, t in lines
        ) + "".join(notes)

    def bytes(self) -> bytes:
        """The file."""
        parts = self.parts()
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in {**self._frame(parts), **{f"word/{n}.xml": HEAD + t for n, t in parts.items()}}.items():
                archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
            for name, data in self.extra.items():
                archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data)
        return stream.getvalue()

    def _frame(self, parts: dict[str, str]) -> dict[str, str]:
        """The parts that say what the others are."""
        kinds = {n: "document.main" if n == "document" else _KINDS[n] for n in parts}
        types = "".join(f'<Override PartName="/word/{n}.xml" ContentType="{_TYPE}.{k}+xml"/>' for n, k in kinds.items())
        links = "".join(
            f'<Relationship Id="rId{i}" Type="{_OFFICE}/{_KINDS[n]}" Target="{n}.xml"/>'
            for i, n in enumerate(parts, 1)
            if n != "document"
        )
        top = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        if self.core:
            top += f'<Relationship Id="rId2" Type="{_PACKAGE}/{_CORE}" Target="docProps/core.xml"/>'
        relations = f'<Relationships xmlns="{_PACKAGE}/relationships">'
        frame = {
            "[Content_Types].xml": f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">{_DEFAULTS}{types}</Types>',
            "_rels/.rels": f"{HEAD}{relations}{top}</Relationships>",
            "word/_rels/document.xml.rels": f"{HEAD}{relations}{links}</Relationships>",
        }
        if self.core:
            frame["docProps/core.xml"] = (
                f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
                'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
                f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{self.core}</cp:coreProperties>'
            )
        return frame
