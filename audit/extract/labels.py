"""What a figure counts: the words beside it, their head noun, and what they say of the population.

The words after the figure come first ("47 indirect victims"); failing those, the words after a verb or a
preposition ("1,462 were direct victims", "2,099 to women"); failing those, the words before a bracket or a
colon ("Sonora (2,283)", "medical care: 233").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.facts import TokenKind

if TYPE_CHECKING:
    from audit.extract.reading import Reading

_LONGEST = 6
# Words that may stand between a figure and what it counts: "1,462 were direct victims", "275,988 as asylum-seekers".
_BRIDGES = frozenset({"verb", "as", "to", "for", "from", "in", "on", "by", "of", "article", "at", "among", "with"})
Label = tuple[str, str, tuple[str, ...]]


def label_of(reading: Reading, end: int, after: int) -> Label:
    """Return (label, head, traits) of the figure whose tokens end at raw index `end`; `after` skips a late hedge."""
    told = after + (reading.at(after).kind is TokenKind.CUE and reading.at(after).cue == "additional")
    words = _words_from(reading, told)  # "24 new prosecutors", "12 further cases"
    if not words:
        look = after
        while look - after < 4 and reading.at(look).kind is TokenKind.CUE and reading.at(look).cue in _BRIDGES:
            look += 1
        words = _words_from(reading, look) if look > after else []
    if not words:
        words = _words_before(reading)
    if not words and end < len(reading.raw):
        return "", "", ()
    return describe(words, reading)


def _words_from(reading: Reading, index: int) -> list[tuple[str, str]]:
    words: list[tuple[str, str]] = []
    for look in range(index, index + _LONGEST):
        token = reading.at(look)
        if token.kind is not TokenKind.WORD or _is_number_word(token.key, reading):
            break
        words.append((token.text, token.key))
    return words


def _words_before(reading: Reading) -> list[tuple[str, str]]:
    opener = reading.last()
    if opener.kind not in (TokenKind.OPEN, TokenKind.COLON):
        return []
    words: list[tuple[str, str]] = []
    for back in range(2, 2 + _LONGEST):
        token = reading.last(back)
        if token.kind is not TokenKind.WORD and token.cue not in ("of", "article", "for"):
            break
        words.insert(0, (token.text, token.key))
    return words


def _is_number_word(key: str, reading: Reading) -> bool:
    return key in reading.language.numbers


def describe(words: list[tuple[str, str]], reading: Reading) -> Label:
    """Return the label, its head noun and its traits."""
    if not words:
        return "", "", ()
    language = reading.language
    # English puts its noun last, Spanish and French put it first: "policiers hors unités" are policemen
    ordered = words[::-1] if language.code == "en" else words
    head = ordered[0][1]
    traits: list[str] = []
    for _, key in words:
        traits.extend(language.traits.get(key, ()))
    # "shelter kits" are kits, while "migrants registered" are migrants
    if language.code == "en" and head.endswith("s") and head not in language.classes:
        return " ".join(text for text, _ in words), head, tuple(dict.fromkeys(traits))
    for _, key in ordered:
        if key in language.classes:
            head = key
            traits.append(f"class.{language.classes[key]}")
            break
    return " ".join(text for text, _ in words), head, tuple(dict.fromkeys(traits))
