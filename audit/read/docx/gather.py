"""What the parts of a Word file share while they are read: note counts, run names, and what had to be left out."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from audit.read.docx.names import SECTPR, W, number, value
from audit.read.docx.numbering import format_number
from audit.read.note_marks import REPEAT
from audit.records import dataclass

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from audit.read.docx.numbering import Numbering
    from audit.read.docx.styles import Styles
    from audit.read.prose import Prose

_SIGNS = "*†‡§"  # the "chicago" format: *, †, ‡, §, **, ††
_LEFT_OUT = {
    "picture": "{n} picture(s) are not read",
    "chart": "{n} chart(s) are not read: figures in them are not in the text",
    "diagram": "{n} diagram(s) are not read: figures in them are not in the text",
    "embedded": "{n} embedded file(s) are not read: figures in them are not in the text",
    "hidden": "{n} stretch(es) of hidden text are left out, because they are not printed",
    "contents": "{n} line(s) of a table of contents are left out",
    "part": "{n} part(s) of other documents are not read",
}


class NoteCounter:
    """Counts the calls of one kind of notes as Word prints them; the ids in the file are something else."""

    def __init__(self, kind: str, settings: Element | None, sections: list[Element]) -> None:
        self.kind = kind
        own = None if settings is None else settings.find(f"{W}{kind}Pr")
        self._sections = [[s.find(f"{W}{kind}Pr"), own] for s in sections] or [[own]]
        self._section, self._count = -1, 0
        self.enter(0)

    def enter(self, section: int) -> None:
        """Go on to a section, which may count from its own start and in its own format."""
        section = min(section, len(self._sections) - 1)
        if section == self._section:
            return
        given = self._sections[section]
        restart = next((said for p in given if (said := value(p, "numRestart"))), "continuous")
        start = next((first for p in given if (first := number(p, "numStart")) is not None), 1)
        usual = "decimal" if self.kind == "footnote" else "lowerRoman"
        self.format = next((said for p in given if (said := value(p, "numFmt"))), usual)
        if self._section < 0 or restart == "eachSect":
            self._count = start - 1
        self.by_page = restart == "eachPage"
        self._section = section

    def next(self) -> str:
        """Return the printed mark of the next call."""
        self._count += 1
        if self.format == "chicago":
            repeat, sign = divmod(max(self._count, 1) - 1, len(_SIGNS))
            return _SIGNS[sign] * min(repeat + 1, 20)
        return format_number(self._count, self.format)


@dataclass(slots=True)
class Gather:
    """The state of reading one file. `runs` names the run each source position refers to: its number is the line."""

    path: str
    styles: Styles
    numbering: Numbering
    original: bool
    notes: dict[str, NoteCounter]
    typed: set[str] = field(default_factory=set)
    runs: list[str] = field(default_factory=list)
    marks: dict[str, str] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    bodies: dict[str, list[Prose]] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)
    section: int = 0

    def run(self, name: str) -> int:
        """Return the number of a run, for the positions of its text."""
        self.runs.append(name)
        return len(self.runs)

    def call(self, kind: str, note_id: str, mark: str = "") -> str:
        """Count a note call and return the key of its note, or nothing when the file does not hold its text.

        `mark` is a sign of the author's own, which takes no number.
        """
        name = f"{kind} {note_id}"
        if name not in self.marks:
            self.marks[name] = mark or self.notes[kind].next()
            if mark:
                self.typed.add(name)
            if name not in self.bodies:
                self.lost.append(f"{kind} {self.marks[name]} is called but its text is not in the file")
        return note_key(self.marks[name], name) if name in self.bodies else ""

    def leave_out(self, what: str) -> None:
        """Count something that is not read, to be said once at the end."""
        self.left_out[what] = self.left_out.get(what, 0) + 1

    def enter_section(self) -> None:
        """Go on to the next section of the document."""
        self.section += 1
        for counter in self.notes.values():
            counter.enter(self.section)

    def reasons(self) -> list[str]:
        """Return what was left out, one sentence each."""
        found = [_LEFT_OUT[what].format(n=count) for what, count in self.left_out.items()]
        found += [
            f"{kind}s are numbered anew on each page: their marks are counted through instead"
            for kind, counter in self.notes.items()
            if counter.by_page and any(key.startswith(kind) for key in self.marks)
        ]
        return found + self.lost


def note_key(mark: str, name: str) -> str:
    """Return the key of a note: marks repeat, where sections count from the start or endnotes beside footnotes."""
    return f"{mark}{REPEAT}{name}"


def sections_of(body: Element) -> list[Element]:
    """Return the section properties of a document in order."""
    return list(body.iter(SECTPR))
