"""`addsup diff`: the figures of two editions, matched by what they are of, with what depends on those that changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from audit.cli.former import GIT, former
from audit.cli.output import emit, printed, save, say
from audit.cli.work import Pack, Settings, settings
from audit.config import chosen
from audit.errors import ConfigError
from audit.extract import extract
from audit.pipeline import check
from audit.relate.editions import changes
from audit.report.ledger import Ledger, place_words
from audit.rulefiles import load_rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.model import Document
    from audit.relate.editions import Change
    from audit.relate.named.rows import Spot

Old = Annotated[str, typer.Argument(metavar="OLD", help="The edition before: a file, or git:REF.")]
New = Annotated[str, typer.Argument(metavar="NEW", help="The edition of today: a file.")]
Key = Annotated[
    list[str] | None, typer.Option("--key", help="A column that names the rows of a table; may be repeated.")
]
Format = Annotated[str, typer.Option("--format", "-f", help="text or json.")]
Output = Annotated[str | None, typer.Option("--output", "-o", help="Write to a file.")]

_ROWS = ("table", "rows")
_WORDS = {
    "revised": "revised",
    "total_moved": "total moved",
    "vanished": "gone",
    "added": "new",
    "unkeyed": "no key",
    "outdated": "outdated",
}


def diff(
    old: Old,
    new: New,
    key: Key = None,
    format_: Format = "text",
    output: Output = None,
    pack: Pack = None,
    config: Settings = None,
) -> int:
    """Show which figures differ between two editions, old and new value, and what depends on them."""
    if format_ not in ("text", "json"):
        raise ConfigError(f'no format "{format_}"; there are text, json')
    found = settings(config, pack)
    if not old.startswith(GIT) and Path(old).is_dir():
        raise ConfigError(f"{old}: this is a folder; name two files")
    earlier = former(old, [new], found.limits).get(new)
    if earlier is None:
        raise ConfigError(f"{old}: holds no {new}; it is new, and there is nothing to compare")
    run = check([new], chosen(load_rules(found.packs), found), found.limits)
    bundle = next(b for b in run.facts if b.document.path == new)
    rows = list(_rows(changes(bundle, extract(earlier), tuple(key or ())), Ledger(run), (bundle.document, earlier)))
    data = _json(new, earlier.path, rows) if format_ == "json" else _text(new, earlier.path, rows)
    if output and output != "-":
        save(output, data)
    else:
        emit(data)
    # rows that are not held may differ: what is unknown is not told to be the same
    unread = [f"{d.path}: {gap.reason}" for d in (bundle.document, earlier) for gap in d.gaps if gap.stage in _ROWS]
    for reason in unread:
        say(reason)
    return 2 if unread else 0


def _rows(found: Iterator[Change], ledger: Ledger, editions: tuple[Document, Document]) -> Iterator[dict[str, Any]]:
    used: dict[tuple[int, int], list[str]] = {}
    for outcome in ledger.run.outcomes:
        for operand in outcome.claim.operands:
            line = f"{outcome.claim.kind.value}: {outcome.equation} ({outcome.verdict.value})"
            if operand.document == editions[0].path and outcome.equation:
                used.setdefault((operand.start, operand.end), []).append(line)
    for change in found:
        here = change.new or change.place
        yield {
            "change": change.kind,
            "of": change.label,
            "column": change.column,
            "old": change.old.text if change.old is not None else None,
            "new": change.new.text if change.new is not None else None,
            "place": _place(editions[0], here),
            "place_before": _place(editions[1], change.old),
            "depends": list(dict.fromkeys(used.get((here.start, here.end), ()))) if here is not None else [],
        }


def _place(document: Document, spot: Spot | None) -> str:
    return place_words(document.place(spot.start, spot.end), with_source=False) if spot is not None else ""


def _counts(rows: Sequence[dict[str, Any]]) -> dict[str, int]:
    return {kind: number for kind in _WORDS if (number := sum(row["change"] == kind for row in rows))}


def _text(new: str, old: str, rows: Sequence[dict[str, Any]]) -> bytes:
    lines = [f"{new} against {old}", ""]
    for row in rows:
        values = " → ".join(printed(value) for value in (row["old"], row["new"]) if value is not None)
        where = row["place"] or f"before: {row['place_before']}"
        label = f"{row['of']}, {row['column']}" if row["column"] else row["of"]
        lines.append(f"  {_WORDS[row['change']]:<12}{where}: {values}  ({printed(label)})")
        lines += [f"      {printed(line)}" for line in row["depends"]]
    said = ", ".join(f"{number:,} {_WORDS[kind]}" for kind, number in _counts(rows).items())
    return "\n".join([*lines, *([""] if rows else []), said or "no figure differs", ""]).encode()


def _json(new: str, old: str, rows: Sequence[dict[str, Any]]) -> bytes:
    data = {"new": new, "old": old, "counts": _counts(rows), "changes": list(rows)}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
