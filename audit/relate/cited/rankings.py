"""Rankings: "most in Alba (65), followed by Bruma (19) and Corvo (22)" tells a falling order that its figures keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind
from audit.facts import TokenKind
from audit.quantity import Hedge, Measure, Quantity
from audit.relate.clauses.operands import operand

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from audit.facts import Fact, Facts, Token

_ENDS = (TokenKind.SEMICOLON, TokenKind.COLON, TokenKind.STOP)
_CONFIDENCE = 75
_NEAR = 3  # a figure and the words of its noun


def rankings(bundle: Facts) -> Iterator[Claim]:
    """Yield the figures in brackets around each "followed by", in the order of the text."""
    for sentence in bundle.sentences:
        if TokenKind.OPEN not in sentence.kinds:
            continue
        if "then" in sentence.cues:
            facts = _followed(sentence.tokens)
        elif "descending" in sentence.cues:
            facts = _descending(sentence.tokens)
        else:
            continue
        if len(facts) < 2 or not _is_one_sort(facts) or _are_ranked_by_rate(facts, sentence.tokens):
            continue
        ranked = [operand("ranked", fact, bundle.document) for fact in facts]
        yield Claim(
            kind=ClaimKind.NUMBERING,
            form="ranked",
            document=bundle.document.path,
            start=sentence.start,
            end=ranked[-1].end,
            operands=tuple(ranked),
            basis=Basis(cue="then", confidence=_CONFIDENCE, reasons=("told one after the other by their size",)),
        )


def _followed(tokens: Sequence[Token]) -> list[Fact]:
    """Return what "followed by" ranks: the last figure in a bracket before it, and those behind it."""
    at = next(i for i, t in enumerate(tokens) if t.cue == "then")
    end = next((i for i in range(at, len(tokens)) if tokens[i].kind in _ENDS), len(tokens))
    behind = list(_bracketed(tokens[at:end]))
    return _ranked([*list(_bracketed(tokens[:at]))[-1:], *behind]) if behind else []


def _descending(tokens: Sequence[Token]) -> list[Fact]:
    """Return what is told "in descending order:", of no other thing than its figures ("of age")."""
    at = next(i for i, t in enumerate(tokens) if t.cue == "descending") + 1
    if at == len(tokens) or tokens[at].kind not in (TokenKind.COLON, TokenKind.COMMA):
        return []
    end = next((i for i in range(at + 1, len(tokens)) if tokens[i].kind in _ENDS), len(tokens))
    return _ranked(list(_bracketed(tokens[at:end])))


def _bracketed(tokens: Sequence[Token]) -> Iterator[tuple[Fact | None, Fact]]:
    """Yield the figures that open a bracket, but for the ends of a range, each behind the figure it stands beside."""
    for index in range(1, len(tokens)):
        token = tokens[index]
        if token.kind is not TokenKind.FIGURE or token.fact is None or tokens[index - 1].kind is not TokenKind.OPEN:
            continue
        if index + 1 == len(tokens) or tokens[index + 1].kind is not TokenKind.DASH:
            yield _beside(tokens[max(0, index - 1 - _NEAR) : index - 1]), token.fact


def _beside(tokens: Sequence[Token]) -> Fact | None:
    """Return the figure that a bracket follows, with its noun or without: "97 people (5.9 per cent)"."""
    for token in reversed(tokens):
        if token.kind is TokenKind.FIGURE:
            aged = token.fact is not None and any(trait.startswith("span.") for trait in token.fact.traits)
            return None if aged else token.fact  # "those of 50 to 59 years (4 per cent)"
        if token.kind is not TokenKind.WORD or token.cue:
            return None
    return None


def _ranked(pairs: Sequence[tuple[Fact | None, Fact]]) -> list[Fact]:
    """Return what is ranked: the figures in brackets, or those before them, whose growth the brackets tell."""
    outer = [fact for fact, _ in pairs if fact is not None]
    if not outer:
        return [fact for _, fact in pairs]
    return outer if len(outer) == len(pairs) else []


def _are_ranked_by_rate(facts: Sequence[Fact], tokens: Sequence[Token]) -> bool:
    """Say whether rates beside counts are what is ranked: "A (3137 [9.5%]), followed by B (9136 [8.3%])"."""
    rates: list[Decimal] = []
    for fact in facts:
        at = next((i for i, t in enumerate(tokens) if t.fact is fact), len(tokens))
        behind = tokens[at + 1 : at + 1 + _NEAR]
        rate = next((t.fact for t in behind if t.kind is TokenKind.FIGURE and t.fact is not None), None)
        if rate is None or not isinstance(rate.value, Quantity) or rate.value.measure is not Measure.PERCENT:
            return False
        rates.append(rate.value.value)
    return rates == sorted(rates, reverse=True)


def _is_one_sort(facts: Sequence[Fact]) -> bool:
    """Say whether figures count the same, exactly: shares with shares, and no "over 20"."""
    values = [fact.value for fact in facts if isinstance(fact.value, Quantity)]
    sorts = {(value.measure, value.unit) for value in values}
    return len(values) == len(facts) and len(sorts) == 1 and all(value.hedge is Hedge.NONE for value in values)
