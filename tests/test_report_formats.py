"""What each format says of a small run; that it meets its published schema; that nothing hostile gets out."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from lxml import etree
from openpyxl import load_workbook
from runs import run_of

from audit.findings import Status
from audit.pipeline import audit
from audit.read import read_bytes
from audit.read.limits import Limits
from audit.report import FORMATS, View, format_for, render
from audit.report.escape import printable
from audit.rulefiles import load_rules

if TYPE_CHECKING:
    from audit.findings import Run

SCHEMAS = Path(__file__).resolve().parents[1] / ".." / "shared" / "schemas"
TEXT = (
    "Report\n\n"
    "1. Of 67 victims (27 women and 40 men) all were heard.\n\n"
    "2. It helped 47 people (27 women and 40 men) in 2023.\n\n"
    "3. There were 12 visits.\n"
)
HOSTILE = (
    'It closed 47 </script><script>alert("x")</script> cases (27 <img src=x onerror=alert(1)> new and 40 old '
    "=cmd|'/c calc'!A0 \x1b[31m \u202e[/b]) | `code` **bold** @someone ]]> &amp; ::error::x %0A in 2023.\n"
)


@pytest.fixture(scope="module")
def run() -> Run:
    return run_of(TEXT)


@pytest.fixture(scope="module")
def hostile() -> Run:
    found = run_of(HOSTILE, "a <b>'&\"c.txt")
    assert len(found.findings) == 1
    return found


class TestJson:
    def test_the_figures_end_in_four_states(self, run: Run) -> None:
        data = json.loads(render(run, "json"))
        assert data["schema_version"] == "1"
        assert data["sources"][0]["path"] == "report.txt"
        states = {figure["text"]: figure["state"] for figure in data["figures"] if figure["kind"] != "list"}
        assert states["67"] == "verified"
        assert states["47"] == "contradicted"
        assert states["12"] == "unchecked"
        assert states["2023"] == "ignored"
        summary = data["summary"]
        assert summary["figures"] == sum(summary[s] for s in ("verified", "contradicted", "unchecked", "ignored"))
        assert summary["by_severity"] == {"error": 1, "warning": 0, "note": 0}

    def test_a_finding_names_claim_place_and_steps(self, run: Run) -> None:
        data = json.loads(render(run, "json"))
        (finding,) = data["findings"]
        claim = next(c for c in data["claims"] if c["id"] == finding["claim"])
        assert claim["verdict"] == "contradicted"
        assert [(o["role"], o["value"]) for o in claim["operands"]] == [("total", "47"), ("part", "27"), ("part", "40")]
        assert claim["gap"] == "-20"
        assert finding["place"]["paragraph"] == "2"
        assert finding["place"]["source"] == data["sources"][0]["id"]
        assert finding["steps"][0] == "27 + 40 = 67"
        figures = {figure["id"]: figure["text"] for figure in data["figures"]}
        assert {(figures[s["figure"]], s["to"]) for s in finding["suggestions"]} >= {("47", "67")}

    def test_values_are_in_full_units(self) -> None:
        data = json.loads(render(run_of("It spent 16.9 thousand dollars, or 82.4 per cent.\n"), "json"))
        values = {figure["text"]: (figure["value"], figure["low"], figure["high"]) for figure in data["figures"]}
        assert ("16900", "16850", "16950") in values.values()
        assert values["82.4 per cent"] == ("82.4", "82.35", "82.45")


class TestSarif:
    def test_it_validates_against_the_published_schema(self, run: Run, hostile: Run) -> None:
        schema = SCHEMAS / "sarif-schema-2.1.0.json"
        if not schema.is_file():
            pytest.skip("the published schema is not here")
        validate = pytest.importorskip("jsonschema").Draft7Validator(json.loads(schema.read_text(encoding="utf-8")))
        for each in (run, hostile):
            assert list(validate.iter_errors(json.loads(render(each, "sarif")))) == []

    def test_a_result_has_line_paragraph_and_a_fingerprint_without_positions(self, run: Run) -> None:
        log = json.loads(render(run, "sarif"))["runs"][0]
        (result,) = log["results"]
        location = result["locations"][0]
        region = location["physicalLocation"]["region"]
        assert (region["startLine"], region["startColumn"], region["endLine"], region["endColumn"]) == (5, 14, 5, 16)
        assert region["snippet"] == {"text": "47"}
        assert location["logicalLocations"][0]["name"] == "paragraph 2"
        assert result["partialFingerprints"] == {"addsup/v1": run.findings[0].fingerprint}
        assert log["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "core/parts-unequal-total"
        replacement = result["fixes"][0]["artifactChanges"][0]["replacements"][0]
        assert replacement["deletedRegion"] == {"startLine": 5, "startColumn": 14, "endColumn": 16}
        assert replacement["insertedContent"] == {"text": "67"}

    def test_a_format_without_lines_has_offsets(self, run: Run) -> None:
        word = replace(run, documents=(replace(run.documents[0], format="docx"),))
        (result,) = json.loads(render(word, "sarif"))["runs"][0]["results"]
        start = run.documents[0].text.index("47")
        region = result["locations"][0]["physicalLocation"]["region"]
        assert (region["charOffset"], region["charLength"]) == (start, 2)

    def test_a_held_finding_is_suppressed(self, run: Run) -> None:
        held = replace(run, findings=(replace(run.findings[0], status=Status.WAIVED),))
        (result,) = json.loads(render(held, "sarif"))["runs"][0]["results"]
        assert result["suppressions"][0]["kind"] == "external"


class TestJunit:
    def test_it_validates_against_the_published_schema(self, run: Run, hostile: Run) -> None:
        schema = SCHEMAS / "junit.xsd"
        if not schema.is_file():
            pytest.skip("the published schema is not here")
        validate = etree.XMLSchema(etree.parse(str(schema)))
        for each in (run, hostile):
            assert validate.validate(etree.fromstring(render(each, "junit"))), validate.error_log

    def test_claims_are_cases(self, run: Run) -> None:
        suite = ET.fromstring(render(run, "junit")).find("testsuite")
        assert suite is not None
        assert (suite.get("failures"), suite.get("errors")) == ("1", "0")
        assert int(suite.get("tests", "0")) == len(run.outcomes)
        failure = suite.find("testcase/failure")
        assert failure is not None
        assert failure.get("message") == "47 is given as the total of 2 parts, but the parts give 67"

    def test_below_the_threshold_nothing_fails(self, run: Run) -> None:
        suite = ET.fromstring(render(run, "junit", View(fails=4))).find("testsuite")
        assert suite is not None
        assert suite.get("failures") == "0"


def test_github_points_at_the_line(run: Run) -> None:
    first = render(run, "github").decode().splitlines()[0]
    assert first.startswith(
        "::error file=report.txt,line=5,title=core/parts-unequal-total%2C paragraph 2,col=14::47 is"
    )
    assert "%0A27 + 40 = 67" in first


def test_gitlab_has_what_code_quality_needs(run: Run) -> None:
    (entry,) = json.loads(render(run, "gitlab"))
    assert entry["severity"] == "critical"
    assert entry["location"] == {"path": "report.txt", "lines": {"begin": 5}}
    assert entry["fingerprint"] == run.findings[0].fingerprint


def test_markdown_quotes_the_sentence_with_the_figure_in_bold(run: Run) -> None:
    text = render(run, "markdown").decode()
    assert text.startswith("### addsup: 1 finding\n")
    assert "> It helped **47** people (27 women and 40 men) in 2023." in text


def test_markdown_fits_a_comment() -> None:
    text = "".join(f"{n}. It closed 4{n} cases ({n} new and 9{n} old) in 2023.\n\n" for n in range(1, 400))
    assert len(render(run_of(text), "markdown").decode()) < 65_536


def test_csv_has_a_row_per_finding(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(render(run, "csv").decode())))
    assert [(row["severity"], row["figure"], row["place"]) for row in rows] == [("error", "47", "paragraph 2")]


class TestXlsx:
    def test_the_log_has_findings_figures_and_room_for_a_decision(self, run: Run) -> None:
        book = load_workbook(io.BytesIO(render(run, "xlsx")))
        assert book.sheetnames == ["Findings", "Figures", "Gaps", "Summary"]
        sheet = book["Findings"]
        head = [cell.value for cell in sheet[1]]
        assert head[-4:] == ["decision", "owner", "until", "reason"]
        assert sheet.cell(2, head.index("figure") + 1).value == "47"

    def test_no_cell_is_a_formula(self, hostile: Run) -> None:
        for each in (hostile, run_of("=1+2 closed 47 cases (27 new and 40 old).\n", "=x.txt")):
            book = load_workbook(io.BytesIO(render(each, "xlsx")))
            assert all(cell.data_type != "f" for sheet in book for line in sheet.iter_rows() for cell in line)


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_run_gives_the_same_bytes(name: str, run: Run) -> None:
    assert render(run, name) == render(run_of(TEXT), name)


@pytest.mark.parametrize("name", FORMATS)
def test_a_text_without_figures_can_be_reported(name: str) -> None:
    assert render(run_of("Nothing to count here.\n"), name)


class TestHostile:
    @pytest.mark.parametrize("name", [name for name in FORMATS if name != "xlsx"])
    def test_no_control_code_gets_out(self, name: str, hostile: Run) -> None:
        out = render(hostile, name).decode()
        if name in ("json", "sarif", "gitlab", "csv"):  # data keep the text; JSON writes the code as an escape
            assert name == "csv" or "\x1b" not in out
        else:
            assert "\x1b" not in out
            assert "\u202e" not in out

    def test_html_runs_no_script_but_its_own(self, hostile: Run) -> None:
        page = render(hostile, "html").decode()
        assert len(re.findall(r"<script\b", page)) == 3
        assert "<img" not in page
        assert "onerror=" not in re.sub(r"&lt;img[^&]*&gt;", "", page)
        assert "default-src 'none'" in page.replace("&#39;", "'")

    def test_markdown_shows_markup_as_text(self, hostile: Run) -> None:
        text = render(hostile, "markdown").decode()
        assert "<script" not in text
        assert "\\*\\*bold\\*\\*" in text
        assert "@someone" not in text

    def test_github_commands_cannot_be_forged(self, hostile: Run) -> None:
        lines = render(hostile, "github").decode().splitlines()
        assert [line for line in lines if line.startswith("::")] == lines[:1]

    def test_csv_cells_are_no_formulas(self) -> None:
        run = run_of("=1+2 closed 47 cases (27 new and 40 old).\n", "=x.txt")
        rows = list(csv.reader(io.StringIO(render(run, "csv").decode())))
        assert all(value[:1] not in ("=", "+", "-", "@") for row in rows for value in row)

    def test_colour_never_reads_markup(self, hostile: Run) -> None:
        out = render(hostile, "text", View(colour=True)).decode()
        assert "[/b]" in out
        assert "\x1b[31m" not in out  # the reader blanks it
        assert printable("\x1b[31m") == "\\x1b[31m"  # and what else is printed shows its code


def test_the_ending_of_a_file_names_its_format() -> None:
    endings = {
        "a.json": "json",
        "a.SARIF": "sarif",
        "junit.xml": "junit",
        "a.html": "html",
        "a.xlsx": "xlsx",
        "a.zip": None,
    }
    assert {path: format_for(path) for path in endings} == endings


def test_the_page_shows_the_table_of_a_finding_with_ticks_and_the_suspect() -> None:
    text = (
        "| Region | Upheld | Rejected | Total |\n|---|---:|---:|---:|\n| North | 1,204 | 811 | 2,015 |\n"
        "| South | 987 | 655 | 1,642 |\n| West & Co | 1,033 | 598 | 1,361 |\n| Total | 3,224 | 2,064 | 5,288 |\n"
    )
    run = audit([read_bytes("report.md", text.encode(), Limits())], load_rules())
    lines = [line.rstrip() for line in render(run, "text").decode().splitlines()]
    widths = (11, 8, 10, 9)  # "West & Co", "Upheld", "Rejected", each with room for a tick; "»1,361« ✗"
    south = ("South", "987 ✓", "655 ✓", "1,642 ✗")  # 1,642 is right in its row and a part of the broken column
    west = ("West & Co", "1,033 ✗", "598 ✗", "»1,361« ✗")
    for first, *others in (south, west):
        cells = [first.ljust(widths[0]), *(c.rjust(w) for c, w in zip(others, widths[1:], strict=True))]
        assert "    " + "  ".join(cells) in lines
    page = render(run, "html").decode()
    (shown,) = re.findall(r'<table class="excerpt">(.*?)</table>', page)
    cells = re.findall(r'<t[hd] class="(.*?)">(.*?)</t[hd]>', shown)
    assert [c for c in cells if "suspect" in c[0]] == [("x operand suspect", "1,361")]
    assert ("v", "811") in cells
    assert [c for c in cells if c[1].startswith("West")] == [("", "West &amp; Co")]


def test_of_a_sum_of_very_many_rows_both_ends_and_the_wrong_row_are_shown() -> None:
    rows = [(f"Ward {i}", 300 + 7 * i, 200 + 3 * i) for i in range(200)]
    lines = [f"{name},{a},{b}" for name, a, b in rows]
    foot = [sum(row[k] for row in rows) for k in (1, 2)]
    table = "\n".join(["Ward,Men,Women", *lines, f"Total,{foot[0] + 1000},{foot[1]}"])
    text = render(audit([read_bytes("w.csv", table.encode(), Limits())], load_rules()), "text").decode()
    shown = [line.split()[1] for line in text.splitlines() if line.strip().startswith("Ward ")]
    assert shown == [*map(str, range(10)), *map(str, range(191, 200))]  # the last of the rows is the total


def test_a_figure_in_the_sentence_before_is_shown_too() -> None:
    text = "1. The courses have run since 2023 in every port.\n\n2. Fees fell.\n"
    text = text.replace("every port.", "every port. As of April 2014, four of them had been held.")
    run = run_of(text)
    shown = render(run, "text").decode()
    assert shown.index("“The courses have run since »2023« in every port.”") < shown.index("“As of »April 2014«, four")
    page = render(run, "html").decode()
    (related,) = re.findall(r'<div class="related">(.*?)</div></div>', page, re.DOTALL)
    assert "have run since <mark>2023</mark> in every port." in related


def test_an_amount_in_brackets_between_total_and_net_is_told_as_taken_off() -> None:
    table = (
        "Budget,2024,2025,Change\n"
        'Staff,"8,412","8,730",318\n'
        'Travel,"1,057",969,(88)\n'
        'Total,"9,469","9,699",230\n'
        'Receipts,"(1,264)","(1,310)",(46)\n'
        'Net,"8,205","8,389",184\n'
    )
    run = audit([read_bytes("budget.csv", table.encode(), Limits())], load_rules(("core",)))
    told = [
        [(o["role"], o["value"]) for o in claim["operands"]]
        for claim in json.loads(render(run, "json"))["claims"]
        if claim["kind"] == "footing" and claim["operands"][0]["value"] in ("8205", "230")
    ]
    assert [("total", "8205"), ("part", "9469"), ("less", "1264")] in told
    assert [("total", "230"), ("part", "318"), ("part", "-88")] in told  # a fall among moves is no deduction
