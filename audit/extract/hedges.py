"""What stands before a figure and belongs to it: its sign ("-9.2", "minus 5") and the words that widen or bound it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.extract.scan import match_phrase
from audit.facts import TokenKind
from audit.quantity import Hedge

if TYPE_CHECKING:
    from audit.extract.reading import Reading
    from audit.facts import Token

_WORDS = (TokenKind.WORD, TokenKind.CUE)
_LONGEST = 5
_ASIDE = 14
_SIGNS = {
    ">": Hedge.OVER,
    "<": Hedge.UNDER,
    "≥": Hedge.AT_LEAST,
    "≤": Hedge.AT_MOST,
    "~": Hedge.ABOUT,
    "≈": Hedge.ABOUT,
}
_OR_EQUAL = {Hedge.OVER: Hedge.AT_LEAST, Hedge.UNDER: Hedge.AT_MOST}


def is_final(reading: Reading, index: int) -> bool:
    """Say whether nothing follows a figure in its clause."""
    return reading.at(index).kind in (TokenKind.STOP, TokenKind.COMMA, TokenKind.CLOSE, TokenKind.SEMICOLON)


def take_sign(reading: Reading, index: int, start: int, *, measured: bool = False) -> int:
    """Return where the sign of a figure begins and take it off the tokens read, or -1 when it has none.

    The figure runs from offset `start` to raw index `index`. A signed number in words counts no things ("minus 5
    people" takes away); `measured` says that it is a percentage.
    """
    sign = reading.last()
    if sign.kind is TokenKind.DASH:
        alone = len(reading.out) == 1
        spaced = alone and is_final(reading, index)  # "- 10" is all there is
        joined = sign.end == start and (
            alone or reading.last(2).end < sign.start or reading.last(2).kind is TokenKind.OPEN
        )
        if sign.text not in ("−", "-") or not (joined or spaced) or _closes(reading, index):
            return -1
    elif sign.key in reading.language.minus_words:
        before = reading.last(2)
        if before.fact is not None or reading.at(index).kind is TokenKind.WORD:
            return -1
        if before.kind is TokenKind.WORD and not measured:
            return -1
    else:
        return -1
    reading.out.pop()
    return sign.start


def _closes(reading: Reading, index: int) -> bool:
    """Say whether a hyphen behind some words closes what another one opened: "34.926 quejas -38 más que en 2022-"."""
    before = reading.last(2)
    if before.kind not in _WORDS:
        return False
    for place in range(index + 1, min(index + _ASIDE, len(reading.raw))):
        token = reading.at(place)
        if token.kind in (TokenKind.STOP, TokenKind.SEMICOLON, TokenKind.OPEN):
            return False
        if token.kind is TokenKind.DASH:
            return reading.adjoins(place) and not reading.adjoins(place + 1)
    return False


def hedge_of(reading: Reading, index: int) -> tuple[Hedge, int]:
    """Return the hedge of the figure that ends before a raw index, and the index after a hedge that follows it."""
    language = reading.language
    hedge = _before(reading)
    if index >= len(reading.raw):
        return hedge, index
    if hedge is Hedge.NONE:
        name, length = match_phrase(reading.raw, index, language.hedges_after)
        compared = reading.at(index + length).key in language.than and _is_number(reading, index + length + 1)
        return (Hedge(name), index + length) if length and not compared else (hedge, index)
    if hedge in _OR_EQUAL:
        _, length = match_phrase(reading.raw, index, language.hedges_equal)
        if length and not _is_number(reading, index + length):  # "more than 5,000 or equal to 6,000"
            return _OR_EQUAL[hedge], index + length
    return hedge, index


def _is_number(reading: Reading, index: int) -> bool:
    token = reading.at(index)
    return token.text[:1].isdecimal() or token.key in reading.language.numbers


def _before(reading: Reading) -> Hedge:
    last = reading.last()
    if last.kind not in _WORDS:
        return _signed(reading, last) if last.kind is TokenKind.MARK else Hedge.NONE
    rows = reading.language.hedge_ends.get(last.key.rpartition(" ")[2])
    if not rows:
        return Hedge.NONE
    words: list[str] = []
    for back in range(1, _LONGEST + 1):
        token = reading.last(back)
        if token.kind not in _WORDS or token.fact is not None:
            break
        words[:0] = token.key.split(" ")
    for phrase, hedge in rows:
        length = len(phrase)
        if tuple(words[-length:]) == phrase:
            # "20 per cent more than 45", "3 over 12": the first figure says by how much, the second is as printed
            compared = hedge in _OR_EQUAL and _before_phrase(reading, length).fact is not None
            return Hedge.NONE if compared else hedge
    return Hedge.NONE


def _before_phrase(reading: Reading, length: int) -> Token:
    """Return the token before a phrase of some words that has been read last."""
    back = 1
    while length > 0:
        length -= reading.last(back).key.count(" ") + 1
        back += 1
    return reading.last(back)


def _signed(reading: Reading, last: Token) -> Hedge:
    """Return the hedge of a sign: "> 30", ">= 30", "≤ 5"; "=>" is an arrow."""
    before = reading.last(2)
    pair = before.text if before.end == last.start else ""
    if last.text == "=":
        pair = before.text if before.end + 1 >= last.start else ""  # "< = 100"
        return _OR_EQUAL.get(_SIGNS.get(pair, Hedge.NONE), Hedge.NONE)
    return Hedge.NONE if pair == "=" else _SIGNS.get(last.text, Hedge.NONE)
