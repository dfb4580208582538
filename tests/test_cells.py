"""Large tables are kept as text: what is read, found and counted is the same, and it costs little for each cell."""

from __future__ import annotations

import csv
import io
import re
import time
from decimal import Decimal
from typing import TYPE_CHECKING

import openpyxl
import pytest
from timing import timed

from audit.cells import Cells
from audit.extract import extract
from audit.facts import PlainFacts
from audit.findings import State
from audit.pipeline import audit
from audit.read import delimited
from audit.read import read as read_file
from audit.read.limits import Limits
from audit.read.spreadsheet import layout
from audit.relate import footing, relate
from audit.rulefiles import load_rules

if TYPE_CHECKING:
    from pathlib import Path

    from audit.claims import Claim
    from audit.facts import Facts
    from audit.findings import Run
    from audit.model import Document

RULES = load_rules(("core",))

MIXED = """Reported offences
Region,2019,Offences,Rate,Share,Note,Total
North,2019,"1,204",12.5,12%,a,"1,216"
South,2020,987,-3.25,8%,"see p. 4",984
East,1999,640,0.5,,..,640
West,2021,007,2019,7%,(12),"2,026"
Total,,"2,838","2,028.75",,,"4,866"
"Source: the Ministry, 12 May 2021"
"""


def read(text: str, many: int, monkeypatch: pytest.MonkeyPatch) -> Document:
    monkeypatch.setattr(delimited, "MANY", many)
    monkeypatch.setattr(footing, "MANY", many)
    return delimited.read("table.csv", text.encode(), Limits())


def both(text: str, monkeypatch: pytest.MonkeyPatch) -> tuple[Facts, Facts]:
    """Return the facts of a table read cell by cell, and of the same table kept as text."""
    plain = extract(read(text, 1, monkeypatch))
    assert isinstance(plain.facts, PlainFacts)
    assert isinstance(plain.document.tables[0].cells, Cells)
    return extract(read(text, 1_000_000, monkeypatch)), plain


def test_a_table_kept_as_text_has_the_same_cells_places_and_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    single, plain = both(MIXED, monkeypatch)
    assert plain.document.text == single.document.text
    assert tuple(plain.document.tables[0].cells) == single.document.tables[0].cells
    assert tuple(plain.facts) == single.facts
    assert tuple(plain.document.anchors) == single.document.anchors
    for fact in single.facts:
        one, other = (b.document.place(fact.start, fact.end) for b in (single, plain))
        assert (one.cell, one.line) == (other.cell, other.line)
    assert plain.cues == single.cues
    assert [s.tokens for s in plain.sentences] == [s.tokens for s in single.sentences]


def test_bare_numbers_of_another_language_are_read_as_it_prints_them(monkeypatch: pytest.MonkeyPatch) -> None:
    text = 'Región,Casos,Tasa\nNorte de la ciudad,1.204,12.345\nSur de la ciudad,987,"1,25"\nTotal,2.191,"3,5"\n'
    single, plain = both(text, monkeypatch)
    assert single.document.language == "en"  # a table of record declares none; what decides is the style of its digits
    assert tuple(plain.facts) == single.facts


def test_a_sheet_kept_as_text_has_the_same_cells_places_and_facts(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    rows = [["Offences of the year"], [], [None, "Region", None, "Cases", "Rate"], [None, "North", None, 1204, 12.5]]
    rows += [[None, "South", None, 987, -3.25], [], [None, "Total", None, 2191, None], ["Source: the Ministry"]]
    for row in rows:
        book.active.append(row)
    path = tmp_path / "book.xlsx"
    book.save(path)
    single = extract(read_file(path))
    monkeypatch.setattr(layout, "MANY", 1)
    plain = extract(read_file(path))
    assert isinstance(plain.document.tables[0].cells, Cells)
    assert [(f.text, f.value) for f in plain.facts] == [(f.text, f.value) for f in single.facts]
    assert [f.text for f in plain.facts] == ["1204", "12.5", "987", "-3.25", "2191"]
    one, other = ([b.document.place(f.start, f.end) for f in b.facts] for b in (single, plain))
    assert [(p.sheet, p.cell, p.line) for p in one] == [(p.sheet, p.cell, p.line) for p in other]
    assert [p.cell for p in one] == ["D4", "E4", "D5", "E5", "D7"]
    assert [(t.caption, t.sheet, t.rows) for t in plain.document.tables] == [("Offences of the year", "Sheet", 5)]
    heads = [{c.row for c in b.document.tables[0].cells if c.header} for b in (single, plain)]
    assert heads == [{0}, {0}]


def table(rows: int, columns: int, wrong: int | None = None) -> str:
    lines = [[(31 * i * k + 17 * k) % 9973 + 2200 for k in range(1, columns)] for i in range(rows)]
    lines = [[*line, sum(line)] for line in lines]
    foot = [sum(column) for column in zip(*lines, strict=True)]
    if wrong is not None:
        lines[wrong][1] += 3000
    out = io.StringIO()
    csv.writer(out).writerows([
        ["Name", *(f"c{k}" for k in range(1, columns)), "Total"],
        *([f"Place {chr(97 + i % 26)}", *line] for i, line in enumerate(lines)),
        ["Total", *foot],
    ])  # fmt: skip
    return out.getvalue()


def checked(text: str, many: int, monkeypatch: pytest.MonkeyPatch) -> tuple[Run, list[Claim]]:
    document = read(text, many, monkeypatch)
    return audit([document], RULES), list(relate([extract(document)]))


@pytest.mark.parametrize("wrong", [None, 217])
def test_a_relation_that_holds_is_one_claim_and_every_figure_is_counted(
    wrong: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = table(500, 6, wrong)
    single, apart = checked(text, 1_000_000, monkeypatch)
    plain, together = checked(text, 1, monkeypatch)
    assert len(apart) == 501 + 6
    assert len(together) == (2 if wrong is None else 4)
    assert plain.states().counts() == single.states().counts()
    assert dict(plain.states()) == dict(single.states())
    assert [(f.message, f.at, f.suggestions) for f in plain.findings] == [
        (f.message, f.at, f.suggestions) for f in single.findings
    ]
    assert len(plain.findings) == (wrong is not None)
    assert plain.states().counts()[State.CONTRADICTED] == (0 if wrong is None else 501 + 6 - 1)


@timed
def test_a_cell_of_a_large_table_costs_the_same_whatever_their_number() -> None:
    def cost(rows: int) -> float:
        text = table(rows, 20).encode()
        start = time.process_time()
        audit([delimited.read("table.csv", text, Limits())], RULES)
        return time.process_time() - start

    cost(1200)
    assert min(cost(6000) for _ in range(2)) < 8 * min(cost(1200) for _ in range(2))


def test_a_row_too_short_or_too_long_is_filled_up_with_blanks(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = table(40, 4, wrong=7).splitlines()
    lines[3], lines[5] = lines[3].rpartition(",")[0], lines[5] + ",checked again"
    text = "\n".join(lines)
    single, apart = checked(text, 1_000_000, monkeypatch)
    plain, _ = checked(text, 1, monkeypatch)
    assert isinstance(plain.documents[0].tables[0].cells, Cells)
    assert plain.documents[0].tables[0].columns == single.documents[0].tables[0].columns == 6
    assert [(f.message, f.rule.id) for f in plain.findings] == [(f.message, f.rule.id) for f in single.findings]
    assert plain.findings
    assert plain.states().counts() == single.states().counts()
    assert apart


def test_a_table_of_very_different_rows_is_not_filled_up(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Name,a,b\n" + "North,1204,987\n" * 20 + "South," + "11," * 90 + "12\n"
    assert not isinstance(read(text, 1, monkeypatch).tables[0].cells, Cells)


@timed
def test_the_subtotals_of_a_long_table_cost_the_same_whatever_their_number() -> None:
    def cost(blocks: int) -> float:
        rows = [["Name", *(f"c{k}" for k in range(8))]]
        grand = [0] * 8
        for block in range(blocks):
            parts = [[(31 * i * k + 17 * block * k) % 9973 + 2200 for k in range(1, 9)] for i in range(9)]
            total = [sum(column) for column in zip(*parts, strict=True)]
            grand = [a + b for a, b in zip(grand, total, strict=True)]
            rows += [*([f"Place {chr(97 + i)}", *map(str, part)] for i, part in enumerate(parts)), ["Subtotal", *total]]
        out = io.StringIO()
        csv.writer(out).writerows([*rows, ["Total", *grand]])
        document = delimited.read("table.csv", out.getvalue().encode(), Limits())
        bundle = extract(document)
        start = time.process_time()
        assert len(list(footing.find([bundle]))) == blocks + 1
        return time.process_time() - start

    cost(250)
    assert min(cost(1250) for _ in range(2)) < 8 * min(cost(250) for _ in range(2))


NOTED = """Staff of the regions
Region,Women,Men,Total
North,"1,205",985,"2,190"
South,640,"(15)",625
West,415,310,730
Total,"2,260","1,280","3,545"
Figures are rounded to the nearest 5 and may not add up to the totals.
"""


def test_a_note_on_rounding_speaks_of_bare_numbers_too(monkeypatch: pytest.MonkeyPatch) -> None:
    single, plain = both(NOTED, monkeypatch)
    assert tuple(plain.facts) == single.facts
    assert {f.value.granule for f in plain.facts if f.text in ("1,205", "(15)")} == {Decimal(5)}
    one, other = (list(footing.find([b])) for b in (single, plain))
    assert one == other
    assert other


def test_figures_of_the_other_style_are_bare_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = ["Nord;1.204.310,50;-12,75", "Süd;987,10;0,12", "West;2.310,00;(1.204,25)", "Ost;12.500,40;7"]
    text = "\n".join(["Ort;Kosten;Rest", *rows, "Summe;1.220.108,00;-1.209,88"])
    single, plain = both(text, monkeypatch)
    assert tuple(plain.facts) == single.facts
    assert len(plain.facts.written) == 0
    assert list(footing.find([plain])) == list(footing.find([single]))


def _european(text: str) -> str:
    rows = csv.reader(io.StringIO(text))
    return "\n".join(";".join(f"{int(v):,}".replace(",", ".") + ",00" if v.isdigit() else v for v in r) for r in rows)


VARIANTS = {
    "other style": _european,
    "rounded": lambda text: f"{text}Figures may not add up because they are rounded.\n",
    "ragged": lambda text: text.replace("\n", ",checked\n", 3),
    "brackets": lambda text: "\n".join(re.sub(r",(\d+)(?=,)", r",(\1)", line) for line in text.splitlines()),
}


@pytest.mark.parametrize("name", VARIANTS)
@timed
def test_a_large_table_of_any_sort_costs_what_a_plain_one_does(name: str) -> None:
    def cost(text: str) -> float:
        start = time.process_time()
        bundle = extract(delimited.read("table.csv", text.encode(), Limits()))
        assert len(bundle.facts) - len(bundle.facts.written) > 20 * 1500
        assert len(list(footing.find([bundle]))) < 1600
        return time.process_time() - start

    text = table(1600, 20)
    other = VARIANTS[name](text)
    cost(text)
    assert min(cost(other) for _ in range(2)) < 2 * min(cost(text) for _ in range(2))
