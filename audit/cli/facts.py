"""`addsup facts`: the ledger, every figure of some documents with what it is and how it ended."""

from __future__ import annotations

from typing import Annotated

import typer

from audit.cli.check import Language, Pack, Paths
from audit.cli.output import emit, save
from audit.cli.paths import files_of
from audit.errors import ConfigError
from audit.pipeline import check as run_check
from audit.report import figures
from audit.rulefiles import DEFAULT_PACKS, load_rules

Format = Annotated[str | None, typer.Option("--format", "-f", help="text, csv or parquet.")]
Output = Annotated[str | None, typer.Option("--output", "-o", help="Write to a file; its ending sets the format.")]


def facts(
    paths: Paths, format_: Format = None, output: Output = None, pack: Pack = None, language: Language = None
) -> int:
    """Show every figure: what it is, what it counts, how it ended and why."""
    ending = output.rsplit(".", 1)[-1].lower() if output and "." in output else ""
    name = format_ or (ending if ending in figures.FORMATS else "text")
    if name not in figures.FORMATS:
        raise ConfigError(f'no format "{name}"; there are {", ".join(figures.FORMATS)}')
    if name == "parquet" and not output:
        raise ConfigError("parquet is no text; add --output FILE")
    run = run_check(files_of(paths), load_rules(tuple(pack) if pack else DEFAULT_PACKS), language=language)
    data = figures.render(run, name)
    if output and output != "-":
        save(output, data)
    else:
        emit(data)
    return 0
