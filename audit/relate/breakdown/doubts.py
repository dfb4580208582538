"""What speaks against a breakdown that does not add up: signs that its figures were never meant to be added.

Each sign was met in print; none of them keeps a breakdown that adds up from being verified.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from audit.facts import TokenKind
from audit.quantity import Hedge, Measure
from audit.relate.breakdown.otherwise import tells_otherwise
from audit.relate.clauses.ends import are_ends
from audit.relate.clauses.openings import opening
from audit.relate.clauses.populations import Fit, is_of_another_fate
from audit.relate.clauses.reading import STRONG
from audit.relate.clauses.structure import named_sort, sort_of

if TYPE_CHECKING:
    from audit.relate.clauses.reading import Reading
    from audit.relate.clauses.structure import Mark

_EACH = 4
_FIFTH = Decimal("0.2")
_PAIR = 2
_FEW = 20
_BRACKETS = ("bracket", "brackets")
_SMALL = 100
_SMALLEST = 10
_BELOW = (Hedge.UNDER, Hedge.AT_MOST)
_TAIL = 3
_BEHIND = 16
_LAST = 6
_ENDS = (TokenKind.SEMICOLON, TokenKind.STOP, TokenKind.COLON, TokenKind.DASH)
_SUBORDINATE = frozenset({"of_whom", "including", "relative", "comprising", "among", "or", "total", "compared"})


def is_spurious(reading: Reading) -> bool:
    """Say whether a breakdown that does not add up has a sign that it is none."""
    total, parts = reading.total, reading.parts
    if total.value.hedge in _BELOW and reading.form not in STRONG:
        return True  # "for those under 28, between 4 and 19 euros"
    bracket = reading.form in _BRACKETS
    if total.value.value == 1 and not (bracket and total.fact.text == "1" and any(p.value.value != 1 for p in parts)):
        return True  # "one home: one reader, one extractor and one judge"; not "1 abducted (2 women, 5 boys, 3 girls)"
    if reading.form == "colon" and total.fact.text.isalpha() and all(p.value.value > total.value.value for p in parts):
        return True  # "four classes: 12 girls and 9 boys in the first; ..."
    said = reading.form in (*_BRACKETS, "listed") or (reading.form in STRONG and len(parts) > _PAIR)
    if not said and any(p.value.value == total.value.value for p in parts):
        return True  # "NY 10017 800 Second Avenue, NY 10017"
    counted = total.value.measure is Measure.COUNT and total.value.scale == 1 and total.value.step == 1
    if counted and any(p.value.step < 1 for p in parts):
        return True  # "57 packages: 7.8 s with an empty cache"
    if any(p.value.value < 0 for p in parts):
        return True  # "1003: {width: 0, height: -1, topline: 0}": settings, not parts
    alike = sort_of(total) != "" and all(
        sort_of(p) == sort_of(total) for p in parts
    )  # "3 civilians (4 men, 2 girls ..."
    if total.value.value == len(parts) and counted and reading.fit is not Fit.PARTITION and not alike:
        return True  # "3 families: A (2 genes), B (3 genes) and C (one)": how many there are
    values = [p.value.value for p in parts]
    if len(values) > _PAIR and all(b - a == 1 for a, b in pairwise(values)) and reading.fit is not Fit.PARTITION:
        return True  # "alpha acid 6, beta acid 7 and gamma acid 8": names with their numbers
    if tells_otherwise(reading):
        return True
    plain = not total.value.unit and total.value.scale == 1 and total.value.step < 1
    if plain and any(p.value.step != total.value.step for p in parts):
        return True  # "the rate of 6.3 (2 digits 1.5, 3 digits 9 and 4 digits 75)": parts of one kind are printed alike
    if reading.form == "total_after" and named_sort(total) == "time" and any(sort_of(p) != "time" for p in parts):
        return True  # "4 training periods through ages 35 to 60, totalling 18 months"
    return (
        _is_told_twice(reading)
        or _is_ever(reading)
        or _is_narrowed(reading)
        or _has_base(reading)
        or _is_move(reading)
        or _is_carried(reading)
        or _is_reduced(reading)
        or _is_each(reading)
        or _has_unnumbered(reading)
        or _goes_on(reading)
        or _is_sibling(reading)
        or _has_others(reading)
    )


def _is_told_twice(reading: Reading) -> bool:
    """Say whether a part may be one of another: "of the 212 it accepted 187, implemented 30 and rejected 25"."""
    return reading.form in ("of_the", "of_these") and -reading.gap in [p.value.value for p in reading.parts[1:]]


def _is_ever(reading: Reading) -> bool:
    """Say whether a total is of more than its parts: "12 in 2020 and 15 in 2021, the total rose to 127", "since"."""
    total = reading.total
    if reading.form not in ("total_after", "in_all") or total.level is None:
        return False
    if 2 * reading.gap <= total.value.value:
        return False
    around = total.level.between(total.index - _EACH - 1, total.index + _EACH)
    return any(t.cue in ("since", "increase", "leaving") for t in around)


def _is_narrowed(reading: Reading) -> bool:
    """Say whether each figure is drawn from the one before: "of 300, it interviewed 120, shortlisted 60, hired 12"."""
    values = [p.value.value for p in reading.parts]
    far = reading.gap > reading.total.value.value * _FIFTH
    return reading.form == "of_the" and far and all(2 * b <= a for a, b in pairwise(values)) and reading.is_joined


def _has_base(reading: Reading) -> bool:
    """Say whether what remains is told beside the whole of another: "117 of 152 and, in the other group, 102"."""
    return reading.form == "remain" and any(
        p.level is not None and p.value.value > reading.total.value.value and _leads(p, ("of",)) for p in reading.parts
    )


def _is_move(reading: Reading) -> bool:
    """Say whether a total is by how much something moved, and its brackets hold levels: "fell by 13, in Leeds (60)"."""
    total = reading.total
    beyond = reading.form in (*_BRACKETS, "listed") and all(p.value.value > total.value.value for p in reading.parts)
    if not beyond or total.level is None or not _leads(total, ("by", "of", "in")):
        return False
    return any(t.cue in ("increase", "decrease") for t in total.level.between(total.index - _LAST, total.index))


def _leads(mark: Mark, cues: tuple[str, ...]) -> bool:
    return mark.level is not None and any(t.cue in cues for t in mark.level.between(mark.index - 2, mark.index))


def is_accident(reading: Reading) -> bool:
    """Say whether a weak reading that adds up may do so by chance: two small figures behind a third, round shares.

    "2 days in class and 3 at work, or 1 month and 1 month"; "75 % in the first year, 50 % in the next and 25 % then".
    """
    if reading.form not in ("plain", "apposition"):
        return False
    total = reading.total.value
    if total.measure is Measure.PERCENT:
        steps = total.value / min(f.value.round_step for f in (reading.total, *reading.parts))
        return steps < _SMALL
    loose = total.hedge in _BELOW or (reading.form == "plain" and total.value < _SMALLEST)
    return loose and reading.fit is not Fit.PARTITION


def _is_carried(reading: Reading) -> bool:
    """Say whether a total is a stock that stood before its parts: "84 on 1 May; 31 came and 27 left, or 88 in June"."""
    total, first, level = reading.total, reading.parts[0], reading.parts[0].level
    if level is None or total.index < first.index:
        return False
    before = [m for m in level.marks if m.index < first.index and m.sort == total.sort and not m.bracketed]
    return any(are_ends(m, total, (reading.clause, reading.clause)) for m in before[-1:])


def _has_others(reading: Reading) -> bool:
    """Say whether a small total is that of all parts but those of one name: "7 signs: 2 letters, 1 dash, 3 digits"."""
    extra = -reading.gap
    heads = {p.fact.head for p in reading.parts} - {"", reading.total.fact.head}
    named = [[p.value.value for p in reading.parts if p.fact.head == head] for head in heads]
    alike = [sum(values) for values in named if len(values) > 1]  # told more than once, as the dashes are
    counted = reading.total.value.measure is Measure.COUNT
    return extra > 0 and counted and len(heads) > _PAIR and reading.total.value.value < _FEW and extra in alike


def _is_reduced(reading: Reading) -> bool:
    """Say whether something is taken off again: "402: 380 at the start, plus 120 new ones, less 98 closed"."""
    first, last = reading.parts[0], reading.parts[-1]
    if reading.gap >= 0 or last.level is None:
        return False
    tokens = last.level.between(first.index, last.index + _BEHIND)
    return any(t.cue == "deduct" and after.kind is TokenKind.FIGURE for t, after in pairwise(tokens))


def _is_each(reading: Reading) -> bool:
    """Say whether a part is told per thing: "6 for women, 2 for A, and 1 seat each for B and C"."""
    # ... or the total is: "two patients in each group (...)"
    return any(
        p.level is not None and any(t.cue == "per" for t in p.level.between(p.index, p.index + _EACH))
        for p in (reading.total, *reading.parts)
    )


def _has_unnumbered(reading: Reading) -> bool:
    """Say whether a part without a figure stands first: "9 members - the chief justice and 2 justices from ..."."""
    first = reading.parts[0]
    if (
        first.level is None
        or first.bracketed
        or (first.level is reading.total.level and first.index < reading.total.index)
    ):
        return False
    _, bound = opening(first.level, first, reading.clause)
    between = first.level.between(bound, first.index)
    if any(t.kind is TokenKind.FIGURE for t in between):
        return False  # "(14,465 women and 15,008 men; 12,860 Serbs, ...)": a second breakdown
    return bound < first.index and any(t.cue == "and" for t in between)


def _goes_on(reading: Reading) -> bool:
    """Say whether parts that fall short go on without figures: "10 primary and 6 secondary schools, as well as ..."."""
    last = reading.parts[-1]
    if reading.gap < 0 or last.level is None:
        return False
    if not reading.is_joined and _has_unnumbered_last(last):
        return True
    joined = False
    tokens = last.level.between(last.index, last.index + _BEHIND)
    for place, token in enumerate(tokens):
        joined = joined or token.kind is TokenKind.COMMA or token.cue == "and"
        if token.kind in _ENDS or token.cue in _SUBORDINATE:
            return False
        if token.cue in ("also", "several"):
            return True
        if token.kind is TokenKind.FIGURE:
            # a list whose next figure we could not read as one of it: better to say nothing
            alike = any(
                m.token is token
                and m.sort == last.sort
                and (m.bracketed or not last.bracketed)
                and not is_of_another_fate(m, reading.total)
                for m in last.level.marks
            )
            part = any(
                t.cue == "of_whom" for t in tokens[place + 1 : place + _TAIL]
            )  # "with 173,506 of those deported"
            return joined and alike and not part and token is not reading.total.token
    return False


def _has_unnumbered_last(last: Mark) -> bool:
    """Say whether "and" adds what has no figure: "clinics (9), schools (6) and other sites", "5 cars and a bus"."""
    tokens = last.level.between(last.index, last.index + _LAST) if last.level is not None else []
    for token, after in pairwise(tokens):
        if token.kind in (*_ENDS, TokenKind.FIGURE, TokenKind.COMMA):
            return False
        if token.cue == "and":
            return after.cue != "verb" and after.kind is not TokenKind.FIGURE
    return False


def _is_sibling(reading: Reading) -> bool:
    """Say whether the total is told like its parts, each behind its name: "HSU 4, Laborists - Reform 3, Greens 2"."""
    if reading.form not in ("apposition", "dash", "semicolon", "plain"):
        return False
    return all(_is_behind_name(m) for m in (reading.total, *reading.parts[1:]))


def _is_behind_name(mark: Mark) -> bool:
    if mark.level is None or mark.bracketed:
        return False
    before = mark.level.between(mark.index - 2, mark.index)
    after = mark.level.between(mark.index, mark.index + 2)
    named = bool(before) and before[0].kind is TokenKind.WORD and before[0].text[:1].isupper()
    return named and (not after or after[0].kind is not TokenKind.WORD)


def without_rest(reading: Reading) -> Reading | None:
    """Return the breakdown that the first parts make up exactly: "2,382 (1,277 pass, 1,105 fail, 796 with a text)".

    What follows them tells of the same things in another way, unless "and" joins it. A small total is made up by
    accident too often to excuse parts that plainly divide it.
    """
    added = Decimal(0)
    if reading.form in ("comprising", "brackets") or (
        reading.fit is Fit.PARTITION and reading.total.value.value < _SMALL
    ):
        return None
    for place, (part, after) in enumerate(pairwise(reading.parts)):
        added += part.value.value
        if added > reading.total.value.value:
            return None
        if added == reading.total.value.value and place:
            first = replace(reading, parts=reading.parts[: place + 1])
            # "18 victims (14 from A, 4 from B, 2 from C and 1 from D)" is one list, and its beginning an accident
            one = reading.is_joined and not _is_joined(reading.parts[place - 1], part)
            return None if one or _is_joined(part, after) else first
    return None


def _is_joined(part: Mark, after: Mark) -> bool:
    gap = part.level.between(part.index, after.index) if part.level is not None else []
    return any(t.cue in ("and", "also") for t in gap[-_TAIL:])
