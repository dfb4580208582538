"""Compiled packs: what a check needs of every rule, from the user's cache folder, good for one content.

Reading five hundred YAML files takes half a second, one JSON file a few milliseconds. An entry holds the digest of
every file it was made from, of the code that read them and of our version. Examples are left out: only tests read
them; a pack enters the cache only when its rule files were read without a fault.
"""

from __future__ import annotations

from dataclasses import asdict, fields, replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit import __version__, compiled
from audit.claims import ClaimKind
from audit.rulefiles.places import PACK_FILE, files_of
from audit.rules import Clause, DataTable, Figure, Pack, Rule, Selection, Severity, Statement, Wording

if TYPE_CHECKING:
    from audit.rulefiles.places import Folder

_KEPT = tuple(f.name for f in fields(Rule) if f.name not in ("flags", "passes", "undecided", "misses"))
# The code that reads rule files; named and not imported, because a compiled pack does without it.
_HERE = Path(__file__).parent
_CODE = (
    *(_HERE.parent / f"{name}.py" for name in ("aggregates", "claims", "expressions", "patterns", "rules")),
    *sorted(_HERE.glob("*.py")),
)


def digest_of(folder: Folder) -> str:
    """Return the digest of a pack's files and of the code that reads them."""
    seen = blake2b(f"{__version__}\0{folder.shown}\0{folder.only}".encode(), digest_size=20)
    for path in _CODE:
        stat = path.stat()
        seen.update(f"{stat.st_size} {stat.st_mtime_ns}\0".encode())
    for path in (*files_of(folder), folder.path / PACK_FILE):
        try:
            data = path.read_bytes()
        except OSError:
            continue
        seen.update(f"\0{path.name}\0{len(data)}\0".encode())
        seen.update(data)
    return seen.hexdigest()


def fetch(folder: Folder, digest: str) -> Pack | None:
    """Return the compiled pack of this content, or None."""
    try:
        data = compiled.fetch(_entry(folder), digest)
        return _pack_of(data) if isinstance(data, dict) else None
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def store(folder: Folder, digest: str, pack: Pack) -> None:
    """Keep a compiled pack; a folder that cannot be written is no fault."""
    compiled.store(_entry(folder), digest, _data_of(pack))


def _entry(folder: Folder) -> str:
    # One entry for each place a pack lies, so an edited pack replaces its entry and the folder does not grow.
    place = f"{folder.path.resolve()}\0{folder.only}"
    return f"pack-{blake2b(place.encode('utf-8', 'surrogateescape'), digest_size=8).hexdigest()}"


def _data_of(pack: Pack) -> dict[str, Any]:
    return {
        **{key: getattr(pack, key) for key in ("name", "title", "description", "path", "language", "source")},
        "extends": pack.extends,
        "changes": pack.changes,
        "coverage": [[c.clause, c.rules, c.reason] for c in pack.coverage],
        "rules": [_data_of_rule(rule) for rule in pack.rules],
    }


def _data_of_rule(rule: Rule) -> dict[str, Any]:
    kept = {key: getattr(rule, key) for key in _KEPT}
    if rule.wording is not None:
        kept["wording"] = asdict(rule.wording)
    return kept | {"statement": asdict(rule.statement)} if rule.statement is not None else kept


def _pack_of(data: dict[str, Any]) -> Pack:
    loaded = tuple(_rule_of(entry) for entry in data.pop("rules"))
    coverage = tuple(Clause(clause=c, rules=tuple(r), reason=why) for c, r, why in data.pop("coverage"))
    return replace(Pack(**{**data, "extends": tuple(data["extends"])}), rules=loaded, coverage=coverage)


def _rule_of(entry: dict[str, Any]) -> Rule:
    return Rule(
        **{
            **entry,
            "severity": Severity(entry["severity"]),
            "claim": ClaimKind(entry["claim"]),
            "where": {key: tuple(wanted) for key, wanted in entry["where"].items()},
            "history": tuple((version, said) for version, said in entry["history"]),
            "formerly": tuple(entry["formerly"]),
            "statement": _statement_of(entry["statement"]) if entry["statement"] else None,
            "wording": _wording_of(entry["wording"]) if entry["wording"] else None,
        }
    )


def _wording_of(data: dict[str, Any]) -> Wording:
    return Wording(
        document=Selection(**data["document"]), find=tuple(data["find"]), unless=tuple(data["unless"]), of=data["of"]
    )


def _statement_of(data: dict[str, Any]) -> Statement:
    figures = (
        {**each, "document": Selection(**each["document"]) if each["document"] else None} for each in data["figures"]
    )
    return Statement(
        document=Selection(**data["document"]),
        figures=tuple(Figure(**each) for each in figures),
        expect=tuple(data["expect"]),
        tables=tuple(
            DataTable(**{**each, "queries": tuple(each["queries"]), "key": tuple(each["key"])})
            for each in data["tables"]
        ),
        ties=tuple(data["ties"]),
    )
