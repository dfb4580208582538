"""What the page adds to a text: page numbers and running lines between its paragraphs, marks on a line of their own."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from audit.late import late
from audit.read.marks import mark_of
from audit.read.prose import PAUSES, Prose, ends_in
from audit.read.units import Unit, UnitKind, head_of

if TYPE_CHECKING:
    from collections.abc import Sequence


_BARE = re.compile(r"[-–—\s]*(\d{1,4})[-–—\s]*")
_PAGE = re.compile(r"(?:page|página|pag\.|p\.)\s*(\d{1,4})(?:\s*(?:of|de|sur|/)\s*\d{1,4})?(.{0,60})", re.IGNORECASE)
_ENDED = re.compile(r"(.{0,100}?)[\s|]*(\d{1,4})")
_WORD = re.compile(r"[\w/-]{2,}")
_LONGEST = 120
_LONG, _LONG_HEADING = 80, 50  # characters of a line of text, and of one that is taken for a heading
_FIGURE = late(r"[(“\"]?(?:[A-Z]{0,3}[$€£¥]\s?)?\d[\d.,]*(?!\s+[A-ZÀ-ÖØ-Þ])[^\d.,]")  # "12 See ..." is a note
_FEWEST = 3
_STEADY = 0.7


def without_pages(units: Sequence[Unit]) -> list[Unit]:
    """Return the units without page numbers and running lines; a paragraph they had cut in two is one again."""
    title = {w.lower() for line in head_of(units)[:8] for w in _WORD.findall(line)}
    lines: dict[str, list[tuple[int, int]]] = {}
    for index, unit in enumerate(units):
        if unit.kind is UnitKind.PROSE and unit.mark is None and len(unit.prose.text) <= _LONGEST:
            kind, number = _page_line(unit.prose.text, title)
            if kind:
                lines.setdefault(kind, []).append((index, number))
    gone: set[int] = set()
    for found in lines.values():
        steps = [b - a for (_, a), (_, b) in pairwise(found)]
        if len(found) >= _FEWEST and sum(1 <= s <= 2 for s in steps) >= len(steps) * _STEADY:
            gone.update(index for index, _ in found)
    return join_cut(units, gone) if gone else list(units)


def _page_line(text: str, title: set[str]) -> tuple[str, int]:
    """Return the sort of running line a text may be and the page number in it."""
    match = _BARE.fullmatch(text)
    if match:
        return "number", int(match[1])
    match = _PAGE.fullmatch(text)
    if match:
        return f"page{match[2]}", int(match[1])
    match = _ENDED.fullmatch(text)
    words = _WORD.findall(match[1]) if match else []
    if match and len(words) > 1 and all(w.lower() in title for w in words):
        return match[1], int(match[2])
    return "", 0


def join_cut(units: Sequence[Unit], gone: set[int]) -> list[Unit]:
    """Return the units without some of them; what they had cut in two is joined."""
    kept: list[Unit] = []
    bridged = False
    for index, unit in enumerate(units):
        if index in gone:
            bridged = True
            continue
        if bridged and kept and continues(kept[-1].prose, unit) and kept[-1].kind is UnitKind.PROSE:
            kept[-1].prose.join(unit.prose)
        else:
            kept.append(unit)
        bridged = False
    return kept


def continues(before: Prose, unit: Unit) -> bool:
    """Return whether a paragraph goes on in the unit behind what had interrupted it: with a small letter, a figure."""
    if unit.kind is not UnitKind.PROSE or unit.mark is not None or ends_in(before.text.rstrip(), PAUSES):
        return False
    text = unit.prose.text
    if text[:1].islower():
        return True
    long = len(before.text) >= _LONG and len(text) >= _LONG // 2
    return long and _FIGURE.match(text) is not None and mark_of(text) is None


def rejoined(units: Sequence[Unit]) -> list[Unit]:
    """Return the units with paragraphs whole again that a converter broke at a line end, some taken for headings.

    "##### The fleet is to report on costs for its ships and use" / "common practices to ..." is one sentence.
    """
    kept: list[Unit] = []
    for unit in units:
        above = kept[-1] if kept else None
        small = unit.prose.text[:1].islower() and not unit.listed
        if above is not None and small and _is_cut(above) and continues(above.prose, unit):
            above.kind, above.bold = UnitKind.PROSE, False
            above.prose.join(unit.prose)
        else:
            kept.append(unit)
    return kept


def _is_cut(unit: Unit) -> bool:
    if unit.kind is UnitKind.HEADING:
        return len(unit.prose.text) >= _LONG_HEADING
    return unit.kind is UnitKind.PROSE and len(unit.prose.text) >= _LONG


def joined_marks(units: Sequence[Unit]) -> list[Unit]:
    """Return the units with each mark that stands alone ("(1)") put before the paragraph behind it."""
    kept: list[Unit] = []
    pending: Unit | None = None
    for unit in units:
        if pending is not None and unit.kind is UnitKind.PROSE and unit.mark is None and not mark_of(unit.prose.text):
            unit.mark, unit.indent = mark_of(f"{pending.prose.text} x"), pending.indent
        elif pending is not None:
            kept.append(pending)
        pending = unit if _is_mark(unit) else None
        if pending is None:
            kept.append(unit)
    return kept if pending is None else [*kept, pending]


def _is_mark(unit: Unit) -> bool:
    text = unit.prose.text
    if unit.kind is not UnitKind.PROSE or unit.mark is not None or not 1 <= len(text) <= 6 or unit.prose.calls:
        return False
    mark = mark_of(f"{text} x")
    return mark is not None and mark.width == len(text) + 1 and not mark.is_weak and mark.form != "decimal"
