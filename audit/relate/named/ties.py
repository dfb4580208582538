"""Ties of rule files as claims: a figure of the text against a value or an aggregate of data that was opened before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.aggregates import restored, taken_out
from audit.claims import Basis, Claim, ClaimKind, Operand
from audit.expressions import names_of, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from audit.rules import Rule

DECLARED = 100


def tied(
    rule: Rule, figures: Mapping[str, tuple[Operand, ...]], data: Mapping[tuple[str, str], Operand]
) -> Iterator[Claim]:
    """Yield a claim for each tie of a statement; `figures` holds those that were found in the document, by name."""
    for text in rule.statement.ties if rule.statement is not None else ():
        plain, terms = taken_out(text)
        for relation in parse(plain):
            names = list(dict.fromkeys(name.name for name in names_of(relation)))
            values = {name: data.get((rule.name, terms[name].text)) for name in names if name in terms}
            if any(value is None for value in values.values()) or any(
                name not in figures for name in names if name not in terms
            ):
                continue  # a lost figure or a value that could not be had is told by itself
            found = {
                name: (value,) if (value := values.get(name)) is not None else figures[name]
                for name in sorted(names, key=lambda name: name in terms)
            }
            if operands := tuple(operand for each in found.values() for operand in each):
                order = " ".join(name for name, each in found.items() for _ in each)
                said = restored(relation.text, terms)
                asked = "\n".join(terms[name].text for name in found if name in terms)
                yield _claim(rule, operands, {"relation": relation.text, "names": order, "terms": asked, "tie": said})


def _claim(rule: Rule, operands: tuple[Operand, ...], detail: dict[str, str]) -> Claim:
    first = operands[0]
    here = [o for o in operands if o.document == first.document and o.role != "data"] or [first]
    return Claim(
        kind=ClaimKind.TIE,
        form="tie",
        document=first.document,
        start=min(o.start for o in here),
        end=max(o.end for o in here),
        operands=operands,
        basis=Basis(cue=f"statement {rule.name}", confidence=DECLARED, reasons=(f"declared: {detail['tie']}",)),
        detail={"statement": rule.name, **detail},
    )
