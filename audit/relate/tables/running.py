"""Lines that run on: each figure is the one before it and what was added since, or the change from it.

"Doses 1,240, 1,865, 2,377" beside "in all 1,240, 3,105, 5,482", and "Residents 8,412, 8,655" beside "change 243". The
labels need not say so: that figures of four digits do so three times by chance does not happen.
"""

from __future__ import annotations

from math import log10
from typing import TYPE_CHECKING

from audit.records import dataclass
from audit.relate.clauses.chance import is_one_edit
from audit.relate.tables.slots import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.relate.tables.sheet import Sheet
    from audit.relate.tables.slots import Slot

_MOST_LINES, _MOST_STEPS = 40, 60
_FEWEST = 3
_ENOUGH = 8.0  # orders of magnitude by which chance must be beaten


@dataclass(slots=True)
class Step:
    """One figure of a line that runs on, the one before it and what came in between; `good` says whether they agree."""

    total: Slot
    before: Slot
    added: Slot
    good: bool


def running(sheet: Sheet) -> Iterator[list[Step]]:
    """Yield the steps of each line that another carries on, of which all hold or one figure is mistyped."""
    if not _FEWEST < len(sheet.crossings) <= _MOST_STEPS or not 2 <= len(sheet.slots) <= _MOST_LINES:
        return
    lines = [list(line) for line in sheet.slots]
    for stock in lines:
        if any(slot.kind is not Kind.FIGURE for slot in stock) or len({slot.value for slot in stock}) <= _FEWEST:
            continue
        for order in (1, -1):
            found = [
                s for line in lines if line is not stock for s in _steps(stock[::order], line[::order], len(lines))
            ]
            if len(found) == 1:
                yield found[0]


def _steps(stock: Sequence[Slot], moves: Sequence[Slot], lines: int) -> Iterator[list[Step]]:
    if any(slot.kind is not Kind.FIGURE for slot in moves[1:]):
        return
    gaps = [b.value - a.value - m.value for a, b, m in zip(stock, stock[1:], moves[1:], strict=False)]
    exact = [m.value for m, gap in zip(moves[1:], gaps, strict=True) if not gap]
    exact += [moves[0].value] if moves[0].kind is Kind.FIGURE and moves[0].value == stock[0].value else []
    weight = sum(log10(max(1, abs(value))) for value in set(exact))
    if len(set(exact)) < _FEWEST or weight - 2 * log10(lines) < _ENOUGH:
        return
    steps = [
        Step(b, a, m, 2 * abs(gap) <= a.step + b.step + m.step)
        for a, b, m, gap in zip(stock, stock[1:], moves[1:], gaps, strict=False)
    ]
    failing = [i for i, step in enumerate(steps) if not step.good]
    if not failing:
        yield steps
    elif _is_mistyped(stock, moves, gaps, failing):
        yield [step for i, step in enumerate(steps) if step.good or i == failing[0]]


def _is_mistyped(stock: Sequence[Slot], moves: Sequence[Slot], gaps: list[int], failing: list[int]) -> bool:
    """Say whether one typing error is behind what fails: a move, a stock at an end, or a stock between two steps."""
    first = failing[0]
    if failing == [first, first + 1] and gaps[first] == -gaps[first + 1]:
        return _is_edit(stock[first + 1], -gaps[first])
    if len(failing) > 1:
        return False
    ends = [(stock[-1], -gaps[first])] if first == len(gaps) - 1 else []
    ends += [(stock[0], gaps[first])] if not first else []
    return any(_is_edit(slot, change) for slot, change in [(moves[first + 1], gaps[first]), *ends])


def _is_edit(slot: Slot, change: int) -> bool:
    return slot.value * (slot.value + change) > 0 and is_one_edit(str(abs(slot.value)), str(abs(slot.value + change)))
