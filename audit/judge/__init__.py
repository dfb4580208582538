"""From claims and rules to outcomes: each kind of claim has one judge, each outcome the first rule that covers it.

A judge never sees a rule and a rule never computes: `where` only selects by what the finder saw (`form`), by the
class of the verdict (`grade`) and by where the claim stands (`place`: prose, table or note).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from audit.claims import ClaimKind
from audit.findings import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from audit.claims import Claim
    from audit.judge.decision import Decision
    from audit.rules import Rule

_MODULES = {
    ClaimKind.SUM: "sums",
    ClaimKind.DIFFERENCE: "differences",
    ClaimKind.COUNT: "counts",
    ClaimKind.SHARE: "shares",
    ClaimKind.SUBSET: "subsets",
    ClaimKind.CHANGE: "changes",
    ClaimKind.AVERAGE: "averages",
    ClaimKind.CHRONOLOGY: "chronology",
    ClaimKind.REPEAT: "repeat",
    ClaimKind.REFERENCE: "reference",
    ClaimKind.NUMBERING: "numbering",
    ClaimKind.UNIT: "units",
    ClaimKind.FOOTING: "footing",
    ClaimKind.STATISTIC: "statistics",
    ClaimKind.EDITION: "editions",
}

# What statements say of data, which the libraries have decided.
_STATED = {ClaimKind.SCHEMA: "records", ClaimKind.SUITE: "records", ClaimKind.QUERY: "records"}


def judge(claims: Iterable[Claim], rules: Sequence[Rule]) -> Iterator[Outcome]:
    """Yield the outcome of each claim under the first rule that covers it (without a rule when none does)."""
    by_kind: dict[ClaimKind, list[Rule]] = {}
    stated = {rule.name: rule for rule in rules if rule.statement is not None}
    for rule in sorted(rules, key=lambda r: -len(r.where)):  # a rule that selects goes before one that takes all
        if rule.statement is None:
            by_kind.setdefault(rule.claim, []).append(rule)
    deciders: dict[ClaimKind, Callable[[Claim], Decision]] = {}
    for claim in claims:
        if "statement" in claim.detail:
            judging = _STATED.get(claim.kind, "statements") if claim.form != "tie" else "tie"
            yield import_module(f"audit.judge.{judging}").outcome_of(claim, stated)
            continue
        if claim.kind is ClaimKind.FORM:
            yield import_module("audit.judge.forms").outcome_of(claim, {rule.name: rule for rule in rules})
            continue
        if claim.kind is ClaimKind.STATISTIC and claim.kind not in by_kind:
            continue  # asked for by its own pack only
        decide = deciders.get(claim.kind)
        if decide is None:
            decide = deciders[claim.kind] = import_module(f"audit.judge.{_MODULES[claim.kind]}").decide
        decision = decide(claim)
        yield Outcome(
            claim=claim,
            rule=next((r for r in by_kind.get(claim.kind, ()) if _covers(r, claim, decision)), None),
            verdict=decision.verdict,
            at=decision.at,
            equation=decision.equation,
            steps=decision.steps,
            fields={"form": claim.form, **decision.fields},
            gap=decision.gap,
            allowance=decision.allowance,
            grade=decision.grade,
            reason=decision.reason,
        )


def _covers(rule: Rule, claim: Claim, decision: Decision) -> bool:
    seen = {"form": claim.form, "grade": decision.grade, "place": claim.detail.get("place", "prose")}
    return all(seen.get(key, "") in wanted for key, wanted in rule.where.items())
