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

from audit.relate.chance import accident, near_miss
from audit.relate.populations import Fit, is_divided, is_told_out

if TYPE_CHECKING:
    from audit.relate.breakdowns import Reading

LIKELY = 70  # per cent; from here on a near miss speaks by itself
_MISPRINTED = Fraction(5, 100)  # breakdowns of published reports with a figure that is wrong
_MISSING = (Decimal("0.4"), Decimal("0.75"))  # of the total, in loose lists and in closed ones
_CLOSED = frozenset({"bracket", "brackets", "dash", "comprising", "total_after", "remain"})
_CHANCE_AT_MOST = Fraction(1, 2)
_FEWEST = 3
_FARTHER = Fraction(1, 10)  # a total that is not the nearest figure is seldom meant

# How often a form is meant as a breakdown: (of two parts, of three and more).
_RECORD = {
    "bracket": (96, 98),
    "brackets": (90, 95),
    "dash": (95, 96),
    "comprising": (95, 96),
    "total_after": (95, 97),
    "remain": (90, 95),
    "items": (85, 95),
    "colon": (75, 96),
    "or": (90, 95),
    "in_all": (75, 92),
    "listed": (70, 92),
    "of_total": (75, 90),
    "of_the": (60, 95),
    "of_whom": (70, 90),
    "of_these": (40, 85),
    "before": (40, 85),
    "named": (50, 95),
    "recalled": (10, 70),
    "partitive": (20, 60),
    "including": (15, 45),
    "among": (10, 40),
    "semicolon": (15, 40),
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
    if reading.gap < 0 and "overlapping" in reading.clause.sentence.cues:
        return 0  # "1,140 named one or more reasons: cost (640), distance (512) and fear (388)"
    chance = accident(total, parts)
    if chance is None:
        return 0
    meant = _odds(reading) * _MISPRINTED
    return int(100 * meant / (meant + min(chance * tried, _CHANCE_AT_MOST)))


def _is_short_of_little(reading: Reading) -> bool:
    """Say whether parts that fall short leave little to others, none of which are told behind them."""
    listed = reading.form == "colon" and len(reading.parts) >= _FEWEST
    closed = (reading.form in _CLOSED or listed) and reading.is_joined
    return reading.gap <= reading.total.value.value * _MISSING[closed] and (closed or reading.is_last)


def _odds(reading: Reading) -> Fraction:
    """Return the odds that a reading was meant, by its form and its labels."""
    record = _RECORD[reading.form][len(reading.parts) >= _FEWEST]
    odds = Fraction(record, 100 - record) * _labels(reading)
    if not reading.is_joined:
        odds /= 2
    if reading.may_overlap:
        odds /= 10
    return odds * _FARTHER**reading.distance


def _labels(reading: Reading) -> Fraction:
    """Return what the labels make of the odds: who is told by both sexes, or by one alone, is told out."""
    match, parts = reading.fit, reading.parts
    if match is Fit.PARTIAL and not all(p.fact.label for p in parts):
        match = Fit.OPEN  # "962 of them were boys and 415 were girls"
    told = match is Fit.PARTIAL and is_told_out(parts)
    many = len(parts) >= _FEWEST or reading.form in _CLOSED or is_divided(parts)
    return _LABELS[Fit.SAME if told or (match is Fit.OPEN and many) else match]
