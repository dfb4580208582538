"""A rule as data: what it judges, what it says, why, and the examples that are its tests.

Files are read by `audit.rulefiles`; this module holds only the records, so that every stage can name them.
"""

from __future__ import annotations

from dataclasses import field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from audit.records import StrEnum, dataclass

if TYPE_CHECKING:
    from audit.claims import ClaimKind
    from audit.model import Document


class Severity(StrEnum):
    """How bad a finding is; errors fail a run by default."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """Return 3 for an error, 2 for a warning, 1 for a note."""
        return {"error": 3, "warning": 2, "note": 1}[self.value]


class Tolerance(StrEnum):
    """How much of a gap a rule forgives."""

    ROUNDING = "rounding"
    EXACT = "exact"
    TRUNCATION = "truncation"


# What `where` may select on: the form is the finder's own word, the other two are closed lists.
PLACES = ("prose", "table", "note")
GRADES = (
    "exact",
    "within_rounding",
    "boundary",
    "within_rounding_if_rounded",
    "forced_or_double_rounding",
    "truncation_only",
    "within_hedge",
    "consistent_but_odd",
    "hedge_violated",
    "inconsistent",
    "not_decidable",
    "uninformative",
    "not_checkable",
)
FORM_PLACES = ("prose", "note", "heading", "label")
EXAMPLE_FORMATS = ("text", "markdown", "html", "csv")


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A finding an example must give: the words it stands on (the `nth` of them) and its full message."""

    at: str
    says: str
    nth: int = 1
    severity: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A text and what the rule must say about it, beside the edition `before` where there is one.

    It stands in `line` of `path`, the rule's own file when empty.
    """

    name: str
    text: str
    findings: tuple[Expected, ...] = ()
    format: str = "text"
    language: str = ""
    before: str = ""
    line: int = 0
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The documents a statement is written for; what is empty selects nothing away.

    `symbol` and `path` may hold `*` (a path without a slash is a file's name), `title` is a part of the title.
    """

    symbol: str = ""
    title: str = ""
    path: str = ""
    language: str = ""

    def matches(self, document: Document) -> bool:
        """Say whether a document is one of them; upper and lower case are alike, but for paths."""
        path = document.path.replace("\\", "/")
        name = path if "/" in self.path else path.rpartition("/")[2]
        return (
            (not self.symbol or fnmatchcase(document.symbol.casefold(), self.symbol.casefold()))
            and (not self.title or _plain(self.title) in _plain(document.title))
            and (not self.path or fnmatchcase(name, self.path) or fnmatchcase(name, f"*/{self.path}"))
            and (not self.language or document.language == self.language)
        )

    def __str__(self) -> str:
        pairs = (("symbol", self.symbol), ("title", self.title), ("path", self.path), ("language", self.language))
        return ", ".join(f"{key} {value}" for key, value in pairs if value) or "every document"


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure a statement names, and how it is found.

    `text` holds `{n}` where the figure stands; `each` does so for many figures; `list` are the words that lead to a
    list of things to be counted; `items` asks for the items under a paragraph. `row` and `column` name a table's cell.
    """

    name: str
    paragraph: str = ""
    heading: str = ""
    table: str = ""
    row: str = ""
    column: str = ""
    text: str = ""
    each: str = ""
    list: str = ""
    items: bool = False
    document: Selection | None = None

    @property
    def many(self) -> bool:
        """Say whether the name stands for any number of figures."""
        return bool(self.each or self.list or self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class DataTable:
    """A table of record and what it must obey.

    `source` is a file (relative to the file that names it) or, in settings only, an address; `table` the sheet or the
    table in it. `schema` and `suite` are files of pandera and Great Expectations; `queries` return offending rows;
    `engine` is "spark" for a suite that runs there, in settings only.
    """

    name: str
    source: str
    table: str = ""
    schema: str = ""
    suite: str = ""
    queries: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    engine: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What is asserted about the figures of one report: `expect` holds expressions over the names of `figures`.

    `ties` compare figures with values and aggregates of tables, of its own `tables` or of those in the settings.
    """

    document: Selection
    figures: tuple[Figure, ...] = ()
    expect: tuple[str, ...] = ()
    tables: tuple[DataTable, ...] = ()
    ties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Words that a house does not write, as patterns of `audit.patterns`: what they `find`, but for `unless`.

    `of` says where: in prose, notes, headings or the labels of lists.
    """

    document: Selection
    find: tuple[str, ...]
    unless: tuple[str, ...] = ()
    of: str = FORM_PLACES[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A general rule judges every claim of a kind (and of the forms that `where` selects).

    With a `statement` it judges the relations this asserts and nothing else, with a `wording` how something is written.
    """

    id: str
    pack: str
    title: str
    since: str
    severity: Severity
    claim: ClaimKind
    message: str
    why: str
    repair: str
    limits: str
    where: dict[str, tuple[str, ...]] = field(default_factory=dict)
    tolerance: str = Tolerance.ROUNDING
    flags: tuple[Example, ...] = ()
    passes: tuple[Example, ...] = ()
    undecided: tuple[Example, ...] = ()
    misses: tuple[Example, ...] = ()
    history: tuple[tuple[str, str], ...] = ()
    formerly: tuple[str, ...] = ()
    path: str = ""
    statement: Statement | None = None
    wording: Wording | None = None

    @property
    def name(self) -> str:
        """Return the full name, pack/rule-id."""
        return f"{self.pack}/{self.id}"

    def examples(self) -> tuple[tuple[str, Example], ...]:
        """Return every example with the name of the list it stands in."""
        lists = (("flags", self.flags), ("passes", self.passes), ("undecided", self.undecided), ("misses", self.misses))
        return tuple((kind, example) for kind, examples in lists for example in examples)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One clause of the guide a pack implements, and the rules that cover it (none: not covered, with a reason)."""

    clause: str
    rules: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A folder of rules: what it is for, the packs it builds on and what it changes in them.

    `changes` maps a rule's full name to a severity or to "off".
    """

    name: str
    title: str
    description: str
    path: str
    language: str = ""
    source: str = ""
    extends: tuple[str, ...] = ()
    changes: dict[str, str] = field(default_factory=dict)
    coverage: tuple[Clause, ...] = ()
    rules: tuple[Rule, ...] = ()
