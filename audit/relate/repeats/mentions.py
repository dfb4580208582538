"""Every figure of running text with the words around it, so that two statements of one fact can be recognised.

A mention keeps its content words, the names among them, the dates of its sentence and what its label says. Words are
taken from the figure's own clause: a sentence that counts three things has three mentions with few words in common.
"""

from __future__ import annotations

from collections import Counter
from functools import cache, cached_property
from itertools import chain
from math import log
from typing import TYPE_CHECKING

from audit.facts import FactKind, Period, TokenKind
from audit.late import late
from audit.model import BlockKind
from audit.quantity import Hedge, Measure, Quantity
from audit.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from audit.facts import Fact, Facts, Sentence, Token

    Printed = tuple[str, str]

_PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.NOTE, BlockKind.QUOTE, BlockKind.HEADING})
_BREAKS = frozenset({TokenKind.SEMICOLON, TokenKind.STOP, TokenKind.COLON})
_STATES = frozenset({"as_of", "since", "until"})
_REACH, _LABEL = 12, 4
_SHORTEST = 3
_NOUGHTS = 2
_STEM = 6
_PAGE = 150
_SECTIONS = 100
_CITED = 12  # characters
_INITIALS = late(r"(?<![\w.])(?:[A-Z]\.){1,3} \Z")
_ABBREVIATED = frozenset({"p", "pp", "n", "nn", "s", "ss"})
# "over 700" and "under 700" keep no company
_WAYS = {Hedge.OVER: ">", Hedge.AT_LEAST: ">", Hedge.UNDER: "<", Hedge.AT_MOST: "<"}
_FINE = 100  # whole numbers, so that a sum is the same whatever its order


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Mention:
    """One figure in its place: the bundle it belongs to, its block, and the words that tell what it is."""

    bundle: Facts
    fact: Fact
    value: Quantity
    block: int
    sentence: int
    start: int
    end: int
    words: frozenset[str]
    names: frozenset[str]
    dates: frozenset[tuple[object, object]]
    follows: tuple[str, ...]
    company: frozenset[Printed]
    sort: tuple[str, str]  # what two figures must share to be the same sort of number: measure and unit
    own: Printed  # the figure as it stands in the company of another
    printed: str  # its digits
    plain: str  # its digits and decimal point: "2.15" and "255" are not one digit apart
    digits: int  # how many of them tell something: those that are not zeros at either end
    is_round: bool  # it has a scale word, a hedge or noughts at its end
    tokens: tuple[Token, ...]  # of its sentence
    index: int  # its own place among them
    page: Page
    as_of: bool = False

    @property
    def often(self) -> int:
        """Return how many figures of the document have its value."""
        return self.page.often[self.value.value]

    @property
    def around(self) -> Mapping[Printed, int]:
        """Return the figures of its block that tell something, with how many digits they have."""
        return self.page.around(self.block)

    @property
    def is_telling(self) -> bool:
        """Say whether the digits alone make an accident unlikely."""
        return self.digits >= _SHORTEST


class Page:
    """What stands around a mention, looked up when two are weighed: few are."""

    def __init__(self, bundle: Facts) -> None:
        self._bundle = bundle
        self._around: dict[int, dict[Printed, int]] = {}

    @cached_property
    def often(self) -> Mapping[Decimal, int]:
        """Return how many figures of the document have each value."""
        return Counter(fact.value.value for fact in self._bundle.facts if isinstance(fact.value, Quantity))

    @cached_property
    def _sentences(self) -> Mapping[int, list[Sentence]]:
        found: dict[int, list[Sentence]] = {}
        for sentence in self._bundle.sentences:
            found.setdefault(sentence.block, []).append(sentence)
        return found

    def around(self, block: int) -> Mapping[Printed, int]:
        """Return the figures of a block that tell something, with how many digits they have."""
        if block not in self._around:
            self._around[block] = dict(chain.from_iterable(map(_telling, self._sentences[block])))
        return self._around[block]


def mentions_of(bundle: Facts, seen: set[str] | None = None) -> Iterator[Mention]:
    """Yield the figures of running text, in order; a sentence copied word for word states nothing anew.

    `seen` collects the sentences, so that several documents can share it.
    """
    blocks, text = bundle.document.blocks, bundle.document.text
    known = set() if seen is None else seen
    page = Page(bundle)
    for sentence in bundle.sentences:
        if blocks[sentence.block].kind not in _PROSE:
            continue
        words = text[sentence.start : sentence.end].strip()
        if words not in known:
            known.add(words)
            yield from _sentence(bundle, sentence, page)


def _telling(sentence: Sentence) -> Iterator[tuple[Printed, int]]:
    """Yield the figures and days of a sentence that few other sentences hold, with the digits that say so."""
    for index in sentence.printed:
        fact = sentence.tokens[index].fact
        if fact is None:
            continue
        value = fact.value
        if isinstance(value, Quantity) and (digits := digits_of(fact)) >= _SHORTEST - 1:
            yield (value.unit, str(value.value.normalize())), digits
        elif isinstance(value, Period) and value.first == value.last:
            yield ("", str(value.first)), _SHORTEST


def _plain(value: Quantity) -> str:
    if value.step == value.scale:
        return str(abs(int(value.value / value.scale)))
    places = max(0, -int((value.step / value.scale).normalize().as_tuple().exponent))
    return f"{abs(value.value / value.scale):.{places}f}"


def digits_of(fact: Fact) -> int:
    """Return how many digits of a figure tell something: those that are not zeros at either end."""
    return len("".join(c for c in fact.text if c.isdecimal()).strip("0"))


def _sentence(bundle: Facts, sentence: Sentence, page: Page) -> Iterator[Mention]:
    tokens = sentence.tokens
    figures = {
        i: found for i in sentence.printed if tokens[i].kind is TokenKind.FIGURE and (found := _counted(tokens[i].fact))
    }
    if not figures:
        return
    stems = [stem(t.key or t.text.lower()) if _is_word(t) else "" for t in tokens]
    opens = next((i for i, word in enumerate(stems) if word), -1)
    headed = bundle.document.blocks[sentence.block].kind is BlockKind.HEADING
    names = [word if word and i != opens and tokens[i].text[0].isupper() else "" for i, word in enumerate(stems)]
    facts = [fact for i in sentence.printed if (fact := tokens[i].fact) is not None]
    dates = frozenset((v.first, v.last) for fact in facts if isinstance(v := fact.value, Period))
    as_of = not _STATES.isdisjoint(sentence.cues)
    printed = {i: (v.unit + _WAYS.get(v.hedge, ""), str(v.value.normalize())) for i, (_, v) in figures.items()}
    for index, (fact, value) in figures.items():
        if (headed and not index and _is_numbering(value)) or _names_thing(tokens, index, value):
            continue
        follows = _follows(tokens, stems, index)
        if _is_cited(bundle.document.text, fact.start, value, named=not follows):
            continue
        first, last = _clause(tokens, index)
        shown = "".join(c for c in fact.text if c.isdecimal())
        measure = Measure.COUNT if value.measure is Measure.AMOUNT and not value.unit else value.measure
        yield Mention(
            bundle=bundle,
            fact=fact,
            value=value,
            block=sentence.block,
            sentence=sentence.start,
            start=tokens[first].start,
            end=tokens[last].end,
            words=frozenset(filter(None, stems[first : last + 1])),
            names=frozenset(filter(None, names[first : last + 1])),
            dates=dates,
            follows=follows,
            company=frozenset(printed[i] for i in range(first, last + 1) if i in printed and i != index),
            sort=(measure.value, value.unit),
            own=printed[index],
            printed=shown,
            plain=_plain(value),
            digits=len(shown.strip("0")),
            is_round=shown[-_NOUGHTS:] == "00" or value.scale != 1 or value.hedge is not Hedge.NONE,
            tokens=tokens,
            index=index,
            page=page,
            as_of=as_of,
        )


def _counted(fact: Fact | None) -> tuple[Fact, Quantity] | None:
    """Return a figure that takes part in arithmetic, with its quantity."""
    if fact is None or fact.kind is not FactKind.QUANTITY or fact.reason or not isinstance(fact.value, Quantity):
        return None
    return fact, fact.value


def _names_thing(tokens: tuple[Token, ...], index: int, value: Quantity) -> bool:
    """Say whether a bare number belongs to a name or label: "Room 7149", "the 5+5", "by age 15: 5 %", "p. 126"."""
    if value.measure is not Measure.COUNT or index < 2:
        return False
    before = tokens[index - 1]
    if before.kind is TokenKind.STOP and tokens[index - 2].text.lower() in _ABBREVIATED:
        return True
    if "+" in (before.text, tokens[index + 1].text if index + 1 < len(tokens) else ""):
        return True  # "the 5+5 Joint Military Commission"
    if _is_word(before) and index + 1 < len(tokens) and tokens[index + 1].kind is TokenKind.COLON:
        return True  # "married by age 15: 5 per cent": the number is a part of the label
    return _is_word(before) and before.text[0].isupper() and before.end + 1 >= tokens[index].start


def _is_cited(text: str, start: int, value: Quantity, *, named: bool) -> bool:
    """Say whether a number names a thing: behind "#", or counting nothing behind initials, "H.R. 3268"."""
    if text[start - 1 : start] == "#":
        return True
    if not named or value.measure is not Measure.COUNT or text[start - 2 : start - 1] != ".":
        return False
    return _INITIALS.search(text, max(0, start - _CITED), start) is not None


def _is_numbering(value: Quantity) -> bool:
    """Say whether a heading may begin with the number of its section: "10.3 Was capitalism stable?"."""
    return not value.unit and 0 < value.value < _SECTIONS


def _follows(tokens: tuple[Token, ...], stems: list[str], index: int) -> tuple[str, ...]:
    """Return the words right behind a figure: what it counts, as printed."""
    end = index + 1
    while end < len(tokens) and end <= index + _LABEL and tokens[end].kind is TokenKind.WORD and not tokens[end].fact:
        end += 1
    return tuple(stems[i] for i in range(index + 1, end) if stems[i])


def _clause(tokens: tuple[Token, ...], index: int) -> tuple[int, int]:
    """Return the first and the last token of the clause around a figure, at most a dozen to each side."""
    first = index
    while first > 0 and index - first < _REACH and tokens[first - 1].kind not in _BREAKS:
        first -= 1
    last = index
    while last + 1 < len(tokens) and last - index < _REACH and tokens[last + 1].kind not in _BREAKS:
        last += 1
    return first, last


def _is_word(token: Token) -> bool:
    return token.kind is TokenKind.WORD and token.fact is None and len(token.text) >= _SHORTEST


@cache
def stem(word: str) -> str:
    """Return a word without the endings that number and gender change in most of our languages.

    >>> stem("programmes"), stem("programme")
    ('programm', 'programm')
    """
    return word[:-2] if len(word) > _STEM and word.endswith("es") else word.rstrip("es") if len(word) > 4 else word


def weights_of(mentions: list[Mention]) -> Mapping[str, int]:
    """Return how much each word tells, as whole numbers: a rare word more than one that stands everywhere.

    A text of few figures is weighed as a page of a longer one, or its words would all seem common.
    """
    counts = Counter(word for mention in mentions for word in mention.words)
    total = max(len(mentions) + 1, _PAGE)
    return {word: round(_FINE * log(total / count)) for word, count in counts.items()}
