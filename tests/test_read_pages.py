"""The sample says the same through Markdown and HTML as through its text: labels, words, notes, table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conformance import faults
from sample_pages import html, markdown, sample, wrapped

from audit.model import BlockKind, Document
from audit.read import read

if TYPE_CHECKING:
    from pathlib import Path

FORMS = {
    "sample.md": markdown,
    "sample.html": html,
    "lists.html": lambda document: html(document, lists=True),
}


@pytest.fixture(scope="module")
def text() -> Document:
    return sample()


@pytest.fixture(scope="module", params=FORMS)
def page(
    request: pytest.FixtureRequest, text: Document, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Document, str]:
    path: Path = tmp_path_factory.mktemp("pages") / request.param
    source = FORMS[request.param](text)
    path.write_text(source, encoding="utf-8")
    return read(path), source


def _labelled(document: Document) -> list[tuple[str, str]]:
    return [(b.label, document.text[b.start : b.end].strip()) for b in document.blocks if b.label]


def test_labels_and_words_of_paragraphs_are_those_of_the_text(page: tuple[Document, str], text: Document) -> None:
    assert _labelled(page[0]) == _labelled(text)


def test_blocks_are_of_the_same_kinds(page: tuple[Document, str], text: Document) -> None:
    prose = (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM)
    assert [b.kind for b in page[0].blocks if b.kind in prose] == [b.kind for b in text.blocks if b.kind in prose]


def test_parents_carry_the_same_labels(page: tuple[Document, str], text: Document) -> None:
    def above(document: Document) -> list[str]:
        items = (b for b in document.blocks if b.kind is BlockKind.ITEM)
        return ["" if b.parent is None else document.blocks[b.parent].label for b in items]

    assert above(page[0]) == above(text)


def test_notes_stand_behind_the_block_that_calls_them(page: tuple[Document, str], text: Document) -> None:
    def notes(document: Document) -> list[tuple[str, str, str, str]]:
        found = []
        for note in document.notes:
            block = document.blocks[note.block]
            assert note.call is not None
            called = document.text[max(0, note.call - 12) : note.call].rstrip()[-8:]  # a space may stand on either side
            label = document.place(note.call, note.call).paragraph
            found.append((note.mark, document.text[block.start : block.end], label, called))
        return found

    assert notes(page[0]) == notes(text)


def test_the_table_has_the_same_cells(page: tuple[Document, str], text: Document) -> None:
    def cells(document: Document) -> list[tuple[int, int, bool, str]]:
        (table,) = document.tables
        assert document.place(table.cells[0].start, table.cells[0].end).paragraph == "49"
        return [(c.row, c.column, c.header, document.text[c.start : c.end]) for c in table.cells]

    assert cells(page[0]) == cells(text)


def test_every_line_and_column_is_true(page: tuple[Document, str]) -> None:
    assert faults(page[0], page[1]) == []


def test_page_furniture_is_left_out(page: tuple[Document, str]) -> None:
    for words in ("Home 12", "Page 3 of 40", "Browser tab", "margin"):
        assert words not in page[0].text
    assert page[0].title == "Replies to the list of issues prior to reporting (CMW/C/MEX/QPR/4)"
    assert (page[0].symbol, page[0].language) == ("CMW/C/MEX/QPR/4", "en")


@pytest.mark.parametrize("width", [60, 72, 78, 100])
def test_lines_broken_at_a_width_give_the_same_paragraphs(width: int, text: Document, tmp_path: Path) -> None:
    source = wrapped(text, width)
    (tmp_path / "wrapped.txt").write_text(source, encoding="utf-8")
    found = read(tmp_path / "wrapped.txt")
    words = [(label, " ".join(words.split())) for label, words in _labelled(text)]
    assert [(label, " ".join(words.split())) for label, words in _labelled(found)] == words
    assert faults(found, source) == []
