"""Running headers, footers and page numbers, found by their repetition at one height and taken off every page.

The first page keeps its head: there the repeated words are the title, and no sentence runs through them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from audit.read.pdf.page import Page, Piece

_DIGITS = re.compile(r"\d+")
_ROMAN = re.compile(r"[ivxl]+")
_LIST_MARK = re.compile(r"#[.)]|\((?:#|[a-z]{1,5})\)|[a-z]{1,5}[.)]|[^\w#]")
_HEAD, _FOOT = 0.78, 0.18  # shares of the page above and below which a running text may stand
_SHARE = 0.4
_STRAY = (":", "|")  # what a form leaves of a field on each page; other signs may begin an item
_BUCKET = 4.0
_SENTENCE = 50  # characters of a line that stands on one page only: a box of text that reaches into the foot
_OFTEN = 0.25  # left and right pages may differ
_REACH, _FIRST_REACH = 0.6, 1.2  # the first page's foot may stand a line higher
_PAGE_NUMBER = re.compile(
    r"\W{0,3}(?:(?:page|página|pág\.|p\.|hoja|seite)\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:/|of|de|sur|-|–)\s*\d{1,4})?\W{0,3}",
    re.I,
)


def drop_margins(pages: Sequence[Page]) -> None:
    """Take the running texts and page numbers off the pages."""
    outer = {page.number: [(p, _key(page, p)) for p in page.pieces if _is_outer(page, p)] for page in pages}
    counts = Counter(key for keyed in outer.values() for key in {key for _, key in keyed})
    running = _running(counts, len(pages))
    heads = _limits(pages, outer, running, top=True)
    feet = _limits(pages, outer, running, top=False)
    often = _OFTEN * len(pages)
    for page in pages:
        dropped = {
            id(piece)
            for piece, key in outer[page.number]
            if (piece.text in _STRAY and counts[key] > often)
            or (
                _is_margin(page, piece, (heads, feet), first=page is pages[0])
                and (counts[key] > 1 or len(piece.text) <= _SENTENCE)
            )
        }
        if dropped:
            page.pieces = [p for p in page.pieces if id(p) not in dropped]


def _key(page: Page, piece: Piece) -> tuple[str, int]:
    """Return what a running text has in common on all pages: its words without numbers, and its height."""
    text = _DIGITS.sub("#", piece.text.lower())
    if _ROMAN.fullmatch(text):
        text = "#"
    middle = piece.middle if piece.middle < page.height / 2 else piece.middle - page.height
    return text, round(middle / _BUCKET)


def _running(counts: Counter[tuple[str, int]], pages: int) -> set[tuple[str, int]]:
    """Return the keys of the texts that stand at the same height of many pages."""
    needed = max(2, pages * _SHARE)
    found: set[tuple[str, int]] = set()
    for (text, height), count in counts.items():
        near = max(counts[text, height - 1], counts[text, height + 1])
        if count + near >= needed and pages > 1 and _is_running(text):
            found.add((text, height))
    return found


def _is_running(text: str) -> bool:
    """Return whether a text without its numbers can be a running one; "#." begins a paragraph, "•" an item."""
    return any(c.isalnum() or c == "#" for c in text) and not _LIST_MARK.fullmatch(text)


def _is_outer(page: Page, piece: Piece) -> bool:
    return piece.middle > _HEAD * page.height or piece.middle < _FOOT * page.height


def _limits(
    pages: Sequence[Page],
    outer: Mapping[int, Sequence[tuple[Piece, tuple[str, int]]]],
    running: set[tuple[str, int]],
    *,
    top: bool,
) -> float | None:
    """Return how far from the edge of the page the running texts at its head or foot reach, on most pages."""
    depths: defaultdict[int, int] = defaultdict(int)
    for page in pages[1:] or pages:
        seen = [pair for pair in outer[page.number] if (pair[0].middle > page.height / 2) is top]
        seen.sort(key=lambda pair: pair[0].middle, reverse=top)
        depth = None
        for piece, key in seen:
            if key not in running:
                break
            depth = page.height - piece.middle if top else piece.middle
        if depth is not None:
            depths[round(depth)] += 1
    if not depths:
        return None
    return max((d for d in depths if depths[d] >= _OFTEN * len(pages)), default=None)


def _is_margin(page: Page, piece: Piece, limits: tuple[float | None, float | None], *, first: bool) -> bool:
    head, foot = limits
    if piece.middle < page.height / 2:
        return foot is not None and piece.middle <= foot + (_FIRST_REACH if first else _REACH) * piece.size
    within = head is not None and page.height - piece.middle <= head + _REACH * piece.size
    return within and (not first or _PAGE_NUMBER.fullmatch(piece.text) is not None)
