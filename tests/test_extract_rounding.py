"""Rounding notes: their wordings, of what they speak, and what they make of the figures there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audit.extract import extract
from audit.extract.language import language
from audit.extract.rounding import effects_of
from audit.findings import Verdict
from audit.judge import judge
from audit.model import BlockKind
from audit.quantity import Quantity
from audit.read import read as read_file
from audit.read.builder import Builder
from audit.read.limits import Limits
from audit.relate import relate

if TYPE_CHECKING:
    from decimal import Decimal
    from pathlib import Path

    from audit.facts import Facts


@pytest.mark.parametrize(
    ("code", "text", "effects"),
    [
        ("en", "Because of rounding, components may not sum to totals.", ("sums",)),
        ("en", "Shares may not add up to 100 per cent owing to rounding.", ("percentages",)),
        ("en", "Growth in per cent is calculated from unrounded figures.", ("growth",)),
        ("en", "All amounts are rounded to the nearest thousand.", ("unit:1000",)),
        ("en", "Counts are randomly rounded to base 3.", ("unit:3", "random")),
        ("es", "Los totales pueden no coincidir con la suma de las partes debido al redondeo.", ("sums",)),
        ("es", "La suma de los porcentajes puede no ser igual a 100 por el redondeo.", ("percentages",)),
        ("fr", "En raison des arrondis, la somme des parties peut ne pas correspondre au total.", ("sums",)),
        ("fr", "Les pourcentages étant arrondis, leur total peut ne pas être égal à 100.", ("percentages",)),
    ],
)
def test_wordings(code: str, text: str, effects: tuple[str, ...]) -> None:
    assert effects_of(text, language(code).rounding) == effects


@pytest.mark.parametrize(
    "text",
    [
        "Troops surrounding the town may not add to the total tension.",
        "The figures of the two offices do not match.",
        "Five people were rounded up; the totals of both days are equal.",
        "The response may not match the total need.",
    ],
)
def test_what_is_no_note(text: str) -> None:
    assert effects_of(text, language("en").rounding) == ()


def read(*paragraphs: str) -> Facts:
    builder = Builder("text", "text", "0")
    for text in paragraphs:
        builder.block(BlockKind.PARAGRAPH, text)
    return extract(builder.finish())


SUM = "A total of 47 people were helped: 27 women and 21 men."


def granules(bundle: Facts) -> list[Decimal | None]:
    return [f.value.granule for f in bundle.facts if isinstance(f.value, Quantity)]


def test_a_note_on_the_whole_report_makes_counts_rounded_ones() -> None:
    bundle = read(SUM, "Throughout this report, figures may not add to totals due to rounding.")
    assert [(n.effects, n.whole) for n in bundle.rounding] == [(("sums",), True)]
    assert granules(bundle) == [1, 1, 1]
    assert [t.fact.value.granule for t in bundle.sentences[0].tokens if t.fact is not None] == [1, 1, 1]


def test_a_note_that_speaks_of_no_table_and_not_of_the_whole_changes_nothing() -> None:
    bundle = read(SUM, "In the annex, figures may not add to totals due to rounding.")
    assert [n.whole for n in bundle.rounding] == [False]
    assert granules(bundle) == [None, None, None]


def test_percentages_that_may_not_make_a_hundred_leave_counts_exact() -> None:
    bundle = read(SUM, "Throughout this report, percentages may not total 100 due to rounding.")
    assert bundle.rounding[0].effects == ("percentages",)
    assert granules(bundle)[:3] == [None, None, None]


def test_a_stated_base_is_the_granule_of_its_multiples() -> None:
    bundle = read("There were 45 women and 47 men.", "All figures are rounded to the nearest 5.")
    assert granules(bundle)[:2] == [5, 1]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (SUM, Verdict.WITHIN_ROUNDING),
        ("A total of 47 people were helped: 27 women and 23 men.", Verdict.CONTRADICTED),
    ],
)
def test_a_note_excuses_what_rounding_can_explain_and_no_more(text: str, verdict: Verdict) -> None:
    note = "Throughout this report, figures may not add to totals due to rounding."
    verdicts = [o.verdict for o in judge(relate([read(text, note)]), ()) if o.claim.kind == "sum"]
    assert verdicts == [verdict]
    (alone,) = [o.verdict for o in judge(relate([read(text)]), ()) if o.claim.kind == "sum"]
    assert alone is Verdict.CONTRADICTED


TABLE = "| Region | Cases |\n|---|---|\n| North | 12 |\n| South | 21 |\n\n"
NOTE = "Note: Totals may not add due to rounding.\n\n"


@pytest.mark.parametrize(
    ("text", "tables"),
    [
        (TABLE + NOTE + TABLE, [(0,)]),
        (TABLE + "Source: the register.\n\n" + NOTE, [(0,)]),
        (TABLE + "# Annex\n\n" + NOTE + TABLE, [(1,)]),
        (NOTE + "It rained.\n\nIt snowed.\n\n" + TABLE, [()]),
    ],
)
def test_a_note_speaks_of_the_table_it_stands_beside(tmp_path: Path, text: str, tables: list[tuple[int, ...]]) -> None:
    path = tmp_path / "report.md"
    path.write_text(text, encoding="utf-8")
    bundle = extract(read_file(str(path), Limits()))
    assert [n.tables for n in bundle.rounding] == tables
    spoken = {k for n in bundle.rounding for k in n.tables}
    blocks = [bundle.document.blocks[t.block] for t in bundle.document.tables]
    for fact in bundle.facts:
        inside = {k for k, b in enumerate(blocks) if b.start <= fact.start <= b.end}
        if isinstance(fact.value, Quantity):
            assert fact.value.granule == (1 if inside & spoken else None)
