"""Dates and times of spreadsheets: days counted from an epoch, shown by the letters of a format."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LAST_DAY = 2_958_465  # 31 December 9999
_SECONDS = 86_400
_FALSE_LEAP_DAY = 60  # the 1900 system counts a 29 February 1900 that never was


def moment(value: Decimal, tokens: Sequence[tuple[str, str]], *, epoch_1904: bool = False) -> str:
    """Return a stored number as a date or time; a number that is no date is shown as hash marks, as on the screen."""
    if not 0 <= value <= _LAST_DAY:
        return "#####"
    seconds = int((value * _SECONDS).quantize(Decimal(1), ROUND_HALF_UP))
    when = _start(seconds // _SECONDS, epoch_1904=epoch_1904) + timedelta(seconds=seconds)
    half_day = any(kind == "half" for kind, _ in tokens)
    shown: list[str] = []
    for index, (kind, text) in enumerate(tokens):
        if kind == "date":
            minutes = text[0].lower() == "m" and len(text) <= 2 and _is_minute(tokens, index)
            shown.append(_part(when, text.lower(), half_day=half_day, minutes=minutes))
        elif kind == "elapsed":
            unit = {"h": 3600, "m": 60, "s": 1}[text[0]]
            shown.append(str(seconds // unit).rjust(len(text), "0"))
        elif kind == "half":
            shown.append("AM" if when.hour < 12 else "PM")
        elif kind in ("slash", "comma", "dot", "literal", "percent"):
            shown.append(text)
        elif kind == "digit":
            shown.append(text if text == "0" else "")
    return "".join(shown).strip()


def _start(day: int, *, epoch_1904: bool) -> datetime:
    if epoch_1904:
        return datetime(1904, 1, 1)
    return datetime(1899, 12, 31) if day < _FALSE_LEAP_DAY else datetime(1899, 12, 30)


def _is_minute(tokens: Sequence[tuple[str, str]], index: int) -> bool:
    """Return whether an "m" means minutes: after hours or before seconds."""
    before = next((t[0].lower() for k, t in reversed(tokens[:index]) if k in ("date", "elapsed")), "")
    after = next((t[0].lower() for k, t in tokens[index + 1 :] if k in ("date", "elapsed")), "")
    return before == "h" or after == "s"


def _part(when: datetime, text: str, *, half_day: bool, minutes: bool) -> str:
    letter, width = text[0], len(text)
    if letter in ("y", "e"):
        return f"{when.year % 100:02}" if width <= 2 and letter == "y" else f"{when.year:04}"
    if letter == "m" and not minutes:
        name = _MONTHS[when.month - 1]
        return {1: str(when.month), 2: f"{when.month:02}", 3: name[:3], 5: name[:1]}.get(width, name)
    if letter == "d":
        name = _DAYS[when.weekday()]
        return {1: str(when.day), 2: f"{when.day:02}", 3: name[:3]}.get(width, name)
    hour = (when.hour % 12 or 12) if half_day else when.hour
    amount = {"m": when.minute, "h": hour, "s": when.second}.get(letter, 0)
    return f"{amount:02}" if width > 1 else str(amount)
