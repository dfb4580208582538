"""Judges a relation that a statement declares, on the intervals its figures stand for.

`==` means consistent within what rounding leaves open, and is decided by the arithmetic every other judge uses;
`exactly` forgives nothing. `<` and its kin are contradicted only when no values in the intervals can satisfy them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audit.expressions import EXACTLY, Call, Name, Number, parse
from audit.findings import Outcome, Verdict
from audit.judge.compared import compared
from audit.judge.decision import VERDICTS, Decision, span_of, span_of_claim
from audit.judge.values import Reading, UnreadableError
from audit.judge.wording import joined, quotient, style_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from audit.claims import Claim, Operand
    from audit.expressions import Comparison, Node
    from audit.judge.values import Value
    from audit.judge.wording import Style
    from audit.model import Span
    from audit.rules import Rule

_FALSE = {"==": "≠", "!=": "=", "<=": ">", ">=": "<", "<": "≥", ">": "≤", EXACTLY: "≠"}
_TRUE = {"==": "=", "!=": "≠", "<=": "≤", ">=": "≥", "<": "<", ">": ">", EXACTLY: "="}
_MOST = 12  # figures of a list that a message names


def outcome_of(claim: Claim, rules: Mapping[str, Rule]) -> Outcome:
    """Return the outcome of a statement's claim under the statement itself."""
    rule = rules.get(claim.detail["statement"])
    decision = _moved(claim) if claim.form in ("lost", "doubled") else decide(claim)
    if rule is not None and claim.form in ("lost", "doubled"):
        rule = replace(rule, message="{says}")
    return Outcome(
        claim=claim,
        rule=rule,
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


def decide(claim: Claim) -> Decision:
    """Return the verdict on one relation of a statement."""
    (relation,) = parse(claim.detail["relation"])
    at = span_of(claim.operands[0]) if claim.operands else span_of_claim(claim)
    if "absent" in claim.detail:
        return Decision(
            verdict=Verdict.NOT_CHECKABLE, at=at, equation=relation.text, grade="not_checkable",
            reason=claim.detail["absent"],
        )  # fmt: skip
    figures = _figures(claim)
    style = style_of([o for o in claim.operands if o.value is not None])
    reading = Reading(figures, style)
    try:
        left, right = reading.value(relation.left), reading.value(relation.right)
        said = compared(relation.sign, left, right)
    except UnreadableError as fault:
        return Decision(
            verdict=Verdict.NOT_CHECKABLE, at=at, equation=relation.text, grade="not_checkable", reason=str(fault)
        )
    verdict = VERDICTS[said.grade]
    if relation.sign == "==" and not said.gap and not said.dated:
        verdict = Verdict.EXACT
    line = _line(relation, (left, right), style, holds=verdict.holds)
    steps = [line]
    if verdict is not Verdict.EXACT and said.gap and relation.sign in ("==", EXACTLY):
        steps.append(f"{quotient(abs(said.gap), style)} apart")
        steps.append(
            f"rounding can explain {quotient(said.allowance, style)}"
            if said.allowance and relation.sign == "=="
            else ("no figure is rounded" if relation.sign == "==" else "rounding is not forgiven here")
        )
    return Decision(
        verdict=verdict,
        at=_at(claim, relation, figures),
        equation=line,
        steps=tuple(steps),
        fields=_fields(relation, (left, right), figures, style)
        | {"gap": quotient(abs(said.gap), style), "equation": line},
        gap=said.gap if not said.dated else None,
        allowance=said.allowance if not said.dated else None,
        grade=said.grade,
        reason="its figures leave it open" if verdict is Verdict.UNDECIDED else "",
    )


def _moved(claim: Claim) -> Decision:
    at = span_of(claim.operands[0]) if claim.operands else span_of_claim(claim)
    says = claim.detail["says"]
    waiting = tuple(f"not judged: {text}" for text in claim.detail["using"].split("\n") if text)
    return Decision(
        verdict=Verdict.CONTRADICTED,
        at=at,
        equation=says,
        steps=(says, *waiting),
        fields={"says": says},
        grade="inconsistent",
    )


def _figures(claim: Claim) -> dict[str, tuple[Operand, ...]]:
    found: dict[str, tuple[Operand, ...]] = {}
    for name, operand in zip(claim.detail["names"].split(), claim.operands, strict=True):
        found[name] = (*found.get(name, ()), operand)
    return found


def _at(claim: Claim, relation: Comparison, figures: Mapping[str, tuple[Operand, ...]]) -> Span:
    """Return where a finding stands: on the figure that stands alone on one side, else on the first."""
    for side in (relation.left, relation.right):
        if isinstance(side, Name) and figures.get(side.name):
            return span_of(figures[side.name][0])
    return span_of(claim.operands[0]) if claim.operands else span_of_claim(claim)


def _line(relation: Comparison, sides: tuple[Value, Value], style: Style, *, holds: bool) -> str:
    """Return the arithmetic as one line that is true: "47 ≠ 27 + 40 = 67"."""
    sign = (_TRUE if holds else _FALSE)[relation.sign]
    left, right = (_side(node, side, style) for node, side in zip((relation.left, relation.right), sides, strict=True))
    return f"{left} {sign} {right}"


def _side(node: Node, side: Value, style: Style) -> str:
    if side.period is not None or isinstance(node, Name | Number):
        return side.shown
    if isinstance(node, Call) and node.function in ("count", "min", "max", "abs"):
        return side.shown
    return f"{side.shown} = {side.printed(style)}"


def _fields(
    relation: Comparison, sides: tuple[Value, Value], figures: Mapping[str, tuple[Operand, ...]], style: Style
) -> dict[str, str]:
    swapped = isinstance(relation.right, Name) and not isinstance(relation.left, Name)
    stated, other = (sides[1], sides[0]) if swapped else sides
    node = relation.right if swapped else relation.left
    words = {name: _words(operands) for name, operands in figures.items()}
    return {
        **words,
        "stated": words[node.name] if isinstance(node, Name) else stated.printed(style),
        "computed": other.printed(style),
        "left": _side(relation.left, sides[0], style),
        "right": _side(relation.right, sides[1], style),
    }


def _words(operands: Sequence[Operand]) -> str:
    if len(operands) > _MOST:
        return f"{len(operands)} figures"
    return joined([operand.text for operand in operands]) if operands else ""
