"""From a tree of texts to a rule of form: which words are found, which of them are spared, with every fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.claims import ClaimKind
from audit.patterns import PatternError, pattern
from audit.rulefiles.nodes import Items, Text
from audit.rulefiles.shape import Reading, check_message, examples_of, history_of, note_names
from audit.rulefiles.statements import selection_of
from audit.rules import FORM_PLACES, Rule, Severity, Wording

if TYPE_CHECKING:
    from audit.rulefiles.nodes import Faults, Map, Node

MARK = "find"  # a file with this key is a rule of form
REQUIRED = ("id", "title", "severity", "find", "message", "why", "repair")
KEYS = (
    *("id", "title", "since", "severity", "document", "of", "find", "unless", "message"),
    *("why", "repair", "limits", "flags", "passes", "undecided", "misses", "history", "formerly"),
)
MAX_PATTERNS = 60


def is_form(tree: Map) -> bool:
    """Say whether a rule file says how something is written."""
    return "claim" not in tree.keys and MARK in tree.keys


def form_of(tree: Map, pack: str, stem: str, faults: Faults) -> Rule | None:
    """Return the rule of a file that says how something is written, or None with the reasons noted in `faults`."""
    before = len(faults.found)
    reading = Reading(faults)
    reading.known(tree, KEYS, REQUIRED)
    severity = reading.choice(tree.get("severity"), "severity", (s.value for s in Severity))
    note_names(tree, stem, reading)
    message = " ".join(reading.text(tree.get("message"), "message").split())
    if message:
        check_message(message, ClaimKind.FORM, tree.get("message"), faults)
    rule = Rule(
        id=reading.text(tree.get("id"), "id"),
        pack=pack,
        title=reading.text(tree.get("title"), "title"),
        since=reading.text(tree.get("since"), "since"),
        severity=Severity(severity or Severity.NOTE),
        claim=ClaimKind.FORM,
        message=message,
        why=reading.text(tree.get("why"), "why"),
        repair=reading.text(tree.get("repair"), "repair"),
        limits=reading.text(tree.get("limits"), "limits"),
        flags=examples_of(tree.get("flags"), "flags", reading),
        passes=examples_of(tree.get("passes"), "passes", reading),
        undecided=examples_of(tree.get("undecided"), "undecided", reading),
        misses=examples_of(tree.get("misses"), "misses", reading),
        history=history_of(tree.get("history"), reading),
        formerly=reading.texts(tree.get("formerly"), "formerly"),
        path=faults.path,
        wording=Wording(
            document=selection_of(tree.get("document"), reading),
            of=reading.choice(tree.get("of"), "of", FORM_PLACES) or FORM_PLACES[0],
            find=_patterns(tree.get("find"), "find", reading),
            unless=_patterns(tree.get("unless"), "unless", reading),
        ),
    )
    return rule if len(faults.found) == before else None


def _patterns(node: Node | None, what: str, reading: Reading) -> tuple[str, ...]:
    nodes = node.items if isinstance(node, Items) else [node] if node is not None else []
    if node is not None and not 0 < len(nodes) <= MAX_PATTERNS:
        reading.faults.at(node, f'"{what}" must list 1 to {MAX_PATTERNS} patterns')
        return ()
    found = []
    for item in nodes:
        if not isinstance(item, Text):
            reading.faults.at(item, f'each entry of "{what}" is one text; put it in quotes: "{{number}} percent"')
            continue
        text = reading.text(item, what)
        try:
            if text:
                pattern(text, of_hit=what == "unless")
                found.append(text)
        except PatternError as fault:
            reading.faults.at(item, f'"{text[:60]}" {fault}')
    return tuple(found)
