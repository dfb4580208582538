"""What was read from a text: facts (figures, dates, references, marks) and the token stream they stand in.

The tokens are the only thing later stages see of the language: words that matter ("of whom", "comprising",
"respectively") arrive as named cues, so no later stage holds a word of any language.
"""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum
from typing import TYPE_CHECKING

from audit.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

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
    parts that sum up the rest begin and end, `tests` what is said of the tests of significance (one_tailed, adjusted).
    """

    document: Document
    facts: tuple[Fact, ...]
    sentences: tuple[Sentence, ...]
    language: str = "en"
    cues: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    captions: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    rounding: tuple[Rounding, ...] = ()
    summaries: tuple[tuple[int, int], ...] = ()
    tests: tuple[str, ...] = ()
