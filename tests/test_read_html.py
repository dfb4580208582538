"""HTML: blocks, lists, tables and notes as a browser shows them, each word at its line and column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from blocks import document, notes, outline, rows

from audit.errors import ReadError
from audit.read import Limits, read

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def read_html(tmp_path: Path):
    return lambda source: document(tmp_path, "a.html", source)


def test_white_space_entities_and_inline_tags(read_html) -> None:
    found = read_html(
        "<h1>The <em>2024</em>\n   report</h1>\n"
        "<p>Of 1&nbsp;204 boats,\n  <b>403</b> are&#160;new &amp; A&B; R&D<br>cheap.\n"
        "<p>5 < 6 and a<sub>2</sub> or <span>7</span><span>8</span>"
    )
    assert outline(found) == [
        "#1 | The 2024 report",
        "p | Of 1\u00a0204 boats, 403 are\u00a0new & A&B; R&D cheap.",
        "p | 5 < 6 and a2 or 78",
    ]
    place = found.place(found.text.index("403"), found.text.index("403") + 3)
    assert (place.line, place.column) == (4, 6)


def test_furniture_script_and_hidden_text_are_left_out(read_html) -> None:
    found = read_html(
        "<head><title>Tab</title><style>p { top: 1 }</style><script>if (1 < 2) alert('<p>3</p>')</script></head>"
        "<header><a>4</a></header><nav>5<nav>6</nav>7</nav><div role=navigation>8</div><p hidden>9</p>"
        "<div style='display: none'><p>10</p></div>"
        "<main><header>Eleven</header><p>Twelve</p><footer>Thirteen</footer></main>"
        "<!-- 14 --><template>15</template><footer>16</footer>"
    )
    assert outline(found) == ["p | Eleven", "p | Twelve", "p | Thirteen"]


def test_list_marks_are_those_a_browser_counts(read_html) -> None:
    found = read_html(
        "<p>These:<ol start=4><li>Four<li><p>Five<p>more<ol type=a><li>inner<li value=4>other</ol><li>Six</ol>"
        "<ul><li>dot<ul><li>deep</ul></ul><p>After.<ol reversed start=2><li>two<li>one</ol>"
        "<p>Then:<ol style='list-style-type: upper-roman'><li>I am<li>You are</ol>"
    )
    assert outline(found) == [
        "p | These:",
        "i1 4 | Four",
        "i1 5 | Five",
        "p | more",
        "i2 5 (a) | inner",
        "i2 5 (d) | other",
        "i1 6 | Six",
        "i1 • | dot",
        "i2 • | deep",
        "p | After.",
        "i1 2 | two",
        "i1 1 | one",
        "p | Then:",
        "i1 (I) | I am",
        "i1 (II) | You are",
    ]


def test_table_spans_headers_and_caption(read_html) -> None:
    found = read_html(
        "<table><caption>Table 3. Boats</caption>"
        "<thead><tr><th rowspan=2>Port<th colspan=2>Boats<tr><th>2023<th>2024</thead>"
        "<tr><td>North<td>12<td>14<tr><td>South<td colspan='2'>n/a</table>"
    )
    (table,) = found.tables
    assert rows(found, table) == [
        "t ^Port 1x2 | ^Boats 2x1",
        "t ^2023 | ^2024",
        "t North | 12 | 14",
        "t South | n/a 2x1",
    ]
    assert [(c.row, c.column) for c in table.cells] == [
        (0, 0),
        (0, 1),
        (1, 1),
        (1, 2),
        (2, 0),
        (2, 1),
        (2, 2),
        (3, 0),
        (3, 1),
    ]
    assert (table.caption, table.label) == ("Table 3. Boats", "Table 3")


def test_spacer_columns_and_signs_in_cells_of_their_own(read_html) -> None:
    blank = "<td>&nbsp;</td>"
    found = read_html(
        f"<table><tr><td></td>{blank}<td colspan=3>2021</td>{blank}<td colspan=3>2020</td></tr>"
        f"<tr><td>Income</td>{blank}<td>$</td><td>2,111</td><td></td>{blank}<td>$</td><td>(2,208</td><td>)</td></tr>"
        f"<tr><td>&nbsp;</td>{blank}<td></td><td></td><td></td>{blank}<td></td><td></td><td></td></tr>"
        f"<tr><td>Share</td>{blank}<td></td><td>12.5</td><td>%</td>{blank}<td></td><td>—</td><td>%</td></tr></table>"
    )
    assert rows(found, found.tables[0]) == [
        "t ^ | ^2021 | ^2020",
        "t Income | $2,111 | $(2,208)",
        "t Share | 12.5% | —%",
    ]


def test_tables_that_arrange_the_page_are_prose(read_html) -> None:
    found = read_html(
        "<table><tr><td>(a)<td>First item;<tr><td>(b)<td>second item.</table>"
        "<table><tr><td><table><tr><td>A<td>1<tr><td>B<td>2</table><td>Beside</table><table><tr><td>Only one 5.</table>"
    )
    assert outline(found) == [
        "i1 (a) | First item;",
        "i1 (b) | second item.",
        "t A | 1",
        "t B | 2",
        "p | Beside",
        "p | Only one 5.",
    ]


NOTES = {
    "linked list": (
        '<p>Cost 12<a href="#n1" id="r1"><sup>1</sup></a> million.<p>More.'
        '<ol><li id="n1"><p>In 2020 prices. <a href="#r1">↩</a></ol>'
    ),
    "mutual names": (
        '<p>Cost 12<a href="#_ftn1" name="_ftnref1">[1]</a> million.<p>More.'
        '<div><p><a href="#_ftnref1" name="_ftn1">[1]</a> In 2020 prices.</div>'
    ),
    "mark in the text": (
        '<p>Cost 12<sup><a href="#sd1">1</a></sup> million.<p>More.<div id="sd1"><p>1 In 2020 prices.</p></div>'
    ),
    "raised only": "<p>Cost 12<sup>(1)</sup> million.<p>More.<p><sup>(1)</sup> In 2020 prices.",
    "raised in pieces": "<p>Cost 12<sup>(</sup><sup>1)</sup> million.<p>More.<p><sup>1</sup>In 2020 prices.",
}


@pytest.mark.parametrize("form", NOTES)
def test_notes(read_html, form: str) -> None:
    found = read_html(NOTES[form])
    assert outline(found) == ["p | Cost 12 million.", "n 1 | In 2020 prices.", "p | More."]
    assert notes(found) == ["Cost 12 [1] In 2020 prices."]


def test_notes_of_tables_repeat_their_marks(read_html) -> None:
    table = "<table><tr><th>Port<th>Ships<sup>a</sup><tr><td>North<td>12<tr><td>South<td>7</table>"
    table += "<p><sup>a</sup> Counted in {}."
    found = read_html(
        table.format("May 2023") + table.format("June 2024") + "<p>Area of 12 km<sup>2</sup>, the 3<sup>rd</sup>."
    )
    assert notes(found) == ["Port\tShips [a] Counted in May 2023.", "Port\tShips [a] Counted in June 2024."]
    assert outline(found)[-1] == "p | Area of 12 km², the 3rd."


def test_links_to_other_places_stay_text(read_html) -> None:
    found = read_html('<p>See <a href="#p12">12</a> and <a href="#top">back to top</a>.<p id="p12">12. The paragraph.')
    assert found.text.startswith("See 12 and back to top.\n")


def test_paragraphs_numbered_in_the_text(read_html) -> None:
    found = read_html(
        "<p>1.&nbsp;&nbsp;The plan:<p>(a)&#9;One;<p>(b)&#9;two.<p>2. The end.<br><br>Own paragraph.<br>• Item 3"
    )
    assert outline(found) == [
        "p 1 | The plan:",
        "i1 1 (a) | One;",
        "i1 1 (b) | two.",
        "p 2 | The end.",
        "p | Own paragraph.",
        "i1 • | Item 3",
    ]


def test_page_numbers_between_paragraphs_are_dropped(read_html) -> None:
    found = read_html("<p>We sold 12<p>2<p>boats and<p>3<p>7 nets.<p>4<p>The end.")
    assert outline(found) == ["p | We sold 12 boats and", "p | 7 nets.", "p | The end."]


def test_words_cut_by_tags_and_control_characters_stay_whole(read_html) -> None:
    found = read_html(
        "<p>In 2\x01<i>023, <a href=a>9</a><a href=a>7,9</a>27 boats. <a href=b>Share</a><a href=c>Home</a>"
    )
    assert outline(found) == ["p | In 2023, 97,927 boats. Share Home"]


def test_powers_stay_raised_and_hyphens_that_are_not_seen_go(read_html) -> None:
    found = read_html(
        "<p>12\u00ad34 of 10<sup>6</sup> sites, 1&shy;5 of 2<wbr>5, 10<sup>\u22123</sup> g, Word<sup>TM</sup>.</p>"
    )
    assert outline(found) == ["p | 1234 of 10⁶ sites, 15 of 25, 10⁻³ g, WordTM."]


def test_figures_in_drawings_and_formulas_are_said(read_html) -> None:
    found = read_html("<p>Of 5.<svg><text>42</text><text>North</text></svg></p><math><mn>7</mn></math><svg></svg>")
    assert outline(found) == ["p | Of 5."]
    assert [g.reason for g in found.gaps] == ["2 labels with figures inside drawings or formulas are left out"]


def test_struck_and_inserted_text_follow_the_revisions_asked_for(tmp_path: Path) -> None:
    source = "<p>We sold <del>12</del><ins>14</ins> boats and <s>3</s> nets."
    assert outline(document(tmp_path, "a.html", source)) == ["p | We sold 14 boats and nets."]
    original = Limits(revisions="original")
    assert outline(document(tmp_path, "a.html", source, original)) == ["p | We sold 12 boats and 3 nets."]


def test_a_counted_list_below_a_numbered_paragraph_is_cited_with_brackets(read_html) -> None:
    text = "The paragraph is long enough to be one of a report that counts its paragraphs, unlike the items of a list. "
    pages = [f"<ol start={n}><li>{text}</ol>" for n in range(1, 9)]
    found = read_html("".join(pages) + "<ol start=9><li>It lists:<ol><li>one<li>two</ol></ol>")
    assert [b.label for b in found.blocks[7:]] == ["8", "9", "9 (1)", "9 (2)"]


def test_the_declared_character_set_is_used(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes("<meta charset='iso-8859-1'><p>Año 2024, 12 niños".encode("latin-1"))
    assert read(path).text == "Año 2024, 12 niños\n"
    path.write_bytes("<meta charset='iso-8859-1'><p>de 2023–2024, “47”".encode("cp1252"))
    assert read(path).text == "de 2023–2024, “47”\n"  # as browsers do
    path.write_bytes("<meta charset='utf-16'><p>niños 12".encode())
    assert read(path).text == "niños 12\n"
    path.write_bytes("<meta charset='shift_jis'><p>12 \u5bb6".encode("shift_jis") + b"\xff 13")
    assert read(path).text == "12 \u5bb6\ufffd 13\n"
    path.write_bytes(b"<meta charset='klingon'><p>a")
    with pytest.raises(ReadError, match=r'unknown character set "klingon"; save the file as UTF-8$'):
        read(path)


def test_metadata(read_html) -> None:
    found = read_html(
        '<html lang="es"><meta name="DC.date" content="12 de mayo de 2024"><title>Informe de pesca</title>'
        "<p>El informe de la pesca en el país y de las costas."
    )
    assert (found.title, found.date, found.language) == ("Informe de pesca", "2024-05-12", "es")
