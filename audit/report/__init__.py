"""From a run to bytes: one module per format, imported on first use; each has `render(run, view) -> bytes`."""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, cast

from audit.report.view import View

if TYPE_CHECKING:
    from audit.findings import Run

__all__ = ["FORMATS", "View", "format_for", "render"]

FORMATS = {
    "text": "text",
    "json": "json",
    "sarif": "sarif",
    "junit": "junit",
    "github": "github",
    "gitlab": "gitlab",
    "markdown": "markdown",
    "csv": "csv",
    "html": "html",
    "xlsx": "xlsx",
    "gx": "gx",
}
_SUFFIXES = {
    ".txt": "text",
    ".json": "json",
    ".sarif": "sarif",
    ".xml": "junit",
    ".md": "markdown",
    ".markdown": "markdown",
    ".csv": "csv",
    ".html": "html",
    ".htm": "html",
    ".xlsx": "xlsx",
}


def render(run: Run, name: str, view: View | None = None) -> bytes:
    """Return a run in the named format."""
    module = import_module(f"audit.report.{FORMATS[name]}")
    return cast("bytes", module.render(run, view or View()))


def format_for(path: str) -> str | None:
    """Return the format that the ending of a file name asks for."""
    return _SUFFIXES.get(PurePath(path).suffix.lower())
