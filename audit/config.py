"""From a settings file to one frozen record, whose defaults are the documentation.

`[tool.addsup]` in pyproject.toml or an addsup.toml, the nearest one from the working folder up to the top of its
repository; flags come on top, in `cli`. All faults of the file are reported together, each with file and line.
The TOML reader of the standard library gives no positions, so that lines are looked up by key inside their table.
"""

from __future__ import annotations

import re
from dataclasses import field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.errors import ConfigError, did_you_mean
from audit.late import late
from audit.read.limits import Limits
from audit.records import dataclass
from audit.rulefiles import DEFAULT_PACKS, OFF, changed
from audit.rules import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from audit.rules import Rule

FILE = "addsup.toml"
FAIL_ON = (*(s.value for s in Severity), "never")
REVISIONS = ("accepted", "original")
_PROJECT = "pyproject.toml"
_TABLE = ("tool", "addsup")
_MAX_BYTES = 1_000_000
_PLACE = late(r"\(at (?:line (\d+), column (\d+)|end of document)\)")
_HEADER = late(r"\s*\[\[?\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = late(r"\s*([^=\[\]#]+?)\s*=")


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The settings of a run.

    `select` and `ignore` name rules (`core/rule-id` or `rule-id`) or packs; `severity` maps a rule to a severity or
    to "off"; `language` is "" when each document's own is detected. `baseline`, `waivers`, `against`, `documents`
    (what is checked when no path is named) and the sources of `tables`, each of which is a rule of its own, are
    relative to the settings file `path`, "" for none.
    """

    packs: tuple[str, ...] = DEFAULT_PACKS
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, str] = field(default_factory=dict)
    fail_on: str = Severity.ERROR.value
    language: str = ""
    revisions: str = REVISIONS[0]
    limits: Limits = field(default_factory=Limits)
    baseline: str = ""
    waivers: str = ""
    against: str = ""
    documents: tuple[str, ...] = ()
    tables: tuple[Rule, ...] = ()
    path: str = ""


KEYS = tuple(f.name for f in fields(Config) if f.name != "path")
LIMIT_KEYS = tuple(f.name for f in fields(Limits) if f.name != "revisions")


def load(path: str = "", start: Path | None = None) -> Config:
    """Return the settings of a named file, else of the nearest one above `start`, else the defaults."""
    source = Path(path) if path else find(start or Path())
    if source is None:
        return Config()
    text = _text_of(source)
    data = _parse(source, text)
    table = data.get(_TABLE[0], {}).get(_TABLE[1], {}) if source.name == _PROJECT else data
    if not isinstance(table, dict):
        raise ConfigError(f"{source}: [tool.addsup] must be a table")
    reading = _Reading(source, text, _TABLE if source.name == _PROJECT else ())
    config = reading.config(table)
    if reading.faults:
        raise ConfigError("\n".join(text for _, text in sorted(reading.faults)))
    return replace(config, path=str(source))


def find(start: Path) -> Path | None:
    """Return the nearest settings file from a folder upward; the top of a repository ends the search."""
    folder = start.resolve()
    for here in (folder, *folder.parents):
        own, project = here / FILE, here / _PROJECT
        if own.is_file():
            return _shown(own)
        if project.is_file() and _mentions(project):
            return _shown(project)
        if (here / ".git").exists():
            return None
    return None


def chosen(rules: Sequence[Rule], config: Config) -> tuple[Rule, ...]:
    """Return the rules of a run: selected, not ignored, with the settings' severities.

    A name that fits no rule is a `ConfigError`: a filter that filters nothing was meant for something.
    """
    known = {name for rule in rules for name in (rule.name, rule.id, rule.pack)}
    faults = [
        f'{config.path or "settings"}: {key} names no rule or pack "{name}"{_near(name, known)}'
        for key, names in (("select", config.select), ("ignore", config.ignore), ("severity", config.severity))
        for name in names
        if name not in known
    ]
    if faults:
        raise ConfigError("\n".join(faults))
    kept = [
        rule for rule in rules if (not config.select or _names(rule, config.select)) and not _names(rule, config.ignore)
    ]
    by_name = config.severity
    levels = {r.name: by_name.get(r.name) or by_name.get(r.id) or by_name.get(r.pack) for r in kept}
    return changed(kept, {name: level for name, level in levels.items() if level})


def _names(rule: Rule, names: Sequence[str]) -> bool:
    return rule.name in names or rule.id in names or rule.pack in names


def _near(name: str, known: set[str]) -> str:
    return did_you_mean(name, known) or "; see `addsup rules list`"


class _Reading:
    """Reads the table of settings and notes what is wrong with it, with its line."""

    def __init__(self, source: Path, text: str, table: tuple[str, ...]) -> None:
        self.source = source
        self.faults: list[tuple[int, str]] = []
        self._lines = dict(_lines_of(text))
        self._table = table

    def fault(self, keys: tuple[str, ...], text: str) -> None:
        line = self._lines.get((*self._table, *keys)) or self._lines.get((*self._table, *keys[:1])) or 1
        self.faults.append((line, f"{self.source}:{line}: {text}"))

    def config(self, table: Mapping[str, Any]) -> Config:
        readers: dict[str, Callable[[str, Any], Any]] = {
            "packs": self.texts,
            "select": self.texts,
            "ignore": self.texts,
            "severity": self.severities,
            "fail_on": lambda key, value: self.choice((key,), value, FAIL_ON),
            "language": self.text,
            "revisions": lambda key, value: self.choice((key,), value, REVISIONS),
            "limits": self.limits,
            "baseline": self.text,
            "waivers": self.text,
            "against": self.text,
            "documents": self.texts,
            "tables": self.tables,
        }
        read: dict[str, Any] = {}
        for key, value in table.items():
            if key not in readers:
                near = did_you_mean(key.replace("-", "_"), KEYS) or f"; known are {', '.join(KEYS)}"
                self.fault((key,), f'unknown setting "{key}"{near}')
                continue
            found = readers[key](key, value)
            if found is not None:
                read[key] = found
        if "revisions" in read:
            read["limits"] = replace(read.get("limits", Limits()), revisions=read["revisions"])
        return Config(**read)

    def text(self, key: str, value: object) -> str | None:
        if isinstance(value, str) and value.strip():
            return value.strip()
        self.fault((key,), f'"{key}" must be a text in quotes')
        return None

    def texts(self, key: str, value: object) -> tuple[str, ...] | None:
        if isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value):
            return tuple(item.strip() for item in value)
        self.fault((key,), f'"{key}" must be a list of texts, as {key} = ["core"]')
        return None

    def choice(self, keys: tuple[str, ...], value: object, known: tuple[str, ...]) -> str | None:
        if value in known:
            return str(value)
        near = did_you_mean(str(value), known) or f"; known are {', '.join(known)}"
        self.fault(keys, f'unknown {keys[-1] if len(keys) == 1 else keys[0]} "{value}"{near}')
        return None

    def severities(self, key: str, value: object) -> dict[str, str] | None:
        if not isinstance(value, dict):
            self.fault((key,), '"severity" must be a table of rule names and severities')
            return None
        levels = (*(s.value for s in Severity), OFF)
        read = {name: self.choice((key, name), level, levels) for name, level in value.items()}
        return {name: level for name, level in read.items() if level}

    def tables(self, key: str, value: object) -> tuple[Rule, ...] | None:
        if not isinstance(value, dict) or not all(isinstance(entry, dict) for entry in value.values()):
            self.fault((key,), '"tables" must hold tables by name, as [tables.complaints] with source = "data.csv"')
            return None
        from audit.rulefiles.tables import rule_of_table  # noqa: PLC0415 (few settings hold tables)

        made = [(name, rule_of_table(name, entry, str(self.source))) for name, entry in value.items()]
        for name, rule in made:
            if isinstance(rule, str):
                self.fault((key, name), rule)
        return tuple(rule for _, rule in made if not isinstance(rule, str))

    def limits(self, key: str, value: object) -> Limits | None:
        if not isinstance(value, dict):
            self.fault((key,), f'"limits" must be a table; known are {", ".join(LIMIT_KEYS)}')
            return None
        read: dict[str, Any] = {}
        for name, bound in value.items():
            if name not in LIMIT_KEYS:
                near = did_you_mean(name, LIMIT_KEYS) or f"; known are {', '.join(LIMIT_KEYS)}"
                self.fault((key, name), f'unknown limit "{name}"{near}')
            elif isinstance(bound, bool) or not isinstance(bound, int) or bound < 1:
                self.fault((key, name), f'"{name}" must be a whole number above 0')
            else:
                read[name] = bound
        return Limits(**read)


def _lines_of(text: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield (dotted key, line) for every key and table header; a key inside an inline table has its parent's line."""
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        header = _HEADER.match(line)
        if header and "=" not in line.split("#", 1)[0]:
            table = _dotted(header[1])
            yield table, number
            continue
        key = _KEY.match(line)
        if key:
            path = (*table, *_dotted(key[1]))
            yield from ((path[:end], number) for end in range(len(table) + 1, len(path) + 1))


def _dotted(key: str) -> tuple[str, ...]:
    parts = re.findall(r'"[^"]*"|\'[^\']*\'|[^.\s]+', key)
    return tuple(part.strip("\"'") for part in parts)


def _text_of(source: Path) -> str:
    try:
        if source.stat().st_size > _MAX_BYTES:
            raise ConfigError(f"{source}: larger than {_MAX_BYTES:,} bytes; is this a settings file?")
        return source.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigError(f"{source}: not UTF-8 text; save it as UTF-8") from None
    except OSError as fault:
        raise ConfigError(f"{source}: cannot be opened ({fault.strerror}); check the path") from None


def _parse(source: Path, text: str) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 (most runs have no settings file)

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        place = _PLACE.search(str(fault))
        line = place[1] if place and place[1] else str(text.count("\n") + 1)
        what = " ".join(_PLACE.sub("", str(fault)).replace("\n", "\\n").split())
        raise ConfigError(f"{source}:{line}: not TOML: {what}; check quotes and brackets here") from None
    except RecursionError:
        raise ConfigError(f"{source}: nested too deeply; settings are flat") from None


def _mentions(path: Path) -> bool:
    try:
        return b"tool.addsup" in path.read_bytes()[:_MAX_BYTES] and bool(
            _parse(path, _text_of(path)).get(_TABLE[0], {}).get(_TABLE[1]) is not None
        )
    except OSError:
        return False


def _shown(path: Path) -> Path:
    """Return a path as seen from the working folder, for messages that are the same on every machine."""
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path
