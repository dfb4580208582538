"""Malformed figures read backwards: what one typing error turns into "4,9713", "63,74", "09" or "7. million".

The figure says itself that it is wrong, and mostly where: a group of four digits has one too many, a group of two has
lost one. Each error is as likely as it is in any other figure (`edits`).
"""

from __future__ import annotations

import re
from dataclasses import replace

from audit.repair.edits import Edit, Typing, distance, meant, mislaid

_NUMBER = re.compile(r"\d(?:[\d.,]*\d)?")
_GROUP = 3
_DIGITS = "0123456789"


def mended(text: str, flaw: str, point: int) -> list[Typing]:
    """Return the numbers that may have been meant by a malformed figure.

    `flaw` is the way in which it is malformed, `point` the number of digits behind its decimal mark.
    """
    found = _NUMBER.search(text)
    if found is None:
        return []
    printed = found.group()
    digits = re.sub(r"\D", "", printed)
    readings = meant(digits, point=point)
    if flaw == "groups":
        whole = _grouped(printed, point)
        return [*(t for t in readings if t.digits in whole and not t.shift), *_moved(printed, digits, point)]
    lost = [t for t in readings if t.edit is Edit.DROPPED]
    if flaw == "tail":  # what stood behind the decimal mark is lost, or the mark means nothing
        behind = [replace(t, shift=1) for t in lost if t.digits[:-1] == digits]
        return [*behind, mislaid(digits, Edit.STRAY)]
    if flaw == "mark":  # the same before a mark of thousands
        return [*(t for t in lost if t.digits[1:] == digits and not t.shift), mislaid(digits, Edit.STRAY)]
    return [t for t in readings if int(t.digits)]


def _grouped(printed: str, point: int) -> set[str]:
    """Return the digits of the printed number with its one bad group made three digits long."""
    whole = printed[: -point - 1] if point else printed
    fraction = printed[len(whole) + 1 :]
    groups = re.split(r"[.,]", whole)
    bad = [i for i, group in enumerate(groups) if len(group) > _GROUP or (i and len(group) < _GROUP)]
    if len(bad) != 1:
        return set()
    head, old, tail = "".join(groups[: bad[0]]), groups[bad[0]], "".join(groups[bad[0] + 1 :]) + fraction
    if len(old) == _GROUP + 1:
        return {head + old[:i] + old[i + 1 :] + tail for i in range(len(old))}
    if len(old) == _GROUP - 1:
        return {head + old[:i] + d + old[i:] + tail for i in range(len(old) + 1) for d in _DIGITS}
    return set()


def _moved(printed: str, digits: str, point: int) -> list[Typing]:
    """Return the same digits when only a mark between them changed places with a digit: "4,9713" for "49,713"."""
    if point:
        return []
    mark = next(c for c in printed if not c.isdecimal())
    first = len(digits) % _GROUP or _GROUP
    right = mark.join([digits[:first], *(digits[i : i + _GROUP] for i in range(first, len(digits), _GROUP))])
    moved = len(right) == len(printed) and distance(printed, right) == 1
    return [mislaid(digits, Edit.MOVED)] if moved else []
