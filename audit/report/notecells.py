"""The notes of one sheet of a workbook: their text in one part, the boxes they are drawn in in another.

Excel shows a note only where both parts agree. A cell that has a note of the author's keeps it as it is: its finding
stands in the list of findings alone.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from lxml import etree

from audit.report.notes import AUTHOR
from audit.report.word.comments import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lxml.etree import _Element as Element

    from audit.report.word.parts import Parts

_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_V, _O, _X = (
    "urn:schemas-microsoft-com:vml",
    "urn:schemas-microsoft-com:office:office",
    "urn:schemas-microsoft-com:office:excel",
)
# What may stand behind the drawing of the notes in a sheet; it must stand before all of them.
_BEHIND = (
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
_WIDE, _TALL, _LINE = 3, 4, 45  # columns, rows at least, characters of a line of a note


def escaped(text: str) -> str:
    """Return a text as a spreadsheet stores it: what looks like the code of a character is told from one."""
    return clean(_ESCAPED.sub("_x005F_", text))


class Notes:
    """The notes of the sheet in one part."""

    def __init__(self, parts: Parts, part: str) -> None:
        self._parts, self._part = parts, part
        sheet = parts.xml(part)
        if sheet is None:
            sheet = etree.Element("worksheet")
        self._sheet = sheet
        self._space = etree.QName(sheet).namespace or ""
        targets = parts.targets(part)
        self._comments = next((target for kind, target in targets.values() if kind == "comments"), None)
        legacy = sheet.find(f"{{{self._space}}}legacyDrawing")
        key = "" if legacy is None else str(legacy.get(f"{{{self._relations()}}}id", ""))
        self._drawing = targets.get(key, ("", None))[1]
        self._root = self._opened(self._comments, self._fresh)
        self._shapes = self._opened(self._drawing, _shapes)
        self._taken = {note.get("ref") for note in self._root.iter(self._w("comment"))}
        self._author = self._author_id()
        self._next = self._free_shape()

    def add(self, cell: str, lines: Sequence[str]) -> bool:
        """Add a note to a cell and say whether it could bear one."""
        if cell in self._taken:
            return False
        self._taken.add(cell)
        held = self._root.find(self._w("commentList"))
        if held is None:
            held = etree.SubElement(self._root, self._w("commentList"))
        note = etree.SubElement(held, self._w("comment"), {"ref": cell, "authorId": str(self._author)})
        run = etree.SubElement(etree.SubElement(note, self._w("text")), self._w("r"))
        text = etree.SubElement(run, self._w("t"), {_SPACE: "preserve"})
        text.text = escaped("\n".join(lines))
        self._shapes.append(_shape(cell, self._next, sum(1 + len(line) // _LINE for line in lines)))
        self._next += 1
        return True

    def save(self) -> None:
        """Put the parts back, and name them to the sheet when they are new."""
        number = 1
        while any(
            self._parts.has(name) for name in (_named("comments", number), _named("drawings/vmlDrawing", number))
        ):
            number += 1
        if self._comments is None:
            self._comments = _named("comments", number)
            self._parts.relate(self._part, "comments", self._comments, _COMMENTS)
        if self._drawing is None:
            self._drawing = _named("drawings/vmlDrawing", number)
            key = self._parts.relate(self._part, "vmlDrawing", self._drawing, _DRAWING)
            self._point(key)
            self._parts.put(self._part, self._sheet)
        self._parts.put(self._comments, self._root)
        self._parts.put(self._drawing, self._shapes)

    def _point(self, key: str) -> None:
        """Add the element that names the drawing of the notes, at the one place where Excel takes it."""
        w = f"{{{self._space}}}"
        made = self._sheet.makeelement(f"{w}legacyDrawing", {f"{{{self._relations()}}}id": key})
        behind = next((child for child in self._sheet if child.tag in [w + name for name in _BEHIND]), None)
        if behind is None:
            self._sheet.append(made)
        else:
            behind.addprevious(made)

    def _relations(self) -> str:
        return _STRICT_OFFICE if self._space == _STRICT else _OFFICE

    def _opened(self, name: str | None, fresh: Callable[[], Element]) -> Element:
        root = None if name is None else self._parts.xml(name)
        return root if root is not None else fresh()

    def _fresh(self) -> Element:
        root = etree.Element(self._w("comments"), nsmap={None: self._space})  # type: ignore[dict-item, unused-ignore]
        etree.SubElement(root, self._w("authors"))
        etree.SubElement(root, self._w("commentList"))
        return root

    def _author_id(self) -> int:
        authors = self._root.find(self._w("authors"))
        if authors is None:
            authors = self._root.makeelement(self._w("authors"))
            self._root.insert(0, authors)
        names = [author.text or "" for author in authors]
        if AUTHOR not in names:
            etree.SubElement(authors, self._w("author")).text = AUTHOR
        return names.index(AUTHOR) if AUTHOR in names else len(names)

    def _free_shape(self) -> int:
        numbers = [re.sub(r"\D", "", str(shape.get("id", "")))[-9:] for shape in self._shapes]
        return max((int(number) for number in numbers if number), default=1024) + 1

    def _w(self, name: str) -> str:
        return f"{{{self._space}}}{name}"


def _named(kind: str, number: int) -> str:
    return posixpath.join("xl", f"{kind}{number}.{'xml' if kind == 'comments' else 'vml'}")


def _shapes() -> Element:
    root = etree.Element("xml", nsmap={"v": _V, "o": _O, "x": _X})
    layout = etree.SubElement(root, f"{{{_O}}}shapelayout", {f"{{{_V}}}ext": "edit"})
    etree.SubElement(layout, f"{{{_O}}}idmap", {f"{{{_V}}}ext": "edit", "data": "1"})
    names = {
        "id": "_x0000_t202",
        "coordsize": "21600,21600",
        f"{{{_O}}}spt": "202",
        "path": "m,l,21600r21600,l21600,xe",
    }
    kind = etree.SubElement(root, f"{{{_V}}}shapetype", names)
    etree.SubElement(kind, f"{{{_V}}}stroke", {"joinstyle": "miter"})
    etree.SubElement(kind, f"{{{_V}}}path", {"gradientshapeok": "t", f"{{{_O}}}connecttype": "rect"})
    return root


def _shape(cell: str, number: int, lines: int) -> Element:
    letters = cell.rstrip("0123456789")
    row = int(cell[len(letters) :]) - 1
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    shape = etree.Element(
        f"{{{_V}}}shape",
        {
            "id": f"_x0000_s{number}",
            "type": "#_x0000_t202",
            "style": "position:absolute;margin-left:60pt;margin-top:2pt;width:240pt;height:96pt;visibility:hidden",
            "fillcolor": "#ffffe1",
            f"{{{_O}}}insetmode": "auto",
        },
        nsmap={"v": _V, "o": _O, "x": _X},
    )
    etree.SubElement(shape, f"{{{_V}}}fill", {"color2": "#ffffe1"})
    etree.SubElement(shape, f"{{{_V}}}textbox", {"style": "mso-direction-alt:auto"})
    data = etree.SubElement(shape, f"{{{_X}}}ClientData", {"ObjectType": "Note"})
    etree.SubElement(data, f"{{{_X}}}MoveWithCells")
    etree.SubElement(data, f"{{{_X}}}SizeWithCells")
    anchor = (column, 15, row, 2, column + _WIDE + 1, 15, row + max(_TALL, lines + 1), 4)
    etree.SubElement(data, f"{{{_X}}}Anchor").text = ", ".join(map(str, anchor))
    etree.SubElement(data, f"{{{_X}}}AutoFill").text = "False"
    etree.SubElement(data, f"{{{_X}}}Row").text = str(row)
    etree.SubElement(data, f"{{{_X}}}Column").text = str(column - 1)
    return shape
