"""What came of a claim: outcomes, findings, and the run that holds everything; counts are derived, never stored."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum
from typing import TYPE_CHECKING

from audit.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from audit.claims import Claim
    from audit.facts import Facts
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

    def states(self) -> dict[tuple[str, str], tuple[State, str]]:
        """Return, for each (document path, fact id), how the figure ended and why."""
        seen: dict[tuple[str, str], tuple[State, str]] = {}
        for outcome in self.outcomes:
            state, reason = _state_of(outcome)
            for operand in outcome.claim.operands:
                if operand.fact is None:
                    continue
                key = (operand.document, operand.fact.id)
                if key not in seen or _WEIGHT[state] > _WEIGHT[seen[key][0]]:
                    seen[key] = (state, reason)
        return {
            (bundle.document.path, fact.id): seen.get((bundle.document.path, fact.id)) or _unclaimed(fact.reason)
            for bundle in self.facts
            for fact in bundle.facts
        }


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
