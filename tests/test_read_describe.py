"""Title, symbol, date and language: what is declared wins, what is not there stays empty."""

from __future__ import annotations

import pytest

from audit.read.describe import date_of, describe, described, iso_date, language_of, symbol_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 May 2025", "2025-05-12"),
        ("May 12, 2025", "2025-05-12"),
        ("1er mars 2024", "2024-03-01"),
        ("12 de mayo de 2025", "2025-05-12"),
        ("4 de setiembre del 2019", "2019-09-04"),
        ("2024-02-29 12:00", "2024-02-29"),
        ("04/22/2026", "2026-04-22"),
        ("22/04/2026", "2026-04-22"),
        ("04/05/2026", ""),
        ("May 2025", ""),
        ("32 May 2025", ""),
        ("112 May 20255", ""),
    ],
)
def test_dates(text: str, expected: str) -> None:
    assert iso_date(text) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Distr.: General 12 May 2025", "2025-05-12"),
        ("Published 2026-03-12", "2026-03-12"),
        ("(12 May 2025)", "2025-05-12"),
        ("The law of 12 May 2025 was repealed by the new government in the spring.", ""),
    ],
)
def test_the_date_of_a_document_stands_alone_or_is_named(line: str, expected: str) -> None:
    assert date_of(["Report", line]) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Replies (CMW/C/MEX/QPR/4)", "CMW/C/MEX/QPR/4"),
        ("S/2025/504 of 12 May", "S/2025/504"),
        ("See GAO-26-108485 and/or IT/HR", "GAO-26-108485"),
        ("Report No.: RS22331 Version 53", "RS22331"),
        ("Women and/or men, 24/7, km/h, A/B", ""),
    ],
)
def test_symbols(line: str, expected: str) -> None:
    assert symbol_of([line]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The number of boats in the port was 12 and it is on the rise.", "en"),
        ("El número de barcos en el puerto fue de 12 y es el más alto.", "es"),
        ("Le nombre de bateaux dans le port est de 12 et il est en hausse.", "fr"),
        ("12 34 56", "en"),
        ("Participaron 87 personas (49 mujeres y 28 hombres).", "es"),
        ("L'équipe compte 64 agents, dont 39 femmes.", "fr"),
        ("On compte 84 300 abonnés, dont 61 200 payants (72,6 %) et 23 100 (27,4 %) invités à titre gratuit.", "fr"),
        ("48 210 inscrits | 39,1 % de votants | 38,2 % d'exprimés | 310 votes de liste, 22 de panachage", "fr"),
        ("Los Angeles: 1,250 (800 men, 450 women)", "en"),
        ("El Salvador: 1,250 cases", "en"),
    ],
)
def test_language_is_that_of_the_frequent_words(text: str, expected: str) -> None:
    assert language_of(text) == expected


def test_what_is_declared_wins() -> None:
    head = ["S/2025/1", "12 May 2025", "Report on fish", "More"]
    assert describe(head, "The fish of the sea and the rest.") == {
        "title": "Report on fish",
        "symbol": "S/2025/1",
        "date": "2025-05-12",
        "language": "en",
        "origins": (
            ("title", "first line"),
            ("symbol", "first lines"),
            ("date", "first lines"),
            ("language", "its words"),
        ),
    }
    given = {"title": "Fish", "date": "1 June 2025", "symbol": "A/1"}
    assert described(head, "The fish of the sea and the rest.", given) == {
        "title": ("Fish", "declared"),
        "symbol": ("A/1", "declared"),
        "date": ("2025-06-01", "declared"),
        "language": ("en", "its words"),
    }
