"""What every command that reads documents shares: settings under flags, the run, what a team has accepted already."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audit.cli.paths import files_of
from audit.cli.progress import Progress
from audit.config import Config, chosen, load
from audit.errors import ConfigError
from audit.pipeline import check
from audit.read import SUFFIXES
from audit.records import dataclass
from audit.rulefiles import load_rules, path_of
from audit.settle import hold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.findings import Run
    from audit.model import Gap
    from audit.rules import Rule

Paths = Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders or patterns.")]
Inputs = Annotated[
    list[str] | None,
    typer.Argument(metavar="[PATH...]", help="Files, folders or patterns; else those of the settings."),
]
Pack = Annotated[list[str] | None, typer.Option("--pack", "-p", help="A rule pack by name or path; may be repeated.")]
Language = Annotated[str | None, typer.Option("--language", help="The language of the text, when it is not detected.")]
Settings = Annotated[str | None, typer.Option("--config", help="A settings file in place of the nearest one.")]
Baseline = Annotated[str | None, typer.Option("--baseline", help="A file of known findings, which do not fail.")]
Against = Annotated[str | None, typer.Option("--against", help="The edition before: a file, a folder or git:REF.")]
Waivers = Annotated[str | None, typer.Option("--waivers", help="A file of accepted findings, which do not fail.")]


INLINE = frozenset({"markdown", "html"})  # formats whose comments may hold waivers


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A finished run, the settings it had, and what is wrong with the waivers."""

    run: Run
    config: Config
    faults: tuple[str, ...] = ()


def settings(
    config: str | None = None,
    pack: Sequence[str] | None = None,
    language: str | None = None,
    baseline: str | None = None,
    waivers: str | None = None,
    against: str | None = None,
) -> Config:
    """Return the settings of the nearest file with the flags on top; its paths become relative to where we are."""
    found = load(config or "")
    home = Path(found.path).parent if found.path else Path()
    return replace(
        found,
        packs=tuple(pack) if pack else tuple(_from(home, name) for name in found.packs),
        against=against or _edition(home, found.against),
        documents=tuple(os.path.normpath(home / name) for name in found.documents),
        language=language or found.language,
        baseline=baseline or (str(home / found.baseline) if found.baseline else ""),
        waivers=waivers or (str(home / found.waivers) if found.waivers else ""),
    )


def _edition(home: Path, name: str) -> str:
    return str(home / name) if name and not name.startswith("git:") else name


def _from(home: Path, name: str) -> str:
    """Return a pack of the settings: a folder or file beside them, else the name of a pack."""
    return str(home / name) if (home / name).exists() and ("/" in name or name.endswith(".yaml")) else name


def work(paths: Sequence[str] | None, config: Config, *, held: bool = True) -> Work:
    """Return the run over some paths, else over the documents of the settings, with the tables these name.

    With `held`, known and accepted findings are marked.
    """
    rules = (*chosen(load_rules(config.packs), config), *config.tables)
    paths = paths or config.documents
    if not paths and not config.tables:
        raise ConfigError("nothing to check: name a file, a folder or a pattern, or list documents in the settings")
    files = files_of(paths)
    before = None
    missing: tuple[Gap, ...] = ()
    if config.against:
        from audit.cli.former import former, outside, unmatched  # noqa: PLC0415 (most runs have one edition)

        files = tuple(dict.fromkeys((*outside(config.against, files), *_sources(rules))))
        before = former(config.against, files, config.limits, paths or ())
        missing = tuple(unmatched(config.against, files, paths or (), before))
    with Progress() as tell:
        run = check(files, rules, config.limits, language=config.language or None, tell=tell, before=before)
    run = replace(run, gaps=(*run.gaps, *missing))
    if not held:
        return Work(run=run, config=config)
    if not config.baseline and not config.waivers and all(d.format not in INLINE for d in run.documents):
        return Work(run=run, config=config)
    from audit.cli.holds import inline_waivers, read_baseline, read_waivers  # noqa: PLC0415 (many runs hold nothing)

    known = read_baseline(config.baseline) if config.baseline else frozenset()
    waivers = (*(read_waivers(config.waivers) if config.waivers else ()), *inline_waivers(run))
    marked, faults = hold(run, known, waivers, date.today())  # the day where one works
    return Work(run=marked, config=config, faults=faults)


def unread_of(run: Run) -> list[str]:
    """Return why inputs could not be read or tables not be held against what is asked: unknown is never a pass."""
    paths = {document.path for document in run.documents}
    # A table too large to be checked may be one that a rule holds against what it asks.
    tables = any(gap.stage == "table" for gap in run.gaps)
    asked = set(map(os.path.abspath, _sources(run.rules))) if tables else set()
    return [
        gap.reason
        for gap in run.gaps
        if gap.stage == "gate"
        or (gap.stage == "read" and gap.source and gap.source not in paths)
        or (gap.stage == "table" and os.path.abspath(gap.source) not in asked)
    ]


def _sources(rules: Sequence[Rule]) -> Iterator[str]:
    """Yield the files of tables that are read as documents too, where two editions are compared."""
    from audit.rulefiles.tables import PACK  # noqa: PLC0415 (few runs have tables)

    for rule in rules:
        for table in rule.statement.tables if rule.statement is not None else ():
            path = (Path(rule.path).parent if rule.pack == PACK else path_of(rule).parent) / table.source
            if path.suffix.lower() in SUFFIXES and path.is_file():
                yield os.path.normpath(path)
