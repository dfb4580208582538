"""What opens a run and what stands around it: the words that say how its figures relate to the one before."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from audit.facts import TokenKind
from audit.relate.clauses.structure import OF, OPENERS, is_bare, is_light

if TYPE_CHECKING:
    from collections.abc import Sequence

    from audit.facts import Token
    from audit.relate.clauses.runs import Run
    from audit.relate.clauses.structure import Clause, Level, Mark

_LEAD = 4
_NAME = 18  # the longest name before a bracketed figure
_PLAIN = (TokenKind.WORD, TokenKind.CUE)
_PART = 5  # tokens between the word that opens a part and its figure
_APART = (TokenKind.COMMA, TokenKind.FIGURE)
_DETERMINING = frozenset({"article", "remain", "total"})


def opening(level: Level, first: Mark, clause: Clause) -> tuple[str, int]:
    """Return what opens a run, and the token index that its total must stand before."""
    tokens = [(i, t) for i, t in level.tokens if i < first.index]
    after = clause.sentence.tokens[first.index + 1] if first.index + 1 < len(clause.sentence.tokens) else None
    if after is not None and after.cue == "of_whom":
        return "of_whom", first.index
    lead: list[object] = []
    for index, token in reversed(tokens):
        if token.kind is TokenKind.COLON:
            found = _behind_colon(level, index, first)
            if found is not None:
                return found
            lead.append(token)
            continue
        if token.kind is TokenKind.DASH:
            return "dash", index
        if token.cue in OPENERS and not _is_of_a_figure(level, index, token):
            return token.cue, index
        if token.cue == "or" and level.between(index - 2, index) and _is_said_again(level, index, first):
            return "or", index
        if token.cue == "total" and any(t.kind is TokenKind.COMMA for t in level.between(index, first.index)):
            return "of_total", index  # "of the total number of victims, 1,079 are female and 1,414 are male"
        if token.kind is TokenKind.SEMICOLON and level.parent is not None:
            return "bracket", level.opened  # "(14,465 women and 15,008 men; 12,860 Serbs, ...)": a second breakdown
        if token.kind in (TokenKind.SEMICOLON, TokenKind.STOP):
            return ("semicolon" if token.kind is TokenKind.SEMICOLON else "plain"), index
        lead.append(token)
        if any(m.index == index for m in level.marks) or len(lead) > (_NAME if first.bracketed else 7):
            return "plain", first.index
    if level.parent is not None and len(lead) <= 7:
        return "bracket", level.opened
    return "plain", first.index


def _behind_colon(level: Level, index: int, first: Mark) -> tuple[str, int] | None:
    """Return what a colon opens, or None when the words before it or behind it have to tell."""
    led = level.between(index - 2, index)
    if led and led[-1].cue == "yielding":
        return "plain", 0  # "the remaining 15 gave rise to: 18 notes and 3 claims"
    if led and led[-1].cue in OPENERS:
        return None  # "69,987 refugees, including: 19,769 ..."
    named = level.between(index, first.index)
    if first.bracketed or is_light(named, first) or (is_bare(first) and len(named) < _LEAD):
        return "colon", index  # "318 cases: it dismissed 204, allowed 97 and ..."
    return None


def _is_of_a_figure(level: Level, index: int, token: Token) -> bool:
    """Say whether a word of a rest belongs to the figure before it: "los 15 restantes dieron lugar a 18 informes"."""
    if token.cue != "remain":
        return False
    before = level.between(index - 3, index)
    noun = bool(before) and before[-1].kind is TokenKind.WORD
    return any(t.kind is TokenKind.FIGURE for t in before[-2 if noun else -1 :])


def _is_said_again(level: Level, index: int, first: Mark) -> bool:
    """Say whether "or" behind a comma tells a figure again, by its parts: "1 742 personnes, soit 1 315 ... et 427"."""
    before = level.between(index - 2, index)
    return before[0].kind is TokenKind.COMMA and is_light(level.between(index, first.index), first)


def is_ranked(level: Level, first: Mark) -> bool:
    """Say whether a list of brackets goes on from a figure instead of dividing it: "260, followed by A (251)"."""
    before = [m for m in level.marks if m.index < first.index and not m.bracketed]
    gap = level.between(before[-1].index if before else -1, first.index)
    return any(t.cue in OPENERS or t.cue == "then" for t in gap)


def are_siblings(parts: Sequence[Mark]) -> bool:
    """Say whether the first of a list stands in a bracket behind its name as all do: "A (19), B (6), C (6), D (7)"."""
    first, level = parts[0], parts[0].level
    named = [] if level is None else level.between(first.index - _LEAD, first.index)
    return all(p.bracketed for p in parts) and not any(t.cue == "total" for t in named)


def tells_whole(level: Level, first: Mark) -> bool:
    """Say whether "of these" is said with its figure: "Of these 15 guests, 8 ..."; not "Of these, 15 ..."."""
    lead = level.between(-1, first.index)
    after = level.between(first.index, first.index + _LEAD + 1)
    noun = next((p for p, t in enumerate(after) if t.kind is TokenKind.COMMA), 0)
    told = all(t.kind is TokenKind.WORD for t in after[:noun])
    return bool(noun and told and lead) and len(lead) <= _LEAD and lead[-1].cue == "of_whom"


def is_of_all(level: Level, first: Mark) -> bool:
    """Say whether a list begins with its total: "Of the 90 applications, 52 were approved, 21 ... and 17 ..."."""
    lead = level.between(-1, first.index)
    # not "Of the total, 1,213 were closed", "Of 50 samples 10 were positive"
    opens = bool(lead) and lead[0].cue in (*OF, "from") and all(t.kind not in _APART for t in lead)
    if tells_whole(level, first) or (opens and len(lead) <= _LEAD):
        return True
    # "In 2023, out of the 82 offices, 67 ...", "For the 60 files in our sample, 43 ..."
    said = len(lead)
    while lead and lead[-1].cue in _DETERMINING:
        lead = lead[:-1]
    if not lead or lead[-1].cue not in (*OF, "from", "for", "among"):
        return False
    if len(lead) == said and " " not in lead[-1].text:
        return False  # "As a result of 25 reports" draws from nothing
    return len(lead) == 1 or lead[-2].kind in (TokenKind.COMMA, TokenKind.SEMICOLON) or lead[-2].cue == "and"


def has_remainder(run: Run) -> bool:
    """Say whether the last figure of a list is said to be the rest: "and the remaining 41 are men"."""
    before, last = run.marks[-2], run.marks[-1]
    gap = run.level.between(before.index, last.index)
    after = run.level.between(last.index, last.index + 2)
    named = any(t.cue == "article" for t in gap) and any(t.cue in ("remain", "other") for t in after)
    at = next((p for p, t in enumerate(gap) if t.cue == "remain"), len(gap))
    # "and the remaining 41", "y los 41 restantes"; not "de los 57 casos restantes, 54 ..."
    return named or (at < len(gap) and all(t.kind is not TokenKind.COMMA for t in gap[at:]))


def follows_bracket(run: Run) -> bool:
    """Say whether another bracket with a list stands before this one with no figure between them."""
    above = run.level.parent
    if above is None:
        return False
    before = [
        x for x in run.clause.levels if x.parent is above and 0 < x.closed < run.level.opened and len(x.marks) > 1
    ]
    return bool(before) and not any(
        before[-1].closed < m.index < run.level.opened and not m.bracketed for m in above.marks
    )


def is_total_after(level: Level, before: Mark, last: Mark) -> bool:
    """Say whether the last figure of a list is called its total: "14 women and 35 men, 49 in total"."""
    gap = level.between(before.index, last.index)
    tail = level.between(last.index, last.index + 4)
    # "49 in total", "35 texts in all"
    return any(t.cue == "total" for t in gap) or any(t.cue == "total" for t in tail[:2] if tail[0].kind in _PLAIN)


def is_of_the(mark: Mark) -> bool:
    """Say whether a figure takes its noun from before: "five of the criminal cases"."""
    if mark.level is None:
        return False
    after = mark.level.between(mark.index, mark.index + 3)
    return len(after) == 2 and after[0].cue == "of" and after[1].cue == "article"


def opener(level: Level, mark: Mark) -> str:
    """Return the cue that opens a lone part, with nothing but light words after it."""
    at = bisect_left(level.tokens, (mark.index,))
    for index, token in reversed(level.tokens[max(0, at - _PART - 1) : at]):
        if token.cue == "among" and " " not in token.text and _is_named_next(level.between(index, mark.index)):
            return ""  # "1.02 among 340 men", "85 per cent among the 13,000 women": what it is of, and no part
        if token.cue == "of_whom" and index == mark.index - 1 and any(m.index == index - 1 for m in level.marks):
            return ""  # "In 19 of these 30 no fine was asked for": the whole
        if token.cue in ("of_whom", "including", "among"):
            apart = token.cue == "including" and _has_subject(level, index)
            return token.cue if is_light(level.between(index, mark.index), mark) and not apart else ""
        if (token.kind is not TokenKind.WORD and not token.cue) or mark.index - index > _PART:
            return ""
    return ""


def _is_named_next(gap: Sequence[Token]) -> bool:
    return all(t.cue == "article" for t in gap)


def _has_subject(level: Level, index: int) -> bool:
    """Say whether a verb has a subject of its own (", whereas the other included"), or tells "of the included 12"."""
    lead = level.between(index - _PART - 1, index)
    if [t.cue for t in lead[-2:]] == ["of", "article"]:
        return True
    joined = next((p for p in range(len(lead) - 1, -1, -1) if lead[p].cue in ("and", "but")), len(lead))
    subject = [t.cue or t.kind for t in lead[joined + 1 :]]
    return len(subject) > 1 and subject[0] in ("article", "other") and set(subject[1:]) <= {TokenKind.WORD, "other"}
