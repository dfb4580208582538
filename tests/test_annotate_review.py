"""Answers in an annotated file, read back as decisions and written as waivers."""

from __future__ import annotations

import io
import re
import tomllib
import zipfile
from typing import TYPE_CHECKING

import pypdf
import pytest
from openpyxl import load_workbook
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, TextStringObject
from test_annotate import NEEDS_OFFICE, WRONG, annotated, converted, pdf_of, workbook
from test_report_word import parts
from word import WordFile, paragraph

from audit.cli import run as addsup
from audit.report.answers import Decision, answer
from audit.report.word.replies import replies

if TYPE_CHECKING:
    from pathlib import Path

TWO = (WRONG, "It heard 31 people (12 women and 20 men) in 2024.")
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
_KIND = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"


@pytest.mark.parametrize(
    ("said", "resolved", "decision", "reason", "until"),
    [
        ([], False, Decision.OPEN, "", ""),
        ([], True, Decision.RESOLVED, "", ""),
        ([("Ana", "The groups overlap.")], False, Decision.WAIVE, "The groups overlap.", ""),
        ([("Ana", "Waive: they\noverlap, until 2027-01-31")], True, Decision.WAIVE, "they overlap", "2027-01-31"),
        ([("Ana", "Not an error: cases, not people")], True, Decision.NOT_AN_ERROR, "cases, not people", ""),
        ([("Ana", "Waived.")], True, Decision.RESOLVED, "", ""),
        ([("Ana", "Is this so?")], True, Decision.ASKED, "Is this so?", ""),
        ([("Ana", "Will fix")], True, Decision.FIX, "Will fix", ""),
        ([("Ana", "Corrected to 67")], False, Decision.FIX, "Corrected to 67", ""),
        ([("Ana", "Is this so?"), ("Bo", "The groups overlap.")], False, Decision.WAIVE, "The groups overlap.", ""),
        ([("Ana", "The groups overlap."), ("Bo", "OK, thanks")], True, Decision.FIX, "OK, thanks", ""),
    ],
)  # fmt: skip
def test_what_an_answer_decides(
    said: list[tuple[str, str]], resolved: bool, decision: Decision, reason: str, until: str
) -> None:
    made = answer("1afc30e5382b", said, resolved=resolved)
    assert (made.decision, made.reason, made.until) == (decision, reason, until)
    assert made.owner == (said[-1][0] if said else "")


def answered(data: bytes, *threads: tuple[tuple[str, str] | None, bool]) -> bytes:
    """A Word file as Word saves it after somebody answered its first comments: a reply or none, ticked or not."""
    made = parts(data)
    comments = made["word/comments.xml"].decode()
    about = ""
    for number, (reply, done) in enumerate(threads):
        key = f"{number + 1:08X}"
        head, _, rest = comments.partition("</w:comment>" if not number else "<!--next-->")
        last = head.rindex("<w:p>")
        head = f'{head[:last]}<w:p w14:paraId="{key}">{head[last + 5 :]}'
        rest = rest.replace("</w:comment>", "<!--next-->", 1)
        comments = f"{head}</w:comment>{rest}"
        about += f'<w15:commentEx w15:paraId="{key}" w15:done="{int(done)}"/>'
        if reply is not None:
            own = f"{number + 100:08X}"
            body = f'<w:p w14:paraId="{own}"><w:r><w:t>{reply[1]}</w:t></w:r></w:p>'
            new = f'<w:comment w:id="{number + 900}" w:author="{reply[0]}">{body}</w:comment>'
            comments = comments.replace("</w:comments>", f"{new}</w:comments>")
            made["word/document.xml"] = _beside(made["word/document.xml"], number, number + 900)
            about += f'<w15:commentEx w15:paraId="{own}" w15:paraIdParent="{key}" w15:done="{int(done)}"/>'
    comments = comments.replace("<!--next-->", "</w:comment>")
    made["word/comments.xml"] = comments.replace("<w:comments ", f'<w:comments xmlns:w14="{_W14}" ', 1).encode()
    made["word/commentsExtended.xml"] = f'<w15:commentsEx xmlns:w15="{_W15}">{about}</w15:commentsEx>'.encode()
    links = "word/_rels/document.xml.rels"
    link = f'<Relationship Id="rIdEx" Type="{_KIND}" Target="commentsExtended.xml"/></Relationships>'
    made[links] = made[links].replace(b"</Relationships>", link.encode())
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in made.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _beside(document: bytes, number: int, reply: int) -> bytes:
    """The text with the marks of a reply around those of the comment of a place in the order of the file."""
    mark = list(re.finditer(rb'<w:commentRangeStart w:id="(\d+)"/>', document))[number]
    begin, end = (b'<w:commentRangeStart w:id="%d"/>' % reply, b'<w:commentRangeEnd w:id="%d"/>' % reply)
    reference = b'<w:commentReference w:id="%s"/></w:r>' % mark[1]
    other = b'<w:r><w:commentReference w:id="%d"/></w:r>' % reply
    document = document.replace(mark[0], mark[0] + begin)
    return document.replace(reference, reference + end + other)


class TestWord:
    @pytest.fixture
    def copy(self, tmp_path: Path) -> Path:
        annotated(tmp_path / "report.docx", WordFile(body=[paragraph(text) for text in TWO]).bytes())
        return tmp_path / "report.addsup.docx"

    def test_an_untouched_copy_is_open(self, copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert addsup(["review", str(copy)]) == 0
        assert capsys.readouterr().out.splitlines()[-1] == "2 open"

    def test_a_reply_becomes_a_waiver_of_the_original(self, copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
        copy.write_bytes(answered(copy.read_bytes(), (("Ana López", "Groups overlap 😀"), True), (None, True)))
        waivers = copy.parent / "waivers.toml"
        assert addsup(["review", str(copy), "--waivers", str(waivers)]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert lines[0].split("  ")[1] == "waive"
        assert lines[0].endswith("47 is given as the total of 2 parts, but the parts give 67")
        assert lines[1] == "    Ana López: Groups overlap 😀"
        assert lines[-1] == "1 waive, 1 resolved without a reason"
        (entry,) = tomllib.loads(waivers.read_text(encoding="utf-8"))["waiver"]
        assert (entry["owner"], entry["reason"]) == ("Ana López", "Groups overlap 😀")
        assert entry["document"] == str(copy.parent / "report.docx")
        assert addsup(["check", str(copy.parent / "report.docx"), "--waivers", str(waivers), "-q"]) == 1
        assert "1 finding (1 error); 1 waived" in capsys.readouterr().out
        # read again, nothing is added twice
        assert addsup(["review", str(copy), "--waivers", str(waivers)]) == 0
        assert "0 waivers added" in capsys.readouterr().err

    def test_a_finding_that_was_mended_is_no_longer_found(self, copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
        data = answered(copy.read_bytes(), (("Ana", "Groups overlap"), True))
        copy.write_bytes(data.replace(b">47<", b">67<"))
        made = parts(data)
        made["word/document.xml"] = made["word/document.xml"].replace(b">47<", b">67<")
        with zipfile.ZipFile(copy, "w") as archive:
            for name, content in made.items():
                archive.writestr(name, content)
        waivers = copy.parent / "waivers.toml"
        assert addsup(["review", str(copy), "--waivers", str(waivers)]) == 0
        assert capsys.readouterr().out.splitlines()[-1] == "1 open, 1 no longer found"
        assert not waivers.exists()

    @NEEDS_OFFICE
    def test_a_tick_survives_libreoffice(self, copy: Path) -> None:
        copy.write_bytes(answered(copy.read_bytes(), (None, True)))
        again = list(replies(converted(copy, "docx:MS Word 2007 XML")))
        assert sorted((said, done) for _, said, done in again) == [([], False), ([], True)]


def test_a_reply_in_a_pdf(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = annotated(tmp_path / "report.pdf", pdf_of(WRONG))
    writer = pypdf.PdfWriter(io.BytesIO(made), incremental=True)
    parent = writer.pages[0].annotations[0]
    reply = {
        "/Type": NameObject("/Annot"),
        "/Subtype": NameObject("/Text"),
        "/Rect": ArrayObject(map(FloatObject, (72, 700, 90, 718))),
        "/T": TextStringObject("Ana"),
        "/Contents": TextStringObject("Not an error: the groups overlap"),
        "/IRT": parent,
    }
    writer.add_annotation(0, DictionaryObject({NameObject(key): value for key, value in reply.items()}))
    with (tmp_path / "report.addsup.pdf").open("wb") as file:
        writer.write(file)
    assert addsup(["review", str(tmp_path / "report.addsup.pdf"), "--waivers", str(tmp_path / "w.toml")]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == ["    Ana: the groups overlap", "1 not-an-error"]
    assert addsup(["check", str(tmp_path / "report.pdf"), "--waivers", str(tmp_path / "w.toml")]) == 0


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_a_decision_in_the_list_of_a_workbook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    annotated(tmp_path / "cases.xlsx", workbook().bytes())
    book = load_workbook(tmp_path / "cases.addsup.xlsx")
    sheet = book["addsup"]
    for column, value in zip("JKLM", ("waive", "Ana", "2027-01-31", "late cases"), strict=True):
        sheet[f"{column}2"] = value
    book.save(tmp_path / "cases.addsup.xlsx")
    assert addsup(["review", str(tmp_path / "cases.addsup.xlsx"), "--waivers", str(tmp_path / "w.toml")]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == ["    Ana: late cases (until 2027-01-31)", "1 waive"]
    (entry,) = tomllib.loads((tmp_path / "w.toml").read_text())["waiver"]
    assert (entry["owner"], entry["until"].isoformat()) == ("Ana", "2027-01-31")


def test_a_file_without_notes_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "report.pdf").write_bytes(pdf_of(WRONG))
    assert addsup(["review", str(tmp_path / "report.pdf")]) == 2
    (only,) = capsys.readouterr().err.splitlines()
    assert "no note of addsup in this file" in only
