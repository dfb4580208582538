"""Findings in the author's own file: on their exact words, and nothing else of the file changed."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import zipfile
from typing import TYPE_CHECKING

import pypdf
import pytest
from excel import ExcelFile, line
from openpyxl import load_workbook
from sample_word import sample
from test_report_word import parts, ranges
from word import WordFile, note, note_call, paragraph, run, table
from word import row as cells

from audit.cli import run as addsup
from audit.read import read
from audit.report.word.replies import replies

if TYPE_CHECKING:
    from pathlib import Path

WRONG = "The office closed 47 cases (27 by women and 40 by men) in 2023."
SAYS = "error: 47 is given as the total of 2 parts, but the parts give 67"
ROWS = (("North", 185, 120, 305), ("South", 103, 44, 147), ("West", 40, 32, 72), ("East", 77, 61, 138))
TABLE = [("Region", "Women", "Men", "Total"), *ROWS, ("Total", 405, 257, 672)]  # 662 is right
NEEDS_OFFICE = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


def pdf_of(*lines: str, rotate: int = 0, more: bytes = b"") -> bytes:
    """A PDF of one page with lines of Courier 10, each character 6 points wide, from 72, 720 downwards."""
    drawn = "".join(f"BT /F1 10 Tf 72 {720 - 14 * n} Td ({text}) Tj ET\n" for n, text in enumerate(lines)).encode()
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Rotate %d /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>" % rotate,
        b"<< /Length %d >>\nstream\n%sendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table_at = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer\n<< /Size 6 /Root 1 0 R %s>>\nstartxref\n%d\n%%%%EOF\n" % (more, table_at)


def workbook() -> ExcelFile:
    rows = "".join(line(number, *map(str, values)) for number, values in enumerate(TABLE, 1))
    return ExcelFile(sheets={"Cases & more": rows, "Notes": line(1, "Nothing", "here")})


def annotated(path: Path, data: bytes, code: int = 1) -> bytes:
    """The copy that the command writes beside a file."""
    path.write_bytes(data)
    assert addsup(["annotate", str(path)]) == code
    assert path.read_bytes() == data
    return path.with_name(f"{path.stem}.addsup{path.suffix}").read_bytes()


def highlights(data: bytes) -> list[pypdf.generic.DictionaryObject]:
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    return [note.get_object() for page in pages for note in page.annotations or ()]


class TestWord:
    def test_a_comment_on_the_exact_figure(self, tmp_path: Path) -> None:
        data = WordFile(
            body=[paragraph(run("The office closed 4"), run("7 cases (27 by women and 40 by men)."))]
        ).bytes()
        ((text, words),) = ranges(annotated(tmp_path / "report.docx", data)).items()
        assert words == "47"
        first, second, *_, last = text.split(" | ")
        assert (first, second) == (SAYS, "27 + 40 = 67")
        assert last.startswith("(core/parts-unequal-total, finding ")

    def test_every_other_part_of_the_sample_is_the_same(self, tmp_path: Path) -> None:
        before = parts(sample()[1])
        after = parts(annotated(tmp_path / "report.docx", sample()[1]))
        changed = {name for name, data in after.items() if before.get(name) != data}
        assert changed == {
            "[Content_Types].xml", "word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels",
        }  # fmt: skip
        assert set(before) == set(after) - {"word/comments.xml"}

    def test_the_comments_of_the_sample_are_its_findings(self, tmp_path: Path) -> None:
        made = annotated(tmp_path / "report.docx", sample()[1])
        source = read(tmp_path / "report.docx")
        assert addsup(["check", str(tmp_path / "report.docx"), "-o", str(tmp_path / "r.json")]) == 1
        found = json.loads((tmp_path / "r.json").read_text())["findings"]
        said = {text.split(", finding ")[1][:12]: words for text, words in ranges(made).items()}
        assert len(said) == len(found) > 10
        for finding in found:
            place = finding["place"]
            # a deleted word between two runs is not part of what is read
            assert said[finding["fingerprint"][:12]].replace("\t", " ") == source.text[place["start"] : place["end"]]

    @NEEDS_OFFICE
    def test_libreoffice_opens_the_sample(self, tmp_path: Path) -> None:
        annotated(tmp_path / "report.docx", sample()[1])
        path = tmp_path / "report.addsup.docx"
        before = sorted(name for name, _, _ in replies(path.read_bytes()))
        assert len(before) > 10
        assert sorted(name for name, _, _ in replies(converted(path, "docx:MS Word 2007 XML"))) == before


def converted(path: Path, format_: str) -> bytes:
    out = path.parent / "out"
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", format_, "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return next(out.iterdir()).read_bytes()


class TestPdf:
    def test_a_highlight_on_the_figure_behind_the_bytes_of_the_file(self, tmp_path: Path) -> None:
        data = pdf_of("A report.", WRONG)
        made = annotated(tmp_path / "report.pdf", data)
        assert made.startswith(data)
        (found,) = highlights(made)
        assert (found["/Subtype"], found["/T"], found["/F"]) == ("/Highlight", "addsup", 4)
        assert found["/Contents"].split("\n")[:2] == [SAYS, "27 + 40 = 67"]
        # "47" begins behind 18 characters of 6 points; baseline 706, so the line lies a little under and over it
        left, top, right, other_top, below_left, bottom, below_right, other_bottom = map(float, found["/QuadPoints"])
        assert (left, right) == (below_left, below_right)
        assert (top, bottom) == (other_top, other_bottom)
        assert abs(left - (72 + 18 * 6)) < 1.5
        assert abs(right - (72 + 20 * 6)) < 1.5
        assert abs(bottom - 704) < 4
        assert abs(top - 714) < 4
        assert [float(v) for v in found["/Rect"]] == [left, bottom, right, top]

    def test_the_same_file_gives_the_same_bytes(self, tmp_path: Path) -> None:
        data = pdf_of(WRONG, more=b"/ID [<00> <01>] ")
        assert annotated(tmp_path / "one.pdf", data) == annotated(tmp_path / "two.pdf", data)

    def test_nothing_found_is_a_plain_copy(self, tmp_path: Path) -> None:
        data = pdf_of(WRONG.replace("47", "67"))
        assert annotated(tmp_path / "report.pdf", data, code=0) == data

    def test_an_annotated_copy_reads_the_same_and_keeps_its_notes(self, tmp_path: Path) -> None:
        once = annotated(tmp_path / "report.pdf", pdf_of(WRONG))
        twice = annotated(tmp_path / "again.pdf", once)
        assert twice.startswith(once)
        assert read(tmp_path / "again.pdf").text == read(tmp_path / "report.pdf").text
        assert [note["/T"] for note in highlights(twice)] == ["addsup", "addsup"]
        assert len(pypdf.PdfReader(io.BytesIO(twice), strict=True).pages) == 1

    def test_a_file_with_a_stream_of_places_gets_another(self, tmp_path: Path) -> None:
        data = pdf_of(WRONG)
        table = data.index(b"xref\n")
        rows = b"".join(b"\x01" + int(place).to_bytes(4, "big") for place in re.findall(rb"(\d{10}) 00000 n", data))
        body = b"<< /Type /XRef /Size 7 /W [1 4 0] /Index [1 6] /Root 1 0 R /Length 30 >>\nstream\n"
        own = b"\x01" + table.to_bytes(4, "big")
        data = data[:table] + b"6 0 obj\n" + body + rows + own + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % table
        made = annotated(tmp_path / "report.pdf", data)
        assert made.startswith(data + b"\n")
        assert b"\nxref" not in made
        # the page, which holds the list of its notes; the look of the note; the note; the stream of places itself
        assert b"/Index [3 1 7 1 8 1 9 1]" in made
        assert b"/Size 10 " in made
        assert [note["/T"] for note in highlights(made)] == ["addsup"]
        twice = annotated(tmp_path / "again.pdf", made)
        assert [note["/T"] for note in highlights(twice)] == ["addsup", "addsup"]

    def test_a_word_behind_a_paragraph_number_is_marked_at_its_letters(self, tmp_path: Path) -> None:
        data = pdf_of(
            "Report", "1. It met.", "2. Six groups were set up: (1) a; (2) b; (3) c; (4) d; (5) e; (6) f; (7) g."
        )
        (note,) = highlights(annotated(tmp_path / "report.pdf", data))
        left, _, right, _ = map(float, note["/Rect"])
        # characters are 6 points wide and begin at 72: "2. " takes three, "Six" the next three
        assert left == pytest.approx(72 + 3 * 6, abs=1.5)
        assert right == pytest.approx(72 + 6 * 6, abs=1.5)

    def test_a_highlight_is_drawn_so_that_its_words_stay_dark(self, tmp_path: Path) -> None:
        (note,) = highlights(annotated(tmp_path / "report.pdf", pdf_of(WRONG)))
        drawn = note["/AP"]["/N"]
        assert drawn["/Resources"]["/ExtGState"]["/G"]["/BM"] == "/Multiply"
        left, bottom, right, top = map(float, note["/Rect"])
        assert drawn.get_data() == (
            f"/G gs 1.000 0.600 0.550 rg {left:.3f} {bottom:.3f} {right - left:.3f} {top - bottom:.3f} re f"
        ).encode("ascii")

    @pytest.mark.parametrize("rotate", [90, 180, 270])
    def test_a_turned_page_is_marked_where_it_is_printed(self, tmp_path: Path, rotate: int) -> None:
        (found,) = highlights(annotated(tmp_path / "report.pdf", pdf_of(WRONG, rotate=rotate)))
        left, bottom, right, top = map(float, found["/Rect"])
        assert left <= 72 + 18.2 * 6
        assert right >= 72 + 19.8 * 6
        assert bottom < 722
        assert top > 725


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
class TestExcel:
    def test_a_note_on_the_cell_and_a_list_of_findings(self, tmp_path: Path) -> None:
        made = annotated(tmp_path / "cases.xlsx", workbook().bytes())
        book = load_workbook(io.BytesIO(made))
        assert book.sheetnames == ["Cases & more", "Notes", "addsup"]
        noted = {c.coordinate: c.comment for r in book["Cases & more"] for c in r if c.comment}
        assert list(noted) == ["D6"]
        assert noted["D6"].author == "addsup"
        assert noted["D6"].text.split("\n")[1] == "405 + 257 = 662"
        heads, first = list(book["addsup"].values)
        row = dict(zip(heads, first, strict=True))
        assert (row["sheet"], row["cell"], row["words"], row["severity"]) == ("Cases & more", "D6", "672", "error")
        assert row["decision"] is None

    def test_every_other_part_is_the_same(self, tmp_path: Path) -> None:
        data = workbook().bytes()
        made = parts(annotated(tmp_path / "cases.xlsx", data))
        before = parts(data)
        changed = {name for name in before if made[name] != before[name]}
        assert changed == {
            "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml",
        }  # fmt: skip
        assert set(made) - set(before) == {
            "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml", "xl/worksheets/sheet3.xml",
            "xl/worksheets/_rels/sheet1.xml.rels",
        }  # fmt: skip

    def test_the_drawing_of_a_note_names_its_cell(self, tmp_path: Path) -> None:
        made = parts(annotated(tmp_path / "cases.xlsx", workbook().bytes()))
        drawn = made["xl/drawings/vmlDrawing1.vml"].decode()
        assert "<x:Row>5</x:Row><x:Column>3</x:Column>" in drawn  # D6, counted from 0
        sheet = made["xl/worksheets/sheet1.xml"].decode()
        (key,) = re.findall(r'legacyDrawing [^>]*r?:?id="(rId\d+)"', sheet)
        links = made["xl/worksheets/_rels/sheet1.xml.rels"].decode()
        (link,) = re.findall(rf'<Relationship Id="{key}"[^>]*>', links)
        assert link.endswith('vmlDrawing" Target="../drawings/vmlDrawing1.vml"/>')

    def test_a_note_of_the_author_stays_and_more_notes_join_it(self, tmp_path: Path) -> None:
        once = annotated(tmp_path / "cases.xlsx", workbook().bytes())
        book = load_workbook(io.BytesIO(once))
        assert annotated(tmp_path / "again.xlsx", once)
        again = load_workbook(tmp_path / "again.addsup.xlsx")
        assert again["Cases & more"]["D6"].comment.text == book["Cases & more"]["D6"].comment.text
        assert again.sheetnames == ["Cases & more", "Notes", "addsup", "addsup 2"]

    def test_a_formula_in_a_name_stays_a_text(self, tmp_path: Path) -> None:
        rows = workbook().sheets["Cases & more"]
        made = annotated(tmp_path / "cases.xlsx", ExcelFile(sheets={"=1+1 _x0041_": rows}).bytes())
        book = load_workbook(io.BytesIO(made))
        assert (book["addsup"]["A2"].value, book["addsup"]["A2"].data_type) == ("=1+1 A", "s")
        assert book["=1+1 _x0041_"]["D6"].comment is not None

    @NEEDS_OFFICE
    def test_libreoffice_shows_the_note(self, tmp_path: Path) -> None:
        annotated(tmp_path / "cases.xlsx", workbook().bytes())
        again = converted(tmp_path / "cases.addsup.xlsx", "xlsx:Calc MS Excel 2007 XML")
        comment = load_workbook(io.BytesIO(again))["Cases & more"]["D6"].comment
        assert comment.text.split("\n")[1] == "405 + 257 = 662"


class TestRefused:
    def refused(self, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
        assert addsup(["annotate", *arguments]) == 2
        said = capsys.readouterr()
        assert said.out == ""
        (only,) = said.err.splitlines()
        return only

    def test_a_format_that_takes_no_notes(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / "report.txt").write_text(WRONG)
        assert "only Word, PDF and Excel files take notes" in self.refused(capsys, str(tmp_path / "report.txt"))
        assert [path.name for path in tmp_path.iterdir()] == ["report.txt"]

    def test_the_file_itself_is_never_written(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = tmp_path / "report.pdf"
        path.write_bytes(pdf_of(WRONG))
        (tmp_path / "link.pdf").symlink_to(path)
        (tmp_path / "hard.pdf").hardlink_to(path)
        for target in ("report.pdf", "link.pdf", "hard.pdf", "../" + tmp_path.name + "/report.pdf"):
            assert "this is the file itself" in self.refused(capsys, str(path), "-o", str(tmp_path / target))
        assert path.read_bytes() == pdf_of(WRONG)

    def test_a_missing_file_and_an_output_that_cannot_be_written(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert "no such file" in self.refused(capsys, str(tmp_path / "gone.pdf"))
        (tmp_path / "report.pdf").write_bytes(pdf_of(WRONG))
        wrong = str(tmp_path / "gone" / "copy.pdf")
        assert "cannot be written" in self.refused(capsys, str(tmp_path / "report.pdf"), "-o", wrong)

    def test_an_encrypted_pdf(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        writer = pypdf.PdfWriter(io.BytesIO(pdf_of(WRONG)))
        writer.encrypt(user_password="", owner_password="x", algorithm="RC4-128")
        with (tmp_path / "report.pdf").open("wb") as file:
            writer.write(file)
        assert "it is encrypted" in self.refused(capsys, str(tmp_path / "report.pdf"))


def test_what_is_waived_or_known_is_not_written(tmp_path: Path) -> None:
    path, known = tmp_path / "report.pdf", tmp_path / "known.json"
    path.write_bytes(pdf_of(WRONG))
    assert addsup(["baseline", str(path), "-o", str(known)]) == 0
    assert addsup(["annotate", str(path), "--baseline", str(known)]) == 0
    assert highlights((tmp_path / "report.addsup.pdf").read_bytes()) == []
    assert addsup(["annotate", str(path), "--fail-on", "never", "-o", str(tmp_path / "all.pdf")]) == 0
    assert len(highlights((tmp_path / "all.pdf").read_bytes())) == 1


def test_notes_and_tables_of_word_are_reached(tmp_path: Path) -> None:
    rows = [cells(*map(str, values)) for values in TABLE]
    data = WordFile(
        body=[paragraph(run("Known"), note_call(4), run(" cases.")), table(*rows)], footnotes=[note(4, WRONG)]
    ).bytes()
    found = ranges(annotated(tmp_path / "report.docx", data))
    assert sorted(text.split(" | ")[0] for text in found if text.startswith("“")) == ["“47”"]
    assert [words for text, words in found.items() if not text.startswith("“")] == ["672"]
    assert zipfile.is_zipfile(tmp_path / "report.addsup.docx")
