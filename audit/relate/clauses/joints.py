"""What joins two figures of a list: a comma, a semicolon or "and", with hardly a word between it and the next figure.

The next figure may stand behind its own name, as in "medical care: 233", "boys for 12 and girls for 11" or "les petites
98 900, les moyennes 102 300".
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from audit.facts import TokenKind
from audit.relate.clauses.structure import LABEL_REACH, LIGHT_REACH, OPENERS, is_bare, is_light

if TYPE_CHECKING:
    from audit.facts import Token
    from audit.relate.clauses.structure import Level, Mark

_NAME = 3
_SUMMING = ("total", "relative", "verb", "or", "article", "there", "that_is", "comprising", "to", "for")
_GAPPING = ("for", "of", "in", "at", "with", "by", "to", "from")
_NAMED = ("article", "other", "remain", "additional", "not")  # "los no tributarios", "les autres produits"
_NAMING = (*_NAMED, "of", "from", "by", "verb", "for", "in", "to", "via")  # "97 votes for, votes against 41"
_NAMES = (TokenKind.WORD, TokenKind.REFERENCE, TokenKind.STOP)  # "Mr. Lund"
PREPOSITIONS = ("from", "in", "with", "of", "for", "by", "on", "at", "to", "between", "via", "per", "out_of")


def joint(level: Level, first: Mark, second: Mark) -> str:
    """Return how the second figure is joined to the first: "comma", "semicolon", or "" when it is not."""
    gap = level.between(first.index, second.index)
    last, kind = -1, ""
    for position, token in enumerate(gap):
        if token.kind is TokenKind.SEMICOLON:
            last, kind = position, "semicolon"
        elif token.kind is TokenKind.COMMA or token.cue in ("and", "also"):
            last, kind = position, "semicolon" if kind == "semicolon" else "comma"
    if last < 0 and second.bracketed and _is_next_name(gap):
        return "comma"  # "CODECO (52) Nyatura (45)": a comma was left out
    if last < 0 or any(t.kind in (TokenKind.COLON, TokenKind.DASH, TokenKind.STOP) for t in gap[:last]):
        return ""
    after = gap[last + 1 :]
    if any(t.cue in OPENERS and t.cue != "remain" for t in (*gap[max(0, last - 1) : last], *after)):
        return ""  # "23 members, including 11 judges" and "23 members, namely, 11 judges"
    if second.bracketed:
        # "in Ituri (84) and South Kivu (38) and were attributed to M23 (266)": a verb begins another list
        return kind if len(after) <= LABEL_REACH + 2 and not any(t.cue == "verb" for t in after) else ""
    if is_light(after, second):
        return kind
    told = (
        labelled_first(after)
        or _is_gapped(level, first, after)
        or _leads_to_total(after)
        or (_is_name_before(after) and _is_unnamed(level, second))
        or _is_placed_before(level, first, after)
        or _is_told_alike(level, (first, second), after)
    )
    return kind if told else ""


def _leads_to_total(tokens: list[Token]) -> bool:
    """Say whether a few words lead in to a total: "which makes a total of 52", "lo que suma un total de 52"."""
    plain = all(t.kind is TokenKind.WORD or t.cue in _SUMMING for t in tokens[:-1])
    return bool(tokens) and tokens[-1].cue == "total" and len(tokens) <= LIGHT_REACH + 1 and plain


def _is_next_name(gap: list[Token]) -> bool:
    words = [t for t in gap if t.kind not in (TokenKind.OPEN, TokenKind.CLOSE)]
    return 0 < len(words) <= _NAME and all(t.kind is TokenKind.WORD and t.text[:1].isupper() for t in words)


def _is_gapped(level: Level, first: Mark, tokens: list[Token]) -> bool:
    """Say whether a name and a preposition lead in to a figure as to the one before: "boys for 12 and girls for 11"."""
    before = level.between(first.index - 2, first.index)
    if not 1 < len(tokens) <= LIGHT_REACH + 1 or not before or tokens[-1].cue not in _GAPPING:
        return False
    plain = all(t.kind is TokenKind.WORD or t.cue in _NAMED for t in tokens[:-1])
    return plain and before[0].cue == tokens[-1].cue


def _is_placed_before(level: Level, first: Mark, tokens: list[Token]) -> bool:
    """Say whether a place or a time leads in to a figure as to the one before.

    "In Lima 212 and in Cusco 134 complaints"; "in the first half, 2,310 permits were granted and in the second 1,985".
    """
    if not 1 < len(tokens) <= LIGHT_REACH or tokens[0].cue not in _GAPPING:
        return False
    if tokens[1].cue == "article":
        plain = all(t.kind is TokenKind.WORD for t in tokens[2:])
        opened = [t.cue for t in level.between(-1, first.index)[:2]]
        return plain and len(tokens) > 2 and opened == [tokens[0].cue, "article"]
    if not _is_name_before(tokens[1:]):
        return False
    lead = level.between(first.index - len(tokens) - 1, first.index)
    return any(t.cue == tokens[0].cue and _is_name_before(lead[p + 1 :]) for p, t in enumerate(lead))


def _is_told_alike(level: Level, marks: tuple[Mark, Mark], tokens: list[Token]) -> bool:
    """Say whether two figures stand behind what has them: "les petites 98 900, les moyennes 102 300".

    The first may tell what all of them count: "the government holds 131 seats, the opposition 98 and others 11".
    """
    first, second = marks
    if not 0 < len(tokens) <= LIGHT_REACH + 1 or not is_bare(second) or not (is_bare(first) or first.fact.label):
        return False
    before = level.between(marks[0].index - 2, marks[0].index)
    plain = all(t.kind is TokenKind.WORD or t.cue in _NAMING for t in tokens)
    named = any(t.kind is TokenKind.WORD for t in tokens)
    return plain and named and bool(before) and before[-1].kind is not TokenKind.COMMA


def _is_unnamed(level: Level, mark: Mark) -> bool:
    """Say whether nothing is named right behind a figure: "Healthcare $684 million and", "Warrap for 71 of them"."""
    after = level.between(mark.index, mark.index + 2)
    return not after or after[0].kind is not TokenKind.WORD


def _is_name_before(tokens: list[Token]) -> bool:
    """Say whether a name leads in to a figure of its own: "Industrial contributed $1,102, Healthcare $684 and ..."."""
    if not 0 < len(tokens) <= LIGHT_REACH or not tokens[0].text[:1].isupper():
        return False
    plain = tokens[:-1] if len(tokens) > 1 and tokens[-1].cue in PREPOSITIONS else tokens
    return all(t.kind in _NAMES for t in plain)


def labelled_first(tokens: list[Token]) -> bool:
    """Say whether a label and a colon lead in to a figure: "medical care: 233"."""
    return (
        1 < len(tokens) <= LABEL_REACH
        and tokens[-1].kind is TokenKind.COLON
        and all(t.kind is TokenKind.WORD or t.cue for t in tokens[:-1])
    )


def is_compared(level: Level, mark: Mark) -> bool:
    """Say whether a figure tells by how much another differs: "five more than", "12 seats fewer than"."""
    after = level.between(mark.index, mark.index + 4)
    return any(a.cue in ("more", "fewer") and b.cue == "than" for a, b in pairwise(after))
