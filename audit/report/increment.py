"""Objects appended to a PDF, with a table of objects of the kind that the file has.

pypdf can save in this way too, but it writes a stream of places behind a plain table, leaves the stream itself out of
it, and loses notes when its own file is annotated again; and it copies every object of the file to add one.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from typing import TYPE_CHECKING, Any

from audit.errors import AuditError

if TYPE_CHECKING:
    from collections.abc import Mapping

_START = re.compile(rb"startxref\s+(\d+)")
_TABLE = re.compile(rb"\s*xref\b")
_STREAM = re.compile(rb"\s*\d+\s+\d+\s+obj\b")
_TAIL = 4096
_MOST = 2**32 - 1  # bytes that four bytes of a place can count
_KEPT = ("/Root", "/Info", "/ID")

Key = tuple[int, int]  # number and generation of an object


class Increment:
    """What is appended to a file: objects changed, objects new."""

    def __init__(self, data: bytes, reader: Any) -> None:
        self._data, self._trailer = data, reader.trailer
        self._base = max(data.find(b"%PDF-"), 0)  # places count from the head of the file
        found = list(_START.finditer(data, max(len(data) - _TAIL, 0)))
        self._previous = int(found[-1][1]) if found else -1
        at = self._base + self._previous
        self._is_table = self._previous >= 0 and _TABLE.match(data, at) is not None
        if not self._is_table and (self._previous < 0 or _STREAM.match(data, at) is None):
            raise AuditError("the PDF cannot be annotated: its table of objects is damaged; export it again")
        numbers = [number for places in reader.xref.values() for number in places] + list(reader.xref_objStm)
        self._next = max(int(self._trailer.get("/Size", 0)), max(numbers, default=0) + 1)
        self._objects: dict[Key, bytes] = {}

    def add(self, value: Any) -> Key:
        """Append a new object and return its key."""
        key = (self._next, 0)
        self._next += 1
        self.put(key, value)
        return key

    def put(self, key: Key, value: Any) -> None:
        """Append an object, in place of the one of this key."""
        self._objects[key] = _written(value)

    def file(self) -> bytes:
        """Return the file with everything appended."""
        out = bytearray(self._data)
        if not out.endswith((b"\n", b"\r")):
            out += b"\n"
        places: dict[Key, int] = {}
        for key, body in sorted(self._objects.items()):
            places[key] = len(out) - self._base
            out += b"%d %d obj\n%s\nendobj\n" % (*key, body)
        at = len(out) - self._base
        if at > _MOST:
            raise AuditError("the PDF cannot be annotated: it is too large")
        out += self._table(places) if self._is_table else self._stream(places, at)
        return bytes(out + b"startxref\n%d\n%%%%EOF\n" % at)

    def _table(self, places: Mapping[Key, int]) -> bytes:
        rows = b"".join(b"%d 1\n%010d %05d n \n" % (number, at, turn) for (number, turn), at in places.items())
        return b"xref\n%strailer\n<< %s >>\n" % (rows, self._entries(self._next))

    def _stream(self, places: Mapping[Key, int], at: int) -> bytes:
        key = (self._next, 0)
        rows = [*places.items(), (key, at)]
        packed = zlib.compress(b"".join(struct.pack(">BIH", 1, place, turn) for (_, turn), place in rows), 9)
        index = " ".join(f"{number} 1" for (number, _), _ in rows).encode()
        head = b"/Type /XRef /W [1 4 2] /Index [%s] /Filter /FlateDecode /Length %d" % (index, len(packed))
        entries = self._entries(self._next + 1)
        return b"%d 0 obj\n<< %s %s >>\nstream\n%s\nendstream\nendobj\n" % (key[0], head, entries, packed)

    def _entries(self, size: int) -> bytes:
        kept = b" ".join(
            b"%s %s" % (name.encode(), _written(self._trailer.raw_get(name))) for name in _KEPT if name in self._trailer
        )
        return b"/Size %d /Prev %d %s" % (size, self._previous, kept)


def _written(value: Any) -> bytes:
    stream = io.BytesIO()
    value.write_to_stream(stream)
    return stream.getvalue()
