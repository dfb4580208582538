"""From the place of a pack to the pack: what it extends, and its rules in the order they are asked.

Rules with a `where` come before those without: the first rule that fits a claim judges it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audit.rulefiles.examples import strays, with_examples
from audit.rulefiles.forms import form_of, is_form
from audit.rulefiles.nodes import Faults, Items, Map, read_file
from audit.rulefiles.places import OFF, PACK_FILE, files_of
from audit.rulefiles.shape import Reading, rule_of
from audit.rulefiles.statements import is_statement, statement_of
from audit.rules import Clause, Pack, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from audit.rulefiles.places import Folder

PACK_KEYS = ("title", "description", "language", "source", "extends", "severity", "coverage")
MAX_RULES = 5_000


def read_pack(folder: Folder, faults: list[str], *, examples: bool = True) -> Pack:
    """Return a pack with all its rules; what is wrong with its files is added to `faults`.

    With `examples`, the files of examples beside the rules are read too.
    """
    head = _read_head(folder, faults)
    paths = files_of(folder)
    if len(paths) > MAX_RULES:
        faults.append(f"{folder.shown}: {len(paths):,} rule files, more than {MAX_RULES:,}; split the pack")
        paths = ()
    if not paths and not head.extends:
        faults.append(f"{folder.shown}: no rule files; add one with `addsup rules new`")
    rules = [rule for path in paths if (rule := read_rule(path, folder, faults, examples=examples)) is not None]
    if examples and not folder.only:
        faults.extend(strays(folder.path, folder.shown, (path.stem for path in paths)))
    return replace(head, rules=in_order(rules))


def read_rule(path: Path, folder: Folder, faults: list[str], *, examples: bool = True) -> Rule | None:
    """Return the rule of one file, or None with its faults added."""
    noted = Faults(path=f"{folder.shown}/{path.name}")
    tree = read_file(path, noted)
    rule = _made(tree, folder.name, path.stem, noted) if tree is not None else None
    faults.extend(noted.lines())
    if rule is None or noted.found:
        return None
    if not examples:
        return rule
    before = len(faults)
    rule = with_examples(rule, folder.path, folder.shown, faults)
    return rule if len(faults) == before else None


def _made(tree: Map, pack: str, stem: str, noted: Faults) -> Rule | None:
    """Return the rule of a tree, read as the kind of rule its keys say it is."""
    if is_form(tree):
        return form_of(tree, pack, stem, noted)
    if is_statement(tree):
        return statement_of(tree, pack, stem, noted)
    return rule_of(tree, pack, stem, noted)


def in_order(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Return rules as they are asked: the more a rule's `where` selects on, the earlier; then by name."""
    return tuple(sorted(rules, key=lambda rule: (-len(rule.where), rule.id)))


def _read_head(folder: Folder, faults: list[str]) -> Pack:
    path = folder.path / PACK_FILE
    plain = Pack(name=folder.name, title=folder.name, description="", path=folder.shown)
    if folder.only or not path.is_file():
        return plain
    noted = Faults(path=f"{folder.shown}/{PACK_FILE}")
    tree = read_file(path, noted)
    if tree is not None:
        reading = Reading(noted)
        reading.known(tree, PACK_KEYS, ("title", "description"))
        plain = Pack(
            name=folder.name,
            title=reading.text(tree.get("title"), "title"),
            description=reading.text(tree.get("description"), "description"),
            path=folder.shown,
            language=reading.text(tree.get("language"), "language"),
            source=reading.text(tree.get("source"), "source"),
            extends=reading.texts(tree.get("extends"), "extends"),
            changes=_changes(tree, reading),
            coverage=_coverage(tree, reading),
        )
    faults.extend(noted.lines())
    return plain


def _changes(tree: Map, reading: Reading) -> dict[str, str]:
    node = tree.get("severity")
    if node is None:
        return {}
    if not isinstance(node, Map):
        reading.faults.at(node, '"severity" must hold rule names and severities, as `core/rule-id: note`')
        return {}
    known = (*(s.value for s in Severity), OFF)
    return {rule: reading.choice(value, "severity", known) for rule, value in node.entries.items()}


def _coverage(tree: Map, reading: Reading) -> tuple[Clause, ...]:
    node = tree.get("coverage")
    found = []
    for item in reading.maps(node, "coverage") if isinstance(node, Items) or node is not None else ():
        reading.known(item, ("clause", "rules", "reason"), ("clause",))
        rules = reading.texts(item.get("rules"), "rules")
        if not rules and "reason" not in item.keys:
            reading.faults.at(item, 'a clause without "rules" needs a "reason"')
        found.append(
            Clause(
                clause=reading.text(item.get("clause"), "clause"),
                rules=rules,
                reason=reading.text(item.get("reason"), "reason"),
            )
        )
    return tuple(found)
