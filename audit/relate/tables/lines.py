"""Lines of cells: what many cells at once hold, whether they are records or the columns of a large table."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from audit.relate.tables.ledger import PlainLine, measures_among
from audit.relate.tables.slots import Kind, Slot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.quantity import Measure

_KIND, _VALUE, _STEP = attrgetter("kind"), attrgetter("value"), attrgetter("step")

Slots = list[Slot] | PlainLine


def kinds_of(line: Sequence[Slot]) -> list[Kind]:
    """Return what the cells of a line hold."""
    return line.of(line.ledger.kinds) if isinstance(line, PlainLine) else list(map(_KIND, line))


def values_of(line: Sequence[Slot]) -> list[int]:
    """Return the values of a line; a blank, a text and a nil are 0."""
    return line.of(line.ledger.values) if isinstance(line, PlainLine) else list(map(_VALUE, line))


def steps_of(line: Sequence[Slot]) -> list[int]:
    """Return the steps of the values of a line."""
    return line.of(line.ledger.steps) if isinstance(line, PlainLine) else list(map(_STEP, line))


def put_steps(line: Sequence[Slot], steps: list[int]) -> None:
    """Set the steps of a line."""
    if isinstance(line, PlainLine):
        line.put(line.ledger.steps, steps)
        return
    for slot, step in zip(line, steps, strict=True):
        slot.step = step


def picked(line: Sequence[Slot], places: Sequence[int]) -> Slots:
    """Return some cells of a line."""
    if not isinstance(line, PlainLine):
        return [line[place] for place in places]
    if len(places) == places[-1] - places[0] + 1:
        return line[places[0] : places[-1] + 1]
    return PlainLine(line.ledger, [line.places[place] for place in places])


def columns_of(lines: Sequence[Sequence[Slot]]) -> list[Slots]:
    """Return the columns of rows of one width."""
    rows = [line for line in lines if isinstance(line, PlainLine)]
    if not rows:
        return [list(column) for column in zip(*lines, strict=True)]
    ledger, firsts = rows[0].ledger, [row.places[0] for row in rows]
    step = firsts[1] - firsts[0] if len(firsts) > 1 else 1
    if all(isinstance(row.places, range) for row in rows) and firsts == list(
        range(firsts[0], firsts[0] + step * len(firsts), step)
    ):
        return [
            PlainLine(ledger, range(at, at + step * (len(rows) - 1) + 1, step))
            for at in range(firsts[0], firsts[0] + len(rows[0]))
        ]
    return [PlainLine(ledger, list(column)) for column in zip(*(row.places for row in rows), strict=True)]


def worded_of(line: Sequence[Slot]) -> list[Slot]:
    """Return the cells of a line that are more than bare numbers: all of them, where it is no large table."""
    if isinstance(line, PlainLine):
        return [line.ledger.slot(at) for at in line.ledger.worded_in(line.places)]
    return list(line)


def measures(line: Sequence[Slot]) -> list[Measure]:
    """Return the measures of the figures among the cells of a line."""
    if isinstance(line, PlainLine):
        return line.ledger.measures(line.places)
    return measures_among([slot.fact for slot in line if slot.kind is Kind.FIGURE])


def starts_of(line: Sequence[Slot], indices: Sequence[int], kinds: Sequence[Kind]) -> list[int]:
    """Return where the figures of some cells of a line start in the text; only cells of some kinds are meant."""
    if not isinstance(line, PlainLine):
        facts = [line[index].fact for index in indices if line[index].kind in kinds]
        return [fact.start for fact in facts if fact is not None]
    starts, held, told = line.of(line.ledger.cells.starts), line.of(line.ledger.kinds), line.ledger.told
    if not told:
        return [starts[index] for index in indices if held[index] in kinds]
    found = {line.places[index]: starts[index] for index in indices if held[index] in kinds}
    for at, slot in told.items():
        if at in found and slot.fact is not None:
            found[at] = slot.fact.start
    return list(found.values())
