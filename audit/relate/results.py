"""Patterns of printed test results: "t(28) = 2.20, p < .05", "χ²(1, N = 81) = 3,25; p = 0,07", "F = 3.2, df = 2, 56".

Results are written alike in every language but for the decimal mark, so that each pattern comes with a point and with a
comma. Brackets of any kind, spaces, degrees behind the statistic and powers of ten are read as they occur in articles
(the looser forms of statcheck, Nuijten et al. 2016). No repeat of a pattern is open-ended where another may follow it.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import cache

from audit.late import late

# What every result holds; most reports hold none, and this is found ten times as fast.
RELATION = re.compile(r"[=<>]\s?[-−–]?\s?[\d.,]")
SIGNIFICANCE = late(r"\bp\w?\b[^=<>]{0,24}[=<>]|\bn\.?\s?s\b", re.IGNORECASE)
MEAN_IS = re.compile(r"M\s?=")
_SPACES = late(r"\s")
_POWER = re.compile(r"[x×*]10\^?")
_LETTERS = {"t": "t", "r": "r", "f": "F", "z": "z", "q": "Q"}


@cache
def result_pattern(mark: str) -> re.Pattern[str]:
    """Return the pattern of a result whose decimals stand behind a mark ("." or ",")."""
    point = re.escape(mark)
    number = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d*\.?\d+" if mark == "." else r"\d*,?\d+"
    plain = rf"\d{{1,12}}(?:{point}\d{{1,6}})?"
    several = rf"{plain} (?: \s?[,;]\s? {plain} ){{0,2}}"
    return re.compile(
        rf"""(?x)
        (?<![\w.]) (?P<test> t | r | F | [zZ] | [χΧXx]\s?[_^]?\s?[²2] | [Cc]hi[-_\s]?(?:\^?[²2]|squared?)
            | Q[A-Za-z]{{0,10}} )
        \s? (?: [(\[{{] \s? (?:df\s?=\s?)? (?P<degrees> {several} )
            (?: \s?[,;]\s? [Nn]\s?=\s? [\d,.\s]{{1,12}} )? \s? [)\]}}] )?
        \s? (?P<relation> [=<>]) \s? (?P<value> [-−–]?\s?(?:{number}) )
        (?: \s?[,;]\s? d\.?f\.?\s?=\s? (?P<behind> {several} ) )?
        (?: \s?[,;]\s? [nN]\s?=\s? (?P<size>\d{{1,6}}) )?
        \s? [,;]? \s? \(? (?: [A-Za-z]{{1,5}}\s?=\s?[\d.,]{{1,12}}\s?[,;]\s? )?
        (?: ps? (?: \s?\([^()=<>]{{1,20}}\) )? \s{{0,2}} (?P<p_relation> [=<>]) \s{{0,2}}
            (?P<p> \d{{0,2}}{point}\s?\d+ (?:\s?[x×*]\s?10\s?\^?\s?[-−–]\s?\d{{1,2}} | [eE][-−–]\d{{1,3}})?
                 | \d (?:\s?[x×*]\s?10\s?\^?\s?[-−–]\s?\d{{1,2}} | [eE][-−–]\d{{1,3}}) | [01](?![\d.,]\d|\d) )
          | (?P<ns> n\.?\s?s\b) )
        """
    )


@cache
def mean_pattern(mark: str) -> re.Pattern[str]:
    """Return the pattern of a mean of a number of people, with or without its deviation, in either order."""
    value = rf"\d+{re.escape(mark)}\d+"
    mean, size = rf"\bM\s?=\s?(?P<mean>{value})\b", r"\b[nN]\s?=\s?(?P<number>\d+)\b"
    spread = rf"(?:[^.()]{{0,10}}\bSD\s?=\s?(?P<deviation>{value}))?"
    behind = rf"{mean}{spread}[^.()]{{0,10}}{size}"
    before = re.sub(r"P<(\w+)>", r"P<\1_>", rf"{size}[^.()]{{0,10}}{mean}{spread}")
    return re.compile(f"{behind}|{before}")


def test_of(printed: str) -> str:
    """Return the name of a test as `Test` spells it."""
    return _LETTERS.get(printed[0].lower(), "chi2")


def degrees_of(test: str, found: re.Match[str], mark: str) -> tuple[str, str] | None:
    """Return the degrees of freedom (first, second) of a test; None when their number is not that of the test.

    A correlation of n people has n - 2 of them.
    """
    printed = found["degrees"] or found["behind"] or ""
    if test == "r" and not printed and found["size"]:
        return "", str(int(found["size"]) - 2)
    parts = [part.strip() for part in re.split(r";|,(?=\s)" if mark == "," else r"[;,]", printed) if part.strip()]
    if mark == "." and test != "F" and len(parts) > 1 and all(len(p) == 3 for p in parts[1:]):
        parts = ["".join(parts)]  # "(11,455)" is one number
    parts = [part.replace(mark, ".") for part in parts]
    if test == "z":
        return None if parts else ("", "")
    if test == "F":
        return (parts[0], parts[1]) if len(parts) == 2 else None
    if len(parts) != 1:
        return None
    return ("", parts[0]) if test in ("t", "r") else (parts[0], "")


def value_of(printed: str, mark: str) -> Decimal | None:
    """Return a printed number: its sign, its decimals behind a mark, its power of ten ("3.2 × 10−5")."""
    text = _SPACES.sub("", printed).replace("−", "-").replace("–", "-")
    text = text.replace(",", "") if mark == "." else text.replace(",", ".")
    try:
        return Decimal(_POWER.sub("e", text))
    except InvalidOperation:
        return None
