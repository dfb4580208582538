"""A small PDF writer for the tests: text at a place, in a size and a font, and lines and areas, page by page; and what
our reader makes of it.

Nothing is laid out here, so that a test says exactly what stands where.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from conformance import faults

from audit.read import Limits
from audit.read.pdf import read as read_pdf

if TYPE_CHECKING:
    from audit.model import BlockKind, Document

FONTS = {"plain": "Helvetica", "bold": "Helvetica-Bold"}
WIDE, HIGH = 595, 842
# Widths of Helvetica in thousandths of its size.
WIDTHS = {
    **dict.fromkeys("0123456789abdeghnopqu–$", 556),
    **dict.fromkeys("cksvxyzJ", 500),
    **dict.fromkeys("ftI,.:; ", 278),
    **dict.fromkeys("ijl’", 222),
    **dict.fromkeys("r()-", 333),
    **dict.fromkeys("ABEKPSVXY", 667),
    **dict.fromkeys("CDHNRUw", 722),
    **dict.fromkeys("FTZ", 611),
    **dict.fromkeys("GOQ", 778),
    "m": 833,
    "L": 556,
    "M": 833,
    "W": 944,
    "%": 889,
}


def width(text: str, size: float = 10) -> float:
    """Return how wide a text is printed."""
    return sum(WIDTHS[c] for c in text) * size / 1000


@dataclass
class Sheet:
    """One page on its way into a file."""

    rotate: int = 0
    left: int = 0  # of the page in the coordinates of the file
    bottom: int = 0
    parts: list[str] = field(default_factory=list)

    def text(self, x: float, y: float, text: str, size: float = 10, font: str = "plain") -> Sheet:
        """Print a text with its left end and its base line at a place."""
        escaped = text.encode("cp1252").decode("latin-1")
        escaped = escaped.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        self.parts.append(f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET")
        return self

    def lines(self, x: float, y: float, *lines: str, size: float = 10, font: str = "plain", step: float = 12) -> Sheet:
        """Print lines below each other."""
        for number, line in enumerate(lines):
            if line:
                self.text(x, y - number * step, line, size, font)
        return self

    def right(self, x: float, y: float, text: str, size: float = 10, font: str = "plain") -> Sheet:
        """Print a figure with its right end at a place."""
        return self.text(x - width(text, size), y, text, size, font)

    def runs(self, x: float, y: float, *runs: str, size: float = 10) -> Sheet:
        """Print runs of text after each other; one that begins with "^" is raised and small."""
        for run in runs:
            raised = run.startswith("^")
            self.text(x, y + raised * size * 0.35, run.lstrip("^"), size * (0.6 if raised else 1))
            x += width(run.lstrip("^"), size * (0.6 if raised else 1))
        return self

    def upwards(self, x: float, y: float, text: str, size: float = 10) -> Sheet:
        """Print a text that runs up the page."""
        self.parts.append(f"BT /plain {size} Tf 0 1 -1 0 {x} {y} Tm ({text}) Tj ET")
        return self

    def rule(self, left: float, bottom: float, right: float, top: float) -> Sheet:
        """Draw a line."""
        self.parts.append(f"0.5 w {left} {bottom} m {right} {top} l S")
        return self

    def areas(self, *boxes: tuple[float, float, float, float]) -> Sheet:
        """Fill areas in one go, as the bars of a chart."""
        self.parts.append("0.5 g " + " ".join(f"{a} {b} {c - a} {d - b} re" for a, b, c, d in boxes) + " f 0 g")
        return self

    def picture(self, left: float = 0, bottom: float = 0, right: float = WIDE, top: float = HIGH) -> Sheet:
        """Show a picture of one pixel, over the whole page unless said otherwise."""
        place = f"{right - left} 0 0 {top - bottom} {left} {bottom}"
        self.parts.append(f"q {place} cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q")
        return self


def pdf(*sheets: Sheet, title: str = "") -> bytes:
    """Return the file of some pages."""
    objects = [
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>" for name in FONTS.values()
    ]
    fonts = " ".join(f"/{key} {number} 0 R" for number, key in enumerate(FONTS, 1))
    pages_at = len(objects) + 2 * len(sheets) + 1
    kids: list[int] = []
    for sheet in sheets:
        content = "\n".join(sheet.parts)
        media = f"{sheet.left} {sheet.bottom} {sheet.left + WIDE} {sheet.bottom + HIGH}"
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent {pages_at} 0 R /MediaBox [{media}] /Rotate {sheet.rotate}"
            f" /Resources << /Font << {fonts} >> >> /Contents {len(objects)} 0 R >>"
        )
        kids.append(len(objects))
    objects.append(f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{k} 0 R' for k in kids)}] >>")
    objects.append(f"<< /Type /Catalog /Pages {pages_at} 0 R >>")
    objects.append(f"<< /Title ({title}) >>")
    out, offsets = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{o:010} 00000 n \n" for o in offsets)
    size, start = len(objects) + 1, len(out)
    out += f"xref\n0 {size}\n0000000000 65535 f \n{table}"
    out += f"trailer\n<< /Size {size} /Root {size - 2} 0 R /Info {size - 1} 0 R >>\n"
    return (out + f"startxref\n{start}\n%%EOF\n").encode("latin-1")


def document(*sheets: Sheet, title: str = "") -> Document:
    """Return what is read of printed sheets, once it has stood the conformance test."""
    made = read_pdf("x.pdf", pdf(*sheets, title=title), Limits())
    assert faults(made) == []
    return made


def texts(made: Document, *kinds: BlockKind) -> list[str]:
    """Return the texts of the blocks of a document, of some kinds or of all."""
    return [made.text[b.start : b.end] for b in made.blocks if not kinds or b.kind in kinds]


def rows(made: Document, table: int = 0) -> list[list[str]]:
    """Return the texts of the cells of a table, row by row."""
    found = made.tables[table]
    return [[made.text[c.start : c.end] for c in found.cells if c.row == r] for r in range(found.rows)]
