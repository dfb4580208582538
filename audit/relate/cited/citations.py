"""Citations in a sentence: which target, which numbers, and whose: the document's own or another text's.

Nothing is assumed: a number is the document's own when the sentence says so ("see paragraph 12", "paragraph 12
above", "of the present report") or when only this text can bear it (its tables and figures).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.facts import FactKind, Reference, TokenKind
from audit.model import BlockKind
from audit.records import StrEnum, dataclass
from audit.relate.cited.targets import OWNED, tail_of

if TYPE_CHECKING:
    from audit.facts import Fact, Sentence, Token
    from audit.model import Document

_LEAD = 6  # how far before the number "see" may stand: "see, for example, paragraphs"
_SHOWN = frozenset({"table", "figure", "box"})
_BRACKETS = 9


class Owner(StrEnum):
    """Whose number a citation gives."""

    SELF = "self"
    OTHER = "other"
    ANNEX = "annex"
    UNSAID = "unsaid"


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation: `first` and `last` are its facts (the same for a single number), `tail` whose it is in words.

    `head` and `end` are the token indices of its first number and behind its last one; `ranged` says that the two
    numbers are joined by a word ("86 to 90"), `annex` is the annex it stands under.
    """

    target: str
    first: Fact
    last: Fact
    owner: Owner
    head: int
    end: int
    tail: str = ""
    annex: str = ""
    ranged: bool = False

    @property
    def numbers(self) -> tuple[str, str]:
        """Return the first and the last number as printed."""
        return number_of(self.first), number_of(self.last)


def number_of(fact: Fact) -> str:
    """Return the number a reference cites, as printed."""
    return fact.value.first if isinstance(fact.value, Reference) else ""


def citations_of(sentence: Sentence, document: Document) -> list[Citation]:
    """Return the citations of a sentence in order."""
    tokens = sentence.tokens
    is_note = document.blocks[sentence.block].kind is BlockKind.NOTE
    found: list[Citation] = []
    position, annex = 0, ""
    while position < len(tokens):
        fact = _cited(tokens[position])
        if fact is None or not isinstance(fact.value, Reference):
            if tokens[position].kind is TokenKind.STOP:
                annex = ""
            position += 1
            continue
        target, end, last, ranged = fact.value.target, position + 1, fact, False
        following = _cited(tokens[position + 2]) if position + 2 < len(tokens) else None
        joint = tokens[position + 1] if position + 1 < len(tokens) else None
        if following is not None and joint is not None and _target(following) == target:
            ranged = joint.cue == "to"
            if ranged or (joint.kind is TokenKind.DASH and _counts_up(fact, following)):
                last, end = following, position + 3
        if target == "annex":
            annex = fact.value.first
        owner, tail = _owner(tokens, position, end, is_note=is_note)
        if owner in (Owner.UNSAID, Owner.SELF) and annex and target != "annex":
            owner = Owner.ANNEX
        if owner is Owner.UNSAID and target in _SHOWN | {"annex"}:
            owner = Owner.SELF
        found.append(
            Citation(target, fact, last, owner, position, end, tail, annex if owner is Owner.ANNEX else "", ranged)
        )
        position = end
    return found


def _cited(token: Token) -> Fact | None:
    fact = token.fact
    return fact if token.kind is TokenKind.REFERENCE and fact is not None and fact.kind is FactKind.REFERENCE else None


def _target(fact: Fact) -> str:
    return fact.value.target if isinstance(fact.value, Reference) else ""


def _counts_up(first: Fact, last: Fact) -> bool:
    """Say whether a dash joins a range: "3–5", and not the parts of one number such as "3-1"."""
    ends = number_of(first), number_of(last)
    if all(e.isdecimal() for e in ends):
        return int(ends[0]) < int(ends[1])
    return ends[0].count(".") == ends[1].count(".") > 0


def _owner(tokens: tuple[Token, ...], head: int, end: int, *, is_note: bool) -> tuple[Owner, str]:
    """Return whose number it is, and the words that say so when it is another text's."""
    last = _chain_end(tokens, end)
    after = tokens[last] if last < len(tokens) else None
    if after is not None and after.cue in OWNED:
        inside = tokens[last + 1 : last + 3]
        if any(t.cue == "present" for t in inside):
            return Owner.SELF, ""
        return Owner.OTHER, tail_of(tokens, last - 1) or "of"
    if after is not None and after.cue in ("in", "to"):
        return Owner.OTHER, ""
    if is_note or _follows_code(tokens, head):
        return Owner.OTHER, ""
    said = after is not None and after.cue in ("via", "present")
    seen = any(t.cue == "see" for t in tokens[max(0, head - _LEAD) : head]) and not _follows_comma(tokens, head)
    return (Owner.SELF if said or seen else Owner.UNSAID), ""


def _chain_end(tokens: tuple[Token, ...], end: int) -> int:
    """Return the index behind a list of numbers and their bracketed parts: "5, 7 and 9 (b) of ..."."""
    while end < len(tokens):
        if tokens[end].kind is TokenKind.OPEN and end + 2 < len(tokens) and tokens[end + 2].kind is TokenKind.CLOSE:
            end += 3
            continue
        step = 1
        joint = tokens[end]
        if joint.kind is TokenKind.COMMA and end + 1 < len(tokens) and tokens[end + 1].cue in ("and", "or"):
            step = 2
        elif not (joint.kind in (TokenKind.COMMA, TokenKind.DASH) or joint.cue in ("and", "or", "to")):
            return end
        if end + step >= len(tokens) or tokens[end + step].kind is not TokenKind.REFERENCE:
            return end
        end += step + 1
    return end


def _follows_comma(tokens: tuple[Token, ...], head: int) -> bool:
    """Say whether a comma stands before the word that is numbered: "see his last report, paras. 5 to 7"."""
    back = head - 2 if head >= 2 and tokens[head - 1].kind is not TokenKind.STOP else head - 3
    return back >= 0 and tokens[back].kind is TokenKind.COMMA


def _follows_code(tokens: tuple[Token, ...], head: int) -> bool:
    """Say whether a document's symbol stands before the citation: "S/2025/176, para. 5", "(A/79/1), paragraph 5"."""
    for token in reversed(tokens[max(0, head - _BRACKETS) : head]):
        if token.fact is not None and token.fact.kind is FactKind.IDENTIFIER:
            return True
        if token.kind in (TokenKind.SEMICOLON, TokenKind.COLON):
            return False
    return False
