"""Conversions: which pairs are taken for one measure, and what rounding leaves open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from texts import facts

from audit.judge import judge
from audit.relate import relate

if TYPE_CHECKING:
    from audit.claims import Claim
    from audit.findings import Outcome


def conversions(text: str, language: str = "en") -> list[Claim]:
    return [c for c in relate([facts(text, language)]) if c.form == "conversion"]


def outcome(text: str) -> Outcome:
    (found,) = judge(conversions(text), ())
    return found


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("The road is 3,200 km (1,988 miles) long.", [("1,988 miles", "3,200 km")]),
        ("It was 37 °C (98.6 °F), 37°C (98.6°F) or 37 degrees Celsius (98.6 degrees Fahrenheit).",
         [("98.6 °F", "37 °C"), ("98.6°F", "37°C"), ("98.6 degrees Fahrenheit", "37 degrees Celsius")]),
        ("It fell to -40 °C (-40 °F) at night.", [("-40 °F", "-40 °C")]),
        ("A site of 12 acres of land (4.9 ha) was sold.", [("4.9 ha", "12 acres")]),
        ("The road is 50 km (about 31 miles) long.", [("31 miles", "50 km")]),
    ],
)  # fmt: skip
def test_one_measure_in_two_units(text: str, pairs: list[tuple[str, str]]) -> None:
    found = [(c.role("stated")[0].text, c.role("other")[0].text) for c in conversions(text)]
    assert found == pairs


@pytest.mark.parametrize(
    "text",
    [
        "It cost $5 million (€4.6 million).",
        "The path of 10 km (200 metres) is open.",  # two measures of one system
        "The road of 10 km (3 miles north of the town) is closed.",
        "The road of 10 km (including 3 miles) is closed.",
        "The road of 10 km (up to 7 miles) is closed.",
        "The fence is 5 feet 10 inches (178 cm) high.",
        "A field of 5 ha (12 lbs) was sown.",
        "The roads are 10 km, 3 miles and 7 miles long.",
        "There were 12 foot patrols (4 km).",
    ],
)
def test_what_is_no_conversion(text: str) -> None:
    assert conversions(text) == []


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("It is 3,200 km (1,988 miles) long.", "exact"),  # 1,988.39
        ("It is 11 km (8 miles) long.", "inconsistent"),  # 10.5 to 11.5 km are 6.5 to 7.1 miles
        ("It is 26 miles (41 km) long.", "within_rounding"),  # 25.5 miles are 41.04 km
        ("It is 12.50 km (7.7 miles) long.", "truncation_only"),  # 7.767
        ("It is 200 miles (320 km) long.", "within_rounding_if_rounded"),  # 321.9, from 150 to 250 miles
        ("It is 3,200 km (1,898 miles) long.", "inconsistent"),
        ("It warmed by 1.5 °C (2.7 °F) since.", "exact"),  # a difference: no 32 is added
        ("It was 38.5 °C (98.6 °F) there.", "inconsistent"),  # 101.3
        ("It carried 10 tons (20,000 lb) of oats.", "exact"),  # of 2,000 lb
        ("It carried 12 tons (31,123 lb) of oats.", "inconsistent"),  # of no sort: 24,000, 26,455, 26,880
        ("It sold 1.2 million acres (485,623 ha) then.", "within_rounding"),  # acres of two sorts differ by 2 ha
    ],
)
def test_what_rounding_leaves_open(text: str, grade: str) -> None:
    assert outcome(text).grade == grade


def test_the_computed_measure_reads_like_the_stated_one() -> None:
    assert outcome("The route is 1,250.5 km (778.2 miles) long.").equation == "1,250.5 km is 777.0 miles"
    assert outcome("Of 5 million acres (3.4 million hectares).").equation == "5 million acres is 2.0 million hectares"
