"""What was read from a text: facts (figures, dates, references, marks) and the token stream they stand in.

The tokens are the only thing later stages see of the language: words that matter ("of whom", "comprising",
"respectively") arrive as named cues, so no later stage holds a word of any language.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import field, replace
from typing import TYPE_CHECKING, Protocol, overload

from audit.cells import Lazy
from audit.records import StrEnum, dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from audit.cells import Cells, Shape
    from audit.model import Document
    from audit.quantity import Quantity


class FactKind(StrEnum):
    """What a printed figure is; only quantities take part in arithmetic."""

    QUANTITY = "quantity"
    DATE = "date"
    PERIOD = "period"
    LIST = "list"
    REFERENCE = "reference"
    IDENTIFIER = "identifier"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A closed range of days; "2023" is the whole year, "May 2023" the whole month, a day is one day.

    `precision` is the printed one (day, month, year). `open` marks "since 2023": the end is not known.
    """

    first: date
    last: date
    precision: str
    open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Something cited: `target` is paragraph, section, annex, table, figure, article ...; numbers as printed.

    `external` marks a target in another document; `last` is set for a range ("paragraphs 86 to 90").
    """

    target: str
    first: str
    last: str = ""
    external: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One printed figure: where it stands, what it is and what it counts.

    `label` is what is counted, as printed ("indirect victims"); `head` its head noun in lower case, for
    comparing populations; `traits` what the label says of them ("gender.female", "class.person").
    `reason` says why a figure that is not a quantity was set aside.
    """

    id: str
    start: int
    end: int
    text: str
    kind: FactKind
    value: Quantity | Period | Reference | None = None
    label: str = ""
    head: str = ""
    traits: tuple[str, ...] = ()
    reason: str = ""

    @property
    def number(self) -> Decimal | None:
        """Return the value of a quantity in full units, or None for any other fact."""
        value = self.value
        return value.value if self.kind is FactKind.QUANTITY and value is not None else None  # type: ignore[union-attr]


class TokenKind(StrEnum):
    """The alphabet of a sentence as the claim finders see it."""

    FIGURE = "figure"
    DATE = "date"
    REFERENCE = "reference"
    LIST = "list"
    WORD = "word"
    CUE = "cue"
    OPEN = "open"
    CLOSE = "close"
    COMMA = "comma"
    SEMICOLON = "semicolon"
    COLON = "colon"
    DASH = "dash"
    STOP = "stop"
    MARK = "mark"


@dataclass(slots=True)
class Token:
    """One token of a sentence; `cue` names a word that matters, `fact` is set on figures and marks.

    `key` is the word in lower case, or the sort of raw figure before it is read.

    Not frozen: a report holds a hundred thousand of them, and a frozen record takes three times as long to build.
    """

    kind: TokenKind
    text: str
    start: int
    end: int
    key: str = ""
    cue: str = ""
    fact: Fact | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """The tokens of one sentence and the index of the block it stands in.

    `kinds` and `cues` are those of its tokens, `printed` the indices of those that stand for a fact: a finder passes
    over a sentence that has not what it looks for.
    """

    block: int
    start: int
    end: int
    tokens: tuple[Token, ...]
    kinds: frozenset[TokenKind] = field(init=False, repr=False, compare=False)
    cues: frozenset[str] = field(init=False, repr=False, compare=False)
    printed: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "kinds", frozenset([token.kind for token in self.tokens]))
        object.__setattr__(self, "cues", frozenset([token.cue for token in self.tokens]))
        printed = tuple([index for index, token in enumerate(self.tokens) if token.fact is not None])
        object.__setattr__(self, "printed", printed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounding:
    """A note that figures are rounded: where it stands, what it says of them, and of which tables it speaks.

    `effects` are sums, percentages, growth, differences, random, multiple-response and "unit:5" for a stated base;
    `tables` are indexes into the document's tables, `whole` says that it speaks of the whole document.
    """

    start: int
    end: int
    effects: tuple[str, ...]
    whole: bool = False
    tables: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything read from one document: its figures and the sentences that hold them.

    `cues` names, for the start of each table cell that holds words, those that matter to a table (total, less,
    net, share, rate, order, scale, memo); `captions` those of a table's caption, by the index of its block.
    `rounding` holds the notes that figures are rounded, `summaries` where the
    parts that sum up the rest begin and end, `tests` what is said of the tests of significance (one_tailed, adjusted),
    `enumerations` where sentences that ordinals number begin, and how many they are
    at least and at most.
    """

    document: Document
    facts: Sequence[Fact]
    sentences: tuple[Sentence, ...]
    language: str = "en"
    cues: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    captions: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    rounding: tuple[Rounding, ...] = ()
    summaries: tuple[tuple[int, int], ...] = ()
    enumerations: tuple[tuple[int, int, int], ...] = ()
    tests: tuple[str, ...] = ()

    @property
    def written(self) -> Sequence[Fact]:
        """Return the facts but for the bare numbers of large tables, which say nothing by themselves."""
        return self.facts.written if isinstance(self.facts, PlainFacts) else self.facts


class Growing(Protocol):
    """What facts are added to while a text is read: a list, or `PlainFacts`."""

    def __len__(self) -> int: ...
    def __setitem__(self, index: int, fact: Fact, /) -> None: ...
    @overload
    def __getitem__(self, index: int, /) -> Fact: ...
    @overload
    def __getitem__(self, index: slice, /) -> Sequence[Fact]: ...
    def __iter__(self) -> Iterator[Fact]: ...
    def append(self, fact: Fact, /) -> None:
        """Add a fact."""


class PlainFacts(Lazy[Fact]):
    """Facts in the order of the text, those of bare numbers in large tables as the places of their cells.

    `known` gives, for each bare number of a table, its digits as a whole number and its shape.
    """

    def __init__(self) -> None:
        self._items: list[int | Fact] = []
        self._tables: list[tuple[int, Cells, Mapping[str, tuple[int, Shape]]]] = []
        self._runs: list[tuple[int, int, int]] = []  # of codes: the first, and where the run begins and ends
        self._gappy = False  # some cells of the table that was opened last are blank
        self.written: list[Fact] = []  # those that are no bare numbers of large tables

    def open(self, cells: Cells, known: Mapping[str, tuple[int, Shape]]) -> None:
        """Begin a table; its bare numbers follow through `take`."""
        first = self._tables[-1][0] + len(self._tables[-1][1]) if self._tables else 0
        self._tables.append((first, cells, known))
        self._gappy = "" in cells.texts

    @property
    def opened(self) -> tuple[Cells, Mapping[str, tuple[int, Shape]]]:
        """Return the table that was opened last and its bare numbers."""
        return self._tables[-1][1:]

    def take(self, start: int, end: int) -> None:
        """Add the bare numbers among some cells of the table that was opened last."""
        if start == end:
            return
        first, cells, known = self._tables[-1]
        at = len(self._items)
        if self._gappy:
            self._items += [first + i for i in range(start, end) if cells.texts[i] in known]
        else:
            self._items += range(first + start, first + end)
        self._runs.append((first + start, at, len(self._items)))

    def revise(self, revised: Callable[[Fact], Fact], base_at: Callable[[int], int]) -> None:
        """Put others in the place of facts; `base_at` gives what the figures at an offset are rounded to, or -1."""
        self._items = [revised(item) if isinstance(item, Fact) else item for item in self._items]
        self.written = [item for item in self._items if isinstance(item, Fact)]
        for at, (first, cells, known) in enumerate(self._tables):
            base = base_at(cells.starts[0])
            shapes = {id(shape): replace(shape, base=base) for _, shape in known.values()}
            told = {text: (digits, shapes[id(shape)]) for text, (digits, shape) in known.items()}
            self._tables[at] = first, cells, told

    def known(self, cells: Cells) -> tuple[int, Mapping[str, tuple[int, Shape]]]:
        """Return the code of the first cell of a table, and its bare numbers."""
        return next((first, known) for first, own, known in self._tables if own is cells)

    def of_cell(self, code: int) -> Fact:
        """Return the fact of a cell by its code."""
        # a run holds codes only
        _, first, last = self._runs[bisect_right(self._runs, (code, len(self._items))) - 1]
        return self[bisect_left(self._items, code, first, last)]  # type: ignore[type-var]

    def append(self, fact: Fact) -> None:
        """Add a fact that was read from words."""
        self._items.append(fact)
        self.written.append(fact)

    def __setitem__(self, index: int, fact: Fact) -> None:
        at = next(i for i in range(len(self.written) - 1, -1, -1) if self.written[i] is self._items[index])
        self._items[index] = self.written[at] = fact

    def __len__(self) -> int:
        return len(self._items)

    def item(self, index: int) -> Fact:
        """Return one fact."""
        item = self._items[index]
        if isinstance(item, Fact):
            return item
        first, cells, known = next(table for table in reversed(self._tables) if table[0] <= item)
        start, text = cells.starts[item - first], cells.texts[item - first]
        return Fact(
            id=f"f{index + 1}",
            start=start,
            end=start + len(text),
            text=text,
            kind=FactKind.QUANTITY,
            value=known[text][1].quantity(text),
        )
