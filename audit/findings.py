"""What came of a claim: outcomes, findings, and the run that holds everything; counts are derived, never stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from audit.records import StrEnum, dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from audit.claims import Claim
    from audit.facts import Fact, Facts
    from audit.model import Document, Gap, Span
    from audit.rules import Rule, Severity


class Verdict(StrEnum):
    """What the arithmetic says about a claim."""

    EXACT = "exact"
    WITHIN_ROUNDING = "within_rounding"
    TRUNCATION_ONLY = "truncation_only"
    CONTRADICTED = "contradicted"
    UNDECIDED = "undecided"
    NOT_CHECKABLE = "not_checkable"

    @property
    def holds(self) -> bool:
        """Say whether the claim was re-computed and found true."""
        return self in (Verdict.EXACT, Verdict.WITHIN_ROUNDING)


class State(StrEnum):
    """How a figure ends in the ledger."""

    VERIFIED = "verified"
    CONTRADICTED = "contradicted"
    UNCHECKED = "unchecked"
    IGNORED = "ignored"


class Status(StrEnum):
    """Whether a finding counts: baselined and waived findings are shown but do not fail a run."""

    OPEN = "open"
    BASELINED = "baselined"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A claim as one rule judged it.

    `at` is the span the finding stands on (the stated figure); `fields` fill the rule's message; `steps` are
    the arithmetic as lines of text; `gap` is stated minus computed, `allowance` how much of it rounding may
    explain; `grade` is the finer class of the verdict.
    """

    claim: Claim
    rule: Rule | None
    verdict: Verdict
    at: Span
    equation: str = ""
    steps: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    gap: Fraction | None = None
    allowance: Fraction | None = None
    grade: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One edit that would make the claim hold; `start` and `end` span the figure's characters."""

    start: int
    end: int
    old: str
    new: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something a person must look at: rule, severity, message, the words it stands on and the arithmetic."""

    fingerprint: str
    rule: Rule
    severity: Severity
    message: str
    at: Span
    outcome: Outcome
    also: tuple[Span, ...] = ()
    steps: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    status: Status = Status.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run over one or more documents; everything a report shows is derived from it."""

    documents: tuple[Document, ...]
    facts: tuple[Facts, ...]
    rules: tuple[Rule, ...]
    outcomes: tuple[Outcome, ...]
    findings: tuple[Finding, ...]
    gaps: tuple[Gap, ...]

    def states(self) -> States:
        """Return, for each (document path, fact id), how the figure ended and why."""
        return States(self)


class States(Mapping[tuple[str, str], tuple["State", str]]):
    """How each figure of a run ended, by document path and fact id; to count them no fact of a large table is made."""

    def __init__(self, run: Run) -> None:
        self._bundles = {bundle.document.path: bundle for bundle in run.facts}
        self._named = {path: {fact.id: fact for fact in bundle.written} for path, bundle in self._bundles.items()}
        self._seen: dict[tuple[str, str], tuple[State, str]] = {}
        self._starts: dict[str, dict[str, int]] = {path: {} for path in self._bundles}  # of those, by fact id
        self._covered: dict[str, set[int]] = {path: set() for path in self._bundles}
        for outcome in run.outcomes:
            claim, said = outcome.claim, _state_of(outcome)
            for operand in claim.operands:
                if operand.fact is not None:
                    key = (operand.document, operand.fact.id)
                    self._starts.setdefault(operand.document, {})[operand.fact.id] = operand.fact.start
                    if key not in self._seen or _WEIGHT[said[0]] > _WEIGHT[self._seen[key][0]]:
                        self._seen[key] = said
            if claim.covers and outcome.verdict.holds:
                self._covered[claim.document].update(claim.covers)

    def _of(self, path: str, fact: Fact) -> tuple[State, str]:
        seen = self._seen.get((path, fact.id))
        if fact.start in self._covered[path] and (seen is None or seen[0] is State.UNCHECKED):
            return State.VERIFIED, COVERED
        return seen or _unclaimed(fact.reason)

    def __getitem__(self, key: tuple[str, str]) -> tuple[State, str]:
        path, name = key
        fact = self._named[path].get(name)
        if fact is None:
            fact = self._bundles[path].facts[int(name[1:]) - 1]  # the number of a bare one is its place
        return self._of(path, fact)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return ((path, fact.id) for path, bundle in self._bundles.items() for fact in bundle.facts)

    def __len__(self) -> int:
        return sum(len(bundle.facts) for bundle in self._bundles.values())

    def counts(self) -> Counter[State]:
        """Return how many figures ended in each state."""
        counted: Counter[State] = Counter()
        for path, bundle in self._bundles.items():
            counted.update(self._of(path, fact)[0] for fact in bundle.written)
            if len(bundle.written) < len(bundle.facts):
                counted.update(self._bare(path, bundle))
        return counted

    def _bare(self, path: str, bundle: Facts) -> Counter[State]:
        """Count the bare numbers of large tables: those some claim names, those that are covered, and all others."""
        words = {fact.id: fact.start for fact in bundle.written}
        named = {name: start for name, start in self._starts[path].items() if name not in words}
        covered = self._covered[path]
        counted = Counter(
            State.VERIFIED if start in covered and state is State.UNCHECKED else state
            for name, start in named.items()
            for state in [self._seen[path, name][0]]
        )
        counted[State.VERIFIED] += len(covered.difference(words.values(), named.values()))
        counted[State.UNCHECKED] += len(bundle.facts) - len(words) - counted.total()
        return counted


COVERED = "the footing holds"
MEANT = 40  # the least confidence (0 to 100) that a relation was meant; below it a failed one says nothing
_WEIGHT = {State.CONTRADICTED: 3, State.VERIFIED: 2, State.UNCHECKED: 1, State.IGNORED: 0}


def _state_of(outcome: Outcome) -> tuple[State, str]:
    kind = outcome.claim.kind.value
    if outcome.verdict is Verdict.CONTRADICTED or outcome.verdict is Verdict.TRUNCATION_ONLY:
        if outcome.claim.basis.confidence < MEANT:
            return State.UNCHECKED, f"a {kind} that may not be meant does not hold"
        return State.CONTRADICTED, f"the {kind} does not hold"
    if outcome.verdict.holds:
        return State.VERIFIED, f"the {kind} holds"
    return State.UNCHECKED, outcome.reason or f"the {kind} could not be decided"


def _unclaimed(reason: str) -> tuple[State, str]:
    return (State.IGNORED, reason) if reason else (State.UNCHECKED, "nothing else in the text says what it must be")
