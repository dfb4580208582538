"""What a crossing where a relation fails looks like: an amount near its parts, a count, or an average or a rate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.relate.tables.evidence import HOLDS

if TYPE_CHECKING:
    from audit.relate.tables.evidence import Relation
    from audit.relate.tables.sheet import Sheet

_TWICE, _TYPED = 2, 2


def is_meant(sheet: Sheet, relation: Relation, crossing: int) -> bool:
    """Say whether a labelled total is more than any of its parts and near what they make: an average is neither."""
    if relation.total is None or not relation.plain or not relation.is_steady or relation.count(*HOLDS) < _TWICE:
        return False
    return is_larger(sheet, relation, crossing) and not is_far(sheet, relation, crossing)


def is_larger(sheet: Sheet, relation: Relation, crossing: int) -> bool:
    """Say whether the total is an amount that is more than any of its parts."""
    if relation.total is None:
        return False
    stated = sheet.slots[relation.total][crossing].value
    largest = max(sheet.slots[line][crossing].value for line, _ in relation.parts)
    return stated > largest > 0 and is_amount(sheet, crossing)


def is_average(sheet: Sheet, relation: Relation, crossing: int) -> bool:
    """Say whether a total stands between its parts in a column that does not say what it counts: "Level 195"."""
    across = sheet.crossings[crossing]
    if relation.total is None or sheet.across or {"count", "counted"} & across.cues or across.is_total:
        return False
    parts = [sheet.slots[line][crossing].value for line, _ in relation.parts]
    return min(parts) <= sheet.slots[relation.total][crossing].value <= max(parts)


def is_counted(sheet: Sheet, relation: Relation, crossing: int, digits: float) -> bool:
    """Say whether a labelled total of all its section holds elsewhere in a table of counts, and is no average here."""
    if not (relation.plain and relation.is_steady and relation.count(*HOLDS) >= _TWICE and is_amount(sheet, crossing)):
        return False
    across = sheet.crossings[crossing]
    if {"count", "counted"} & across.cues or across.is_total or digits >= _TYPED:
        return True
    parts = [sheet.slots[line][crossing].value for line, _ in relation.parts]
    stated = sheet.slots[relation.total or 0][crossing].value
    return not min(parts) <= stated <= max(parts)  # "Women 34, Men 36, Total 35" may be ages


def is_rate(sheet: Sheet, relation: Relation, crossing: int) -> bool:
    """Say whether a total of per cents or rates stands between its parts: "120 %, 80 %, all 100 %"."""
    return not is_amount(sheet, crossing) and is_average(sheet, relation, crossing)


def may_sum(sheet: Sheet, relation: Relation, crossing: int) -> bool:
    """Say whether percentages at a crossing could be shares of one whole: those of growth do not make 100."""
    if sheet.across or "share" not in sheet.crossings[crossing].cues:
        return True
    return relation.total is None or sheet.slots[relation.total][crossing].value == sheet.hundred


def are_shares(sheet: Sheet, relation: Relation, crossing: int) -> bool:
    """Say whether the parts make 100 at a crossing, and their total is 100 wherever else they add up."""
    held = [j for j, state in enumerate(relation.states) if state in HOLDS]
    if relation.total is None or len(held) < _TWICE:
        return False
    row, stated = sheet.slots[relation.total], sheet.slots[relation.total][crossing].value
    slack = sum(sheet.slots[line][crossing].step for line, _ in relation.parts)
    makes = 2 * abs(stated - relation.gaps[crossing] - sheet.hundred) <= slack
    return makes and all(row[j].value == sheet.hundred for j in held)


def is_whole(sheet: Sheet, relation: Relation, crossing: int) -> bool:
    """Say whether a labelled total of shares is 100 and more than any of its parts: no average or rate is."""
    if relation.total is None or not relation.plain or "share" not in sheet.crossings[crossing].cues:
        return False
    parts = [sheet.slots[line][crossing].value for line, _ in relation.parts]
    stated = sheet.slots[relation.total][crossing].value
    return stated == sheet.hundred and min(parts) >= 0 and max(parts) < stated and relation.count(*HOLDS) >= _TWICE


def is_far(sheet: Sheet, relation: Relation, crossing: int) -> bool:
    """Say whether the gap is beyond half of what the parts hold: the total may be an average or another thing."""
    size = sum(abs(sheet.slots[line][crossing].value) for line, _ in relation.parts)
    return 2 * abs(relation.gaps[crossing]) > size


def is_amount(sheet: Sheet, crossing: int) -> bool:
    """Say whether nothing tells that a crossing holds shares, growth or rates."""
    return not {"share", "change", "rate"} & sheet.crossings[crossing].cues


def is_alike(sheet: Sheet, first: int, second: int) -> bool:
    """Say whether two crossings hold the same sort of figures: rows do, columns whose headers differ in digits only."""
    if sheet.across:
        return True
    return _shape(sheet.crossings[first].label) == _shape(sheet.crossings[second].label)


def _shape(label: str) -> str:
    plain = "".join("0" if c.isdecimal() else c.lower() for c in label)
    return "0000" if "0000" in plain else plain  # "2025 actual" and "2026 est." are both years
