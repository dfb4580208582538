"""How much of one input is read before it is refused; every reader gets the same record."""

from __future__ import annotations

from audit.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on one input; all are settings. Sizes are in bytes, `revisions` is "accepted" or "original".

    A cell takes up to a kilobyte while it is checked, so `max_cells` bounds the memory; `max_text` counts characters.
    Of a delimited file with more than `max_rows` rows the first ones are held, and the others held against them.
    """

    max_bytes: int = 200_000_000
    max_unpacked: int = 200_000_000
    max_text: int = 20_000_000
    max_line: int = 20_000_000
    max_pages: int = 5_000
    max_cells: int = 1_000_000
    max_rows: int = 50_000
    max_depth: int = 100
    revisions: str = "accepted"
