"""Listings: how many things a stretch of a sentence names one after the other."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from audit.facts import TokenKind
from audit.model import BlockKind
from audit.quantity import Hedge
from audit.records import dataclass
from audit.relate.clauses.chance import is_one_edit
from audit.relate.clauses.structure import sort_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from audit.facts import Token
    from audit.relate.clauses.structure import Level, Mark, Paragraph

OPEN_LISTS = ("including", "among", "mainly")
LEADS = ("in", "with", "from", "for", "to", "by", "on")
DATED = (TokenKind.DATE, TokenKind.COMMA)
_NAME, _PLAIN, _LED, _PARTICLE = 6, 2, 3, 3
_NOUN = 6
_NEXT = ("comprising", "after", "following")
_FOLLOWING = (*_NEXT, "verb", "with", "article")
_SHORT_NAME, _FAR, _PAIR = 4, 7, 2


@dataclass(frozen=True, slots=True)
class Listing:
    """How many things a list may hold; `certain` when its items are marked or told apart by semicolons."""

    low: int
    high: int
    certain: bool
    names: bool = False
    start: int = 0  # where the list stands, when that is one stretch of the sentence
    end: int = 0

    def holds(self, number: Decimal) -> bool:
        """Say whether the list may hold a number of things."""
        return self.low <= number <= self.high

    def at(self, region: Sequence[Token]) -> Listing:
        """Return the same count with the place of the list."""
        return replace(self, start=region[0].start, end=region[-1].end)


def until(tokens: Sequence[Token], kinds: tuple[TokenKind, ...]) -> list[Token]:
    """Return the tokens before the first of some kinds."""
    taken: list[Token] = []
    for token in tokens:
        if token.kind in kinds:
            break
        taken.append(token)
    return taken


def count_of(region: Sequence[Token]) -> Listing | None:
    """Return how many things a stretch may list, or None when it is no list."""
    semicolons = sum(t.kind is TokenKind.SEMICOLON for t in region)
    if any(t.cue in OPEN_LISTS for t in region) or len(region) < 2:
        return None
    if region[0].cue == "or":
        return None  # "2 children (or more)"
    if any(t.kind is TokenKind.FIGURE for t in region):
        # "three groups: miners, who receive $100,000; guards, who ...; and ...": items may be parts of parts
        number = semicolons + 1
        return Listing(number, number, certain=False, names=_are_described(region)) if semicolons >= _PAIR else None
    dates = sum(t.kind is TokenKind.DATE for t in region)
    if dates > 1 and all(t.kind in DATED or t.cue in ("and", "in", "on", "article") for t in region):
        return Listing(dates, dates, certain=True, names=True)
    if semicolons:
        return Listing(semicolons + 1, semicolons + 1, certain=True, names=True)
    items = _split(region)
    commas = sum(1 for t in region if t.kind is TokenKind.COMMA)
    joints = sum(1 for t in region if t.cue == "and")
    if not commas and not joints:
        return None
    oxford = sum(1 for a, b in itertools.pairwise(region) if a.kind is TokenKind.COMMA and b.cue == "and")
    high = commas + joints - oxford + 1
    lead = region[0].cue if region[0].cue in LEADS else ""
    if lead:
        # "in Tijuana, Baja California, in Ciudad Juárez, Chihuahua, and in Matamoros, Tamaulipas"
        led = sum(1 for item in items if item and item[0].cue == lead)
        if led > 1:
            # "to protect the weakest, to create jobs, and to finish the roads": every item opens with the same word
            return Listing(led, led, certain=False, names=led == high and led >= _LED)
    names = len(items) == high and (
        all(1 <= len(i) <= _NAME and _is_name(i) for i in items) or _are_plain(items) or _are_led(items)
    )
    if joints == 1 and _is_inside_name(region):
        high, joints = high - 1, 0  # "the East, Trinidad and Tobago, the West": the last comma says where "and" belongs
        return Listing(high, high + 1, certain=False, names=names)
    low = high if names and joints <= 1 else max(2, commas - oxford + (1 if not joints else 2) - max(0, 0))
    return Listing(min(low, high), high, certain=False, names=names and joints <= 1)


def _are_described(region: Sequence[Token]) -> bool:
    """Say whether each item between semicolons is named before a clause tells its figure: "miners, who receive 100"."""
    told, described = 0, 0
    relative = figure = False
    for token in (*region, None):
        if token is None or token.kind is TokenKind.SEMICOLON:
            told, described, relative, figure = told + 1, described + (relative and figure), False, False
        elif token.kind is TokenKind.FIGURE:
            figure = True
        elif token.cue == "relative" and not figure:
            relative = True
    return told == described


def _is_inside_name(region: Sequence[Token]) -> bool:
    """Say whether the only "and" of a list stands before its last comma, and so inside one of its items."""
    joint = next(i for i, t in enumerate(region) if t.cue == "and")
    return any(t.kind is TokenKind.COMMA for t in region[joint + 2 :])


def leading_names(region: Sequence[Token]) -> Listing | None:
    """Return how many names a stretch begins with: "Honduras and the Bolivarian Republic of Venezuela, in order to"."""
    number = 0
    for item in _split(region):
        words = [t for t in item if t.cue != "article"]
        if not words or not words[0].text[:1].isupper():
            break
        number += 1
        if not _is_name(item):
            break  # "the United States in which ...": the last name, and the sentence goes on
    return Listing(number, number, certain=False, names=True) if number > 1 else None


def _are_plain(items: Sequence[Sequence[Token]]) -> bool:
    """Say whether every item is a word or two: "defence, diplomacy and development" can be counted."""
    return all(len(i) <= _PLAIN and all(t.kind is TokenKind.WORD and t.fact is None for t in i) for i in items)


def _are_led(items: Sequence[Sequence[Token]]) -> bool:
    """Say whether every item opens with an article: "la prévention, la prise en charge et la mémoire"."""
    return len(items) >= _LED and all(
        i[0].cue == "article"
        and 1 < len(i) <= _NAME
        and all(t.kind in (TokenKind.WORD, TokenKind.CUE) and t.fact is None for t in i)
        and not any(t.cue in ("verb", "relative") for t in i)
        for i in items
    )


def _split(region: Sequence[Token]) -> list[list[Token]]:
    items: list[list[Token]] = [[]]
    for token in region:
        if token.kind is TokenKind.COMMA or token.cue == "and":
            if items[-1]:
                items.append([])
        else:
            items[-1].append(token)
    return [i for i in items if i]


def _is_name(tokens: Sequence[Token]) -> bool:
    words = [t for t in tokens if t.kind is TokenKind.WORD]
    return (
        bool(words)
        and words[0].text[:1].isupper()
        and words[-1].text[:1].isupper()
        and all(t.text[:1].isupper() or len(t.text) <= _PARTICLE for t in words)  # "Santiago de Querétaro"
        and not any(t.cue in ("verb", "relative") for t in tokens)
    )


def are_alternatives(paragraph: Paragraph) -> bool:
    """Say whether every item goes on with the sentence by one word: "located: - either in ..., - either in ..."."""
    words = {item.partition(" ")[0] for item in _items(paragraph)}
    word = words.pop() if len(words) == 1 else ""
    return len(word) > _PARTICLE and word.isalpha() and word.islower()


def are_packed(paragraph: Paragraph, stated: int) -> bool:
    """Say whether items of several short names may be as many things as are stated: "- measles, mumps and rubella"."""
    number = 0
    for item in _items(paragraph):
        names = item.split(",")
        short = len(names) > 1 and all(len(name.split()) <= _SHORT_NAME for name in names)
        number += len(names) + 1 if short else 1
    return paragraph.listed < stated <= number


def _items(paragraph: Paragraph) -> list[str]:
    """Return the text of the items under a paragraph."""
    found: list[str] = []
    document, place = paragraph.document, paragraph.block + 1
    while len(found) < paragraph.listed and place < len(document.blocks):
        block = document.blocks[place]
        if block.parent == paragraph.block and block.kind is BlockKind.ITEM:
            found.append(document.text[block.start : block.end])
        place += 1
    return found


def is_known_before(level: Level, mark: Mark, gap: Sequence[Token]) -> bool:
    """Say whether a number counts what was told before, and the list is of something that is named behind it.

    "Les 2 associés peuvent fixer le siège que la société gardera :" lists seats; "The 4 conditions to be met are:"
    counts its items all the same.
    """
    before = level.between(mark.index - 2, mark.index)
    words = [t for t in gap if t.kind in (TokenKind.WORD, TokenKind.CUE)]
    ends = bool(words) and words[-1].cue in ("verb", "comprising")
    if any(m.index > mark.index and m.index - mark.index <= _PAIR and sort_of(m) == "time" for m in level.marks):
        return True  # "leases of 5 or 15 years can be ended in two cases:"
    if gap and gap[0].kind is not TokenKind.WORD and len(words) > _PAIR:
        return True  # "the questions, 10 in number, are on the following subjects:"
    if any(a.kind is TokenKind.COMMA and b.cue == "relative" for a, b in itertools.pairwise(gap)):
        return True  # "six grades, which take into account:"
    if any(a.kind is TokenKind.WORD and b.cue == "article" for a, b in itertools.pairwise(gap)):
        return True  # "dans la limite de 3 s'il remplit les conditions suivantes :"
    named = bool(before) and before[0].kind is TokenKind.WORD and before[0].text[:1].isupper()
    if named and gap and gap[0].kind is not TokenKind.WORD:
        return True  # "... owing to Covid 19:"
    known = bool(before) and before[0].cue in ("article", "of")
    far = len(words) > (_NAME - 1 if known else _FAR)
    return far and not ends and not any(t.cue == "comprising" for t in words)


def names_items(mark: Mark, gap: Sequence[Token], listing: Listing) -> bool:
    """Say whether a number stands before no more than its noun and the colon: "all of the 3 following conditions:".

    It may be far from the number of items by one digit that was typed wrong, dropped or added.
    """
    words = [t for t in gap if t.kind is not TokenKind.COLON]
    plain = len(words) <= _NOUN and all(t.kind is TokenKind.WORD or t.cue in _FOLLOWING for t in words)
    plain = plain and not any(a.kind is TokenKind.WORD and b.cue == "article" for a, b in itertools.pairwise(words))
    one = is_one_edit(str(int(mark.value.value)), str(listing.high))
    return bool(words) and plain and mark.value.hedge is Hedge.NONE and listing.certain and one


def has_own_name(gap: Sequence[Token]) -> bool:
    """Say whether what is listed has a noun of its own: "a limit of 3 if they meet the following conditions:"."""
    for place, token in enumerate(gap):
        if token.cue in _NEXT:
            led = gap[max(0, place - 2) : place]
            named = (t.kind is TokenKind.WORD for t in (*led, *gap[place + 1 :]))
            return (" " in token.text or any(t.cue == "article" for t in led)) and any(named)
    return False


def equated(mark: Mark, level: Level) -> list[tuple[str, Sequence[Token]]]:
    """Return the names that a number of things are said to be: "the three towns are Alba, Bruma and Corvo"."""
    behind = level.between(mark.index, level.tokens[-1][0] + 1)
    place = next((p for p, t in enumerate(behind) if t.cue == "verb" or t.kind is not TokenKind.WORD), 0)
    if not 0 < place < _NAME or behind[place].cue != "verb":
        return []
    region = until(behind[place + 1 :], (TokenKind.STOP, TokenKind.SEMICOLON))
    named = bool(region) and region[0].cue not in LEADS and region[-1].text[:1].isupper()
    return [("are", region)] if named else []


def is_numbered(level: Level, mark: Mark) -> bool:
    """Say whether a number names one of a row, as a name before it says: "Strategy 2: change the rules"."""
    before = level.between(mark.index - 2, mark.index)
    return bool(before) and before[-1].kind is TokenKind.WORD and before[-1].text[:1].isupper()
