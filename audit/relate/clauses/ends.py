"""The two ends of a period: which figure words or dates tell of its beginning, and which of its end."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from audit.facts import TokenKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.facts import Token
    from audit.relate.clauses.structure import Clause, Mark

_LEAD = 8
_BEHIND = 7
_BOUNDS = (TokenKind.FIGURE, TokenKind.SEMICOLON, TokenKind.STOP)
_OPENING = frozenset({"opening"})
_CLOSING = frozenset({"closing", "as_of", "leaving"})


def are_ends(first: Mark, last: Mark, clauses: tuple[Clause, Clause]) -> bool:
    """Say whether one figure opens a period and another closes it: by a word, or both by a date.

    "opened the year with 120 ... closed it with 125"; "84 on 1 January; ... 88 on 31 December".
    """
    start, end = list(_beside(first, clauses[0])), list(_beside(last, clauses[1]))
    dated = is_dated(first, clauses[0]) and is_dated(last, clauses[1])
    opened, closed = (any(t.cue in cues for t in s) for s, cues in ((start, _OPENING), (end, _CLOSING)))
    return (opened and closed) or (dated and not any(t.cue == "from" for t in start))


def is_dated(mark: Mark, clause: Clause) -> bool:
    """Say whether a figure is told with a date: each of "12 in 2016, 15 in 2017 and 18 in 2018" is."""
    return any(t.kind is TokenKind.DATE for t in _beside(mark, clause))


def _beside(mark: Mark, clause: Clause) -> Iterator[Token]:
    """Yield the tokens on either side of a figure, up to the next figure or the end of what is said of it."""
    tokens = clause.sentence.tokens
    before = reversed(tokens[max(0, mark.index - _LEAD) : mark.index])
    return chain(_until(before), _until(iter(tokens[mark.index + 1 : mark.index + 1 + _BEHIND])))


def _until(side: Iterator[Token]) -> Iterator[Token]:
    for token in side:
        if token.kind in _BOUNDS:
            return
        yield token
