"""From a tree of texts to a rule: which keys there are, what each may hold, and every fault with its place.

The order of `KEYS` is the order in every rule file: what it is, what it does, why, examples.
"""

from __future__ import annotations

import re
from string import Formatter
from typing import TYPE_CHECKING, Any

from audit.claims import MESSAGE_FIELDS, ClaimKind
from audit.errors import did_you_mean
from audit.rulefiles.nodes import Faults, Items, Map, Node, Text
from audit.rules import EXAMPLE_FORMATS, GRADES, PLACES, Example, Expected, Rule, Severity, Tolerance

if TYPE_CHECKING:
    from collections.abc import Iterable

REQUIRED = ("id", "title", "since", "severity", "claim", "message", "why", "repair", "limits", "flags", "passes")
KEYS = (
    *("id", "title", "since", "severity", "claim", "where", "tolerance", "message"),
    *("why", "repair", "limits", "flags", "passes", "undecided", "misses", "history", "formerly"),
)
WHERE_KEYS = ("form", "grade", "place")
EXAMPLE_LISTS = ("flags", "passes", "undecided", "misses")
EXAMPLE_KEYS = ("name", "format", "language", "before", "text", "findings")
FINDING_KEYS = ("at", "nth", "says", "severity")
MESSAGE_MAX = 120

_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_VERSION = re.compile(r"\d+\.\d+\.\d+")
_AMOUNT = re.compile(r"\d+(\.\d+)?")


def is_id(text: str) -> bool:
    """Say whether a text may name a rule."""
    return _ID.fullmatch(text) is not None


class Reading:
    """Reads the nodes of one file and notes what is wrong with them."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults

    def known(self, node: Map, keys: Iterable[str], required: Iterable[str] = ()) -> None:
        """Note unknown and missing keys of a mapping."""
        known = tuple(keys)
        for key, place in node.keys.items():
            if key not in known:
                near = did_you_mean(key, known) or f"; known are {', '.join(known)}"
                self.faults.at(place, f'unknown key "{key}"{near}')
        for key in required:
            if key not in node.keys:
                self.faults.at(node, f'missing key "{key}"; add it, see `addsup rules new` for the order')

    def text(self, node: Node | None, what: str) -> str:
        """Return a scalar's text without the line end a block leaves, or note that it is none."""
        if node is None:
            return ""
        if not isinstance(node, Text):
            self.faults.at(node, f'"{what}" must be one text')
            return ""
        if not node.value.strip():
            self.faults.at(node, f'"{what}" is empty; write it or remove the key')
        return node.value.strip()

    def choice(self, node: Node | None, what: str, known: Iterable[str]) -> str:
        """Return a scalar that must be one of a closed list."""
        value = self.text(node, what)
        allowed = tuple(known)
        if value and value not in allowed:
            near = did_you_mean(value, allowed) or f"; known are {', '.join(allowed)}"
            self.faults.at(node, f'unknown {what} "{value}"{near}')
            return ""
        return value

    def texts(self, node: Node | None, what: str) -> tuple[str, ...]:
        """Return a list of texts; one text alone stands for a list of one."""
        if node is None:
            return ()
        if isinstance(node, Text):
            return (self.text(node, what),)
        if isinstance(node, Map):
            self.faults.at(node, f'"{what}" must be a text or a list of texts')
            return ()
        return tuple(self.text(item, what) for item in node.items)

    def maps(self, node: Node | None, what: str) -> tuple[Map, ...]:
        """Return a list of mappings."""
        if node is None:
            return ()
        if not isinstance(node, Items):
            self.faults.at(node, f'"{what}" must be a list; begin each entry with a dash')
            return ()
        for item in node.items:
            if not isinstance(item, Map):
                self.faults.at(item, f'each entry of "{what}" must hold keys')
        return tuple(item for item in node.items if isinstance(item, Map))


def rule_of(tree: Map, pack: str, stem: str, faults: Faults) -> Rule | None:
    """Return the rule a tree holds, or None with the reasons noted in `faults`."""
    before = len(faults.found)
    reading = Reading(faults)
    reading.known(tree, KEYS, REQUIRED)
    kind = reading.choice(tree.get("claim"), "claim", (k.value for k in ClaimKind))
    note_names(tree, stem, reading)
    message = " ".join(reading.text(tree.get("message"), "message").split())
    if kind and message:
        check_message(message, ClaimKind(kind), tree.get("message"), faults)
    where = _where(tree.get("where"), reading)
    tolerance = _tolerance(tree.get("tolerance"), reading)
    rule = Rule(
        pack=pack,
        claim=ClaimKind(kind or ClaimKind.SUM),
        where=where,
        tolerance=tolerance,
        message=message,
        **described(tree, reading),
    )
    return rule if len(faults.found) == before else None


def described(tree: Map, reading: Reading) -> dict[str, Any]:
    """Return what every rule says of itself, whatever it looks for: its name, its reason and its examples."""
    severity = reading.choice(tree.get("severity"), "severity", (s.value for s in Severity))
    texts = {key: reading.text(tree.get(key), key) for key in ("id", "title", "since", "why", "repair", "limits")}
    examples = {key: examples_of(tree.get(key), key, reading) for key in EXAMPLE_LISTS}
    return {
        **texts,
        **examples,
        "severity": Severity(severity or Severity.NOTE),
        "history": history_of(tree.get("history"), reading),
        "formerly": reading.texts(tree.get("formerly"), "formerly"),
        "path": reading.faults.path,
    }


def note_names(tree: Map, stem: str, reading: Reading) -> None:
    """Note an id that is no name or not the file's, and a version that is none."""
    node = tree.get("id")
    name = node.value.strip() if isinstance(node, Text) else ""
    if name and not is_id(name):
        reading.faults.at(node, f'id "{name}" must be lower-case words joined by hyphens')
    elif name and stem and name != stem:
        reading.faults.at(node, f'id "{name}" must be the file\'s name; rename the file to {name}.yaml')
    since = tree.get("since")
    if isinstance(since, Text) and not _VERSION.fullmatch(since.value.strip()):
        reading.faults.at(since, f'since "{since.value}" must be a version such as 0.1.0')


def check_message(message: str, kind: ClaimKind, node: Node | None, faults: Faults) -> None:
    """Note what a message names that its kind of claim does not offer, and one that is too long."""
    offered = MESSAGE_FIELDS[kind]
    try:
        parts = list(Formatter().parse(message))
    except ValueError as fault:
        faults.at(node, f"message: {fault}; write {{field}} with both braces, {{{{ for a brace itself")
        return
    for _, name, spec, conversion in parts:
        if name is None:
            continue
        if name not in offered:
            near = did_you_mean(name, offered) or f"; offered are {', '.join(sorted(offered))}"
            faults.at(node, f'unknown message field "{name}" for claim {kind.value}{near}')
        elif spec or conversion:
            faults.at(node, f'message field "{name}" takes no format; write {{{name}}}')
    if len(message) > MESSAGE_MAX:
        faults.at(node, f"the message has {len(message)} characters; at most {MESSAGE_MAX}, the reason goes to why")


def _where(node: Node | None, reading: Reading) -> dict[str, tuple[str, ...]]:
    if node is None:
        return {}
    if not isinstance(node, Map):
        reading.faults.at(node, f'"where" must hold keys: {", ".join(WHERE_KEYS)}')
        return {}
    reading.known(node, WHERE_KEYS)
    found = {key: reading.texts(node.get(key), key) for key in WHERE_KEYS if key in node.keys}
    for key, known in (("grade", GRADES), ("place", PLACES)):
        for value in found.get(key, ()):
            if value and value not in known:
                near = did_you_mean(value, known) or f"; known are {', '.join(known)}"
                reading.faults.at(node.get(key), f'unknown {key} "{value}"{near}')
    return found


def _tolerance(node: Node | None, reading: Reading) -> str:
    if node is None:
        return Tolerance.ROUNDING
    value = reading.text(node, "tolerance")
    known = [t.value for t in Tolerance]
    if value and value not in known and not _AMOUNT.fullmatch(value):
        near = did_you_mean(value, known) or f"; known are {', '.join(known)} or an amount such as 0.5"
        reading.faults.at(node, f'unknown tolerance "{value}"{near}')
    return value


def examples_of(node: Node | None, what: str, reading: Reading) -> tuple[Example, ...]:
    """Return the examples of one list: `flags` give findings, the others none."""
    found: list[Example] = []
    names: set[str] = set()
    for item in reading.maps(node, what):
        reading.known(item, EXAMPLE_KEYS, ("name", "text", "findings") if what == "flags" else ("name", "text"))
        if what != "flags" and "findings" in item.keys:
            reading.faults.at(item.keys["findings"], f'"findings" belong under flags; "{what}" give none')
        name = reading.text(item.get("name"), "name")
        if name in names:
            reading.faults.at(item.get("name"), f'two examples of "{what}" are named "{name}"')
        names.add(name)
        body = item.get("text")
        findings = tuple(_expected(f, reading) for f in reading.maps(item.get("findings"), "findings"))
        if what == "flags" and "findings" in item.keys and not findings:
            reading.faults.at(item, '"findings" lists nothing; a text without findings belongs under passes')
        reading.text(body, "text")
        found.append(
            Example(
                name=name,
                text=body.value if isinstance(body, Text) else "",
                findings=findings,
                format=reading.choice(item.get("format"), "format", EXAMPLE_FORMATS) or "text",
                language=reading.text(item.get("language"), "language"),
                before=before.value if isinstance(before := item.get("before"), Text) else "",
                line=item.line,
            )
        )
    return tuple(found)


def _expected(node: Map, reading: Reading) -> Expected:
    reading.known(node, FINDING_KEYS, ("at", "says"))
    nth = reading.text(node.get("nth"), "nth") or "1"
    if not (nth.isascii() and nth.isdecimal() and len(nth) <= 4 and int(nth) >= 1):
        reading.faults.at(node.get("nth"), f'nth "{nth}" must be 1 or more')
        nth = "1"
    return Expected(
        at=reading.text(node.get("at"), "at"),
        says=" ".join(reading.text(node.get("says"), "says").split()),
        nth=int(nth),
        severity=reading.choice(node.get("severity"), "severity", (s.value for s in Severity)),
    )


def history_of(node: Node | None, reading: Reading) -> tuple[tuple[str, str], ...]:
    """Return the versions and what changed in each."""
    if node is None:
        return ()
    if not isinstance(node, Map):
        reading.faults.at(node, '"history" must hold a version and a sentence: `0.2.0: What changed.`')
        return ()
    return tuple((version, reading.text(said, "history")) for version, said in node.entries.items())
