"""The samples of `reports/`: each input with one rendered report per format, and the real run of the README."""

from __future__ import annotations

import contextlib
import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from audit.cli.work import settings, work
from audit.errors import ConfigError
from audit.manual import with_block
from audit.report import FORMATS, View, render
from audit.report.ledger import Ledger, summary_words

if TYPE_CHECKING:
    from audit.findings import Run

ENDINGS = {
    "text": "txt",
    "json": "json",
    "sarif": "sarif",
    "junit": "junit.xml",
    "github": "github.txt",
    "gitlab": "gitlab.json",
    "markdown": "md",
    "csv": "csv",
    "html": "html",
    "xlsx": "xlsx",
    "gx": "gx.json",
}
GATED = ("text", "markdown", "html", "gx")  # the formats of a sample that is a project of reports and data
_WIDTH = 110
_SHOWN = 2  # the finding that the README shows in full, counted from 1


def samples(root: Path) -> list[tuple[Path, bytes]]:
    """Return every file that is made from the samples of a checkout: the reports, their index, the README's run."""
    made: list[tuple[Path, bytes]] = []
    rows: list[str] = []
    for folder in sorted(path for path in (root / "reports").iterdir() if path.is_dir()):
        inputs = sorted(path for path in folder.iterdir() if path.stem == "input")
        projects = sorted(folder.glob("*.toml"))
        if len(inputs) != 1 and (inputs or not projects):
            raise ConfigError(f"{folder}: a sample has one file named input.*, or settings; there are {len(inputs)}")
        rows += [f"## {folder.name}", ""]
        for project in projects if not inputs else ():
            name = project.relative_to(root).as_posix()
            page = f"{folder.name}/{project.stem}"
            run = run_of(root, "", name)
            made += _rendered(run, root / "reports" / page, GATED)
            rows += [f"`addsup check --config {name}`: {summary_of(run)}.", "", *_links(page, GATED)]
        for each in inputs:
            name = each.relative_to(root).as_posix()
            run = run_of(root, name, _config(folder))
            made += _rendered(run, folder / "report", tuple(FORMATS))
            rows += [f"`addsup check {name}`: {summary_of(run)}.", "", *_links(f"{folder.name}/report", tuple(FORMATS))]
    head = ["# Reports", "", "One rendered report per format for each sample, compared in every run of `.ci/run`.", ""]
    made.append((root / "reports" / "README.md", "\n".join([*head, *rows]).rstrip().encode() + b"\n"))
    return made


def _rendered(run: Run, stem: Path, formats: tuple[str, ...]) -> list[tuple[Path, bytes]]:
    return [(Path(f"{stem}.{ENDINGS[each]}"), render(run, each, View(width=_WIDTH))) for each in formats]


def _links(page: str, formats: tuple[str, ...]) -> list[str]:
    return [*(f"- [{each}](./{page}.{ENDINGS[each]})" for each in formats), ""]


def run_of(root: Path, name: str, config: str | None = None) -> Run:
    """Return the run over a file of the checkout, named as from its top."""
    with contextlib.chdir(root):
        return work([name] if name else [], settings(config), held=False).run


def _config(folder: Path) -> str | None:
    own = folder / "addsup.toml"
    return str(own) if own.is_file() else None


def summary_of(run: Run) -> str:
    """Return the line that ends a run."""
    return summary_words(Ledger(run))


def front_page(root: Path, page: str, sample: str = "reports/cmw-c-mex-qpr-4/input.txt") -> str:
    """Return the README with its real run made anew."""
    if "<!-- run -->" not in page:
        return page
    run = run_of(root, sample)
    short = render(run, "text", View(width=_WIDTH, quiet=True)).decode()
    block = f"```console\n$ addsup check {sample} --quiet\n{short}```"
    page = with_block(page, "run", block)
    full = render(run, "text", View(width=_WIDTH)).decode()
    parts = full.split("\n\n")
    return with_block(page, "finding", f"```text\n{parts[1 + _SHOWN]}\n```")


def same(old: bytes, new: bytes) -> bool:
    """Say whether two files are equal; of two workbooks, whether their parts are, however they were packed."""
    if old == new:
        return True
    packed = [io.BytesIO(data) for data in (old, new)]
    if not all(zipfile.is_zipfile(data) for data in packed):
        return False
    first, second = ({entry: part.read(entry) for entry in part.namelist()} for part in map(zipfile.ZipFile, packed))
    return first == second
