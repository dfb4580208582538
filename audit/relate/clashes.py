"""Units that cannot be added: "12 km of pipe (5 km of steel and 7 kg of copper)" adds up only if 7 kg are 7 km.

The printed numbers of a list make up the number before it, so that they were meant as its parts; but one of them is
of another unit, currency or scale than all the others, and what was printed is no sum.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind
from audit.facts import TokenKind
from audit.quantity import Hedge, Measure, Quantity
from audit.relate.clauses.operands import operand

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.facts import Fact, Token
    from audit.relate.clauses.structure import Paragraph

_REACH = 4
_MOST = 12
_ENDS = {
    TokenKind.OPEN: (TokenKind.CLOSE,),
    TokenKind.COLON: (TokenKind.STOP, TokenKind.SEMICOLON),
}
_COUNTABLE = (Measure.COUNT, Measure.MONEY, Measure.AMOUNT)
_SURE = 80


def claims(paragraph: Paragraph) -> Iterator[Claim]:
    """Yield the lists whose numbers make up the one before them but whose units do not."""
    for clause in paragraph.clauses:
        tokens = clause.sentence.tokens
        for index in clause.sentence.printed:
            total = _figure(tokens[index])
            if total is None or not _is_telling(total):
                continue
            parts = _parts(tokens, index)
            odd = _odd([total, *parts]) if len(parts) > 1 else None
            if odd is None or sum((_plain(p) for p in parts), Decimal(0)) != _plain(total):
                continue
            operands = [
                operand("stated" if fact is odd else "other", fact, paragraph.document) for fact in (total, *parts)
            ]
            yield Claim(
                kind=ClaimKind.UNIT,
                form="clash",
                document=paragraph.document.path,
                start=total.start,
                end=parts[-1].end,
                operands=tuple(operands),
                basis=Basis(cue="list", confidence=_SURE, reasons=("the numbers alone make up the total",)),
            )


def _figure(token: Token) -> Fact | None:
    fact = token.fact
    if token.kind is not TokenKind.FIGURE or fact is None or not isinstance(fact.value, Quantity) or fact.reason:
        return None
    exact = fact.value.hedge is Hedge.NONE and fact.value.value > 0
    return fact if exact and fact.value.measure in _COUNTABLE else None


def _quantity(fact: Fact) -> Quantity:
    assert isinstance(fact.value, Quantity)  # noqa: S101 (only such facts come here)
    return fact.value


def _plain(fact: Fact) -> Decimal:
    """Return the number as printed, without its scale word."""
    return _quantity(fact).value / _quantity(fact).scale


def _is_telling(total: Fact) -> bool:
    """Say whether a number has a unit or a scale, and so many digits that others make it up by chance only rarely."""
    return (
        bool(_quantity(total).unit or _quantity(total).scale > 1)
        and len(_plain(total).normalize().as_tuple().digits) > 1
    )


def _parts(tokens: Sequence[Token], index: int) -> list[Fact]:
    """Return the figures of the list that opens right behind a figure; none when something else stands in it."""
    opening = next((i for i in range(index + 1, min(index + _REACH + 2, len(tokens))) if tokens[i].kind in _ENDS), None)
    if opening is None or any(t.kind not in (TokenKind.WORD, TokenKind.CUE) for t in tokens[index + 1 : opening]):
        return []
    ends = _ENDS[tokens[opening].kind]
    found: list[Fact] = []
    for token in tokens[opening + 1 :]:
        if token.kind in ends:
            break
        fact = _figure(token)
        if fact is not None:
            found.append(fact)
        elif token.fact is not None or token.kind is TokenKind.OPEN or len(found) > _MOST:
            return []
    return found


def _odd(facts: Sequence[Fact]) -> Fact | None:
    """Return the one figure whose unit or scale is not that of all others; one without either may leave them out."""
    sorts = [(_quantity(f).unit, _quantity(f).scale) for f in facts]
    (usual, most), *rest = Counter(sorts).most_common()
    if most != len(facts) - 1 or len(rest) != 1:
        return None
    unit, scale = rest[0][0]
    # "52.9 million euros: 44.1 million of sales, 5.3 million of grants": the unit is told once
    bare = (not usual[0] and usual[1] in (1, scale)) or (not unit and scale in (1, usual[1]))
    return None if bare else facts[sorts.index(rest[0][0])]
