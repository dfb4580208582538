"""The conformance of documents is itself tested: each way to break one is named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from conformance import faults

from audit.model import Anchor, Block, BlockKind, Cell, Document, Gap, Note, Table
from audit.read import SUFFIXES, read

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "reports" / "cmw-c-mex-qpr-4" / "input.txt"
CORPUS = ROOT / ".." / "shared" / "corpus" / "docs"

#       0123456789012345678901
TEXT = "One 12.\na\t1\nNote.\n"
SOUND = Document(
    path="a.txt",
    format="text",
    text=TEXT,
    digest="0" * 64,
    blocks=(
        Block(kind=BlockKind.PARAGRAPH, start=0, end=7, mark="1.", label="1"),
        Block(kind=BlockKind.TABLE, start=8, end=11, parent=0),
        Block(kind=BlockKind.CELL, start=8, end=9, parent=1),
        Block(kind=BlockKind.CELL, start=10, end=11, parent=1),
        Block(kind=BlockKind.NOTE, start=12, end=17, mark="4", parent=0),
    ),
    tables=(
        Table(
            block=1,
            rows=1,
            columns=2,
            cells=(Cell(row=0, column=0, start=8, end=9), Cell(row=0, column=1, start=10, end=11)),
        ),
    ),
    notes=(Note(mark="4", block=4, call=6),),
    anchors=(Anchor(start=0, line=1, column=4), Anchor(start=8, line=2, column=1)),
)
SOURCE = "1. One 12.\na|1"


def _with_block(index: int, **changes: object) -> Document:
    blocks = list(SOUND.blocks)
    blocks[index] = replace(blocks[index], **changes)  # type: ignore[arg-type]
    return replace(SOUND, blocks=tuple(blocks))


def _with_cell(index: int, **changes: object) -> Document:
    cells = list(SOUND.tables[0].cells)
    cells[index] = replace(cells[index], **changes)  # type: ignore[arg-type]
    return replace(SOUND, tables=(replace(SOUND.tables[0], cells=tuple(cells)),))


BROKEN = {
    "control character '\\x00' at 3": replace(SOUND, text=TEXT.replace(" ", "\0")),
    "digest is not a SHA-256": replace(SOUND, digest="0"),
    "path or format is empty": replace(SOUND, path=""),
    "text before block 1 belongs to no block": _with_block(0, end=5),
    "text behind the last block belongs to no block": replace(SOUND, text=TEXT + "more"),
    "block 4 lies outside the text": _with_block(4, end=99),
    "block 4 begins before the block before it": _with_block(4, start=9),
    "block 1 overlaps the block before it": _with_block(0, end=9),
    "block 0 has a parent that does not stand before it": _with_block(0, parent=0),
    "cell block 2 is in no table": _with_block(2, parent=0),
    "cell block 3 lies outside its table": _with_block(1, end=9),
    "block 0 has its mark in the text": _with_block(0, mark="One"),
    "block 0 is a item without a level": _with_block(0, kind=BlockKind.ITEM),
    "table 0 has no table block": replace(SOUND, tables=(replace(SOUND.tables[0], block=0),)),
    "table 0: cell 0,1 lies outside the table": _with_cell(1, end=15),
    "table 0: cell 0,1 lies outside the grid": _with_cell(1, column_span=2),
    "table 0: cell 0,0 is out of order": _with_cell(1, column=0),
    "table 0: cell 0,1 is covered by another": _with_cell(0, column_span=2),
    "table 0: a cell has no block": _with_cell(1, start=11),
    "note 0 has no note block": replace(SOUND, notes=(Note(mark="4", block=0),)),
    "note 0 is called outside the text": replace(SOUND, notes=(Note(mark="4", block=4, call=99),)),
    "note 0 has no mark": replace(SOUND, notes=(Note(mark="", block=4),)),
    "anchor 1 is out of order": replace(SOUND, anchors=SOUND.anchors[::-1]),
    "anchor 1 names 2:2 for 'a', where '|' is written": replace(
        SOUND, anchors=(Anchor(start=8, line=2, column=1), Anchor(start=8, line=2, column=2))
    ),
    "anchor 0 names line 9 of 2": replace(SOUND, anchors=(Anchor(start=0, line=9, column=1),)),
    "gap without a reason or of another stage: Gap(stage='relate', reason='x', span=None, source='')": replace(
        SOUND, gaps=(Gap(stage="relate", reason="x"),)
    ),
}


def test_a_sound_document_has_no_faults() -> None:
    assert faults(SOUND, SOURCE) == []


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_document_is_named(fault: str) -> None:
    assert fault in faults(BROKEN[fault], SOURCE)


def test_the_sample_conforms() -> None:
    assert faults(read(SAMPLE), SAMPLE.read_text(encoding="utf-8")) == []


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not beside this checkout")
@pytest.mark.parametrize(
    "path", sorted(p for p in CORPUS.glob("*.*") if p.suffix in SUFFIXES and p.suffix != ".pdf"), ids=lambda p: p.name
)
def test_documents_of_the_corpus_conform(path: Path) -> None:
    source = path.read_text(encoding="utf-8") if path.suffix in (".md", ".html", ".txt") else None
    assert faults(read(path), source) == []
