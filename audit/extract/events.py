"""What the words before a date say of it: a beginning or an end ("born in 1956"), a stated length, an age.

The words are those of the language file; a finder reads them as traits of the fact: `event.begin`, `event.end`,
`age`, and `lasting.month.18` on the first date behind "the 18-month period".
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audit.facts import TokenKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.extract.language import Language
    from audit.extract.reading import Reading
    from audit.facts import Token

_BETWEEN = frozenset({"in", "on", "at", "from", "during", "article", "of"})
_LEADS = frozenset({"from", "between", "to"})
_REACH = 4
_LONGEST = 200


def mark_events(reading: Reading) -> None:
    """Add what the words before each date say to the facts of a sentence that holds one."""
    out, language, age = reading.out, reading.language, False
    for index, token in enumerate(out):
        if token.kind is TokenKind.DATE:
            event = _event(out, index, language)
            age = age or bool(event)
            traits = [*([f"event.{event}"] if event else ()), *_lasting(out, index, language)]
        elif age and token.kind is TokenKind.FIGURE and _is_age(out, index, language):
            traits = ["age"]
        else:
            continue
        if traits and token.fact is not None:
            place = next(i for i in range(len(reading.facts) - 1, -1, -1) if reading.facts[i] is token.fact)
            token.fact = reading.facts[place] = replace(token.fact, traits=(*token.fact.traits, *traits))


def _event(out: Sequence[Token], index: int, language: Language) -> str:
    """Return "begin" or "end" for a date right behind such a verb: "was founded in 1956", "ended on 3 May 2020"."""
    for token in reversed(out[max(0, index - _REACH) : index]):
        if token.key in language.events:
            return language.events[token.key]
        if token.cue not in _BETWEEN and token.key not in language.date_joiners:
            return ""
    return ""


def _lasting(out: Sequence[Token], index: int, language: Language) -> list[str]:
    """Return the stated length of the period that begins with a date: "the five-year period from 2018 to 2022"."""
    for back in range(index - 1, max(-1, index - 1 - _REACH), -1):
        token = out[back]
        number, _, unit = token.key.partition("-") if token.kind is TokenKind.WORD else ("", "", "")
        if token.key in language.lengths and back >= 2 and out[back - 1].kind is TokenKind.DASH:
            number, unit = out[back - 2].text, token.key  # "18-month"
        length = int(number) if number.isdecimal() else language.numbers.get(number, 0)
        if token.key in language.terms:
            return [f"lasting.{language.terms[token.key]}"]  # "el plan quinquenal 2019-2023"
        if unit in language.lengths and 0 < length <= _LONGEST:
            return [f"lasting.{language.lengths[unit]}.{length}"]
        if token.kind not in (TokenKind.WORD, TokenKind.OPEN) and token.cue not in _LEADS | {"article"}:
            return []
    return []


def _is_age(out: Sequence[Token], index: int, language: Language) -> bool:
    """Say whether a figure is an age: "at the age of 54", "aged 54"."""
    before = out[max(0, index - 2) : index]
    return any(t.key in language.ages for t in before)
