"""Which of the lines read before a total it may be the sum of: the last ones, as many as make it at some crossing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.records import dataclass
from audit.relate.tables.lines import kinds_of
from audit.relate.tables.slots import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.relate.tables.sheet import Sheet

LONGEST = 80
_GROUPS = 4
_PIVOTS = 7  # crossings in which sums are looked for before they are tried in all
_FACTOR = 99  # no typing error makes a hundred of one


@dataclass(slots=True)
class Sections:
    """How much of a stack's top is natural to sum: `own` is the size of the total's own section.

    `groups` gives, for the sizes that begin where a group of lines begins, how many groups they take.
    """

    own: int
    groups: dict[int, int]


def sections(sheet: Sheet, stack: Sequence[int], total: int) -> Sections:
    """Return what is natural to sum: above its parts a total has them in its group, below them it may close several."""
    if not stack:
        return Sections(0, {})
    groups: dict[int, int] = {}
    line, own, above = sheet.lines[total], 0, total < stack[-1]
    most = len(stack) if line.is_total else min(len(stack), LONGEST)
    if not above and line.section <= sheet.lines[stack[0]].group == sheet.lines[stack[-1]].group:
        return Sections(most, {most: 1} if most == len(stack) else {})  # as in most tables
    for size in range(1, most + 1):
        group = sheet.lines[stack[-size]].group
        if above and group != line.group:
            break
        if not above and group >= line.section:
            own = size
        if size == len(stack) or sheet.lines[stack[-size - 1]].group != group:
            groups[size] = len(groups) + 1
            if len(groups) > _GROUPS:
                break
    return Sections(own, groups)


def candidates(sheet: Sheet, stack: Sequence[int], total: int, natural: Sections) -> Iterator[tuple[list[int], int]]:
    """Yield the tops of the stack that make the total at some crossing, and their outermost lines at natural sizes."""
    tallies = _tallies(sheet, total)
    own = natural.own if sheet.lines[total].is_total else 0
    for size, part in enumerate(stack[: -max(LONGEST, own) - 1 : -1], 1):
        row, hits = sheet.figures(part), False
        for tally in tallies:
            value, step = row.values[tally.crossing], row.steps[tally.crossing]
            if value or step:
                tally.take(value, step)
            hits = hits or (tally.filled > 1 and 2 * abs(tally.rest) <= tally.slack)
        if size > 1 and (hits or size == own):
            yield sorted(stack[-size:]), size
        if size in natural.groups:
            yield from _outermost(sheet, stack, size)
        if size >= LONGEST and _are_spent(sheet, tallies):
            for longer in natural.groups:
                if size < longer <= own:
                    yield from _outermost(sheet, stack, longer)
            return


def _outermost(sheet: Sheet, stack: Sequence[int], size: int) -> Iterator[tuple[list[int], int]]:
    if size > 2 and not sheet.across and sheet.is_deep:
        least = min(sheet.lines[i].depth for i in stack[-size:])
        outer = [i for i in stack[-size:] if sheet.lines[i].depth == least]
        if 1 < len(outer) < size:
            yield sorted(outer), size


@dataclass(slots=True)
class _Tally:
    """What is left of a total at one crossing when some lines are taken from it, and what rounding leaves open."""

    crossing: int
    stated: int
    rest: int
    slack: int
    filled: int = 0
    largest: int = 0

    def take(self, value: int, step: int) -> None:
        """Take one figure of a line."""
        self.rest -= value
        self.slack += step
        self.filled += value != 0
        self.largest = max(self.largest, value)


def _tallies(sheet: Sheet, total: int) -> list[_Tally]:
    """Return a tally for each of the crossings with the largest figures of a total."""
    over = sheet.figures(total)
    live = [j for j, kind in enumerate(kinds_of(sheet.slots[total])) if kind is Kind.FIGURE]
    live = sorted(live, key=lambda j: (-abs(over.values[j]), j))[:_PIVOTS]
    return [_Tally(j, over.values[j], over.values[j], over.steps[j]) for j in live]


def _are_spent(sheet: Sheet, tallies: list[_Tally]) -> bool:
    """Say whether lines make too much of a total wherever it was looked at, and those above only add to it.

    So it is with each subtotal far down a long table. At a single crossing it has to be more than what a typing error
    explains.
    """
    if any(tally.rest >= -tally.slack or sheet.signed[tally.crossing] for tally in tallies):
        return False
    return len(tallies) > 1 or all(-t.rest - t.slack > max(t.largest, _FACTOR * t.stated) for t in tallies)
