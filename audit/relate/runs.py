"""The runs of a sentence: figures that are coordinated.

A run is a maximal list of figures joined by commas, semicolons and "and" with nothing but a preposition or an
article after the joint: the parts of a breakdown look like that in every language. Which figure a run breaks down
is for the finders to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from audit.facts import TokenKind
from audit.relate.structure import LABEL_REACH, LIGHT_REACH, OPENERS, is_elliptic, is_light, sort_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.facts import Token
    from audit.relate.structure import Clause, Level, Mark


@dataclass(slots=True)
class Run:
    """Coordinated figures of one sort; `joint` is how they are joined: comma or semicolon."""

    marks: list[Mark]
    level: Level
    clause: Clause
    joint: str = "comma"

    @property
    def nominal(self) -> int:
        """Return the number of figures."""
        return len(self.marks)


def joint(level: Level, first: Mark, second: Mark) -> str:
    """Return how the second figure is joined to the first: "comma", "semicolon", or "" when it is not."""
    gap = level.between(first.index, second.index)
    last, kind = -1, ""
    for position, token in enumerate(gap):
        if token.kind is TokenKind.SEMICOLON:
            last, kind = position, "semicolon"
        elif token.kind is TokenKind.COMMA or token.cue == "and":
            last, kind = position, "semicolon" if kind == "semicolon" else "comma"
    if last < 0 or any(t.kind in (TokenKind.COLON, TokenKind.DASH, TokenKind.STOP) for t in gap[:last]):
        return ""
    after = gap[last + 1 :]
    if any(t.cue in OPENERS for t in after):
        return ""
    if second.bracketed:
        return kind if len(after) <= LABEL_REACH + 2 else ""
    if is_light(after, second):
        return kind
    return kind if _labelled_first(after) else ""


def _labelled_first(tokens: list[Token]) -> bool:
    """Say whether a label and a colon lead in to a figure: "medical care: 233"."""
    return (
        1 < len(tokens) <= LABEL_REACH
        and tokens[-1].kind is TokenKind.COLON
        and all(t.kind is TokenKind.WORD or t.cue for t in tokens[:-1])
    )


def runs(clause: Clause) -> Iterator[Run]:
    """Yield the coordinated figures of a sentence, level by level: lists by semicolon first, then by comma."""
    for level in clause.levels:
        if len(level.marks) < 2:
            continue
        yield from _semicolon_runs(level, clause)
        yield from _comma_runs(level, clause)


def _comma_runs(level: Level, clause: Clause) -> Iterator[Run]:
    for bracketed in (False, True):
        marks = [m for m in level.marks if m.bracketed is bracketed]
        group: list[Mark] = []
        for mark in marks:
            joined = group and mark.sort == group[-1].sort and joint(level, group[-1], mark) == "comma"
            if joined and (bracketed or not _counts_other(group[-1], mark, clause)):
                group.append(mark)
                continue
            if group and mark.sort != group[-1].sort and not bracketed and _is_aside(level, group[-1], mark):
                continue
            if len(group) > 1:
                yield Run(group, level, clause)
            group = [mark]
        if len(group) > 1:
            yield Run(group, level, clause)


def _counts_other(first: Mark, second: Mark, clause: Clause) -> bool:
    """Say whether two figures plainly count different things: "12 victims, and 4 evaluations" is no list of parts."""
    sorts = sort_of(first), sort_of(second)
    return (
        "" not in sorts and sorts[0] != sorts[1] and not is_elliptic(first, clause) and not is_elliptic(second, clause)
    )


def _is_aside(level: Level, last: Mark, mark: Mark) -> bool:
    """Say whether a figure of another sort only comments on the one before: "34, or 12 per cent, and 20"."""
    gap = level.between(last.index, mark.index)
    return any(t.cue == "or" for t in gap[:2]) or len(gap) <= 1


def _semicolon_runs(level: Level, clause: Clause) -> Iterator[Run]:
    cuts = [i for i, t in level.tokens if t.kind is TokenKind.SEMICOLON]
    if not cuts:
        return
    edges = [-1, *cuts, len(clause.sentence.tokens)]
    heads: list[Mark] = []
    for first, last in pairwise(edges):
        inside = [m for m in level.marks if first < m.index < last]
        head = _head(level, inside, first, opening=first < 0)
        if head is None or (heads and head.sort != heads[-1].sort):
            if len(heads) > 1:
                yield Run(heads, level, clause, "semicolon")
            heads = [head] if head is not None else []
            continue
        heads.append(head)
    if len(heads) > 1:
        yield Run(heads, level, clause, "semicolon")


def _head(level: Level, marks: list[Mark], first: int, *, opening: bool) -> Mark | None:
    """Return the figure that a segment of a semicolon list is about."""
    if not marks:
        return None
    if opening:
        # the segment before the first semicolon holds the total too: the part is the figure behind the opener
        for index, token in level.tokens:
            if token.kind in (TokenKind.COLON, TokenKind.DASH) or token.cue in ("comprising", "of_whom", "including"):
                after = [m for m in marks if m.index > index]
                if after and len(after) < len(marks):
                    return after[0] if len(level.between(index, after[0].index)) <= LABEL_REACH else None
        return marks[0] if len(level.between(first, marks[0].index)) <= LIGHT_REACH or level.parent else marks[-1]
    lead = level.between(first, marks[0].index)
    plain = [m for m in marks if not m.bracketed] or marks
    if is_light(lead, marks[0]) or _labelled_first(lead) or len(plain) == 1:
        return plain[0]
    return None
