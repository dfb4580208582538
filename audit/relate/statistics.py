"""Reported statistics: results of tests with their p-values, means of a stated number of people, shares of few people.

Results are written alike in every language (`t(28) = 2.20, p < .05`), so they are read from the text itself; a
percentage of people is read from the tokens. A rule pack of its own judges these claims, and none is judged
without it.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind, Operand
from audit.facts import Fact, FactKind, TokenKind
from audit.quantity import Hedge, Measure, Quantity
from audit.relate.clauses.operands import operand
from audit.relate.results import (
    MEAN_IS,
    RELATION,
    SIGNIFICANCE,
    degrees_of,
    mean_pattern,
    result_pattern,
    test_of,
    value_of,
)
from audit.relate.tables.percents import is_percent

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from audit.facts import Facts, Sentence, Token

_NEAR = 200  # characters between the value of a test and its p
_MARKS = (".", ",")


def find(bundles: Sequence[Facts]) -> Iterator[Claim]:
    """Yield the reported statistics of all documents."""
    for bundle in bundles:
        text = bundle.document.text
        if any(SIGNIFICANCE.search(text, near.end(), near.end() + _NEAR) for near in RELATION.finditer(text)):
            yield from _results(bundle)
        if MEAN_IS.search(text):
            for mark in _MARKS:
                yield from (_mean(bundle, found, mark) for found in mean_pattern(mark).finditer(text))
        shares = [f.start for f in bundle.written if is_percent(f)]
        for sentence in bundle.sentences:
            # most sentences hold no percentage, and a long report has tens of thousands
            if bisect_left(shares, sentence.start) < bisect_left(shares, sentence.end):
                yield from _percentages(bundle, sentence)


def _results(bundle: Facts) -> Iterator[Claim]:
    """Yield the results of tests; one that reads with either decimal mark reads with the point."""
    read: set[int] = set()
    for mark in _MARKS:
        for found in result_pattern(mark).finditer(bundle.document.text):
            claim = _result(bundle, found, mark) if found.start() not in read else None
            if claim is not None:
                read.add(found.start())
                yield claim


def _result(bundle: Facts, found: re.Match[str], mark: str) -> Claim | None:
    test = test_of(found["test"])
    degrees = degrees_of(test, found, mark)
    if degrees is None:
        return None
    stated = "ns" if found["ns"] else "p"
    operands = [_operand(bundle, "stated", found, stated, mark), _operand(bundle, "statistic", found, "value", mark)]
    detail = {
        "test": test,
        "relation": found["relation"],
        "p_relation": found["p_relation"] or "",
        **dict(zip(("first", "second"), degrees, strict=True)),
        **dict.fromkeys(bundle.tests, "yes"),
    }
    form = "p_zero" if operands[0].value == 0 and found["p_relation"] == "=" else "p_value"
    return _claim(bundle, found, form, operands, detail, 92)


def _mean(bundle: Facts, found: re.Match[str], mark: str) -> Claim:
    order = "" if found["mean"] else "_"
    names = [("stated", f"mean{order}"), ("number", f"number{order}")]
    if found[f"deviation{order}"]:
        names.append(("deviation", f"deviation{order}"))
    operands = [_operand(bundle, role, found, group, mark) for role, group in names]
    return _claim(bundle, found, "mean", operands, {}, 50)


def _claim(
    bundle: Facts, found: re.Match[str], form: str, operands: list[Operand], detail: dict[str, str], confidence: int
) -> Claim:
    return Claim(
        kind=ClaimKind.STATISTIC,
        form=form,
        document=bundle.document.path,
        start=found.start(),
        end=found.end(),
        operands=tuple(operands),
        basis=Basis(cue=form, confidence=confidence, reasons=("a reported statistic",)),
        detail=detail,
    )


def _operand(bundle: Facts, role: str, found: re.Match[str], group: str, mark: str) -> Operand:
    start, end = found.span(group)
    return Operand(
        role=role,
        text=found[group],
        document=bundle.document.path,
        start=start,
        end=end,
        fact=_fact_at(bundle, start, end),
        value=None if group == "ns" else value_of(found[group], mark),
    )


def _fact_at(bundle: Facts, start: int, end: int) -> Fact | None:
    """Return the figure that stands at some characters; the point of ".05" may have been left out of it."""
    return next((f for f in bundle.written if f.kind is FactKind.QUANTITY and start <= f.start < f.end <= end), None)


def _percentages(bundle: Facts, sentence: Sentence) -> Iterator[Claim]:
    """Yield "45 per cent of the 12 members": a share of so few people that not every percentage is possible."""
    tokens = sentence.tokens
    for index, token in enumerate(tokens):
        share = _quantity(token)
        if share is None or share.measure is not Measure.PERCENT or share.hedge is not Hedge.NONE:
            continue
        after = index + 1
        if after < len(tokens) and tokens[after].cue == "of":
            after += 1
            while after < len(tokens) and tokens[after].cue == "article":
                after += 1
            whole = _quantity(tokens[after]) if after < len(tokens) else None
            if whole is not None and _is_few(whole, tokens[after]):
                yield _percentage(bundle, token, tokens[after])


def _quantity(token: Token) -> Quantity | None:
    fact = token.fact
    if token.kind is not TokenKind.FIGURE or fact is None or not isinstance(fact.value, Quantity) or fact.reason:
        return None
    return fact.value


def _is_few(whole: Quantity, token: Token) -> bool:
    people = token.fact is not None and "class.person" in token.fact.traits
    return people and whole.measure is Measure.COUNT and whole.hedge is Hedge.NONE and 0 < whole.value < 1000


def _percentage(bundle: Facts, share: Token, whole: Token) -> Claim:
    roles = [("stated", share.fact), ("number", whole.fact)]
    return Claim(
        kind=ClaimKind.STATISTIC,
        form="percentage",
        document=bundle.document.path,
        start=share.start,
        end=whole.end,
        operands=tuple(operand(role, fact, bundle.document) for role, fact in roles if fact is not None),
        basis=Basis(cue="of", confidence=75, reasons=("a percentage of a stated number of people",)),
    )
