"""A figure that a sentence calls back: "305,000 people fled. Of those 305,000, about 132,000 went abroad".

What stands behind "of those" is a figure of the sentences before, printed again; so is a small number behind an
article, of things that were just counted: "two missions went out ... The report on the two missions".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind
from audit.facts import TokenKind
from audit.relate.clauses.chance import digits, is_one_edit
from audit.relate.clauses.operands import claim
from audit.relate.clauses.structure import OF, named_sort, sort_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from audit.relate.clauses.structure import Clause, Mark, Paragraph

_BACK = 2
_NAMED = 5
_TELLING = 2
_SMALL = 20
_LEAD = 3
_WORD = 4
_OPENERS = frozenset({"of_whom", *OF})
_MORE = ("and", "or", "relative", "of")


def claims(paragraph: Paragraph) -> Iterator[Claim]:
    """Yield the figures that sentences of a paragraph open with, against the ones they call back."""
    for position, clause in enumerate(paragraph.clauses):
        if position and not clause.sentence.cues.isdisjoint(_OPENERS):
            mark = _called(clause)
            if mark is not None:
                yield from _claims(mark, paragraph, position)
        if position:
            for mark in clause.outer.marks:
                yield from _counted(mark, clause, paragraph, position)


def _called(clause: Clause) -> Mark | None:
    """Return the figure of "Of those 305,000," and "Of these 55 audits,"; in "Of these 12 were closed" it is a part.

    "Of the 224 reports issued earlier," are others; "Of the 224 reports," are those just told.
    """
    tokens, marks = clause.sentence.tokens, clause.outer.marks
    if not marks or tokens[0].cue not in _OPENERS:
        return None
    mark = marks[0]
    behind = tokens[mark.index + 1 : mark.index + 1 + _NAMED]
    named = next((i for i, t in enumerate(behind) if t.kind is not TokenKind.WORD), 0)
    if not behind or behind[named].kind is not TokenKind.COMMA:
        return None
    if tokens[0].cue == "of_whom":
        return mark if mark.index == 1 else None
    led = mark.index == _BACK and tokens[1].cue == "article"  # "de los" is one cue
    led = led or (mark.index == 1 and " " in tokens[0].text)
    return mark if led and named == 1 and behind[0].key == mark.fact.head else None


def _claims(mark: Mark, paragraph: Paragraph, position: int) -> Iterator[Claim]:
    told = [m for c in paragraph.clauses[max(0, position - _BACK) : position] for m in c.outer.marks]
    alike = [m for m in told if m.sort == mark.sort and mark.fact.head in ("", m.fact.head)] or _people(mark, told)
    same = [m for m in told if m.sort == mark.sort and m.value.value == mark.value.value]
    printed = digits(mark.value.value, mark.value.step)
    near = [m for m in alike if is_one_edit(printed, digits(m.value.value, m.value.step))]
    if same:
        yield _claim(mark, same[-1], 60, paragraph)
    elif len({m.value.value for m in near}) == 1 and len(printed) >= _TELLING:
        if len(alike) > 1 and mark.index == _BACK:
            return  # "12 regional offices and 45 field offices. Of the 57 offices, ..."
        yield _claim(mark, near[-1], 78, paragraph)


def _people(mark: Mark, told: Sequence[Mark]) -> list[Mark]:
    """Return the only people told before people: "arrested 11 men ... Of these 11 individuals,"."""
    people = [m for m in told if m.sort == mark.sort and sort_of(m) == "person"]
    return people if named_sort(mark) == "person" and len(people) == 1 else []


def _counted(mark: Mark, clause: Clause, paragraph: Paragraph, position: int) -> Iterator[Claim]:
    """Yield a small number of things behind an article, against the number of the same things just told."""
    tail = _behind(mark, clause) if _is_small(mark) else None
    if tail is None or not _is_led(mark, clause, {"article"}):
        return
    told = [
        (m, c)
        for c in paragraph.clauses[max(0, position - _BACK) : position + 1]
        for m in c.outer.marks
        if m.sort == mark.sort and m.fact.head == mark.fact.head and (c is not clause or m.index < mark.index)
    ]
    same = [m for m, c in told if m.value.value == mark.value.value and c is not clause]
    if same:
        yield _claim(mark, same[-1], 60, paragraph)
    elif len(told) == 1:
        other, there = told[0]
        if other.bracketed or _is_led(other, there, {"article", "of"}):
            return
        likely, behind = _is_mistyped(mark, other), _behind(other, there)
        # "a total of 11 cases of abuse ... Nine of the 18 cases were"; "seventeen industrial countries" are others
        bare = likely and not tail and there.sentence.tokens[other.index + 1].key == mark.fact.head
        if bare or (behind in ("", tail) and (likely or _is_small(other)) and not _is_whole(mark, clause)):
            yield _claim(mark, other, 72, paragraph)


def _is_mistyped(mark: Mark, other: Mark) -> bool:
    printed, meant = (digits(m.value.value, m.value.step) for m in (mark, other))
    return min(len(printed), len(meant)) >= _TELLING and is_one_edit(printed, meant)


def _is_led(mark: Mark, clause: Clause, cues: Collection[str]) -> bool:
    return mark.index > 0 and clause.sentence.tokens[mark.index - 1].cue in cues


def _is_whole(mark: Mark, clause: Clause) -> bool:
    """Say whether a part is told of a figure: "six of the eight employees" may be told for the first time."""
    lead = clause.sentence.tokens[max(0, mark.index - _LEAD) : mark.index]
    return len(lead) == _LEAD and lead[0].fact is not None and lead[1].cue in ("of", "out_of")


def _behind(mark: Mark, clause: Clause) -> str | None:
    """Return the telling word behind a number of things: "two missions", "two missions abroad".

    None where something else is told: "the nine women and girls", "the four rounds that were held in 2024".
    """
    tokens = clause.sentence.tokens[mark.index + 1 : mark.index + 3]
    if not tokens or tokens[0].key != mark.fact.head or named_sort(mark) == "time":
        return None
    if len(tokens) == 1 or tokens[1].kind is not TokenKind.WORD:
        return None if len(tokens) > 1 and tokens[1].cue in _MORE else ""
    return tokens[1].key if len(tokens[1].text) >= _WORD else ""


def _is_small(mark: Mark) -> bool:
    return mark.sort == ("count", "") and 1 < mark.value.value <= _SMALL and bool(mark.fact.head)


def _claim(mark: Mark, other: Mark, confidence: int, paragraph: Paragraph) -> Claim:
    basis = Basis(cue="again", confidence=confidence, reasons=("the words call the figure back",))
    roles = [("stated", mark), ("other", other)]
    return claim(ClaimKind.REPEAT, "again", paragraph.document, roles, basis, {"where": "just before"})
