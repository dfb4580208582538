"""A rule as data: what it judges, what it says, why, and the examples that are its tests.

Files are read by `audit.rulefiles`; this module holds only the records, so that every stage can name them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from audit.claims import ClaimKind


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
    """A text and what the rule must say about it; it stands in `line` of `path`, the rule's own file when empty."""

    name: str
    text: str
    findings: tuple[Expected, ...] = ()
    format: str = "text"
    language: str = ""
    line: int = 0
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A general rule: it judges every claim of a kind (and of the forms that `where` selects)."""

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
