"""What is wrong with statements as a set: one that says what another says, two that cannot both be true.

Relations are compared by what their figures are found by, not by the names a file gives them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audit.expressions import EXACTLY, Binary, Call, Day, Name, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from audit.expressions import Comparison, Node
    from audit.rules import Figure, Rule

_FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
# The orders each sign allows: smaller, equal, greater. Two that share none cannot both hold.
_ALLOWS = {"==": "=", EXACTLY: "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}

_Said = tuple[object, str, str]


def statement_faults(rules: Sequence[Rule]) -> Iterator[str]:
    """Yield each relation of a statement that an earlier one repeats or rules out."""
    seen: dict[_Said, tuple[Rule, Comparison, str]] = {}
    for rule in rules:
        if rule.statement is None:
            continue
        figures = {figure.name: figure for figure in rule.statement.figures}
        for relation in (r for text in rule.statement.expect for r in parse(text)):
            left, right, sign = _sides(relation, figures)
            key = (rule.statement.document, left, right)
            if key not in seen:
                seen[key] = (rule, relation, sign)
                continue
            other, said, known = seen[key]
            if not set(_ALLOWS[sign]) & set(_ALLOWS[known]):
                yield f'{rule.path}: "{relation.text}" and "{said.text}" of {other.name} cannot both hold'
            elif sign == known:
                yield f'{rule.path}: "{relation.text}" says what "{said.text}" of {other.name} says; remove one'


def _sides(relation: Comparison, figures: Mapping[str, Figure]) -> tuple[str, str, str]:
    left, right = _plain(relation.left, figures), _plain(relation.right, figures)
    if left <= right:
        return left, right, relation.sign
    return right, left, _FLIPPED.get(relation.sign, relation.sign)


def _plain(node: Node, figures: Mapping[str, Figure]) -> str:
    """Return a value with its figures in place of their names; the order of a sum does not matter."""
    if isinstance(node, Name):
        return repr(replace(figures[node.name], name=""))
    if (isinstance(node, Binary) and node.sign == "+") or (isinstance(node, Call) and node.function == "sum"):
        return f"({' + '.join(sorted(_added(node, figures)))})"
    if isinstance(node, Binary):
        return f"({_plain(node.left, figures)} {node.sign} {_plain(node.right, figures)})"
    if isinstance(node, Call):
        return f"{node.function}({', '.join(_plain(argument, figures) for argument in node.arguments)})"
    return node.text if isinstance(node, Day) else str(node.value)


def _added(node: Node, figures: Mapping[str, Figure]) -> Iterator[str]:
    if isinstance(node, Binary) and node.sign == "+":
        yield from _added(node.left, figures)
        yield from _added(node.right, figures)
    elif isinstance(node, Call) and node.function == "sum":
        for argument in node.arguments:
            yield from _added(argument, figures)
    else:
        yield _plain(node, figures)
