"""What a good rule file has beyond what a rule needs, and what is wrong with a set of rules as a whole.

A rule without this runs; our own packs and `addsup rules test` ask for it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from audit.rulefiles.examples import FOLDER, files_of_rule
from audit.rulefiles.forms import KEYS as FORM_KEYS
from audit.rulefiles.nodes import Faults, read_file, read_tree
from audit.rulefiles.sanity import statement_faults
from audit.rulefiles.shape import EXAMPLE_KEYS, EXAMPLE_LISTS, FINDING_KEYS, KEYS
from audit.rulefiles.statements import FIGURE_KEYS
from audit.rulefiles.statements import KEYS as STATEMENT_KEYS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from audit.rulefiles.nodes import Map, Node
    from audit.rules import Pack, Rule

LEAST_EXAMPLES = 2
MAX_LOGIC_LINES = 20
MAX_STATEMENT_LINES = 40  # a statement has a line for each of its figures
MAX_LINES = 150
_LOGIC_ENDS_AT = "why"


def style_faults(rule: Rule, path: Path) -> Iterator[str]:
    """Yield what a rule file lacks: keys in order, two flags, two passes, full stops, few lines of logic.

    The report a statement is written for is its example, so it needs none of its own.
    """
    text = path.read_text(encoding="utf-8")
    faults = Faults(path=rule.path)
    tree = read_tree(text, faults)
    if tree is None:
        yield from faults.lines()
        return
    _order(tuple(tree.keys), _keys_of(rule), tree.keys, faults)
    _examples_in_order(tree, faults)
    for figure in getattr(tree.get("figures"), "entries", {}).values():
        _order(tuple(figure.keys), FIGURE_KEYS, figure.keys, faults)
    for key in ("flags", "passes") if rule.statement is None else ():
        if len(getattr(tree.get(key), "items", ())) < LEAST_EXAMPLES:
            faults.at(tree.keys[key], f'"{key}" has fewer than {LEAST_EXAMPLES} examples; add one, best a near miss')
    for key in ("why", "repair", "limits"):
        if key in tree.keys and not getattr(rule, key).endswith((".", "!", "?")):
            faults.at(tree.keys[key], f'"{key}" must be whole sentences; end it with a full stop')
    if rule.title.endswith("."):
        faults.at(tree.keys["title"], "the title is no sentence; remove the full stop")
    lines = tree.keys[_LOGIC_ENDS_AT].line - 1
    most = MAX_LOGIC_LINES if rule.statement is None else MAX_STATEMENT_LINES
    if lines > most:
        faults.at(tree.keys[_LOGIC_ENDS_AT], f"{lines} lines before why, more than {most}; make it two rules")
    if (length := text.count("\n")) > MAX_LINES:
        faults.at(None, f"{length} lines, more than {MAX_LINES}; move examples to {FOLDER}/{rule.id}.<language>.yaml")
    yield from faults.lines()
    for beside, _ in files_of_rule(path.parent, rule.id):
        noted = Faults(path=f"{rule.path.rpartition('/')[0]}/{FOLDER}/{beside.name}")
        if (examples := read_file(beside, noted)) is not None:
            _order(tuple(examples.keys), EXAMPLE_LISTS, examples.keys, noted)
            _examples_in_order(examples, noted)
        yield from noted.lines()


def set_faults(packs: Sequence[Pack]) -> Iterator[str]:
    """Yield what is wrong with packs that run together: rules never asked, names used twice, clauses without rule."""
    rules = [rule for pack in packs for rule in pack.rules]
    yield from statement_faults(rules)
    for position, rule in enumerate(rules):
        if rule.statement is not None or rule.wording is not None:
            continue
        for earlier in rules[:position]:
            if earlier.statement is None and earlier.claim is rule.claim and _covers(earlier, rule):
                yield f"{rule.path}: never asked: {earlier.name} judges every claim it selects; narrow its where"
                break
    for pack in packs:
        names = {rule.id for rule in pack.rules} | {rule.name for rule in rules}
        for clause in pack.coverage:
            for name in clause.rules:
                if name not in names:
                    yield f'{pack.path}/pack.yaml: clause "{clause.clause}" names no rule "{name}"'


def _keys_of(rule: Rule) -> tuple[str, ...]:
    if rule.wording is not None:
        return FORM_KEYS
    return KEYS if rule.statement is None else STATEMENT_KEYS


def _examples_in_order(tree: Map, faults: Faults) -> None:
    for key in EXAMPLE_LISTS:
        for item in getattr(tree.get(key), "items", ()):
            _order(tuple(item.keys), EXAMPLE_KEYS, item.keys, faults)
            for finding in getattr(item.get("findings"), "items", ()):
                _order(tuple(finding.keys), FINDING_KEYS, finding.keys, faults)


def _covers(earlier: Rule, later: Rule) -> bool:
    """Say whether every claim that the later rule selects is selected by the earlier one."""
    return all(key in later.where and set(later.where[key]) <= set(wanted) for key, wanted in earlier.where.items())


def _order(found: tuple[str, ...], wanted: tuple[str, ...], places: Mapping[str, Node], faults: Faults) -> None:
    ranks = [wanted.index(key) for key in found if key in wanted]
    for first, second in pairwise(ranks):
        if second < first:
            place = places[wanted[second]]
            faults.at(place, f'key "{wanted[second]}" stands after "{wanted[first]}"; the order is {", ".join(wanted)}')
            return
