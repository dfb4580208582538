"""Reported statistics: results of tests with their p-values, means of a stated number of people, shares of few people.

Results are written alike in every language (`t(28) = 2.20, p < .05`), so they are read from the text itself; a
percentage of people is read from the tokens. A rule pack of its own judges these claims, and none is judged
without it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from decimal import Decimal
from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind, Operand
from audit.facts import Fact, FactKind, TokenKind
from audit.quantity import Hedge, Measure, Quantity
from audit.relate.operands import operand

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.facts import Facts, Sentence, Token

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d*\.?\d+"
_SIGN = re.compile(r"\bp\w?\s{0,2}[=<>]|\bn\.?\s?s\b", re.IGNORECASE)
# What every result and every mean holds: most reports hold neither, and these two are found ten times as fast.
_RELATION = re.compile(r"[=<>]\s?[-−–]?\s?[\d.]")
_NEAR = 200  # characters between the value of a test and its p
_MEAN_IS = re.compile(r"M\s?=")
_RESULT = rf"""(?x)
    (?<![\w.]) (?P<test> t | r | F | [zZ] | [χΧXx]\s?[²2] | chi2 | Q[A-Za-z]{{0,10}} )
    \s? (?: \( \s? (?P<degrees> [\d.]+ (?:\s?,\s?[\d.]+){{0,2}} ) (?:\s?,\s?[Nn]\s?=\s?[\d,]+)? \s? \) )?
    \s? (?P<relation> [=<>]) \s? (?P<value> [-−–]?\s?(?:{_NUMBER}) )
    \s? [,;]? \s? \(? (?: [A-Za-z]{{1,5}}\s?=\s?[\d.]{{1,12}}\s?,\s? )?
    (?: ps? \s{{0,2}} (?P<p_relation> [=<>]) \s{{0,2}} (?P<p> [01]?\.\d+ | [01](?![\d.]) ) | (?P<ns> n\.?\s?s\b) )
    """
_MEAN = (
    r"\bM\s?=\s?(?P<mean>\d+\.\d+)\b(?:[^.()]{0,10}\bSD\s?=\s?(?P<deviation>\d+\.\d+))?[^.()]{0,10}\b[nN]\s?=\s?(?P<number>\d+)\b"
    r"|\b[nN]\s?=\s?(?P<number_>\d+)\b[^.()]{0,10}\bM\s?=\s?(?P<mean_>\d+\.\d+)\b(?:[^.()]{0,10}\bSD\s?=\s?(?P<deviation_>\d+\.\d+))?"
)
_TESTS = {"t": "t", "r": "r", "f": "F", "z": "z", "q": "Q"}


def find(bundles: Sequence[Facts]) -> Iterator[Claim]:
    """Yield the reported statistics of all documents."""
    for bundle in bundles:
        text = bundle.document.text
        if any(_SIGN.search(text, near.end(), near.end() + _NEAR) for near in _RELATION.finditer(text)):
            for found in re.finditer(_RESULT, text):
                claim = _result(bundle, found)
                if claim is not None:
                    yield claim
        if _MEAN_IS.search(text):
            for found in re.finditer(_MEAN, text):
                yield _mean(bundle, found)
        shares = [f.start for f in bundle.facts if isinstance(f.value, Quantity) and f.value.measure is Measure.PERCENT]
        for sentence in bundle.sentences:
            # most sentences hold no percentage, and a long report has tens of thousands
            if bisect_left(shares, sentence.start) < bisect_left(shares, sentence.end):
                yield from _percentages(bundle, sentence)


def _result(bundle: Facts, found: re.Match[str]) -> Claim | None:
    test = _TESTS.get(found["test"][0].lower(), "chi2")
    degrees = _degrees(test, found["degrees"] or "")
    if degrees is None:
        return None
    stated = "ns" if found["ns"] else "p"
    operands = [_operand(bundle, "stated", found, stated), _operand(bundle, "statistic", found, "value")]
    detail = {
        "test": test,
        "relation": found["relation"],
        "p_relation": found["p_relation"] or "",
        **dict(zip(("first", "second"), degrees, strict=True)),
    }
    return _claim(bundle, found, "p_value", operands, detail, 92)


def _degrees(test: str, printed: str) -> tuple[str, str] | None:
    """Return the degrees of freedom (first, second) of a test; None when their number is not that of the test."""
    if test == "z":
        return ("", "") if not printed else None
    parts = [p.strip() for p in printed.split(",")]
    if test == "F":
        return (parts[0], parts[1]) if len(parts) == 2 and all(_is_number(p) for p in parts) else None
    grouped = len(parts) > 1 and all(len(p) == 3 for p in parts[1:])
    if not printed or not all(_is_number(p) for p in parts) or (len(parts) > 1 and not grouped):
        return None
    single = "".join(parts)
    return ("", single) if test in ("t", "r") else (single, "")


def _is_number(text: str) -> bool:
    return text.count(".") <= 1 and text.strip(".").replace(".", "").isdigit()


def _mean(bundle: Facts, found: re.Match[str]) -> Claim:
    order = "" if found["mean"] else "_"
    names = [("stated", f"mean{order}"), ("number", f"number{order}")]
    if found[f"deviation{order}"]:
        names.append(("deviation", f"deviation{order}"))
    return _claim(bundle, found, "mean", [_operand(bundle, role, found, group) for role, group in names], {}, 50)


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


def _operand(bundle: Facts, role: str, found: re.Match[str], group: str) -> Operand:
    start, end = found.span(group)
    text = found[group]
    digits = text.replace(",", "").replace("−", "-").replace("–", "-").replace(" ", "")
    value = None if group == "ns" else Decimal(digits)
    return Operand(
        role=role,
        text=text,
        document=bundle.document.path,
        start=start,
        end=end,
        fact=_fact_at(bundle, start, end),
        value=value,
    )


def _fact_at(bundle: Facts, start: int, end: int) -> Fact | None:
    """Return the figure that stands at some characters; the point of ".05" may have been left out of it."""
    return next((f for f in bundle.facts if f.kind is FactKind.QUANTITY and start <= f.start < f.end <= end), None)


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
