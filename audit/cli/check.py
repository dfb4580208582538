"""`addsup check`: reads documents, writes what their figures say about each other, and says it with the exit code."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from audit.cli.output import emit, is_styled, save, say, width
from audit.cli.work import Against, Baseline, Inputs, Language, Pack, Settings, Waivers, settings, unread_of, work
from audit.errors import ConfigError, did_you_mean
from audit.report import FORMATS, View, format_for, render
from audit.report.ledger import Ledger, summary_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.findings import Run


class FailOn(StrEnum):
    """The least severity that makes a run fail."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    NEVER = "never"


RANKS = {"error": 3, "warning": 2, "note": 1, "never": 4}


Format = Annotated[str | None, typer.Option("--format", "-f", help=f"{', '.join(FORMATS)}.")]
Output = Annotated[
    list[str] | None, typer.Option("--output", "-o", help="Write to a file; its ending sets the format.")
]
Fail = Annotated[FailOn | None, typer.Option("--fail-on", help="The least severity that fails the run (error).")]
Most = Annotated[int, typer.Option("--max-findings", min=0, help="So many findings that count do not fail yet.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="One line per finding.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Also what was verified and what was not checked.")]


def check(
    paths: Inputs = None,
    format_: Format = None,
    output: Output = None,
    fail_on: Fail = None,
    max_findings: Most = 0,
    baseline: Baseline = None,
    waivers: Waivers = None,
    against: Against = None,
    pack: Pack = None,
    language: Language = None,
    config: Settings = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Check what documents say about their own figures."""
    targets = _targets(format_, output or [])
    done = work(paths, settings(config, pack, language, baseline, waivers, against))
    least = RANKS[fail_on.value if fail_on is not None else done.config.fail_on]
    view = View(
        width=width(),
        colour=is_styled() and not output,
        quiet=quiet,
        verbose=verbose,
        fails=least,
        compared=bool(done.config.baseline),
    )
    drawn = {name: render(done.run, name, view) for name in dict.fromkeys(targets.values())}
    for path, name in targets.items():
        if path:
            save(path, drawn[name])
        else:
            emit(drawn[name])
    unread = unread_of(done.run)
    for reason in (*unread, *done.faults, *(_elsewhere(done.run) if verbose else ())):
        say(reason)
    if targets.get("") != "text" and not quiet:
        say(summary_words(Ledger(done.run)))
    return 2 if unread or done.faults else exit_code(done.run, least, max_findings)


def _elsewhere(run: Run) -> Iterator[str]:
    """Yield the statements that were not judged because no document of the run is theirs."""
    for rule in run.rules:
        statement = rule.statement
        if statement is not None and not any(statement.document.matches(document) for document in run.documents):
            yield f"{rule.name}: not judged; it is written for {statement.document}"


def exit_code(run: Run, least: int, most: int = 0) -> int:
    """Return 1 for more open findings at or above a rank of severity than allowed, else 0."""
    return int(sum(finding.severity.rank >= least for finding in Ledger(run).open()) > most)


def _targets(format_: str | None, output: list[str]) -> dict[str, str]:
    """Return the format for each output file; the empty path is standard output."""
    if format_ is not None and format_ not in FORMATS:
        near = did_you_mean(format_, FORMATS)
        raise ConfigError(f'no format "{format_}"{near or "; there are " + ", ".join(FORMATS)}')
    targets: dict[str, str] = {} if output else {"": format_ or "text"}
    for path in output:
        name = format_ if format_ is not None and len(output) == 1 else format_for(path) or format_
        if name is None:
            raise ConfigError(f"{path}: its ending names no format; add --format with one of {', '.join(FORMATS)}")
        targets["" if path == "-" else path] = name
    return targets
