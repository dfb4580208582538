"""Statements: how figures are found, how expectations are judged, what is refused, what a set may hold."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from timing import timed

from audit.errors import RuleError
from audit.manual import entry, statement_template
from audit.pipeline import Limits, audit
from audit.read.markdown import read as read_markdown
from audit.read.text import read as read_text
from audit.rulefiles import load_packs, packs, rules_of
from audit.rulefiles.style import set_faults, style_faults
from audit.rules import Selection
from audit.trial import bites, try_rule

if TYPE_CHECKING:
    from pathlib import Path

    from audit.findings import Outcome, Run

HEAD = """\
id: own
title: Figures do not agree
severity: error
document: {path: "*"}
"""
TAIL = """\
why: A reader adds them up.
repair: Correct one.
"""
REPORT = """\
1.\tIn 2023, 47 persons (27 women and 20 men) arrived, of whom 30 were Hondurans.

2.\tThe programme has three stages: (1) entry; (2) stay; and (3) return. It was paid for by 82.5 per cent of 40 donors.

3.\tIn 2024, 33 of 40 donors paid Mex$ 1,200.50 in May 2024. Families of nine victims were supported.
"""


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def statement(figures: dict[str, str], *expect: str, head: str = HEAD, more: str = "") -> str:
    lines = [f"  {name}: {{{where}}}\n" for name, where in figures.items()]
    expected = [f"  - {text}\n" for text in expect]
    return f"{head}figures:\n{''.join(lines)}expect:\n{''.join(expected)}{more}{TAIL}"


def write(folder: Path, text: str, name: str = "own") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def run(tmp_path: Path, text: str, report: str = REPORT, name: str = "report.txt") -> Run:
    rules = rules_of(load_packs((str(write(tmp_path / "pack", text)),)))
    reader = read_markdown if name.endswith(".md") else read_text
    return audit([reader(name, report.encode(), Limits())], rules)


def outcomes(done: Run) -> list[Outcome]:
    return [outcome for outcome in done.outcomes if "statement" in outcome.claim.detail]


def judged(done: Run) -> list[tuple[str, str]]:
    return [(outcome.verdict.value, outcome.equation) for outcome in outcomes(done)]


def says(done: Run) -> list[tuple[str, str]]:
    return [(finding.severity.value, finding.message) for finding in done.findings]


TOTAL = {
    "total": 'paragraph: "1", text: "{n} persons"',
    "women": 'paragraph: "1", text: "({n} women"',
    "men": 'paragraph: "1", text: "{n} men)"',
}


def test_a_sum_that_holds(tmp_path: Path) -> None:
    assert judged(run(tmp_path, statement(TOTAL, "total == women + men"))) == [("exact", "47 = 27 + 20 = 47")]


def test_a_sum_that_fails_is_one_finding_with_the_figures_in_it(tmp_path: Path) -> None:
    text = statement(TOTAL, "total == women + men", more='message: "{total} persons, but {computed}: {equation}"\n')
    done = run(tmp_path, text, REPORT.replace("20 men", "40 men"))
    assert says(done) == [("error", "47 persons, but 67: 47 ≠ 27 + 40 = 67")]
    assert done.documents[0].text[done.findings[0].at.start : done.findings[0].at.end] == "47"
    assert ("47", "67") in [(s.old, s.new) for s in done.findings[0].suggestions]


@pytest.mark.parametrize(
    ("expect", "verdict", "equation"),
    [
        ("share_paid == share(paid, donors)", "exact", "82.5 = 100 × 33 / 40 = 82.5"),
        ("paid <= donors", "exact", "33 ≤ 40"),
        ("paid > donors", "contradicted", "33 ≤ 40"),
        ("paid < 33", "contradicted", "33 ≥ 33"),
        ("paid != donors", "exact", "33 ≠ 40"),
        ("paid == donors - 7", "exact", "33 = 40 - 7 = 33"),
        ("paid * 2 == 66", "exact", "33 × 2 = 66 = 66"),
        ("donors / paid < 1.2", "contradicted", "40 / 33 = 1.21 ≥ 1.2"),
        ("min(paid, donors) == 33", "exact", "33 = 33"),
        ("abs(paid - donors) == 7", "exact", "33 - 40 = 7"),
        ("paid + share_paid == 115.5", "not_checkable", "paid + share_paid == 115.5"),
    ],
)
def test_expectations_over_counts(tmp_path: Path, expect: str, verdict: str, equation: str) -> None:
    figures = {
        "share_paid": 'paragraph: "2", text: "paid for by {n} of"',
        "paid": 'paragraph: "3", text: "{n} of {any} donors"',
        "donors": 'paragraph: "3", text: "{any} of {n} donors"',
    }
    used = {name: where for name, where in figures.items() if name in expect.replace("share(", "")}
    if expect.startswith("paid + share"):
        verdict, equation = "exact", "33 + 82.5 = 115.5 = 115.5"
    assert judged(run(tmp_path, statement(used, expect))) == [(verdict, equation)]


def test_equal_means_within_rounding_and_exactly_forgives_nothing(tmp_path: Path) -> None:
    report = "1.\tExports came to 1.3 million dollars: 0.84 million in coffee and 0.44 million in cocoa.\n"
    figures = {
        "exports": 'text: "came to {n}"',
        "coffee": 'text: "{n} in coffee"',
        "cocoa": 'text: "{n} in cocoa"',
    }
    # 0.84 + 0.44 = 1.28, which prints as 1.3
    assert judged(run(tmp_path, statement(figures, "exports == coffee + cocoa"), report))[0][0] == "within_rounding"
    done = run(tmp_path, statement(figures, "exactly(exports, coffee + cocoa)"), report)
    assert judged(done)[0][0] == "contradicted"


def test_lists_items_and_many_figures_are_counted(tmp_path: Path) -> None:
    report = REPORT + "\n4.\tSix states have offices: Oaxaca, Chiapas, Puebla (two), Tabasco and Sonora.\n"
    figures = {
        "stages": 'paragraph: "2", text: "has {n} stages"',
        "marks": 'paragraph: "2", each: "({n})"',
        "states": 'paragraph: "4", text: "{n} states"',
        "listed": 'paragraph: "4", list: "have offices:"',
    }
    done = run(tmp_path, statement(figures, "stages == count(marks)", "states == count(listed)"), report)
    assert judged(done) == [("exact", "3 = 3"), ("contradicted", "6 ≠ 5")]


def test_sum_of_many_figures(tmp_path: Path) -> None:
    report = "1.\tMost of the 50 offices are in Oaxaca (20), Chiapas (15) and Puebla (9).\n"
    figures = {"offices": 'text: "{n} offices"', "named": 'each: "({n})"'}
    assert judged(run(tmp_path, statement(figures, "sum(named) <= offices"), report)) == [
        ("exact", "20 + 15 + 9 = 44 ≤ 50")
    ]


@pytest.mark.parametrize(
    ("expect", "verdict"),
    [
        ("year < month", "exact"),  # 2023 ends before May 2024 begins
        ("month < year", "contradicted"),
        ("month <= '2024'", "exact"),
        ("month == '2024-05'", "exact"),
        ("month == '2024'", "exact"),  # a month of that year
        ("month == '2023'", "contradicted"),
        ("month < '2024-05-15'", "undecided"),  # the middle of the month
        ("last(month) <= '2024-05-31'", "exact"),
        ("first(month) < '2024-05-01'", "contradicted"),
        ("month > 47", "not_checkable"),
    ],
)
def test_days_compare_by_what_they_leave_open(tmp_path: Path, expect: str, verdict: str) -> None:
    figures = {"year": 'paragraph: "1", text: "In {n},"', "month": 'paragraph: "3", text: "in {n}. Families"'}
    used = {name: where for name, where in figures.items() if name in expect}
    assert [said for said, _ in judged(run(tmp_path, statement(used, expect)))] == [verdict]


@pytest.mark.parametrize(
    "text",
    ["FAMILIES of {n} victim were", "family of  {n} Victims", "families of {n} victims were supported."],
)
def test_words_are_found_whatever_their_case_spacing_and_plural(tmp_path: Path, text: str) -> None:
    assert judged(run(tmp_path, statement({"nine": f'text: "{text}"'}, "nine == 9"))) == [("exact", "9 = 9")]


def test_a_cell_is_found_by_its_row_and_column(tmp_path: Path) -> None:
    report = "# Visits\n\n| Place | 2022 | 2023 |\n| --- | --- | --- |\n| North | 5 | 7 |\n| North Total | 9 | 11 |\n"
    figures = {
        "north": 'heading: "visits", row: "north", column: "2023"',  # the row of just this word, not North Total
        "all": 'row: "total", column: "2022"',
    }
    done = run(tmp_path, statement(figures, "north < all"), report, "report.md")
    assert judged(done) == [("exact", "7 < 9")]


@pytest.mark.parametrize(
    ("where", "message"),
    [
        (
            'paragraph: "1", text: "{n} donors"',
            'a: "{n} donors" is not in paragraph 1, but in paragraph 2, paragraph 3',
        ),
        ('paragraph: "9", text: "{n} stages"', "a: there is no paragraph 9; the words stand in paragraph 2"),
        ('text: "{n} donors"', 'a: "{n} donors" stands in paragraph 2, paragraph 3'),
        (
            'paragraph: "3", text: "families of {n} survivors"',
            'a: "families of {n} survivors" is not in paragraph 3; near is "Families of nine victims were supported."',
        ),
        ('heading: "Results", text: "{n} of"', 'a: there is no heading "Results"; the words stand in paragraph 2'),
        ('row: "Total", column: "2023"', 'a: the cell of row "Total", column "2023" is not in the text'),
        ('paragraph: "1"', "a: a figure stands 4 times in paragraph 1"),
    ],
)
def test_a_figure_that_is_not_found_once_is_a_finding_that_says_what_is_near(
    tmp_path: Path, where: str, message: str
) -> None:
    figures = {"a": where, "b": 'paragraph: "1", text: "{n} persons"'}
    done = run(tmp_path, statement(figures, "a == b"))
    # the text moved: a warning however bad the rule is, and the expectation is not judged
    assert says(done) == [("warning", message)]
    assert done.findings[0].steps[1:] == ("not judged: a == b",)


def test_a_statement_speaks_of_its_own_document_only(tmp_path: Path) -> None:
    head = HEAD.replace('path: "*"', "symbol: A/78/*, language: en")
    assert outcomes(run(tmp_path, statement(TOTAL, "total == women + men", head=head))) == []
    report = f"A/78/123\n\n{REPORT}"
    assert judged(run(tmp_path, statement(TOTAL, "total == women + men", head=head), report))[0][0] == "exact"


@pytest.mark.parametrize(
    ("selection", "matches"),
    [
        (Selection(path="*.txt"), True),
        (Selection(path="annual/*.txt"), True),
        (Selection(path="report.txt"), True),
        (Selection(path="*.docx"), False),
        (Selection(language="fr"), False),
        (Selection(), True),
    ],
)
def test_documents_are_selected_by_path_and_language(selection: Selection, matches: bool) -> None:
    assert selection.matches(read_text("in/annual/report.txt", REPORT.encode(), Limits())) is matches


def test_a_figure_may_stand_in_another_document(tmp_path: Path) -> None:
    figures = {
        "total": 'paragraph: "1", text: "{n} persons"',
        "table": 'document: {path: "data.md"}, row: "All", column: "Persons"',
    }
    head = HEAD.replace('"*"', '"report.txt"')
    rules = rules_of(load_packs((str(write(tmp_path / "pack", statement(figures, "total == table", head=head))),)))
    report = read_text("report.txt", REPORT.encode(), Limits())
    data = read_markdown("data.md", b"| Place | Persons |\n| --- | --- |\n| All | 48 |\n", Limits())
    assert judged(audit([report, data], rules)) == [("contradicted", "47 ≠ 48")]
    alone = outcomes(audit([report], rules))
    assert [(o.verdict.value, o.reason) for o in alone] == [
        ("not_checkable", "table: no single document of path data.md is checked with it")
    ]


GOOD = statement(TOTAL, "total == women + men")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("women + men", "womn + men", '10:14: no figure "womn"; did you mean "women"?'),
        ("women + men", "women ++ men", '10:21: expect: unexpected "+"'),
        ("women + men", "women.real", '10:19: expect: unexpected "."'),
        ("women + men", "__import__('os')", '10:14: expect: unknown function "__import__"'),
        ("women + men", "men ** women", '10:18: expect: unexpected "**"'),
        ("total == women + men", '"total == womn"', '10:15: no figure "womn"'),
        ("women + men", "women", '8:3: "men" is used in no expectation'),
        ("total == women + men", "total == total + 0 * women * men\n  - men == men", "can never fail"),
        (
            "total == women + men",
            "total == women + men\n  - men != men",
            '"men != men" compares a figure with itself; it can never hold',
        ),
        ("{n} persons", "persons", '6:33: "text" must hold {n} once, where the figure stands'),
        ("{n} persons", "{n} {x} persons", "no other brace"),
        ("{n} persons", "{n}", "has no word beside {n}"),
        ("figures:", "figurs:", 'unknown key "figurs"; did you mean "figures"?'),
        ("paragraph", "paragraf", 'unknown key "paragraf"; did you mean "paragraph"?'),
        ("  total:", "  Total:", '"Total" is no name for a figure'),
        ('path: "*"', "simbol: A", 'unknown key "simbol"; did you mean "symbol"?'),
        ('path: "*"', 'path: "*a*a*a*a*a*"', '"path" has more than 300 characters or four *'),
        ("why:", "claim: sum\nwhy:", 'unknown key "figures"'),
        ("why:", 'message: "{totl}"\nwhy:', 'unknown message field "totl"; did you mean "total"?'),
        ("why:", "  - total == women + men\nwhy:", '"total == women + men" is expected twice'),
        ('text: "{n} persons"', 'each: "{n} persons"', '"total" stands for many figures; write count(total)'),
        ('text: "{n} persons"', 'items: "yes"', 'unknown items "yes"'),
    ],
)
def test_faults_of_a_file_have_their_place_and_next_step(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert old in GOOD
    path = write(tmp_path / "pack", GOOD.replace(old, new, 1))
    with pytest.raises(RuleError) as caught:
        load_packs((str(path),))
    found = [line.removeprefix(f"{path}:") for line in caught.value.faults]
    assert any(fault in line for line in found), found
    if "expect: " in fault:  # its figures are not called unused as well
        assert len(found) == 1


@timed
def test_hostile_files_are_refused_at_once(tmp_path: Path) -> None:
    bombs = [
        "total == " + "(" * 400,
        "total == " + "9" * 480,
        "total == women" + " * men" * 70,
        "total == " + "-" * 400,
    ]
    start = time.process_time()
    for bomb in bombs:
        with pytest.raises(RuleError, match=r"own\.yaml:10:\d+: expect: "):
            load_packs((str(write(tmp_path / "pack", statement(TOTAL, bomb))),))
    many = {f"f{n}": 'text: "{n} a"' for n in range(80)}
    with pytest.raises(RuleError, match="more than 60 figures"):
        load_packs((str(write(tmp_path / "pack", statement(many, "f1 == f2"))),))
    assert time.process_time() - start < 1


@timed
def test_a_long_text_is_searched_in_proportion(tmp_path: Path) -> None:
    figures = {"a": 'text: "red red red red red red red red blue {n} persons"', "b": 'text: "{n} women"'}
    rules = rules_of(load_packs((str(write(tmp_path / "pack", statement(figures, "a == b"))),)))

    def spent(words: int) -> float:
        document = read_text("report.txt", f"1.\t{'red ' * words}5 women".encode(), Limits())
        start = time.process_time()
        audit([document], rules)
        return time.process_time() - start

    spent(1_000)
    assert spent(40_000) < 16 * max(spent(5_000), 0.02)


def test_compiled_packs_hold_statements(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    figures = {**TOTAL, "table": 'document: {path: "data.md"}, row: "All"'}
    path = str(write(tmp_path / "pack", statement(figures, "total == women + men", "total == table")))
    (first,) = rules_of(load_packs((path,)))

    def never(*_: object, **__: object) -> object:
        raise AssertionError

    monkeypatch.setattr(packs, "read_pack", never)
    (second,) = rules_of(load_packs((path,)))
    assert second == first


def test_examples_prove_a_statement_on_any_text(tmp_path: Path) -> None:
    flags = 'flags:\n  - name: a\n    text: "1. 48 persons (27 women and 20 men)"\n    findings:\n'
    flags += '      - {at: "48", says: "48 ≠ 27 + 20 = 47 does not hold"}\n'
    passes = 'passes:\n  - name: b\n    text: "1. 47 persons (27 women and 20 men)"\n'
    head = HEAD.replace('path: "*"', "symbol: A/1")
    text = statement(
        {n: w.removeprefix('paragraph: "1", ') for n, w in TOTAL.items()}, "total == women + men", head=head
    )
    (rule,) = rules_of(load_packs((str(write(tmp_path / "pack", text + flags + passes)),), examples=True))
    assert [trial.faults for trial in try_rule(rule, (rule,))] == [(), ()]
    assert [bite.spoke for bite in bites(rule, (rule,))] == [True]
    assert list(style_faults(rule, tmp_path / "pack" / "own.yaml")) == []


def test_statements_that_repeat_or_rule_out_each_other_are_reported(tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    write(folder, GOOD)
    other = GOOD.replace("women:", "w:").replace("men:", "m:").replace("id: own", "id: second")
    write(folder, other.replace("total == women + men", "m + w == total"), "second")
    write(folder, GOOD.replace("id: own", "id: third").replace("total ==", "total <"), "third")
    assert list(set_faults(load_packs((str(folder),), examples=True))) == [
        f'{folder}/second.yaml: "m + w == total" says what "total == women + men" of pack/own says; remove one',
        f'{folder}/third.yaml: "total < women + men" and "total == women + men" of pack/own cannot both hold',
    ]


def test_a_new_statement_loads_as_written(tmp_path: Path) -> None:
    path = write(tmp_path / "pack", statement_template("own", "0.1.0"))
    (rule,) = rules_of(load_packs((str(path),), examples=True))
    assert list(style_faults(rule, path)) == []
    assert "states for symbol A/00/000: `total == women + men`" in entry(rule)
