"""Finds the figures a statement names: by paragraph, heading, table cell, or words with a placeholder.

Words are compared without case, spacing and the endings of the plural; there are no regular expressions for a rule
to bring, and a search takes time in proportion to the text times the (bounded) number of words looked for. What is
not found comes with the place that is nearest to it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from audit.facts import FactKind
from audit.records import dataclass
from audit.relate.named.regions import Region, Spot, list_spots, nearest_sentence, stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from audit.facts import Fact, Facts
    from audit.model import Cell, Table
    from audit.rules import Figure

_TOKEN = re.compile(r"\w+|[^\w\s]")
_MARK = re.compile(r"\{(n|any)\}")
_SHOWN = 80
_VALUES = frozenset({FactKind.QUANTITY, FactKind.DATE, FactKind.PERIOD})

Token = tuple[str, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Where a figure stands; when it is not exactly one, `reason` says why and `near` what comes closest."""

    spots: tuple[Spot, ...] = ()
    reason: str = ""
    near: Spot | None = None


class Locator:
    """Finds figures in one document; what is read once is kept for the next figure."""

    def __init__(self, bundle: Facts) -> None:
        self.bundle = bundle
        self.document = bundle.document
        self.region = Region(bundle.document)
        self._facts = {fact.start: fact for fact in bundle.facts}
        self._starts = sorted(self._facts)
        self._tokens: dict[int, tuple[list[Token], list[int]]] = {}

    def find(self, figure: Figure) -> Found:
        """Return the spots of a figure, or why there is not one."""
        blocks = self.region.blocks(figure.paragraph, figure.heading)
        if not blocks:
            return self._nowhere(figure)
        if figure.items:
            spots = tuple(self.region.items(figure.paragraph))
            what = f"paragraph {figure.paragraph} has no items"
        elif figure.row or figure.column:
            return self._one(figure, self._cells(figure, frozenset(blocks)), blocks)
        elif figure.text:
            return self._one(figure, [spot for b in blocks for spot in self._match(figure.text, b, _VALUES)], blocks)
        elif figure.each:
            spots = tuple(s for b in blocks for s in self._match(figure.each, b, _VALUES | {FactKind.LIST}))
            what = f'"{figure.each}" fits nothing{_within(figure)}'
        elif figure.list:
            ends = [spot for b in blocks for spot in self._match(figure.list, b, frozenset())]
            if len(ends) > 1:
                return self._twice(f'"{figure.list}"', ends)
            spots = tuple(list_spots(self.bundle, ends[0].end)) if ends else ()
            what = f'no list follows "{figure.list}"{_within(figure)}'
        else:
            return self._one(figure, self._values(blocks), blocks)
        return Found(spots=spots) if spots else self._missing(what, figure, blocks)

    def _one(self, figure: Figure, spots: Sequence[Spot], blocks: Sequence[int]) -> Found:
        if len(spots) == 1:
            return Found(spots=tuple(spots))
        what = f'"{figure.text}"' if figure.text else _cell_words(figure) or "a figure"
        if spots:
            return self._twice(what, spots)
        return self._missing(f"{what} is not{_within(figure) or ' in the text'}", figure, blocks)

    def _twice(self, what: str, spots: Sequence[Spot]) -> Found:
        places = list(dict.fromkeys(self.region.place(spot.start) for spot in spots))
        where = f"in {', '.join(places[:4])}" if len(places) > 1 else f"{len(spots)} times in {places[0]}"
        return Found(spots=tuple(spots), reason=f"{what} stands {where}")

    def _missing(self, what: str, figure: Figure, blocks: Sequence[int]) -> Found:
        words = figure.text or figure.each or figure.list or f"{figure.row} {figure.column}"
        if figure.text and (figure.paragraph or figure.heading):
            others = [s for b in self.region.all() for s in self._match(figure.text, b, _VALUES)]
            if others:
                places = ", ".join(dict.fromkeys(self.region.place(spot.start) for spot in others[:3]))
                return Found(reason=f"{what}, but in {places}", near=others[0])
        near = nearest_sentence(self.bundle, words, frozenset(blocks))
        if near is None:
            return Found(reason=what, near=self.region.spot(blocks[0]))
        return Found(reason=f'{what}; near is "{_short(near.text)}"', near=near)

    def _nowhere(self, figure: Figure) -> Found:
        where = _within(figure).removeprefix(" in ")
        words = figure.text or figure.each
        spots = [s for b in self.region.all() for s in self._match(words, b, _VALUES)] if words else []
        if spots:
            place = self.region.place(spots[0].start)
            return Found(reason=f"there is no {where}; the words stand in {place}", near=spots[0])
        near = self.region.near(figure.paragraph)
        return Found(reason=f"there is no {where}{f'; near is paragraph {near}' if near else ''}")

    def _values(self, blocks: Iterable[int]) -> list[Spot]:
        found = []
        for index in blocks:
            block = self.document.blocks[index]
            found += [f for f in self._within(block.start, block.end) if f.kind is FactKind.QUANTITY]
        return [_spot(fact) for fact in found]

    def _within(self, start: int, end: int) -> Iterator[Fact]:
        for at in self._starts[bisect_left(self._starts, start) : bisect_left(self._starts, end)]:
            yield self._facts[at]

    def _cells(self, figure: Figure, blocks: frozenset[int]) -> list[Spot]:
        found: list[Spot] = []
        for number, table in enumerate(self.document.tables, 1):
            if table.block not in blocks or not self._is_table(figure.table, number, table):
                continue
            rows = self._lines(table, figure.row, by_row=True)
            columns = self._lines(table, figure.column, by_row=False)
            for cell in table.cells:
                across = any(cell.row <= row < cell.row + cell.row_span for row in rows)
                down = any(cell.column <= column < cell.column + cell.column_span for column in columns)
                if across and down:
                    found += [_spot(f) for f in self._within(cell.start, cell.end) if f.kind in _VALUES]
        return found

    def _lines(self, table: Table, words: str, *, by_row: bool) -> set[int]:
        """Return the rows (or columns) that words name: cells of just these words go before those that hold them."""
        if not words:
            return set(range(table.rows if by_row else table.columns))
        wanted = _key(words)
        named: dict[bool, set[int]] = {True: set(), False: set()}
        for cell in table.cells:
            said = _key(self._text(cell))
            if wanted and wanted in said:
                named[wanted == said].add(cell.row if by_row else cell.column)
        return named[True] or named[False]

    def _is_table(self, wanted: str, number: int, table: Table) -> bool:
        if not wanted:
            return True
        names = (table.caption, table.label, table.sheet, self._text(table.cells[0]) if table.cells else "")
        return wanted == str(number) or any(_key(wanted) in _key(name) for name in names if name)

    def _text(self, cell: Cell) -> str:
        return self.document.text[cell.start : cell.end]

    def _match(self, pattern: str, index: int, kinds: frozenset[FactKind]) -> Iterator[Spot]:
        """Yield the figures that stand where a pattern's placeholder does; for a pattern without one, its own words."""
        wanted = _pattern(pattern)
        tokens, starts = self._block_tokens(index)
        position = 0
        while position < len(tokens) and wanted:
            spot, after = self._fit(wanted, position, (tokens, starts), kinds)
            if spot is not None:
                yield spot
            position = after if spot is not None else position + 1

    def _fit(
        self, wanted: Sequence[str], first: int, read: tuple[list[Token], list[int]], kinds: frozenset[FactKind]
    ) -> tuple[Spot | None, int]:
        tokens, starts = read
        here, spot = first, None
        for word in wanted:
            if here >= len(tokens):
                return None, here
            if word not in ("{n}", "{any}"):
                if tokens[here][0] != word:
                    return None, here
                here += 1
                continue
            fact = self._facts.get(tokens[here][1])
            if fact is None or (word == "{n}" and fact.kind not in kinds):
                return None, here
            if word == "{n}":
                spot = _spot(fact)
            here = bisect_left(starts, fact.end)
        if spot is None:
            start, end = tokens[first][1], tokens[here - 1][2]
            spot = Spot(start=start, end=end, text=self.document.text[start:end])
        return spot, here

    def _block_tokens(self, index: int) -> tuple[list[Token], list[int]]:
        if index not in self._tokens:
            block = self.document.blocks[index]
            matches = _TOKEN.finditer(self.document.text, block.start, block.end)
            tokens = [(stem(m[0]), m.start(), m.end()) for m in matches]
            self._tokens[index] = (tokens, [start for _, start, _ in tokens])
        return self._tokens[index]


def _pattern(text: str) -> list[str]:
    found: list[str] = []
    position = 0
    for match in _MARK.finditer(text):
        found += [stem(word) for word in _TOKEN.findall(text[position : match.start()])]
        found.append(match[0])
        position = match.end()
    return found + [stem(word) for word in _TOKEN.findall(text[position:])]


def _spot(fact: Fact) -> Spot:
    return Spot(start=fact.start, end=fact.end, text=fact.text, fact=fact)


def _key(text: str) -> str:
    return " ".join(stem(word) for word in _TOKEN.findall(text))


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN].rpartition(" ")[0] + " …"


def _within(figure: Figure) -> str:
    if figure.paragraph:
        return f" in paragraph {figure.paragraph}"
    return f' in heading "{figure.heading}"' if figure.heading else ""


def _cell_words(figure: Figure) -> str:
    pairs = (("row", figure.row), ("column", figure.column), ("table", figure.table))
    words = ", ".join(f'{key} "{value}"' for key, value in pairs if value)
    return f"the cell of {words}" if words else ""
