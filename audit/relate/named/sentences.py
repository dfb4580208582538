"""Figures of two editions of a text that are one figure: by the words of their sentences, however these have moved."""

from __future__ import annotations

from collections import Counter, defaultdict
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from audit.facts import FactKind, TokenKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.facts import Fact, Facts, Sentence

_ALIKE = 0.6  # the least share of words that two sentences about one thing have in common
_RARE = 40  # a word in more sentences than this finds too many
_WORDS = 90

Pair = tuple["Fact | None", "Fact | None", str]


def matched(new: Facts, old: Facts) -> Iterator[Pair]:
    """Yield (figure now, figure before, words) for the figures of two texts; None where one has no match."""
    left, right = _sentences(new), _sentences(old)
    partner = _partners(left, right)
    used = set(partner.values())
    for index, (sentence, words) in enumerate(left):
        said = _label(new, sentence)
        if index not in partner:
            yield from ((fact, None, said) for fact in _figures(sentence))
            continue
        earlier, others = right[partner[index]]
        yield from ((a, b, said) for a, b in _aligned((sentence, words), (earlier, others)))
    for index, (sentence, _) in enumerate(right):
        if index not in used:
            yield from ((None, fact, _label(old, sentence)) for fact in _figures(sentence))


def _sentences(bundle: Facts) -> list[tuple[Sentence, tuple[str, ...]]]:
    cells = {cell.start for table in bundle.document.tables for cell in table.cells}
    return [(s, _words(s)) for s in bundle.sentences if s.start not in cells and any(True for _ in _figures(s))]


def _figures(sentence: Sentence) -> Iterator[Fact]:
    for token in sentence.tokens:
        if token.kind is TokenKind.FIGURE and token.fact is not None and token.fact.kind is FactKind.QUANTITY:
            yield token.fact


def _words(sentence: Sentence) -> tuple[str, ...]:
    return tuple(
        "#" if t.kind in (TokenKind.FIGURE, TokenKind.DATE) else (t.key or t.text).casefold() for t in sentence.tokens
    )


def _label(bundle: Facts, sentence: Sentence) -> str:
    text = " ".join(bundle.document.text[sentence.start : sentence.end].split())
    return text if len(text) <= _WORDS else text[:_WORDS].rsplit(" ", 1)[0] + " …"


def _partners(
    left: Sequence[tuple[Sentence, tuple[str, ...]]], right: Sequence[tuple[Sentence, tuple[str, ...]]]
) -> dict[int, int]:
    """Return, for each sentence now, the one before that it came of: the same words first, then the most alike."""
    same: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, (_, words) in enumerate(right):
        same[words].append(index)
    found: dict[int, int] = {}
    for index, (_, words) in enumerate(left):
        if same[words]:
            found[index] = same[words].pop(0)
    taken = set(found.values())
    by_word: dict[str, list[int]] = defaultdict(list)
    for index, (_, words) in enumerate(right):
        if index not in taken:
            for word in set(words):
                by_word[word].append(index)
    offers: list[tuple[float, int, int]] = []
    for index, (_, words) in enumerate(left):
        if index in found:
            continue
        near = Counter(n for word in set(words) if len(by_word[word]) <= _RARE for n in by_word[word])
        for other, _ in near.most_common(8):
            ratio = _likeness(words, right[other][1])
            if ratio >= _ALIKE:
                offers.append((-ratio, index, other))
    for _, index, other in sorted(offers):
        if index not in found and other not in taken:
            found[index] = other
            taken.add(other)
    return found


def _likeness(left: tuple[str, ...], right: tuple[str, ...]) -> float:
    shared = sum((Counter(left) & Counter(right)).values())
    return 2 * shared / (len(left) + len(right))


def _aligned(
    new: tuple[Sentence, tuple[str, ...]], old: tuple[Sentence, tuple[str, ...]]
) -> Iterator[tuple[Fact | None, Fact | None]]:
    """Yield the figures of two sentences side by side, where the words around them are the same."""
    partner: dict[int, int] = {}
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, new[1], old[1], autojunk=False).get_opcodes():
        if tag == "equal" or (tag == "replace" and a2 - a1 == b2 - b1):
            partner.update(zip(range(a1, a2), range(b1, b2), strict=True))
    used: set[int] = set()
    for index, token in enumerate(new[0].tokens):
        if token.fact is None or token.fact not in set(_figures(new[0])):
            continue
        other = partner.get(index)
        earlier = old[0].tokens[other].fact if other is not None else None
        if earlier is not None and earlier.kind is FactKind.QUANTITY and other is not None:
            used.add(other)
            yield token.fact, earlier
        else:
            yield token.fact, None
    for index, token in enumerate(old[0].tokens):
        if index not in used and token.fact is not None and token.fact in set(_figures(old[0])):
            yield None, token.fact
