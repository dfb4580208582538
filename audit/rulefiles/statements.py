"""From a tree of texts to a statement: its document, its figures and what it expects of them, with every fault.

Nothing here opens a document or evaluates anything; expectations are parsed so that a fault has its line and column.
"""

from __future__ import annotations

import re
from string import Formatter
from typing import TYPE_CHECKING

from audit.claims import ClaimKind
from audit.errors import did_you_mean
from audit.expressions import FUNCTIONS, Call, Comparison, ExpressionError, Name, names_of, parse
from audit.rulefiles.nodes import Items, Map, Text
from audit.rulefiles.shape import MESSAGE_MAX, Reading, described, note_names
from audit.rulefiles.tables import tables_of, ties_of
from audit.rules import Figure, Rule, Selection, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.rulefiles.nodes import Faults, Node

MARKS = ("figures", "expect", "document", "tables", "ties")  # a file with one of these keys is a statement
REQUIRED = ("id", "title", "severity", "why", "repair")
ASSERTED = ("expect", "ties", "tables")  # a statement has one of these at least
KEYS = (
    *("id", "title", "since", "severity", "document", "figures", "expect", "tables", "ties", "message"),
    *("why", "repair", "limits", "flags", "passes", "undecided", "misses", "history", "formerly"),
)
DOCUMENT_KEYS = ("symbol", "title", "path", "language")
FIGURE_KEYS = ("document", "paragraph", "heading", "table", "row", "column", "text", "each", "list", "items")
FIELDS = ("stated", "computed", "left", "right", "equation", "gap", "data", "quote", "form")
DEFAULT_MESSAGE = "{equation} does not hold"
MAX_FIGURES = 60
MAX_EXPECT = 40
MAX_PATTERN = 300
PLACEHOLDER, OTHER = "{n}", "{any}"

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_LABEL = re.compile(r"[\w.()/ -]{1,40}")
_COUNTED = frozenset({"sum", "count", "min", "max"})


def is_statement(tree: Map) -> bool:
    """Say whether a rule file states something about one report, and is no general rule."""
    return "claim" not in tree.keys and any(key in tree.keys for key in MARKS)


def statement_of(tree: Map, pack: str, stem: str, faults: Faults) -> Rule | None:
    """Return the rule of a statement, or None with the reasons noted in `faults`."""
    before = len(faults.found)
    reading = Reading(faults)
    reading.known(tree, KEYS, REQUIRED)
    note_names(tree, stem, reading)
    figures = _figures(tree.get("figures"), reading)
    expect, used = _expect(tree.get("expect"), figures, reading)
    ties, tied = ties_of(tree.get("ties"), {figure.name: figure for figure in figures}, reading)
    tables = tables_of(tree.get("tables"), reading)
    used |= tied
    _note_parts(tree, reading)
    for figure in figures:
        if figure.name not in used and (expect or ties):
            place = tree.entries["figures"].keys[figure.name]  # type: ignore[union-attr]
            faults.at(place, f'"{figure.name}" is used in no expectation or tie; use it or remove it')
    message = " ".join(reading.text(tree.get("message"), "message").split())
    if message:
        _note_message(message, [f.name for f in figures], tree.get("message"), faults)
    rule = Rule(
        pack=pack,
        claim=ClaimKind.TIE,
        message=message or DEFAULT_MESSAGE,
        **described(tree, reading),
        statement=Statement(
            document=selection_of(tree.get("document"), reading),
            figures=tuple(figures),
            expect=tuple(expect),
            tables=tables,
            ties=tuple(ties),
        ),
    )
    return rule if len(faults.found) == before else None


def _note_parts(tree: Map, reading: Reading) -> None:
    """Note what a statement lacks: something it asserts, and a document and figures for what is said about a text."""
    if not any(key in tree.keys for key in ASSERTED):
        reading.faults.at(tree, f"nothing is asserted; add one of {', '.join(ASSERTED)}")
    if any(key in tree.keys for key in ("expect", "ties", "figures")):
        for key in ("document", "figures"):
            if key not in tree.keys:
                reading.faults.at(tree, f'missing key "{key}"; say which document and which figures in it')
    elif "document" in tree.keys:
        reading.faults.at(tree.keys["document"], "no figure of this document is named; add figures or remove the key")


def selection_of(node: Node | None, reading: Reading) -> Selection:
    """Return the documents that a rule is written for."""
    if node is None:
        return Selection()
    if not isinstance(node, Map):
        reading.faults.at(node, f'"document" must hold keys: {", ".join(DOCUMENT_KEYS)}')
        return Selection()
    reading.known(node, DOCUMENT_KEYS)
    if not node.keys:
        reading.faults.at(node, '"document" names no document; write a symbol, or `path: "*"` for every one')
    found = {key: reading.text(node.get(key), key) for key in DOCUMENT_KEYS if key in node.keys}
    for key, value in found.items():
        if len(value) > MAX_PATTERN or value.count("*") > 4:
            reading.faults.at(node.get(key), f'"{key}" has more than {MAX_PATTERN} characters or four *; shorten it')
    return Selection(**found)


def _figures(node: Node | None, reading: Reading) -> list[Figure]:
    if node is None:
        return []
    if not isinstance(node, Map) or not node.keys:
        reading.faults.at(node, '"figures" must hold names, each with where its figure stands')
        return []
    if len(node.keys) > MAX_FIGURES:
        reading.faults.at(node, f"more than {MAX_FIGURES} figures; make it two statements")
        return []
    found = []
    for name, entry in node.entries.items():
        key = node.keys[name]
        if not _NAME.fullmatch(name) or name in FUNCTIONS or name in FIELDS:
            reading.faults.at(key, f'"{name}" is no name for a figure; use lower-case words joined by _, no function')
        if not isinstance(entry, Map):
            reading.faults.at(entry, f'"{name}" must say where it stands, as {{paragraph: "12", text: "of {{n}}"}}')
            continue
        found.append(_figure(name, entry, reading))
    return found


def _figure(name: str, node: Map, reading: Reading) -> Figure:
    reading.known(node, FIGURE_KEYS)
    texts = {
        key: " ".join(reading.text(node.get(key), key).split())
        for key in FIGURE_KEYS
        if key in node.keys and key not in ("document", "items")
    }
    for key in ("text", "each"):
        if key in texts:
            _note_pattern(key, texts[key], node.get(key), reading)
    for key, value in texts.items():
        if len(value) > MAX_PATTERN:
            reading.faults.at(node.get(key), f'"{key}" has more than {MAX_PATTERN} characters; a few words are enough')
    label = texts.get("paragraph", "")
    if label and not _LABEL.fullmatch(label):
        reading.faults.at(node.get("paragraph"), f'"{label[:40]}" is no paragraph; write it as printed: "112 (f)"')
    items = reading.choice(node.get("items"), "items", ("true",)) == "true"
    ways = [key for key in ("text", "each", "list", "items") if key in node.keys]
    if len(ways) > 1:
        reading.faults.at(node, f'"{name}" has {" and ".join(ways)}; keep one of them')
    if "items" in ways and not label:
        reading.faults.at(node, f'"{name}" counts items; say of which "paragraph"')
    if not node.keys or (not ways and "row" not in texts and "column" not in texts and not label):
        reading.faults.at(node, f'"{name}" is found by nothing; add "text" with {{n}}, or "row" and "column"')
    document = selection_of(node.get("document"), reading) if "document" in node.keys else None
    return Figure(name=name, items=items, document=document, **texts)


def _note_pattern(key: str, text: str, node: Node | None, reading: Reading) -> None:
    rest = text.replace(OTHER, "")
    if rest.count(PLACEHOLDER) != 1:
        reading.faults.at(node, f'"{key}" must hold {{n}} once, where the figure stands')
    elif "{" in rest.replace(PLACEHOLDER, "") or "}" in rest.replace(PLACEHOLDER, ""):
        reading.faults.at(node, f'"{key}" may hold {{n}} once and {{any}} for other figures; no other brace')
    elif not any(c.isalnum() for c in rest.replace(PLACEHOLDER, "")) and key == "text":
        reading.faults.at(node, f'"{key}" has no word beside {{n}}; add those that stand before or after it')


def _expect(node: Node | None, figures: Sequence[Figure], reading: Reading) -> tuple[list[str], set[str]]:
    if node is None:
        return [], set()
    nodes = node.items if isinstance(node, Items) else [node]
    if not nodes or len(nodes) > MAX_EXPECT:
        reading.faults.at(node, f'"expect" must list 1 to {MAX_EXPECT} expectations')
        return [], set()
    known = {figure.name: figure for figure in figures}
    used: set[str] = set()
    found: dict[str, None] = {}
    for item in nodes:
        if not isinstance(item, Text):
            reading.faults.at(item, "each expectation is one text, as `total == women + men`")
            continue
        text = reading.text(item, "expect")
        if text in found:
            reading.faults.at(item, f'"{text}" is expected twice; keep one of them')
        found[text] = None
        used.update(_note_expectation(item, known, reading))
    return list(found), used


def _note_expectation(node: Text, known: dict[str, Figure], reading: Reading) -> Iterator[str]:
    lead = len(node.value) - len(node.value.lstrip())
    try:
        relations = parse(node.value.strip())
    except ExpressionError as fault:
        reading.faults.inside(node, lead + fault.at, f"expect: {fault}")
        yield from known  # so that a figure in a broken expectation is not called unused as well
        return
    for relation in relations:
        for name in names_of(relation):
            yield name.name
            if name.name not in known:
                near = did_you_mean(name.name, known) or f"; named are {', '.join(known)}"
                reading.faults.inside(node, lead + name.at, f'no figure "{name.name}"{near}')
        if not any(True for _ in names_of(relation)):
            reading.faults.at(node, f'"{relation.text}" compares no figure; name one')
        for name in _bare(relation):
            if name.name in known and known[name.name].many:
                text = f'"{name.name}" stands for many figures; write count({name.name}) or sum({name.name})'
                reading.faults.inside(node, lead + name.at, text)
        if relation.left == relation.right:
            never = "hold" if relation.sign in ("!=", "<", ">") else "fail"
            reading.faults.at(node, f'"{relation.text}" compares a figure with itself; it can never {never}')


def _bare(node: object) -> Iterator[Name]:
    """Yield the names that are no argument of a function for many figures."""
    if isinstance(node, Name):
        yield node
    elif isinstance(node, Call):
        if node.function not in _COUNTED:
            for argument in node.arguments:
                yield from _bare(argument)
        else:
            for argument in node.arguments:
                if not isinstance(argument, Name):
                    yield from _bare(argument)
    elif isinstance(node, Comparison) or hasattr(node, "left"):
        yield from _bare(getattr(node, "left", None))
        yield from _bare(getattr(node, "right", None))


def _note_message(message: str, names: Sequence[str], node: Node | None, faults: Faults) -> None:
    offered = (*FIELDS, *names)
    try:
        parts = list(Formatter().parse(message))
    except ValueError as fault:
        faults.at(node, f"message: {fault}; write {{field}} with both braces")
        return
    for _, name, spec, conversion in parts:
        if name is not None and name not in offered:
            near = did_you_mean(name, offered) or f"; offered are {', '.join(offered)}"
            faults.at(node, f'unknown message field "{name}"{near}')
        elif spec or conversion:
            faults.at(node, f'message field "{name}" takes no format; write {{{name}}}')
    if len(message) > MESSAGE_MAX:
        faults.at(node, f"the message has {len(message)} characters; at most {MESSAGE_MAX}, the reason goes to why")
