"""The language of a statement's expectations: `stated == part + other`, read once into a tree that nothing can run.

A grammar of its own: names, plain numbers, days in quotes, `+ - * /`, brackets, a closed list of functions and one or
more comparisons. There are no attributes, powers, loops or other code to refuse one by one; length, depth and the
size of numbers are bounded, reading takes time in proportion to the length, and every fault has its offset.
"""

from __future__ import annotations

import re
from dataclasses import field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from audit.errors import did_you_mean
from audit.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_LENGTH = 500
MAX_DEPTH = 20
MAX_DIGITS = 30
COMPARISONS = ("==", "!=", "<=", ">=", "<", ">")

# Each function with the least and the most arguments it takes; `exactly` compares and stands alone.
FUNCTIONS: dict[str, tuple[int, int]] = {
    "sum": (1, 50),
    "count": (1, 1),
    "share": (2, 2),
    "change": (2, 2),
    "min": (1, 50),
    "max": (1, 50),
    "abs": (1, 1),
    "first": (1, 1),
    "last": (1, 1),
}
EXACTLY = "exactly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number written out; it is exact."""

    value: Decimal
    at: int = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day, month or year in quotes: '2024-08-31', '2024-08', '2024'."""

    first: date
    last: date
    text: str
    at: int = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A figure of the statement."""

    name: str
    at: int = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Binary:
    """Two values and what is done with them: + - * /."""

    sign: str
    left: Node
    right: Node
    at: int = field(compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A function of the closed list with its arguments."""

    function: str
    arguments: tuple[Node, ...]
    at: int = field(compare=False)


Node = Number | Day | Name | Binary | Call


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One relation between two values; `sign` is a comparison or `exactly`. `text` is how it is written."""

    sign: str
    left: Node
    right: Node
    text: str


class ExpressionError(Exception):
    """The text is no expectation; `at` is the offset of what is wrong with it."""

    def __init__(self, at: int, text: str) -> None:
        self.at = at
        super().__init__(text)


_TOKEN = re.compile(
    r"(?P<number>\d[\w.]*)|(?P<name>[^\W\d]\w*)|(?P<day>'[^']*'|\"[^\"]*\")|(?P<sign>==|!=|<=|>=|\*\*|//|<<|>>|\S)"
)
_NUMBER = re.compile(r"\d+(\.\d+)?", re.ASCII)
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_Token = tuple[str, str, int]


def parse(text: str) -> tuple[Comparison, ...]:
    """Return the relations an expectation asserts; `a < b < c` asserts two."""
    if len(text) > MAX_LENGTH:
        raise ExpressionError(MAX_LENGTH, f"longer than {MAX_LENGTH} characters; make it two expectations")
    return _Parser(text).expectation()


def names_of(node: Node | Comparison) -> Iterator[Name]:
    """Yield the names a value or relation uses, as often as it does, from left to right."""
    if isinstance(node, Name):
        yield node
    elif isinstance(node, Binary | Comparison):
        yield from names_of(node.left)
        yield from names_of(node.right)
    elif isinstance(node, Call):
        for argument in node.arguments:
            yield from names_of(argument)


class _Parser:
    """Reads by descent; `depth` counts the brackets, signs and operands that are open."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[_Token] = [(str(m.lastgroup), m[0], m.start()) for m in _TOKEN.finditer(text)]
        self.tokens.append(("end", "", len(text)))
        self.position = 0
        self.depth = 0

    def expectation(self) -> tuple[Comparison, ...]:
        kind, word, at = self.peek()
        if (kind, word) == ("name", EXACTLY):
            self.take()
            left, right = self.arguments(EXACTLY, at, (2, 2))
            found = [Comparison(sign=EXACTLY, left=left, right=right, text=" ".join(self.text.split()))]
        else:
            found = list(self.chain())
        kind, word, at = self.peek()
        if kind != "end":
            raise ExpressionError(at, _unexpected(word))
        if not found:
            raise ExpressionError(0, f"says nothing that could be false; compare with {', '.join(COMPARISONS)}")
        return tuple(found)

    def chain(self) -> Iterator[Comparison]:
        begin = self.peek()[2]
        left = self.added()
        while self.peek()[1] in COMPARISONS:
            sign = self.take()[1]
            middle = self.peek()[2]
            right = self.added()
            said = self.text[begin : self.peek()[2]]
            yield Comparison(sign=sign, left=left, right=right, text=" ".join(said.split()))
            left, begin = right, middle

    def added(self) -> Node:
        left = self.multiplied()
        while self.peek()[1] in ("+", "-"):
            _, sign, at = self.take()
            left = self.joined(sign, left, self.multiplied(), at)
        return left

    def multiplied(self) -> Node:
        left = self.single()
        while self.peek()[1] in ("*", "/"):
            _, sign, at = self.take()
            left = self.joined(sign, left, self.single(), at)
        return left

    def joined(self, sign: str, left: Node, right: Node, at: int) -> Node:
        if _depth(left) >= MAX_DEPTH:
            raise ExpressionError(at, f"more than {MAX_DEPTH} signs in a row; use sum(a, b, ...)")
        return Binary(sign=sign, left=left, right=right, at=at)

    def single(self) -> Node:
        kind, word, at = self.take()
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ExpressionError(at, f"nested deeper than {MAX_DEPTH}; write it flat")
        node = self.bracket(at) if word == "(" else self.value(kind, word, at)
        self.depth -= 1
        return node

    def bracket(self, at: int) -> Node:
        node = self.added()
        if self.take()[1] != ")":
            raise ExpressionError(at, "this bracket is not closed; add )")
        return node

    def value(self, kind: str, word: str, at: int) -> Node:
        if kind == "number":
            return _number(word, at)
        if kind == "day":
            return _day(word[1:-1], at)
        if word == "-":
            return Binary(sign="-", left=Number(value=Decimal(0), at=at), right=self.single(), at=at)
        if kind != "name":
            raise ExpressionError(at, _unexpected(word))
        if self.peek()[1] != "(":
            return Name(name=word, at=at)
        if word == EXACTLY:
            raise ExpressionError(at, "exactly(a, b) compares by itself; let it stand alone")
        if word not in FUNCTIONS:
            near = did_you_mean(word, FUNCTIONS) or f"; known are {', '.join(FUNCTIONS)}"
            raise ExpressionError(at, f'unknown function "{word}"{near}')
        return Call(function=word, arguments=self.arguments(word, at, FUNCTIONS[word]), at=at)

    def arguments(self, function: str, at: int, bounds: tuple[int, int]) -> tuple[Node, ...]:
        least, most = bounds
        _, word, place = self.take()
        if word != "(":
            raise ExpressionError(place, f"{function} needs its arguments in brackets")
        found = [self.added()]
        while self.peek()[1] == ",":
            self.take()
            found.append(self.added())
        if self.take()[1] != ")":
            raise ExpressionError(at, f"the brackets of {function} are not closed; add )")
        if not least <= len(found) <= most:
            wanted = str(least) if least == most else f"{least} to {most}"
            raise ExpressionError(at, f"{function} takes {wanted} arguments, not {len(found)}")
        return tuple(found)

    def peek(self) -> _Token:
        return self.tokens[self.position]

    def take(self) -> _Token:
        token = self.tokens[self.position]
        self.position = min(self.position + 1, len(self.tokens) - 1)
        return token


def _depth(node: Node) -> int:
    """Return how many signs lie one in the other on the left, where a row of them grows."""
    depth = 0
    while isinstance(node, Binary):
        node, depth = node.left, depth + 1
    return depth


def _number(word: str, at: int) -> Number:
    if not _NUMBER.fullmatch(word):
        raise ExpressionError(at, f'"{word[:20]}" is no plain number; write digits and at most one point')
    if len(word) > MAX_DIGITS:
        raise ExpressionError(at, f"a number of more than {MAX_DIGITS} digits; no report prints one")
    return Number(value=Decimal(word), at=at)


def _day(word: str, at: int) -> Day:
    match = _DAY.fullmatch(word)
    wrong = f'"{word[:20]}" is no day; write 2024-08-31, 2024-08 or 2024'
    if match is None:
        raise ExpressionError(at, wrong)
    try:
        year, month, day = int(match[1]), int(match[2] or 1), int(match[3] or 1)
        first = date(year, month, day)
        if match[3]:
            last = first
        elif match[2]:
            last = date.fromordinal(date(year + month // 12, month % 12 + 1, 1).toordinal() - 1)
        else:
            last = date(year, 12, 31)
    except ValueError:
        raise ExpressionError(at, wrong) from None
    return Day(first=first, last=last, text=word, at=at)


def _unexpected(word: str) -> str:
    if not word:
        return "ends too early; a value is missing here"
    if word == "=":
        return 'unexpected "="; write == to compare'
    known = f"offered are figures, numbers, + - * / ( ) {' '.join(COMPARISONS)} and {', '.join(FUNCTIONS)}"
    return f'unexpected "{word[:20]}"; {known}'
