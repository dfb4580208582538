"""The Word reader: numbering, notes, tables, revisions, fields and boxes, the sample, and hostile files."""

from __future__ import annotations

import io
import zipfile

import pytest
from conformance import faults
from sample_word import sample
from word import (
    HEAD,
    SPACES,
    WordFile,
    abstract,
    cell,
    deleted,
    field_result,
    inserted,
    level,
    note,
    note_call,
    number_list,
    numbered,
    paragraph,
    row,
    run,
    style,
    table,
    text_box,
)

from audit.errors import ReadError
from audit.model import BlockKind, Document
from audit.read.docx import read
from audit.read.limits import Limits


def document(file: WordFile | bytes, **limits: object) -> Document:
    data = file if isinstance(file, bytes) else file.bytes()
    source = read("report.docx", data, Limits(**limits))  # type: ignore[arg-type]
    assert faults(source) == []
    return source


def text_of(source: Document) -> list[str]:
    return [source.text[b.start : b.end] for b in source.blocks if b.kind not in (BlockKind.TABLE, BlockKind.CELL)]


def marks(source: Document) -> list[str]:
    return [b.mark for b in source.blocks]


def labels(source: Document) -> list[str]:
    return [b.label for b in source.blocks]


def grid(source: Document, number: int = 0) -> list[tuple[int, int, int, int, str]]:
    return [
        (c.row, c.column, c.row_span, c.column_span, source.text[c.start : c.end]) for c in source.tables[number].cells
    ]


DECIMAL = abstract(1, level(0, "decimal", "%1."), level(1, "lowerLetter", "(%2)"), level(2, "lowerRoman", "(%3)"))
LONG = "A sentence that is long enough to be a paragraph of a report and not an item of some list, by any measure."


# --- the sample -------------------------------------------------------------------------------------------------


def test_the_sample_reads_as_from_text() -> None:
    source, data = sample()
    read_ = document(data)
    boxed = [i for i, b in enumerate(read_.blocks) if read_.text[b.start : b.end].startswith("A box beside the text")]
    assert len(boxed) == 1
    expected = [(b.kind, b.mark, b.label, b.level, source.text[b.start : b.end]) for b in source.blocks]
    found = [
        (b.kind, b.mark, b.label, b.level, read_.text[b.start : b.end])
        for i, b in enumerate(read_.blocks)
        if i not in boxed
    ]
    assert found == expected
    assert [n.mark for n in read_.notes] == [n.mark for n in source.notes]
    before = [source.text[n.call - 20 : n.call] for n in source.notes if n.call is not None]
    assert [read_.text[n.call - 20 : n.call] for n in read_.notes if n.call is not None] == before
    assert (read_.symbol, read_.language, read_.date) == ("CMW/C/MEX/QPR/4", "en", "2025-02-07")
    assert [label for label in labels(read_) if label.isdigit()] == [str(n) for n in range(1, 285)]


# --- numbering --------------------------------------------------------------------------------------------------


def test_numbering_is_inherited_through_a_chain_of_styles() -> None:
    file = WordFile(
        body=[paragraph(LONG, style="C"), paragraph(LONG, style="A"), paragraph(LONG, style="C")],
        styles=[
            style("A", "A", paragraph=numbered(3)),
            style("B", "B", based_on="A"),
            style("C", "C", based_on="B", run="<w:i/>"),
        ],
        numbering=[DECIMAL, number_list(3, 1)],
    )
    assert marks(document(file)) == ["1.", "2.", "3."]


def test_the_level_of_a_style_is_the_one_that_names_it() -> None:
    linked = abstract(
        1,
        level(0, "decimal", "%1.", '<w:pStyle w:val="One"/>'),
        level(1, "decimal", "%1.%2", '<w:pStyle w:val="Two"/>'),
    )
    only = '<w:numPr><w:numId w:val="3"/></w:numPr>'
    file = WordFile(
        body=[paragraph(LONG, style=s) for s in ("One", "Two", "Two", "One", "Two")],
        styles=[style("One", "One", paragraph=only), style("Two", "Two", paragraph=only)],
        numbering=[linked, number_list(3, 1)],
    )
    assert marks(document(file)) == ["1.", "1.1", "1.2", "2.", "2.1"]


def test_levels_restart_under_a_new_number_unless_told_not_to() -> None:
    keeps = abstract(
        2,
        level(0, "upperRoman", "%1."),
        level(1, "decimal", "%2)", '<w:lvlRestart w:val="0"/>'),
    )
    body = [paragraph("x", properties=numbered(n, depth)) for n in (1, 2) for depth in (0, 1, 1, 0, 1)]
    file = WordFile(body=body, numbering=[DECIMAL, keeps, number_list(1, 1), number_list(2, 2)])
    assert marks(document(file)) == ["1.", "(a)", "(b)", "2.", "(a)", "I.", "1)", "2)", "II.", "3)"]


def test_two_lists_share_a_counter_unless_one_starts_anew() -> None:
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
    file = WordFile(
        body=[paragraph(LONG, properties=numbered(n)) for n in (1, 1, 2, 3, 3, 1)],
        numbering=[DECIMAL, number_list(1, 1), number_list(2, 1), number_list(3, 1, start)],
    )
    assert marks(document(file)) == ["1.", "2.", "3.", "7.", "8.", "9."]


def test_a_level_can_be_overridden_whole() -> None:
    other = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1)", start=3)}</w:lvlOverride>'
    file = WordFile(
        body=[paragraph("x", properties=numbered(2)), paragraph("y", properties=numbered(2))],
        numbering=[DECIMAL, number_list(1, 1), number_list(2, 1, other)],
    )
    assert marks(document(file)) == ["C)", "D)"]


def test_number_zero_and_an_unknown_list_switch_numbering_off() -> None:
    file = WordFile(
        body=[paragraph(LONG, style="A", properties=numbered(0)), paragraph(LONG, properties=numbered(99))],
        styles=[style("A", "A", paragraph=numbered(1))],
        numbering=[DECIMAL, number_list(1, 1)],
    )
    assert marks(document(file)) == ["", ""]


@pytest.mark.parametrize(
    ("format_", "text", "expected"),
    [
        ("lowerLetter", "(%1)", ["(z)", "(aa)"]),
        ("lowerRoman", "%1)", ["xxvi)", "xxvii)"]),
        ("decimalZero", "%1", ["26", "27"]),
        ("ordinal", "%1", ["26th", "27th"]),
        ("decimal", "Article %1.", ["Article 26.", "Article 27."]),
        ("none", "", ["", ""]),
    ],
)
def test_number_formats(format_: str, text: str, expected: list[str]) -> None:
    shape = abstract(1, level(0, format_, text, start=26))
    file = WordFile(
        body=[paragraph("x", properties=numbered(1)), paragraph("y", properties=numbered(1))],
        numbering=[shape, number_list(1, 1)],
    )
    assert marks(document(file)) == expected


def test_legal_numbering_writes_roman_parents_in_digits() -> None:
    shape = abstract(1, level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2", "<w:isLgl/>"))
    file = WordFile(
        body=[paragraph(LONG, properties=numbered(1, d)) for d in (0, 1, 0, 1)], numbering=[shape, number_list(1, 1)]
    )
    assert marks(document(file)) == ["I.", "1.1", "II.", "2.1"]


def test_lists_in_lists_are_labelled_by_their_depth() -> None:
    steps = [f'<w:pPr><w:ind w:left="{720 * (d + 1)}" w:hanging="360"/></w:pPr>' for d in range(3)]
    same = [level(d, "decimal", f"%{d + 1}.").replace("</w:lvl>", f"{steps[d]}</w:lvl>") for d in range(2)]
    legal = [level(d, "decimal", t) for d, t in enumerate(("%1.", "%1.%2", "%1.%2.%3"))]
    depths = (0, 1, 1, 0, 1)
    file = WordFile(
        body=[paragraph("x", properties=numbered(n, d)) for n in (1, 2) for d in depths],
        numbering=[abstract(1, *same), abstract(2, *legal), number_list(1, 1), number_list(2, 2)],
    )
    assert labels(document(file)) == ["1", "1 1", "1 2", "2", "2 1", "1", "1.1", "1.2", "2", "2.1"]


def test_typed_and_automatic_marks_stand_in_one_list() -> None:
    file = WordFile(
        body=[
            paragraph(f"12.\t{LONG}"),
            paragraph("\t(a)\tFirst of three;"),
            paragraph("\t(b)\tSecond of three;"),
            paragraph("Third of three.", properties=numbered(4)),
        ],
        numbering=[abstract(4, level(0, "lowerLetter", "(%1)", start=3)), number_list(4, 4)],
    )
    source = document(file)
    assert labels(source) == ["12", "12 (a)", "12 (b)", "12 (c)"]
    assert text_of(source) == [LONG, "First of three;", "Second of three;", "Third of three."]


def test_bullets_in_symbol_fonts_are_read_as_bullets() -> None:
    shape = abstract(1, level(0, "bullet", "\uf0b7"), level(1, "bullet", "o"), level(2, "bullet", "–"))
    file = WordFile(
        body=[paragraph("Introduced:"), *(paragraph("x y", properties=numbered(1, d)) for d in range(3))],
        numbering=[shape, number_list(1, 1)],
    )
    source = document(file)
    assert marks(source) == ["", "•", "◦", "–"]
    assert [b.kind for b in source.blocks[1:]] == [BlockKind.ITEM] * 3


def test_a_gap_ends_the_lines_that_a_colon_introduces() -> None:
    lines = ["Write to:", "The Office", "PO Box 12", "", "Other matters", "A third line"]
    source = document(WordFile(body=[paragraph(line) for line in lines]))
    assert [b.kind.value for b in source.blocks] == ["paragraph", "item", "item", "paragraph", "paragraph"]


# --- headings ---------------------------------------------------------------------------------------------------


def test_headings_by_outline_level_style_and_looks() -> None:
    file = WordFile(
        body=[
            paragraph("Results", style="H2"),
            paragraph("Budget", properties='<w:outlineLvl w:val="2"/>'),
            paragraph(run("Findings of the year", "<w:b/>")),
            paragraph(run("A bold sentence that ends here.", "<w:b/>")),
            paragraph(run("Bold", "<w:b/>"), run(" and not bold")),
            paragraph("Text", style="H2", properties='<w:outlineLvl w:val="9"/>'),
        ],
        styles=[style("H2", "heading 2", paragraph='<w:outlineLvl w:val="1"/>')],
    )
    source = document(file)
    kinds = [(b.kind.value, b.level) for b in source.blocks]
    assert kinds[:2] == [("heading", 2), ("heading", 3)]
    assert [kind for kind, _ in kinds[2:5]] == ["heading", "paragraph", "paragraph"]


# --- notes ------------------------------------------------------------------------------------------------------


def test_notes_bear_their_printed_numbers_not_their_ids() -> None:
    file = WordFile(
        body=[paragraph(run("Some 1,200"), note_call(9), run(" people"), note_call(5), run(" left."))],
        footnotes=[note(5, "Second note."), note(9, "First note, 30 people.")],
    )
    source = document(file)
    assert text_of(source) == ["Some 1,200 people left.", "First note, 30 people.", "Second note."]
    assert [(n.mark, n.call) for n in source.notes] == [("1", 10), ("2", 17)]
    assert [b.mark for b in source.blocks] == ["", "1", "2"]


def test_notes_start_and_restart_where_the_file_says() -> None:
    def section(start: int) -> str:
        return f'<w:footnotePr><w:numStart w:val="{start}"/><w:numRestart w:val="eachSect"/></w:footnotePr>'

    runs = [run("A"), note_call(1), run("B"), note_call(2)]
    first = paragraph(*runs, properties=f"<w:sectPr>{section(8)}</w:sectPr>")
    file = WordFile(
        body=[first, paragraph(run("C"), note_call(3))],
        footnotes=[note(n, f"Note {n}.") for n in (1, 2, 3)],
        section='<w:footnotePr><w:numFmt w:val="lowerLetter"/><w:numRestart w:val="eachSect"/></w:footnotePr>',
        settings='<w:footnotePr><w:numStart w:val="3"/></w:footnotePr>',
    )
    assert [n.mark for n in document(file).notes] == ["8", "9", "c"]


def test_endnotes_count_apart_and_signs_of_the_author_take_no_number() -> None:
    sign = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="3"/><w:t>*</w:t></w:r>'
    file = WordFile(
        body=[paragraph(run("A"), sign, run("B"), note_call(4), run("C"), note_call(2, "endnote"), run("D."))],
        footnotes=[note(3, paragraph("* Signed.")), note(4, "Counted.")],
        endnotes=[note(2, "At the end.", kind="endnote")],
    )
    source = document(file)
    assert text_of(source) == ["ABCD.", "Signed.", "Counted.", "At the end."]
    assert [(n.mark, n.call) for n in source.notes] == [("*", 1), ("1", 2), ("i", 3)]


def test_a_number_typed_as_mark_is_cut_off_its_note_too() -> None:
    def call(key: int, mark: str) -> str:
        return f'<w:r><w:footnoteReference w:customMarkFollows="1" w:id="{key}"/><w:t>{mark}</w:t></w:r>'

    file = WordFile(
        body=[paragraph(run("A"), call(3, "4"), run("B"), call(4, "5"), run("C"), note_call(5), run("D."))],
        footnotes=[note(3, paragraph("4See 5.")), note(4, paragraph("52 States.")), note(5, paragraph("7 States."))],
    )
    assert text_of(document(file)) == ["ABCD.", "See 5.", "52 States.", "7 States."]


def test_a_note_without_its_text_is_a_gap() -> None:
    source = document(WordFile(body=[paragraph(run("A"), note_call(4))]))
    assert [g.reason for g in source.gaps] == ["footnote 1 is called but its text is not in the file"]


def test_raised_digits_typed_by_hand_do_not_join_the_figure() -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    file = WordFile(
        body=[
            paragraph(
                run("53,177"), run("3", raised), run(" on the 19"), run("th", raised), run(" of 4 km"), run("2", raised)
            )
        ]
    )
    assert document(file).text == "53,177³ on the 19th of 4 km²\n"


# --- revisions, fields, controls, boxes -------------------------------------------------------------------------


def test_tracked_changes_are_accepted_or_left_aside() -> None:
    file = WordFile(body=[paragraph(run("In all 1"), deleted("2"), inserted(run("3")), run(",000 people."))])
    assert document(file).text == "In all 13,000 people.\n"
    assert document(file, revisions="original").text == "In all 12,000 people.\n"


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    gone = '<w:rPr><w:del w:id="9" w:author="A"/></w:rPr>'
    file = WordFile(body=[paragraph("One ", properties=gone), paragraph("two."), paragraph("Three.")])
    assert text_of(document(file)) == ["One two.", "Three."]
    assert text_of(document(file, revisions="original")) == ["One ".strip(), "two.", "Three."]


def test_text_that_runs_on_into_nothing_is_kept() -> None:
    gone = '<w:rPr><w:del w:id="9" w:author="A"/></w:rPr>'
    file = WordFile(
        body=[paragraph("One", properties=gone), table(row("a", "1"), row("b", "2")), paragraph("Two", properties=gone)]
    )
    assert text_of(document(file)) == ["One", "Two"]
    cut = table(row(cell(paragraph("One", properties=gone)), "1"), row("b", "2"))
    assert [c[4] for c in grid(document(WordFile(body=[cut])))] == ["One", "1", "b", "2"]


def test_deleted_and_inserted_rows() -> None:
    file = WordFile(
        body=[
            table(
                row("Item", "Cases"),
                row("Old", "1", properties='<w:del w:id="1" w:author="A"/>'),
                row("New", "2", properties='<w:ins w:id="2" w:author="A"/>'),
            )
        ]
    )
    assert [c[4] for c in grid(document(file))] == ["Item", "Cases", "New", "2"]
    assert [c[4] for c in grid(document(file, revisions="original"))] == ["Item", "Cases", "Old", "1"]


def test_results_of_fields_are_text_and_codes_are_not() -> None:
    inner = field_result(" PAGE 77 ", run("88"))
    file = WordFile(body=[paragraph(run("Total "), field_result(" =SUM(ABOVE) 99 ", run("1,2"), run("34")), run("."))])
    nested = WordFile(
        body=[
            paragraph(
                '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF </w:instrText></w:r>',
                inner,
                '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
                run("Shown"),
                '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            )
        ]
    )
    assert document(file).text == "Total 1,234.\n"
    assert document(nested).text == "Shown\n"


def test_a_field_that_never_ends_does_not_swallow_the_text() -> None:
    file = WordFile(body=[paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', run("Kept 12."))])
    assert document(file).text == "Kept 12.\n"


def test_a_table_of_contents_is_left_out_and_said() -> None:
    lines = [
        paragraph(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
            run("Results\t12"),
        ),
        paragraph(run("Budget\t14")),
        paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
        paragraph("In all 5 people."),
    ]
    source = document(WordFile(body=lines))
    assert source.text == "In all 5 people.\n"
    assert [g.reason for g in source.gaps] == ["2 line(s) of a table of contents are left out"]


def test_content_controls_and_links_are_read_and_placeholders_are_not() -> None:
    block = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('In a block control: 7.')}</w:sdtContent></w:sdt>"
    empty = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Click here')}</w:sdtContent></w:sdt>"
    file = WordFile(
        body=[
            block,
            paragraph(
                run("A "),
                f"<w:sdt><w:sdtPr/><w:sdtContent>{run('12')}</w:sdtContent></w:sdt>",
                f'<w:hyperlink r:id="rId9">{run("3 B")}</w:hyperlink>',
                empty,
            ),
        ]
    )
    assert text_of(document(file)) == ["In a block control: 7.", "A 123 B"]


def test_text_boxes_are_read_once() -> None:
    file = WordFile(body=[paragraph(run("Host."), text_box(paragraph("In the box: 4."), paragraph("And 5.")))])
    assert text_of(document(file)) == ["Host.", "In the box: 4.", "And 5."]


def test_special_characters() -> None:
    runs = [
        run("53\u00a0177"),
        "<w:r><w:noBreakHyphen/><w:t>349</w:t></w:r>",
        "<w:r><w:t>co</w:t><w:softHyphen/><w:t>operate</w:t></w:r>",
        '<w:r><w:sym w:font="Symbol" w:char="F0B1"/></w:r>',
        run("a\u00adb"),
    ]
    assert document(WordFile(body=[paragraph(*runs)])).text == "53\u00a0177\u2011349cooperate±ab\n"


def test_hidden_text_and_what_is_not_text_are_gaps() -> None:
    file = WordFile(
        body=[
            paragraph(run("Shown"), run(" hidden 12", "<w:vanish/>")),
            paragraph('<w:r><w:drawing><a:graphic><c:chart xmlns:c="urn:c"/></a:graphic></w:drawing></w:r>'),
            '<w:altChunk r:id="rId5"/>',
        ]
    )
    source = document(file)
    assert source.text == "Shown\n"
    assert [g.reason for g in source.gaps] == [
        "1 stretch(es) of hidden text are left out, because they are not printed",
        "1 chart(s) are not read: figures in them are not in the text",
        "1 part(s) of other documents are not read",
    ]


def test_formulas_are_read_on_one_line() -> None:
    half = "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
    assert document(WordFile(body=[paragraph(run("Is "), half, run(" of all."))])).text == "Is 1/2 of all.\n"


# --- tables -----------------------------------------------------------------------------------------------------


def test_merged_cells_stand_once_with_their_spans() -> None:
    file = WordFile(
        body=[
            table(
                row(
                    cell("Region", properties='<w:vMerge w:val="restart"/>'),
                    cell("Cases", properties='<w:gridSpan w:val="2"/>'),
                    properties="<w:tblHeader/>",
                ),
                row(cell("", properties="<w:vMerge/>"), "2022", "2023", properties="<w:tblHeader/>"),
                row("North", "1", "2"),
                widths=[2000, 1000, 1000],
            )
        ]
    )
    source = document(file)
    assert grid(source) == [
        (0, 0, 2, 1, "Region"),
        (0, 1, 1, 2, "Cases"),
        (1, 1, 1, 1, "2022"),
        (1, 2, 1, 1, "2023"),
        (2, 0, 1, 1, "North"),
        (2, 1, 1, 1, "1"),
        (2, 2, 1, 1, "2"),
    ]
    assert [c.header for c in source.tables[0].cells] == [True] * 4 + [False] * 3
    assert (source.tables[0].rows, source.tables[0].columns) == (3, 3)


def test_borders_that_nearly_meet_and_skipped_columns_make_no_columns() -> None:
    file = WordFile(
        body=[
            table(
                row(cell("Item", properties='<w:gridSpan w:val="2"/>'), "Cases"),
                row("North", cell("12", properties='<w:gridSpan w:val="2"/>')),
                widths=[2000, 60, 1000],
            ),
            table(
                row(cell("Item", properties='<w:gridSpan w:val="2"/>'), "Cases"),
                row("South", "13", properties='<w:gridBefore w:val="1"/>'),
                widths=[300, 2000, 1000],
            ),
        ]
    )
    source = document(file)
    for number, (name, figure) in enumerate((("North", "12"), ("South", "13"))):
        shapes = [(0, 0, 1, 1, "Item"), (0, 1, 1, 1, "Cases"), (1, 0, 1, 1, name), (1, 1, 1, 1, figure)]
        assert grid(source, number) == shapes


def test_header_rows_are_found_where_none_is_marked() -> None:
    file = WordFile(
        body=[
            table(
                row(cell("All claims", properties='<w:gridSpan w:val="3"/>')),
                row("Kind", "2022", "2023"),
                row(cell("Adults", properties='<w:gridSpan w:val="3"/>')),
                row("Filed", "14", "15"),
                widths=[900, 900, 900],
            )
        ]
    )
    assert [c.header for c in document(file).tables[0].cells] == [True] * 4 + [False] * 4


def test_indents_of_a_row_are_kept_as_spaces() -> None:
    deep = paragraph("Women", properties='<w:ind w:left="240"/>')
    source = document(WordFile(body=[table(row("Total", "5"), row(cell(deep), "3"), row("   Men", "2"))]))
    assert [c[4] for c in grid(source)] == ["Total", "5", "  Women", "3", "   Men", "2"]


def test_a_caption_names_the_table_below_it() -> None:
    file = WordFile(
        body=[paragraph("Table 3: Cases by region", style="Cap"), table(row("North", "1"), row("South", "2"))]
    )
    file.styles = [style("Cap", "caption")]
    source = document(file)
    assert (source.tables[0].caption, source.tables[0].label) == ("Table 3: Cases by region", "Table 3")
    assert source.blocks[0].kind is BlockKind.CAPTION


def test_frames_are_read_as_text_and_inner_tables_follow() -> None:
    frame = table(row(cell(paragraph(f"1.\t{LONG}"))))
    outer = table(row("A", cell("B", table(row("in", "7")))), row("C", "D"))
    source = document(WordFile(body=[frame, outer]))
    assert labels(source)[0] == "1"
    assert [[c[4] for c in grid(source, n)] for n in range(2)] == [["A", "B", "C", "D"], ["in", "7"]]


def test_figures_laid_out_with_tabs_are_a_table() -> None:
    lines = ["Cases by year:", "\t2022\t2023", "North\t1,200\t1,300", "South\t15\t16", f"12.\t{LONG}", "Name\tOffice"]
    source = document(WordFile(body=[paragraph(run(line)) for line in lines]))
    assert [(r, c, text) for r, c, _, _, text in grid(source)] == [
        *((0, 0, ""), (0, 1, "2022"), (0, 2, "2023")),
        *((1, 0, "North"), (1, 1, "1,200"), (1, 2, "1,300")),
        *((2, 0, "South"), (2, 1, "15"), (2, 2, "16")),
    ]
    assert text_of(source) == ["Cases by year:", LONG, "Name Office"]
    anchor = source.anchor_at(source.text.index("1,300"))
    assert anchor is not None
    assert (anchor.run, anchor.offset) == ("document/2/0", 12)


# --- places -----------------------------------------------------------------------------------------------------


def test_every_character_finds_its_run() -> None:
    file = WordFile(
        body=[
            paragraph(run("Of "), run("1,2"), inserted(run("34\tmen")), run(".")),
            table(row(cell(paragraph(run("Tot"), run("al"))), "7"), row("x", "8")),
        ]
    )
    source = document(file)
    places = {}
    for word in ("Of", "1,2", "34", "men", "al"):
        start = source.text.index(word)
        anchor = source.anchor_at(start)
        assert anchor is not None
        places[word] = (anchor.run, anchor.offset + start - anchor.start)
    assert places == {
        "Of": ("document/0/0", 0),
        "1,2": ("document/0/1", 0),
        "34": ("document/0/2", 0),
        "men": ("document/0/2", 3),
        "al": ("document/1/1", 0),
    }


# --- what a document says of itself -----------------------------------------------------------------------------


def test_symbol_and_title_from_properties_first_lines_and_page_headers() -> None:
    file = WordFile(
        body=[paragraph("Report of the Secretary-General", style="T"), paragraph(LONG)],
        styles=[style("T", "Title")],
        header=paragraph("S/2025/504"),
        core="<dc:title>Microsoft Word - draft.doc</dc:title>",
    )
    source = document(file)
    assert (source.title, source.symbol) == ("Report of the Secretary-General", "S/2025/504")


# --- hostile files ----------------------------------------------------------------------------------------------


def archive(**parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in parts.items():
            made.writestr(name.replace("__", "/") + ".xml", text)
    return stream.getvalue()


def refusal(data: bytes, **limits: object) -> str:
    with pytest.raises(ReadError) as caught:
        document(data, **limits)
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_a_protected_file_is_refused() -> None:
    assert refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) == (
        "report.docx: it is password-protected. Save an unprotected copy and run again."
    )


@pytest.mark.parametrize("kept", [40, 600, -30])
def test_a_truncated_file_is_refused(kept: int) -> None:
    data = WordFile(body=[paragraph("x" * 3000)]).bytes()
    assert "is damaged or was cut off" in refusal(data[:kept])


def test_a_bomb_is_refused_whatever_its_header_says() -> None:
    data = archive(word__document=f"<w:document {SPACES}><w:body>{' ' * 3_000_000}</w:body></w:document>")
    assert "unpacks to more than 1,000,000 bytes" in refusal(data, max_unpacked=1_000_000)
    lying = data.replace(
        (3_000_000 + len(f"<w:document {SPACES}><w:body></w:body></w:document>")).to_bytes(4, "little"),
        (500).to_bytes(4, "little"),
    )
    assert lying != data
    assert "damaged" in refusal(lying, max_unpacked=1_000_000)


def test_entities_are_refused() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    for entities, name in ((f'<!ENTITY l0 "ha">{laughs}', "l9"), ('<!ENTITY x SYSTEM "file:///etc/hostname">', "x")):
        body = f"<w:document {SPACES}><w:body><w:p><w:r><w:t>&{name};</w:t></w:r></w:p></w:body></w:document>"
        assert "declares entities" in refusal(archive(word__document=f"{HEAD}<!DOCTYPE w [{entities}]>{body}"))


def test_depth_broken_xml_and_a_missing_text_part_are_refused() -> None:
    nested = "<w:sdt><w:sdtContent>" * 400 + "</w:sdtContent></w:sdt>" * 400
    deep = f"<w:document {SPACES}><w:body>{nested}</w:body></w:document>"
    assert "nests too deep" in refusal(archive(word__document=deep))
    assert "is not well-formed XML" in refusal(archive(word__document=f"<w:document {SPACES}><w:body>"))
    assert "has no text part" in refusal(archive(word__other="<x/>"))


def test_too_many_cells_are_refused() -> None:
    wide = WordFile(body=[table(*(row(*("1" for _ in range(100))) for _ in range(20)))])
    assert "more than 1,000 table cells" in refusal(wide.bytes(), max_cells=1_000)


def test_wild_numbers_in_the_xml_do_no_harm() -> None:
    file = WordFile(
        body=[
            paragraph(LONG, properties=numbered(999999999999999, -5)),
            paragraph(
                LONG, properties='<w:numPr><w:ilvl w:val="77"/><w:numId w:val="1"/></w:numPr><w:ind w:left="x"/>'
            ),
            table(row(cell("a", properties='<w:gridSpan w:val="99999999"/>'), "b"), row("c", "d")),
        ],
        styles=[style("A", "A", based_on="B"), style("B", "B", based_on="A")],
        numbering=[DECIMAL, number_list(1, 1)],
    )
    file.body.append(paragraph("In a ring of styles.", style="A"))
    source = document(file)
    assert text_of(source) == [LONG, LONG, "In a ring of styles."]
    assert source.tables[0].columns == 3
