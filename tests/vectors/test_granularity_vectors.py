"""Means, percentages and deviations of whole numbers: agreement with scrutiny, rsprite2 and pysprite, all of it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from vector_files import chunks, records

from audit.granularity import debit, grim, grim_power, grimmer, totals, unit_of, variance_limits
from audit.rounding import Mode, rounded, unround


def test_means_are_possible_under_every_rounding_mode_as_exact_arithmetic_says() -> None:
    wrong = []
    for name, given, said in chunks(records("scrutiny_grim")):
        found = totals(
            Decimal(given["x"]), given["n"], items=given["items"], percent=given["percent"],
            mode=Mode(given["rounding"]), threshold=given.get("threshold", 5),
        )  # fmt: skip
        if bool(found) != said["exact_arithmetic"]:
            wrong.append(name)
    assert wrong == []


def test_means_over_several_items() -> None:
    rows = records("scrutiny_other", "mean_granularity")
    wrong = [n for n, g, said in chunks(rows) if grim(Decimal(g["x"]), g["n"], items=g["items"]) != said["consistent"]]
    assert wrong == []


def test_deviations_of_whole_numbers() -> None:
    # the peers contradict one another in the flagged records; exact arithmetic is with the later one
    rows = records("scrutiny_other", "sd_granularity")
    wrong = [
        n
        for n, g, said in chunks(rows)
        if grimmer(Decimal(g["mean"]), Decimal(g["sd"]), g["n"], items=g["items"])
        != said.get("consistent", said.get("exact_arithmetic"))
    ]
    assert wrong == []


def test_deviations_of_zeros_and_ones() -> None:
    rows = records("scrutiny_other", "binary_sd")
    wrong = [
        n for n, g, said in chunks(rows) if debit(Decimal(g["mean"]), Decimal(g["sd"]), g["n"]) != said["consistent"]
    ]
    assert wrong == []


def test_intervals_of_rounded_numbers() -> None:
    wrong = []
    for name, given, said in chunks(records("scrutiny_other", "interval")):
        value = Decimal(given["value"])
        if "half_width" in given:
            unit = 2 * Fraction(given["half_width"])
        elif "unit" in given:
            unit = Fraction(given["unit"])
        else:
            unit = Fraction(1, 10 ** given["decimals"]) if "decimals" in given else unit_of(value)
        found = unround(Fraction(value), unit, Mode(given["rounding"]))
        ends = (found.low, found.high, not found.low_open, not found.high_open)
        if ends != (Fraction(said["lower"]), Fraction(said["upper"]), said["lower_inclusive"], said["upper_inclusive"]):
            wrong.append(name)
    assert wrong == []


def test_rounded_numbers() -> None:
    wrong = []
    for name, given, said in chunks(records("scrutiny_other", "rounding")):
        unit = Fraction(1, 10 ** given["digits"])
        found = rounded(Fraction(given["value"]), unit, Mode(given["rounding"]), given["threshold"])
        if found != Fraction(said["result"]):
            wrong.append(name)
    assert wrong == []


def test_how_many_values_a_mean_refuses() -> None:
    wrong = []
    for name, given, said in chunks(records("scrutiny_other", "grim_statistics")):
        mean, percent = Decimal(given["x"]), given["percent"]
        power = grim_power(mean, given["n"], percent=percent)
        values = 1 / unit_of(mean) * (100 if percent else 1)
        if power != Fraction(str(said.get("ratio", said.get("probability")))):
            wrong.append(name)
        if "inconsistent_total" in said and power * values != said["inconsistent_total"]:
            wrong.append(name)
    assert wrong == []


def test_limits_of_a_deviation_on_a_scale() -> None:
    wrong = []
    for name, given, said in chunks(records("scrutiny_other", "sd_limits")):
        limits = variance_limits(
            Decimal(given["mean"]), given["n"], given["scale_min"], given["scale_max"], items=given["items"]
        )
        if "consistent" in said:
            bounds = unround(Fraction(given["sd"]), unit_of(Decimal(given["sd"])))
            inside = limits is not None and bounds.low**2 <= limits[1] and bounds.high**2 >= limits[0]  # type: ignore[operator]
            if inside != said["consistent"]:
                wrong.append(name)
        elif limits is None or any(
            not max(Fraction(0), Fraction(said[k]) - Fraction(1, 200)) ** 2
            <= v
            <= (Fraction(said[k]) + Fraction(1, 200)) ** 2
            for k, v in zip(("sd_min", "sd_max"), limits, strict=True)
        ):
            wrong.append(name)
    assert wrong == []
