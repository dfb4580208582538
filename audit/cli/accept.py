"""`addsup baseline` and `addsup waive`: what is known today does not fail a run, what is new does."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from audit.cli.holds import baseline_of, read_waivers, waiver_text
from audit.cli.output import save, say
from audit.cli.work import Language, Pack, Paths, Settings, Work, settings, unread_of, work
from audit.errors import ConfigError
from audit.report.ledger import Ledger, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from audit.findings import Finding, Run

BASELINE, WAIVERS = "addsup-baseline.json", "addsup-waivers.toml"
_LEAST = 6

BaselineFile = Annotated[str | None, typer.Option("--output", "-o", help=f"The baseline file ({BASELINE}).")]
WaiverFile = Annotated[str | None, typer.Option("--waivers", help=f"The file of waivers ({WAIVERS}).")]
Id = Annotated[str | None, typer.Option("--finding", help="The finding, by its id or fingerprint.")]
Reason = Annotated[str, typer.Option("--reason", help="Why it is accepted.")]
Owner = Annotated[str, typer.Option("--owner", help="Who answers for it.")]
Until = Annotated[str | None, typer.Option("--until", help="The last day of the waiver, as 2027-01-31.")]
Decisions = Annotated[str | None, typer.Option("--decisions", help="A decisions file from the HTML report.")]


def baseline(
    paths: Paths, output: BaselineFile = None, pack: Pack = None, language: Language = None, config: Settings = None
) -> int:
    """Write down today's findings, so that only new ones fail."""
    found = settings(config, pack, language)
    done = _read_all(work(paths, found, held=False))
    target = output or found.baseline or BASELINE
    save(target, baseline_of(done.run.findings, Ledger(done.run)))
    say(f"{target}: {plural(len(done.run.findings), 'finding')}")
    return 0


def waive(
    paths: Paths,
    finding: Id = None,
    reason: Reason = "",
    owner: Owner = "",
    until: Until = None,
    decisions: Decisions = None,
    waivers: WaiverFile = None,
    pack: Pack = None,
    config: Settings = None,
) -> int:
    """Accept a finding: who, why, until when. It lapses when its figure changes."""
    if (finding is None) == (decisions is None):
        raise ConfigError("name the finding with --finding ID, or give a file with --decisions FILE")
    asked = _decided(decisions, owner) if decisions else [(finding or "", reason, owner, until or "")]
    found = settings(config, pack)
    done = _read_all(work(paths, found, held=False))
    target = waivers or found.waivers or WAIVERS
    say(f"{target}: {plural(add_waivers(target, done.run, asked), 'waiver')} added")
    return 0


def add_waivers(target: str, run: Run, asked: Iterable[tuple[str, str, str, str]], document: str = "") -> int:
    """Add waivers (finding, reason, owner, last day) to a file, but those it has, and return how many were added.

    `document` is the file they are meant for, where another was read.
    """
    ledger = Ledger(run)
    known = {waiver.finding for waiver in read_waivers(target)} if Path(target).exists() else set()
    texts = []
    for ident, why, who, day in asked:
        each = _named(ident, run.findings)
        if not why.strip() or not who.strip():
            raise ConfigError(f"{ident}: a waiver needs --reason and --owner; say why and who answers for it")
        if not any(each.fingerprint.startswith(name) for name in known):
            texts.append(
                waiver_text(each, ledger, reason=why.strip(), owner=who.strip(), until=_day(day), document=document)
            )
    before = Path(target).read_bytes().rstrip(b"\n") + b"\n\n" if Path(target).exists() else b""
    if texts:
        save(target, before.lstrip(b"\n") + "\n".join(texts).encode())
    return len(texts)


def _read_all(done: Work) -> Work:
    for reason in unread_of(done.run):
        raise ConfigError(reason)
    return done


def _named(ident: str, findings: tuple[Finding, ...]) -> Finding:
    found = [each for each in findings if len(ident) >= _LEAST and each.fingerprint.startswith(ident)]
    if len(found) != 1:
        what = "no finding" if not found else f"{len(found)} findings"
        raise ConfigError(f'{what} "{ident}" in these documents; take the id from a report of them')
    return found[0]


def _decided(path: str, owner: str) -> Iterator[tuple[str, str, str, str]]:
    try:
        data: Any = json.loads(Path(path).read_text(encoding="utf-8"))
        for row in data["decisions"]:
            if row["decision"] in ("waive", "not-an-error"):
                yield row["fingerprint"], row.get("reason", ""), row.get("owner", "") or owner, row.get("until", "")
    except OSError as fault:
        raise ConfigError(f"{path}: cannot be opened ({fault.strerror}); check the path") from None
    except (ValueError, KeyError, TypeError):
        raise ConfigError(f"{path}: not a decisions file; download it from an HTML report") from None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ConfigError(f'"{text}" is no day; write it as 2027-01-31') from None
