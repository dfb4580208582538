"""Word files into documents, read straight from their XML: no library knows numbering, notes and revisions at once.

Positions are kept as anchors that name the run ("document/12/3" is the fourth run of the thirteenth paragraph of the
part) and the characters of that run before the text, so that a finding can be written back on its exact words.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from audit.errors import ReadError
from audit.model import Anchor, Document
from audit.read.builder import Builder
from audit.read.describe import describe, iso_date, symbol_of
from audit.read.docx.body import Story
from audit.read.docx.gather import Gather, NoteCounter, note_key, sections_of
from audit.read.docx.names import P, T, W
from audit.read.docx.numbering import Numbering
from audit.read.docx.styles import Styles
from audit.read.docx.tabbed import table_tabs
from audit.read.flow import lay
from audit.read.package import Package, core_properties
from audit.read.prose import Prose
from audit.read.units import UnitKind, head_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element as Element

    from audit.read.limits import Limits
    from audit.read.units import Unit

_KINDS = ("footnote", "endnote")
_HEADERS = 6
_NO_TITLE = re.compile(r"(?i)^microsoft word\b|\.docx?$|^document ?\d*$|^untitled|^\W*$")


def read(path: str, data: bytes, limits: Limits) -> Document:
    """Return the document in the bytes of a Word file."""
    package = Package(path, data, limits, "Word")
    main = package.main()
    root = package.xml(main)
    body = None if root is None else root.find(W + "body")
    if body is None:
        raise ReadError(f"{path}: this Word file has no text part; open it in Word, save it again and run again")
    parts: dict[str, str] = {}
    headers: list[str] = []
    for kind, target in package.relations(main):
        parts.setdefault(kind, target)
        if kind == "header":
            headers.append(target)
    settings = package.xml(parts.get("settings", ""))
    sections = sections_of(body)
    gather = Gather(
        path=path,
        styles=Styles(package.xml(parts.get("styles", ""))),
        numbering=Numbering(package.xml(parts.get("numbering", ""))),
        original=limits.revisions == "original",
        notes={kind: NoteCounter(kind, settings, sections) for kind in _KINDS},
    )
    gather.bodies = _notes(package, parts, gather, limits)
    story = Story(gather, _stem(main), body, limits)
    story.blocks(body)
    story.flush()
    units = table_tabs(story.units)
    builder = Builder(path, "docx", hashlib.sha256(data).hexdigest())
    lay(builder, units, _called(gather))
    for reason in gather.reasons():
        builder.gap(reason)
    description = _description(package, units, headers)
    return _resolved(builder.finish(description=description), units, gather)


def _stem(part: str) -> str:
    return posixpath.splitext(posixpath.basename(part))[0]


def _notes(package: Package, parts: dict[str, str], gather: Gather, limits: Limits) -> dict[str, list[Prose]]:
    """Return the text of every note by its key; separators between text and notes are no notes."""
    bodies: dict[str, list[Prose]] = {}
    for kind in _KINDS:
        part = parts.get(f"{kind}s", "")
        root = package.xml(part) if part else None
        if root is None:
            continue
        story = Story(gather, _stem(part), root, limits)
        for note in root.iterfind(W + kind):
            if note.get(W + "type", "normal") == "normal":
                bodies[f"{kind} {note.get(W + 'id', '')}"] = story.paragraphs(note)
    return bodies


def _called(gather: Gather) -> dict[str, list[Prose]]:
    """Return the notes that are called, in the order of their calls; a mark typed before the text is cut off."""
    found: dict[str, list[Prose]] = {}
    for name, mark in gather.marks.items():
        if name not in gather.bodies:
            continue
        prose = gather.bodies[name] or [Prose()]
        text = prose[0].text
        typed = name in gather.typed and not text[len(mark) : len(mark) + 1].isdecimal()
        if (typed or not mark.isalnum()) and text.startswith(mark):
            prose[0] = prose[0].cut(len(mark)).strip()
        found[note_key(mark, name)] = prose
    return found


def _description(package: Package, units: Sequence[Unit], headers: Sequence[str]) -> dict[str, str]:
    """Return what the document says of itself: in its properties, its first lines and its page headers."""
    core = core_properties(package)
    declared = {"language": core.get("language", "")}
    title = core.get("title", "")
    symbol = symbol_of([title, core.get("subject", "")])
    if symbol:
        declared["symbol"] = symbol
    if title and symbol != title and not _NO_TITLE.search(title):
        declared["title"] = title
    head = head_of(units)
    if not symbol:
        printed = [line for name in headers[:_HEADERS] for line in _lines(package.xml(name))]
        if (symbol := symbol_of(head[:15]) or symbol_of(printed)) != "":
            declared["symbol"] = symbol
    found = describe(head, "\n".join(unit.prose.text for unit in units), declared)
    if "date" not in found and (saved := iso_date(core.get("modified", core.get("created", ""))[:10])):
        found["date"] = saved
    return found


def _lines(root: Element | None) -> list[str]:
    return [] if root is None else ["".join(t.text or "" for t in p.iter(T)) for p in root.iter(P)]


def _resolved(document: Document, units: Sequence[Unit], gather: Gather) -> Document:
    """Return the document with runs for the positions it was laid out with."""
    tables = [unit for unit in units if unit.kind is UnitKind.TABLE]
    anchors = [_anchor(a.start, a.line, a.column, gather) for a in document.anchors if a.line]
    for table, unit in zip(document.tables, tables, strict=True):
        for cell, source in zip(table.cells, unit.cells, strict=True):
            anchors.extend(_anchor(cell.start + o, line, column, gather) for o, line, column in source.prose.places[1:])
    anchors.sort(key=lambda anchor: anchor.start)
    return replace(document, anchors=tuple(anchors))


def _anchor(start: int, line: int, column: int, gather: Gather) -> Anchor:
    return Anchor(start=start, run=gather.runs[line - 1], offset=column - 1)
