"""Judges a citation: the target stands in the document, under the question it is said to answer, and runs upwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.findings import Verdict
from audit.judge.decision import Decision, span_of

if TYPE_CHECKING:
    from audit.claims import Claim

_UNSEEN = {
    "other": "it names a number of another text",
    "unsaid": "the sentence does not say which text it names",
    "annex": "the annex is not in the file",
    "self": "it cannot be told from the file",
}


def decide(claim: Claim) -> Decision:
    """Return the verdict on one citation."""
    if claim.form == "range":
        return _range(claim)
    return _target(claim)


def _range(claim: Claim) -> Decision:
    (first,) = claim.role("first")
    (last,) = claim.role("last")
    holds = int(first.text) <= int(last.text)
    line = f"{first.text} is {'not ' if holds else ''}after {last.text}"
    name = f"{claim.detail['target']} {first.text} to {last.text}"
    return Decision(
        verdict=Verdict.EXACT if holds else Verdict.CONTRADICTED,
        at=span_of(first),
        equation=line,
        steps=(line,),
        fields={"target": name, "reason": line},
        grade="exact" if holds else "inconsistent",
    )


def _target(claim: Claim) -> Decision:
    cited = claim.role("cited")
    target, found = claim.detail["target"], claim.detail.get("found", "")
    name = f"{target} {' to '.join(operand.text for operand in cited)}"
    verdict, grade, line = Verdict.EXACT, "exact", f"{name} is in the document"
    if found == "no":
        verdict, grade = Verdict.CONTRADICTED, "inconsistent"
        line = f"the document counts {target}s 1 to {claim.detail['count']}; {claim.detail['missing']} is not there"
        name = f"{target} {claim.detail['missing']}"
    elif not found:
        verdict, grade = Verdict.NOT_CHECKABLE, "not_checkable"
        line = _UNSEEN[claim.detail["owner"]]
        if claim.detail.get("annex"):
            line = f"annex {claim.detail['annex']} is not in the file"
    elif claim.form == "governed":
        (question,) = claim.role("question")
        under = claim.detail["under"]
        holds = under == question.text
        line = f"{name} stands under {under or 'no question'}"
        if not holds:
            verdict, grade = Verdict.CONTRADICTED, "inconsistent"
            line += f", not under {question.text}"
    return Decision(
        verdict=verdict,
        at=span_of(cited[0]),
        equation=line,
        steps=(line,),
        fields={"target": name, "reason": line},
        grade=grade,
        reason=line if verdict is Verdict.NOT_CHECKABLE else "",
    )
