"""The parts of an Office file to be changed, and the rest of its zip archive copied bit by bit."""

from __future__ import annotations

import copy
import io
import posixpath
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

from audit.errors import AuditError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_KINDS = (_OFFICE, _STRICT, "http://schemas.microsoft.com/office/2011/relationships")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


class Parts:
    """A package with some of its parts replaced."""

    def __init__(self, data: bytes, kind: str) -> None:
        self._data = data
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError):
            raise AuditError(f"the {kind} file cannot be annotated: it is damaged; save it again in {kind}") from None
        self._changed: dict[str, bytes] = {}

    def xml(self, name: str) -> Element | None:
        """Return the root element of a part, or None when the package does not have it."""
        if name not in self._changed and name not in self._zip.NameToInfo:
            return None
        data = self._changed[name] if name in self._changed else self._zip.read(name)
        parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
        return etree.fromstring(data, parser)

    def put(self, name: str, root: Element) -> None:
        """Replace a part, or add it."""
        self._changed[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def targets(self, part: str) -> dict[str, tuple[str, str]]:
        """Return the parts that another points to: by the key of the relation, its kind and the part."""
        root = self.xml(_relations_of(part))
        found: dict[str, tuple[str, str]] = {}
        for relation in () if root is None else root:
            type_, target = str(relation.get("Type", "")), relation.get("Target", "")
            if type_.rpartition("/")[0] in _KINDS and relation.get("TargetMode") != "External":
                whole = target.lstrip("/") if target[:1] == "/" else posixpath.join(posixpath.dirname(part), target)
                found[relation.get("Id", "")] = (type_.rpartition("/")[2], posixpath.normpath(whole))
        return found

    def target(self, part: str, kind: str) -> str | None:
        """Return the part that another points to by a kind of relation."""
        return next((target for found, target in self.targets(part).values() if found == kind), None)

    def has(self, name: str) -> bool:
        """Say whether the package holds a part."""
        return name in self._changed or name in self._zip.NameToInfo

    def relate(self, part: str, kind: str, target: str, content_type: str) -> str:
        """Add a relation from a part to a new part, declare what that part holds, and return the relation's key."""
        name = _relations_of(part)
        relations = self.xml(name)
        if relations is None:
            relations = etree.fromstring(f'<Relationships xmlns="{_RELATIONS}"/>')
        taken = {relation.get("Id") for relation in relations}
        key = next(f"rId{n}" for n in range(1, len(taken) + 2) if f"rId{n}" not in taken)
        strict = any(str(relation.get("Type")).startswith(_STRICT) for relation in relations)
        relative = posixpath.relpath(target, posixpath.dirname(part) or ".")
        etree.SubElement(
            relations,
            f"{{{_RELATIONS}}}Relationship",
            {"Id": key, "Type": f"{_STRICT if strict else _OFFICE}/{kind}", "Target": relative},
        )
        self.put(name, relations)
        types = self.xml("[Content_Types].xml")
        if types is not None:
            etree.SubElement(types, f"{{{_TYPES}}}Override", {"PartName": f"/{target}", "ContentType": content_type})
            self.put("[Content_Types].xml", types)
        return key

    def bytes(self) -> bytes:
        """Return the package with its changes; an entry that did not change keeps every bit, compressed as it was."""
        stream = io.BytesIO()
        entries = sorted(self._zip.infolist(), key=lambda info: info.header_offset)
        ends = [info.header_offset for info in entries[1:]] + [self._zip.start_dir]
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
            for info, end in zip(entries, ends, strict=True):
                if info.filename in self._changed:
                    self._write(made, info.filename, info.date_time)
                    continue
                kept = copy.copy(info)
                kept.header_offset = stream.seek(made.start_dir)
                stream.write(self._data[info.header_offset : end])
                made.start_dir = stream.tell()
                made.filelist.append(kept)
                made.NameToInfo[kept.filename] = kept
            for name in self._changed:
                if name not in self._zip.NameToInfo:
                    self._write(made, name, _LONG_AGO)
        return stream.getvalue()

    def _write(self, made: zipfile.ZipFile, name: str, moment: tuple[int, int, int, int, int, int]) -> None:
        made.writestr(zipfile.ZipInfo(name, moment), self._changed[name], zipfile.ZIP_DEFLATED)


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")
