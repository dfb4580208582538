"""Figures: what is read as a number, its value, its last printed place and what it counts."""

from __future__ import annotations

from decimal import Decimal

import pytest
from texts import facts

from audit.facts import FactKind
from audit.quantity import Hedge, Measure, Quantity


def quantities(text: str, language: str = "en") -> list[Quantity]:
    return [f.value for f in facts(text, language).facts if isinstance(f.value, Quantity) and not f.reason]


@pytest.mark.parametrize(
    ("text", "value", "step"),
    [
        ("4,679 complaints", "4679", "1"),
        ("16.9 thousand migrants", "16900", "100"),
        ("2.50 million people", "2500000", "10000"),
        ("Mex$ 1,065,403.21", "1065403.21", "0.01"),
        ("82.4 per cent", "82.4", "0.1"),
        ("forty-two women", "42", "1"),
        ("two hundred and five women", "205", "1"),
        ("twenty-one thousand three hundred women", "21300", "1"),
        ("two million people", "2000000", "1000000"),
        ("US$ 12.5 million", "12500000", "100000"),
        ("a total of 1 250 homes", "1250", "1"),
    ],
)
def test_english_figures(text: str, value: str, step: str) -> None:
    (found,) = quantities(text)
    assert (found.value, found.step) == (Decimal(value), Decimal(step))


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("es", "treinta y una personas", "31"),
        ("es", "doscientas treinta y una personas", "231"),
        ("es", "dos mil quinientos migrantes", "2500"),
        ("es", "mil trescientos refugiados", "1300"),
        ("es", "ciento cuarenta casos", "140"),
        ("es", "369.205 extranjeros", "369205"),
        ("es", "un millón 891 388 nacimientos", "1891388"),
        ("es", "un millón 206 mil 413 nacimientos", "1206413"),
        ("es", "un millón y medio de euros", "1500000"),
        ("es", "43 millones y medio de euros", "43500000"),
        ("fr", "un million et demi de personnes", "1500000"),
        ("es", "el 82,4 por ciento", "82.4"),
        ("fr", "vingt et un hommes", "21"),
        ("fr", "soixante et onze femmes", "71"),
        ("fr", "quatre-vingt-dix-sept personnes", "97"),
        ("fr", "deux cent cinq agents", "205"),
        ("fr", "trois mille deux cents soldats", "3200"),
        ("fr", "369 205 étrangers", "369205"),
        ("fr", "82,4 %", "82.4"),
    ],
)
def test_figures_of_other_languages(language: str, text: str, value: str) -> None:
    (found,) = quantities(text, language)
    assert found.value == Decimal(value)


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("cuando menos 30 personas", Hedge.AT_LEAST),
        ("algo más de 300 socios", Hedge.OVER),
        ("a lo sumo 12 plazas", Hedge.AT_MOST),
        ("12 como mínimo", Hedge.AT_LEAST),
        ("los de 65 en adelante", Hedge.AT_LEAST),
        ("12 personas en adelante", Hedge.NONE),
    ],
)
def test_spanish_hedges(text: str, hedge: Hedge) -> None:
    (found,) = quantities(text, "es")
    assert found.hedge is hedge


@pytest.mark.parametrize(
    ("text", "unit"), [("12 m³ de agua", "m³"), ("una parcela de 40 m² y más", "m²"), ("12 ha sido", "")]
)
def test_spanish_units(text: str, unit: str) -> None:
    assert [q.unit for q in quantities(text, "es")] == [unit]


def test_millions_in_words_are_money() -> None:
    (found,) = quantities("Se gastaron dos millones de euros.", "es")
    assert (found.unit, found.value, found.step) == ("EUR", 2000000, 1000000)


def test_half_an_hour_is_no_half_of_a_number() -> None:
    assert [q.value for q in quantities("Duró tres horas y media, y costó 45 y medio", "es")] == [3, 45]


def test_article_is_a_figure_only_beside_another() -> None:
    assert [q.value for q in quantities("cuatro víctimas (tres mujeres y un hombre)", "es")] == [4, 3, 1]
    assert quantities("Se publicó un informe sobre las víctimas en 2023.", "es") == []


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("La comisión recibió 4,812 quejas.", "es", "4812"),
        ("Se atendió a 1,234 personas en 2023.", "es", "1234"),
        ("El padrón tiene 1,065,403 nombres.", "es", "1065403"),
        ("La commission a reçu 4,812 plaintes.", "fr", "4812"),
        ("La fecundidad es de 2,125 niños por mujer.", "es", "2.125"),
        ("La tasa es de 1,345 personas.", "es", "1.345"),
        ("El ensayo duró 1,125 horas.", "es", "1.125"),
        ("The board received 4.812 complaints.", "en", "4.812"),
    ],
)
def test_one_figure_that_counts_things_tells_the_separators(text: str, language: str, value: str) -> None:
    assert quantities(text, language)[0].value == Decimal(value)


def test_a_figure_with_decimals_tells_them_too() -> None:
    assert [q.value for q in quantities("Votó el 39.4% de los 2,300 del padrón", "es")] == [Decimal("39.4"), 2300]
    text = "Se atendió a 1,234 personas y se gastaron 3,4 millones"
    assert [q.value for q in quantities(text, "es")] == [Decimal("1.234"), 3400000]


def test_separators_follow_the_document() -> None:
    text = "Se atendió a 1,234 personas; 2,345 mujeres; 3,456 hombres y se pagó 1,065,403.21 pesos"
    assert [q.value for q in quantities(text, "es")] == [1234, 2345, 3456, Decimal("1065403.21")]


def test_groups_of_a_language_that_was_not_told_are_known_by_decimals_behind_commas() -> None:
    text = "Norte 1.250, 1.310 y 2.560 (51,2); Sur 980, 1.020 y 2.000 (51,0); Total 4.560 (51,1)"
    assert [int(q.value) for q in quantities(text)][:3] == [1250, 1310, 2560]
    assert Decimal("2.480") in [q.value for q in quantities("The p values were 2.480, 16.571 and 3.142.")]


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("more than 92 sessions", Hedge.OVER),
        ("at least 30 people", Hedge.AT_LEAST),
        ("some 80 violations", Hedge.ABOUT),
        ("up to 15 days", Hedge.AT_MOST),
        ("92 sessions or more", Hedge.NONE),
        ("92 or more sessions", Hedge.AT_LEAST),
        ("a magnitude of 6 or greater", Hedge.AT_LEAST),
        ("rates of 10 per cent or lower", Hedge.AT_MOST),
        ("scores of < = 100", Hedge.AT_MOST),
        ("92 sessions", Hedge.NONE),
    ],
)
def test_hedges(text: str, hedge: Hedge) -> None:
    (found,) = quantities(text)
    assert found.hedge is hedge


def test_a_second_number_takes_its_own_hedge() -> None:
    text = "It had 300 or more than 200 cases, and more than 5,000 or equal to 6,000 files."
    assert [q.hedge for q in quantities(text)] == [Hedge.NONE, Hedge.OVER, Hedge.OVER, Hedge.NONE]


def test_measures_and_units() -> None:
    text = "34 per cent, 5 percentage points, US$ 12, 16 km and 7 women"
    assert [(q.measure, q.unit) for q in quantities(text)] == [
        (Measure.PERCENT, "%"),
        (Measure.POINTS, "points"),
        (Measure.MONEY, "USD"),
        (Measure.AMOUNT, "km"),
        (Measure.COUNT, ""),
    ]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("law No. 98 and S/2025/176", [FactKind.IDENTIFIER, FactKind.IDENTIFIER]),
        ("see paragraphs 86 to 90", [FactKind.REFERENCE, FactKind.REFERENCE]),
        ("articles 1, 2 and 73 of the Act", [FactKind.IDENTIFIER] * 3),
        ("between 1 January 2021 and May 2023", [FactKind.DATE, FactKind.PERIOD]),
        ("in 2012-13", [FactKind.PERIOD]),
        ("COVID-19", [FactKind.IDENTIFIER]),
        ("a 12-month plan", [FactKind.QUANTITY]),
        ("a ratio of 3:1 and a mixture of 2:3:5", [FactKind.IDENTIFIER] * 2),
        ("the survey covered 1 250 homes", [FactKind.IDENTIFIER]),
        ("Call (202) 512-4800 or write to Washington, DC 20548.", [FactKind.IDENTIFIER] * 2),
    ],
)
def test_what_is_no_figure(text: str, kinds: list[FactKind]) -> None:
    found = facts(text).facts
    assert [f.kind for f in found] == kinds
    assert all(f.reason for f in found)


def test_labels_name_what_is_counted() -> None:
    found = {f.text: (f.label, f.traits) for f in facts("47 indirect victims (27 women), Sonora (2,283)").facts}
    assert found["47"] == ("indirect victims", ("link.indirect", "class.person"))
    assert found["27"][0] == "women"
    assert found["2,283"][0] == "Sonora"


def readings(text: str) -> list[tuple[Decimal, str]]:
    """Return value and reason of every figure, those that take part in nothing too."""
    found = [(f.value, f.reason) for f in facts(text).facts if isinstance(f.value, Quantity)]
    return [(q.value.normalize(), reason) for q, reason in found]


LOOSE, ROUND = "a fraction in words", "a round number in words"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("A p-value of .08 was found.", "0.08"),
        ("It fell to -9.25 in all.", "-9.25"),
        ("It is 1.3e6 in all.", "1300000"),
        ("It is 2.5^-1 in all.", "0.4"),
        ("two hundred point zero three degrees", "200.03"),
        ("fifty - two women", "52"),
        ("The answer is minus 5.", "-5"),
        ("13 lakh voters", "1300000"),
        ("6 crore and two hundred voters", "60000200"),
        ("3 hundred and 21 voters", "321"),
        ("4 thousand 3 hundred voters", "4300"),
        ("three hundred and two dozens", "324"),
        ("US$ 3MM", "3000000"),
        ("2½ years", "2.5"),
        ("two and a half years", "2.5"),
        ("five and a half million refugees", "5500000"),
        ("3 million and a quarter", "3250000"),
        ("one hundred and three quarters", "100.75"),
        ("1 234 567 people", "1234567"),
        ("12,34,567.89 rupees", "1234567.89"),
        ("In Spain it was 1.111,11 in all.", "1111.11"),
        ("one hundred percents", "100"),
    ],
)
def test_odd_forms_take_part_in_arithmetic(text: str, value: str) -> None:
    assert readings(text) == [(Decimal(value).normalize(), "")]


@pytest.mark.parametrize(
    ("text", "value", "reason"),
    [
        ("Over a fifth of schools closed.", "0.2", LOOSE),
        ("more than half of them", "0.5", LOOSE),
        ("twenty-one fifths", "4.2", LOOSE),
        ("one hundred and thirty fifths", "26", LOOSE),
        ("a hundred thousand millionths", "0.1", "a round number in words"),
        ("four hundred thirty fifths", "11.42857142857142857142857143", LOOSE),
        ("one twenty-fifth", "0.04", LOOSE),
        ("a quarter of a million people", "250000", LOOSE),
        ("half a dozen boats", "6", LOOSE),
        ("Most (1 in 8) were there.", "0.125", LOOSE),
        ("3/4 of the members", "0.75", LOOSE),
        ("the result is ⅜", "0.375", LOOSE),
        ("fewer than a thousand pandas", "1000", ROUND),
    ],
)
def test_loose_words_are_read_but_set_aside(text: str, value: str, reason: str) -> None:
    assert readings(text) == [(Decimal(value).normalize(), reason)]


@pytest.mark.parametrize(
    "text",
    [
        "a third party and a fifth session",
        "the first half of the meeting",
        "the one hundred and fifth session",
        "resolution 3/4 and resolutions 60/251 and 61/7, and 24/7 care",
        "The one you mentioned is here. Which one is it?",
        "dozens of people and hundreds of boats",
    ],
)
def test_words_that_are_no_number_here(text: str) -> None:
    assert readings(text) == []


def test_a_malformed_figure_is_read_by_its_digits() -> None:
    assert readings("123,456,7 files of 11,97 women, where others print 1,234,567 and 5,678,901") == [
        (Decimal(1234567), ""),
        (Decimal(1197), ""),
        (Decimal(1234567), ""),
        (Decimal(5678901), ""),
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The rate was 6,50 per cent, 3,5 million, 7. million and 12,5 of ,208 or 09", "en"),
        ("El total fue 4.5 millones, 6.50 por ciento y 11.97 de 1.234,5", "es"),
        ("Le taux est de 12.34 pour cent, 7.5 millions et 6.50", "fr"),
    ],
)
def test_a_text_may_end_anywhere(text: str, language: str) -> None:
    # "The rate was 6,50" at the end of a paragraph or a cell: nothing stands behind the figure
    for end in range(1, len(text) + 1):
        for fact in facts(text[:end], language).facts:
            assert 0 <= fact.start < fact.end <= end


def test_dates_columns_and_subtractions_stay_apart() -> None:
    assert readings("Women 120 345 678") == [(Decimal(n), "") for n in ("120", "345", "678")]
    assert [f.kind for f in facts("on 3/4/2024").facts] == [FactKind.DATE]
    assert readings("it had 40 minus 5 people") == [(Decimal(40).normalize(), ""), (Decimal(5), "")]


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("His score is less than or equal to 30.", Hedge.AT_MOST),
        ("His score is more than 30 or equal to it.", Hedge.AT_LEAST),
        ("It must not exceed 36 hours.", Hedge.AT_MOST),
        ("when it is >= 30", Hedge.AT_LEAST),
        ("when it is < 30", Hedge.UNDER),
        ("that is => 30", Hedge.NONE),
        ("An estimated half, or about 7,900 museums", Hedge.ABOUT),
    ],
)
def test_bounds_in_words_and_signs(text: str, hedge: Hedge) -> None:
    assert quantities(text)[-1].hedge is hedge


def test_what_a_figure_is_compared_with_is_as_printed() -> None:
    assert [q.hedge for q in quantities("It was 20 per cent more than 45 tons.")] == [Hedge.NONE, Hedge.NONE]


@pytest.mark.parametrize(
    ("language", "text", "hedge"),
    [
        ("es", "una tasa superior a 45 por ciento", Hedge.OVER),
        ("es", "una tasa un 20 por ciento superior a 45", Hedge.NONE),
        ("es", "un valor mayor o igual que 45", Hedge.AT_LEAST),
        ("es", "al menos 45", Hedge.AT_LEAST),
        ("fr", "un taux inférieur à 45 %", Hedge.UNDER),
        ("fr", "un taux inférieur ou égal à 45 %", Hedge.AT_MOST),
        ("fr", "les dépenses dépassent 45 euros", Hedge.OVER),
    ],
)
def test_bounds_in_other_languages(language: str, text: str, hedge: Hedge) -> None:
    assert quantities(text, language)[-1].hedge is hedge


@pytest.mark.parametrize("text", ["one-half (150 cases)", "three sixths of the 300", "two-fourths (150)"])
def test_a_fraction_beside_a_figure_is_a_share(text: str) -> None:
    share = quantities(text)[0]
    assert (share.value, share.unit, share.step) == (50, "%", 2)


def test_a_fraction_of_more_than_one_is_a_figure_of_its_own() -> None:
    assert readings("five and nine fifths") == [(Decimal(5), ""), (Decimal("1.8"), LOOSE)]


@pytest.mark.parametrize("raised", ["10⁴ cells", "3/4² of it", "On 10² May", "45² women", "5¹ million", "12 of 3² men"])
def test_a_raised_digit_belongs_to_no_number(raised: str) -> None:
    assert all(
        "²" not in f.text and "⁴" not in f.text for f in facts(f"It had {raised} and 7 men.").facts if not f.reason
    )
    assert [q.value for q in quantities(f"It had {raised} and 7 men.")][-1] == 7
