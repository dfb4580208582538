"""Where a relation that fails was probably misread: a part that does not belong to it, a line that was passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.relate.tables.evidence import HOLDS, sides

if TYPE_CHECKING:
    from audit.relate.tables.evidence import Relation
    from audit.relate.tables.sheet import Sheet


def drops_out(sheet: Sheet, relation: Relation, crossing: int) -> bool:
    """Say whether the relation would hold without one of its parts, with its sign turned, or with one part alone.

    It is misread then, unless that part is seen to belong to it where it holds: "less refunds" is printed without a
    minus, and there were none in other years.
    """
    slack = sum(slot.step for slot, _ in sides(sheet, relation, crossing))
    gap = relation.gaps[crossing]
    for line, sign in relation.parts:
        row = sheet.slots[line]
        part = sign * row[crossing].value
        if not part or any(s in HOLDS and row[j].value for j, s in enumerate(relation.states)):
            continue
        if 2 * min(abs(gap + part), abs(gap + 2 * part)) <= slack:
            return True
    values = [abs(sheet.slots[line][crossing].value) for line, _ in relation.parts]
    stated = None if relation.total is None else abs(sheet.slots[relation.total][crossing].value)
    return not relation.count(*HOLDS) and stated in values


def is_interrupted(sheet: Sheet, relation: Relation, crossing: int, others: list[Relation]) -> bool:
    """Say whether a line between those of a relation is nil wherever it holds and is not nil at a crossing.

    "Costs, bitcoin costs, net revenue": in the years without bitcoin the line was not missed. What is a part of another
    sum is not missing in this one.
    """
    told = {line for other in others if other.states[crossing] in HOLDS for line, _ in other.parts}
    lines = {line for line, _ in relation.parts} | (set() if relation.total is None else {relation.total})
    held = [j for j, state in enumerate(relation.states) if state in HOLDS]
    for line in range(min(lines) + 1, max(lines)):
        row = sheet.slots[line]
        if line not in lines | told and row[crossing].value and not any(row[j].value for j in held):
            return True
    return False
