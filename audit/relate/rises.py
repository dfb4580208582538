"""Growth that the text tells of a row of a table: "3,210 posts, 4.3 per cent fewer than in 2026", where both stand.

The figure a sentence gives, or the words and the years it names, show the row; the year that the growth is set against
shows where it begins. Where several rows can be meant, the one that reproduces the growth is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from decimal import Decimal
from typing import TYPE_CHECKING

from audit.cells import MANY
from audit.claims import Basis, Claim, ClaimKind
from audit.facts import TokenKind
from audit.quantity import Measure, Quantity
from audit.records import dataclass
from audit.relate.bases.rebased import is_rebased
from audit.relate.clauses.chance import digits, is_one_edit
from audit.relate.clauses.nearby import figures
from audit.relate.clauses.operands import operand
from audit.relate.clauses.structure import read_clause
from audit.relate.comparisons import WAYS
from audit.relate.moves import told_move
from audit.relate.repeats.mentions import stem
from audit.relate.tables.figures import Figures
from audit.relate.tables.grid import grid_of
from audit.relate.tables.slots import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.facts import Fact, Facts, Sentence, Token
    from audit.model import Document, Table
    from audit.relate.clauses.structure import Clause, Mark
    from audit.relate.tables.grid import Grid

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_WORDS = re.compile(r"[^\W\d_]{3,}")
_NEAR = 2  # tables to either side of a sentence that it may speak of
_SHORT = 3  # digits of a figure that shows its row
_SCALES = (1, 1000, 1000000)
_REACH = 20
_PAIR = 2
_PLAIN = (Measure.COUNT, Measure.MONEY, Measure.AMOUNT)
_ZERO = Decimal(0)
_EXACT, _CUT, _MISTYPED = 60, 74, 72


@dataclass(slots=True)
class _Told:
    """A percentage of growth in a sentence: its trend, the years it is told of, and the figures it may end in."""

    share: Mark
    trend: str
    against: str
    years: tuple[str, ...]
    ends: Sequence[Mark]
    words: frozenset[str]


@dataclass(slots=True)
class _Ends:
    """Two cells of one row, and the rate between them in per cent."""

    before: Fact
    after: Fact
    rate: Decimal


def find(bundles: Sequence[Facts]) -> Iterator[Claim]:
    """Yield the growths of every document whose ends stand in a table of it."""
    for bundle in bundles:
        tables = [t for t in bundle.document.tables if len(t.cells) < MANY]
        told = list(_told(bundle)) if tables else []
        if told:
            yield from _claims(bundle, tables, told)


def _claims(bundle: Facts, tables: Sequence[Table], told: Sequence[tuple[int, _Told]]) -> Iterator[Claim]:
    starts = [t.block for t in tables]
    slots = Figures(bundle)
    grids: dict[int, Grid | None] = {}
    for block, one in told:
        at = bisect_left(starts, block)
        for index in range(max(0, at - _NEAR), min(len(tables), at + _NEAR)):
            if index not in grids:
                grids[index] = grid_of(bundle, tables[index], slots)
            grid = grids[index]
            found = _meant(one, grid) if grid is not None else None
            if found is not None:
                yield _claim(bundle.document, one, *found)
                break


def _told(bundle: Facts) -> Iterator[tuple[int, _Told]]:
    """Yield (block, what it tells) of each percentage of growth that is set against a year."""
    previous: Sentence | None = None
    for sentence in bundle.sentences:
        known = previous if previous is not None and previous.block == sentence.block else None
        previous = sentence
        if sentence.cues.isdisjoint(WAYS) or TokenKind.DATE not in sentence.kinds:
            continue
        clause = read_clause(sentence)
        row = figures(clause)
        for share in row:
            if share.value.measure is Measure.PERCENT and not is_rebased(sentence.tokens, share.index):
                made = _growth(share, row, clause, known)
                if made is not None:
                    yield sentence.block, made


def _growth(share: Mark, row: Sequence[Mark], clause: Clause, known: Sentence | None) -> _Told | None:
    tokens = clause.sentence.tokens
    told = told_move(share, tokens)
    against = _against(tokens, share.index) if told is not None else ""
    if told is None or not against:
        return None
    ends = [m for m in row if m.index < share.index and m.value.measure in _PLAIN]
    if not ends and known is not None and tokens[0].cue in ("article", "there"):
        ends = [m for m in figures(read_clause(known)) if m.value.measure in _PLAIN]  # "This is a 5.9 per cent rise"
    years = {year for t in tokens if t.kind is TokenKind.DATE for year in _YEAR.findall(t.text)}
    return _Told(share, told.trend, against, tuple(sorted(years)), ends, frozenset(_stems(t.text for t in tokens)))


def _against(tokens: Sequence[Token], index: int) -> str:
    """Return the year a growth is set against: "over the 2026 level", "compared to 2026", "fewer than in 2026"."""
    led = False
    for token in tokens[index + 1 : index + 1 + _REACH]:
        if token.kind in (TokenKind.SEMICOLON, TokenKind.STOP) or (token.kind is TokenKind.FIGURE and led):
            return ""
        led = led or token.cue in ("compared", "than", "via", "from", "since", "on")
        if token.kind is TokenKind.DATE and led:
            found = _YEAR.findall(token.text)
            return found[0] if len(found) == 1 else ""
    return ""


def _stems(words: Iterator[str]) -> set[str]:
    return {stem(w) for text in words for w in _WORDS.findall(text.lower())}


def _meant(told: _Told, grid: Grid) -> tuple[_Ends, int] | None:
    """Return the ends that a growth can be of, with how sure they are: those that give it, or the only ones."""
    years = [set(_YEAR.findall(line.label)) for line in grid.columns]
    bases = [j for j, found in enumerate(years) if found == {told.against}]
    if not bases:
        return None
    found = list(_shown(told, grid, bases)) if told.ends else list(_named(told, grid, bases, years))
    value, step = abs(told.share.value.value), told.share.value.step
    sign = 1 if told.trend == "increase" else -1
    exact = {e.rate for e in found if abs(sign * e.rate - value) <= step / 2}
    if len(exact) == 1:
        return next(e for e in found if e.rate in exact), _EXACT
    if exact or len({e.rate for e in found}) != 1 or sign * found[0].rate <= 0:
        return None
    rate = sign * found[0].rate
    if 0 <= rate - value < step:
        return found[0], _CUT
    printed, right = digits(value, step), str((rate / step).to_integral_value())
    return (found[0], _MISTYPED) if len(right) >= _PAIR and is_one_edit(printed, right) else None


def _shown(told: _Told, grid: Grid, bases: Sequence[int]) -> Iterator[_Ends]:
    """Yield the cells of a growth whose end the text prints: its row is the one that has this figure."""
    for end in told.ends:
        for i, slots in enumerate(grid.slots):
            for j, slot in enumerate(slots):
                if j in bases or slot.kind is not Kind.FIGURE or slot.fact is None or not _is_same(end, slot.fact):
                    continue
                base = _base(grid, i, j, bases)
                if base is not None and base.number != slot.fact.number:
                    yield _Ends(base, slot.fact, _rate(base, slot.fact))


def _is_same(end: Mark, cell: Fact) -> bool:
    """Say whether a figure is that of a cell: as printed, or rounded, in thousands or millions ("$860 million")."""
    value, number = end.value, cell.number
    if number is None or not isinstance(cell.value, Quantity) or cell.value.measure not in _PLAIN:
        return False
    if value.value == number:
        return len(digits(value.value, value.step).rstrip("0")) >= _SHORT
    room = value.step / 2
    return value.scale > 1 and any(abs(number * k - value.value) <= room for k in _SCALES if number >= _SCALES[1])


def _base(grid: Grid, row: int, column: int, bases: Sequence[int]) -> Fact | None:
    """Return the cell of a row that a growth begins with: in a column of its year that is named as that of its end."""
    own = _stems(iter([grid.columns[column].label]))
    alike = [(len(own & _stems(iter([grid.columns[j].label]))), j) for j in bases]
    best = [j for shared, j in alike if shared == max(alike)[0]]
    slot = grid.slots[row][best[0]] if len(best) == 1 else None
    fact = slot.fact if slot is not None and slot.kind is Kind.FIGURE else None
    return fact if fact is not None and (fact.number or 0) > 0 else None


def _named(told: _Told, grid: Grid, bases: Sequence[int], years: Sequence[set[str]]) -> Iterator[_Ends]:
    """Yield the cells of "25 per cent fewer new claims in 2007 than in 2004" in the rows that the words can mean."""
    others = [year for year in told.years if year != told.against]
    lasts = [j for j, found in enumerate(years) if len(others) == 1 and found == set(others)]
    if len(lasts) != 1 or len(bases) != 1:
        return
    for line, slots in zip(grid.rows, grid.slots, strict=True):
        words = _stems(iter([line.label]))
        first, last = slots[bases[0]], slots[lasts[0]]
        if not words or 2 * len(words & told.words) < len(words) or Kind.FIGURE not in (first.kind, last.kind):
            continue
        if first.fact is not None and last.fact is not None and (first.fact.number or 0) > 0:
            yield _Ends(first.fact, last.fact, _rate(first.fact, last.fact))


def _rate(before: Fact, after: Fact) -> Decimal:
    first, last = before.number or _ZERO, after.number or _ZERO
    return 100 * (last - first) / first if first else _ZERO


def _claim(document: Document, told: _Told, ends: _Ends, confidence: int) -> Claim:
    reasons = ("the table has both ends of the growth",)
    return Claim(
        kind=ClaimKind.CHANGE,
        form="growth",
        document=document.path,
        start=told.share.fact.start,
        end=told.share.fact.end,
        operands=tuple(
            operand(role, fact, document)
            for role, fact in (("stated", told.share.fact), ("from", ends.before), ("to", ends.after))
        ),
        basis=Basis(cue="table", confidence=confidence, reasons=reasons),
        detail={"trend": told.trend},
    )
