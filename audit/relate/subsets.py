"""Subsets: a part that is said to be of a whole must not exceed it ("57 of the 67", "including 57,034 for ...")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind
from audit.facts import TokenKind
from audit.quantity import Hedge, Measure
from audit.relate.breakdown.listings import until
from audit.relate.clauses.openings import opener
from audit.relate.clauses.operands import claim
from audit.relate.clauses.populations import Fit, fit, names_same, trait
from audit.relate.clauses.structure import (
    OF,
    Clause,
    Level,
    Mark,
    Paragraph,
    is_bare,
    is_drawn_from,
    is_elliptic,
    named_sort,
    sort_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.facts import Token

_BACK = 2
_BELOW = (Hedge.UNDER, Hedge.AT_MOST)
_NEAR = 7
_FAR = 20
_CLOSE = 9
_UNLIKELY = 100
_TOTAL = 3
_LARGE = 30
_BRACKETS = (TokenKind.OPEN, TokenKind.CLOSE)
_ENDS = (TokenKind.COMMA, TokenKind.SEMICOLON, TokenKind.STOP, TokenKind.FIGURE)


def claims(paragraph: Paragraph) -> Iterator[Claim]:
    """Yield the part-of-whole statements of a paragraph."""
    for position, clause in enumerate(paragraph.clauses):
        for level in clause.levels:
            for mark in level.marks:
                if mark.bracketed or mark.value.measure is Measure.PERCENT:
                    continue
                for whole, form, confidence in _wholes(mark, level, clause, paragraph, position):
                    basis = Basis(cue=form, exhaustive=False, confidence=confidence, reasons=(f"form {form}",))
                    parts = [("part", m) for m in _followed_by(mark, whole, level)]
                    yield claim(ClaimKind.SUBSET, form, paragraph.document, [("whole", whole), *parts], basis)
                    break


def _followed_by(mark: Mark, whole: Mark, level: Level) -> list[Mark]:
    """Return a part with those told in brackets after it: "of which 156 by the army, followed by A (45) and B (34)"."""
    parts, left = [mark], whole.value.value - mark.value.value
    for other in level.marks:
        if other.index > mark.index and whole.index < mark.index:
            if not other.bracketed or other.sort != mark.sort or other.value.value > left:
                break
            parts.append(other)
            left -= other.value.value
    return parts


def _wholes(
    mark: Mark, level: Level, clause: Clause, paragraph: Paragraph, position: int
) -> Iterator[tuple[Mark, str, int]]:
    """Yield the figures a part is said to be of, with the form and how sure it is."""
    after = level.between(mark.index, mark.index + 7)
    if after and after[0].cue in OF:
        whole = _following(mark, level)
        if whole is not None and whole.sort == mark.sort:
            # not "39,585 of the first 3 months", "4 rooms of three and 8 of five"
            behind = level.between(whole.index, whole.index + 2)
            bare = is_bare(whole) or (bool(behind) and behind[0].kind is not TokenKind.WORD)
            # "strand 3 of pier 2"
            bare = bare and all(t.kind is TokenKind.WORD for t in level.between(mark.index + 1, whole.index))
            apart = named_sort(whole) == "time" or bare
            if mark.value.value <= whole.value.value or not apart:
                yield whole, "of", 92
            return
        named = _named(after, paragraph, position)
        if named is not None and named.sort == mark.sort and len(after) > 1 and after[1].cue == "article":
            yield named, "of_named", 80
            return
    whole = _out_of(mark, level)
    if whole is not None:
        yield whole, "of", 88
        return
    cases = _in_cases(mark, level, paragraph, position)
    if cases is not None:
        yield cases, "in_cases", 50
        return
    cue = after[0].cue if after else ""
    before = opener(level, mark)
    if cue == "of_whom" or before in ("of_whom", "including", "among"):
        whole = _preceding(level, mark, paragraph, position)
        times = whole is not None and any(t.cue == "times" for t in clause.sentence.tokens[whole.index + 1 :][:1])
        if whole is not None and not times and (_is_alike(whole, mark, clause) or _is_resumed(whole, mark, clause)):
            yield whole, before or cue, 90 if "of_whom" in (cue, before) else 80
        return
    whole = _before_bracket(mark, level)
    if whole is not None and sort_of(whole) == "person" and _is_alike(whole, mark, clause):
        yield whole, "bracket", 80


def _before_bracket(mark: Mark, level: Level) -> Mark | None:
    """Return the people whose women, or men, a bracket behind them tells: "97 delegates (46 women)"."""
    alone = level.parent is not None and level.marks == [mark] and trait(mark, "gender")
    if level.parent is None or not alone or level.between(level.opened, mark.index):
        return None
    before = [m for m in level.parent.marks if m.index < level.opened]
    if not before or before[-1].bracketed or before[-1].sort != mark.sort or trait(before[-1], "gender"):
        return None
    gap = level.parent.between(before[-1].index, level.opened)
    return before[-1] if 0 < len(gap) < _NEAR and all(t.kind is TokenKind.WORD for t in gap) else None


def _in_cases(mark: Mark, level: Level, paragraph: Paragraph, position: int) -> Mark | None:
    """Return the only count of the sentence before, when a sentence goes on "In 79 cases, ..." and may be of it."""
    tokens = [t for _, t in level.tokens[:3]]
    opens = len(tokens) == 3 and tokens[0].cue == "in" and tokens[1] is mark.token and sort_of(mark) == "matter"
    if not opens or not position or level.parent is not None:
        return None
    before = [m for m in paragraph.clauses[position - 1].outer.marks if m.sort == mark.sort and not m.bracketed]
    return before[0] if len(before) == 1 and before[0].value.value >= mark.value.value else None


def _is_alike(whole: Mark, part: Mark, clause: Clause) -> bool:
    """Say whether a part can be of a whole: "45 families, including 281 migrants" counts two things."""
    match = fit(whole, [part], clause)
    if part.value.value <= whole.value.value:
        return match is not Fit.CLASH
    if is_bare(whole) and whole.value.hedge in _BELOW:
        return False  # "One in eight was under 18, and 640 of these were under 14": an age
    if whole.value.value <= 1:
        return False  # "$2 million for one of them and 30 fellowships", "3 to 1 among the 40 pupils": no whole
    if (whole.value.measure, part.value.measure) == (Measure.AMOUNT, Measure.COUNT):
        return False  # "a rate of 1.3, including 12 cases"
    if sort_of(whole) == "time" and not names_same(whole, part):
        return False  # "at least 2 years, of which 4 months ..."
    # a part larger than its whole is believed only right behind it: "two new cases, of which 10 are open"
    if part.value.value > _UNLIKELY * whole.value.value or not _is_right_behind(whole, part, clause):
        return False
    if trait(part, "gender") and whole.fact.label and sort_of(whole) != "person":
        return False  # "12 delegations (including 45 women)"
    if is_elliptic(part, clause) and whole.fact.label and clause.sentence.tokens[part.index - 1].cue == "including":
        return True  # "462 officers, including 1,173 from the north": what has no noun of its own counts the officers
    if trait(whole, "fate") and sort_of(part) == "person":
        return True  # "172 injured, including 300 soldiers"
    # "148 incidents, of which 514 concerned borders": what follows the words is of the whole, whatever it is called
    told = clause.sentence.tokens[part.index - 1].cue == "of_whom" and whole.value.value >= _LARGE
    again = match is Fit.OPEN and _is_named_behind(whole, part)
    return match in (Fit.SAME, Fit.PARTITION, Fit.PARTIAL) or again or (match is Fit.OPEN and told)


def _is_of_name(whole: Mark, part: Mark) -> bool:
    """Say whether the noun of a whole stands again right behind its part: "24 people were met, including 30 people"."""
    return bool(whole.fact.head) and whole.fact.head == part.fact.head and names_same(whole, part)


def _is_named_behind(whole: Mark, part: Mark) -> bool:
    """Say whether what a part counts ends in the noun of its whole: "54 cases, including 114 sexual violence cases"."""
    behind = part.level.between(part.index, part.index + _CLOSE) if part.level is not None else []
    return bool(whole.fact.head) and any(t.key == whole.fact.head for t in until(behind, _ENDS))


def _is_right_behind(whole: Mark, part: Mark, clause: Clause) -> bool:
    """Say whether a part follows its whole: on one level, or as what a bracket behind the whole begins with.

    A bare "of which 514 concerned" reaches over more words, back to the only figure of its kind.
    """
    level = part.level
    if level is None or whole.level not in (level, level.parent) or whole.index > part.index:
        return False
    if whole.level is not level and level.marks[0] is not part:
        return False
    said: Sequence[Token] = clause.sentence.tokens[whole.index + 1 : part.index]
    said = level.between(whole.index, part.index) if whole.level is level else said
    near = [t for t in said if t.kind not in _BRACKETS]
    if any(t.kind is TokenKind.SEMICOLON for t in near):
        return False
    if len(near) < _CLOSE or (_is_of_name(whole, part) and near[-1].cue == "including" and len(near) < _FAR):
        return True
    only = [m for m in clause.outer.marks if m.index <= part.index and m.sort == part.sort]
    # "24 prosecutors were sworn in to serve in the district courts, including 10 women"
    people = near[-1].cue == "including" and sort_of(whole) == "person"
    people = people and (trait(part, "gender") != "" or is_elliptic(part, clause))
    return (near[-1].cue == "of_whom" or people) and len(near) < _FAR and only == [whole, part]


def _following(mark: Mark, level: Level) -> Mark | None:
    for other in level.marks:
        if other.index > mark.index:
            gap = level.between(mark.index, other.index)
            words = [
                t
                for t in gap
                if t.cue not in ("of", "out_of", "article", "total", "additional") and t.kind is not TokenKind.WORD
            ]
            return other if len(gap) <= 4 and not words and not other.bracketed else None
    return None


def _out_of(mark: Mark, level: Level) -> Mark | None:
    """Return the whole of "57 posts out of the 67": a thing that is named again only behind an article."""
    whole = next((m for m in level.marks if m.index > mark.index and not m.bracketed), None)
    if whole is None or whole.sort != mark.sort or not is_drawn_from(level, mark, whole):
        return None
    gap = level.between(mark.index, whole.index)
    named = level.between(whole.index, whole.index + 2)
    bare = not named or named[0].kind is not TokenKind.WORD
    # "out of the 49 cases", "out of a total of 49 registered by the office"
    again = any(t.cue == "article" or t.text.count(" ") >= _TOTAL for t in gap) and named_sort(whole) != "time"
    return whole if gap[0].cue not in OF and (bare or again) else None


def _named(after: Sequence[Token], paragraph: Paragraph, position: int) -> Mark | None:
    """Return the figure of the sentence before whose head noun is named again: "In 17 of the state systems"."""
    words = {t.key for t in after if t.kind is TokenKind.WORD}
    best: tuple[int, Mark] | None = None
    for back in range(position - 1, max(-1, position - 1 - _BACK), -1):
        for mark in reversed(paragraph.clauses[back].outer.marks):
            shared = len(set(mark.fact.label.lower().split()) & words) if mark.fact.head in words else 0
            if shared and (best is None or shared > best[0]):
                best = (shared, mark)
    return best[1] if best is not None else None


def _is_of_people(whole: Mark, part: Mark) -> bool:
    """Say whether women, men or children are told right behind people: "399 volunteers, including 516 women"."""
    level = part.level
    near = level is whole.level and level is not None and len(level.between(whole.index, part.index)) < _CLOSE
    people = (sort_of(whole) == "person" or trait(whole, "fate") != "") and not trait(whole, "gender")
    return near and people and bool(trait(part, "gender") or trait(part, "age"))


def _opens_behind(level: Level, mark: Mark) -> Mark | None:
    """Return the figure right before the bracket that a part opens: "3 men (including 13 boys)" tells of the men."""
    if level.parent is None or level.marks[:1] != [mark]:
        return None
    before = [m for m in level.parent.marks if m.index < level.opened]
    near = before and level.opened - before[-1].index <= _BACK + 1
    return before[-1] if near and not before[-1].bracketed else None


def _preceding(level: Level, mark: Mark, paragraph: Paragraph, position: int) -> Mark | None:
    behind = _opens_behind(level, mark)
    if behind is not None and behind.sort == mark.sort:
        return behind
    here: Level | None = level
    limit = mark.index
    first: Mark | None = None
    while here is not None:
        for other in reversed(here.marks):
            if other.index < limit and other.sort == mark.sort and not other.bracketed:
                # "1,260 complaints concerning 45 States, including 49 since then": of the complaints
                if other.value.value >= mark.value.value or (first is None and _is_of_people(other, mark)):
                    return other
                if first is None or (_is_of_name(other, mark) and not _is_of_name(first, mark)):
                    first = other  # of "reached 24 people in one way, including 30 people", the people
        limit, here = here.opened, here.parent
    if first is not None:
        return first
    if position and mark.index < _NEAR:  # not "In May it held a course, which included 90 judges"
        marks = [m for m in paragraph.clauses[position - 1].outer.marks if m.sort == mark.sort and not m.bracketed]
        larger = len(marks) == 1 and (
            marks[0].value.value >= mark.value.value or _is_resumed(marks[0], mark, paragraph.clauses[position])
        )
        return marks[0] if larger else None
    return None


def _is_resumed(whole: Mark, part: Mark, clause: Clause) -> bool:
    """Say whether a sentence goes on with a part of the sum before: "Sales were $28 million. This included $176"."""
    tokens = clause.sentence.tokens
    opened = part.index == _BACK and tokens[0].cue == "article" and tokens[1].cue == "including"
    return opened and whole.value.measure is Measure.MONEY and whole.token not in tokens
