"""Table cells: a cell that is one number is read at once, because tables hold most of the figures of large files.

Accounting brackets are a minus; a dash is an exact nil; "..", "n/a" and the like are no figures. A cell with other
words in it is read like a sentence.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from audit.cells import Cells, Shape, whole_of
from audit.extract.digits import parse_digits
from audit.extract.reading import is_year
from audit.facts import Fact, FactKind
from audit.model import Block, BlockKind
from audit.quantity import Measure, Quantity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from audit.extract.language import Language
    from audit.facts import Growing, PlainFacts
    from audit.model import Document, Table

# Note marks stand before or after the number: "²10,155", "*–2.2", "621,100**", "3,400/a", "12.5 (b)", "8.1r".
_MARKS = "[*†‡§#^~¹²³⁰⁴-⁹ᵃ-ᶻ]"
_CELL = re.compile(
    rf"\s*(?:{_MARKS}{{1,4}}\s*)?(?P<figure>(?P<money>[A-Z]{{0,3}}[$€£¥])?\s*(?P<open>\()?\s*(?P<sign>[-−–+])?\s*"
    r"(?P<inner>[A-Z]{0,3}[$€£¥])?\s*(?P<minus>[-−])?(?P<digits>\d(?:[\d.,’'\u00a0\u202f\u2009 ]*\d)?|\.\d+)"
    r"\s*(?P<percent>%|per cent)?\s*(?P<close>\))?(?P<percent_after>\s*%)?)"
    rf"\s*(?:{_MARKS}{{1,4}}|/[a-z](?:,[a-z])*|\([a-z]\)|\[[a-z\d]{{1,2}}\]|[a-fpr])?\s*\Z"
)


_FORM = str.maketrans("123456789", "000000000")
_WORD = re.compile(r"[$£€]m?\b|[$£€]|[^\W_]+(?:[-’'][^\W_]+)*|[%#]")


def caption_cues(document: Document, words: Language) -> dict[int, tuple[str, ...]]:
    """Return the names of the words that matter to a table in its caption, by the index of the table's block."""
    return {table.block: _cues_of(table.caption, words) for table in document.tables if table.caption}


def cell_cues(document: Document, words: Language) -> dict[int, tuple[str, ...]]:
    """Return the names of the words that matter to a table, for the start of each cell that holds some."""
    known: dict[str, tuple[str, ...]] = {}
    found: dict[int, tuple[str, ...]] = {}
    for table in document.tables:
        for start, text in _texts(document, table):
            if not text or not (text[-1].isalpha() or any(c.isalpha() or c in "%#" for c in text)):
                continue
            if text not in known:
                known[text] = _cues_of(text, words)
            if known[text]:
                found[start] = known[text]
    return found


def _texts(document: Document, table: Table) -> Iterator[tuple[int, str]]:
    """Return where each cell of a table starts and its text; bare numbers of large tables are passed over."""
    if isinstance(table.cells, Cells):
        cells = table.cells
        return ((cells.starts[index], cells.texts[index]) for index in cells.worded)
    return ((cell.start, document.text[cell.start : cell.end]) for cell in table.cells)


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
        if "except" in names:
            break  # "in thousands, except per share data" says nothing of rates
    return tuple(names)


def read_cell(document: Document, block: Block, words: Language, facts: Growing) -> bool:
    """Add the figure of a cell that is a number and nothing else; return False when it must be read as text."""
    text = document.text[block.start : block.end]
    if not text:
        return True
    found = number_in(text, words)
    if found is None:
        return False
    start, quantity = found
    facts.append(
        Fact(
            id=f"f{len(facts) + 1}",
            start=block.start + start,
            end=block.start + start + len(quantity.raw),
            text=quantity.raw,
            kind=FactKind.QUANTITY,
            value=quantity,
        )
    )
    return True


def number_in(text: str, words: Language) -> tuple[int, Quantity] | None:
    """Return the number of a cell that holds nothing else, with where it starts in the cell."""
    match = _CELL.match(text) if len(text) < 60 else None
    if match is None or bool(match["open"]) != bool(match["close"]):
        return None
    digits, money = match["digits"], match["money"] or match["inner"]
    if is_year(digits) and not money and not match["sign"] and not match["percent"]:
        return None
    parsed = parse_digits("0" + digits if digits.startswith(".") else digits.replace(" ", "\u00a0"), words)
    if parsed is None:
        return None
    value, step = parsed
    if match["open"] or match["sign"] in ("-", "−", "–") or match["minus"]:
        value = -value
    percent = match["percent"] or match["percent_after"]
    measure = Measure.PERCENT if percent else Measure.MONEY if money else Measure.COUNT
    if measure is Measure.COUNT and step < 1:
        measure = Measure.AMOUNT
    return match.start("figure"), Quantity(
        raw=match["figure"],
        value=value,
        step=step,
        scale=Decimal(1),
        unit="%" if percent else words.symbols.get((money or "").lower(), money or ""),
        measure=measure,
        point=words.decimal,
    )


def bare_numbers(cells: Cells, words: Language) -> dict[str, tuple[int, Shape]]:
    """Return the bare numbers of a large table with their digits and shapes; one of each shape is read in full."""
    shapes: dict[str | int, Shape | None] = {}
    known: dict[str, tuple[int, Shape]] = {}
    for text in cells.numbers:
        form = len(text) if text.isdecimal() else text.translate(_FORM)
        if form not in shapes:
            shapes[form] = _shape_of(text, words)
        shape = shapes[form]
        if shape is not None:
            known[text] = int(text) if text.isdecimal() else whole_of(text), shape
    return known


def take_cells(index: int, blocks: Sequence[Block], facts: PlainFacts, take: Callable[[int, Block], None]) -> int:
    """Add the facts of the table that was opened last, bare numbers and what `take` reads, in the order of the text.

    `index` is that of the table's block; return the index of the last block of its cells.
    """
    cells, known = facts.opened
    following, done = index + 1, 0
    read_otherwise = len(known) < len(cells.numbers)
    worded = [i for i, t in enumerate(cells.texts) if t and t not in known] if read_otherwise else cells.worded
    for i in worded:
        facts.take(done, i)
        done, start, text = i + 1, cells.starts[i], cells.texts[i]
        if following < len(blocks) and blocks[following].start == start:
            take(following, blocks[following])
            following += 1
        else:  # a number that this language reads otherwise
            take(index, Block(kind=BlockKind.CELL, start=start, end=start + len(text), parent=index))
    facts.take(done, len(cells))
    return following - 1


def _shape_of(text: str, words: Language) -> Shape | None:
    found = number_in(text, words)
    if found is None:
        return None
    exponent = found[1].step.as_tuple().exponent
    shape = Shape(places=-exponent if isinstance(exponent, int) else 0, point=words.decimal)
    return shape if found == (0, shape.quantity(text)) else None
