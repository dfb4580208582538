"""What tells a table from text: cells that hold one figure, rows that hold none, lines that are drawn."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_FIGURE = re.compile(
    r"[(\[]?[-–−+±<>~≈]?\s?(?:[A-Z]{0,3}[$€£¥]\s?)?[-–−(]?\d[\d,.'’  ]*(?:\s?%|\s?‰)?[)\]]?(?:\s?[*†‡]|\s?\(?[a-z]\)?)?"
    r"|[-–—.…*]{1,4}|n\.?/?a\.?|nd|…",
    re.I,
)
_RULE = re.compile(r"[-=_+|:–—\s]{3,}")


def is_figure(text: str) -> bool:
    """Return whether a cell holds one figure, or the sign for none."""
    return _FIGURE.fullmatch(text.strip()) is not None


def is_rule(text: str) -> bool:
    """Return whether a line is drawn, not written."""
    return _RULE.fullmatch(text.strip()) is not None


def has_figures(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether columns behind the first hold figures, and nothing else, below a header: two cells or more."""
    body = rows[1:]
    width = min(len(r) for r in rows)
    count = 0
    for column in range(1, width):
        cells = [r[column] for r in body]
        if all(is_figure(c) or not c.strip() for c in cells):
            count += sum(any(x.isdecimal() for x in c) for c in cells)
    return count > 1


def header_rows(rows: Sequence[Sequence[str]]) -> int:
    """Return how many leading rows are headers: those without a figure, years allowed, above one with figures."""
    years = 0
    for number, row in enumerate(rows):
        if any(is_figure(c) and any(x.isdecimal() for x in c) and not _is_year(c) for c in row[1:]):
            return number
        if number and row[0].strip() and not any(c.strip() for c in row[1:]):
            return number  # a line with nothing but a label heads the rows below it
        if all(_is_year(c) for c in row[1:] if c.strip()) and any(c.strip() for c in row[1:]):
            years = number + 1
    return years or (1 if len(rows) > 1 else 0)


def _is_year(text: str) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d(?:[-/–]\d{2,4})?", text.strip()) is not None
