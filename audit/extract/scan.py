"""From the text of a block to raw tokens: words with their cues, runs of digits, punctuation.

One regular expression finds the atoms; everything about what a number means happens after it, by looking words up.
Possessive repeats keep it linear on hostile input.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from audit.facts import Token, TokenKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from audit.extract.language import Language, Phrases

# A word keeps inner hyphens, apostrophes, slashes and full stops ("asylum-seekers", "i.e", "and/or"); with digits
# joined to it, it is a code ("COVID-19", "S/2025/176", "H-2").
_WORD = (
    r"(?P<word>°[CF]\b|[^\W\d_]++(?:[-\u2010\u2011’'/.][^\W\d_]++)*+)"
    r"(?P<tail>[-\u2010\u2011/.]?+\d\w*+(?:[-\u2010\u2011/.]\w++)*+)?+"
)
# "₦45bn", "u$s 1.127", "Rs 45 crore"; a bare N is that of the naira only before a scale: "N11.5tn", "N3,376.73 billion"
_MONEY = (
    r"(?P<money>(?:[A-Z][A-Za-z]{0,3}+)?+[$€£¥\u20a0-\u20bf]|[Uu]\$[Ss]|(?:Rs|K[Ss]h)\b\.?+(?= ?\d)"
    r"|N(?=\d[\d.,]*+ ?(?:[bmt]n|m|trn|(?:m|b|tr)illion)\b))"
)
_URL = r"(?P<url>(?:https?://|www\.)[^\s<>\"”\]]++|[\w.+-]++@[\w-]++\.[\w.-]++)"
# ".08", "1.3e6" and "2.5^-1" are numbers; an exponent without a sign may be the mark of a note
_NUMBER = (
    r"(?:\d++(?:[.,·⋅’'\u00a0\u202f\u2009]\d++)*+|(?<![\w)\]”\"’'.,])\.\d++)"
    r"(?:e[+-]?\d{1,3}(?!\w)|\^[+-]\d{1,2}(?!\d))?+"
)
_SUFFIX = r"(?P<suffix>[^\W\d_]++(?:[-/]\w++)*+|:\d\d\b|[ºª]|°(?![CF]\b))?+"
_DIGITS = rf"(?P<digits>{_NUMBER}){_SUFFIX}"
_SPACED = rf"(?P<digits>\d{{1,3}}(?:[ \u00a0\u202f\u2009]\d{{3}})++(?!\d)(?:[.,]\d++)?+|{_NUMBER}){_SUFFIX}"
WIDE = r"(?<![\d.,])(?<!\d )\d{1,2}(?: \d{3}){2,3}(?![\d.,]?\d)(?! \d)"
_WIDE = rf"(?P<digits>{WIDE}|{_NUMBER}){_SUFFIX}"
# in English only where a document has shown that it prints them: "1 250 homes", not "120 400 35" of a row
THOUSANDS = r"(?<![\d.,])(?<!\d )[1-9]\d{0,2}(?: \d{3})+(?![\d.,]?\d)(?! \d)"
_THOUSANDS = rf"(?P<digits>{THOUSANDS}|{_NUMBER}){_SUFFIX}"
_PUNCTUATION = r"(?P<mark>[()\[\];:,.!?–—−\-/%&+±=<>≤≥~≈…•\u2022])"
# "l'homme", "d’un": the article is a word of its own
_ELIDED = r"(?P<elided>(?:[cdjlmnstCDJLMNST]|qu|Qu)[’'](?=[^\W\d_])|[dD][’'](?=\d))"
# Most words are of small letters with a space behind them: nothing else can begin where they do.
_SMALL = r"(?P<small>[a-z]++(?=[ ,;]))"
# A document is read with one of these; the others are not compiled.
_ELIDING_ATOM = "|".join((_SMALL, _URL, _MONEY, _ELIDED, _WORD, _SPACED, _PUNCTUATION))
_PLAIN_ATOM = "|".join((_SMALL, _URL, _MONEY, _WORD, _DIGITS, _PUNCTUATION))
_WIDE_ATOM = "|".join((_SMALL, _URL, _MONEY, _WORD, _WIDE, _PUNCTUATION))
_THOUSANDS_ATOM = "|".join((_SMALL, _URL, _MONEY, _WORD, _THOUSANDS, _PUNCTUATION))
_SPACED_ATOM = "|".join((_SMALL, _URL, _MONEY, _WORD, _SPACED, _PUNCTUATION))

_MARKS = {
    "(": TokenKind.OPEN,
    "[": TokenKind.OPEN,
    ")": TokenKind.CLOSE,
    "]": TokenKind.CLOSE,
    ",": TokenKind.COMMA,
    ";": TokenKind.SEMICOLON,
    ":": TokenKind.COLON,
    ".": TokenKind.STOP,
    "!": TokenKind.STOP,
    "?": TokenKind.STOP,
    "–": TokenKind.DASH,
    "—": TokenKind.DASH,
    "-": TokenKind.DASH,
    "−": TokenKind.DASH,
    "…": TokenKind.STOP,
}

_SENTENCE_END = re.compile(r"[.!?][\"”’)\]]?\s+(?=[\"“‘(\[¿¡]?[A-Z0-9À-ÖØ-Þ])")
_BRACKET_REACH = 1500


def sentences(text: str, language: Language) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) offsets of each sentence of a block.

    A full stop after an abbreviation or a single letter ends nothing, nor does one inside a bracket that is
    closed within reach.
    """
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if match.start() < start:
            continue
        if text[match.start()] == "." and _is_abbreviated(text, match.start(), language):
            continue
        piece = text[start : match.end()]
        if "(" in piece and piece.count("(") > piece.count(")"):
            close = text.find(")", match.end(), match.end() + _BRACKET_REACH)
            if close >= 0:
                continue
        yield start, match.end()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def _is_abbreviated(text: str, stop: int, language: Language) -> bool:
    first = stop
    while first > 0 and stop - first < 12 and (text[first - 1].isalpha() or text[first - 1] == "."):
        first -= 1
    word = text[first:stop].lower()
    return (len(word) == 1 and word.isalpha() and text[first].isupper()) or word in language.abbreviations


def scan(text: str, start: int, end: int, language: Language) -> list[Token]:
    """Return the raw tokens of a stretch of text: words are already cues where the language says so."""
    atom = _SPACED_ATOM if language.space_groups else _PLAIN_ATOM
    atom = _ELIDING_ATOM if language.elides else atom
    if language.wide_groups:
        atom = _THOUSANDS_ATOM if language.space_groups else _WIDE_ATOM
    tokens: list[Token] = []
    add = tokens.append
    cues, cue, word = language.cues, TokenKind.CUE, TokenKind.WORD
    for match in re.compile(atom).finditer(text, start, end):
        group, raw = match.lastgroup, match.group()
        first, last = match.span()
        if group == "small":
            add(Token(cue if raw in cues else word, raw, first, last, raw))
        elif group in ("word", "elided"):
            key = raw.lower().replace("’", "'") if group == "elided" else raw.lower()
            add(Token(cue if key in cues else word, raw, first, last, key))
        elif group == "mark":
            add(Token(_MARKS.get(raw, TokenKind.MARK), raw, first, last, raw))
        else:
            add(Token(TokenKind.FIGURE, raw, first, last, _RAW[group or ""]))
    return merge_cues(tokens, language)


_RAW = {"digits": "digits", "suffix": "suffixed", "tail": "code", "url": "url", "money": "money"}


def merge_cues(tokens: list[Token], language: Language) -> list[Token]:
    """Return the tokens with each phrase of the language ("of whom", "a total of") as one cue token."""
    merged: list[Token] = []
    done, final = 0, len(tokens) - 1
    for index, token in enumerate(tokens):
        if token.kind is not TokenKind.CUE or index < done:
            continue
        if index < final and tokens[index + 1].key in language.second_words[token.key]:
            name, length = match_phrase(tokens, index, language.cues)
        else:
            name = language.lone_cues.get(token.key, "")
            length = 1 if name else 0
        if length == 1:
            token.cue = name
        elif length:
            merged += tokens[done:index]
            done = index + length
            key = " ".join([t.key for t in tokens[index:done]])
            # as printed in small letters: "May" the month begins with a capital
            merged.append(Token(TokenKind.CUE, key, token.start, tokens[done - 1].end, key, name))
        else:
            token.kind = TokenKind.WORD
    merged += tokens[done:]
    return merged


def match_phrase(tokens: list[Token], index: int, phrases: Phrases) -> tuple[str, int]:
    """Return the name and the token count of the longest phrase that begins at a token, or ("", 0)."""
    last = len(tokens) - index - 1
    for rest, name in phrases.get(tokens[index].key, ()):
        length = len(rest)
        if length == 0:
            return name, 1
        # the second word decides nearly always: this is the busiest loop of the whole run
        if length > last or tokens[index + 1].key != rest[0]:
            continue
        if length == 1 or all(tokens[index + 1 + offset].key == rest[offset] for offset in range(1, length)):
            return name, length + 1
    return "", 0
