"""Numbering: whatever a document counts off (paragraphs, headings, items, notes, captions) goes on by one.

Each sequence is one claim; each break in it (a mark left out, printed twice or out of order) is a claim of its own.
A missing mark that stands in the text after all was overlooked by the reader, and nothing is said of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from audit.claims import Basis, Claim, ClaimKind, Operand
from audit.facts import FactKind
from audit.late import late
from audit.model import BlockKind
from audit.relate.cited.ordinals import Place, Run, printed, read_mark, runs_of, value_of
from audit.relate.cited.rankings import rankings
from audit.relate.cited.series import cited_series, heading_series, inline_marks, lettered_series

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from audit.facts import Fact, Facts
    from audit.model import Block, Document

_LEAD = 60
_QUOTE = 160
_FEW = 3  # more breaks than this in one run: it is no sequence, or was not read well
_FAR, _NEXT_BUT_ONE = 3, 2
_REGULAR = 6
_CAPTION = late(r"(?P<word>[^\W\d_]+)\.?\s+(?P<number>\d{1,3}|[IVXL]{1,6})(?=[\s:.–—-]|\Z)(?![.–-]\d)")
_EDGES = " .:–—-|\t\n"
_LOOSE = frozenset({"pdf", "html"})  # formats whose marks are partly a guess of the reader


class _Form(NamedTuple):
    """What one sort of sequence needs: marks to be a claim, marks to speak of a break, and how sure a break is.

    What the reader must reconstruct weighs less than what stands in the text.
    """

    least: int
    least_broken: int
    sure: int


_FORMS = {
    "paragraphs": _Form(4, 5, 85),
    "headings": _Form(2, 4, 75),
    "items": _Form(2, 3, 85),
    "inline": _Form(2, 3, 90),
    "notes": _Form(2, 6, 70),
    "captions": _Form(2, 4, 72),
    "cited": _Form(3, 8, 50),
    "points": _Form(2, 3, 70),
}


def find(bundles: Sequence[Facts]) -> Iterator[Claim]:
    """Yield the sequences of each document."""
    for bundle in bundles:
        marks = {f.start: f for f in bundle.written if f.kind is FactKind.LIST}
        document = bundle.document
        yield from _claims("paragraphs", runs_of(_paragraphs(document, marks)), document)
        for run in _outline(document, marks):
            yield from _claims("headings", [run], document)
        for places in _items(document, marks):
            yield from _claims("items", runs_of(places), document)
        for run in inline_marks(document, marks):
            yield from _claims("inline", [run], document)
        yield from _claims("notes", runs_of(_notes(document, marks)), document)
        yield from rankings(bundle)
        for places in _captions(document):
            yield from _claims("captions", runs_of(places), document)
        for places in heading_series(bundle):
            yield from _claims("headings", runs_of(places), document)
        for places in cited_series(bundle):
            yield from _claims("cited", runs_of(places), document)
        for places in lettered_series(bundle):
            yield from _claims("points", runs_of(places), document)


def _place(document: Document, block: Block, marks: dict[int, Fact]) -> Place:
    return Place(block.start, _lead(document, block), block.mark, read_mark(block.mark), marks.get(block.start))


def _lead(document: Document, block: Block) -> int:
    """Return the end of the first words of a block: a list mark is not in the text, its first words stand for it."""
    if block.end - block.start <= _LEAD:
        return block.end
    cut = document.text.rfind(" ", block.start + 1, block.start + _LEAD)
    return cut if cut > block.start else block.start + _LEAD


def _paragraphs(document: Document, marks: dict[int, Fact]) -> list[Place]:
    return [
        _place(document, block, marks)
        for block in document.blocks
        if block.kind is BlockKind.PARAGRAPH and block.mark.rstrip(".)").isdecimal()
    ]


def _items(document: Document, marks: dict[int, Fact]) -> Iterator[list[Place]]:
    """Yield the marked items that one block introduces, by their order in the text."""
    lists: dict[int | None, list[Place]] = {}
    for block in document.blocks:
        if block.kind is BlockKind.ITEM and block.mark and block.parent is not None:
            place = _place(document, block, marks)
            if place.readings:
                lists.setdefault(block.parent, []).append(place)
    yield from lists.values()


def _notes(document: Document, marks: dict[int, Fact]) -> list[Place]:
    """Return the notes in the order of their first call."""
    seen: dict[str, Place] = {}
    called = sorted(document.notes, key=lambda n: (n.call is None, n.call or 0, n.block))
    for note in called:
        if note.mark.isdecimal() and note.call is not None:
            block = document.blocks[note.block]
            seen.setdefault(note.mark, _place(document, block, marks))
    return [p for p in seen.values() if p.readings]


def _captions(document: Document) -> Iterator[list[Place]]:
    """Yield the numbered captions of each sort; a caption repeated on the next page counts once.

    One that has the number of the last but another title has it by mistake.
    """
    sorts: dict[tuple[str, bool], list[Place]] = {}
    title = ""
    for block in document.blocks:
        if block.kind is not BlockKind.CAPTION:
            continue
        match = _CAPTION.match(document.text, block.start, block.end)
        if match is None:
            continue
        places = sorts.setdefault((match["word"].lower(), match["number"].isdecimal()), [])
        before, title = title, document.text[match.end() : block.end].strip(_EDGES).lower()
        again = places and places[-1].text == match["number"] and _is_another(before, title)
        if again or not any(p.text == match["number"] for p in places):
            places.append(Place(match.start(), match.end(), match["number"], read_mark(match["number"])))
    yield from (places for places in sorts.values() if all(p.readings for p in places))


def _is_another(title: str, other: str) -> bool:
    """Say whether two titles have not even their first word in common; "(continued)" is no title."""
    return bool(title and other) and other[0].isalpha() and title.split(maxsplit=1)[0] != other.split(maxsplit=1)[0]


def _outline(document: Document, marks: dict[int, Fact]) -> Iterator[Run]:
    """Yield the numbered headings as runs: a heading of an outer style ends the runs inside it."""
    stack: list[tuple[str, list[Place]]] = []
    for block in document.blocks:
        if block.kind is not BlockKind.HEADING or not block.mark:
            continue
        place = _place(document, block, marks)
        if not place.readings:
            continue
        depth, style = _level(stack, place)
        for closed, places in stack[depth + 1 :]:
            yield Run(closed, tuple(places))
        del stack[depth + 1 :]
        # a lower number than the last goes on with a list that another one interrupted
        if depth < len(stack) and stack[depth][0] == style and place.readings[style] >= _last_of(stack[depth]):
            stack[depth][1].append(place)
            continue
        for closed, places in stack[depth:]:
            yield Run(closed, tuple(places))
        stack[depth:] = [(style, [place])]
    for closed, places in stack:
        yield Run(closed, tuple(places))


def _last_of(level: tuple[str, list[Place]]) -> int:
    style, places = level
    return places[-1].readings[style]


def _level(stack: list[tuple[str, list[Place]]], place: Place) -> tuple[int, str]:
    """Return the depth and the style in which a heading goes on: what waits for it first, then a fresh first."""
    for wanted in (True, False):
        for depth in range(len(stack) - 1, -1, -1):
            style, places = stack[depth]
            ordinal = place.readings.get(style)
            if ordinal is not None and (not wanted or ordinal == places[-1].readings[style] + 1):
                return depth, style
    style = min(place.readings, key=lambda s: (place.readings[s], s))
    return len(stack), style


def _claims(form: str, runs: Iterable[Run], document: Document) -> Iterator[Claim]:
    for run in runs:
        ordinals = run.ordinals
        if len(ordinals) < _FORMS[form].least:
            continue
        breaks = [i for i in range(1, len(ordinals)) if ordinals[i] != ordinals[i - 1] + 1]
        if not breaks:
            yield _claim(form, run, document)
            continue
        if len(ordinals) < _FORMS[form].least_broken or len(breaks) > max(1, min(_FEW, len(ordinals) // 4)):
            continue
        yield from (_claim(form, run, document, at) for at in breaks)


def _claim(form: str, run: Run, document: Document, broken: int = 0) -> Claim:
    """Return the claim of a whole run, or of the one step of it that is broken."""
    first, last = run.places[0], run.places[-1]
    roles = [("first", first), ("last", last)]
    detail = {"count": str(len(run.places))}
    confidence = 90
    shown = last if form == "cited" else first  # the last citation says how far the series goes
    quoted = (_start_of(document, shown, form), last.end if form == "inline" else _end_of(document, shown))
    if broken:
        before, after = run.places[broken - 1], run.places[broken]
        roles = [("before", before), ("after", after)]
        expected = printed(before.readings[run.style] + 1, run.style, before.text)
        detail = {"expected": expected, "inside": _inside(document, before, after, expected)}
        confidence = _confidence(form, run, broken, document)
        quoted = (_start_of(document, after, form), _end_of(document, after))
    return Claim(
        kind=ClaimKind.NUMBERING,
        form=form,
        document=document.path,
        start=quoted[0],
        end=quoted[1],
        operands=tuple(
            Operand(
                role=role,
                text=place.text,
                document=document.path,
                start=place.start,
                end=place.end,
                fact=place.fact,
                value=value_of(place, run.style),
            )
            for role, place in roles
        ),
        basis=Basis(cue="marks", confidence=confidence, reasons=(f"{len(run.places)} marks that count on",)),
        detail=detail,
    )


def _start_of(document: Document, place: Place, form: str) -> int:
    """Return where to begin to quote for a mark: with its block, when it stands in the first words."""
    index = document.block_at(place.start)
    start = document.blocks[index].start if index is not None else place.start
    return start if form != "inline" and place.start - start <= _LEAD else place.start


def _end_of(document: Document, place: Place) -> int:
    """Return the end of the words to quote for a mark: its block, at most a line or two of it."""
    index = document.block_at(place.start)
    end = document.blocks[index].end if index is not None else place.end
    if end - place.start <= _QUOTE:
        return max(end, place.end)
    cut = document.text.rfind(" ", place.start + 1, place.start + _QUOTE)
    return cut if cut > place.end else place.end


def _confidence(form: str, run: Run, broken: int, document: Document) -> int:
    sure = _FORMS[form].sure
    step = run.ordinals[broken] - run.ordinals[broken - 1]
    if document.format in _LOOSE and form not in ("inline", "cited", "points"):
        regular = form in ("paragraphs", "items") or (form == "headings" and len(run.places) >= _REGULAR)
        sure = min(sure, 72 if regular else 65)
    if document.gaps and form == "notes":
        sure = min(sure, 40)  # the reader has said already that a note is missing
    if form == "inline" and step > _NEXT_BUT_ONE:
        sure = min(sure, 72)
    if step < 0 or step > _FAR:
        sure = min(sure, 60)
    if run.ordinals[0] != 1 and form != "notes":
        sure = min(sure, 60)
    return sure


def _inside(document: Document, before: Place, after: Place, expected: str) -> str:
    """Return "yes" when the missing mark stands between its neighbours after all: in the text, or on a block."""
    core = expected.strip("()[].")
    pattern = rf"\(\s?{re.escape(core)}\s?[)\]]|(?<![\w.]){re.escape(core)}[.)]|(?:^|\n)\s*{re.escape(core)}\b"
    if re.search(pattern, document.text[before.start : after.start]):
        return "yes"
    first, last = document.block_at(before.start), document.block_at(after.start)
    between = document.blocks[first or 0 : last or 0]
    return "yes" if any(block.mark.strip("()[].") == core for block in between) else ""
