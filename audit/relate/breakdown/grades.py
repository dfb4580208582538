"""How sure we are that parts were meant to make up a total: from the form, the labels and the arithmetic.

Confidence runs from 0 to 100: from 90 on a gap is an error, from 70 a warning, from 40 a note. A reading that is
not exhaustive says nothing when its parts fall short of the total.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from audit.facts import TokenKind
from audit.quantity import Measure
from audit.relate.clauses.chance import digits as digits_of
from audit.relate.clauses.chance import is_one_edit, near_miss
from audit.relate.clauses.odds import LIKELY, is_told_whole, likelihood
from audit.relate.clauses.populations import Fit
from audit.relate.clauses.reading import OPEN_LISTS, STRONG

if TYPE_CHECKING:
    from audit.relate.clauses.reading import Reading

# How sure a form is by itself that its parts were meant to make up the total (numeric notes, section 9).
BASE = {
    "bracket": 92,
    "colon": 90,
    "dash": 90,
    "comprising": 92,
    "of_whom": 88,
    "remain": 90,
    "total_after": 90,
    "apposition": 70,
    "semicolon": 72,
    "partitive": 60,
    "brackets": 85,
    "listed": 75,
    "before": 72,
    "of_total": 80,
    "of_the": 80,
    "of_these": 80,
    "items": 82,
    "including": 30,
    "among": 30,
    "mainly": 10,
    "focusing": 30,
    "or": 60,
    "in_all": 50,
    "plain": 40,
    "paragraph": 40,
    "named": 40,
    "recalled": 40,
}

_MISSING = Decimal("0.4")
_NEAR = Decimal("0.1")
_CLOSE = Decimal("0.2")
_OF_ALL = frozenset({"of_whom", "of_the", "of_these"})
_HALF = Decimal("0.5")
_SOME = 2
_TELLING = 3  # digits of a figure whose typing error would explain the gap
_CERTAIN = 4
_LISTS = frozenset({"bracket", "brackets", "colon", "dash", "listed"})
_DOUBTFUL = 35
_MAYBE = 65
_FEWEST = 3
_LAST = 5
_REMAINS = 84
_DOUBTED = 89  # ... and never as an error


def grade(reading: Reading) -> tuple[int, bool]:
    """Return (confidence, exhaustive) of a reading."""
    digits = near_miss(reading.total.value, [p.value for p in reading.parts])
    base, exhaustive = _by_labels(reading, digits)
    base, exhaustive = _by_form(reading, digits, base, exhaustive=exhaustive)
    if digits >= _CERTAIN:
        base, exhaustive = max(base + 8, 80 if reading.form in OPEN_LISTS else 85), True
    elif digits == _TELLING:
        base += 3
        exhaustive = exhaustive or (reading.fit is Fit.PARTIAL and reading.form in STRONG)
    if _is_unlikely(reading, digits):
        base = min(base, _DOUBTFUL)
    if reading.form == "remain" and reading.parts[0].level is not reading.parts[-1].level:
        base = min(base, _DOUBTED)  # more may have been told in between
    counted = reading.total.value.measure is Measure.COUNT
    if counted and not digits and reading.form in (*_LISTS, "total_after") and reading.fit is not Fit.PARTITION:
        base = min(base, _DOUBTED)  # no typing error explains it: "38 replied: 20 had a plan, 19 a budget and 12 both"
    if reading.form == "bracket" and reading.fit is not Fit.PARTITION and not reading.is_joined:
        base = min(base, _DOUBTED)  # "14 interpreters (9 for Arabic, 6 for French)": nothing says that no one is both
    sure = min(likelihood(reading), _DOUBTED)
    if (reading.form == "remain" or reading.leaves_rest) and len(reading.parts) < _FEWEST:
        sure = min(sure, _REMAINS)  # a whole and a part of it: better told as what remains
    graded = base - 10 * reading.distance
    return (min(max(graded, sure), 97), True) if sure >= LIKELY else (min(graded, 97), exhaustive)


def _is_unlikely(reading: Reading, digits: int) -> bool:
    """Say whether the parts are of something else, or may overlap, so that a gap tells nothing."""
    if reading.may_overlap or reading.is_crossed or is_told_whole(reading):
        return True
    loose = reading.fit is Fit.OPEN or (reading.fit is Fit.SAME and digits < _SOME)
    if not reading.is_ample and loose and not (len(reading.parts) >= _FEWEST and _has_lost_digits(reading)):
        return True  # "the queue fell to 12 days (31 before, 19 in the pilot)"
    if reading.gap >= 0 or reading.fit is Fit.PARTITION:
        return False
    if reading.form == "listed" and not digits and -reading.gap > reading.total.value.value * _HALF:
        return True  # "one took 3.6 million, Ghana (3.4 million), Chad (2.5 million) and Togo (1.7 million) took most"
    far = not digits and -reading.gap > reading.total.value.value * _CLOSE
    if reading.form == "colon" and far and reading.fit is Fit.OPEN and len(reading.parts) >= _FEWEST:
        return True  # "given to 12,400 children: 8,200 received the first dose, 6,100 the second and 3,300 the third"
    if any(t.cue == "overlapping" for t in reading.clause.sentence.tokens):
        return True  # "1,140 named one or more reasons: cost (640), distance (512) and fear (388)"
    # "47 delegates speak 6 languages: 31 speak English, 22 French and 18 Spanish"
    return reading.distance > 0 and reading.fit is Fit.OPEN and digits < _TELLING


def _has_lost_digits(reading: Reading) -> bool:
    """Say whether parts make up a total of two digits or more of which one was dropped: "of these 5 audits, 47 ..."."""
    step = min(f.value.step for f in (reading.total, *reading.parts))
    printed = digits_of(reading.total.value.value, step)
    right = digits_of(reading.total.value.value - reading.gap, step)
    return len(right) > len(printed) > 0 and reading.form in STRONG and is_one_edit(printed, right)


def _by_labels(reading: Reading, digits: int) -> tuple[int, bool]:
    base, exhaustive = BASE[reading.form], reading.form in STRONG
    over = reading.gap < 0
    if reading.fit is Fit.PARTITION:
        return base + 3, exhaustive
    if not over and not digits and reading.form in _LISTS:
        base = min(base, _MAYBE)  # no typing error explains what is missing: a choice of parts
    if reading.fit is Fit.OPEN:
        base -= 10 if over else 15
    elif reading.fit is Fit.SAME and not over and digits < _TELLING and reading.form in _LISTS:
        base = min(base, 82)  # "45 cases (12 new and 20 pending)": the list may be a choice
    elif reading.fit is Fit.PARTIAL:
        base, exhaustive = min(base, 75), over and exhaustive
    elif reading.fit is Fit.CLASH:
        base, exhaustive = _DOUBTFUL, False
    # most of the total is not told: a choice of parts, not a breakdown
    return base, exhaustive and reading.gap <= reading.total.value.value * _MISSING


def _by_form(reading: Reading, digits: int, base: int, *, exhaustive: bool) -> tuple[int, bool]:
    over, divided = reading.gap < 0, reading.fit is Fit.PARTITION
    if reading.form == "including" and divided and abs(reading.gap) <= reading.total.value.value * _NEAR:
        return 74, True  # "374 applicants, including 160 women and 213 men": who else could there be
    if reading.form in OPEN_LISTS and over:
        # answers may overlap: "mainly through government (103 countries) and donors (35 countries)"
        # or one thing may be of two kinds: "148 incidents, including 145 restrictions and 135 cancelled patrols"
        near = abs(reading.gap) <= reading.total.value.value * _HALF
        sound = reading.form == "including" and near and reading.is_ample and not reading.is_mixed
        return (72 if sound else _DOUBTFUL), exhaustive
    if reading.form == "apposition" and divided and reading.fit is Fit.PARTITION:
        return 85, True  # "15 judges, 9 men and 5 women"
    if reading.form == "apposition" and reading.fit is Fit.SAME and is_close(reading, digits):
        return 74, True  # "4,812 patients, 2,790 in Goma and 2,022 in Beni"
    if divided:
        return base, exhaustive
    if reading.form == "partitive" and over and len(reading.parts) >= _FEWEST:
        return 75, True  # "nine of the 12 improved, two worsened and two were unchanged"
    few = len(reading.parts) < _FEWEST
    if reading.form == "partitive" and over and few and is_shared_out(reading):
        return 75, True  # "three of the five judges voted for and three against"
    if reading.form in _OF_ALL and (not few or digits >= _TELLING) and is_close(reading, digits) and reading.is_last:
        return 74, True  # "18 disputes, of which 11 were dismissed, 4 rejected and 2 led to recounts"
    if reading.form == "of_whom":
        # "97 women, of whom 60 were married and 50 had children"
        return (min(base, 80) if over and is_close(reading, digits) else _DOUBTFUL), over
    if reading.form == "of_total":
        return 60, False
    if reading.form in ("of_the", "of_these"):
        # "of the 90, 52 were approved and 21 rejected": the rest may be pending; "80 were damaged and 60 closed": both
        return (_DOUBTFUL if few or over else base), digits >= _TELLING and not few
    return base, exhaustive


def is_shared_out(reading: Reading) -> bool:
    """Say whether "and" gives the last part to another side: "nine of the 11 went to ... and four to ..."."""
    last, level = reading.parts[-1], reading.parts[-1].level
    before = level.between(reading.total.index, last.index) if level is not None else []
    after = level.between(last.index, last.index + _LAST) if level is not None else []
    if not before or before[-1].cue != "and" or not after or not reading.is_ample:
        return False
    ends = len(after) == 1 or after[1].kind is TokenKind.STOP
    return bool(after[0].cue) and after[0].cue != "verb" and (ends or any(t.cue == after[0].cue for t in before))


def is_close(reading: Reading, digits: int | None = None) -> bool:
    """Say whether a gap is small, and one digit would close it."""
    if digits is None:
        digits = near_miss(reading.total.value, [p.value for p in reading.parts])
    share = _CLOSE if digits >= _SOME else _NEAR
    return bool(digits) and abs(reading.gap) <= max(reading.total.value.value * share, _least(reading))


def _least(reading: Reading) -> Decimal:
    """Return the gap that is small in any total: one, where at least three parts follow their total."""
    many = reading.form == "apposition" and len(reading.parts) >= _FEWEST and reading.fit is Fit.SAME
    return reading.total.value.step if many else Decimal(0)
