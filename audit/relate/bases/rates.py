"""Shares that restate no figure beside them: "a response rate of 66.6 per cent", "84 per cent of 8.2 million doses".

Part and whole are told before, in the sentence or the one before it, and are the only two that count one thing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from audit.facts import TokenKind
from audit.quantity import Measure
from audit.relate.clauses.chance import digits, is_repaired

if TYPE_CHECKING:
    from decimal import Decimal

    from audit.relate.clauses.structure import Clause, Mark, Paragraph

_LEAD = 4
_SAID = ("or", "that_is", "comprising")
_PAIR = 2
_TELLING = 3
_FAR = 3


def part_of_whole(whole: Mark, share: Mark, clause: Clause) -> Mark | None:
    """Return the one figure before a share that counts what its whole counts: "6.9 of a targeted 8.2 million doses"."""
    alone = sum(m.value.measure is Measure.PERCENT for m in clause.outer.marks) == 1
    alike = [m for m in _counts(clause, share.index) if m.sort == whole.sort and m.fact.head == whole.fact.head]
    if not alone or whole.value.measure is Measure.MONEY or len(alike) != 1:
        return None  # "3.5 per cent of the $2.42 billion required, and less than 11 per cent of the $2.53 billion"
    return alike[0]


def rated(share: Mark, clause: Clause, paragraph: Paragraph, position: int) -> tuple[Mark, Mark] | None:
    """Return (part, whole) of a rate: the two counts of one noun that were told last, one in each sentence or both.

    A rate in two digits says too little: one of five is near any two counts.
    """
    if not _is_rate(share, clause) or len(digits(share.value.value, share.value.step)) < _TELLING:
        return None
    here = _counts(clause, share.index)
    found = here if len(here) >= _PAIR or not position else [*_counts(paragraph.clauses[position - 1]), *here]
    if len(here) not in (1, _PAIR) or len(found) != _PAIR or found[0].fact.head != found[1].fact.head:
        return None
    return _near(share, found)


def said_rate(share: Mark, clause: Clause) -> tuple[Mark, Mark] | None:
    """Return (part, whole) of "5,500 deaths in 360,000 cases, that is, a death rate of 1.5 per cent": the only two."""
    said = any(t.cue in _SAID for t in clause.sentence.tokens[max(0, share.index - 2 * _LEAD) : share.index])
    here = _counts(clause, share.index)
    return _near(share, here) if said and len(here) == _PAIR and _is_rate(share, clause) else None


def _is_rate(share: Mark, clause: Clause) -> bool:
    """Say whether a percentage is told as a rate: "a death rate of 1.5 per cent"."""
    lead = clause.sentence.tokens[max(0, share.index - _LEAD) : share.index]
    opened = next((p for p, t in enumerate(lead) if t.cue == "rate"), -1)
    words = all(t.kind is TokenKind.WORD or t.cue in ("of", "from", "article") for t in lead[opened + 1 :])
    return opened >= 0 and words


def _near(share: Mark, found: list[Mark]) -> tuple[Mark, Mark] | None:
    """Return (part, whole) of two counts whose ratio is not far from a share."""
    part, whole = sorted(found, key=lambda m: m.value.value)
    ratio = 100 * part.value.value / whole.value.value if whole.value.value else part.value.value
    # "closed 229 of its loans, at an interest rate of 6.65 per cent" is far from any share
    near = ratio < _FAR * share.value.value < _FAR * _FAR * ratio
    if share.value.value > ratio:  # a digit too many
        near = near or is_repaired((share.value, part.value, whole.value), _is_ratio) >= _TELLING
    return (part, whole) if part.value.value < whole.value.value and near else None


def _is_ratio(share: Decimal, part: Decimal, whole: Decimal, step: Decimal) -> bool:
    return 0 < part <= whole and abs(100 * part / whole - share) <= step / 2


def _counts(clause: Clause, end: int | None = None) -> list[Mark]:
    marks = [m for m in clause.outer.marks if m.sort[0] == "count" and (end is None or m.index < end)]
    return [m for m in marks if m.fact.head and not m.bracketed]
