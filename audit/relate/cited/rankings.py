"""Rankings: "most in Alba (65), followed by Bruma (19) and Corvo (22)" tells a falling order that its figures keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind
from audit.facts import TokenKind
from audit.quantity import Hedge, Quantity
from audit.relate.clauses.operands import operand

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.facts import Fact, Facts, Token

_ENDS = (TokenKind.SEMICOLON, TokenKind.COLON, TokenKind.STOP)
_CONFIDENCE = 75


def rankings(bundle: Facts) -> Iterator[Claim]:
    """Yield the figures in brackets around each "followed by", in the order of the text."""
    for sentence in bundle.sentences:
        if "then" not in sentence.cues or TokenKind.OPEN not in sentence.kinds:
            continue
        tokens = sentence.tokens
        at = next(i for i, t in enumerate(tokens) if t.cue == "then")
        end = next((i for i in range(at, len(tokens)) if tokens[i].kind in _ENDS), len(tokens))
        behind = list(_bracketed(tokens[at:end]))
        before = list(_bracketed(tokens[:at]))[-1:]
        if not behind or len(before) + len(behind) < 2 or not _is_one_sort([*before, *behind]):
            continue
        ranked = [operand("ranked", fact, bundle.document) for fact in (*before, *behind)]
        yield Claim(
            kind=ClaimKind.NUMBERING,
            form="ranked",
            document=bundle.document.path,
            start=sentence.start,
            end=ranked[-1].end,
            operands=tuple(ranked),
            basis=Basis(cue="then", confidence=_CONFIDENCE, reasons=("told one after the other by their size",)),
        )


def _bracketed(tokens: Sequence[Token]) -> Iterator[Fact]:
    """Yield the figures that open a bracket, but for the ends of a range."""
    for index in range(1, len(tokens)):
        token = tokens[index]
        if token.kind is not TokenKind.FIGURE or token.fact is None or tokens[index - 1].kind is not TokenKind.OPEN:
            continue
        if index + 1 == len(tokens) or tokens[index + 1].kind is not TokenKind.DASH:
            yield token.fact


def _is_one_sort(facts: Sequence[Fact]) -> bool:
    """Say whether figures count the same, exactly: shares with shares, and no "over 20"."""
    values = [fact.value for fact in facts if isinstance(fact.value, Quantity)]
    sorts = {(value.measure, value.unit) for value in values}
    return len(values) == len(facts) and len(sorts) == 1 and all(value.hedge is Hedge.NONE for value in values)
