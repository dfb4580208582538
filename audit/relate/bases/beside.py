"""Bases that a looser wording names: told behind a colon, before a bracket, or further before "of which".

Words tie part and base less surely here than "57 of the 67" does. What they name is taken only where the share is
right, or would be but for one typing error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.facts import TokenKind
from audit.quantity import Measure
from audit.relate.bases.restated import COUNTS
from audit.relate.clauses.nearby import begins_range
from audit.relate.clauses.structure import is_drawn_from
from audit.relate.comparisons import WAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.facts import Token
    from audit.relate.clauses.structure import Level, Mark, Paragraph

_LEAD = 5
_FAR = 9
_PAIR = 2
_NAMED = 6
_PLAIN = ("article", "verb", "of", "from", "in", "only", "nearly", "about")
_SAID = ("or", "that_is", "comprising", "verb")
_APART = (TokenKind.COLON, TokenKind.DASH, TokenKind.COMMA)
_COUNTS = (Measure.COUNT, Measure.MONEY)


def loose_bases(share: Mark, level: Level, paragraph: Paragraph, position: int) -> Iterator[tuple[Mark, Mark]]:
    """Yield (part, base) of a percentage as looser words name them."""
    yield from _behind_colon(share, level)
    yield from _behind_relative(share, level)
    yield from _against(share, level)
    inner = share.level or level
    if inner.depth and len(inner.marks) == _PAIR and inner.marks[0].value.measure in _COUNTS:
        if inner.marks[1] is share and not inner.between(share.index, share.index + _PAIR):
            yield from _before_bracket(inner.marks[0], inner)
    elif share.bracketed and not inner.depth:
        beside = [m for m in inner.marks if m.index < share.index and not m.bracketed]
        if beside and share.index - beside[-1].index <= _LEAD:
            yield from _of_which(beside[-1])
            yield from _of_them(beside[-1], inner, paragraph, position)


def whole_after_share(mark: Mark, level: Level) -> Mark | None:
    """Return the base in "32 per cent of the 281 ..."."""
    for other in level.marks:
        if other.index > mark.index:
            gap = level.between(mark.index, other.index)
            light = all(t.cue in ("of", "article", "total") or t.kind is TokenKind.WORD for t in gap)
            if (
                gap
                and gap[0].cue == "of"
                and light
                and len(gap) <= _NAMED
                and other.value.measure in COUNTS
                and other.bracketed is mark.bracketed
                and not begins_range(other, level)
            ):
                return other
            return None
    return None


def _behind_colon(share: Mark, level: Level) -> Iterator[tuple[Mark, Mark]]:
    """Read "Turnout was 68.4 per cent: 41,040 of the 60,000 voters cast a ballot".

    Or "Execution reached 87 per cent, with $43.5 million spent out of an appropriation of $50 million".
    """
    after = level.between(share.index, share.index + _PAIR + 1)
    following = [m for m in level.marks if m.index > share.index][:_PAIR]
    if following and following[0].value.measure is Measure.MONEY and after and after[0].kind is TokenKind.WORD:
        after = after[
            1:
        ]  # "57 per cent funded, with ..."; "35 per cent overall, with 21 of the 84 ..." may be of others
    if len(following) < _PAIR or not after or after[0].kind not in _APART:
        return
    part, base = following
    near = part.index - share.index <= _LEAD
    gap = level.between(part.index, base.index)
    drawn = is_drawn_from(level, part, base) or (len(gap) <= _FAR and any(t.cue == "out_of" for t in gap))
    if near and drawn and part.value.measure in _COUNTS and part.sort == base.sort:
        yield part, base


def _behind_relative(share: Mark, level: Level) -> Iterator[tuple[Mark, Mark]]:
    """Read "reached 18,900 of the 45,000 people who need it, or 42 per cent": what they do ends with a comma."""
    before = [m for m in level.marks if m.index < share.index and not m.bracketed][-_PAIR:]
    if share.bracketed or len(before) < _PAIR or before[0].sort != before[1].sort:
        return
    part, base = before
    gap = level.between(base.index, share.index)
    comma = max((p for p, t in enumerate(gap) if t.kind is TokenKind.COMMA), default=-1)
    tail = gap[comma + 1 :] if comma > 0 else []
    said = bool(tail) and len(tail) < _LEAD and any(t.cue in _SAID for t in tail)
    moved = any(t.cue in WAYS for t in (*tail, *level.between(share.index, share.index + _PAIR)))
    told = said and not moved and any(t.cue == "relative" for t in gap[:comma])
    if told and part.value.measure in _COUNTS and is_drawn_from(level, part, base):
        yield part, base


def _against(share: Mark, level: Level) -> Iterator[tuple[Mark, Mark]]:
    """Read "5,214 troops were deployed against an authorized strength of 5,700, or 91.5 per cent"."""
    counts = [m for m in level.marks if m.value.measure in _COUNTS and not m.bracketed]
    before = [m for m in counts if m.index < share.index][-_PAIR:]
    if share.bracketed and before:
        before = [before[-1], *[m for m in counts if m.index > share.index][:1]]
    if len(before) < _PAIR or before[0].sort != before[1].sort:
        return
    part, base = before
    gap, tail = level.between(part.index, base.index), level.between(base.index, share.index)
    # not "2,262 (21 per cent) by one way and 8,262 (79 per cent) by another", each with its own share
    own = any(m.value.measure is Measure.PERCENT and 0 < m.index - base.index <= _PAIR for m in level.marks)
    joined = any(t.cue in ("and", "also") for t in gap)
    joined = joined or not gap or gap[-1].cue not in ("of", "article", "via", "compared")
    set_against = any(t.cue in ("compared", "via") for t in gap) and len(gap) <= _FAR + _LEAD
    set_against = set_against and not joined and not (share.bracketed and own)
    said = share.bracketed or (len(tail) < _LEAD and any(t.cue in _SAID for t in tail))
    moved = any(t.cue in WAYS for t in (*gap, *tail, *level.between(share.index, share.index + _PAIR)))
    if set_against and said and not moved and part.value.value < base.value.value:
        yield part, base


def _of_them(part: Mark, level: Level, paragraph: Paragraph, position: int) -> Iterator[tuple[Mark, Mark]]:
    """Read "The plan covers 96 districts. Clinics were opened in 64 of them (67 per cent)"."""
    after = level.between(part.index, part.index + _PAIR)
    if not position or not after or after[0].cue != "of_whom":
        return
    alike = [m for m in paragraph.clauses[position - 1].outer.marks if m.sort == part.sort and not m.bracketed]
    if len(alike) == 1:
        yield part, alike[0]


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
