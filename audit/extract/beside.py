"""Whether a fraction in words stands beside the figures it restates: "half (179 cases)", "two thirds of the 90".

Prose uses fractions loosely: one that stands alone takes no part in arithmetic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.extract.reading import is_year
from audit.extract.scan import match_phrase
from audit.facts import TokenKind

if TYPE_CHECKING:
    from audit.extract.reading import Reading

_FAR = 6  # tokens from a fraction to the bracket that tells it in figures


def is_told(reading: Reading, after: int) -> bool:
    """Say whether a fraction stands beside a figure it restates, or is one of a stated whole."""
    restated = reading.at(after).text == "(" and reading.at(after + 1).kind is TokenKind.FIGURE
    behind = (reading.at(after + 1), reading.at(after + 2))
    # not "the first half of 2023"
    drawn = reading.at(after).cue == "of" and any(t.kind is TokenKind.FIGURE and not is_year(t.text) for t in behind)
    return (
        restated or drawn or any(told(reading, after) for told in (is_said_after, is_moved, _is_bracketed, _is_of_them))
    )


def _is_of_them(reading: Reading, after: int) -> bool:
    """Say whether a fraction is of what was counted before, and a bracket says it again: "half of them girls (600)"."""
    opened = next((i for i in range(after + 1, after + _FAR) if reading.at(i).text == "("), 0)
    again = opened > 0 and reading.at(opened + 1).kind is TokenKind.FIGURE and reading.at(opened + 2).text == ")"
    # "half were closed and half of those late (20)" is a half of a half
    parted = any(t.key in reading.language.fractions for t in reading.out)
    return again and reading.at(after).cue == "of_whom" and not parted


def _is_bracketed(reading: Reading, after: int) -> bool:
    """Say whether a bracket tells a fraction again behind what it is of: "(204 of 300)", "(28 per cent)"."""
    opened = next((i for i in range(after + 2, after + _FAR) if reading.at(i).text == "("), 0)
    drawn = reading.at(after).cue in ("of", "from") and opened > 0
    if not drawn or opened + 2 >= len(reading.raw):
        return False  # "one twenty-fifth" is all there is
    part, joint, whole = (reading.at(opened + i) for i in (1, 2, 3))
    told = part.kind is TokenKind.FIGURE and whole.kind is TokenKind.FIGURE
    drawn_from = told and joint.cue in ("of", "from", "out_of")
    _, length = match_phrase(reading.raw, opened + 2, reading.language.percents)
    shared = part.kind is TokenKind.FIGURE and length > 0 and reading.at(opened + 2 + length).text == ")"
    return drawn_from or shared


def is_moved(reading: Reading, after: int) -> bool:
    """Say whether a fraction tells how far something moved, and its ends follow: "up a third, from 60 to 80"."""
    moved = any(reading.last(back).cue in ("increase", "decrease") for back in range(1, 4))
    comma = reading.at(after).kind is TokenKind.COMMA
    return moved and any(
        reading.at(i).cue == "from" and reading.at(i + 1).kind is TokenKind.FIGURE
        for i in range(after + comma, after + comma + 2)
    )


def is_said_after(reading: Reading, after: int) -> bool:
    """Say whether a fraction says a figure before it again: "450 homes (two thirds)", "450 homes, or two thirds"."""
    if not any(t.kind is TokenKind.FIGURE for t in reading.out):
        return False
    back = 2 if reading.last().cue == "article" else 1  # "soit les deux tiers"
    if reading.last(back).text == "(":
        return reading.at(after).text == ")"
    return reading.last(back).cue == "or" and reading.last(back + 1).kind is TokenKind.COMMA
