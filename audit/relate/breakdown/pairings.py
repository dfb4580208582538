"""Pairings: "Alba, Bruma and Corvo held meetings on 3, 5 and 9 May, respectively" has one value for each name."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind, Operand
from audit.facts import TokenKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.facts import Token
    from audit.relate.clauses.structure import Clause, Paragraph

_LABEL = 3  # words between the last value and "respectively"
_VALUES = (TokenKind.DATE, TokenKind.FIGURE)
_LISTS = 3
_FITS, _UNEVEN = 75, 60  # names may hold a comma of their own ("Alba, Norte"), so that a gap is no more than a note
_FEWER = 72  # ... and are never fewer than they look, where the list begins in the words before it


def pairings(clause: Clause, paragraph: Paragraph) -> Iterator[Claim]:
    """Yield the values told respectively of a list of names, with the number of names as what they must match."""
    if "respectively" not in clause.sentence.cues:
        return
    tokens, document = clause.sentence.tokens, paragraph.document
    at = next(i for i, t in enumerate(tokens) if t.cue == "respectively")
    first, last = _values(tokens, at)
    number = sum(t.kind in _VALUES for t in tokens[first : last + 1])
    names = _names(tokens[:first])
    fewer = 1 < len(names) < number and _is_whole(tokens, names[0])
    uneven = len(names) != number and min(len(names), number) < _LISTS and not fewer
    if number < 2 or len(names) < 2 or uneven:
        return
    start, end = tokens[first].start, tokens[last].end
    stated = Operand(
        role="stated",
        text=document.text[start:end],
        document=document.path,
        start=start,
        end=end,
        value=Decimal(number),
    )
    left, right = names[0][0].start, names[-1][0].end
    listed = Operand(role="listed", text=document.text[left:right], document=document.path, start=left, end=right)
    yield Claim(
        kind=ClaimKind.COUNT,
        form="respectively",
        document=document.path,
        start=clause.sentence.start,
        end=tokens[at].end,
        operands=(stated, listed),
        basis=Basis(
            cue="respectively",
            confidence=_FITS if len(names) == number else _FEWER if fewer else _UNEVEN,
            reasons=("values told of names respectively",),
        ),
        detail={"low": str(len(names)), "high": str(len(names))},
    )


def _is_whole(tokens: Sequence[Token], first: Sequence[Token]) -> bool:
    """Say whether nothing of a list can stand before its first name: no comma or "and" does."""
    at = next(i for i, t in enumerate(tokens) if t is first[0])
    return not any(t.kind is TokenKind.COMMA or t.cue == "and" for t in tokens[:at])


def _values(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    """Return the first and the last token of the values before "respectively"; an empty range when there are none."""
    last = at - 1
    while last > 0 and at - last <= _LABEL + 1 and tokens[last].kind in (TokenKind.COMMA, TokenKind.WORD):
        last -= 1
    first = last
    while first > 0 and (tokens[first].kind in (*_VALUES, TokenKind.COMMA) or tokens[first].cue == "and"):
        first -= 1
    first += 1
    while first <= last and tokens[first].kind not in _VALUES:
        first += 1
    return (first, last) if first <= last and tokens[last].kind in _VALUES else (at, at - 1)


def _names(tokens: Sequence[Token]) -> list[Sequence[Token]]:
    """Return the names of the last list before the values: those that commas divide, and the two around its "and"."""
    plain: list[Token] = []
    depth = 0
    for token in tokens:
        depth += (token.kind is TokenKind.OPEN) - (token.kind is TokenKind.CLOSE)
        if not depth and token.kind is not TokenKind.CLOSE:
            plain.append(token)
    joint = max((i for i, t in enumerate(plain) if t.cue == "and"), default=-1)
    if joint < 1 or any(t.kind is TokenKind.FIGURE for t in plain):
        return []
    final, items = _name(plain[joint + 1 :]), _items(plain[:joint])
    return [*items, final] if final and items else []


def _items(tokens: Sequence[Token]) -> list[Sequence[Token]]:
    """Return the names at the end of a stretch, each from a comma on: what is no name begins before the list."""
    chunks: list[list[Token]] = [[]]
    for token in tokens:
        if token.kind in (TokenKind.COMMA, TokenKind.SEMICOLON, TokenKind.COLON):
            chunks.append([])
        else:
            chunks[-1].append(token)
    if not chunks[-1]:
        chunks.pop()  # the comma before "and"
    found: list[Sequence[Token]] = []
    for chunk in reversed(chunks):
        name = _name(chunk)
        if name:
            found.insert(0, name)
            continue
        tail = _tail(chunk)
        return [tail, *found] if tail else found
    return found


def _name(chunk: Sequence[Token]) -> Sequence[Token]:
    """Return a chunk from its first capital on, an article left out, or nothing when it opens otherwise."""
    rest = chunk[1:] if chunk and chunk[0].cue == "article" else chunk
    return rest if rest and rest[0].kind is TokenKind.WORD and rest[0].text[:1].isupper() else ()


def _tail(chunk: Sequence[Token]) -> Sequence[Token]:
    """Return the name that a chunk ends with: "the cities of Masisi"."""
    start = len(chunk)
    while start and chunk[start - 1].kind is TokenKind.WORD and chunk[start - 1].text[:1].isupper():
        start -= 1
    return chunk[start:]
