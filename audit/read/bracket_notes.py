"""Notes printed in the text itself: "[12]" behind a sentence, "[12] See ..." or "12 See ..." in a paragraph below.

Converters write them so. They are taken for notes only when the numbers follow each other like notes do: a bracketed
figure that stands alone ("[300]") is part of the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audit.late import late
from audit.read.furniture import join_cut
from audit.read.note_marks import REPEAT
from audit.read.prose import Prose
from audit.read.units import GridCell, Unit, UnitKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_CALL = late(r"(?<=[^\s\[(])[ \u00a0]?\[(\d{1,3})\](?![\w(\[])")
_TEXT = late(r"(?:\[(\d{1,3})\]|(\d{1,3})(?=\s+[\"“‘(]?[A-ZÀ-ÖØ-Þ]))\s+(?=\S)")
_BELOW_TEXT = late(r"(?:[\[(](\d{1,3}|[a-z]|[*†‡§]{1,3})[\])]|(\d{1,3}|[a-z]|[*†‡§]{1,3}))[.:]?\s+(?=\S)")
_GLUED = re.compile(r"[^\d]*[^\W\d_]{3,}\)?(\d{1,2})")
_BELOW = 40
_BETWEEN = 2
_FEWEST = 3
_IN_ORDER = 0.6
_SKIPPED_NOTES = 4


def take_out(units: Sequence[Unit], notes: Mapping[str, Sequence[Prose]]) -> tuple[list[Unit], dict[str, list[Prose]]]:
    """Return the units without such notes, and all notes by mark; both as they were when there are none."""
    texts = {mark: list(proses) for mark, proses in notes.items()}
    calls = _calls(units)
    if not calls:
        return list(units), texts
    gone: set[int] = set()
    last = 0
    for index, unit in enumerate(units):
        number = _note_number(unit, calls, index, last)
        if number:
            match = _TEXT.match(unit.prose.text)
            texts[_key(texts, str(number))] = [unit.prose.cut(match.end() if match else 0)]
            gone.add(index)
            last = number
    kept = join_cut(units, gone)
    seen: dict[str, int] = {}
    for unit in kept:
        for cell in unit.cells:
            cell.prose = _without_calls(cell.prose, texts, seen)
        unit.prose = _without_calls(unit.prose, texts, seen)
    return kept, texts


def below_tables(
    units: Sequence[Unit], notes: Mapping[str, Sequence[Prose]]
) -> tuple[list[Unit], dict[str, list[Prose]]]:
    """Return the units without the notes that stand below a table and begin with a mark it calls, and all notes.

    A converter may glue a mark to its label ("Offsets1"): it is one where notes from 1 on stand below the table.
    """
    texts = {mark: list(proses) for mark, proses in notes.items()}
    gone: set[int] = set()
    for index, unit in enumerate(units):
        called = {call for cell in unit.cells for _, call in cell.prose.calls if call not in texts}
        glued = _glued(unit)
        if not called and "1" not in glued:
            continue
        taken = 0
        for after in range(index + 1, min(index + 1 + _BELOW, len(units))):
            below = units[after]
            match = _BELOW_TEXT.match(below.prose.text) if below.kind is UnitKind.PROSE else None
            mark = below.mark.text.strip("().[]") if below.mark else match[1] or match[2] if match else ""
            if mark in glued and mark not in called and int(mark) == taken + 1:
                taken += 1
                _part(glued[mark], mark)
                called.add(mark)
            if mark not in called:
                if below.kind is UnitKind.PROSE and after - index <= _BETWEEN:
                    continue  # a line of sources or a general note
                break
            key = _key(texts, mark)
            texts[key] = [below.prose if below.mark or match is None else below.prose.cut(match.end())]
            for cell in unit.cells:
                cell.prose.calls = [(offset, key if call == mark else call) for offset, call in cell.prose.calls]
            gone.add(after)
    return [unit for index, unit in enumerate(units) if index not in gone], texts


def _glued(unit: Unit) -> dict[str, list[GridCell]]:
    """Return the cells of a table that are a label with a figure at its end, by the figure."""
    found: dict[str, list[GridCell]] = {}
    for cell in unit.cells:
        match = _GLUED.fullmatch(cell.prose.text)
        if match and not cell.prose.calls:
            found.setdefault(match[1], []).append(cell)
    return found


def _part(cells: Sequence[GridCell], mark: str) -> None:
    """Make the figure at the end of some labels a call."""
    for cell in cells:
        cell.prose = cell.prose.cut(0, len(cell.prose.text) - len(mark))
        cell.prose.call(mark)


def _calls(units: Sequence[Unit]) -> dict[int, int]:
    """Return where each note number is first called, or nothing when the numbers do not run like those of notes."""
    numbers: list[int] = []
    first: dict[int, int] = {}
    for index, unit in enumerate(units):
        if unit.kind is UnitKind.CODE:
            continue
        for prose in (unit.prose, *(cell.prose for cell in unit.cells)):
            if "[" not in prose.text:
                continue
            for match in _CALL.finditer(prose.text):
                numbers.append(int(match[1]))
                first.setdefault(int(match[1]), index)
    steps = sum(0 <= b - a <= 2 for a, b in zip([0, *numbers], numbers, strict=False))
    return first if len(first) >= _FEWEST and steps >= len(numbers) * _IN_ORDER else {}


def _note_number(unit: Unit, calls: Mapping[int, int], index: int, last: int) -> int:
    """Return the number of the note that a unit is the text of, or 0."""
    if unit.kind is not UnitKind.PROSE or unit.mark is not None:
        return 0
    match = _TEXT.match(unit.prose.text)
    if match is None:
        return 0
    number = int(match[1] or match[2])
    if calls.get(number, index) >= index and match[2]:
        return 0  # nothing before it calls a note of this number: "21 States reported ..."
    return number if number in calls and (match[1] or 0 < number - last <= _SKIPPED_NOTES or number == 1) else 0


def _key(texts: Mapping[str, Sequence[Prose]], mark: str) -> str:
    key, number = mark, 1
    while key in texts:
        number += 1
        key = f"{mark}{REPEAT}{number}"
    return key


def _without_calls(prose: Prose, texts: Mapping[str, Sequence[Prose]], seen: dict[str, int]) -> Prose:
    if "[" not in prose.text:
        return prose
    clean, position = Prose(), 0
    for match in _CALL.finditer(prose.text):
        clean.append(prose.cut(position, match.start()))
        mark = match[1]
        seen[mark] = seen.get(mark, 0) + 1
        key = mark if seen[mark] == 1 else f"{mark}{REPEAT}{seen[mark]}"
        clean.call(key if key in texts else mark)
        position = match.end()
    if not position:
        return prose
    clean.append(prose.cut(position))
    return clean
