"""The words around the figures of a table: stub columns, labels with their depth, headings and spanning headers."""

from __future__ import annotations

import itertools
import re
from collections import deque
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from audit.late import late
from audit.relate.tables.formulas import mark_of, unmarked
from audit.relate.tables.slots import Kind, Line, Slot

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from audit.facts import Facts
    from audit.model import Cell
    from audit.relate.tables.figures import Matrix
    from audit.relate.tables.lines import Slots

_HEADINGS = 100  # of a table that a total may close
_WIDEST = 5  # columns a stub may take
_NOTED = re.compile(r"(?:/[a-z](?:,[a-z])*|[¹²³⁰⁴-⁹*†‡§]|\([a-z\d]\)|\[[a-z\d]{1,2}\])\Z")
_MARK = late(r"[^\W\d_]|\d+|[*†‡§¹²³⁰⁴-⁹]")
_LETTERS = re.compile(r"(?:(?![¹²³⁰⁴-⁹])[^\W\d_]){2}")
_CODE = re.compile(r"\d{1,6}(?:\.\d{1,2})?")
_WORD = re.compile(r"[^\W\d_]+")


def stub_width(bundle: Facts, matrix: Matrix, lines: Sequence[Slots], kinds: list[list[Kind]]) -> int:
    """Return how many leading columns hold labels: words, years, row numbers, and codes before words."""
    columns = len(matrix[0])
    width = 0
    for column in range(min(columns - 1, _WIDEST)):
        rows = [r for r, row in enumerate(kinds) if Kind.FIGURE in row[column + 1 :]]
        words = sum(kinds[r][column] is Kind.TEXT and _has_words(bundle, lines[r][column]) for r in rows)
        figures = [r for r in rows if kinds[r][column] >= Kind.FIGURE]
        joined = column == width and words >= len(figures)
        if joined or (2 * words > len(rows) and all(_are_codes(lines, c) for c in range(width, column))):
            width = column + 1
        elif column == 0 and _is_index(bundle, lines[0][0], [lines[r][0] for r in figures]):
            width = 1
    while width and width < columns and not any(row[width] is not Kind.BLANK for row in kinds):
        width += 1
    return width


def _are_codes(lines: Sequence[Slots], column: int) -> bool:
    """Say whether the figures of a column before words are codes: bare numbers that mostly rise ("0900", "11.9").

    Two tables set side by side have words between their figures too: "Japan | $1,185.5 | 12.8% | Japan | $1,300.8".
    """
    facts = [row[column].fact for row in lines if row[column].kind is Kind.FIGURE]
    texts = [fact.text for fact in facts if fact is not None]
    if not all(_CODE.fullmatch(t) for t in texts):
        return False
    rises = [Decimal(a) <= Decimal(b) for a, b in itertools.pairwise(texts)]
    return 4 * sum(rises) >= 3 * len(rises)


def _has_words(bundle: Facts, slot: Slot) -> bool:
    return _LETTERS.search(bundle.document.text, slot.start, slot.end) is not None


def _is_index(bundle: Facts, head: Slot, figures: list[Slot]) -> bool:
    """Say whether a first column numbers the rows: years, or whole numbers that only rise, or a header that says so."""
    if all(s.kind is Kind.YEAR for s in figures):
        return True
    if "order" in bundle.cues.get(head.start, ()):
        return True
    values = [s.fact.number for s in figures if s.fact is not None and s.fact.number is not None]
    steps = {b - a for a, b in itertools.pairwise(values)}
    return len(values) > 2 and steps <= {Decimal(0), Decimal(1)}


class _Heading(NamedTuple):
    """A row of words: the words, the group of lines it opens, and its mark."""

    words: set[str]
    group: int
    mark: str


class Labels:
    """Reads labels, depths and cues of rows and columns from the cells around the figures."""

    def __init__(self, bundle: Facts, matrix: Matrix, stub: int, first: int) -> None:
        self._bundle, self._matrix, self._stub, self._first = bundle, matrix, stub, first
        self._stubs = [row[:stub] for row in matrix]
        filled = [sum(bool(self._text(cell).strip()) for cell in cells) for cells in self._stubs[first:]]
        # "Federal | | ..." over "| Alabama | ...": the column a label stands in is its depth
        self._stairs = stub > 1 and sum(n > 1 for n in filled) <= len(filled) // 10

    def _text(self, cell: Cell | None) -> str:
        return "" if cell is None else self._bundle.document.text[cell.start : cell.end]

    def _cues(self, cells: Sequence[Cell | None]) -> frozenset[str]:
        return frozenset(cue for cell in cells if cell is not None for cue in self._bundle.cues.get(cell.start, ()))

    def rows(self, body: list[int], *, gappy: bool) -> list[Line]:
        """Return the rows of figures; a row of words only, or a gap, opens the next group.

        In a gappy table, where many figures are blank, a row without any is no heading unless a colon says so.
        """
        lines: list[Line] = []
        group, memo, seen = 0, frozenset[str](), set(body)
        headings: dict[int, tuple[str, int]] = {}
        named: deque[_Heading] = deque(maxlen=_HEADINGS)
        stubs = (self._stubs[row] for row in body)
        labels = (self._label(cells)[0] for cells in stubs if "total" in self._cues(cells))
        totals = [set(_plain(label).split()) for label in islice(labels, _HEADINGS)]
        for row in range(self._first, body[-1] + 1):
            cells = self._stubs[row]
            label, depth = self._label(cells)
            own = self._cues(cells)
            if row not in seen and gappy and label.strip() and not label.endswith(":") and not _is_named(label, totals):
                continue
            if row not in seen:
                group, memo = group + 1, own & {"memo", "share"}
                memo |= {"under_total"} if "total" in own else set()
                memo |= {"change"} if own >= {"share", "change"} else set()  # "Percent change" over rows of years
                if "total" not in own:
                    named.append(_Heading(set(_plain(unmarked(label)).split()), group, mark_of(label)))
                headings = {d: above for d, above in headings.items() if d < depth} | {depth: (_plain(label), group)}
                continue
            opens = not lines or lines[-1].group != group
            repeats = not opens and any(len(h) > 3 and _plain(label).startswith(h) for h, _ in headings.values())
            section = max((opened for d, (_, opened) in headings.items() if d <= depth), default=0)
            is_total = "total" in own or repeats
            heading = _named(named, label) if "total" in own else None
            section, mark = (heading.group, heading.mark) if heading is not None else (section, "")
            cues = (own | memo) - {"order"}
            noted = _NOTED.search(label) if _LETTERS.search(label) else None
            notes = frozenset(_MARK.findall(noted.group()) if noted else ())
            lines.append(Line(row, label, depth, cues, group, is_total, section, notes, mark_of(label) or mark))
        return lines

    def _label(self, cells: Sequence[Cell | None]) -> tuple[str, int]:
        texts = [self._text(cell) for cell in cells]
        named = [i for i, text in enumerate(texts) if text.strip()]
        if not named:
            return "", 0
        place = named[0] if self._stairs else named[-1]
        spaces = len(texts[place]) - len(texts[place].lstrip())
        return " ".join(texts[i].strip() for i in named), spaces + (4 * place if self._stairs else 0)

    def column(self, column: int) -> Line:
        """Return a column of figures with the words that stand above it, spanning headers included."""
        texts: list[str] = []
        cues: set[str] = set()
        for row in range(self._first):
            cell = self._over(row, column)
            if cell is not None and self._text(cell).strip():
                texts.append(self._text(cell).strip())
                cues |= self._cues([cell])
        mark = mark_of(" ".join(texts), ends=True)
        return Line(column, " ".join(texts), 0, frozenset(cues), self._spanner(column), "total" in cues, mark=mark)

    def _spanner(self, column: int) -> int:
        """Return how many headers of the first header row begin at or before a column, when there are several rows."""
        if self._first < 2:
            return 0
        return sum(bool(self._text(cell).strip()) for cell in self._matrix[0][self._stub : column + 1])

    def _over(self, row: int, column: int) -> Cell | None:
        """Return the header cell above a column: its own, or the one to the left that spans it."""
        last = row == self._first - 1
        for left in range(column, self._stub - 1, -1):
            cell = self._matrix[row][left]
            if cell is not None and self._text(cell).strip():
                return cell
            if last and cell is not None:
                return None
        return None

    def cues(self) -> frozenset[str]:
        """Return the cues of the corner of the table, which hold for all of it."""
        return self._cues([c for row in self._matrix[: self._first] for c in row[: self._stub]])


def _is_named(label: str, totals: list[set[str]]) -> bool:
    """Say whether a total has the words of a label and more: then it is the heading of what adds up to it."""
    words = set(_plain(unmarked(label)).split())
    return bool(words) and any(words < total for total in totals)


def _named(headings: Iterable[_Heading], label: str) -> _Heading | None:
    """Return the heading whose words a total repeats, the longest and last: "Total current costs" closes "Costs"."""
    words = set(_plain(label).split())
    found = [heading for heading in headings if heading.words and heading.words < words]
    return max(found, key=lambda h: (len(h.words), h.group), default=None)


def _plain(label: str) -> str:
    return " ".join(_WORD.findall(label.lower()))
