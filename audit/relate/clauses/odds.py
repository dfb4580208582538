"""How sure we are that a breakdown was meant which one typing error keeps from adding up.

Two things are weighed against each other: how often a form is meant as a breakdown where it stands in print, with the
share of figures that are misprinted, and the chance that unrelated figures are that close. The record of each form was
counted in reports: "27 women and 20 men" in a bracket divides its total always, three figures behind another nearly
never. So a bracket may be of small figures, and a loose list must be of large ones that miss by little.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from audit.quantity import Measure
from audit.relate.clauses.chance import accident, is_telling, near_miss
from audit.relate.clauses.populations import Fit, is_disjoint, is_divided, is_told_out, names_same
from audit.relate.clauses.reading import OPEN_LISTS

if TYPE_CHECKING:
    from audit.relate.clauses.reading import Reading

LIKELY = 70  # per cent; from here on a near miss speaks by itself
_MISPRINTED = Fraction(5, 100)  # breakdowns of published reports with a figure that is wrong
_MISSING = Decimal("0.4")  # of the total, in loose lists
_WHOLE = 100
_MOST_OF = Decimal("0.6")
_BRACKETS = frozenset({"bracket", "brackets"})
_CLOSED = frozenset({"bracket", "brackets", "dash", "comprising", "total_after", "remain", "or"})
# Forms that say which figure they divide.
_TOLD = _CLOSED | OPEN_LISTS | {"colon", "listed", "of_total", "of_the", "of_whom", "of_these", "items"}
_ALL = frozenset({"dash", "comprising", "total_after", "remain"})  # ... whoever their labels leave out
_CHANCE_AT_MOST = Fraction(1, 2)
_FEWEST = 3
_MANY = 5
# A choice of parts falls short of its total: that parts are more, or one of them is, speaks against a choice; the more
# so in an open list, which is a choice more often than not.
_PARTS_TOO_LARGE, _PART_TOO_LARGE = (3, 8), (10, 30)
_FARTHER = Fraction(1, 10)  # a total that is not the nearest figure is seldom meant

# How often a form is meant as a breakdown: (of two parts, of three and more).
_RECORD = {
    "bracket": (96, 98),
    "brackets": (90, 95),
    "dash": (95, 96),
    "comprising": (95, 96),
    "total_after": (95, 97),
    "remain": (93, 97),
    "items": (85, 95),
    "colon": (85, 96),
    "or": (90, 95),
    "in_all": (75, 92),
    "listed": (96, 97),
    "of_total": (75, 90),
    "of_the": (70, 95),
    "of_whom": (88, 95),
    "of_these": (40, 85),
    "before": (40, 85),
    "named": (50, 95),
    "recalled": (10, 70),
    "partitive": (20, 60),
    "including": (30, 50),
    "among": (30, 50),
    "semicolon": (15, 40),
    "spread": (1, 70),
    "apposition": (5, 10),
    "plain": (2, 5),
}
# What the labels say for or against it, as a factor on the odds.
_LABELS = {
    Fit.PARTITION: Fraction(5),
    Fit.SAME: Fraction(1),
    Fit.OPEN: Fraction(1, 2),
    Fit.PARTIAL: Fraction(1, 10),
    Fit.CLASH: Fraction(0),
}


def likelihood(reading: Reading, tried: int = 1) -> int:
    """Return how likely it is, in per cent, that a reading was meant and has one figure mistyped; 0 without such one.

    `tried` is the number of figures any of which might have been the total.
    """
    if tried > 1:
        return _likelihood(reading, tried)
    if reading.weighed is None:
        reading.weighed = _likelihood(reading, 1)
    return reading.weighed


def _likelihood(reading: Reading, tried: int) -> int:
    total, parts = reading.total.value, [p.value for p in reading.parts]
    if reading.form not in _RECORD or not near_miss(total, parts) or not _is_short_of_little(reading):
        return 0
    if reading.form in OPEN_LISTS and reading.is_mixed:
        return 0  # "17 museums, including two in A, 15 in six states, the District and one territory"
    if reading.gap < 0 and "overlapping" in reading.clause.sentence.cues:
        return 0  # "1,140 named one or more reasons: cost (640), distance (512) and fear (388)"
    if reading.form == "colon" and not reading.is_ample and total.value - len(parts) in (0, 1):
        return 0  # "3 durations: 10, 20 or 30 minutes" counts what is listed
    if is_told_whole(reading) or (not reading.is_ample and any(not p.value for p in parts)):
        return 0  # "an increase of 1 or more (0 as no pain and 10 as the worst pain)"
    chance = accident(total, parts)
    if chance is None:
        return 0
    meant = _odds(reading) * _MISPRINTED
    return int(100 * meant / (meant + min(chance * tried, _CHANCE_AT_MOST)))


def is_told_whole(reading: Reading) -> bool:
    """Say whether what parts leave is told beside them: "901 took A (n=300), B 30 mg (n=297) or C (n=304)"."""
    if not reading.gap:
        return False
    if reading.total.value.measure is Measure.PERCENT:
        # "A (18 %), B (36 %), both combined (42 %) or none (4 %)"
        shares = {m.index: m.value for at in reading.clause.levels for m in at.marks}
        return sum(v.value for v in shares.values() if v.measure is Measure.PERCENT) == _WHOLE
    level, first = reading.parts[0].level, reading.parts[0]
    marks = level.marks if level is not None else []
    told = {p.index for p in reading.parts}
    between = [m for m in marks if reading.total.index < m.index < first.index and m.index not in told]
    return reading.gap > 0 and any(m.sort == first.sort and m.value.value == reading.gap for m in between)


def _is_short_of_little(reading: Reading) -> bool:
    """Say whether parts that fall short leave little to others, none of which are told behind them."""
    joined = reading.is_joined or reading.form in _BRACKETS
    most = reading.gap > reading.total.value.value * _MOST_OF and not is_divided(reading.parts)  # women and men are all
    if reading.form == "bracket" and reading.fit is Fit.OPEN and most:
        return False  # "Among 20 patients, fungi (3 of one kind, 1 of another) were found in 5"
    closed = (reading.form in _CLOSED or reading.form == "listed" or len(reading.parts) >= _FEWEST) and joined
    if reading.fit is Fit.PARTITION and joined and reading.is_last and is_divided(reading.parts):
        return True  # "374 applicants, including 160 women and 21 men": who else could there be
    if closed and (reading.form in _CLOSED or reading.form == "colon"):
        return True
    if closed and reading.form == "listed" and reading.is_last:
        return True  # "35 attacks on hospitals (9) and schools (6)": it names its parts by kind
    near = reading.gap <= reading.total.value.value * _MISSING
    telling = is_telling(reading.total.value, [p.value for p in reading.parts])
    return (closed or near or telling) and reading.is_last


def _odds(reading: Reading) -> Fraction:
    """Return the odds that a reading was meant, by its form and its labels."""
    form = "colon" if _is_told_again(reading) else reading.form
    record = _RECORD[form][len(reading.parts) >= _FEWEST]
    odds = Fraction(record, 100 - record) * _labels(reading)
    if not reading.is_joined and reading.form not in _BRACKETS:
        odds /= 2  # a bracket closes the list that it opens
    if reading.may_overlap or reading.is_crossed:
        odds /= 10
    elif reading.gap < 0 and reading.form in _TOLD:
        odds *= (_PARTS_TOO_LARGE if reading.is_ample else _PART_TOO_LARGE)[reading.form in OPEN_LISTS]
    if reading.form == "of_whom" and len(reading.parts) < _FEWEST and 4 * reading.gap > reading.total.value.value:
        odds /= 5  # "185,000 foreigners, of whom 71,000 Germans and 44,000 Belgians": most likely a choice
    if len(reading.parts) >= _MANY - (reading.form == "of_the" and reading.is_joined):
        odds *= 3  # hardly a choice
    if reading.form in OPEN_LISTS and reading.fit is Fit.PARTITION:
        odds *= 2  # "374 applicants, including 160 women and 21 men"
    return odds * _FARTHER**reading.distance


def _is_told_again(reading: Reading) -> bool:
    """Say whether a semicolon leads in to places, the noun said again: "900 kits; 500 kits in A and 400 in B"."""
    again = reading.form == "semicolon" and names_same(reading.total, reading.parts[0])
    return again and reading.is_placed and not reading.distance


def _labels(reading: Reading) -> Fraction:
    """Return what the labels make of the odds: who is told by both sexes, or by one alone, is told out."""
    match, parts = reading.fit, reading.parts
    if match is Fit.PARTIAL and not all(p.fact.label for p in parts):
        match = Fit.OPEN  # "962 of them were boys and 415 were girls"
    if match is Fit.PARTIAL and reading.gap < 0 and is_disjoint(parts):
        match = Fit.PARTITION  # whoever else there is, "34 men and 45 minors" are not among 49
    told = match is Fit.PARTIAL and (is_told_out(parts) or reading.form in _ALL)
    many = len(parts) >= _FEWEST or reading.form in _CLOSED or is_divided(parts)
    return _LABELS[Fit.SAME if told or (match is Fit.OPEN and many) else match]
