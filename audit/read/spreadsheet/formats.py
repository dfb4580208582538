"""Number formats: a stored number as the spreadsheet displays it, which is what a reader of the report has seen.

0.546 in the format "0.0%" is the figure 54.6%: it stands for an interval, the stored number does not. Formats that
depend on the machine of the reader (the short date) are shown in ISO order.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne

from audit.read.spreadsheet.digits import fraction, general, number, scientific
from audit.read.spreadsheet.moments import moment
from audit.records import dataclass

BUILT_IN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"$"#,##0;\\-"$"#,##0',
    6: '"$"#,##0;\\-"$"#,##0',
    7: '"$"#,##0.00;\\-"$"#,##0.00',
    8: '"$"#,##0.00;\\-"$"#,##0.00',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy-mm-dd",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy-mm-dd h:mm",
    37: "#,##0 ;(#,##0)",
    38: "#,##0 ;(#,##0)",
    39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;(#,##0.00)",
    41: '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)',
    42: '_("$"* #,##0_);_("$"* \\(#,##0\\);_("$"* "-"_);_(@_)',
    43: '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)',
    44: '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_);_(@_)',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
} | dict.fromkeys((*range(27, 37), *range(50, 59)), "yyyy-mm-dd")  # East Asian dates

_LONGEST = 400
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General)|(?P<half>AM/PM|A/P)|(?P<exponent>[Ee][+-])|(?P<date>y+|m+|d+|h+|s+|b+|g+|e+)"
    r"|(?P<digit>[0#?])|(?P<dot>\.)|(?P<comma>,)|(?P<percent>%)|(?P<slash>/)|(?P<at>@)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d{1,15}(?:\.\d{1,15})?)")
_COMPARE = {"<": lt, "<=": le, ">": gt, ">=": ge, "=": eq, "<>": ne}
_ELAPSED = re.compile(r"(?:h+|m+|s+)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a format: its tokens as (kind, text), what kind of value it shows, and its condition."""

    tokens: tuple[tuple[str, str], ...]
    kind: str
    condition: tuple[str, Decimal] | None = None


def displayed(value: Decimal, code: str, *, epoch_1904: bool = False) -> str:
    """Return a number as a format displays it.

    >>> displayed(Decimal("0.5455"), "0.0%"), displayed(Decimal("-1234.5"), "#,##0.00;(#,##0.00)")
    ('54.6%', '(1,234.50)')
    """
    sections = parse(code)
    section, sign = _chosen(sections, value)
    if section is None:
        return general(value)
    if section.kind == "date":
        return moment(value, section.tokens, epoch_1904=epoch_1904)
    if section.kind == "general":
        shown = "".join(general(abs(value)) if k == "general" else t for k, t in section.tokens if k != "at")
        return f"{sign}{shown.strip()}"
    if section.kind == "text":
        return "".join(general(value) if k == "at" else t for k, t in section.tokens).strip()
    if section.kind == "scientific":
        return (sign + scientific(abs(value), section.tokens)).strip()
    if section.kind == "fraction":
        return (sign + fraction(abs(value), section.tokens)).strip()
    return (sign + number(abs(value), section.tokens)).strip()


def is_date(code: str) -> bool:
    """Return whether a format shows numbers as dates or times."""
    sections = parse(code)
    return bool(sections) and sections[0].kind == "date"


def day_of(value: Decimal, *, epoch_1904: bool) -> str:
    """Return the ISO form of a stored date, with its time when it has one."""
    whole = value == value.to_integral_value(ROUND_HALF_UP)
    code = "yyyy-mm-dd" if whole else "hh:mm:ss" if 0 <= value < 1 else 'yyyy-mm-dd"T"hh:mm:ss'
    return displayed(value, code, epoch_1904=epoch_1904)


def _chosen(sections: tuple[Section, ...], value: Decimal) -> tuple[Section | None, str]:
    """Return the section a value is shown by, and the minus that the section does not write itself."""
    minus = "-" if value < 0 else ""
    numeric = sections[:3] if len(sections) > 3 else tuple(s for s in sections if s.kind != "text") or sections
    if any(s.condition for s in numeric):
        for section in numeric:
            if section.condition is None or _COMPARE[section.condition[0]](value, section.condition[1]):
                return section, minus if section is numeric[0] or section.condition is None else ""
        return None, minus
    if not numeric:
        return None, minus
    if value < 0 and len(numeric) > 1:
        return numeric[1], ""
    if value == 0 and len(numeric) > 2:
        return numeric[2], ""
    return numeric[0], minus


@lru_cache(maxsize=4096)
def parse(code: str) -> tuple[Section, ...]:
    """Return the sections of a format code."""
    sections: list[list[tuple[str, str]]] = [[]]
    conditions: list[tuple[str, Decimal] | None] = [None]
    for match in _TOKEN.finditer(code[:_LONGEST]):
        kind, text = str(match.lastgroup), match[str(match.lastgroup)]
        if kind == "other" and text == ";":
            sections.append([])
            conditions.append(None)
        elif kind == "bracket":
            condition = _CONDITION.match(text)
            if condition:
                conditions[-1] = (condition[1], Decimal(condition[2]))
            elif text.startswith("$"):
                sections[-1].append(("literal", text[1:].split("-")[0]))
            elif _ELAPSED.match(text):
                sections[-1].append(("elapsed", text.lower()))
        elif kind in ("quoted", "escaped", "other"):
            sections[-1].append(("literal", text))
        elif kind == "space":
            sections[-1].append(("literal", " "))
        elif kind != "fill":
            sections[-1].append((kind, text))
    return tuple(
        Section(tuple(tokens), _kind(tokens), condition) for tokens, condition in zip(sections, conditions, strict=True)
    )


def _kind(tokens: list[tuple[str, str]]) -> str:
    kinds = {kind for kind, _ in tokens}
    if kinds & {"date", "elapsed", "half"}:
        return "date"
    if "general" in kinds:
        return "general"
    if "at" in kinds:
        return "text"
    if "exponent" in kinds:
        return "scientific"
    if "slash" in kinds and "digit" in kinds:
        return "fraction"
    return "number"
