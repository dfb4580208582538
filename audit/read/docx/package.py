"""The zip package of a Word file: parts found by their relations, unpacked within bounds, parsed without entities."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from audit.errors import ReadError
from audit.read.docx.names import STRICT

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from audit.read.limits import Limits

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHUNK = 1 << 20
_ENCRYPTED = 0x1
_PROLOGUE = 10_000
_DOCTYPE = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
_MAX_RELATIONS = 10_000
_DAMAGED = "is damaged or was cut off; open it in Word, save it again and run again"


class Package:
    """The parts of one package; the bytes unpacked so far are counted over all of them."""

    def __init__(self, path: str, data: bytes, limits: Limits) -> None:
        self.path, self._limits, self._unpacked = path, limits, 0
        if data.startswith(_OLE):
            raise ReadError(f"{path}: it is password-protected. Save an unprotected copy and run again.")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, EOFError):
            raise ReadError(f"{path}: this Word file {_DAMAGED}") from None
        self._names = {info.filename.lower().lstrip("/"): info for info in self._zip.infolist()}

    def xml(self, name: str) -> Element | None:
        """Return the root element of a part, or None when the package does not have it."""
        info = self._names.get(name.lower())
        if info is None:
            return None
        data = self._read(info)
        if b"purl.oclc.org" in data[:20_000]:
            for strict, usual in STRICT:
                data = data.replace(strict, usual)
        if any(mark in data[:_PROLOGUE] for mark in _DOCTYPE):
            raise self._entities(name)
        parser = etree.XMLParser(
            resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as fault:
            reason = "nests too deep" if "depth" in str(fault).lower() else "is not well-formed XML"
            raise ReadError(
                f"{self.path}: its part {name} {reason}; open it in Word, save it again and run again"
            ) from None
        if str(getattr(root.getroottree().docinfo, "doctype", "")):
            raise self._entities(name)
        return root

    def _entities(self, name: str) -> ReadError:
        return ReadError(
            f"{self.path}: its part {name} declares entities, which Word never writes; "
            "open it only if you trust its sender"
        )

    def main(self) -> str:
        """Return the name of the part that holds the text."""
        for kind, target in self.relations(""):
            if kind == "officeDocument":
                return target
        return "word/document.xml"

    def relations(self, part: str) -> list[tuple[str, str]]:
        """Return (kind, part) of everything a part points to inside the package."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: list[tuple[str, str]] = []
        for relation in () if root is None else islice(root, _MAX_RELATIONS):
            if relation.get("TargetMode") == "External":
                continue
            target = relation.get("Target", "")
            full = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found.append((relation.get("Type", "").rpartition("/")[2], full))
        return found

    def _read(self, info: zipfile.ZipInfo) -> bytes:
        """Unpack a part; the sizes in the headers are the sender's word, so the bytes themselves are counted."""
        if info.flag_bits & _ENCRYPTED:
            raise ReadError(f"{self.path}: it is password-protected. Save an unprotected copy and run again.")
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
            raise ReadError(f"{self.path}: this Word file {_DAMAGED}") from None
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
