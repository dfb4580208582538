"""Which lines of a table are shares of its other lines, or their growth, and how sure that is.

A line of percentages is believed to be 100 x a / b of two other lines, or of a line and one of its own cells (the
total, where the percentage is 100), when that reproduces nearly all of its cells: by chance a cell of whole
percentages is reproduced once in a hundred times. Lines that are built the same way speak for each other: three columns
of shares of one total, or "number, per cent" once for each year.
"""

from __future__ import annotations

import re
from itertools import pairwise
from math import log10
from typing import TYPE_CHECKING

from audit.quantity import Measure, Quantity
from audit.relate.clauses.chance import digits, is_one_edit, is_repaired
from audit.relate.tables.along import along
from audit.relate.tables.ratio import Cell, Ratio
from audit.relate.tables.slots import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from audit.facts import Fact
    from audit.relate.tables.lines import Slots
    from audit.relate.tables.sheet import Sheet
    from audit.relate.tables.slots import Line, Slot

_ENOUGH = 6.0  # orders of magnitude by which chance must be beaten
_WORDS = re.compile(r"[^\W\d_]+")
_ENOUGH_NAMED = 2.0  # ... where the label of the line tells what it is
_FEWEST = 2
_MOST_LINES = 24  # beyond so many lines only neighbours are tried
_NEAR = 6
_BESIDE = 2  # lines between a percentage and what it is made of, where they are a group of columns
_SCREEN, _DOUBTED = 8, 2
_BROKEN = 0.23  # share of the cells that may fail before the relation itself is doubted
_MOST_SUPPORT = 4.0
_LARGEST = 1000  # per cent
_TELLING = 3  # cells that agree, where the one more that there is was mistyped
_FITTED = 4  # cells that must agree on a base that is not printed


def ratios(sheet: Sheet, unit: float) -> Iterator[Ratio]:
    """Yield the best explanation of each line of percentages, when one beats chance; `unit` is that of the grid."""
    tried: list[tuple[float, list[Ratio]]] = []
    lines = zip(sheet.lines, sheet.slots, strict=True)
    shared = {i for i, (line, slots) in enumerate(lines) if is_shared(line, slots, unit)}
    for p, line in enumerate(sheet.slots):
        shares = [c for c, slot in enumerate(line) if slot.kind is Kind.FIGURE]
        if len(shares) < _FEWEST or p not in shared:
            continue
        near = [i for i in _near(p, len(sheet.slots)) if i not in shared]
        amounts = [i for i in near if _holds_amounts(sheet.slots[i], shares)]
        chance = 2 * log10(max(1, len(amounts)))
        found = list(_explanations(sheet, p, amounts, unit))
        tried.append((chance, found or list(_misbased(sheet, p, amounts, unit))))
    families: dict[tuple[object, ...], list[Ratio]] = {}
    for _, found in tried:
        for ratio in found:
            for key in ratio.families:
                families.setdefault(key, []).append(ratio)
    for chance, found in tried:
        best = max(found, key=lambda r: _support(r, families) + r.weight, default=None)
        if best is not None and _is_accepted(best, sheet, chance, families):
            yield best


def is_shared(line: Line, slots: Sequence[Slot], unit: float) -> bool:
    """Say whether a line holds percentages: most of its figures are printed as such, or its label tells of them.

    "Nurseries (30%)" over amounts tells of what was counted in.
    """
    figures = [slot for slot in slots if slot.kind is Kind.FIGURE]
    percents = sum(is_percent(slot.fact) for slot in figures)
    if 2 * percents >= len(figures):
        return bool(figures)
    return "share" in line.cues and all(abs(slot.value) * unit < _LARGEST for slot in figures)


def is_percent(fact: Fact | None) -> bool:
    """Say whether a figure is printed as a percentage."""
    value = fact.value if fact is not None else None
    return isinstance(value, Quantity) and value.measure is Measure.PERCENT


def _near(line: int, count: int) -> range:
    return range(count) if count <= _MOST_LINES else range(max(0, line - _NEAR), min(count, line + _NEAR + 1))


def _holds_amounts(line: Slots, crossings: list[int]) -> bool:
    figures = [line[c] for c in crossings if line[c].kind is Kind.FIGURE]
    return 2 * len(figures) >= len(crossings) and not any(is_percent(slot.fact) for slot in figures)


def _support(ratio: Ratio, families: dict[tuple[object, ...], list[Ratio]]) -> float:
    """Return what the lines that are built the same way add to the weight of one."""
    others = [sum(r.weight for r in families[key] if r.line != ratio.line) for key in ratio.families]
    return min(_MOST_SUPPORT, max(others) / 2)


def _is_named(ratio: Ratio, sheet: Sheet) -> bool:
    """Say whether the label of a line tells what it is: "Change (%)" of a growth, "% women" of a share of women."""
    label = sheet.lines[ratio.line]
    if ratio.form == "growth":
        return "change" in label.cues and "rebased" not in label.cues  # "% change, constant currency"
    part = _WORDS.findall(sheet.lines[ratio.above].label.lower())
    return bool(part) and set(part) <= set(_WORDS.findall(label.label.lower()))


def _is_accepted(ratio: Ratio, sheet: Sheet, chance: float, families: dict[tuple[object, ...], list[Ratio]]) -> bool:
    """Set what a ratio and its like hold and fail together, and say whether that beats chance."""
    support = _support(ratio, families)
    lines = [ratio.line - ratio.above, ratio.line - (ratio.above if ratio.below is None else ratio.below)]
    beside = all(abs(apart) <= _BESIDE for apart in lines)
    named = _is_named(ratio, sheet)
    if ratio.weight + support - (0 if beside or named else chance) < (_ENOUGH_NAMED if named else _ENOUGH):
        return False
    alike = max((families[key] for key in ratio.families), key=len) if support else [ratio]
    at: dict[int, list[bool]] = {}
    for other in alike:
        for cell in other.cells:
            at.setdefault(cell.crossing, []).append(cell.good)
    ratio.common = {c for c, goods in at.items() if len(goods) > 1 and not any(goods)}
    ratio.held = sum(sum(goods) for goods in at.values())
    ratio.failed = len(ratio.common) + sum(len(g) - sum(g) for c, g in at.items() if c not in ratio.common)
    own = sum(cell.good for cell in ratio.cells)
    few = ratio.failed == 1 and ratio.held >= _TELLING and all(c.good or _is_mistyped(ratio, c) for c in ratio.cells)
    if named and ratio.weight + support - chance < _ENOUGH:
        # the amounts have relations of their own, which show when one of them is wrong
        few = ratio.failed == 1 and all(c.good or _is_share_mistyped(ratio, c) for c in ratio.cells)
        return own >= _FEWEST and (few or not ratio.failed)
    return own >= _FEWEST and (few or ratio.failed <= _BROKEN * (ratio.held + ratio.failed))


def _is_share_mistyped(ratio: Ratio, cell: Cell) -> bool:
    """Say whether one typing error in a percentage alone explains that its part and base do not give it."""
    value = cell.share.fact.value if cell.share.fact is not None else None
    if not isinstance(value, Quantity):
        return False
    value_of = _share if ratio.form == "share" else _growth
    right = str(abs(round(value_of(cell.above.value, cell.below.value) / float(value.step))))
    printed = digits(value.value, value.step).lstrip("-")
    return len(right) >= _FEWEST and is_one_edit(printed, right)


def _is_mistyped(ratio: Ratio, cell: Cell) -> bool:
    """Say whether one typing error in a percentage, its part or its base explains that they do not agree."""
    values = [slot.fact.value if slot.fact is not None else None for slot in (cell.share, cell.above, cell.below)]
    figures = [value for value in values if isinstance(value, Quantity)]
    value_of = _share if ratio.form == "share" else _growth

    def holds(share: Decimal, above: Decimal, below: Decimal, step: Decimal) -> bool:
        return below > 0 and abs(value_of(float(above), float(below)) - float(share)) <= float(step) / 2

    return len(figures) == len(values) and is_repaired(figures, holds) > 0


def _explanations(sheet: Sheet, p: int, amounts: list[int], unit: float) -> Iterator[Ratio]:
    slots, line = sheet.slots, sheet.slots[p]
    wholes = _wholes(sheet, p, unit)
    for a in amounts:
        for whole in wholes:
            base = slots[a][whole]
            others = (
                Cell(line[c], slots[a][c], base, c)
                for c in range(len(line))
                if (c != whole or not _is_hundred(line[c], unit)) and not (c > whole and _is_beyond(slots[a][c], base))
            )
            yield from _weighed(Ratio("share", p, a, None, whole, [], 0.0), others, unit)
        for b in amounts:
            if a != b:
                for form in ("share", "growth"):
                    cells = (Cell(line[c], slots[a][c], slots[b][c], c) for c in range(len(line)))
                    yield from _weighed(Ratio(form, p, a, b, None, [], 0.0), cells, unit)
        for moved in along(sheet, p, a):
            yield from _weighed(Ratio("growth", p, a, a, None, [], 0.0), moved, unit)


def _is_beyond(slot: Slot, base: Slot) -> bool:
    """Say whether a figure is no part of a base: the turnout below the valid votes is more than they are."""
    return Kind.FIGURE is slot.kind is base.kind and slot.value > base.value > 0


def _is_hundred(slot: Slot, unit: float) -> bool:
    return slot.kind is Kind.FIGURE and slot.value * unit == 100


def _wholes(sheet: Sheet, p: int, unit: float) -> list[int]:
    """Return the crossing where a line prints 100 per cent; failing that, those that are labelled as totals."""
    line = sheet.slots[p]
    found = [c for c, slot in enumerate(line) if _is_hundred(slot, unit)]
    return (
        found[-1:]
        or [c for c, other in enumerate(sheet.crossings) if other.is_total and line[c].kind is Kind.FIGURE][-1:]
    )


def _share(part: float, whole: float) -> float:
    return 100 * part / whole


def _growth(after: float, before: float) -> float:
    return 100 * (after - before) / before


def _weighed(ratio: Ratio, cells: Iterable[Cell], unit: float) -> Iterator[Ratio]:
    """Yield a relation with its cells and weight, unless too many of them fail; most fail among the first."""
    value_of = _share if ratio.form == "share" else _growth
    judged: list[Cell] = []
    weight, failed = 0.0, 0
    for cell in cells:
        if not Kind.FIGURE is cell.share.kind is cell.above.kind is cell.below.kind or cell.below.value <= 0:
            continue
        value = value_of(cell.above.value, cell.below.value)
        slack = _slack(cell, value, unit)
        cell.good = abs(value - cell.share.value * unit) <= slack * (1 + 1e-9)
        judged.append(cell)
        failed += not cell.good
        if failed > _DOUBTED and len(judged) <= _SCREEN:
            return
        told = cell.above.value or cell.share.value  # no part is no share of anything
        weight += -1.0 if not cell.good else -log10(min(1.0, 2 * slack / 100)) if told else 0.0
    if len(judged) >= _FEWEST and failed <= max(1, _BROKEN * len(judged)) and weight > 0:
        ratio.cells, ratio.weight = judged, weight
        yield ratio


def _slack(cell: Cell, value: float, unit: float) -> float:
    return cell.share.step * unit / 2 + 50 * (cell.above.step + abs(value) / 100 * cell.below.step) / cell.below.value


def _misbased(sheet: Sheet, p: int, amounts: list[int], unit: float) -> Iterator[Ratio]:
    """Yield the shares of one whole that agree on another whole than the one printed where they make 100 per cent."""
    line = sheet.slots[p]
    for whole in [c for c in _wholes(sheet, p, unit) if _is_hundred(line[c], unit)]:
        for a in amounts:
            row = sheet.slots[a]
            cells = [
                Cell(line[c], row[c], row[whole], c)
                for c in range(len(line))
                if c != whole and Kind.FIGURE is line[c].kind is row[c].kind and line[c].value > 0 and row[c].value > 0
            ]
            if row[whole].kind is Kind.FIGURE and len(cells) >= _FITTED:
                yield from _fitted(Ratio("share", p, a, None, whole, cells, 0.0, is_misbased=True), unit)


def _fitted(ratio: Ratio, unit: float) -> Iterator[Ratio]:
    """Yield a ratio whose cells agree on one base that its printed base is not."""
    bounds = [_bases(cell, unit) for cell in ratio.cells]
    low, high, depth = _deepest(bounds)
    if depth < max(_FITTED, (1 - _BROKEN) * len(ratio.cells)) or low <= ratio.cells[0].below.value <= high:
        return
    middle = (low + high) / 2
    weights = []
    for cell, (first, last) in zip(ratio.cells, bounds, strict=True):
        cell.good = first <= middle <= last
        if cell.good:
            weights.append(-log10(min(1.0, (last - first) / middle * _share(cell.above.value, middle) / 100)))
    ratio.weight = sum(weights) - max(weights) - (len(ratio.cells) - depth)
    yield ratio


def _bases(cell: Cell, unit: float) -> tuple[float, float]:
    """Return the least and the largest base of which a part has the printed share."""
    share, half = cell.share.value * unit, cell.share.step * unit / 2
    low = 100 * (cell.above.value - cell.above.step / 2) / (share + half)
    return low, 100 * (cell.above.value + cell.above.step / 2) / max(share - half, half / 100)


def _deepest(bounds: Sequence[tuple[float, float]]) -> tuple[float, float, int]:
    """Return the stretch that most intervals hold, and how many do."""
    ends = sorted([(low, -1) for low, _ in bounds] + [(high, 1) for _, high in bounds])
    best, depth, found = 0, 0, (0.0, 0.0)
    for (at, turn), (following, _) in pairwise(ends):
        depth -= turn
        if depth > best:
            best, found = depth, (at, following)
    return (*found, best)
