"""Outcomes made for the repair: sums of counts as a finder and a judge would have left them, and typing errors."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from audit.arithmetic import verify_sum
from audit.claims import Basis, Claim, ClaimKind, Operand
from audit.facts import Fact, FactKind
from audit.findings import Outcome, Verdict
from audit.model import Span
from audit.quantity import Quantity

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence


def operand(role: str, value: int, start: int, text: str = "") -> Operand:
    """Return a printed count as an operand at some offset."""
    text = text or f"{value:,}"
    quantity = Quantity(raw=text, value=Decimal(value))
    fact = Fact(
        id=f"f{start}",
        start=start,
        end=start + len(text),
        text=text,
        kind=FactKind.QUANTITY,
        value=quantity,
        head="case",
    )
    return Operand(
        role=role, text=text, document="d", start=start, end=start + len(text), fact=fact,
        value=Decimal(value), interval=quantity.interval,
    )  # fmt: skip


def outcome(
    operands: Sequence[Operand], *, kind: ClaimKind = ClaimKind.SUM, confidence: int = 90, holds: bool | None = None,
    detail: dict[str, str] | None = None, form: str = "made",
) -> Outcome:  # fmt: skip
    """Return operands as a judged claim; a sum is judged here, anything else is said to hold or not."""
    claim = Claim(
        kind=kind, form=form, document="d", start=operands[0].start, end=operands[-1].end,
        operands=tuple(operands), basis=Basis(cue="made", confidence=confidence), detail=detail or {},
    )  # fmt: skip
    if holds is None:
        total, *parts = [o.fact.value for o in operands if o.fact is not None and isinstance(o.fact.value, Quantity)]
        holds = verify_sum(total, parts).grade.holds
    at = Span(document="d", start=operands[0].start, end=operands[0].end)
    return Outcome(claim=claim, rule=None, verdict=Verdict.EXACT if holds else Verdict.CONTRADICTED, at=at)


def summed(total: int, parts: Sequence[int], starts: Sequence[int] = (), confidence: int = 90) -> Outcome:
    """Return "total = sum of parts" with its figures at given offsets (a hundred apart without)."""
    places = list(starts) or [100 * i for i in range(len(parts) + 1)]
    figures = [
        operand("total", total, places[0]),
        *(operand("part", p, s) for p, s in zip(parts, places[1:], strict=True)),
    ]
    return outcome(figures, confidence=confidence)


def table(cells: Sequence[Sequence[int]]) -> list[Outcome]:
    """Return the row and column sums of a table whose last row and column are totals."""
    rows, columns = len(cells), len(cells[0])
    where = [[1000 * (i * columns + j) for j in range(columns)] for i in range(rows)]
    made = [summed(row[-1], row[:-1], [where[i][-1], *where[i][:-1]], 97) for i, row in enumerate(cells)]
    for j in range(columns):
        column = [row[j] for row in cells]
        places = [where[i][j] for i in range(rows)]
        made.append(summed(column[-1], column[:-1], [places[-1], *places[:-1]], 97))
    return made


def typed_wrong(value: int, chance: random.Random) -> int:
    """Return a number with one typing error, drawn with the published frequencies (112, 15, 14, 11 of 152)."""
    text = str(value)
    while True:
        sort = chance.choices(("replaced", "dropped", "exchanged", "added"), (112, 15, 14, 11))[0]
        at, digit = chance.randrange(len(text)), chance.choice("0123456789")
        if sort == "replaced":
            wrong = text[:at] + digit + text[at + 1 :]
        elif sort == "dropped":
            wrong = text[:at] + text[at + 1 :]
        elif sort == "exchanged":
            wrong = text[:at] + text[at : at + 2][::-1] + text[at + 2 :]
        else:
            at = chance.randrange(len(text) + 1)
            wrong = text[:at] + digit + text[at:]
        if wrong and wrong != text and wrong[0] != "0":
            return int(wrong)
