"""The command line: it alone touches the terminal, the exit code and the clock.

Exit 0: nothing at or above `--fail-on`; 1: findings; 2: the job could not be done. A wrong argument, setting, rule
or input is one line on standard error; a fault of ours keeps its trace, so that it can be mended.
"""

from __future__ import annotations

import gc
import sys
import traceback
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, cast

import typer

import audit
from audit.cli.output import say
from audit.errors import AuditError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence

# What typer raises for any wrong argument; it has no public name.
_USAGE = cast("type[Exception]", typer.BadParameter.__bases__[0])

# Each command with its module; a run loads only its own.
COMMANDS = {
    "check": "check",
    "facts": "facts",
    "diff": "diff",
    "explain": "explain",
    "annotate": "annotate",
    "review": "review",
    "rules": "rules",
    "baseline": "accept",
    "waive": "accept",
    "docs": "docs",
}
_HIDDEN = frozenset({"docs"})


def _version(*, asked: bool) -> None:
    if asked:
        typer.echo(f"addsup {audit.__version__}")
        raise typer.Exit


def app(only: str = "") -> typer.Typer:
    """Return the application with all its commands, or with the one that is asked."""
    found = typer.Typer(
        name="addsup",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        help="Checks that what a report says about its own figures is true.",
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    @found.callback()
    def _start(
        version: Annotated[
            bool,
            typer.Option(
                "--version", callback=lambda value: _version(asked=value), is_eager=True, help="Show the version."
            ),
        ] = False,
    ) -> None:
        del version

    for name in [only] if only in COMMANDS else COMMANDS:
        command = getattr(import_module(f"audit.cli.{COMMANDS[name]}"), name)
        if isinstance(command, typer.Typer):
            found.add_typer(command, name=name)
        else:
            found.command(name, hidden=name in _HIDDEN)(command)
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    # A run builds many small records and drops none: looking for garbage among them costs a tenth of the time.
    gc.set_threshold(100_000, 50, 100)
    code = run(sys.argv[1:] if arguments is None else arguments)
    gc.freeze()  # nor is there anything to look for on the way out
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Return the exit code of a command."""
    try:
        code = app(arguments[0] if arguments else "")(list(arguments), prog_name="addsup", standalone_mode=False)
    except AuditError as fault:
        say(str(fault))
        return 2
    except _USAGE as fault:
        if type(fault).__name__ == "NoArgsIsHelpError":  # the help itself, line by line
            sys.stderr.write(f"{fault.format_message()}\n")  # type: ignore[attr-defined]
            return 2
        say(_usage(fault))
        return 2
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except Exception:  # noqa: BLE001 - the one place: a crash must not look like findings (exit 1)
        traceback.print_exc()
        say("this is a fault of addsup, not of the document; please report it with the lines above")
        return 2
    return code if isinstance(code, int) else 0


def _usage(fault: Exception) -> str:
    words = getattr(fault, "format_message", lambda: str(fault))()
    asked, near = getattr(fault, "option_name", None), getattr(fault, "possibilities", None)
    if asked:
        words = f'no option "{asked}"{did_you_mean(asked, near or ()) or "; see `addsup --help`"}'
    return " ".join(words.split()) or "see `addsup --help`"
