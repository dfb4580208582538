"""Claims of running text: which figures a sentence relates, in which form, and what it leaves alone."""

from __future__ import annotations

import pytest
from texts import facts

from audit.claims import ClaimKind
from audit.relate import prose
from audit.relate.clauses.chance import is_one_edit


def claimed(text: str, *kinds: ClaimKind, language: str = "en") -> list[tuple[str, str, list[str]]]:
    found = prose.find([facts(text, language)])
    return [(c.kind.value, c.form, [o.text for o in c.operands]) for c in found if not kinds or c.kind in kinds]


@pytest.mark.parametrize(
    ("text", "form", "figures"),
    [
        ("47 indirect victims (27 women and 40 men)", "bracket", ["47", "27", "40"]),
        (
            "closed 60 files: in 30 cases, a; in 20 cases, b; and 10 cases were joined",
            "colon",
            ["60", "30", "20", "10"],
        ),
        ("5 cases – two for theft and three for fraud – are open", "dash", ["5", "two", "three"]),
        ("300 people, of whom 190 were women and 110 were men", "of_whom", ["300", "190", "110"]),
        ("74 survivors, comprising 50 women and 24 minors", "comprising", ["74", "50", "24"]),
        (
            (
                "2,276 staff, comprising 883 international staff, including 281 women (32 per cent); "
                "1,393 national staff, including 234 women (17 per cent); and 399 volunteers"
            ),
            "comprising",
            ["2,276", "883", "1,393", "399"],
        ),
        ("15 attacks on hospitals (9) and schools (6)", "listed", ["15", "9", "6"]),
        ("there were 14 women and 35 men, 49 in total", "total_after", ["49", "14", "35"]),
        ("Nine of the 11 cases were attributed to soldiers and two to civilians", "partitive", ["11", "Nine", "two"]),
        ("Five centres will be set up; two in the south and three in the north", "semicolon", ["Five", "two", "three"]),
        (
            "77 children were victims of killing (32 boys and 18 girls) and maiming (19 boys and 8 girls)",
            "brackets",
            ["77", "32", "18", "19", "8"],
        ),
    ],
)
def test_sums(text: str, form: str, figures: list[str]) -> None:
    assert claimed(text, ClaimKind.SUM) == [("sum", form, figures)]


@pytest.mark.parametrize(
    "text",
    [
        "16 immediate measures for seven female and three male victims",  # measures are not persons
        "16 immediate measures, in the form of food and shelter, for seven female and three male victims",
        "A total of 107 transfers for 26 women and 38 men were organized",
        "assistance on 14,429 occasions, supporting 3,102 women and 6,500 men",
        "The Programme has 52 employees, 4 directors and 28 inspectors",
        "The services were provided in 2022 and 2023 in 4 states and 30 towns",
    ],
)
def test_no_sum_is_claimed(text: str) -> None:
    assert claimed(text, ClaimKind.SUM) == []


def test_open_list_is_a_subset_not_a_sum() -> None:
    text = "100 people were helped, including 30 from Goma and 20 from Bukavu"
    assert claimed(text, ClaimKind.SUM) == []
    assert ("subset", "parts", ["100", "30", "20"]) in claimed(text, ClaimKind.SUBSET)


def test_children_without_men_leave_somebody_out() -> None:
    text = "80,599 individuals (15,059 women, 27,756 boys and 24,764 girls)"
    assert claimed(text) == [("subset", "parts", ["80,599", "15,059", "27,756", "24,764"])]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("231 officers, including 72 women (32 per cent)", ["32 per cent", "72", "231"]),
        (
            "7,908 individuals; lawyers were present for 6,524 of them, or 82.4 per cent",
            ["82.4 per cent", "6,524", "7,908"],
        ),
        ("57 of the 67 victims (85 per cent) were heard", ["85 per cent", "57", "67"]),
    ],
)
def test_shares(text: str, figures: list[str]) -> None:
    assert claimed(text, ClaimKind.SHARE) == [("share", "structure", figures)]


def test_base_is_never_invented() -> None:
    assert claimed("In 500 towns, 72 women (32 per cent) took part", ClaimKind.SHARE) == []


@pytest.mark.parametrize(
    ("text", "form", "stated", "bounds"),
    [
        (
            "Six groups were set up: (1) a; (2) b and c; (3) d; (4) e; (5) f; (6) g; and (7) h.",
            "marked",
            "Six",
            ("7", "7"),
        ),
        ("agents in three states: Chiapas, Sonora and Veracruz.", "colon", "three", ("3", "3")),
        ("four stages: monitoring of a; review of b and c; a decision; and restoration.", "colon", "four", ("4", "4")),
        (
            "four organizations (Open House, the Second Home, Third Aid and Fourth Step) took part",
            "bracket",
            "four",
            ("4", "4"),
        ),
    ],
)
def test_counts(text: str, form: str, stated: str, bounds: tuple[str, str]) -> None:
    (found,) = [c for c in prose.find([facts(text)]) if c.kind is ClaimKind.COUNT]
    assert (found.form, found.operands[0].text, (found.detail["low"], found.detail["high"])) == (form, stated, bounds)


def test_change_and_difference() -> None:
    text = "Holdings increased by $1.5 trillion, from $7.7 trillion in 2021 to $9.2 trillion in 2025."
    found = claimed(text)  # two finders may read one move; what they say alike is merged later
    assert [c for n, c in enumerate(found) if c not in found[:n]] == [
        ("difference", "move", ["$1.5 trillion", "$9.2 trillion", "$7.7 trillion"]),
        ("change", "trend", ["$7.7 trillion", "$9.2 trillion"]),
    ]


def test_remainder() -> None:
    text = "Of the 49 victims, 18 have been identified, meaning that 31 persons remain unidentified."
    assert ("difference", "remainder", ["31", "49", "18"]) in claimed(text)


def test_lost_scale() -> None:
    text = "16.9 thousand migrants were found, compared to 1.1 in January 2022."
    assert claimed(text, ClaimKind.UNIT) == [("unit", "scale", ["1.1", "16.9 thousand", "16.9 thousand"])]
    assert claimed("16.9 thousand migrants were found, compared to 1.1 thousand.", ClaimKind.UNIT) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "47 víctimas indirectas (27 mujeres y 40 hombres)"),
        ("fr", "47 victimes indirectes (27 femmes et 40 hommes)"),
    ],
)
def test_brackets_in_other_languages(language: str, text: str) -> None:
    assert claimed(text, language=language) == [("sum", "bracket", ["47", "27", "40"])]


@pytest.mark.parametrize(
    ("printed", "other", "near"),
    [
        ("47", "67", True),
        ("123", "132", True),
        ("1327", "1323", True),
        ("100", "10", True),
        ("12", "34", False),
        ("5", "5", False),
    ],
)
def test_one_edit(printed: str, other: str, near: bool) -> None:
    assert is_one_edit(printed, other) is near
