"""Statements of rule files as claims: each relation an expectation asserts, over the figures found in the document.

A relation of a known shape (a sum, a share, a part of a whole) becomes a claim of that kind, so that it is reported
once with what the finders saw by themselves, and repaired like theirs; any other is a `tie`. A figure that is not
found, or found twice, is a claim of its own: the text moved, and the statement must follow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.aggregates import taken_out
from audit.claims import Basis, Claim, ClaimKind, Operand
from audit.expressions import EXACTLY, Binary, Call, Comparison, Name, names_of, parse
from audit.facts import Period
from audit.quantity import Quantity
from audit.records import dataclass
from audit.relate.named.locate import Locator
from audit.relate.named.ties import tied

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from audit.expressions import Node
    from audit.facts import Facts
    from audit.model import Document
    from audit.relate.named.locate import Found
    from audit.relate.named.regions import Spot
    from audit.rules import Figure, Rule, Selection

DECLARED = 100  # a statement is meant: nothing that is found by reading is surer
MOVED = 80  # a lost figure says nothing against the report: a warning at most
_SHORT = 60
_QUOTE = 400

Roles = list[tuple[str, str]]  # (role, name of the figure)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """A figure of a statement as found in one document."""

    figure: Figure
    bundle: Facts | None
    found: Found | None


def find(
    bundles: Sequence[Facts], rules: Sequence[Rule], data: Mapping[tuple[str, str], Operand] | None = None
) -> Iterator[Claim]:
    """Yield the claims of every statement for every document it is written for; `data` is by rule and term."""
    locators: dict[str, Locator] = {}
    for rule in rules:
        if rule.statement is None or not rule.statement.figures:
            continue
        for bundle in bundles:
            if rule.statement.document.matches(bundle.document):
                seen = _seen(rule, bundle, bundles, locators)
                yield from _claims(rule, bundle, seen)
                yield from tied(rule, _operands(seen), data or {})


def _seen(rule: Rule, bundle: Facts, bundles: Sequence[Facts], locators: dict[str, Locator]) -> dict[str, _Seen]:
    seen: dict[str, _Seen] = {}
    for figure in rule.statement.figures if rule.statement is not None else ():
        where = bundle if figure.document is None else _other(figure.document, bundle, bundles)
        found = _locator(where, locators).find(figure) if where is not None else None
        seen[figure.name] = _Seen(figure=figure, bundle=where, found=found)
    return seen


def _operands(seen: Mapping[str, _Seen]) -> dict[str, tuple[Operand, ...]]:
    """Return the figures that were found, each as often as it stands there."""
    return {
        name: tuple(_operand("stated", spot, each.bundle.document) for spot in each.found.spots)
        for name, each in seen.items()
        if each.bundle is not None and each.found is not None and not each.found.reason
    }


def _claims(rule: Rule, bundle: Facts, seen: Mapping[str, _Seen]) -> Iterator[Claim]:
    statement = rule.statement
    if statement is None:
        return
    asserted = [(text, text) for text in statement.expect] + [(text, taken_out(text)[0]) for text in statement.ties]
    for name, each in seen.items():
        if each.bundle is not None and each.found is not None and each.found.reason:
            using = [text for text, plain in asserted if any(name == n.name for r in parse(plain) for n in names_of(r))]
            yield _lost(rule, each, using)
    for text in statement.expect:
        for relation in parse(text):
            made = _claim(rule, relation, seen, bundle)
            if made is not None:
                yield made


def _locator(bundle: Facts, locators: dict[str, Locator]) -> Locator:
    path = bundle.document.path
    if path not in locators:
        locators[path] = Locator(bundle)
    return locators[path]


def _other(selection: Selection, bundle: Facts, bundles: Sequence[Facts]) -> Facts | None:
    """Return the one other document a figure stands in, or None when it is not part of the run."""
    matching = [b for b in bundles if b is not bundle and selection.matches(b.document)]
    return matching[0] if len(matching) == 1 else None


def _lost(rule: Rule, seen: _Seen, using: Sequence[str]) -> Claim:
    bundle, found = seen.bundle, seen.found
    assert bundle is not None and found is not None  # noqa: S101, PT018 (the caller asked for both)
    document = bundle.document
    spots = found.spots or ((found.near,) if found.near is not None else ())
    start = spots[0].start if spots else 0
    end = min(spots[0].end if spots else len(document.text), start + _SHORT)
    return Claim(
        kind=ClaimKind.TIE,
        form="doubled" if found.spots else "lost",
        document=document.path,
        start=start,
        end=end,
        operands=tuple(_operand("candidate", spot, document) for spot in found.spots[:4]),
        basis=Basis(cue=f"statement {rule.name}", confidence=MOVED),
        detail={
            "statement": rule.name,
            "figure": seen.figure.name,
            "says": f"{seen.figure.name}: {found.reason}",
            "using": "\n".join(using),
        },
    )


def _claim(rule: Rule, relation: Comparison, seen: Mapping[str, _Seen], bundle: Facts) -> Claim | None:
    names = list(dict.fromkeys(name.name for name in names_of(relation)))
    if any((found := seen[name].found) is not None and found.reason for name in names):
        return None  # told once, as a lost figure
    absent = [name for name in names if seen[name].found is None]
    kind, roles = (ClaimKind.TIE, []) if absent else _shape(relation, _periods(names, seen))
    known = [name for _, name in roles]
    roles += [("other" if roles else "stated", name) for name in names if name not in known and name not in absent]
    operands: list[Operand] = []
    order: list[str] = []
    for role, name in roles:
        each = seen[name]
        for spot in each.found.spots if each.found is not None else ():
            operands.append(_operand(role, spot, each.bundle.document if each.bundle is not None else bundle.document))
            order.append(name)
    document, start, end = _quoted(operands, bundle, seen.values())
    detail = {"statement": rule.name, "relation": relation.text, "names": " ".join(order)}
    if absent:
        selections = dict.fromkeys(str(seen[name].figure.document) for name in absent)
        detail["absent"] = f"{', '.join(absent)}: no single document of {' or '.join(selections)} is checked with it"
    if kind is ClaimKind.COUNT:
        detail["low"] = str(sum(role == "item" for role in (o.role for o in operands)))
    return Claim(
        kind=kind,
        form=relation.text,  # two relations of the same figures are two claims
        document=document,
        start=start,
        end=end,
        operands=tuple(operands),
        basis=Basis(cue=f"statement {rule.name}", confidence=DECLARED, reasons=(f"declared: {relation.text}",)),
        detail=detail,
    )


def _periods(names: Sequence[str], seen: Mapping[str, _Seen]) -> bool:
    spots = [spot for name in names if (found := seen[name].found) is not None for spot in found.spots]
    return any(spot.fact is not None and isinstance(spot.fact.value, Period) for spot in spots)


def _shape(relation: Comparison, periods: bool) -> tuple[ClaimKind, Roles]:  # noqa: FBT001 (one closed choice)
    """Return the kind of claim a relation is, and the roles of its figures, the stated one first."""
    sign, left, right = relation.sign, relation.left, relation.right
    if periods:
        return ClaimKind.CHRONOLOGY, []
    if sign in (">=", ">"):
        left, right = right, left
    if sign in ("<=", ">=") and isinstance(right, Name) and (parts := _added(left)):
        return ClaimKind.SUBSET, [("whole", right.name), *(("part", name) for name in parts)]
    if sign != "==" or sign == EXACTLY:
        return ClaimKind.TIE, []
    if not isinstance(left, Name):
        left, right = right, left
    return _equal(left.name, right) if isinstance(left, Name) else (ClaimKind.TIE, [])


def _equal(stated: str, said: Node) -> tuple[ClaimKind, Roles]:
    if isinstance(said, Name):
        return ClaimKind.REPEAT, [("stated", stated), ("other", said.name)]
    if parts := _added(said):
        return ClaimKind.SUM, [("total", stated), *(("part", name) for name in parts)]
    if isinstance(said, Binary) and isinstance(said.left, Name) and isinstance(said.right, Name):
        if said.sign == "-":
            return ClaimKind.DIFFERENCE, [("stated", stated), ("from", said.left.name), ("less", said.right.name)]
        if said.sign == "/":
            return ClaimKind.AVERAGE, [("stated", stated), ("total", said.left.name), ("number", said.right.name)]
    if isinstance(said, Call) and said.function in _FORMS:
        kind, first, second = _FORMS[said.function]
        parts = _added(said.arguments[0])
        others = _added(said.arguments[1]) if len(said.arguments) > 1 else []
        if parts and len(others) == bool(second):
            return kind, [("stated", stated), *((first, name) for name in parts), *((second, name) for name in others)]
    return ClaimKind.TIE, []


_FORMS = {
    "count": (ClaimKind.COUNT, "item", ""),
    "share": (ClaimKind.SHARE, "part", "whole"),
    "change": (ClaimKind.CHANGE, "from", "to"),
}


def _added(node: Node) -> list[str]:
    """Return the names that are added up in a value, each once; none when it is anything else."""
    if isinstance(node, Name):
        return [node.name]
    if isinstance(node, Binary) and node.sign == "+":
        left, right = _added(node.left), _added(node.right)
        return [*left, *right] if left and right and not set(left) & set(right) else []
    if isinstance(node, Call) and node.function == "sum":
        found = [_added(argument) for argument in node.arguments]
        names = [name for part in found for name in part]
        return names if all(found) and len(set(names)) == len(names) else []
    return []


def _operand(role: str, spot: Spot, document: Document) -> Operand:
    fact = spot.fact
    value = fact.value if fact is not None else None
    quantity = value if isinstance(value, Quantity) else None
    return Operand(
        role=role,
        text=" ".join(spot.text.split())[:_QUOTE],
        document=document.path,
        start=spot.start,
        end=spot.end,
        fact=fact if isinstance(value, Quantity | Period) else None,  # a list mark that is counted is no figure
        value=quantity.value if quantity is not None else None,
        interval=quantity.interval if quantity is not None else None,
    )


def _quoted(operands: Sequence[Operand], bundle: Facts, seen: object) -> tuple[str, int, int]:
    """Return the words a claim quotes: the sentence of its first figure, with those of its block that hold others."""
    if not operands:
        return bundle.document.path, 0, 0
    first = operands[0]
    facts = bundle
    for each in seen if isinstance(seen, list | tuple) else ():
        if each.bundle is not None and each.bundle.document.path == first.document:
            facts = each.bundle
    block = facts.document.block_at(first.start)
    inside = [o for o in operands if o.document == first.document and facts.document.block_at(o.start) == block]
    start, end = min(o.start for o in inside), max(o.end for o in inside)
    held = [s for s in facts.sentences if s.start <= start < s.end or s.start < end <= s.end]
    if held and held[-1].end - held[0].start <= _QUOTE:
        return first.document, min(start, held[0].start), max(end, held[-1].end)
    return first.document, start, min(end, start + _QUOTE) if end - start > _QUOTE else end
