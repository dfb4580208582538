"""Tables of record: what schemas, suites, queries and ties report, and what is refused in one line."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audit.cli import run as addsup

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]

DATA = """\
outcome,closed,north,south
Guidance provided,10,4,6
Joined with others,-3,1,2
Agreement reached,9,4,4
"""
SCHEMA = """\
schema_type: dataframe
columns:
  outcome: {dtype: str, unique: true}
  closed: {dtype: int64, checks: {greater_than_or_equal_to: 0}}
checks:
  foots: {total: closed, parts: [north, south]}
"""
SUITE = {
    "name": "closed",
    "expectations": [
        {"type": "expect_column_values_to_be_between", "kwargs": {"column": "closed", "min_value": 0}},
        {"type": "expect_column_values_to_be_unique", "kwargs": {"column": "outcome"}},
        {"type": "expect_column_sum_to_be_between", "kwargs": {"column": "closed", "min_value": 20}},
    ],
}
TIES = """\
id: tied
title: Report and data agree
severity: error
document: {path: report.txt}
figures:
  closed: {text: "we closed {n} complaints"}
  guided: {text: "guidance in {n} of them"}
  people: {text: "about {n} people"}
ties: [TIES]
why: They are read together.
repair: Correct one of them.
"""

Finding = tuple[str, str, str]  # rule, cell or paragraph, message


@pytest.fixture(autouse=True)
def _place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    Path("data.csv").write_text(DATA, encoding="utf-8")


def settings(**keys: str) -> None:
    lines = [f"{key} = {json.dumps(value)}" for key, value in {"source": "data.csv", **keys}.items()]
    Path("addsup.toml").write_text("[tables.complaints]\n" + "\n".join(lines) + "\n", encoding="utf-8")


def checked(*arguments: str) -> tuple[int, list[Finding]]:
    """Return the exit code and the findings of a check."""
    code = addsup(["check", *arguments, "-o", "out.json"])
    data = json.loads(Path("out.json").read_text(encoding="utf-8"))
    return code, [(f["rule"], f["place"]["cell"], f["message"]) for f in data["findings"]]


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Return what is said of a check that could not be done."""
    capsys.readouterr()
    assert addsup(["check", *arguments, "-o", "out.json"]) == 2
    said = [line for line in capsys.readouterr().err.splitlines() if not line.startswith("addsup: 0 ")]
    lines = [line for line in said if " document" not in line]
    assert len(lines) == 1, lines
    return lines[0].removeprefix("addsup: ")


SCHEMA_FINDINGS = [
    (
        "tables/complaints",
        "B3",
        "complaints, row 3: closed is -3, must be 0 or more; closed is -3, but 1 + 2 = 3",
    ),
    ("tables/complaints", "B4", "complaints, row 4: closed is 9, but 4 + 4 = 8"),
]


def test_a_schema_names_row_column_and_operands() -> None:
    Path("c.yaml").write_text(SCHEMA, encoding="utf-8")
    settings(schema="c.yaml")
    assert checked() == (1, SCHEMA_FINDINGS)


def test_a_table_among_the_documents_is_pointed_at_there() -> None:
    Path("c.yaml").write_text(SCHEMA, encoding="utf-8")
    settings(schema="c.yaml")
    code, found = checked("data.csv")
    assert (code, [f for f in found if f[0].startswith("tables/")]) == (1, SCHEMA_FINDINGS)
    data = json.loads(Path("out.json").read_text(encoding="utf-8"))
    assert [source["path"] for source in data["sources"]] == ["data.csv"]
    assert {f["text"]: f["state"] for f in data["figures"] if f["text"] in ("-3", "9")} == {
        "-3": "contradicted",
        "9": "contradicted",
    }


def test_what_a_schema_asks_and_the_table_obeys_is_verified() -> None:
    Path("c.yaml").write_text(SCHEMA, encoding="utf-8")
    Path("data.csv").write_text(DATA.replace("-3", "3").replace("9,4", "8,4"), encoding="utf-8")
    settings(schema="c.yaml")
    assert checked() == (0, [])
    claims = json.loads(Path("out.json").read_text(encoding="utf-8"))["claims"]
    assert {claim["verdict"] for claim in claims} == {"exact"}
    assert "closed: greater_than_or_equal_to(0) holds in 3 rows of complaints" in {c["equation"] for c in claims}


def test_a_suite_is_run_as_it_is_and_its_order_is_kept() -> None:
    Path("c.json").write_text(json.dumps(SUITE), encoding="utf-8")
    settings(suite="c.json")
    assert checked() == (
        1,
        [
            ("tables/complaints", "B1", "complaints: closed: sum to be between (min_value 20); it is 16"),
            (
                "tables/complaints",
                "B3",
                "complaints, row 3: closed is -3; expected: values to be between (min_value 0)",
            ),
        ],
    )


def test_the_severity_of_an_expectation_is_kept() -> None:
    suite = {"name": "s", "expectations": [{**SUITE["expectations"][0], "severity": "warning"}]}  # type: ignore[dict-item]
    Path("c.json").write_text(json.dumps(suite), encoding="utf-8")
    settings(suite="c.json")
    assert checked()[0] == 0
    assert json.loads(Path("out.json").read_text(encoding="utf-8"))["findings"][0]["severity"] == "warning"


def test_a_query_returns_the_offending_rows() -> None:
    settings(query="-- more in the south\nSELECT * FROM complaints WHERE south > north")
    assert checked() == (
        1,
        [
            (
                "tables/complaints",
                "A2",
                "complaints, row 2: more in the south: outcome Guidance provided, closed 10, north 4, south 6",
            ),
            (
                "tables/complaints",
                "A3",
                "complaints, row 3: more in the south: outcome Joined with others, closed -3, north 1, south 2",
            ),
        ],
    )


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT * FROM read_csv('/etc/passwd')", "the query on complaints fails (Permission Error"),
        ("SET memory_limit='9GB'", "a query is one SELECT"),
        ("SELECT 1; SELECT 2", "a query is one SELECT"),
        ("COPY complaints TO 'x.csv'", "a query is one SELECT"),
        ("SELECT closd FROM complaints", 'Referenced column "closd" not found'),
    ],
)
def test_a_query_reaches_nothing_but_its_tables(query: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    settings(query=query)
    assert said in refused(capsys)
    assert not Path("x.csv").exists()


def tied(*ties: str, report: str) -> None:
    Path("report.txt").write_text(report, encoding="utf-8")
    Path("pack").mkdir(exist_ok=True)
    listed = "".join(f"\n  - {tie}" for tie in ties)
    Path("pack/tied.yaml").write_text(TIES.replace(" [TIES]", listed), encoding="utf-8")
    settings()


REPORT = "In 2024 we closed 16 complaints, with guidance in 10 of them, for about 46.9 thousand people in all.\n"


def test_ties_hold_within_the_rounding_of_the_text() -> None:
    Path("people.csv").write_text("year,people\n2023,40000\n2024,46920\n", encoding="utf-8")
    tied(
        'closed == complaints.sum("closed")',
        'guided == complaints.value("closed", outcome="Guidance provided")',
        'people == persons.value("people", year="2024")',
        report=REPORT,
    )
    with Path("addsup.toml").open("a", encoding="utf-8") as file:
        file.write('[tables.persons]\nsource = "people.csv"\n')
    assert checked("report.txt", "-p", "pack") == (0, [])
    data = json.loads(Path("out.json").read_text(encoding="utf-8"))
    ties = [claim for claim in data["claims"] if claim["kind"] == "tie"]
    assert [claim["verdict"] for claim in ties] == ["exact", "exact", "within_rounding"]


def test_decimals_of_data_stand_for_what_they_were_rounded_from() -> None:
    Path("pack").mkdir()
    Path("pack/rates.csv").write_text("year,rate\n2023,3.4\n2024,3.6\n", encoding="utf-8")
    Path("report.txt").write_text(
        "The rates of 2023 and 2024 make 7.08 together, that of 2024 is 3.62.\n", encoding="utf-8"
    )
    Path("pack/rates.yaml").write_text(
        "id: rates\ntitle: Rates agree\nseverity: error\ndocument: {path: report.txt}\n"
        "figures:\n  both: {text: 'make {n} together'}\n  latest: {text: 'of 2024 is {n}'}\n"
        "tables:\n  rates: {source: rates.csv}\n"
        'ties:\n  - both == rates.sum("rate")\n  - latest == rates.value("rate", year="2024")\n'
        '  - both == rates.sum("rate") + 1\nwhy: x\nrepair: y\n',
        encoding="utf-8",
    )
    # two rates of one decimal: 7.0 within 0.1; one: 3.6 within 0.05; 8.0 within 0.1 does not reach 7.08
    code, found = checked("report.txt", "-p", "pack")
    assert (code, [message for _, _, message in found]) == (1, ['7.08 ≠ 7.0 + 1 = 8.00, says rates.sum("rate")'])


def test_a_tie_that_fails_names_the_value_of_the_data() -> None:
    tied(
        'closed == complaints.sum("closed")',
        'guided == complaints.value("closed", outcome="Guidance provided")',
        "people == complaints.count() * 15650",
        report=REPORT.replace("16", "17"),  # whole numbers of data are exact: one off is wrong
    )
    code, found = checked("report.txt", "-p", "pack")
    assert (code, found) == (1, [("pack/tied", "", '17 ≠ 16, says complaints.sum("closed")')])


@pytest.mark.parametrize(
    ("tie", "said"),
    [
        ('closed == complaints.sum("closd")', 'data.csv has no column "closd"; did you mean "closed"?'),
        ('closed == complaint.sum("closed")', 'which is named nowhere; did you mean "complaints"?'),
        ('closed == complaints.total("closed")', 'a table has no "total"'),
        ('closed == complaints.value("closed")', "3 rows of data.csv fit; add a condition"),
        ('closed == complaints.value("closed", outcome="Gone")', "no row of data.csv fits"),
        ('closed == complaints.sum("outcome")', '"Guidance provided" in row 2 is no number'),
    ],
)  # fmt: skip
def test_a_tie_that_cannot_be_asked_is_one_line(tie: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    tied(tie, "guided == complaints.count()", "people == complaints.count()", report=REPORT)
    assert said in refused(capsys, "report.txt", "-p", "pack")


def test_a_tie_whose_figure_is_not_in_the_text_never_passes(capsys: pytest.CaptureFixture[str]) -> None:
    report = REPORT.replace("we closed 16 complaints", "16 complaints were closed")
    tied(
        'closed == complaints.sum("closed")',
        'guided == complaints.max("closed")',
        "people == complaints.count() * 15650",
        report=report,
    )
    said = refused(capsys, "report.txt", "-p", "pack")
    assert said.startswith(
        'pack/tied.yaml: "closed == complaints.sum("closed")" is not judged; closed: "we closed {n} '
    )


def test_ties_without_their_document_are_a_gap() -> None:
    tied(
        'closed == complaints.sum("closed")',
        "guided == complaints.count()",
        "people == complaints.count()",
        report="x\n",
    )
    Path("other.txt").write_text("Nothing here.\n", encoding="utf-8")
    assert checked("other.txt", "-p", "pack") == (0, [])
    (gap,) = json.loads(Path("out.json").read_text(encoding="utf-8"))["gaps"]
    assert gap["reason"] == "pack/tied: no document of path report.txt is checked, so that its ties are not judged"


def _no_file() -> None:
    settings(source="gone.csv")


def _no_rows() -> None:
    Path("data.csv").write_text("outcome,closed\n", encoding="utf-8")
    settings(query="SELECT * FROM complaints")


def _no_rows_in_a_database() -> None:
    pytest.importorskip("sqlalchemy")
    with sqlite3.connect("data.db") as base:
        base.execute("CREATE TABLE complaints (outcome TEXT, closed INTEGER)")
    Path("c.json").write_text(json.dumps(SUITE), encoding="utf-8")
    settings(source="data.db", suite="c.json")


def _unknown_column_of_a_database() -> None:
    pytest.importorskip("sqlalchemy")
    with sqlite3.connect("data.db") as base:
        base.execute("CREATE TABLE complaints (outcome TEXT, closd INTEGER)")
        base.execute("INSERT INTO complaints VALUES ('Joined', 3)")
    Path("c.json").write_text(json.dumps(SUITE), encoding="utf-8")
    settings(source="data.db", suite="c.json")


def _not_a_workbook() -> None:
    Path("data.xlsx").write_bytes(b"no workbook")
    settings(source="data.xlsx", query="SELECT 1")


def _broken_suite() -> None:
    Path("c.json").write_text(
        '{"name": "s", "expectations": [{"type": "expect_nothing", "kwargs": {}}]}', encoding="utf-8"
    )
    settings(suite="c.json")


def _old_suite() -> None:
    Path("c.json").write_text('{"expectations": [{"expectation_type": "x", "kwargs": {}}]}', encoding="utf-8")
    settings(suite="c.json")


def _empty_suite() -> None:
    Path("c.json").write_text('{"name": "s", "expectations": []}', encoding="utf-8")
    settings(suite="c.json")


def _unknown_column() -> None:
    kwargs = {"column": "closd", "min_value": 0}
    suite = {"name": "s", "expectations": [{"type": "expect_column_values_to_be_between", "kwargs": kwargs}]}
    Path("c.json").write_text(json.dumps(suite), encoding="utf-8")
    settings(suite="c.json")


def _broken_schema() -> None:
    Path("c.yaml").write_text("columns:\n  closed: {dtype: int64, checks: {greater_then: 0}}\n", encoding="utf-8")
    settings(schema="c.yaml")


def _no_schema() -> None:
    Path("c.yaml").write_text("- 1\n", encoding="utf-8")
    settings(schema="c.yaml")


def _unknown_type() -> None:
    Path("c.yaml").write_text("columns:\n  closed: {dtype: integer128}\n", encoding="utf-8")
    settings(schema="c.yaml")


def _python(code: str) -> Callable[[], None]:
    def make() -> None:
        Path("own_code.py").write_text(f"import pandera.pandas as pa\n{code}\n", encoding="utf-8")
        settings(schema="own_code:schema")

    return make


def _schema_is_the_table() -> None:
    settings(schema="data.csv")


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (_schema_is_the_table, 'data.csv: is no schema of pandera; it needs "columns"'),
        (_python("raise RuntimeError('boom')"), "own_code:schema: the schema cannot be imported (RuntimeError: boom)"),
        (_python("raise SystemExit(0)"), "own_code:schema: the schema cannot be imported (SystemExit: 0)"),
        (_python("schema = ("), "own_code:schema: the schema cannot be imported (SyntaxError: "),
        (_python("schema = 7"), "own_code:schema: is no schema of pandera; name a DataFrameSchema or a DataFrameModel"),
        (
            _python("schema = pa.DataFrameSchema({}, parsers=pa.Parser(lambda frame: 1 / 0))"),
            "own_code:schema: does not fit data.csv (",
        ),
        (
            _python("schema = pa.DataFrameSchema({'closed': pa.Column(int, pa.Check(lambda s: 1 / 0, name='odd'))})"),
            "own_code:schema: odd cannot be run on data.csv (ZeroDivisionError",
        ),
        (_no_file, "gone.csv: no such file; check the path of this table"),
        (_no_rows, "data.csv: the table has no rows; a table without rows passes nothing"),
        (_no_rows_in_a_database, "data.db: the table has no rows; a table without rows passes nothing"),
        (_unknown_column_of_a_database, 'c.json: data.db has no column "closed"; did you mean "closd"?'),
        (_not_a_workbook, "data.xlsx: cannot be read as a table ("),
        (_broken_suite, 'c.json: is no suite of Great Expectations (no expectation "expect_nothing"'),
        (_old_suite, "c.json: this suite is of version 0; save it with Great Expectations 1"),
        (_empty_suite, "c.json: the suite expects nothing; an empty suite passes nothing"),
        (_unknown_column, 'c.json: data.csv has no column "closd"; did you mean "closed"?'),
        (_broken_schema, "c.yaml: is no schema of pandera ("),
        (_no_schema, 'c.yaml: is no schema of pandera; it needs "columns"'),
        (_unknown_type, "c.yaml: is no schema of pandera ("),
    ],
)
def test_bad_input_is_one_line_and_never_a_pass(
    make: Callable[[], None], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    make()
    assert refused(capsys).startswith(said)


def test_a_cell_that_keeps_a_column_from_its_type_is_named() -> None:
    Path("data.csv").write_text(DATA.replace("9,4,4", "n.k.,4,4"), encoding="utf-8")
    Path("c.yaml").write_text("columns:\n  closed: {dtype: int64}\n", encoding="utf-8")
    settings(schema="c.yaml")
    assert checked() == (1, [("tables/complaints", "B4", 'complaints, row 4: closed is "n.k.", no whole number')])


def test_blank_lines_and_quotes_do_not_move_the_rows() -> None:
    text = 'outcome,closed\n\n"Guidance,\nprovided",10\n\nJoined,-3\n'
    Path("data.csv").write_text(text, encoding="utf-8")
    Path("c.yaml").write_text("columns:\n  closed: {dtype: int64, checks: {greater_than: 0}}\n", encoding="utf-8")
    settings(schema="c.yaml")
    assert checked() == (1, [("tables/complaints", "B5", "complaints, row 5: closed is -3, must be more than 0")])


def test_blank_lines_do_not_move_the_rows() -> None:
    Path("data.csv").write_text("outcome,closed\n\nGuidance,10\n  \nJoined,-3\n", encoding="utf-8")
    Path("c.yaml").write_text("columns:\n  closed: {dtype: int64, checks: {greater_than: 0}}\n", encoding="utf-8")
    settings(schema="c.yaml")
    assert checked() == (1, [("tables/complaints", "B5", "complaints, row 5: closed is -3, must be more than 0")])


def test_a_suite_runs_inside_sqlite() -> None:
    pytest.importorskip("sqlalchemy")
    with sqlite3.connect("data.db") as base:
        base.execute("CREATE TABLE complaints (outcome TEXT, closed INTEGER)")
        base.executemany("INSERT INTO complaints VALUES (?, ?)", [("Guidance", 10), ("Joined", -3)])
    Path("c.json").write_text(json.dumps(SUITE), encoding="utf-8")
    settings(source="data.db", suite="c.json", key="outcome")
    assert checked() == (
        1,
        [
            ("tables/complaints", "B1", "complaints: closed: sum to be between (min_value 20); it is 7"),
            (
                "tables/complaints",
                "closed of outcome Joined",
                "complaints, outcome Joined: closed is -3; expected: values to be between (min_value 0)",
            ),
        ],
    )


def test_a_rule_file_may_not_name_a_server_or_code() -> None:
    Path("pack").mkdir()
    Path("pack/far.yaml").write_text(
        "id: far\ntitle: Far\nseverity: error\n"
        "tables:\n  a: {source: 'postgresql://host/base', table: a}\n  b: {source: data.csv, schema: 'os:system'}\n"
        "why: x\nrepair: y\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-m", "audit", "check", "data.csv", "-p", "pack"],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    settings_words = "[tables] of the settings"
    assert done.stderr.splitlines() == [
        f'addsup: pack/far.yaml:5:15: "source" must be a path from this file on; put an address into {settings_words}',
        f'addsup: pack/far.yaml:6:33: "schema" must be a YAML file of pandera; name Python code in {settings_words}',
    ]


@pytest.mark.parametrize("source", ["../data.csv", "link.csv"])
def test_a_rule_file_reads_nothing_outside_its_folder(source: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("pack").mkdir()
    Path("pack/link.csv").symlink_to("../data.csv")
    Path("pack/far.yaml").write_text(
        f"id: far\ntitle: Far\nseverity: error\ntables:\n  a: {{source: {source}, query: SELECT * FROM a}}\n"
        "why: x\nrepair: y\n",
        encoding="utf-8",
    )
    assert addsup(["check", "data.csv", "-p", "pack"]) == 2
    where = "lies outside the folder of this rule; name it under [tables] of the settings"
    assert capsys.readouterr().err == f'addsup: pack/far.yaml: "{source}" {where}\n'


def test_a_pattern_beside_a_rule_takes_no_endless_time() -> None:
    Path("data.csv").write_text(f"a,b\n{'a' * 60}b,{'a' * 60}b\n", encoding="utf-8")
    Path("s.yaml").write_text(
        "columns:\n  a: {checks: {str_matches: '(a+)+$'}}\n  b: {checks: {str_matches: '(a+)+$'}}\n", encoding="utf-8"
    )
    table = {
        "name": "t",
        "path": "data.csv",
        "shown": "data.csv",
        "table": "",
        "key": [],
        "engine": "",
        "queries": [],
        "suite": None,
    }
    group = {"rule": "r", "origin": "o", "trusted": False, "folder": ".", "terms": []}
    job = {"groups": [group | {"tables": [table | {"schema": {"path": "s.yaml", "shown": "s.yaml"}}]}]}
    program = (
        "import audit.gate.worker as w, json, pandera.pandas; w._SECONDS = 0.5;"
        f"print(json.dumps(w.work({job!r})['answers'][0]['faults']))"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    ((source, reason),) = json.loads(done.stdout)
    assert source == "s.yaml"
    assert "s.yaml: takes longer than 0.5 s; make its patterns cheaper" in reason


def test_a_schema_may_lie_beside_its_rule() -> None:
    ties = ('closed == complaints.sum("closed")', "guided == complaints.count()", "people == complaints.count()")
    tied(*ties, report=REPORT)
    text = Path("pack/tied.yaml").read_text(encoding="utf-8")
    Path("pack/data.csv").write_text(DATA, encoding="utf-8")
    Path("pack/c.schema.yaml").write_text("columns:\n  closed: {dtype: int64, checks: {greater_than: 0}}\n")
    tables = "tables:\n  own: {source: data.csv, schema: c.schema.yaml}\nties:"
    Path("pack/tied.yaml").write_text(text.replace("ties:", tables), encoding="utf-8")
    found = [message for rule, _, message in checked("report.txt", "-p", "pack")[1]]
    assert "own, row 3: closed is -3, must be more than 0" in found


def test_settings_may_name_a_schema_in_python() -> None:
    Path("own_schemas.py").write_text(
        "import pandera.pandas as pa\n"
        "never_nine = pa.Check(lambda s: s != 9, error='is never nine')\n"
        "complaints = pa.DataFrameSchema({'closed': pa.Column(int, never_nine)})\n",
        encoding="utf-8",
    )
    settings(schema="own_schemas:complaints")
    assert checked() == (1, [("tables/complaints", "B4", "complaints, row 4: closed is 9: fails is never nine")])


def test_a_table_without_schema_and_suite_loads_neither_library() -> None:
    table = {"name": "t", "path": "data.csv", "shown": "data.csv", "table": "", "key": [], "engine": ""}
    asked = {"queries": ["SELECT * FROM t WHERE closed < 0"], "schema": None, "suite": None}
    term = {"text": 't.sum("closed")', "table": "t", "function": "sum", "column": "closed", "where": []}
    group = {"rule": "r", "origin": "o", "trusted": True, "folder": ".", "terms": [term], "tables": [table | asked]}
    program = (
        "import json, sys; from audit.gate.worker import work;"
        f"done = work({ {'groups': [group]}!r})['answers'][0];"
        "loaded = sorted({'pandera', 'great_expectations', 'pyspark'} & set(sys.modules));"
        "print(json.dumps([list(done['checked'][0]['rows']), done['terms'], done['faults'], loaded]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    rows, terms, faults, loaded = json.loads(done.stdout)
    assert (rows, terms['t.sum("closed")']["value"], faults, loaded) == (["1"], "16", [], [])


def test_a_check_without_tables_starts_no_other_process() -> None:
    Path("report.txt").write_text(REPORT, encoding="utf-8")
    program = (
        "import sys; from audit.cli import run; run(['check', 'report.txt']);"
        "sys.stderr.write(' '.join(sorted({'audit.gate', 'pandera', 'great_expectations'} & set(sys.modules))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stderr == ""
    assert done.stdout.startswith("1 document")
