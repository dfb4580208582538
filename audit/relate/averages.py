"""Averages: a total, a number and what comes to each ("120 visits in 12 months, an average of 10 a month").

A rate that names what it is per ("or 300 pupils per school") is an average of what is counted by that name.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind
from audit.facts import TokenKind
from audit.quantity import Measure
from audit.relate.clauses.chance import is_repaired
from audit.relate.clauses.operands import claim
from audit.relate.clauses.populations import is_one_noun
from audit.relate.clauses.structure import named_sort

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from audit.relate.clauses.structure import Level, Mark, Paragraph

_REACH = 3
_PAIR = 2
_UNIT = 5
_EACH = "each"
_CUES = ("average", "per", "apiece", "by", "total")

Pair = tuple["Mark", "Mark"]


def claims(paragraph: Paragraph) -> Iterator[Claim]:
    """Yield the averages of a paragraph whose total and number stand in the same sentence, or one in that before."""
    for position, clause in enumerate(paragraph.clauses):
        if clause.sentence.cues.isdisjoint(_CUES):
            continue
        earlier = [m for m in paragraph.clauses[position - 1].outer.marks if not m.bracketed] if position else []
        for level in clause.levels:
            shared = _of_each(level, level.marks)
            if shared is not None:
                yield _claim(shared[0], shared[1], 78, paragraph)
                continue
            for mark in level.marks:
                found = None if mark.bracketed else _in_bracket(level, mark) or _found(level, mark, earlier)
                if found is not None:
                    yield _claim(mark, *found, paragraph)


def _claim(stated: Mark, pair: Pair, confidence: int, paragraph: Paragraph) -> Claim:
    basis = Basis(cue="average", confidence=confidence, reasons=("an average with its total and number",))
    roles = [("stated", stated), ("total", pair[0]), ("number", pair[1])]
    return claim(ClaimKind.AVERAGE, "average", paragraph.document, roles, basis)


def _found(level: Level, mark: Mark, earlier: Sequence[Mark]) -> tuple[Pair, int] | None:
    """Return the (total, number) of an average, with how sure it is."""
    led = _unit_before(level, mark)
    unit = led or _unit(level, mark)
    told = _is_average(level, mark)
    if mark.value.measure is Measure.PERCENT or _has_long_time(level):
        return None
    if unit == _EACH and not told:
        multiplied = _multiplied(level, mark)
        return (multiplied, 78) if multiplied is not None else None
    if not (told or led or (unit and _is_said_again(level, mark))):
        return None
    if told:
        exact = _pair(level, mark)
        if exact is not None:
            return exact, 70
    named = _named(level, mark, unit, earlier if told else ())
    return (named, 78) if named is not None else None


def _in_bracket(level: Level, mark: Mark) -> tuple[Pair, int] | None:
    """Return the (total, number) of "14 workshops, attended by 560 people (an average of 40 per workshop)"."""
    outer = level.parent
    if outer is None or level.marks != [mark] or mark.value.measure is Measure.PERCENT or not _is_average(level, mark):
        return None
    told = [m for m in outer.marks if not m.bracketed and m.index < level.opened and _is_counted(m)][-_PAIR:]
    ways = (
        [(total, number) for total, number in (told, told[::-1]) if _is_counted(number)] if len(told) == _PAIR else []
    )
    exact = [w for w in ways if _holds(mark.value.value, w[0].value.value, w[1].value.value, mark.value.step)]
    unit = _unit(level, mark)
    plain = (
        unit not in ("", _EACH) and len(level.between(mark.index, level.closed)) <= _REACH
    )  # "per workshop", no more
    near = [w for w in ways if plain and is_one_noun(w[1].fact.head, unit) and _is_near(mark, w)]
    found = exact or near
    return (found[0], 76) if len(found) == 1 and found[0][0].value.value > found[0][1].value.value else None


def _is_counted(mark: Mark) -> bool:
    return mark.value.measure is not Measure.PERCENT and mark.value.value > 1


def _is_near(mark: Mark, pair: Pair) -> bool:
    return is_repaired((mark.value, pair[0].value, pair[1].value), _holds) >= _PAIR


def _has_long_time(level: Level) -> bool:
    """Say whether a length of time is told in two figures: "42 km in 3 hours 30 minutes"."""
    times = [m.index for m in level.marks if named_sort(m) == "time"]
    return any(b - a <= _REACH for a, b in pairwise(times))


def _is_average(level: Level, mark: Mark) -> bool:
    before = level.between(mark.index - _REACH - 1, mark.index)
    if any(t.cue == "average" for t in before):
        return not any(t.cue == "than" for t in before)  # "7,400 more than the average of 54,300"
    after = level.between(mark.index, mark.index + 2 * _REACH)
    named = next((p for p, t in enumerate(after) if t.cue == "average"), -1)
    # "36 élèves en moyenne", "210 a month on average"
    return named >= 0 and all(t.kind is TokenKind.WORD or t.cue in ("per", "article", "by") for t in after[:named])


def _is_said_again(level: Level, mark: Mark) -> bool:
    """Say whether a rate says a total again: ", or 300 per school", ", that is, 4 a day"."""
    before = level.between(mark.index - _REACH - 1, mark.index)
    return any(t.cue in ("or", "that_is", "comprising") for t in before) and not any(t.cue == "per" for t in before)


def _unit(level: Level, mark: Mark) -> str:
    """Return what an average is per: "month" of "210 a month", "school" of "350 pupils per school"."""
    after = level.between(mark.index, mark.index + _UNIT)
    for place, token in enumerate(after):
        if token.cue == "apiece":
            return _EACH
        following = after[place + 1] if place + 1 < len(after) else None
        if token.cue == "per" and (following is None or following.kind is not TokenKind.WORD):
            return token.text.split()[-1].lower() if " " in token.text else _EACH  # "al mes", "each"
        if token.cue in ("per", "article", "by") and following is not None:
            return following.key if following.kind is TokenKind.WORD else ""
        if token.kind is not TokenKind.WORD:
            return ""
    return ""


def _unit_before(level: Level, mark: Mark) -> str:
    """Return what a rate is per where its name stands before it: "spending per pupil was $250"."""
    lead = level.between(mark.index - 2 * _REACH, mark.index)
    place = next((p for p in range(len(lead) - 2, 0, -1) if lead[p].cue in ("per", "by")), 0)
    named = place > 0 and lead[place - 1].kind is TokenKind.WORD and lead[place + 1].kind is TokenKind.WORD
    plain = all(t.cue in ("verb", "of", "from", "at", "average") for t in lead[place + 2 :])
    return lead[place + 1].key if named and plain and len(lead) > place + 2 else ""


def _named(level: Level, mark: Mark, unit: str, earlier: Sequence[Mark]) -> Pair | None:
    """Return the one (total, number) that words can mean: the number counts what the average is per.

    One of them may stand in the sentence before: "saw 5,184 patients. Over the 12 months that is an average of 432".
    """
    others = [m for m in level.marks if m.index != mark.index and m.value.measure is not Measure.PERCENT]
    counted = [m for m in others if m.value.measure is Measure.COUNT and m.value.value > 1]
    if unit in ("", _EACH):
        numbers = counted[:1] if len(others) == _PAIR and unit else []
    else:
        numbers = [m for m in counted if m.fact.head and is_one_noun(m.fact.head, unit)] or [
            m for m in earlier if m.fact.head and m.value.value > 1 and is_one_noun(m.fact.head, unit)
        ]
    if len(numbers) != 1 or any(t.cue in ("compared", "than") for t in level.between(mark.index - _UNIT, mark.index)):
        return None
    named = mark.fact.head not in ("", unit)  # "210 a month" are no months
    rest = [m for m in others if m is not numbers[0] and m.sort == mark.sort]
    rest = rest or [m for m in earlier if m is not numbers[0] and m.sort == mark.sort]
    alike = [m for m in rest if not named or m.fact.head in ("", mark.fact.head)]
    # "4 times a day, or 28 times a week, for 3 weeks": what is a rate itself is no total
    if len(alike) != 1 or _unit(level, alike[0]) or _unit(level, numbers[0]):
        return None
    total, number = alike[0], numbers[0]
    exact = _holds(mark.value.value, total.value.value, number.value.value, mark.value.step)
    meant = exact or is_repaired((mark.value, total.value, number.value), _holds)
    return (total, number) if meant else None


def _multiplied(level: Level, each: Mark) -> Pair | None:
    """Return (total, number) of what each of some things has: "12 sessions of 25 people each, 310 people in all".

    The number stands right before; nothing else in the sentence is of the kind of what each has.
    """
    marks = [m for m in level.marks if not m.bracketed and m.value.measure is not Measure.PERCENT]
    before = [m for m in marks if m.index < each.index]
    if len(marks) != _PAIR + 1 or not before or before[-1].value.measure is not Measure.COUNT:
        return None
    number = before[-1]
    total = next(m for m in marks if m is not each and m is not number)
    first, last = (total, number) if total.index < number.index else (each, total)
    gap = level.between(first.index, last.index)
    if any(t.cue == "and" for t in gap) and not any(t.cue == "total" for t in gap):
        return None  # "3 tickets at $12 each and a drink for $6"
    alike = total.sort == each.sort and (bool(each.value.unit) or total.fact.head in ("", each.fact.head))
    if not alike or number.value.value <= 1 or number.fact.head == each.fact.head != "":
        return None
    meant = is_repaired((each.value, total.value, number.value), _makes)
    exact = _makes(each.value.value, total.value.value, number.value.value, each.value.step)
    return (total, number) if exact or meant else None


def _of_each(level: Level, marks: Sequence[Mark]) -> tuple[Mark, Pair] | None:
    """Return (each, (total, number)) of "each of the 15 centres received 20 books, 300 in all"."""
    told = [m for m in marks if not m.bracketed and m.value.measure is not Measure.PERCENT]
    if len(told) != _PAIR + 1:
        return None
    number, each, total = told
    lead = level.between(number.index - _REACH - 1, number.index)
    named = any(t.cue in ("per", "apiece") for t in lead) and bool(lead) and lead[-1].cue in ("article", "of")
    sized = level.between(number.index, each.index)  # "12 sessions of 25 people, 300 people in all"
    of = len(sized) > 1 and sized[0].kind is TokenKind.WORD and sized[-1].cue in ("of", "from")
    named = named or (of and each.fact.head == total.fact.head != "")
    gap = level.between(each.index, total.index)
    summed = any(t.cue == "total" for t in (*gap, *level.between(total.index, total.index + _REACH)))
    alike = each.sort == total.sort and total.fact.head in ("", each.fact.head)
    if not (named and summed and alike) or number.value.measure is not Measure.COUNT or number.value.value <= 1:
        return None
    meant = is_repaired((each.value, total.value, number.value), _makes)
    exact = _makes(each.value.value, total.value.value, number.value.value, each.value.step)
    return (each, (total, number)) if exact or meant else None


def _makes(each: Decimal, total: Decimal, number: Decimal, step: Decimal) -> bool:
    return abs(total - each * number) <= step / 2 * (number if step < 1 or each % 1 else 0)


def _holds(stated: Decimal, total: Decimal, number: Decimal, step: Decimal) -> bool:
    return number > 0 and abs(total / number - stated) <= step


def _pair(level: Level, mark: Mark) -> Pair | None:
    """Return the one (total, number) of the sentence whose quotient is the average, rounded or cut."""
    others = [m for m in level.marks if m.index != mark.index and m.value.measure is not Measure.PERCENT]
    fitting = [
        (total, number)
        for total in others
        for number in others
        if total is not number
        and number.value.value > 1
        and number.value.measure is Measure.COUNT
        and total.sort == mark.sort
        and _holds(mark.value.value, total.value.value, number.value.value, mark.value.step)
    ]
    if not fitting and len(others) == _PAIR:
        number, total = sorted(others, key=lambda m: m.value.value)
        # "130 visits in 12 months, an average of 14 visits a month": nothing else in the sentence can be meant
        counted = mark.fact.head == total.fact.head or (not mark.fact.head and total.index < number.index)
        apart = 1 < number.value.value < total.value.value
        near = apart and mark.value.value <= 2 * total.value.value / number.value.value <= 4 * mark.value.value
        if near and total.sort == number.sort == mark.sort and counted:
            return total, number
    if not fitting and len(others) == _PAIR and mark.value.measure is Measure.MONEY:
        number, total = sorted(others, key=lambda m: m.value.measure is Measure.MONEY)
        # "215 fines worth £3.4 million, an average of about £15,800 each"
        whole = 2 * total.value.value > mark.value.value * number.value.value > total.value.value / 2
        if whole and total.sort == mark.sort and number.value.measure is Measure.COUNT and number.value.value > 1:
            return total, number
    return fitting[0] if len(fitting) == 1 else None
