"""What a growth is told by: the amount of its move, each year, a mean, or terms that its figures are not in."""

from __future__ import annotations

from itertools import chain, takewhile
from typing import TYPE_CHECKING

from audit.facts import TokenKind
from audit.quantity import Measure, Quantity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.facts import Token

_LETTERS = (TokenKind.WORD, TokenKind.CUE)
_YEARLY = ("annual", "average")
_SAID = 14  # tokens
_NAMED = 6
_MOVED = 4
_JOINED = 6
_SIGNED = frozenset("+-–−")
_MOVES = ("increase", "decrease")
_COUNTS = (Measure.COUNT, Measure.MONEY, Measure.AMOUNT)


def is_rebased(tokens: Sequence[Token], index: int) -> bool:
    """Say whether a growth is not that of the two figures beside it: told of each year, or in other terms.

    "An increase of 3 per cent in real terms, from 400 to 440 million"; "0.4 per cent a year", as a mean.
    """
    return _is_yearly(tokens, index) or _is_in_other_terms(tokens, index)


def _is_in_other_terms(tokens: Sequence[Token], index: int) -> bool:
    """Say whether what a semicolon or a stop parts from the rest tells a growth otherwise than its figures do."""
    before = takewhile(_goes_on, reversed(tokens[max(0, index - _SAID) : index]))
    after = takewhile(_goes_on, tokens[index + 1 : index + 1 + _SAID])
    return any(t.cue == "rebased" for t in chain(before, after))


def _goes_on(token: Token) -> bool:
    return token.kind not in (TokenKind.SEMICOLON, TokenKind.STOP)


def _is_yearly(tokens: Sequence[Token], index: int) -> bool:
    """Say whether a percentage is told of each year, or as a mean: "0.4 per cent a year", "0,4 % par an"."""
    before, after = tokens[max(0, index - 2) : index], tokens[index + 1 : index + 1 + _NAMED]
    if before and before[-1].cue in ("of", "by"):
        before = tokens[max(0, index - _MOVED) : index]  # "an annual increase of 3.8 per cent over six years"
    stop = next((p for p, t in enumerate(after) if t.kind not in _LETTERS or _compares(t)), len(after))
    return any(t.cue in _YEARLY for t in before) or any(t.cue in ("per", *_YEARLY) for t in after[:stop])


def _compares(token: Token) -> bool:
    """Say whether a word sets something against what follows: "12 per cent less than the average"."""
    return token.cue in ("than", "compared", "via") or (token.cue in ("more", "fewer") and " " in token.text)


def amount_of_move(tokens: Sequence[Token], index: int, also: tuple[str, ...] = ()) -> int:
    """Return where the amount stands that a percentage restates as a move, or 0: "a rise of $98, or 95 per cent".

    `also` names more words that may lead to it: "subió en 655 personas (0,6 %)", where "rose in 12 towns" has none.
    """
    place, apart = index - 1, False
    if place > 1 and tokens[place].kind is TokenKind.WORD and tokens[place - 1].kind is TokenKind.COMMA:
        place -= 1  # "subió en 655 personas, un 0,6 %"
    if place > 1 and tokens[place - 1].kind is TokenKind.OPEN and tokens[place].text in _SIGNED:
        place -= 1  # "diminue de 24 300 (– 0,8 %)"
    while place > 0 and index - place <= _JOINED and tokens[place].kind is not TokenKind.FIGURE:
        token = tokens[place]
        apart = apart or token.kind in (TokenKind.COMMA, TokenKind.OPEN)
        # "an increase of 264,810 offences, which is equivalent to 23.5 per cent"
        joined = token.cue in ("or", "article", "relative", "verb", "to", "that_is") or token.kind in (
            TokenKind.COMMA,
            TokenKind.OPEN,
        )
        word = token.kind is TokenKind.WORD and (apart or tokens[place + 1].cue == "to")  # "which is equivalent to"
        if not joined and not word:  # "by 120,000 jobs, or 2.5 per cent"
            return 0
        place -= 1
    fact = tokens[place].fact if place > 0 else None
    amount = isinstance(fact.value, Quantity) and fact.value.measure in _COUNTS if fact is not None else False
    lead = tokens[max(0, place - _MOVED) : place]
    moved = bool(lead) and lead[-1].cue in ("of", "by", "from", *_MOVES, *also) and any(t.cue in _MOVES for t in lead)
    return place if amount and moved else 0
