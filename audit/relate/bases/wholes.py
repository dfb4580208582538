"""What a share is of, where words say so: "33 (28 per cent) of which", "or 31 per cent of all debt ($30.1 trillion)".

Each form names one figure and no other; what no form names is left to arithmetic, or to silence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.facts import TokenKind
from audit.quantity import Measure
from audit.relate.bases.called import amount_before, left_over
from audit.relate.bases.restated import part_of
from audit.relate.clauses.nearby import are_alike, begins_range
from audit.relate.clauses.populations import is_inflected
from audit.relate.clauses.structure import OF, is_elliptic, sort_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from audit.facts import Token
    from audit.relate.clauses.structure import Clause, Mark, Paragraph

_LIGHT = ("of", "out_of", "article", "total", "additional", "only")
_NAMED = 6
_NOUN = 10
_OPENING = 6
_OPENER = 3
_NEAR = 14
_BACK = 2
_PAIR = 2
_HEDGED = 3
_WITHIN = ("in", "by", "for", "with", "from", "on")
_MOVES = ("increase", "decrease", "move")
SURE, _LIKELY, WEAK = 92, 84, 76
_PLAIN = (TokenKind.WORD, TokenKind.OPEN, TokenKind.CLOSE)

Base = tuple["Mark", int]


def base_of(share: Mark, part: Mark, clause: Clause, paragraph: Paragraph, position: int) -> Base | None:
    """Return the figure that words make the base of a share and its part, with how sure it is."""
    tokens = clause.sentence.tokens
    first, last = sorted((share.index, part.index))
    behind = _behind(tokens, last)
    found = _before_words(part, first, clause)
    if found is not None:
        return found
    cue = tokens[behind].cue if behind < len(tokens) else ""
    closed = last + 1 < len(tokens) and tokens[last + 1].kind is TokenKind.CLOSE
    if cue in OF or (cue == "from" and clause.sentence.cues.isdisjoint(_MOVES)):  # Spanish has one word for both
        found = _following(part, behind, clause) or _in_bracket(share, part, behind, clause)
        found = found or _own_noun(share, part, clause) or _by_noun(share, part, paragraph, position)
        named = tokens[behind + 1 : behind + 2]
        if not found and any(t.cue == "total" for t in tokens[behind : behind + _HEDGED]):
            found = _leading(part, clause)  # "Of 240 files, 84 were rejected, or 35 per cent of the total"
        if not found and closed and named and named[0].cue == "article":
            found = _called_back(part, behind + 1, paragraph, position)
        return found or amount_before(part, paragraph, position)
    if cue == "of_whom":
        # "7,109 households, 71 per cent of which were rural" is of the households
        return _called_back(part, behind, paragraph, position) if closed else None
    return (
        _leading(part, clause)
        or _set_against(share, part, clause)
        or amount_before(part, paragraph, position)
        or left_over(part, clause, paragraph, position)
        or _by_noun(share, part, paragraph, position)
    )


def _behind(tokens: Sequence[Token], index: int) -> int:
    """Return where the words behind a share and its part begin: past brackets, and a comma before "of"."""
    place = index + 1
    while place < len(tokens) and tokens[place].kind is TokenKind.CLOSE:
        place += 1
    comma = place + 1 < len(tokens) and tokens[place].kind is TokenKind.COMMA
    return place + 1 if comma and tokens[place + 1].cue in (*OF, "from") else place


def _before_words(part: Mark, first: int, clause: Clause) -> Base | None:
    """Return the whole of "356 incidents were recorded, of which half (179) concerned theft"."""
    tokens = clause.sentence.tokens
    if part.index > first and tokens[first + 1].cue == "of_whom":
        whole = _nearest(part, first, clause)  # "closed 120 files, 40 per cent of which (48) were old"
        return (whole, _LIKELY) if whole is not None else None
    lead = tokens[max(0, first - _HEDGED) : first]
    opened = next((p for p, t in enumerate(lead) if t.cue == "of_whom"), len(lead))
    if (
        not part.bracketed
        or opened == len(lead)
        or any(t.kind is not TokenKind.WORD and t.cue != "article" for t in lead[opened + 1 :])
    ):
        return None
    whole = _nearest(part, first, clause)
    return (whole, SURE) if whole is not None else None


def _nearest(part: Mark, first: int, clause: Clause, *, larger: bool = False) -> Mark | None:
    """Return the figure of the part's kind that stands nearest before it in the same statement.

    What is less than the part is no whole: "4,210 patients with a mean age of 71 years, 1,023 (24 per cent) of whom".
    """
    tokens, least = clause.sentence.tokens, part.value.value
    alike = [m for m in clause.outer.marks if m.index < first and m.sort == part.sort and not m.bracketed]
    before = [m for m in alike if m.value.value >= least] or ([] if larger else alike)
    if not before or first - before[-1].index > _NEAR:
        return None
    gap = tokens[before[-1].index : first]
    return None if any(t.kind is TokenKind.SEMICOLON for t in gap) else before[-1]


def _following(part: Mark, behind: int, clause: Clause) -> Base | None:
    """Return the whole of "46 per cent (2,535) of 5,464 schools" and "$1.4 m, or 47 per cent, of the $3.1 m"."""
    for mark in clause.outer.marks:
        if mark.index > behind:
            gap = clause.sentence.tokens[behind + 1 : mark.index]
            light = all(t.cue in _LIGHT or t.kind is TokenKind.WORD for t in gap) and not begins_range(
                mark, clause.outer
            )
            return (mark, SURE) if light and len(gap) < _NAMED and _is_whole(mark, part) else None
    return None


def _own_noun(share: Mark, part: Mark, clause: Clause) -> Base | None:
    """Return the whole of "a sample of 7,500 offices, of which 5,651 answered, or 75.3 per cent of the sample"."""
    noun = [t.key for t in clause.sentence.tokens[share.index + 2 :][:_PAIR] if t.kind is TokenKind.WORD][:1]
    before = [m for m in clause.outer.marks if m.index < part.index and m.sort == part.sort and not m.bracketed]
    named = [m for m in before if _noun_before(m, clause) in noun and m.value.value >= part.value.value]
    return (named[0], _LIKELY) if len(named) == 1 else None


def _is_whole(mark: Mark, part: Mark) -> bool:
    """Say whether a figure may be what another is of; not the 62 of "3,130 (11 per cent), of 62 nations"."""
    return mark.sort == part.sort and not mark.bracketed and mark.value.value >= part.value.value


def _set_against(share: Mark, part: Mark, clause: Clause) -> Base | None:
    """Return the whole of "EBITDA was $312 million, a margin of 24 per cent on revenue of $1,300 million"."""
    tokens = clause.sentence.tokens
    after = next((m for m in clause.outer.marks if m.index > share.index), None)
    if after is None or after.bracketed or part.index > share.index or not are_alike(part, after):
        return None
    gap = tokens[share.index + 1 : after.index]
    led = bool(gap) and gap[0].cue in ("on", "for", "via", "focusing", "out_of") and len(gap) <= _NAMED
    plain = all(t.kind is TokenKind.WORD or t.cue in (*_LIGHT, "from") for t in gap[1:])
    return (after, _LIKELY) if led and plain and after.value.value >= part.value.value else None


def _in_bracket(share: Mark, part: Mark, behind: int, clause: Clause) -> Base | None:
    """Return the whole in the bracket behind what it counts: "or 31 per cent of all public debt ($30.1 trillion)"."""
    if part.index > share.index or part.bracketed:
        return None
    for level in clause.levels:
        if level.parent is clause.outer and behind < level.opened <= behind + _NOUN:
            noun = clause.sentence.tokens[behind + 1 : level.opened]
            # the last stop of "U.S. debt" is one to the reader of words
            plain = all(
                t.cue in (*_LIGHT, "and", "for", "in") or t.kind in (TokenKind.WORD, TokenKind.STOP) for t in noun
            )
            alone = len(level.marks) == 1 and level.marks[0].sort == part.sort
            larger = alone and level.marks[0].value.value >= part.value.value
            return (level.marks[0], _LIKELY) if plain and larger else None
    return None


def _called_back(part: Mark, behind: int, paragraph: Paragraph, position: int) -> Base | None:
    """Return the whole of "120 files, 33 (28 per cent) of which" and of "109 (59 per cent) of these cases"."""
    clause = paragraph.clauses[position]
    tokens = clause.sentence.tokens
    noun = tokens[behind + 1] if behind + 1 < len(tokens) else None
    if noun is None or noun.kind is not TokenKind.WORD:
        whole = _nearest(part, part.index, clause, larger=True)
        return (whole, SURE) if whole is not None else None
    for back in range(position, max(-1, position - 1 - _BACK), -1):
        marks = [m for m in paragraph.clauses[back].outer.marks if back < position or m.index < part.index]
        named = [m for m in marks if m.fact.head == noun.key and m.sort == part.sort and not m.bracketed]
        if named:
            return (named[-1], _LIKELY) if len(named) == 1 else None
    return None


def _leading(part: Mark, clause: Clause) -> Base | None:
    """Return the whole a sentence begins with: "In 2023, out of the 82 offices, 67 (82 per cent) answered"."""
    marks = [m for m in clause.outer.marks if not m.bracketed]
    if not marks or marks[0].index >= part.index or marks[0].sort != part.sort:
        return None
    whole, lead = marks[0], clause.sentence.tokens[: marks[0].index]
    if any(t.cue == "compared" for t in clause.sentence.tokens[whole.index : part.index]):
        return None  # "Of the 39 patients, 35.9% (n = 14) had one, compared with 2.9% (n = 10) of all"
    still = clause.sentence.cues.isdisjoint(_MOVES)  # Spanish has one word for "of" and "from"
    opened = next((p for p, t in enumerate(lead) if t.cue in OF or (t.cue == "from" and not p and still)), -1)
    if opened < 0 or not _is_opening(lead[:opened]):
        return None
    if len(lead) - opened > _NAMED or any(t.cue in _WITHIN for t in lead[opened + 1 :]):
        return _leading_far(whole, part, lead[opened:])
    light = all(t.cue in _LIGHT or t.kind is TokenKind.WORD for t in lead[opened + 1 :])
    alike = not sort_of(part) or not sort_of(whole) or sort_of(part) == sort_of(whole)
    beside = [m for m in marks[1:] if m.sort == part.sort and m.index < part.index]
    if part.value.value > whole.value.value:
        # "Of the six sites, most had no lift: some 9,600 museums (59 per cent)" is of other things
        alike = is_elliptic(part, clause) or (part.fact.head != "" and part.fact.head == whole.fact.head)
        alike = alike or _is_base_of_another(whole, part, clause)
        return (whole, _LIKELY) if light and alike else None
    return (whole, _LIKELY if beside else SURE) if light and alike else None


def _is_base_of_another(whole: Mark, part: Mark, clause: Clause) -> bool:
    """Say whether a whole gives another share of its sentence: "94 texts (89 per cent) and 6 texts (11 per cent)"."""
    for level in clause.levels:
        for share in level.marks:
            if share.value.measure is Measure.PERCENT and not share.bracketed:
                other = part_of(share, level, clause)
                if other is not None and other.index != part.index and whole.value.value > 0:
                    ratio = 100 * other.value.value / whole.value.value
                    if abs(ratio - share.value.value) <= share.value.step / 2:
                        return True
    return False


def _leading_far(whole: Mark, part: Mark, lead: Sequence[Token]) -> Base | None:
    """Return the whole of "Of the faults found in the 74 cases, most were thefts (29 cases, or 39 per cent)"."""
    plain = all(t.cue in (*_LIGHT, *_WITHIN) or t.kind is TokenKind.WORD for t in lead)
    again = part.fact.head != "" and part.fact.head == whole.fact.head
    definite = lead[-1].cue == "article" and len(lead) <= _NEAR
    return (whole, _LIKELY) if plain and again and definite and part.value.value <= whole.value.value else None


def _by_noun(share: Mark, part: Mark, paragraph: Paragraph, position: int) -> Base | None:
    """Return the whole of "a budget of $1.36 billion ...; 66 per cent of the total budget ($903 million)".

    It is the one figure of the part's kind that is told of all the words the share names.
    """
    behind = paragraph.clauses[position].sentence.tokens[share.index + 1 : share.index + 1 + _NOUN]
    noun: list[str] = []
    for token in behind[1:] if behind and behind[0].cue in (*OF, "from") else ():
        if token.kind is TokenKind.WORD:
            noun.append(token.key)
        elif token.cue not in _LIGHT or token.cue in OF:
            break
    found: dict[Decimal, Mark] = {}
    for back in range(position, max(-1, position - 1 - _BACK), -1):
        clause = paragraph.clauses[back]
        words = {t.key for t in clause.sentence.tokens}
        if noun and back < position and all(n in words or is_inflected(n, words) for n in noun):
            for mark in clause.outer.marks:
                named = mark.fact.head in noun or _noun_before(mark, clause) in noun
                if named and mark.sort == part.sort and not mark.bracketed:
                    found[mark.value.value] = mark
    if (
        not found
        and noun
        and position
        and any(t.key == noun[0] for t in paragraph.clauses[position - 1].sentence.tokens)
    ):
        # "the funds of the town, 48.7 million. The sample was 29.5 million, 60.6 per cent of the funds spent"
        alike = [m for m in paragraph.clauses[position - 1].outer.marks if m.sort == part.sort and not m.bracketed]
        alone = len({m.value.value for m in alike}) == 1 and alike[0].value.value >= part.value.value
        return (alike[0], WEAK) if alone else None
    whole = next(iter(found.values())) if len(found) == 1 else None
    return (whole, _LIKELY) if whole is not None and whole.value.value >= part.value.value else None


def _noun_before(mark: Mark, clause: Clause) -> str:
    """Return the noun of "a budget of $1.36 billion"."""
    lead = clause.sentence.tokens[max(0, mark.index - 2) : mark.index]
    of = len(lead) > 1 and lead[1].cue in (*OF, "from") and lead[0].kind is TokenKind.WORD
    return lead[0].key if of else ""


def _is_opening(lead: Sequence[Token]) -> bool:
    """Say whether nothing but a date, or what leads in to a statement, stands before the words: "In 2023,"."""
    if not lead or lead[-1].kind is not TokenKind.COMMA:
        return not lead
    dated = len(lead) <= _OPENING and any(t.kind is TokenKind.DATE for t in lead)
    if len(lead) <= _OPENER and all(t.kind is not TokenKind.FIGURE for t in lead):
        return True  # "In addition, of the 1,585 samples tested, ..."
    return dated or (len(lead) > 1 and lead[-2].cue == "relative")  # "He said that, of the 18,350 cases, ..."
