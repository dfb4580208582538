"""The cells of a large table as columns: their kinds, values and steps in three lists.

A line of the table is a stretch of them, and the record of a cell is made when somebody asks for that cell: half a
million records would be there before one figure is compared.
"""

from __future__ import annotations

from bisect import bisect_left
from operator import itemgetter
from typing import TYPE_CHECKING, TypeVar, overload

from audit.cells import Lazy
from audit.quantity import Measure, Quantity
from audit.relate.tables.slots import Kind, Slot

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from audit.cells import Cells
    from audit.facts import Fact, PlainFacts

Item = TypeVar("Item")
_STEPS = {kind: int(kind is Kind.FIGURE) for kind in Kind}  # of bare numbers, until they are scaled


class Ledger:
    """The cells of a large table by kind, value and step, row by row.

    `worded` are those that are no bare numbers, `told` those among them that are more than words.
    """

    def __init__(self, cells: Cells, facts: PlainFacts) -> None:
        self.cells = cells
        self.values: list[int] = []
        self.steps: list[int] = []
        self.worded: dict[int, Slot] = {}
        self._first, self._known = facts.known(cells)
        self._facts = facts
        kinds = dict.fromkeys(cells.distinct, Kind.BLANK) | dict.fromkeys(self._known, Kind.FIGURE)
        self.kinds: list[Kind] = list(map(kinds.__getitem__, cells.texts))
        self.told: dict[int, Slot] = {}
        self._order: list[int] = []
        self._made: dict[int, PlainSlot] = {}

    def words(self, found: Iterable[tuple[int, Slot]]) -> None:
        """Add what the cells hold that are no bare numbers, in order."""
        self.worded = dict(found)
        self._order = list(self.worded)
        self.told = {at: slot for at, slot in self.worded.items() if slot.kind > Kind.TEXT}
        for at, slot in self.worded.items():
            self.kinds[at] = slot.kind

    def unread(self) -> list[int]:
        """Return the places of the cells that are neither blank nor a bare number."""
        cells, known = self.cells, self._known
        if len(known) == len(cells.numbers):
            return cells.worded
        return [at for at, text in enumerate(cells.texts) if text and text not in known]

    def places(self, lines: Sequence[PlainLine]) -> set[int]:
        """Return the numbers of decimals among the bare numbers of some lines."""
        found = {shape.places for _, shape in self._known.values()}
        if len(found) <= 1:
            return found
        texts = {text for line in lines for text in line.of(self.cells.texts)}
        return {self._known[text][1].places for text in texts if text in self._known}

    def scale(self, places: int) -> None:
        """Set values and steps in the unit with so many decimals; a finer number than that is none of it."""
        values = {text: digits for text, (digits, _) in self._known.items()}
        steps: dict[str, int] = {}
        finer: set[str] = set()
        for text, (digits, shape) in self._known.items():
            if shape.places < places:
                steps[text] = 10 ** (places - shape.places)
                values[text] = digits * steps[text]
            elif shape.places > places:
                values[text], rest = divmod(digits, 10 ** (shape.places - places))
                if rest:
                    values[text] = steps[text] = 0
                    finer.add(text)
        values |= dict.fromkeys(self.cells.distinct - self._known.keys(), 0)
        texts = self.cells.texts
        self.values = list(map(values.__getitem__, texts))
        self.steps = list(map(_STEPS.__getitem__, self.kinds))
        for at in self.worded:
            self.steps[at] = 0
        for at, text in enumerate(texts) if steps else ():
            self.steps[at] = steps.get(text, self.steps[at])
        for at in [at for at, text in enumerate(texts) if text in finer] if finer else ():
            self.kinds[at] = Kind.TEXT

    def slot(self, at: int) -> PlainSlot:
        """Return the record of a cell, always the same one."""
        found = self._made.get(at)
        if found is None:
            found = self._made[at] = PlainSlot(self, at)
        return found

    def fact(self, at: int) -> Fact | None:
        """Return the fact of a cell."""
        worded = self.worded.get(at)
        if worded is not None:
            return worded.fact
        return self._facts.of_cell(self._first + at) if self.cells.texts[at] in self._known else None

    def worded_in(self, places: Sequence[int]) -> list[int]:
        """Return the places among some, in order, whose cells are no bare numbers, nor blank."""
        first, last = (bisect_left(self._order, at) for at in (places[0], places[-1] + 1))
        held = set(places) if last > first else set()
        return [at for at in self._order[first:last] if at in held]

    def measures(self, places: Sequence[int]) -> list[Measure]:
        """Return the measures of the figures at some places; a bare number measures nothing said."""
        held = [self.told[at] for at in places if at in self.told] if self.told else []
        told = [slot.fact for slot in held if slot.kind is Kind.FIGURE]
        plain = [self.kinds[at] for at in places].count(Kind.FIGURE) - len(told)
        return [*measures_among(told), *[Measure.COUNT] * plain]


class PlainSlot(Slot):
    """The cell of a large table: what it holds stands in the columns of its table."""

    __slots__ = ("_at", "_fact", "_ledger")

    def __init__(self, ledger: Ledger, at: int) -> None:
        worded = ledger.worded.get(at)
        self.start = ledger.cells.starts[at]
        self.end = self.start + len(ledger.cells.texts[at])
        self.mark = worded.mark if worded is not None else ""
        self.part = None
        self._ledger, self._at = ledger, at
        self._fact: Fact | None = None

    @property
    def kind(self) -> Kind:
        """Return what the cell holds."""
        return self._ledger.kinds[self._at]

    @kind.setter
    def kind(self, kind: Kind) -> None:
        self._ledger.kinds[self._at] = kind

    @property
    def value(self) -> int:
        """Return the value of the cell in the unit of its grid."""
        return self._ledger.values[self._at]

    @value.setter
    def value(self, value: int) -> None:
        self._ledger.values[self._at] = value

    @property
    def step(self) -> int:
        """Return the step of the cell in the unit of its grid."""
        return self._ledger.steps[self._at]

    @step.setter
    def step(self, step: int) -> None:
        self._ledger.steps[self._at] = step

    @property
    def fact(self) -> Fact | None:  # type: ignore[override]
        """Return the fact of the cell."""
        if self._fact is None:
            self._fact = self._ledger.fact(self._at)
        return self._fact

    @property
    def printed(self) -> str:
        """Return the figure of the cell as printed."""
        return super().printed if self._at in self._ledger.worded else self._ledger.cells.texts[self._at]


class PlainLine(Lazy[Slot]):
    """Some cells of a large table, in order: those at `places`."""

    __slots__ = ("ledger", "places")

    def __init__(self, ledger: Ledger, places: Sequence[int]) -> None:
        self.ledger, self.places = ledger, places

    def __len__(self) -> int:
        return len(self.places)

    def item(self, index: int) -> Slot:
        """Return one cell."""
        return self.ledger.slot(self.places[index])

    @overload  # type: ignore[override]
    def __getitem__(self, index: int) -> Slot: ...
    @overload
    def __getitem__(self, index: slice) -> PlainLine: ...
    def __getitem__(self, index: int | slice) -> Slot | PlainLine:
        if isinstance(index, slice):
            return PlainLine(self.ledger, self.places[index])
        return self.ledger.slot(self.places[index])

    def of(self, column: list[Item]) -> list[Item]:
        """Return what a column of the ledger holds for these cells."""
        places = self.places
        if isinstance(places, range) and places and places.step > 0:
            return column[places.start : places.stop : places.step]
        return list(itemgetter(*places)(column)) if len(places) > 1 else [column[at] for at in places]

    def put(self, column: list[Item], items: list[Item]) -> None:
        """Set what a column of the ledger holds for these cells."""
        places = self.places
        if isinstance(places, range) and places and places.step > 0:
            column[places.start : places.stop : places.step] = items
            return
        for at, item in zip(places, items, strict=True):
            column[at] = item


def measures_among(facts: Iterable[Fact | None]) -> list[Measure]:
    """Return the measures of the figures among some facts."""
    return [fact.value.measure for fact in facts if fact is not None and isinstance(fact.value, Quantity)]
