"""From names and paths to the places of packs and their files, without reading any.

A bare name is a pack of our own, `package:folder` one inside an installed distribution, everything else a folder or
one rule file. A check whose packs are compiled needs no more than this of them.
"""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from audit.errors import did_you_mean
from audit.records import dataclass
from audit.rules import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PACK_FILE = "pack.yaml"
OFF = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """Where a pack lies; `shown` is the path in messages and reports, the same on every machine for our own packs."""

    name: str
    path: Path
    shown: str
    only: str = ""


def home() -> Path:
    """Return the folder of our own packs: inside the installed package, else in the checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "_rules"
    return installed if installed.is_dir() else package.parent / "rules"


def own_packs() -> tuple[str, ...]:
    """Return the names of our own packs."""
    root = home()
    return tuple(sorted(p.parent.name for p in root.glob(f"*/{PACK_FILE}"))) if root.is_dir() else ()


def locate(name: str, base: Path | None = None) -> Folder | str:
    """Return where a pack lies, or the fault as a text; relative paths start at `base`."""
    if name in own_packs():
        return Folder(name=name, path=home() / name, shown=f"rules/{name}")
    path = (base or Path()) / name
    if path.is_file() and path.suffix in (".yaml", ".yml") and path.name != PACK_FILE:
        return Folder(name=path.resolve().parent.name, path=path.parent, shown=str(path.parent), only=path.stem)
    if path.is_dir():
        return Folder(name=path.resolve().name, path=path, shown=str(path))
    package, colon, inside = name.partition(":")
    if colon and package.isidentifier() and ".." not in Path(inside).parts and not Path(inside).is_absolute():
        spec = find_spec(package)
        for root in (spec.submodule_search_locations or ()) if spec else ():
            if (Path(root) / inside).is_dir():
                return Folder(name=Path(inside).name or package, path=Path(root) / inside, shown=name)
        return f'no pack "{name}": no folder "{inside}" in an installed package "{package}"'
    near = did_you_mean(name, own_packs()) or f"; known are {', '.join(own_packs())}, or name a folder of rule files"
    return f'no pack "{name}"{near}'


def files_of(folder: Folder) -> tuple[Path, ...]:
    """Return the rule files of a pack in the order of their names; schemas of its tables may lie beside them."""
    others = (PACK_FILE, ".schema.yaml")
    found = sorted(p for p in folder.path.glob("*.yaml") if not p.name.endswith(others) and p.is_file())
    return tuple(p for p in found if not folder.only or p.stem == folder.only)


def changed(rules: Sequence[Rule], changes: Mapping[str, str]) -> tuple[Rule, ...]:
    """Return the rules with severities replaced and the rules that are off left out; by full or short name."""
    kept = []
    for rule in rules:
        change = changes.get(rule.name) or changes.get(rule.id)
        if change != OFF:
            kept.append(replace(rule, severity=Severity(change)) if change else rule)
    return tuple(kept)
