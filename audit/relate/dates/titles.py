"""Cited titles ("annex 1, section 9: Persons by nationality, 2017-2023"): their words and the period they name.

A title is printed alike wherever it is cited, and its period covers that of the text that leans on it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from audit.claims import Basis
from audit.facts import Reference, TokenKind
from audit.model import BlockKind
from audit.records import dataclass
from audit.relate.dates.spans import DatedSentence, DateSpan, date_claim, dated, spans_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from audit.claims import Claim
    from audit.facts import Fact, Facts, Sentence, Token

_LEAST_WORDS = 2
_ANNEX_REACH = 400
_NOTE = "note"


@dataclass(frozen=True, slots=True)
class CitedTitle:
    """A citation with its title: the number, the annex it stands under, and the tokens of the title."""

    target: str
    number: str
    annex: str
    fact: Fact
    sentence: Sentence
    tokens: tuple[Token, ...]

    @property
    def end(self) -> int:
        """Return where the title ends in the text."""
        return self.tokens[-1].end


def titles_of(bundle: Facts) -> Iterator[CitedTitle]:
    """Yield the cited titles of a document: a number, a colon and words up to the next stop or number."""
    blocks = bundle.document.blocks
    for sentence in bundle.sentences:
        if TokenKind.REFERENCE not in sentence.kinds:
            continue
        if blocks[sentence.block].kind in (BlockKind.HEADING, BlockKind.CAPTION, BlockKind.CELL):
            continue
        annex, since = "", -1
        for index in sentence.printed:
            token = sentence.tokens[index]
            if token.kind is not TokenKind.REFERENCE:
                continue
            fact = token.fact
            if fact is None or not isinstance(fact.value, Reference) or fact.value.target == _NOTE:
                continue  # "note 1: the fund ..." is the label of the note itself, each time anew
            if fact.value.target == "annex":
                annex, since = fact.value.first, fact.end
            tokens = _title(sentence.tokens, index + 1)
            if len(tokens) >= _LEAST_WORDS:
                under = annex if annex and fact.start - since <= _ANNEX_REACH and fact.value.target != "annex" else ""
                yield CitedTitle(fact.value.target, fact.value.first, under, fact, sentence, tokens)


def _title(tokens: tuple[Token, ...], index: int) -> tuple[Token, ...]:
    if index >= len(tokens) or tokens[index].kind is not TokenKind.COLON:
        return ()
    end, depth = index + 1, 0
    while end < len(tokens):
        token = tokens[end]
        if token.kind is TokenKind.OPEN:
            depth += 1
        elif token.kind is TokenKind.CLOSE:
            depth -= 1
        if depth < 0 or token.kind in (TokenKind.SEMICOLON, TokenKind.STOP, TokenKind.REFERENCE):
            break
        end += 1
    return tokens[index + 1 : end]


def title_claims(bundle: Facts, dates: Sequence[DatedSentence]) -> Iterator[Claim]:
    """Yield the periods of cited titles against the periods of the text before the citation, block by block."""
    ranges: dict[int, list[DateSpan]] = {}
    for read in dates:
        found = [span for span in read.spans if span.lead in ("from", "between")]
        if found:
            ranges.setdefault(read.sentence.block, []).extend(found)
    if not ranges:
        return
    cited: dict[int, int] = {}
    for title in titles_of(bundle):
        block = title.sentence.block
        before = [s for s in ranges.get(block, ()) if cited.get(block, -1) < s.first.start < title.fact.start]
        cited[block] = title.end
        cover = _last_span(title)
        if cover is not None and before:
            outside = [s for s in before if s.opens < cover.opens or s.closes > cover.closes]
            yield _claim(title, (outside or before)[0], cover, bundle)


def _last_span(title: CitedTitle) -> DateSpan | None:
    """Return the period a title names: its last range of dates, or its only date."""
    spans = list(spans_of(title.tokens))
    if spans:
        return spans[-1]
    dates = [(i, fact) for i, token in enumerate(title.tokens) if (fact := dated(token)) is not None]
    if len(dates) != 1:
        return None
    index, fact = dates[0]
    return DateSpan(fact, fact, index, index + 1)


def _claim(title: CitedTitle, span: DateSpan, cover: DateSpan, bundle: Facts) -> Claim:
    roles = [("from", span.first), ("to", span.last), ("opens", cover.first), ("closes", cover.last)]
    basis = Basis(cue="title", confidence=72, reasons=("a period of the text, and the title cited for it",))
    found = date_claim("title", roles, bundle.document, title.sentence, basis)
    return replace(found, start=title.fact.start, end=max(title.end, cover.last.end))


def repeated_titles(bundle: Facts) -> Iterator[tuple[CitedTitle, CitedTitle]]:
    """Yield each citation of a number whose title was printed before, with the citation before it."""
    seen: dict[tuple[str, str, str], CitedTitle] = {}
    for title in titles_of(bundle):
        key = (title.target, title.annex, title.number)
        if key in seen:
            yield seen[key], title
        seen.setdefault(key, title)
