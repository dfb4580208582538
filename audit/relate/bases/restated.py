"""Which figure a percentage restates: "72 women (32 per cent)", "6,524, or 82.4 per cent", "46 per cent (2,535)"."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from audit.facts import TokenKind
from audit.quantity import Measure
from audit.relate.bases.rebased import amount_of_move

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.facts import Token
    from audit.relate.clauses.structure import Clause, Level, Mark

COUNTS = (Measure.COUNT, Measure.MONEY, Measure.AMOUNT)
_REACH = 14
_PAIR = 2
_SIGNS = frozenset("+×x*")
_LETTERS = (TokenKind.WORD, TokenKind.CUE)
_OTHERWISE = ("by", "in", "for", "at", "on", "from", "to")
_MOVED = 4
_SMALL = 100
_NAMED = 6
_OF = ("of", "out_of", "from")


def is_attributive(mark: Mark, level: Level) -> bool:
    """Say whether a percentage stands before its own noun: "bonds bearing 6 per cent interest", "a 15% prevalence"."""
    before, after = level.between(mark.index - 2, mark.index), level.between(mark.index, mark.index + 2)
    led = bool(before) and (before[0].kind is TokenKind.WORD or before[0].cue == "article")
    return led and bool(after) and after[0].kind is TokenKind.WORD and not mark.bracketed


def _begins_clause(mark: Mark, level: Level, gap: Sequence[Token]) -> bool:
    """Say whether a percentage begins what a semicolon parts from the rest: "33 cases; 57 per cent of all ..."."""
    after = level.between(mark.index, mark.index + 2)
    return bool(gap) and gap[-1].kind is TokenKind.SEMICOLON and bool(after) and after[0].cue == "of"


def is_change(level: Level, mark: Mark) -> bool:
    """Say whether a percentage tells a growth and not a share."""
    before = level.between(mark.index - 6, mark.index)
    after = level.between(mark.index, mark.index + 3)
    moved = ("increase", "decrease")
    if mark.value.value < 0:
        return True  # "6.4 million pupils, a decrease of 58,700 (-0.9 per cent)"
    if any(t.text in _SIGNS for t in before[-1:]) or any(t.cue == "raised" for t in before[-_PAIR:]):
        return True  # "10 per cent for the first three + 5 per cent", "4 quarters x 2.5 per cent": a sum, a product
    if amount_of_move([t for _, t in level.tokens], bisect_left(level.tokens, (mark.index,))):
        return True
    if before and before[-1].cue == "by" and after and after[0].cue in ("from", "to"):
        return True  # "appreciating by 55 per cent from $2.4 million"
    if len(before) > 1 and before[-1].cue in ("of", "by") and any(t.cue in moved for t in before[-3:]):
        return True  # "an increase of 2.9 per cent, or $733 million"
    return (any(t.cue == "by" for t in before[-2:]) and any(t.cue in moved for t in before)) or any(
        t.cue in moved for t in after
    )


def part_of(mark: Mark, level: Level, clause: Clause) -> Mark | None:
    """Return the figure a percentage restates: before its bracket, before "or", or in a bracket behind it."""
    inner = mark.level or level
    in_bracket = inner if inner.depth else _bracket_of(mark, clause)
    if in_bracket is not None and in_bracket.parent is not None:
        return _told_by_bracket(mark, in_bracket, in_bracket.parent, clause)
    before = [m for m in level.marks if m.index < mark.index and m.value.measure in COUNTS]
    following = [m for m in level.marks if m.bracketed and m.index > mark.index]
    if following and following[0].index - mark.index <= 6 and following[0].value.measure in COUNTS:
        # "12 cases, or 30 per cent of all cases (40)": in the bracket is what it is of
        restated = before and any(
            t.cue in ("or", "that_is", "comprising") for t in level.between(before[-1].index, mark.index)
        )
        return before[-1] if restated and before[-1].value.value < following[0].value.value else following[0]
    said = said_behind(mark, level)
    if said is not None:
        return said
    if not before or is_called_rest(mark, level) or is_of_which(mark, level):
        return None
    gap = level.between(before[-1].index, mark.index)
    if len(gap) > _REACH or is_attributive(mark, level) or _begins_clause(mark, level, gap):
        return None
    if any(t.cue == "or" or t.kind is TokenKind.DASH for t in gap):
        return before[-1]
    added = any(t.cue == "also" for t in level.between(before[-1].index - _PAIR, before[-1].index))
    if added or _is_of_a_noun_with(gap):
        return None  # "added to the 152 of May, they are 31 per cent of the total"
    if any(before[-1].index < m.index < mark.index and m.value.measure is Measure.PERCENT for m in level.marks):
        return None  # "45 of 90 (50 per cent) have wells, 58 per cent of all 130": it has its share
    if [t.cue for t in level.between(before[-1].index - 3, before[-1].index)] == ["among", "article"]:
        return None  # "among the 28, Brazil grew 2.3 per cent"
    others = [m for m in level.marks if m.index < before[-1].index]
    if others and others[-1].value.measure is Measure.PERCENT:
        own = level.between(others[-1].index, before[-1].index)
        if own and own[0].cue == "of" and len(own) <= _NAMED:
            return None  # "3.5 per cent of the $2.4 billion needed, and later 11 per cent of the $2.5 billion"
    joined = any(t.kind is TokenKind.COMMA or t.cue == "verb" for t in gap)
    if len(others) > 0 and any(_restates(level, m, others[-1]) for m in level.marks if m.index < others[-1].index):
        return None  # "54 per cent of costs, or 65 of the 120 million, and energy 6 per cent"
    return before[-1] if joined else None


def _is_of_a_noun_with(gap: Sequence[Token]) -> bool:
    """Say whether a percentage is of a thing that is added: "20 years, 5 of them free, with an interest of 3.5 %"."""
    comma = max((p for p, t in enumerate(gap) if t.kind is TokenKind.COMMA), default=len(gap))
    tail = gap[comma + 1 :]
    noun = any(t.kind is TokenKind.WORD for t in tail[1:-1])
    return noun and tail[0].cue == "with" and tail[-1].cue in ("of", "from", "by")


def _told_by_bracket(mark: Mark, inner: Level, outer: Level, clause: Clause) -> Mark | None:
    """Return the figure that a percentage in a bracket restates: in the same bracket, or before it."""
    if _is_of_its_own(mark, inner):
        return None
    own = _in_own_bracket(mark, inner, clause)
    beside = [m for m in inner.marks if m.value.measure in COUNTS and not _is_base(mark, m, inner)]
    if own is not None or len(beside) == 1:
        return own or beside[0]
    before = [m for m in outer.marks if m.index < inner.opened and not m.bracketed]
    return before[-1] if before and before[-1].value.measure in COUNTS else None


def _is_base(mark: Mark, other: Mark, bracket: Level) -> bool:
    """Say whether a figure is what a percentage is of: "255 women (39 per cent of the 660 agents)"."""
    gap = bracket.between(mark.index, other.index) if other.index > mark.index else []
    light = all(t.cue in (*_OF, "article", "total") or t.kind is TokenKind.WORD for t in gap[1:])
    return bool(gap) and gap[0].cue in _OF and light and len(gap) <= _NAMED and gap[-1].kind is not TokenKind.WORD


def _in_own_bracket(mark: Mark, level: Level, clause: Clause) -> Mark | None:
    """Return the figure of "[508 (56%) of one sort and 392 (44%) of the other]", where a bracket holds brackets."""
    led = clause.sentence.tokens[mark.index - 1] if mark.index else None
    if led is None or led.kind is not TokenKind.OPEN or level.opened == mark.index - 1:
        return None
    return next((m for m in level.marks if m.value.measure in COUNTS and 0 < mark.index - m.index <= _MOVED), None)


def _restates(level: Level, share: Mark, part: Mark) -> bool:
    return share.value.measure is Measure.PERCENT and said_behind(share, level) is part


def said_behind(mark: Mark, level: Level) -> Mark | None:
    """Return the figure that says a percentage again: "25 per cent, or 4,037 complaints", "25 %, soit 4 037"."""
    after = next((m for m in level.marks if m.index > mark.index), None)
    if after is None or after.bracketed or after.value.measure not in COUNTS:
        return None
    gap = level.between(mark.index, after.index)
    comma = next((p for p, t in enumerate(gap) if t.kind is TokenKind.COMMA), -1)
    if any(t.kind is not TokenKind.WORD and t.cue not in ("of", "from", "article") for t in gap[: max(comma, 0)]):
        return None
    gap = [t for t in gap[comma + 1 :] if t.kind is not TokenKind.COMMA]
    return after if gap and len(gap) <= _PAIR and gap[0].cue in ("or", "that_is", "comprising") else None


def is_by_verb(part: Mark, mark: Mark, level: Level) -> bool:
    """Say whether only a verb ties a percentage to the figure before it: "A (9) and B (8) made up 74 per cent"."""
    if part.bracketed or mark.bracketed or part.index > mark.index or mark.level is not part.level:
        return False
    gap = level.between(part.index, mark.index)
    if any(t.cue in ("relative", "but") for t in gap):
        return True
    return not any(t.cue == "or" or t.kind in (TokenKind.COMMA, TokenKind.DASH, TokenKind.OPEN) for t in gap)


def names_base(mark: Mark, level: Level) -> bool:
    """Say whether a percentage names what it is of: in "12 of the 20 camps, 64 per cent of residents" not the camps."""
    after = level.between(mark.index, mark.index + 4)
    before = level.between(mark.index - 3, mark.index)
    named = len(after) > 1 and after[0].cue == "of" and any(t.kind is TokenKind.WORD for t in after)
    return named and not any(t.cue == "or" for t in before)


def is_out_of(part: Mark, clause: Clause) -> bool:
    """Say whether small numbers are told of a figure: "one in three homes (34 per cent)" is no share of three."""
    tokens = clause.sentence.tokens[max(0, part.index - _PAIR) : part.index]
    told = len(tokens) == _PAIR and tokens[0].kind is TokenKind.FIGURE and tokens[1].cue in ("in", "out_of", "per")
    return told and part.value.value <= _SMALL


def is_of_which(mark: Mark, level: Level) -> bool:
    """Say whether a share is of what stands before it: "3 of the 40 wards had cases, 60 per cent of which ..."."""
    lead, behind = level.between(mark.index - 3, mark.index), level.between(mark.index, mark.index + 2)
    said = any(t.cue in ("or", "that_is", "comprising") for t in lead)  # "57 of the 67, or 85 per cent of them"
    drawn = bool(behind) and behind[0].cue == "of_whom"
    return not said and (drawn or (bool(lead) and lead[-1].cue == "of_whom"))  # "des cas, dont 60 % chez des enfants"


def is_called_rest(mark: Mark, level: Level) -> bool:
    """Say whether a share is called the rest beside it: "the remaining 60 per cent", "el 60 % restante"."""
    before, after = level.between(mark.index - 3, mark.index), level.between(mark.index, mark.index + 2)
    named = bool(before) and before[-1].cue in ("other", "remain")
    ends = ("article",) if named and before[-1].cue == "other" else ("article", "and")  # "and another 40 per cent"
    led = named and (len(before) < _PAIR or before[-2].cue in ends or " " in before[-1].text)
    return led or (bool(after) and after[0].cue == "remain")


def _is_of_its_own(mark: Mark, bracket: Level) -> bool:
    """Say whether a percentage is of the figure before its bracket: "252 volunteers (47 per cent of them women)"."""
    after = [t for i, t in bracket.tokens if i > mark.index]
    return bool(after) and (after[0].cue == "of_whom" or after[0].kind is TokenKind.WORD)


def _bracket_of(mark: Mark, clause: Clause) -> Level | None:
    for level in clause.levels:
        if level.parent is not None and level.opened < mark.index < level.closed:
            return level
    return None


def _is_estimate(mark: Mark, clause: Clause) -> bool:
    """Say whether a share is one of a survey, which weighs what it counts ("88.3% ±1.0%"), or a bound: "> 40%"."""
    tokens = clause.sentence.tokens
    before = tokens[mark.index - 1].text if mark.index else ""
    return before in ("<", ">", "≤", "≥", "=") or any(t.text == "±" for t in tokens[mark.index + 1 : mark.index + 2])


def is_no_share(level: Level, mark: Mark, clause: Clause) -> bool:
    """Say whether a percentage is no share of stated figures: how far something moved, an estimate, a bound."""
    return is_change(level, mark) or _is_estimate(mark, clause)


def is_qualified(mark: Mark, clause: Clause) -> bool:
    """Say whether a share may be of something else than the count before it: "12 of 30 cases (50 per cent by value)".

    Nor is a fraction of two counts that of the first: "80 buses and 20 vans, a quarter of them electric (25)".
    """
    level = next((x for x in clause.levels if x.depth and x.opened < mark.index < x.closed), clause.outer)
    after = level.between(mark.index, mark.index + _PAIR)
    if not after:
        return False
    if level.depth and after[0].cue in _OTHERWISE:
        return True
    before = [m for m in level.marks if m.index < mark.index and m.value.measure in COUNTS and not m.bracketed]
    worded = not any(c.isdecimal() for c in mark.fact.text)
    return worded and after[0].cue == "of_whom" and len(before) > 1
