"""Table cells: a cell that is one number is read at once, because tables hold most of the figures of large files.

Accounting brackets are a minus; a dash is an exact nil; "..", "n/a" and the like are no figures. A cell with other
words in it is read like a sentence.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from audit.extract.numbers import parse_digits
from audit.extract.reading import is_year
from audit.facts import Fact, FactKind
from audit.quantity import Measure, Quantity

if TYPE_CHECKING:
    from audit.extract.language import Language
    from audit.model import Block, Document

_CELL = re.compile(
    r"\s*(?P<open>\()?\s*(?P<sign>[-−–+])?\s*(?P<money>[A-Z]{0,3}[$€£¥])?\s*(?P<minus>[-−])?"
    r"(?P<digits>\d[\d.,’'\u00a0\u202f\u2009 ]*|\.\d+)\s*(?P<percent>%|per cent)?\s*(?P<close>\))?\s*(?P<percent_after>%)?\s*\Z"
)


def read_cell(document: Document, block: Block, words: Language, facts: list[Fact]) -> bool:
    """Add the figure of a cell that is a number and nothing else; return False when it must be read as text."""
    text = document.text[block.start : block.end]
    if not text:
        return True
    match = _CELL.match(text) if len(text) < 60 else None
    if match is None or bool(match["open"]) != bool(match["close"]):
        return False
    digits = match["digits"].rstrip(" .,\u00a0\u202f\u2009")
    if is_year(digits) and not match["money"] and not match["sign"] and not match["percent"]:
        return False
    parsed = parse_digits("0" + digits if digits.startswith(".") else digits.replace(" ", "\u00a0"), words)
    if parsed is None:
        return False
    value, step = parsed
    if match["open"] or match["sign"] in ("-", "−", "–") or match["minus"]:
        value = -value
    percent = match["percent"] or match["percent_after"]
    measure = Measure.PERCENT if percent else Measure.MONEY if match["money"] else Measure.COUNT
    if measure is Measure.COUNT and step < 1:
        measure = Measure.AMOUNT
    start = block.start + len(text) - len(text.lstrip())
    end = block.end - len(text) + len(text.rstrip())
    quantity = Quantity(
        raw=document.text[start:end],
        value=value,
        step=step,
        scale=Decimal(1),
        unit="%" if percent else words.symbols.get((match["money"] or "").lower(), match["money"] or ""),
        measure=measure,
    )
    facts.append(
        Fact(
            id=f"f{len(facts) + 1}",
            start=start,
            end=end,
            text=quantity.raw,
            kind=FactKind.QUANTITY,
            value=quantity,
        )
    )
    return True
