"""The stretches of a sentence behind a number that may list what it counts: behind a colon, a dash, "namely"."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from audit.facts import TokenKind
from audit.relate.breakdown.listings import LEADS, OPEN_LISTS, is_numbered, until

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.facts import Token
    from audit.relate.clauses.structure import Clause, Mark

_REACH = 16
_AFTER = (TokenKind.COMMA, TokenKind.COLON)
_OPENERS = ("comprising", "focusing")


def regions(mark: Mark, clause: Clause) -> Iterator[tuple[str, Sequence[Token]]]:
    """Yield the stretches behind a number that may list what it counts, the surest first."""
    level = clause.outer
    tokens = level.tokens[bisect_left(level.tokens, (mark.index + 1,)) :]
    for position, (index, token) in enumerate(tokens[: _REACH + 8]):
        if token.kind is TokenKind.COMMA and position > _REACH // 2:
            return
        if token.kind in (TokenKind.FIGURE, TokenKind.STOP, TokenKind.SEMICOLON):
            return
        if token.kind is TokenKind.WORD and not token.cue:
            continue  # as most
        rest = [t for _, t in tokens[position + 1 :]]
        if token.kind is TokenKind.COLON:
            if not position and is_numbered(level, mark):
                return  # "Strategy 2: change the rules and the habits"
            yield "colon", until(rest, (TokenKind.STOP,))
            return
        if token.kind is TokenKind.DASH:
            yield "dash", until(rest, (TokenKind.STOP, TokenKind.DASH))
            return
        if token.cue == "focusing" and any(t.kind is TokenKind.COLON for t in rest[:_REACH]):
            continue  # "eight states have offices dealing with migrants: Oaxaca, ..."
        if token.cue in _OPENERS:
            begun = rest[1:] if rest and rest[0].kind in _AFTER else rest  # "namely, ...", "as follows: ..."
            yield token.cue, until(begun, (TokenKind.STOP, TokenKind.SEMICOLON))
            return
        if token.cue in OPEN_LISTS:
            return
        if token.kind is TokenKind.OPEN and position <= 5:
            inner = next((x for x in clause.levels if x.opened == index), None)
            # "five polymorphisms of three genes (A, B and C)" may list either
            plain = inner is not None and not inner.marks and all(t.cue != "of" for _, t in tokens[:position])
            if inner is not None and plain and inner.tokens[:1] and inner.tokens[0][1].cue != "then":
                yield "bracket", [t for _, t in inner.tokens]
        if token.cue in LEADS and position <= 7 and rest and rest[0].text[:1].isupper():
            yield "plain", until(rest, (TokenKind.STOP, TokenKind.SEMICOLON, TokenKind.DASH))
