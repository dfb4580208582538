"""Lines of percentages in tables: what they are shares or growth of, and which cell is wrong."""

from __future__ import annotations

from audit.extract import extract
from audit.judge import judge
from audit.read import read
from audit.read.limits import Limits
from audit.relate import ratios


def outcomes(tmp_path, text: str) -> list[tuple[str, str, list[str]]]:
    path = tmp_path / "table.csv"
    path.write_text(text, "utf-8")
    found = judge(ratios.find([extract(read(str(path), Limits()))]), ())
    return [(o.claim.kind.value, o.verdict.value, [x.text for x in o.claim.operands]) for o in found]


def test_share_of_another_column(tmp_path) -> None:
    text = "Month,Debt,Foreign,Share\nJan,301,92,31%\nFeb,281,86,31%\nMar,262,79,30%\nApr,238,72,30%\n"
    found = outcomes(tmp_path, text)
    assert [(kind, figures) for kind, _, figures in found] == [
        ("share", ["31%", "92", "301"]),
        ("share", ["31%", "86", "281"]),
        ("share", ["30%", "79", "262"]),
        ("share", ["30%", "72", "238"]),
    ]
    assert {verdict for _, verdict, _ in found} == {"within_rounding"}


def test_share_of_the_total_row(tmp_path) -> None:
    text = "Land,Held,Share\nA,1185.5,12.79%\nB,866.0,9.34%\nC,683.5,7.37%\nAll,9271.0,100%\n"
    assert [figures for _, _, figures in outcomes(tmp_path, text)] == [
        ["12.79%", "1185.5", "9271.0"],
        ["9.34%", "866.0", "9271.0"],
        ["7.37%", "683.5", "9271.0"],
    ]


def test_the_cell_that_does_not_follow_is_contradicted(tmp_path) -> None:
    rows = ["A,120,480,25%", "B,90,450,20%", "C,88,352,25%", "D,77,770,10%", "E,36,400,9%", "F,150,500,33%"]
    found = outcomes(tmp_path, "Unit,Women,Staff,Share\n" + "\n".join(rows) + "\n")
    assert [figures[0] for _, verdict, figures in found if verdict == "contradicted"] == ["33%"]
    assert len(found) == 6


def test_growth_of_two_columns(tmp_path) -> None:
    text = "Unit,2022,2023,Change\nA,400,500,25%\nB,250,200,-20%\nC,320,352,10%\nD,150,180,20%\n"
    found = outcomes(tmp_path, text)
    assert [(kind, figures) for kind, _, figures in found][:2] == [
        ("change", ["25%", "500", "400"]),
        ("change", ["-20%", "200", "250"]),
    ]
    assert {verdict for _, verdict, _ in found} == {"exact"}


def test_percentages_of_something_else_are_left_alone(tmp_path) -> None:
    text = "Unit,Staff,Visits,Satisfied\nA,400,510,81%\nB,250,212,77%\nC,320,352,93%\nD,150,180,64%\n"
    assert outcomes(tmp_path, text) == []
