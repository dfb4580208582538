"""Lines that say themselves how they are made: "III. Savings (I - II)", "Gap (C = A - B)", "Total (3) = (1) + (2)".

The marks of the lines are their Roman or Arabic numbers or single letters. A line of words whose figure stands in its
total ("I. Current revenue" ... "Total current revenue") lends that its mark.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audit.relate.tables.evidence import HOLDS, Relation, State, evaluate, near_miss, weigh

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.relate.tables.sheet import Sheet
    from audit.relate.tables.slots import Line

MADE = "the label says how it is made"
_NAME = r"(?:[IVXLC]{1,6}|[A-Za-z]|\d{1,2})"
_LED = re.compile(rf"\s*(?:\((?P<inner>{_NAME})\)|(?P<bare>{_NAME})\s?[.):–-])\s*(?=\S)")
_ENDED = re.compile(rf"(?:\A|\s)[(\[]?(?P<mark>{_NAME})[)\]]?\s*(?:=.*)?\Z")
_TERM = rf"\(?{_NAME}\)?"
_SAID = re.compile(rf"[(=\[]\s*(?P<terms>{_TERM}(?:\s*[-−–+]\s*{_TERM})+)\s*(?:[)\]]|\Z)")
_PART = re.compile(rf"(?P<sign>[-−–+])?\s*\(?(?P<mark>{_NAME})\)?\s*")
_RANGE = re.compile(r"\d{1,2}[-–]\d{1,2}")  # "classes (1-2)"
_NEED, _EQUAL = 3.0, 0.5
_TYPED = 2  # digits


def mark_of(label: str, *, ends: bool = False) -> str:
    """Return the mark a label begins with; that of a column may stand at its end: "Approved (1)"."""
    found = _LED.match(label)
    if found is not None:
        return found["inner"] or found["bare"]
    last = _ENDED.search(label) if ends else None
    return last["mark"] if last is not None else ""


def unmarked(label: str) -> str:
    """Return a label without the mark it begins with."""
    found = _LED.match(label)
    return label if found is None else label[found.end() :]


def terms_of(label: str) -> tuple[tuple[str, int], ...]:
    """Return the marks and signs of what a label says it is made of."""
    found = _SAID.search(label)
    if found is None or _RANGE.fullmatch(found["terms"].strip()):
        return ()
    return tuple((m["mark"], 1 if m["sign"] in (None, "+") else -1) for m in _PART.finditer(found["terms"]))


def formulas(sheet: Sheet) -> Iterator[Relation]:
    """Yield the relations that labels state, where they hold or one figure is mistyped."""
    made = [(index, terms) for index, line in enumerate(sheet.lines) if (terms := terms_of(line.label))]
    for total, terms in made:
        parts = [(_named(sheet.lines, total, mark), sign) for mark, sign in terms]
        lines = [line for line, _ in parts if line is not None]
        if len(lines) < len(terms) or len({total, *lines}) <= len(lines):
            continue
        relation = evaluate(sheet, total, [(line, sign) for line, sign in parts if line is not None])
        relation.form, relation.reasons = "row" if sheet.across else "column", (MADE,)
        if weigh(sheet, relation, _NEED, _EQUAL) or _is_mistyped(sheet, relation):
            yield relation


def _named(lines: list[Line], total: int, mark: str) -> int | None:
    """Return the line with a mark: the last before the total, failing that the only one behind it."""
    found = [index for index, line in enumerate(lines) if line.mark == mark]
    before = [index for index in found if index < total]
    return before[-1] if before else found[0] if len(found) == 1 else None


def _is_mistyped(sheet: Sheet, relation: Relation) -> bool:
    fails = [j for j, state in enumerate(relation.states) if state is State.FAILS]
    return len(fails) == 1 and not relation.count(*HOLDS) and near_miss(sheet, relation, fails[0]) >= _TYPED
