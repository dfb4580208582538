"""`addsup explain`: a rule's reason, repair and limits, or one finding with its arithmetic."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from audit.cli.output import emit
from audit.errors import ConfigError, RuleError
from audit.rulefiles import find_rule, own_packs

if TYPE_CHECKING:
    from collections.abc import Sequence

_ID_LEAST = 6
_MAX_BYTES = 200_000_000

What = Annotated[str, typer.Argument(metavar="RULE|FINDING", help="A rule's name, or a finding's id from a report.")]
Report = Annotated[
    str | None, typer.Option("--report", "-r", help="The JSON report that holds the finding (addsup check -f json).")
]


def explain(what: What, report: Report = None) -> int:
    """Say why a rule exists, what repairs it and what it does not see; or show one finding of a report."""
    from audit.manual import entry  # noqa: PLC0415 (a finding needs no manual)

    if report is not None:
        emit(_finding(what, report).encode())
        return 0
    try:
        rule = find_rule(what, own_packs())
    except RuleError as fault:
        if _is_id(what):
            raise ConfigError(
                f'no rule "{what}"; for a finding add --report FILE, a report made with -f json'
            ) from None
        raise ConfigError(str(fault)) from None
    emit(entry(rule).encode())
    return 0


def _is_id(what: str) -> bool:
    return len(what) >= _ID_LEAST and all(c in "0123456789abcdef" for c in what)


def _finding(what: str, report: str) -> str:
    data = _load(report)
    found = [f for f in data.get("findings", []) if what in (f.get("id"), f.get("fingerprint")) or _begins(f, what)]
    if not found:
        raise ConfigError(f'{report}: no finding "{what}"; ids and fingerprints stand under "findings"')
    if len(found) > 1:
        raise ConfigError(f'{report}: {len(found)} findings begin with "{what}"; give more of the fingerprint')
    return "\n".join(_lines(found[0])) + "\n"


def _begins(finding: dict[str, Any], what: str) -> bool:
    return len(what) >= _ID_LEAST and str(finding.get("fingerprint", "")).startswith(what)


def _lines(finding: dict[str, Any]) -> Sequence[str]:
    from audit.manual import entry  # noqa: PLC0415

    place = finding.get("place") or {}
    where = ", ".join(
        f"{name} {place[key]}"
        for key, name in (("paragraph", "paragraph"), ("page", "page"), ("cell", "cell"))
        if place.get(key)
    )
    lines = [f"{finding.get('severity')}: {finding.get('message')}", ""]
    if where:
        lines.append(f"Where: {where}")
    if finding.get("quote"):
        lines.append(f"Text: {' '.join(str(finding['quote']).split())}")
    lines += [f"Step: {step}" for step in finding.get("steps", [])]
    lines += [
        f"Also in: {' '.join(str(p.get('paragraph') or p.get('cell') or '').split())}"
        for p in finding.get("also", [])
        if p
    ]
    lines += [
        f"Would hold with: {s.get('from')} -> {s.get('to')} ({s.get('why')})" for s in finding.get("suggestions", [])
    ]
    try:
        rule = entry(find_rule(str(finding.get("rule")), own_packs()))
    except RuleError:
        return lines
    return [*lines, "", rule.rstrip()]


def _load(report: str) -> dict[str, Any]:
    path = Path(report)
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise ConfigError(f"{report}: larger than {_MAX_BYTES:,} bytes; is this a report?")
        data = json.loads(path.read_bytes())
    except OSError as fault:
        raise ConfigError(f"{report}: cannot be opened ({fault.strerror}); check the path") from None
    except (ValueError, RecursionError):
        raise ConfigError(f"{report}: not a JSON report; make one with `addsup check -f json -o FILE`") from None
    if not isinstance(data, dict) or not isinstance(data.get("findings"), list):
        raise ConfigError(f"{report}: holds no findings; make a report with `addsup check -f json -o FILE`")
    return data
