"""How a run is to be shown: what the command line knows and a report may not ask for itself."""

from __future__ import annotations

from audit.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """`width` is that of the terminal, `colour` whether it shows styles.

    `quiet` gives one line per finding, `verbose` the verified claims and the figures left unchecked as well.
    `fails` is the least rank of severity that fails the run, `compared` says that it was held against a baseline.
    """

    width: int = 100
    colour: bool = False
    quiet: bool = False
    verbose: bool = False
    fails: int = 3
    compared: bool = False
