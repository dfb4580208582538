"""`addsup check`: reads documents, writes what their figures say about each other, and says it with the exit code."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from audit.cli.output import emit, is_styled, save, say, width
from audit.cli.paths import files_of
from audit.errors import ConfigError, did_you_mean
from audit.pipeline import check as run_check
from audit.report import FORMATS, View, format_for, render
from audit.report.ledger import Ledger, summary_words
from audit.rulefiles import DEFAULT_PACKS, load_rules

if TYPE_CHECKING:
    from audit.findings import Run


class FailOn(StrEnum):
    """The least severity that makes a run fail."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    NEVER = "never"


Paths = Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders or patterns.")]
Format = Annotated[str | None, typer.Option("--format", "-f", help=f"{', '.join(FORMATS)}.")]
Output = Annotated[
    list[str] | None, typer.Option("--output", "-o", help="Write to a file; its ending sets the format.")
]
Pack = Annotated[list[str] | None, typer.Option("--pack", "-p", help="A rule pack by name or path; may be repeated.")]
Fail = Annotated[FailOn, typer.Option("--fail-on", help="The least severity that fails the run.")]
Language = Annotated[str | None, typer.Option("--language", help="The language of the text, when it is not detected.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="One line per finding.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Also what was verified and what was not checked.")]


def check(
    paths: Paths,
    format_: Format = None,
    output: Output = None,
    pack: Pack = None,
    fail_on: Fail = FailOn.ERROR,
    language: Language = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> int:
    """Check what documents say about their own figures."""
    targets = _targets(format_, output or [])
    rules = load_rules(tuple(pack) if pack else DEFAULT_PACKS)
    run = run_check(files_of(paths), rules, language=language)
    view = View(width=width(), colour=is_styled() and not output, quiet=quiet, verbose=verbose)
    drawn = {name: render(run, name, view) for name in dict.fromkeys(targets.values())}
    for path, name in targets.items():
        if path:
            save(path, drawn[name])
        else:
            emit(drawn[name])
    for gap in run.gaps:
        if gap.stage == "read" and gap.span is None and gap.source not in {d.path for d in run.documents}:
            say(gap.reason)
    if targets.get("") != "text" and not quiet:
        say(summary_words(Ledger(run)))
    return exit_code(run, fail_on)


def exit_code(run: Run, fail_on: FailOn) -> int:
    """Return 0 for nothing at or above a severity, 1 for findings, 2 when an input could not be read."""
    read = {document.path for document in run.documents}
    if any(gap.stage == "read" and gap.source and gap.source not in read for gap in run.gaps):
        return 2  # unknown is never a pass
    if fail_on is FailOn.NEVER:
        return 0
    least = {"error": 3, "warning": 2, "note": 1}[fail_on.value]
    return int(any(finding.severity.rank >= least for finding in Ledger(run).open()))


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
