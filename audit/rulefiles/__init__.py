"""From rule files to rules: packs by name, path or distribution, every fault of every file reported at once.

A pack with a fault never runs in part. The check path takes rules without their examples from the compiled cache;
tests and the manual read the files in full.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from audit.errors import RuleError, did_you_mean
from audit.rulefiles.places import OFF, Folder, changed, files_of, home, locate, own_packs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from audit.rules import Pack, Rule

__all__ = [
    "DEFAULT_PACKS",
    "OFF",
    "changed",
    "find_rule",
    "home",
    "load_packs",
    "load_rules",
    "own_packs",
    "path_of",
    "rule_files",
    "rules_of",
]

DEFAULT_PACKS = ("core",)
_MAX_PACKS = 50


def load_rules(names: Sequence[str] = DEFAULT_PACKS, *, changes: Mapping[str, str] | None = None) -> tuple[Rule, ...]:
    """Return the rules of some packs, without their examples, in the order they are asked."""
    return rules_of(load_packs(names), changes=changes)


def load_packs(names: Sequence[str] = DEFAULT_PACKS, *, examples: bool = False) -> tuple[Pack, ...]:
    """Return packs and the packs they extend, each once, the extending ones first.

    Raises `RuleError` with all faults of all files. With `examples`, the files are
    read in full, and those of examples beside them.
    """
    faults: list[str] = []
    found: dict[str, Pack] = {}
    waiting: list[tuple[str, Path | None, str]] = [(name, None, "") for name in names]
    while waiting and len(found) < _MAX_PACKS:
        name, base, origin = waiting.pop(0)
        folder = locate(name, base)
        if isinstance(folder, str):
            faults.append(origin + folder)
            continue
        key = f"{folder.path.resolve()}/{folder.only}"
        if key in found:
            continue
        pack = found[key] = _load(folder, faults, examples=examples)
        waiting.extend((n, folder.path, f"{pack.path}/pack.yaml: ") for n in pack.extends)
    loaded = tuple(found.values())
    faults.extend(_clashes(loaded))
    if faults:
        raise RuleError(faults)
    return loaded


def rules_of(packs: Sequence[Pack], *, changes: Mapping[str, str] | None = None) -> tuple[Rule, ...]:
    """Return the rules of loaded packs as they are asked, with each pack's changes and then `changes` applied."""
    rules = tuple(rule for pack in packs for rule in pack.rules)
    for pack in reversed(packs):
        rules = changed(rules, pack.changes)
    return changed(rules, dict(changes)) if changes else rules


def find_rule(name: str, names: Sequence[str] = DEFAULT_PACKS) -> Rule:
    """Return one rule in full by its full, short or former name, or by the path of its file; only that file is read."""
    faults: list[str] = []
    known: list[str] = []
    if name.endswith((".yaml", ".yml")):
        folder = locate(name)
        if isinstance(folder, Folder) and folder.only:
            return _one(Path(name), folder)
    pack, _, stem = name.rpartition("/")
    for each in (pack,) if pack else dict.fromkeys((*names, *own_packs())):
        folder = locate(each)
        if isinstance(folder, str):
            faults.append(folder)
            continue
        for path in files_of(folder):
            if path.stem == stem:
                return _one(path, folder)
            known.append(f"{folder.name}/{path.stem}" if pack else path.stem)
    for rule in _renamed(names, faults):
        if name in rule.formerly or stem in rule.formerly:
            return rule
    raise RuleError(faults or [f'no rule "{name}"{did_you_mean(name, known) or "; see `addsup rules list`"}'])


def path_of(rule: Rule) -> Path:
    """Return the file of a loaded rule; our own and installed ones are shown by a path that holds on every machine."""
    own = home() / rule.pack / f"{rule.id}.yaml"
    if rule.path == f"rules/{rule.pack}/{rule.id}.yaml" and own.is_file():
        return own
    place, _, name = rule.path.rpartition("/")
    installed = locate(place) if ":" in place and not Path(place).is_dir() else ""
    return installed.path / name if isinstance(installed, Folder) else Path(rule.path)


def rule_files() -> tuple[tuple[str, Path], ...]:
    """Return (full name, path) of every rule file of our own packs, without opening any."""
    found = ((pack, locate(pack)) for pack in own_packs())
    return tuple(
        (f"{pack}/{path.stem}", path)
        for pack, folder in found
        if isinstance(folder, Folder)
        for path in files_of(folder)
    )


def _renamed(names: Sequence[str], faults: list[str]) -> tuple[Rule, ...]:
    if faults:
        return ()
    packs = load_packs(tuple(dict.fromkeys((*names, *own_packs()))), examples=True)
    return tuple(rule for pack in packs for rule in pack.rules)


def _one(path: Path, folder: Folder) -> Rule:
    from audit.rulefiles.packs import read_rule  # noqa: PLC0415 (a check of compiled packs reads no rule)

    faults: list[str] = []
    rule = read_rule(path, folder, faults)
    if rule is None or faults:
        raise RuleError(faults)
    return rule


def _load(folder: Folder, faults: list[str], *, examples: bool) -> Pack:
    from audit.rulefiles import cache  # noqa: PLC0415 (tests and the manual do without)

    digest = "" if examples else cache.digest_of(folder)
    if digest and (pack := cache.fetch(folder, digest)) is not None:
        return pack
    from audit.rulefiles.packs import read_pack  # noqa: PLC0415 (most packs are compiled)

    before = len(faults)
    pack = read_pack(folder, faults, examples=examples)
    if examples or len(faults) > before:
        return pack
    pack = replace(pack, rules=tuple(replace(r, flags=(), passes=(), undecided=(), misses=()) for r in pack.rules))
    cache.store(folder, digest, pack)
    return pack


def _clashes(packs: Sequence[Pack]) -> list[str]:
    """Say which packs change rules that are not loaded, or claim a former name that is a rule's name."""
    rules = [rule for pack in packs for rule in pack.rules]
    names = {rule.name for rule in rules} | {rule.id for rule in rules}
    faults = []
    for pack in packs:
        for name in pack.changes:
            if name not in names:
                near = did_you_mean(name, names) or "; name a rule of this pack or of one it extends"
                faults.append(f'{pack.path}/pack.yaml: no rule "{name}" to change{near}')
    by_name = {rule.name: rule for rule in rules}
    faults.extend(
        f'{rule.path}: "{old}" is listed under formerly but is the name of a rule; an id is never used again'
        for rule in rules
        for old in rule.formerly
        if f"{rule.pack}/{old}" in by_name
    )
    return faults
