"""How fast PDF files are read, against pdfium's own plain text, and what is found in them.

`python tests/benchmark/pdf.py FILE...` prints a line for each: seconds of both, their ratio, blocks, labelled
paragraphs, notes (without a call), tables, gaps.
"""

from __future__ import annotations

import gc
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from audit.errors import ReadError  # noqa: E402 the package is read from where the script stands
from audit.read.limits import Limits  # noqa: E402
from audit.read.pdf import read  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

RUNS = 5


def plain(data: bytes) -> None:
    """Read the text of every page and nothing else."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        text_page = page.get_textpage()
        text_page.get_text_range()
        text_page.close()
        page.close()
    document.close()


def times(data: bytes) -> tuple[float, float]:
    """Return the processor time of pdfium's own plain text and of our reading, each the least of runs taken in turn."""

    def cost(work: Callable[[], object]) -> float:
        start = time.process_time()
        work()
        return time.process_time() - start

    gc.collect()
    gc.disable()  # as nearly as in a run of the command
    try:
        pairs = [(cost(lambda: plain(data)), cost(lambda: read("x.pdf", data, Limits()))) for _ in range(RUNS)]
    finally:
        gc.enable()
    return min(base for base, _ in pairs), min(whole for _, whole in pairs)


def main(paths: list[str]) -> None:
    """Measure some files."""
    for path in paths:
        data = Path(path).read_bytes()
        try:
            made = read(path, data, Limits())
        except ReadError as fault:
            sys.stdout.write(f"{fault}\n")
            continue
        base, whole = times(data)
        labels = sum(bool(b.label) for b in made.blocks)
        uncalled = sum(n.call is None for n in made.notes)
        sys.stdout.write(
            f"{Path(path).name[:44]:44} {base:.3f} {whole:.3f} {whole / base:4.1f}  blocks {len(made.blocks)}"
            f" labels {labels} notes {len(made.notes)} ({uncalled}) tables {len(made.tables)} gaps {len(made.gaps)}\n"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
