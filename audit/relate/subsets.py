"""Subsets: a part that is said to be of a whole must not exceed it ("57 of the 67", "including 57,034 for ...")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.claims import Basis, Claim, ClaimKind
from audit.facts import TokenKind
from audit.quantity import Measure
from audit.relate.operands import claim
from audit.relate.populations import Fit, fit
from audit.relate.structure import OF, Clause, Level, Mark, Paragraph, is_drawn_from, is_light, named_sort, sort_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.facts import Token

_BACK = 2
_NEAR = 7
_UNLIKELY = 20


def claims(paragraph: Paragraph) -> Iterator[Claim]:
    """Yield the part-of-whole statements of a paragraph."""
    for position, clause in enumerate(paragraph.clauses):
        for level in clause.levels:
            for mark in level.marks:
                if mark.bracketed or mark.value.measure is Measure.PERCENT:
                    continue
                for whole, form, confidence in _wholes(mark, level, clause, paragraph, position):
                    basis = Basis(cue=form, exhaustive=False, confidence=confidence, reasons=(f"form {form}",))
                    parts = [("part", m) for m in _followed_by(mark, whole, level)]
                    yield claim(ClaimKind.SUBSET, form, paragraph.document, [("whole", whole), *parts], basis)
                    break


def _followed_by(mark: Mark, whole: Mark, level: Level) -> list[Mark]:
    """Return a part with those told in brackets after it: "of which 156 by the army, followed by A (45) and B (34)"."""
    parts, left = [mark], whole.value.value - mark.value.value
    for other in level.marks:
        if other.index > mark.index and whole.index < mark.index:
            if not other.bracketed or other.sort != mark.sort or other.value.value > left:
                break
            parts.append(other)
            left -= other.value.value
    return parts


def _wholes(
    mark: Mark, level: Level, clause: Clause, paragraph: Paragraph, position: int
) -> Iterator[tuple[Mark, str, int]]:
    """Yield the figures a part is said to be of, with the form and how sure it is."""
    after = level.between(mark.index, mark.index + 7)
    if after and after[0].cue in OF:
        whole = _following(mark, level)
        if whole is not None and whole.sort == mark.sort:
            yield whole, "of", 92
            return
        named = _named(after, paragraph, position)
        if named is not None and named.sort == mark.sort and len(after) > 1 and after[1].cue == "article":
            yield named, "of_named", 80
            return
    whole = _out_of(mark, level)
    if whole is not None:
        yield whole, "of", 88
        return
    cases = _in_cases(mark, level, paragraph, position)
    if cases is not None:
        yield cases, "in_cases", 50
        return
    cue = after[0].cue if after else ""
    before = _opener(level, mark)
    if cue == "of_whom" or before in ("of_whom", "including", "among"):
        whole = _preceding(level, mark, paragraph, position)
        if whole is not None and _is_alike(whole, mark, clause):
            yield whole, before or cue, 90 if "of_whom" in (cue, before) else 80


def _in_cases(mark: Mark, level: Level, paragraph: Paragraph, position: int) -> Mark | None:
    """Return the only count of the sentence before, when a sentence goes on "In 79 cases, ..." and may be of it."""
    tokens = [t for _, t in level.tokens[:3]]
    opens = len(tokens) == 3 and tokens[0].cue == "in" and tokens[1] is mark.token and sort_of(mark) == "matter"
    if not opens or not position or level.parent is not None:
        return None
    before = [m for m in paragraph.clauses[position - 1].outer.marks if m.sort == mark.sort and not m.bracketed]
    return before[0] if len(before) == 1 and before[0].value.value >= mark.value.value else None


def _is_alike(whole: Mark, part: Mark, clause: Clause) -> bool:
    """Say whether a part can be of a whole: "45 families, including 281 migrants" counts two things."""
    match = fit(whole, [part], clause)
    if part.value.value <= whole.value.value:
        return match is not Fit.CLASH
    if (whole.value.measure, part.value.measure) == (Measure.AMOUNT, Measure.COUNT):
        return False  # "a rate of 1.3, including 12 cases"
    # a part larger than its whole is believed only right behind it: "two new cases, of which 10 are open"
    if whole.level is None or whole.level is not part.level or whole.index > part.index:
        return False
    near = [t for t in whole.level.between(whole.index, part.index) if t.kind not in (TokenKind.OPEN, TokenKind.CLOSE)]
    apart = any(t.kind is TokenKind.SEMICOLON for t in near) or part.value.value > _UNLIKELY * whole.value.value
    return match in (Fit.SAME, Fit.PARTITION, Fit.PARTIAL) and len(near) < _NEAR and not apart


def _following(mark: Mark, level: Level) -> Mark | None:
    for other in level.marks:
        if other.index > mark.index:
            gap = level.between(mark.index, other.index)
            words = [
                t
                for t in gap
                if t.cue not in ("of", "out_of", "article", "total", "additional") and t.kind is not TokenKind.WORD
            ]
            return other if len(gap) <= 4 and not words and not other.bracketed else None
    return None


def _out_of(mark: Mark, level: Level) -> Mark | None:
    """Return the whole of "57 posts out of the 67": a thing that is named again only behind an article."""
    whole = next((m for m in level.marks if m.index > mark.index and not m.bracketed), None)
    if whole is None or whole.sort != mark.sort or not is_drawn_from(level, mark, whole):
        return None
    gap = level.between(mark.index, whole.index)
    named = level.between(whole.index, whole.index + 2)
    bare = not named or named[0].kind is not TokenKind.WORD
    again = any(t.cue == "article" for t in gap) and named_sort(whole) != "time"
    return whole if gap[0].cue not in OF and (bare or again) else None


def _named(after: Sequence[Token], paragraph: Paragraph, position: int) -> Mark | None:
    """Return the figure of the sentence before whose head noun is named again: "In 17 of the state systems"."""
    words = {t.key for t in after if t.kind is TokenKind.WORD}
    best: tuple[int, Mark] | None = None
    for back in range(position - 1, max(-1, position - 1 - _BACK), -1):
        for mark in reversed(paragraph.clauses[back].outer.marks):
            shared = len(set(mark.fact.label.lower().split()) & words) if mark.fact.head in words else 0
            if shared and (best is None or shared > best[0]):
                best = (shared, mark)
    return best[1] if best is not None else None


def _opener(level: Level, mark: Mark) -> str:
    """Return the cue that opens a lone part, with nothing but light words after it."""
    for index, token in reversed([(i, t) for i, t in level.tokens if i < mark.index]):
        if token.cue == "among" and " " not in token.text and index == mark.index - 1:
            return ""  # "1.02 among 340 men": what it is of, and no part
        if token.cue in ("of_whom", "including", "among"):
            return token.cue if is_light(level.between(index, mark.index), mark) else ""
        if token.kind is not TokenKind.WORD and not token.cue:
            return ""
        if mark.index - index > 5:
            return ""
    return ""


def _preceding(level: Level, mark: Mark, paragraph: Paragraph, position: int) -> Mark | None:
    here: Level | None = level
    limit = mark.index
    first: Mark | None = None
    while here is not None:
        for other in reversed(here.marks):
            if other.index < limit and other.sort == mark.sort and not other.bracketed:
                # "1,260 complaints concerning 45 States, including 49 since then": of the complaints
                if other.value.value >= mark.value.value:
                    return other
                first = first or other
        limit, here = here.opened, here.parent
    if first is not None:
        return first
    if position:
        marks = [m for m in paragraph.clauses[position - 1].outer.marks if m.sort == mark.sort and not m.bracketed]
        return marks[-1] if len(marks) == 1 and marks[0].value.value >= mark.value.value else None
    return None
