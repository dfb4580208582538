"""A currency that is printed once: "9 million euros, of which health had 4.5 million and water 2.5 million"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audit.facts import TokenKind
from audit.quantity import Measure, Quantity

if TYPE_CHECKING:
    from audit.facts import Sentence

_SCALED = 1_000_000
_ENDS = frozenset({TokenKind.COMMA, TokenKind.SEMICOLON, TokenKind.STOP, TokenKind.CLOSE})


def lend_currency(sentence: Sentence) -> None:
    """Give the currency of a sentence to the millions behind it that name nothing of their own.

    "$3 million to help 7.8 million in need" names what it counts, and a second currency makes it doubtful.
    """
    tokens, unit = sentence.tokens, ""
    for index in sentence.printed:
        fact = tokens[index].fact
        value = fact.value if fact is not None else None
        if fact is None or not isinstance(value, Quantity):
            continue
        if value.measure is Measure.MONEY:
            if unit and value.unit != unit:
                return
            unit = value.unit
        elif unit and not value.unit and value.scale >= _SCALED and value.measure is Measure.COUNT:
            after = tokens[index + 1] if index + 1 < len(tokens) else None
            bare = after is None or after.kind in _ENDS or after.cue == "and"
            if bare and not fact.traits:
                lent = replace(value, measure=Measure.MONEY, unit=unit)
                tokens[index].fact = replace(fact, value=lent)
