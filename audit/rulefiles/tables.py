"""From a tree of texts to the tables of a statement and the ties between its figures and their data.

A rule file comes from anybody: its sources are files beside it, its schemas and suites are data. What reaches a
server or runs Python (an address, `module:attribute`) stands in the user's own settings.
"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from audit.aggregates import restored, taken_out
from audit.claims import ClaimKind
from audit.errors import did_you_mean
from audit.expressions import ExpressionError, names_of, parse
from audit.rulefiles.nodes import Items, Map, Text
from audit.rules import DataTable, Rule, Selection, Severity, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from audit.rulefiles.nodes import Node
    from audit.rulefiles.shape import Reading
    from audit.rules import Figure

TABLE_KEYS = ("source", "table", "schema", "suite", "query", "key")
MAX_TABLES = 40
MAX_TIES = 80
MAX_QUERY = 4_000
_WORD = re.compile(r"[a-z]\w*")
_NAME = re.compile(r"[a-z][a-z0-9_]*")


def tables_of(node: Node | None, reading: Reading) -> tuple[DataTable, ...]:
    """Return the tables a statement names."""
    if node is None:
        return ()
    if not isinstance(node, Map) or not node.keys:
        reading.faults.at(node, '"tables" must hold names, each with its source, as {source: data.csv}')
        return ()
    if len(node.keys) > MAX_TABLES:
        reading.faults.at(node, f"more than {MAX_TABLES} tables; make it two statements")
        return ()
    found = []
    for name, entry in node.entries.items():
        if not _NAME.fullmatch(name):
            reading.faults.at(node.keys[name], f'"{name}" is no name for a table; use lower-case words joined by _')
        if not isinstance(entry, Map):
            reading.faults.at(entry, f'"{name}" must hold its source, as {{source: data.csv}}')
            continue
        found.append(_table(name, entry, reading))
    return tuple(found)


def _table(name: str, node: Map, reading: Reading) -> DataTable:
    reading.known(node, TABLE_KEYS, ("source",))
    texts = {key: reading.text(node.get(key), key) for key in ("source", "table", "schema", "suite")}
    for key in ("source", "schema", "suite"):
        value = texts[key]
        if "://" in value or PurePath(value).is_absolute():
            where = "[tables] of the settings" if key == "source" else "a file beside the rule"
            reading.faults.at(node.get(key), f'"{key}" must be a path from this file on; put an address into {where}')
        elif key == "schema" and value and PurePath(value).suffix.lower() not in (".yaml", ".yml"):
            said = "must be a YAML file of pandera; name Python code in [tables] of the settings"
            reading.faults.at(node.get(key), f'"schema" {said}')
        elif key == "suite" and value and PurePath(value).suffix.lower() != ".json":
            reading.faults.at(node.get(key), '"suite" must be a JSON file of Great Expectations')
    queries = reading.texts(node.get("query"), "query")
    for query in queries:
        if len(query) > MAX_QUERY:
            reading.faults.at(node.get("query"), f"a query of more than {MAX_QUERY:,} characters; shorten it")
    return DataTable(name=name, queries=queries, key=reading.texts(node.get("key"), "key"), **texts)


def ties_of(node: Node | None, figures: Mapping[str, Figure], reading: Reading) -> tuple[list[str], set[str]]:
    """Return the ties of a statement and the names of the figures they use."""
    if node is None:
        return [], set()
    nodes = node.items if isinstance(node, Items) else [node]
    if not nodes or len(nodes) > MAX_TIES:
        reading.faults.at(node, f'"ties" must list 1 to {MAX_TIES} ties')
        return [], set()
    found: dict[str, None] = {}
    used: set[str] = set()
    for item in nodes:
        if not isinstance(item, Text):
            reading.faults.at(item, 'each tie is one text, as `total == complaints.sum("closed")`')
            continue
        text = reading.text(item, "ties")
        found[text] = None
        used.update(_note_tie(item, figures, reading))
    return list(found), used


def _note_tie(node: Text, figures: Mapping[str, Figure], reading: Reading) -> Iterator[str]:
    lead = len(node.value) - len(node.value.lstrip())
    try:
        plain, terms = taken_out(node.value.strip())
        relations = parse(plain)
    except ExpressionError as fault:
        reading.faults.inside(node, lead + fault.at, f"ties: {fault}")
        yield from _WORD.findall(node.value)  # so that a figure in a broken tie is not called unused as well
        return
    for relation in relations:
        names = list(names_of(relation))
        for name in names:
            if name.name in terms:
                continue
            yield name.name
            if name.name not in figures:
                near = did_you_mean(name.name, figures) or f"; named are {', '.join(figures) or 'none'}"
                reading.faults.inside(node, lead + name.at, f'no figure "{name.name}"{near}')
        if not any(name.name in terms for name in names):
            said = restored(relation.text, terms)
            reading.faults.at(node, f'"{said}" asks no table; write it under expect, or name a table')


PACK = "tables"  # the pack of the rules that are made of the tables in the settings


def rule_of_table(name: str, entry: Mapping[str, Any], path: str) -> Rule | str:
    """Return a table of the settings as a rule, or what is wrong with it as a text."""
    known = (*TABLE_KEYS, "engine", "severity")
    for key, value in entry.items():
        if key not in known:
            return f'unknown key "{key}"{did_you_mean(key, known) or "; known are " + ", ".join(known)}'
        listed = key in ("query", "key") and isinstance(value, list) and all(isinstance(v, str) for v in value)
        if not listed and (not isinstance(value, str) or not value.strip()):
            return f'"{key}" must be a text in quotes'
    if not _NAME.fullmatch(name):
        return f'"{name}" is no name for a table; use lower-case words joined by _'
    if "source" not in entry:
        return f'the table "{name}" has no source; add source = "data.csv" or an address'
    severity = entry.get("severity", "error")
    if severity not in tuple(Severity):
        return f'unknown severity "{severity}"; known are {", ".join(Severity)}'
    if entry.get("engine", "spark") != "spark":
        return f'unknown engine "{entry["engine"]}"; known is spark, or leave it out'
    texts = {key: entry.get(key, "") for key in ("source", "table", "schema", "suite", "engine")}
    table = DataTable(name=name, queries=_listed(entry.get("query")), key=_listed(entry.get("key")), **texts)
    return Rule(
        id=name,
        pack=PACK,
        title=f"Table {name} is not what its schema, suite or queries ask",
        since="",
        severity=Severity(severity),
        claim=ClaimKind.SCHEMA,
        message="{says}",
        why="Whoever reads the table relies on what was agreed about it.",
        repair="Correct the row, or the schema, suite or query if the agreement has changed.",
        limits="",
        path=path,
        statement=Statement(document=Selection(), tables=(table,)),
    )


def _listed(value: object) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(map(str, value))
    return (str(value),) if value else ()
