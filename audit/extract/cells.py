"""Table cells: a cell that is one number is read at once, because tables hold most of the figures of large files.

Accounting brackets are a minus; a dash is an exact nil; "..", "n/a" and the like are no figures. A cell with other
words in it is read like a sentence.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from audit.extract.digits import parse_digits
from audit.extract.reading import is_year
from audit.facts import Fact, FactKind
from audit.quantity import Measure, Quantity

if TYPE_CHECKING:
    from audit.extract.language import Language
    from audit.model import Block, Document

# Note marks stand before or after the number: "²10,155", "*–2.2", "621,100**", "3,400/a", "12.5 (b)", "8.1r".
_MARKS = "[*†‡§#^~¹²³⁰⁴-⁹ᵃ-ᶻ]"
_CELL = re.compile(
    rf"\s*(?:{_MARKS}{{1,4}}\s*)?(?P<figure>(?P<money>[A-Z]{{0,3}}[$€£¥])?\s*(?P<open>\()?\s*(?P<sign>[-−–+])?\s*"
    r"(?P<inner>[A-Z]{0,3}[$€£¥])?\s*(?P<minus>[-−])?(?P<digits>\d(?:[\d.,’'\u00a0\u202f\u2009 ]*\d)?|\.\d+)"
    r"\s*(?P<percent>%|per cent)?\s*(?P<close>\))?(?P<percent_after>\s*%)?)"
    rf"\s*(?:{_MARKS}{{1,4}}|/[a-z](?:,[a-z])*|\([a-z]\)|\[[a-z\d]{{1,2}}\]|[a-fpr])?\s*\Z"
)


_WORD = re.compile(r"[$£€]m?\b|[$£€]|[^\W_]+(?:[-’'][^\W_]+)*|[%#]")


def caption_cues(document: Document, words: Language) -> dict[int, tuple[str, ...]]:
    """Return the names of the words that matter to a table in its caption, by the index of the table's block."""
    return {table.block: _cues_of(table.caption, words) for table in document.tables if table.caption}


def cell_cues(document: Document, words: Language) -> dict[int, tuple[str, ...]]:
    """Return the names of the words that matter to a table, for the start of each cell that holds some."""
    known: dict[str, tuple[str, ...]] = {}
    found: dict[int, tuple[str, ...]] = {}
    for table in document.tables:
        for cell in table.cells:
            text = document.text[cell.start : cell.end]
            if not text or not (text[-1].isalpha() or any(c.isalpha() or c in "%#" for c in text)):
                continue
            if text not in known:
                known[text] = _cues_of(text, words)
            if known[text]:
                found[cell.start] = known[text]
    return found


def _cues_of(text: str, words: Language) -> tuple[str, ...]:
    keys = _WORD.findall(text.lower())
    names: dict[str, None] = {}
    after = 0  # "per cent" says nothing of "per"
    for index, key in enumerate(keys):
        for rest, name in words.tables.get(key, ()) if index >= after else ():
            if tuple(keys[index + 1 : index + 1 + len(rest)]) == rest:
                names[name] = None
                after = index + 1 + len(rest)
                break
    return tuple(names)


def read_cell(document: Document, block: Block, words: Language, facts: list[Fact]) -> bool:
    """Add the figure of a cell that is a number and nothing else; return False when it must be read as text."""
    text = document.text[block.start : block.end]
    if not text:
        return True
    match = _CELL.match(text) if len(text) < 60 else None
    if match is None or bool(match["open"]) != bool(match["close"]):
        return False
    digits, money = match["digits"], match["money"] or match["inner"]
    if is_year(digits) and not money and not match["sign"] and not match["percent"]:
        return False
    parsed = parse_digits("0" + digits if digits.startswith(".") else digits.replace(" ", "\u00a0"), words)
    if parsed is None:
        return False
    value, step = parsed
    if match["open"] or match["sign"] in ("-", "−", "–") or match["minus"]:
        value = -value
    percent = match["percent"] or match["percent_after"]
    measure = Measure.PERCENT if percent else Measure.MONEY if money else Measure.COUNT
    if measure is Measure.COUNT and step < 1:
        measure = Measure.AMOUNT
    start, end = block.start + match.start("figure"), block.start + match.end("figure")
    quantity = Quantity(
        raw=document.text[start:end],
        value=value,
        step=step,
        scale=Decimal(1),
        unit="%" if percent else words.symbols.get((money or "").lower(), money or ""),
        measure=measure,
        point=words.decimal,
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
