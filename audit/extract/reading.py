"""The state of reading one sentence: raw tokens in, read tokens and facts out.

The grammars (`numbers`, `dates`, `references`) are functions over this record: each looks at the raw token
under the cursor and either takes some tokens, or leaves them to the next grammar.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from audit.facts import Fact, FactKind, Token, TokenKind
from audit.records import dataclass

if TYPE_CHECKING:
    from audit.extract.language import Language
    from audit.facts import Growing, Period, Reference
    from audit.quantity import Quantity

_KINDS = {
    FactKind.QUANTITY: TokenKind.FIGURE,
    FactKind.DATE: TokenKind.DATE,
    FactKind.PERIOD: TokenKind.DATE,
    FactKind.LIST: TokenKind.LIST,
    FactKind.REFERENCE: TokenKind.REFERENCE,
    FactKind.IDENTIFIER: TokenKind.WORD,
}
_EMPTY = Token(TokenKind.STOP, "", 0, 0)


@dataclass(slots=True)
class Reading:
    """One sentence under way.

    `chain` is the kind of reference whose list of numbers may go on, `dated` says that a date was read.
    """

    raw: list[Token]
    language: Language
    text: str
    facts: Growing
    grouped: bool = True
    out: list[Token] = field(default_factory=list)
    chain: tuple[str, bool] | None = None
    dated: bool = False

    def at(self, index: int) -> Token:
        """Return a raw token, or an empty stop beyond the end."""
        return self.raw[index] if 0 <= index < len(self.raw) else _EMPTY

    def last(self, back: int = 1) -> Token:
        """Return a token already read, counted from the end, or an empty stop."""
        return self.out[-back] if len(self.out) >= back else _EMPTY

    def adjoins(self, index: int) -> bool:
        """Say whether a raw token follows the one before it without a space."""
        return 0 < index < len(self.raw) and self.raw[index - 1].end == self.raw[index].start

    def emit(
        self,
        kind: FactKind,
        start: int,
        end: int,
        value: Quantity | Period | Reference | None = None,
        reason: str = "",
        *,
        label: tuple[str, str, tuple[str, ...]] = ("", "", ()),
    ) -> Token:
        """Add a fact and the token that stands for it; a figure with a reason takes part in no arithmetic."""
        fact = Fact(
            id=f"f{len(self.facts) + 1}",
            start=start,
            end=end,
            text=self.text[start:end],
            kind=kind,
            value=value,
            label=label[0],
            head=label[1],
            traits=label[2],
            reason=reason,
        )
        self.facts.append(fact)
        shape = TokenKind.WORD if reason and kind is FactKind.QUANTITY else _KINDS[kind]
        self.dated = self.dated or shape is TokenKind.DATE
        token = Token(shape, fact.text, start, end, "", "", fact)
        self.out.append(token)
        return token


def put(reading: Reading, token: Token, fact: Fact) -> None:
    """Put a fact in the place of the one a token stands for; the number of a fact is its place."""
    token.fact = fact
    reading.facts[int(fact.id[1:]) - 1] = fact


def is_day(token: Token) -> bool:
    """Say whether a raw token can be the day of a month."""
    return token.key == "digits" and len(token.text) <= 2 and token.text.isdecimal() and 1 <= int(token.text) <= 31


def is_year(text: str) -> bool:
    """Say whether bare digits can be a year of a modern report."""
    return len(text) == 4 and text.isascii() and text.isdecimal() and "1800" <= text <= "2199"
