"""From YAML text to a tree of texts, lists and maps with their positions; every scalar stays the text it was.

YAML 1.1 reads `no` as false, `12:30` as 750 and `0123` as 83, and lets a later duplicate key win. Here the parser's
events are walked instead: nothing is converted, duplicates and aliases are refused (an alias bomb never unfolds), and
size, depth and number of nodes are bounded, so no file can take more than its length in time.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Any

from audit.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_BYTES = 400_000
MAX_DEPTH = 12
MAX_NODES = 20_000


@dataclass(slots=True)
class Text:
    """A scalar as printed; `line` and `column` count from 1.

    `shift` is how far its first character stands from there (1 behind a quote), -1 when it runs over lines.
    """

    value: str
    line: int
    column: int
    shift: int = -1


@dataclass(slots=True)
class Items:
    """A list of nodes."""

    items: list[Node]
    line: int
    column: int


@dataclass(slots=True)
class Map:
    """A mapping in the order of the file; `keys` holds where each key stands."""

    entries: dict[str, Node]
    keys: dict[str, Text]
    line: int
    column: int

    def get(self, key: str) -> Node | None:
        """Return the node under a key, or None."""
        return self.entries.get(key)


Node = Text | Items | Map


@dataclass(slots=True)
class Faults:
    """The faults of one file as `path:line:column: what; next step`, gathered so that all are shown at once."""

    path: str
    found: list[tuple[int, int, str]] = field(default_factory=list)

    def at(self, node: Node | None, text: str) -> None:
        """Note a fault where a node stands (at the file's beginning for None)."""
        self.found.append((node.line, node.column, text) if node is not None else (1, 1, text))

    def inside(self, node: Text, offset: int, text: str) -> None:
        """Note a fault at a character of a scalar (where the scalar begins when it runs over lines)."""
        column = node.column + node.shift + offset if node.shift >= 0 else node.column
        self.found.append((node.line, column, text))

    def lines(self) -> Iterator[str]:
        """Yield the faults in the order of the file."""
        for line, column, text in sorted(self.found):
            yield f"{self.path}:{line}:{column}: {text}"


class RefusedError(Exception):
    """The text is no tree we accept; `where` is a node-like place."""

    def __init__(self, line: int, column: int, text: str) -> None:
        self.place = Text(value="", line=line, column=column)
        super().__init__(text)


def read_file(path: Path, faults: Faults) -> Map | None:
    """Return the mapping a file holds, or None with the reason noted in `faults`."""
    try:
        if path.stat().st_size > MAX_BYTES:
            faults.at(None, f"the file is larger than {MAX_BYTES:,} bytes; split it")
            return None
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        faults.at(None, f"not UTF-8 text (byte {fault.start}); save it as UTF-8")
        return None
    except OSError as fault:
        faults.at(None, f"cannot be opened ({fault.strerror}); check the path and its permissions")
        return None
    return read_tree(text, faults)


def read_tree(text: str, faults: Faults) -> Map | None:
    """Return the mapping a YAML text holds, or None with the reason noted in `faults`."""
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        faults.at(None, f"the file is larger than {MAX_BYTES:,} bytes; split it")
        return None
    import yaml  # noqa: PLC0415 (21 ms, not needed when the compiled pack is still good)

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        tree = _Walk(faults).document(yaml.parse(text, Loader=loader))
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        place = Text("", mark.line + 1, mark.column + 1) if mark else None
        what = " ".join(filter(None, (fault.context, fault.problem)))
        faults.at(place, f"not YAML: {what}; check indentation and quotes here")
        return None
    except yaml.YAMLError as fault:
        what = " ".join(str(fault).split())
        faults.at(None, f"not YAML: {what}; save the file as UTF-8 text")
        return None
    except RefusedError as fault:
        faults.at(fault.place, str(fault))
        return None
    if not isinstance(tree, Map):
        faults.at(tree, "the file must hold keys such as `id:` and `title:`; see `addsup rules new`")
        return None
    return tree


class _Walk:
    """Builds the tree from parser events with an explicit stack, so depth never reaches Python's own."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._stack: list[Items | Map] = []
        self._pending: list[Text | None] = []  # the key that waits for its value, one for each open node
        self._root: Node | None = None
        self._nodes = 0

    def document(self, events: Any) -> Node | None:
        """Consume the events of one document and return its root."""
        documents = 0
        for event in events:
            name = type(event).__name__
            if name == "DocumentStartEvent":
                documents += 1
                if documents > 1:
                    raise _refused(event, "a second YAML document; keep one rule in a file")
            elif name == "AliasEvent":
                raise _refused(event, "aliases (`*name`) are not read; write the text out")
            elif name in ("MappingEndEvent", "SequenceEndEvent"):
                self._stack.pop()
                self._pending.pop()
            elif name in _STARTS:
                self._open(event, name)
        return self._root

    def _open(self, event: Any, name: str) -> None:
        if event.anchor:
            raise _refused(event, "anchors (`&name`) are not read; write the text out")
        if event.tag and event.tag != "!":
            raise _refused(event, f"tags ({event.tag}) are not read; remove it, every value is text")
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise _refused(event, f"more than {MAX_NODES:,} values in one file; split it")
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        if name == "ScalarEvent":
            self._place(Text(event.value, line, column, _shift(event)))
            return
        node: Items | Map = Map({}, {}, line, column) if name == "MappingStartEvent" else Items([], line, column)
        self._place(node)
        self._stack.append(node)
        self._pending.append(None)
        if len(self._stack) > MAX_DEPTH:
            raise _refused(event, f"nested deeper than {MAX_DEPTH}; rules are flat")

    def _place(self, node: Node) -> None:
        if not self._stack:
            self._root = node
            return
        parent = self._stack[-1]
        if isinstance(parent, Items):
            parent.items.append(node)
            return
        key = self._pending[-1]
        if key is None:
            if not isinstance(node, Text):
                raise RefusedError(
                    node.line, node.column, "a key must be a word; quote a text that begins with a bracket"
                )
            self._pending[-1] = node
            return
        self._pending[-1] = None
        if key.value in parent.keys:
            first = parent.keys[key.value].line
            self._faults.at(key, f'duplicate key "{key.value}" (first on line {first}); keep one of them')
            return
        parent.keys[key.value] = key
        parent.entries[key.value] = node


_STARTS = frozenset({"ScalarEvent", "MappingStartEvent", "SequenceStartEvent"})


def _shift(event: Any) -> int:
    start, end = event.start_mark, event.end_mark
    if start.line != end.line:
        return -1
    quotes = (end.column - start.column - len(event.value)) // 2 if event.style in ("'", '"') else 0
    return quotes if quotes in (0, 1) else -1  # an escape inside the quotes moves what follows


def _refused(event: Any, text: str) -> RefusedError:
    return RefusedError(event.start_mark.line + 1, event.start_mark.column + 1, text)
