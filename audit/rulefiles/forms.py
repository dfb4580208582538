"""From a tree of texts to a rule of form: which words are found, which of them are spared, with every fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.claims import ClaimKind
from audit.patterns import FIGURES, RAW, PatternError, pattern
from audit.rulefiles.nodes import Items, Text
from audit.rulefiles.shape import Reading, check_message, described, note_names
from audit.rulefiles.statements import selection_of
from audit.rules import FORM_PLACES, Rule, Wording

if TYPE_CHECKING:
    from audit.rulefiles.nodes import Faults, Map, Node

MARK = "find"  # a file with this key is a rule of form
REQUIRED = ("id", "title", "severity", "find", "message", "why", "repair")
KEYS = (
    *("id", "title", "since", "severity", "document", "of", "find", "unless", "message"),
    *("why", "repair", "limits", "flags", "passes", "undecided", "misses", "history", "formerly"),
)
MAX_PATTERNS = 60
_TEMPLATE = """\
id: @name@
title: What is written otherwise, in a few words
since: @since@
severity: note
document: {language: en}   # or symbol, title, path ("*.docx")
of: prose   # or @places@
find:
  # placeholders: @raw@ {one|other}
  # figures, one in a pattern: @figures@; before all {start} of a sentence
  - "{number} percent"
unless:
  # {it} is what was found
  - "{it} of the vote"
message: >-
  {found} is not how we write it ({times} in the document)

why: |
  Why the house writes otherwise.
repair: |
  What the author does about it.
limits: |
  What the rule does not see.

flags:
  - name: the plain case
    text: |
      It rose by 12 percent in the north.
    findings:
      - at: "12 percent"
        says: 12 percent is not how we write it (once in the document)

  - name: another case
    text: |
      It fell to 4.5 percent.
    findings:
      - at: "4.5 percent"
        says: 4.5 percent is not how we write it (once in the document)

passes:
  - name: as it is written
    text: |
      It rose by 12 per cent in the north.

  - name: a near miss
    text: |
      He won 60 percent of the vote.
"""


def is_form(tree: Map) -> bool:
    """Say whether a rule file says how something is written."""
    return "claim" not in tree.keys and MARK in tree.keys


def form_of(tree: Map, pack: str, stem: str, faults: Faults) -> Rule | None:
    """Return the rule of a file that says how something is written, or None with the reasons noted in `faults`."""
    before = len(faults.found)
    reading = Reading(faults)
    reading.known(tree, KEYS, REQUIRED)
    note_names(tree, stem, reading)
    message = " ".join(reading.text(tree.get("message"), "message").split())
    if message:
        check_message(message, ClaimKind.FORM, tree.get("message"), faults)
    rule = Rule(
        pack=pack,
        claim=ClaimKind.FORM,
        message=message,
        **described(tree, reading),
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


def template(name: str, since: str) -> str:
    """Return a new rule of form with every key, ready to be filled in."""
    raw, figures = (" ".join(f"{{{key}}}" for key in keys) for keys in (RAW, FIGURES))
    filled = {"name": name, "since": since, "places": ", ".join(FORM_PLACES[1:]), "raw": raw, "figures": figures}
    text = _TEMPLATE
    for mark, words in filled.items():
        text = text.replace(f"@{mark}@", words)
    return text
