"""The zip package of an Office file: parts found by their relations, unpacked within bounds, parsed without entities.

Word and Excel files are both made this way. The sizes in a zip directory are the sender's word: what is unpacked is
counted as it comes.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from audit.errors import ReadError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element as Element

    from audit.read.limits import Limits

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHUNK = 1 << 20
_ENCRYPTED = 0x1
_PROLOGUE = 10_000
_DOCTYPE = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
_MAX_RELATIONS = 10_000
# Files saved as "Strict Open XML" use other names for the same things.
_STRICT = tuple(
    (f"http://purl.oclc.org/ooxml/{strict}".encode(), f"http://schemas.openxmlformats.org/{usual}".encode())
    for strict, usual in (
        ("wordprocessingml/main", "wordprocessingml/2006/main"),
        ("spreadsheetml/main", "spreadsheetml/2006/main"),
        ("officeDocument/relationships", "officeDocument/2006/relationships"),
        ("officeDocument/math", "officeDocument/2006/math"),
    )
)


class Package:
    """The parts of one package; the bytes unpacked so far are counted over all of them."""

    def __init__(self, path: str, data: bytes, limits: Limits, program: str) -> None:
        self.path, self.program, self._limits, self._unpacked = path, program, limits, 0
        if data.startswith(_OLE):
            raise self._protected()
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, EOFError):
            raise self._damaged() from None
        self._names = {info.filename.lower().lstrip("/"): info for info in self._zip.infolist()}

    def part(self, name: str) -> bytes | None:
        """Return the XML of a part as bytes, or None when the package does not have it."""
        info = self._names.get(name.lower())
        if info is None:
            return None
        data = self._read(info)
        if b"purl.oclc.org" in data[:_PROLOGUE]:
            for strict, usual in _STRICT:
                data = data.replace(strict, usual)
        if any(mark in data[:_PROLOGUE] for mark in _DOCTYPE):
            raise self._entities(name)
        return data

    def xml(self, name: str) -> Element | None:
        """Return the root element of a part, or None when the package does not have it."""
        data = self.part(name)
        if data is None:
            return None
        parser = etree.XMLParser(
            resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as fault:
            raise self.malformed(name, fault) from None
        if str(getattr(root.getroottree().docinfo, "doctype", "")):
            raise self._entities(name)
        return root

    def stream(self, name: str, tags: Sequence[str]) -> Iterator[Element]:
        """Yield the elements of a part with these tags as each ends; then it is forgotten, to keep memory small."""
        data = self.part(name)
        if data is None:
            return
        events = etree.iterparse(
            io.BytesIO(data),
            tag=tags,
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            for _, element in events:
                yield element
                element.clear()
                above = element.getparent()
                while above is not None and element.getprevious() is not None:
                    del above[0]
        except etree.XMLSyntaxError as fault:
            raise self.malformed(name, fault) from None

    def malformed(self, name: str, fault: etree.XMLSyntaxError) -> ReadError:
        """Return the refusal of a part that is not XML."""
        said = str(fault).lower()
        reason = "is not well-formed XML"
        if "depth" in said:
            reason = "nests too deep"
        elif "huge" in said:
            reason = "holds one text of more than ten million characters"
        return ReadError(
            f"{self.path}: its part {name} {reason}; open it in {self.program}, save it again and run again"
        )

    def _entities(self, name: str) -> ReadError:
        return ReadError(
            f"{self.path}: its part {name} declares entities, which {self.program} never writes; "
            "open it only if you trust its sender"
        )

    def _protected(self) -> ReadError:
        return ReadError(f"{self.path}: it is password-protected. Save an unprotected copy and run again.")

    def _damaged(self) -> ReadError:
        return ReadError(
            f"{self.path}: this {self.program} file is damaged or was cut off; "
            f"open it in {self.program}, save it again and run again"
        )

    def main(self) -> str:
        """Return the name of the part that holds the text."""
        for kind, target in self.relations(""):
            if kind == "officeDocument":
                return target
        return "word/document.xml" if self.program == "Word" else "xl/workbook.xml"

    def relations(self, part: str) -> list[tuple[str, str]]:
        """Return (kind, part) of everything a part points to inside the package."""
        return [(kind, target) for kind, target, _ in self._relations(part)]

    def linked(self, part: str) -> dict[str, str]:
        """Return the part behind each relation id of a part."""
        return {key: target for _, target, key in self._relations(part)}

    def _relations(self, part: str) -> Iterator[tuple[str, str, str]]:
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        for relation in () if root is None else islice(root, _MAX_RELATIONS):
            if relation.get("TargetMode") == "External":
                continue
            target = relation.get("Target", "")
            full = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            yield relation.get("Type", "").rpartition("/")[2], full, relation.get("Id", "")

    def _read(self, info: zipfile.ZipInfo) -> bytes:
        """Unpack a part, counting its bytes."""
        if info.flag_bits & _ENCRYPTED:
            raise self._protected()
        pieces: list[bytes] = []
        try:
            with self._zip.open(info) as stream:
                while piece := stream.read(_CHUNK):
                    self._unpacked += len(piece)
                    if self._unpacked > self._limits.max_unpacked:
                        raise ReadError(
                            f"{self.path}: unpacks to more than {self._limits.max_unpacked:,} bytes; "
                            "raise max_unpacked if you trust its sender"
                        )
                    pieces.append(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
            raise self._damaged() from None
        return b"".join(pieces)


def core_properties(package: Package) -> dict[str, str]:
    """Return the title, subject, dates and language that the file says of itself."""
    name = next((target for kind, target in package.relations("") if kind == "core-properties"), "docProps/core.xml")
    root = package.xml(name)
    found: dict[str, str] = {}
    for child in () if root is None else root:
        if child.text and child.text.strip():
            found.setdefault(etree.QName(child).localname, " ".join(child.text.split()))
    return found
