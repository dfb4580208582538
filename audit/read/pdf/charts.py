"""The text inside charts and maps, told from the lines of a page by the shapes it stands among.

Labels of axes and bars are figures without a sentence or a row: reading them as a table would make sums of them.
They are left out, and the reader says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.read.flow import is_caption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.read.pdf.drawn import Drawn
    from audit.read.pdf.glyphs import Box
    from audit.read.pdf.page import Page, Piece

_LABEL = 60
_NEAR = 2.4
_CLOSE = 1.7
_BARS, _LENGTHS, _MOST = 5, 3, 400  # bars of a chart, different lengths of them, areas that are looked at
_THINNEST, _BAR = 1.5, 0.12  # points, of the page: how wide a bar is
_WIDE, _TALL = 0.25, 0.06  # of a page, what a picture with figures takes; emblems are smaller
_MOST_OF_PAGE = 0.8
_SOURCE = ("source", "fuente", "note", "nota", "data source")


def take_charts(page: Page) -> int:
    """Take the labels of charts off a page and return how many there were."""
    if page.drawn is None:
        return 0
    bars = _bars(page, page.drawn.areas)
    if not page.drawn.shapes and not bars:
        return 0
    regions = _regions(page, page.drawn, page.drawn.shapes) + _regions(page, page.drawn, bars)
    kept = _captions(page)
    labels = [p for p in page.pieces if id(p) not in kept and any(_is_label(p, r) for r in regions)]
    labels = _with_neighbours(page, labels, regions, kept)
    if len(labels) < 2:
        return 0
    taken = {id(p) for p in labels}
    page.pieces = [p for p in page.pieces if id(p) not in taken]
    return len(labels)


def pictures_on(page: Page) -> int:
    """Return how many large pictures without text stand on a page with a caption: tables and charts as images."""
    large = [
        box
        for box in (page.drawn.pictures if page.drawn is not None else ())
        if box[2] - box[0] >= _WIDE * page.width and box[3] - box[1] >= _TALL * page.height
    ]
    return sum(not any(_is_inside(p, box) for p in page.pieces) for box in large)


def _bars(page: Page, areas: Sequence[Box]) -> list[Box]:
    """Return the boxes around filled areas of one width and several heights, or the reverse: bars drawn one by one.

    The shaded cells of a table are of one height, hold text, or touch others of their row.
    """
    found: list[Box] = []
    for across in (0, 1):
        begins, ends = ({_side(area, across, end=end) for area in areas} for end in (False, True))
        groups: dict[int, list[Box]] = {}
        for area in areas[:_MOST]:
            wide, long = (area[2 + side] - area[side] for side in (across, 1 - across))
            if min(wide, long) > _THINNEST and wide < _BAR * min(page.width, page.height):
                groups.setdefault(round(wide), []).append(area)
        for group in groups.values():
            lengths = {round(a[3 - across] - a[1 - across]) for a in group}
            empty = len(lengths) >= _LENGTHS and not any(_is_inside(p, a) for a in group for p in page.pieces)
            beside = [a for a in group if _side(a, across, end=True) in begins or _side(a, across, end=False) in ends]
            if len(group) >= _BARS and empty and len(beside) * 2 < len(group):
                found.append((min(a[0] for a in group), min(a[1] for a in group), *_corner(group)))
    return found


def _side(area: Box, across: int, *, end: bool) -> tuple[int, int, int]:
    """Return a side of an area: where it is, and from where to where it goes."""
    return round(area[across + 2 * end]), round(area[1 - across]), round(area[3 - across])


def _corner(boxes: Sequence[Box]) -> tuple[float, float]:
    return max(b[2] for b in boxes), max(b[3] for b in boxes)


def _regions(page: Page, drawn: Drawn, shapes: Sequence[Box]) -> list[Box]:
    """Return the boxes of the charts: shapes that overlap, or the frame around them."""
    regions: list[Box] = []
    for shape in shapes:
        box = shape
        while True:
            near = [r for r in regions if _overlap(r, box)]
            if not near:
                break
            regions = [r for r in regions if r not in near]
            box = _union([box, *near])
        regions.append(box)
    frames = [a for a in drawn.areas if _size(a) < _MOST_OF_PAGE * page.width * page.height]
    return [max((f for f in frames if _holds(f, r)), key=_size, default=r) for r in regions]


def _captions(page: Page) -> set[int]:
    """Return the pieces of captions; one may go on in the next lines: "Figure I. Cases in 2024, by" / "audit area"."""
    found: set[int] = set()
    last: Piece | None = None
    for piece in sorted(page.pieces, key=lambda p: (-p.middle, p.left)):
        goes_on = (
            last is not None
            and piece.bold == last.bold
            and abs(piece.size - last.size) < 0.05 * last.size
            and abs(piece.left - last.left) < last.size
            and 0 < last.bottom - piece.bottom < _CLOSE * last.size
            and not last.text.endswith(".")
        )
        if goes_on or is_caption(piece.text):
            found.add(id(piece))
            last = piece
    return found


def _with_neighbours(page: Page, labels: list[Piece], regions: Sequence[Box], kept: set[int]) -> list[Piece]:
    """Add the labels right beside a region: of its axes, of its legend."""
    taken = {id(p) for p in labels}
    grown = list(regions)
    found = True
    while found:
        found = False
        for piece in page.pieces:
            if id(piece) in taken or id(piece) in kept or len(piece.text) > _LABEL // 2 or _is_sentence(piece):
                continue
            reach = _NEAR * piece.size
            for number, region in enumerate(grown):
                wide = (region[0] - reach, region[1] - reach, region[2] + reach, region[3] + reach / 2)
                if _overlap(wide, (piece.left, piece.bottom, piece.right, piece.top)) and _is_alone(page, piece):
                    labels.append(piece)
                    taken.add(id(piece))
                    grown[number] = _union([region, (piece.left, piece.bottom, piece.right, piece.top)])
                    found = True
                    break
    return labels


def _is_alone(page: Page, piece: Piece) -> bool:
    """Return whether no longer text stands on the line of a piece."""
    return all(
        len(other.text) <= _LABEL for other in page.pieces if abs(other.middle - piece.middle) < 0.4 * piece.size
    ) and not (piece.bold and len(piece.text) > 12)


def _is_label(piece: Piece, region: Box) -> bool:
    return _is_inside(piece, region) and len(piece.text) <= _LABEL and not _is_sentence(piece)


def _is_inside(piece: Piece, region: Box) -> bool:
    return region[0] <= (piece.left + piece.right) / 2 <= region[2] and region[1] <= piece.middle <= region[3]


def _is_sentence(piece: Piece) -> bool:
    text = piece.text
    return text.lower().startswith(_SOURCE) or is_caption(text) or (len(text) > 25 and text.endswith("."))


def _overlap(one: Box, two: Box) -> bool:
    return one[0] <= two[2] and two[0] <= one[2] and one[1] <= two[3] and two[1] <= one[3]


def _holds(outer: Box, inner: Box) -> bool:
    return (
        outer[0] - 2 <= inner[0] and outer[1] - 2 <= inner[1] and outer[2] + 2 >= inner[2] and outer[3] + 2 >= inner[3]
    )


def _union(boxes: Sequence[Box]) -> Box:
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def _size(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
