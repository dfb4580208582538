"""Every figure of running text with the words around it, so that two statements of one fact can be recognised.

A mention keeps its content words, the names among them, the dates of its sentence and what its label says. Words are
taken from the figure's own clause: a sentence that counts three things has three mentions with few words in common.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit.facts import FactKind, Period, TokenKind
from audit.model import BlockKind
from audit.quantity import Measure, Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from audit.facts import Fact, Facts, Sentence, Token

_PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.NOTE, BlockKind.QUOTE, BlockKind.HEADING})
_BREAKS = frozenset({TokenKind.SEMICOLON, TokenKind.STOP, TokenKind.COLON})
_BEFORE, _AFTER = 12, 12
_SHORTEST = 3
_STEM = 6


@dataclass(frozen=True, slots=True, eq=False)
class Mention:
    """One figure in its place: the bundle it belongs to, its block, and the words that tell what it is."""

    bundle: Facts
    fact: Fact
    value: Quantity
    block: int
    start: int
    end: int
    words: frozenset[str]
    names: frozenset[str]
    dates: frozenset[tuple[object, object]]
    follows: tuple[str, ...]
    company: frozenset[tuple[str, str]]
    as_of: bool = False

    @property
    def sort(self) -> tuple[str, str]:
        """Return what two figures must share to be the same sort of number."""
        value = self.value
        measure = Measure.COUNT if value.measure is Measure.AMOUNT and not value.unit else value.measure
        return measure.value, value.unit

    @property
    def own(self) -> tuple[str, str]:
        """Return the figure as it would stand in the company of another."""
        return _printed(self.value)

    @property
    def digits(self) -> int:
        """Return how many of its digits tell something: those that are not zeros at either end."""
        return len("".join(c for c in self.fact.text if c.isdigit()).strip("0"))

    @property
    def is_telling(self) -> bool:
        """Say whether the digits alone make an accident unlikely."""
        return self.digits >= _SHORTEST


def mentions_of(bundle: Facts) -> Iterator[Mention]:
    """Yield the figures of running text, in order."""
    blocks = bundle.document.blocks
    for sentence in bundle.sentences:
        if blocks[sentence.block].kind not in _PROSE:
            continue
        if any(t.kind is TokenKind.FIGURE for t in sentence.tokens):
            yield from _sentence(bundle, sentence)


def _sentence(bundle: Facts, sentence: Sentence) -> Iterator[Mention]:
    tokens = sentence.tokens
    dates = frozenset(
        (t.fact.value.first, t.fact.value.last)
        for t in tokens
        if t.fact is not None and isinstance(t.fact.value, Period)
    )
    opens = next((t.start for t in tokens if t.kind is TokenKind.WORD), -1)
    for index, token in enumerate(tokens):
        fact = token.fact
        if token.kind is not TokenKind.FIGURE or fact is None or fact.kind is not FactKind.QUANTITY or fact.reason:
            continue
        if not isinstance(fact.value, Quantity) or _names_thing(tokens, index):
            continue
        near = _clause(tokens, index)
        words = frozenset(stem(t.key or t.text.lower()) for t in near if _is_word(t))
        names = frozenset(stem(t.key or t.text.lower()) for t in near if _is_name(t) and t.start != opens)
        yield Mention(
            bundle,
            fact,
            fact.value,
            sentence.block,
            near[0].start if near else fact.start,
            near[-1].end if near else fact.end,
            words,
            names,
            dates,
            _follows(tokens, index),
            frozenset(_company(near, fact)),
            any(t.cue in ("as_of", "since", "until") for t in tokens),
        )


def _names_thing(tokens: tuple[Token, ...], index: int) -> bool:
    """Say whether a bare number belongs to a name before it: "Room 7149", "Resolution 5"."""
    before = tokens[index - 1] if index else None
    fact = tokens[index].fact
    bare = fact is not None and isinstance(fact.value, Quantity) and fact.value.measure is Measure.COUNT
    return bare and index > 1 and before is not None and _is_name(before) and before.end + 1 >= tokens[index].start


def _follows(tokens: tuple[Token, ...], index: int) -> tuple[str, ...]:
    """Return the words right behind a figure: what it counts, as printed."""
    found: list[str] = []
    for token in tokens[index + 1 : index + 5]:
        if token.kind is not TokenKind.WORD or token.fact is not None:
            break
        found.append(stem(token.key or token.text.lower()))
    return tuple(found)


def _company(near: list[Token], fact: Fact) -> Iterator[tuple[str, str]]:
    """Yield the other figures of the clause, as unit and value: a restated sentence restates them too."""
    others = (t.fact for t in near if t.kind is TokenKind.FIGURE and t.fact is not None and t.fact is not fact)
    for other in others:
        if isinstance(other.value, Quantity) and not other.reason:
            yield _printed(other.value)


def _printed(value: Quantity) -> tuple[str, str]:
    return value.unit, str(value.value.normalize())


def _clause(tokens: tuple[Token, ...], index: int) -> list[Token]:
    first = index
    while first > 0 and index - first < _BEFORE and tokens[first - 1].kind not in _BREAKS:
        first -= 1
    last = index
    while last + 1 < len(tokens) and last - index < _AFTER and tokens[last + 1].kind not in _BREAKS:
        last += 1
    return list(tokens[first : last + 1])


def _is_word(token: Token) -> bool:
    return token.kind is TokenKind.WORD and token.fact is None and len(token.text) >= _SHORTEST


def _is_name(token: Token) -> bool:
    return _is_word(token) and token.text[0].isupper()


def stem(word: str) -> str:
    """Return a word without the endings that number and gender change in most of our languages.

    >>> stem("programmes"), stem("programme")
    ('programm', 'programm')
    """
    return word[:-2] if len(word) > _STEM and word.endswith("es") else word.rstrip("es") if len(word) > 4 else word


def frequencies(mentions: list[Mention]) -> Mapping[str, int]:
    """Return in how many mentions each word stands."""
    return Counter(word for mention in mentions for word in mention.words)
