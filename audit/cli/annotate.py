"""`addsup annotate`: the findings in a copy of the author's own file, each on its exact words.

The copy stands beside the file as `report.addsup.docx`; the file itself is never written.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audit.cli.check import RANKS, Fail, exit_code
from audit.cli.output import save, say
from audit.cli.work import Baseline, Language, Pack, Settings, Waivers, settings, work
from audit.errors import AuditError, ConfigError
from audit.report.ledger import Ledger, plural, summary_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.findings import Finding
    from audit.model import Document

FORMATS = {"docx": "Word", "pdf": "PDF", "xlsx": "Excel"}

File = Annotated[str, typer.Argument(metavar="PATH", help="A Word, PDF or Excel file.")]
Output = Annotated[str | None, typer.Option("--output", "-o", help="The copy (PATH with .addsup before its ending).")]


def annotate(
    path: File,
    output: Output = None,
    fail_on: Fail = None,
    baseline: Baseline = None,
    waivers: Waivers = None,
    pack: Pack = None,
    language: Language = None,
    config: Settings = None,
) -> int:
    """Write the findings into a copy of a document: Word comments, PDF highlights, Excel notes."""
    target = output or str(copy_name(Path(path)))
    _distinct(path, target)
    done = work([path], settings(config, pack, language, baseline, waivers))
    document = next((each for each in done.run.documents if each.path == path), None)
    if document is None or document.format not in FORMATS:
        raise ConfigError(
            f"{path}: only Word, PDF and Excel files take notes; write a page with `check -o report.html`"
        )
    ledger = Ledger(done.run)
    found = [finding for finding in ledger.open() if finding.at.document == path]
    data, lost = annotated(checked_bytes(path, document), document, found)
    save(target, data)
    for finding in lost:
        say(f"{path}: no place in the file for {ledger.finding_id(finding)}: {finding.message}")
    for fault in done.faults:
        say(fault)
    say(f"{target}: {plural(len(found) - len(lost), 'finding')} written into a copy")
    say(summary_words(ledger))
    least = RANKS[fail_on.value if fail_on is not None else done.config.fail_on]
    return 2 if done.faults else exit_code(done.run, least)


def annotated(data: bytes, document: Document, found: Sequence[Finding]) -> tuple[bytes, tuple[Finding, ...]]:
    """Return a file with some findings in it, and those that it has no place for."""
    if document.format == "docx":
        from audit.report.word import annotate as comment  # noqa: PLC0415 (one format at a time)
        from audit.report.word import remarks  # noqa: PLC0415

        return comment(data, remarks(document, found)), tuple(f for f in found if not remarks(document, [f]))
    if document.format == "pdf":
        from audit.report.pdfnotes import annotate as highlight  # noqa: PLC0415

        return highlight(data, document, found)
    from audit.report.excelnotes import annotate as note  # noqa: PLC0415

    return note(data, document, found), ()


def copy_name(path: Path) -> Path:
    """Return where the copy of a file goes: `report.addsup.docx` beside `report.docx`."""
    return path.with_name(f"{path.stem}.addsup{path.suffix}")


def _distinct(path: str, target: str) -> None:
    one, other = Path(path), Path(target)
    if one.resolve() == other.resolve() or (one.exists() and other.exists() and one.samefile(other)):
        raise ConfigError(f"{target}: this is the file itself; name another with --output")


def checked_bytes(path: str, document: Document) -> bytes:
    """Return the bytes of a file, if they are still those that were checked."""
    data = Path(path).read_bytes()
    if hashlib.sha256(data).hexdigest() != document.digest:
        raise AuditError(f"{path}: the file changed while it was checked; run again")
    return data
