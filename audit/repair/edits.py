"""Typing errors on a string of digits: from what is printed to what may have been meant, with how likely it is.

Frequencies are those of 152 repaired typing errors in Dutch business statistics (Scholtus 2009): 112 digits
replaced, 15 dropped, 14 pairs of neighbours exchanged, 11 added; spread evenly over the ways each can happen.
"""

from __future__ import annotations

from audit.records import StrEnum, dataclass

_TOTAL = 152
_REPLACED, _DROPPED, _EXCHANGED, _ADDED = 112 / _TOTAL, 15 / _TOTAL, 14 / _TOTAL, 11 / _TOTAL
_DIGITS = "0123456789"
_LONGEST = 18  # digits; nobody prints more, and a hostile file shall not make us try


class Edit(StrEnum):
    """What the typist did to the right figure."""

    REPLACED = "one digit typed wrong"
    DROPPED = "a digit left out"
    EXCHANGED = "two neighbouring digits exchanged"
    ADDED = "a digit too many"
    MOVED = "the mark between the digits misplaced"
    STRAY = "a mark too many"


@dataclass(frozen=True, slots=True, kw_only=True)
class Typing:
    """A string that may have been meant: its digits, the error that made the printed one of it, and its chance.

    `shift` is how many more digits it has behind the decimal point than the printed one.
    """

    digits: str
    edit: Edit
    chance: float
    shift: int = 0


def meant(printed: str, *, point: int = 0) -> list[Typing]:
    """Return every number from which one typing error makes the printed one, each once with its best reading.

    `point` digits stand behind the decimal point; a string must not begin with a zero that no one prints.
    """
    if not printed or len(printed) > _LONGEST:
        return []
    found: dict[tuple[str, int], Typing] = {}
    for typing in (
        *_replaced(printed),
        *_exchanged(printed),
        *_dropped(printed, point),
        *_added(printed, point),
    ):
        text, places = typing.digits, point + typing.shift
        if text == printed or not text or len(text) <= places or (text[0] == "0" and len(text) > places + 1):
            continue
        known = found.get((text, typing.shift))
        if known is None or known.chance < typing.chance:
            found[text, typing.shift] = typing
    return list(found.values())


def mislaid(digits: str, edit: Edit) -> Typing:
    """Return the printed digits as what was meant, where only the mark between them is wrong: as rare as one added."""
    return Typing(digits=digits, edit=edit, chance=_ADDED / (10 * max(1, len(digits))))


def _replaced(printed: str) -> list[Typing]:
    chance = _REPLACED / (9 * len(printed))
    return [
        Typing(digits=printed[:i] + digit + printed[i + 1 :], edit=Edit.REPLACED, chance=chance)
        for i, old in enumerate(printed)
        for digit in _DIGITS
        if digit != old
    ]


def _exchanged(printed: str) -> list[Typing]:
    if len(printed) < 2:
        return []
    chance = _EXCHANGED / (len(printed) - 1)
    return [
        Typing(digits=printed[:i] + printed[i + 1] + printed[i] + printed[i + 2 :], edit=Edit.EXCHANGED, chance=chance)
        for i in range(len(printed) - 1)
        if printed[i] != printed[i + 1]
    ]


def _dropped(printed: str, point: int) -> list[Typing]:
    """Return the longer strings that lost a digit; "11" is lost from "111" in three ways.

    A digit lost behind the decimal point leaves one place fewer there: "7.7" of "7.37" and of "77.7".
    """
    ways: dict[tuple[str, int], int] = {}
    whole = len(printed) - point
    for i in range(len(printed) + 1):
        for digit in _DIGITS:
            text = printed[:i] + digit + printed[i:]
            for shift in _shifts(before=i <= whole, behind=point > 0 and i >= whole):
                ways[text, shift] = ways.get((text, shift), 0) + 1
    length = len(printed) + 1
    return [
        Typing(digits=text, edit=Edit.DROPPED, chance=_DROPPED * n / length, shift=shift)
        for (text, shift), n in ways.items()
    ]


def _added(printed: str, point: int) -> list[Typing]:
    ways: dict[tuple[str, int], int] = {}
    whole = len(printed) - point
    for i in range(len(printed)):
        text = printed[:i] + printed[i + 1 :]
        # the last place goes only with its point, and that takes two errors
        for shift in _shifts(before=i < whole, behind=i >= whole and point > 1):
            ways[text, -shift] = ways.get((text, -shift), 0) + 1
    places = 10 * len(printed)
    return [
        Typing(digits=text, edit=Edit.ADDED, chance=_ADDED * n / places, shift=shift)
        for (text, shift), n in ways.items()
    ]


def _shifts(*, before: bool, behind: bool) -> tuple[int, ...]:
    """Return by how much the places behind the point may have changed with a digit before or behind it."""
    return (*((0,) if before else ()), *((1,) if behind else ()))


def distance(left: str, right: str) -> int:
    """Return the optimal string alignment distance: replaced, dropped, added characters and exchanged neighbours.

    >>> distance("1340", "1430"), distance("315", "252")
    (1, 3)
    """
    before: list[int] = []
    above = list(range(len(right) + 1))
    for i, old in enumerate(left, 1):
        row = [i]
        for j, new in enumerate(right, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (old != new))
            if i > 1 and j > 1 and old == right[j - 2] and left[i - 2] == new:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, above = above, row
    return above[-1]
