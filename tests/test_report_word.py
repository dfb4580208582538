"""Word comments: on the exact words, and nothing else of the file changed."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from typing import TYPE_CHECKING

import pytest
from lxml import etree
from sample_word import sample
from word import (
    HEAD,
    SPACES,
    WordFile,
    cell,
    deleted,
    field_result,
    inserted,
    note,
    note_call,
    paragraph,
    row,
    run,
    table,
    text_box,
)

from audit.errors import AuditError
from audit.read.docx import read
from audit.read.limits import Limits
from audit.report.word import Remark, Spot, annotate, remark

if TYPE_CHECKING:
    from pathlib import Path

    from audit.model import Document

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def document(data: bytes) -> Document:
    return read("report.docx", data, Limits())


def commented(data: bytes, *words: str) -> bytes:
    """The file with a comment on the first place of each of some words."""
    source = document(data)
    notes = []
    for word in words:
        start = source.text.index(word)
        made = remark(source, start, start + len(word), [f"on {word}"])
        assert made is not None
        notes.append(made)
    return annotate(data, notes)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {info.filename: archive.read(info) for info in archive.infolist()}


def ranges(data: bytes) -> dict[str, str]:
    """The text between the marks of each comment, by the text of the comment."""
    made = parts(data)
    texts = {
        c.get(f"{W}id"): " | ".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in c.iter(f"{W}p"))
        for c in etree.fromstring(made["word/comments.xml"])
    }
    opened: dict[str, str] = {}
    closed: dict[str, str] = {}
    references = []
    for element in etree.fromstring(made["word/document.xml"]).iter():
        key = element.get(f"{W}id")
        if element.tag == f"{W}commentRangeStart":
            opened[key] = ""
        elif element.tag == f"{W}commentRangeEnd":
            closed[key] = opened.pop(key)
        elif element.tag == f"{W}commentReference":
            assert key in closed
            references.append(key)
        elif element.tag in (f"{W}t", f"{W}tab"):
            for name in opened:
                opened[name] += element.text or "\t"
    assert not opened
    assert sorted(references) == sorted(closed)
    return {texts[key]: text for key, text in closed.items()}


def test_a_comment_stands_on_the_exact_words() -> None:
    data = WordFile(body=[paragraph(run("Of 1,234 men and 56\twomen.", "<w:b/>"))]).bytes()
    made = commented(data, "1,234", "56\twomen".replace("\t", " "), "Of")
    assert ranges(made) == {"on 1,234": "1,234", "on 56 women": "56\twomen", "on Of": "Of"}
    assert document(made).text == document(data).text
    bold = etree.fromstring(parts(made)["word/document.xml"]).iter(f"{W}r")
    assert all(r.find(f"{W}rPr/{W}b") is not None for r in bold if r.find(f"{W}t") is not None)


def test_comments_may_overlap_and_cross_runs() -> None:
    data = WordFile(body=[paragraph(run("In all 1"), run("2", "<w:i/>"), run("3 people came."))]).bytes()
    made = commented(data, "123", "123 people", "all 12", "3")
    expected = {"on 123": "123", "on 123 people": "123 people", "on all 12": "all 12", "on 3": "3"}
    assert ranges(made) == expected
    assert document(made).text == "In all 123 people came.\n"


def test_comments_stand_in_insertions_links_controls_fields_and_cells() -> None:
    body = [
        paragraph(run("A "), deleted("1 old"), inserted(run("2 new")), run(" end.")),
        paragraph(f'<w:hyperlink w:anchor="x">{run("see 3 links")}</w:hyperlink>'),
        f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('In a control 4.')}</w:sdtContent></w:sdt>",
        paragraph(field_result(" =1+4 ", run("result 5"))),
        table(row("Item", cell(paragraph(run("6"), run("7"), run(" cells")))), row("x", "8")),
    ]
    data = WordFile(body=body).bytes()
    words = ("new", "3", "control 4", "5", "67 cells")
    made = commented(data, *words)
    assert ranges(made) == {f"on {word}": word for word in words}
    assert document(made).text == document(data).text
    assert "1 old" in etree.tostring(etree.fromstring(parts(made)["word/document.xml"]), encoding="unicode")


def test_a_note_is_commented_at_its_call_and_a_text_box_at_its_host() -> None:
    data = WordFile(
        body=[
            paragraph(run("Known cases"), note_call(4), run(" rose.")),
            paragraph(run("Host "), text_box(paragraph("In the box 9."))),
        ],
        footnotes=[note(4, "Of these, 12 are open.")],
    ).bytes()
    made = commented(data, "12", "9")
    assert set(ranges(made)) == {"“12” | on 12", "“9” | on 9"}
    tree = etree.fromstring(parts(made)["word/document.xml"])
    for kind in ("footnoteReference", "drawing"):
        host = next(r for r in tree.iter(f"{W}r") if any(True for _ in r.iter(f"{W}{kind}")))
        assert host.getprevious().tag == f"{W}commentRangeStart"
        assert host.getnext().tag == f"{W}commentRangeEnd"
    assert document(made).text == document(data).text


def test_existing_comments_are_kept() -> None:
    once = commented(WordFile(body=[paragraph(run("One 11 of 22"))]).bytes(), "11")
    twice = commented(once, "One 11", "22")
    assert ranges(twice) == {"on 11": "11", "on One 11": "One 11", "on 22": "22"}
    for name in ("[Content_Types].xml", "word/_rels/document.xml.rels"):
        assert parts(twice)[name] == parts(once)[name]


def test_every_other_entry_keeps_every_bit() -> None:
    file = WordFile(body=[paragraph("Total 12.")], extra={"word/media/image1.png": b"\x89PNG" + bytes(range(256)) * 40})
    data = file.bytes()
    made = commented(data, "12")
    changed = {"word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"}
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(io.BytesIO(made)) as after:
        assert set(after.namelist()) == {*before.namelist(), "word/comments.xml"}
        for info in before.infolist():
            if info.filename in changed:
                continue
            other = after.getinfo(info.filename)
            raw = [
                content[i.header_offset : i.header_offset + 30 + len(i.filename) + i.compress_size]
                for content, i in ((data, info), (made, other))
            ]
            assert raw[0] == raw[1], info.filename


def test_the_same_comments_give_the_same_bytes_and_none_change_nothing() -> None:
    data = WordFile(body=[paragraph("Total 12.")]).bytes()
    assert commented(data, "12") == commented(data, "12")
    assert annotate(data, []) == data


def test_places_that_no_longer_exist_fall_back_to_a_run_near_them() -> None:
    data = WordFile(body=[paragraph("First 1."), paragraph("Second 2.")]).bytes()
    for name, stands_on in (("document/1/77", "Second 2."), ("document/99/0", "First 1."), ("lost", "First 1.")):
        spot = Spot(run=name, offset=0)
        made = annotate(data, [Remark(start=spot, end=spot, text=("moved",), quote="7")])
        assert ranges(made) == {"“7” | moved": stands_on}


def test_characters_xml_cannot_hold_are_replaced() -> None:
    data = WordFile(body=[paragraph("Total 12.")]).bytes()
    spot = Spot(run="document/0/0", offset=6)
    made = annotate(data, [Remark(start=spot, end=Spot(run=spot.run, offset=8), text=("a\x00b\ud800 <&>",))])
    assert ranges(made) == {"a\ufffdb\ufffd <&>": "12"}


def test_what_is_no_word_file_is_refused() -> None:
    spot = Spot(run="document/0/0", offset=0)
    notes = [Remark(start=spot, end=spot, text=("x",))]
    with pytest.raises(AuditError, match="it is damaged"):
        annotate(b"PK\x03\x04 cut off", notes)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", f"{HEAD}<w:document {SPACES}><w:body/></w:document>")
    with pytest.raises(AuditError, match="it holds no text"):
        annotate(stream.getvalue(), notes)


def test_every_figure_of_the_sample_can_be_commented() -> None:
    _, data = sample()
    source = document(data)
    places = [i for i, c in enumerate(source.text) if c.isdigit() and not source.text[i - 1 : i].isdigit()]
    words, notes = [], []
    for number, start in enumerate(places):
        end = start
        while source.text[end].isdigit() or (source.text[end] in ",." and source.text[end + 1].isdigit()):
            end += 1
        made = remark(source, start, end, [f"{number}"])
        assert made is not None
        words.append(source.text[start:end])
        notes.append(made)
    made_ranges = ranges(annotate(data, notes))
    assert len(made_ranges) == len(words) > 900
    exact = {key: text for key, text in made_ranges.items() if not key.startswith("“")}
    assert all(text == words[int(key)] for key, text in exact.items())
    assert len(exact) > 0.85 * len(words)
    assert document(annotate(data, notes)).text == source.text


def test_a_comment_shares_its_number_with_nothing() -> None:
    data = WordFile(
        body=[paragraph(run("Known 1"), note_call(40), inserted(run(" of 2")))], footnotes=[note(40, "Text.")]
    ).bytes()
    comments = etree.fromstring(parts(commented(data, "1", "2"))["word/comments.xml"])
    assert [c.get(f"{W}id") for c in comments] == ["41", "42"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_keeps_the_comments(tmp_path: Path) -> None:
    body = [
        paragraph(run("Of 1,234 men"), note_call(3), run(" and "), inserted(run("56 women")), run(".")),
        table(row("a", "78"), row("b", "9")),
    ]
    data = WordFile(body=body, footnotes=[note(3, "In 10 places.")]).bytes()
    path = tmp_path / "made.docx"
    path.write_bytes(commented(data, "1,234", "56", "78", "10"))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    out = tmp_path / "out"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(out),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    again = (out / "made.docx").read_bytes()
    assert {k: v for k, v in ranges(again).items() if k[0] != "“"} == {
        "on 1,234": "1,234",
        "on 56": "56",
        "on 78": "78",
    }
    assert "In 10 places." in document(again).text
