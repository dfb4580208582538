"""Values and aggregates of data in a tie: `complaints.sum("closed", outcome="joined")`, read without running anything.

The terms of a tie are taken out and stand-in names of the same length are put in their place, so that what is left is
an expectation like any other and a fault in it keeps its place.
"""

from __future__ import annotations

import re

from audit.errors import did_you_mean
from audit.expressions import ExpressionError
from audit.records import dataclass

FUNCTIONS = ("value", "sum", "count", "min", "max", "mean")
MAX_TERMS = 20
_HEAD = re.compile(r"(?<![\w.])([a-z][a-z0-9_]*)\.([^\W\d]\w*)\(")
_ARGUMENT = re.compile(r"\s*(?:(?P<column>[^\W\d]\w*)\s*=\s*)?(?P<text>'[^']*'|\"[^\"]*\")\s*(?P<next>,|\))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregate:
    """One value asked of a table: of `column`, in the rows whose columns hold the texts of `where`."""

    table: str
    function: str
    column: str
    where: tuple[tuple[str, str], ...]
    text: str


def taken_out(text: str) -> tuple[str, dict[str, Aggregate]]:
    """Return a tie with a name in place of each value of data, and what each name stands for."""
    found: dict[str, Aggregate] = {}
    done, at = "", 0
    while (match := _HEAD.search(text, at)) is not None:
        term, end = _term(text, match)
        if len(found) == MAX_TERMS:
            raise ExpressionError(match.start(), f"more than {MAX_TERMS} values of data; make it two ties")
        name = f"data_{len(found)}".ljust(end - match.start(), "_")
        found[name] = term
        done += text[at : match.start()] + name
        at = end
    return done + text[at:], found


def restored(text: str, terms: dict[str, Aggregate]) -> str:
    """Return a text with the values of data put back where their names stand."""
    for name, term in terms.items():
        text = text.replace(name, term.text)
    return text


def _term(text: str, match: re.Match[str]) -> tuple[Aggregate, int]:
    table, function = match[1], match[2]
    if function not in FUNCTIONS:
        near = did_you_mean(function, FUNCTIONS) or f"; known are {', '.join(FUNCTIONS)}"
        raise ExpressionError(match.start(2), f'a table has no "{function}"{near}')
    column, where, at = "", [], match.end()
    if text[at : at + 1] == ")":
        at += 1
    else:
        while True:
            argument = _ARGUMENT.match(text, at)
            if argument is None:
                raise ExpressionError(
                    at, f'{function} takes a column in quotes and conditions, as ("closed", year="2024")'
                )
            value = argument["text"][1:-1]
            if argument["column"]:
                where.append((argument["column"], value))
            elif column or where:
                raise ExpressionError(at, 'the column comes first and once; write conditions as column="text"')
            else:
                column = value
            at = argument.end()
            if argument["next"] == ")":
                break
    if not column and function != "count":
        raise ExpressionError(match.start(2), f'{function} needs a column, as {table}.{function}("closed")')
    said = text[match.start() : at]
    return Aggregate(table=table, function=function, column=column, where=tuple(where), text=said), at
