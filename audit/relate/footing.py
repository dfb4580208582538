"""Finds what a table's figures claim about each other: totals of rows and columns, differences, shares that make 100.

A relation between lines is found once (see `audit.relate.tables`) and then claimed at every crossing where it holds or
fails: a total row that holds in eight columns and fails in the ninth is a claim about the ninth.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from audit.cells import MANY
from audit.claims import TAKEN_OFF, Basis, Claim, ClaimKind, Operand
from audit.quantity import Interval, Quantity
from audit.relate.malformed import malformed
from audit.relate.tables.cited import caption_of
from audit.relate.tables.evidence import HOLDS, Relation, State
from audit.relate.tables.figures import Figures
from audit.relate.tables.grid import grid_of
from audit.relate.tables.lines import starts_of
from audit.relate.tables.noughts import led
from audit.relate.tables.prose import Restated, Spoken, restated
from audit.relate.tables.quoted import Quoted
from audit.relate.tables.slots import Kind, Slot
from audit.relate.tables.weigh import assertions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.facts import Facts
    from audit.model import Table
    from audit.relate.tables.grid import Grid
    from audit.relate.tables.sheet import Sheet
    from audit.relate.tables.suspects import Assertion

_ZERO = Decimal(0)
_NETTED = 2  # the gross and what is taken off it
_SHOWN = (Kind.FIGURE, Kind.YEAR, Kind.TINY)


def find(bundles: Sequence[Facts]) -> Iterator[Claim]:
    """Yield the footing claims of every table of every document."""
    for bundle in bundles:
        if not bundle.document.tables:
            continue
        figures, spoken, quoted = Figures(bundle), Spoken(bundle), Quoted()
        taken: set[int] = set()
        for table in bundle.document.tables:
            grid = grid_of(bundle, table, figures)
            if grid is not None:
                yield from claims_of(bundle, table, grid)
                mentions = list(restated(bundle, table, grid, spoken))
                taken.update(mention.fact.start for mention in mentions)
                yield from (_prose_claim(bundle, grid, mention) for mention in mentions)
                if bundle.sentences:
                    quoted.add(grid, caption_of(bundle, table))
        yield from (_prose_claim(bundle, grid, mention) for grid, mention in quoted.told(bundle, taken))


def claims_of(bundle: Facts, table: Table, grid: Grid) -> Iterator[Claim]:
    """Yield what the figures of one table claim about each other."""
    found = assertions(grid)
    if len(table.cells) < MANY:
        yield from (_claim(bundle, grid, assertion) for assertion in found)
    else:
        yield from _together(bundle, grid, found)
    first = led(grid.slots, found)
    if first is not None and first.fact is not None:
        yield malformed(bundle.document, first.fact, "zero")


def _together(bundle: Facts, grid: Grid, found: Sequence[Assertion]) -> Iterator[Claim]:
    """Yield one claim for all crossings of a relation where it holds alike, and one for each where it fails."""
    alike: dict[tuple[int, State], list[Assertion]] = {}
    for assertion in found:
        if assertion.state in HOLDS:
            alike.setdefault((id(assertion.relation), assertion.state), []).append(assertion)
        else:
            yield _claim(bundle, grid, assertion)
    for first, *others in alike.values():
        crossings = [assertion.crossing for assertion in others]
        lines = [first.sheet.slots[line] for line in first.relation.lines]
        covers = [start for line in lines for start in starts_of(line, crossings, _SHOWN)]
        yield replace(_claim(bundle, grid, first), covers=tuple(covers))


def _claim(bundle: Facts, grid: Grid, assertion: Assertion) -> Claim:
    sheet, relation, crossing = assertion.sheet, assertion.relation, assertion.crossing
    operands: list[Operand] = []
    taken: list[str] = []
    suspect = ""
    if relation.total is not None:
        operands.append(_operand(bundle, grid, "total", sheet.slots[relation.total][crossing]))
    for line, sign in relation.parts:
        slot = sheet.slots[line][crossing]
        if slot.kind in _SHOWN:
            if sign > 0 and _is_bracketed(slot) and _is_taken_off(sheet, relation, line):
                taken.append(str(len(operands)))
            operands.append(_operand(bundle, grid, "part" if sign > 0 else "less", slot))
    if assertion.suspect is not None:
        suspect = str(next((i for i, o in enumerate(operands) if _is_in(o, assertion.suspect)), ""))
    held, seen = relation.count(*HOLDS), relation.count(*HOLDS, State.FAILS)
    lines = "columns" if not sheet.across else "rows"
    label = _label(sheet, relation, crossing)
    return Claim(
        kind=ClaimKind.FOOTING,
        form=relation.form,
        document=bundle.document.path,
        start=min(o.start for o in operands),
        end=max(o.end for o in operands),
        operands=tuple(operands),
        basis=Basis(
            cue="table",
            confidence=assertion.confidence,
            reasons=(*relation.reasons, f"it holds in {held} of {seen} {lines}"),
        ),
        detail={
            "place": "table",
            "label": label,
            **({"suspect": suspect} if suspect else {}),
            **({TAKEN_OFF: " ".join(taken)} if taken else {}),
        },
    )


def _is_bracketed(slot: Slot) -> bool:
    """Say whether a figure below nought is printed in brackets; with a minus it is a part like the others."""
    return slot.value < 0 and slot.fact is not None and slot.fact.text.startswith("(")


def _is_taken_off(sheet: Sheet, relation: Relation, line: int) -> bool:
    """Say whether a row stands in brackets because it is taken off: "Offsets (111,702)" between total and net.

    A move that happens to be a fall, in a column of moves, is no such row: few of its figures are negative.
    """
    if sheet.across or relation.total is None or len(relation.parts) != _NETTED:
        return False
    below = [value < 0 for value in sheet.figures(line).values if value]
    total = [value < 0 for value in sheet.figures(relation.total).values if value]
    return 2 * sum(below) > len(below) and 2 * sum(total) < len(total)


def _prose_claim(bundle: Facts, grid: Grid, mention: Restated) -> Claim:
    """Return the claim that a figure of the text is a total or a cell of the table beside it."""
    total = _operand(bundle, grid, "total", Slot(Kind.FIGURE, mention.fact.start, mention.fact.end))
    quantity = mention.fact.value
    total = replace(
        total,
        text=mention.fact.text,
        fact=mention.fact,
        value=mention.fact.number,
        interval=quantity.interval if isinstance(quantity, Quantity) else None,
    )
    return Claim(
        kind=ClaimKind.FOOTING,
        form="prose" if len(mention.cells) > 1 else "cell",
        document=bundle.document.path,
        start=mention.fact.start,
        end=mention.fact.end,
        operands=(total, *(_operand(bundle, grid, "part", slot) for slot in mention.cells)),
        basis=Basis(cue="table", confidence=75, reasons=("the table beside the sentence has the figures",)),
        detail={"place": "table"},
    )


def _label(sheet: Sheet, relation: Relation, crossing: int) -> str:
    own = sheet.lines[relation.total].label if relation.total is not None else ""
    other = sheet.crossings[crossing].label
    row, column = (other, own) if sheet.across else (own, other)
    return ", ".join(text for text in (row.strip(), column.strip()) if text)


def _is_in(operand: Operand, slot: Slot) -> bool:
    return slot.start <= operand.start < max(slot.end, slot.start + 1)


def _operand(bundle: Facts, grid: Grid, role: str, slot: Slot) -> Operand:
    if slot.part is None:
        slot.part = _part(bundle, grid, slot)  # a cell is a part of its row and of its column
    return slot.part if role == "part" else replace(slot.part, role=role)


def _part(bundle: Facts, grid: Grid, slot: Slot) -> Operand:
    fact = slot.fact
    start, end = (fact.start, fact.end) if fact is not None else (slot.start, slot.end)
    parts = 2 * grid.parts  # of one, so that half a step is whole
    low = Fraction(2 * slot.value - slot.step, parts) if slot.step or parts > 2 else Fraction(slot.value)
    return Operand(
        role="part",
        text=fact.text if fact is not None else bundle.document.text[start:end].strip(),
        document=bundle.document.path,
        start=start,
        end=end,
        fact=fact,
        value=slot.value * grid.unit if slot.value else _ZERO,
        interval=Interval(low=low, high=Fraction(2 * slot.value + slot.step, parts) if slot.step else low),
    )
