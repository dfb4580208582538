"""Counts: a stated number and the things that are listed for it ("seven states: A, B ...", "(1) ... (7)", sub-items).

Marked items and semicolons can be counted for certain. Items that only commas and "and" divide can not ("labour and
social security" is one), so that such a list has a range of counts: a number inside it is verified, a number outside
it is doubted only when every item is a short name.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind, Operand
from audit.facts import FactKind, Period, TokenKind
from audit.model import BlockKind
from audit.quantity import Hedge, Measure
from audit.relate.breakdown.headings import headed, numbered
from audit.relate.breakdown.listings import (
    DATED,
    OPEN_LISTS,
    Listing,
    are_alternatives,
    are_packed,
    count_of,
    equated,
    has_own_name,
    is_known_before,
    leading_names,
    names_items,
)
from audit.relate.breakdown.pairings import pairings
from audit.relate.breakdown.regions import regions
from audit.relate.clauses.chance import is_one_edit
from audit.relate.clauses.operands import claim, quoting
from audit.relate.clauses.structure import Clause, Mark, Paragraph, sort_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.facts import Token

_LARGEST = 99
_DATED = 6
_PAIR = 2
_CALLED = 24  # characters from a number to the call of the note that lists what it counts
_PRINTED = ("pdf", "text")


def claims(paragraph: Paragraph) -> Iterator[Claim]:
    """Yield the counts of a paragraph: its items, marked lists inside its sentences, and lists of names."""
    for position, clause in enumerate(paragraph.clauses):
        last = position == len(paragraph.clauses) - 1
        if last and paragraph.listed > 1:
            yield from _items(clause, paragraph)
        listing = headed(clause, paragraph) if last else None
        if listing is not None:
            yield from _headings(clause, listing, paragraph)
        listing = numbered(clause, paragraph)
        if listing is not None:
            yield from _ordinals(clause, listing, paragraph)
        marked = list(_marked(clause))
        for first, number in marked:
            listing = Listing(number, number + _joined(clause.sentence.tokens, first), certain=True)
            yield from _stated(clause, first, listing, paragraph, "marked")
        if not marked:
            yield from _lists(clause, paragraph)
        yield from _yearly(clause, paragraph)
        yield from _dates(clause, paragraph)
        yield from pairings(clause, paragraph)
        for call, region in paragraph.notes:
            if clause.sentence.start <= call <= clause.sentence.end:
                yield from _in_note(clause, call, region, paragraph)


def _items(clause: Clause, paragraph: Paragraph) -> Iterator[Claim]:
    tokens = clause.sentence.tokens
    if not tokens or (
        tokens[-1].kind is not TokenKind.COLON and not any(t.kind is TokenKind.COLON for t in tokens[-3:])
    ):
        return
    if are_alternatives(paragraph):
        return
    heads = [item.clauses[0].outer.marks[:1] for item in paragraph.items]
    opening = [h[0].value for h in heads if h and h[0].index == 0] if len(heads) == paragraph.listed else []
    if opening and all(v.measure is Measure.COUNT for v in opening) and len(opening) == paragraph.listed:
        return  # "10 boards: - 4 for the ports, - 3 for the roads, - 3 for the rest": a breakdown
    # "two rates: - 2.1 % on papers, - 10 % on printing, - 10 % on news": what is counted are the figures
    values = {v.value for v in opening}
    listing = Listing(len(values) or paragraph.listed, paragraph.listed, certain=True)
    yield from _stated(clause, len(tokens), listing, paragraph, "items")


def _headings(clause: Clause, listing: Listing, paragraph: Paragraph) -> Iterator[Claim]:
    """Yield the number that the headings behind a paragraph count out, or miss by one.

    One heading more than stated may be that of a conclusion; and of a page no one knows all headings.
    """
    marks = [m for m in clause.outer.marks if _is_countable(m)]
    exact = [m for m in marks if listing.holds(m.value.value)]
    if exact:
        yield _claim(exact[-1], listing, clause, paragraph, "headings", 80)
    elif len(marks) == 1 and paragraph.document.format not in _PRINTED and "including" not in clause.sentence.cues:
        value = marks[0].value
        if value.value == listing.high + 1 and value.hedge is Hedge.NONE:
            yield _claim(marks[0], listing, clause, paragraph, "headings", 72)


def _ordinals(clause: Clause, listing: Listing, paragraph: Paragraph) -> Iterator[Claim]:
    """Yield the number that "First, ... Second, ..." count out, or miss by one; two may be told before a third."""
    marks = [m for m in clause.outer.marks if _is_countable(m)]
    exact = [m for m in marks if listing.holds(m.value.value)]
    near = {listing.low - 1, listing.high + (listing.low == listing.high > _PAIR)} - {listing.high}
    if exact:
        yield _claim(exact[-1], listing, clause, paragraph, "ordinals", 80)
    elif len(marks) == 1 and marks[0].value.value in near and marks[0].value.hedge is Hedge.NONE:
        yield _claim(marks[0], listing, clause, paragraph, "ordinals", 74)


def _marked(clause: Clause) -> Iterator[tuple[int, int]]:
    """Yield (token index of the first mark, number of items) for each marked list inside a sentence."""
    expected, first, style = 0, -1, ""
    if TokenKind.LIST not in clause.sentence.kinds:
        return
    for index, token in enumerate(clause.sentence.tokens):
        if token.kind is not TokenKind.LIST or token.fact is None or token.fact.kind is not FactKind.LIST:
            continue
        opened = _opens(token.text)
        if opened and (expected == 0 or opened != style or token.text in ("1", "a")):
            if expected > 1:
                yield first, expected
            expected, first, style = 1, index, opened
        elif expected:
            expected += 1
    if expected > 1:
        yield first, expected


def _joined(tokens: Sequence[Token], first: int) -> int:
    """Return how many more names than marks a marked list may have: "(1) Kenya and Uganda, as hosts; (2) Chad"."""
    more = 0
    for place in range(first + 1, len(tokens) - 2):
        name, joint, other = tokens[place : place + 3]
        marked = any(t.kind is TokenKind.LIST for t in tokens[place - 1 - (tokens[place - 1].text == ")") : place])
        names = all(t.kind is TokenKind.WORD and t.text[:1].isupper() for t in (name, other))
        more += marked and names and joint.cue == "and"
    return more


def _opens(text: str) -> str:
    return {"1": "digit", "a": "letter", "A": "capital", "i": "roman", "I": "capital roman"}.get(text, "")


def _stated(clause: Clause, before: int, listing: Listing, paragraph: Paragraph, form: str) -> Iterator[Claim]:
    """Yield the claim that a number stated before a list counts it."""
    marks = [m for m in clause.outer.marks if m.index < before and not m.bracketed and _is_countable(m)]
    if not marks:
        return
    gap = clause.outer.between(marks[-1].index, before)
    if any(t.cue in OPEN_LISTS for t in gap) or any(t.kind is TokenKind.STOP for t in gap[:-1]):
        return
    fitting = [m for m in reversed(marks) if listing.low <= int(m.value.value) <= listing.high]
    if fitting:
        yield _claim(fitting[0], listing, clause, paragraph, form, 90)
    elif (form == "items" and are_packed(paragraph, int(marks[-1].value.value))) or (
        not marks[-1].fact.label and has_own_name(gap)
    ):
        return
    elif form == "items" and names_items(marks[-1], gap, listing):
        yield _claim(marks[-1], listing, clause, paragraph, form, 80)
    elif (form == "items" and is_known_before(clause.outer, marks[-1], gap)) or (
        form == "marked" and _is_aside(clause, marks[0], gap)
    ):
        return
    elif len(marks) == 1 and marks[0].value.hedge is Hedge.NONE and int(marks[0].value.value) <= 3 * listing.high + 2:
        # one number alone before a marked list: "Six working groups were established ...: (1) ... (7)"
        yield _claim(marks[0], listing, clause, paragraph, form, 92 if form == "marked" else 80)


def _is_aside(clause: Clause, mark: Mark, gap: Sequence[Token]) -> bool:
    """Say whether a number only says where: "The study, made in four countries, examined links with: (1) ... (3)"."""
    lead = clause.outer.between(mark.index - _PAIR, mark.index)
    placed = bool(lead) and lead[-1].cue in ("in", "from", "by", "with", "during", "between", "at", "on")
    return placed and any(t.kind is TokenKind.COMMA for t in gap)


def _is_countable(mark: Mark) -> bool:
    value = mark.value
    return (
        not mark.fact.text.startswith("0")  # "a mask of 002"
        and value.measure is Measure.COUNT
        and not value.unit
        and value.scale == 1
        and value.step == 1
        and 2 <= value.value <= _LARGEST
        and sort_of(mark) not in ("time",)
    )


def _claim(mark: Mark, listing: Listing, clause: Clause, paragraph: Paragraph, form: str, confidence: int) -> Claim:
    basis = Basis(
        cue=form, confidence=confidence, reasons=("items are marked" if listing.certain else "items by commas",)
    )
    detail = {"low": str(listing.low), "high": str(listing.high)}
    made = claim(ClaimKind.COUNT, form, paragraph.document, [("stated", mark)], basis, detail)
    quoted = quoting(made, clause.sentence.start, clause.sentence.end)
    if listing.holds(mark.value.value) or listing.end <= listing.start:
        return quoted
    # the number may be right and the list wrong: a reader is shown both
    document = paragraph.document
    words = document.text[listing.start : listing.end]
    listed = Operand(role="listed", text=words, document=document.path, start=listing.start, end=listing.end)
    return replace(quoted, operands=(*quoted.operands, listed))


def _lists(clause: Clause, paragraph: Paragraph) -> Iterator[Claim]:
    """Yield the counts of lists without marks: behind a colon, a dash, "comprising" or a preposition, in a bracket."""
    glossed = sum(1 for level in clause.levels if level.opened >= 0 and not level.marks)
    # "Efficacy of Two Combinations: A Prospective, Double-Blind, Controlled Study": capitals that name nothing
    titled = paragraph.document.blocks[paragraph.block].kind is BlockKind.HEADING
    for mark in clause.outer.marks:
        if mark.bracketed or not _is_countable(mark):
            continue
        for form, region in (*regions(mark, clause), *equated(mark, clause.outer)):
            listing = leading_names(region) if form == "plain" else count_of(region)
            if listing is None or (form == "are" and not listing.names):
                continue
            stated = int(mark.value.value)
            if listing.low <= stated <= listing.high:
                yield _claim(mark, listing, clause, paragraph, form, 70)
                break
            if form == "bracket" and glossed > 1 and not listing.certain and not _are_capital(region):
                break  # "58 provinces (tinh, singular and plural) and 5 towns (pho, singular and plural)": glosses
            if form not in ("plain", "focusing") and not titled and _is_doubtful(listing, stated, mark):
                yield _claim(mark, listing.at(region), clause, paragraph, form, 85 if listing.certain else 75)
                break


def _are_capital(region: Sequence[Token]) -> bool:
    return region[-1].text[:1].isupper()


def _yearly(clause: Clause, paragraph: Paragraph) -> Iterator[Claim]:
    """Yield "Between 2017 and 2023, seven annual meetings were held": one for each year of the period, when it fits."""
    if "annual" not in clause.sentence.cues:
        return
    years = [t.fact.value for t in clause.sentence.tokens if t.fact is not None and isinstance(t.fact.value, Period)]
    for mark in clause.outer.marks:
        after = clause.outer.between(mark.index, mark.index + 2)
        if not (after and after[0].cue == "annual" and years and _is_countable(mark)):
            continue
        number = max(y.last.year for y in years) - min(y.first.year for y in years) + 1
        if number == mark.value.value:
            yield _claim(mark, Listing(number, number, certain=True), clause, paragraph, "yearly", 60)


def _in_note(clause: Clause, call: int, region: Sequence[Token], paragraph: Paragraph) -> Iterator[Claim]:
    """Yield the count of a list that stands in the note to a figure: "11 reports have been produced.[32]"."""
    listing = count_of(
        [t for t in region if t.kind is not TokenKind.STOP and t.kind not in (TokenKind.OPEN, TokenKind.CLOSE)]
    )
    before = [m for m in clause.outer.marks if m.token.end <= call and _is_countable(m)]
    if listing is None or not before:
        return
    stated = int(before[-1].value.value)
    if listing.low <= stated <= listing.high:
        yield _claim(before[-1], listing, clause, paragraph, "note", 65)
    elif listing.certain and call - before[-1].token.end < _CALLED and is_one_edit(str(stated), str(listing.high)):
        yield _claim(before[-1], listing, clause, paragraph, "note", 72)


def _is_doubtful(listing: Listing, stated: int, mark: Mark) -> bool:
    near = abs(stated - listing.low) <= 2 or abs(stated - listing.high) <= 2
    return near and listing.names and mark.value.hedge is Hedge.NONE and bool(mark.fact.label) and listing.low >= 3


def _dates(clause: Clause, paragraph: Paragraph) -> Iterator[Claim]:
    """Yield the count of dates listed for a number: "four meetings, on 3 February, 12 May and 9 September"."""
    tokens = clause.sentence.tokens
    for mark in clause.outer.marks:
        if mark.bracketed or not _is_countable(mark) or sort_of(mark) != "event":
            continue
        near = range(mark.index + 1, min(mark.index + _DATED, len(tokens) - 1))
        # "on 3 May and 4 June", "les 3 mai et 4 juin"
        opens = (i for i in near if tokens[i].cue in ("on", "article") and tokens[i + 1].kind is TokenKind.DATE)
        first = next(opens, 0)
        number, index = 0, first + 1
        while (
            first
            and index < len(tokens)
            and (tokens[index].kind in DATED or tokens[index].cue in ("and", "on", "article"))
        ):
            number += tokens[index].kind is TokenKind.DATE
            index += 1
        if number > 1:
            listing = Listing(number, number, certain=True).at(tokens[first + 1 : index])
            yield _claim(mark, listing, clause, paragraph, "dates", 80)
