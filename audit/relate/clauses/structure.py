"""A sentence as levels of brackets with the figures on them.

A level is the text outside all brackets, or inside one of them; a figure alone in a short bracket ("Sonora (2,283)")
stands on the level around it too.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import field
from typing import TYPE_CHECKING

from audit.facts import TokenKind
from audit.model import BlockKind
from audit.quantity import Hedge, Quantity
from audit.records import dataclass
from audit.relate.clauses.lent import lend_unit

if TYPE_CHECKING:
    from audit.facts import Fact, Facts, Sentence, Token
    from audit.model import Document
    from audit.relate.clauses.runs import Run

# Tokens that may stand between a joint and the figure it joins: "and in 2 cases", "while another 30".
_LONGEST = 3000
_LIGHT = frozenset(
    [
        "article",
        "in",
        "for",
        "to",
        "from",
        "on",
        "by",
        "at",
        "with",
        "as",
        "via",
        "out_of",
        "additional",
        "other",
        "only",
        "remain",
        "total",
        "during",
        "verb",
        "there",
        "relative",
        "and",
        "between",
        "then",
    ]
)
# What introduces a list of parts; the first that stands nearest before the first part names the form.
OPENERS = ("comprising", "of_whom", "including", "among", "mainly", "remain", "focusing")
# What makes one figure a part of another: "57 of the 67"; after a noun only the second: "14 seats out of 40".
OF = frozenset({"of", "out_of"})
_COUNTED = ("count", "amount")
_DIVIDING = frozenset({TokenKind.OPEN, TokenKind.CLOSE, TokenKind.DASH})
_PLAIN = frozenset({TokenKind.WORD, TokenKind.CUE, TokenKind.COMMA})
MARKS = frozenset({TokenKind.COMMA, TokenKind.SEMICOLON, TokenKind.STOP})
LIGHT_REACH = 4
LABEL_REACH = 8
_SINGLE_REACH = 6


@dataclass(slots=True)
class Mark:
    """A figure on a level: its token index, the fact, and whether it stands alone in a bracket behind its label."""

    index: int
    token: Token
    fact: Fact
    value: Quantity
    bracketed: bool = False
    level: Level | None = None
    sort: tuple[str, str] = field(init=False)
    """What must agree before two figures can be added: the sort of measure and the unit."""

    def __post_init__(self) -> None:
        measure, unit = self.value.measure, self.value.unit
        self.sort = ("count" if not unit and measure in _COUNTED else measure, unit)


@dataclass(slots=True)
class Level:
    """The tokens of one bracket depth (nested brackets left out) and the figures among them."""

    tokens: list[tuple[int, Token]] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    parent: Level | None = None
    opened: int = -1  # token index of the bracket
    closed: int = -1
    depth: int = 0

    def between(self, first: int, last: int) -> list[Token]:
        """Return the tokens of this level whose index lies strictly between two token indices."""
        tokens = self.tokens  # in the order of their indices
        if tokens and tokens[-1][0] == len(tokens) - 1:  # all of them, as where nothing stands in brackets
            return [t for _, t in tokens[max(first + 1, 0) : max(last, 0)]]
        begin = bisect_left(tokens, (first + 1,))
        return [t for _, t in tokens[begin : bisect_left(tokens, (last,), begin)]]


@dataclass(slots=True)
class Clause:
    """A sentence read into levels; `outer` is the level outside all brackets."""

    sentence: Sentence
    levels: list[Level]
    runs: tuple[Run, ...] | None = None

    @property
    def outer(self) -> Level:
        """Return the level outside all brackets."""
        return self.levels[0]


@dataclass(slots=True)
class Paragraph:
    """The sentences of one block, in order, with the paragraph that introduces it and the items under it."""

    document: Document
    block: int
    clauses: list[Clause]
    parent: Paragraph | None = None
    items: list[Paragraph] = field(default_factory=list)
    listed: int = 0
    """How many items the paragraph introduces, those without figures too."""
    notes: list[tuple[int, list[Token]]] = field(default_factory=list)
    """Where notes are called in the paragraph, with the tokens of their text."""
    enumerated: list[tuple[int, int, int]] = field(default_factory=list)
    """Where sentences that ordinals number begin, in it or right behind it, and how many: at least, at most."""


def paragraphs(bundle: Facts) -> list[Paragraph]:
    """Return the paragraphs, items and notes of a document that hold figures, in order."""
    found: dict[int, Paragraph] = {}
    blocks = bundle.document.blocks
    for sentence in bundle.sentences:
        if len(sentence.tokens) > _LONGEST:
            continue  # no prose: a list of numbers, or hostile; relating it would cost its length squared
        paragraph = found.get(sentence.block)
        if paragraph is None:
            paragraph = found[sentence.block] = Paragraph(bundle.document, sentence.block, [])
        paragraph.clauses.append(read_clause(sentence))
    for block in blocks:
        if block.kind is BlockKind.ITEM and block.parent in found:
            found[block.parent].listed += 1
    for note in bundle.document.notes:
        called = None if note.call is None else bundle.document.block_at(note.call)
        if called in found and note.block in found and note.call is not None:
            tokens = [t for clause in found[note.block].clauses for t in clause.sentence.tokens]
            found[called].notes.append((note.call, tokens))
    for told in bundle.enumerations:
        begun = bundle.document.block_at(told[0]) or 0
        for index in {begun, begun - 1} & found.keys():
            found[index].enumerated.append(told)
    for index, paragraph in found.items():
        above = blocks[index].parent
        if above is not None and above in found:
            paragraph.parent = found[above]
            found[above].items.append(paragraph)
    return list(found.values())


def read_clause(sentence: Sentence) -> Clause:
    """Return a sentence as levels of brackets, with its quantities on them."""
    lend_unit(sentence)
    if sentence.kinds.isdisjoint(_DIVIDING):
        return _flat(sentence)
    outer = Level()
    levels, current = [outer], outer
    for index, token in enumerate(sentence.tokens):
        kind = token.kind
        if kind in _PLAIN:
            current.tokens.append((index, token))
            continue
        if kind is TokenKind.DASH and _is_hyphen(sentence, index):
            token.kind = TokenKind.MARK  # the hyphen of "30-day" opens nothing
        if kind is TokenKind.OPEN:
            inner = Level(parent=current, opened=index, depth=current.depth + 1)
            current.tokens.append((index, token))
            levels.append(inner)
            current = inner
            continue
        if kind is TokenKind.CLOSE and current.parent is not None:
            current.closed = index
            _lift(current)
            current = current.parent
            current.tokens.append((index, token))
            continue
        current.tokens.append((index, token))
        fact = token.fact
        if kind is TokenKind.FIGURE and fact is not None and not fact.reason:
            value = fact.value
            if isinstance(value, Quantity) and not _is_key(sentence, index):
                current.marks.append(Mark(index, token, fact, value, level=current))
    for level in levels:
        level.marks.sort(key=lambda m: m.index)
    return Clause(sentence, levels)


def _flat(sentence: Sentence) -> Clause:
    """Return a sentence without brackets and dashes, as most are: one level, met figure by figure."""
    tokens = sentence.tokens
    outer = Level(tokens=list(enumerate(tokens)))
    for index in sentence.printed:
        token = tokens[index]
        fact = token.fact
        if token.kind is TokenKind.FIGURE and fact is not None and not fact.reason:
            value = fact.value
            if isinstance(value, Quantity) and not _is_key(sentence, index):
                outer.marks.append(Mark(index, token, fact, value, level=outer))
    return Clause(sentence, [outer])


def _is_hyphen(sentence: Sentence, index: int) -> bool:
    """Say whether a dash joins what it follows; one that closes "–Alba y Norte– firmaron" does not."""
    if not index or sentence.tokens[index].start != sentence.tokens[index - 1].end:
        return False
    if index + 1 >= len(sentence.tokens):
        return True
    dash, after = sentence.tokens[index], sentence.tokens[index + 1]
    return after.start == dash.end and after.kind not in (TokenKind.COMMA, TokenKind.SEMICOLON, TokenKind.STOP)


def _is_key(sentence: Sentence, index: int) -> bool:
    """Say whether a figure is a key of a legend: "(1 = poor, 2 = fair, 3 = good)"."""
    return index + 1 < len(sentence.tokens) and sentence.tokens[index + 1].text == "="


def _lift(level: Level) -> None:
    """Put the only figure of a short bracket on the level around it too: "Sonora (2,283)", "Goma (65 cases)"."""
    if len(level.marks) != 1 or len(level.tokens) > _SINGLE_REACH or level.parent is None:
        return
    if any(
        t.cue in ("including", "of_whom", "of", "out_of", "compared", "from", "per", "since") for _, t in level.tokens
    ):
        return
    mark = level.marks[0]
    level.parent.marks.append(Mark(mark.index, mark.token, mark.fact, mark.value, bracketed=True, level=level.parent))


def is_light(tokens: list[Token], mark: Mark) -> bool:
    """Say whether tokens before a figure only lead in to it."""
    words = [t for t in tokens if t.cue not in _LIGHT]
    spare = 2 if mark.value.hedge is not Hedge.NONE else 0
    return len(tokens) <= LIGHT_REACH + spare and len(words) <= spare


def is_drawn_from(level: Level, part: Mark, whole: Mark) -> bool:
    """Say whether one figure is said to be of another: "57 of the 67", "14 seats, out of a total of 40"."""
    gap = level.between(part.index, whole.index)
    if not gap or len(gap) > LIGHT_REACH:
        return False
    if gap[0].cue in OF:
        return True
    named = next((p for p, t in enumerate(gap) if t.cue == "out_of"), 0)
    return named > 0 and all(t.kind in (TokenKind.WORD, TokenKind.COMMA) for t in gap[:named])


def sort_of(mark: Mark) -> str:
    """Return the class of what a figure counts (person, event, matter, site, time), or an empty string."""
    traits = mark.fact.traits
    if not traits:
        return ""
    values = [t for t in traits if t.startswith("class.")]
    return values[0][len("class.") :] if len(values) == 1 else ""


def named_sort(mark: Mark) -> str:
    """Return the class of what is named right behind a figure; what follows a preposition may be anything."""
    after = mark.level.between(mark.index, mark.index + 2) if mark.level is not None else []
    return sort_of(mark) if after and after[0].kind is TokenKind.WORD else ""


def is_elliptic(mark: Mark, clause: Clause) -> bool:
    """Say whether nothing is named right after a figure: "two on the border" counts what was named before."""
    tokens = clause.sentence.tokens
    return mark.index + 1 >= len(tokens) or (tokens[mark.index + 1].kind is not TokenKind.WORD and not mark.bracketed)


def is_bare(mark: Mark) -> bool:
    """Say whether a figure stands alone between marks, with no word of what it counts."""
    after = mark.level.between(mark.index, mark.index + 2) if mark.level is not None else []
    return not after or after[0].kind in MARKS or after[0].cue == "and"
