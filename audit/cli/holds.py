"""Reads and writes what a team has accepted: the baseline (JSON), waivers (TOML), waivers inside Markdown and HTML.

A waiver in a text is a comment: `<!-- addsup: waive RULE, reason: ..., owner: ..., until: 2027-01-31 -->`.
Alone on its line it covers the block below, otherwise the block it stands in.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audit.cli.work import INLINE
from audit.errors import ConfigError, did_you_mean
from audit.settle import Waiver

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.findings import Finding, Run
    from audit.model import Document
    from audit.report.ledger import Ledger

_KEYS = ("finding", "rule", "document", "place", "says", "owner", "reason", "until")
_NEEDED = ("finding", "reason", "owner")
_COMMENT = re.compile(r"<!--[ \t]*addsup:[ \t]*waive[ \t]+([^\s,>]+)((?:[ \t]*,[^\n]*?)?)[ \t]*-->")
_CODE = re.compile(
    r"^(?P<fence>`{3,}|~{3,}).*?(?:^(?P=fence)|\Z)|(?P<ticks>`+)(?!`)[^\n]*?(?<!`)(?P=ticks)(?!`)", re.M | re.S
)
_FIELD = re.compile(r",[ \t]*(reason|owner|until)[ \t]*:[ \t]*")


def read_baseline(path: str) -> frozenset[str]:
    """Return the fingerprints of a baseline file."""
    try:
        data = json.loads(_text(path))
        return frozenset(str(entry["fingerprint"]) for entry in data["findings"])
    except (ValueError, KeyError, TypeError):
        raise ConfigError(f"{path}: not a baseline; write one with `addsup baseline PATH... --output {path}`") from None


def baseline_of(findings: Sequence[Finding], ledger: Ledger) -> bytes:
    """Return a baseline file of some findings, in an order that does not move with the text."""
    from audit.report.ledger import place_words  # noqa: PLC0415 (only when one is written)

    rows = sorted(
        (
            {
                "fingerprint": finding.fingerprint,
                "rule": finding.rule.name,
                "place": place_words(ledger.place(finding.at)),
                "message": finding.message,
            }
            for finding in findings
        ),
        key=lambda row: (row["rule"], row["fingerprint"]),
    )
    return (json.dumps({"schema_version": "1", "findings": rows}, ensure_ascii=False, indent=1) + "\n").encode()


def read_waivers(path: str) -> tuple[Waiver, ...]:
    """Return the waivers of a file; every fault of every waiver is reported at once."""
    import tomllib  # noqa: PLC0415 (few runs have waivers)

    text = _text(path)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise ConfigError(f"{path}: not TOML: {fault}; check quotes and brackets there") from None
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.strip() == "[[waiver]]"]
    faults = [f'{path}: unknown table "{key}"; a waiver begins with [[waiver]]' for key in data if key != "waiver"]
    found = []
    for number, entry in enumerate(data.get("waiver", [])):
        origin = f"{path}:{lines[number]}" if number < len(lines) else path
        wrong = list(_faults(entry))
        faults += [f"{origin}: {fault}" for fault in wrong]
        if not wrong:
            found.append(_waiver(entry, origin))
    if faults:
        raise ConfigError("\n".join(faults))
    return tuple(found)


def _faults(entry: dict[str, Any]) -> Iterator[str]:
    for key, value in entry.items():
        if key not in _KEYS:
            yield f'unknown key "{key}"{did_you_mean(key, _KEYS) or "; known are " + ", ".join(_KEYS)}'
        elif key == "until" and (not isinstance(value, date) or hasattr(value, "hour")):
            yield '"until" must be a day, as until = 2027-01-31'
        elif key != "until" and not isinstance(value, str):
            yield f'"{key}" must be a text in quotes'
    for key in _NEEDED:
        if not str(entry.get(key, "")).strip():
            yield f'a waiver needs "{key}"; say {_WHY[key]}'


_WHY = {
    "finding": "which one, by the id or fingerprint in a report",
    "reason": "why the finding is accepted",
    "owner": "who answers for it",
}


def _waiver(entry: dict[str, Any], origin: str) -> Waiver:
    return Waiver(
        finding=entry["finding"].strip(),
        rule=entry.get("rule", "").strip(),
        document=entry.get("document", ""),
        reason=entry["reason"],
        owner=entry["owner"],
        until=entry.get("until"),
        origin=origin,
    )


def waiver_text(
    finding: Finding, ledger: Ledger, *, reason: str, owner: str, until: date | None, document: str = ""
) -> str:
    """Return a waiver of a finding as TOML; `document` is the file it is meant for, where another was read."""
    from audit.report.ledger import place_words  # noqa: PLC0415 (only when one is written)

    rows = {
        "finding": finding.fingerprint,
        "rule": finding.rule.name,
        "document": document or finding.at.document,
        "place": place_words(ledger.place(finding.at), with_source=False),
        "says": finding.message,
        "owner": owner,
        "reason": reason,
    }
    # A JSON string without escapes beyond the common ones is a TOML string; TOML knows no halves of a character.
    lines = [f"{key} = {_quoted(value)}" for key, value in rows.items() if value]
    if until is not None:
        lines.append(f"until = {until.isoformat()}")
    return "\n".join(["[[waiver]]", *lines]) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def inline_waivers(run: Run) -> Iterator[Waiver]:
    """Yield the waivers that stand as comments in Markdown and HTML documents."""
    for document in run.documents:
        if document.format in INLINE:
            text = Path(document.path).read_bytes().decode("utf-8", "replace")
            if "addsup:" in text:
                yield from _inline(document, text)


def _inline(document: Document, text: str) -> Iterator[Waiver]:
    starts = sorted({line for block in document.blocks if (line := document.place(block.start, block.start).line)})
    rows = text.split("\n")
    code = _code_of(text) if document.format == "markdown" else ()
    for match in _COMMENT.finditer(text):
        if any(first <= match.start() < last for first, last in code):
            continue  # a text about waivers shows one
        line = text.count("\n", 0, match.start()) + 1
        origin = f"{document.path}:{line}"
        fields = _fields(match[2])
        if not fields.get("reason"):
            raise ConfigError(f"{origin}: a waiver needs a reason; add `, reason: ...` to the comment")
        alone = not _COMMENT.sub("", rows[line - 1]).strip()
        at = bisect_right(starts, line)
        first = (starts[at] if at < len(starts) else line + 1) if alone else starts[max(at - 1, 0)] if starts else line
        after = bisect_right(starts, first)
        yield Waiver(
            rule=match[1],
            document=document.path,
            lines=(first, starts[after] if after < len(starts) else first + 1_000_000),
            reason=fields["reason"],
            owner=fields.get("owner", ""),
            until=_day(fields.get("until", ""), origin),
            origin=origin,
        )


def _code_of(text: str) -> tuple[tuple[int, int], ...]:
    """Return the stretches of a Markdown text that are code, fenced or between backticks."""
    return tuple(match.span() for match in _CODE.finditer(text))


def _fields(text: str) -> dict[str, str]:
    parts = _FIELD.split(text)
    return {name: value.strip() for name, value in zip(parts[1::2], parts[2::2], strict=True)}


def _day(text: str, origin: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ConfigError(f'{origin}: "{text}" is no day; write it as 2027-01-31') from None


def _text(path: str) -> str:
    try:
        return Path(path).read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(f"{path}: no such file; check the path") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: not UTF-8 text; save it as UTF-8") from None
    except OSError as fault:
        raise ConfigError(f"{path}: cannot be opened ({fault.strerror}); check the path") from None
