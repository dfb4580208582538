"""How a rule names words of a text: literal words with placeholders, made into an expression that cannot run away.

A pattern is what a person would write (`{number} percent`, `from {year}-{year}`); it holds no regular expression of
its own. Every piece it becomes is bounded, so that a search takes time in proportion to the text.
"""

from __future__ import annotations

import re
from functools import cache

from audit.errors import did_you_mean
from audit.records import dataclass

MAX_PATTERN = 200
MAX_CHOICES = 40
NEAR = 120  # characters before and after a hit that a pattern may look at

# What is read from the printed characters alone.
RAW = {
    "number": r"(?<![\w.,/])\d{1,15}(?:[.,]\d{1,15}){0,6}(?![.,]?\d)",
    "year": r"(?<![\w.,/-])(?:1[5-9]|20)\d\d(?!\d|[.,/]\d)",
    "decade": r"(?<![\w.,/-])(?:1[5-9]|20)\d0(?!\d)",
    "day": r"(?<![\w.,/-])(?:[12]\d|3[01]|0?[1-9])(?!\d)",
    "short": r"(?<!\d)\d\d(?![\d/-]|[.,]\d)",
    "letter": r"(?-i:[a-z])",
    "roman": r"(?-i:[ivx]{1,6})",
    "word": r"(?<!\w)[^\W\d_]{1,30}(?!\w)",
    "name": r"(?-i:(?<!\w)[A-Z][\w’'-]{0,40})",
}
# What the reading of figures decides; one of these at most in a pattern.
FIGURES = {
    "figure": "any figure printed in digits",
    "digit": "a count from 1 to 9 in a digit, where its sentence counts nothing from 10 on in digits",
    "spelled": "a count from 10 on in lower-case words",
    "ungrouped": "a figure from 1000 on without a mark between its groups, unless it looks like a year",
    "spaced": "a figure with spaces between its groups",
    "long": "a figure of whole hundred thousands from a million on, with all its noughts",
    "pointed": "a decimal without a nought before its point",
    "spelled-share": "a percentage in words",
    "month-first": "a day that is printed behind its month",
    "ordinal-day": "a day with an ending such as st or th",
    "slashed": "a date of digits and slashes, points or hyphens",
}
START, IT = "start", "it"

_PIECE = re.compile(r"\{([^{}]*)\}|([^{}]+)|([{}])")
_SPACE = r"[\s\u00a0\u202f]{1,3}"


class PatternError(ValueError):
    """What is wrong with a pattern, and what may be written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A pattern ready to be used: `whole` where it holds no figure, else what stands `before` and `after` one.

    `figure` names the figure, or is "it" where a pattern speaks of what another one found; `at_start` asks for the
    beginning of a sentence.
    """

    figure: str = ""
    at_start: bool = False
    whole: re.Pattern[str] | None = None
    before: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None

    def around(self, text: str, first: int, last: int, bounds: tuple[int, int]) -> tuple[int, int] | None:
        """Return the extent of the pattern around a stretch of text inside bounds, or None where it does not fit."""
        start, end = first, last
        if self.before is not None:
            low = max(bounds[0], first - NEAR)
            found = self.before.search(text, low, first)
            if found is None:
                return None
            start = found.start()
        if self.after is not None:
            found = self.after.match(text, last, min(bounds[1], last + NEAR))
            if found is None:
                return None
            end = found.end()
        return start, end


@cache
def pattern(text: str, *, of_hit: bool = False) -> Pattern:
    """Return a pattern; `of_hit` allows `{it}`, what another pattern found. Raises `PatternError`."""
    if len(text) > MAX_PATTERN:
        raise PatternError(f"has {len(text)} characters; at most {MAX_PATTERN}")
    sides: list[list[str]] = [[]]
    figure, at_start = "", False
    for name, literal, stray in (match.groups() for match in _PIECE.finditer(" ".join(text.split()))):
        if stray:
            raise PatternError(f'has a "{stray}" that belongs to no placeholder')
        if literal:
            sides[-1].append(_literal(literal))
        elif name == START and sides == [[]]:
            at_start = True
        elif name in FIGURES or (name == IT and of_hit):
            if figure:
                raise PatternError(f"names two figures, {{{figure}}} and {{{name}}}; one of them is enough")
            figure = name
            sides.append([])
        else:
            sides[-1].append(_placeholder(name, of_hit=of_hit))
    if not figure:
        if not sides[0] or at_start:
            raise PatternError("names nothing to be found; write words, {number} or a figure")
        return Pattern(whole=re.compile(_edged("".join(sides[0])), re.IGNORECASE))
    before, after = ("".join(side) for side in sides)
    return Pattern(
        figure=figure,
        at_start=at_start,
        before=re.compile(rf"{_edged(before)}\Z", re.IGNORECASE) if before else None,
        after=re.compile(_edged(after), re.IGNORECASE) if after else None,
    )


def _placeholder(name: str, *, of_hit: bool) -> str:
    if name in RAW:
        return RAW[name]
    if "|" in name:
        choices = name.split("|")
        if len(choices) > MAX_CHOICES or not all(choices):
            raise PatternError(f"{{{name[:30]}}} must list 2 to {MAX_CHOICES} words with | between them")
        return f"(?:{'|'.join(_literal(choice) for choice in choices)})"
    if name == START:
        raise PatternError("{start} stands at the beginning of a pattern")
    known = (*RAW, *FIGURES, START, *([IT] if of_hit else []))
    near = did_you_mean(name, known) or f"; known are {', '.join(known)}"
    raise PatternError(f"knows no {{{name}}}{near}")


def _literal(text: str) -> str:
    pieces = []
    for char in text:
        if char.isspace():
            pieces.append(_SPACE)
        elif char in "-–":
            pieces.append("[-–‑]")
        elif char in "'’":
            pieces.append("['’]")
        else:
            pieces.append(re.escape(char))
    return "".join(pieces)


def _edged(expression: str) -> str:
    """Return an expression that neither begins nor ends inside a word."""
    return rf"(?:(?<!\w)|(?!\w)){expression}(?:(?!\w)|(?<!\w))"
