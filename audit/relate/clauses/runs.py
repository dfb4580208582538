"""The runs of a sentence: figures that are coordinated.

A run is a maximal list of figures joined by commas, semicolons and "and" with nothing but a preposition or an article
after the joint, as the parts of a breakdown are in every language. Which figure a run breaks down the finders say.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from audit.facts import TokenKind
from audit.quantity import Measure
from audit.records import dataclass
from audit.relate.clauses.joints import PREPOSITIONS, is_compared, joint, labelled_first
from audit.relate.clauses.populations import is_of_another_fate, trait
from audit.relate.clauses.structure import LABEL_REACH, LIGHT_REACH, is_elliptic, is_light, sort_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.relate.clauses.structure import Clause, Level, Mark


_PAIR = 2
_ADJUNCT = 3  # a comma, a preposition and an article
_MOST = 4  # lists that a figure may go on
_NESTING = ("including", "of_whom")
_APART = (TokenKind.COMMA, TokenKind.SEMICOLON, TokenKind.COLON, TokenKind.DASH, TokenKind.STOP, TokenKind.OPEN)


@dataclass(slots=True)
class Run:
    """Coordinated figures of one sort; `joint` is how they are joined: comma or semicolon."""

    marks: list[Mark]
    level: Level
    clause: Clause
    joint: str = "comma"
    settled: frozenset[int] = frozenset()
    """Token indices of figures that other breakdowns of the sentence account for."""
    lead: Mark | None = None
    """The first figure of a finished division that these continue: "30 women and 25 men, 29 Serbs and 26 Roma"."""

    @property
    def nominal(self) -> int:
        """Return the number of figures."""
        return len(self.marks)


def runs(clause: Clause) -> tuple[Run, ...]:
    """Return the coordinated figures of a sentence, level by level: lists by semicolon first, then by comma."""
    if clause.runs is None:
        clause.runs = tuple(_runs(clause))  # half a dozen finders ask for them
    return clause.runs


def _runs(clause: Clause) -> Iterator[Run]:
    for level in clause.levels:
        if len(level.marks) < 2:
            continue
        yield from _semicolon_runs(level, clause)
        yield from _nested_runs(level, clause)
        yield from _comma_runs(level, clause)


def _comma_runs(level: Level, clause: Clause) -> Iterator[Run]:
    told = [[m for m in level.marks if m.bracketed is bracketed] for bracketed in (False, True)]
    lengths = _limits(level)
    if lengths:
        # "40 received sentences of between 5 and 10 years, 16 ..." is a list of who received them
        told.insert(0, [m for m in told[0] if m.index not in lengths])
    for marks in told:
        bracketed = bool(marks) and marks[0].bracketed
        groups: list[list[Mark]] = []
        for place, mark in enumerate(marks):
            before = marks[max(0, place - 1)]
            near = groups
            if len(groups) >= _PAIR and not _is_apart(level, before, mark):
                near = [g for g in groups if g[-1] is before]
            open_groups = [g for g in near if _goes_on(level, g, mark, clause)]
            if open_groups and _is_of_them(level, mark):
                groups = [*groups[-_MOST:], [mark]]  # "74 people, 51 of them men and 23 women"
                continue
            if open_groups:
                for group in open_groups:
                    group.append(mark)
                continue  # a run of its own from here on would be the tail of these
            if groups and not bracketed and _is_inside(level, groups[-1][-1], mark):
                groups = [*groups[-_MOST:], [mark]]  # "12 lacked one document, and": either may go on
                continue
            if not (groups and not bracketed and _is_subordinate(level, groups[-1][-1], mark)):
                yield from _finished(groups, level, clause)
                groups = []
            groups.append([mark])
        yield from _finished(groups, level, clause)


def _finished(groups: list[list[Mark]], level: Level, clause: Clause) -> Iterator[Run]:
    """Yield the runs of some groups, without those that are the tail of another."""
    kept: list[list[Mark]] = []
    for group in groups:
        if len(group) > 1 and not any(group == other[-len(group) :] for other in kept):
            kept.append(group)
            if not _is_range(level, group):
                pair = [m for m in level.marks if m.index < group[0].index][-_PAIR:]
                yield Run(group, level, clause, lead=pair[0] if _parts_from(level, pair, group[0]) else None)


def _goes_on(level: Level, group: list[Mark], mark: Mark, clause: Clause) -> bool:
    last = group[-1]
    if mark.sort != last.sort or joint(level, last, mark) != "comma" or _parts_from(level, group, mark):
        return False
    if len(group) > _PAIR and is_of_another_fate(mark, group[0], group[1:]):
        return False
    if mark.bracketed:
        # "161 soldiers (45 women), 79 officials (20 women)": each bracket belongs to a figure of its own
        # the percentage of "55 per cent were women (2,068) and 45 per cent men (1,692)" is told of its bracket
        between = [m for m in level.marks if last.index < m.index < mark.index and not m.bracketed]
        return not between or (len(between) == 1 and between[0].value.measure is Measure.PERCENT != mark.value.measure)
    if is_compared(level, last) or is_compared(level, mark):
        return False  # "won 40, five more than in 2019, when the house had 70 seats"
    gap = level.between(last.index, mark.index)
    comma = max((p for p, t in enumerate(gap) if t.kind is TokenKind.COMMA), default=len(gap))
    if len(gap) - comma == _ADJUNCT and gap[-1].cue == "article" and gap[-2].cue in ("in", "during"):
        return False  # "12 wounded, 4 of them badly, in the 9 accidents"
    if any(t.cue == "total" for t in gap[:2]):
        return False  # "80 and 63, or 143 in total, and 85 and 68 ...": after a total another list begins
    if _counts_other(last, mark, clause) and not _is_behind_colon(level, group[0]):
        return False
    if not _opened(level, group[0]):
        return True
    # what follows "including" may be a neighbour of the whole: "231 officers, including 72 women, 438 ..."
    also = any(t.cue == "also" for t in level.between(last.index, mark.index))
    return not also and not _own_part(level, mark)


def _parts_from(level: Level, group: list[Mark], mark: Mark) -> bool:
    """Say whether a figure begins another division: "30 women and 25 men, 29 Serbs, 20 Roma and 6 Gorani"."""
    if {trait(m, "gender") for m in group} != {"male", "female"} or trait(mark, "gender") or trait(mark, "age"):
        return False
    between = level.between(group[-1].index, mark.index)
    joined = any(t.cue == "and" for t in level.between(group[-2].index, group[-1].index))
    return joined and any(t.kind is TokenKind.COMMA for t in between) and all(t.cue != "and" for t in between)


def _is_behind_colon(level: Level, first: Mark) -> bool:
    """Say whether a list stands right behind a colon, which lists whatever it lists: "77 posts: 28 service and ..."."""
    before = level.between(first.index - 2, first.index)
    return bool(before) and before[-1].kind is TokenKind.COLON


def _is_apart(level: Level, before: Mark, mark: Mark) -> bool:
    return any(t.kind in _APART for t in level.between(before.index, mark.index))


def _is_of_them(level: Level, mark: Mark) -> bool:
    """Say whether a figure is a part of the one before: "45 of them"; not "5 dont le sexe n'est pas connu"."""
    return any(t.cue == "of_whom" and " " in t.text for t in level.between(mark.index, mark.index + 2))


def _limits(level: Level) -> set[int]:
    """Return the token indices of figures that are a length of time or an age, or the ends of a range of a measure.

    "33,600 were between 10 and 50 hectares", "16 received sentences of between 5 and 10 years".
    """
    found: set[int] = set()
    by_index = {m.index: m for m in level.marks}
    for mark in level.marks:
        if sort_of(mark) == "time":
            found.add(mark.index)
        led = any(t.cue in ("between", "from") for t in level.between(mark.index - 2, mark.index))
        end = by_index.get(mark.index + 2) if led else None
        if end is not None and (sort_of(end) == "time" or end.value.unit):
            found |= {mark.index, end.index}
    return found


def _is_range(level: Level, group: list[Mark]) -> bool:
    """Say whether two figures are the ends of a range: "between the ages of 15 and 24"."""
    if len(group) != 2:
        return False
    before = level.between(group[0].index - 5, group[0].index)
    return any(t.cue == "between" for t in before)


def _opened(level: Level, mark: Mark) -> bool:
    """Say whether "including" or "of whom" stands right before or behind a figure."""
    around = level.between(mark.index - 4, mark.index + 2)
    return any(t.cue in _NESTING for t in around)


def _own_part(level: Level, mark: Mark) -> bool:
    """Say whether a figure has a part of its own behind it: "438 staff officers, including 101 women"."""
    for other in level.marks:
        if other.index > mark.index and not other.bracketed:
            gap = level.between(mark.index, other.index)
            opened = [p for p, t in enumerate(gap) if t.cue in _NESTING]
            return (
                bool(opened)
                and len(gap) - opened[0] <= LIGHT_REACH
                and not any(t.cue == "and" or t.kind is TokenKind.SEMICOLON for t in gap[: opened[0]])
            )
    return False


def _nested_runs(level: Level, clause: Clause) -> Iterator[Run]:
    """Yield figures that each carry a part of their own: "696 officers, including 210 women, 849 ..."."""
    marks = [m for m in level.marks if not m.bracketed and m.value.measure != "percent"]
    heads: list[Mark] = []
    part: Mark | None = None
    nested = False
    for mark in marks:
        if nested:
            nested, part = False, mark  # the part of the head before
            continue
        if heads and mark.sort != heads[-1].sort:
            continue
        nested = _own_part(level, mark)
        if nested:
            heads.append(mark)
        elif heads:
            # "97 women, of whom 19 were girls, and 5 boys": a comma closes what is said of the 97
            gap = level.between(part.index, mark.index) if part is not None else []
            joints = [t for t in gap if t.kind is TokenKind.COMMA or t.cue == "and"]
            if len(joints) > 1 and joints[-1].cue == "and":
                heads.append(mark)
            break
    if len(heads) > 1:
        yield Run(heads, level, clause)


def _is_inside(level: Level, last: Mark, mark: Mark) -> bool:
    """Say whether nothing joins a figure to the one before: it belongs to what is said of that one."""
    gap = level.between(last.index, mark.index)
    apart = any(t.kind in _APART or t.cue in ("and", "also", "or") for t in gap)
    return not apart and 0 < len(gap) <= LIGHT_REACH


def _is_subordinate(level: Level, last: Mark, mark: Mark) -> bool:
    """Say whether a figure only qualifies the one before: "34, or 12 per cent", "1,047 from six units and 276"."""
    gap = level.between(last.index, mark.index)
    if mark.sort != last.sort and (any(t.cue == "or" for t in gap[:2]) or len(gap) <= 1):
        return True
    joins = any(t.kind in (TokenKind.COMMA, TokenKind.SEMICOLON, TokenKind.COLON) or t.cue == "and" for t in gap)
    return not joins and bool(gap) and any(t.cue in PREPOSITIONS for t in gap[-2:])


def _counts_other(first: Mark, second: Mark, clause: Clause) -> bool:
    """Say whether two figures plainly count different things: "12 victims, and 4 evaluations" is no list of parts."""
    sorts = sort_of(first), sort_of(second)
    apart = "" not in sorts and sorts[0] != sorts[1]
    return apart and not is_elliptic(first, clause) and not is_elliptic(second, clause)


def _semicolon_runs(level: Level, clause: Clause) -> Iterator[Run]:
    if TokenKind.SEMICOLON not in clause.sentence.kinds:
        return
    cuts = [i for i, t in level.tokens if t.kind is TokenKind.SEMICOLON]
    if not cuts:
        return
    edges = [-1, *cuts, len(clause.sentence.tokens)]
    heads: list[Mark] = []
    if any(_is_list(level, first, last) for first, last in pairwise(edges)):
        return  # "(14,465 women and 15,008 men; 12,860 Serbs, 7,786 ...)": two breakdowns, not two items
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


def _is_list(level: Level, first: int, last: int) -> bool:
    inside = [m for m in level.marks if first < m.index < last and not m.bracketed]
    return level.parent is not None and any(joint(level, a, b) == "comma" for a, b in pairwise(inside))


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
    if is_light(lead, marks[0]) or labelled_first(lead) or len(plain) == 1:
        return plain[0]
    return None
