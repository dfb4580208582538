"""A unit printed once: "9 million euros, of which health had 4.5 million and water 2.5 million"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audit.facts import TokenKind
from audit.quantity import Measure, Quantity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.facts import Sentence, Token

_SCALED = 1_000_000
_PERSON = "class.person"
_ENDS = frozenset({TokenKind.COMMA, TokenKind.SEMICOLON, TokenKind.STOP, TokenKind.CLOSE})


def lend_unit(sentence: Sentence) -> None:
    """Give the unit of a sentence to the millions behind it that name nothing of their own.

    "$3 million to help 7.8 million in need" names what it counts, and a second unit makes it doubtful.
    """
    tokens, unit, measure = sentence.tokens, "", Measure.MONEY
    for index in sentence.printed:
        fact = tokens[index].fact
        value = fact.value if fact is not None else None
        if fact is None or not isinstance(value, Quantity):
            continue
        if value.measure is Measure.MONEY or (value.measure is Measure.AMOUNT and value.unit):
            if unit and value.unit != unit:
                return
            unit, measure = value.unit, value.measure
        elif unit and _is_millions(value) and _PERSON not in fact.traits and _is_bare(tokens[index + 1 : index + 3]):
            tokens[index].fact = replace(fact, value=replace(value, measure=measure, unit=unit))


def _is_millions(value: Quantity) -> bool:
    return not value.unit and value.scale >= _SCALED and value.measure is Measure.COUNT


def _is_bare(behind: Sequence[Token]) -> bool:
    """Say whether nothing is named behind a figure, but the year that it is of: "to 25.2 billion in 2023"."""
    dated = len(behind) > 1 and behind[0].cue == "in" and behind[1].kind is TokenKind.DATE
    return not behind or behind[0].kind in _ENDS or behind[0].cue == "and" or dated
