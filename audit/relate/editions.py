"""One edition against the one before: rows by their key, figures of a text by the sentence they stand in.

Tables of record are history: a value that was published and reads otherwise now, a row that is gone, a total that moved
while its parts did not are claims to look at. In a text a new edition has new figures; those that are alike are
matched by their words, never by their line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind, Operand
from audit.quantity import Quantity
from audit.records import dataclass
from audit.relate.named.rows import Grid, Spot, number_of
from audit.relate.named.sentences import matched

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from audit.facts import Fact, Facts
    from audit.model import Table

REVISED, VANISHED, ADDED, MOVED, OUTDATED = "revised", "vanished", "added", "total_moved", "outdated"
UNKEYED = "unkeyed"  # no column tells the rows apart, so that nothing is compared
_LEAST_DIGITS = 3  # a shorter figure stands in a text by chance


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What differs between two editions; `label` says of what: the key and the column, or the words of the text."""

    kind: str
    label: str
    column: str = ""
    old: Spot | None = None
    new: Spot | None = None
    place: Spot | None = None


def changes(new: Facts, old: Facts, key: Sequence[str] = ()) -> Iterator[Change]:
    """Yield what differs between two editions of one document, tables first, each in the order of the text."""
    for table, before in _paired(new, old):
        yield from _of_table(Grid(new, table), Grid(old, before), key)
    yield from _of_text(new, old)


def find(bundles: Sequence[Facts], before: Mapping[str, Facts], keys: Mapping[str, Sequence[str]]) -> Iterator[Claim]:
    """Yield the claims that tables keep their history, and that no text still shows the edition before.

    `before` holds the earlier edition by the path of the present one, `keys` the columns that name a row.
    """
    found: list[Change] = []
    present: set[Decimal] = set()
    for bundle in bundles:
        old = before.get(bundle.document.path)
        for table in bundle.document.tables if old is not None else ():
            present.update(v for v in Grid(bundle, table).numbers() if v is not None)
        if old is None:
            continue
        for table, earlier in _paired(bundle, old):
            grid = Grid(bundle, table)
            differing = _of_table(grid, Grid(old, earlier), keys.get(bundle.document.path, ()))
            found += [change for change in differing if change.kind != ADDED]
    stale = list(_outdated(bundles, found, present))
    told = {id(old) for _, old in stale}  # a value that moved away from the text is one finding, at the text
    yield from (_claim(change) for change in found if id(change) not in told)
    yield from (_claim(change) for change, _ in stale)


def _paired(new: Facts, old: Facts) -> Iterator[tuple[Table, Table]]:
    """Yield the tables of two editions that are one table: by their columns, in order.

    Of a table that is not held in full nobody can tell which rows are gone or new: it is not compared.
    """
    left = [table for table in old.document.tables if table.rest is None]
    for table in [table for table in new.document.tables if table.rest is None]:
        head = set(Grid(new, table).head.values())
        scored = [(len(head & set(Grid(old, other).head.values())), -n, other) for n, other in enumerate(left)]
        best = max(scored, key=lambda s: s[:2], default=None)
        if best is not None and best[0] and 2 * best[0] >= len(head):
            left.remove(best[2])
            yield table, best[2]


def _key_of(new: Grid, old: Grid, asked: Sequence[str]) -> list[tuple[int, int]]:
    """Return the columns (new, old) that name a row: those asked for, else the fewest that tell rows apart."""
    where = {name: column for column, name in old.head.items()}
    shared = [(column, where[name]) for column, name in sorted(new.head.items()) if name in where]
    if asked:
        return [pair for pair in shared if new.head[pair[0]] in asked]
    words = [pair for pair in shared if not _is_measure(new, pair[0])]
    for columns in (*(words[:n] for n in range(1, len(words) + 1)), *(shared[:n] for n in range(1, len(shared)))):
        if columns and new.is_key([c for c, _ in columns]) and old.is_key([c for _, c in columns]):
            return columns
    return []


def _is_measure(grid: Grid, column: int) -> bool:
    """Say whether a column holds figures and not names; years and codes of rows are names."""
    spots = [spot for row in grid.body if (spot := grid.cell(row, column)) is not None and spot.text]
    figures = sum(spot.fact is not None and isinstance(spot.fact.value, Quantity) for spot in spots)
    return bool(spots) and 2 * figures > len(spots)


def _of_table(new: Grid, old: Grid, asked: Sequence[str]) -> Iterator[Change]:
    pairs = _key_of(new, old, asked)
    if not pairs:
        head = new.rows[min(new.rows)]
        yield Change(kind=UNKEYED, label="", place=head[min(head)])
        return
    now, then = new.named([c for c, _ in pairs]), old.named([c for _, c in pairs])
    twice = new.twice([c for c, _ in pairs]) | old.twice([c for _, c in pairs])
    where = {name: column for column, name in old.head.items()}
    others = [
        (c, where[name]) for c, name in sorted(new.head.items()) if name in where and (c, where[name]) not in pairs
    ]
    differing = {
        (row, column): (new.cell(row, column), old.cell(then[names], before))
        for names, row in now.items()
        if names in then
        for column, before in others
        if not _alike(new.cell(row, column), old.cell(then[names], before))
    }
    for names, row in now.items():
        label = " ".join(names)
        if names in twice:
            continue
        if names not in then:
            yield Change(kind=ADDED, label=label, new=_whole(new, row))
            continue
        for column, _ in others:
            if (row, column) in differing:
                now_spot, old_spot = differing[row, column]
                moved = _moved_alone(new, row, column, differing, same=set(now) == set(then))
                yield Change(
                    kind=MOVED if moved else REVISED, label=label, column=new.head[column], old=old_spot, new=now_spot
                )
    head = new.rows[min(new.rows)]
    place = head[min(head)]
    for names, row in then.items():
        if names not in now and names not in twice:
            yield Change(kind=VANISHED, label=" ".join(names), old=_whole(old, row), place=place)


def _moved_alone(grid: Grid, row: int, column: int, differing: Mapping[tuple[int, int], object], *, same: bool) -> bool:
    """Say whether a cell is a total whose parts read as before."""
    if row in grid.totals and same:
        parts = [r for r in grid.body if r not in grid.totals and grid.cell(r, column) is not None]
        return bool(parts) and not any((r, column) in differing for r in parts)
    if column in grid.total_columns:
        cells = [c for c in grid.rows[row] if c not in grid.total_columns and _is_measure(grid, c)]
        return bool(cells) and not any((row, c) in differing for c in cells)
    return False


def _whole(grid: Grid, row: int) -> Spot:
    spots = [grid.rows[row][column] for column in sorted(grid.rows[row])]
    text = ", ".join(spot.text for spot in spots if spot.text)
    return Spot(document=spots[0].document, start=spots[0].start, end=spots[-1].end, text=text)


def _alike(new: Spot | None, old: Spot | None) -> bool:
    texts = (new.text if new else "", old.text if old else "")
    values = (number_of(new), number_of(old))
    return texts[0] == texts[1] or (values[0] is not None and values[0] == values[1])


def _of_text(new: Facts, old: Facts) -> Iterator[Change]:
    for fact, earlier, words in matched(new, old):
        if fact is not None and earlier is not None and fact.number != earlier.number:
            yield Change(kind=REVISED, label=words, old=_spot(old, earlier), new=_spot(new, fact))
        elif fact is None and earlier is not None:
            yield Change(kind=VANISHED, label=words, old=_spot(old, earlier))
        elif fact is not None and earlier is None:
            yield Change(kind=ADDED, label=words, new=_spot(new, fact))


def _spot(bundle: Facts, fact: Fact) -> Spot:
    return Spot(document=bundle.document.path, start=fact.start, end=fact.end, text=fact.text, fact=fact)


def _outdated(
    bundles: Sequence[Facts], found: Sequence[Change], present: set[Decimal]
) -> Iterator[tuple[Change, Change]]:
    """Yield each figure of a text that shows what a cell showed before and no cell shows now, and its change."""
    revised = [change for change in found if change.kind == REVISED]
    before = {v: c for c in revised if (v := number_of(c.old)) is not None and v not in present}
    for bundle in bundles if before else ():
        cells = {cell.start for table in bundle.document.tables for cell in table.cells}
        for fact in bundle.facts:
            value = fact.number
            if fact.start in cells or value is None or sum(c.isdecimal() for c in fact.text) < _LEAST_DIGITS:
                continue
            if value in before:
                change = before[value]
                spot = _spot(bundle, fact)
                told = Change(kind=OUTDATED, label=change.label, column=change.column, old=change.new, new=spot)
                yield told, change


def _claim(change: Change) -> Claim:
    at = change.new or change.place
    assert at is not None  # noqa: S101 (every change of a table has one)
    roles = [
        ("stated", change.new),
        ("place", change.place),
        ("now" if change.kind == OUTDATED else "before", change.old),
    ]
    operands = tuple(
        Operand(
            role=role,
            text=spot.text,
            document=spot.document,
            start=spot.start,
            end=spot.end,
            fact=spot.fact if role in ("stated", "now") else None,
            value=number_of(spot),
        )
        for role, spot in roles
        if spot is not None
    )
    return Claim(
        kind=ClaimKind.EDITION,
        form=change.kind,
        document=at.document,
        start=at.start,
        end=at.end,
        operands=operands,
        basis=Basis(cue="the edition before", confidence=95, reasons=(f"same row: {change.label}",)),
        detail={"place": "prose" if change.kind == OUTDATED else "table", "row": change.label, "column": change.column},
    )
