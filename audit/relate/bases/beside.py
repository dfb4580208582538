"""Bases that a looser wording names: told behind a colon, before a bracket, or further before "of which".

Words tie part and base less surely here than "57 of the 67" does. What they name is taken only where the share is
right, or would be but for one typing error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.facts import TokenKind
from audit.quantity import Measure
from audit.relate.clauses.structure import is_drawn_from

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.facts import Token
    from audit.relate.clauses.structure import Level, Mark

_LEAD = 5
_FAR = 9
_PAIR = 2
_PLAIN = ("article", "verb", "of", "from", "in", "only", "nearly", "about")
_COUNTS = (Measure.COUNT, Measure.MONEY)


def loose_bases(share: Mark, level: Level) -> Iterator[tuple[Mark, Mark]]:
    """Yield (part, base) of a percentage as looser words name them."""
    yield from _behind_colon(share, level)
    inner = share.level or level
    if inner.depth and len(inner.marks) == _PAIR and inner.marks[0].value.measure in _COUNTS:
        if inner.marks[1] is share and not inner.between(share.index, share.index + _PAIR):
            yield from _before_bracket(inner.marks[0], inner)
    elif share.bracketed and not inner.depth:
        beside = [m for m in inner.marks if m.index < share.index and not m.bracketed]
        if beside and share.index - beside[-1].index <= _LEAD:
            yield from _of_which(beside[-1])


def _behind_colon(share: Mark, level: Level) -> Iterator[tuple[Mark, Mark]]:
    """Read "Turnout was 68.4 per cent: 41,040 of the 60,000 voters cast a ballot"."""
    after = level.between(share.index, share.index + _PAIR)
    following = [m for m in level.marks if m.index > share.index][:_PAIR]
    if len(following) < _PAIR or not after or after[0].kind not in (TokenKind.COLON, TokenKind.DASH):
        return
    part, base = following
    near = part.index - share.index <= _LEAD
    if near and part.value.measure in _COUNTS and part.sort == base.sort and is_drawn_from(level, part, base):
        yield part, base


def _before_bracket(part: Mark, inner: Level) -> Iterator[tuple[Mark, Mark]]:
    """Read "191 teachers (26 women, 14 per cent)"."""
    outer = inner.parent
    before = [m for m in outer.marks if m.index < inner.opened and not m.bracketed] if outer is not None else []
    if outer is None or not before or before[-1].sort != part.sort:
        return
    if inner.opened - before[-1].index <= _LEAD and _is_plain(outer.between(before[-1].index, inner.opened)):
        yield part, before[-1]


def _of_which(part: Mark) -> Iterator[tuple[Mark, Mark]]:
    """Read "365 orders were asked for, of which the judges granted 246 (67 per cent)"."""
    level = part.level
    before = [m for m in level.marks if m.index < part.index and not m.bracketed] if level is not None else []
    if level is None or not before or before[-1].sort != part.sort:
        return
    gap = level.between(before[-1].index, part.index)
    at = next((p for p, t in enumerate(gap) if t.cue == "of_whom"), -1)
    if at >= 0 and len(gap) - at <= _FAR and _is_plain(gap[at + 1 :]):
        yield part, before[-1]


def _is_plain(tokens: list[Token]) -> bool:
    """Say whether nothing but words stands between two figures."""
    return all(t.kind is TokenKind.WORD or t.cue in _PLAIN for t in tokens)
