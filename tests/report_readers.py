"""What the readers make of a folder of documents, one line each; a script, not a test.

`python tests/report_readers.py FOLDER_OR_FILE...` prints blocks, labelled paragraphs, notes, tables, figures, gaps,
faults of conformance and seconds, and the refusal of every file that could not be read.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from conformance import faults

from audit.errors import ReadError
from audit.extract import extract
from audit.facts import FactKind
from audit.read import SUFFIXES, read

if TYPE_CHECKING:
    from collections.abc import Iterator

COLUMNS = ("blocks", "labels", "notes", "tables", "figures", "gaps", "faults", "seconds")


def files(arguments: list[str]) -> Iterator[Path]:
    """Yield the readable files of some folders and the files named themselves."""
    for argument in arguments:
        path = Path(argument)
        found = path.rglob("*") if path.is_dir() else [path]
        yield from sorted(p for p in found if p.is_file() and (not path.is_dir() or p.suffix.lower() in SUFFIXES))


def line(path: Path) -> str:
    """Return the row of one file."""
    started = time.perf_counter()
    try:
        document = read(path)
    except ReadError as refused:
        return f"{path.name[:40]:40} refused: {str(refused).removeprefix(f'{path}: ')}"
    seconds = time.perf_counter() - started
    figures = sum(fact.kind is FactKind.QUANTITY for fact in extract(document).facts)
    wrong = faults(document)
    counts = (
        len(document.blocks),
        sum(bool(b.label) for b in document.blocks),
        len(document.notes),
        len(document.tables),
        figures,
        len(document.gaps),
        len(wrong),
    )
    about = " | ".join(x for x in (document.language, document.symbol, document.date, document.title[:50]) if x)
    return f"{path.name[:40]:40} " + " ".join(f"{n:>8}" for n in counts) + f" {seconds:8.3f}  {about}"


def main() -> None:
    """Print the table."""
    write = sys.stdout.write
    write(f"{'file':40} " + " ".join(f"{name:>8}" for name in COLUMNS) + "\n")
    for path in files(sys.argv[1:]):
        write(line(path) + "\n")


if __name__ == "__main__":
    main()
